"""The language package at work: sentences in, hypotheses out, many sentences in one batch.

The same bytes come out for a sentence whatever is translated beside it. With padding that is not so: the scores
change a little, and of two hypotheses that are nearly as good now the one wins and now the other. So sentences are
batched with others of exactly their own length only; int8 weights then give the same sums for any batch and any
number of threads. `benchmarks/translation/batches.py` measures both.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Decoding", "Engine", "Hypothesis"]


BATCH = 1024
"""Pieces of the source that one worker decodes at once: with 256, where each batch lays out the weights anew, it takes
an eighth longer. More take more memory, and no less time."""
VMAP = "vmap.txt"
"""CTranslate2's name for a vocabulary map: the pieces that a translation may be made of. With those that
English is written with, little more than half, it decodes quicker and as well (`models/training/vocabulary_map.py`)."""


@dataclass(frozen=True, slots=True)
class Decoding:
    """Settings of the decoder."""

    beam: int = 4
    length_penalty: float = 1.0
    hypotheses: int = 1
    repetition_penalty: float = 1.0
    no_repeat: int = 0
    """Size of the n-grams that may not come twice; 0 for no such rule."""
    attention: bool = False


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way to translate a sentence."""

    text: str
    score: float
    """Log-probability, divided as the length penalty says: nearer to 0 is better."""
    pieces: tuple[str, ...] = ()
    attention: tuple[tuple[float, ...], ...] = ()
    """For each piece of the translation the weight of each piece of the source; empty where not asked for."""


class Engine:
    """A language package, loaded when the first sentence comes."""

    def __init__(self, package: Path, threads: int | None = None) -> None:
        self._package = package
        self._threads = threads
        self._model: Any = None
        self._tokenizer: Any = None
        self._prefix = ""
        self._limited = False

    @property
    def threads(self) -> int:
        """Cores in use."""
        if self._threads:
            return self._threads
        try:
            return max(1, len(os.sched_getaffinity(0)))
        except AttributeError:  # not on Linux
            return max(1, os.cpu_count() or 1)

    def __getstate__(self) -> tuple[Path, int | None]:
        return (self._package, self._threads)

    def __setstate__(self, state: tuple[Path, int | None]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def _load(self) -> None:
        from summarize.translation.packages import argos_package

        package = argos_package(self._package)
        import ctranslate2

        self._tokenizer = package.tokenizer
        self._prefix = package.target_prefix
        # Several workers of one thread each beat one worker of several threads: the matrices of a small model are
        # too small to share out. The weights are shared by all workers.
        self._model = ctranslate2.Translator(
            str(self._package / "model"),
            device="cpu",
            compute_type="int8",
            inter_threads=self.threads,
            intra_threads=1,
            max_queued_batches=-1,  # without a limit: results are looked at while the workers go on
        )
        self._limited = _for_any_sentence(self._package / "model" / VMAP)

    def pieces(self, text: str) -> list[str]:
        """The text in the tokenizer's pieces."""
        if self._model is None:
            self._load()
        return list(self._tokenizer.encode(text))

    def text(self, pieces: Sequence[str]) -> str:
        """Pieces put together again."""
        joined = str(self._tokenizer.decode(list(pieces)))
        return joined.removeprefix(self._prefix).strip() if self._prefix else joined.strip()

    def translate(self, sentences: Sequence[str], how: Decoding) -> list[list[Hypothesis]]:
        """Translate all sentences in batches by length; for each the best hypotheses, the best first."""
        found: list[list[Hypothesis]] = [[] for _ in sentences]
        for number, hypotheses in self.translate_each(sentences, how):
            found[number] = hypotheses
        return found

    def translate_each(self, sentences: Sequence[str], how: Decoding) -> Iterator[tuple[int, list[Hypothesis]]]:
        """As `translate`, but gives each result with its sentence's number as soon as it is there.

        While the caller looks at one, the workers go on with the next.
        """
        sources = [self.pieces(sentence) for sentence in sentences]
        # Only sentences of the same number of pieces go together: nothing is padded, and nothing of a result depends
        # on its company.
        groups: dict[int, list[int]] = {}
        for number, source in enumerate(sources):
            groups.setdefault(len(source), []).append(number)
        # The more sentences in a batch the better, while there are batches enough for all workers.
        most = -(-len(sources) // (2 * self.threads))
        running = [
            (groups[size], self._start([sources[number] for number in groups[size]], how, most))
            for size in sorted(groups, reverse=True)
        ]
        for numbers, results in running:
            for number, result in zip(numbers, results, strict=True):
                yield number, self._hypotheses(result.result(), how)

    def _start(self, sources: list[list[str]], how: Decoding, most: int) -> list[Any]:
        """Hand a group to the workers, at most `most` sentences a batch; what is returned waits for the results."""
        size = len(sources[0])
        return list(
            self._model.translate_batch(
                sources,
                target_prefix=[[self._prefix]] * len(sources) if self._prefix else None,
                beam_size=how.beam,
                num_hypotheses=how.hypotheses,
                length_penalty=how.length_penalty,
                repetition_penalty=how.repetition_penalty,
                no_repeat_ngram_size=how.no_repeat,
                max_batch_size=max(1, min(BATCH // max(1, size), most)),
                max_decoding_length=2 * size + 20,
                replace_unknowns=True,
                use_vmap=self._limited,
                return_scores=True,
                return_attention=how.attention,
                asynchronous=True,
            )
        )

    def _hypotheses(self, result: Any, how: Decoding) -> list[Hypothesis]:
        return [
            Hypothesis(
                self.text(pieces),
                float(result.scores[number]),
                tuple(pieces) if how.attention else (),
                tuple(tuple(row) for row in result.attention[number]) if how.attention else (),
            )
            for number, pieces in enumerate(result.hypotheses)
        ]


def _for_any_sentence(vmap: Path) -> bool:
    """Whether there is a vocabulary map, and one that does not look at the source.

    CTranslate2 puts together what a map has for all sentences of a batch, so that with pieces for certain words only, a
    sentence's translation would depend on its company.
    """
    try:
        with vmap.open(encoding="utf-8") as lines:
            return all(line.startswith("\t") for line in lines)
    except (OSError, UnicodeDecodeError):
        return False
