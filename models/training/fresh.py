"""Batches of text that is made anew as training goes: frames filled again, word pieces cut another way each time.

A packed set (`pack.py`) shows the same few versions of a sentence in every round; on a graphics card there are
hundreds of rounds. Here processes beside the training draw pairs from a mixture, fill the frames among them with other
names and figures, cut a share of the sources into unlikely word pieces (subword regularisation, Kudo 2018), and hand
over batches.

A recipe is a JSON file, its paths relative to it:

    {"pieces": "sentencepiece.model", "target_pieces": "vmap.txt", "sampled": 0.5,
     "frames": "nl-en", "riders": "riders.txt", "places": "places.txt",
     "weights": {"race.tsv": 4, "news.tsv.xz": 4, "frames": 1, "everyday.tsv.xz": 0.5}}

A set of weight 4 is seen four times as often as one of weight 1 of the same size; `frames` are the folder's frames.
"""

from __future__ import annotations

import json
import multiprocessing
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path

import numpy as np
import sentencepiece
from batching import Pairs, grouped, padded
from frames import Words, fill, read_frames, read_words
from numpy.typing import NDArray
from pack import encode, well_matched
from parallel import Pair, read_pairs
from vocabulary_map import limited, read_map

Batch = tuple[NDArray[np.uint16], NDArray[np.uint16]]
DRAWN_TOGETHER = 30_000
"""Pairs that are drawn and sorted by length at a time."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """What batches are drawn from: all pairs, the odds of each (cumulative), and how they become word pieces."""

    pairs: Sequence[Pair]
    odds: NDArray[np.float64]
    frames_from: int
    words: Words
    pieces: sentencepiece.SentencePieceProcessor
    target_pieces: sentencepiece.SentencePieceProcessor
    sampled: float

    def draw(self, seed: int, *, tokens: int, longest: int) -> list[Batch]:
        """Batches of `DRAWN_TOGETHER` pairs, in any order; the same for the same seed."""
        numbers = np.random.default_rng(seed)
        rng = random.Random(seed)
        sentencepiece.set_random_generator_seed(seed)
        chosen = np.searchsorted(self.odds, numbers.random(DRAWN_TOGETHER) * self.odds[-1], side="right")
        texts = [
            fill(self.pairs[i], self.words, rng) if i >= self.frames_from else self.pairs[i] for i in chosen.tolist()
        ]
        cut = round(self.sampled * len(texts))
        parts = [
            encode(part, self.pieces, target_pieces=self.target_pieces, sampled=sampled, alpha=0.3)
            for part, sampled in ((texts[:cut], True), (texts[cut:], False))
        ]
        packed = Pairs(parts[0].source + parts[1].source, parts[0].target + parts[1].target)
        lengths = zip(map(len, packed.source), map(len, packed.target), strict=True)
        usable = [i for i, both in enumerate(lengths) if min(both) > 0 and max(both) <= longest]
        batches = grouped(packed, usable, tokens)
        made = [padded(packed, batches[which]) for which in numbers.permutation(len(batches))]
        return [(source.astype(np.uint16), target.astype(np.uint16)) for source, target in made]


def read_mixture(recipe: Path) -> Mixture:
    """The mixture of a recipe file. Raises KeyError for a part that the recipe lacks, OSError for a file."""
    told = json.loads(recipe.read_text(encoding="utf-8"))
    folder = recipe.parent
    names = [(folder / told[kind]).read_text(encoding="utf-8").splitlines() for kind in ("riders", "places")]
    weights = dict(told["weights"])
    frames_weight = weights.pop("frames", 0)
    pairs: list[Pair] = []
    odds: list[float] = []
    for name, weight in weights.items():
        usable = [pair for pair in read_pairs(folder / name) if well_matched(pair)]
        pairs += usable
        odds += [weight] * len(usable)
    frames = read_frames(folder / told["frames"]) if frames_weight else []
    vocabulary = folder / told["pieces"]
    return Mixture(
        [*pairs, *frames],
        np.cumsum(odds + [frames_weight] * len(frames)),
        len(pairs),
        read_words(folder / told["frames"] / "words.tsv", *names),
        sentencepiece.SentencePieceProcessor(model_file=str(vocabulary)),
        limited(vocabulary, read_map(folder / told["target_pieces"])),
        told["sampled"],
    )


def _work(mixture: Mixture, seeds: range, tokens: int, longest: int, queue: Queue[list[Batch]]) -> None:
    for seed in seeds:
        queue.put(mixture.draw(seed, tokens=tokens, longest=longest))


def fresh_batches(mixture: Mixture, *, tokens: int, longest: int, seed: int, workers: int) -> Iterator[Batch]:
    """Batches without end, made by `workers` processes; in the same order for the same seed and number of workers."""
    fork = multiprocessing.get_context("fork")  # the texts are shared, not copied
    queues: list[Queue[list[Batch]]] = [fork.Queue(maxsize=2) for _ in range(workers)]
    for number, queue in enumerate(queues):
        seeds = range(seed * 1_000_003 + number, 1 << 62, workers)
        fork.Process(target=_work, args=(mixture, seeds, tokens, longest, queue), daemon=True).start()
    return _in_turn(queues)


def _in_turn(queues: Sequence[Queue[list[Batch]]]) -> Iterator[Batch]:
    while True:
        for queue in queues:
            yield from queue.get()
