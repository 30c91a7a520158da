"""From a sentence to its translation: decode, compare with the original, and where something is wrong try again.

Every sentence is decoded once, with the beam's best hypotheses. These are mended and weighed: how likely the network
finds them, how much of the sentence they tell, how well they read, how well they explain the sentence, and what faults
they have. What has faults goes through further attempts: with plainer words for cycling terms and figures for number
words, with well-known names and figures in place of those that were garbled, or, where neither is to be had, with a
beam that may not repeat itself. What has an idiom or a rare word is said in common words too, and words that the
translation lacks are handed over in English, in two rounds. Where a grave fault is left, the sentence goes clause by
clause. Of all that was tried the one that weighs most wins.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarize.lexicon import load
from summarize.text import put
from summarize.translation import dictionary, figures, glossary, guard, names, numbers
from summarize.translation.adequacy import covered
from summarize.translation.ahead import with_opponents
from summarize.translation.channel import explained
from summarize.translation.clauses import join_clauses, split_clauses
from summarize.translation.engine import Decoding, Engine, Hypothesis
from summarize.translation.fluency import fluent
from summarize.translation.rewording import (
    as_models_know,
    in_common_words,
    in_full,
    with_clocks,
    with_decimals,
    with_fractions,
)

__all__ = ["Choice", "Chooser"]

LONGEST = 60
"""Pieces; longer sentences are translated clause by clause. Measured on flores_dev and on a thousand training sentences
kept apart (`benchmarks/translation.md`): a limit of 45, which helped earlier packages, costs 0.1 to 0.2 BLEU."""
CLAUSE = 22
"""Pieces of a clause, where a shorter sentence is tried again in parts."""
STUMP = 4
"""Pieces; a sentence is not tried again in parts where one of them would be shorter."""
TERM = 0.4
"""What a missing cycling term costs, as `guard.WEIGHTS`."""

JUDGED = 3_000
"""Candidates of which the verdict is kept: several attempts often bring the same."""

SMALL = 0.35
"""A cost that is no reason to try again: a word that may be a name, or that may be English."""

LARGE = 0.9
"""A cost that is no reason to try clause by clause: less than a lost name or number."""

ADEQUACY = 0.55
"""What telling all of the sentence counts against telling nothing of it, in log-probability per piece."""
FLUENCY = 0.12
"""What the log-probability of a word in English text counts against that of a piece in the translation."""
CHANNEL = 0.12
"""What the log-probability of the sentence's words, given the translation's, counts likewise. These three were fitted
to the chrF of all candidates for the thousand pairs and `flores_dev` (expected chrF under a softmax, as in Och 2003 for
BLEU) and tested on 700 other pairs (`benchmarks/translation.md`)."""

LIKELIHOOD = 4.0
"""What one unit of log-probability per piece counts against the cost of faults: what is right word by word but no
sentence is no better. Measured on training sentences kept apart and on flores_dev: 0.1 to 0.2 BLEU above the fewest
faults at any price; at 8 numbers and names get lost."""

PLAINER = 0.05
"""How much better a sentence in plainer words must be translated, in log-probability per piece: common words are
likelier in any case."""

DOUBT = 0.6
"""What is left of the confidence for each word of the translation that is no English, and each doubt of the guard."""

FIRST = Decoding(beam=8, hypotheses=8)
"""With a beam of 4 instead there is 0.1 to 0.3 BLEU less, for a quarter less time (`benchmarks/translation.md`)."""
PLAIN = Decoding(beam=4)
AGAIN = Decoding(beam=4, hypotheses=4, no_repeat=3, repetition_penalty=1.15)
"""How a sentence is said otherwise: what the beam may not repeat makes room for what it left out. Wider beams take
their time and give no more here on race reports (`benchmarks/translation.md`)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The translation chosen for a sentence."""

    text: str
    flags: tuple[str, ...]
    confidence: float
    """Geometric mean of the probabilities of its pieces, 0 to 1; that of the least sure clause. Lower where it has
    words that are no English, or the guard has doubts."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    score: float
    cost: float
    told: float = 0.0
    """How much of the sentence it tells, 0 to 1."""
    sound: float = 0.0
    """How well it reads, and explains the sentence, weighed; below 0."""
    report: guard.Report | None = None
    """What the guard says of it; None where it was not asked."""
    source: str = ""
    """What it was compared with: the sentence, or the same in plainer words."""

    @property
    def likely(self) -> float:
        """How likely it is by all that is known but its faults, in log-probability per piece."""
        return self.score + ADEQUACY * self.told + self.sound

    @property
    def rank(self) -> float:
        """What the best candidate has most of."""
        return LIKELIHOOD * self.likely - self.cost


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One more way to translate a sentence."""

    text: str
    """What is decoded."""
    against: str
    """What its translation is compared with: the sentence, or the same in common words."""
    swap: Swap | None = None
    """What stands in it for something else, as a name for another or for a looked-up word; None for nothing."""
    looked_up: bool = False
    """Whether looked-up words stand in English in it."""


_NOTHING = _Candidate("", -math.inf, math.inf)
"""What any hypothesis is better than."""


class Chooser:
    """Translates with the engine and sees to it that the result is faithful."""

    def __init__(self, engine: Engine, guarded: bool, terms: bool) -> None:
        self._engine = engine
        self._guarded = guarded
        self._terms = terms
        self._judged: dict[tuple[str, str], _Candidate] = {}

    def translate(self, sentences: Sequence[str]) -> list[Choice]:
        """Translate all sentences; the result for one does not depend on the others."""
        unmarked = [unmark(prepare(sentence)) for sentence in sentences]
        prepared = [sentence for _, sentence in unmarked]
        if self._guarded:
            prepared = [_as_known(sentence) for sentence in prepared]
        if self._terms:
            prepared = [glossary.in_small(sentence) for sentence in prepared]
        parts = [
            [] if self._guarded and names.only_names(sentence, guard.LANGUAGES) else self._parts(sentence)
            for sentence in prepared
        ]
        best = self._best([part for some in parts for part in some])
        done = iter(best)
        choices = []
        for (mark, original), sentence, some in zip(unmarked, prepared, parts, strict=True):
            chosen = [next(done) for _ in some]
            choice = self._finish(sentence, some, chosen) if some else Choice(guard.mend(sentence, sentence), (), 1.0)
            choices.append(replace(choice, text=mark + with_fractions(original, choice.text)))
        return choices

    def _parts(self, sentence: str) -> list[str]:
        return split_clauses(sentence, self._size, LONGEST)

    def _size(self, text: str) -> int:
        return len(self._engine.pieces(text))

    def _finish(self, sentence: str, parts: list[str], chosen: list[_Candidate]) -> Choice:
        score = min((candidate.score for candidate in chosen), default=0.0)
        text = tidy(sentence, join_clauses(parts, [candidate.text for candidate in chosen]))
        flags: tuple[str, ...] = ()
        confidence = min(1.0, math.exp(score))
        if self._guarded:
            text = guard.mend(sentence, text) if len(parts) > 1 else text
            judged = parts == [sentence] and chosen[0].source == sentence and chosen[0].text == text
            report = (chosen[0].report if judged else None) or guard.assess(sentence, text)
            restored = figures.restore(sentence, text) if "number" in report.flags else text
            if restored != text:
                text, report = restored, guard.assess(sentence, restored)
            flags = report.flags
            confidence *= DOUBT ** (len(report.no_words) + report.doubts)
        return Choice(text, flags, round(confidence, 4))

    # --- candidates --------------------------------------------------------------------------------------------

    def _judge(self, weighed: _Candidate, limit: float = math.inf) -> _Candidate:
        """The candidate, mended, and what it costs; `_NOTHING` where that is above `limit`."""
        cost = 0.0
        report = None
        source = weighed.source
        text = tidy(source, weighed.text)
        done = self._judged.get((source, text))
        if done is not None:
            return replace(done, score=weighed.score)
        key = (source, text)
        if self._terms:
            text = glossary.mend(source, text)
            cost += TERM * len(glossary.missing(source, text))
        if self._guarded and cost <= limit:
            text = guard.mend(source, text)
            report = guard.assess(source, text, limit - cost)
            cost += report.cost
        if cost > limit:
            return _NOTHING
        if len(self._judged) > JUDGED:
            self._judged.clear()
        mended = weighed if text == weighed.text else self._weighed(source, text, weighed.score)
        self._judged[key] = replace(mended, cost=cost, report=report)
        return self._judged[key]

    def _weighed(self, source: str, text: str, score: float) -> _Candidate:
        """The translation by what can be said without looking for faults."""
        if not self._guarded:
            return _Candidate(text, score, 0.0, source=source)
        told = covered(source, text, guard.LANGUAGES)
        sound = FLUENCY * fluent(text, guard.LANGUAGES[1]) + CHANNEL * explained(source, text, guard.LANGUAGES)
        return _Candidate(text, score, 0.0, told, sound, source=source)

    def _best(self, sources: Sequence[str]) -> list[_Candidate]:
        """The best translation of each."""
        if not (self._guarded or self._terms):
            some = self._engine.translate(sources, PLAIN)
            return [_Candidate(hypotheses[0].text, hypotheses[0].score, 0.0) for hypotheses in some]
        found: dict[int, _Candidate] = {}
        for number, hypotheses in self._engine.translate_each(sources, FIRST):
            found[number] = self._better(sources[number], _NOTHING, hypotheses)
        best = [found[number] for number in range(len(sources))]
        attempts = [self._attempts(source, candidate) for source, candidate in zip(sources, best, strict=True)]
        first, best = best, self._tried(sources, best, attempts)
        more = [
            self._more_words(source, before.text, now.text) if now.text != before.text else []
            for source, before, now in zip(sources, first, best, strict=True)
        ]
        best = self._tried(sources, best, more)
        clauses = [
            self._clauses(source) if candidate.cost > LARGE else []
            for source, candidate in zip(sources, best, strict=True)
        ]
        done = iter(self._engine.translate([part for parts in clauses for part in parts], AGAIN))
        for number, parts in enumerate(clauses):
            if parts:
                joined = self._joined(sources[number], parts, [next(done) for _ in parts])
                best[number] = max(best[number], joined, key=lambda one: one.rank)
        return best

    def _attempts(self, source: str, candidate: _Candidate) -> list[_Attempt]:
        """How else a sentence is translated whose translation has faults, or may be better from common words."""
        attempts: list[_Attempt] = []
        if candidate.cost > SMALL:
            attempts += [_Attempt(text, source) for text in self._plainer(source, candidate.text)]
            lost = names.compare(source, candidate.text, guard.LANGUAGES).lost if self._guarded else ()
            places = [name for name in lost if name.sure and not name.fixed]
            attempts += [_Attempt(names.in_english(source, places), source)] if places else []
            swap = stand_ins(source, candidate.text) if self._guarded else None
            attempts += [_Attempt(swap.text, source, swap)] if swap else []
            attempts = attempts or [_Attempt(source, source)]
        common = in_common_words(source) if self._guarded else source
        if common != source:
            lacking = glossary.missing(common, candidate.text) if self._terms else ()
            said = [common, glossary.plainer(common, lacking)]
            said += dictionary.in_english(common, dictionary.lacking(common, candidate.text, guard.LANGUAGES))
            attempts += [_Attempt(text, common) for text in dict.fromkeys(said) if text]
        return attempts + self._in_english(source, self._lacking(source, candidate.text), dictionary.TRIED)

    def _lacking(self, source: str, text: str) -> tuple[dictionary.Entry, ...]:
        return dictionary.lacking(source, text, guard.LANGUAGES) if self._guarded else ()

    def _in_english(self, source: str, words: tuple[dictionary.Entry, ...], senses: int) -> list[_Attempt]:
        """The sentence with looked-up words in English, and with these written like names."""
        attempts = [_Attempt(text, source, looked_up=True) for text in dictionary.in_english(source, words, senses)]
        text, pairs = dictionary.like_names(source, words)
        return attempts + ([_Attempt(text, source, Swap(text, pairs), looked_up=True)] if pairs else [])

    def _more_words(self, source: str, before: str, now: str) -> list[_Attempt]:
        """Once more with words looked up that are lacking now: these alone, and with those that were lacking before."""
        new = self._lacking(source, now)
        if not new:
            return []
        old = tuple(word for word in self._lacking(source, before) if word not in new)
        sets = [new, tuple(sorted(new + old, key=lambda word: word.start))] if old else [new]
        return [attempt for words in sets for attempt in self._in_english(source, words, 1)]

    def _tried(
        self, sources: Sequence[str], best: Sequence[_Candidate], attempts: Sequence[Sequence[_Attempt]]
    ) -> list[_Candidate]:
        """The best so far of each sentence, or what an attempt has brought where that is better."""
        # All in one call: the more sentences, the more have the same length, and are decoded together.
        done = iter(self._engine.translate([attempt.text for some in attempts for attempt in some], AGAIN))
        return [
            self._best_of(source, one, [(attempt, next(done)) for attempt in some])
            for source, one, some in zip(sources, best, attempts, strict=True)
        ]

    def _best_of(
        self, source: str, best: _Candidate, tried: Sequence[tuple[_Attempt, Sequence[Hypothesis]]]
    ) -> _Candidate:
        """The best so far of a sentence, or what one of its attempts has brought where that is better."""
        common = _NOTHING
        limit = max(best.cost, LARGE)  # more words are not worth a name or a number
        for attempt, found in tried:
            hypotheses = attempt.swap.restored(found) if attempt.swap else found
            if attempt.against != source:
                common = self._better(attempt.against, common, hypotheses)
            else:
                new = self._better(source, best, hypotheses)
                best = new if new.cost <= limit or not attempt.looked_up else best
        return common if common.cost <= limit and common.rank - LIKELIHOOD * PLAINER > best.rank else best

    def _clauses(self, source: str) -> list[str]:
        """The sentence in clauses; empty where it has none, or one that is too short to stand alone."""
        openers = tuple(load("guard", guard.LANGUAGES[0])["openers"])
        parts = split_clauses(source, self._size, min(CLAUSE, self._size(source) - 1), openers)
        return parts if len(parts) > 1 and all(self._size(part) >= STUMP for part in parts) else []

    def _joined(self, source: str, parts: list[str], pieces: Sequence[Sequence[Hypothesis]]) -> _Candidate:
        """The best translation of each clause, put together."""
        chosen = [self._better(part, _NOTHING, hypotheses) for part, hypotheses in zip(parts, pieces, strict=True)]
        text = join_clauses(parts, [one.text for one in chosen])
        return self._judge(self._weighed(source, text, sum(one.score for one in chosen) / len(chosen)))

    def _better(self, source: str, best: _Candidate, hypotheses: Sequence[Hypothesis]) -> _Candidate:
        """The best so far, or the hypothesis that ranks above it."""
        weighed = [self._weighed(source, one.text, one.score) for one in hypotheses]
        for one in sorted(weighed, key=lambda one: -one.likely):
            room = one.rank - best.rank
            if room <= 0:
                break  # those that follow are less likely
            candidate = self._judge(one, room)
            if candidate.rank > best.rank:
                best = candidate
        return best

    def _plainer(self, source: str, text: str) -> list[str]:
        """The sentence in other words for what its translation lacks: plainer or English terms, numbers in digits."""
        variants = []
        counted = source
        if self._guarded:
            lost = numbers.compare(source, text, guard.LANGUAGES).lost
            spans = [(number, number.start, number.end) for number in lost if not number.digits]
            counted = put(source, [(at, end, numbers.in_digits(one, source[at:end], "nl")) for one, at, end in spans])
        lacking = glossary.missing(counted, text) if self._terms else ()
        if lacking:
            variants += [glossary.plainer(counted, lacking), glossary.in_english(counted, lacking)]
        elif counted != source:
            variants.append(counted)
        return list(dict.fromkeys(variant for variant in variants if variant and variant != source))


# --- stand-ins --------------------------------------------------------------------------------------------------


_USUAL = {1: ("4", "6"), 2: ("20", "12", "30"), 3: ("100", "200"), 4: ("2018", "2016")}
"""Figures that models know well, by how many digits they have; years where they have four."""


@dataclass(frozen=True, slots=True)
class Swap:
    """A sentence with what models copy well, known names above all, in place of some of its words."""

    text: str
    pairs: tuple[tuple[str, str], ...]
    """Stand-in and what it stands for."""

    def restored(self, hypotheses: Sequence[Hypothesis]) -> list[Hypothesis]:
        """Those hypotheses that keep every stand-in, with the names back."""
        texts = [(self.restore(one.text), one) for one in hypotheses]
        return [replace(one, text=text) for text, one in texts if text is not None]

    def restore(self, translation: str) -> str | None:
        """The translation with the sentence's own names back; None unless every stand-in is there just once."""
        for stand_in, name in self.pairs:
            pattern = re.compile(rf"(?<![\w-]){re.escape(stand_in)}(?![\w-])")
            if len(pattern.findall(translation)) != 1:
                return None
            translation = pattern.sub(name.replace("\\", r"\\"), translation)
        return translation


def stand_ins(source: str, translation: str) -> Swap | None:
    """The sentence with stand-ins for names and figures that its translation lost; None where none can be replaced."""
    lost = [name for name in names.compare(source, translation, guard.LANGUAGES).lost if name.sure and name.fixed]
    free = [name for name in load("guard", guard.LANGUAGES[0])["stand_ins"] if name not in source]
    swaps = [
        (name.start, name.end, stand_in, name.text)
        for name, stand_in in zip(lost, free, strict=False)
        if source.count(name.text) == 1
    ]
    swaps += _usual_figures(source, translation)
    text = put(source, [(start, end, stand_in) for start, end, stand_in, _ in swaps])
    return Swap(text, tuple((stand_in, name) for _, _, stand_in, name in swaps)) if swaps else None


def _usual_figures(source: str, translation: str) -> list[tuple[int, int, str, str]]:
    """Stand-ins for lost figures: from where to where in the sentence, the stand-in, and what it stands for."""
    swaps: list[tuple[int, int, str, str]] = []
    taken = set(re.findall(r"\d+", source))
    for number in numbers.compare(source, translation, guard.LANGUAGES).lost:
        around = source[max(0, number.start - 1) : number.start] + source[number.end : number.end + 1]
        if not (number.digits and number.written.isdigit()) or re.search(r"[\w-]", around):
            continue
        free = next((figure for figure in _USUAL.get(len(number.written), ()) if figure not in taken), None)
        if free is not None:
            taken.add(free)
            swaps.append((number.start, number.end, free, number.written))
    return swaps


# --- before and after -------------------------------------------------------------------------------------------

_MARKS = re.compile(r"^(?:[^\w\s\"'“”„‘’(,.]\s+|[•▶►→·©®*#>|]+\s*)+")
_BLANKS = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd]")
_END = re.compile(r"[.!?…:;,]?[\"'”’)]*$")


def prepare(sentence: str) -> str:
    """The sentence as the model gets it: one kind of blank, nothing invisible, composed letters."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", sentence))).strip()


def _as_known(sentence: str) -> str:
    """The sentence with what models take for something else in the words that they know."""
    sentence = with_decimals(as_models_know(with_clocks(in_full(sentence))))
    return names.with_parts_of_countries(with_opponents(sentence, guard.LANGUAGES), guard.LANGUAGES)


def unmark(sentence: str) -> tuple[str, str]:
    """Marks that begin a line without being of it (a bullet, a dash, a copyright sign), and the line."""
    match = _MARKS.match(sentence)
    end = match.end() if match and match.end() < len(sentence) else 0
    return sentence[:end], sentence[end:]


def tidy(source: str, text: str) -> str:
    """The translation with blanks as English has them, and ending as the sentence ends."""
    text = _BLANKS.sub(" ", text).strip()
    text = re.sub(r" (?=[,.;:!?](?:\s|$))|(?<=\() ", "", text)
    if not text or not source:
        return text
    if source[0].isupper() and text[0].islower():
        text = text[0].upper() + text[1:]
    end = source.rstrip("\"'”’) ")[-1:]
    mine = text.rstrip("\"'”’) ")[-1:]
    if mine == "." and end.isalnum() and not text.endswith("..."):
        cut = len(text.rstrip("\"'”’) ")) - 1  # a headline
        text = text[:cut] + text[cut + 1 :]
    elif end in ".!?" and end and mine.isalnum():
        cut = len(text.rstrip("\"'”’ "))
        text = text[:cut] + end + text[cut:]
    return text
