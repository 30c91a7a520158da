"""From paths to articles: find the files, decode them, and take title, outlet, date and text out of them.

Formats: plain text, Markdown, HTML, JSON with the keys of trafilatura's JSON output, and JSON Lines of such records.
Encodings: UTF-8 with and without BOM, UTF-16 and UTF-32 with a BOM, UTF-16 without one, the charset that an HTML page
names, and Windows-1252 for every byte that is not UTF-8.

Nothing in a file can stop a run: what cannot be read comes out as a `Failure` with its reason.
"""

from __future__ import annotations

import codecs
import itertools
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal
from urllib.parse import urlsplit

from summarize.articles import Article, Failure
from summarize.dates import find_date, parse_date
from summarize.decoding import UnreadableError, decode
from summarize.markdown import read_markdown

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "InputFile",
    "Inventory",
    "Kind",
    "find_inputs",
    "read",
    "read_bytes",
    "read_file",
    "read_stream",
]

Kind = Literal["text", "markdown", "html", "json", "jsonl"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".jsonl": "jsonl",
}
"""File names that are read as articles, by their ending in lower case."""

MAX_BYTES = 20_000_000
"""Largest article: a file that holds one, or a line of JSON Lines. A longer one is refused."""

_STDIN = "-"

# Finding files


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read."""

    path: str
    """As the user named it, or the named folder joined with the way to the file; undecodable bytes as `\\xff`."""
    location: Path
    """Where it lies; for standard input the path `-`, which is not opened."""
    kind: Kind


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the given paths hold."""

    files: tuple[InputFile, ...]
    """In the order in which the paths were named, sorted by path within a folder; each file once."""
    skipped: int
    """Files in the folders that are no articles by their name, and links that lead out of a folder."""
    failures: tuple[Failure, ...]
    """Named paths that are not there or cannot be read, and folders that cannot be listed."""


def _shown(path: str) -> str:
    """A path as text that can be written anywhere: bytes that are not in the file system's encoding are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _reason(error: OSError) -> str:
    """What went wrong with a file, for a person."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror or type(error).__name__).lower()


def _walk(folder: str, failures: list[Failure]) -> Iterator[os.DirEntry[str]]:
    """All files and links below a folder except in hidden folders; links to folders are not entered."""
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            with os.scandir(current) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            failures.append(Failure(_shown(current), f"cannot list this folder: {_reason(error)}"))
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith("."):
                    waiting.append(entry.path)
            else:
                yield entry


def _inside(location: str, folder: str) -> bool:
    return location == folder or location.startswith(folder.rstrip(os.sep) + os.sep)


def _files_in(folder: str, failures: list[Failure]) -> tuple[list[tuple[InputFile, str]], int]:
    """The articles in a folder with their real paths, and how many other files there are.

    A link is followed only to a regular file inside the folder; a link to a folder never is, so no cycle can be
    entered, and what it leads to inside the folder is found under its own name.
    """
    folder = folder.rstrip(os.sep) or os.sep
    root, above = os.path.realpath(folder).rstrip(os.sep), len(folder.rstrip(os.sep))
    own: list[tuple[InputFile, str]] = []
    linked: list[tuple[InputFile, str]] = []
    skipped = 0
    for entry in _walk(folder, failures):
        # A folder may hold a hundred thousand: no path object for a name, and no walk up the tree but for a link.
        kind = SUFFIXES.get(os.path.splitext(entry.name)[1].lower())  # noqa: PTH122
        try:
            link = entry.is_symlink()
            real = os.path.realpath(entry.path) if link else root + entry.path[above:]
            regular = entry.is_file()
        except OSError:
            link, real, regular = True, "", False
        if link and regular and not _inside(real, root):
            regular = False
        if kind is None or not regular or entry.name.startswith("."):
            skipped += 1
            continue
        (linked if link else own).append((InputFile(_shown(entry.path), Path(entry.path), kind), real))
    known = {real for _, real in own}
    own.extend((file, real) for file, real in linked if real not in known)
    return sorted(own, key=lambda item: item[0].path), skipped


def find_inputs(paths: Sequence[str | Path]) -> Inventory:
    """The article files under the given files and folders, without opening any.

    Folders are searched recursively, hidden folders and links that lead out of the folder are left out. A file that
    is named twice, or named and also in a named folder, comes once, where it was first named. `-` is standard input.
    """
    files: list[InputFile] = []
    failures: list[Failure] = []
    seen: set[str] = set()
    skipped = 0
    for named in paths:
        name = os.fspath(named)
        if name == _STDIN:
            if _STDIN not in seen:
                seen.add(_STDIN)
                files.append(InputFile(_STDIN, Path(_STDIN), "text"))
            continue
        try:
            mode = Path(name).stat().st_mode
        except (OSError, ValueError) as error:
            reason = _reason(error) if isinstance(error, OSError) else "not a possible file name"
            failures.append(Failure(_shown(name), reason))
            continue
        if stat.S_ISDIR(mode):
            found, others = _files_in(name, failures)
            skipped += others
        else:
            kind = SUFFIXES.get(Path(name).suffix.lower())
            if not stat.S_ISREG(mode):
                failures.append(Failure(_shown(name), "not a regular file; give its content on standard input (-)"))
                continue
            if kind is None:
                endings = " ".join(SUFFIXES)
                failures.append(Failure(_shown(name), f"not an article by its name (one of {endings} is expected)"))
                continue
            found = [(InputFile(_shown(name), Path(name), kind), os.path.realpath(name))]
        for file, real in found:
            if real not in seen:
                seen.add(real)
                files.append(file)
    return Inventory(tuple(files), skipped, tuple(failures))


# Metadata


_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")
_HOST_PREFIX = re.compile(r"(?:www?\d?|m|mobile|mobiel|amp|feeds?|rss)\.")


def _host(url: object) -> str | None:
    """Host name of an http(s) address without `www.`, None where it is no such address."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or not _HOST.fullmatch(host):
        return None
    return _bare_host(host)


def _bare_host(host: str) -> str:
    """A host name without the parts in front that say nothing about the publisher.

    >>> _bare_host("www.nos.nl"), _bare_host("feeds.nos.nl")
    ('nos.nl', 'nos.nl')
    """
    while host.count(".") > 1 and _HOST_PREFIX.match(host):
        host = host.partition(".")[2]
    return host


def _line(value: object) -> str | None:
    """A piece of metadata as one clean line, None where there is nothing in it."""
    if not isinstance(value, str):
        return None
    from summarize.cleaning import clean_line

    return clean_line(value[:2000])[:500] or None


def _outlet(hosts: Iterable[object], names: Iterable[object]) -> str | None:
    """The first of the addresses that has a host, else the first name; a name that is a host name loses its `www.`."""
    for address in hosts:
        host = _host(address)
        if host:
            return host
    for name in names:
        line = _line(name)
        if line:
            return _host(line) or _bare_host(line)
    return None


# Formats


def _make(
    path: str,
    *,
    title: str | None,
    text: str,
    outlet: str | None = None,
    date: object = None,
    url: object = None,
    id: str = "",
) -> Article:
    """An article as it was read; raises UnreadableError where it has no text."""
    published, has_time = parse_date(date)
    if not text.strip():
        raise UnreadableError("no article text")
    return Article(
        id=id or path,
        path=path,
        title=title,
        text=text,
        outlet=outlet,
        published=published,
        has_time=has_time,
        url=_line(url),
    )


_BLANK_LINES = re.compile(r"\n[^\S\n]*\n")


def _unwrap(text: str) -> str:
    """Text whose paragraphs were broken into lines of one width, with every paragraph on one line again."""
    blocks = _BLANK_LINES.split(text)
    lines = [line.rstrip() for block in blocks for line in block.split("\n") if line.strip()]
    if len(lines) < 8 or len(lines) < 2.5 * len(blocks):
        return text
    longest = max(map(len, lines))
    inner = [line.rstrip() for block in blocks for line in block.strip().split("\n")[:-1]]
    full = sum(len(line) > 0.7 * longest for line in inner)
    if 40 <= longest <= 120 and full > 0.8 * len(inner):
        return "\n\n".join(" ".join(line.strip() for line in block.split("\n")) for block in blocks)
    return text


def _looks_like_title(line: str, rest: str) -> bool:
    """Whether the first line of a plain text is its title: short, no final full stop, and more follows."""
    from summarize.cleaning import is_boilerplate

    if not line or len(line) > 200 or len(line.split()) > 30 or line.endswith((".", ",", ";", ":")):
        return False
    following = rest.lstrip("\n")
    if not following.strip() or is_boilerplate(line) or find_date(line)[0]:
        return False
    return rest.startswith("\n") or len(following.split("\n", 1)[0]) > len(line)


_LINES_BEFORE_TITLE = 4


def _read_text(path: str, text: str) -> Article:
    from summarize.cleaning import is_boilerplate

    rest = _unwrap(text.strip())
    above: list[str] = []
    for _ in range(_LINES_BEFORE_TITLE):
        first, _, below = rest.partition("\n")
        if _looks_like_title(first.strip(), below):
            # What stands above a title (a section's name, a date, a credit) is left for cleaning to judge.
            return _make(path, title=_line(first), text="\n".join([*above, below.strip("\n")]))
        if len(first) > 200 or not (is_boilerplate(first) or find_date(first)[0]):
            break
        above.append(first)
        rest = below.lstrip("\n")
    return _make(path, title=None, text=_unwrap(text.strip()))


def _read_markdown(path: str, text: str) -> Article:
    document = read_markdown(text)
    front = document.front
    title = _line(front.get("title")) or _line(document.heading)
    if title is None and not front:
        return _read_text(path, document.text)
    return _make(
        path,
        title=title,
        text=document.text,
        outlet=_outlet((front.get("url"), front.get("source")), (front.get("outlet"), front.get("source"))),
        date=front.get("date") or front.get("published"),
        url=front.get("url"),
    )


def _read_record(path: str, record: object, *, own_id: bool) -> Article:
    """One article with the keys of trafilatura's JSON output."""
    if not isinstance(record, dict):
        raise UnreadableError("the JSON is no article: an object with a text is expected")
    text = next((record[key] for key in ("text", "raw_text", "articleBody") if record.get(key)), None)
    if not isinstance(text, str):
        raise UnreadableError('the JSON has no "text"')
    hosts = (record.get("url"), record.get("source"))
    names = [record.get(key) for key in ("source-hostname", "sitename", "source", "outlet")]
    host = _line(record.get("hostname"))
    outlet = _host(host) or _bare_host(host) if host else _outlet(hosts, names)
    id = record.get("id") if own_id else None
    dates = ("date", "published", "date_published", "datePublished")
    return _make(
        path,
        title=_line(record.get("title")),
        text=text.replace("\r\n", "\n").replace("\r", "\n"),
        outlet=outlet,
        date=next((record[key] for key in dates if record.get(key)), None),
        url=record.get("url") or (record.get("source") if _host(record.get("source")) else None),
        id=str(id) if isinstance(id, str | int) and not isinstance(id, bool) else "",
    )


def _parse_json(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"invalid JSON: {error.msg.lower()} (line {error.lineno}, column {error.colno})"
        ) from None
    except (ValueError, RecursionError):
        raise UnreadableError("invalid JSON: nested too deeply, or a number too long") from None


def _read_html(path: str, text: str) -> Article:
    from summarize.pages import read_page

    page = read_page(text)
    return _make(
        path,
        title=_line(page.title),
        text=page.text,
        outlet=_outlet(page.addresses, page.site_names),
        date=page.date,
        url=next((address for address in page.addresses if _host(address)), None),
    )


def _read_one(file: InputFile, data: bytes) -> Article:
    if not data.strip(b" \t\r\n\0"):
        raise UnreadableError("empty file")
    text = decode(data, html=file.kind == "html")
    if not text.strip():
        raise UnreadableError("empty file")
    if file.kind == "html":
        return _read_html(file.path, text)
    if file.kind == "json":
        return _read_record(file.path, _parse_json(text), own_id=False)
    if file.kind == "markdown":
        return _read_markdown(file.path, text)
    return _read_text(file.path, text)


def read_bytes(file: InputFile, data: bytes) -> Article | Failure:
    """The article that a file's bytes hold, for who has them already; not for JSON Lines, which hold many."""
    if len(data) > MAX_BYTES:
        return Failure(file.path, _too_large())
    try:
        return _read_one(file, data)
    except UnreadableError as error:
        return Failure(file.path, str(error))


def _too_large() -> str:
    return f"too large for an article (more than {MAX_BYTES // 1_000_000} MB)"


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream, None for one that is too large; never more than one of them in memory."""
    while line := stream.readline(MAX_BYTES + 1):
        if len(line) <= MAX_BYTES:
            yield line
            continue
        yield None
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES)


def _read_lines(name: str, lines: Iterable[bytes | None]) -> Iterator[Article | Failure]:
    """The articles of a JSON Lines file. Their path names the line: `feed.jsonl:3`."""
    seen = False
    for number, line in enumerate(lines, 1):
        path = f"{name}:{number}"
        if line is None:
            seen = True
            yield Failure(path, _too_large())
            continue
        if not line.strip(b" \t\r\n\0"):
            continue
        seen = True
        try:
            yield _read_record(path, _parse_json(decode(line)), own_id=True)
        except UnreadableError as error:
            yield Failure(path, str(error))
    if not seen:
        yield Failure(name, "empty file")


def read_file(file: InputFile) -> Iterator[Article | Failure]:
    """The articles of a file: one, or one a line of JSON Lines, which are read one after the other."""
    try:
        with file.location.open("rb") as stream:
            if file.kind == "jsonl":
                if stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                    yield Failure(file.path, "JSON Lines in UTF-16; save it as UTF-8")
                    return
                yield from _read_lines(file.path, _lines(stream))
                return
            # One byte more than allowed tells a file that is too large, or grows while it is read.
            data = b"" if os.fstat(stream.fileno()).st_size > MAX_BYTES else stream.read(MAX_BYTES + 1)
            too_large = not data and os.fstat(stream.fileno()).st_size > MAX_BYTES
    except OSError as error:
        yield Failure(file.path, _reason(error))
        return
    yield Failure(file.path, _too_large()) if too_large else read_bytes(file, data)


_MARKUP = re.compile(
    r"\s{0,100}(?:<!--|<!doctype|<html|<head|<body|<article|<div|<main|<p[\s>]|<h1|<meta|<\?xml)", re.IGNORECASE
)


def read_stream(stream: BinaryIO, name: str = _STDIN) -> Iterator[Article | Failure]:
    """The articles of standard input; its format is guessed: JSON, JSON Lines, HTML or text."""
    try:
        lines = _lines(stream)
        first = next(lines, b"")
        while first and not first.strip(b" \t\r\n\xef\xbb\xbf"):
            first = next(lines, b"")
        if first == b"":
            yield Failure(name, "empty file")
            return
        if first is None:
            yield Failure(name, _too_large())
            return
        if first.lstrip(b" \t\xef\xbb\xbf").startswith(b"{"):
            try:
                json.loads(first.decode("utf-8-sig", "replace"))
            except (ValueError, RecursionError):
                pass
            else:
                second = next(lines, b"")
                while second is not None and not second.strip() and second:
                    second = next(lines, b"")
                if second == b"":
                    yield read_bytes(InputFile(name, Path(name), "json"), first)
                else:
                    yield from _read_lines(name, itertools.chain((first, second), lines))
                return
        data = bytearray(first)
        for line in lines:
            data += line or b""
            if line is None or len(data) > MAX_BYTES:
                yield Failure(name, _too_large())
                return
    except OSError as error:
        yield Failure(name, _reason(error))
        return
    head = bytes(data[:4000])
    kind: Kind = "text"
    if head.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(b"{"):
        kind = "json"
    elif _MARKUP.match(head.decode("utf-8-sig", "replace").replace("\0", "")):
        kind = "html"
    yield read_bytes(InputFile(name, Path(name), kind), bytes(data))


def read(paths: Sequence[str | Path], stdin: BinaryIO | None = None) -> Iterator[Article | Failure]:
    """The articles under the paths, in the order of `find_inputs`, and a Failure for each that cannot be read.

    `stdin` is what `-` stands for; the process's own standard input unless given.
    """
    inventory = find_inputs(paths)
    yield from inventory.failures
    for file in inventory.files:
        if file.path == _STDIN:
            import sys

            yield from read_stream(stdin if stdin is not None else sys.stdin.buffer)
        else:
            yield from read_file(file)
