"""Broken and hostile input to the whole program: some cases of `benchmarks/fuzz.py`, and what reaches a reader."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import random
import re
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarize import batch
from summarize.articles import Article, Failure
from summarize.errors import StagebriefError
from summarize.ranking import Length
from summarize.reading import InputFile
from summarize.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    """The fuzzer of the benchmarks."""
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "benchmarks" / "fuzz.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["fuzz"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("kind", "cases"), [("article", 120), ("claims", 80), ("package", 80)])
def test_nothing_gets_through(fuzz: ModuleType, kind: str, cases: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # A busy machine is no defect: the benchmark watches the time.
    monkeypatch.setattr(fuzz, "LIMIT_S", 60.0)
    found = fuzz.run(kind, cases, seed=2024)
    assert found.cases == cases
    assert found.failures == 0


def test_the_fuzzer_sees_what_gets_through(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fuzzer that can find nothing would find nothing."""
    import summarize.preparing

    def broken(article: Article) -> Article | Failure:
        raise ZeroDivisionError

    monkeypatch.setattr(summarize.preparing, "prepare", broken)
    assert fuzz.run("article", 20, seed=1).failures > 5


@given(st.binary(max_size=400), st.sampled_from([".txt", ".md", ".html", ".json", ".jsonl"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes(fuzz: ModuleType, data: bytes, suffix: str) -> None:
    assert fuzz.do_article(data, suffix, claims=False) in {"article", "no article", "unreadable"}


_MEGABYTES = [
    "a",
    "<",
    '"',
    "“",
    "1",
    "(",
    " ",
    "<p ",
    "&#",
    "a.b@",
    "1,",
    "St. ",
    "\n",
    "won ",
    "De ",
    "=-",
    "\u0301",
    "[x](",
]


@pytest.mark.parametrize("token", _MEGABYTES)
def test_a_long_run_of_the_same_ends(fuzz: ModuleType, token: str) -> None:
    """Fifty kilobytes: with a pattern that backtracks without bound this would not end in a lifetime."""
    data = ("Bram Ruiter won the third stage in Dokkum. " + token * (50_000 // len(token))).encode()
    for suffix in (".txt", ".html", ".md"):
        fuzz.do_article(data, suffix, claims=suffix == ".txt")


# --- what reaches a reader --------------------------------------------------------------------------------------------

BODY = (
    "Bram Ruiter won the third stage in Dokkum on Wednesday. He beat Ole Dahl in a sprint of two after a long attack."
)
ATTACKS = [
    "<script>alert(1)</script>", "<style>body{display:none}</style>", "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)' onclick='alert(2)'>here</a>",
    "<svg/onload=alert(1)>", "<iframe src='//evil'></iframe>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "\x1b[2J\x1b[31m", "\x1b]0;title\x07", "\x9b2J", "\u202egnp.exe",
    "![x](http://evil/p.png)", "[x](javascript:alert(1))",
    "{{ 7 * 7 }}", "{% raw %}", "$(touch x)", "`touch x`", "| a | b |", "# heading", "- list",
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "json"])
@pytest.mark.parametrize("format", ["txt", "md", "json"])
def test_markup_and_control_codes_come_out_inert(tmp_path: Path, suffix: str, format: str) -> None:
    for number, attack in enumerate(ATTACKS):
        text = f"{attack} {BODY} It was {attack} a fine day for the riders {attack}."
        file = tmp_path / f"{number:02d}.{suffix}"
        if suffix == "json":
            content = json.dumps({"title": f"Stage {attack} three", "text": text, "hostname": attack})
        elif suffix == "html":
            content = (
                f"<html><head><title>Stage {attack}</title></head><body><article><p>{text}</p></article></body></html>"
            )
        else:
            content = f"Stage {attack} three\n\n{text}"
        file.write_text(content, encoding="utf-8", errors="surrogatepass")
    out: list[str] = []
    told: list[str] = []
    made = Settings(jobs=1, cache=False, say=told.append)
    batch.summarize([tmp_path], made, length=Length(sentences=9), format=format, write=out.append)
    shown = "".join(out)
    assert shown.count("Bram Ruiter won the third stage") >= len(ATTACKS) - 4
    assert not any((ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u202e\u2066" for c in shown)
    assert "alert(1)</" not in shown
    assert "onerror=" not in shown
    if format == "md":
        plain = re.sub(r"\\.", "", shown)  # without what is escaped
        assert "<" not in plain
        assert "](" not in plain
        body = [line for line in shown.splitlines() if line and not line.startswith(("## ", "*"))]
        assert not any(line.startswith(("#", "- ", "|", ">", "    ")) for line in body)


def test_a_huge_file_is_refused_without_reading_it_whole(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    with (tmp_path / "huge.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        file.truncate(200_000_000)
    (tmp_path / "good.txt").write_text(BODY, encoding="utf-8")
    told: list[str] = []
    out: list[str] = []
    code = batch.summarize(
        [tmp_path], Settings(jobs=1, say=told.append), length=Length(), format="json", write=out.append
    )
    assert code == 1
    assert len(out) == 1
    assert len(told) == 2
    assert all("too large" in line for line in told)


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 100_000 + BODY,
        "<table><tr><td>" * 20_000 + BODY,
        "<b>" * 200_000 + BODY + "</b>" * 200_000,
        "<p>" + "<" * 300_000 + BODY,
    ],
    ids=["div", "table", "b", "brackets"],
)
def test_a_deeply_nested_page_is_read_or_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "deep.html").write_text(f"<html><body>{content}", encoding="utf-8")
    (tmp_path / "good.txt").write_text(BODY, encoding="utf-8")
    told: list[str] = []
    out: list[str] = []
    batch.summarize([tmp_path], Settings(jobs=1, say=told.append), length=Length(), format="json", write=out.append)
    assert len(out) + len(told) == 2
    assert not any("please report" in line for line in told)


def test_a_deeply_nested_record_is_refused(tmp_path: Path) -> None:
    lines = ['{"text": ' + "[" * 100_000, json.dumps({"text": BODY}), '{"text": {"text": ' * 5_000, "[" * 50_000]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told: list[str] = []
    out: list[str] = []
    batch.summarize([tmp_path], Settings(jobs=1, say=told.append), length=Length(), format="json", write=out.append)
    assert [json.loads(line)["path"] for line in out] == [f"{tmp_path / 'a.jsonl'}:2"]
    assert [line.split(": ")[0][-2:] for line in told] == [":1", ":3", ":4"]


# --- packages ---------------------------------------------------------------------------------------------------------


def _archive(file: Path, entries: dict[str, bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)


@pytest.mark.parametrize(
    "entries",
    [
        {"p/metadata.json": b"{}", "p/../../x": b"x"},
        {"/etc/x": b"x"},
        {"p/model": b"a file", "p/model/model.bin": b"in it"},
        {"p/metadata.json": b"{}", "q/metadata.json": b"{}"},
        {"p/metadata.json": bytes(300_000_000)},
        {},
    ],
    ids=["up", "absolute", "clash", "two", "bomb", "empty"],
)
def test_a_hostile_package_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entries: dict[str, bytes]
) -> None:
    from summarize.translation.packages import install_file

    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
    (tmp_path / "packages").mkdir()
    _archive(tmp_path / "x.argosmodel", entries)
    with pytest.raises(StagebriefError):
        install_file(tmp_path / "x.argosmodel")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["packages", "x.argosmodel"]
    assert list((tmp_path / "packages").iterdir()) == []


def test_mutated_articles_of_our_own(fuzz: ModuleType) -> None:
    """The seeds of the project, damaged: also where the labelled articles are not at hand."""
    chance = random.Random(5)
    seeds = [
        file.read_bytes() for file in sorted((ROOT / "seeds").glob("*")) if file.suffix in (".txt", ".html", ".json")
    ]
    for data in seeds or fuzz.SEEDS:
        for _ in range(3):
            fuzz.do_article(fuzz.mutated(data, chance), ".html" if data.lstrip()[:1] == b"<" else ".txt", claims=True)


def test_standard_input_takes_anything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from summarize.reading import read_stream

    for data in (b"", b"\0" * 100, os.urandom(500), b"{" * 1000, b"\xff\xfe" + b"a" * 101, BODY.encode()):
        found = list(read_stream(io.BytesIO(data)))
        assert len(found) == 1
        assert isinstance(found[0], Article | Failure)
    assert InputFile("-", Path("-"), "text").path == "-"
