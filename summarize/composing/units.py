"""Units: the runs of sentences that can stand alone on a page.

A sentence that starts with "He", "But" or "The Belgian" leans on the one before it, and a quotation that runs over
several sentences belongs together with the words that say who speaks. A unit is a sentence with whatever it leans on;
where that cannot be had in a few sentences, there is no unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from summarize.articles import Article, Sentence
from summarize.composing.cues import Cues, cues
from summarize.names import same_person
from summarize.text import fold, word_count

if TYPE_CHECKING:
    from summarize.claims import Spans

__all__ = ["Unit", "balanced", "quotation", "units"]

_MAX_SENTENCES = 4
_MAX_WORDS = 85
_LISTED = re.compile(r"(?:^|[;,.])\s*\d{1,3}\.$")
_NEAR_START = 6
"""Words at the start of a sentence in which "they" looks back; further on it has its noun in the sentence itself."""
_QUOTED = re.compile(r"(?<!\w)[“„«”\"‘’']((?:[^“„«”»\"‘’']|(?<=\w)[’'](?=\w)){10,}[”»\"’'](?!\w))")
_CAPITALISED = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-ÞŠŽČĆ][a-zß-ÿšžčć]{2,}")
_MARKS = "“„«”\"‘’'"
_MARK = re.compile(f"[{_MARKS}]")
_ENDS = re.compile(r"[.!?…:;,][\"'”’»)\]]*\s*$")
_OPENERS = "“„«"
_CLOSERS = "”»"


@dataclass(frozen=True, slots=True)
class Unit:
    """Consecutive sentences of one article that are shown together, or not at all."""

    article: int
    """Index of the article in its event."""
    sentences: tuple[Sentence, ...]
    quote: bool
    """True where somebody is quoted."""

    @property
    def first(self) -> int:
        """Position of the first sentence in its article."""
        return self.sentences[0].position

    @property
    def main(self) -> Sentence:
        """The sentence for whose sake the unit is shown: the last one."""
        return self.sentences[-1]

    @property
    def english(self) -> str:
        """The unit as it is read."""
        return " ".join(sentence.english for sentence in self.sentences)

    @property
    def text(self) -> str:
        """The unit in the article's own language."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def words(self) -> int:
        """English words."""
        return sum(word_count(sentence.english) for sentence in self.sentences)

    @property
    def flags(self) -> tuple[str, ...]:
        """What the faithfulness guard found, over all sentences."""
        return tuple(sorted({flag for sentence in self.sentences for flag in sentence.flags}))


def _quote_state(text: str, depth: int, single: bool) -> tuple[int, bool, bool]:
    """Follow the quotation marks of a text: (double marks open, a single mark open, something went wrong)."""
    wrong = False
    for found in _MARK.finditer(text):
        i, char = found.start(), found[0]
        before = text[i - 1] if i else " "
        after = text[i + 1] if i + 1 < len(text) else " "
        if char in _OPENERS:
            # Many papers open every paragraph of a long quotation anew; Dutch ones write ” ... ” too.
            depth = 1
        elif char in _CLOSERS:
            if depth:
                depth = 0
            elif after.isalnum() and not before.isalnum():
                depth = 1
            else:
                wrong = True
        elif char == '"':
            depth = 0 if depth else 1
        elif char in "‘’'":
            if single and not after.isalnum() and not before.isspace():
                single = False
            elif (before.isspace() or before in "(:[–—-,.") and (after.isalnum() or after in "[(…"):
                single = single or not _elision(text, i)
    return depth, single, wrong


def _elision(text: str, i: int) -> bool:
    """True where the mark stands for left-out letters at a word's start: 't, 's Ochtends, '90s, 'n."""
    return bool(re.match(r"['’‘](?:[tsnmrk]\b|\d\d|em\b|ie\b|tis\b|bout\b)", text[i : i + 6], re.IGNORECASE))


def balanced(text: str) -> bool:
    """True where every quotation mark that opens in the text closes in it, and none closes that did not open.

    >>> balanced("“I had good legs,” he said."), balanced("“I had good legs.")
    (True, False)
    """
    depth, single, wrong = _quote_state(text, 0, False)
    return not depth and not single and not wrong


def quotation(text: str) -> bool:
    """True where a text holds quoted speech of at least three words."""
    return any(len(match[1].split()) >= 3 for match in _QUOTED.finditer(text))


def _outside_quotes(text: str) -> str:
    """The text without what stands in quotation marks."""
    return re.sub(r"[“„«\"‘][^“„«”»\"‘’]*(?:’\w[^“„«”»\"‘’]*)*[”»\"’]|(?<!\w)'[^']*(?:\w'\w[^']*)*'(?!\w)", " ", text)


class _Reader:
    """One article's sentences, with the people named in each and what each leans on."""

    def __init__(self, article: Article, named: Sequence[Spans], meant: Mapping[int, str]) -> None:
        self.sentences = article.sentences
        self.meant = meant
        self.cue = cues(article.language or "en")
        self.people = [*named, *([()] * (len(self.sentences) - len(named)))]
        self.blocks, self.broken = _quote_blocks(self.sentences)
        self.leans = [self._lean(first, last) for first, last in self.blocks]

    def _lean(self, first: int, last: int) -> Lean:
        """What a block of sentences needs before it, judged by its original and by its English."""
        run = self.sentences[first : last + 1]
        people: list[tuple[int, int]] = []
        shift = 0
        for sentence, spans in zip(run, self.people[first : last + 1], strict=True):
            people += [(start + shift, end + shift) for start, end in spans]
            shift += len(sentence.text) + 1
        lean = _lean(" ".join(sentence.text for sentence in run), people, self.cue)
        if lean is Lean.NOTHING and any(sentence.translation is not None for sentence in run):
            # A translation may start with a pronoun or connective that the original did not have.
            return _opening(_outside(" ".join(sentence.english for sentence in run)), cues("en"))
        return lean

    def names_somebody(self, first: int, last: int) -> bool:
        """True where a person is named in the sentences."""
        return any(self.people[first : last + 1])

    def names_meant(self, position: int, first: int, last: int) -> bool:
        """True where the rider or team of whom a sentence claims something is named in the run, or none is known of."""
        name = self.meant.get(position)
        if name is None or any(name in self.sentences[i].text for i in range(first, last + 1)):
            return True
        named = (self.sentences[i].text[start:end] for i in range(first, last + 1) for start, end in self.people[i])
        return any(same_person(name, other) for other in named)

    def says_who(self, first: int, last: int) -> bool:
        """True where the words outside the quotation marks have a verb of speech and somebody's name."""
        joined = " ".join(sentence.text for sentence in self.sentences[first : last + 1])
        outside = _outside(joined)
        if not self.cue.speech.search(outside):
            return False
        names = {self.sentences[i].text[start:end] for i in range(first, last + 1) for start, end in self.people[i]}
        return any(name in outside for name in names)

    def unit(self, position: int) -> tuple[int, int] | None:
        """First and last position of the smallest run that holds a sentence and can stand alone; None without one."""
        first, last = self.blocks[position]
        quoted = last > first or any(quotation(s.text) for s in self.sentences[first : last + 1])
        while True:
            if any(self.broken[first : last + 1]) or last - first + 1 > _MAX_SENTENCES:
                return None
            lean = self.leans[first]
            if (
                lean is Lean.NOTHING
                and (not quoted or self.says_who(first, last))
                and self.names_meant(position, first, last)
            ):
                return first, last
            if first == 0 or self.sentences[first].paragraph - self.sentences[first - 1].paragraph > 1:
                return None
            if not _ENDS.search(self.sentences[first - 1].text):
                return None  # a heading
            before = self.blocks[first - 1][0]
            if lean is Lean.PERSON and position not in self.meant and not self.names_somebody(before, first - 1):
                # The one before does not say who is meant; the person was named further up, if at all.
                return None
            first = before


class Lean(Enum):
    """What a sentence needs before it."""

    NOTHING = 0
    LINK = 1
    """The sentence before it: it starts with a connective or speaks of "this"."""
    PERSON = 2
    """A sentence that names the person who is meant."""


def _outside(text: str) -> str:
    """The text without what stands in quotation marks, where it has any quoted speech."""
    return _outside_quotes(text) if quotation(text) else text


def _opening(text: str, cue: Cues) -> Lean:
    """What the first words of a text lean on."""
    if cue.expletive_start.search(text) and not cue.additive.search(text):
        return Lean.NOTHING
    if cue.person_start.search(text):
        return Lean.PERSON
    if cue.dangling_start.search(text) or cue.it_start.search(text):
        return Lean.LINK
    return Lean.NOTHING


def _lean(text: str, people: Sequence[tuple[int, int]], cue: Cues) -> Lean:
    """What a text leans on. `people` are the places of names in it; what is quoted leans on nobody but by "he"."""
    plain = _outside(text)
    quoted = text.lstrip()[:1] in _MARKS and plain != text
    start = plain if quoted else text
    if quoted and cue.person_start.search(text):
        return Lean.PERSON
    lean = _opening(start, cue)
    if lean is not Lean.NOTHING:
        return lean
    if cue.first_person.search(plain):
        return Lean.LINK
    if plain != text:
        # Places of names no longer fit; find the names again in what is left.
        names = {text[a:b] for a, b in people}
        people = [(m.start(), m.end()) for name in sorted(names) for m in re.finditer(re.escape(name), plain)]
    first = min((a for a, _ in people), default=len(plain))
    for found in cue.somebody.finditer(plain):
        if found.start() >= first:
            break
        after = plain[found.end() :]
        if not any(a - 3 <= found.end() + len(after) - len(after.lstrip(" ,")) <= a for a, _ in people):
            return Lean.PERSON
    opener = cue.person_noun_start.search(plain)
    if opener and not any(opener.end() <= a <= opener.end() + 30 for a, _ in people):
        return Lean.PERSON
    pronoun = cue.subject_pronoun.search(plain)
    if pronoun and pronoun.start() < first:
        return Lean.PERSON
    if not people and cue.possessive_pronoun.search(plain):
        return Lean.PERSON
    group = cue.group_pronoun.search(" ".join(plain.split()[:_NEAR_START]))
    return Lean.LINK if group and group.start() < first else Lean.NOTHING


def names_in(text: str) -> frozenset[str]:
    """Folded capitalised words of a text, but for the first word of all: names, mostly."""
    return frozenset(fold(word) for word in _CAPITALISED.findall(text)[1 if text[:1].isupper() else 0 :])


def units(
    index: int, article: Article, named: Sequence[Spans] | None = None, meant: Mapping[int, str] | None = None
) -> list[Unit]:
    """All units of an article, one for each sentence that can be shown, in their order.

    `named` gives the places of the riders named in each sentence; where it is None, the article is read for them.
    `meant` gives, by position, the rider of whom a sentence tells what the brief tells of him: he must be named in its
    unit, so that "he won" is not read as of the one who was named last.
    """
    if named is None:
        from summarize.claims import read

        named = read(article).named
    reader = _Reader(article, named, meant or {})
    found: dict[tuple[int, int], Unit] = {}
    for position in range(len(article.sentences)):
        span = reader.unit(position)
        if span is None or span in found:
            continue
        run = article.sentences[span[0] : span[1] + 1]
        spanning = reader.blocks[position][0] < reader.blocks[position][1]
        unit = Unit(index, tuple(run), spanning or any(quotation(s.text) for s in run))
        if _LISTED.search(unit.text):
            continue  # a line of results, cut where the number of the next one stands
        if unit.words <= _MAX_WORDS and all(balanced(text) for text in (unit.english, unit.text)):
            found[span] = unit
    return list(found.values())


def _quote_blocks(sentences: Sequence[Sentence]) -> tuple[list[tuple[int, int]], list[bool]]:
    """For each sentence the run that its quotation spans (itself, where there is none), and whether it is broken."""
    blocks = [(i, i) for i in range(len(sentences))]
    broken = [False] * len(sentences)
    start: int | None = None
    depth, single = 0, False
    for i, sentence in enumerate(sentences):
        new_paragraph = i > 0 and sentence.paragraph != sentences[i - 1].paragraph
        if start is not None and new_paragraph and depth and sentence.text[:1] not in _OPENERS + "\"‘'":
            # The paragraph ended with the quotation still open: nobody can say where it ends.
            broken[start:i] = [True] * (i - start)
            start, depth, single = None, 0, False
        depth, single, wrong = _quote_state(sentence.text, depth, single)
        if wrong:
            broken[i] = True
            depth, single = 0, False
        if depth or single:
            start = i if start is None else start
            if i - start >= 8:
                broken[start : i + 1] = [True] * (i + 1 - start)
                start, depth, single = None, 0, False
        elif start is not None:
            for j in range(start, i + 1):
                blocks[j] = (start, i)
            start = None
    if start is not None:
        broken[start:] = [True] * (len(sentences) - start)
    return blocks, broken
