"""Score language packages on sentence files: sacrebleu BLEU and chrF, speed, and memory.

    python evaluate.py translate-nl_en cycling.nl cycling.en [--beam 4] [--threads 2] [--show 5] [--write out.txt]

Both files hold a sentence a line. Sentences are translated as they stand, without a sentence splitter, in one batch
call, as stagebrief does. Memory is the peak of this process (Linux and macOS).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import ctranslate2
import sentencepiece


def translate(package: Path, sentences: Sequence[str], *, beam: int = 4, threads: int = 2) -> list[str]:
    """The translations of `sentences` by a package folder, in their order."""
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(package / "sentencepiece.model"))
    translator = ctranslate2.Translator(str(package / "model"), device="cpu", intra_threads=threads)
    results = translator.translate_batch(
        pieces.encode(list(sentences), out_type=str),
        beam_size=beam,
        max_batch_size=2048,
        batch_type="tokens",
        max_decoding_length=200,
        replace_unknowns=True,
    )
    return [pieces.decode(result.hypotheses[0]) for result in results]


def scores(translations: Sequence[str], references: Sequence[str]) -> tuple[float, float]:
    """BLEU and chrF of a whole file, as sacrebleu computes them by default."""
    import sacrebleu

    bleu = sacrebleu.corpus_bleu(list(translations), [list(references)]).score
    return bleu, sacrebleu.corpus_chrf(list(translations), [list(references)]).score


def peak_memory() -> float:
    """The most memory this process has held so far, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if sys.platform == "darwin" else 1024)


def read_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--show", type=int, default=0, help="print so many sentences, evenly spread")
    parser.add_argument("--write", type=Path, help="file for the translations")
    given = parser.parse_args()
    sources, references = read_lines(given.source), read_lines(given.reference)
    if len(sources) != len(references):
        sys.exit(f"{given.source} has {len(sources)} lines, {given.reference} {len(references)}: they must match.")
    began = time.perf_counter()
    translations = translate(given.package, sources, beam=given.beam, threads=given.threads)
    seconds = time.perf_counter() - began
    bleu, chrf = scores(translations, references)
    speed = len(sources) / seconds
    print(
        f"{given.source.name}: BLEU {bleu:.1f} chrF {chrf:.1f}, {speed:.0f} sentences/s, {peak_memory():.0f} MB at most"
    )
    for shown in range(given.show):
        i = shown * len(sources) // given.show
        print(f"  source       {sources[i]}\n  translation  {translations[i]}\n  reference    {references[i]}")
    if given.write:
        given.write.write_text("\n".join(translations) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
