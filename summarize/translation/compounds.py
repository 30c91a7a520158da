"""Compounds said in English part by part: "steenkoolexport" is "coal exports".

A language that writes compounds in one word has more of them than any word list or training text holds. What is in no
list is split into a first part (or two) and a last one that `lexicon/compounds.nl.json` has in English, written by hand
(splitting before translation: Koehn and Knight 2003, here with a closed list of parts in place of counts).
"""

from __future__ import annotations

from functools import cache, lru_cache

from summarize.lexicon import load

__all__ = ["in_parts"]

SHORTEST = 8
"""Letters of a compound; shorter words that look like one are often something else."""
OTHERS = 5
"""Letters of a part that only the dictionary has."""
LINKS = ("", "s", "-")
"""What may stand between the parts, where the list has not the first part with it already."""


@cache
def _parts(kind: str, language: str) -> dict[str, str]:
    parts: dict[str, str] = load("compounds", language)[kind]
    return parts


@lru_cache(maxsize=5_000)
def in_parts(word: str, language: str = "nl") -> tuple[str, ...]:
    """What a compound may be in English, the usual senses of its parts first; empty where it cannot be split.

    Parts of the list go before words of the dictionary; of several ways to split that are as good, the
    one with the longest last part is taken.

    >>> in_parts("winstbronnen")
    ('profit sources',)
    """
    word = word.casefold()
    best = 0
    said: tuple[str, ...] = ()
    for at in range(3, len(word) - 2) if len(word) >= SHORTEST else ():
        (surely, first), (and_surely, last) = _before(word[:at], language), _said("last", word[at:], language)
        if first and last and surely + and_surely > best:
            best = surely + and_surely
            both = [_together(one, last[0]) for one in first] + [_together(first[0], one) for one in last[1:]]
            said = tuple(dict.fromkeys(both))
    return said


_Known = tuple[int, tuple[str, ...]]
"""How well a part is known (2: in the list, 1: in the dictionary, 0: not), and its English."""


def _said(kind: str, part: str, language: str) -> _Known:
    if said := _parts(kind, language).get(part):
        return 2, tuple(said.split("|"))
    said = load("dictionary", language)["words"].get(part) if len(part) >= OTHERS else None
    return (1, tuple(said.split("|")[:2])) if said else (0, ())


def _before(text: str, language: str, parts: int = 2) -> _Known:
    """One first part, or two of the list."""
    known = max(_said("first", text.removesuffix(link), language) for link in LINKS if text.endswith(link))
    if known[0] == 2 or parts == 1:
        return known
    for end in range(len(text) - 3, 2, -1):
        (one, front), (two, rest) = _before(text[:end], language, 1), _before(text[end:], language, 1)
        if one == two == 2:
            return 2, (f"{front[0]} {rest[0]}",)
    return known


def _together(first: str, last: str) -> str:
    return first + last if last.startswith("-") else f"{first} {last}"
