"""What one article claims about a stage, read from the text as written, in its own language.

The knowledge of a language is in `summarize/lexicon/claims.<language>.json`: patterns over masked sentences (see
`summarize.mentions`) and lists of words. What stands here decides which of the things that match are claims about the
stage the article tells of: yesterday's winner, the winner of another race and a wished-for victory are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import timedelta
from functools import cache
from itertools import pairwise
from typing import Literal

from summarize.articles import Article
from summarize.calendar.riders import nation
from summarize.facts import Claim, Value
from summarize.mentions import (
    LAST,
    PENULTIMATE,
    Lexicon,
    Masked,
    Mention,
    Names,
    Pattern,
    Race,
    find_names,
    known_names,
    lexicon,
    mask,
    mentions,
    plain,
    race_named,
)
from summarize.names import same_person, same_place, same_team

__all__ = ["Reading", "Spans", "read", "read_claims"]

_LONGEST = 50_000
"""Characters of an article, from its start, that are read for claims."""
_RESULT = frozenset({"winner", "second", "third"})
_SAID_ONCE = _RESULT | {"gc_second", "gc_third"}
_STANDINGS = _RESULT | {"margin", "gc_leader", "gc_second"}
_SPEAKS = re.compile(r"[^:]{2,40}: ?['’‘\"„“”]|['’‘\"„“”]")
"""A title that is something said: "Mollema: 'I was lucky'"."""
_SAID = re.compile(r"[“„\"«][^“”„«\"»]{15,900}[”\"»]|(?<!\w)[‘'](?:[^‘’']|(?<=\w)[’'](?=\w)){25,900}[’'](?!\w)")
_OF_THE_DAY = frozenset({"second", "third", "gc_leader", "distance_km", "start", "finish"})
_MUCH_TOLD = 3
"""Of these facts, beside the winner."""
_MOSTLY_SAID = 0.28
"""From this share of quoted text on an article is an interview."""
_NEARLY_ALL_SAID = 0.7
"""The same for one that opens with who won and tells the result."""
_SHORT = 12
"""Sentences from which on a piece that opens with the new leader is a report."""
_LONG, _ON_THE_ROAD, _ALL_ON_THE_ROAD = 20, 0.18, 0.3
"""Sentences of a report that does not say who won, and how many of them, and of a shorter one, tell of distances, gaps
or the finish. Of 72 articles about stages that told no winner 32 reports, and one reaction, have so many, or tell who
was second or third."""
_GAP = 20
"""Seconds that riders of the last stage are not apart, but those of the whole race are."""
_LEADER_COLOURS = {
    "Tour de France": "yellow",
    "Tour de France Femmes": "yellow",
    "Giro d'Italia": "pink",
    "Giro d'Italia Women": "pink",
    "Vuelta a España": "red",
    "La Vuelta Femenina": "red",
}
_OF_WOMEN = {
    "Tour de France": "Tour de France Femmes",
    "Giro d'Italia": "Giro d'Italia Women",
    "Vuelta a España": "La Vuelta Femenina",
    "Tour of Britain": "The Women's Tour",
}
"""Races of women that have a name of their own in the lexicon, by the men's; others are "Paris-Roubaix Women"."""
_TELLING = frozenset({"Giro", "Vuelta"})
"""Short names of races that mean nothing else, as "Tour" does."""
_AS_SURE = 0.8
"""Weight that the number of a "last stage" has at least, as a share of the heaviest."""
_NEXT = 5
"""Words behind a result that may say what it was about: "outsprinted A and B for second,"."""
_CLOSE = 3
"""Words between which two belong together: "won a team time trial"."""
_OF_ONE_KIND = 3
"""Words for women that an article about their race has at least, and how many for each word for a man; and the other
way round."""


Spans = tuple[tuple[int, int], ...]
"""Places in a sentence: start and end."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the grouping needs to know about an article, besides its claims."""

    article: Article
    claims: tuple[Claim, ...]
    weights: tuple[float, ...]
    """Weight of each claim, in their order."""
    cycling: float
    """How much the article speaks of cycling: distinct words of the sport, less those of other sports."""
    race: Race | None
    races: tuple[tuple[str, float], ...]
    """Races named, with weights, the heaviest first."""
    stage: int | None
    """Number of the stage that the article tells of; `summarize.mentions.LAST` for "the last stage"."""
    stages: tuple[tuple[int, float], ...]
    next_stages: tuple[int, ...]
    """Numbers of stages that are still to come, as far as they are named."""
    year: int | None
    """Edition, where the article itself says it, else the year of its publication."""
    day: Date | None
    """Day of publication."""
    dates: tuple[tuple[int, int], ...]
    """Dates (month, day) that the article gives for its own day."""
    previous_day: bool
    """True where the article speaks of the day before its publication as the day of the stage."""
    next_day: bool
    """True for a preview of the day after."""
    time_trial: bool
    places: tuple[str, ...]
    people: tuple[str, ...]
    kind: Literal["report", "reaction", "preview"]
    aside: bool = False
    """True for a guide to what is on television, a page about a podcast and news of a criterium."""
    of_stage: bool = True
    """True where the article speaks of a stage, of a finish or of what was said there."""
    women: bool | None = None
    """True where those who ride are women, False where they are men, None where the article does not show it."""
    named: tuple[Spans, ...] = ()
    """For each sentence of the article the places of the riders named in it; shorter where an article is very long."""


@dataclass(slots=True)
class _Sentence:
    text: str
    position: int
    index: int
    paragraph: int
    masked: Masked
    reduced: str
    dressed: str = ""
    """The masked sentence with its names undressed, but with its relative clauses."""
    anaphors: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)
    """For each anaphor the rider that it would mean if it does not mean the one spoken of last."""
    standings: bool = False
    """True where the sentence, or what leads up to it, is about the general classification."""
    inherited: bool = False
    """True where only what leads up to it says so."""
    of_race: bool = False
    """True where it tells who came second or third in the whole race."""
    ahead: bool = False
    """True where the sentence before it is about a stage still to come."""


@dataclass(frozen=True, slots=True)
class _Hit:
    fact: str
    value: Value
    sentence: _Sentence
    weight: float
    winner: str | None = None
    """The winner beside whom somebody was beaten; the hit counts only if he is the article's winner."""
    earlier: str | None = None
    """Who else a pronoun may mean."""


LISTED = -2
"""The position of a claim that stands in a list of results."""
_LISTED_WEIGHT = {"winner": 3.0, "second": 3.0, "third": 3.0, "gc_leader": 4.0, "gc_second": 3.0, "gc_third": 3.0}


def read_claims(article: Article) -> tuple[Claim, ...]:
    """What an article claims, each claim with the sentence it stands in; empty where its language is not known."""
    return read(article).claims


def read(article: Article) -> Reading:
    """Read an article with `language` and `sentences` filled."""
    lex = lexicon(article.language) if article.language else None
    if lex is None:
        day = article.published.date() if article.published else None
        return Reading(
            article, (), (), 0.0, None, (), None, (), (), None, day, (), False, False, False, (), (), "report"
        )
    return _Reader(article, lex).read()


@cache
def _known_places() -> frozenset[str]:
    from summarize.calendar import known_places

    return known_places()


def _tokens(kind: str, text: str) -> list[str]:
    return re.findall(rf"(?<![A-Za-z]){kind}\d+", text)


_LEAD = 3.0
"""Weight of a race whose stage the first sentences tell of: "the first stage of the Tour of Britain"."""
_LATE = 1
"""The title and the first sentence are about the day, whatever year they name."""
_FIVE_WORDS = re.compile(r"(?: \S+){0,5}")
_NEAR = 300
"""Characters in which five words are looked for."""


def _words_around(masked: str, token: str) -> tuple[str, str] | None:
    """Up to five words before a token and itself, and up to five after it; None where it does not stand there."""
    at = -1
    while (at := masked.find(token, at + 1)) >= 0:
        end = at + len(token)
        if masked[end : end + 1].isdigit():
            continue
        before = masked[max(0, at - _NEAR) : at].split(" ")
        after = _FIVE_WORDS.match(masked[end : end + _NEAR])
        return (" ".join(before[-6:]) if not before[-1] else "") + token, after[0] if after else ""
    return None


class _Reader:
    def __init__(self, article: Article, lex: Lexicon) -> None:
        self.article = article
        self.lex = lex
        self.day = article.published.date() if article.published else None
        texts: list[tuple[str, int, int]] = []
        if article.title:
            prefix = next((p for p in lex.title_prefixes if article.title.startswith(p)), "")
            title = article.title.removeprefix(prefix) or article.title
            texts.append((_sober_title(title, article.text), -1, -1))
        # No report of a stage is longer; what is has the names of a book, or is no prose at all.
        left = _LONGEST
        for s in article.sentences:
            left -= len(s.text)
            if left < 0:
                break
            texts.append((s.text, s.position, s.paragraph))
        self.names: Names
        self.names, self.found = find_names([t for t, _, _ in texts], lex, _known_places())
        self.sentences: list[_Sentence] = []
        for (text, position, paragraph), here in zip(texts, self.found, strict=True):
            masked = mask(text, here)
            original = article.title if position < 0 and article.title else text
            self.sentences.append(_Sentence(original, position, len(self.sentences), paragraph, masked, masked.text))
        self.hits: list[_Hit] = []
        self.won_stage: set[tuple[int, str]] = set()
        """Sentences that name a stage and who won it."""

    def read(self) -> Reading:
        races = self._races() or self._race_of_jersey()
        self.race = races[0][0] if races else None
        self.women = True if self.race and self.race.women else self._speaks_of_women()
        cycling = self._cycling()
        colour = _LEADER_COLOURS.get(self.race.name) if self.race else None
        self.colours = [colour, "any"] if colour else ["yellow", "pink", "red", "any"]
        for sentence in self.sentences:
            self._reduce(sentence)
        self.weekday, self.own_weekday = self._weekday()
        self.team_time_trial = self._is_team_time_trial()
        self.time_trial = self.team_time_trial or self._is_time_trial()
        self._resolve_anaphora()
        self._mark_standings()
        self.stages, ahead = self._stages()
        self.stage = self.stages[0][0] if self.stages else None
        self.year = self._year()
        self._one_day_race()
        self._mark_ahead()
        self._people()
        self._listed()
        self._places()
        self._places_of_results()
        claims, weights = self._claims()
        kind = self._kind(claims)
        own = self._own_mentions()
        return Reading(
            article=self.article,
            claims=claims,
            weights=weights,
            cycling=cycling,
            race=self._ridden(self.race) if self.race else None,
            races=tuple((self._ridden(race).name, weight) for race, weight in races),
            stage=self.stage,
            stages=tuple(self.stages),
            next_stages=tuple(ahead),
            year=self.year,
            day=self.day,
            dates=tuple(dict.fromkeys((m.value[2], m.value[1]) for m in own if m.kind == "D" and m.value[0] == "date")),
            previous_day=self.weekday == "before",
            next_day=kind == "preview" and not (self.article.has_time and self._early()),
            time_trial=self.time_trial,
            places=tuple(dict.fromkeys(m.text for m in own if m.kind == "L")),
            people=tuple(
                dict.fromkeys(str(m.value) for s in self.sentences for m in s.masked.mentions if m.kind == "P")
            ),
            kind=kind,
            women=self.women,
            aside=self._is_aside(claims),
            of_stage=bool(self.stages) or any(self.lex.of_stage.search(s.masked.text) for s in self.sentences),
            named=tuple(
                tuple((m.start, m.end) for m in found if m.kind == "P")
                for s, found in zip(self.sentences, self.found, strict=True)
                if s.position >= 0
            ),
        )

    # -- what the article is about --------------------------------------------------------------------------------

    def _cycling(self) -> float:
        words = Counter(w for s in self.sentences for w in re.findall(r"[^\W\d_]+", s.text.lower()))
        own = sum(1 for w in self.lex.cycling if words[w])
        other = sum(min(words[w], 3) for w in self.lex.other_sports)
        mentions = [m for s in self.sentences for m in s.masked.mentions]
        teams = len({m.value for m in mentions if m.kind == "T"})
        named = {m.text for m in mentions if m.kind == "R"}
        races = any(len(name) > 6 or name in _TELLING for name in named)
        stages = any(m.kind == "S" for m in mentions)
        return own + min(teams, 3) + (3 * races or bool(named)) + 2 * stages - 2 * other

    def _is_team_time_trial(self) -> bool:
        """True where the stage itself is one: named early on, and not as something still to come."""
        for sentence in self.sentences[:4]:
            for match in self.lex.team_time_trial.finditer(sentence.masked.text):
                text = sentence.masked.text
                around = self._clause(text, match)
                if self.lex.vetoes["not_today"].search(around):
                    continue
                won = self.lex.wins.search(" ".join(text[: match.start()].split()[-_CLOSE:]))
                if (won or not self.lex.vetoes["ahead"].search(around)) and self._other_day(sentence, around) == 0:
                    return True
        return False

    def _is_time_trial(self) -> bool:
        words = self.lex.data["time_trial"]
        texts = [s.masked.text for s in self.sentences[:3]]
        texts += [m.text.lower() for s in self.sentences[:3] for m in s.masked.mentions if m.kind == "S"]
        return any(word in text for text in texts for word in words)

    def _races(self) -> list[tuple[Race, float]]:
        weights: dict[str, float] = {}
        known: dict[str, Race] = {}
        for sentence in self.sentences:
            text = sentence.masked.text
            for number, mention in enumerate(sentence.masked.mentions):
                race = mention.value if mention.kind == "R" else mention.value[1] if mention.kind == "S" else None
                if race is None:
                    continue
                weight = 4.0 if sentence.position < 0 else 2.0 if sentence.index <= 3 else 1.0
                if mention.kind == "S":
                    weight += 2
                around = _words_around(text, f"R{number}")
                if around:
                    context = around[0] + around[1]
                    won_now = sentence.position < 0 and self.lex.victories.match(around[1])
                    if self.lex.holders.match(around[1]) and not won_now:
                        weight *= 0.2
                    if _tokens("S", context):
                        weight += 2 if sentence.index <= 3 else 1
                    if 0 <= sentence.position <= 1 and re.search(rf"S\d+ (?:\S+ ){{0,6}}R{number}(?!\d)", text):
                        weight += _LEAD
                    if _tokens("Y", context) and not self._same_year(sentence, context):
                        weight *= 0.2
                    if self.lex.vetoes["not_today"].search(context):
                        weight *= 0.4
                if race.one_day:
                    weight *= 0.7
                known.setdefault(race.name, race)
                weights[race.name] = weights.get(race.name, 0.0) + weight
        self._fold_women(weights)
        order = sorted(weights, key=lambda n: (-weights[n], n))
        return [(known[n], round(weights[n], 3)) for n in order if weights[n] >= 0.5]

    def _race_of_jersey(self) -> list[tuple[Race, float]]:
        """The race whose leader wears the jersey that is spoken of, where no race is named but a numbered stage is.

        Many a race of a week has a yellow jersey, but only one of three weeks.
        """
        numbers = {m.value[0] for s in self.sentences for m in s.masked.mentions if m.kind == "S"}
        named: Counter[str] = Counter()
        for name, first in (("Giro d'Italia", 1), ("Tour de France", 10), ("Vuelta a España", 10)):
            if any(first <= number < PENULTIMATE for number in numbers):
                colour = _LEADER_COLOURS[name]
                for pattern in (self.lex.jerseys[colour], self.lex.wearers[colour]):
                    named[name] += sum(
                        " " in match[0] for s in self.sentences for match in pattern.finditer(s.masked.text)
                    )
        best = max(named, key=lambda name: named[name], default="")
        race = race_named(best) if named[best] else None
        return [(race, 0.5)] if race else []

    @staticmethod
    def _fold_women(weights: dict[str, float]) -> None:
        """A women's race is called by the men's short name after its first mention ("the Tour")."""
        for men, women in _OF_WOMEN.items():
            if women in weights and men in weights and weights[women] >= 0.5 * weights[men]:
                weights[women] += weights.pop(men)

    def _speaks_of_women(self) -> bool | None:
        """Whether those who ride are women: "she", "her", "de winnares", hardly ever "he"; None where that is open."""
        of_women = of_men = 0
        for sentence in self.sentences:
            of_women += len(self.lex.of_women.findall(sentence.masked.text))
            of_men += len(self.lex.of_men.findall(sentence.masked.text))
        for one, other, women in ((of_women, of_men, True), (of_men, of_women, False)):
            if one >= _OF_ONE_KIND and one >= _OF_ONE_KIND * other:
                return women
        return None

    def _ridden(self, race: Race) -> Race:
        """The race that is meant where an article about women names it by the name that it shares with the men's."""
        if not self.women or race.women or race_named(race.name) is None:
            return race
        name = _OF_WOMEN.get(race.name, f"{race.name} Women")
        return race_named(name) or replace(race, name=name, women=True)

    def _same_year(self, sentence: _Sentence, context: str) -> bool:
        years = [sentence.masked.get(t).value for t in _tokens("Y", context)]
        year = self.day.year if self.day is not None else self._named_year()
        return year is not None and all(y == year for y in years)

    def _named_year(self) -> int | None:
        """The edition that an undated article opens with: "stage 14 of the 2021 Tour de France"."""
        for sentence in self.sentences[:3]:
            text = sentence.masked.text
            match = re.search(r"(Y\d+) (?:\S+ )?R\d+|R\d+ (?:van |of |in )?(Y\d+)", text)
            if match and not self.lex.vetoes["not_today"].search(text):
                return int(sentence.masked.get(match[1] or match[2]).value)
        return None

    # -- masked sentences -----------------------------------------------------------------------------------------

    def _reduce(self, sentence: _Sentence) -> None:
        """Take the words away that only dress a name, and learn riders' teams and nations from them."""
        masked, lex = sentence.masked, self.lex
        text = lex.comparisons.sub("", masked.text)
        for colour in self.colours:
            if colour != "any":
                text = lex.wearers[colour].sub(self._wearing(colour), text)
        for colour in self.colours:
            text = lex.jerseys[colour].sub("JERSEY", text)
        text = lex.wearers["any"].sub(self._leading, text)
        sentence.masked = masked = Masked(text, masked.mentions)

        def parenthesis(match: re.Match[str]) -> str:
            person = str(masked.get(match[1]).value)
            inside = match[2].strip()
            if team := _tokens("T", inside):
                self.names.teams.setdefault(person, masked.get(team[0]).text)
            elif re.fullmatch(r"[LP]\d+", inside) and len(masked.get(inside).text) > len("Ned"):
                self.names.teams.setdefault(person, masked.get(inside).text)
            elif re.fullmatch(r"N\d+", inside):
                self._learn(masked, inside, person)
            elif inside in lex.data["rank_words"]:
                return match[0]
            return match[1]

        text = re.sub(r"(P\d+) \( ([^()]{1,60}) \)", parenthesis, text)
        text = re.sub(r" \( [^()]{1,40} \)", lambda m: "" if not re.search(r"[PKS]\d", m[0]) else m[0], text)

        def dressed(match: re.Match[str]) -> str:
            token = re.match(r"P\d+", match.string[match.end() :])
            if token:
                self._learn(masked, match[0], str(masked.get(token[0]).value))
            return ""

        text = lex.before_name.sub(dressed, text)

        def of_team(match: re.Match[str]) -> str:
            self.names.teams.setdefault(str(masked.get(match[1]).value), masked.get(match[2]).text)
            return match[1]

        text = lex.of_team.sub(of_team, text)
        text = lex.kinship.sub(" ", text)
        text = lex.after_race.sub(r"\1", text)

        def apposition(match: re.Match[str]) -> str:
            leads = "WEARER" in match[2] or "JERSEY" in match[2]
            wins = lex.wins.search(match[2])
            if leads or (wins and not re.match(rf"(?:{'|'.join(lex.data['relatives'])})\b", match[2])):
                return match[0]
            if not re.search(r"[PX]\d", match[2]):
                self._learn(masked, match[2], str(masked.get(match[1]).value))
            elif lex.role.search(match[2]) and len(match[2].split()) <= 8:
                pass
            elif len(match[2].split()) > 14 or not re.match(
                rf"(?:{'|'.join(lex.data['relatives'])}|[^PX]*$)", match[2]
            ):
                return match[0]
            return match[1] + " "

        text = _unquoted(re.sub(r"\s+", " ", text).strip())
        sentence.dressed = text
        for _ in range(2):
            text = re.sub(r"\s+", " ", lex.after_name.sub(apposition, text))
        sentence.reduced = text.strip()

    def _wearing(self, colour: str) -> Callable[[re.Match[str]], str]:
        """What stands for the leader only before his name ("yellow jersey Roglic"), else for what he wears."""
        worn = self.lex.jerseys[colour]

        def named(match: re.Match[str]) -> str:
            if worn.fullmatch(match[0]) and not re.match(r" P\d", match.string[match.end() :]):
                return match[0]
            return self._leading(match)

        return named

    def _leading(self, match: re.Match[str]) -> str:
        """ "leader" is the race's leader unless it is a team's, a sprinters' or a breakaway's."""
        before = match.string[: match.start()].rstrip()
        return match[0] if self.lex.other_leaders.search(before) else "WEARER"

    def _learn(self, masked: Masked, words: str, person: str) -> None:
        if team := _tokens("T", words):
            self.names.teams.setdefault(person, masked.get(team[0]).text)
        if nation := _tokens("N", words):
            code = masked.get(nation[0]).value
            if code:
                self.names.nations.setdefault(person, code)

    def _resolve_anaphora(self) -> None:
        """Make "the Slovenian", "he" and "de sprinter van Bora" tokens of the rider who was spoken of last."""
        salient: str | None = None
        earlier: str | None = None
        recent: list[str] = []
        last: list[str] = []
        for sentence in self.sentences:
            here = [str(sentence.masked.get(t).value) for t in _tokens("P", sentence.reduced)]

            def named(
                match: re.Match[str],
                sentence: _Sentence = sentence,
                salient: str | None = salient,
                earlier: str | None = earlier,
                recent: Sequence[str] = tuple(recent),
                last: Sequence[str] = tuple(last),
            ) -> str:
                before = _tokens("P", match.string[: match.start()])
                candidate = str(sentence.masked.get(before[0]).value) if before else salient
                meant = self._meant(sentence, match[0], candidate, recent, last)
                if meant is None:
                    return match[0]
                token = f"X{900 + len(sentence.anaphors)}"
                sentence.anaphors[token] = meant
                other = salient if before else earlier
                if other is not None and other != meant and match[0] in self.lex.pronouns:
                    sentence.earlier[token] = other
                return token

            sentence.reduced = self.lex.anaphora.sub(named, sentence.reduced)
            sentence.reduced = re.sub(
                rf"(X\d+) , (?:{'|'.join(self.lex.data['relatives'])}) [^,.;()PX]{{1,120}} , ", r"\1 ", sentence.reduced
            )
            recent.extend(here)
            last = here
            if here and sentence.position >= 0 and here[0] != salient:
                salient, earlier = here[0], salient

    def _meant(
        self, sentence: _Sentence, words: str, candidate: str | None, recent: Sequence[str], last: Sequence[str]
    ) -> str | None:
        """Who "the Slovenian of Jumbo" is: the candidate, unless nation or team speak for another; None where open."""
        nations, teams = _tokens("N", words), _tokens("T", words)
        code = sentence.masked.get(nations[0]).value if nations else None
        if code and (candidate is None or self._nation(candidate) not in (code, None)):
            candidate = next((p for p in reversed(recent) if self._nation(p) == code), None)
        if candidate is None or not teams:
            return candidate
        name = sentence.masked.get(teams[0]).text
        if not same_team(self.names.teams.get(candidate, name), name):
            same = [p for p in reversed(recent) if same_team(self.names.teams.get(p, "?"), name)]
            unknown = [p for p in last if p not in self.names.teams and p not in self.names.nations]
            if not same and len(unknown) != 1:
                return None
            candidate = (same or unknown)[0]
        self.names.teams.setdefault(candidate, name)
        return candidate

    def _nation(self, person: str) -> str | None:
        """The country of a rider, as the article says or the list knows."""
        return self.names.nations.get(person) or nation(person)

    def _mark_standings(self) -> None:
        """Mark sentences about the general classification: they say so, or the sentence before them does."""
        before: _Sentence | None = None
        for sentence in self.sentences:
            text = sentence.masked.text
            said = bool(self.lex.vetoes["classification_words"].search(text) or self.lex.standings.search(text))
            same = before is not None and before.standings and before.paragraph == sentence.paragraph
            sentence.inherited = same and not said and not self._of_stage(sentence)
            sentence.standings = said or sentence.inherited
            before = sentence

    def _mark_ahead(self) -> None:
        """Mark sentences that go on about the stage that the sentence before them, in the same paragraph, announces."""
        for before, sentence in pairwise(self.sentences):
            text = before.masked.text
            later = self._other_day(before, text) > 0 or (self.day is None and bool(_tokens("D", text)))
            coming = self.lex.vetoes["ahead"].search(text) and later
            announced = coming or self.lex.vetoes["tomorrow"].search(text) or self._of_coming_day(before)
            own = self.stage in {sentence.masked.get(t).value[0] for t in _tokens("S", sentence.masked.text)}
            told = self.lex.result_words.search(sentence.masked.text)
            same = before.paragraph == sentence.paragraph >= 0
            sentence.ahead = bool(announced) and same and not own and not told

    def _of_coming_day(self, sentence: _Sentence) -> bool:
        """True where a sentence names the stage of a day to come: "de rit van zaterdag is ingekort"."""
        found = self.lex.stage_of_day.finditer(sentence.masked.text)
        return any((self._distance_in_days(sentence, match["day"] or match["own"]) or 0) > 0 for match in found)

    def _of_stage(self, sentence: _Sentence) -> bool:
        text = sentence.masked.text
        return bool(self.lex.names_stage.search(text) or self.lex.result_words.search(text))

    def _of_whole_race(self, sentence: _Sentence) -> bool:
        """True where an article that tells who won the race was speaking of that last, and not of its last stage."""
        if not self.overall:
            return False
        gaps = [sentence.masked.get(token).value for token in _tokens("G", sentence.masked.text)]
        if self.stage == LAST and not self.time_trial and max(gaps, default=0) >= _GAP and not self._of_stage(sentence):
            return True  # the last stage of a race ends in a sprint, if it is no time trial
        for said in reversed(self.sentences[: sentence.index + 1]):
            text = said.masked.text
            if self._of_stage(said) or _tokens("K", text) or self.lex.on_the_road.search(text):
                return False
            if said is not sentence and self.lex.standings.search(text):
                return True
        return True

    def _person(self, sentence: _Sentence, token: str) -> str:
        return sentence.anaphors[token] if token[0] == "X" else str(sentence.masked.get(token).value)

    # -- days and stages ------------------------------------------------------------------------------------------

    def _early(self) -> bool:
        published = self.article.published
        return published is not None and (not self.article.has_time or published.hour < 12)

    def _weekday(self) -> tuple[str, int | None]:
        """Whether the article's own day is that of its publication ("same") or the one before, and its weekday."""
        first: int | None = None
        for sentence in self.sentences[:5]:
            for number, mention in enumerate(sentence.masked.mentions):
                if mention.kind != "D" or mention.value[0] != "weekday":
                    continue
                day = int(mention.value[1])
                if self.day is None:
                    if sentence.index <= 2 and not self.lex.vetoes["ahead"].search(sentence.masked.text):
                        first = day if first is None else first
                elif day == self.day.weekday():
                    return "same", day
                elif (
                    day == (self.day.weekday() - 1) % 7
                    and self._early()
                    and sentence.index <= 2
                    and not self._of_relative_clause(sentence, f"D{number}")
                ):
                    return "before", day
        if self.day is None:
            return "", first
        return "", None

    def _of_relative_clause(self, sentence: _Sentence, token: str) -> bool:
        """True where a day is that of something told by the way: "who won in Alicante on Monday"."""
        before = re.split(rf"(?<![A-Z]){token}(?!\d)", sentence.masked.text)[0]
        return bool(self.lex.relative.search(re.split(r" [,;:.] ", before)[-1]))

    def _own_mentions(self) -> list[Mention]:
        """The mentions whose days and places may be those of the article: without a date of its own, it may be weeks
        ahead of "the Giro, which begins in Bologna on 11 May"."""

        def of_coming_race(text: str) -> bool:
            return bool(_tokens("R", text) and self.lex.race_begins.search(text)) and not _tokens("S", text)

        return [
            mention
            for sentence in self.sentences
            if self.day is not None or not of_coming_race(sentence.masked.text)
            for mention in sentence.masked.mentions
        ]

    def _distance_in_days(self, sentence: _Sentence, token: str) -> int | None:
        """Days from the article's own day to a day that it names, -3 to 3 for weekdays; None where not known."""
        value = sentence.masked.get(token).value
        if value[0] == "weekday":
            own = self.own_weekday
            if own is None:
                if self.day is None:
                    return None
                own = self.day.weekday()
            return (int(value[1]) - own + 3) % 7 - 3
        if self.day is None:
            return None
        _, day, month, year = value
        try:
            there = Date(year or self.day.year, month, day)
        except ValueError:
            return None
        distance = (there - self.day).days
        return 0 if distance == -1 and self._early() else distance

    def _other_day(self, sentence: _Sentence, context: str) -> int:
        """Days to another day that the context names: below 0 for the past, above for the future, 0 for none."""
        for token in _tokens("D", context):
            distance = self._distance_in_days(sentence, token)
            if distance:
                return distance
        return 0

    def _stages(self) -> tuple[list[tuple[int, float]], list[int]]:
        weights: dict[int, float] = {}
        ahead: dict[int, None] = {}
        for sentence in self.sentences:
            text = sentence.masked.text
            for token in _tokens("S", text):
                number, _, weak = sentence.masked.get(token).value
                match = re.search(rf"((?:(?![.;:] )\S+ ){{0,7}}){token}(?![^ ])((?: (?![.;:,])\S+){{0,6}})", text)
                if match is None:
                    continue
                before, after = match[1], match[2]
                weight = (4.0, 3.0, 2.5, 2.0, 1.5)[sentence.index] if sentence.index < 5 else 1.0
                if weak:
                    weight *= 0.25
                if re.match(rf" (?:{'|'.join(self.lex.data['not_after_stage'])})\b", after) and sentence.position >= 0:
                    weight *= 0.25
                close = " ".join(before.split()[-5:]) + " " + " ".join(after.split()[:4])
                if self.lex.vetoes["not_today"].search(close):
                    weight *= 0.15
                elif set(before.split()[-3:]) & self.lex.other_stage_cues and sentence.position > 0:
                    weight *= 0.3
                elif set(before.split()[-4:]) & self.lex.victors and sentence.index > 2:
                    weight *= 0.2  # "14 seconds ahead of X, the winner of stage two"
                if _tokens("Y", close) and not self._same_year(sentence, close):
                    weight *= 0.1
                races = [sentence.masked.get(t).value for t in _tokens("R", " ".join(after.split()[:5]))]
                if self.race and races and all(r.name != self.race.name for r in races):
                    weight *= 0.1
                days = self._other_day(sentence, before + " " + after)
                if days == 0 and self._follows_announcement(sentence):
                    days = 1
                if days > 0 or (days == 0 and sentence.position >= 0 and self.lex.vetoes["ahead"].search(close)):
                    ahead[number] = None
                    weight *= 0.1 if days == 0 else 0.0
                elif days < 0:
                    weight *= 0.05
                if weight:
                    weights[number] = weights.get(number, 0.0) + weight
        if ahead:
            first = min(ahead)
            if first - 1 not in weights and 0 < first < PENULTIMATE and not any(w >= 1.5 for w in weights.values()):
                weights[first - 1] = 1.4
        order = sorted(weights, key=lambda n: (-weights[n], n))
        return [(n, round(weights[n], 3)) for n in order if weights[n] >= 0.5], list(ahead)

    def _follows_announcement(self, sentence: _Sentence) -> bool:
        """Whether the sentence before, in its paragraph, tells of a later day: "On Monday the Tour goes to France"."""
        before = self.sentences[sentence.index - 1] if sentence.index else None
        if before is None or before.paragraph != sentence.paragraph or sentence.position < 0:
            return False
        text = before.masked.text
        tells = self.lex.vetoes["ahead"].search(text) or re.match(r"(?:\S+ )?D\d+ ", text)
        return bool(tells) and self._other_day(before, text) > 0

    def _year(self) -> int | None:
        if self.race is not None:
            for sentence in self.sentences:
                for match in re.finditer(
                    r"(Y\d+) (?:\S+ ){0,3}?(R\d+)|(R\d+) (?:van |of |in )?(Y\d+)", sentence.masked.text
                ):
                    race, year = match[2] or match[3], match[1] or match[4]
                    value = int(sentence.masked.get(year).value)
                    if sentence.masked.get(race).value.name != self.race.name:
                        continue
                    if self.day is not None and value != self.day.year:
                        continue
                    if self.day is None and (
                        sentence.index > 3 or self.lex.vetoes["not_today"].search(sentence.masked.text)
                    ):
                        continue
                    return value
            if self.race.offset:
                for sentence in self.sentences[:8]:
                    for pattern in self.lex.editions:
                        for match in pattern.finditer(sentence.text):
                            value = int(match[1]) + self.race.offset
                            if self.day is None or value == self.day.year:
                                return value
        return self.day.year if self.day else None

    def _one_day_race(self) -> None:
        """In an article about a one-day race the race itself is what is won."""
        race = self.race
        if race is None or self.stage is not None:
            return
        unknown = race.offset is None and not race.short and len(race.names) == 1
        if not race.one_day and not (unknown and not self._speaks_of_stages()):
            return
        for sentence in self.sentences:
            for number, mention in enumerate(sentence.masked.mentions):
                if mention.kind == "R" and mention.value.name == race.name:
                    token = rf"(?<![A-Z])R{number}(?!\d)"
                    sentence.masked = Masked(re.sub(token, "RACE", sentence.masked.text), sentence.masked.mentions)
                    sentence.reduced = re.sub(token, "RACE", sentence.reduced)

    def _speaks_of_stages(self) -> bool:
        words = set(self.lex.data["numbered_words"])
        return any(words & set(s.masked.text.split()) for s in self.sentences)

    # -- people ---------------------------------------------------------------------------------------------------

    def _people(self) -> None:
        lex = self.lex
        self.overall = self._tells_overall_winner()
        before: _Sentence | None = None
        for sentence in self.sentences:
            reduced = sentence.reduced
            if (
                before is not None
                and before.standings
                and before.paragraph == sentence.paragraph
                and not self._of_stage(sentence)
            ):
                sentence.standings = sentence.inherited = True
            before = sentence
            if not re.search(r"[PX]\d", reduced) and not self.team_time_trial:
                continue
            if sentence.text.rstrip("\"'”’) ").endswith("?"):
                continue  # "Will Roglic be the new leader tomorrow?"
            patterns: Iterable[Pattern] = lex.results
            if sentence.position < 0:
                patterns = (*lex.results, *lex.result_titles)
            for pattern in patterns:
                for match in pattern.regex.finditer(sentence.dressed if pattern.relative else reduced):
                    self._result(sentence, match, pattern)
            for pattern in lex.ranks:
                for text in dict.fromkeys((reduced, sentence.dressed)):
                    for match in pattern.regex.finditer(text):
                        self._rank(sentence, match, pattern)
            for pattern in lex.leaders:
                if pattern.title and sentence.position >= 0:
                    continue
                for match in pattern.regex.finditer(reduced):
                    self._leader(sentence, match, pattern)
            if sentence.standings:
                for pattern in lex.gc:
                    for match in pattern.regex.finditer(reduced):
                        self._say_people(sentence, match, pattern.weight)

    def _listed(self) -> None:
        """What lists of results say, of the article's own stage."""
        if self.team_time_trial:
            return
        for placing in self.article.results:
            numbers = {m.value[0] for m in mentions(placing.head, self.lex) if m.kind == "S"}
            if numbers and self.stage is not None and self.stage not in numbers:
                continue
            if placing.fact.startswith("gc_") and self.race is not None and self.race.one_day:
                continue
            row = Masked(placing.row, ())
            sentence = _Sentence(placing.row, LISTED, len(self.sentences), LISTED, row, placing.row)
            self._hit(placing.fact, placing.name, sentence, _LISTED_WEIGHT[placing.fact])

    def _is_object(self, before: str) -> bool:
        """True where a rider and one verb stand before: "Vingegaard cracks Pogacar", "Caicedo from Ecuador beat",
        "Martin edged out the race leader"."""
        before = re.sub(r"(?: (?:the|de|WEARER|N\d+))+$", "", before)
        match = re.search(rf"[PX]\d+ (?:(?:{self.lex.out_of}) [NLT]\d+ )?(\w+)(?: (?:out|off|in|down))?$", before)
        return match is not None and match[1] not in self.lex.subordinators

    def _won_race_not_stage(self, sentence: _Sentence, person: str) -> None:
        """Take back that somebody won the stage, where the sentence says so of the whole race: "wins the Giro after
        beating X on the last day", but not "won the fourth stage and was the overall winner"."""
        if (sentence.index, person) in self.won_stage:
            return
        self.hits = [
            hit
            for hit in self.hits
            if hit.sentence is not sentence or (person != hit.winner and (hit.fact, hit.value) != ("winner", person))
        ]

    def _tells_overall_winner(self) -> bool:
        """True where the article opens with who won the whole race, or says it anywhere on the last day.

        Then its second and third are those of the race.
        """
        for sentence in self.sentences if self.stage == LAST else self.sentences[:3]:
            for pattern in self.lex.leaders:
                for match in pattern.regex.finditer(sentence.reduced) if pattern.final else ():
                    if not self.lex.names_stage.search(match[0]):
                        return True
        return False

    def _around(self, match: re.Match[str]) -> tuple[str, str, str]:
        """What stands before a match in its clause, the match, and what follows in its clause."""
        clauses = re.split(r" (?:[,;:.]|\") ", match.string[: match.start()])
        left = clauses[-1]
        if len(clauses) > 1 and left.split(" ", 1)[0] in self.lex.when:
            left = f"{clauses[-2]} {left}"  # "three years ago, when X won"
        right = re.split(r" [,;.:](?: |$)", match.string[match.end() :])[0]
        right = self.lex.clause_breaks.split(f" {right}")[0]
        return " ".join(left.split()[-6:]), match[0], " ".join(right.split()[:9])

    def _about_another(self, sentence: _Sentence, around: str) -> bool:
        """True where the words tell of another stage, another race, another year or another day."""
        if _tokens("Y", around) and not self._same_year(sentence, around):
            return True
        if (month := self.lex.in_month.search(around)) and self.day is not None:
            days = (self.day, self.day - timedelta(days=1))
            if self.lex.months[month["month"]] not in {day.month for day in days}:
                return True
        numbers = {sentence.masked.get(t).value[0] for t in _tokens("S", around)}
        if self._other_stage(numbers):
            return True
        races = {sentence.masked.get(t).value.name for t in _tokens("R", around)}
        if races and self.race and self.race.name not in races:
            return True
        return self._other_day(sentence, around) != 0

    def _other_stage(self, numbers: set[int]) -> bool:
        """True where stage numbers are named and none of them can be the article's own."""
        relative = {LAST, PENULTIMATE}
        if not numbers or self.stage is None or numbers & relative:
            return False
        if self.stage in relative:  # its number is not known, unless the article says it as well
            sure = _AS_SURE * self.stages[0][1]
            return not any(number in numbers and weight >= sure for number, weight in self.stages)
        return self.stage not in numbers

    def _result(self, sentence: _Sentence, match: re.Match[str], pattern: Pattern) -> None:
        before, span, after = self._around(match)
        around = f"{before} {span} {after}"
        vetoes = self.lex.vetoes
        if match.groupdict().get("loser") is None and vetoes["unreal"].search(f"{before} {span}"):
            return
        if vetoes["not_today"].search(around):
            return
        if vetoes["other_prize"].search(f"{span} {after}") and not self._by_stage_win(span, after):
            return
        if sentence.position >= 0 and vetoes["not_today"].match(match.string):
            return  # "last week he came close in Lyon, in Privas X was second behind Y"
        if vetoes["several"].search(span) or self._of_others(sentence, around) or self._taken_away(match):
            return
        if self._other_day(sentence, re.split(r" [,;:.] ", match.string[: match.start()])[-1]):
            return  # "who on Saturday came fourth on the Zoncolan, far behind stage winner X"
        beaten = re.match(rf" (?:{self.lex.data['and']}) [PX]\d+ ([^.,;:]*)", match.string[match.end() :])
        following = [*(beaten[1] if beaten else after).split(), "."][:_NEXT]
        if vetoes["best_of_the_rest"].search(f"{span} {' '.join(following)}"):
            return
        if pattern.beat:
            between = match.string[match.start() : match.start("second")]
            if self._only_placed(between) or re.search(r"(?:JERSEY|WEARER)[^,]{0,30} , G\d", between):
                return  # "stays in yellow, 21 seconds ahead of X"
        if vetoes["perfect"].search(around) and not self._one_stage(span):
            return  # "who has won four stages", but "has won the fourth stage"
        if self._about_another(sentence, around):
            return
        if pattern.relative and _tokens("D", span) and self.own_weekday is None:
            return  # "who won Friday's stage"; nobody knows what day it is
        if self.lex.times.match(f" {after}") or self._looks_back(sentence, span):
            return
        compares = pattern.beat or match.groupdict().get("second") is not None
        of_stage = _tokens("S", span) or self.lex.of_the_day.search(span)
        if compares and not of_stage and (sentence.standings or self._of_whole_race(sentence)):
            return
        if re.match(r"[PXT]\d", span) and before.split()[-1:] and not pattern.relative:
            if before.split()[-1] in self.lex.object_markers or self._is_object(before):
                return
            if re.search(rf"[PX]\d+ (?:{self.lex.data['and']})$", before):
                return
        self._say_people(sentence, match, pattern.weight)
        if match.groupdict().get("winner") and _tokens("S", span):
            self.won_stage.add((sentence.index, self._person(sentence, match["winner"])))

    def _by_stage_win(self, span: str, after: str) -> bool:
        """True for "took the overall victory thanks to his second stage win", which is his own and no other rider's."""
        return bool(self.lex.stage_win.search(span)) and not re.match(r"(?:\S+ ){0,2}?[PXT]\d", after)

    def _looks_back(self, sentence: _Sentence, span: str) -> bool:
        """True where a sentence late in the article goes on telling of another year, of riders named nowhere else.

        "It is the shortest stage since 1996. Then bad weather struck too. X won."
        """
        before = self.sentences[max(0, sentence.index - 2) : sentence.index]
        if sentence.index <= _LATE or not any(
            self.lex.back_to.search(s.masked.text) and not self._same_year(s, s.masked.text) for s in before
        ):
            return False
        people = {sentence.masked.get(token).value for token in _tokens("P", span)}
        others = {m.value for s in self.sentences if s is not sentence for m in s.masked.mentions if m.kind == "P"}
        return bool(people) and people.isdisjoint(others)

    def _of_others(self, sentence: _Sentence, around: str) -> bool:
        """True where the words, or the sentence that leads up to them, are about the women's race in an article about
        the men's, or the other way round."""
        if self.women:  # "turning circles too: the men in France, where X won"
            return bool(self.lex.vetoes["men"].search(sentence.masked.text))
        women = self.lex.vetoes["women"]
        before = self.sentences[sentence.index - 1] if sentence.index else None
        leads = before is not None and before.paragraph == sentence.paragraph >= 0 and women.search(before.masked.text)
        if not (leads or women.search(around)):
            return False
        return not any(women.search(s.masked.text) for s in self.sentences[:2])

    def _taken_away(self, match: re.Match[str]) -> bool:
        """True where the sentence goes on to take the win away: "crossed the line first but was relegated".

        Where another rider stands near the word, it is he who was: "won after the jury had relegated X".
        """
        rest = match.string[match.end() :]
        found = self.lex.vetoes["win_lost"].search(rest)
        if found is None:
            return False
        before, near = rest[: found.start()], " ".join(rest[found.end() :].split()[:4])
        another = self.lex.role.search(before)  # "after a rider was disqualified"
        return another is None and not re.search(r"[PXT]\d", f"{before} {near}")

    def _only_placed(self, text: str) -> bool:
        """True where somebody came second and no more: "was second, just ahead of X", not "was third and beat X"."""
        found = self.lex.vetoes["placed"].search(text)
        return found is not None and not re.search(
            rf" (?:{self.lex.data['and']}|{self.lex.data['but']}) ", text[found.end() :]
        )

    def _one_stage(self, span: str) -> bool:
        """Whether the words name one stage: by its number, or as "the" stage."""
        return bool(_tokens("S", span)) or "RACE" in span or self.lex.the_stage.search(span) is not None

    def _rank(self, sentence: _Sentence, match: re.Match[str], pattern: Pattern) -> None:
        before, span, after = self._around(match)
        around = f"{before} {span} {after}"
        vetoes = self.lex.vetoes
        if vetoes["not_today"].search(around) or vetoes["unreal"].search(span) or self._about_another(sentence, around):
            return
        if vetoes["other_prize"].search(f"{span} {after}") and not sentence.standings:
            return
        if vetoes["other_classifications"].search(f"{span} {after}"):
            return  # "he was second in the mountains classification", after a sentence about the general one
        if re.match(r"[PXT]\d", span) and before.split()[-1:]:
            if before.split()[-1] in self.lex.rank_object_markers:
                return
            if self.lex.rank_objects.search(before):
                return  # "came in behind X and Y as third"
        groups = {k: v for k, v in match.groupdict().items() if v}
        close = f"{match.string[: match.end()]} {' '.join(match.string[match.end() :].split()[:3])}"
        said = self.lex.vetoes["classification_words"].search(close) or self.lex.standings.search(close)
        whole = bool(_tokens("R", span)) and not _tokens("S", span)  # "closed the Giro as second"
        # "X is third" after a sentence about the standings is about them too, "X came third" is not.
        standings = sentence.standings and (said or (sentence.inherited and not self.lex.finished.search(span)))
        # "X closed the Giro as second. Y came third."
        goes_on = sentence.index > 0 and self.sentences[sentence.index - 1].of_race and not self._of_stage(sentence)
        if whole or goes_on or standings or self._of_whole_race(sentence):
            sentence.standings = True
            sentence.of_race = whole or goes_on
            for name, token in groups.items():
                self._hit(
                    {"second": "gc_second", "third": "gc_third"}[name], self._person(sentence, token), sentence, 1.0
                )
            return
        self._say_people(sentence, match, pattern.weight)

    def _leader(self, sentence: _Sentence, match: re.Match[str], pattern: Pattern) -> None:
        before, span, after = self._around(match)
        vetoes = self.lex.vetoes
        if vetoes["unreal"].search(f"{before} {span}") or vetoes["not_today"].search(f"{before} {span}"):
            return
        if self._of_another_classification(f"{span} {after}"):
            return
        if re.search(r" , (?:\S+ )?JERSEY", span):
            return  # "X takes stage four, pink goes from Y to Z"
        # "thirty riders did not start, among them race leader X"
        if self.lex.gone.search(match.string if span.startswith("WEARER") else f"{before} {span} {after}"):
            return
        wearer = re.search(r"WEARER ([PX]\d+)", f"{span} {after}")
        if wearer and "leader" in match.groupdict() and match["leader"] not in (None, wearer[1]):
            return  # "X kept up thanks to the race leader, Y"
        if _tokens("Y", span) and not self._same_year(sentence, span):
            return
        races = {sentence.masked.get(t).value.name for t in _tokens("R", span)}
        if races and self.race and self.race.name not in races:
            return
        if self._other_day(sentence, f"{before} {span} {after}") < 0 and "leader" in match.groupdict():
            return
        if re.match(r"[PX]\d", span) and before.split()[-1:]:
            if before.split()[-1] in self.lex.leader_object_markers or self._is_object(before):
                return
            if self.lex.leader_objects.search(before):
                return
        if pattern.final and (self._other_day(sentence, span) or self.lex.names_stage.search(span)):
            return
        self._say_people(sentence, match, pattern.weight)
        if pattern.final and not (self.race and self.race.one_day):
            self._won_race_not_stage(sentence, self._person(sentence, match["leader"]))

    def _of_another_classification(self, text: str) -> bool:
        """True where "the lead" is that of the points or the mountains, or only their jerseys are named."""
        other = self.lex.vetoes["other_classifications"]
        if not re.search("JERSEY|WEARER", text):
            return bool(other.search(text))
        led = re.search(rf"JERSEY (?:{self.lex.within}) ((?:\S+ ?){{1,3}})", text)
        return bool(led and other.search(led[1].strip()))

    def _say_people(self, sentence: _Sentence, match: re.Match[str], weight: float) -> None:
        groups = {k: v for k, v in match.groupdict().items() if v}
        winner = self._person(sentence, groups["winner"]) if "winner" in groups else None
        for fact, token in groups.items():
            if fact in _RESULT and (token[0] == "T") != self.team_time_trial:
                continue
            if token[0] == "T" and fact != "winner" and _tokens("T", match[0])[-1] != token:
                continue
            if token[0] == "T" and fact == "winner" and len(groups) == 1 and len(_tokens("T", match[0])) > 1:
                continue  # "X limit losses as Y storm to the win"
            value = weight * (0.5 if token[0] == "X" else 1.0) * (1.5 if sentence.position < 0 else 1.0)
            if fact == "winner" and sentence.index <= 2:
                value *= 1.3
            name = "gc_leader" if fact == "leader" else fact
            beside = winner if fact != "winner" else None
            person = self._person(sentence, token)
            if person.lower() in self.lex.starters:
                continue
            if person.split()[0] not in self.lex.dignitaries:  # who watched, or shook hands
                self._hit(name, person, sentence, value, beside, sentence.earlier.get(token))

    def _hit(
        self,
        fact: str,
        value: Value,
        sentence: _Sentence,
        weight: float,
        winner: str | None = None,
        earlier: str | None = None,
    ) -> None:
        hit = _Hit(fact, value, sentence, weight, winner, earlier)
        if fact in _SAID_ONCE:  # however many patterns a sentence fits
            for place, said in enumerate(self.hits):
                if (said.fact, said.value, said.winner) == (fact, value, winner) and said.sentence is sentence:
                    if fact == "winner" and weight > said.weight:
                        self.hits[place] = hit
                    return
        self.hits.append(hit)

    # -- places and distance --------------------------------------------------------------------------------------

    def _places(self) -> None:
        lex = self.lex
        for sentence in self.sentences:
            text = sentence.masked.text
            if not re.search(r"[LK]\d", text):
                continue
            early = 1.5 if sentence.index <= 5 else 1.0
            for pattern in lex.routes:
                for match in pattern.finditer(text):
                    around = self._clause(text, match)
                    if self._later(sentence, around):
                        self._next_stage(sentence, match, around)
                    elif not self._not_own(sentence, around) and not lex.vetoes["planned"].search(around):
                        for name in ("start", "finish"):
                            self._place(name, sentence, match[name], 3.0 * early)
            for patterns, name in ((lex.finishes, "finish"), (lex.starts, "start")):
                for pattern in patterns:
                    for match in pattern.finditer(text):
                        around = self._clause(text, match)
                        # "the Tour that started in Bilbao" is no start of a stage.
                        of_race = re.search(r"R\d|RACE", f"{match[0]} {text[: match.start()][-12:]}")
                        if self._later(sentence, around) or self._not_own(sentence, around):
                            continue
                        if self.lex.vetoes["planned"].search(around):
                            continue
                        if name == "finish" or not of_race:
                            self._place(name, sentence, match[name], 1.0 * early)
            for pattern in lex.distances:
                for match in pattern.finditer(text):
                    self._distance(sentence, match, early)

    def _places_of_results(self) -> None:
        """A place named in the sentence that tells who won is likely the finish."""
        for hit in [h for h in self.hits if h.fact == "winner" and h.weight >= 2]:
            text = hit.sentence.masked.text
            for pattern in self.lex.near:
                for match in pattern.finditer(text):
                    around = self._clause(text, match)
                    if not self._later(hit.sentence, around) and not self._not_own(hit.sentence, around):
                        weight = 1.5 if hit.sentence.position < 0 else 1.0
                        self._place("finish", hit.sentence, match["finish"], weight)

    def _distance(self, sentence: _Sentence, match: re.Match[str], early: float) -> None:
        text = match.string
        around = self._clause(text, match)
        tokens = _tokens("K", match[0])
        if not tokens or self._later(sentence, around) or self._not_own(sentence, around):
            return
        if self.lex.vetoes["planned"].search(around):
            return
        kilometres = float(sentence.masked.get(tokens[0]).value)
        near = re.search(rf"(?:\S+ ){{0,5}}{tokens[0]}(?![^ ])(?: \S+){{0,4}}", text)
        if near and any(
            tokens[0] in m[0].split() or not _tokens("K", m[0]) for m in self.lex.distance_not.finditer(near[0])
        ):
            return
        exact = bool(self.lex.whole_route.search(match[0]))
        ridden = self.lex.so_far.search(text[: match.start() + match[0].index(tokens[0])])
        if 100 <= kilometres <= 310:
            self._hit("distance_km", kilometres, sentence, (2.5 if exact else 2.0) * early)
        elif 2 <= kilometres < 100 and (exact or (self.time_trial and not ridden)):
            self._hit("distance_km", kilometres, sentence, 1.5 * early)

    def _later(self, sentence: _Sentence, around: str) -> bool:
        """True where the words are about a stage still to come."""
        numbers = {sentence.masked.get(t).value[0] for t in _tokens("S", around)}
        if numbers and self.stage in numbers:
            return False
        if sentence.ahead or self._of_coming_day(sentence):
            return True
        named = {sentence.masked.get(t).value[0] for t in _tokens("S", sentence.masked.text)}
        if self.stage is not None and self.stage + 1 in named and self.stage not in named:
            return True
        if self._other_day(sentence, around) > 0:
            return True
        return bool(self.lex.ends_on.search(around) or self.lex.vetoes["ahead"].search(around))

    def _next_stage(self, sentence: _Sentence, match: re.Match[str], around: str) -> None:
        if (
            self._other_day(sentence, around) > 2
            or not self.lex.any_stage
            or (_tokens("R", around) and self._wrong_race(sentence, around))
        ):
            return
        start, finish = (sentence.masked.get(match[n]).text for n in ("start", "finish"))
        number = next((sentence.masked.get(t).value[0] for t in _tokens("S", around)), None)
        kilometres = next((sentence.masked.get(t).value for t in _tokens("K", around)), None)
        text = f"{start} - {finish}"
        if number is not None and number < PENULTIMATE:
            text = f"Stage {number}, {text}"
        if kilometres and kilometres >= 5:
            text += f" ({kilometres:g} km)"
        self._hit("next_stage", text, sentence, 2.0)

    def _wrong_race(self, sentence: _Sentence, around: str) -> bool:
        races = {sentence.masked.get(t).value.name for t in _tokens("R", around)}
        return bool(races and self.race and self.race.name not in races)

    def _place(self, name: str, sentence: _Sentence, token: str, weight: float) -> None:
        mention = sentence.masked.get(token)
        if mention.kind == "P":
            named = sum(
                1 for s in self.sentences for m in s.masked.mentions if m.kind == "P" and m.value == mention.value
            )
            if " " in str(mention.value) or named > 1:
                return
        if self.race and any(called.endswith(f" {mention.text}") for called in self.race.names):
            return  # "wint in Romandië" is said of the whole race
        first = mention.text.split()[0].lower()
        if name == "finish" and weight < 3 and first in self.lex.data["passes"]:
            weight *= 0.5
        self._hit(name, mention.text, sentence, weight)

    @staticmethod
    def _clause(text: str, match: re.Match[str]) -> str:
        """A match with the words around it up to the next commas, and the first words of its sentence."""
        left = re.split(r" [.;] ", text[: match.start()])[-1]
        right = re.split(r" [.;](?: |$)", text[match.end() :])[0]
        opening = " ".join(left.split()[:4])
        near = re.split(r" , ", left)[-1]
        following = re.split(r" ,(?: |$)", right)[0]
        joined = near if left == near else f"{opening} , {near}"
        return " ".join(joined.split()[-16:]) + " " + match[0] + " " + " ".join(following.split()[:8])

    def _not_own(self, sentence: _Sentence, around: str) -> bool:
        return bool(self.lex.vetoes["not_today"].search(around)) or self._about_another(sentence, around)

    # -- claims ---------------------------------------------------------------------------------------------------

    def _claims(self) -> tuple[tuple[Claim, ...], tuple[float, ...]]:
        claims: list[tuple[Claim, float]] = []
        path = self.article.path

        def say(fact: str, value: Value, sentence: _Sentence, weight: float) -> None:
            claims.append((Claim(fact, value, path, sentence.text, sentence.position), round(weight, 3)))

        race = self.race
        if race is not None:
            where = self._first("R", lambda v: v.name == race.name) or self._first(
                "S", lambda v: v[1] is not None and v[1].name == race.name
            )
            if where:
                say("race", race.name, where, 3.0)
        if self.stage is not None and self.stage < PENULTIMATE:
            where = self._first("S", lambda v: v[0] == self.stage)
            if where:
                say("stage", self.stage, where, 3.0)
        winner = self._settle_people(say)
        if winner and not self.team_time_trial and (team := self._team_of(winner)):
            where = next((s for s in self.sentences if self._names(s, winner) and team in s.text), None) or next(
                (s for s in self.sentences if team in s.text), None
            )
            if where:
                say("team", team, where, 2.0)
        if (
            any(h.fact == "distance_km" and float(h.value) >= 100 and h.weight >= 2 for h in self.hits)
            and not self.race_is_short()
        ):
            self.hits = [h for h in self.hits if h.fact != "distance_km" or float(h.value) >= 100 or h.weight > 2.3]
        self._settle("distance_km", say, lambda a, b: abs(float(a) - float(b)) <= 1.0)
        for fact in ("start", "finish"):
            self._settle(fact, say, lambda a, b: same_place(str(a), str(b)), floor=0.9, often=False)
        self._settle("next_stage", say, lambda a, b: str(a)[-12:] == str(b)[-12:])
        return tuple(c for c, _ in claims), tuple(w for _, w in claims)

    def race_is_short(self) -> bool:
        """True where the title itself speaks of a time trial."""
        return bool(self.sentences) and any(w in self.sentences[0].masked.text for w in self.lex.data["time_trial"])

    def _names(self, sentence: _Sentence, person: str) -> bool:
        return any(m.kind == "P" and m.value == person for m in sentence.masked.mentions)

    def _first(self, kind: str, test: Callable[..., bool]) -> _Sentence | None:
        found = [s for s in self.sentences if any(m.kind == kind and test(m.value) for m in s.masked.mentions)]
        body = [s for s in found if s.position >= 0]
        return body[0] if body else found[0] if found else None

    def _team_of(self, person: str) -> str | None:
        for name, team in self.names.teams.items():
            if name == person or same_person(name, person):
                return team
        return None

    def _settle(
        self,
        fact: str,
        say: Callable[[str, Value, _Sentence, float], None],
        same: Callable[[Value, Value], bool],
        floor: float = 0.0,
        often: bool = True,
    ) -> Value | None:
        """Claim the value that most speaks for; nothing where two values are about as likely.

        With `often`, a claim is the surer the more often it is made; else as sure as the surest time.
        """
        groups: list[tuple[Value, float, list[_Hit]]] = []
        for hit in self.hits:
            if hit.fact != fact:
                continue
            for i, (known, total, where) in enumerate(groups):
                if same(known, hit.value):
                    best = hit.value if isinstance(hit.value, str) and len(hit.value) > len(str(known)) else known
                    groups[i] = (best, total + hit.weight, [*where, hit])
                    break
            else:
                groups.append((hit.value, hit.weight, [hit]))
        groups.sort(key=lambda g: -g[1])
        if not groups or groups[0][1] < floor or (len(groups) > 1 and groups[1][1] > 0.75 * groups[0][1]):
            return None
        value, total, where = groups[0]
        best_hit = max(where, key=lambda h: (h.sentence.position >= 0, h.weight, -h.sentence.index))
        say(fact, value, best_hit.sentence, total if often else max(hit.weight for hit in where))
        return value

    def _gaps(self, say: Callable[[str, Value, _Sentence, float], None], people: dict[str, str]) -> None:
        """The winner's margin over the second and the leader's over the second overall, where those two are claimed."""
        for fact, patterns, rider in (
            ("margin", self.lex.margins, "second"),
            ("gc_gap", self.lex.gc_gaps, "gc_second"),
        ):
            if rider not in people:
                continue
            for sentence in self.sentences:
                if sentence.standings != (fact == "gc_gap"):
                    continue
                for pattern in patterns:
                    for match in pattern.regex.finditer(sentence.reduced):
                        groups = match.groupdict()
                        if groups.get("leader"):
                            person, wanted = self._person(sentence, groups["leader"]), people.get("gc_leader")
                        else:
                            person, wanted = self._person(sentence, groups[rider]), people[rider]
                        before, span, after = self._around(match)
                        if self.lex.gap_vetoes.search(f"{before} {span}"):
                            continue
                        if fact == "margin" and self.lex.vetoes["other_prize"].search(f"{before} {span} {after}"):
                            continue  # at a time check
                        if wanted != person or self._about_another(sentence, f"{before} {span} {after}"):
                            continue
                        seconds = int(sentence.masked.get(match["gap"]).value)
                        self._hit(fact, f"{seconds // 60}:{seconds % 60:02}", sentence, pattern.weight)
            self._settle(fact, say, lambda a, b: a == b)

    def _settle_people(self, claim: Callable[[str, Value, _Sentence, float], None]) -> str | None:
        def same(a: Value, b: Value) -> bool:
            return a == b or same_person(str(a), str(b))

        def drop(facts: Iterable[str], person: Value | None) -> None:
            if person is not None:
                self.hits = [h for h in self.hits if h.fact not in facts or not same(h.value, person)]

        for hit in [h for h in self.hits if h.fact == "loser"]:
            drop(["winner"], hit.value)
        ranked = {h.value for h in self.hits if h.fact in ("second", "third") and h.winner is None}
        # "Only Meintjes could follow. After a fine solo he won": if Meintjes came second, it was the one before him.
        named = {h.value for h in self.hits if h.fact == "winner" and h.earlier is None and h.weight >= 2}
        self.hits = [
            replace(h, value=h.earlier)
            if h.fact == "winner" and h.earlier and h.earlier not in ranked and h.value in ranked - named
            else h
            for h in self.hits
        ]
        plain = [h for h in self.hits if h.fact == "winner" and h.weight >= 2]
        if any(h.value not in ranked for h in plain):
            # Who is called second or third by the same article did not win, unless nobody else did.
            for person in ranked:
                mine = sum(h.weight for h in self.hits if h.fact == "winner" and h.value == person)
                if mine < 3:
                    drop(["winner"], person)
        people: dict[str, str] = {}

        def say(fact: str, value: Value, sentence: _Sentence, weight: float) -> None:
            people[fact] = str(value)
            claim(fact, value, sentence, weight)

        winner = self._settle("winner", say, same)
        self.hits = [h for h in self.hits if h.winner is None or (winner is not None and same(h.winner, winner))]
        drop(["second", "third"], winner)
        second = self._settle("second", say, same)
        drop(["third"], second)
        self._settle("third", say, same)
        for hit in [h for h in self.hits if h.fact == "old"]:
            drop(["gc_leader"], hit.value)
        for floor in (4.0, 3.0):
            if any(h.fact == "gc_leader" and h.weight >= floor for h in self.hits):
                self.hits = [h for h in self.hits if h.fact != "gc_leader" or h.weight >= floor]
                break
        leader = self._settle("gc_leader", say, same)
        drop(["gc_second", "gc_third"], leader)
        if leader is None:
            self.hits = [h for h in self.hits if h.fact not in ("gc_second", "gc_third") or h.weight >= 1]
        second = self._settle("gc_second", say, same)
        drop(["gc_third"], second)
        self._settle("gc_third", say, same)
        self._gaps(claim, people)
        return str(winner) if winner else None

    def _kind(self, claims: Sequence[Claim]) -> Literal["report", "reaction", "preview"]:
        """A report tells who won, or much of the race, in its own words; a reaction is made of what people say."""
        winner = next((c for c in claims if c.fact == "winner"), None)
        if any(self._says(s, "preview") for s in self.sentences[:2]) and (winner is None or winner.position > 3):
            return "preview"
        told = {c.fact for c in claims}
        opens = winner is not None and winner.position <= 2 and len(told & _OF_THE_DAY) >= _MUCH_TOLD
        said = self._quoted() >= (_NEARLY_ALL_SAID if opens else _MOSTLY_SAID)
        if said or any(s.position < 0 and _SPEAKS.match(s.text) for s in self.sentences[:1]):
            return "reaction"
        if winner is None and any(self.lex.vetoes["tomorrow"].search(s.dressed) for s in self.sentences[:3]):
            return "preview"
        if winner is not None or told & {"second", "third"} or len(told & _STANDINGS) >= 3:
            return "report"
        body = [s for s in self.sentences if s.position >= 0]
        if len(body) >= _SHORT and any(c.fact == "gc_leader" and c.position <= 0 for c in claims):
            return "report"  # it opens with who leads the race now
        road = sum(bool(re.search(r"[KG]\d", s.reduced) or self.lex.result_words.search(s.reduced)) for s in body)
        enough = _ON_THE_ROAD if len(body) >= _LONG else _ALL_ON_THE_ROAD
        return "report" if road >= enough * max(1, len(body)) else "reaction"

    def _is_aside(self, claims: Sequence[Claim]) -> bool:
        """True for a guide to television and a page about a podcast, unless it tells who won before all else, and for
        what opens with a criterium and knows of no stage."""
        told = any(c.fact == "winner" and c.position <= 1 for c in claims)
        listing = not told and any(s.position < 0 and self._says(s, "listings") for s in self.sentences[:1])
        opening = (sentence.masked.text for sentence in self.sentences[:3])  # without "Criterium du Dauphiné"
        return listing or (self.stage is None and any(map(self.lex.vetoes["criteriums"].search, opening)))

    def _says(self, sentence: _Sentence, phrases: str) -> bool:
        """Whether one of the phrases stands in a sentence, capitals or not: in a title a word may pass for a name."""
        words = " ".join(re.findall(r"\w[\w'-]*|[^\w\s]", plain(sentence.text).lower()))
        return bool(self.lex.vetoes[phrases].search(words))

    def _quoted(self) -> float:
        """Share of the article that stands in quotation marks."""
        text = " ".join(s.text for s in self.sentences if s.position >= 0)
        return sum(len(match[0]) for match in _SAID.finditer(text)) / max(1, len(text))


def _unquoted(text: str) -> str:
    """A masked sentence without what somebody says in it in quotation marks; short quotes ("King of Spring") stay."""

    def drop(match: re.Match[str]) -> str:
        return " " if len(match[0].split()) > 5 else match[0]

    text = re.sub(r"[“„\"][^“”„\"]*(?:[”\"]|$)", drop, text)
    return re.sub(r"\s+", " ", text).strip()


def _sober_title(title: str, text: str) -> str:
    """A title in sober case: words SHOUTED in it and not in the text in small letters, and where it is written With
    Capitals Everywhere those that the text has in lower case; names of races and teams stay."""
    shouted = set(re.findall(r"(?<!\w)[^\W\d_]{3,}(?!\w)", text))
    title = re.sub(
        r"(?<!\w)[^\W\d_]{3,}(?!\w)", lambda m: m[0].lower() if m[0].isupper() and m[0] not in shouted else m[0], title
    )
    words = re.findall(r"[^\W\d_]{2,}", title)
    if len(words) < 4 or sum(w[0].isupper() for w in words) < 0.7 * len(words):
        return title
    lower = {w for w in re.findall(r"[^\W\d_]+", text) if w.islower()}
    upper = {w for w in re.findall(r"(?<=[a-z,] )[^\W\d_]+", text) if w[0].isupper()}

    kept = {place for name in known_names(title) for place in range(name.start, name.end)}

    def sober(match: re.Match[str]) -> str:
        word = match[0]
        stays = match.start() in kept or (word in upper and word.lower() not in lower)
        return word if stays or not match.start() else word.lower()

    return re.sub(r"[^\W\d_]{2,}", sober, title)
