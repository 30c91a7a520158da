"""Who was ahead of whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.translation import guard
from summarize.translation.ahead import mend, with_opponents

PAIR = ("nl", "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "Veenstra wint de rit VOOR Boon en De Wit.",
        "Veenstra was in Dokkum de snelste VOOR Boon.",
        "De sprint werd gewonnen door Veenstra VOOR Boon.",
        "De Fries sprintte naar een fraaie zege VOOR Boon.",
        "Zij kwam solo over de streep VOOR de Italiaanse Boon.",
        "Veenstra won VOOR haar landgenote Van Eik.",
        "Sprintzege Veenstra VOOR Boon in Dokkum",
        # For a team, by a team, of nobody else, or after something else.
        "Veenstra won voor Jumbo-Visma de tweede rit.",
        "Veenstra won voor Boonfiets-Sneek.",
        "Veenstra won voor BFS.",
        "Ritzege voor Veenstra.",
        "Veenstra won; het was de eerste zege voor Boon.",
        "Veenstra won voor de derde keer.",
        "Veenstra is te sterk voor Boon.",
        "Een bos bloemen voor Boon.",
        "",
    ],
)
def test_an_opponent_is_told_from_who_gains(sentence: str) -> None:
    assert with_opponents(sentence.replace("VOOR", "voor"), PAIR) == sentence.replace("VOOR", "vóór")


@pytest.mark.parametrize(
    ("output", "mended"),
    [
        ("Veenstra won for Boon and De Wit.", "Veenstra won ahead of Boon and De Wit."),
        ("Veenstra won before the Italian Boon.", "Veenstra won ahead of the Italian Boon."),
        ("A win for Veenstra ahead of Boon.", "A win for Veenstra ahead of Boon."),
        ("Veenstra won from Dokkum and Boon.", "Veenstra won from Dokkum and Boon."),
    ],
)
def test_an_opponent_stays_one(output: str, mended: str) -> None:
    source = "Veenstra won vóór Boon en De Wit."
    assert mend(source, output, PAIR) == guard.mend(source, output) == mended
    assert mend(source.replace("vóór", "voor"), output, PAIR) == output


@given(st.text(max_size=80))
def test_nothing_but_the_word_changes(text: str) -> None:
    assert with_opponents(text, PAIR).replace("vóór", "voor") == text.replace("vóór", "voor")
    assert mend(text, text, PAIR) == text or "vóór" in text
