"""Finished articles on their way out: to standard output as they come, or into a folder, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import textwrap
import unicodedata
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

from summarize.articles import Failure
from summarize.batch.tasks import Record, dump
from summarize.errors import StagebriefError, UsageError
from summarize.text import printable

__all__ = ["REPORT", "Folder", "Sink", "Stream", "Style", "file_name"]

REPORT = "failed.jsonl"
"""The file in an output folder that names what could not be done, a JSON object a line; absent where all was done."""
_WIDTH = 88

Style = Callable[[Record, int], str]
"""A record as text for a reader; the number is the level of its heading."""


class Sink(Protocol):
    """Takes records in order."""

    def put(self, record: Record) -> None: ...

    def finish(self, failed: list[Failure]) -> None: ...

    def abandon(self) -> None: ...


# --- for readers ----------------------------------------------------------------------------------------------------


def summary_txt(record: Record, level: int) -> str:
    """A summary for a terminal or an e-mail: title, where it comes from, the sentences as one paragraph."""
    fields = record.fields()
    return f"{_head_txt(fields)}\n{_wrap(_inert(fields['summary']))}\n"


def summary_md(record: Record, level: int) -> str:
    fields = record.fields()
    return f"{_head_md(fields, level)}\n{_escaped(fields['summary'])}\n"


def translation_txt(record: Record, level: int) -> str:
    """A translation for a terminal, paragraph by paragraph."""
    fields = record.fields()
    paragraphs = [_wrap(_inert(paragraph)) for paragraph in fields["translation"].split("\n")]
    return f"{_head_txt(fields)}\n" + "\n\n".join(paragraphs) + "\n"


def translation_md(record: Record, level: int) -> str:
    fields = record.fields()
    paragraphs = [_escaped(paragraph) for paragraph in fields["translation"].split("\n")]
    return f"{_head_md(fields, level)}\n" + "\n\n".join(paragraphs) + "\n"


def beside_txt(record: Record, level: int) -> str:
    """A translation with the original under each sentence, and what the faithfulness guard found."""
    fields = record.fields()
    parts = []
    for sentence in fields["sentences"]:
        part = _wrap(_inert(sentence["text"]))
        if sentence["original"] is not None:
            part += "\n" + _wrap(_inert(sentence["original"]), "    ")
        if sentence["flags"]:
            part += f"\n    ! {', '.join(sentence['flags'])}"
        parts.append(part)
    return f"{_head_txt(fields)}\n" + "\n\n".join(parts) + "\n"


def beside_md(record: Record, level: int) -> str:
    """A translation as a table, the original in the right-hand column."""
    fields = record.fields()
    rows = [f"| English | {_escaped(fields['language'])} | check |", "| --- | --- | --- |"]
    for sentence in fields["sentences"]:
        original = "" if sentence["original"] is None else _escaped(sentence["original"])
        rows.append(f"| {_escaped(sentence['text'])} | {original} | {', '.join(sentence['flags'])} |")
    return f"{_head_md(fields, level)}\n" + "\n".join(rows) + "\n"


def _head_txt(fields: dict[str, Any]) -> str:
    title = _inert(fields["title"] or fields["path"])
    return f"{_wrap(title)}\n{_origin(fields)}\n"


def _head_md(fields: dict[str, Any], level: int) -> str:
    return f"{'#' * level} {_escaped(fields['title'] or fields['path'])}\n\n*{_escaped(_origin(fields))}*\n"


def _origin(fields: dict[str, Any]) -> str:
    """Path, id where it is another, and language, on a line."""
    parts = [printable(fields["path"])]
    if fields["id"] != fields["path"]:
        parts.append(_inert(fields["id"]))
    if fields["language"] != "en":
        parts.append(fields["language"])
    return " · ".join(parts)


def _wrap(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _inert(text: str) -> str:
    from summarize.rendering import inert

    return inert(text)


def _escaped(text: str) -> str:
    from summarize.rendering import escape_markdown

    return escape_markdown(_inert(text))


# --- standard output ------------------------------------------------------------------------------------------------


class Stream:
    """Records as they come: JSON Lines, or for readers with a blank line or a heading between them."""

    def __init__(self, write: Callable[[str], None], style: Style | None) -> None:
        self._write = write
        self._style = style
        self._first = True

    def put(self, record: Record) -> None:
        """Write a record."""
        gap = "" if self._first else "\n"
        text = record.line() + "\n" if self._style is None else gap + self._style(record, 2)
        self._first = False
        try:
            self._write(text)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise StagebriefError(f"cannot write to standard output: {error.strerror or error}") from None

    def finish(self, failed: list[Failure]) -> None:
        """Nothing is left to write."""

    def abandon(self) -> None:
        """What was written stays."""


# --- a folder -------------------------------------------------------------------------------------------------------


class Folder:
    """A folder of results: one file of JSON Lines, or one file for each article, in folders like those of the input.

    A file appears under its name when it is complete; an interrupted run leaves at most files that end in `.part`,
    which the next run takes over. `name` is that of the JSON Lines file, `style` is None for JSON Lines.
    """

    def __init__(self, folder: Path, name: str, style: Style | None, suffix: str, roots: list[str]) -> None:
        self._folder, self._style, self._suffix = folder, style, suffix
        self._roots = roots
        self._taken: set[bytes] = set()
        self._whole = folder / name
        self._part = folder / f".{name}.part"
        self._lock = folder / ".stagebrief.lock"
        self._file: Any = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._held = _hold(self._lock)
            if style is None:
                self._file = self._part.open("wb")
        except OSError as error:
            raise UsageError(
                f"cannot write in {printable(str(folder))}: {error.strerror or error}; choose another folder with -o"
            ) from None

    def put(self, record: Record) -> None:
        """Write a record."""
        try:
            if self._style is None:
                self._file.write((record.line() + "\n").encode())
            else:
                self._write(self._folder / self._place(record), self._style(record, 1).encode("utf-8", "replace"))
        except OSError as error:
            raise self._trouble(error) from None

    def finish(self, failed: list[Failure]) -> None:
        """Give the files their names, and write the report of what failed."""
        try:
            if self._file is not None:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                self._part.replace(self._whole)
            report = self._folder / REPORT
            if failed:
                lines = [f'{{"path": {dump(f.path)}, "error": {dump(f.error)}}}\n' for f in failed]
                self._write(report, "".join(lines).encode(), sync=True)
            else:
                report.unlink(missing_ok=True)
            _sync(self._folder)
        except OSError as error:
            raise self._trouble(error) from None
        finally:
            self._release()

    def abandon(self) -> None:
        """Leave what is finished, drop what is not."""
        if self._file is not None:
            # Closing may want to write what is left, on a disk that is full.
            with contextlib.suppress(OSError):
                self._file.close()
            with contextlib.suppress(OSError):
                self._part.unlink(missing_ok=True)
        self._release()

    def _release(self) -> None:
        if self._held is not None:
            with contextlib.suppress(OSError):
                self._lock.unlink(missing_ok=True)
            os.close(self._held)
            self._held = None

    def _trouble(self, error: OSError) -> StagebriefError:
        place = printable(os.fsdecode(error.filename)) if error.filename else printable(str(self._folder))
        return StagebriefError(f"cannot write {place}: {error.strerror or error}; what was finished stays")

    def _write(self, place: Path, data: bytes, *, sync: bool = False) -> None:
        """Write a file whole or not at all, unless it says the same already."""
        with contextlib.suppress(OSError):
            if place.read_bytes() == data:
                return
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.part")
        try:
            with part.open("wb") as file:
                file.write(data)
                if sync:
                    file.flush()
                    os.fsync(file.fileno())
            part.replace(place)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise

    def _place(self, record: Record) -> Path:
        """Where a record's file goes, within the folder: no other record of the run has it."""
        record_of = _RECORD.fullmatch(record.path)
        parts = [file_name(part) for part in _relative(record_of[1] if record_of else record.path, self._roots)]
        if record_of:
            # One of many articles in a file: beside the line's number its id is there to be found by.
            own = "" if record.id == record.path else f"-{record.id}"
            parts.append(file_name(f"{int(record_of[2]):06d}{own}"))
        stem, number = parts.pop(), 1
        while True:
            name = f"{stem}{self._suffix}" if number == 1 else f"{stem}-{number}{self._suffix}"
            place = Path(*parts, name)
            mark = blake2b(str(place).casefold().encode("utf-8", "replace"), digest_size=8).digest()
            if mark not in self._taken:
                self._taken.add(mark)
                return place
            number += 1


def _relative(path: str, roots: list[str]) -> list[str]:
    """The parts of a path below the argument it was found under; the file's name where it was named itself."""
    best = ""
    for root in roots:
        if len(root) > len(best) and path.startswith(root.rstrip(os.sep) + os.sep):
            best = root
    rest = path[len(best.rstrip(os.sep)) :] if best else Path(path).name
    return [part for part in Path(rest).parts if part not in (os.sep, "..", ".")] or ["standard-input"]


_RECORD = re.compile(r"(.*\.jsonl|-):(\d+)", re.IGNORECASE | re.DOTALL)
"""The path of a line of JSON Lines."""
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def file_name(name: str) -> str:
    """A name that every file system takes, near to the one given.

    >>> file_name("a/b\\n<c>.txt")
    'a_b__c_.txt'
    """
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .")
    if _DEVICE.match(name):
        name = f"_{name}"
    # 255 bytes is the most that usual file systems take; a suffix, a number and `.part` have to fit too.
    raw = name.encode()
    if len(raw) > 200:
        name = f"{raw[:180].decode(errors='ignore')}-{blake2b(raw, digest_size=4).hexdigest()}"
    return name or "_"


def _hold(lock: Path) -> int | None:
    """Make sure that no other run writes into the folder; the system lets go when this process ends in any way."""
    try:
        import fcntl
    except ImportError:
        return None
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise UsageError(f"another run is writing into {printable(str(lock.parent))}; wait for it to end") from None
    except OSError:
        pass  # a file system without locks
    return handle


def _sync(folder: Path) -> None:
    """Bring a folder's names to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
