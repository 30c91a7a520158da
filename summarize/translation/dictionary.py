"""Words and phrases looked up: where a small model does not know a word, it can still copy its English.

`lexicon/dictionary.nl.json` has Dutch words in the form they stand in, with their English, the usual sense first, and
`lexicon/phrases.nl.json` fixed phrases; verbs whose particle stands apart (`summarize.particles`) and compounds
(`compounds`) are looked up too. A sentence whose translation lacks one of them is translated again with the English in
its place (as pre-specified translations are handed to a network that has learned from code-switched text, Song et al.
2019), and the better translation stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from summarize.lexicon import load
from summarize.particles import Parted, parted, separable
from summarize.ranking.tokens import function_words, stemmer
from summarize.text import CAPITAL, like, put
from summarize.translation.compounds import in_parts
from summarize.translation.runs import Run, Runs

__all__ = ["Entry", "entries", "every_stem", "in_english", "lacking", "like_names", "paired", "senses"]

TRIED = 2
"""Senses of a word that are put in its place; with all three, translations are as good, for more time."""

GIVEN = 8
"""Letters that a word has which is no given name."""

_LETTERS = re.compile(r"[^\W\d_]+")
_OF_NAME = re.compile(rf"{CAPITAL}[\w-]*-(?=[a-zß-öø-ÿ]{{3,}}$)")
"""The name that a compound begins with, with the hyphen: "NAC-" of NAC-spits."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or phrase of a sentence that the lexicon has."""

    text: str
    """With its hyphen for the last part of a compound that begins with a name: "-spits" of NAC-spits."""
    start: int
    end: int
    senses: tuple[str, ...]
    """Its English, the usual sense first."""
    verb: Parted | None = None
    """The verb, for one that is in two pieces; None for a word in one."""
    also: frozenset[str] = frozenset()
    """Stems of further English words that it may be, as counted in parallel text."""

    def said(self, sense: int) -> list[tuple[int, int, str]]:
        """What `text.put` needs to say it in one of its senses, by number; in the last one where it has not so many."""
        english = like(self.senses[min(sense, len(self.senses) - 1)], self.text)
        english = f" {english}" if self.text[0] == "-" else english
        return self.verb.said(english) if self.verb else [(self.start, self.end, english)]

    def stems(self, language: str) -> frozenset[str]:
        """The stems of all words that it may be."""
        return self.also.union(*(_needed(sense, language) for sense in self.senses))

    def stands_in(self, here: frozenset[str], language: str) -> bool:
        """Whether one of its senses is among the stems of a text."""
        return any(_needed(sense, language) <= here for sense in self.senses) or not self.also.isdisjoint(here)


@cache
def _dictionary(language: str) -> dict[str, str]:
    words: dict[str, str] = load("dictionary", language)["words"]
    return words


@cache
def _phrases(language: str) -> tuple[dict[str, str], Runs]:
    """The English of fixed phrases, and their index."""
    phrases: dict[str, str] = load("phrases", language)["phrases"]
    return phrases, Runs(phrases)


@cache
def _pairs(language: str) -> dict[str, frozenset[str]]:
    pairs: dict[str, str] = load("pairs", language)["pairs"]
    return {stem: frozenset(others.split()) for stem, others in pairs.items()}


def paired(word: str, language: str = "nl") -> frozenset[str]:
    """The stems of English words that stand where a word does, as counted in parallel text; empty for none."""
    return _pairs(language).get(stemmer(language)(word.casefold()), frozenset())


def senses(word: str, language: str = "nl") -> tuple[str, ...]:
    """What a word may be in English; empty where the dictionary does not have it in this form.

    A compound that no list has is put together from its parts.
    """
    found = _dictionary(language).get(word.casefold())
    if found:
        return tuple(found.split("|"))
    return () if paired(word, language) else in_parts(word, language)


@lru_cache(maxsize=600)
def entries(sentence: str, language: str = "nl") -> tuple[Entry, ...]:
    """The words and phrases of a sentence that the lexicon has, but for what may be a name, in its order.

    No word inside a phrase is looked up.

    >>> [(entry.text, entry.senses) for entry in entries("Uitzaaiingen van het gezwel.")]
    [('Uitzaaiingen', ('metastases',)), ('gezwel', ('tumour', 'swelling'))]
    """
    phrases, index = _phrases(language)
    runs = list(index.find(sentence))
    inside = {place for run in runs if run.form for place in range(run.start, run.end)}
    verbs = {verb.verb: verb for verb in parted(sentence, language) if verb.particle[0] not in inside}
    found = []
    for number, run in enumerate(runs):
        text = sentence[run.start : run.end]
        verb = verbs.get((run.start, run.end))
        name = _OF_NAME.match(text)
        if run.form:
            known = tuple(phrases[run.form].split("|"))
        elif name:
            known = senses(text[name.end() :], language)
        else:
            known = separable(language)[verb.word] if verb else senses(text, language)
        if not known:
            continue
        start = run.start + name.end() - 1 if name else run.start
        text = sentence[start : run.end]
        also = frozenset[str]() if run.form else paired(verb.word if verb else text.removeprefix("-"), language)
        if name or not _may_be_name(sentence, runs, number, known, not verb and bool(also), language):
            found.append(Entry(text, start, run.end, known, verb, also))
    return tuple(found)


def _inflected(word: str, known: tuple[str, ...], language: str) -> bool:
    """Whether a word is an adjective as it stands before a noun: "sterke" from "sterk", "snelle" from "snel"."""
    ending = str(load("guard", language)["name"]["inflected"])
    base = word.removesuffix(ending)
    bases = (base, base[:-1]) if base[-1:] == base[-2:-1] else (base,)
    same = {sense for one in bases for sense in (*senses(one, language), *paired(one, language))}
    return base != word and not same.isdisjoint(known)


@cache
def _number(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How words for many end, and what follows them."""
    known = load("guard", language)["name"]
    return re.compile(known["many"]), re.compile(known["of_many"])


def _may_be_name(
    sentence: str, runs: list[Run], number: int, known: tuple[str, ...], common: bool, language: str
) -> bool:
    """Whether a word has a capital that English does not give it, but for the one that begins a sentence.

    A common word that begins a sentence may be a surname, too ("Vos won", "Bakkers won"), unless its verb is of many
    ("Bakkers wonnen"), and a short one before a name a given name ("Roos Vonk"), but not an
    adjective ("Sterke Vos wint").
    """
    run = runs[number]
    word = sentence[run.start : run.end]
    if run.form or word.islower() or known[0][0].isupper():
        return False
    if number > 0 or word.isupper():
        return True
    following = sentence[runs[1].start : runs[1].end].split(" ")[0] if len(runs) > 1 else ""
    if following[:1].isupper():
        return (common or len(word) < GIVEN) and not _inflected(word, known, language)
    many, of_many = _number(language)
    return common and not (known[0].endswith("s") and many.search(word) and of_many.match(following))


def every_stem(text: str, language: str) -> frozenset[str]:
    """The stems (Porter's Snowball) of all words of a text, function words too."""
    return frozenset(map(stemmer(language), map(str.casefold, _LETTERS.findall(text))))


@lru_cache(maxsize=5_000)
def _needed(sense: str, language: str) -> frozenset[str]:
    """The stems of the words of which a sense consists."""
    stem, stop = stemmer(language), function_words(language)
    words = [word.casefold() for word in _LETTERS.findall(sense)]
    return frozenset(stem(word) for word in words if word not in stop) or every_stem(sense, language)


def lacking(sentence: str, english: str, languages: tuple[str, str] = ("nl", "en")) -> tuple[Entry, ...]:
    """The entries of a sentence of which no sense stands in its translation."""
    found = entries(sentence, languages[0])
    if not found:
        return ()
    here = every_stem(english, languages[1])
    return tuple(entry for entry in found if not entry.stands_in(here, languages[1]))


def in_english(sentence: str, words: tuple[Entry, ...], most: int = TRIED) -> list[str]:
    """The sentence with its words in English: in their usual senses first, then in the next ones, up to `most`."""
    variants = []
    for sense in range(min(most, max((len(word.senses) for word in words), default=0))):
        variants.append(put(sentence, [part for word in words for part in word.said(sense)]))
    return variants


def like_names(sentence: str, words: tuple[Entry, ...]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The sentence with its words in English, written like names, and what each of these stands for.

    A small model copies a name more surely than a word that it seldom met ("perjury", "by jury").

    >>> like_names("Dat is meineed.", entries("Dat is meineed."))
    ('Dat is Perjury.', (('Perjury', 'perjury'),))
    """
    parts: list[tuple[int, int, str]] = []
    pairs: dict[str, str] = {}
    for word in words:
        for start, end, said in word.said(0):
            name = re.sub(r"(?<![\w'’])[a-z]", lambda first: first.group().upper(), said)
            parts.append((start, end, name))
            if name != said:
                pairs[name] = said
    return put(sentence, parts), tuple(pairs.items())
