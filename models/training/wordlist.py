"""The words of a language, for telling a word from a made-up one in a translation.

    python wordlist.py ../../summarize/lexicon/words.en.json --pairs cycling.tsv.xz news.tsv.xz tatoeba.tsv.xz \
        --rough manuals.tsv.xz --words word-pairs.tsv.xz --checked dictionary.tsv

Reads the second column of parallel text (one pair a line, set apart by a TAB, plain or `.xz`). A word counts when it
stands in a set of `--pairs`, three times in those of `--rough` (text in which all sorts of things pass for words), in a
list of word pairs that somebody has read (`--checked`), or in another one, unless it is several words in one there
("abuseofpower").
"""

from __future__ import annotations

import argparse
import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from parallel import read_pairs

_WORD = re.compile(r"[^\W\d_]+")
OFTEN = 3
"""How often a word must stand in rough text."""
COMMON = 400
"""How often a word of two or three letters must stand in good text to be taken for a part of another."""
WIDTH = 110
"""Letters of a line of the file."""


def words(file: Path) -> Iterator[str]:
    """The words in small letters of the second column."""
    for _, text in read_pairs(file):
        for word in _WORD.findall(text):
            if word.islower() and word.isascii():
                yield word


def glued(word: str, known: set[str]) -> bool:
    """Whether the word is nothing but known words, one after the other."""
    return any(word[:at] in known and (word[at:] in known or glued(word[at:], known)) for at in range(2, len(word) - 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", type=Path, help="the file of the lexicon, whose words are replaced")
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--rough", type=Path, nargs="*", default=[])
    parser.add_argument("--words", type=Path, nargs="*", default=[])
    parser.add_argument("--checked", type=Path, nargs="*", default=[])
    chosen = parser.parse_args()
    data = json.loads(chosen.list.read_text(encoding="utf-8"))
    rough = Counter(word for file in chosen.rough for word in words(file))
    good = Counter(word for file in chosen.pairs for word in words(file))
    known = {word for word, times in rough.items() if times >= OFTEN} | set(good)
    parts = {word for word, times in good.items() if times >= (OFTEN if len(word) > 3 else COMMON)}
    known.update(word for file in chosen.words for word in words(file) if not glued(word, parts))
    known.update(word for file in chosen.checked for word in words(file))
    kept = sorted(word for word in known if len(word) > 2)
    data["words"] = textwrap.wrap(" ".join(kept), WIDTH, break_on_hyphens=False)
    head = json.dumps({**data, "words": []}, ensure_ascii=False).removesuffix("]}")
    lines = ",\n  ".join(map(json.dumps, data["words"]))
    chosen.list.write_text(f"{head}\n  {lines}\n]}}\n", encoding="utf-8")
    print(f"{len(kept):,} words")


if __name__ == "__main__":
    main()
