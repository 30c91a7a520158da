"""Hostile input to reading, cleaning, language detection and sentence splitting: an article or a reason comes out.

What would hang runs in a process of its own that is killed after minutes, so that a hang fails and a slow machine
does not.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarize.articles import Article, Failure
from summarize.pages import read_page
from summarize.preparing import prepare
from summarize.reading import InputFile, Kind, read, read_bytes

KINDS: tuple[Kind, ...] = ("text", "markdown", "html", "json")
ROOT = Path(__file__).resolve().parent.parent

# Each is repeated to 100 kB and read in every format: what takes time as the square of the length would take hours.
# benchmarks/fuzz_reading.py does the same with a megabyte and tells the times.
# fmt: off
PATTERNS = [
    "a", "<", "(", '"', "1", " ", "\n", "’ ", "A. ", "a.\n", "1.", "?! ", "… ", "© ", "<a ", '<a href="',
    "<p>a. B", "<div>", "<!--", "<script>", "&amp;", "&#1", "(Image credit: ", "(Foto: x) ", "Image 1 of 3 ",
    "Photograph: x/", "[x](", "![", "**a", "# a\n", "a\n=\n", "---\n", "\x1b]", "1 Ab Cd 1:02 ", "Ab ",
    "<table><tr><td>", "http://a.b/", "Door Ab ", "\u0301", "{", "''",
]
# fmt: on

_WORKER = """
import json, sys
from pathlib import Path
from summarize.articles import Article
from summarize.preparing import prepare
from summarize.reading import InputFile, read_bytes
for pattern in json.load(sys.stdin):
    text = (pattern * (100_000 // len(pattern) + 1))[:100_000]
    for kind in ("text", "markdown", "html", "json"):
        data = json.dumps({"text": text, "title": text}) if kind == "json" else text
        found = read_bytes(InputFile("x", Path("x"), kind), data.encode("utf-8", "replace"))
        if isinstance(found, Article):
            prepare(found)
print("done")
"""


@pytest.mark.parametrize("part", range(2))
def test_long_runs_of_anything_end(part: int) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", _WORKER],
        input=json.dumps(PATTERNS[part::2]),
        capture_output=True,
        text=True,
        timeout=200,
        env=env,
        check=False,
    )
    assert run.stdout.strip() == "done", run.stderr


def _sound(found: Article | Failure) -> None:
    """Nothing that comes out can break who writes it."""
    if isinstance(found, Failure):
        assert found.error and "Traceback" not in found.error
        found.error.encode("utf-8")
        return
    found = prepare(found)
    if isinstance(found, Article):
        for text in (found.title or "", found.outlet or "", found.url or "", *(item.text for item in found.sentences)):
            text.encode("utf-8")
            assert not any(code in text for code in "\x1b\x00\x07\x08\u202e\u200b")


# fmt: off
SPICE = [
    b"\0", b"\xff", b"<", b">", b"&#x110000;", b"\\ud800", b'"', b"}", b"<script>", b"<!--", b"\xed\xa0\x80",
    b"\x1b[2J",
    b"\xe2\x80\xae", b"<p>" * 300, b"[" * 300, b"\n" * 50, b"&lt;b&gt;", b"(Image credit: ", b"1e999", b"\r",
]
# fmt: on


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes of a real article after the kind of damage that files suffer, and some that is meant."""
    for _ in range(chance.randint(1, 6)):
        if not data:
            break
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.choice([1, 3, 40, 2000]))
        match chance.randrange(5):
            case 0:
                data = data[:start] + data[end:]
            case 1:
                data = data[:start] + chance.choice(SPICE) * chance.choice([1, 1, 20]) + data[start:]
            case 2:
                data = data[:start] + data[start:end] * chance.randint(2, 5) + data[end:]
            case 3:
                data = data[:start] + chance.randbytes(end - start) + data[end:]
            case _:
                data = data[:start]
    return data


def test_mutated_articles(root: Path) -> None:
    chance = random.Random(20230713)
    files = sorted(path for path in (root / "seeds").iterdir() if path.is_file())
    kinds: dict[str, Kind] = {".txt": "text", ".md": "markdown", ".html": "html", ".json": "json", ".jsonl": "json"}
    for _ in range(300):
        path = chance.choice(files)
        data = _mutated(path.read_bytes(), chance)
        kind = chance.choice(KINDS) if chance.random() < 0.2 else kinds[path.suffix]
        _sound(read_bytes(InputFile("x", Path("x"), kind), data))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.binary(max_size=400), st.sampled_from(KINDS))
def test_any_bytes_in_any_format(data: bytes, kind: Kind) -> None:
    _sound(read_bytes(InputFile("x", Path("x"), kind), data))


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)
_KEYS = ("title", "date", "hostname", "url", "source", "sitename", "id", "text", "source-hostname", "published")


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=8))
def test_any_value_under_the_keys_of_a_record(record: dict[str, object]) -> None:
    _sound(read_bytes(InputFile("x", Path("x"), "json"), json.dumps(record).encode()))


def test_a_deeply_nested_page_is_read() -> None:
    for depth in (300, 100_000):
        page = read_page("<div>" * depth + "<p>Jan Jansen won the stage in Ghent.</p>" + "</div>" * depth)
        # A parser may stop at its own depth, but it must not take the program with it.
        assert page.text in ("Jan Jansen won the stage in Ghent.", "")
    side = "<p>Jan Jansen won the stage.</p>" + "<b>" * 50_000 + "deep" + "</b>" * 50_000
    assert "Jan Jansen won the stage." in read_page(side).text


def test_a_page_with_very_many_tags_is_read() -> None:
    page = read_page("<html><body>" + "<p>Jan Jansen won <b>the</b> stage.</p>" * 40_000 + "</body></html>")
    assert page.text.count("Jan Jansen won the stage.") > 1000


def test_scripts_and_handlers_leave_no_trace(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(
        "<html><head><title>Jansen <script>alert(1)</script>wins</title></head><body><article onload='evil()'>"
        "<p onclick='evil()'>Jan Jansen won the third stage <img src=x onerror=evil()>in Ghent "
        "on Monday afternoon.</p>"
        "<script>evil()</script><style>p { color: red }</style><svg><script>evil()</script></svg>"
        "<p>He leads &lt;script&gt;evil()&lt;/script&gt;the race now, by four seconds on Piet Pieters.</p>"
        "</article></body></html>"
    )
    (article,) = read([file])
    assert isinstance(article, Article)
    prepared = prepare(article)
    assert isinstance(prepared, Article)
    assert [sentence.text for sentence in prepared.sentences] == [
        "Jan Jansen won the third stage in Ghent on Monday afternoon.",
        "He leads the race now, by four seconds on Piet Pieters.",
    ]
    assert "<" not in (prepared.title or "")


def test_lone_surrogates_in_json_are_dropped() -> None:
    data = b'{"title": "A \\ud800title", "text": "He won\\udc00 the race \\ud83d\\ude00."}'
    found = read_bytes(InputFile("x", Path("x"), "json"), data)
    assert isinstance(found, Article)
    prepared = prepare(found)
    assert isinstance(prepared, Article)
    assert (prepared.title, prepared.sentences[0].text) == ("A title", "He won the race 😀.")


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on memory there")
def test_a_200_mb_page_is_refused_within_little_memory(tmp_path: Path, root: Path) -> None:
    file = tmp_path / "a.html"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)

    # A process of its own: one that is forked starts with whatever other tests have loaded.
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))\n"
        "from summarize.articles import Failure\n"
        "from summarize.reading import read\n"
        "print([item.error for item in read(sys.argv[1:]) if isinstance(item, Failure)])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], cwd=root, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.strip() == str(["too large for an article (more than 20 MB)"]), done.stderr
