"""Compounds said part by part."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_engine import by_source

from summarize.lexicon import load
from summarize.translation.compounds import LINKS, SHORTEST, in_parts
from summarize.translation.dictionary import entries, lacking, senses

FIRST: dict[str, str] = load("compounds", "nl")["first"]
LAST: dict[str, str] = load("compounds", "nl")["last"]


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("steenkoolexport", "coal exports"),
        ("vrouwenkalender", "women's calendar"),
        ("openingsetappe", "opening stage"),
        ("Zeebodemkaarten", "seabed cards"),
        ("drugs-misdaden", "drug crimes"),
        # Of three parts.
        ("zeebodemtemperatuurkaart", "seabed temperature card"),
        # With a word of the dictionary.
        ("toeristenbestemmingen", "tourist destinations"),
        ("maffiabestrijders", "Mafia fighters"),
    ],
)
def test_says_compounds_in_parts(word: str, english: str) -> None:
    assert in_parts(word)[0].replace("’", "'") == english


@pytest.mark.parametrize(
    "word", ["", "kaart", "seabedmaps", "kalendervrouwenx", "xyzkalender", "etappeetappeetappeetappe"]
)
def test_leaves_other_words(word: str) -> None:
    assert in_parts(word) == ()


def test_what_a_list_has_is_not_split() -> None:
    assert senses("laadpalen") == ("charging points",)  # of the dictionary
    assert senses("bietenveld") == ()  # of the word pairs
    assert in_parts("bietenveld")


def test_a_compound_is_looked_up_like_any_rare_word() -> None:
    dutch = "De firma had graanbronnen."
    assert [(one.text, one.senses) for one in entries(dutch)] == [("graanbronnen", in_parts("graanbronnen"))]
    assert not lacking(dutch, "The firm had sources of grain.")
    said = {
        dutch: [("The firm had wells.", -0.4)],
        "De firma had grain sources.": [("The firm had grain sources.", -0.3)],
    }
    assert by_source(dutch, said).text == "The firm had grain sources."


def test_the_list_is_well_formed() -> None:
    assert len(FIRST) > 1_000 and len(LAST) > 1_000
    for part, said in [*FIRST.items(), *LAST.items()]:
        assert re.fullmatch(r"[a-zà-ÿ]{3,}", part), part
        assert 1 <= len(said.split("|")) <= 2 and all(
            re.fullmatch(r"-?\w[\w’'. -]*", one) for one in said.split("|")
        ), part
    assert not [part for part, said in FIRST.items() if said.startswith("-")]


@given(st.sampled_from(sorted(FIRST)), st.sampled_from(LINKS), st.sampled_from(sorted(LAST)))
def test_any_two_parts_make_a_compound(first: str, link: str, last: str) -> None:
    word = first + link + last
    assert len(word) < SHORTEST or 1 <= len(in_parts(word)) <= 3


@given(st.text("aeinrstk-éwegzeebodemkaart", max_size=40))
def test_any_word_is_read(word: str) -> None:
    assert all(one.strip() for one in in_parts(word))
