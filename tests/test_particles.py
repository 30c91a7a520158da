"""Separable verbs in two pieces."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_engine import by_source

from summarize.lexicon import load
from summarize.particles import parted, separable
from summarize.ranking.tokens import function_words
from summarize.translation.adequacy import covered
from summarize.translation.dictionary import entries, in_english, lacking

LEXICON = load("separable", "nl")
FUNCTION_WORDS = function_words("nl")


@pytest.mark.parametrize(
    ("sentence", "verbs"),
    [
        ("Dat pakte voor de ploeg goed uit.", ["uitpakte"]),
        ("Pakte dat voor de ploeg goed uit?", ["uitpakte"]),
        ("Hij hield de koplopers lang af, maar de trein liep weg.", ["afhield", "wegliep"]),
        ("Hij pakte uit met een lange solo en de rest haakte af.", ["uitpakte", "afhaakte"]),
        # Not the verb of an aside, which has its own place.
        ("Zij pakten - de jury kwam kijken - goed uit.", ["uitpakten"]),
        ("Zij pakten (de jury kwam kijken) goed uit.", ["uitpakten"]),
        ("Zij pakten, toen de jury kwam kijken, goed uit.", ["uitpakten"]),
        # In one piece, with a particle that is a preposition, or with no verb before it.
        ("Omdat het goed uitpakte.", []),
        ("Hij pakte de bidon uit de wagen.", []),
        ("De weg gaf de renners de ruimte op de weg.", []),
        # First persons and imperatives only where somebody speaks, since many are other words too.
        ("Ik pak graag eens uit.", ["uitpak"]),
        ("Pak eens uit.", ["uitpak"]),
        ("Een mooi pak uit.", []),
        ("Uit!", []),
        ("", []),
    ],
)
def test_finds_the_verb_of_a_particle(sentence: str, verbs: list[str]) -> None:
    assert [verb.word for verb in parted(sentence)] == verbs
    for verb in parted(sentence):
        pieces = (sentence[slice(*verb.particle)] + sentence[slice(*verb.verb)]).casefold()
        assert pieces == verb.word


def test_every_verb_of_the_list_is_found_and_looked_up() -> None:
    particles = re.compile(
        "|".join(sorted((re.sub(r"\(.*?\)", "", one) for one in LEXICON["particles"]), reverse=True))
    )
    for infinitive, (third, past, pasts, said) in LEXICON["verbs"].items():
        assert 1 <= said.count("|") + 1 <= 3 and all(sense.count("/") == 2 for sense in said.split("|")), infinitive
        particle = particles.match(infinitive)
        assert particle and {form.startswith(particle[0]) for form in (third, past, pasts)} == {True}, infinitive
        sentence = f"De man {past[particle.end() :]} de boot snel {particle[0]}."
        senses = {one.text: one.senses for one in entries(sentence)}
        if past[particle.end() :] not in {*FUNCTION_WORDS, *LEXICON["never"], "at"}:
            assert separable("nl")[past] in senses.values(), infinitive


def test_the_english_has_the_tense_and_number_of_the_verb() -> None:
    forms = separable("nl")
    assert [forms[form][0] for form in ("uitpakken", "uitpakt", "uitpakte", "uitpakten", "uitpak")] == [
        "turn out",
        "turns out",
        "turned out",
        "turned out",
        "turn out",
    ]
    assert "are ready" in forms["klaarstaan"] and "were ready" in forms["klaarstonden"]


def test_the_particle_goes_with_its_verb() -> None:
    sentence = "Dat pakte voor hen goed uit."
    assert in_english(sentence, tuple(entry for entry in entries(sentence) if entry.verb)) == [
        "Dat turned out voor hen goed.",
        "Dat worked out voor hen goed.",
    ]
    assert not lacking(sentence, "That turned out well for them.")
    assert lacking(sentence, "That packed well for them.")
    assert covered("De renner pakte goed uit.", "The rider packed well.", ("nl", "en")) < 1


def test_the_better_translation_is_taken() -> None:
    said = {
        "Dat pakte goed uit.": [("That took out well.", -0.4)],
        "Dat turned out goed.": [("That turned out well.", -0.4)],
    }
    assert by_source("Dat pakte goed uit.", said).text == "That turned out well."


@given(st.text("aeinpktu, .-()omdatuitaf", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for verb in parted(text):
        assert verb.verb[1] < verb.particle[0]
