"""Numbers that a translation lost, put back where their place is sure.

`numbers.compare` says what is lost; each function here knows one way in which models lose a number, and where the
sentence leaves no doubt returns the translation with the number in it: a figure with a digit too few ("10.00 uur" as
1:00), a number word left in Dutch ("the Zevende Vloot"), one that belongs to a name ("COVID" for COVID-19) or stood
beside another ("1618-1648"), the year of a date, and a date or time of day that went missing with its preposition ("in
1922"), which English has room for at the end of its clause. The words for all that stand in `lexicon/guard.*.json`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from rapidfuzz.distance import Levenshtein

from summarize.lexicon import load
from summarize.text import CAPITAL
from summarize.translation.numbers import Difference, Number, compare

__all__ = ["restore"]

LIKE = 0.75
"""Similarity of two figures (normalised Levenshtein distance of their digits) above which one is the other, garbled."""
NEARLY_ALL = 0.85
"""The same for figures that run into each other, which may have lost one of seven digits or more."""
SHORTEST = 3
"""Digits; shorter figures are too often alike."""

_MARK = re.compile(r"[,;:](?!\S)|[()]|(?<!\S)[-–—](?!\S)")
_SCORES = re.compile(r"\b\d{1,2}-\d{1,2}(?:,? \d{1,2}-\d{1,2})+\b")
_PAIR = re.compile(r"\b(\d{1,4})[-–/](\d{1,4})\b")
_END = re.compile(r"[\s.!?…\"'”’)]*$")


@cache
def _english(ordinal: bool) -> dict[str, str]:
    """English words for numbers, by what they are in digits."""
    words: dict[str, int] = load("guard", "en")["number"]["ordinals" if ordinal else "cardinals"]
    return {str(value): word for word, value in reversed(words.items())}


@cache
def _phrases() -> tuple[dict[str, Any], dict[str, re.Pattern[str]]]:
    """What begins a date or a time of day, with its English; and the patterns of both."""
    data: dict[str, Any] = load("guard", "nl")["number"]["phrases"]
    lead = {kind: rf"\b(?P<lead>(?i:{'|'.join(map(re.escape, data[kind]))}))" for kind in ("date", "year", "clock")}
    month = rf"(?P<month>{'|'.join(data['months'])})"
    units = "|".join(map(re.escape, data["no_year_before"]))
    return data, {
        "date": re.compile(rf"(?:{lead['date']} |(?<=[a-z] ))(?P<day>\d{{1,2}}) {month}(?: (?P<year>\d{{4}}))?\b"),
        "year": re.compile(rf"{lead['year']} (?:{month} )?(?P<year>1\d{{3}}|20\d\d)\b(?!\.\d|,\d| (?:{units})\b)"),
        "clock": re.compile(rf"{lead['clock']} (?P<hour>\d{{1,2}})[.:](?P<minutes>\d\d) ?(?:uur|u)\b"),
    }


@cache
def _subordinators() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What looks like one of the words with which another clause begins ("zowel … als"), and these words."""
    data: dict[str, Any] = load("guard", "nl")["number"]["phrases"]
    others, words = ("|".join(data[name]) for name in ("no_subordinators", "subordinators"))
    return re.compile(rf"\b(?:{others})\b"), re.compile(rf"\b(?:{words})\b")


def restore(source: str, output: str) -> str:
    """The translation with the numbers that it lost, as far as their place is sure; else as it is."""
    for way in (
        _garbled,
        _run_together,
        _beside_another,
        _of_name,
        _left_in_dutch,
        _half,
        _before_name,
        _year,
        _phrase,
    ):
        difference = compare(source, output, ("nl", "en"))
        if not difference.lost:
            break
        output = way(source, output, difference)
    return output


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _alike(one: str, other: str, least: float) -> bool:
    """Whether a figure has nearly all digits of another, which has not too few."""
    one, other = _digits(one), _digits(other)
    return len(other) >= SHORTEST and Levenshtein.normalized_similarity(one, other) >= least


def _garbled(source: str, output: str, difference: Difference) -> str:
    """A made-up figure that has nearly all digits of a lost one, and of no other: 755.68 is 755,688."""

    def alike(lost: Number, made_up: Number) -> bool:
        return _alike(output[made_up.start : made_up.end], source[lost.start : lost.end], LIKE)

    lost = [number for number in difference.lost if number.digits]
    made_up = [n for n in difference.invented if n.digits]
    for other in sorted(made_up, key=lambda number: -number.start):
        fitting = [number for number in lost if alike(number, other)]
        if len(fitting) == 1 and sum(alike(fitting[0], one) for one in made_up) == 1:
            output = output[: other.start] + fitting[0].written + output[other.end :]
    return output


def _run_together(source: str, output: str, difference: Difference) -> str:
    """Two figures with a hyphen between them that became one, or two others: 199596 is 1995-1996, 1-0 is 7-5.

    Of several such pairs in a row, the sets of a match, the first tells where all of them belong.
    """
    for run in _SCORES.finditer(source):
        first = run.group().split()[0].rstrip(",")
        places = list(re.finditer(rf"\b{first}(?![\d-])(?:,? \d[\d,.-]*(?<![,.-]))?", output))
        if run.group() not in output and len(places) == 1:
            return output[: places[0].start()] + run.group() + output[places[0].end() :]
    gone, kept = {number.start for number in difference.lost}, {other.start for _, other in difference.pairs}
    pairs = list(_PAIR.finditer(source))
    for match in pairs:
        for other in difference.invented:
            made_of = (match[1] + match[2], match[1] + match[2][-2:])
            if any(_alike(output[other.start : other.end], figures, NEARLY_ALL) for figures in made_of):
                return output[: other.start] + match.group() + output[other.end :]
    lost = [match for match in pairs if {match.start(1), match.start(2)} <= gone]
    made_up = [match for match in _PAIR.finditer(output) if kept.isdisjoint({match.start(1), match.start(2)})]
    if len(lost) == 1 and len(made_up) == 1:
        return output[: made_up[0].start()] + lost[0].group() + output[made_up[0].end() :]
    return output


def _beside_another(source: str, output: str, difference: Difference) -> str:
    """One of two figures or number words that stand together, beside the other: "2.220 en 2.207 punten", 1618-1648."""
    joints: dict[str, str] = load("guard", "nl")["number"]["phrases"]["joints"]
    for kept, other in difference.pairs:
        for number in difference.lost:
            written = number.written if number.digits else _in_english(number, source[number.start : number.end])
            if not written or not kept.digits == other.digits == number.digits:
                continue
            first, second = sorted((number, kept), key=lambda one: one.start)
            between = source[first.end : second.start]
            joint = between if between in ("-", "–") else f" {joints.get(between.strip(), '')} "
            if not joint.strip():
                continue
            if number is first:
                return f"{output[: other.start]}{written}{joint}{output[other.start :]}"
            return f"{output[: other.end]}{joint}{written}{output[other.end :]}"
    return output


def _of_name(source: str, output: str, difference: Difference) -> str:
    """The figure of a name that stands there without it: COVID is COVID-19."""
    for number in difference.lost:
        name = re.search(r"(?<![\w-])([^\W\d_][\w.]*)-$", source[: number.start])
        if name is None or not number.digits or not any(map(str.isupper, name[1])):
            continue
        whole = name.group() + source[number.start : number.end]
        if source.count(name[1]) == source.count(whole):
            output = re.sub(rf"(?<![\w-]){re.escape(name[1])}(?![\w-])", whole, output)
    return output


def _in_english(number: Number, word: str) -> str | None:
    """A number word in English, with a capital where it has one; None for halves and the like."""
    ordinal = word.casefold() in load("guard", "nl")["number"]["ordinals"]
    english = _english(ordinal).get(number.written)
    return english.capitalize() if english and word[0].isupper() else english


def _left_in_dutch(source: str, output: str, difference: Difference) -> str:
    """A number word that the translation left in Dutch: the Zevende Vloot is the Seventh."""
    for number in difference.lost:
        word = source[number.start : number.end]
        english = None if number.digits else _in_english(number, word)
        if english:
            output = re.sub(rf"(?<![\w-]){re.escape(word)}(?![\w-])", english, output, count=1)
    return output


def _half(source: str, output: str, difference: Difference) -> str:
    """What comes before "and a half", where that alone is left of "anderhalf"."""
    for number in difference.lost:
        whole, _, part = number.written.partition(".")
        places = list(re.finditer(r"\band a half\b", output))
        if part == "5" and not number.digits and whole in _english(False) and len(places) == 1:
            output = f"{output[: places[0].start()]}{_english(False)[whole]} {output[places[0].start() :]}"
    return output


def _before_name(source: str, output: str, difference: Difference) -> str:
    """A lost ordinal with a capital, before the word with a capital that it stood before: the Second Battle."""
    for number in difference.lost:
        word = source[number.start : number.end]
        following = re.match(rf" ({CAPITAL}[\w-]+)", source[number.end :])
        if number.digits or not word[0].isupper() or following is None:
            continue
        english = _in_english(number, word)
        places = list(re.finditer(rf"(?<=[a-z] ){re.escape(following[1])}(?![\w-])", output))
        if english and len(places) == 1:
            output = output[: places[0].start()] + f"{english} " + output[places[0].start() :]
    return output


def _year(source: str, output: str, difference: Difference) -> str:
    """The year of a date that stands there without it: 24 December 1871."""
    months: dict[str, str] = _phrases()[0]["months"]
    lost = {number.start for number in difference.lost}
    for match in re.finditer(rf"\b((?:\d{{1,2}} )?)({'|'.join(months)}) (\d{{4}})\b", source):
        date = match[1] + months[match[2]]
        places = list(re.finditer(rf"(?<![\d.,:] )(?<!\d)\b{date}\b(?! \d)", output))
        if match.start(3) in lost and len(places) == 1:
            output = f"{output[: places[0].end()]} {match[3]}{output[places[0].end() :]}"
    return output


def _phrase(source: str, output: str, difference: Difference) -> str:
    """A date or time of day that went missing with its preposition, at the end of its clause."""
    data, patterns = _phrases()
    places = {number.start for number in difference.lost if number.digits}
    for kind, pattern in patterns.items():
        for match in reversed(list(pattern.finditer(source))):
            found = {group: text for group, text in match.groupdict().items() if text}
            if not places & {match.start(group) for group in found}:
                continue
            if "month" in found:
                found["month"] = data["months"][found["month"]]
            if any(re.search(rf"\b{found[part]}\b", output) for part in ("month", "year") if part in found):
                continue  # half of it is there, and who knows where
            clock = f"{int(found['hour'])}:{found['minutes']}" if kind == "clock" else ""
            text = clock or " ".join(found[part] for part in ("day", "month", "year") if part in found)
            place = _clause_end(source, match.end(), output)
            if place is not None:
                lead = data[kind][found["lead"].lower()] if "lead" in found else "on"
                output = f"{output[:place]} {lead} {text}{output[place:]}"
    return output


def _clause_end(source: str, after: int, output: str) -> int | None:
    """Where in the translation the clause ends in which this place of the sentence lies; None if nobody knows."""
    here, there = list(_MARK.finditer(source)), list(_MARK.finditer(output))
    number = next((number for number, mark in enumerate(here) if mark.start() >= after), len(here))
    end = here[number].start() if number < len(here) else len(source)
    others, subordinators = _subordinators()
    if subordinators.search(others.sub(" ", source[after:end])):
        return None
    last = not source[end:].strip("()\"'”’.!? ")
    if last or number == len(here):
        match = _END.search(output)
        return match.start() if match else None
    following = [mark.group() for mark in here[number:]]
    if len(there) < len(following) or [mark.group() for mark in there[-len(following) :]] != following:
        return None
    return len(output[: there[-len(following)].start()].rstrip())
