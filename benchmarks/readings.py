"""Read the same articles in Dutch and in English: how often both say the same of a stage.

    python benchmarks/readings.py [--shared ../shared] [--show FACT WAY]

The parallel race news of 2019 (`mt/parallel/cycling.tsv.xz`) is kept in the order of its texts: cut before each line
that looks like a headline, it gives some 1,500 articles in two languages, without dates, as untidy as newspapers' pages
are. What only one language tells is mostly a way of saying it that the other's lexicon lacks; what differs is mostly an
error of one. `--show winner nl` lists the articles of which only the Dutch text gave a winner; so do `en`, `differ`.
Nobody labelled them: the figures say where to look, not how good the program is.
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from summarize.articles import Article  # noqa: E402
from summarize.claims import Reading, read  # noqa: E402
from summarize.names import same_person  # noqa: E402
from summarize.preparing import prepare  # noqa: E402

PEOPLE = ("winner", "second", "third", "gc_leader")
_ENDED = re.compile(r"[.?!\"”’'…)]$")


def headline(lines: Sequence[tuple[str, str]], number: int) -> bool:
    """Whether a line looks like a headline: short, without a full stop, between two whole sentences."""
    text = lines[number][0]
    if not 18 <= len(text) <= 95 or text.count(" ") < 2 or re.search(r"[.?!:;,\"”'…)]$", text):
        return False
    if number + 1 == len(lines) or len(lines[number + 1][0]) < 60 or not re.search(r"[.?!\"”]$", lines[number + 1][0]):
        return False
    return number == 0 or _ENDED.search(lines[number - 1][0]) is not None


def articles(lines: Sequence[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """The lines of each article, its headline first."""
    some: list[tuple[str, str]] = []
    for number, line in enumerate(lines):
        if len(some) >= 3 and headline(lines, number):
            yield some
            some = []
        some.append(line)
    yield some


def reading(lines: Sequence[str], language: str, number: int) -> Reading | None:
    article = prepare(
        Article(id=str(number), path=f"{number}.txt", title=lines[0], text="\n".join(lines[1:]), language=language)
    )
    return read(article) if isinstance(article, Article) else None


def verdict(one: object, other: object) -> str:
    if one is None or other is None:
        return "same" if one is other else "nl" if other is None else "en"
    return "same" if one == other or same_person(str(one), str(other)) else "differ"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--show", nargs=2, metavar=("FACT", "WAY"), default=("", ""))
    options = parser.parse_args()
    with lzma.open(options.shared / "mt" / "parallel" / "cycling.tsv.xz", "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    counts: Counter[tuple[str, str]] = Counter()
    total = reports = 0
    for number, lines in enumerate(articles([(row[0], row[1]) for row in rows])):
        total += 1
        dutch, english = (reading([line[side] for line in lines], ("nl", "en")[side], number) for side in (0, 1))
        if dutch is None or english is None or {dutch.kind, english.kind} <= {"reaction"}:
            continue
        reports += 1
        claims = [{claim.fact: claim.value for claim in r.claims} for r in (dutch, english)]
        facts = {fact: (claims[0].get(fact), claims[1].get(fact)) for fact in PEOPLE}
        facts["race"] = (dutch.race and dutch.race.name, english.race and english.race.name)
        facts["stage"] = (dutch.stage, english.stage)
        for fact, (one, other) in facts.items():
            way = verdict(one, other)
            counts[fact, way] += 1
            if [fact, way] == list(options.show):
                print(f"{number}: {one} / {other}  {lines[0][0]} / {lines[0][1]}")
    print(f"{total} articles, {reports} of them a report in one language or both")
    for fact in (*PEOPLE, "race", "stage"):
        shares = "  ".join(f"{way} {counts[fact, way]:4}" for way in ("same", "nl", "en", "differ"))
        print(f"  {fact:10} {shares}")


if __name__ == "__main__":
    main()
