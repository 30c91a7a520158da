"""Over-long sentences in parts that a small model can carry, cut at clause marks."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["split_clauses"]

_MARKS = (
    re.compile(r"(?<=[;:]) (?=\S)"),
    re.compile(r" (?=[-–—] )"),
    re.compile(r"(?<=,) (?=\S)"),
)
"""Where a sentence may be cut, the better places first: never inside a number (4,5) or a name."""


def split_clauses(sentence: str, size: Callable[[str], int], longest: int) -> list[str]:
    """The sentence in parts of at most `longest` by `size`, where its clause marks allow.

    Joined by spaces they give it back.

    The mark that lies nearest to the middle is taken, so that no part is a stump.
    """
    if size(sentence) <= longest:
        return [sentence]
    for mark in _MARKS:
        places = [found.start() for found in mark.finditer(sentence)]
        places = [place for place in places if min(place, len(sentence) - place) * 5 >= len(sentence)]
        if places:
            place = min(places, key=lambda at: (abs(at - len(sentence) / 2), at))
            left, right = sentence[:place], sentence[place + 1 :]
            return split_clauses(left, size, longest) + split_clauses(right, size, longest)
    return [sentence]
