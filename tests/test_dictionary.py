"""Rare words looked up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_engine import by_source

from summarize.lexicon import load
from summarize.translation.adequacy import covered
from summarize.translation.dictionary import entries, in_english, lacking

WORDS: dict[str, str] = load("dictionary", "nl")["words"]
PHRASES: dict[str, str] = load("phrases", "nl")["phrases"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Daar zag hij laadpalen.", {"laadpalen": ("charging points",)}),
        ("Laadpalen zijn duur.", {"Laadpalen": ("charging points",)}),
        # What has a capital may be a name, unless English writes one too.
        ("De firma Laadpalen deed dat.", {}),
        ("Herder Jansen deed dat.", {}),
        ("Kickbokser Jansen won.", {"Kickbokser": ("kickboxer",)}),  # too long for a given name
        ("LAADPALEN", {}),
        # A common word may be a surname.
        ("Herder won.", {}),
        ("Een herder won.", {"herder": ("shepherd",)}),
        ("Zeehonden sliepen.", {"Zeehonden": ("seals",)}),  # many are no surname
        ("Zeehonden sliep.", {}),
        ("Uitgeputte Boon slaapt.", {"Uitgeputte": ("exhausted",), "slaapt": ("sleeps",)}),
        ("De Sneek-spits sliep.", {"-spits": ("striker",)}),
        ("Dat was woensdagmorgen.", {"woensdagmorgen": ("Wednesday morning",)}),
        ("Woensdagmorgen Jansen", {"Woensdagmorgen": ("Wednesday morning",)}),
        ("De laadpalen-actie", {"laadpalen-actie": ("charging points campaign", "charging points action")}),
        ("", {}),
    ],
)
def test_finds_words(sentence: str, found: dict[str, tuple[str, ...]]) -> None:
    assert {entry.text: entry.senses for entry in entries(sentence)} == found
    assert all(sentence[entry.start : entry.end] == entry.text for entry in entries(sentence))


def test_a_sense_counts_in_any_form_and_as_a_whole() -> None:
    assert not lacking("Er staan laadpalen.", "There is a charging point.")
    assert lacking("Er staan laadpalen.", "There is a point.")
    assert not lacking("Er staan palen.", "Nothing of the kind.")


def test_each_sense_is_tried() -> None:
    sentence = "Zijn leermeesters maken schades."
    variants = ["Zijn mentors maken damages.", "Zijn teachers maken losses."]
    assert in_english(sentence, lacking(sentence, "")) == variants
    assert in_english(sentence, ()) == []


def test_the_name_in_a_compound_stays() -> None:
    sentence = "De Sneek-spits sliep."
    assert in_english(sentence, lacking(sentence, "The Sneek rider slept.")) == ["De Sneek striker sliep."]
    assert covered(sentence, "The Sneek striker slept.", ("nl", "en")) == 1


def test_what_it_knows_counts_as_told() -> None:
    dutch = "De burgemeester opende de laadpalen."
    assert covered(dutch, "The mayor opened the charging points.", ("nl", "en")) == 1
    assert covered(dutch, "The mayor opened the ceremony.", ("nl", "en")) < 1


@pytest.mark.parametrize(
    ("score", "text"), [(-0.4, "The mayor paid for the charging points."), (-3.0, "The mayor paid for the poles.")]
)
def test_the_better_translation_is_taken(score: float, text: str) -> None:
    said = {
        "De burgemeester betaalde de laadpalen.": [("The mayor paid for the poles.", -0.4)],
        "De burgemeester betaalde de charging points.": [("The mayor paid for the charging points.", score)],
    }
    assert by_source("De burgemeester betaalde de laadpalen.", said).text == text


def test_common_words_are_looked_up_too() -> None:
    said = {
        "De man kreeg een aambeeldje.": [("The man got an aambeeldje.", -0.9)],
        "De man kreeg een aambeeld.": [("The man got an aambeeld.", -0.8)],
        "De man kreeg een anvil.": [("The man got an anvil.", -0.3)],
    }
    assert by_source("De man kreeg een aambeeldje.", said).text == "The man got an anvil."


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Hij koerst volgend seizoen naar eigen zeggen meer.", ["naar eigen zeggen"]),
        ("Naar eigen zeggen koerst hij meer.", ["Naar eigen zeggen"]),
        ("Hij koerst naar, eigen zeggen.", []),
        ("Hij koerst bij Naar Eigen Zeggen.", []),
        # The longest of those that begin at one word.
        ("Ze ging met gemengde gevoelens weg.", ["met gemengde gevoelens"]),
    ],
)
def test_finds_phrases(sentence: str, found: list[str]) -> None:
    assert [entry.text for entry in entries(sentence) if " " in entry.text] == found


def test_a_phrase_counts_as_a_whole() -> None:
    assert lacking("Dat is op dit moment zo.", "That is the case at this time.")
    assert not lacking("Dat is op dit moment zo.", "That is the case at the moment.")


def test_the_phrases_are_well_formed() -> None:
    assert len(PHRASES) > 10_000
    for phrase, said in PHRASES.items():
        senses = said.split("|")
        assert phrase == " ".join(phrase.split()) and len(phrase.split()) > 1, phrase
        assert 1 <= len(senses) <= 3 and len(set(senses)) == len(senses), phrase
        assert senses != [phrase] and all(sense == sense.strip() and sense for sense in senses), phrase


def test_the_list_is_well_formed() -> None:
    assert len(WORDS) > 10_000
    for word, said in WORDS.items():
        senses = said.split("|")
        assert word == word.casefold() and re.fullmatch(r"[^\W\d_]+(?:['-][^\W\d_]+)*", word), word
        assert 1 <= len(senses) <= 3 and len(set(senses)) == len(senses), word
        assert senses != [word] and all(sense == sense.strip() and 0 < len(sense.split()) < 6 for sense in senses), word


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_looked_up(sentence: str, english: str) -> None:
    words = lacking(sentence, english)
    assert all(isinstance(text, str) for text in in_english(sentence, words))
