"""From paths to articles: find the files, decode them, and take title, outlet, date and text out of them.

Formats: plain text, Markdown, HTML, JSON with the keys of trafilatura's JSON output, and JSON Lines of such records.
Encodings: UTF-8 with and without BOM, UTF-16 and UTF-32 with a BOM, UTF-16 without one, the charset that an HTML page
names, and Windows-1252 for every byte that is not UTF-8.

Nothing in a file can stop a run: what cannot be read comes out as a `Failure` with its reason.
"""

from __future__ import annotations

import codecs
import io
import itertools
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO, Literal
from urllib.parse import urlsplit

from summarize.articles import Article, Failure
from summarize.lexicon import load

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "InputFile",
    "Inventory",
    "Kind",
    "decode",
    "find_inputs",
    "parse_date",
    "read",
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
_SIGNATURES = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"MZ\x90",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"RIFF",
    b"OggS",
    b"ID3",
    b"wOFF",
)


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
    root = os.path.realpath(folder)
    own: list[tuple[InputFile, str]] = []
    linked: list[tuple[InputFile, str]] = []
    skipped = 0
    for entry in _walk(folder, failures):
        kind = SUFFIXES.get(Path(entry.name).suffix.lower())
        try:
            link = entry.is_symlink()
            real = os.path.realpath(entry.path)
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


# Decoding


class _Unreadable(Exception):
    """An article that cannot be read; the message is the reason for a person."""


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode one byte that is not UTF-8 as Windows-1252; the five bytes that it leaves undefined vanish."""
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", "ignore"), error.start + 1


codecs.register_error("stagebrief-cp1252", _as_cp1252)

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w:.-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s{0,20}<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{2,40})", re.IGNORECASE)
_HIGH_BYTES = bytes(range(0x80, 0x100))


def _without_bom(data: bytes) -> str | None:
    """Text whose first bytes are a byte order mark, None where there is none."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            if encoding == "utf-8-sig":
                return _utf8(data[len(mark) :])
            return data.decode(encoding, "replace")
    return None


def _utf16_order(data: bytes) -> str | None:
    """UTF-16 without a byte order mark shows as zeros in every second byte: its codec, None where it is not."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _utf8(data: bytes) -> str:
    """UTF-8, and Windows-1252 for what is not: a file may hold both, glued together."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        high = len(data) - len(data.translate(None, _HIGH_BYTES))
        # So many bytes beyond ASCII are no Dutch or English in Windows-1252: one damaged spot in other UTF-8.
        if high > 0.3 * len(data):
            return data.decode("utf-8", "replace")
        return data.decode("utf-8", "stagebrief-cp1252")


def _declared(data: bytes) -> str | None:
    """The charset that an HTML page names in its first bytes, None where it names none that is known."""
    head = data[:4096]
    found = _XML_ENCODING.search(head) or _CHARSET.search(head)
    if found is None:
        return None
    try:
        codec = codecs.lookup(found[1].decode("ascii", "replace"))
    except LookupError:
        return None
    # Codecs like hex or zip turn bytes into bytes; "utf-16" in a page that could be read as ASCII so far is a mistake.
    if not getattr(codec, "_is_text_encoding", True) or codec.name.startswith(("utf-16", "utf-32", "utf-7")):
        return None
    return codec.name


def decode(data: bytes, *, html: bool = False) -> str:
    """The text that a file's bytes hold, by byte order mark, declared charset (HTML), UTF-8 and Windows-1252 in turn.

    Raises ValueError where the bytes are not text.
    """
    if data.startswith(_SIGNATURES):
        raise _Unreadable("binary file, not text")
    text = _without_bom(data)
    if text is None:
        order = _utf16_order(data)
        if order is not None:
            text = data.decode(order, "replace")
        else:
            if data.count(0) > len(data) / 1000:
                raise _Unreadable("binary file, not text")
            codec = _declared(data) if html else None
            if codec is None or codec in ("utf-8", "ascii", "iso8859-1", "cp1252"):
                # Pages that call themselves Latin-1 are Windows-1252 or UTF-8, as every browser reads them.
                text = _utf8(data)
            else:
                text = data.decode(codec, "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    sample = text[:100_000]
    odd = sum(map(sample.count, _ODD))
    if odd > max(2, len(sample) / 50):
        raise _Unreadable("binary file, not text")
    return text


_ODD = (*(chr(code) for code in range(32) if chr(code) not in "\t\n\x0b\x0c\x1b"), "\x7f", "\ufffd")


# Metadata


_ISO = re.compile(
    r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})"
    r"(?:(?:[T\s-]|\s-\s)\s?(\d{1,2})[:h-](\d{2})(?:[:-](\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|e)?\s+([a-z]{3,9})\.?,?\s+(\d{4})(?:\D{1,6}(\d{1,2})[:.](\d{2}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:\D{1,6}(\d{1,2})[:.](\d{2}))?")
_HOST_PREFIX = re.compile(r"(?:www?\d?|m|mobile|mobiel|amp|feeds?|rss)\.")
_DIGITS = re.compile(r"\d{9,13}")


@cache
def _months() -> dict[str, int]:
    lists = load("dates")["months"]
    return {name: month for names in lists.values() for month, words in enumerate(names, 1) for name in words.split()}


def _moment(year: int, month: int, day: int, clock: tuple[str | None, ...], zone: str | None) -> tuple[datetime, bool]:
    hour, minute, second = (int(part) if part else 0 for part in clock)
    if zone in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    elif zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    text = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone or ''}"
    # A clock that shows midnight to the second is a day without a time that some program has filled up.
    return datetime.fromisoformat(text), any((hour, minute, second))


def parse_date(value: object) -> tuple[datetime | None, bool]:
    """A date as files give it, and whether it has a time of day; `(None, False)` where it is none.

    Takes ISO 8601 and its relatives (`2020-09-02-22-36-49`, `20190602`), RFC 2822, seconds or milliseconds since
    1970, and days with an English or Dutch month name.

    >>> parse_date("2019-06-02T16:52:16+02:00")[0].isoformat()
    '2019-06-02T16:52:16+02:00'
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None, False
    try:
        text = str(value).strip()[:80]
        if isinstance(value, int | float) or _DIGITS.fullmatch(text):
            seconds = float(text)
            if seconds > 1e11:
                seconds /= 1000
            return (datetime.fromtimestamp(seconds, UTC), True) if seconds > 1e8 else (None, False)
        found = _ISO.match(text)
        if found:
            year, month, day, hour, minute, second, zone = found.groups()
            return _moment(int(year), int(month), int(day), (hour, minute, second), zone)
        text = text.lower()
        for pattern, order in ((_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3))):
            found = pattern.search(text)
            name = found[order[1]] if found else None
            if found and name in _months():
                zone = "Z" if text.endswith(("gmt", "utc", " z", "+0000")) else None
                return _moment(
                    int(found[3]), _months()[str(name)], int(found[order[0]]), (found[4], found[5], None), zone
                )
    except (ValueError, OverflowError, OSError):
        pass
    return None, False


def _host(url: object) -> str | None:
    """Host name of an http(s) address without `www.`, None where it is no such address."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "." not in host:
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
    path: str, *, title: str | None, text: str, outlet: str | None, date: object, url: object, id: str = ""
) -> Article:
    published, has_time = parse_date(date)
    if not text.strip():
        raise _Unreadable("no article text")
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
    if not following.strip() or is_boilerplate(line):
        return False
    return rest.startswith("\n") or len(following.split("\n", 1)[0]) > len(line)


def _read_text(path: str, text: str) -> Article:
    text = _unwrap(text.strip())
    first, _, rest = text.partition("\n")
    title = None
    if _looks_like_title(first.strip(), rest):
        title, text = _line(first), rest.strip("\n")
    return _make(path, title=title, text=text, outlet=None, date=None, url=None)


_FRONT_MATTER = re.compile(r"---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FRONT_LINE = re.compile(r"^([A-Za-z_-]{2,20}):[ \t]*(.*)$", re.MULTILINE)
_MD_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)")
_MD_LINK = re.compile(r"\[([^\]\[\n]{1,500})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,100}\])")
_MD_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3}|`{1,3})(?=\S)([^*_`\n]{1,500})(?<=\S)\1(?![\w*_])")
_MD_PREFIX = re.compile(r"^[ \t]{0,8}(?:>[ \t]?|[-*+][ \t]+){1,5}", re.MULTILINE)
_MD_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+(.{1,500}?)[ \t]*#*[ \t]*$")
_MD_RULE = re.compile(r"^[ \t]{0,3}(?:[-*_][ \t]*){3,100}$")
_MD_UNDERLINE = re.compile(r"^(?:=+|-{2,})[ \t]*$")


def _read_markdown(path: str, text: str) -> Article:
    """Markdown as plain text: headings go (the first is the title), links and emphasis leave their words."""
    front: dict[str, str] = {}
    text = text.lstrip()
    found = _FRONT_MATTER.match(text)
    if found:
        front = {key.lower(): value.strip().strip("\"'") for key, value in _FRONT_LINE.findall(found[1])}
        text = text[found.end() :]
    title = _line(front.get("title"))
    blocks: list[str] = []
    lines: list[str] = []

    def finish() -> None:
        if lines:
            blocks.append(" ".join(lines))
            lines.clear()

    for line in text.split("\n"):
        heading = _MD_HEADING.match(line[:600])
        underlined = bool(lines) and _MD_UNDERLINE.match(line) is not None
        if underlined and len(lines) == 1:
            title = title or _line(_md_words(lines[0]))
            lines.clear()
        elif heading:
            finish()
            title = title or _line(_md_words(heading[2]))
        elif not line.strip() or _MD_RULE.match(line[:300]):
            finish()
        else:
            if _MD_PREFIX.match(line):
                finish()
            lines.append(_MD_PREFIX.sub("", line).strip())
    finish()
    body = "\n".join(_md_words(block) for block in blocks)
    if title is None:
        return _read_text(path, body)
    return _make(
        path,
        title=title,
        text=body,
        outlet=_outlet((front.get("url"), front.get("source")), (front.get("outlet"), front.get("source"))),
        date=front.get("date") or front.get("published"),
        url=front.get("url"),
    )


def _md_words(text: str) -> str:
    return _MD_EMPHASIS.sub(r"\2", _MD_LINK.sub(r"\1", _MD_IMAGE.sub("", text)))


def _read_record(path: str, record: object, *, own_id: bool) -> Article:
    """One article with the keys of trafilatura's JSON output."""
    if not isinstance(record, dict):
        raise _Unreadable("the JSON is no article: an object with a text is expected")
    text = next((record[key] for key in ("text", "raw_text", "articleBody") if record.get(key)), None)
    if not isinstance(text, str):
        raise _Unreadable('the JSON has no "text"')
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
        raise _Unreadable(f"invalid JSON: {error.msg.lower()} (line {error.lineno}, column {error.colno})") from None
    except (ValueError, RecursionError):
        raise _Unreadable("invalid JSON: nested too deeply, or a number too long") from None


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
        raise _Unreadable("empty file")
    text = decode(data, html=file.kind == "html")
    if not text.strip():
        raise _Unreadable("empty file")
    if file.kind == "html":
        return _read_html(file.path, text)
    if file.kind == "json":
        return _read_record(file.path, _parse_json(text), own_id=False)
    if file.kind == "markdown":
        return _read_markdown(file.path, text)
    return _read_text(file.path, text)


def _guarded(file: InputFile, data: bytes) -> Article | Failure:
    if len(data) > MAX_BYTES:
        return Failure(file.path, _too_large())
    try:
        return _read_one(file, data)
    except _Unreadable as error:
        return Failure(file.path, str(error))


def _too_large() -> str:
    return f"too large for an article (more than {MAX_BYTES // 1_000_000} MB)"


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream, None for one that is too large; never more than one of them in memory."""
    while line := stream.readline(MAX_BYTES + 1):
        if len(line) <= MAX_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_BYTES)
        yield None


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
        except _Unreadable as error:
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
    yield Failure(file.path, _too_large()) if too_large else _guarded(file, data)


_MARKUP = re.compile(
    r"\s{0,100}(?:<!--|<!doctype|<html|<head|<body|<article|<div|<main|<p[\s>]|<h1|<meta|<\?xml)", re.IGNORECASE
)


def read_stream(stream: BinaryIO, name: str = _STDIN) -> Iterator[Article | Failure]:
    """The articles of standard input; its format is guessed: JSON, JSON Lines, HTML or text."""
    try:
        lines = _lines(io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream)  # type: ignore[type-var]
        first: bytes | None = b""
        while first is not None and not first.strip(b" \t\r\n\xef\xbb\xbf"):
            first = next(lines, None)
            if first is None:
                break
        if first is None:
            yield Failure(name, "empty file")
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
                    yield _guarded(InputFile(name, Path(name), "json"), first)
                else:
                    yield from _read_lines(name, itertools.chain((first, second), lines))
                return
        data = bytearray(first)
        for line in lines:
            data += line if line is not None else b" " * (MAX_BYTES + 1)
            if len(data) > MAX_BYTES:
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
    yield _guarded(InputFile(name, Path(name), kind), bytes(data))


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
