"""How much of a sentence its translation tells."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from made_engine import chosen

from summarize.translation.adequacy import covered, said_again, stems
from summarize.translation.guard import assess

ROOT = Path(__file__).resolve().parent.parent
PAIR = ("nl", "en")
SENTENCE = "De Belgische renner won de sprint van het peloton."


def test_what_is_left_out_lowers_the_share() -> None:
    whole = covered(SENTENCE, "The Belgian rider won the peloton's sprint.", PAIR)
    part = covered(SENTENCE, "The Belgian rider won.", PAIR)
    nothing = covered(SENTENCE, "It rained.", PAIR)
    assert whole == 1.0 > part > nothing == 0.0


def test_a_sentence_without_known_words_is_told() -> None:
    assert covered("Flubberdeflub!", "Something else.", PAIR) == 1.0
    assert covered("", "", PAIR) == 1.0


def test_stems_leave_out_what_means_nothing_by_itself() -> None:
    assert stems("The riders attacked on a climb", "en") == stems("rider attacking climbs", "en")


def test_human_translations_tell_more_than_those_of_other_sentences(shared: Path) -> None:
    sources, references = (
        (shared / "bench" / "translation" / f"cycling.{language}").read_text(encoding="utf-8").splitlines()
        for language in PAIR
    )
    others = references[:]
    random.Random(1).shuffle(others)
    own = sum(covered(*pair, PAIR) for pair in zip(sources, references, strict=True)) / len(sources)
    strange = sum(covered(*pair, PAIR) for pair in zip(sources, others, strict=True)) / len(sources)
    assert own > 0.8
    assert strange < 0.4


@pytest.mark.parametrize(("guarded", "text"), [(False, "won."), (True, "sprint.")])
def test_the_hypothesis_that_tells_more_is_preferred(guarded: bool, text: str) -> None:
    """Of the two the likelier one leaves half of the sentence out."""
    both = [("The Belgian rider won.", -0.3), ("The Belgian rider won the peloton's sprint.", -0.4)]
    assert chosen(SENTENCE, both, guarded, False).text.endswith(text)


def test_word_pairs_are_counted_in_parallel_text(tmp_path: Path) -> None:
    lines = ["De renner won.\tThe rider won.", "De renner viel.\tThe rider crashed.", "Hij won.\tHe won."] * 4
    lines += ["Zij viel.\tShe crashed.", "De bus reed.\tThe bus drove."] * 4
    (tmp_path / "text.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    script = ROOT / "models" / "training" / "wordpairs.py"
    command = [sys.executable, script, tmp_path / "pairs.json", "nl", "en", tmp_path / "text.tsv"]
    subprocess.run(command, check=True, capture_output=True)
    pairs = json.loads((tmp_path / "pairs.json").read_text(encoding="utf-8"))["pairs"]
    assert "crash" in pairs["viel"].split()
    assert "rider" not in pairs["bus"].split()


def test_a_word_is_said_again_where_the_original_does_not() -> None:
    source = "In de afdaling wist ze haar voorsprong op de achtervolgers te vergroten."
    once = "On the descent she managed to extend her lead over the chasers."
    twice = "On the descent she managed to extend her lead over the chasers in her lead."
    assert (said_again(source, once, PAIR), said_again(source, twice, PAIR)) == (0, 1)
    assert said_again("De voorsprong bleef de voorsprong.", "The lead stayed the lead.", PAIR) == 0
    assert assess(source, once).cost < assess(source, twice).cost


def test_a_limit_stops_the_look_but_not_the_verdict() -> None:
    source = "Pogacar won in Albi met 12 seconden voorsprong, maar niet zonder moeite."
    outputs = [
        "Pogacar won in Albi with a lead of 12 seconds, but not without difficulty.",
        "Roglic won in Albi with a lead of 13 seconds in the lead.",
        "Pogacar won in Albi met a voorsprong of 12 seconds, but with difficulty with difficulty.",
        "",
    ]
    for output in outputs:
        whole = assess(source, output)
        for limit in (0.0, 0.3, 0.7, 1.5, 9.0):
            report = assess(source, output, limit)
            assert (report.cost > limit) is (whole.cost > limit)
            assert report == whole or report.cost > limit
