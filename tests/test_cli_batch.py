"""`summarize`, `translate` and `doctor` from the outside: kills, interrupts, full disks, missing rights, odd names."""

from __future__ import annotations

import json
import os
import pty
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from batch_data import text, write_articles, write_lines

from summarize import batch
from summarize.ranking import Length
from summarize.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DUTCH = (
    "Bram de Ruiter heeft de derde etappe gewonnen. Hij was in de sprint sneller dan zijn medevluchter. "
    "Het peloton kwam een minuut later over de streep. De renner sprak na afloop van een mooie dag.\n"
)


def command(*arguments: str | bytes | Path) -> list[str | bytes]:
    """The program with these arguments."""
    return [sys.executable, str(ROOT / "cli.py"), *(a if isinstance(a, bytes) else str(a) for a in arguments)]


def stagebrief(
    *arguments: str | bytes | Path, stdin: bytes | None = None, rights: bool = True, **options: Any
) -> subprocess.CompletedProcess[bytes]:
    """Run the program; no run may end with a traceback, or write control codes to the terminal."""
    line = command(*arguments) if rights else without_rights(command(*arguments))
    out = options.pop("stdout", subprocess.PIPE)
    done = subprocess.run(line, input=stdin, stdout=out, stderr=subprocess.PIPE, timeout=120, check=False, **options)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert not set(done.stderr) & {0x1B, 0x07, 0x00, 0x0D}
    return done


def inside(kind: str, path: str, output: str | None = None, **options: Any) -> str:
    """The same work in this process: starting another takes longer than doing it."""
    out: list[str] = []
    if kind == "summarize":
        options = {"length": Length(), **options}
    settings = Settings(jobs=1, cache=options.pop("cache", True))
    work = getattr(batch, kind)
    assert work([path], settings, output=output and Path(output), write=out.append, **options) == 0
    return "".join(out)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGEBRIEF_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    write_articles(tmp_path / "inbox", 12)
    return tmp_path / "inbox"


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- what comes out ---------------------------------------------------------------------------------------------------


def test_summaries_as_json_lines() -> None:
    Path("a.txt").write_text(text(1), encoding="utf-8")
    done = stagebrief("summarize", "a.txt", "-m", "lexrank", "-n", "2", "-f", "json")
    assert done.returncode == 0
    [row] = map(json.loads, done.stdout.splitlines())
    assert row["id"] == row["path"] == "a.txt"
    assert row["method"] == "lexrank"
    assert len(row["sentences"]) == 2
    assert done.stderr == b""


def test_a_dutch_article_is_summarised_in_english_and_on_request_in_dutch() -> None:
    Path("nl.txt").write_text(DUTCH, encoding="utf-8")
    done = stagebrief("summarize", "nl.txt", "-m", "lead", "-n", "2", "-f", "json")
    assert done.returncode == 0
    english = json.loads(done.stdout)
    done = stagebrief("summarize", "nl.txt", "-m", "lead", "-n", "2", "-f", "json", "--no-translate")
    assert done.returncode == 0
    dutch = json.loads(done.stdout)
    assert english["language"] == dutch["language"] == "nl"
    assert [s["original"] for s in english["sentences"]] == [s["text"] for s in dutch["sentences"]]
    assert all(s["original"] is None for s in dutch["sentences"])
    assert english["summary"] != dutch["summary"]
    assert dutch["summary"].startswith("Bram de Ruiter heeft de derde etappe gewonnen.")


def test_translate_in_every_format() -> None:
    Path("nl.txt").write_text(f"Ruiter wint\n\n{DUTCH}\n{DUTCH.replace('derde', 'vierde')}", encoding="utf-8")
    Path("en.txt").write_text(text(1), encoding="utf-8")
    done = stagebrief("translate", "nl.txt", "en.txt", "-f", "json")
    assert done.returncode == 0
    dutch, english = map(json.loads, done.stdout.splitlines())
    assert list(dutch) == ["id", "path", "title", "language", "package", "translation", "sentences"]
    assert dutch["package"]
    assert dutch["sentences"][0]["original"] == "Bram de Ruiter heeft de derde etappe gewonnen."
    paragraphs = dutch["translation"].split("\n")
    assert len(paragraphs) == 2
    assert " ".join(paragraphs) == " ".join(sentence["text"] for sentence in dutch["sentences"])
    assert english["package"] is None
    assert all(s["original"] is None and s["flags"] == [] for s in english["sentences"])
    assert english["sentences"][0]["text"] in text(1)
    for format in ("txt", "md"):
        plain = inside("translate", "nl.txt", format=format)
        beside = inside("translate", "nl.txt", format=format, side_by_side=True)
        assert "derde etappe" not in plain
        assert "derde etappe" in beside
        assert dutch["sentences"][0]["text"] in beside


def test_standard_input_and_output() -> None:
    lines = b"".join(json.dumps({"id": f"n{n}", "text": text(n)}).encode() + b"\n" for n in range(3))
    done = stagebrief("summarize", "-", "-f", "json", "-n", "1", stdin=lines)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["n0", "n1", "n2"]
    done = stagebrief("summarize", "-", "-f", "md", stdin=text(4).encode())
    assert done.stdout.startswith(b"## Race number 4\n")


def test_a_reader_that_goes_early_is_no_error(inbox: Path) -> None:
    done = subprocess.run(
        f"'{sys.executable}' '{ROOT / 'cli.py'}' summarize '{inbox}' | head -n 1; exit ${{PIPESTATUS[0]}}",
        shell=True, executable="/bin/bash", capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ["summarize", "missing.txt"],
        ["summarize", "."],
        ["summarize", "a.txt", "-m", "magic"],
        ["summarize", "a.txt", "-n", "0"],
        ["summarize", "a.txt", "-n", "2", "--words", "9"],
        ["summarize", "a.txt", "--ratio", "0"],
        ["summarize", "a.txt", "--scheduler", "tcp://127.0.0.1:9", "-f", "nothing"],
        ["summarize", "a.txt", "--package", "nowhere"],
        ["translate"],
    ],
)
def test_a_wrong_command_line_ends_with_2(arguments: list[str]) -> None:
    if "a.txt" in arguments:
        Path("a.txt").write_text(DUTCH, encoding="utf-8")
    done = stagebrief(*arguments)
    assert done.returncode == 2
    assert done.stderr


def test_an_english_run_loads_no_translator(inbox: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['stagebrief', 'summarize', {str(inbox)!r}]\n"
        "import cli\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'ctranslate2', 'onnxruntime', 'sentencepiece', 'torch', 'argostranslate', 'scipy.stats'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert done.stderr.strip() == b"[]"


def test_help_loads_nothing_heavy() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['stagebrief', '--help']\n"
        "import cli\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'scipy', 'nltk', 'sumy', 'trafilatura', 'lxml', 'ctranslate2', 'rich.console', 'sqlite3'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert b"summarize" in done.stdout
    assert done.stderr.strip() == b"[]"


def test_doctor_finds_this_machine_well() -> None:
    done = stagebrief("doctor")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0, lines
    assert all(line.startswith("ok") for line in lines)
    said = "\n".join(lines)
    for part in ("Python", "Punkt", "calendar", "language package", "translation", "cache folder"):
        assert part in said


def test_doctor_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGEBRIEF_CACHE", "/dev/null/cache")
    done = stagebrief("doctor", "--package", tmp_path / "nowhere")
    assert done.returncode == 1
    bad = [line for line in done.stdout.decode().splitlines() if line.startswith("BAD")]
    assert any("nowhere" in line for line in bad)
    assert any("STAGEBRIEF_CACHE" in line for line in bad)


def test_a_terminal_gets_a_progress_bar(inbox: Path) -> None:
    control, terminal = pty.openpty()
    done = subprocess.Popen(command("summarize", inbox, "-o", "out"), stdout=subprocess.PIPE, stderr=terminal)
    assert done.wait(60) == 0
    os.close(terminal)
    shown = b""
    while True:
        try:
            block = os.read(control, 10_000)
        except OSError:
            break
        if not block:
            break
        shown += block
    os.close(control)
    assert b"Summarising" in shown


# --- kills and interrupts ---------------------------------------------------------------------------------------------


def wait_for(what: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a run has got so far."""
    for _ in range(1200):
        if what.exists() or process.poll() is not None:
            return
        time.sleep(0.05)
    raise AssertionError(f"{what} never came")


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.0, 0.6])
def test_a_killed_run_goes_on_and_ends_the_same(tmp_path: Path, moment: float) -> None:
    write_articles(tmp_path / "many", 150)
    write_lines(tmp_path / "many" / "more.jsonl", 30)
    inside("summarize", "many", "whole", format="md", cache=False)
    run = subprocess.Popen(command("summarize", "many", "-o", "out", "-f", "md"), start_new_session=True)
    wait_for(tmp_path / "out" / "day000" / "0003.txt.md", run)
    time.sleep(moment)
    run.kill()
    assert run.wait(10) in (-signal.SIGKILL, 0)
    inside("summarize", "many", "out", format="md")
    assert files(tmp_path / "out") == files(tmp_path / "whole")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    write_articles(tmp_path / "many", 400)
    run = subprocess.Popen(
        command("summarize", "many", "-o", "out", "-f", "txt", "-j", "2"),
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_for(tmp_path / "out" / "day000" / "0003.txt.txt", run)
    run.send_signal(number)
    _, errors = run.communicate(timeout=20)
    assert run.returncode == 130
    assert errors.splitlines() == [b"stagebrief: interrupted; run the same command again to go on"]
    left = files(tmp_path / "out")
    assert 4 <= len(left) < 400
    assert not any(name.endswith((".part", ".lock")) for name in left)


def test_an_interrupt_gets_through_a_step_that_does_not_listen() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "import threading\n"
        "from summarize.interrupts import at_interrupt, catch_interrupts\n"
        "catch_interrupts(lambda: print('interrupted', flush=True))\n"
        "at_interrupt(lambda: print('cleaned', flush=True))\n"
        "while True:\n"
        "    try:\n        print('ready', flush=True)\n        threading.Event().wait(30)\n"
        "    except KeyboardInterrupt:\n        print('ignored', flush=True)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "ready\n"
    run.send_signal(signal.SIGINT)
    out, _ = run.communicate(timeout=20)
    assert run.returncode == 130
    assert out.splitlines() == ["ignored", "ready", "interrupted", "cleaned"]


# --- disks and rights -------------------------------------------------------------------------------------------------


def without_rights(done: Sequence[str | bytes]) -> list[str | bytes]:
    """The command without root's right to read and write everything."""
    if os.geteuid() != 0:
        return list(done)
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root may do everything, and there is no setpriv to change that")
    rights = "-dac_override,-dac_read_search"
    return [setpriv, f"--bounding-set={rights}", f"--inh-caps={rights}", *done]


def test_files_and_folders_without_rights_are_named(inbox: Path) -> None:
    (inbox / "day000" / "0001.txt").chmod(0)
    (inbox / "day001").chmod(0)
    try:
        done = stagebrief("summarize", "inbox", "-f", "json", "--no-cache", rights=False)
    finally:
        (inbox / "day001").chmod(0o755)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 9
    named = [line.split(b": ")[0] for line in done.stderr.splitlines()]
    assert named == [b"inbox/day001", b"inbox/day000/0001.txt"]


def test_an_output_folder_without_rights_is_named_before_any_work(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed").chmod(0o555)
    for output in ("closed", "closed/new", "/dev/null/new", "inbox/day000/0000.txt/new"):
        done = stagebrief("summarize", "inbox", "-o", output, "--no-cache", rights=False)
        assert done.returncode == 2
        assert output.split("/")[-2 if "/" in output else -1].encode() in done.stderr


def test_a_cache_that_cannot_be_written_is_done_without(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGEBRIEF_CACHE", "/dev/null/cache")
    done = stagebrief("summarize", inbox, "-f", "json")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 12
    assert b"/dev/null/cache" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_standard_output_is_an_error(inbox: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = stagebrief("summarize", inbox, stdout=full)
    assert done.returncode == 1
    assert b"No space left" in done.stderr


@pytest.mark.parametrize(("format", "limit"), [("json", 3_000), ("md", 200)])
def test_a_full_disk_is_an_error_and_leaves_no_half_file(inbox: Path, tmp_path: Path, format: str, limit: int) -> None:
    inside("summarize", "inbox", "whole", format=format, cache=False)

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = stagebrief("summarize", "inbox", "-o", "out", "-f", format, "--no-cache", preexec_fn=small_files)
    assert done.returncode == 1
    assert b"out" in done.stderr
    whole = files(tmp_path / "whole")
    assert all(whole[name] == content for name, content in files(tmp_path / "out").items())
    inside("summarize", "inbox", "out", format=format)
    assert files(tmp_path / "out") == whole


def test_a_full_disk_under_the_cache_is_no_error(inbox: Path) -> None:
    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))

    done = stagebrief("summarize", inbox, "-f", "json", preexec_fn=small_files)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 12
    assert b"results.sqlite" in done.stderr


# --- names and links --------------------------------------------------------------------------------------------------

STRANGE = [b"new\nline.txt", b"bad\xff\xfeutf8.txt", b"red\x1b[31m.txt", b"-n.txt", b" .txt", b"quote'\".txt",
           b"a" * 200 + b".txt", "ünï\u202e.txt".encode(), b"CON.txt"]  # fmt: skip


def strange_files(folder: Path, names: Sequence[bytes]) -> None:
    folder.mkdir()
    for number, name in enumerate(names):
        (folder / os.fsdecode(name)).write_text(text(number), encoding="utf-8")


def test_strange_names_are_read_named_and_written(tmp_path: Path) -> None:
    strange_files(tmp_path / "in", STRANGE)
    done = stagebrief("summarize", "in", "-f", "json", env=os.environ | {"LC_ALL": "C"})
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert len(rows) == len(STRANGE)
    for format in ("txt", "md"):
        inside("summarize", "in", f"out-{format}", format=format)
        written = files(tmp_path / f"out-{format}")
        assert len(written) == len(STRANGE)
        assert not any(set(content) & {0x1B, 0x07, 0x00} for content in written.values())
    assert not set(inside("summarize", "in").encode()) & {0x1B, 0x07, 0x00}


def test_strange_names_that_fail_are_named_in_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in STRANGE[:3]:
        (tmp_path / "in" / os.fsdecode(name)).write_bytes(b"")
    done = stagebrief("summarize", "in")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 4
    done = stagebrief("summarize", b"missing\n\x1b[2J\xff.txt")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2


def test_links_out_of_the_folder_cycles_and_pipes(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(text(99), encoding="utf-8")
    (inbox / "link.txt").symlink_to(tmp_path / "secret.txt")
    (inbox / "loop").symlink_to(inbox)
    (inbox / "self.txt").symlink_to("self.txt")
    (inbox / "gone.txt").symlink_to("nowhere.txt")
    os.mkfifo(inbox / "pipe.txt")
    done = stagebrief("summarize", "inbox", "-f", "json")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 12
    assert "Race number 99" not in done.stdout.decode()
    done = stagebrief("summarize", "inbox/pipe.txt")
    assert done.returncode == 2
    assert b"pipe.txt" in done.stderr


def test_a_file_that_vanishes_is_named(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = batch._find

    def then_gone(*arguments: Any, **options: Any) -> Any:
        found = real(*arguments, **options)
        (inbox / "day000" / "0005.txt").unlink()
        return found

    monkeypatch.setattr(batch, "_find", then_gone)
    told: list[str] = []
    out: list[str] = []
    code = batch.summarize([inbox], Settings(jobs=1, say=told.append), length=Length(), format="json", write=out.append)
    assert code == 1
    assert len(out) == 11
    assert [line.split(":")[0] for line in told] == [str(inbox / "day000" / "0005.txt")]


def test_what_is_no_article_by_its_name_is_counted(inbox: Path) -> None:
    (inbox / "notes.docx").write_bytes(b"PK")
    shutil.copy(inbox / "day000" / "0000.txt", inbox / "backup.bak")
    done = stagebrief("summarize", inbox, "-f", "json")
    assert done.returncode == 0
    assert b"2 other files skipped" in done.stderr
