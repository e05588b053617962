"""How long a parse takes beside what others need for the same files: `make bench-parse`.

`python -m benchmarks.parse FILE.pdf …` measures these PDF alone.

Every file is new to the process, and the programs take turns at each, so that whatever else the machine does meets all
alike. What is compared: CPU seconds of the process, as multiples of `lxml.html.fromstring`. `pandas.read_html` only
makes frames; the parse goes from bytes to cells, claims and evidence of the publisher.
"""

import gc
import io
import random
import re
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import lxml.html  # type: ignore[import-untyped]  # no stubs in the lock, and one call
import pdfplumber
import pypdfium2
from selectolax.lexbor import LexborHTMLParser

from benchmarks.generator.make import make_report
from benchmarks.generator.plan import Options
from ingest.parse import parse
from ingest.readers import read
from ingest.report import ReportStatus

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "raw"
_GENERATED = 160
_VARIED = 40
_WARM_UP = 60
_PDF_RUNS = 5
_PDF_GENERATED = 30
_NEWS = "市政府召开常务会议,研究部署安全生产和防汛抗旱工作。会议强调,要压实责任,完善预案,确保人民群众生命财产安全。"
_NAVIGATION = (
    "首页 要闻 政务公开 政府信息公开指南 政府信息公开制度 法定主动公开内容 政府信息公开年报 依申请公开 规范性文件 "
    "行政许可 行政处罚 行政复议 政策解读 在线访谈 新闻发布会 投诉举报 政府公报 网站地图"
)
Call = Callable[[bytes], object]


def _generated(damage: str, format: str = "html", count: int = _GENERATED) -> list[bytes]:
    options = Options(seed="speed", formats=(format,), damage=damage)
    return [make_report(index, options).data for index in range(count)]


def _varied() -> list[bytes]:
    """The page that Word made, each time with other numbers in its cells."""
    page = (SAMPLES / "hulunbuir-2020.html").read_text(encoding="utf-8")
    chance = random.Random("speed")
    return [
        re.sub(r"(?<=>)\d+(?=<)", lambda found: str(chance.randrange(10 ** len(found[0]))), page).encode()
        for _ in range(_VARIED)
    ]


def _news() -> list[bytes]:
    """Pages that are no reports, of a site whose navigation leads to some and has half of a report's words."""
    chance = random.Random("news")
    links = "".join(f'<li><a href="/{place}/">{name}</a></li>' for place, name in enumerate(_NAVIGATION.split()))
    head = f"<html><head><title>要闻</title></head><body><ul>{links}</ul>"
    pages = []
    for number in range(_GENERATED):
        text = "".join(f"<p>{number}.{_NEWS[chance.randrange(20) :]}</p>" for _ in range(60))
        pages.append(f"{head}<div>{text}</div></body></html>".encode())
    return pages


def _pandas(data: bytes) -> object:
    import pandas  # type: ignore[import-not-found, import-untyped, unused-ignore]  # in benchmarks/requirements.in

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return pandas.read_html(io.BytesIO(data), flavor="lxml")
        except Exception:  # it raises of many kinds where it finds no table
            return None


def _pdf_tables(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [page.extract_tables() for page in pdf.pages]


def _pdf_text(data: bytes) -> object:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in pdf]
    finally:
        pdf.close()


_HTML: dict[str, Call] = {
    "lxml.html.fromstring": lxml.html.fromstring,
    "lexbor (selectolax)": lambda data: LexborHTMLParser(data),
    "pandas.read_html": _pandas,
    "our reader alone": read,
    "our whole parse": parse,
}


def _seconds(calls: dict[str, Call], files: Sequence[bytes], warm_up: int) -> dict[str, float]:
    """CPU seconds a file by each program, after the first files have filled the caches of all.

    What one program left is collected before the next begins, so that each pays for its own alone.
    """
    spent = dict.fromkeys(calls, 0.0)
    gc.freeze()
    for number, data in enumerate(files):
        for name, call in calls.items():
            gc.collect()
            begun = time.process_time()
            call(data)
            spent[name] += (time.process_time() - begun) * (number >= warm_up)
    return {name: seconds / (len(files) - warm_up) for name, seconds in spent.items()}


def _table(title: str, seconds: dict[str, float], base: str) -> Iterator[str]:
    yield f"| {title} | ms a file | × {base} |"
    yield "|---|--:|--:|"
    for name, each in seconds.items():
        share = each / seconds[base]
        yield f"| {name} | {each * 1000:.2f} | {share:.{1 if share >= 1 else 2}f} |"
    yield ""


def _fresh(code: str) -> float:
    """CPU seconds of a process that runs some code."""
    script = f"{code}\nimport time\nprint(time.process_time())"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def _measure_pdf(paths: Sequence[str] = ()) -> None:
    """Print how long PDF take: the sample and generated ones, or those at some paths, each again and again."""
    calls: dict[str, Call] = {
        "pdfplumber.extract_tables": _pdf_tables,
        "pdfium's text": _pdf_text,
        "our reader alone": read,
        "our whole parse": parse,
    }
    files = [(Path(path).name, [Path(path).read_bytes()] * (_PDF_RUNS + 1), 1) for path in paths]
    for title, contents, warm_up in files or (
        ("sample PDF", [(SAMPLES / "xuzhou-2022.pdf").read_bytes()] * (_PDF_RUNS + 1), 1),
        ("24 generated PDF, all damage", _generated("all", "pdf", _PDF_GENERATED), _PDF_GENERATED - 24),
    ):
        print("\n".join(_table(title, _seconds(calls, contents, warm_up), "pdfplumber.extract_tables")))


def main() -> None:
    """Measure, and print the tables of docs/benchmarks.md."""
    if sys.argv[1:]:
        _measure_pdf(sys.argv[1:])
        return
    calls = dict(_HTML)
    if find_spec("pandas") is None:
        del calls["pandas.read_html"]
        print("pandas.read_html is left out: pandas cannot be imported (make bench-parse installs it).\n")
    base = "lxml.html.fromstring"
    for title, files, warm_up in (
        ("100 generated HTML pages, undamaged", _generated("none"), _WARM_UP),
        ("100 generated HTML pages, all damage", _generated("all"), _WARM_UP),
        ("80 KB page made by Word, other numbers each time", _varied(), _WARM_UP // 3),
    ):
        print("\n".join(_table(title, _seconds(calls, files, warm_up), base)))
    _measure_pdf()
    news = _news()
    assert all(parse(data).status is ReportStatus.NOT_A_REPORT for data in news[:_WARM_UP])
    each = _seconds({"parse": parse}, news, _WARM_UP)["parse"]
    size = sum(map(len, news)) / len(news) / 1024
    print(f"Pages that are no reports ({size:.0f} KB): {1 / each:.0f} a second and process.")
    print(f"Import of the parser: {_fresh('import ingest.parse') - _fresh(''):.2f} CPU seconds.")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Peak memory of this process, with all programs in it: {peak:.0f} MB.")


if __name__ == "__main__":
    main()
