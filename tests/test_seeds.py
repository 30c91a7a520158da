"""The way of the data from end to end: the sample articles through the command, as a reader would run it."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from summarize.text import fold


@pytest.fixture(scope="session")
def result(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `stagebrief brief seeds/ -f json` says."""
    run = subprocess.run(
        [sys.executable, str(root / "cli.py"), "brief", "seeds/", "-f", "json"],
        cwd=root,
        env={**os.environ, "STAGEBRIEF_CACHE": str(tmp_path_factory.mktemp("cache"))},
        capture_output=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr.decode()
    document: dict[str, Any] = json.loads(run.stdout)
    return document


@pytest.fixture(scope="session")
def briefs(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {brief["event"]["id"]: brief for brief in result["briefs"]}


TOUR_2021, TOUR_2024 = "tour-de-france-2021-stage-14", "tour-de-france-2024-stage-14"
GIRO, LAGE_LANDEN = "giro-d-italia-2023-stage-20", "ronde-van-de-lage-landen-2025-stage-2"

SOURCES = {
    TOUR_2021: {"mollema-gallery.txt", "mollema-wint-in-quillan.html", "stage-14-wire.json"},
    GIRO: {"giro-preview.md", "lussari-time-trial.html", "press-desk.jsonl:2", "roglic-lussari.txt"},
    TOUR_2024: {
        "Pogacar wint Pyreneeenrit.txt",
        "evenepoel-na-pla-d-adet.json",
        "pogacar-pla-d-adet.html",
        "press-desk.jsonl:1",
    },
    LAGE_LANDEN: {"lage-landen-jury.html", "lage-landen-reactions.txt", "lage-landen-sprint.json"},
}

FACTS: list[tuple[str, dict[str, str | float]]] = [
    (
        TOUR_2021,
        {"winner": "Mollema", "second": "Konrad", "third": "Higuita", "gc_leader": "Pogacar"}
        | {"distance_km": 183.7, "start": "Carcassonne", "finish": "Quillan"},
    ),
    (
        GIRO,
        {"winner": "Roglic", "second": "Thomas", "third": "Almeida", "gc_leader": "Roglic"}
        | {"distance_km": 18.6, "start": "Tarvisio", "finish": "Monte Lussari"},
    ),
    (
        TOUR_2024,
        {"winner": "Pogacar", "second": "Vingegaard", "third": "Evenepoel", "gc_leader": "Pogacar"}
        | {"distance_km": 151.9, "start": "Pau", "finish": "Pla d'Adet"},
    ),
    (
        LAGE_LANDEN,
        {"winner": "Sandgaard", "second": "Oosterling", "third": "Barattini", "gc_leader": "Verhelderen"}
        | {"distance_km": 174.5, "start": "Middelburg", "finish": "Bergen op Zoom"},
    ),
]


def test_one_brief_for_every_stage(result: dict[str, Any], briefs: dict[str, dict[str, Any]]) -> None:
    found = {id: {Path(source["path"]).name for source in brief["sources"]} for id, brief in briefs.items()}
    assert found == SOURCES
    assert list(briefs) == [TOUR_2021, GIRO, TOUR_2024, LAGE_LANDEN]
    left = [Path(item["path"]).name for item in result["unassigned"]]
    assert left == ["press-desk.jsonl:3", "transfernieuws.txt"]
    assert result["failed"] == []


@pytest.mark.parametrize(("event", "facts"), FACTS)
def test_facts_are_right(briefs: dict[str, dict[str, Any]], event: str, facts: dict[str, str | float]) -> None:
    found = briefs[event]["facts"]
    for name, value in facts.items():
        assert name in found, name
        if isinstance(value, float):
            assert found[name]["value"] == pytest.approx(value)
        else:
            assert fold(value) in fold(str(found[name]["value"])), name


def test_wrong_distance_is_shown_beside_the_right_one(briefs: dict[str, dict[str, Any]]) -> None:
    fact = briefs[TOUR_2021]["facts"]["distance_km"]
    assert fact["status"] == "official"
    assert {claim["value"] for claim in fact["claims"]} == {183.7, 138.7}
    assert [item["fact"] for item in briefs[TOUR_2021]["disagreements"]] == ["distance_km"]
    assert briefs[TOUR_2024]["disagreements"] == []
    assert briefs[GIRO]["disagreements"] == []


def test_disqualified_winner_is_overtaken(briefs: dict[str, dict[str, Any]]) -> None:
    claims = briefs[LAGE_LANDEN]["facts"]["winner"]["claims"]
    gone = [claim for claim in claims if claim.get("overtaken")]
    assert [claim["value"] for claim in gone] == ["Joris Vredeveld"]
    assert [Path(claim["path"]).name for claim in gone] == ["lage-landen-sprint.json"]
    assert "Sandgaard" in briefs[LAGE_LANDEN]["headline"]


def test_reactions_are_told_as_reactions(briefs: dict[str, dict[str, Any]]) -> None:
    names = {section["name"]: section["sentences"] for section in briefs[LAGE_LANDEN]["sections"]}
    assert any('"' in sentence["text"] for sentence in names["reactions"])


# What the articles carry besides their story: captions, credits, notices, menus, teasers, code.
MESS = re.compile(
    r"image \d|image credit|photo|sprint pictures|fotobureau|©|&\w+;|</?\w|cookie|onze excuses|volledig scherm|lees ook"
    r"|read more|sign (?:in|up)|inloggen|advertentie|newsletter|nieuwsbrief|subscribe|share this|deel dit|all rights"
    r"|most read|tekst gaat verder|press desk|editing by|you may also|unsubscribe|datalayer|\]\(",
    re.IGNORECASE,
)


def sentences(brief: dict[str, Any]) -> list[dict[str, Any]]:
    return [sentence for section in brief["sections"] for sentence in section["sentences"]]


def test_nothing_of_the_mess_is_in_a_brief(result: dict[str, Any]) -> None:
    told = [text for brief in result["briefs"] for s in sentences(brief) for text in (s["text"], s["original"] or "")]
    assert len(told) > 40
    assert [text for text in told if MESS.search(text)] == []


def source_text(path: Path) -> str:
    """All text of a file, without its markup, however it is encoded."""
    name, _, line = path.name.partition(".jsonl:")
    if line:
        record = json.loads((path.parent / f"{name}.jsonl").read_text("utf-8").splitlines()[int(line) - 1])
        return fold(f"{record['title']} {record['text']}")
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if path.suffix == ".json":
        record = json.loads(text)
        text = f"{record['title']} {record['text']}"
    return fold(html.unescape(re.sub(r"<[^>]+>", " ", text)))


def test_every_sentence_stands_in_its_source(root: Path, result: dict[str, Any]) -> None:
    for brief in result["briefs"]:
        for sentence in sentences(brief):
            assert fold(sentence["original"] or sentence["text"]) in source_text(root / sentence["path"]), sentence


def test_briefs_are_short_and_say_nothing_twice(result: dict[str, Any]) -> None:
    for brief in result["briefs"]:
        told = [sentence["text"] for sentence in sentences(brief)]
        assert 60 < sum(len(text.split()) for text in told) < 350
        assert len(set(map(fold, told))) == len(told)
