"""Parallel text: one pair a line, the two sides set apart by a TAB, plain or `.xz`."""

from __future__ import annotations

import argparse
import lzma
from pathlib import Path

Pair = tuple[str, str]
"""A text and its translation."""


def read_pairs(path: Path) -> list[Pair]:
    """The usable pairs of a file; lines without exactly one TAB, and pairs with an empty side, are left out."""
    data = path.read_bytes()
    text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8")
    rows = [line.split("\t") for line in text.split("\n")]
    pairs = [(row[0].strip(), row[1].strip()) for row in rows if len(row) == 2]
    return [(source, target) for source, target in pairs if source and target]


def two_columns(about: str | None) -> argparse.Namespace:
    """The command line of a script that counts what stands for what: `output`, `source`, `target` and `files`."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("source", help="language of the first column")
    parser.add_argument("target", help="language of the second column")
    parser.add_argument("files", type=Path, nargs="+")
    return parser.parse_args()
