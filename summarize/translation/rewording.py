"""Common words for rare ones: what a small model never learned, it can still translate when it is said plainly.

`lexicon/plainer.nl.json` has idioms and rare words of race reports with common Dutch that says the same in the same
place: "werd een prooi voor" is "werd gewonnen door", "rappe" is "snelle". The choice between a sentence and its plainer
wording is made by their translations, so that a model that knows the idiom keeps it. A diminutive that nobody knows is
said as the word it is made of: "aambeeldje" as "aambeeld". What models take otherwise is always
said as they know it: times of day in Flemish notation ("17u50"), gaps in minutes and seconds (1'20"), abbreviations,
fractions, who leads ahead of whom, and what they take for something else.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial

from summarize.lexicon import load
from summarize.text import like, put
from summarize.translation.adequacy import known
from summarize.translation.runs import Runs

__all__ = ["as_models_know", "in_common_words", "in_full", "with_clocks", "with_decimals", "with_fractions"]

_DECIMALS = {"½": "5", "¼": "25", "¾": "75"}
_FRACTION = re.compile(rf"(?<![\d.,])(\d+) ?([{''.join(_DECIMALS)}])(?!\w)")


@cache
def _forms(language: str) -> tuple[dict[str, str], Runs]:
    """What to say for runs of words, and their index."""
    forms: dict[str, str] = load("plainer", language)["forms"]
    return forms, Runs(forms)


@cache
def _signs(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Signs behind a figure, with the word for each."""
    signs: dict[str, str] = load("plainer", language)["signs"]
    return tuple((re.compile(rf"(?<=\d) ?{re.escape(sign)}(?!\w)"), word) for sign, word in signs.items())


@cache
def _patterns(language: str, kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns with what to say in their place; `kind` is `parted` (idioms with words in between), `clocks`,
    `abbreviations` or `always`."""
    known = load("plainer", language)
    found: list[tuple[re.Pattern[str], str]] = []
    for pattern, said in known[kind]:
        for name, part in known["parts"].items():
            pattern = pattern.replace(f"{{{name}}}", part)
        found.append((re.compile(pattern, re.IGNORECASE), said))
    return tuple(found)


def _said_otherwise(sentence: str, language: str, kind: str) -> str:
    """The sentence with all that has a pattern of this kind said otherwise."""
    for pattern, template in _patterns(language, kind):
        sentence = pattern.sub(partial(_in_place, template), sentence)
    return sentence


def with_clocks(sentence: str, language: str = "nl") -> str:
    """The sentence with times of day and gaps in the notation that models know; how long a race took stays as it is.

    >>> with_clocks("De start is om 11u30, de finish tussen 16u en 16u20.")
    'De start is om 11.30 uur, de finish tussen 16 uur en 16.20 uur.'
    >>> with_clocks("Hij deed er 4u32 over.")
    'Hij deed er 4u32 over.'
    >>> with_clocks("Derde werd Boon, op 1'20'' van de winnaar.")
    'Derde werd Boon, op 1.20 minuten van de winnaar.'
    """
    return _said_otherwise(sentence, language, "clocks")


def in_full(sentence: str, language: str = "nl") -> str:
    """The sentence with abbreviations written out.

    >>> in_full("Er reden o.a. Spanjaarden mee, bij 30 °C.")
    'Er reden onder meer Spanjaarden mee, bij 30 graden Celsius.'
    """
    return _said_otherwise(sentence, language, "abbreviations")


def as_models_know(sentence: str, language: str = "nl") -> str:
    """The sentence with what models take for something else in words that they know.

    A sign tells that "voor" is "ahead of", not "for", where it says who leads.

    >>> as_models_know("Roglic staat aan de leiding voor Valverde.")
    'Roglic staat aan de leiding, vóór Valverde.'
    >>> as_models_know("In de jaren '90 reed hij langs het Meer van Genève.")
    'In de jaren negentig reed hij langs Lake Genève.'
    """
    return _said_otherwise(sentence, language, "always")


def with_decimals(sentence: str) -> str:
    """The sentence with figures and fractions as decimals, which models know better.

    >>> with_decimals("Europa won met 14½-13½.")
    'Europa won met 14,5-13,5.'
    """
    return _FRACTION.sub(lambda found: f"{found[1]},{_DECIMALS[found[2]]}", sentence)


def with_fractions(sentence: str, translation: str) -> str:
    """The translation with the fractions of the sentence where it has decimals for them.

    >>> with_fractions("Europa won met 14½-13½.", "Europe won by 14.5-13.5.")
    'Europe won by 14½-13½.'
    """
    for whole, fraction in _FRACTION.findall(sentence):
        decimal = rf"(?<![\d.,]){whole}\.{_DECIMALS[fraction]}(?![\d.,]*\d)"
        translation = re.sub(decimal, whole + fraction, translation, count=1)
    return translation


@lru_cache(maxsize=4000)
def _undiminished(word: str, language: str) -> str:
    """What a small-letter diminutive that is not known is made of; empty for any other word."""
    if known(word, language):
        return ""
    endings: dict[str, str] = load("plainer", language)["diminutives"]
    for ending, rest in endings.items():
        base = word.removesuffix(ending) + rest
        if word.endswith(ending) and len(base) > 3 and known(base, language):
            return base
    return ""


def _in_place(template: str, found: re.Match[str]) -> str:
    """What is said in place of a parted idiom."""
    return like(found.expand(template), found[0])


def in_common_words(sentence: str, language: str = "nl") -> str:
    """The sentence with common words for its idioms and rare words; as it is where it has none.

    >>> in_common_words("De etappe werd een prooi voor de rappe Belg.")
    'De etappe werd gewonnen door de snelle Belg.'
    >>> in_common_words("Drie kilometer aan 7,6%")
    'Drie kilometer aan 7,6 procent'
    >>> in_common_words("Toen liep hun voorsprong snel terug.")
    'Toen werd hun voorsprong snel kleiner.'
    >>> in_common_words("Hij kreeg een aambeeldje.")
    'Hij kreeg een aambeeld.'
    """
    for sign, word in _signs(language):
        sentence = sign.sub(f" {word}", sentence)
    sentence = _said_otherwise(sentence, language, "parted")
    forms, runs = _forms(language)
    parts: list[tuple[int, int, str]] = []
    for run in runs.find(sentence):
        here = sentence[run.start : run.end]
        plain = forms[run.form] if run.form else _undiminished(here, language) if here.islower() else ""
        if plain:
            parts.append((run.start, run.end, like(plain, here)))
    return put(sentence, parts)
