"""Names, which a translation must never alter: Van der Poel, Alpe d'Huez, Bora-Hansgrohe.

What is written with a capital in a Dutch sentence is a name and stays as it is, unless `lexicon/places.nl.json` has
English for it (Brussel, Nederlander, Ronde van Vlaanderen) or it only begins the sentence. `compare` looks for each
in the translation and for capitalised words there that come from nowhere; `mend` gives a garbled copy ("Izagire") the
sentence's spelling, where one garbled word and one missing name can only belong together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Any

from summarize.lexicon import load
from summarize.text import CAPITAL, like, put

__all__ = [
    "Difference",
    "Name",
    "compare",
    "fold",
    "in_english",
    "invented",
    "is_team",
    "mend",
    "names",
    "only_names",
    "with_parts_of_countries",
]

_WORD = re.compile(r"[^\W\d_]+(?:[-'’.&][^\W\d_]+)*\d*(?:['’](?!\w))?")
_INITIAL = re.compile(r"(?:^|[\s.(])[^\W\d_]\.$")
"""The first letter of a name, behind which no sentence begins: George W. Bush."""
_OPENERS = frozenset(".!?:;\"“”„‘’'(*–—-•|/…")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})

_GENITIVE = re.compile(r"['’]s$|['’]$")
_CAPITALISED_LAST = re.compile(rf"(?:^|\s)({CAPITAL}[\w'’.-]*) $")
"""A word with a capital at the end of a text, and a space."""

SURE = 0.62
"""Similarity above which a missing name and a stray word belong together where no other fits as well."""
LIKELY = 0.45
"""The same, where there is only one of each and they begin alike."""
_SAME = 0.9
"""The same, above which even what looks like a people is one name."""
ENGLISH = 0.7
"""Similarity above which a stray word is the English of a place or people that is missing."""
_COUNTRY = 5
"""Letters; the name of a country or region has more."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence, or what is written like one."""

    text: str
    start: int
    end: int
    forms: tuple[str, ...]
    """What may stand for it in English, the usual form first."""
    fixed: bool
    """True for a name, which is copied letter by letter; False for what English has words for."""
    sure: bool
    """False where only the beginning of the sentence may have given it its capital."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Names that the translation lost, and capitalised words in it that come from nowhere (with their places)."""

    lost: tuple[Name, ...]
    stray: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Knowledge:
    forms: dict[str, tuple[str, ...]]
    phrases: re.Pattern[str]
    small: frozenset[str]
    """Source words that are written small."""
    small_english: frozenset[str]
    english: frozenset[str]
    """Capitalised English words that need no name behind them."""
    renderings: frozenset[str]
    """Words of the forms: English for one place or people or another."""
    prefixes: tuple[str, ...]
    endings: tuple[str, ...]
    demonyms: tuple[str, ...]
    joint: tuple[str, str]
    """What stands between two names, and in English."""
    country_ending: tuple[str, str]
    """How the names of many countries and regions end, and in English."""
    compass: dict[str, tuple[str, str]]
    """Parts of a country, as in Zuid-Frankrijk, with the English adjective and noun."""
    particles: frozenset[str]
    sure_particles: frozenset[str]
    foreign: frozenset[str]
    """Particles of names in other languages."""
    prepositions: dict[str, str]
    """What stands before the name of a team, with its English."""
    left: re.Pattern[str]
    """One of them between two words, the second looked at."""
    people: frozenset[str]
    """Words for a people or a language that are also somebody's name: Addy Engels, Frans Maassen."""
    given: frozenset[str]
    """Those of them that are given names."""
    people_after: re.Pattern[str]
    """Words behind which they are names."""
    people_before: re.Pattern[str]
    """What must follow then: the end of the clause, or one of some words."""


@cache
def _knowledge(languages: tuple[str, str]) -> _Knowledge:
    source: dict[str, Any] = load("guard", languages[0])["name"]
    target: dict[str, Any] = load("guard", languages[1])["name"]
    forms = {word: tuple(english) for word, english in load("places", languages[0])["forms"].items()}
    phrases = sorted((word for word in forms if " " in word), key=lambda word: (-len(word), word))
    return _Knowledge(
        forms,
        re.compile(r"\b(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)"),
        frozenset(" ".join(load("guard_words", languages[0])["words"]).split()),
        frozenset(" ".join(load("guard_words", languages[1])["words"]).split()),
        frozenset(target["capitals"]),
        frozenset(part for english in forms.values() for form in english for part in re.split(r"[ -]", form)),
        tuple(source["prefixes"]),
        tuple(sorted(source["endings"], key=lambda ending: (-len(ending), ending))),
        tuple(source["demonyms"]),
        (source["joint"], target["joint"]),
        (source["country_ending"], target["country_ending"]),
        {part: (english[0], english[1]) for part, english in source["compass"].items()},
        frozenset(source["particles"]),
        frozenset(source["sure_particles"]),
        frozenset(source["foreign_particles"]),
        dict(source["prepositions"]),
        re.compile(rf"(?<=\w )({'|'.join(map(re.escape, source['prepositions']))}) (?=([\w-]+))"),
        frozenset(source["people"]),
        frozenset(source["given_names"]),
        re.compile(r"\b(?:" + "|".join(source["people_after"]) + r") $", re.IGNORECASE),
        re.compile(rf"\s*(?:[^\w\s]|$)| (?:{'|'.join(source['people_before'])})\b"),
    )


@lru_cache(maxsize=5_000)
def fold(text: str) -> str:
    """Small letters without accents, for comparing: "Pogačar" is "pogacar"."""
    text = text.translate(_APOSTROPHES).casefold().translate({0x142: "l", 0xF8: "o", 0x111: "d"})
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=600)
def names(sentence: str, languages: tuple[str, str]) -> tuple[Name, ...]:
    """The names of a sentence, and what else is written with a capital in it."""
    knows = _knowledge(languages)
    letters = [c for c in sentence if c.isalpha()]
    if len(letters) > 12 and sum(map(str.isupper, letters)) > len(letters) * 0.6:
        return ()  # a line in capitals says nothing about what is a name
    found: list[Name] = []
    taken: list[tuple[int, int]] = []
    for match in knows.phrases.finditer(sentence):
        found.append(Name(match.group(), *match.span(), knows.forms[match.group()], False, True))
        taken.append(match.span())
    for match in _WORD.finditer(sentence):
        if any(start <= match.start() < end for start, end in taken):
            continue
        before = sentence[: match.start()].rstrip(" ")
        name = _name(match, _begins(before), knows)
        if name is not None:
            found.append(name)
    found.sort(key=lambda name: name.start)
    for number in range(len(found) - 2, -1, -1):  # Van Vleuten, De Plus: the particle belongs to a name
        name, following = found[number], found[number + 1]
        between = sentence[name.end : following.start].split()
        if _begins(sentence[: name.start].rstrip(" ")):
            continue
        if name.text.casefold() in knows.particles and following.sure and knows.particles.issuperset(between):
            found[number] = replace(name, forms=(name.text,), fixed=True, sure=following.fixed)
    return tuple(
        # Val d'Isère, Castrillo del Val: a common word, but part of a name.
        replace(name, sure=True) if name.fixed and not name.sure and _belongs(sentence, found, number, knows) else name
        for number, name in enumerate(found)
    )


def _belongs(sentence: str, found: list[Name], number: int, knows: _Knowledge) -> bool:
    """Whether a word with a capital stands beside a sure name, or is parted from it by particles of foreign names."""
    name = found[number]
    pairs = [(other, other, name) for other in found[number - 1 : number] if number]
    pairs += [(other, name, other) for other in found[number + 1 : number + 2]]
    for other, first, second in pairs:
        between = sentence[first.end : second.start].translate(_APOSTROPHES)
        if other.fixed and other.sure and all(word in knows.foreign for word in between.replace("'", "' ").split()):
            return True
    return False


def _begins(before: str) -> bool:
    """Whether a sentence, or something said in one, begins after this."""
    return not before or before.endswith(",,") or (before[-1] in _OPENERS and _INITIAL.search(before) is None)


def _name(match: re.Match[str], initial: bool, knows: _Knowledge) -> Name | None:
    text = match.group().rstrip("'’").rstrip(".")
    start = match.start()
    if text[:2] in ("d'", "d’", "l'", "l’") and len(text) > 2 and text[2].isupper():
        text, start = text[2:], start + 2
    if not text[0].isupper() and not any(part[:1].isupper() for part in text.split("-")):
        return None
    small = text.casefold() in knows.small
    if text in knows.people and _is_person(match, knows):
        return Name(text, start, start + len(text), (text,), True, True)
    forms = knows.forms.get(text) or knows.forms.get(re.sub(r"['’]?s$", "", text))
    forms = forms or _part_of_country(text, knows) or None
    if forms is None and text.isupper() and len(text) > 3:  # BRUSSEL, at the head of a report
        forms = tuple(form.upper() for form in knows.forms.get(text.title(), ())) or None
    if forms:
        return Name(text, start, start + len(text), forms, False, not small)
    text = re.sub(r"['’]s$", "", text)  # whose
    if not text[0].isupper():  # oud-Tourwinnaar, ex-Rabobank
        lead, _, rest = text.partition("-")
        inner = re.compile(r".+").match(rest)
        name = _name(inner, False, knows) if inner else None
        return (
            None if name is None else Name(name.text, start + len(lead) + 1, match.end(), name.forms, name.fixed, True)
        )
    if initial and small:
        return None
    if "-" in text:
        parts = text.split("-")
        last = len(parts)
        while last > 1 and not parts[last - 1][:1].isupper():
            last -= 1
        if last < len(parts):  # Jumbo-Visma-renner, Giro-winnaar, Alpe-aan-zee
            core = "-".join(parts[:last])
            forms = knows.forms.get(core)
            sure = core.casefold() not in knows.small
            return Name(core, start, start + len(core), forms or (core,), forms is None and not initial, sure)
    for prefix in knows.prefixes:
        rest = text[len(prefix) :]
        if text.startswith(prefix) and len(rest) > 2 and rest.casefold() in knows.small:  # Tourwinnaar
            forms = knows.forms.get(prefix, (prefix,))
            return Name(prefix, start, start + len(prefix), forms, False, True)
    if text.endswith(knows.country_ending[0]) and len(text) > _COUNTRY:  # Polynesië
        english = text.removesuffix(knows.country_ending[0]) + knows.country_ending[1]
        return Name(text, start, start + len(text), (english,), False, not small)
    # Within a sentence a common word with a capital is mostly the start of another one, glued to a headline.
    return Name(text, start, start + len(text), (text,), True, not initial and not small)


def _part_of_country(text: str, knows: _Knowledge) -> tuple[str, ...]:
    """What "Zuid-Frankrijk" is in English, the usual form first; empty for any other word."""
    part, _, rest = text.partition("-")
    if part not in knows.compass:
        return ()
    adjective, noun = knows.compass[part]
    forms = knows.forms.get(rest, ())
    ending, english = knows.country_ending
    if not forms and rest.endswith(ending) and len(rest) > _COUNTRY:
        forms = (rest.removesuffix(ending) + english,)
    said = [f"the {noun} of {form}" if form.startswith("the ") else f"{adjective} {form}" for form in forms]
    bare = [form.removeprefix("the ") for form in forms]
    leads = (adjective, adjective.capitalize(), noun, noun.capitalize())
    said += [f"{lead} {form}" for form in bare for lead in leads] + [f"{noun} of {form}" for form in forms]
    return tuple(dict.fromkeys(said))


def with_parts_of_countries(sentence: str, languages: tuple[str, str]) -> str:
    """The sentence with parts of countries in English, which models copy, but do not know.

    >>> with_parts_of_countries("Hij traint in Zuid-Frankrijk.", ("nl", "en"))
    'Hij traint in southern France.'
    """
    knows = _knowledge(languages)
    parts: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(sentence):
        forms = () if match.group() in knows.forms else _part_of_country(match.group(), knows)
        if forms:
            begins = _begins(sentence[: match.start()].rstrip(" "))
            parts.append((*match.span(), like(forms[0], match.group()) if begins else forms[0]))
    return put(sentence, parts)


def in_english(sentence: str, wanted: Sequence[Name]) -> str:
    """The sentence with some of its names in English."""
    return put(sentence, [(name.start, name.end, name.forms[0]) for name in wanted])


def _is_person(match: re.Match[str], knows: _Knowledge) -> bool:
    """Whether a word for a people or a language is a name here: next to another one, or of who says something."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    given = _CAPITALISED_LAST.search(before)
    if given is not None and given[1].casefold() not in knows.small and given[1] not in knows.forms:
        return True
    surname = re.match(r" ([A-Z][^\W\d_]+)", after)
    if match.group() in knows.given and surname is not None:
        following = surname[1].casefold()
        return following not in knows.small and following not in knows.small_english
    return knows.people_before.match(after) is not None and knows.people_after.search(before) is not None


def _stems(text: str, knows: _Knowledge) -> list[str]:
    """What the word may be made from: Amsterdamse and Amsterdammer from Amsterdam, Dumoulins from Dumoulin."""
    folded = fold(text)
    stems = []
    for ending in knows.endings:
        stem = folded.removesuffix(ending)
        if len(stem) >= 3 and stem != folded:
            stems.append(stem)
            if len(stem) > 4 and stem[-1] == stem[-2]:
                stems.append(stem[:-1])
    return stems


class _Output:
    """The words of a translation, for looking names up."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = text.translate(_APOSTROPHES)
        self.words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]

    @cached_property
    def folded(self) -> list[str]:
        """The words, folded."""
        return [fold(word) for word, _, _ in self.words]

    def find(self, form: str) -> list[tuple[int, int]]:
        """Where the form stands, whole, letter by letter."""
        form = form.translate(_APOSTROPHES)
        spans = []
        place = self.plain.find(form)
        while place >= 0:
            end = place + len(form)
            before, after = self.plain[:place][-1:], self.plain[end:][:1]
            if not before.isalnum() and not after.isalnum():
                spans.append((place, end))
            place = self.plain.find(form, place + 1)
        return spans


_output = lru_cache(maxsize=64)(_Output)


@lru_cache(maxsize=64)  # mending and weighing ask for the same pair one after the other
def compare(source: str, output: str, languages: tuple[str, str]) -> Difference:
    """The names of a sentence that its translation lost, and the capitalised words in it that come from nowhere."""
    knows = _knowledge(languages)
    wanted = names(source, languages)
    text = _output(output)
    covered: list[tuple[int, int]] = []
    lost = []
    for name in wanted:
        spans = [span for form in name.forms for span in text.find(form)]
        if not spans and (not name.fixed or _may_be_adjective(source, name)):
            spans = _derived(name, text, knows)
        covered += spans
        if not spans:
            lost.append(name)
    stray = []
    here, folded_here = _words(source)
    folded = {fold(name.text) for name in lost}
    for word, start, end in text.words:
        if not word[0].isupper():
            continue
        core = _GENITIVE.sub("", word)
        if len(core) < 2 or any(a < end and start < b for a, b in covered):
            continue
        if core in knows.english or (core in knows.renderings and _licensed(core, wanted)):
            continue
        if core.translate(_APOSTROPHES) in here or (fold(core) in folded_here and fold(core) not in folded):
            continue
        if any(part.casefold() in knows.small_english for part in core.split("-")):
            continue
        stray.append((core, start, start + len(core)))
    return Difference(tuple(lost), tuple(stray))


@lru_cache(maxsize=600)
def _words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text, those with hyphens also in parts; as they are, and folded."""
    words = [match.group().rstrip("'’") for match in _WORD.finditer(text)]
    words += [part for word in words if "-" in word for part in word.split("-")]
    return frozenset(word.translate(_APOSTROPHES) for word in words), frozenset(map(fold, words))


def invented(difference: Difference, output: str) -> tuple[str, ...]:
    """Those stray words that are written like names: within a sentence, where English gives no word a capital."""
    return tuple(word for word, start, _ in difference.stray if not _begins(output[:start].rstrip(" ")))


def _licensed(word: str, wanted: tuple[Name, ...]) -> bool:
    return any(word in re.split(r"[ -]", form) for name in wanted for form in name.forms)


def _may_be_adjective(source: str, name: Name) -> bool:
    """Whether a name may be made from another one: "Boxmeerse renner", but not "de Dromaeosauridae."."""
    return (
        name.text[-1:] not in ("e", "s") or re.match(r"['’]?[^\W\d_]|['’]? [a-zß-öø-ÿ]", source[name.end :]) is not None
    )


def _derived(name: Name, text: _Output, knows: _Knowledge) -> list[tuple[int, int]]:
    """Where a word stands that the name is derived from, or that has it within: Boxmeerse → Boxmeer, Tours → Tour."""
    spans = []
    stems = [stem for stem in _stems(name.text, knows) if len(stem) >= 4]
    for (word, start, end), folded in zip(text.words, text.folded, strict=True):
        whole = _GENITIVE.sub("", folded)
        made_from = whole in stems or (not name.sure and whole.startswith(tuple(stems or ("\0",))))
        if (word[:1].isupper() and made_from) or any(part in name.forms for part in re.split(r"[-/]", word)):
            spans.append((start, end))
    return spans


def mend(source: str, output: str, languages: tuple[str, str]) -> str:
    """The translation with garbled names as the sentence spells them, and places in English, where that is sure."""
    knows = _knowledge(languages)
    output = _doubled(source, _unreadable(source, output))
    for _ in range(8):
        difference = compare(source, output, languages)
        change = (
            _garbled(difference, knows)
            or _garbled_english(difference)
            or _neighbour(difference, source, output, knows)
            or _dropped(difference, source, output)
            or _dropped_before(difference, source, output)
            or _left_dutch(difference, output)
            or _translated(difference, output, knows)
        )
        if change is None:
            break
        start, end, text = change
        output = output[:start] + text + output[end:]
    return _particles(source, _of(_half_letters(source, output), knows), knows)


def _unreadable(source: str, output: str) -> str:
    """Words with letters that the translation could not spell (U+FFFD), as the sentence has them: Nguyễn."""

    def readable(match: re.Match[str]) -> str:
        pattern = re.sub("\ufffd+", r"\\w{1,3}", re.escape(match.group()))
        fitting = set(re.findall(rf"(?<!\w){pattern}(?!\w)", source))
        return fitting.pop() if len(fitting) == 1 else match.group()

    return re.sub("[\\w\ufffd]*\ufffd[\\w\ufffd]*", readable, output) if "\ufffd" in output else output


def _half_letters(source: str, output: str) -> str:
    """The translation without half a letter that stands alone before a name that is whole: "Ekrem \ufffd İmamoğlu"."""
    if "\ufffd" not in output:
        return output
    here = _words(source)[0]
    return re.sub(
        "\ufffd+ (?=([\\w-]*[^\\W\\x00-\\x7f][\\w-]*))", lambda found: "" if found[1] in here else found[0], output
    )


def _doubled(source: str, output: str) -> str:
    """The end of a name said twice: Ramírez-Paz-Paz is Ramírez-Paz."""

    def once(match: re.Match[str]) -> str:
        return match[1] if match.group() not in source and match[1] in source else match.group()

    return re.sub(r"((?:\w+-)+(\w+))(?:-\2)+(?!\w)", once, output)


@cache
def _team_words() -> frozenset[str]:
    """First words of the names of teams."""
    return frozenset(re.findall(r"[\w-]+", name)[0] for name in load("teams")["teams"])


def is_team(name: str) -> bool:
    """Whether a name begins like that of a team: Jumbo-Visma."""
    return name in _team_words() or name.split("-")[0] in _team_words()


def _of(output: str, knows: _Knowledge) -> str:
    """Prepositions that the translation left before a team or an English word: "Vervaeke van Sunweb"."""

    def english(match: re.Match[str]) -> str:
        word = match[2]
        small = not (word[0].isupper() or word in knows.small or word in knows.particles)
        return f"{knows.prepositions[match[1]]} " if small or word in _team_words() else match[0]

    return knows.left.sub(english, output)


def _left_dutch(difference: Difference, output: str) -> tuple[int, int, str] | None:
    """A place that the translation left in Dutch: Brussel becomes Brussels."""
    text = _output(output)
    for name in difference.lost:
        if not name.fixed and name.sure and (" " not in name.forms[0] or "-" in name.text):
            for start, end in text.find(name.text):
                if output[end : end + 1] != ":":  # who speaks in an interview may be called Engels
                    return start, end, name.forms[0] if start else like(name.forms[0], name.text)
        if not name.fixed and " " in name.text:  # "Stille Ocean" is half of Stille Oceaan
            first, rest = name.text.split(" ", 1)
            for start, end in text.find(first) if first not in name.forms[0] else ():
                half = re.match(r" [^\W\d_]+", output[end:])
                if half and _similarity(half[0][1:], rest) >= SURE:
                    return start, end + half.end(), name.forms[0]
    return None


def _translated(difference: Difference, output: str, knows: _Knowledge) -> tuple[int, int, str] | None:
    """A person's name that the translation took for a people or a language: Addy English is Addy Engels."""
    text = _output(output)
    for name in difference.lost:
        if name.fixed and name.text in knows.people:
            spans = [span for form in knows.forms.get(name.text, ()) for span in text.find(form)]
            if len(spans) == 1:
                return *spans[0], name.text
    return None


def _garbled(difference: Difference, knows: _Knowledge) -> tuple[int, int, str] | None:
    """The stray word that must be a missing name, with what should stand there."""
    missing = [name for name in difference.lost if name.fixed]
    pairs = sorted(
        (
            (_similarity(name.text, word), -name.start, name, (word, start, end))
            for name in missing
            for word, start, end in difference.stray
        ),
        key=lambda pair: (-pair[0], -pair[1], pair[3][1]),
    )
    if not pairs:
        return None
    best, _, name, (word, start, end) = pairs[0]
    people = name.text.endswith(knows.demonyms) and best < _SAME
    if best < 1 and (min(len(name.text), len(word)) < 4 or people):
        return None  # Arubaan is Aruban, and of three letters too many are alike
    rivals = [pair[0] for pair in pairs[1:] if (pair[2] is name) != (pair[3][0] == word)]
    alone = len(missing) == 1 and len(difference.stray) == 1 and fold(word)[0] == fold(name.text)[0]
    if (best >= SURE and all(rival < best - 0.1 for rival in rivals)) or (alone and best >= LIKELY):
        return start, end, name.text
    return None


def _garbled_english(difference: Difference) -> tuple[int, int, str] | None:
    """A place or people whose English came out garbled, where one word alone is like it: "Camerooner", Cameroonian."""
    for name in difference.lost:
        form = name.forms[0]
        alike = [stray for stray in difference.stray if _similarity(form, stray[0]) >= ENGLISH]
        if not name.fixed and name.sure and " " not in form and len(alike) == 1:
            _, start, end = alike[0]
            return start, end, form
    return None


def _neighbour(difference: Difference, source: str, output: str, knows: _Knowledge) -> tuple[int, int, str] | None:
    """The word that stands beside the name that the missing one stood beside: George Robinson, George Bush.

    It is a stray one, or one with a capital that the sentence has not ("The Colbert App", The Colbert Report). Between
    the two may be a comma or "and": "between Rem and Colombia".
    """
    here = _words(source)[0]
    joints = {None: "", ",": ",", f" {knows.joint[0]}": f" {knows.joint[1]}"}
    word = rf"{CAPITAL}(?:\.|[\w'’-]*)"
    for name in difference.lost:
        if name.forms[0] != name.text or not name.sure:
            continue
        before = re.search(rf"(?<!\w)({word})(,| {knows.joint[0]})? $", source[: name.start])
        after = re.match(rf"(,| {knows.joint[0]}) ({word})", source[name.end :])
        patterns = []
        if before:
            patterns.append(rf"(?<!\w){re.escape(before[1])}{joints[before[2]]} ({word})")
        if after:
            patterns.append(rf"(?<!\w)({word}){joints[after[1]]} {re.escape(after[2])}(?!\w)")
        for pattern in patterns:
            places = [
                match.span(1)
                for match in re.finditer(pattern, output)
                if match[1] not in knows.english | knows.renderings | here
                and not _begins(output[: match.start(1)].rstrip(" "))
            ]
            if len(places) == 1:
                return (*places[0], name.text)
    return None


def _dropped(difference: Difference, source: str, output: str) -> tuple[int, int, str] | None:
    """Where the translation dropped a part of a name of several words: "New South" is New South Wales."""
    text = _output(output)
    for name in difference.lost:
        before = _CAPITALISED_LAST.search(source[: name.start])
        if not (name.forms[0] == name.text and name.sure and before):
            continue
        spans = text.find(before[1])
        after = re.match(rf" {CAPITAL}[\w-]*", source[name.end :])
        between = [end for _, end in spans if after and re.match(rf"{re.escape(after[0])}(?!\w)", output[end:])]
        ends = between or [end for _, end in spans if not re.match(rf"['’-]| {CAPITAL}", output[end:])]
        if ends and 1 in (len(spans), len(between)):
            return ends[0], ends[0], f" {name.text}"
    return None


def _dropped_before(difference: Difference, source: str, output: str) -> tuple[int, int, str] | None:
    """Where the translation dropped the beginning of a name: "the Lincoln Center" is the Film At Lincoln Center."""
    for name in reversed(difference.lost):
        after = re.match(rf" ({CAPITAL}[\w-]*)", source[name.end :])
        before = source[: name.start]
        opens = not _CAPITALISED_LAST.search(before) and not _begins(before.rstrip(" "))
        if not (name.forms[0] == name.text and name.sure and after and opens):
            continue
        places = [m.start() for m in re.finditer(rf"(?<=[a-z] ){re.escape(after[1])}(?!\w)", output)]
        if len(places) == 1 and source.count(after[1]) == 1:
            return places[0], places[0], f"{name.text} "
    return None


def _similarity(one: str, two: str) -> float:
    """0 to 1: how far two spellings may be the same name. A long common beginning tells most: models lose the end."""
    from rapidfuzz.distance import JaroWinkler, Levenshtein

    one, two = fold(one), fold(two)
    if one == two:
        return 1.0
    same = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        same += 1
    beginning = same / min(len(one), len(two)) if same >= 4 else 0.0
    likeness = Levenshtein.normalized_similarity(one, two)
    return max(likeness, min(beginning, 0.95), JaroWinkler.similarity(one, two) - 0.15)


def _particles(source: str, output: str, knows: _Knowledge) -> str:
    """Particles as the sentence has them: "Mathieu of the Poel" is "Mathieu van der Poel"."""
    small = source.casefold()
    for particles in knows.sure_particles:
        if particles not in small:
            continue
        pattern = rf"(\w[\w'’-]*\.?) ({re.escape(particles)}) (\w[\w'’-]*)"
        for match in re.finditer(pattern, source, re.IGNORECASE):
            first, _, last = match.groups()
            if not last[0].isupper() or match.group() in output:
                continue
            whole = f"{match.group(2)} {last}"
            if match.group(2).islower():  # "van der team" is Van der Ploeg
                output = re.sub(rf"(?<!\w){re.escape(particles)} [a-zß-öø-ÿ]\w+", whole, output, count=1)
            if re.search(rf"(?<!\w){re.escape(whole)}(?!\w)", output, re.IGNORECASE):
                continue
            wrong = rf"(?<!\w)(?:(?:of|from|by|on) (?:the )?|(?:van|de[rn]*|in|the) ){{1,2}}{re.escape(last)}(?!\w)"
            if first[0].isupper() and first in output:
                output = re.sub(rf"(?<={re.escape(first)} ){wrong}", whole, output, count=1)
            elif match.group(2)[0].isupper():
                output = re.sub(wrong, whole, output, count=1)
    return output


def only_names(sentence: str, languages: tuple[str, str]) -> bool:
    """Whether the line is nothing but names ("© ANP / EPA", "Mathieu van der Poel"): there is nothing to translate."""
    knows = _knowledge(languages)
    words = [match.group() for match in _WORD.finditer(sentence)]
    if not words or sentence.rstrip("\"'”’) ")[-1:] in (".", "!", "?"):
        return False
    return all(
        (number and word in knows.particles)
        or (word[0].isupper() and len(word) < 15 and word.casefold() not in knows.small and word not in knows.forms)
        for number, word in enumerate(words)
    )


def common_words(languages: tuple[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    """The common words of both languages."""
    knows = _knowledge(languages)
    return knows.small, knows.small_english


def repeated(source: str, output: str, languages: tuple[str, str]) -> int:
    """How many names the translation has more often than the sentence.

    A surname may come once more, where the sentence says "he"; a name of two words ("Dylan van Baarle") does not.
    """
    text = output.translate(_APOSTROPHES)
    plain = source.translate(_APOSTROPHES)
    wanted = [name for name in names(source, languages) if name.fixed]
    count = 0
    for name in {name.text.translate(_APOSTROPHES) for name in wanted if len(name.text) > 3}:
        times = text.count(name)
        if times > 1:
            times = len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", text))
        if times > 1 and times > 1 + plain.count(name):
            count += 1
    for one, two in pairwise(wanted):
        if two.start - one.end <= 9 and not re.search(r"[,.;:()]", source[one.end : two.start]):
            whole = source[one.start : two.end].translate(_APOSTROPHES)
            if text.count(whole) > max(1, plain.count(whole)):
                count += 1
    return count
