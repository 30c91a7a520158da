"""Turn sentence pairs into one packed file for `train.py`, and make the vocabulary where there is none.

    python pack.py vocabulary.model data.npz cycling.tsv news.tsv.xz [--sampled cycling.tsv] [--make-vocabulary 8000]

A file holds one pair a line, the two texts set apart by a TAB, plain or .xz; a set is named after its file. Files named
by `--sampled` are packed as NAME_sampled too: the source cut into word pieces in a new, slightly unlikely way each time
(subword regularisation, Kudo 2018), so that rare names are met in more than one spelling. `--target-pieces` is a map
made by `vocabulary_map.py`: translations are cut into its pieces only.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import sentencepiece
from batching import BEGIN, END, PAD, UNKNOWN, Pairs, save_packed
from parallel import Pair, read_pairs
from vocabulary_map import limited, read_map

MOST_UNEVEN = 2.5
"""A text this many times longer than its translation is taken for a misalignment."""


def well_matched(pair: Pair) -> bool:
    """Whether the lengths of the two sides are about what a translation has; short texts may differ more.

    >>> well_matched(("Hij won.", "He won.")), well_matched(("Hij won.", "He won, and that was not the end of it."))
    (True, False)
    """
    ratio = (len(pair[0]) + 8) / (len(pair[1]) + 8)
    return 1 / MOST_UNEVEN < ratio < MOST_UNEVEN


def make_vocabulary(path: Path, texts: Iterable[str], *, size: int) -> None:
    """Train a SentencePiece model for both languages on `texts`; unknown characters fall back to bytes.

    A text too small for `size` pieces gives fewer.
    """
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_prefix=str(path.with_suffix("")),
        vocab_size=size,
        hard_vocab_limit=False,
        character_coverage=0.9998,
        byte_fallback=True,
        normalization_rule_name="nmt_nfkc",
        pad_id=PAD,
        unk_id=UNKNOWN,
        bos_id=BEGIN,
        eos_id=END,
        pad_piece="<pad>",
        minloglevel=2,
    )
    made = path.with_suffix(".model")
    if made != path:
        made.rename(path)


def encode(
    pairs: Sequence[Pair],
    pieces: sentencepiece.SentencePieceProcessor,
    *,
    target_pieces: sentencepiece.SentencePieceProcessor | None = None,
    sampled: bool = False,
    alpha: float = 0.2,
) -> Pairs:
    """Pairs as ids of word pieces; with `sampled`, each source cut at random, the more usually the higher `alpha` is.

    `target_pieces` is what the translations are cut with, None for the same as the sources.
    """
    texts = [source for source, _ in pairs]
    how = {"enable_sampling": True, "alpha": alpha, "nbest_size": -1, "num_threads": 1} if sampled else {}
    sources = pieces.encode(texts, **how)
    targets = (target_pieces or pieces).encode([target for _, target in pairs])
    return Pairs([np.array(ids, np.int64) for ids in sources], [np.array(ids, np.int64) for ids in targets])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vocabulary", type=Path, help="SentencePiece model")
    parser.add_argument("out", type=Path, help="packed file to write, .npz")
    parser.add_argument("files", type=Path, nargs="+", help="TSV or TSV.xz, source TAB target")
    parser.add_argument("--sampled", type=Path, nargs="*", default=[], help="files to pack with sampled pieces too")
    parser.add_argument("--make-vocabulary", type=int, metavar="SIZE", help="train the model on all files first")
    parser.add_argument("--target-pieces", type=Path, metavar="VMAP", help="the pieces that translations are cut into")
    given = parser.parse_args()
    texts = {path.name.split(".")[0]: [p for p in read_pairs(path) if well_matched(p)] for path in given.files}
    if given.make_vocabulary:
        every = (side for pairs in texts.values() for pair in pairs for side in pair)
        make_vocabulary(given.vocabulary, every, size=given.make_vocabulary)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(given.vocabulary))
    target_pieces = limited(given.vocabulary, read_map(given.target_pieces)) if given.target_pieces else None
    sets = {name: encode(pairs, pieces, target_pieces=target_pieces) for name, pairs in texts.items()}
    for path in given.sampled:
        name = path.name.split(".")[0]
        sets[f"{name}_sampled"] = encode(texts[name], pieces, target_pieces=target_pieces, sampled=True)
    save_packed(given.out, sets)
    for name, packed in sets.items():
        print(f"{name}: {len(packed)} pairs, {sum(map(len, packed.target))} target pieces")


if __name__ == "__main__":
    main()
