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
With `"mixed": 0.3, "languages": ["nl", "en"]` three in ten sources have up to `MOST_MIXED` of their words in the target
language, as the translation has them: so the network learns to leave such words as they are, and a program can hand it
a translation of a word that it does not know (code-switching, Song et al. 2019). What stands for what is told by the
`pairs`, the `dictionary` and the `separable` verbs of the program's lexicon; a verb whose particle stands apart becomes
one English verb, without the particle.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
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

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from summarize.lexicon import load
from summarize.particles import parted, separable
from summarize.ranking.tokens import function_words, stemmer
from summarize.text import put

Batch = tuple[NDArray[np.uint16], NDArray[np.uint16]]
DRAWN_TOGETHER = 30_000
"""Pairs that are drawn and sorted by length at a time."""
MOST_MIXED = 3
"""Words of a source that are put in the target language."""

_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Meanings:
    """What words of one language may be in another."""

    stems: Mapping[str, frozenset[str]]
    """For each stem of the first language, those of the second."""
    senses: Mapping[str, Sequence[str]]
    """For each word of a dictionary, words that it may be."""
    verbs: Mapping[str, Sequence[str]]
    """Likewise for separable verbs whose particle stands apart."""
    languages: tuple[str, str]

    def mixed(self, pair: Pair, rng: random.Random) -> Pair:
        """The pair with some words of its source as the target has them; as it is where none is sure."""
        source, target = pair
        stop, stem, other = function_words(self.languages[0]), *map(stemmer, self.languages)
        there = [(word, other(word.casefold())) for word in _WORD.findall(target)]
        verbs = {verb.verb: verb for verb in parted(source, self.languages[0])}
        found: list[list[tuple[int, int, str]]] = []
        for match in _WORD.finditer(source):
            verb = verbs.get(match.span())
            word = verb.word if verb else match.group()
            if not word.islower() or word in stop:
                continue
            wanted = self.stems.get(stem(word), frozenset())
            said = [word for word, stemmed in there if stemmed in wanted]
            senses = (self.verbs if verb else self.senses).get(word, ())
            said = [sense for sense in senses if f" {sense}" in target] or said
            if len(said) == 1 and said[0].casefold() != word:
                found.append(verb.said(said[0]) if verb else [(*match.span(), said[0])])
        chosen = rng.sample(found, min(len(found), rng.randint(1, MOST_MIXED)))
        return put(source, [one for word in chosen for one in word]), target


def read_meanings(source: str, target: str) -> Meanings:
    """The meanings in the program's lexicon."""
    stems = {stem: frozenset(others.split()) for stem, others in load("pairs", source)["pairs"].items()}
    senses = {word: said.split("|") for word, said in load("dictionary", source)["words"].items()}
    return Meanings(stems, senses, separable(source), (source, target))


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
    mixed: float = 0.0
    """Share of the sources that have words in the target language."""
    meanings: Meanings | None = None

    def draw(self, seed: int, *, tokens: int, longest: int) -> list[Batch]:
        """Batches of `DRAWN_TOGETHER` pairs, in any order; the same for the same seed."""
        numbers = np.random.default_rng(seed)
        rng = random.Random(seed)
        sentencepiece.set_random_generator_seed(seed)
        chosen = np.searchsorted(self.odds, numbers.random(DRAWN_TOGETHER) * self.odds[-1], side="right")
        texts = [
            fill(self.pairs[i], self.words, rng) if i >= self.frames_from else self.pairs[i] for i in chosen.tolist()
        ]
        if self.meanings:
            texts = [self.meanings.mixed(pair, rng) if rng.random() < self.mixed else pair for pair in texts]
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
        told.get("mixed", 0.0),
        read_meanings(*told["languages"]) if told.get("mixed") else None,
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
