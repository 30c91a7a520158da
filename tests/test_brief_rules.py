"""Every brief of the labelled articles keeps the rules of composition. The checks share nothing with the composer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from summarize import Settings, make_briefs
from summarize.briefs import Brief, KeySentence
from summarize.text import fold

pytestmark = [pytest.mark.shared, pytest.mark.slow, pytest.mark.xdist_group("dev_briefs")]

BUDGET = 250
LEANING = re.compile(
    r"[\s“„‘'\"]*(?:he|she|his|her|they|their|but|and|this|that|these|those|so|then|however|also|it was also|therefore|"
    r"afterwards|hij|zij|ze|maar|en|dus|daarna|daarom|daardoor|dat|dit|deze|die|ook|vervolgens|toen|toch|"
    r"(?:de|the) (?:belg|belgian|fransman|frenchman|italiaan|italian|duitser|german|sloveen|slovenian))\b"
    r"(?! [A-Z])",
    re.IGNORECASE,
)
TO_GO = re.compile(
    r"(\d+(?:[.,]\d+)?) ?(?:km|kilomet(?:er|re)s?) (?:to go|left|from the (?:finish|line)|out\b)", re.IGNORECASE
)


@pytest.fixture(scope="module")
def briefs(shared: Path) -> tuple[Brief, ...]:
    """The briefs of the labelled articles (every fourth Dutch event: translating takes time) and first seeds."""
    labelled = shared / "cycling" / "dev"
    gold = [row for row in json.loads((labelled / "gold.json").read_text(encoding="utf-8")) if row["event"]]
    dutch = sorted({row["event"] for row in gold if row["lang"] == "nl"})
    left_out = set(dutch) - set(dutch[::4])
    files = [labelled / "articles" / row["file"] for row in gold if row["event"] not in left_out]
    return make_briefs([*files, shared / "seeds"], Settings(cache=False), max_words=BUDGET).briefs


def sections(briefs: tuple[Brief, ...]) -> Iterator[tuple[str, tuple[KeySentence, ...]]]:
    """Each section of each brief, with a name to find it by."""
    for brief in briefs:
        for section in brief.sections:
            yield f"{brief.event.id} {section.name}", section.sentences


def positions(brief: Brief) -> dict[tuple[str, str], int]:
    """Where each sentence stands in its article."""
    return {
        (member.article.path, sentence.text): sentence.position
        for member in brief.event.articles
        for sentence in member.article.sentences
    }


def follows(brief: Brief, one: KeySentence, two: KeySentence) -> bool:
    """True where the second sentence stands directly after the first in their article."""
    where = positions(brief)
    return one.path == two.path and (
        where[two.path, two.original or two.text] == where[one.path, one.original or one.text] + 1
    )


def test_there_are_briefs(briefs: tuple[Brief, ...]) -> None:
    assert len(briefs) >= 15
    assert all(brief.sections for brief in briefs)


def test_no_sentence_leans_on_one_that_is_not_there(briefs: tuple[Brief, ...]) -> None:
    broken = []
    for brief in briefs:
        for section in brief.sections:
            previous = None
            for sentence in section.sentences:
                leans = LEANING.match(sentence.text) or (sentence.original and LEANING.match(sentence.original))
                if leans and not (previous and follows(brief, previous, sentence)):
                    broken.append(f"{brief.event.id}: {sentence.text}")
                previous = sentence
    assert broken == []


def test_no_quotation_is_cut(briefs: tuple[Brief, ...]) -> None:
    broken = []
    for brief in briefs:
        for section in brief.sections:
            run = ""
            for one, two in pairwise((*section.sentences, None)):
                run += " " + one.text
                if two is None or not follows(brief, one, two):
                    if run.count("“") != run.count("”") or run.count('"') % 2:
                        broken.append(f"{brief.event.id}: {run}")
                    run = ""
    assert broken == []


def test_no_news_is_told_twice(briefs: tuple[Brief, ...]) -> None:
    broken = []
    for brief in briefs:
        shown = [s.text for section in brief.sections for s in section.sentences]
        bags = [(text, {word for word in fold(text).split() if len(word) > 3 or word.isdigit()}) for text in shown]
        for (one, a), (two, b) in combinations(bags, 2):
            if a and b and len(a & b) / len(a | b) > 0.6:
                broken.append(f"{brief.event.id}: {one} / {two}")
    assert broken == []


def test_the_race_goes_towards_the_finish(briefs: tuple[Brief, ...]) -> None:
    broken = []
    for name, sentences in sections(briefs):
        if name.endswith(" race"):
            left = [float(m[1].replace(",", ".")) for s in sentences for m in [TO_GO.search(s.text)] if m]
            if left != sorted(left, reverse=True):
                broken.append(f"{name}: {left}")
    assert broken == []


def test_every_brief_keeps_its_budget(briefs: tuple[Brief, ...]) -> None:
    words = {b.event.id: sum(len(s.text.split()) for section in b.sections for s in section.sentences) for b in briefs}
    assert {name: count for name, count in words.items() if count > BUDGET} == {}


def test_sections_come_in_their_order_and_are_never_empty(briefs: tuple[Brief, ...]) -> None:
    order = ["result", "race", "classification", "reactions", "next"]
    for brief in briefs:
        names = [section.name for section in brief.sections]
        assert names == [name for name in order if name in names]
        assert all(section.sentences for section in brief.sections)


def test_every_sentence_stands_in_its_article(briefs: tuple[Brief, ...]) -> None:
    for brief in briefs:
        where = positions(brief)
        for section in brief.sections:
            for sentence in section.sentences:
                assert (sentence.path, sentence.original or sentence.text) in where
