"""The commands `brief` and `events` from the outside: what they print, where they write, and how they end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

ENGLISH = """Ruiter wins stage three of the Ronde van Testland

Bram Ruiter (Team Noord) won the third stage of the Ronde van Testland in Dokkum on Wednesday, beating Ole Dahl \
(Team Fjord) in a sprint of two after 172 kilometres from Sneek to Dokkum.
Six riders broke away soon after the start and led by four minutes at most. With 40km to go the peloton caught them, \
and Ruiter attacked on the last hill, 9km from the finish, with only Dahl on his wheel.
Kim Lund (Team Sund) finished third and kept the leader's jersey, 12 seconds ahead of Ruiter in the \
general classification.
"I had very good legs on that last climb," said Ruiter after the stage.
"""

NO_RACE = """Council opens new library

The town council has opened a new library in the centre of town. Some two hundred visitors came to the opening \
on Monday and borrowed books for the first time. The mayor praised the architects and the builders for their work.
"""


def stagebrief(*arguments: str | Path, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program as a user would."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        timeout=120,
        check=False,
    )


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with one report and one article about something else."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "report.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "library.txt").write_text(NO_RACE, encoding="utf-8")
    return folder


def test_a_brief_as_json(inbox: Path, tmp_path: Path) -> None:
    done = stagebrief("brief", inbox, "-f", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert set(result) == {"briefs", "unassigned", "failed"}
    [brief] = result["briefs"]
    assert brief["facts"]["winner"]["value"] == "Bram Ruiter"
    assert brief["facts"]["winner"]["status"] == "single"
    assert brief["sections"][0]["name"] == "result"
    [unassigned] = result["unassigned"]
    assert unassigned["path"].endswith("library.txt")
    assert unassigned["reason"]


def test_events_as_json(inbox: Path, tmp_path: Path) -> None:
    done = stagebrief("events", inbox, "-f", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert set(result) == {"events", "unassigned", "failed"}
    [event] = result["events"]
    assert event["stage"] == 3
    assert event["evidence"]
    assert [article["kind"] for article in event["articles"]] == ["report"]


def test_events_as_a_table(inbox: Path, tmp_path: Path) -> None:
    done = stagebrief("events", inbox, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "report.txt" in done.stdout
    assert "library.txt" in done.stdout


@pytest.mark.parametrize(("format", "start"), [("md", "# "), ("html", "<!doctype html>"), ("txt", "Ronde")])
def test_a_brief_in_each_format(inbox: Path, tmp_path: Path, format: str, start: str) -> None:
    done = stagebrief("brief", inbox, "-f", format, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.lower().startswith(start.lower())
    assert "Bram Ruiter" in done.stdout


def test_written_briefs_stay_as_they_are_when_nothing_changed(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert stagebrief("brief", inbox, "-o", out, cwd=tmp_path).returncode == 0
    written = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(out.rglob("*")) if path.is_file()}
    assert len(written) >= 2
    assert stagebrief("brief", inbox, "-o", out, cwd=tmp_path).returncode == 0
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in written} == written


def test_standard_input(tmp_path: Path) -> None:
    done = stagebrief("brief", "-", "-f", "json", cwd=tmp_path, stdin=ENGLISH)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["briefs"][0]["sources"][0]["path"] == "-"


def test_a_day_without_events_gives_no_briefs(inbox: Path, tmp_path: Path) -> None:
    done = stagebrief("brief", inbox, "--date", "1999-01-01", "-f", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["briefs"] == []


def test_broken_files_are_named_and_the_rest_is_done(inbox: Path, tmp_path: Path) -> None:
    (inbox / "broken.json").write_text("{", encoding="utf-8")
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "noise.txt").write_bytes(bytes(range(256)) * 20)
    (inbox / "deutsch.txt").write_text(
        "Die Etappe gewann am Ende ein Fahrer aus der Schweiz, der sich am letzten Anstieg von allen gelöst hatte. "
        "Er kam mit zwanzig Sekunden Vorsprung ins Ziel und trägt jetzt das Trikot des Führenden.",
        encoding="utf-8",
    )
    done = stagebrief("brief", inbox, "-f", "json", cwd=tmp_path)
    assert done.returncode == 1
    result = json.loads(done.stdout)
    assert len(result["briefs"]) == 1
    failed = {Path(failure["path"]).name for failure in result["failed"]}
    assert failed == {"broken.json", "empty.txt", "noise.txt", "deutsch.txt"}
    for name in failed:
        assert name in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["brief"],
        ["brief", "nowhere"],
        ["brief", "inbox", "-f", "pdf"],
        ["brief", "inbox", "--date", "yesterday"],
        ["brief", "inbox", "--calendar", "nowhere.csv"],
        ["brief", "inbox", "--template", "nowhere.j2"],
        ["brief", "inbox", "--max-words", "0"],
        ["events", "nowhere"],
        ["nonsense"],
    ],
)
def test_a_wrong_command_line_ends_with_2_and_a_message(inbox: Path, tmp_path: Path, arguments: list[str]) -> None:
    done = stagebrief(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_an_english_brief_loads_no_translator(inbox: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['stagebrief', 'brief', 'inbox', '-f', 'json', '-j', '1']\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "import cli\n"
        "try:\n    cli.main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "loaded = {'ctranslate2', 'onnxruntime', 'sentencepiece', 'torch', 'stanza', 'spacy'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr


def test_the_users_calendar_names_the_race(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(
        "race,edition,stage,date,start,finish,distance_km,kind,winner,leader\n"
        "Ronde van Testland,2031,3,2031-06-11,Sneek,Dokkum,171.6,flat,,\n",
        encoding="utf-8",
    )
    done = stagebrief("brief", inbox, "-f", "json", "--calendar", "mine.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    [brief] = json.loads(done.stdout)["briefs"]
    assert brief["event"] == {
        "id": "ronde-van-testland-2031-stage-3",
        "race": "Ronde van Testland",
        "edition": 2031,
        "stage": 3,
        "date": "2031-06-11",
    }
    assert brief["facts"]["distance_km"]["value"] == 171.6
    assert brief["facts"]["distance_km"]["status"] == "official"


@pytest.mark.shared
def test_the_first_seeds_give_two_briefs(shared: Path, tmp_path: Path) -> None:
    done = stagebrief("brief", shared / "seeds", "-f", "json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    briefs = {brief["event"]["id"]: brief for brief in json.loads(done.stdout)["briefs"]}
    assert set(briefs) == {"tour-de-france-2022-stage-12", "tour-de-france-2023-stage-12"}
    one, two = briefs["tour-de-france-2022-stage-12"], briefs["tour-de-france-2023-stage-12"]
    podium = [[brief["facts"][name]["value"] for name in ("winner", "second", "third")] for brief in (one, two)]
    assert podium == [
        ["Tom Pidcock", "Louis Meintjes", "Chris Froome"],
        ["Ion Izagirre", "Mathieu Burgaudeau", "Matteo Jorgenson"],
    ]
    assert len(two["sources"]) == 3
    assert two["facts"]["distance_km"]["value"] == 168.8
    [distance] = [fact for fact in two["disagreements"] if fact["fact"] == "distance_km"]
    assert {claim["value"] for claim in distance["claims"]} == {169, 189}
    for brief in (one, two):
        texts = [s["text"] for section in brief["sections"] for s in section["sentences"]]
        assert sum(len(text.split()) for text in texts) < 350
        leaks = ("Image credit", "Getty", "Volledig scherm", "excuses", "<a", "&", "cookie")
        assert not [text for text in texts for leak in leaks if leak in text]


@pytest.mark.shared
@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode != 0,
    reason="needs the right to make a network namespace",
)
def test_everything_works_without_a_network(shared: Path, tmp_path: Path) -> None:
    command = ["unshare", "-n", sys.executable, str(ROOT / "cli.py"), "brief", str(shared / "seeds"), "-f", "json"]
    offline = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert offline.returncode == 0, offline.stderr
    assert offline.stdout == stagebrief("brief", shared / "seeds", "-f", "json", cwd=tmp_path).stdout
