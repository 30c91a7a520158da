"""The cache of translations: what was kept comes back, and nothing that happens to the file stops the work."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarize.settings import cache_folder
from summarize.translation.cache import Cache

ENTRY = ("In English.", ("number", "name"), 0.5)


@contextlib.contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        yield connection


def test_gives_back_what_was_kept(tmp_path: Path) -> None:
    cache = Cache("settings", tmp_path)
    cache.put({"In het Nederlands.": ENTRY, "": ("", (), 1.0), "\ud800": ("x", (), 0.25)})
    assert Cache("settings", tmp_path).get(["In het Nederlands.", "", "\ud800", "onbekend"]) == {
        "In het Nederlands.": ENTRY,
        "": ("", (), 1.0),
        "\ud800": ("x", (), 0.25),
    }


def test_other_settings_know_nothing(tmp_path: Path) -> None:
    Cache("one", tmp_path).put({"a": ENTRY})
    assert Cache("two", tmp_path).get(["a"]) == {}


def test_many_at_once(tmp_path: Path) -> None:
    cache = Cache("settings", tmp_path)
    entries = {f"zin {number}": (f"sentence {number}", (), 0.5) for number in range(3000)}
    cache.put(entries)
    assert cache.get(list(entries)) == entries


def test_is_bounded_and_drops_the_least_used(tmp_path: Path) -> None:
    cache = Cache("settings", tmp_path, max_rows=100)
    cache.put({f"oud {number}": ENTRY for number in range(60)})
    with opened(cache.file) as connection:
        connection.execute("UPDATE translation SET used = used - 10")
    kept = [f"oud {number}" for number in range(10)]
    assert len(cache.get(kept)) == 10  # used today
    cache.put({f"nieuw {number}": ENTRY for number in range(60)})
    with opened(cache.file) as connection:
        [(count,)] = connection.execute("SELECT COUNT(*) FROM translation").fetchall()
    assert count == 90
    assert len(cache.get(kept)) == 10
    assert len(cache.get([f"nieuw {number}" for number in range(60)])) == 60


@pytest.mark.parametrize("damage", ["garbage", "empty", "half", "middle", "other schema", "folder"])
def test_a_broken_file_is_set_aside(tmp_path: Path, damage: str) -> None:
    cache = Cache("settings", tmp_path)
    cache.put({f"zin {number}": (f"sentence {number} " * 20, (), 0.5) for number in range(500)})
    with opened(cache.file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    cache.close()
    data = bytearray(cache.file.read_bytes())
    if damage == "garbage":
        cache.file.write_bytes(b"this is no database at all" * 400)
    elif damage == "empty":
        cache.file.write_bytes(b"")
    elif damage == "half":
        cache.file.write_bytes(data[: len(data) // 2])
    elif damage == "middle":
        data[4096 : len(data) - 4096] = b"\xff" * (len(data) - 8192)
        cache.file.write_bytes(bytes(data))
    elif damage == "other schema":
        with opened(cache.file) as connection:
            connection.execute("PRAGMA user_version=77")
    else:
        cache.file.unlink()
        cache.file.mkdir()
    again = Cache("settings", tmp_path)
    known = again.get([f"zin {number}" for number in range(500)])
    assert all(known[f"zin {n}"] == (f"sentence {n} " * 20, (), 0.5) for n in range(500) if f"zin {n}" in known)
    again.put({"nieuw": ENTRY})
    if damage != "folder":
        for _ in range(3):  # a page that is broken may be found only when it is written to
            again.put({"nieuw": ENTRY})
        assert again.get(["nieuw"]) == {"nieuw": ENTRY}


def test_a_changed_row_is_not_believed(tmp_path: Path) -> None:
    cache = Cache("settings", tmp_path)
    cache.put({"a": ENTRY, "b": ENTRY})
    with opened(cache.file) as connection:
        connection.execute("UPDATE translation SET text = 'Wrong.' WHERE key = (SELECT MIN(key) FROM translation)")
    known = cache.get(["a", "b"])
    assert len(known) == 1 and set(known.values()) == {ENTRY}


def test_a_folder_that_cannot_be_made_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache("settings", tmp_path / "file" / "cache")
    cache.put({"a": ENTRY})
    assert cache.get(["a"]) == {}


def test_reads_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    cache = Cache("settings", tmp_path)
    cache.put({"a": ENTRY})
    cache.close()  # which also folds the log into the file
    code = (
        "import os, sys; from pathlib import Path\n"
        "from summarize.translation.cache import Cache\n"
        "if os.getuid() == 0: os.setuid(65534)\n"
        "cache = Cache('settings', Path(sys.argv[1])); cache.put({'b': ('x', (), 0.5)})\n"
        "print(cache.get(['a', 'b']))\n"
    )
    for path in (tmp_path, *tmp_path.parents):
        if path == Path(path.anchor) or path.stat().st_uid != os.getuid():
            break
        path.chmod(0o755)
    cache.file.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], env=environment, capture_output=True, text=True
        )
    finally:
        tmp_path.chmod(0o755)
    if "Permission denied" in done.stderr or "ModuleNotFoundError" in done.stderr:
        pytest.skip("the library cannot be read without being its owner")
    assert done.stdout.strip() == str({"a": ENTRY}), done.stderr


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from summarize.translation.cache import Cache\n"
        "cache = Cache('settings', Path(sys.argv[1])); me = sys.argv[2]\n"
        "for n in range(40): cache.put({f'{me} {n}': (f'{me} {n}', (), 0.5)}); cache.get([f'{me} {n}'])\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(number)], env=environment)
        for number in range(3)
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    keys = [f"{process} {number}" for process in range(3) for number in range(40)]
    assert len(Cache("settings", tmp_path).get(keys)) == len(keys)


def test_survives_a_kill(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from summarize.translation.cache import Cache\n"
        "cache = Cache('settings', Path(sys.argv[1])); n = 0\n"
        "while True:\n"
        "    cache.put({f'{n} {i}': (f'{n} {i}', (), 0.5) for i in range(50)}); print(n, flush=True); n += 1\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(5):
        process.stdout.readline()
    time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    cache = Cache("settings", tmp_path)
    assert len(cache.get([f"{n} {i}" for n in range(5) for i in range(50)])) == 250
    cache.put({"daarna": ENTRY})
    assert cache.get(["daarna"]) == {"daarna": ENTRY}


def test_a_fork_and_a_pickle_open_the_file_anew(tmp_path: Path) -> None:
    cache = Cache("settings", tmp_path)
    cache.put({"a": ENTRY})
    copy = pickle.loads(pickle.dumps(cache))
    assert copy.get(["a"]) == {"a": ENTRY}
    child = os.fork()
    if child == 0:
        os._exit(0 if cache.get(["a"]) == {"a": ENTRY} else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert cache.get(["a"]) == {"a": ENTRY}


def test_the_folder_is_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAGEBRIEF_CACHE", str(tmp_path / "here"))
    assert cache_folder() == tmp_path / "here"
    monkeypatch.delenv("STAGEBRIEF_CACHE")
    assert cache_folder().name == "stagebrief"
