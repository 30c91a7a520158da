"""What was translated once is kept: an SQLite file in the user's cache folder.

Several processes may use it at once (write-ahead log), a kill loses at most the batch at hand, and whatever is wrong
with the file is no reason to stop: a broken one is set aside, a read-only one is read, and where neither works
everything is translated anew.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from summarize.settings import cache_folder

__all__ = ["Cache"]

SCHEMA = 2

Entry = tuple[str, tuple[str, ...], float]
"""A translation, its flags, and the translator's confidence in it (0 to 1, rounded to four places)."""

MAX_ROWS = 400_000
"""About 100 MB: some twenty thousand articles. The least recently used tenth goes when it is full."""

_T = TypeVar("_T")


class Cache:
    """Translations by sentence, for one package and one set of settings.

    `settings` is any text that names all that decides the result besides the sentence: package, decoder settings,
    word lists. Safe to use from several threads and after a fork.
    """

    def __init__(self, settings: str, folder: Path | None = None, max_rows: int = MAX_ROWS) -> None:
        self._settings = settings.encode()
        self._file = (folder or cache_folder()) / "translations.sqlite"
        self._max_rows = max_rows
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._pid = 0
        self._off = False
        self._read_only = False

    @property
    def file(self) -> Path:
        """The SQLite file; it need not exist."""
        return self._file

    def get(self, sentences: Sequence[str]) -> dict[str, Entry]:
        """Translation, flags and confidence of those sentences that are known."""
        return self._guarded(lambda connection: self._get(connection, sentences), {})

    def put(self, entries: Mapping[str, Entry]) -> None:
        """Keep translations with their flags and confidence, at once or not at all."""
        if entries:
            self._guarded(lambda connection: self._put(connection, entries), None)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        with self._lock:
            if self._connection is not None and self._pid == os.getpid():
                with contextlib.suppress(sqlite3.Error):
                    self._connection.close()
            self._connection = None

    def __getstate__(self) -> tuple[bytes, Path, int]:
        return (self._settings, self._file, self._max_rows)

    def __setstate__(self, state: tuple[bytes, Path, int]) -> None:
        settings, file, max_rows = state
        self.__init__(settings.decode(), file.parent, max_rows)  # type: ignore[misc]

    # --- the file ----------------------------------------------------------------------------------------------

    def _guarded(self, work: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """Do the work; a broken file is set aside and the work done once more on a fresh one."""
        with self._lock:
            for attempt in (1, 2):
                if self._off:
                    return otherwise
                try:
                    return work(self._open())
                except sqlite3.OperationalError as error:
                    # Locked for too long, disk full, read-only: nothing is wrong with the file itself.
                    if not _is_broken(error):
                        self._off = self._connection is None
                        return otherwise
                    self._set_aside()
                except sqlite3.DatabaseError:
                    self._set_aside()
                except OSError:
                    self._off = True
                if attempt == 2:
                    self._off = True
            return otherwise

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None and self._pid == os.getpid():
            return self._connection
        self._connection = None  # after a fork: the parent's connection must not be touched, not even closed
        self._pid = os.getpid()
        self._read_only = False
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._file, timeout=10, isolation_level=None, check_same_thread=False)
            try:
                self._prepare_in_turn(connection)
            except BaseException:
                connection.close()
                raise
        except (sqlite3.OperationalError, OSError):
            if not self._file.is_file():
                raise
            connection = sqlite3.connect(
                f"{self._file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            try:
                connection.execute("SELECT 1 FROM translation LIMIT 1").fetchall()
            except BaseException:
                connection.close()
                raise
            self._read_only = True
        self._connection = connection
        return connection

    def _prepare_in_turn(self, connection: sqlite3.Connection) -> None:
        """Prepare a new file while others may do the same: switching to the write-ahead log waits for no lock."""
        for _ in range(100):
            try:
                return self._prepare(connection)
            except sqlite3.OperationalError as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                    raise
                time.sleep(0.05)
        self._prepare(connection)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode=WAL").fetchall()
        connection.execute("PRAGMA synchronous=NORMAL")
        [(version,)] = connection.execute("PRAGMA user_version").fetchall()
        if version not in (0, SCHEMA):
            raise sqlite3.DatabaseError(f"unknown schema {version}")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS translation (key BLOB PRIMARY KEY, text TEXT NOT NULL, flags TEXT NOT NULL,"
            " sure REAL NOT NULL,"
            " sum INTEGER NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID"
        )
        connection.execute("CREATE INDEX IF NOT EXISTS translation_used ON translation (used)")
        if version == 0:
            connection.execute(f"PRAGMA user_version={SCHEMA}")

    def _set_aside(self) -> None:
        """Move the broken file out of the way (one is kept, for whoever wants to look), with its log."""
        self.close()
        broken = self._file.with_name(self._file.name + ".broken")
        try:
            self._file.replace(broken)
        except FileNotFoundError:
            pass  # another process was quicker
        except OSError:
            self._off = True
        for suffix in ("-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._file.with_name(self._file.name + suffix).unlink()

    # --- rows --------------------------------------------------------------------------------------------------

    def _key(self, sentence: str) -> bytes:
        return blake2b(self._settings + b"\0" + sentence.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _get(self, connection: sqlite3.Connection, sentences: Sequence[str]) -> dict[str, Entry]:
        keys = {self._key(sentence): sentence for sentence in sentences}
        today = int(time.time() // 86_400)
        known: dict[str, Entry] = {}
        stale: list[bytes] = []
        for some in _chunks(list(keys), 500):
            marks = ",".join("?" * len(some))
            rows = connection.execute(
                f"SELECT key, text, flags, sure, sum, used FROM translation WHERE key IN ({marks})", some
            )
            for key, text, flags, sure, check, used in rows:
                # A flipped bit on the disk must not become a wrong sentence in a brief.
                if check == _checksum(key, text, flags, sure):
                    known[keys[key]] = (text, tuple(flags.split()), sure)
                    if used < today:
                        stale.append(key)
        if stale and not self._read_only:
            with contextlib.suppress(sqlite3.OperationalError), _transaction(connection):
                connection.executemany("UPDATE translation SET used=? WHERE key=?", [(today, key) for key in stale])
        return known

    def _put(self, connection: sqlite3.Connection, entries: Mapping[str, Entry]) -> None:
        if self._read_only:
            return
        today = int(time.time() // 86_400)
        rows = []
        for sentence, (text, flags, sure) in entries.items():
            key, joined = self._key(sentence), " ".join(flags)
            rows.append((key, text, joined, sure, _checksum(key, text, joined, sure), today))
        with _transaction(connection):
            connection.executemany("INSERT OR REPLACE INTO translation VALUES (?,?,?,?,?,?)", rows)
            [(count,)] = connection.execute("SELECT COUNT(*) FROM translation").fetchall()
            if count > self._max_rows:
                connection.execute(
                    "DELETE FROM translation WHERE key IN (SELECT key FROM translation ORDER BY used, key LIMIT ?)",
                    (count - self._max_rows * 9 // 10,),
                )


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _is_broken(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _checksum(key: bytes, text: str, flags: str, sure: float) -> int:
    parts = (key, str(text).encode("utf-8", "surrogatepass"), str(flags).encode(), repr(sure).encode())
    return zlib.crc32(b"\0".join(parts))


def _chunks(items: list[bytes], size: int) -> Iterable[list[bytes]]:
    return (items[start : start + size] for start in range(0, len(items), size))
