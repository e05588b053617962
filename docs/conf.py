"""Settings of Sphinx for the site. Nothing of it asks the network: no web fonts, no scripts of others, own search."""

import re

from sphinx.search import SearchLanguage, languages


class ChineseAndEnglish(SearchLanguage):
    """Words of letters as they are, Chinese by pairs of characters: so every phrase is found, without a dictionary."""

    lang = "zh-pairs"
    language_name = "Chinese and English"
    js_splitter_code = """
function splitQuery(query) {
  const found = [];
  for (const part of query.toLowerCase().match(/[\\u3400-\\u9fff]+|[^\\W_]+(?:_[^\\W_]+)*/g) || []) {
    if (!/[\\u3400-\\u9fff]/.test(part)) { found.push(part, ...part.split("_").slice(1)); continue; }
    if (part.length === 1) found.push(part);
    for (let i = 0; i + 1 < part.length; i++) found.push(part.slice(i, i + 2));
  }
  return found;
}
"""

    def split(self, input: str) -> list[str]:
        """The words and pairs of a text."""
        found: list[str] = []
        for part in re.findall(r"[\u3400-\u9fff]+|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*", input.lower()):
            if not "\u3400" <= part[0] <= "\u9fff":
                found += [part, *part.split("_")]
            else:
                found += [part[at : at + 2] for at in range(max(len(part) - 1, 1))]
        return found


languages[ChineseAndEnglish.lang] = ChineseAndEnglish

project = "OGI warehouse"
html_title = "OGI warehouse 年报数据仓库"
language = "en"
# What a document printed is shown as it printed it, quotation marks too.
smartquotes = False
extensions = ["myst_parser"]
myst_heading_anchors = 4
myst_enable_extensions: list[str] = []
# Guides are read on code hosts too, where a page may begin with any level and have code of any language.
suppress_warnings = ["misc.highlighting_failure"]
exclude_patterns = ["extra"]
html_theme = "furo"
html_static_path = ["static"]
html_extra_path = ["extra"]
html_css_files = ["site.css"]
html_search_language = ChineseAndEnglish.lang
html_copy_source = False
# Browsers let a page that was opened as a file read no other one, and results need no more than their titles.
html_show_search_summary = False
html_show_sourcelink = False
html_show_copyright = False
html_last_updated_fmt = None
pygments_style = "friendly"
pygments_dark_style = "monokai"
html_theme_options = {"source_view_link": "", "top_of_page_buttons": []}


def _language_of_page(app, pagename, templatename, context, doctree):  # type: ignore[no-untyped-def]
    if pagename == "zh" or pagename.startswith("docs/zh/"):
        context["language"] = "zh-CN"


def setup(app):  # type: ignore[no-untyped-def]
    """Tell browsers which pages are Chinese."""
    app.connect("html-page-context", _language_of_page)
