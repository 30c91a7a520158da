"""Which articles tell of the same stage of the same edition of a race.

What decides is who, where and when, not the words: two editions of one stage share most of their vocabulary. Every
article is read (`summarize.claims`), then placed in the calendar where there is one, else by race, edition and stage as
it claims them; what is left joins the event that shares its day, riders and places. Candidates come out of indexes
(by race and stage, by day, by rider), never from comparing all pairs, so that the time grows with the number of
articles. Articles that contradict each other in race, edition, stage or finish are never put together.

The result hangs on the articles alone: not on their order, and not on the names of their files.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from summarize.articles import Article
from summarize.calendar.riders import share_active
from summarize.facts import Claim
from summarize.mentions import LAST, PENULTIMATE, called
from summarize.names import place_words, same_person, same_place, same_team
from summarize.text import fold

if TYPE_CHECKING:
    from summarize.calendar import Calendar, Stage
    from summarize.claims import Reading, Spans

__all__ = ["Event", "EventArticle", "Grouping", "Kind", "Unassigned", "group"]

Kind = Literal["report", "reaction", "preview"]

_ENOUGH_CYCLING = 4.0
"""Words of the sport, less those of others, that an article about a stage has at least."""
_SOME_CYCLING = 1.0
"""The same for an article that is known by its riders."""
_MAIN_RACE = 2.0
"""Weight of a race that is what an article is about."""
_BESIDE = 0.5
"""Weight of a race beside the main one of an article, from which on the article may be about it."""
_AS_MUCH = 0.95
"""The same, from which on the article is about it no less."""
_IN_PASSING = 1.0
"""Weight of a race that is named once, and not at the start."""
_TOLD = 2.25
"""What it counts for an article without a date that others, with one, are about the same stage."""
_SURE_NUMBER = 2.0
"""Weight of a stage's number that is no slip; one named late in an article may be that of tomorrow's stage."""
_SURE_PLACE = 3.0
"""Weight of a start or finish that an article is sure of ("from A to B")."""
_NIGHT_ENDS = 5
"""Hour before which nothing is written but about the day that has ended."""
_STAGES_END = 11
"""Hour of the day before which no stage has ended."""
_DAY = timedelta(days=1)
_TALKED_OF = 4
"""Days after a one-day race in which articles may still be about it."""
_WEB = 1995
"""Articles that do not say when they were written are rarely older than this year."""


@dataclass(frozen=True, slots=True)
class EventArticle:
    """An article in its event: what kind of piece it is and what it claims."""

    article: Article
    kind: Kind
    claims: tuple[Claim, ...]
    named: tuple[Spans, ...] | None = None
    """For each sentence the places of the riders named in it, as far as known; None where nobody has looked."""
    women: bool | None = None
    """True where those who ride are women, False where they are men, None where the article does not show it."""


@dataclass(frozen=True, slots=True)
class Event:
    """One stage of one edition, with the articles that tell of it.

    `race`, `edition`, `stage` and `date` are None where neither the articles nor the calendar say;
    a prologue is stage 0, a one-day race has stage None.
    """

    id: str
    race: str | None
    edition: int | None
    stage: int | None
    date: Date | None
    evidence: tuple[str, ...]
    articles: tuple[EventArticle, ...]
    official: Stage | None = None
    """The calendar's row, None where it has none."""
    following: Stage | None = None
    """The calendar's row of the next stage, None where it has none."""

    last_stage: bool = False
    """True where the calendar has no later stage of the race and an article says that it was the last."""


@dataclass(frozen=True, slots=True)
class Unassigned:
    """An article that belongs to no event, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """All events, ordered by date, race and stage, and what belongs to none."""

    events: tuple[Event, ...]
    unassigned: tuple[Unassigned, ...]


@dataclass(slots=True)
class _Item:
    """An article on its way into an event."""

    reading: Reading
    official: Stage | None = None
    why: tuple[str, ...] = ()
    number: int | None = None
    """Stage number, as far as it is believed; LAST for a last stage of unknown number."""
    claims: dict[str, Claim] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    """Surnames of the riders named."""
    active: dict[int, float | None] = field(default_factory=dict)
    """Share of the riders who were active in a year, as far as asked for."""
    refused: str = ""
    """Why the calendar, which knows the race, has no stage for the article."""
    joined: bool = False
    """True where it does not say of which stage it tells, and its riders did: it says nothing of the day either."""

    @property
    def race(self) -> str | None:
        if self.official:
            return self.official.race
        return self.reading.race.name if self.reading.race else None

    @property
    def year(self) -> int | None:
        return self.official.edition if self.official else self.reading.year

    @property
    def one_day(self) -> bool:
        return bool(self.reading.race and self.reading.race.one_day) and self.official is None

    @property
    def day(self) -> Date | None:
        """The day of the stage, as far as the publication date tells."""
        if self.official:
            return self.official.date
        day = self.reading.day
        if day is None:
            return None
        return day - _DAY if self.reading.previous_day else day + _DAY if self.reading.next_day else day

    @property
    def sure_of_number(self) -> bool:
        """True where the number of the stage is no slip."""
        return self.number not in (None, LAST) and dict(self.reading.stages).get(self.number or 0, 0.0) >= _SURE_NUMBER

    @property
    def tells_result(self) -> bool:
        """True where the article says who won, not in passing."""
        return self.weights.get("winner", 0.0) >= 2.5

    @property
    def is_report_of_race(self) -> bool:
        """True for a report whose race is named more than in passing."""
        return self.reading.kind == "report" and bool(self.reading.races) and self.reading.races[0][1] >= _MAIN_RACE


@dataclass(slots=True)
class _Cluster:
    race: str | None
    edition: int | None
    stage: int | None
    order: int
    items: list[_Item] = field(default_factory=list)
    official: Stage | None = None
    people: Counter[str] = field(default_factory=Counter)
    values: dict[str, dict[str | int | float, None]] = field(default_factory=dict)
    """What its articles claim, by fact, each value once, in the order in which they came."""

    @property
    def date(self) -> Date | None:
        if self.official:
            return self.official.date
        days = Counter(item.day for item in self.items if item.day is not None and not item.joined)
        return min(days, key=lambda d: (-days[d], d)) if days else None

    def add(self, item: _Item) -> None:
        self.items.append(item)
        self.people.update(item.keys)
        for fact, claim in item.claims.items():
            self.values.setdefault(fact, {}).setdefault(claim.value)


def _keys(people: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(name).split()[-1] for name in people if fold(name)))


def group(articles: Sequence[Article | Reading], calendar: Calendar | None) -> Grouping:
    """Group prepared articles (language and sentences filled), or what has been read in them, into events.

    The same grouping for any order of `articles`. Without a calendar the articles alone tell race, edition and stage.
    """
    from summarize.claims import read

    items: list[_Item] = []
    doubtful: list[tuple[_Item, str]] = []
    readings = [read(article) if isinstance(article, Article) else article for article in articles]
    readings.sort(key=lambda reading: _content_key(reading.article))  # those with a date first
    told: set[int] = set()
    for reading in readings:
        if reason := _not_cycling(reading):
            doubtful.append((_item(reading, None), reason))
        else:
            items.append(_item(reading, calendar, frozenset() if reading.day else told))
            if reading.day and (stage := items[-1].official):
                told.add(id(stage))
    clusters, left = _Clustering(items, calendar).run(doubtful)
    unassigned = [Unassigned(item.reading.article.path, reason) for item, reason in left]
    events = [_event(cluster, calendar) for cluster in clusters]
    return Grouping(
        tuple(_unique(sorted(events, key=_event_key))), tuple(sorted(unassigned, key=lambda u: (u.path, u.reason)))
    )


def _item(reading: Reading, calendar: Calendar | None, told: Set[int] = frozenset()) -> _Item:
    """The article with its stage in the calendar; `told` are the identities of stages that other articles tell of."""
    item = _Item(reading, number=reading.stage, keys=_keys(reading.people))
    for claim, weight in zip(reading.claims, reading.weights, strict=True):
        item.claims.setdefault(claim.fact, claim)
        item.weights.setdefault(claim.fact, weight)
    if calendar is not None:
        _look_up(item, calendar, told)
    if item.number == PENULTIMATE:
        item.number = None
    return item


def _content_key(article: Article) -> tuple[str, str, str, str]:
    """An order of articles that does not hang on file names unless two articles are the same to the letter."""
    published = article.published.isoformat() if article.published else "9"
    return (published, article.title or "", article.text, article.path)


def _not_cycling(reading: Reading) -> str | None:
    if reading.article.language is None:
        return "its language is not known"
    if reading.aside:
        return "no cycling stage found: it is about what is on television, a podcast or a criterium"
    if reading.cycling < _ENOUGH_CYCLING:
        return "no cycling stage found: it does not speak of cycling"
    if reading.race is None and reading.stage is None and not any(c.fact == "winner" for c in reading.claims):
        return "no cycling stage found: it names neither a race nor a stage"
    return None


# -- calendar ---------------------------------------------------------------------------------------------------------


def _candidates(item: _Item, calendar: Calendar) -> list[Stage]:
    """Stages that an article may be about: those of its days, of its race and number, and of its winner and places."""
    reading = item.reading
    found: dict[int, Stage] = {}
    passing = not reading.races or reading.races[0][1] <= _IN_PASSING
    if reading.day is None and passing and reading.stage is None and "winner" not in item.claims:
        return []  # a race that a rider is to start in, or once won

    def consider(stages: Iterable[Stage | None]) -> None:
        for stage in stages:
            if stage is not None:
                found[id(stage)] = stage

    named = [name for name, _ in reading.races if name in calendar.races]
    if reading.day is not None:
        for offset in (-1, 0, 1):
            consider(calendar.on(reading.day + offset * _DAY))
        for race in named[:1]:  # published days later, or with the day of its last change
            consider(calendar.stage(race, reading.day.year, number) for number, _ in reading.stages[:2])
        return list(found.values())
    for race in named[:2]:
        for number, _ in reading.stages:
            consider(calendar.numbered(race, number))
        if reading.stage in (LAST, PENULTIMATE):
            consider(calendar.last_stages(race, reading.stage - LAST - 1))
    places = [str(item.claims[f].value) for f in ("start", "finish") if f in item.claims]
    for place in (*places, *reading.places):
        stages = calendar.with_place(place)
        if len(stages) <= 400:
            consider(s for s in stages if not named or s.race in named[:2])
    if "winner" in item.claims:
        consider(s for s in calendar.won_by(str(item.claims["winner"].value)) if not named or s.race in named[:2])
    return list(found.values())


def _look_up(item: _Item, calendar: Calendar, told: Set[int]) -> None:
    """Find the article's stage in the calendar; nothing changes where none fits clearly."""
    scored: list[tuple[float, float, tuple[str, ...], Stage]] = []
    for stage in _candidates(item, calendar):
        score, support, why = _score(item, stage, calendar)
        scored.append((score + (_TOLD if id(stage) in told else 0.0), support, why, stage))
    scored.sort(key=lambda t: (-t[0], -t[3].date.toordinal(), t[3].race, t[3].stage or 0, t[3].part))
    if scored:
        best, support, why, stage = scored[0]
        margin = best - scored[1][0] if len(scored) > 1 else best
        dated = item.reading.day is not None
        if best >= 6 and ((margin >= 1 and support >= (1 if dated else 3)) or (margin >= 2 and support >= 2)):
            item.official, item.why, item.number = stage, why, stage.stage
            return
    race, day = item.race, item.reading.day
    if race in calendar.races and day is not None and calendar.edition(str(race), day.year):
        edition = calendar.edition(str(race), day.year)
        if edition[0].date - 2 * _DAY <= day <= edition[-1].date + 2 * _DAY:
            item.refused = f"speaks of the {race}, but of no stage of it that can be told"
        else:
            item.refused = f"speaks of the {race}, which was not ridden when it was published"


def _score(item: _Item, stage: Stage, calendar: Calendar) -> tuple[float, float, tuple[str, ...]]:
    """How well an article fits a stage of the calendar, how much besides race and day speaks for it, and why."""
    reading = item.reading
    score = support = 0.0
    why: list[str] = []
    races = dict(reading.races)
    published = reading.article.published
    early = published is not None and reading.article.has_time and published.hour < _STAGES_END
    early = early and reading.kind != "preview"
    at_night = early and published is not None and published.hour < _NIGHT_ENDS
    if reading.race is not None:
        if reading.race.name == stage.race:
            score += 3
            why.append(f"names the {stage.race}")
        elif stage.race in races and races[stage.race] > _AS_MUCH * reading.races[0][1]:
            score += 1
        else:
            score -= 8
    if reading.stage is not None:
        edition = calendar.edition(stage.race, stage.edition)
        relative = LAST if edition[-1] is stage else PENULTIMATE if edition[-2:-1] == (stage,) else -1
        numbers = dict(reading.stages)
        top = reading.stages[0][1]
        if reading.stage in (stage.stage, relative):
            score += 4 * min(1.0, top / _SURE_NUMBER)
            support += 2
            named = {stage.stage: f"stage {stage.stage}", LAST: "the last stage", PENULTIMATE: "the last stage but one"}
            why.append(f"names {named[reading.stage]}")
        elif stage.stage in numbers:
            score += 4 * numbers[stage.stage] / top - 1.5
            support += 1
        elif relative in numbers:
            score += 1
            support += 1
        else:
            score -= 4 if top >= 2.5 else 2
    if reading.day is not None:
        days = (reading.day - stage.date).days
        if days == 0:
            score += 0 if reading.previous_day or at_night else 2 if early else 3
            why.append("published on the day of the stage")
        elif days == 1:
            score += 3.5 if reading.previous_day or at_night else 2 if early else 0.5
            why.append("published on the day after the stage")
        elif days == -1:
            score += 2.5 if reading.next_day else -5
            why.append("published on the day before the stage")
        else:
            score -= 9
    elif reading.dates:
        if (stage.date.month, stage.date.day) in reading.dates:
            score += 3
            support += 1
            why.append(f"names the day, {stage.date.day}/{stage.date.month}")
    elif reading.year is not None:
        score += 2 if reading.year == stage.edition else -6
    elif stage.edition < _WEB:
        score -= 3
    if reading.day is None and not (reading.race and reading.race.women):  # the list of riders holds men
        if stage.edition not in item.active:
            item.active[stage.edition] = share_active(item.keys, stage.edition)
        active = item.active[stage.edition]
        score -= 5 * (1 - active) if active is not None else 0
    for fact, names in (("start", stage.start_names), ("finish", stage.finish_names)):
        claim = item.claims.get(fact)
        if claim and names and same_place(str(claim.value), names):
            score += 3
            support += 2
            why.append(f"{fact}s in {names[0]}" if fact == "start" else f"finishes in {names[0]}")
        elif names and any(same_place(place, names) for place in reading.places):
            score += 1.5
            support += 1
            why.append(f"names {names[0]}")
        elif claim and names:
            score -= 1
    claim = item.claims.get("distance_km")
    if claim and stage.distance_km:
        difference = abs(float(claim.value) - stage.distance_km)
        if difference <= 2:
            score += 3 if difference < 0.05 else 2 - difference / 2
            support += 1
            why.append(f"{stage.distance_km:g} km")
        elif difference > 0.15 * stage.distance_km:
            score -= 0.5
    if stage.is_time_trial and reading.time_trial:
        score += 0.5
        support += 0.5
    claim = item.claims.get("winner")
    if stage.winner:
        alike = same_team if stage.is_team_time_trial else same_person
        if claim and alike(str(claim.value), stage.winner):
            score += 4
            support += 2
            why.append(f"won by {claim.value}")
        elif claim:
            score -= 2
        elif any(same_person(person, stage.winner) for person in reading.people):
            score += 2
            support += 1
    elif claim and reading.day is not None:
        support += 1
    elif claim and any(other.winner for other in calendar.edition(stage.race, stage.edition)):
        score -= 2  # a win that was taken away later: no better than another rider's
    leader = item.claims.get("gc_leader")
    if leader:
        if stage.leader:
            same = same_person(str(leader.value), stage.leader)
            score += 1 if same else -0.5
            support += 0.5 if same else 0.0
        elif reading.day is not None:
            support += 0.5
    elif stage.leader and any(same_person(person, stage.leader) for person in reading.people):
        score += 0.5
    return score, support, tuple(why)


# -- clusters ---------------------------------------------------------------------------------------------------------


class _Clustering:
    """Puts articles into clusters, the certain ones first, finding candidates in indexes."""

    def __init__(self, items: Sequence[_Item], calendar: Calendar | None) -> None:
        self.items = items
        self.calendar = calendar
        self.clusters: list[_Cluster] = []
        self.left: list[tuple[_Item, str]] = []
        self.by_key: dict[tuple[str | None, int | None, int | None, str], _Cluster] = {}
        self.by_stage: dict[tuple[str | None, int | None], list[_Cluster]] = {}
        self.by_number: dict[int, list[_Cluster]] = {}
        self.by_day: dict[Date, list[_Cluster]] = {}
        self.by_word: dict[str, list[_Cluster]] = {}
        """Clusters by a telling word: a rider's surname, a word of the finish."""
        counts: Counter[str] = Counter(key for item in items for key in item.keys)
        self.idf = {name: math.log(1 + len(items) / count) for name, count in counts.items()}
        self.unknown = math.log(1 + max(1, len(items)))

    def run(self, doubtful: Sequence[tuple[_Item, str]] = ()) -> tuple[list[_Cluster], list[tuple[_Item, str]]]:
        """All clusters, and what belongs to none, with the reason; `doubtful` articles open no cluster."""
        rest: list[_Item] = []
        for item in self.items:
            if item.official:
                stage = item.official
                self._into((stage.race, stage.edition, stage.stage, stage.part), item)
            elif item.refused:
                self.left.append((item, item.refused))
            else:
                rest.append(item)
        dated = [item for item in rest if item.race and item.day is not None]
        for edition in self._editions(dated):
            self._place_dated(edition)
        undated = [item for item in rest if item.race and item.day is None]
        for item in [i for i in undated if i.number is not None]:
            self._place_numbered(item)
        for item in [i for i in undated if i.number is None]:
            self._place_by_content(item)
        for item in [i for i in rest if not i.race]:
            self._place_by_content(item)
        self._find_editions()
        self._join_without_number()
        self._join_by_riders([*self.left, *doubtful])
        return [c for c in self.clusters if c.items], self.left

    def _join_by_riders(self, left: Sequence[tuple[_Item, str]]) -> None:
        """Give articles that do not say of which stage they tell to the stage whose riders they are about.

        Interviews and injury news are of that kind. One with a date goes to a stage of its day or of the day before, if
        they have two riders in common; one without a date must fit one stage clearly better than all others.
        """
        self.left = []
        joined: list[tuple[_Cluster, _Item]] = []
        for item, reason in left:
            plausible = item.reading.cycling >= _SOME_CYCLING and not item.reading.aside
            best = self._stage_of_riders(item) if plausible else None
            if best is None:
                self.left.append((item, reason))
            else:
                joined.append((best, item))
        for cluster, item in joined:
            item.why, item.joined = ("names the riders of the stage",), True
            self._add(cluster, item)

    def _stage_of_riders(self, item: _Item) -> _Cluster | None:
        day = item.reading.day
        scored: list[tuple[float, int, bool, _Cluster]] = []
        for cluster in self._related(item) if day is None else self._around(day):
            if not cluster.items or not _may_speak_of(item, cluster) or _says_another(item, cluster):
                continue
            if day is None and not item.reading.of_stage and not all(i.one_day for i in cluster.items):
                continue
            value, evidence = self._likeness(item, cluster)
            shared = sum(key in cluster.people for key in item.keys)
            scored.append((value, shared, evidence, cluster))
        scored.sort(key=lambda t: (-t[0], t[3].order))
        if not scored:
            return None
        value, shared, evidence, best = scored[0]
        clear = value - scored[1][0] if len(scored) > 1 else value
        if day is not None:
            fits = shared >= 2 and (value >= 0.2 or shared >= 4) and (clear >= 0.1 or len(scored) == 1)
        else:
            fits = shared >= 3 and value >= 0.4 and clear >= 0.15 and (evidence or value >= 0.5)
        return best if fits else None

    def _around(self, day: Date) -> list[_Cluster]:
        """Clusters of a day and of the day before."""
        found = (c for offset in (0, -1) for c in self.by_day.get(day + offset * _DAY, []))
        return [c for c in found if c.items]

    def _find_editions(self) -> None:
        """Tell the edition of clusters that name no year by the riders: those of one edition here, and of no other.

        Undated articles lie in one folder with dated ones of the same race. Where at least three riders and half of all
        that a cluster names ride in the articles about one edition, and clearly fewer in those about any other, it is
        of that edition, unless the calendar contradicts its places or distance.
        """
        rosters: dict[str, dict[int, set[str]]] = {}
        for cluster in self.clusters:
            if cluster.race and cluster.edition:
                rosters.setdefault(cluster.race, {}).setdefault(cluster.edition, set()).update(cluster.people)
        for cluster in [c for c in self.clusters if c.race and c.edition is None and c.stage is not None]:
            editions = rosters.get(str(cluster.race), {})
            shares = sorted(
                (
                    (len(cluster.people.keys() & roster) / max(1, len(cluster.people)), year)
                    for year, roster in editions.items()
                ),
                reverse=True,
            )
            if not shares or shares[0][0] < 0.5 or shares[0][0] * len(cluster.people) < 3:
                continue
            if len(shares) > 1 and shares[0][0] - shares[1][0] < 0.2:
                continue
            self._move(cluster, shares[0][1])

    def _join_without_number(self) -> None:
        """Join clusters that know no stage number with the one of their race that tells the same result.

        One outlet gives the day of a stage, another its number: no key is the same then.
        """
        for cluster in self.clusters:
            if not cluster.items or not cluster.race or cluster.stage is not None or cluster.official:
                continue
            if any(item.one_day for item in cluster.items):
                continue
            options = [
                other
                for other in self._related(cluster.items[0])
                if other is not cluster and other.items and other.race == cluster.race and _same_days(cluster, other)
            ]
            found = (self._best(item, options, 0.9, sure=True) for item in cluster.items)
            best = next((one for one in found if one is not None), None)
            if best is None or any(_contradict(item, best) for item in cluster.items):
                continue
            if best.edition is None:
                best.edition = cluster.edition
            self._empty(cluster, best)

    def _move(self, cluster: _Cluster, edition: int) -> None:
        """Give a cluster its edition, and join it with the one that is there, where nothing contradicts."""
        stage = self.calendar.stage(str(cluster.race), edition, cluster.stage) if self.calendar else None
        if stage is not None and not _agrees(cluster, stage):
            return
        key = (cluster.race, edition, cluster.stage, stage.part if stage else "")
        there = self.by_key.get(key)
        if there is not None and any(
            _contradict(item, there) or self._likeness(item, there)[0] < 0.3 for item in cluster.items
        ):
            return
        why = (f"names riders of the {edition} edition",)
        for item in cluster.items:
            item.official, item.why = stage, (*item.why, *why)
        if there is None:
            cluster.edition, cluster.official = edition, stage
            self.by_key[key] = cluster
            return
        self._empty(cluster, there)

    def _empty(self, cluster: _Cluster, into: _Cluster) -> None:
        """Put all articles of a cluster into another; it stays as one that holds none."""
        for item in cluster.items:
            self._add(into, item)
        cluster.items = []

    # indexes

    def _into(self, key: tuple[str | None, int | None, int | None, str], item: _Item) -> _Cluster:
        cluster = self.by_key.get(key)
        if cluster is None:
            cluster = self.by_key[key] = self._open(item, *key[:3])
        else:
            self._add(cluster, item)
        return cluster

    def _open(self, item: _Item, race: str | None, edition: int | None, stage: int | None) -> _Cluster:
        cluster = _Cluster(race, edition, stage, len(self.clusters), official=item.official)
        self.clusters.append(cluster)
        self.by_stage.setdefault((race, stage), []).append(cluster)
        if stage is not None:
            self.by_number.setdefault(stage, []).append(cluster)
        self._add(cluster, item)
        if (date := cluster.date) is not None:
            self.by_day.setdefault(date, []).append(cluster)
        return cluster

    def _add(self, cluster: _Cluster, item: _Item) -> None:
        words = {*item.keys}
        for fact in ("start", "finish"):
            if fact in item.claims:
                words.update(place_words(str(item.claims[fact].value)))
        for word in sorted(words):
            if word not in cluster.people:
                there = self.by_word.setdefault(word, [])
                if not there or there[-1] is not cluster:
                    there.append(cluster)
        cluster.add(item)

    # articles with a race and a day

    def _editions(self, dated: Sequence[_Item]) -> list[list[_Item]]:
        found: dict[tuple[str, int], list[_Item]] = {}
        for item in dated:
            found.setdefault((str(item.race), item.year or 0), []).append(item)
        return [found[key] for key in sorted(found)]

    def _place_dated(self, items: Sequence[_Item]) -> None:
        """Place the articles of one edition: by their number where the days allow it, else by their day."""
        days = _days_of_stages(items)
        waiting: list[_Item] = []
        for item in items:
            if item.number is not None and item.reading.day and not item.one_day:
                # Of several numbers in an article the one counts that its day allows.
                fits = [n for n, _ in item.reading.stages if n in days and days[n] == item.day]
                if fits and days.get(item.number) != item.day:
                    item.number = fits[0]
            if item.one_day:
                there = self.by_key.get((item.race, item.year, None, ""))
                same_day = there is None or not (there.date and item.day) or abs(item.day - there.date) <= _DAY
                main = item.reading.races[0][1] > _IN_PASSING
                if (item.tells_result and main) or (item.is_report_of_race and same_day):
                    self._into((item.race, item.year, None, ""), item)
                else:
                    waiting.append(item)
                continue
            number = item.number
            if number is None or number == LAST or number not in days:
                waiting.append(item)
            elif abs((item.reading.day - days[number]).days) <= 1 if item.reading.day else False:
                self._keep_apart((item.race, item.year, number, ""), item)
            else:
                waiting.append(item)
        number_of = {day: number for number, day in days.items()}
        for item in waiting:
            number = item.number
            if number is not None and number != LAST and dict(item.reading.stages).get(number, 0.0) >= 2.5:
                # The article is sure of its number: it does not go with articles that say another one.
                self._keep_apart((item.race, item.year, number, "" if number not in days else str(item.day)), item)
                continue
            if item.one_day:
                cluster = self.by_key.get((item.race, item.year, None, ""))
                if cluster and self._looks_back(item, cluster):
                    self._add(cluster, item)
                else:
                    self.left.append((item, _why_left(item)))
                continue
            number = _number_of_day(item, number_of)
            there = self.by_key.get((item.race, item.year, number, ""))
            if number is not None and (item.tells_result or there is None or self._likeness(item, there)[0] >= 0.3):
                self._keep_apart((item.race, item.year, number, ""), item)
                continue
            near = [c for c in self._near(item) if c.race == item.race]
            best = self._best(item, near, 0.5)
            if best is not None:
                self._add(best, item)
            elif item.tells_result or ("finish" in item.claims and "start" in item.claims) or item.number == LAST:
                self._into((item.race, item.year, None, str(item.day)), item)
            else:
                self.left.append((item, _why_left(item)))

    def _looks_back(self, item: _Item, cluster: _Cluster) -> bool:
        """True where an article about a one-day race is of its day, or of the days after and about its riders."""
        if cluster.date is None or item.day is None:
            return False
        days = (item.day - cluster.date).days
        return abs(days) <= 1 or (1 < days <= _TALKED_OF and self._likeness(item, cluster)[0] >= 0.3)

    def _keep_apart(self, key: tuple[str | None, int | None, int | None, str], item: _Item) -> None:
        """Into the cluster of the key, or beside it where the finishes contradict."""
        cluster = self.by_key.get(key)
        if cluster is not None and _finishes_contradict(item, cluster):
            others = [
                c for c in self.by_stage[key[0], key[2]] if c.edition == key[1] and not _finishes_contradict(item, c)
            ]
            if others:
                self._add(others[0], item)
            else:
                self._open(item, *key[:3])
            return
        self._into(key, item)

    def _near(self, item: _Item) -> list[_Cluster]:
        return self._around(item.day) if item.day is not None else []

    # articles without a day

    def _place_numbered(self, item: _Item) -> None:
        number = item.number
        bucket = self.by_stage.get((item.race, None if number == LAST else number), [])
        related: list[_Cluster] = []
        if number == LAST:
            late = {id(c) for c in self._official(str(item.race), -1, -2)}  # "the last stage" may be tomorrow's
            related = [c for c in self._related(item) if c.race == item.race and (c.official is None or id(c) in late)]
            bucket = [c for c in related if c.stage is None or any(i.reading.stage == LAST for i in c.items)]
            known = {id(c) for c in bucket}
            bucket += [
                c
                for c in self._official(str(item.race), -1)
                if id(c) not in known and any(key in c.people for key in item.keys)
            ]
        options = self._shortlist(item, bucket)
        if item.year is not None:
            options = [c for c in options if c.edition in (None, item.year)]
        best = self._best(item, options, 0.3)
        if best is None:
            best = self._best(item, related, 0.7, sure=True)
        if best is not None:
            self._add(best, item)
        else:
            self._open(item, item.race, item.year, None if number == LAST else number)

    def _official(self, race: str, *places: int) -> list[_Cluster]:
        """Clusters of a race's stages that the calendar has at these places of an edition, -1 for the last."""
        if self.calendar is None:
            return []
        stages = (stage for place in places for stage in self.calendar.last_stages(race, place))
        found = (self.by_key.get((s.race, s.edition, s.stage, s.part)) for s in stages)
        return [c for c in found if c is not None and c.items]

    def _place_by_content(self, item: _Item) -> None:
        options = [c for c in self._related(item) if item.race in (None, c.race) or c.race is None]
        if item.sure_of_number:
            options = [c for c in options if c.stage in (None, item.number)]
        if item.day is not None:
            near = {id(c) for c in self._near(item)}
            options = [c for c in options if id(c) in near]
        best = self._best(item, options, 0.7, sure=True)
        if best is not None:
            self._add(best, item)
        elif item.race and item.tells_result and item.reading.kind == "report":
            self._open(item, item.race, item.year, None)
        elif item.number is not None and item.number != LAST and item.tells_result:
            self._open(item, item.race, item.year, item.number)
        else:
            self.left.append((item, _why_left(item)))

    def _related(self, item: _Item) -> list[_Cluster]:
        """Clusters that share telling words with the article: the 30 with the most, rare words counting more."""
        votes: dict[int, float] = {}
        found: dict[int, _Cluster] = {}
        words = set(item.keys)
        for fact in ("start", "finish"):
            if fact in item.claims:
                words.update(place_words(str(item.claims[fact].value)))
        for word in sorted(words, key=lambda w: (len(self.by_word.get(w, ())), w))[:25]:
            there = self.by_word.get(word, ())
            if len(there) > 200:
                continue
            for cluster in there:
                votes[cluster.order] = votes.get(cluster.order, 0.0) + self.idf.get(word, 3.0)
                found[cluster.order] = cluster
        best = sorted(votes, key=lambda o: (-votes[o], o))[:30]
        return [found[order] for order in best]

    def _shortlist(self, item: _Item, bucket: Sequence[_Cluster]) -> list[_Cluster]:
        if len(bucket) <= 30:
            return list(bucket)
        there = {c.order for c in bucket}
        return [c for c in self._related(item) if c.order in there]

    def _best(self, item: _Item, options: Sequence[_Cluster], needed: float, *, sure: bool = False) -> _Cluster | None:
        """The cluster that the article fits best; None where none fits well or two fit as well.

        With `sure`, riders in common are not enough: both must claim the same winner, runner-up, place or distance.
        """
        scored: list[tuple[float, _Cluster]] = []
        for cluster in options:
            if _contradict(item, cluster):
                continue
            value, evidence = self._likeness(item, cluster)
            if evidence or not sure:
                scored.append((value, cluster))
        scored.sort(key=lambda t: (-t[0], t[1].order))
        if not scored or scored[0][0] < needed or (len(scored) > 1 and scored[0][0] - scored[1][0] < 0.1):
            return None
        return scored[0][1]

    def _likeness(self, item: _Item, cluster: _Cluster) -> tuple[float, bool]:
        """How much an article and a cluster have in common, and whether they claim one thing alike.

        0 and up: riders in common, rare ones counting more, and what both claim; 1 is as good as certain.
        """
        total = sum(self.idf.get(k, self.unknown) for k in item.keys)
        shared = sum(self.idf.get(k, self.unknown) for k in item.keys if k in cluster.people)
        value = shared / (total + 2.0)
        evidence = False
        people = {
            fact: [str(v) for v in cluster.values.get(fact, ())] for fact in ("winner", "second", "third", "gc_leader")
        }
        if cluster.official:
            people["winner"].extend(filter(None, [cluster.official.winner]))
            people["gc_leader"].extend(filter(None, [cluster.official.leader]))
        for fact, gain, loss in (
            ("winner", 0.5, 0.5),
            ("second", 0.3, 0.3),
            ("third", 0.3, 0.3),
            ("gc_leader", 0.1, 0.2),
        ):
            if fact in item.claims and people[fact]:
                mine = str(item.claims[fact].value)
                same = any(same_person(mine, other) for other in people[fact])
                if not same and _places_swapped(fact, mine, item, people):
                    value, evidence = value + gain / 2, True  # a photo finish that was told both ways
                    continue
                value += gain if same else -loss
                evidence = evidence or (same and fact != "gc_leader")
            elif fact == "winner" and any(key in item.keys for key in _keys(people[fact])):
                value += 0.2
        for fact, gain in (("finish", 0.5), ("start", 0.3)):
            names = [*(str(v) for v in cluster.values.get(fact, ())), *_official_places(cluster, fact)]
            if fact in item.claims and names:
                same = same_place(str(item.claims[fact].value), names)
                # A race of one day is known by its name, and its finish goes by that of the town or of the climb.
                value += gain if same else 0 if item.one_day else -gain
                evidence = evidence or same
            elif names and any(same_place(place, names) for place in item.reading.places):
                value += 0.2
        distances = [float(v) for v in cluster.values.get("distance_km", ())]
        if cluster.official and cluster.official.distance_km:
            distances.append(cluster.official.distance_km)
        if "distance_km" in item.claims and distances:
            same = any(abs(float(item.claims["distance_km"].value) - d) <= 1 for d in distances)
            value += 0.2 if same else -0.1
            evidence = evidence or same
        if item.reading.stage == LAST and any(i.reading.stage == LAST for i in cluster.items):
            value += 0.3
            evidence = True
        return value, evidence


def _same_days(one: _Cluster, other: _Cluster) -> bool:
    """True where two clusters are of one day, or one of them says nothing of it."""
    return one.date is None or other.date is None or abs(one.date - other.date) <= _DAY


def _places_swapped(fact: str, mine: str, item: _Item, people: Mapping[str, Sequence[str]]) -> bool:
    """True where the first and second of an article are the second and first of a cluster."""
    other = {"winner": "second", "second": "winner"}.get(fact)
    if other is None or other not in item.claims or not any(same_person(mine, one) for one in people[other]):
        return False
    return any(same_person(str(item.claims[other].value), one) for one in people[fact])


def _says_another(item: _Item, cluster: _Cluster) -> bool:
    """True where an article is sure of another edition, stage or finish than the cluster's."""
    if item.sure_of_number and cluster.stage is not None and item.number != cluster.stage:
        return True
    return _edition_or_finish_contradicts(item, cluster)


def _may_speak_of(item: _Item, cluster: _Cluster) -> bool:
    """True where a cluster's race is one of an article's main ones, or it names none but in passing, and its riders may
    be those."""
    races = item.reading.races
    if item.reading.women is not None and any(
        i.reading.women is not item.reading.women for i in cluster.items if i.reading.women is not None
    ):
        return False
    if not races or races[0][1] <= _IN_PASSING:
        return True
    return any(name == cluster.race and weight >= _BESIDE * races[0][1] for name, weight in races)


def _contradict(item: _Item, cluster: _Cluster) -> bool:
    """True where an article and a cluster differ in race, edition, stage or finish."""
    if item.race and cluster.race and item.race != cluster.race:
        return True
    if item.number not in (None, LAST) and cluster.stage is not None and item.number != cluster.stage:
        return True
    return _edition_or_finish_contradicts(item, cluster)


def _edition_or_finish_contradicts(item: _Item, cluster: _Cluster) -> bool:
    """True where an article and a cluster differ in edition or finish."""
    if item.year and cluster.edition and item.year != cluster.edition:
        return True
    return _finishes_contradict(item, cluster)


def _official_places(cluster: _Cluster, fact: str) -> Sequence[str]:
    """All names that the calendar has for a cluster's start or finish; none where it has no such stage."""
    if cluster.official is None:
        return ()
    return cluster.official.start_names if fact == "start" else cluster.official.finish_names


def _sure_places(cluster: _Cluster, fact: str) -> list[str]:
    """The starts or finishes that a cluster's articles are sure of."""
    return [str(i.claims[fact].value) for i in cluster.items if i.weights.get(fact, 0.0) >= _SURE_PLACE]


def _finishes_contradict(item: _Item, cluster: _Cluster) -> bool:
    """True where the article is sure of its finish ("from A to B") and all of the cluster that are sure say another."""
    if item.official or item.one_day or item.weights.get("finish", 0.0) < _SURE_PLACE:
        return False
    mine = str(item.claims["finish"].value)
    if cluster.official:
        return bool(cluster.official.finish_names) and not same_place(mine, cluster.official.finish_names)
    sure = _sure_places(cluster, "finish")
    return bool(sure) and not any(same_place(mine, other) for other in sure)


def _agrees(cluster: _Cluster, stage: Stage) -> bool:
    """True where nothing that a cluster's articles are sure of contradicts a stage of the calendar."""
    for item in cluster.items:
        for fact, names in (("start", stage.start_names), ("finish", stage.finish_names)):
            if (
                item.weights.get(fact, 0.0) >= _SURE_PLACE
                and names
                and not same_place(str(item.claims[fact].value), names)
            ):
                return False
        distance = item.claims.get("distance_km")
        if distance and stage.distance_km and abs(float(distance.value) - stage.distance_km) > 0.15 * stage.distance_km:
            return False
        winner = item.claims.get("winner")
        if winner and stage.winner and not same_person(str(winner.value), stage.winner):
            return False
    return True


def _days_of_stages(items: Sequence[_Item]) -> dict[int, Date]:
    """The day of every numbered stage of one edition, as most articles have it, where numbers grow with the days.

    A number that was read wrongly ("his second stage") stands at a day where it cannot be: of all numbers and days the
    heaviest chain is kept in which later stages have later days, and not more stages than days lie in between.
    """
    votes: dict[tuple[int, Date], float] = {}
    for item in items:
        if item.number is None or item.number == LAST or item.day is None or item.one_day:
            continue
        weight = dict(item.reading.stages).get(item.number, 1.0)
        votes[item.number, item.day] = votes.get((item.number, item.day), 0.0) + min(weight, 4.0)
    points = sorted(votes, key=lambda p: (p[1], p[0]))
    best: list[tuple[float, tuple[tuple[int, Date], ...]]] = []
    for i, (number, day) in enumerate(points):
        chain: tuple[float, tuple[tuple[int, Date], ...]] = (0.0, ())
        for j in range(max(0, i - 60), i):
            before, earlier = points[j]
            gap = (day - earlier).days
            if (
                before < number
                and gap > 0
                and number - before <= gap + 1
                and gap - (number - before) <= 3
                and best[j][0] > chain[0]
            ):
                chain = best[j]
        best.append((chain[0] + votes[number, day], (*chain[1], (number, day))))
    if not best:
        return {}
    days = dict(max(best, key=lambda b: b[0])[1])
    for number, day in sorted(votes, key=lambda p: (-votes[p], p[1])):
        # A number that the chain lacks may stand alone where nothing speaks against it.
        if number not in days and day not in days.values() and all((n < number) == (d < day) for n, d in days.items()):
            days[number] = day
    return days


def _number_of_day(item: _Item, number_of: dict[Date, int]) -> int | None:
    """The stage that an article without a (believable) number is about, from its day and the days of its neighbours."""
    day = item.day
    if day is None:
        return None
    if day in number_of:
        return number_of[day]
    if not (item.tells_result or "finish" in item.claims or item.number == LAST):
        early = item.reading.article.published
        if day - _DAY in number_of and (early is None or early.hour < 14):
            return number_of[day - _DAY]
        return None
    before, after = number_of.get(day - _DAY), number_of.get(day + _DAY)
    if before is not None and (after is None or after == before + 2):
        return before + 1
    if before is None and after is not None and after > 1:
        return after - 1
    return None


def _why_left(item: _Item) -> str:
    if item.race:
        return f"speaks of the {item.race}, but of no stage of it that can be told"
    return "no cycling stage found: it names no race"


# -- events -----------------------------------------------------------------------------------------------------------


def _event(cluster: _Cluster, calendar: Calendar | None) -> Event:
    stage = cluster.official
    edition = cluster.edition
    if edition is None and cluster.date is not None:
        edition = cluster.date.year
    members = tuple(
        EventArticle(
            item.reading.article, item.reading.kind, _kept(item, cluster), item.reading.named, item.reading.women
        )
        for item in sorted(cluster.items, key=lambda i: _content_key(i.reading.article))
    )
    following = calendar.next_stage(stage) if calendar and stage else None
    last = any(number == LAST for item in cluster.items for number, _ in item.reading.stages)
    race = called(cluster.race, edition) if cluster.race else None
    return Event(
        id=_slug(race, edition, cluster.stage),
        race=race,
        edition=edition,
        stage=cluster.stage,
        date=cluster.date,
        evidence=_evidence(cluster),
        articles=members,
        official=stage,
        following=following,
        last_stage=bool(stage and stage.stage and following is None and last),
    )


def _kept(item: _Item, cluster: _Cluster) -> tuple[Claim, ...]:
    """An article's claims without a race, stage number or place that all the others have shown to be misread."""
    own = {"race": cluster.race, "stage": cluster.stage}
    return tuple(
        c
        for c in item.reading.claims
        if (own.get(c.fact) in (None, c.value) or c.fact not in own) and not _place_is_slip(c, item, cluster)
    )


def _place_is_slip(claim: Claim, item: _Item, cluster: _Cluster) -> bool:
    """True for a start or finish of which an article is not sure, where the calendar or a sure article has another."""
    if claim.fact not in ("start", "finish") or item.weights.get(claim.fact, 0.0) >= _SURE_PLACE:
        return False
    known = [*_official_places(cluster, claim.fact), *_sure_places(cluster, claim.fact)]
    return bool(known) and not same_place(str(claim.value), known)


def _evidence(cluster: _Cluster) -> tuple[str, ...]:
    lines: list[str] = []
    if stage := cluster.official:
        places = f", {stage.start} - {stage.finish}" if stage.start and stage.finish else ""
        distance = f", {stage.distance_km:g} km" if stage.distance_km else ""
        lines.append(f"calendar: {stage.race} {stage.edition}, stage {stage.stage}, {stage.date}{places}{distance}")
    reasons: Counter[str] = Counter(reason for item in cluster.items for reason in dict.fromkeys(item.why))
    total = len(cluster.items)
    for reason, count in sorted(reasons.items(), key=lambda t: (-t[1], t[0])):
        lines.append(f"{reason} ({count} of {total} articles)")
    if not cluster.official:
        for fact in ("race", "stage", "winner", "finish"):
            values = Counter(str(c.value) for item in cluster.items if (c := item.claims.get(fact)))
            for value, count in sorted(values.items(), key=lambda t: (-t[1], t[0]))[:2]:
                lines.append(f"{fact} {value} ({count} of {total} articles)")
    return tuple(lines)


def _slug(race: str | None, edition: int | None, stage: int | None) -> str:
    parts = [re.sub(r"\W+", "-", fold(race)) if race else "unknown-race", str(edition) if edition else ""]
    if stage is not None:
        parts.append(f"stage-{stage}")
    return "-".join(p for p in parts if p)


def _event_key(event: Event) -> tuple[str, str, int, str]:
    return (
        event.date.isoformat() if event.date else "9",
        event.race or "",
        event.stage if event.stage is not None else -1,
        "|".join(repr(_content_key(m.article)[:3]) for m in event.articles),
    )


def _unique(events: Sequence[Event]) -> list[Event]:
    seen: Counter[str] = Counter()
    done: list[Event] = []
    for event in events:
        seen[event.id] += 1
        done.append(replace(event, id=f"{event.id}-{seen[event.id]}") if seen[event.id] > 1 else event)
    return done
