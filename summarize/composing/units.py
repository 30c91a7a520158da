"""Units: the runs of sentences that can stand alone on a page.

A sentence that starts with "He", "But" or "The Belgian" leans on the one before it, and a quotation that runs over
several sentences belongs together with the words that say who speaks. A unit is a sentence with whatever it leans on;
where that cannot be had in a few sentences, there is no unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.articles import Article, Sentence
from summarize.composing.cues import Cues, cues
from summarize.text import word_count

__all__ = ["Unit", "balanced", "dangling", "quotation", "units"]

_MAX_SENTENCES = 4
_MAX_WORDS = 85
_NAME = re.compile(r"(?<![\w.])(?:[A-ZÀ-ÖØ-ÞŠŽČĆ][\w’'-]*[a-zß-ÿšžčć][\w’'-]*)")
_PERSON_AFTER = re.compile(r"^\W*(?:\S+ ){1,6}?(?=[A-ZÀ-ÖØ-ÞŠŽČĆ][a-zß-ÿšžčć])")
_QUOTED = re.compile(r"(?<!\w)[“„«”\"‘’']((?:[^“„«”»\"‘’']|(?<=\w)[’'](?=\w)){10,}[”»\"’'](?!\w))")
_MARKS = "“„«”\"‘’'"
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
    for i, char in enumerate(text):
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


def _names_somebody(text: str) -> bool:
    """True where a text holds a capitalised word after its first word, or starts with two of them."""
    names = list(_NAME.finditer(text))
    start = len(text) - len(text.lstrip(" “„‘’\"'("))
    inner = [name for name in names if name.start() > start]
    return bool(inner)


def _dangling(text: str, cue: Cues, known: frozenset[str] = frozenset()) -> bool:
    """True where a text, in the language of the cues, leans on what stood before it.

    What is said in quotation marks leans on nobody. `known` are words that are names elsewhere in the article.
    """
    plain = _outside_quotes(text) if quotation(text) else text
    start = plain if text.lstrip()[:1] in _MARKS and plain != text else text
    if cue.expletive_start.search(start) and not cue.additive.search(start):
        return False
    if cue.dangling_start.search(start) or cue.it_start.search(start):
        return True
    if (found := cue.nationality_start.search(start) or cue.person_noun_start.search(start)) and not re.match(
        r",? ?(?:of [\w’' -]{2,30} )?[A-ZÀ-ÖØ-ÞŠŽČĆ]", start[found.end() :]
    ):
        return True
    if cue.first_person.search(plain):
        return True
    pronoun = cue.subject_pronoun.search(plain)
    if pronoun and not _names_somebody(plain[: pronoun.start()]):
        # A name that opens the sentence counts too: "Roglic took pink, and he kept it"; "Eventually he won" has none.
        opening = _NAME.match(plain.lstrip(" “„‘\"'("))
        between = plain[: pronoun.start()].split()[1:]
        apart = len(between) >= 3 or (len(between) == 2 and between[-1].lower() in cue.stop_words)
        return not (opening and (opening[0] in known or apart) and opening[0].lower() not in cue.stop_words)
    possessive = cue.possessive_pronoun.search(plain)
    return bool(possessive and not _names_somebody(plain))


def dangling(run: Sequence[Sentence], language: str, known: frozenset[str] = frozenset()) -> bool:
    """True where a run of sentences cannot stand alone: its original or its English leans on what stood before."""
    if _dangling(" ".join(sentence.text for sentence in run), cues(language), known):
        return True
    english = " ".join(sentence.english for sentence in run)
    return any(sentence.translation is not None for sentence in run) and _dangling(english, cues("en"), known)


def units(index: int, article: Article) -> list[Unit]:
    """All units of an article, one for each sentence that can be shown, in their order."""
    language = article.language or "en"
    cue = cues(language)
    sentences = article.sentences
    known = _known_names(sentences)
    blocks, broken = _quote_blocks(sentences)
    leans = [dangling(sentences[first : last + 1], language, known) for first, last in blocks]
    found: list[Unit] = []
    seen: set[tuple[int, int]] = set()
    for position, _sentence in enumerate(sentences):
        first, last = blocks[position]
        if any(broken[first : last + 1]):
            continue
        quoted = any(quotation(s.text) for s in sentences[first : last + 1]) or last > first
        while (
            first > 0
            and last - first + 1 < _MAX_SENTENCES
            and (leans[first] or (quoted and not _says_who(sentences[first : last + 1], cue)))
        ):
            if sentences[first].paragraph - sentences[first - 1].paragraph > 1:
                break
            first = blocks[first - 1][0]
        run = sentences[first : last + 1]
        if leans[first] or any(broken[first : last + 1]) or (first, last) in seen or len(run) > _MAX_SENTENCES:
            continue
        if quoted and not _says_who(run, cue):
            continue
        unit = Unit(index, tuple(run), quoted)
        if unit.words <= _MAX_WORDS and all(balanced(s) for s in (unit.english, unit.text)):
            seen.add((first, last))
            found.append(unit)
    return found


def _known_names(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Capitalised words that stand inside sentences, where only names are capitalised."""
    return frozenset(
        match[0] for sentence in sentences for match in _NAME.finditer(sentence.text) if match.start() > 2
    )


def _says_who(run: Sequence[Sentence], cue: Cues) -> bool:
    """True where the words outside the quotation marks have a verb of speech and somebody's name."""
    plain = " ".join(_outside_quotes(sentence.text) for sentence in run)
    joined = _outside_quotes(" ".join(sentence.text for sentence in run))
    return bool(cue.speech.search(joined) or cue.speech.search(plain)) and bool(_NAME.search(joined))


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
