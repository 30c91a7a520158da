"""Telling English words from words that are none, in translations."""

from __future__ import annotations

import json
import lzma
import subprocess
import sys
from pathlib import Path

import pytest
from made_engine import chosen

from summarize.lexicon import load
from summarize.translation import guard
from summarize.translation.words import Words, not_english

ROOT = Path(__file__).resolve().parent.parent
PAIR = ("nl", "en")


def strange(source: str, output: str) -> tuple[str, ...]:
    return not_english(source, output, PAIR)


def test_made_up_words_are_found() -> None:
    assert strange("Het was een primeur.", "It was a prooim.") == ("prooim",)
    assert strange("Het groeide uit.", "It extensed to growded.") == ("extensed", "growded")


@pytest.mark.parametrize(
    "text",
    [
        "He couldn't have ridden faster; he'd dropped the breakaway's riders.",
        "An uncategorised climb, the unluckiest crashes, a re-run of his hilltop finish.",
        "He rode 3 km at 40 kph and won by 5 sec.",
        "The organisers apologised, criticised and legalised.",
        "A domestique, a gruppetto, the maglia rosa, an hors catégorie climb on pavé.",
    ],
)
def test_english_is_english(text: str) -> None:
    assert strange("", text) == ()


def test_dutch_that_was_left_is_found() -> None:
    assert strange("Hij werd zesde (op twee tellen).", "He came sixth (op two seconds).") == ("op",)
    assert strange("Hij zette een cirkeltje.", "He put a cirkeltje.") == ("cirkeltje",)


def test_names_may_have_small_words_of_their_own() -> None:
    text = "Mathieu van der Poel, Niki Terpstra and the Flèche wallonne"
    assert strange(text, text) == ()
    assert strange("de rode x van de kaart", "the red x") == ()


def test_such_words_cost_but_are_no_flag() -> None:
    good = guard.assess("Het was een primeur.", "It was a first.")
    bad = guard.assess("Het was een primeur.", "It was a prooim.")
    assert bad.cost == good.cost + guard.WEIGHTS["no_word"]
    assert bad.flags == good.flags == ()


def test_such_words_lower_the_confidence() -> None:
    choices = [chosen("Het was een primeur.", [("It was a prooim.", -0.1)], guarded, True) for guarded in (False, True)]
    assert choices[0].text == choices[1].text
    assert choices[1].confidence == pytest.approx(choices[0].confidence * 0.6, abs=0.001)


def test_a_made_up_word_is_not_avoided_at_any_price() -> None:
    said = [("It was a prooim.", -0.1), ("It was a first.", -0.2)]
    assert chosen("Het was een primeur.", said, True, True).text == "It was a first."
    said[1] = ("A thing first were.", -2.0)
    assert chosen("Het was een primeur.", said, True, True).text == "It was a prooim."


def test_the_reports_of_reporters_have_hardly_any(shared: Path) -> None:
    sources, references = (
        (shared / "bench" / "translation" / f"cycling.{language}").read_text(encoding="utf-8").splitlines()
        for language in PAIR
    )
    found = [words for pair in zip(sources, references, strict=True) if (words := strange(*pair))]
    assert len(found) <= 5, found


def test_a_list_is_made_from_parallel_text(tmp_path: Path) -> None:
    data = {**load("words", "en"), "words": []}
    (tmp_path / "words.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "good.tsv").write_text(
        "ze klommen naar het dorp\tthey climbed to the village\nklim\tThe climb\nmacht\tpower to misuse it\n" * 300,
        encoding="utf-8",
    )
    with lzma.open(tmp_path / "rough.tsv.xz", "wt", encoding="utf-8") as file:
        file.write("x\tdialog dialog dialog gtkwidget\n")
    (tmp_path / "pairs.tsv").write_text("machtsmisbruik\tmisusetopower\nkerk\tchurch\n", encoding="utf-8")
    command = [sys.executable, ROOT / "models" / "training" / "wordlist.py", tmp_path / "words.json"]
    command += ["--pairs", tmp_path / "good.tsv", "--rough", tmp_path / "rough.tsv.xz"]
    subprocess.run([*command, "--words", tmp_path / "pairs.tsv"], check=True, capture_output=True)
    words = Words.of(json.loads((tmp_path / "words.json").read_text(encoding="utf-8")))
    assert {"climb", "village", "dialog", "church"} <= words.words
    assert words.has("climbing") and words.has("unclimbed")
    assert not words.has("gtkwidget") and not words.has("misusetopower")
