"""Small things about strings that more than one step needs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

__all__ = ["CAPITAL", "fold", "like", "printable", "put", "word_count", "words"]

CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
"""Pattern of a letter that is not a small one of western Europe."""

_STROKES = str.maketrans({"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae", "Æ": "ae"})
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def fold(text: str) -> str:
    """Lower case without accents, runs of anything but letters and digits made one space.

    >>> fold("Søren Kragh Andersen, Primož Roglič")
    'soren kragh andersen primoz roglic'
    """
    if not text.isascii():
        text = _BEYOND_ASCII.sub(_without_accents, unicodedata.normalize("NFKD", text.translate(_STROKES)))
    return _NOT_WORD.sub(" ", text.lower()).strip()


def _without_accents(found: re.Match[str]) -> str:
    return "".join(c for c in found[0] if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """Folded words of a text."""
    return fold(text).split()


def word_count(text: str) -> int:
    """Words as a reader counts them: what stands between spaces."""
    return len(text.split())


def like(said: str, original: str) -> str:
    """What is said, with a capital where the original begins with one.

    >>> like("fast", "Rappe")
    'Fast'
    """
    return said[:1].upper() + said[1:] if original[0].isupper() else said


def put(text: str, parts: Iterable[tuple[int, int, str]]) -> str:
    """A text with other text in place of parts of it: from where, to where, what; parts do not overlap.

    >>> put("Hij pakte goed uit.", [(4, 9, "turned out"), (14, 18, "")])
    'Hij turned out goed.'
    """
    for start, end, said in sorted(parts, reverse=True):
        text = text[:start] + said + text[end:]
    return text


def printable(text: str) -> str:
    """A text whose control characters (also line breaks, direction marks and lone surrogates) are made visible.

    >>> printable("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    text = text.replace("\n", "\\n")
    return _CONTROL.sub(lambda m: m[0].encode("unicode_escape").decode("ascii"), text)
