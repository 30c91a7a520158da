"""The word pieces that the language translated into needs, as CTranslate2's vocabulary map.

    python vocabulary_map.py vocabulary.model vmap.txt race-news.tsv frames.tsv news.tsv.xz [--most 3600]

Reads the second column of parallel text (one pair a line, set apart by a TAB, plain or `.xz`) and writes one line that
holds for any sentence: the letters and bytes with which any name can be spelt, and the longer pieces that stand there
most often. As `model/vmap.txt` in a package folder, a decoder that is asked to (`use_vmap` in CTranslate2) weighs these
pieces only; others, argostranslate among them, take no notice. Given to `pack.py`, the network learns to write with
them. The fewer they are, the quicker it decodes, and the more of them a text takes.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import sentencepiece
from parallel import read_pairs
from sentencepiece import sentencepiece_model_pb2


def needed(pieces: Sequence[str], seen: Counter[str], most: int) -> list[str]:
    """The pieces of a vocabulary that a translation is made of, in the vocabulary's order.

    They are single letters, the bytes that all others are spelt with, and of longer pieces the `most` that were seen
    most often.

    >>> needed(["<s>", "<0x41>", "<0xC3>", "a", "b", "ab", "abc", "bb"], Counter(a=2, ab=3, abc=5), 1)
    ['<s>', '<0xC3>', 'a', 'b', 'abc']
    """
    kept = {piece for piece in pieces if piece in ("<pad>", "<unk>", "<s>", "</s>") or "<0x80>" <= piece <= "<0xFF>"}
    kept |= {piece for piece in pieces if len(piece.strip("▁")) <= 1}
    longer = sorted((piece for piece in pieces if seen[piece] and piece not in kept), key=lambda one: -seen[one])
    kept |= set(longer[:most])
    return [piece for piece in pieces if piece in kept]


def read_map(path: Path) -> list[str]:
    """The pieces of a map that holds for any sentence."""
    return path.read_text(encoding="utf-8").removeprefix("\t").rstrip("\n").split(" ")


def limited(vocabulary: Path, kept: Iterable[str]) -> sentencepiece.SentencePieceProcessor:
    """The vocabulary with the pieces not kept switched off: texts are cut into the others, ids are as before."""
    model = sentencepiece_model_pb2.ModelProto()
    model.ParseFromString(vocabulary.read_bytes())
    allowed = set(kept)
    for piece in model.pieces:
        if piece.type == piece.NORMAL and piece.piece not in allowed:
            piece.type = piece.UNUSED
    return sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vocabulary", type=Path, help="SentencePiece model")
    parser.add_argument("out", type=Path, help="file to write, vmap.txt of a package's model folder")
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=3600, help="longer pieces to keep")
    given = parser.parse_args()
    model = sentencepiece.SentencePieceProcessor(model_file=str(given.vocabulary))
    seen: Counter[str] = Counter()
    for file in given.pairs:
        for pieces in model.encode([text for _, text in read_pairs(file)], out_type=str):
            seen.update(pieces)
    every = [model.id_to_piece(number) for number in range(model.get_piece_size())]
    kept = needed(every, seen, given.most)
    # Before the TAB stands the part of the source that the pieces are for: nothing, so they are for all.
    given.out.write_text(f"\t{' '.join(kept)}\n", encoding="utf-8")
    print(f"{len(kept):,} of {len(every):,} pieces")


if __name__ == "__main__":
    main()
