"""Where the sources of an event agree and where they do not: claims settle into facts.

A fact is `agreed` where two or more sources say the same, `single` where one says it, `disputed` where sources
contradict each other and no calendar decides, `official` where the calendar says it. Rounded figures agree (154.4 and
155 km). A report that tells of a disqualification overtakes the earlier winner: that claim stays, marked `overtaken`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from summarize.events import Event, EventArticle
from summarize.facts import FACTS, Claim, Fact, Value
from summarize.lexicon import load
from summarize.names import best_name, same_person, same_place, same_team
from summarize.text import fold

__all__ = ["agree", "settle"]

_PEOPLE = frozenset({"winner", "second", "third", "gc_leader", "gc_second", "gc_third"})
_SLIP = 0.25
"""Kilometres by which two exact figures may differ: routes are measured with and without the neutral start."""
_MOVED_UP = frozenset({"team", "second", "third", "margin"})


def agree(fact: str, one: Value, other: Value) -> bool:
    """True where two values of a fact say the same.

    >>> agree("distance_km", 154.4, 155), agree("distance_km", 169, 189), agree("winner", "Izagirre", "Ion Izaguirre")
    (True, False, True)
    >>> agree("distance_km", 166.5, 167.5)  # one exact figure is no rounding of another
    False
    >>> agree("finish", "Parijs", "Paris")
    True
    """
    if fact == "distance_km":
        a, b = float(one), float(other)
        # Newspapers round up, down, and to the nearest kilometre.
        return abs(a - b) < 1.0 and (a.is_integer() or b.is_integer() or abs(a - b) <= _SLIP)
    if fact in _PEOPLE:
        teams = "team" in f"{one} {other}".lower() and same_team(str(one), str(other))
        return teams or same_person(str(one), str(other))
    if fact in ("start", "finish"):
        from summarize.calendar import spellings

        return same_place(spellings(str(one)), spellings(str(other)))
    if fact == "team":
        return same_team(str(one), str(other))
    if fact == "next_stage":
        # One source gives the stage's number or length, the other does not.
        short, long = sorted((str(one).casefold(), str(other).casefold()), key=len)
        return short in long
    return str(one).casefold() == str(other).casefold()


def settle(event: Event) -> dict[str, Fact]:
    """The facts of an event, in the order of `FACTS`; only what a source or the calendar says."""
    members = sorted(event.articles, key=_when)
    withdrawn = _withdrawn(members)
    facts: dict[str, Fact] = {}
    outdated: set[str] = set()
    for name in FACTS:
        claims: list[Claim] = []
        for member in members:
            if member.kind == "preview" and name in _PEOPLE | {"team", "margin", "gc_gap", "next_stage"}:
                continue
            claims.extend(c for c in member.claims if c.fact == name)
        if name == "winner":
            claims = [replace(c, overtaken=any(same_person(str(c.value), w) for w in withdrawn)) for c in claims]
            outdated = {c.path for c in claims if c.overtaken}
        elif name in _MOVED_UP:
            # Behind a disqualified winner everybody moves up a place.
            claims = [replace(c, overtaken=c.path in outdated) for c in claims]
        official = _official(event, name)
        if official is not None and name in ("start", "finish"):
            claims = [c for c in claims if agree(name, c.value, official) or not _of_the_next_stage(event, c)]
        fact = _fact(name, claims, official)
        if fact is not None:
            facts[name] = _with_given_name(fact, event) if name in _PEOPLE else fact
    for first, others in (
        ("winner", ("second", "third")),
        ("second", ("third",)),
        ("gc_leader", ("gc_second", "gc_third")),
        ("gc_second", ("gc_third",)),
    ):
        for name in others:
            if first in facts and name in facts and agree("winner", facts[first].value, facts[name].value):
                del facts[name]  # nobody comes second to himself
    winner = facts.get("winner")
    if winner and "team" in facts and facts["team"].status != "official":
        facts = _team_of_winner(event, facts)
    if (following := event.following) is not None:
        text = f"Stage {following.stage}" if following.stage is not None else following.race
        if following.start and following.finish:
            text += f", {following.start} - {following.finish}"
        if following.distance_km:
            text += f" ({following.distance_km:g} km{', time trial' if following.is_time_trial else ''})"
        facts["next_stage"] = Fact("next_stage", f"{text}, {following.date.isoformat()}", "official")
    return {name: facts[name] for name in FACTS if name in facts}


def _when(member: EventArticle) -> tuple[str, str, str]:
    article = member.article
    return (article.published.isoformat() if article.published else "", article.title or "", article.text)


@cache
def _phrases(topic: str, language: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, load("claims", language)[topic])) + r")(?!\w)", re.I)


def _withdrawn(members: Sequence[EventArticle]) -> list[str]:
    """Winners of earlier reports whom a report with a disqualification no longer has as winner, or of flashes only."""
    winners = {str(c.value) for m in members for c in m.claims if c.fact == "winner"}
    if len(winners) < 2:
        return []
    flashed: set[str] = set()
    reported: set[str] = set()
    for member in members:
        (flashed if _is_flash(member) else reported).update(str(c.value) for c in member.claims if c.fact == "winner")
    # What was sent out at once gives way to what was written afterwards.
    gone = [w for w in sorted(flashed) if reported and not any(same_person(w, other) for other in reported)]
    for member in members:
        claim = next((c for c in member.claims if c.fact == "winner"), None)
        if claim is None or member.article.language is None:
            continue
        texts = [member.article.title or "", *(s.text for s in member.article.sentences)]
        if not any(_phrases("disqualified", member.article.language).search(text) for text in texts):
            continue
        whole = " ".join(texts)
        for other in winners:
            if not same_person(other, str(claim.value)) and other.split()[-1] in whole:
                gone.append(other)
    return gone


def _is_flash(member: EventArticle) -> bool:
    """True for a piece that was sent out before the report was written: "more to follow"."""
    article = member.article
    if article.language is None:
        return False
    texts = [article.title or "", *(s.text for s in (*article.sentences[:2], *article.sentences[-2:]))]
    return any(_phrases("flash", article.language).search(text) for text in texts)


def _official(event: Event, name: str) -> Value | None:
    stage = event.official
    if stage is None:
        return None
    values: dict[str, Value | None] = {
        "winner": stage.winner,
        "team": stage.team,
        "distance_km": stage.distance_km,
        "start": stage.start,
        "finish": stage.finish,
        "gc_leader": stage.leader,
    }
    return values.get(name)


def _of_the_next_stage(event: Event, claim: Claim) -> bool:
    """True where a place is that of the next stage: the article looks ahead, and does not disagree with the others."""
    following = event.following
    places = (following.start, following.finish) if following is not None else ()
    return any(place is not None and agree(claim.fact, claim.value, place) for place in places)


def _groups(name: str, claims: Sequence[Claim]) -> list[list[Claim]]:
    groups: list[list[Claim]] = []
    same: Callable[[Value, Value], bool] = lambda a, b: agree(name, a, b)  # noqa: E731
    for claim in claims:
        home = next((g for g in groups if any(same(claim.value, c.value) for c in g)), None)
        if home is None:
            groups.append([claim])
        else:
            home.append(claim)
    return groups


def _fact(name: str, claims: Sequence[Claim], official: Value | None) -> Fact | None:
    groups = _groups(name, [c for c in claims if not c.overtaken])
    disputed = len(groups) > 1
    if official is not None:
        value = official
        if name in _PEOPLE:
            matching = [str(c.value) for c in claims if same_person(str(c.value), str(official))]
            disputed = any(not agree(name, c.value, official) for c in claims if not c.overtaken)
            if matching:
                value = _shown(matching, str(official))
        else:
            disputed = any(not agree(name, c.value, official) for c in claims)
            if name == "team" and claims and not disputed:
                value = _value(name, claims)  # as newspapers write it, without the registered capitals
        return Fact(name, value, "official", tuple(claims), disputed)
    if not groups:
        return None
    order = {id(c): i for i, c in enumerate(claims)}
    # Most sources win; of two with as many, the one reported last.
    best = max(groups, key=lambda g: (len({c.path for c in g}), max(order[id(c)] for c in g)))
    value = _value(name, best)
    if disputed:
        return Fact(name, value, "disputed", tuple(claims), True)
    sources = len({c.path for c in best})
    return Fact(name, value, "agreed" if sources > 1 else "single", tuple(claims))


def _shown(found: Sequence[str], official: str) -> str:
    best = best_name(found)
    short = fold(official).endswith(f" {fold(best)}")  # "Kragh Andersen" of Søren Kragh Andersen
    return official if short or len(best.split()) < 2 else best


def _value(name: str, claims: Sequence[Claim]) -> Value:
    if name in _PEOPLE:
        return best_name(str(c.value) for c in claims)
    if name == "distance_km":
        # The figure with decimals is the exact one of those that agree.
        return max((float(c.value) for c in claims), key=lambda v: (v != int(v), v))
    if name in ("start", "finish"):
        # The fullest name of the place: "Bergen" is what is left of "Bergen op Zoom".
        places = [str(c.value) for c in claims]
        words = {place: set(fold(place).split()) for place in places}
        said = {place: sum(words[other] <= words[place] for other in places) for place in places}
        return max(said, key=lambda v: (said[v], places.count(v), v))
    counts: dict[Value, int] = {}
    for claim in claims:
        counts[claim.value] = counts.get(claim.value, 0) + 1
    return max(counts, key=lambda v: (counts[v], len(str(v)), str(v)))


def _with_given_name(fact: Fact, event: Event) -> Fact:
    """A fact about a rider with the full name where the sources have the surname only and it is sure whose it is, and
    with the spelling of the list of riders where one of the sources has that."""
    from summarize.calendar.riders import full_name, is_rider
    from summarize.mentions import race_named

    race = race_named(event.race or "")
    if race is None or race.women:
        return fact  # the list of riders holds men who rode the great races
    name = full_name(str(fact.value), event.edition)
    if fact.status != "official" and not is_rider(name):
        listed = [str(c.value) for c in fact.claims if not c.overtaken and is_rider(str(c.value))]
        name = best_name([other for other in listed if same_person(other, name)] or [name])
    return fact if name == fact.value else replace(fact, value=name)


def _team_of_winner(event: Event, facts: dict[str, Fact]) -> dict[str, Fact]:
    """Keep the team only as far as it is claimed by articles that name the same winner."""
    winner = str(facts["winner"].value)
    paths = {
        c.path for m in event.articles for c in m.claims if c.fact == "winner" and same_person(str(c.value), winner)
    }
    claims = [c for c in facts["team"].claims if c.path in paths]
    fact = _fact("team", claims, None)
    kept = {name: f for name, f in facts.items() if name != "team"}
    return {**kept, "team": fact} if fact else kept
