"""The UI in a real browser: the job runs from it, the lineage is there, and a failing check shows what failed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.corpus.corpus import SAMPLES
from tests.servers import free_port

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CHECK = "identity_holds__outcomes_add_up_to_the_closed_total"
WAIT_SECONDS = 240


@pytest.fixture
def ui(tmp_path: Path) -> Iterator[str]:
    """The address of a UI over the samples, one of which has a number that breaks its identities."""
    raw = tmp_path / "raw"
    shutil.copytree(SAMPLES, raw)
    report = raw / "003_f0de7e2adad4453a.txt"
    report.write_text(report.read_text(encoding="utf-8").replace("\n2902\n", "\n2920\n", 1), encoding="utf-8")
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("ogi")),
        "ui",
        str(raw),
        "--data",
        str(tmp_path / "data"),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(lambda: urllib.request.urlopen(f"{address}/server_info", timeout=5).status == 200)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait_for(ready: Any) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < WAIT_SECONDS:
        try:
            if ready():
                return
        except OSError:
            pass
        time.sleep(1)
    raise TimeoutError("the UI did not get there")


def _last_run(address: str) -> str:
    query = json.dumps({"query": "{runsOrError(limit: 1) {... on Runs {results {status}}}}"}).encode()
    request = urllib.request.Request(f"{address}/graphql", query, {"Content-Type": "application/json"})
    runs = json.load(urllib.request.urlopen(request, timeout=30))["data"]["runsOrError"]["results"]
    return str(runs[0]["status"]) if runs else ""


def _open(page: Page, address: str) -> str:
    page.goto(address)
    page.wait_for_timeout(5000)
    return page.inner_text("body")


@pytest.mark.slow
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Chromium (Debian: apt-get install chromium)")
def test_the_job_runs_from_the_ui_and_a_failing_check_says_what_failed(ui: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1600, "height": 1000})
        _open(page, f"{ui}/locations/ogi/jobs/build")
        page.get_by_role("button", name="Materialize all").first.click()
        _wait_for(lambda: _last_run(ui) in ("SUCCESS", "FAILURE"))
        assert _last_run(ui) == "SUCCESS"
        lineage = _open(page, f"{ui}/asset-groups")
        assert all(group in lineage for group in ("landing", "lake", "staging", "marts", "published"))
        check = _open(page, f"{ui}/assets/marts/fct_identity_checks?view=checks&checkDetail={CHECK}")
        assert "Failed" in check
        page.get_by_text("[Show Markdown]").first.click()
        page.wait_for_timeout(1500)
        failures = page.inner_text("body")
        assert "徐州市人民政府" in failures
        assert "2920" in failures
        browser.close()
