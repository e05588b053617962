"""The site of `make docs`: built strictly, of a report that would run a script, and read in a browser offline."""

import html
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dagster_project.test_ui import ARGUMENTS, CHROMIUM
from tests.ogi.builds import Build, environment, ogi
from warehouse.paths import PROJECT_ROOT

SPHINX = PROJECT_ROOT / ".venv-docs" / "bin" / "sphinx-build"
TITLE = "呼伦贝尔市人民政府2020年政府信息公开工作年度报告"
SCRIPT = "<script>document.title='run'</script>"
FILE = "`x` <b>bold.html"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SPHINX.exists(), reason="needs Sphinx: make .venv-docs/.done"),
]


@pytest.fixture(scope="module")
def site(built: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the samples and of one report whose title and file name are markup."""
    folder = tmp_path_factory.mktemp("site")
    raw = folder / "raw"
    shutil.copytree(built.raw, raw)
    page = (raw / "hulunbuir-2020.html").read_text(encoding="utf-8")
    assert page.count(TITLE) > 2
    (raw / "hulunbuir-2020.html").unlink()
    (raw / FILE).write_text(page.replace(TITLE, html.escape(SCRIPT + TITLE)), encoding="utf-8")
    data = folder / "data"
    done = ogi("build", raw, "--data", data)
    assert done.returncode == 0, done.stderr
    source = folder / "source"
    for command in (
        [sys.executable, "-m", "documentation", "--data", data, "--out", source],
        [SPHINX, "-q", "-W", "--keep-going", "-b", "html", source, folder / "html"],
    ):
        made = subprocess.run(command, cwd=PROJECT_ROOT, env=environment(), capture_output=True, text=True, check=False)
        assert made.returncode == 0, made.stdout + made.stderr
        assert not made.stderr, made.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    if not Path(CHROMIUM).exists():
        pytest.skip("needs chromium (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def test_a_title_that_is_a_script_is_shown_and_not_run(site: Path, browser: object) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(f"{site.as_uri()}/quality.html")
    assert page.title() != "run"
    shown = page.inner_text("article")
    assert SCRIPT + TITLE in shown
    assert FILE in shown
    assert page.locator("article script, article b").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_fit_the_screen_and_ask_no_network(site: Path, browser: object, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})  # type: ignore[attr-defined]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in (
        "index",
        "dictionary/index",
        "dictionary/fct_outcomes",
        "quality",
        "docs/fidelity",
        "forms/applications",
    ):
        page.goto(f"{site.as_uri()}/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_search_finds_a_chinese_phrase(site: Path, browser: object) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(f"{site.as_uri()}/search.html?q=行政复议")
    page.wait_for_selector("#search-results li a")
    assert "forms/reviews.html" in " ".join(
        link.get_attribute("href") or "" for link in page.locator("#search-results li a").all()
    )


def test_a_fact_is_followed_from_the_raw_file(site: Path) -> None:
    shown = (site / "dictionary" / "fct_outcomes.html").read_text(encoding="utf-8")
    for step in ("files as handed in", "stg_cells", "int_cell_values", "fct_outcomes"):
        assert f"<title>{step}</title>" in shown, step
