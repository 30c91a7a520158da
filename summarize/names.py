"""Names of riders, teams and places: when two spellings mean the same, and which spelling to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from summarize.lexicon import load
from summarize.text import fold

__all__ = ["best_name", "place_words", "same_person", "same_place", "same_team", "surname"]

_PARTICLES = frozenset(
    [
        *("van", "de", "der", "den", "ten", "ter", "het", "t", "di", "da", "del", "della", "la", "las", "le", "los"),
        *("dos", "du", "von", "zu", "y", "el", "al", "af", "d"),
    ]
)
_PLACE_FILLERS = frozenset(
    [
        *("saint", "sainte", "san", "santa", "sant", "santo", "sankt", "st", "col", "cote", "mont", "monte", "passo"),
        *("alto", "alta", "basso", "puerto", "lac", "lago", "lagos", "puy", "cima", "colle", "plateau", "sierra"),
        *("les", "las", "los", "the", "del", "della", "sur", "sous", "dans", "aux", "mount", "lake", "santuario"),
        *("observatorio", "circuito", "estacion", "esqui", "villa", "ville", "vila", "nord", "sud", "valle", "vall"),
        *("val", "pico", "port", "plage", "haut", "bourg"),
    ]
)


@lru_cache(maxsize=200_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(name.replace("-", " ")).split())


def surname(name: str) -> tuple[str, ...]:
    """The words of a name from its surname on: what is left without the first name.

    >>> surname("Mathieu van der Poel"), surname("Søren Kragh Andersen"), surname("Roglič")
    (('van', 'der', 'poel'), ('kragh', 'andersen'), ('roglic',))
    """
    words = _words(name)
    return words[1:] if len(words) > 1 and words[0] not in _PARTICLES else words


def _latin(word: str) -> str:
    """A Slavic name's word without what tells Dutch and French from English spelling: "loetsenko" is "lutsenko"."""
    for spelling, letters in (
        ("tsj", "ch"),
        ("tch", "ch"),
        ("sj", "sh"),
        ("zj", "zh"),
        ("ks", "x"),
        ("oe", "u"),
        ("j", "y"),
    ):
        word = word.replace(spelling, letters)
    return word


@lru_cache(maxsize=200_000)
def _alike(one: str, other: str) -> bool:
    """Two words that are one word up to a misspelling: "jorgenson" and "jorgensen", "izagirre" and "izaguirre", or up
    to the way from other letters: "tsjernetski" and "chernetski"."""
    if one == other or _latin(one) == _latin(other):
        return True
    if min(len(one), len(other)) < 5:
        return False
    from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

    longest = max(len(one), len(other))
    allowed = 1 if longest < 7 else 2
    if abs(len(one) - len(other)) > allowed:
        return False
    return (
        DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed
        and JaroWinkler.similarity(one, other) >= 0.85
    )


@lru_cache(maxsize=200_000)
def same_person(one: str, other: str) -> bool:
    """True where two names can mean one person: surnames agree up to a misspelling, first names do not contradict.

    >>> same_person("Jorgensen", "Matteo Jorgenson"), same_person("Adam Yates", "Simon Yates")
    (True, False)
    >>> same_person("Ilnoer Zakarin", "Ilnur Zakarin"), same_person("Sergej Tsjernetski", "Sergey Chernetski")
    (True, True)
    >>> same_person("Tom Pidcock", "Thomas Pidcock")
    True
    >>> same_person("Daniel Felipe Martinez Poveda", "Dani Martínez"), same_person("Van Aert", "Wout van Aert")
    (True, True)
    """
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    if a == b or "".join(a) == "".join(b):
        return True
    if len(a) > len(b) or (len(a) == len(b) and a > b):
        a, b = b, a
    a_core = tuple(w for w in a if w not in _PARTICLES) or a
    b_core = tuple(w for w in b if w not in _PARTICLES) or b
    if len(a_core) == 1:  # A bare surname: any word of the longer name but its first.
        rest = b_core[1:] if len(b_core) > 1 else b_core
        return any(_alike(a_core[0], word) for word in rest)
    if len(a) != len(a_core) and len(b_core) >= 2 and a[0] in _PARTICLES:  # "Van der Poel", "De la Cruz"
        return all(any(_alike(word, other_word) for other_word in b_core[1:]) for word in a_core)
    if not _first_names_agree(a_core[0], b_core[0]):
        # "Kragh Andersen" for "Soren Kragh Andersen": the shorter one is all surname.
        return len(b_core) > len(a_core) and all(any(_alike(w, x) for x in b_core[1:]) for w in a_core)
    return any(_alike(word, other_word) for word in a_core[1:] for other_word in b_core[1:])


def _first_names_agree(one: str, other: str) -> bool:
    if one == other or (len(one) == 1 and other.startswith(one)) or (len(other) == 1 and one.startswith(other)):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= 3 and long.startswith(short):  # Dani, Daniel; Alex, Alexander
        return True
    if long in _short_names().get(short, ()) or short in _short_names().get(long, ()):  # Tom, Thomas
        return True
    return len(short) >= 4 and _alike(short, long)


@cache
def _short_names() -> dict[str, frozenset[str]]:
    return {short: frozenset(long) for short, long in load("short_names")["names"].items()}


def best_name(names: Iterable[str]) -> str:
    """The fullest of some spellings of one name: full name before surname, then the commonest, then by letter.

    >>> best_name(["Roglic", "Primoz Roglic", "Primož Roglič", "Primoz Roglic"])
    'Primoz Roglic'
    """
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return min(counts, key=lambda n: (-(min(len(_words(n)), 2)), -counts[n], len(_words(n)), n))


_TEAM_FILLERS = frozenset({"team", "pro", "cycling", "racing", "professional", "the"})


@cache
def _teams() -> tuple[frozenset[str], ...]:
    """The words of each name of a team that has several."""
    words = (frozenset(_words(name)) - _TEAM_FILLERS for name in load("teams")["teams"])
    return tuple(dict.fromkeys(some for some in words if len(some) > 1))


@lru_cache(maxsize=10_000)
def same_team(one: str, other: str) -> bool:
    """True where two team names share a word that is not "team" or "cycling", or are both part of a team's name.

    "Bora" and "Bora-hansgrohe" are one team, "Groupama" and "FDJ" as well.
    """
    a, b = (frozenset(_words(name)) - _TEAM_FILLERS for name in (one, other))
    if a & b or "".join(_words(one)) == "".join(_words(other)):
        return True
    return bool(a and b) and any(a | b <= team for team in _teams())


def place_words(name: str) -> tuple[str, ...]:
    """The words of a place that tell it from others: "La Planche des Belles Filles" has planche, belles, filles."""
    words = [w for w in _words(name) if len(w) > 2 and w not in _PARTICLES]
    return tuple(w for w in words if w not in _PLACE_FILLERS and len(w) > 3) or tuple(words)


@lru_cache(maxsize=200_000)
def _same_place(one: str, other: str) -> bool:
    a, b = place_words(one), place_words(other)
    if not a or not b:
        return bool(_words(one)) and _words(one) == _words(other)
    # Many places differ by one letter (San Marino, San Martino): only long words may be misspelt.
    return any(x == y or (min(len(x), len(y)) >= 7 and x[0] == y[0] and _alike(x, y)) for x in a for y in b)


def same_place(one: str | Sequence[str], other: str | Sequence[str]) -> bool:
    """True where two places, each with all its spellings, share a telling word up to a misspelling.

    >>> same_place("Ceresale Reale", "Ceresole Reale (Lago Serrù)"), same_place(("Brussels", "Brussel"), "Brussel")
    (True, True)
    >>> same_place("San Marino", "San Martino di Castrozza")
    False
    """
    ones = (one,) if isinstance(one, str) else one
    others = (other,) if isinstance(other, str) else other
    return any(_same_place(x, y) for x in ones for y in others)
