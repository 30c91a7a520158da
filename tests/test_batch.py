"""Many articles at once: order, workers, what is kept, and what becomes of a worker that dies."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from batch_data import Misbehave, text, write_articles, write_lines
from hypothesis import given
from hypothesis import strategies as st

from summarize import batch, make_briefs
from summarize.articles import Article, Failure, Sentence
from summarize.batch import parallel, running, store
from summarize.batch.output import REPORT, Folder, file_name, summary_md, summary_txt
from summarize.batch.progress import Progress, count
from summarize.batch.store import Store
from summarize.batch.tasks import Read, Record, Summarize, dump
from summarize.claims import Reading
from summarize.errors import ExitCode, NoPackageError, StagebriefError, UsageError
from summarize.facts import Claim
from summarize.mentions import races_list
from summarize.ranking import Length
from summarize.reading import InputFile, find_inputs
from summarize.settings import Settings


@pytest.fixture(autouse=True)
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own for every test."""
    monkeypatch.setenv("STAGEBRIEF_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def workers_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes start for a few articles already."""
    monkeypatch.setattr(running, "FEW", 0)
    monkeypatch.setattr(running, "CHUNK", 4)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Thirty articles in files and seven in JSON Lines."""
    folder = tmp_path / "inbox"
    write_articles(folder, 30)
    write_lines(folder / "more.jsonl", 7)
    return folder


class Written(list[str]):
    """Takes what goes to standard output."""

    def __call__(self, text: str) -> None:
        self.append(text)

    @property
    def text(self) -> str:
        return "".join(self)


def summaries(folder: Path | list[Path], settings: Settings | None = None, **options: object) -> tuple[ExitCode, str]:
    """Summaries of a folder, as they go to standard output."""
    out = Written()
    given: dict[str, object] = {"format": "json", "method": "lexrank", "length": Length(), **options}
    paths = folder if isinstance(folder, list) else [folder]
    code = batch.summarize(paths, settings or Settings(jobs=1), write=out, **given)  # type: ignore[arg-type]
    return code, out.text


def units(*contents: str, folder: Path) -> list[InputFile]:
    """Files with these contents."""
    folder.mkdir(exist_ok=True)
    for number, content in enumerate(contents):
        (folder / f"{number:02d}.txt").write_text(content, encoding="utf-8")
    return list(find_inputs([folder]).files)


# --- order and sameness -----------------------------------------------------------------------------------------------


def test_one_line_for_every_article_in_input_order(inbox: Path) -> None:
    code, out = summaries(inbox)
    assert code == ExitCode.OK
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["path"] for row in rows[:30]] == [str(inbox / f"day{n // 10:03d}" / f"{n:04d}.txt") for n in range(30)]
    assert [row["path"] for row in rows[30:]] == [f"{inbox / 'more.jsonl'}:{n}" for n in range(1, 8)]
    assert [row["id"] for row in rows[30:33]] == [f"{inbox / 'more.jsonl'}:1", "n1", "n2"]
    first = rows[0]
    assert list(first) == ["id", "path", "title", "language", "method", "summary", "sentences"]
    assert first["title"] == "Race number 0"
    assert first["language"] == "en"
    assert len(first["sentences"]) == 3
    assert first["summary"] == " ".join(sentence["text"] for sentence in first["sentences"])
    body = text(0)
    assert all(sentence["text"] in body and sentence["original"] is None for sentence in first["sentences"])


@pytest.mark.usefixtures("workers_soon")
def test_the_same_bytes_on_any_number_of_jobs(inbox: Path) -> None:
    alone = summaries(inbox, Settings(jobs=1, cache=False))
    assert summaries(inbox, Settings(jobs=3, cache=False)) == alone
    assert summaries(inbox, Settings(jobs=2)) == alone
    assert summaries(inbox, Settings(jobs=2)) == alone  # from the store


@pytest.mark.usefixtures("workers_soon")
def test_readings_are_the_same_from_workers_and_from_the_store(inbox: Path, root: Path) -> None:
    (inbox / "dated.json").write_text(
        json.dumps({"text": text(77), "date": "2023-07-13T18:20:00", "hostname": "example.org"}), encoding="utf-8"
    )
    shutil.copytree(root / "seeds", inbox / "seeds")
    alone = batch.read_all([inbox], Settings(jobs=1, cache=False))
    assert len(alone[0]) > 50
    assert alone[0][0].day == date(2023, 7, 13)
    assert {claim.fact for reading in alone[0] for claim in reading.claims} >= {"winner", "distance_km", "gc_leader"}
    assert batch.read_all([inbox], Settings(jobs=2)) == alone
    assert batch.read_all([inbox], Settings(jobs=2)) == alone


@pytest.mark.usefixtures("workers_soon")
def test_briefs_are_the_same_from_workers(root: Path) -> None:
    alone = make_briefs([root / "seeds"], Settings(jobs=1))
    assert len(alone.briefs) > 3
    assert make_briefs([root / "seeds"], Settings(jobs=2)) == alone


def test_few_articles_start_no_process(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_workers(*_: object) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr(running, "Workers", no_workers)
    assert summaries(inbox, Settings())[0] == ExitCode.OK


# --- what is kept -----------------------------------------------------------------------------------------------------


@pytest.fixture
def done_count(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many articles were prepared since it was asked last."""
    import summarize.preparing

    seen: list[str] = []
    real = summarize.preparing.prepare

    def counting(article: Article) -> Article | Failure:
        seen.append(article.path)
        return real(article)

    monkeypatch.setattr(summarize.preparing, "prepare", counting)

    def ask() -> int:
        number = len(seen)
        seen.clear()
        return number

    return ask


def test_nothing_is_done_twice_unless_it_changed(inbox: Path, done_count: Callable[[], int]) -> None:
    before = summaries(inbox)
    assert done_count() == 37
    assert summaries(inbox) == before
    assert done_count() == 0
    # Another time of change with the same content is no change; another content is.
    os.utime(inbox / "day000" / "0003.txt", (1, 1))
    (inbox / "day001" / "0011.txt").write_text(text(500), encoding="utf-8")
    after = summaries(inbox)
    assert done_count() == 1
    assert after != before
    assert after == summaries(inbox, Settings(jobs=1, cache=False))


def test_a_changed_file_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text(1), encoding="utf-8")
    old = time.time() - 1000
    os.utime(file, (old, old))
    first = summaries(file)[1]
    file.write_text(text(1).replace("Race", "Tour"), encoding="utf-8")
    os.utime(file, (old, old))
    assert summaries(file)[1] == first.replace("Race", "Tour")


def test_a_settled_file_is_recognised_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text(1), encoding="utf-8")
    monkeypatch.setattr(store, "SETTLED_NS", -(10**12))
    first = summaries(file)

    def unread(*_: object) -> None:
        raise AssertionError("the file was read")

    monkeypatch.setattr(store, "_digest_file", unread)
    assert summaries(file) == first


def test_options_decide_what_is_the_same_work(inbox: Path, done_count: Callable[[], int]) -> None:
    summaries(inbox)
    done_count()
    summaries(inbox, length=Length(sentences=1))
    assert done_count() == 37
    summaries(inbox, method="lead")
    assert done_count() == 37
    # The format decides nothing: what is kept is the summary.
    summaries(inbox, format="md")
    assert done_count() == 0


def test_an_article_elsewhere_is_the_same_work(inbox: Path, done_count: Callable[[], int]) -> None:
    _, before = summaries(inbox)
    done_count()
    other = inbox.rename(inbox.with_name("moved"))
    code, after = summaries(other)
    assert done_count() == 0
    assert code == ExitCode.OK
    assert after == before.replace("inbox", "moved")


def test_no_cache_keeps_nothing(inbox: Path, empty_cache: Path) -> None:
    summaries(inbox, Settings(jobs=1, cache=False))
    assert not empty_cache.exists()


def test_what_was_done_before_an_interrupt_stays(inbox: Path, done_count: Callable[[], int]) -> None:
    whole = summaries(inbox, Settings(jobs=1, cache=False))
    done_count()
    lines = 0

    def interrupted(text: str) -> None:
        nonlocal lines
        lines += 1
        if lines == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.summarize([inbox], Settings(jobs=1), format="json", method="lexrank", length=Length(), write=interrupted)
    first = done_count()
    assert summaries(inbox) == whole
    assert 0 < done_count() <= 37 - 16
    assert first < 37


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, None])
def test_a_damaged_store_is_made_anew(inbox: Path, empty_cache: Path, damage: bytes | None) -> None:
    whole = summaries(inbox)
    file = empty_cache / "results.sqlite"
    if damage is None:
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA user_version=99")
        connection.close()
    else:
        file.write_bytes(damage)
    assert summaries(inbox) == whole
    assert summaries(inbox) == whole


def test_a_store_that_cannot_be_written_is_done_without(inbox: Path, empty_cache: Path) -> None:
    empty_cache.write_text("a file where the folder should be", encoding="utf-8")
    told: list[str] = []
    code, out = summaries(inbox, Settings(jobs=1, say=told.append))
    assert code == ExitCode.OK
    assert len(out.splitlines()) == 37
    assert any("results.sqlite" in line for line in told)


def test_two_runs_may_use_the_store_at_once(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_WRITE_S", float("inf"))  # on a slow machine the one would write before the other looks
    found = list(find_inputs([inbox / "day000"]).files)
    task = Summarize(None, True, 1, "lead", Length(), True)
    one, other = (Store(task.variant, lambda: "", print) for _ in range(2))
    for each in (one, other):
        known = each.look_up(found)
        assert all(entry.outcomes is None for entry in known)
        each.keep(found, known, task(found))
    one.flush()
    other.flush()
    one.close()
    other.close()
    third = Store(task.variant, lambda: "", print)
    assert all(entry.outcomes is not None for entry in third.look_up(found))
    third.close()


def test_the_store_forgets_the_oldest_when_it_is_full(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = list(find_inputs([inbox]).files)[:30]
    task = Summarize(None, True, 1, "lead", Length(), True)
    monkeypatch.setattr(store, "MAX_BYTES", 1)
    for some in (found[:15], found[15:]):
        each = Store(task.variant, lambda: "", print)
        each.keep(some, each.look_up(some), task(some))
        each.close()
    last = Store(task.variant, lambda: "", print)
    kept = [entry.outcomes is not None for entry in last.look_up(found)]
    last.close()
    assert not kept[0]
    assert kept[-1]


def test_translated_results_belong_to_their_package(tmp_path: Path) -> None:
    [unit] = units("Hallo.", folder=tmp_path / "in")
    result = Misbehave()([unit])
    packages = ["one", "one", "two"]
    found = []
    for package in packages:
        each = Store(("x",), lambda package=package: package, print)  # type: ignore[misc]
        [known] = each.look_up([unit])
        found.append(known.outcomes is not None)
        each.keep([unit], [known], [replace(result[0], package=package)])
        each.close()
    assert found == [False, True, False]


_words = st.text(st.characters(codec="utf-8"), max_size=30)


_articles = st.builds(
    Article,
    id=_words,
    path=st.just("p"),
    title=st.none() | _words,
    text=_words,
    outlet=st.none() | _words,
    published=st.none() | st.datetimes(),
    has_time=st.booleans(),
    url=st.none() | _words,
    language=st.sampled_from(["en", "nl"]),
    sentences=st.lists(_words, max_size=4).map(
        lambda texts: tuple(Sentence(text, position, position // 2) for position, text in enumerate(texts))
    ),
)
_values = _words | st.integers() | st.floats(allow_nan=False)


def _tuples(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(of, max_size=3).map(tuple)


@given(
    st.builds(
        Reading,
        article=_articles,
        claims=_tuples(st.builds(Claim, _words, _values, st.just("p"), _words, st.integers(-1, 9), st.just(False))),
        weights=_tuples(st.floats(allow_nan=False)),
        cycling=st.floats(0, 99),
        race=st.none() | st.sampled_from(races_list()),
        races=_tuples(st.tuples(_words, st.floats(0, 9))),
        stages=_tuples(st.tuples(st.integers(0, 99), st.floats(0, 9))),
        next_stages=_tuples(st.integers(0, 99)),
        day=st.none() | st.dates(),
        dates=_tuples(st.tuples(st.integers(1, 12), st.integers(1, 31))),
        places=_tuples(_words),
        people=_tuples(_words),
        named=_tuples(_tuples(st.tuples(st.integers(0, 99), st.integers(0, 99)))),
    )
)
def test_what_was_read_comes_out_of_the_store_as_it_went_in(reading: Reading) -> None:
    unit = InputFile("p", Path("p"), "text")
    value = store._dump([reading, Failure("p:2", "bad"), Record("i", "p", '"x": 1}')], unit)
    assert value is not None
    assert store._load(value, unit) == (reading, Failure("p:2", "bad"), Record("i", "p", '"x": 1}'))


# --- workers that die -------------------------------------------------------------------------------------------------


def outcomes(files: list[InputFile], task: Misbehave, jobs: int = 2) -> list[str]:
    """What came of the files: "ok", or the reason of the failure."""
    done = running.run(iter(files), task, Settings(jobs=jobs))
    return ["ok" if isinstance(outcome, Record) else outcome.error for outcome in done]  # type: ignore[union-attr]


@pytest.mark.usefixtures("workers_soon")
def test_a_killed_worker_costs_only_the_article_that_kills_it(tmp_path: Path) -> None:
    contents = ["fine"] * 12
    contents[2], contents[7], contents[9] = "die", "abort", "fail"
    found = outcomes(units(*contents, folder=tmp_path / "in"), Misbehave())
    assert [reason == "ok" for reason in found] == [content == "fine" for content in contents]
    assert "was killed" in found[2]
    assert "SIGABRT" in found[7]
    assert found[9] == "failed"


@pytest.mark.usefixtures("workers_soon")
def test_a_worker_that_is_killed_by_chance_costs_nothing(tmp_path: Path) -> None:
    contents = ["fine"] * 10
    contents[1] = contents[6] = "once"
    assert outcomes(units(*contents, folder=tmp_path / "in"), Misbehave(str(tmp_path))) == ["ok"] * 10
    assert {file.name for file in tmp_path.glob("*.txt")} == {"01.txt", "06.txt"}


@pytest.mark.usefixtures("workers_soon")
def test_a_hanging_article_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "LIMIT_S", 1.0)
    contents = ["fine", "fine", "hang", "fine", "fine"]
    found = outcomes(units(*contents, folder=tmp_path / "in"), Misbehave())
    assert found == ["ok", "ok", "took longer than 1 seconds", "ok", "ok"]


@pytest.mark.usefixtures("workers_soon")
def test_what_a_worker_prints_spoils_no_result(tmp_path: Path) -> None:
    assert outcomes(units("print", "fine", "print", folder=tmp_path / "in"), Misbehave()) == ["ok"] * 3


@pytest.mark.usefixtures("workers_soon")
def test_what_failed_by_chance_is_not_remembered(tmp_path: Path) -> None:
    files = units("die", "fail", "fine", folder=tmp_path / "in")
    kept = Store(("x",), lambda: "", print)
    list(running.run(iter(files), Misbehave(), Settings(jobs=2), store=kept))
    known = kept.look_up(files)
    kept.close()
    assert [entry.outcomes is not None for entry in known] == [False, True, True]


@pytest.mark.usefixtures("workers_soon")
def test_no_worker_outlives_the_run(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    children = psutil.Process().children
    before = {child.pid for child in children()}
    found = running.run(iter(units(*["fine"] * 20, folder=tmp_path / "in")), Misbehave(), Settings(jobs=2))
    next(found)
    assert {child.pid for child in children()} > before
    found.close()
    assert {child.pid for child in children()} <= before


def test_workers_hold_a_bounded_number_of_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "FEW", 0)
    taken = 0

    def endless() -> object:
        nonlocal taken
        [file] = units("fine", folder=tmp_path / "in")
        while True:
            taken += 1
            yield file

    found = running.run(endless(), Misbehave(), Settings(jobs=2))  # type: ignore[arg-type]
    for _ in range(100):
        next(found)
    found.close()
    assert taken < 100 + running.CHUNK * 10


# --- failures ---------------------------------------------------------------------------------------------------------


def test_a_failing_file_does_not_stop_the_rest(inbox: Path, tmp_path: Path) -> None:
    (inbox / "day000" / "bad.json").write_text("{", encoding="utf-8")
    (inbox / "day001" / "empty.txt").write_bytes(b"")
    (inbox / "picture.png").write_bytes(b"\x89PNG")
    told: list[str] = []
    code, out = summaries(inbox, Settings(jobs=1, say=told.append), output=tmp_path / "out")
    assert code == ExitCode.SOME_FAILED
    assert out == ""
    assert len((tmp_path / "out" / "summaries.jsonl").read_text(encoding="utf-8").splitlines()) == 37
    report = [json.loads(line) for line in (tmp_path / "out" / REPORT).read_text(encoding="utf-8").splitlines()]
    assert [Path(row["path"]).name for row in report] == ["bad.json", "empty.txt"]
    assert all(row["error"] for row in report)
    assert [line.split(": ")[0] for line in told[:2]] == [row["path"] for row in report]
    assert told[2:] == ["1 other file skipped"]
    # Mended, the report goes too.
    (inbox / "day000" / "bad.json").unlink()
    (inbox / "day001" / "empty.txt").unlink()
    assert summaries(inbox, output=tmp_path / "out")[0] == ExitCode.OK
    assert not (tmp_path / "out" / REPORT).exists()


def test_nothing_readable_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    for call in (
        lambda say: summaries(tmp_path / "bad.json", Settings(jobs=1, say=say)),
        lambda say: batch.read_all([tmp_path / "bad.json"], Settings(jobs=1, say=say)),
    ):
        told: list[str] = []
        with pytest.raises(UsageError):
            call(told.append)
        assert any("bad.json" in line for line in told)
    with pytest.raises(UsageError, match="no articles"):
        summaries(_empty(tmp_path))


def _empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def test_a_bug_is_a_failure_of_its_article(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import summarize.preparing

    real = summarize.preparing.prepare

    def buggy(article: Article) -> Article | Failure:
        if article.path.endswith("0004.txt"):
            raise ZeroDivisionError("oops")
        return real(article)

    monkeypatch.setattr(summarize.preparing, "prepare", buggy)
    told: list[str] = []
    code, out = summaries(inbox, Settings(jobs=1, say=told.append))
    assert code == ExitCode.SOME_FAILED
    assert len(out.splitlines()) == 36
    assert len(told) == 1
    assert "0004.txt" in told[0]
    assert "ZeroDivisionError" in told[0]


def test_a_missing_language_package_is_an_error_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from summarize.translation import packages

    monkeypatch.setattr(packages, "shipped_folder", lambda: tmp_path / "nowhere")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "nothing"))
    (tmp_path / "nl.txt").write_text(
        "De renner won de rit na een lange aanval. Het peloton kwam een minuut later over de streep.", encoding="utf-8"
    )
    with pytest.raises(NoPackageError):
        summaries(tmp_path / "nl.txt")
    assert json.loads(summaries(tmp_path / "nl.txt", translate=False)[1])["language"] == "nl"


# --- output -----------------------------------------------------------------------------------------------------------


def test_a_folder_of_texts_is_like_the_input(inbox: Path, tmp_path: Path) -> None:
    code, _ = summaries(inbox, output=tmp_path / "out", format="md")
    assert code == ExitCode.OK
    names = sorted(str(file.relative_to(tmp_path / "out")) for file in (tmp_path / "out").rglob("*") if file.is_file())
    assert names[:2] == ["day000/0000.txt.md", "day000/0001.txt.md"]
    assert names[30:33] == ["more.jsonl/000001.md", "more.jsonl/000002-n1.md", "more.jsonl/000003-n2.md"]
    assert len(names) == 37
    assert (tmp_path / "out" / "day000" / "0000.txt.md").read_text(encoding="utf-8").startswith("# Race number 0\n")


def test_equal_names_from_different_folders_stay_apart(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(text(ord(name)), encoding="utf-8")
    (tmp_path / "c" / "x.txt").rename(tmp_path / "c" / "X.TXT")
    summaries([tmp_path / name for name in "abc"], output=tmp_path / "out", format="txt")
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_what_has_not_changed_is_not_written_again(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summaries(inbox, output=out, format="txt")
    before = {file: file.stat().st_mtime_ns for file in out.rglob("*.txt")}
    (inbox / "day000" / "0002.txt").write_text(text(900), encoding="utf-8")
    summaries(inbox, output=out, format="txt")
    changed = [file.name for file in before if file.stat().st_mtime_ns != before[file]]
    assert changed == ["0002.txt.txt"]


def test_the_output_inside_the_input_is_not_read(inbox: Path) -> None:
    first = summaries(inbox, output=inbox / "out", format="md")
    assert summaries(inbox, output=inbox / "out", format="md") == first
    assert len(list((inbox / "out").rglob("*.md"))) == 37
    with pytest.raises(UsageError):
        summaries(inbox, output=inbox)


def test_an_interrupted_run_leaves_the_old_file(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    summaries(inbox, output=out)
    before = (out / "summaries.jsonl").read_bytes()
    real, number = Folder.put, 0

    def interrupted(self: Folder, record: Record) -> None:
        nonlocal number
        number += 1
        if number > 20:
            raise KeyboardInterrupt
        real(self, record)

    monkeypatch.setattr(Folder, "put", interrupted)
    with pytest.raises(KeyboardInterrupt):
        summaries(inbox, output=out, length=Length(sentences=1))
    assert [file.name for file in out.iterdir()] == ["summaries.jsonl"]
    assert (out / "summaries.jsonl").read_bytes() == before


def test_two_runs_do_not_write_into_one_folder(inbox: Path, tmp_path: Path) -> None:
    held = Folder(tmp_path / "out", "summaries.jsonl", None, ".json", [])
    with pytest.raises(UsageError, match="another run"):
        summaries(inbox, output=tmp_path / "out")
    held.abandon()
    assert summaries(inbox, output=tmp_path / "out")[0] == ExitCode.OK


def test_a_reader_that_has_gone_ends_the_run(inbox: Path) -> None:
    def gone(text: str) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        batch.summarize([inbox], Settings(jobs=1), format="json", length=Length(), write=gone)

    def full(text: str) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StagebriefError, match="No space left"):
        batch.summarize([inbox], Settings(jobs=1), format="json", length=Length(), write=full)


@given(st.text(max_size=300))
def test_file_names_are_safe(name: str) -> None:
    safe = file_name(name)
    assert safe
    assert safe not in (".", "..")
    assert not set(safe) & set('/\\:*?"<>|\n\r\t\x1b\0')
    assert len(safe.encode()) <= 200
    assert safe.isprintable() or not name.isprintable()


@given(st.text(st.characters(), max_size=100))
def test_json_is_the_same_text_without_control_codes(text: str) -> None:
    line = dump({"text": text})
    assert json.loads(line) == {"text": text}
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u2029\u202e\u200f\ufeff" for c in line)
    line.encode("utf-8")


_hostile = st.text(st.sampled_from(list("ab\x1b[]()<>*_`#|&;\\\n\x07\u202e\x9b!-~$ ")), max_size=60)


def test_the_store_knows_every_field_of_an_article() -> None:
    """A field that is added has to be kept too."""
    article = "id path title text outlet published has_time url language sentences results title_translation"
    sentence = "text position paragraph translation flags confidence"
    assert " ".join(field.name for field in fields(Article)) == article
    assert " ".join(field.name for field in fields(Sentence)) == sentence


@given(_hostile, _hostile)
def test_texts_come_out_inert(title: str, body: str) -> None:
    record = Record("i\x1b[2J", "a\n\x1b]0;x\x07.txt", dump({"title": title, "language": "nl", "summary": body})[1:])
    for style in (summary_txt, summary_md):
        shown = style(record, 2)
        assert not any(c in shown for c in "\x1b\x07\x9b\u202e\r")
    assert "<" not in summary_md(record, 2).replace("\\<", "").replace("&lt;", "")


# --- progress ---------------------------------------------------------------------------------------------------------


def test_a_long_run_tells_a_log_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    now = [0.0]
    monkeypatch.setattr("summarize.batch.progress.time.monotonic", lambda: now[0])
    progress = Progress("Summarising", Settings(say=told.append), 100, bar=False)
    for _ in range(70):
        now[0] += 1.0
        progress.tick()
    progress.close()
    assert told == [
        "Summarising: 30 of 100 articles done, 1.0 a second, 70 s left",
        "Summarising: 60 of 100 articles done, 1.0 a second, 40 s left",
    ]


def test_the_articles_of_a_run_are_counted(inbox: Path) -> None:
    assert count(find_inputs([inbox]).files) == 37
    assert count(find_inputs(["-"]).files) is None


def test_a_bar_shows_on_request_only(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summaries(inbox, Settings(jobs=1), output=tmp_path / "out")
    assert capsys.readouterr() == ("", "")


def test_prepare_says_what_it_is() -> None:
    assert Read().variant != Summarize(None, True, 1, "lead", Length(), True).variant
