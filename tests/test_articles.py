"""The English indefinite article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.translation import guard
from summarize.translation.articles import with_articles


@pytest.mark.parametrize(
    ("output", "right"),
    [
        ("It was a attack of an rider.", "It was an attack of a rider."),
        ("A early break", "An early break"),
        ("an European team, an unique chance, an one-day race", "a European team, a unique chance, a one-day race"),
        ("a unexpected win, a unimportant one", "an unexpected win, an unimportant one"),
        ("a hour, an honest man, a heir, an hotel", "an hour, an honest man, an heir, a hotel"),
        (
            "a 8-kilometre climb, an 7 km one, a 11th and an 110th",
            "an 8-kilometre climb, a 7 km one, an 11th and a 110th",
        ),
        ("a UAE rider, an FC, a E3", "a UAE rider, an FC, a E3"),  # letters are spoken in many ways
        ("", ""),
    ],
)
def test_the_article_goes_with_the_sound(output: str, right: str) -> None:
    assert with_articles("", output) == right
    assert with_articles("", right) == right


def test_names_of_the_original_stay() -> None:
    assert with_articles("De Ronde van Spanje begint.", "The Vuelta a España begins.") == "The Vuelta a España begins."
    assert with_articles("Hij riep a of b.", "He called a of b.") == "He called a of b."
    assert with_articles("", "He is a Italian.") == "He is an Italian."


def test_translations_are_mended() -> None:
    assert guard.mend("Een aanval volgde.", "A attack followed.") == "An attack followed."


@given(st.text(max_size=80))
def test_nothing_but_articles_changes(text: str) -> None:
    assert with_articles("", text).replace("an ", "a ") == text.replace("an ", "a ")
