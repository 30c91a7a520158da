"""Signs that a translation says something else than its original, or nothing at all.

A sentence without a verb ("With Vingegaard in yellow the twelfth stage.") has lost it; a crash, a withdrawal or a
disqualification that the original does not know is the worst that a race report can invent; half a letter is none; and
an aside ends where it ends in the original.
"""

from __future__ import annotations

import re
from functools import cache

from summarize.lexicon import load

__all__ = ["broken", "half_aside", "invented_events", "without_verb"]

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEWEST = 6
"""Words below which a sentence may well have no verb: "A dream come true." """


@cache
def _verbs(language: str) -> re.Pattern[str]:
    known = load("guard", language)["verbs"]
    return re.compile(rf"(?:{'|'.join(known['words'])}|\w+(?:{'|'.join(known['endings'])}))", re.IGNORECASE)


@cache
def _events(source: str, target: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """For each kind of event how the original tells it, and the translation."""
    told, said = load("guard", source)["events"], load("guard", target)["events"]
    return tuple(
        (re.compile(told[kind], re.IGNORECASE), re.compile(said[kind], re.IGNORECASE)) for kind in sorted(told)
    )


def broken(source: str, output: str) -> bool:
    """Whether the translation has half a letter: a piece that stands for a byte, and not the one that goes with it."""
    return "\ufffd" in output and "\ufffd" not in source


_DASH = re.compile(r"(?<=\s)[-–—](?=\s)")


def half_aside(source: str, output: str) -> bool:
    """Whether an aside between dashes or brackets has lost one of the two.

    >>> half_aside("Hij won - eindelijk - een rit.", "He won - finally a stage.")
    True
    """
    dashes = len(_DASH.findall(output))
    return (dashes % 2 == 1 and len(_DASH.findall(source)) % 2 == 0) or (
        output.count("(") != output.count(")") and source.count("(") == source.count(")")
    )


def without_verb(source: str, output: str, languages: tuple[str, str]) -> bool:
    """Whether a whole sentence was translated by one that has no word that can be its verb.

    >>> without_verb("Om half twee ging de rit van start.", "At half past one the stage.", ("nl", "en"))
    True
    """
    if source.rstrip("\"'”’) ")[-1:] not in (".", "!"):
        return False  # a headline
    words = _WORD.findall(output)
    if len(words) < _FEWEST or not any(_verbs(languages[0]).fullmatch(word) for word in _WORD.findall(source)):
        return False
    # A capital in the middle of a sentence makes a name of a word: "Wins", "James".
    return not any(_verbs(languages[1]).fullmatch(word) for word in [words[0], *filter(str.islower, words[1:])])


def invented_events(source: str, output: str, languages: tuple[str, str]) -> int:
    """How many kinds of event the translation tells that the original does not: crashes, withdrawals, deaths.

    >>> invented_events("Roglic gaf 0.40 toe.", "Roglic abandoned 0:40.", ("nl", "en"))
    1
    """
    return sum(bool(said.search(output)) and not told.search(source) for told, said in _events(*languages))
