"""Packed sets of sentence pairs, and endless batches drawn from a mixture of them. Needs NumPy only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PAD, UNKNOWN, BEGIN, END = range(4)
"""Ids that every vocabulary of ours starts with (see `pack.py`)."""

Ids = NDArray[np.int64]
SORTED_TOGETHER = 40_000
"""Pairs that are sorted by length at a time: many enough for little padding, few enough to stay shuffled."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The word-piece ids of one set: `source[i]` is translated by `target[i]`."""

    source: list[Ids]
    target: list[Ids]

    def __len__(self) -> int:
        return len(self.source)


def save_packed(path: Path, sets: Mapping[str, Pairs]) -> None:
    """Write sets to one .npz: all ids of a side in a row (two bytes each), and the length of each sentence."""
    arrays: dict[str, NDArray[np.uint16]] = {}
    for name, pairs in sets.items():
        for side, sentences in (("source", pairs.source), ("target", pairs.target)):
            arrays[f"{name}/{side}"] = np.concatenate([*sentences, np.empty(0)]).astype(np.uint16)
            arrays[f"{name}/{side}_lengths"] = np.array([len(ids) for ids in sentences], np.uint16)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def load_packed(path: Path) -> dict[str, Pairs]:
    """Read what `save_packed` wrote."""
    with np.load(path) as file:
        names = sorted({key.split("/")[0] for key in file.files})

        def side(name: str, which: str) -> list[Ids]:
            ends = np.cumsum(file[f"{name}/{which}_lengths"].astype(np.int64))
            return np.split(file[f"{name}/{which}"].astype(np.int64), ends[:-1])

        return {name: Pairs(side(name, "source"), side(name, "target")) for name in names}


def padded(pairs: Pairs, chosen: Sequence[int]) -> tuple[Ids, Ids]:
    """The chosen pairs as two matrices; the target between BEGIN and END, short rows filled with PAD."""
    source = np.full((len(chosen), max(len(pairs.source[i]) for i in chosen)), PAD, np.int64)
    target = np.full((len(chosen), max(len(pairs.target[i]) for i in chosen) + 2), PAD, np.int64)
    for row, i in enumerate(chosen):
        source[row, : len(pairs.source[i])] = pairs.source[i]
        target[row, : len(pairs.target[i]) + 2] = [BEGIN, *pairs.target[i], END]
    return source, target


def grouped(pairs: Pairs, order: Sequence[int], tokens: int) -> list[list[int]]:
    """Cut pairs into batches of similar length, none of more than `tokens` ids a side with its padding."""
    by_length = sorted(order, key=lambda i: (max(len(pairs.source[i]), len(pairs.target[i]) + 2), len(pairs.target[i])))
    batches: list[list[int]] = []
    longest = 0
    for i in by_length:
        length = max(len(pairs.source[i]), len(pairs.target[i]) + 2)
        longest = max(longest, length)
        if not batches or longest * (len(batches[-1]) + 1) > tokens:
            batches.append([])
            longest = length
        batches[-1].append(i)
    return batches


def mixed(
    sets: Mapping[str, Pairs], weights: Mapping[str, float], *, tokens: int, longest: int, seed: int
) -> Iterator[tuple[Ids, Ids]]:
    """Batches without end. In each round a set of weight 2.5 is seen two and a half times, one of weight 0 never.

    Raises KeyError when `weights` names a set that is not there: a typo must not train on less than was meant.
    """
    rng = np.random.default_rng(seed)
    pool = Pairs([], [])
    copies: list[float] = []
    for name, weight in weights.items():
        pairs = sets[name]
        for source, target in zip(pairs.source, pairs.target, strict=True):
            if weight > 0 and 0 < len(source) <= longest and 0 < len(target) <= longest:
                pool.source.append(source)
                pool.target.append(target)
                copies.append(weight)
    wanted = np.array(copies)
    while True:
        times = (wanted + rng.random(len(wanted))).astype(np.int64)  # 2.5 becomes 2 or 3, each half of the time
        order = rng.permutation(np.repeat(np.arange(len(wanted)), times))
        for start in range(0, len(order), SORTED_TOGETHER):
            batches = grouped(pool, order[start : start + SORTED_TOGETHER].tolist(), tokens)
            for which in rng.permutation(len(batches)):
                yield padded(pool, batches[which])
