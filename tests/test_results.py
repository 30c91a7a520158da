"""Lists of results, which are no sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.articles import Article
from summarize.claims import LISTED, read_claims
from summarize.cleaning import clean_text
from summarize.preparing import prepare
from summarize.results import read_results

LINES = """Uitslag zevende etappe

1. Anna VAN EIK (Ned/Ploeg Een) 4u12'30"
2. Bea Boon (BEL/Ploeg-Twee) z.t.
3. Cara de Wit (Ned) op 12"
4. Dora Mas (Spa) z.t.

Algemeen klassement
1. Bea Boon (Bel) 25.18.35
2. Anna van Eik + 0.08

Puntenklassement
1. Dora Mas 98 punten
2. Cara de Wit 71
"""


def told(text: str) -> dict[str, str]:
    return {row.fact: row.name for row in read_results(text)}


def test_a_stage_and_the_general_classification_are_read() -> None:
    assert told(LINES) == {
        "winner": "Anna van Eik",
        "second": "Bea Boon",
        "third": "Cara de Wit",
        "gc_leader": "Bea Boon",
        "gc_second": "Anna van Eik",
    }
    rows = read_results(LINES)
    assert all(row.row in LINES for row in rows)
    assert rows[0].row == "1. Anna VAN EIK (Ned/Ploeg Een) 4u12'30\""
    assert [row.head for row in rows] == ["Uitslag zevende etappe"] * 3 + ["Algemeen klassement"] * 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Uitslag: 1. Boon (Bel) 3.19.57; 2. Mas (Spa) 0.02; 3. De Wit z.t.", ["Boon", "Mas", "De Wit"]),
        ("Stage two result 1 Bo Boon (Bel) Team 4:18:02 2 Cas Mas (Spa) 0:00:59", ["Bo Boon", "Cas Mas"]),
        ("Results:\n1. Bo Boon +1sec\n2. Cas Mas +26secs", ["Bo Boon", "Cas Mas"]),
        # Not of the stage, no list, or not from the first on.
        ("Bergklassement: 1. Boon 50; 2. Mas 39", []),
        ("Favorieten: 1. Boon, 2. Mas, 3. De Wit", []),
        ("Vorige winnaars: 1. Boon, 2. Mas", []),
        ("Uitslag: 2. Boon, 3. Mas", []),
        ("Boon won in rit 1. Mas werd tweede.", []),
        ("", []),
    ],
)
def test_lists_are_told_from_other_things(text: str, names: list[str]) -> None:
    assert [row.name for row in read_results(text)] == names


def test_what_a_list_says_is_claimed() -> None:
    text = (
        "De zevende etappe van de Ronde van Spanje was zwaar. De renners reden door Sneek en over de Afsluitdijk.\n\n"
    )
    article = prepare(Article("a", "a.txt", "Zevende etappe Vuelta", text + LINES))
    assert isinstance(article, Article)
    claims = {claim.fact: claim for claim in read_claims(article)}
    assert claims["winner"].value == "Anna van Eik" and claims["gc_leader"].value == "Bea Boon"
    assert claims["winner"].position == LISTED and claims["winner"].sentence in LINES


def test_lists_are_no_prose() -> None:
    told = (
        "Boon won zaterdag in Sneek. Uitslag: 1. Boon (Bel) 3.19.57; 2. Mas (Spa) 0.02; 3. De Wit (Ned) z.t.; 4. Bol."
    )
    assert clean_text(told) == "Boon won zaterdag in Sneek."
    kept = "Dit is het plan: 1. Boon rijdt voorop; 2. Mas wacht op de anderen en dan gaat het los; 3. De Wit sprint."
    assert clean_text(kept) == kept


def test_a_list_of_another_stage_is_left() -> None:
    text = (
        "De achtste etappe van de Ronde van Spanje was zwaar. De renners reden door Sneek en over de Afsluitdijk.\n\n"
    )
    article = prepare(Article("a", "a.txt", "Achtste etappe Vuelta", text + LINES))
    assert isinstance(article, Article)
    assert "winner" not in {claim.fact for claim in read_claims(article)}


@given(st.text(alphabet="123.;: \nABab(),-'", max_size=300))
def test_rows_stand_in_the_text(text: str) -> None:
    assert all(row.row in text for row in read_results(text))
