"""What one article claims about a stage, read from the text as written, in its own language.

The knowledge of a language is in `summarize/lexicon/claims.<language>.json`: patterns over masked sentences (see
`summarize.mentions`) and lists of words. What stands here decides which of the things that match are claims about the
stage the article tells of: yesterday's winner, the winner of another race and a wished-for victory are not.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta
from functools import cache

from summarize.articles import Article
from summarize.facts import Claim, Value
from summarize.mentions import LAST, Lexicon, Masked, Mention, Names, Race, find_names, lexicon, mask
from summarize.names import same_person, same_place

__all__ = ["Reading", "read", "read_claims"]

_TOKEN = re.compile(r"[PXLTRSKGNDY]\d+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the grouping needs to know about an article, besides its claims."""

    article: Article
    claims: tuple[Claim, ...]
    cycling: float
    """How much the article speaks of cycling: distinct words of the sport, less those of other sports."""
    race: Race | None
    races: tuple[tuple[str, float], ...]
    """Races named, with weights, the heaviest first."""
    stage: int | None
    """Number of the stage that the article tells of; `summarize.mentions.LAST` for "the last stage"."""
    stages: tuple[tuple[int, float], ...]
    next_stages: tuple[int, ...]
    year: int | None
    """Edition, where the article itself says it."""
    day: Date | None
    """Day of publication."""
    previous_day: bool
    """True where the article speaks of the day before its publication as the day of the stage."""
    next_day: bool
    """True for a preview of the day after."""
    places: tuple[str, ...]
    people: tuple[str, ...]
    kind: str
    weights: tuple[float, ...] = ()
    """Weight of each claim, in their order."""


@dataclass(slots=True)
class _Sentence:
    text: str
    position: int
    masked: Masked
    reduced: str
    anaphors: dict[str, str] = field(default_factory=dict)
    own: bool = True
    """False where the sentence tells of another stage or another day."""
    ahead: bool = False


def read_claims(article: Article) -> tuple[Claim, ...]:
    """What an article claims, each claim with the sentence it stands in; empty where its language is not known."""
    return read(article).claims


def read(article: Article) -> Reading:
    """Read an article with `language` and `sentences` filled."""
    lex = lexicon(article.language) if article.language else None
    if lex is None:
        day = article.published.date() if article.published else None
        return Reading(article, (), 0.0, None, (), None, (), (), None, day, False, False, (), (), "report")
    return _Reader(article, lex).read()


@cache
def _leader_colours() -> dict[str, str]:
    return {"Tour de France": "yellow", "Giro d'Italia": "pink", "Vuelta a España": "red"}


@cache
def _known_places() -> frozenset[str]:
    from summarize.calendar import known_places

    return known_places()


class _Reader:
    def __init__(self, article: Article, lex: Lexicon) -> None:
        self.article = article
        self.lex = lex
        self.day = article.published.date() if article.published else None
        texts: list[tuple[str, int]] = []
        if article.title:
            texts.append((article.title, -1))
        texts.extend((s.text, s.position) for s in article.sentences)
        self.texts = texts
        self.names: Names
        self.names, found = find_names([t for t, _ in texts], lex, _known_places())
        self.sentences = [
            _Sentence(text, position, masked := mask(text, here), masked.text)
            for (text, position), here in zip(texts, found, strict=True)
        ]
        self.hits: list[tuple[str, Value, _Sentence, float]] = []

    def read(self) -> Reading:
        cycling = self._cycling()
        races = self._races()
        self.races = races
        self.race = races[0][0] if races else None
        self.colours = [_leader_colours()[self.race.name]] if self.race and self.race.name in _leader_colours() else []
        self.colours = [*(self.colours or ["yellow", "pink", "red"]), "any"]
        for sentence in self.sentences:
            self._reduce(sentence)
        self._resolve_anaphora()
        self.weekday = self._weekday()
        stages, ahead = self._stages()
        self.stage = stages[0][0] if stages else None
        year = self._year()
        self.year = year
        for sentence in self.sentences:
            self._mark(sentence)
        self._people()
        self._places()
        claims, weights = self._claims(year)
        kind = self._kind()
        return Reading(
            article=self.article,
            claims=claims,
            cycling=cycling,
            race=self.race,
            races=tuple((race.name, weight) for race, weight in races),
            stage=self.stage,
            stages=tuple(stages),
            next_stages=tuple(ahead),
            year=year,
            day=self.day,
            previous_day=self.weekday == "before",
            next_day=kind == "preview",
            places=tuple(
                dict.fromkeys(m.text for s in self.sentences for m in s.masked.mentions if m.kind == "L")
            ),
            people=tuple(dict.fromkeys(str(m.value) for s in self.sentences for m in s.masked.mentions if m.kind == "P")),
            kind=kind,
            weights=weights,
        )

    def _cycling(self) -> float:
        words = Counter(w for t, _ in self.texts for w in re.findall(r"[^\W\d_]+", t.lower()))
        own = sum(1 for w in self.lex.cycling if words[w])
        other = sum(min(words[w], 3) for w in self.lex.other_sports)
        teams = len({m.value for s in self.sentences for m in s.masked.mentions if m.kind == "T"})
        return own + min(teams, 3) - 2 * other

    def _races(self) -> list[tuple[Race, float]]:
        weights: dict[str, float] = {}
        known: dict[str, Race] = {}
        for index, sentence in enumerate(self.sentences):
            for mention in sentence.masked.mentions:
                race = mention.value if mention.kind == "R" else mention.value[1] if mention.kind == "S" else None
                if race is None:
                    continue
                weight = 4.0 if sentence.position < 0 else 2.0 if index <= 3 else 1.0
                token = f"R{sentence.masked.mentions.index(mention)}"
                around = re.search(rf"((?:\S+ ){{0,5}}){token}( \S+)?( \S+)?", sentence.masked.text)
                if around:
                    context = around[0]
                    if re.search(r"S\d", context):
                        weight += 2
                    if re.search(r"Y\d", context) and not self._same_year(sentence, context):
                        weight *= 0.2
                    if self.lex.vetoes["not_today"].search(context):
                        weight *= 0.4
                if race.one_day:
                    weight *= 0.7
                known[race.name] = race
                weights[race.name] = weights.get(race.name, 0.0) + weight
        order = sorted(weights, key=lambda n: (-weights[n], n))
        return [(known[n], round(weights[n], 3)) for n in order]

    def _same_year(self, sentence: _Sentence, context: str) -> bool:
        years = [sentence.masked.get(t).value for t in re.findall(r"Y\d+", context)]
        return self.day is not None and all(y == self.day.year for y in years)

    def _reduce(self, sentence: _Sentence) -> None:
        """Take the words away that only dress a name, and learn riders' teams and nations from them."""
        masked, lex = sentence.masked, self.lex
        text = masked.text
        for colour in self.colours:
            text = lex.jerseys[colour].sub("JERSEY", text)
        own_leader = re.compile(r"(?:T\d+(?: 's| ')?|team|ploeg|mountains|points|classification|sprint|squad|bergklassement|puntenklassement)$")

        def wearer(match: re.Match[str]) -> str:
            return match[0] if own_leader.search(match.string[: match.start()].rstrip()) else "WEARER"

        text = text.replace("JERSEY holder", "WEARER").replace("JERSEY wearer", "WEARER")
        for colour in self.colours:
            text = lex.wearers[colour].sub(wearer, text)
        sentence.masked = Masked(text, masked.mentions)
        masked = sentence.masked

        def parenthesis(match: re.Match[str]) -> str:
            person = masked.get(match[1]).value
            inside = match[2].strip()
            if team := re.search(r"T\d+", inside):
                self.names.teams.setdefault(person, masked.get(team[0]).text)
            elif re.fullmatch(r"[LP]\d+", inside):
                self.names.teams.setdefault(person, masked.get(inside).text)
            elif nation := re.fullmatch(r"N\d+", inside):
                self.names.nations.setdefault(person, masked.get(nation[0]).value)
            elif not re.search(r"[TLN]\d", inside) and len(inside.split()) <= 3 and not re.search(r"\b(left|right|links|rechts|l|r|c)\b", inside):
                return match[0]
            return match[1]

        text = re.sub(r"(P\d+) \( ([^()]{1,60}) \)", parenthesis, text)

        def dressed(match: re.Match[str]) -> str:
            token = re.match(r"P\d+", match.string[match.end() :])
            if token:
                self._learn(masked, match[0], masked.get(token[0]).value)
            return ""

        text = lex.before_name.sub(dressed, text)

        def of_team(match: re.Match[str]) -> str:
            self.names.teams.setdefault(masked.get(match[1]).value, masked.get(match[2]).text)
            return match[1]

        text = re.sub(r"(P\d+) (?:van|of|from|uit|bij) (?:de |the )?(?:N\d+ )?(?:ploeg |team )?(T\d+)", of_team, text)

        def apposition(match: re.Match[str]) -> str:
            inside = match[2]
            if re.search(r"[PX]\d", inside) or "WEARER" in inside:
                if not re.search(r"(?:teamm|ploeg|land|coun|compat)", inside):
                    return match[0]
            else:
                self._learn(masked, inside, masked.get(match[1]).value)
            return match[1] + " "

        text = re.sub(
            rf"(P\d+) , ((?:{'|'.join(map(re.escape, lex.data['article_words']))}|N\d+|T\d+|die|who|wie|also|ook|whose|\d\d|now|already|al|vorig|last)\b(?: [^,.;()]{{1,110}})) , ?(?!P\d+ (?:en|and) )",
            apposition,
            text,
        )
        sentence.reduced = re.sub(r"\s+", " ", text)

    def _learn(self, masked: Masked, words: str, person: str) -> None:
        if team := re.search(r"T\d+", words):
            self.names.teams.setdefault(person, masked.get(team[0]).text)
        if nation := re.search(r"N\d+", words):
            self.names.nations.setdefault(person, masked.get(nation[0]).value)

    def _resolve_anaphora(self) -> None:
        salient: str | None = None
        recent: list[str] = []
        for sentence in self.sentences:
            here = [str(sentence.masked.get(t).value) for t in re.findall(r"P\d+", sentence.reduced)]
            count = 0

            def named(match: re.Match[str], sentence: _Sentence = sentence) -> str:
                nonlocal count
                before = re.findall(r"P\d+", match.string[: match.start()])
                candidate = str(sentence.masked.get(before[0]).value) if before else salient
                nation = re.search(r"N\d+", match[0])
                if nation:
                    code = sentence.masked.get(nation[0]).value
                    if candidate and self.names.nations.get(candidate, code) != code:
                        same = [p for p in reversed(recent) if self.names.nations.get(p) == code]
                        candidate = same[0] if same else None
                if candidate is None:
                    return match[0]
                token = f"X{900 + count}"
                count += 1
                sentence.anaphors[token] = candidate
                if team := re.search(r"T\d+", match[0]):
                    self.names.teams.setdefault(candidate, sentence.masked.get(team[0]).text)
                return token

            sentence.reduced = self.lex.anaphora.sub(named, sentence.reduced)
            recent.extend(here)
            if here:
                salient = here[0]

    def _person(self, sentence: _Sentence, token: str) -> str:
        return sentence.anaphors[token] if token[0] == "X" else str(sentence.masked.get(token).value)

    def _weekday(self) -> str:
        """Whether the article's own day is the day of publication ("same"), the day before, or not said ("")."""
        if self.day is None:
            return ""
        same, before = self.day.weekday(), (self.day.weekday() - 1) % 7
        for sentence in self.sentences[:5]:
            for mention in sentence.masked.mentions:
                if mention.kind == "D" and mention.value[0] == "weekday":
                    if mention.value[1] == same:
                        return "same"
                    if mention.value[1] == before and self._early():
                        return "before"
        return ""

    def _early(self) -> bool:
        published = self.article.published
        return published is not None and (not self.article.has_time or published.hour < 12)

    def _other_day(self, sentence: _Sentence, context: str) -> bool:
        """True where a weekday or date in the context is not the day of the article's stage."""
        for token in re.findall(r"D\d+", context):
            value = sentence.masked.get(token).value
            if value[0] == "weekday":
                if self.day is None:
                    continue
                allowed = {self.day.weekday()} if self.weekday != "before" else {(self.day.weekday() - 1) % 7}
                if not self.weekday and self._early():
                    allowed.add((self.day.weekday() - 1) % 7)
                if value[1] not in allowed:
                    return True
            elif self.day is not None:
                _, day, month, year = value
                if (month, day) not in {((d := self.day - timedelta(days=k)).month, d.day) for k in (0, 1)} or (
                    year and year != self.day.year
                ):
                    return True
        return False

    def _stages(self) -> tuple[list[tuple[int, float]], list[int]]:
        weights: dict[int, float] = {}
        ahead: dict[int, None] = {}
        next_words = re.compile(
            r"(?<![^ ])(?:" + "|".join(map(re.escape, self.lex.data["next_cues"])) + r")(?![^ ])"
        )
        for index, sentence in enumerate(self.sentences):
            text = sentence.masked.text
            for token in re.findall(r"S\d+", text):
                number, _ = sentence.masked.get(token).value
                match = re.search(rf"((?:\S+ ){{0,7}}){token}((?: (?![.;])\S+){{0,5}})", text)
                if match is None:
                    continue
                before, after = match[1], match[2]
                weight = 4.0 if sentence.position < 0 else 3.0 if index <= 2 else 2.0 if index <= 4 else 1.0
                if re.match(r" (?:winner|winnaar|victor|success|crash|win|victory)\b", after) and sentence.position >= 0:
                    weight *= 0.25
                close = " ".join(before.split()[-5:]) + after
                if self.lex.vetoes["not_today"].search(close) or re.search(r"Y\d", close) and not self._same_year(sentence, close):
                    weight *= 0.2
                races = [sentence.masked.get(t).value for t in re.findall(r"R\d+", close)]
                if self.race and races and all(r.name != self.race.name for r in races):
                    weight *= 0.1
                if self._other_day(sentence, before + after):
                    if next_words.search(before + after):
                        ahead[number] = None
                    weight = 0.0
                elif next_words.search(" ".join(before.split()[-4:])) and sentence.position >= 0 and index > 1:
                    ahead[number] = None
                    weight *= 0.15
                if weight:
                    weights[number] = weights.get(number, 0.0) + weight
        order = sorted(weights, key=lambda n: (-weights[n], n))
        return [(n, round(weights[n], 3)) for n in order if weights[n] >= 0.5], list(ahead)

    def _year(self) -> int | None:
        if self.race is not None:
            for sentence in self.sentences:
                for match in re.finditer(r"(?:Y\d+ (?:editie van (?:de )?|edition of (?:the )?)?(R\d+))|(?:(R\d+) (?:van |of |in )?(Y\d+))", sentence.masked.text):
                    token = match[1] or match[2]
                    year = re.search(r"Y\d+", match[0])
                    if year and sentence.masked.get(token).value.name == self.race.name:
                        value = int(sentence.masked.get(year[0]).value)
                        if self.day is None or value == self.day.year:
                            if not self.lex.vetoes["not_today"].search(sentence.masked.text):
                                return value
            if self.race.offset:
                for sentence in self.sentences[:6]:
                    for pattern in self.lex.editions:
                        for match in pattern.finditer(sentence.text):
                            value = int(match[1]) + self.race.offset
                            if self.day is None or value == self.day.year:
                                return value
        return self.day.year if self.day else None

    def _mark(self, sentence: _Sentence) -> None:
        text = sentence.masked.text
        numbers = {sentence.masked.get(t).value[0] for t in re.findall(r"S\d+", text)}
        if numbers and self.stage is not None and self.stage not in numbers and LAST not in numbers and self.stage != LAST:
            sentence.own = False

    # -- people ---------------------------------------------------------------------------------------------------

    def _people(self) -> None:
        for sentence in self.sentences:
            for pattern, spec in self.lex.patterns:
                if spec.get("title") and sentence.position >= 0:
                    continue
                for text in dict.fromkeys((sentence.reduced, sentence.masked.text)):
                    for match in pattern.finditer(text):
                        self._hit(sentence, match, float(spec["w"]))

    def _hit(self, sentence: _Sentence, match: re.Match[str], weight: float) -> None:
        found = {k: v for k, v in match.groupdict().items() if v}
        text = match.string
        left = text[: match.start()]
        clause = re.split(r" (?:[,;:.]|\") ", left)[-1]
        before = " ".join(clause.split()[-6:])
        after = re.split(r" [,;.]", text[match.end() :])[0]
        after = " ".join(after.split()[:9])
        span = match[0]
        around = f"{before} {span} {after}"
        if self.lex.vetoes["unreal"].search(f"{before} {span}") and "loser" not in found:
            return
        result = {"winner", "second", "third"} & found.keys()
        if result:
            if self.lex.vetoes["other_prize"].search(f"{span} {after}") or self.lex.vetoes["not_today"].search(around):
                return
            if re.search(r"Y\d", around) and not self._same_year(sentence, around):
                return
            numbers = {sentence.masked.get(t).value[0] for t in re.findall(r"S\d+", around)}
            if numbers and self.stage is not None and self.stage not in numbers and LAST not in numbers and self.stage != LAST:
                return
            races = {sentence.masked.get(t).value.name for t in re.findall(r"R\d+", around)}
            if races and self.race and self.race.name not in races:
                return
        elif self.lex.vetoes["not_today"].search(f"{before} {span}"):
            return
        if self._other_day(sentence, around):
            return
        for fact, token in found.items():
            person = self._person(sentence, token)
            value = weight * (0.5 if token[0] == "X" else 1.0)
            if sentence.position < 0:
                value *= 1.5
            name = {"leader": "gc_leader"}.get(fact, fact)
            self.hits.append((name, person, sentence, value))

    # -- places and distance --------------------------------------------------------------------------------------

    def _places(self) -> None:
        lex = self.lex
        for index, sentence in enumerate(self.sentences):
            text = sentence.masked.text
            early = 1.5 if index <= 5 else 1.0
            for pattern in lex.routes:
                for match in pattern.finditer(text):
                    around = self._clause(text, match)
                    if self._not_own(sentence, around):
                        continue
                    for name in ("start", "finish"):
                        self._place(name, sentence, match[name], 3.0 * early)
            for patterns, name, weight in ((lex.finishes, "finish", 1.0), (lex.starts, "start", 1.0)):
                for pattern in patterns:
                    for match in pattern.finditer(text):
                        around = self._clause(text, match)
                        if self._not_own(sentence, around) or lex.vetoes["unreal"].search(around):
                            continue
                        self._place(name, sentence, match[name], weight * early)
            for pattern in lex.distances:
                for match in pattern.finditer(text):
                    around = self._clause(text, match)
                    token = re.search(r"K\d+", match[0])
                    if token is None or self._not_own(sentence, around):
                        continue
                    near = re.search(rf"((?:\S+ ){{0,4}}){token[0]}((?: \S+){{0,4}})", text)
                    kilometres = float(sentence.masked.get(token[0]).value)
                    if near and lex.vetoes["distance_not"].search(near[0]):
                        continue
                    if 90 <= kilometres <= 310 or (3 <= kilometres < 90):
                        self.hits.append(("distance_km", kilometres, sentence, (2.0 if kilometres >= 90 else 0.8) * early))

    def _place(self, name: str, sentence: _Sentence, token: str, weight: float) -> None:
        mention = sentence.masked.get(token)
        if mention.kind == "P" and " " not in mention.text and len(self._named(mention.text)) > 1:
            return
        self.hits.append((name, mention.text, sentence, weight))

    def _named(self, text: str) -> list[Mention]:
        return [m for s in self.sentences for m in s.masked.mentions if m.kind == "P" and m.text == text]

    @staticmethod
    def _clause(text: str, match: re.Match[str]) -> str:
        left = re.split(r" [.;] ", text[: match.start()])[-1]
        right = re.split(r" [.;]", text[match.end() :])[0]
        return " ".join(left.split()[-12:]) + " " + match[0] + " " + " ".join(right.split()[:8])

    def _not_own(self, sentence: _Sentence, around: str) -> bool:
        """True where the words are about another stage, another day, another race, another year."""
        if self._other_day(sentence, around) or self.lex.vetoes["not_today"].search(around):
            return True
        numbers = {sentence.masked.get(t).value[0] for t in re.findall(r"S\d+", around)}
        if numbers and self.stage is not None and self.stage not in numbers and LAST not in numbers and self.stage != LAST:
            return True
        races = {sentence.masked.get(t).value.name for t in re.findall(r"R\d+", around)}
        if races and self.race and self.race.name not in races:
            return True
        return bool(re.search(r"Y\d", around)) and not self._same_year(sentence, around)

    # -- claims ---------------------------------------------------------------------------------------------------

    def _claims(self, year: int | None) -> tuple[tuple[Claim, ...], tuple[float, ...]]:
        claims: list[tuple[Claim, float]] = []
        path = self.article.path

        def say(fact: str, value: Value, sentence: _Sentence, weight: float) -> None:
            claims.append((Claim(fact, value, path, sentence.text, sentence.position), round(weight, 3)))

        title = self.sentences[0] if self.sentences else None
        if self.race is not None:
            where = self._first("R", lambda v: v.name == self.race.name) or self._first("S", lambda v: v[1] is not None)
            if where:
                say("race", self.race.name, where, self.races[0][1])
        if self.stage is not None and self.stage != LAST:
            where = self._first("S", lambda v: v[0] == self.stage)
            if where:
                say("stage", self.stage, where, 3.0)
        winner = self._settle_people(say)
        if winner and (team := self._team_of(winner)):
            where = next((s for s in self.sentences if self._says(s, winner) and team in s.text), None) or next(
                (s for s in self.sentences if team in s.text), None
            )
            if where:
                say("team", team, where, 2.0)
        for fact in ("start", "finish"):
            self._settle(fact, say, lambda a, b: same_place(str(a), str(b)))
        self._settle("distance_km", say, lambda a, b: abs(float(a) - float(b)) <= 1.0)
        return tuple(c for c, _ in claims), tuple(w for _, w in claims)

    def _says(self, sentence: _Sentence, person: str) -> bool:
        return any(m.kind == "P" and m.value == person for m in sentence.masked.mentions)

    def _first(self, kind: str, test) -> _Sentence | None:  # type: ignore[no-untyped-def]
        found = [s for s in self.sentences if any(m.kind == kind and test(m.value) for m in s.masked.mentions)]
        body = [s for s in found if s.position >= 0]
        return (body or found or [None])[0]

    def _team_of(self, person: str) -> str | None:
        for name, team in self.names.teams.items():
            if name == person or same_person(name, person):
                return team
        return None

    def _totals(self, fact: str, same) -> list[tuple[Value, float, list[tuple[_Sentence, float]]]]:  # type: ignore[no-untyped-def]
        groups: list[tuple[Value, float, list[tuple[_Sentence, float]]]] = []
        for name, value, sentence, weight in self.hits:
            if name != fact:
                continue
            for i, (known, total, where) in enumerate(groups):
                if same(known, value):
                    best = known
                    if isinstance(value, str) and len(value) > len(str(known)):
                        best = value
                    groups[i] = (best, total + weight, [*where, (sentence, weight)])
                    break
            else:
                groups.append((value, weight, [(sentence, weight)]))
        return sorted(groups, key=lambda g: -g[1])

    def _settle(self, fact: str, say, same) -> Value | None:  # type: ignore[no-untyped-def]
        groups = self._totals(fact, same)
        if not groups:
            return None
        value, total, where = groups[0]
        if len(groups) > 1 and groups[1][1] > 0.75 * total:
            return None
        best = max(where, key=lambda w: (w[0].position >= 0, w[1]))
        say(fact, value, best[0], total)
        return value

    def _settle_people(self, say) -> str | None:  # type: ignore[no-untyped-def]
        def same(a: Value, b: Value) -> bool:
            return a == b or same_person(str(a), str(b))

        losers = [p for f, p, _, _ in self.hits if f == "loser"]
        self.hits = [h for h in self.hits if h[0] != "winner" or not any(same(h[1], p) for p in losers)]
        winner = self._settle("winner", say, same)
        self.hits = [h for h in self.hits if h[0] not in ("second", "third") or winner is None or not same(h[1], winner)]
        second = self._settle("second", say, same)
        self.hits = [h for h in self.hits if h[0] != "third" or second is None or not same(h[1], second)]
        self._settle("third", say, same)
        olds = [p for f, p, _, _ in self.hits if f == "old"]
        self.hits = [h for h in self.hits if h[0] != "gc_leader" or h[3] >= 4 or not any(same(h[1], p) for p in olds)]
        strong = [h for h in self.hits if h[0] == "gc_leader" and h[3] >= 3]
        if strong:
            self.hits = [h for h in self.hits if h[0] != "gc_leader" or h[3] >= 3]
        self._settle("gc_leader", say, same)
        return str(winner) if winner else None

    def _kind(self) -> str:
        facts = {name for name, *_ in self.hits}
        if "winner" in facts:
            return "report"
        quotes = sum(1 for s in self.sentences if re.search(r"[\"„“”]|,,|''", s.text))
        text = " ".join(s.masked.text for s in self.sentences[:6])
        if self.lex._any(self.lex.data["preview"], plain=True).search(text) and not quotes:
            return "preview"
        return "reaction"
