"""The text that a file's bytes hold.

UTF-8 with and without a byte order mark, UTF-16 and UTF-32 with one, UTF-16 without, the charset that an HTML page
names, and Windows-1252 for every byte that is not UTF-8: the encodings in which articles come off the web.
"""

from __future__ import annotations

import codecs
import re

__all__ = ["UnreadableError", "decode"]

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


class UnreadableError(ValueError):
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

    Raises UnreadableError where the bytes are not text.
    """
    if data.startswith(_SIGNATURES):
        raise UnreadableError("binary file, not text")
    text = _without_bom(data)
    if text is None:
        order = _utf16_order(data)
        if order is not None:
            text = data.decode(order, "replace")
        else:
            if data.count(0) > len(data) / 1000:
                raise UnreadableError("binary file, not text")
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
        raise UnreadableError("binary file, not text")
    return text


_ODD = (*(chr(code) for code in range(32) if chr(code) not in "\t\n\x0b\x0c\x1b"), "\x7f", "\ufffd")
