"""The word pieces that the language translated into needs, as CTranslate2's vocabulary map.

    python vocabulary_map.py ../translate-nl_en race-news.tsv frames.tsv news.tsv.xz everyday.tsv.xz

Reads the second column of parallel text (one pair a line, set apart by a TAB, plain or `.xz`) and writes
`model/vmap.txt` into the package folder: one line that holds for any sentence, with the pieces that stand there twice
or more, those for single bytes, and those of one or two letters, with which any name can be spelt. A decoder that is
asked to (`use_vmap` in CTranslate2) weighs these pieces only; others, argostranslate among them, take no notice.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import sentencepiece
from parallel import read_pairs

TIMES = 2
"""How often a piece must stand in the text."""
SHORT = 2
"""Pieces of so many letters are kept in any case."""


def needed(pieces: Iterable[str], seen: Counter[str]) -> list[str]:
    """Those of a vocabulary's pieces that a translation may be made of, in the vocabulary's order."""
    return [
        piece for piece in pieces if seen[piece] >= TIMES or piece.startswith("<0x") or len(piece.strip("▁")) <= SHORT
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="package folder")
    parser.add_argument("pairs", type=Path, nargs="+")
    given = parser.parse_args()
    model = sentencepiece.SentencePieceProcessor(model_file=str(given.package / "sentencepiece.model"))
    seen: Counter[str] = Counter()
    for file in given.pairs:
        for _, text in read_pairs(file):
            seen.update(model.encode(text, out_type=str))
    every = [model.id_to_piece(number) for number in range(model.get_piece_size())]
    kept = needed(every, seen)
    # Before the TAB stands the part of the source that the pieces are for: nothing, so they are for all.
    (given.package / "model" / "vmap.txt").write_text(f"\t{' '.join(kept)}\n", encoding="utf-8")
    print(f"{len(kept):,} of {len(every):,} pieces")


if __name__ == "__main__":
    main()
