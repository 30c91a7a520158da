"""The HTML page in headless Chromium: it fits a phone, follows the reader's colours, and nothing in it runs.

A page of the test's own holds the brief in a frame and measures it there; the brief itself has no script.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import struct
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_briefs import HOSTILE, hostile_page, make_brief

from summarize.rendering import render_briefs

pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

MEASURE = """<!DOCTYPE html><meta charset="utf-8"><body>
<iframe id="frame" width="WIDTH" height="900" srcdoc="PAGE"></iframe><pre id="out"></pre>
<script>
document.getElementById("frame").addEventListener("load", (event) => {
  const page = event.target.contentDocument, root = page.documentElement;
  const style = event.target.contentWindow.getComputedStyle(page.body);
  const box = (selector) => { const e = page.querySelector(selector); return e ? e.getBoundingClientRect() : null; };
  const details = page.querySelector("details");
  const closed = details && details.querySelector("p").checkVisibility();
  if (details) details.open = true;
  const text = box(".text"), source = box(".story .source");
  document.getElementById("out").textContent = JSON.stringify({
    overflow: root.scrollWidth - root.clientWidth,
    background: style.backgroundColor, ink: style.color,
    beside: source && text && source.left >= text.right && Math.abs(source.top - text.top) < 20,
    below: source && text && source.top >= text.bottom - 1 && source.left < text.right,
    originalShown: [closed, details && details.querySelector("p").checkVisibility()],
    title: page.title, scripts: page.scripts.length, family: style.fontFamily,
    headings: [...page.querySelectorAll("h1, h2")].map((e) => e.innerText),
  });
});
</script>"""


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        if os.environ.get("STAGEBRIEF_BROWSER") == "required":
            pytest.fail("Chromium is missing")
        pytest.skip("Chromium is not installed")
    return found


def browse(chromium: str, folder: Path, *arguments: str) -> str:
    flags = (*FLAGS, f"--user-data-dir={folder / 'profile'}", *arguments)
    done = subprocess.run([chromium, *flags], capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8", "replace")


def measure(chromium: str, folder: Path, page: str, width: int, *arguments: str) -> dict[str, Any]:
    file = folder / "measure.html"
    file.write_text(MEASURE.replace("WIDTH", str(width)).replace("PAGE", html.escape(page)), encoding="utf-8")
    dom = browse(chromium, folder, *arguments, "--virtual-time-budget=5000", "--dump-dom", file.as_uri())
    found = re.search(r'<pre id="out">(.*?)</pre>', dom, re.S)
    assert found and found[1], "the page did not load"
    measured: dict[str, Any] = json.loads(html.unescape(found[1]))
    return measured


def test_desktop_has_sources_beside_the_sentences(chromium: str, tmp_path: Path) -> None:
    found = measure(chromium, tmp_path, render_briefs([make_brief()], "html"), 1100)
    assert found["overflow"] == 0
    assert found["beside"]
    assert found["originalShown"] == [False, True]
    assert found["headings"][0] == "Tour de France 2023, stage\u00a012: Ion Izagirre wins"
    # The style sheet passes the page's own security policy.
    assert "Charter" in found["family"]


def test_phone_width_holds_the_longest_words(chromium: str, tmp_path: Path) -> None:
    brief = make_brief()
    long = "Llanfairpwllgwyngyll" * 12
    facts = {name: replace(fact, value=long, status="single") for name, fact in brief.facts.items()}
    found = measure(chromium, tmp_path, render_briefs([make_brief(facts=facts, headline=long)], "html"), 360)
    assert found["overflow"] == 0
    assert found["below"]


def luminance(colour: str) -> float:
    red, green, blue = (int(part) / 255 for part in re.findall(r"\d+", colour)[:3])
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("dark", [False, True])
def test_colours_follow_the_reader(chromium: str, tmp_path: Path, dark: bool) -> None:
    flags = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0") if dark else ()
    found = measure(chromium, tmp_path, render_briefs([make_brief()], "html"), 800, *flags)
    paper, ink = luminance(found["background"]), luminance(found["ink"])
    assert (paper < ink) is dark
    # WCAG asks 7 : 1 of text for the highest level.
    assert (max(paper, ink) + 0.05) / (min(paper, ink) + 0.05) > 7


def test_nothing_from_an_article_runs(chromium: str, tmp_path: Path) -> None:
    found = measure(
        chromium, tmp_path, hostile_page(" ".join(text for text in HOSTILE if "\ud800" not in text), "html"), 360
    )
    assert found["scripts"] == 0
    assert found["title"].startswith("<script>document.title = 'pwned'</script>")
    assert found["overflow"] == 0


def test_page_prints_on_paper(chromium: str, tmp_path: Path) -> None:
    file, printed, picture = tmp_path / "brief.html", tmp_path / "brief.pdf", tmp_path / "brief.png"
    file.write_text(render_briefs([make_brief()], "html"), encoding="utf-8")
    browse(chromium, tmp_path, f"--print-to-pdf={printed}", "--no-pdf-header-footer", file.as_uri())
    assert printed.read_bytes().startswith(b"%PDF")
    browse(chromium, tmp_path, "--window-size=500,800", f"--screenshot={picture}", file.as_uri())
    assert struct.unpack(">II", picture.read_bytes()[16:24]) == (500, 800)
