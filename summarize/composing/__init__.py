"""From an event to its brief: which sentences of all its articles are shown, under which heading, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from summarize.agreement import agree, settle
from summarize.articles import Article
from summarize.briefs import SECTIONS, Brief, KeySentence, Reason, Section, Source
from summarize.composing.chronology import kilometres_to_go, moments
from summarize.composing.cues import cues
from summarize.composing.duplicates import Vectors
from summarize.composing.sections import section_of, told
from summarize.composing.selection import WITHDRAWAL, Candidate, Choice, choose, concept_weights, concepts_of
from summarize.composing.units import names_in, units
from summarize.events import Event
from summarize.facts import Fact
from summarize.lexicon import load
from summarize.preparing import LANGUAGES
from summarize.text import fold

__all__ = ["compose"]


def compose(event: Event, *, max_words: int = 250) -> Brief:
    """The brief of an event whose Dutch articles have been translated.

    `max_words` bounds the English words of all key sentences together. Sections without a sentence are left out.
    """
    facts = settle(event)
    articles = [member.article for member in event.articles]
    numbers: dict[tuple[int, int], int] = {}
    texts: list[str] = []
    for index, article in enumerate(articles):
        for sentence in article.sentences:
            numbers[index, sentence.position] = len(texts)
            texts.append(sentence.english)
    vectors = Vectors(texts)
    candidates = _candidates(event, facts, numbers)
    weights = concept_weights(
        [(member.kind, [s.english for s in member.article.sentences]) for member in event.articles]
    )
    choices = choose(candidates, weights, vectors, max_words)
    return Brief(
        event=event,
        headline=headline(event, facts),
        facts=facts,
        sections=_sections(event, facts, choices, vectors, texts, numbers),
        disagreements=tuple(fact for fact in facts.values() if fact.disputed),
        sources=tuple(_source(member.article, member.kind) for member in event.articles),
    )


def headline(event: Event, facts: Mapping[str, Fact]) -> str:
    """What happened, in one line made from facts: "Tour de France 2023, stage 12: Ion Izagirre wins".

    On the last day of a race it also says who won the whole of it.
    """
    race = event.race or "Unknown race"
    title = f"{race} {event.edition}" if event.edition else race
    if event.stage == 0:
        title += ", prologue"
    elif event.stage is not None:
        title += f", stage {event.stage}"
    elif event.race is None and event.date:
        title += f", {event.date.isoformat()}"
    if "winner" in facts:
        title += f": {facts['winner'].value} wins"
        if event.last_stage and "gc_leader" in facts:
            if agree("winner", facts["gc_leader"].value, facts["winner"].value):
                title += " the stage and the race"
            else:
                title += f", {facts['gc_leader'].value} wins the race"
    return title


def _source(article: Article, kind: str) -> Source:
    published = None
    if article.published is not None:
        published = article.published.isoformat() if article.has_time else article.published.date().isoformat()
    return Source(article.path, article.title, article.outlet, published, article.language or "", kind, article.url)


@cache
def _ordinals() -> dict[str, int]:
    """Folded words and figures for stage numbers, over all languages of the lexicon."""
    table = {str(number): number for number in range(32)}
    for language in LANGUAGES:
        table |= {fold(word): number for word, number in load("composing", language)["ordinals"].items()}
    return table


def _candidates(event: Event, facts: Mapping[str, Fact], numbers: Mapping[tuple[int, int], int]) -> list[Candidate]:
    ordinals = _ordinals()
    of_women = any(member.women for member in event.articles)
    found = []
    overtaken = {(c.path, c.position) for fact in facts.values() for c in fact.claims if c.overtaken}
    outdated = {c.path for c in facts["winner"].claims if c.overtaken} if "winner" in facts else set()
    for index, member in enumerate(event.articles):
        article = member.article
        language = article.language or "en"
        claimed = {claim.position for claim in member.claims if claim.fact in ("winner", "second", "third")}
        standings = {claim.position for claim in member.claims if claim.fact.startswith("gc_")}
        ahead: tuple[int, int] | None = None
        meant = {claim.position: str(claim.value) for claim in member.claims if claim.fact == "winner"}
        for unit in units(index, article, member.named, meant):
            tells = told(unit, event, facts, ordinals)
            wins = unit.main.position in claimed
            section = section_of(unit, language, event, tells, member.kind, wins, unit.main.position in standings)
            here = (unit.main.paragraph, unit.main.position)
            follows = ahead is not None and ahead[0] == here[0] and here[1] - ahead[1] <= 1
            if section == "next" or (follows and section in ("race", None)):
                # What follows a look ahead in its paragraph is still about the day that comes.
                section, ahead = "next", here
            if section is None or unit.words < 6:
                continue
            if section == "race" and names_in(unit.main.text) and cues(language).out.search(unit.main.text):
                tells |= {WITHDRAWAL}
            if not of_women and cues(language).women.search(unit.main.text):
                continue  # a word about the race of the women
            # What a later report has overtaken is shown as that, and nowhere else.
            if any((article.path, sentence.position) in overtaken for sentence in unit.sentences):
                continue
            if article.path in outdated and (
                section in ("result", "classification", "reactions") or cues(language).win.search(unit.text)
            ):
                continue
            keys = tuple(numbers[index, sentence.position] for sentence in unit.sentences)
            found.append(
                Candidate(
                    unit,
                    section,
                    tells,
                    member.kind,
                    language != "en",
                    wins,
                    concepts_of(unit.english),
                    keys,
                    kilometres_to_go(unit.text, language),
                    names_in(unit.text),
                    "winner" in tells and bool(cues(language).move.search(unit.main.text)),
                )
            )
    return found


def _sections(
    event: Event,
    facts: Mapping[str, Fact],
    choices: Sequence[Choice],
    vectors: Vectors,
    texts: Sequence[str],
    numbers: Mapping[tuple[int, int], int],
) -> tuple[Section, ...]:
    distance = float(facts["distance_km"].value) if "distance_km" in facts else None
    when = [moments(member.article, distance) for member in event.articles]
    where = {number: key for key, number in numbers.items()}
    chosen = {number for choice in choices for number in choice.candidate.sentence_numbers}
    sections = []
    for name in SECTIONS:
        here = [choice for choice in choices if choice.candidate.section == name]
        if name == "result":
            # Who won comes first, then where the stage went and who else was on the podium.
            here.sort(key=lambda c: (not ("winner" in c.candidate.facts and c.candidate.wins), -c.score))
        if name == "race":
            here.sort(key=lambda c: (_moment(c, when), c.candidate.unit.article, c.candidate.unit.first))
        sentences = tuple(
            sentence for choice in here for sentence in _shown(event, choice, vectors, texts, where, chosen)
        )
        if sentences:
            sections.append(Section(name, sentences))
    return tuple(sections)


def _moment(choice: Choice, when: Sequence[Sequence[float]]) -> float:
    """When a chosen unit happened, 0 to 1; what tells the start and the length of the stage comes first."""
    candidate = choice.candidate
    if candidate.facts & {"start", "distance_km"} and candidate.to_go is None:
        return 0.0
    return when[candidate.unit.article][candidate.unit.main.position]


def _shown(
    event: Event,
    choice: Choice,
    vectors: Vectors,
    texts: Sequence[str],
    where: Mapping[int, tuple[int, int]],
    chosen: set[int],
) -> list[KeySentence]:
    """The sentences of a chosen unit, with the other sources that tell the same."""
    unit = choice.candidate.unit
    article = event.articles[unit.article].article
    shown: list[KeySentence] = []
    for sentence, number in zip(unit.sentences, choice.candidate.sentence_numbers, strict=True):
        beaten = [
            other
            for other in range(len(texts))
            if other not in chosen and where[other][0] != unit.article and vectors.same_news(number, other)
        ]
        also = sorted({event.articles[where[other][0]].article.path for other in beaten})
        shown.append(
            KeySentence(
                text=sentence.english,
                original=sentence.original,
                language=article.language or "",
                path=article.path,
                outlet=article.outlet,
                score=choice.score,
                flags=sentence.flags,
                also=tuple(also),
                continues=bool(shown),
                reason=Reason(choice.parts, choice.new_facts, tuple(texts[other] for other in beaten)),
            )
        )
    return shown
