"""Names of riders and places for `frames.py`, from tables of results.

    python names.py facts riders.txt places.txt

`facts` is a folder with LeTourDataSet's tables (`TDF_Riders_History.csv`, `TDF_Stages_History.csv` and
`TDFF_Stages_History.csv`; MIT) and a table of stages with the columns `departure` and `arrival` (`cyclingdata.csv`;
MIT). Riders are those of 1960 and after.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from frames import PARTICLES, proper_case

SINCE = 1960
_WINNERS = ("Winner of stage", "Yellow Jersey", "Green jersey", "White jersey", "Polka-dot jersey")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: value or "" for key, value in row.items() if isinstance(key, str)}


def cased(name: str) -> str:
    """A name in running text: no capitals throughout, particles after the first word small.

    >>> cased("JULIUS VAN DEN BERG"), cased("Mathieu Van der Poel")
    ('Julius van den Berg', 'Mathieu van der Poel')
    """
    first, *rest = proper_case(name).split()
    return " ".join([first, *(word.lower() if word.lower() in PARTICLES else word for word in rest)])


def riders(folder: Path) -> list[str]:
    names: dict[str, None] = {}
    for row in _rows(folder / "TDF_Riders_History.csv"):
        if int(row["Year"]) >= SINCE and re.fullmatch(r"[A-ZÀ-Þ' -]+", row["Rider"].strip()):
            names[row["Rider"].strip()] = None
    for table in ("TDFF_Stages_History.csv", "TDF_Stages_History.csv"):
        for row in _rows(folder / table):
            for column in _WINNERS:
                name = re.sub(r"\s*\(.*", "", row.get(column, "")).strip()
                if int(row["Year"]) >= SINCE and re.fullmatch(r"[\w'’ -]+", name) and not name.isupper():
                    names[name] = None
    return list(dict.fromkeys(cased(name) for name in names if len(name.split()) > 1))


def places(folder: Path) -> list[str]:
    found = (row[end].strip() for row in _rows(folder / "cyclingdata.csv") for end in ("departure", "arrival"))
    return list(dict.fromkeys(name for name in found if re.fullmatch(r"['’]?[^\W\d_](?:[^\W\d_]|['’ .-]){2,29}", name)))


def main() -> None:
    folder, riders_file, places_file = map(Path, sys.argv[1:])
    for file, names in ((riders_file, riders(folder)), (places_file, places(folder))):
        file.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
        print(f"{file}: {len(names)} names")


if __name__ == "__main__":
    main()
