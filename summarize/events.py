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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from summarize.articles import Article
from summarize.facts import Claim
from summarize.names import same_person, same_place
from summarize.text import fold

if TYPE_CHECKING:
    from summarize.calendar import Calendar, Stage
    from summarize.claims import Reading

__all__ = ["Event", "EventArticle", "Grouping", "Kind", "Unassigned", "group"]

Kind = Literal["report", "reaction", "preview"]

_ENOUGH_CYCLING = 4.0
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EventArticle:
    """An article in its event: what kind of piece it is and what it claims."""

    article: Article
    kind: Kind
    claims: tuple[Claim, ...]


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
    stage: Stage | None = None
    why: tuple[str, ...] = ()

    @property
    def race(self) -> str | None:
        if self.stage:
            return self.stage.race
        return self.reading.race.name if self.reading.race else None

    @property
    def number(self) -> int | None:
        from summarize.mentions import LAST

        if self.stage:
            return self.stage.stage
        return None if self.reading.stage == LAST else self.reading.stage

    @property
    def one_day(self) -> bool:
        return bool(self.reading.race and self.reading.race.one_day)

    @property
    def day(self) -> Date | None:
        """The day of the stage, as far as the publication date tells."""
        if self.stage:
            return self.stage.date
        day = self.reading.day
        if day is None:
            return None
        return day - _DAY if self.reading.previous_day else day + _DAY if self.reading.next_day else day

    def value(self, fact: str) -> Claim | None:
        return next((c for c in self.reading.claims if c.fact == fact), None)


@dataclass(slots=True)
class _Cluster:
    race: str | None
    edition: int | None
    stage: int | None
    items: list[_Item] = field(default_factory=list)
    official: Stage | None = None
    people: Counter[str] = field(default_factory=Counter)

    @property
    def date(self) -> Date | None:
        if self.official:
            return self.official.date
        days = Counter(item.day for item in self.items if item.day is not None)
        return min(days, key=lambda d: (-days[d], d)) if days else None

    def add(self, item: _Item) -> None:
        self.items.append(item)
        self.people.update(set(_keys(item.reading.people)))


def _keys(people: Iterable[str]) -> list[str]:
    return [fold(name).split()[-1] for name in people if fold(name)]


def group(articles: Sequence[Article], calendar: Calendar | None) -> Grouping:
    """Group prepared articles (language and sentences filled) into events.

    The same grouping for any order of `articles`. Without a calendar the articles alone tell race, edition and stage.
    """
    from summarize.claims import read

    ordered = sorted(articles, key=_content_key)
    unassigned: list[Unassigned] = []
    items: list[_Item] = []
    for article in ordered:
        reading = read(article)
        if reason := _not_cycling(reading):
            unassigned.append(Unassigned(article.path, reason))
            continue
        items.append(_place(_Item(reading), calendar))
    clusters, left = _cluster(items)
    unassigned.extend(Unassigned(item.reading.article.path, reason) for item, reason in left)
    events = [_event(cluster, calendar) for cluster in clusters]
    events = _unique(sorted(events, key=_event_key))
    return Grouping(tuple(events), tuple(sorted(unassigned, key=lambda u: (u.path, u.reason))))


def _content_key(article: Article) -> tuple[str, str, str, str]:
    """An order of articles that does not hang on file names unless two articles are the same to the letter."""
    published = article.published.isoformat() if article.published else "9"
    return (published, article.title or "", article.text, article.path)


def _not_cycling(reading: Reading) -> str | None:
    if reading.article.language is None:
        return "its language is not known"
    if reading.cycling < _ENOUGH_CYCLING:
        return "no cycling stage found: it does not speak of cycling"
    if reading.race is None and reading.stage is None and not any(c.fact == "winner" for c in reading.claims):
        return "no cycling stage found: it names neither a race nor a stage"
    return None


# -- calendar ---------------------------------------------------------------------------------------------------------


def _place(item: _Item, calendar: Calendar | None) -> _Item:
    """Find the article's stage in the calendar; the item as it was where none fits clearly."""
    if calendar is None:
        return item
    reading = item.reading
    candidates: dict[int, Stage] = {}

    def consider(stages: Iterable[Stage]) -> None:
        for stage in stages:
            candidates[id(stage)] = stage

    named = [name for name, _ in reading.races if name in calendar.races]
    if reading.day is not None:
        for offset in (-1, 0, 1):
            consider(calendar.on(reading.day + offset * _DAY))
        if reading.year and reading.stage is not None and item.race in calendar.races:
            stage = calendar.stage(str(item.race), reading.year, item.number)
            consider([stage] if stage else [])
    else:
        if named and reading.stage is not None:
            for race in named[:2]:
                for number, _ in reading.stages:
                    consider(calendar.numbered(race, number))
                if item.number is None:
                    for claim in reading.claims:
                        if claim.fact == "finish":
                            consider(s for s in calendar.with_place(str(claim.value)) if s.race == race)
        elif reading.stage is not None or named:
            for place in reading.places:
                found = calendar.with_place(place)
                consider(s for s in found if (s.stage == reading.stage or reading.stage is None) and (not named or s.race in named))
        for claim in reading.claims:
            if claim.fact == "winner":
                consider(s for s in calendar.won_by(str(claim.value)) if not named or s.race in named)
    scored = sorted(
        ((*_score(item, stage, calendar), stage) for stage in candidates.values()),
        key=lambda t: (-t[0], -t[2].date.toordinal(), t[2].race, t[2].stage or 0, t[2].part),
    )
    if not scored:
        return item
    best, why, stage = scored[0]
    margin = best - scored[1][0] if len(scored) > 1 else best
    if best >= 6 and margin >= 1:
        return replace(item, stage=stage, why=why)
    return item


def _score(item: _Item, stage: Stage, calendar: Calendar) -> tuple[float, tuple[str, ...]]:
    """How well an article fits a stage of the calendar, and what speaks for it."""
    from summarize.mentions import LAST

    reading = item.reading
    score = 0.0
    why: list[str] = []
    races = dict(reading.races)
    if reading.race is not None:
        if reading.race.name == stage.race:
            score += 3
            why.append(f"names {stage.race}")
        elif stage.race in races and races[stage.race] > 0.5 * reading.races[0][1]:
            score += 1
        else:
            score -= 8
    if reading.stage is not None:
        number = stage.stage
        last = calendar.edition(stage.race, stage.edition)[-1]
        numbers = dict(reading.stages)
        top = reading.stages[0][1] if reading.stages else 0.0
        if reading.stage == number or (reading.stage == LAST and stage is last):
            score += 4
            why.append(f"names stage {number}")
        elif number in numbers:
            score += 4 * numbers[number] / top - 1.5
        elif LAST in numbers and stage is last:
            score += 1
        else:
            score -= 4 if top >= 3 else 2
    if reading.day is not None:
        days = (reading.day - stage.date).days
        if days == 0:
            score += 3 if not reading.previous_day else 0
            why.append("published on the day of the stage")
        elif days == 1:
            score += 3.5 if reading.previous_day else 0.5
            why.append("published on the day after the stage")
        elif days == -1:
            score += 2.5 if reading.next_day else -5
            why.append("published on the day before the stage")
        else:
            score -= 9
    for fact, names in (("start", stage.start_names), ("finish", stage.finish_names)):
        claim = item.value(fact)
        if claim and names:
            if same_place(str(claim.value), names):
                score += 3
                why.append(f"{fact}s in {names[0]}" if fact == "start" else f"finishes in {names[0]}")
            else:
                score -= 1
        elif names and any(same_place(place, names) for place in reading.places):
            score += 1.5
            why.append(f"names {names[0]}")
    claim = item.value("distance_km")
    if claim and stage.distance_km:
        difference = abs(float(claim.value) - stage.distance_km)
        if difference <= 2:
            score += 2
            why.append(f"{stage.distance_km:g} km")
        elif difference > 0.15 * stage.distance_km:
            score -= 0.5
    if stage.winner:
        claim = item.value("winner")
        if claim:
            same = same_person(str(claim.value), stage.winner)
            score += 4 if same else -2
            why.extend([f"won by {claim.value}"] if same else [])
        elif any(same_person(person, stage.winner) for person in reading.people):
            score += 2
    if stage.leader:
        claim = item.value("gc_leader")
        if claim:
            score += 1 if same_person(str(claim.value), stage.leader) else -0.5
        elif any(same_person(person, stage.leader) for person in reading.people):
            score += 0.5
    return score, tuple(why)


# -- clusters ---------------------------------------------------------------------------------------------------------


def _contradict(item: _Item, cluster: _Cluster) -> bool:
    """True where an article and a cluster differ in race, edition, stage or finish."""
    if item.race and cluster.race and item.race != cluster.race:
        return True
    if item.number is not None and cluster.stage is not None and item.number != cluster.stage:
        return True
    year = item.stage.edition if item.stage else item.reading.year
    if year and cluster.edition and year != cluster.edition:
        return True
    if cluster.official and item.stage is None:
        claim = item.value("finish")
        return bool(claim and cluster.official.finish_names and not same_place(str(claim.value), cluster.official.finish_names))
    if item.stage is None:
        mine = item.value("finish")
        if mine:
            for other in cluster.items:
                theirs = other.value("finish")
                if theirs and not same_place(str(mine.value), str(theirs.value)):
                    return True
    return False


def _cluster(items: Sequence[_Item]) -> tuple[list[_Cluster], list[tuple[_Item, str]]]:
    clusters: list[_Cluster] = []
    by_stage: dict[tuple[str, int | None], list[_Cluster]] = {}
    by_day: dict[Date, list[_Cluster]] = {}
    left: list[tuple[_Item, str]] = []

    def open_cluster(item: _Item, race: str | None, edition: int | None, stage: int | None) -> _Cluster:
        cluster = _Cluster(race, edition, stage, official=item.stage)
        clusters.append(cluster)
        by_stage.setdefault((race or "", stage), []).append(cluster)
        cluster.add(item)
        return cluster

    full: dict[tuple[str, int, int | None, str], _Cluster] = {}
    rest: list[_Item] = []
    for item in items:
        if item.stage:
            key = (item.stage.race, item.stage.edition, item.stage.stage, item.stage.part)
            if key in full:
                full[key].add(item)
            else:
                full[key] = open_cluster(item, item.stage.race, item.stage.edition, item.stage.stage)
        else:
            rest.append(item)
    dated = [i for i in rest if i.race and i.reading.year and (i.number is not None or i.one_day)]
    for item in dated:
        key = (str(item.race), int(item.reading.year or 0), None if item.one_day else item.number, "")
        cluster = full.get(key)
        if cluster is None:
            full[key] = open_cluster(item, key[0], key[1], key[2])
        elif not _contradict(item, cluster):
            cluster.add(item)
        else:
            similar = [c for c in by_stage.get((key[0], key[2]), []) if c.edition == key[1] and not _contradict(item, c)]
            if similar:
                similar[0].add(item)
            else:
                open_cluster(item, *key[:3])
    for cluster in clusters:
        if (date := cluster.date) is not None:
            by_day.setdefault(date, []).append(cluster)
    idf = _idf(items)
    undated = [i for i in rest if i not in dated] if len(rest) < 1 else [i for i in rest if not (i.race and i.reading.year and (i.number is not None or i.one_day))]
    later: list[_Item] = []
    for item in undated:
        if item.number is not None and item.race:
            options = [c for c in by_stage.get((item.race, item.number), []) if not _contradict(item, c)]
        elif item.day is not None:
            options = [
                c
                for offset in (0, -1)
                for c in by_day.get(item.day + offset * _DAY, [])
                if not _contradict(item, c)
            ]
        else:
            later.append(item)
            continue
        best = _best(item, options, idf)
        if best is not None:
            best.add(item)
        else:
            later.append(item)
    for item in later:
        if item.number is not None and item.race:
            options = [c for c in by_stage.get((item.race, item.number), []) if not _contradict(item, c)]
            best = _best(item, options, idf)
            if best:
                best.add(item)
            else:
                open_cluster(item, item.race, item.reading.year, item.number)
            continue
        options = [c for c in clusters if not _contradict(item, c)] if item.day is None and len(clusters) <= 200 else []
        best = _best(item, options, idf, strict=True)
        if best:
            best.add(item)
        elif item.race and item.day and item.value("winner"):
            cluster = open_cluster(item, item.race, item.reading.year, None)
            by_day.setdefault(item.day, []).append(cluster)
        else:
            left.append((item, _why_left(item)))
    return clusters, left


def _why_left(item: _Item) -> str:
    if item.race:
        return f"speaks of {item.race}, but of no stage of it that can be told"
    return "no cycling stage found: it names no race"


def _idf(items: Sequence[_Item]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for item in items:
        counts.update(set(_keys(item.reading.people)))
    return {name: math.log(1 + len(items) / count) for name, count in counts.items()}


def _best(item: _Item, options: Sequence[_Cluster], idf: dict[str, float], strict: bool = False) -> _Cluster | None:
    """The cluster that shares most riders with the article, rare ones counting more; None where that is not clear."""
    mine = set(_keys(item.reading.people))
    scored: list[tuple[float, _Cluster]] = []
    for cluster in options:
        shared = sum(idf.get(k, 1.0) for k in mine if k in cluster.people)
        value = shared / (1 + sum(idf.get(k, 1.0) for k in mine))
        claim = item.value("winner")
        winners = [w for other in cluster.items if (w := other.value("winner"))]
        if cluster.official and cluster.official.winner and any(same_person(p, cluster.official.winner) for p in item.reading.people):
            value += 0.3
        elif any(fold(str(w.value)).split()[-1] in mine for w in winners):
            value += 0.3
        if claim and winners:
            value += 0.5 if any(same_person(str(claim.value), str(w.value)) for w in winners) else -0.5
        if item.race and cluster.race == item.race:
            value += 0.3
        if item.number is not None and item.number == cluster.stage:
            value += 0.4
        if item.day is not None and cluster.date == item.day:
            value += 0.4
        elif item.day is not None and cluster.date is not None and item.day - cluster.date == _DAY:
            value += 0.1
        scored.append((value, cluster))
    if not scored:
        return None
    scored.sort(key=lambda t: (-t[0], t[1].race or "", t[1].edition or 0, t[1].stage or 0))
    needed = 0.9 if strict else 0.6
    if scored[0][0] < needed or (len(scored) > 1 and scored[0][0] - scored[1][0] < 0.1):
        return None
    return scored[0][1]


# -- events -----------------------------------------------------------------------------------------------------------


def _event(cluster: _Cluster, calendar: Calendar | None) -> Event:
    stage = cluster.official
    edition = cluster.edition
    if edition is None and cluster.date is not None:
        edition = cluster.date.year
    members = tuple(
        EventArticle(item.reading.article, item.reading.kind, item.reading.claims)  # type: ignore[arg-type]
        for item in sorted(cluster.items, key=lambda i: _content_key(i.reading.article))
    )
    return Event(
        id=_slug(cluster.race, edition, cluster.stage),
        race=cluster.race,
        edition=edition,
        stage=cluster.stage,
        date=cluster.date,
        evidence=_evidence(cluster),
        articles=members,
        official=stage,
        following=calendar.next_stage(stage) if calendar and stage else None,
    )


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
            values = Counter(str(c.value) for item in cluster.items if (c := item.value(fact)))
            for value, count in sorted(values.items(), key=lambda t: (-t[1], t[0]))[:2]:
                lines.append(f"{fact} {value} ({count} of {total} articles)")
    return tuple(lines)


def _slug(race: str | None, edition: int | None, stage: int | None) -> str:
    parts = [re.sub(r"\W+", "-", fold(race)) if race else "stage", str(edition) if edition else ""]
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
