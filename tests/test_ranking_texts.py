"""Centrality, similarity and informativeness of plain texts."""

from __future__ import annotations

import numpy as np
import pytest

from summarize.ranking import texts
from summarize.ranking.texts import centrality, informativeness, names, numbers, similarity
from summarize.ranking.tokens import terms

STORY = [
    "Anna Berg won the third stage in Ulverton.",
    "Berg took stage three after 132 kilometres.",
    "It rained.",
    "",
    "De Berg won the stage in Ulverton.",
]


def test_similarity_is_a_cosine() -> None:
    found = similarity(STORY)
    assert found.shape == (5, 5)
    assert np.allclose(found, found.T)
    assert found.min() >= 0.0 and found.max() <= 1.0
    assert np.diag(found).tolist() == [1.0, 1.0, 1.0, 0.0, 1.0], "a text without words is like nothing"
    assert found[0, 4] > found[0, 1] > found[0, 2] == 0.0


def test_two_texts_can_be_alike() -> None:
    assert similarity(["Berg won in Ulverton", "Berg won in Ulverton"])[0, 1] == pytest.approx(1.0)
    assert similarity(["winning the stages", "win the stage"])[0, 1] == pytest.approx(1.0), "stems are compared"


def test_centrality_is_highest_for_what_others_say_too() -> None:
    found = centrality(STORY)
    assert found.max() == 1.0 and found.argmax() in (0, 4)
    assert found[3] == 0.0
    assert found[0] > found[1] > found[2] > 0.0


@pytest.mark.parametrize("odd", [[], [""], ["", "..."], ["Berg"], ["Berg", "Costa"], ["Berg"] * 4])
def test_odd_texts(odd: list[str]) -> None:
    found = centrality(odd)
    assert found.shape == (len(odd),)
    assert np.isfinite(found).all()
    assert similarity(odd).shape == (len(odd), len(odd))
    if odd and odd[0] == "Berg":
        assert (found == 1.0).all()


def test_many_texts_give_what_few_would(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [f"{a} {b} {a}s kilometres" for a in ("stage", "rain", "Berg", "crash", "") for b in ("won", "climb", "one")]
    few = centrality(many), similarity(many)
    monkeypatch.setattr(texts, "_DENSE", 0)
    assert np.allclose(centrality(many), few[0], atol=2e-6)
    assert np.allclose(similarity(many), few[1])


def test_dutch_stop_words_and_stems() -> None:
    assert similarity(["De overwinningen", "Het was een overwinning"], "nl")[0, 1] == pytest.approx(1.0)
    assert terms("Het was de", "nl") == []


def test_informativeness_counts_names_numbers_and_title_words() -> None:
    plain = informativeness("It was a good day.")
    named = informativeness("Yesterday it was Anna Berg who smiled.")
    told = informativeness("Anna Berg won in Ulverton after 132 km.")
    assert 0.0 <= plain < named < told <= 1.0
    title = "Berg wins in Ulverton"
    assert informativeness("Berg won there.", title) > informativeness("Costa fell there.", title)
    assert informativeness("", title) == informativeness("...") == 0.0


def test_names_and_numbers() -> None:
    assert names("Rain fell on Ulverton") == {"Ulverton"}
    assert names("Anna Berg won") == {"Anna", "Berg"}
    assert names("Šimon Čech and Łukasz won, The crowd left") == {"Šimon", "Čech", "Łukasz"}
    assert names("") == set()
    assert numbers("169 km at 42.5 km/h in 4:01:12, 3rd") == ["169", "42.5", "4:01:12", "3"]
