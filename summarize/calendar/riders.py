"""Given names of riders whom articles call by their surname only, and the countries of the best known.

`riders.csv` is made by `build.py`, `nations.txt` written by hand.

A surname gets its given name only where one rider of that name, and no other, was active in the year of the race.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from summarize.text import fold

__all__ = ["full_name", "given_names", "is_rider", "nation", "share_active"]

_MARGIN = 3
"""Years before the first and after the last known finish in which a rider can have been active."""

_PARTICLES = frozenset(["da", "de", "del", "den", "der", "di", "du", "la", "le", "ten", "ter", "van", "von"])
"""Words that a surname may start with; any other first word of several is taken for a given name."""


@cache
def _rows() -> tuple[dict[str, str], ...]:
    """The lines of the list: `name`, `first` and `last` year."""
    text = files("summarize.calendar").joinpath("riders.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


@cache
def _riders() -> dict[str, tuple[tuple[str, int, int], ...]]:
    """(given names, first year, last year) of all riders, by every folded ending of their name but the whole."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for row in _rows():
        words = row["name"].split()
        first, last = int(row["first"]), int(row["last"])
        for at in range(1, len(words)):
            # A second surname may be left out: "Vingegaard Hansen" is known as Vingegaard.
            for end in range(at + 1, len(words) + 1):
                found.setdefault(fold(" ".join(words[at:end])), []).append((" ".join(words[:at]), first, last))
    return {surname: tuple(riders) for surname, riders in found.items()}


@cache
def given_names() -> frozenset[str]:
    """The first given names of all riders, in small letters."""
    return frozenset(row["name"].split()[0].lower() for row in _rows())


def full_name(surname: str, year: int | None) -> str:
    """The surname with the given name before it; the surname as it is where it is not known, or not sure, whose it is.

    >>> full_name("Meintjes", 2022), full_name("Yates", 2020), full_name("Van Aert", 2020)
    ('Louis Meintjes', 'Yates', 'Wout Van Aert')
    """
    words = fold(surname).split()
    if year is None or (len(words) > 1 and words[0] not in _PARTICLES):
        return surname
    active = {
        given for given, first, last in _riders().get(fold(surname), ()) if first - _MARGIN <= year <= last + _MARGIN
    }
    return f"{active.pop()} {surname}" if len(active) == 1 else surname


@cache
def _best_known() -> tuple[tuple[str, str], ...]:
    """The folded name and the country code of each rider of the list of nations."""
    text = files("summarize.calendar").joinpath("nations.txt").read_text(encoding="utf-8")
    lines = [line.partition(": ") for line in re.sub(r"\n\s+", " ", text).splitlines() if not line.startswith("#")]
    return tuple((fold(name), code) for code, _, names in lines for name in names.split(", "))


@cache
def _nations() -> dict[str, str | None]:
    """Country codes by folded name and surname; None for a surname that riders of several countries bear."""
    found: dict[str, str | None] = {}
    for name, code in _best_known():
        for known in (name, name.partition(" ")[2]):
            found[known] = code if found.get(known, code) == code else None
    return found


def nation(name: str) -> str | None:
    """The country code of a rider, by name or surname; None where he is not in the list, or it is not sure who it is.

    >>> nation("Wout van Aert"), nation("Roglič"), nation("Yates"), nation("Martin"), nation("Jan Jansen")
    ('be', 'si', 'gb', None, None)
    """
    return _nations().get(fold(name))


def share_active(surnames: Iterable[str], year: int) -> float | None:
    """The share of the folded surnames that are in the list of whom a bearer was active in a year.

    None where fewer than three of them are in it: that says nothing.

    >>> share_active(["froome", "quintana", "nibali"], 2015), share_active(["froome", "quintana", "nibali"], 1985)
    (1.0, 0.0)
    """
    known = [riders for name in surnames if (riders := _riders().get(name))]
    if len(known) < 3:
        return None
    active = sum(any(first - _MARGIN <= year <= last + _MARGIN for _, first, last in riders) for riders in known)
    return active / len(known)


@cache
def _names() -> frozenset[str]:
    """The folded names of all riders, as the results have them and as they are called."""
    return frozenset(fold(row["name"]) for row in _rows()) | {name for name, _ in _best_known()}


def is_rider(name: str) -> bool:
    """Whether a full name is in the lists as it is spelt, but for accents.

    >>> is_rider("Ilnur Zakarin"), is_rider("Dan Martin"), is_rider("Ilnoer Zakarin"), is_rider("Zakarin")
    (True, True, False, False)
    """
    return fold(name) in _names()
