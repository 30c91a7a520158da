"""Over-long sentences in parts that a small model can carry, cut at clause marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

__all__ = ["join_clauses", "split_clauses"]

HARD = 120
"""Pieces; beyond it a sentence is cut even where it has no clause mark."""

_MARKS = (
    re.compile(r"(?<=[;:]) (?=\S)"),
    re.compile(r" (?=[-–—] )"),
    re.compile(r"(?<=,) (?=\S)"),
)
"""Where a sentence may be cut, the better places first: never inside a number (4,5) or a name."""


@cache
def _opening(openers: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return (re.compile(rf" (?=(?:{'|'.join(map(re.escape, openers))}) |\()"),) if openers else ()


def split_clauses(sentence: str, size: Callable[[str], int], longest: int, openers: tuple[str, ...] = ()) -> list[str]:
    """The sentence in parts of at most `longest` by `size`, where its clause marks allow.

    Joined by spaces they give it back.

    `openers` are words before which a clause or phrase begins: where a sentence has no mark, it is cut there.
    The mark that lies nearest to the middle is taken, so that no part is a stump.
    """
    if size(sentence) <= longest:
        return [sentence]
    for mark in (*_MARKS, *_opening(openers)):
        places = [found.start() for found in mark.finditer(sentence)]
        places = [place for place in places if min(place, len(sentence) - place) * 5 >= len(sentence)]
        if places:
            place = min(places, key=lambda at: (abs(at - len(sentence) / 2), at))
            left, right = sentence[:place], sentence[place + 1 :]
            return [part for half in (left, right) for part in split_clauses(half, size, longest, openers)]
    return _cut(sentence, size, max(longest, HARD))


def _cut(sentence: str, size: Callable[[str], int], longest: int) -> list[str]:
    """A sentence without clause marks, cut between words where it is longer than any model can hold."""
    words = sentence.split(" ")
    if size(sentence) <= longest or len(words) < 2:
        return [sentence]
    middle = len(words) // 2
    halves = (" ".join(words[:middle]), " ".join(words[middle:]))
    return [part for half in halves for part in _cut(half, size, longest)]


def join_clauses(parts: Sequence[str], translations: Sequence[str]) -> str:
    """The translations of a sentence's parts as one sentence: no full stop and no capital where a part was cut off."""
    joined = ""
    for number, (part, text) in enumerate(zip(parts, translations, strict=True)):
        text = text.strip()
        if number and text[:1].isupper() and part[:1].islower():
            first = text.split(" ")[0]
            if not re.match(r"I\b", first) and first.rstrip(",.") not in part:
                text = text[0].lower() + text[1:]
        if number < len(parts) - 1:
            mark = part.rstrip()[-1:]
            bare = text.rstrip(".,;:")
            text = bare + mark if mark in ",;:" and mark else (bare if text.endswith(".") else text)
        joined = f"{joined} {text}" if joined else text
    return joined
