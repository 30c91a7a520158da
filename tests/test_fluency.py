"""How well a translation reads, and how well it explains its original."""

from __future__ import annotations

import math
import random
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_engine import chosen

from summarize.lexicon import arrays
from summarize.translation.channel import MILLION, UNEXPLAINED, explained, stems
from summarize.translation.fluency import FIGURE, NAME, STEP, fluent, tokens

ROOT = Path(__file__).resolve().parent.parent
PAIR = ("nl", "en")
SOURCE = "In de afdaling sloot ook de Deen bij de kopgroep aan."


@pytest.fixture
def human(shared: Path) -> list[tuple[str, str]]:
    """Sentences that nothing was counted in, with their human translations."""
    sources, references = (
        (shared / "bench" / "translation" / f"cycling.{language}").read_text(encoding="utf-8").splitlines()
        for language in PAIR
    )
    return list(zip(sources, references, strict=True))


def test_what_people_wrote_reads_better_than_its_words_in_another_order(human: list[tuple[str, str]]) -> None:
    rng = random.Random(1)
    better = 0
    for _, text in human:
        words = text.split(" ")
        at = rng.randrange(max(1, len(words) - 2))
        words[at : at + 2] = words[at : at + 2][::-1]
        better += fluent(text, "en") >= fluent(" ".join(words), "en")
    assert better > 0.9 * len(human)


def test_a_translation_explains_its_own_original_best(human: list[tuple[str, str]]) -> None:
    others = [text for _, text in human]
    random.Random(1).shuffle(others)
    own = [explained(*pair, PAIR) > explained(pair[0], other, PAIR) for pair, other in zip(human, others, strict=True)]
    assert sum(own) > 0.97 * len(human)


def test_names_and_figures_are_alike() -> None:
    text = "Remco Evenepoel won in 4:20 on 3 May."
    assert tokens(text, lambda word: word == "won") == [NAME, "won", "in", FIGURE, "on", FIGURE, NAME, "."]
    begun = tokens("Won by him, I don’t know.", lambda word: word == "won")
    assert begun == ["won", "by", "him", ",", "i", "don't", "know", "."]
    assert fluent(text, "en") == fluent("Tadej Pogacar won in 5:07 on 12 June.", "en")


@given(st.text(max_size=60))
def test_any_text_has_its_worth(text: str) -> None:
    assert -20 < fluent(text, "en") < 0
    assert math.log(UNEXPLAINED / MILLION / (len(stems(text, "en")) + 1)) - 1e-9 <= explained(SOURCE, text, PAIR) <= 0
    assert explained(text, "The Dane joined the leaders.", PAIR) <= 0


def test_an_unknown_word_is_less_likely_than_any_other() -> None:
    assert fluent("It was a prooim.", "en") < fluent("It was a first.", "en")


def test_a_name_that_no_table_has_explains_itself() -> None:
    source = "Xyzzyk won."
    assert explained(source, "Xyzzyk won.", PAIR) > explained(source, "Xyzzyx won.", PAIR)
    assert explained("", "Anything.", PAIR) == 0.0


@pytest.mark.parametrize(("guarded", "text"), [(False, "joined also"), (True, "also joined")])
def test_the_hypothesis_that_reads_better_is_preferred(guarded: bool, text: str) -> None:
    said = [
        ("On the descent the Dane joined also the leading group.", -0.20),
        ("On the descent the Dane also joined the leading group.", -0.22),
    ]
    assert text in chosen(SOURCE, said, guarded, False).text


def test_a_language_without_a_model_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        fluent("Il a gagné.", "fr")


def test_numpy_is_loaded_with_the_first_table_only() -> None:
    code = "import sys, summarize.translation; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


# --- counting ---------------------------------------------------------------------------------------------------


def count(script: str, text: str, folder: Path, *languages: str) -> dict[str, np.ndarray]:
    (folder / "text.tsv").write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        ROOT / "models" / "training" / script,
        folder / "out.npz",
        *languages,
        folder / "text.tsv",
    ]
    subprocess.run(command, check=True, capture_output=True)
    with np.load(folder / "out.npz") as found:
        return {name: found[name] for name in found.files}


def test_the_model_shares_out_all_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from summarize.translation import fluency

    lines = ["he won the stage", "he won the race", "she won the stage", "he lost the race"] * 2 + ["they were late"]
    data = count("ngrams.py", "".join(f"x\t{line}\n" for line in lines), tmp_path)
    monkeypatch.setattr(fluency, "arrays", lambda topic, language: data)
    fluency._model.cache_clear()
    try:
        model = fluency._model("en")
        words = [word for word in model.words if word and word != "<s>"]
        assert {"he", "won", "stage", "race", "</s>"} <= set(words) and "late" not in words
        for before in product(["<s>", "he", "won", "the"], repeat=2):
            ids = [model.words[word] for word in before]

            def chance(word: int, before: list[int] = ids) -> float:
                key = (before[0] << 16 | before[1]) << 16 | word
                at = np.array([key], np.uint64)
                shorter = model.two.get(at & np.uint64(0xFFFFFFFF), model.back_one[before[1]] + model.one[word])
                context = at >> np.uint64(16)
                return math.exp(-int(model.three.get(at, model.back_two.get(context, 0) + shorter)[0]) / STEP)

            known = sum(chance(model.words[word]) for word in words)
            assert known + 20_000 * chance(0) == pytest.approx(1, abs=0.08)
        assert chance(model.words["stage"], [model.words["won"], model.words["the"]]) > chance(
            model.words["race"], [model.words["won"], model.words["the"]]
        )
    finally:
        fluency._model.cache_clear()


def test_translation_probabilities_come_from_text(tmp_path: Path) -> None:
    pairs = [("de renner won", "the rider won"), ("de renner viel", "the rider crashed"), ("hij won", "he won")]
    pairs += [("hij viel", "he crashed"), ("de bus", "the bus"), ("een bus", "a bus")]
    data = count("channel.py", "".join(f"{a}\t{b}\n" for a, b in pairs * 3), tmp_path, *PAIR)
    first, second = (bytes(data[name]).decode().split("\n") for name in ("first", "second"))
    at = first.index("viel")
    start = int(data["sizes"][:at].sum())
    row = slice(start, start + int(data["sizes"][at]))
    best = int(data["numbers"][row][data["values"][row].argmin()])
    assert second[best] == "crash"


def test_the_files_are_whole() -> None:
    grams, table = arrays("ngrams", "en"), arrays("channel", "nl")
    assert len(grams["two_keys"]) == len(grams["two"]) and len(grams["three_keys"]) == len(grams["three"])
    assert int(table["sizes"].sum()) == len(table["numbers"]) == len(table["values"])
    assert len(bytes(grams["words"]).decode().split("\n")) == len(grams["one"]) == len(grams["back_one"]) < 1 << 16
