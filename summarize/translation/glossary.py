"""Cycling terms: in the peloton a "knecht" is a domestique and "de meet" is the line.

`lexicon/glossary.nl.json` has the terms with all that may stand for them in English. A translation that lacks a term
of its sentence counts as worse than one that has it; where all lack it, the sentence is translated again with
plainer Dutch in the term's place, and a term that was left in Dutch is replaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from summarize.lexicon import load
from summarize.text import like, put

__all__ = ["Term", "has", "in_english", "in_small", "mend", "missing", "plainer", "terms"]

LONG = 10
"""Letters from which on a term of one word is nobody's name."""

_ENDING = r"(?:s|es|ed|d|ing|er|ers|['’]s|s['’])?"


@dataclass(frozen=True, slots=True)
class Term:
    """A cycling term in a sentence."""

    text: str
    start: int
    end: int
    entry: int
    """Place of its entry in the glossary."""


@dataclass(frozen=True, slots=True)
class _Entry:
    english: re.Pattern[str]
    usual: str
    plainer: str | None


@dataclass(frozen=True, slots=True)
class _Glossary:
    pattern: re.Pattern[str]
    entry_of: dict[str, int]
    entries: tuple[_Entry, ...]


def _english(form: str) -> str:
    """Pattern of an English form: small or large, hyphen or space, any ending, "to carry" as "carried"."""
    words = [re.escape(word) for word in re.split(r"[ -]", form)]
    last = words[-1]
    if last.endswith("y") and len(last) > 3:
        words[-1] = f"(?:{last}|{last[:-1]}ie)"
    elif last.endswith("e") and len(last) > 3:
        words[-1] = f"{last[:-1]}e?"
    elif len(last) > 2 and last[-1] in "pntgbd":
        words[-1] = f"{last}{last[-1]}?"
    return "[ -]?".join(words) + _ENDING


@cache
def _glossary(language: str) -> _Glossary:
    entries = []
    entry_of: dict[str, int] = {}
    for number, entry in enumerate(load("glossary", language)["terms"]):
        english = "|".join(_english(form) for form in entry["en"])
        entries.append(_Entry(re.compile(rf"\b(?:{english})\b", re.IGNORECASE), entry["en"][0], entry.get("say")))
        for form in entry["nl"]:
            entry_of[form.casefold()] = number
    forms = sorted(entry_of, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w-])", re.IGNORECASE)
    return _Glossary(pattern, entry_of, tuple(entries))


@lru_cache(maxsize=600)
def terms(sentence: str, language: str = "nl") -> tuple[Term, ...]:
    """The terms of a sentence; of overlapping ones the longest."""
    glossary = _glossary(language)
    return tuple(
        Term(match.group(), *match.span(), glossary.entry_of[match.group().casefold()])
        for match in glossary.pattern.finditer(sentence)
    )


def in_small(sentence: str, language: str = "nl") -> str:
    """The sentence with its terms in small letters where it wrote one as if it were a name: "de Roze Trui".

    Short ones of one word are left: they are names as well.
    """
    for term in terms(sentence, language):
        within = re.search(r"[\w,] $", sentence[: term.start])
        if within and term.text[0].isupper() and (" " in term.text or len(term.text) >= LONG):
            sentence = sentence[: term.start] + term.text.casefold() + sentence[term.end :]
    return sentence


def has(term: Term, english: str, language: str = "nl") -> bool:
    """Whether the English text has something that stands for the term."""
    return bool(_glossary(language).entries[term.entry].english.search(english))


def missing(sentence: str, english: str, language: str = "nl") -> tuple[Term, ...]:
    """The terms of a sentence for which its translation has nothing."""
    return tuple(term for term in terms(sentence, language) if not has(term, english, language))


def plainer(sentence: str, lacking: tuple[Term, ...], language: str = "nl") -> str | None:
    """The sentence with plainer Dutch for the terms that its translation lacks; None where the glossary has none."""
    said = [(term, _glossary(language).entries[term.entry].plainer) for term in lacking]
    changed = put(sentence, [(term.start, term.end, like(say, term.text)) for term, say in said if say is not None])
    return changed if changed != sentence else None


def in_english(sentence: str, lacking: tuple[Term, ...], language: str = "nl") -> str:
    """The sentence with English in place of the terms that its translation lacks: models copy what they know."""
    entries = _glossary(language).entries
    return put(sentence, [(term.start, term.end, entries[term.entry].usual) for term in lacking])


def mend(sentence: str, english: str, language: str = "nl") -> str:
    """The translation with terms in English that it left in Dutch."""
    for term in missing(sentence, english, language):
        if len(term.text) < 5 or term.text.count(" "):
            continue
        usual = _glossary(language).entries[term.entry].usual
        pattern = re.compile(rf"(?<![\w-]){re.escape(term.text)}(?![\w-])")
        english = pattern.sub(usual, english)
    return english
