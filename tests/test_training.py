"""The scripts that make a language package: the data they generate and pack, and, with PyTorch, a toy package."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest

TRAINING = Path(__file__).resolve().parent.parent / "models" / "training"
sys.path.insert(0, str(TRAINING))

import batching  # noqa: E402
import frames  # noqa: E402
import pack  # noqa: E402

RIDERS = ["Mathieu van der Poel", "Egan Bernal", "Maurice De Waele", "Tadej Pogačar", "SØREN WÆRENSKJOLD", "Cees Bol"]
PLACES = ["Alpe d'Huez", "Saint-Étienne", "Bourg d'Oisans", "Briançon"]


@pytest.fixture(scope="module")
def words() -> frames.Words:
    return frames.read_words(TRAINING / "nl-en" / "words.tsv", RIDERS, PLACES)


@pytest.fixture(scope="module")
def written() -> list[frames.Pair]:
    return frames.read_frames(TRAINING / "nl-en")


# Sentence frames


def test_marks_change_one_or_two_letters_of_a_name() -> None:
    for seed in range(50):
        marked = frames.with_marks("Tadej Pogacar", random.Random(seed))
        assert len(marked) == 13
        changed = [(old, new) for old, new in zip("Tadej Pogacar", marked, strict=True) if old != new]
        assert len(changed) in (1, 2)
        assert all(unicodedata.normalize("NFKD", new)[0] in (old, "đ", "ø", "ı", "ł") for old, new in changed), marked


def test_a_made_up_rider_has_the_end_of_another_ones_name() -> None:
    made = {frames.made_up("Egan Bernal", "Tadej Pogacar", random.Random(seed)) for seed in range(30)}
    assert made == {"Egan Begacar", "Egan Becar"}
    assert frames.made_up("Cees Bol", "Jan Smit", random.Random(1)) == "Cees Bol"


def test_every_frame_can_be_filled(words: frames.Words, written: list[frames.Pair]) -> None:
    assert len(written) > 150
    for number, frame in enumerate(written):
        dutch, english = frames.fill(frame, words, random.Random(number))
        assert not re.search(r"[{}\[\]|_]", dutch + english), (dutch, english)


def test_the_same_seed_gives_the_same_sentences(words: frames.Words, written: list[frames.Pair]) -> None:
    first = list(frames.sentences(written, words, count=300, seed=4))
    assert first == list(frames.sentences(written, words, count=300, seed=4))
    assert first != list(frames.sentences(written, words, count=300, seed=5))
    assert len(set(first)) > 290


@pytest.mark.parametrize(
    ("dutch", "english"),
    [
        ("{last} verloor {gap} op {last2}.", "{last} lost {gap} to {last2}."),
        ("{rider} won na {km} in {place}.", "{rider} won in {place} after {km}."),
    ],
)
def test_figures_and_names_are_the_same_on_both_sides(words: frames.Words, dutch: str, english: str) -> None:
    rng = random.Random(1)
    for _ in range(200):
        sides = frames.fill((dutch, english), words, rng)
        figures = [re.findall(r"\d+", side) for side in sides]
        assert sorted(figures[0]) == sorted(figures[1]), sides
        for name in words.riders:
            assert (name in sides[0]) == (name in sides[1])


def test_a_rider_comes_once_in_a_sentence(words: frames.Words) -> None:
    rng = random.Random(2)
    for _ in range(100):
        dutch, _ = frames.fill(("{rider}, {rider2} en {rider3}", "{rider}, {rider2} and {rider3}"), words, rng)
        assert len({name.lower() for name in re.split(", | en ", dutch)}) == 3


def test_a_choice_is_taken_on_both_sides(words: frames.Words) -> None:
    seen = {frames.fill(("[een|twee] op", "up [one|two]"), words, random.Random(seed)) for seed in range(20)}
    assert seen == {("Een op", "Up one"), ("Twee op", "Up two")}


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (("{snelheid}", "{speed}"), "Unknown slot {snelheid}"),
        (("{rider} wint", "{place} wins"), "one language only"),
        (("{rider} en {rider2}", "{rider}"), "one language only"),
        (("[een|twee]", "[one|two|three]"), "do not match"),
    ],
)
def test_a_wrong_frame_is_an_error(words: frames.Words, frame: frames.Pair, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        frames.fill(frame, words, random.Random(1))


def test_clock_times_count_from_the_right_hour(words: frames.Words) -> None:
    rng = random.Random(3)
    clocks = {frames.fill(("om {clock}", "at {clock}"), words, rng) for _ in range(2000)}
    assert ("Om half twee", "At half past one") in clocks
    assert ("Om half een", "At half past twelve") in clocks
    assert ("Om kwart voor vier", "At a quarter to four") in clocks
    assert not any(pair[0] == "Om half twee" and pair[1] != "At half past one" for pair in clocks)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, ("één", "one")),
        (21, ("eenentwintig", "twenty-one")),
        (33, ("drieëndertig", "thirty-three")),
        (40, ("veertig", "forty")),
    ],
)
def test_numbers_in_words(number: int, expected: frames.Pair) -> None:
    assert frames.in_words(number) == expected


def test_decimals_and_thousands_change_their_signs() -> None:
    assert frames.decimal(7.25, 1) == ("7,2", "7.2")
    assert frames.thousands(12500) == ("12.500", "12,500")
    assert [frames.ordinal_figure(n) for n in (2, 12, 21, 103)] == ["2nd", "12th", "21st", "103rd"]


def test_names_keep_their_particles() -> None:
    assert frames.proper_case("JULIUS VAN DEN BERG") == "Julius van den Berg"
    assert frames.proper_case("JEAN-PIERRE D'ALESSANDRO") == "Jean-Pierre D'Alessandro"
    assert frames.last_name("Mathieu van der Poel") == "Van der Poel"
    assert frames.last_name("Merckx") == "Merckx"


def test_swapped_names_change_on_both_sides_and_nothing_else_does() -> None:
    pairs = [
        ("Bernal won: Egan Bernal was 12 seconden sneller.", "Bernal won: Egan Bernal was 12 seconds faster."),
        ("Niemand viel.", "Nobody fell."),
        ("Egan Bernal viel.", "The Colombian fell."),
    ]
    others = ["Egan Bernal", "Cees Bol"]
    assert list(frames.swap_names(pairs, others, seed=1)) == [
        ("Bol won: Cees Bol was 12 seconden sneller.", "Bol won: Cees Bol was 12 seconds faster.")
    ]


def test_neighbours_are_joined() -> None:
    pairs = [("Een.", "One."), ("Twee.", "Two."), ("Drie.", "Three.")]
    assert list(frames.joined(pairs, share=1.0, seed=1)) == [
        ("Een. Twee.", "One. Two."),
        ("Twee. Drie.", "Two. Three."),
    ]
    assert list(frames.joined(pairs, share=0.0, seed=1)) == []


# Packing and batching


NUMBERS = ["één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]
TOY = [(f"de renner {number} wint", f"rider {number} wins") for number in NUMBERS]


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vocabulary") / "toy.model"
    pack.make_vocabulary(path, [side for pair in TOY * 20 for side in pair], size=330)
    return path


@pytest.fixture(scope="module")
def toy(vocabulary: Path) -> batching.Pairs:
    import sentencepiece

    return pack.encode(TOY, sentencepiece.SentencePieceProcessor(model_file=str(vocabulary)))


def test_a_vocabulary_starts_with_the_ids_that_the_network_expects(vocabulary: Path) -> None:
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    assert [pieces.id_to_piece(i) for i in range(4)] == ["<pad>", "<unk>", "<s>", "</s>"]
    assert pieces.decode(pieces.encode("Pogačar 漢")) == "Pogačar 漢"


def test_unusable_lines_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("Hij won.\tHe won.\nzonder\n\t\na\tb\tc\n", encoding="utf-8")
    assert pack.read_pairs(path) == [("Hij won.", "He won.")]


@pytest.fixture(scope="module")
def kept(vocabulary: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map with the three longer pieces that English has most often."""
    folder = tmp_path_factory.mktemp("map")
    pairs = folder / "pairs.tsv"
    pairs.write_text("".join(f"{dutch}\t{english}\n" for dutch, english in TOY * 2), encoding="utf-8")
    script = [sys.executable, TRAINING / "vocabulary_map.py", vocabulary, folder / "vmap.txt", pairs]
    subprocess.run([*script, "--most", "3"], check=True)
    return folder / "vmap.txt"


def test_a_map_keeps_what_english_has_most_and_what_spells(vocabulary: Path, kept: Path) -> None:
    import sentencepiece
    import vocabulary_map

    text = kept.read_text(encoding="utf-8")
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    every = [pieces.id_to_piece(i) for i in range(pieces.get_piece_size())]
    mapped = vocabulary_map.read_map(kept)
    assert text == f"\t{' '.join(mapped)}\n" and mapped == [piece for piece in every if piece in mapped]
    longer = [piece for piece in mapped if not piece.startswith("<") and len(piece.strip("▁")) > 1]
    seen = [piece for _, english in TOY for piece in pieces.encode(english, out_type=str)]
    assert len(longer) == 3 and set(longer) < set(seen)
    left_out = {piece for piece in seen if len(piece.strip("▁")) > 1} - set(longer)
    assert max(map(seen.count, left_out)) <= min(map(seen.count, longer))
    assert {piece for piece in seen if len(piece.strip("▁")) <= 1} <= set(mapped)
    assert {f"<0x{byte:02X}>" for byte in range(0x80, 0x100)} <= set(mapped)


def test_translations_can_be_cut_into_mapped_pieces_only(vocabulary: Path, kept: Path) -> None:
    import sentencepiece
    import vocabulary_map

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    mapped = vocabulary_map.read_map(kept)
    packed = pack.encode(TOY, pieces, target_pieces=vocabulary_map.limited(vocabulary, mapped))
    plain = pack.encode(TOY, pieces)
    assert [ids.tolist() for ids in packed.source] == [ids.tolist() for ids in plain.source]
    assert sum(map(len, packed.target)) > sum(map(len, plain.target))
    for ids, (_, english) in zip(packed.target, TOY, strict=True):
        assert pieces.decode(ids.tolist()) == english
        assert {pieces.id_to_piece(number) for number in ids.tolist()} <= set(mapped)


def test_packed_pairs_come_back_as_they_were(tmp_path: Path, toy: batching.Pairs) -> None:
    batching.save_packed(tmp_path / "data.npz", {"toy": toy, "other": batching.Pairs(toy.target[:3], toy.source[:3])})
    back = batching.load_packed(tmp_path / "data.npz")
    assert sorted(back) == ["other", "toy"]
    assert all(np.array_equal(a, b) for a, b in zip(back["toy"].source, toy.source, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(back["other"].target, toy.source[:3], strict=True))


def test_no_batch_is_larger_than_asked_for(toy: batching.Pairs) -> None:
    groups = batching.grouped(toy, range(len(toy)), tokens=60)
    assert sorted(i for group in groups for i in group) == list(range(len(toy)))
    assert len(groups) > 1
    for group in groups:
        for side in batching.padded(toy, group):
            assert side.size <= 60


def test_a_padded_target_stands_between_begin_and_end(toy: batching.Pairs) -> None:
    _, target = batching.padded(toy, [0, 1, 2])
    for row, ids in zip(target, toy.target[:3], strict=True):
        assert row[0] == batching.BEGIN
        assert row[len(ids) + 1] == batching.END
        assert (row[len(ids) + 2 :] == batching.PAD).all()


def test_a_round_sees_each_set_as_often_as_its_weight_says() -> None:
    sets = {name: batching.Pairs([np.array([10 + i])] * 40, [np.array([10 + i])] * 40) for i, name in enumerate("abc")}
    batches = batching.mixed(sets, {"a": 3, "b": 0.5, "c": 0}, tokens=30, longest=9, seed=1)
    seen = np.concatenate([next(batches)[0].ravel() for _ in range(100)])
    assert 4 < (seen == 10).sum() / (seen == 11).sum() < 9
    assert not (seen == 12).any()


def test_a_set_that_is_not_there_is_an_error(toy: batching.Pairs) -> None:
    with pytest.raises(KeyError):
        next(batching.mixed({"toy": toy}, {"toys": 1}, tokens=100, longest=50, seed=1))


@pytest.fixture
def recipe(tmp_path: Path, vocabulary: Path, kept: Path) -> Path:
    """Half of the draws a frame, half of them one of the toy pairs."""
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "won.tsv").write_text("{last} won in {place}.\t{last} won in {place}!\n", encoding="utf-8")
    (tmp_path / "words.tsv").write_text("", encoding="utf-8")
    (tmp_path / "toy.tsv").write_text("".join(f"{dutch}\t{english}\n" for dutch, english in TOY), encoding="utf-8")
    for name, lines in (("riders", RIDERS), ("places", PLACES)):
        (tmp_path / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    told = {
        "pieces": str(vocabulary), "target_pieces": str(kept), "sampled": 0.5, "frames": ".", "riders": "riders.txt",
        "places": "places.txt", "weights": {"toy.tsv": 0.1, "frames": 1},
    }  # fmt: skip
    (tmp_path / "recipe.json").write_text(json.dumps(told), encoding="utf-8")
    return tmp_path / "recipe.json"


def test_fresh_batches_fill_frames_anew_and_cut_some_sources_anew(
    recipe: Path, vocabulary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fresh
    import sentencepiece

    monkeypatch.setattr(fresh, "DRAWN_TOGETHER", 2000)
    mixture = fresh.read_mixture(recipe)
    first, again, other = (
        [source.tolist() for source, _ in mixture.draw(seed, tokens=600, longest=90)] for seed in (3, 3, 4)
    )
    assert first == again != other
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    cuts: dict[tuple[str, str], set[tuple[int, ...]]] = {}
    toys = 0
    for source, target in mixture.draw(3, tokens=600, longest=90):
        assert source.size <= 600 and target.size <= 600
        for row, told in zip(source.tolist(), target.tolist(), strict=True):
            ids = [number for number in row if number != batching.PAD]
            pair = pieces.decode(ids), pieces.decode([number for number in told if number > batching.END])
            cuts.setdefault(pair, set()).add(tuple(ids))
            toys += pair in TOY
    assert 0.4 < toys / 2000 < 0.6
    filled = cuts.keys() - set(TOY)
    assert len({dutch.partition(" won in ")[0] for dutch, _ in filled}) > len(RIDERS)
    assert all(dutch[:-1] == english[:-1] for dutch, english in filled)
    assert all(len(cuts[pair]) > 5 for pair in TOY)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked")
def test_processes_hand_over_fresh_batches_in_turn(recipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fresh

    monkeypatch.setattr(fresh, "DRAWN_TOGETHER", 40)
    mixture = fresh.read_mixture(recipe)
    batches = fresh.fresh_batches(mixture, tokens=300, longest=90, seed=0, workers=2)
    for seed in range(4):
        for source, target in mixture.draw(seed, tokens=300, longest=90):
            handed = next(batches)
            assert np.array_equal(handed[0], source) and np.array_equal(handed[1], target)


def test_words_of_a_source_stand_as_the_translation_has_them() -> None:
    import random

    import fresh

    meanings = fresh.Meanings(
        {"fiet": frozenset(["bike"]), "plein": frozenset(["squar"]), "schoenmaker": frozenset(["cobbler"])},
        {"laadpal": ("charging point",)},
        {"opdook": ("turned up",)},
        ("nl", "en"),
    )
    pair = ("Zijn fiets stond bij de laadpal op het plein.", "His bike stood at the charging point on the square.")
    seen = {meanings.mixed(pair, random.Random(seed)) for seed in range(60)}
    assert {english for _, english in seen} == {pair[1]}
    sources = {source for source, _ in seen}
    assert pair[0] not in sources and "Zijn bike stond bij de charging point op het square." in sources
    # A verb in two pieces as one, and not what its first piece would be.
    parted = ("Zijn fiets dook op het plein weer op.", "His bike turned up again in the square.")
    sources = {meanings.mixed(parted, random.Random(seed))[0] for seed in range(60)}
    assert "Zijn fiets turned up op het plein weer." in sources
    # Not where it is not said, where it is said twice, or where it may be a name.
    for same in (
        ("De fiets was weg.", "It was gone."),
        ("De fiets was weg.", "The bike, his bike, was gone."),
        ("Schoenmaker won.", "Schoenmaker the cobbler won."),
    ):
        assert meanings.mixed(same, random.Random(0)) == same


def test_a_recipe_may_ask_for_mixed_sources(recipe: Path) -> None:
    import fresh

    assert fresh.read_mixture(recipe).meanings is None
    told = json.loads(recipe.read_text(encoding="utf-8"))
    recipe.write_text(json.dumps({**told, "mixed": 1.0, "languages": ["nl", "en"]}), encoding="utf-8")
    mixture = fresh.read_mixture(recipe)
    assert mixture.mixed == 1.0 and mixture.meanings is not None
    assert "bike" in mixture.meanings.stems["fiet"]


# The network, with PyTorch


def test_the_learning_rate_rises_holds_and_falls() -> None:
    pytest.importorskip("torch")
    import train

    rates = [train.learning_rate(step, progress, peak=1.0, warm_up=10, decay_from=0.5) for step, progress in
             [(1, 0.0), (10, 0.1), (50, 0.5), (75, 0.75), (100, 1.0)]]  # fmt: skip
    assert rates == pytest.approx([0.1, 1.0, 1.0, 0.5, 0.0])


def test_the_loss_is_cross_entropy_and_where_wanted_how_two_draws_of_dropout_differ(toy: batching.Pairs) -> None:
    torch = pytest.importorskip("torch")
    from network import Shape, Translator

    network = Translator(Shape(330, width=16, heads=2, hidden=32, encoder_layers=1, decoder_layers=1), dropout=0.0)
    source, target = (torch.from_numpy(side) for side in batching.padded(toy, range(len(toy))))
    states = network.decode(target[:, :-1], *network.encode(source))
    expected = torch.nn.functional.cross_entropy(
        network.scores(states).flatten(0, 1), target[:, 1:].flatten(), ignore_index=batching.PAD, label_smoothing=0.1
    )
    assert torch.allclose(network.loss(source, target), expected)
    assert torch.allclose(network.loss(source, target, agreement=5.0), expected)
    network.dropout.probability = 0.3
    torch.manual_seed(1)
    assert network.loss(source, target, agreement=5.0) > network.loss(source, target) + 0.01


def test_a_toy_package_is_learned_exported_and_loaded(
    tmp_path: Path, vocabulary: Path, toy: batching.Pairs, capsys: pytest.CaptureFixture[str]
) -> None:
    torch = pytest.importorskip("torch")
    import evaluate
    import export
    import restore
    import sentencepiece
    import train
    from network import Shape, load_checkpoint

    torch.set_num_threads(1)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    shape = Shape(pieces.get_piece_size(), width=32, heads=2, hidden=64, encoder_layers=1, decoder_layers=1)
    checkpoint = tmp_path / "toy.pt"
    network = train.train(
        {"toy": toy, "dev": toy}, {"toy": 1}, checkpoint, shape, dev="dev", steps=250, tokens=200, peak=8e-3,
        warm_up=20, decay_from=0.3, dropout=0.0, smoothing=0.0, average_over=0.9, seed=2,
    )  # fmt: skip
    assert "dev loss" in capsys.readouterr().out
    learned = network.greedy(torch.from_numpy(batching.padded(toy, range(len(toy)))[0]), longest=20)
    assert [pieces.decode(ids) for ids in learned] == [english for _, english in TOY]

    package = tmp_path / "translate-nl_en"
    export.export(checkpoint, vocabulary, package, source=("nl", "Dutch"), target=("en", "English"), version="9.1")
    metadata = json.loads((package / "metadata.json").read_text(encoding="utf-8"))
    assert (metadata["from_code"], metadata["to_code"], metadata["package_version"]) == ("nl", "en", "9.1")
    translations = evaluate.translate(package, [dutch for dutch, _ in TOY], beam=2, threads=1)
    assert translations == [english for _, english in TOY]

    # A checkpoint blended with itself is itself.
    blended = tmp_path / "blended"
    export.export(
        checkpoint, vocabulary, blended, source=("nl", "Dutch"), target=("en", "English"), version="9.1",
        blend=(checkpoint, 0.5),
    )  # fmt: skip
    assert (blended / "model" / "model.bin").read_bytes() == (package / "model" / "model.bin").read_bytes()

    # Back from the package: the same network, but for the rounding to 255 steps a row.
    restored, found = restore.restore(package)
    assert found == shape
    averaged, _ = load_checkpoint(checkpoint)
    assert restored.keys() == averaged.state_dict().keys()
    for name, tensor in averaged.state_dict().items():
        step = tensor.abs().amax(-1, keepdim=True) / 127 if tensor.dim() == 2 else torch.tensor(1e-6)
        assert ((restored[name] - tensor).abs() <= step).all(), name


def test_training_goes_on_from_a_checkpoint(tmp_path: Path, toy: batching.Pairs) -> None:
    torch = pytest.importorskip("torch")
    import train
    from network import Shape, load_checkpoint

    shape = Shape(330, width=16, heads=2, hidden=32, encoder_layers=1, decoder_layers=1)
    first, second = tmp_path / "first.pt", tmp_path / "second.pt"
    train.train({"toy": toy}, {"toy": 1}, first, shape, steps=3, tokens=200)
    train.train({"toy": toy}, {"toy": 1}, second, Shape(), start=first, steps=2, tokens=200)
    network, state = load_checkpoint(second)
    assert network.shape == shape
    assert state["step"] == 5
    assert not torch.equal(network.output_bias, load_checkpoint(first)[0].output_bias)


def test_runs_side_by_side_become_their_mean(
    tmp_path: Path, toy: batching.Pairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch = pytest.importorskip("torch")
    import merge
    import train
    from network import Shape, load_checkpoint

    shape = Shape(330, width=16, heads=2, hidden=32, encoder_layers=1, decoder_layers=1)
    start, one, other, both = (tmp_path / f"{name}.pt" for name in ("start", "one", "other", "both"))
    train.train({"toy": toy}, {"toy": 1}, start, shape, steps=2, tokens=200)
    for seed, run in enumerate((one, other), 1):
        train.train({"toy": toy}, {"toy": 1}, run, shape, start=start, steps=3, tokens=200, seed=seed, peak=0.01)
    monkeypatch.setattr(sys, "argv", ["merge.py", str(one), str(other), str(both)])
    merge.main()
    (a, _), (b, _), (mean, state) = map(load_checkpoint, (one, other, both))
    assert (mean.shape, state["step"]) == (shape, 5)
    for name, tensor in mean.state_dict().items():
        assert torch.allclose(tensor, (a.state_dict()[name] + b.state_dict()[name]) / 2, atol=1e-3), name
    assert not torch.allclose(a.output_bias, b.output_bias)
    assert torch.equal(load_checkpoint(both, averaged=False)[0].output_bias, mean.output_bias)
    train.train({"toy": toy}, {"toy": 1}, tmp_path / "on.pt", shape, start=both, steps=1, tokens=200)
    train.train({"toy": toy}, {"toy": 1}, other, Shape(330, width=8, heads=2), steps=1, tokens=200)
    with pytest.raises(ValueError, match="different shapes"):
        merge.main()


def test_a_checkpoint_goes_through_in_parts(
    tmp_path: Path, toy: batching.Pairs, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch = pytest.importorskip("torch")
    import parts
    import train
    from network import Shape, load_checkpoint

    monkeypatch.setattr(parts, "SIZE", 2000)
    shape = Shape(330, width=16, heads=2, hidden=32, encoder_layers=1, decoder_layers=1)
    train.train({"toy": toy}, {"toy": 1}, tmp_path / "whole.pt", shape, steps=3, tokens=200)
    written = parts.split(tmp_path / "whole.pt", tmp_path / "part")
    assert len(written) > 10 and max(file.stat().st_size for file in written) == 2000
    parts.join(tmp_path / "part", tmp_path / "joined.pt")
    (whole, _), (joined, state) = (load_checkpoint(tmp_path / name) for name in ("whole.pt", "joined.pt"))
    assert (joined.shape, state["step"]) == (shape, 3)
    for name, tensor in whole.state_dict().items():
        step = tensor.abs().amax(-1, keepdim=True) / 127 if tensor.dim() == 2 else torch.tensor(0.0)
        assert ((joined.state_dict()[name] - tensor).abs() <= step * 0.51 + 1e-7).all(), name


def test_names_for_the_frames_come_from_tables_of_results(tmp_path: Path) -> None:
    (tmp_path / "TDF_Riders_History.csv").write_text("Year,Rider\n1959,JAN OUD\n2020,JULIUS VAN DEN BERG\n", "utf-8")
    stages = 'Year,Winner of stage,Yellow Jersey\n2021,"Mathieu Van der Poel (Ned)",Nobody\n1950,Jan Oud,\n'
    for name in ("TDF_Stages_History.csv", "TDFF_Stages_History.csv"):
        (tmp_path / name).write_text(stages, "utf-8")
    (tmp_path / "cyclingdata.csv").write_text("departure,arrival\n's-Hertogenbosch,Lyon\nLyon,Kilometre 3\n", "utf-8")
    out = tmp_path / "riders.txt", tmp_path / "places.txt"
    subprocess.run([sys.executable, TRAINING / "nl-en" / "names.py", tmp_path, *out], check=True)
    riders, places = (file.read_text(encoding="utf-8").splitlines() for file in out)
    assert riders == ["Julius van den Berg", "Mathieu van der Poel"]
    assert places == ["'s-Hertogenbosch", "Lyon"]


def test_a_deepened_network_says_the_same_at_first(toy: batching.Pairs) -> None:
    torch = pytest.importorskip("torch")
    from deepen import deepen
    from network import Shape, Translator

    small = Translator(Shape(330, width=16, heads=2, hidden=32, encoder_layers=2, decoder_layers=1)).eval()
    weights, shape = deepen(small.state_dict(), small.shape, [0, 1])
    assert shape.encoder_layers == 4
    large = Translator(shape).eval()
    large.load_state_dict(weights)
    source, _ = batching.padded(toy, range(len(toy)))
    before, after = (network.encode(torch.from_numpy(source))[0] for network in (small, large))
    assert torch.allclose(before, after, atol=1e-6)


def test_a_network_does_not_look_at_padding_or_ahead(toy: batching.Pairs) -> None:
    torch = pytest.importorskip("torch")
    from network import Shape, Translator

    network = Translator(Shape(330, width=16, heads=2, hidden=32, encoder_layers=1, decoder_layers=1)).eval()
    source, target = (torch.from_numpy(side) for side in batching.padded(toy, [0]))
    longer = torch.nn.functional.pad(source, (0, 5), value=batching.PAD)
    states = network.decode(target, *network.encode(source))
    assert torch.allclose(states, network.decode(target, *network.encode(longer)), atol=1e-5)
    changed = target.clone()
    changed[0, -1] = 7
    assert torch.allclose(states[:, :-1], network.decode(changed, *network.encode(source))[:, :-1], atol=1e-5)
