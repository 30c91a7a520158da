"""How good the translations are: the bare package against the whole step, on three test files.

    python benchmarks/translation/quality.py [--shared FOLDER] [--package FOLDER] [--parts] [FILE ...]

Prints for each file and each way of translating BLEU and chrF (sacrebleu), and of what stands in the original and in
the human translation alike, how much stands in ours too:

names     capitalised words within the Dutch sentence that the human translation has letter for letter
numbers   numbers in digits or words that the human translation has too (4.20 for 4:20 counts as lost)
terms     cycling terms of the glossary for which the human translation has an accepted English form

`--parts` also shows the step without the guard, without the glossary, and without both.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from summarize.translation import Translator, glossary, numbers  # noqa: E402
from summarize.translation.packages import argos_package, choose  # noqa: E402

FILES = ("cycling", "flores_test", "ntrex")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").rstrip("\n").split("\n")]


def bare(folder: Path, length_penalty: float) -> Callable[[list[str]], list[str]]:
    """The package as argostranslate uses it (beam 4, length penalty 0.2), or with CTranslate2's own length penalty."""
    import ctranslate2

    package = argos_package(folder)
    model = ctranslate2.Translator(str(folder / "model"), device="cpu", inter_threads=2, intra_threads=1)

    def translate(sentences: list[str]) -> list[str]:
        prefix = [[package.target_prefix]] * len(sentences) if package.target_prefix else None
        results = model.translate_batch(
            [package.tokenizer.encode(sentence) for sentence in sentences],
            target_prefix=prefix,
            replace_unknowns=True,
            max_batch_size=1024,
            batch_type="tokens",
            beam_size=4,
            length_penalty=length_penalty,
        )
        return [
            package.tokenizer.decode(result.hypotheses[0]).removeprefix(package.target_prefix).strip()
            for result in results
        ]

    return translate


def step(folder: Path, guard: bool, terms: bool) -> Callable[[list[str]], list[str]]:
    translator = Translator(folder, cache=False, guard=guard, glossary=terms)
    return lambda sentences: [translation.text for translation in translator.translate(sentences)]


def words(text: str) -> set[str]:
    found = {match.group().replace("’", "'") for match in WORD.finditer(text)}
    return found | {word.removesuffix("'s") for word in found} | {part for word in found for part in word.split("-")}


def names_kept(source: str, reference: str, output: str) -> tuple[int, int]:
    wanted = []
    for match in list(WORD.finditer(source))[1:]:
        word = match.group().replace("’", "'")
        if word[0].isupper() and len(word) > 1 and word in words(reference):
            wanted.append(word)
    have = words(output)
    return sum(word in have for word in wanted), len(wanted)


def numbers_kept(source: str, reference: str, output: str) -> tuple[int, int]:
    pair = ("nl", "en")
    wanted = [number for number, _ in numbers.compare(source, reference, pair).pairs if number.required]
    here = numbers.compare(source, output, pair)
    lost = {number.start for number in here.lost}
    written = {n.start: output[other.start : other.end] for n, other in here.pairs if ":" in n.written}
    dutch = {start for start, text in written.items() if "." in text and ":" not in text}
    return sum(number.start not in lost | dutch for number in wanted), len(wanted)


def terms_right(source: str, reference: str, output: str) -> tuple[int, int]:
    wanted = [term for term in glossary.terms(source) if glossary.has(term, reference)]
    return sum(glossary.has(term, output) for term in wanted), len(wanted)


def main() -> None:
    import sacrebleu

    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", default=FILES)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--package", type=Path)
    parser.add_argument("--parts", action="store_true")
    options = parser.parse_args()
    info = choose(options.package)
    print(f"package {info.label}, {info.size / 1e6:.1f} MB")
    ways = {"argos settings": bare(info.path, 0.2), "length penalty 1": bare(info.path, 1.0)}
    if options.parts:
        ways |= {"step, no guard, no terms": step(info.path, False, False)}
        ways |= {"step, no terms": step(info.path, True, False), "step, no guard": step(info.path, False, True)}
    ways["whole step"] = step(info.path, True, True)
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    for file in options.files:
        folder = options.shared / "bench" / "translation"
        sources, references = lines(folder / f"{file}.nl"), lines(folder / f"{file}.en")
        print(f"\n{file}, {len(sources)} sentences")
        for name, translate in ways.items():
            began = time.perf_counter()
            outputs = translate(sources)
            took = time.perf_counter() - began
            scores = (bleu.corpus_score(outputs, [references]).score, chrf.corpus_score(outputs, [references]).score)
            kept = []
            for measure in (names_kept, numbers_kept, terms_right):
                counts = [measure(*given) for given in zip(sources, references, outputs, strict=True)]
                right, total = sum(count[0] for count in counts), sum(count[1] for count in counts)
                kept.append(f"{right}/{total} = {right / max(1, total):6.2%}")
            print(
                f"  {name:26} BLEU {scores[0]:5.2f}  chrF {scores[1]:5.2f}  names {kept[0]}  numbers {kept[1]}"
                f"  terms {kept[2]}  {len(sources) / took:5.0f}/s",
                flush=True,
            )
    print(f"\n{bleu.get_signature()}\n{chrf.get_signature()}")


if __name__ == "__main__":
    main()
