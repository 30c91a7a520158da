"""The faithfulness guard: what is wrong with a translation, as far as it can be seen without understanding it.

Numbers, names and events are compared with the original (`numbers`, `names`, `sense`); here are the two other signs,
loops and length, and the sum of it all: `assess` weighs a translation, so that the best of several can be chosen, and
names what a reader has to be warned of; `mend` repairs what is sure.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from summarize.lexicon import load
from summarize.translation import ahead, names, numbers
from summarize.translation.adequacy import said_again
from summarize.translation.articles import with_articles
from summarize.translation.sense import broken, half_aside, invented_events, without_verb
from summarize.translation.words import is_word, not_english

__all__ = ["LANGUAGES", "Report", "assess", "loops", "mend", "negation_lost", "untranslated"]

LANGUAGES = ("nl", "en")

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_STUTTER = re.compile(r"(\w)\1{2,}|(\w{2,5})\2{2,}|(\w[.,])\3{2,}|\b(\w{3,12})['’-]\4\b", re.IGNORECASE)

SHORTEST, LONGEST = 0.45, 2.0
"""Letters of the translation by letters of the original. Of 1,000 human translations none lies outside."""
SHORT_TEXT = 25
"""Letters below which the proportion says little."""

WEIGHTS = {
    "number": 1.0,
    "name": 1.0,
    "stray": 0.7,
    "loop": 0.8,
    "length": 1.5,
    "copy": 2.0,
    "unsure": 0.3,
    "left": 0.3,
    "negation": 0.6,
    "again": 0.4,
    "word_again": 0.2,
    "no_word": 0.5,
    "sense": 0.6,
}
"""What one fault costs, in units of log-probability per piece: chosen on training sentences. A word that is said again
(`word_again`) is no reason to try again by itself, since half of the human translations that have one mean it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the guard found in one translation."""

    flags: tuple[str, ...]
    """Of `translator.FLAGS`."""
    cost: float
    """All faults, weighed; 0 where there is none."""
    lost: tuple[str, ...] = ()
    """Names and numbers that are missing, as the original writes them."""
    invented: tuple[str, ...] = ()
    no_words: tuple[str, ...] = ()
    """Words that are no English, which cost and make a translation less sure, but are no flag."""
    doubts: int = 0
    """Signs that it says something else (`sense`); they count as words that are no English."""


def loops(source: str, output: str) -> int:
    """How often the translation repeats itself where the original does not."""
    words = [word.casefold() for word in _WORD.findall(output)]
    original = [word.casefold() for word in _WORD.findall(source)]
    count = 0
    for size in (1, 2, 3, 4, 5) if len(set(pairwise(words))) < len(words) - 1 else (1,):
        place = 0
        while place + 2 * size <= len(words):
            if words[place : place + size] == words[place + size : place + 2 * size]:
                part = words[place : place + size]
                if not (size == 1 and (part[0] in ("had", "that") or part[0].isdigit())) and not _repeats(
                    original, size
                ):
                    count += 1
                place += size
            else:
                place += 1
    count += max(0, _repeated(words, 4) - 2 * _repeated(original, 3) - 2 * _repeated(original, 4))
    count += sum(
        1 for match in _STUTTER.finditer(output) if match.group() not in source and not match.group().isdigit()
    )
    return count


def _repeats(words: list[str], size: int) -> bool:
    return any(words[at : at + size] == words[at + size : at + 2 * size] for at in range(len(words) - 2 * size + 1))


def _repeated(words: list[str], size: int) -> int:
    if len(set(words)) > len(words) - size:
        return 0
    grams = Counter(zip(*(words[at:] for at in range(size)), strict=False))
    return sum(1 for gram, times in grams.items() if times > 1 and not all(word.isdigit() for word in gram))


def untranslated(source: str, output: str) -> bool:
    """Whether most of the translation is the original over again."""
    small, english = names.common_words(LANGUAGES)
    words = [word.casefold() for word in _WORD.findall(output) if word[0].islower() and len(word) > 1]
    original = {word.casefold() for word in _WORD.findall(source)}
    copied = [word for word in words if word in original and word not in english]
    dutch = [word for word in copied if word in small]
    if dutch and output.strip() == source.strip():
        return len(words) >= 3
    return len(copied) >= 3 and len(dutch) >= 2 and len(copied) * 2 >= len(words)


def left_in_dutch(source: str, output: str) -> int:
    """How many words the translation took over though they are no names and no English."""
    small, english = names.common_words(LANGUAGES)
    original = set(_WORD.findall(source))
    words = _WORD.findall(output)
    count = 0
    for word, following in zip(words, [*words[1:], ""], strict=False):
        foreign = word in small or (len(word) > 4 and not is_word(word, LANGUAGES[1]))
        copied = word in original and word.islower() and word not in english and foreign
        article = word in ("de", "het", "een") and following.islower() and following in english
        count += copied or article
    return count


@cache
def _negation(language: str) -> re.Pattern[str]:
    return re.compile("|".join(load("guard", language)["negations"]), re.IGNORECASE)


def negation_lost(source: str, output: str) -> bool:
    """Whether the original denies something and nothing in the translation does. That costs, but is no flag."""
    return bool(_negation(LANGUAGES[0]).search(source)) and not _negation(LANGUAGES[1]).search(output)


def assess(source: str, output: str, limit: float = math.inf) -> Report:
    """Compare a translation with its original. What `lost` lists is all that counts as missing.

    As soon as the cost is above `limit` it stops: the report is then not complete, but for its cost being above that.
    """
    flags: list[str] = []
    cost = 0.0
    lost: list[str] = []
    invented: list[str] = []

    counted = numbers.compare(source, output, LANGUAGES)
    if counted.lost or counted.invented:
        flags.append("number")
        cost += WEIGHTS["number"] * max(len(counted.lost), len(counted.invented))
        lost += [source[number.start : number.end] for number in counted.lost]
        invented += [output[number.start : number.end] for number in counted.invented]

    if cost > limit:
        return Report(tuple(flags), cost)
    named = names.compare(source, output, LANGUAGES)
    sure = [name for name in named.lost if name.sure]
    strange = names.invented(named, output)
    repeated = names.repeated(source, output, LANGUAGES)
    unreadable = output.count("\ufffd")  # pieces of a letter that make none
    if sure or strange or repeated or unreadable:
        flags.append("name")
    cost += WEIGHTS["name"] * len(sure) + WEIGHTS["unsure"] * (len(named.lost) - len(sure))
    cost += WEIGHTS["stray"] * (len(strange) + repeated + unreadable)
    lost += [name.text for name in sure]
    invented += strange

    if cost > limit:
        return Report(tuple(flags), cost)
    if negation_lost(source, output):
        cost += WEIGHTS["negation"]
    if _repeated([word.casefold() for word in _WORD.findall(output)], 3) > _repeated(_WORD.findall(source), 2):
        cost += WEIGHTS["again"]
    cost += WEIGHTS["word_again"] * min(4, said_again(source, output, LANGUAGES))
    cost += WEIGHTS["left"] * min(3, left_in_dutch(source, output))
    if cost > limit:
        return Report(tuple(flags), cost)
    no_words = not_english(source, output, LANGUAGES)
    # A stray word that is no name begins a sentence, where any word has a capital.
    no_words += tuple(word for word, _, _ in named.stray if word not in strange and not is_word(word, LANGUAGES[1]))
    # A rare word that the model copied it will copy again; `left` counts it already.
    here, (small, _) = set(_WORD.findall(source)), names.common_words(LANGUAGES)
    cost += WEIGHTS["no_word"] * min(3, sum(word in small or word not in here for word in no_words))

    doubts = (
        without_verb(source, output, LANGUAGES)
        + invented_events(source, output, LANGUAGES)
        + broken(source, output)
        + half_aside(source, output)
    )
    cost += WEIGHTS["sense"] * doubts

    times = loops(source, output)
    copied = untranslated(source, output)
    if times or copied:
        flags.append("loop")
        cost += WEIGHTS["loop"] * min(times, 4) + WEIGHTS["copy"] * copied

    size, original = len(output), len(source)
    proportion = SHORTEST <= size / original <= LONGEST if original >= SHORT_TEXT else size <= 4 * original + 10
    if not output.strip() or not proportion:
        flags.append("length")
        cost += WEIGHTS["length"]
    return Report(tuple(flags), cost, tuple(lost), tuple(invented), no_words, doubts)


def mend(source: str, output: str) -> str:
    """The translation with its names, numbers and order of riders put right where it is sure how, and its articles."""
    output = numbers.mend(source, output, LANGUAGES)
    output = ahead.mend(source, names.mend(source, output, LANGUAGES), LANGUAGES)
    return with_articles(source, output, LANGUAGES[1])
