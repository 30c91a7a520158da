"""Build `stages.csv` and `riders.csv` from the fact tables: python -m summarize.calendar.build FACTS_FOLDER

Reads `cyclingdata.csv` (eleven stage races since 1903; MIT) and the `TDF_*`/`TDFF_*` tables of LeTourDataSet (winners
and yellow jerseys of the Tour de France and the Tour de France Femmes; MIT), adds `supplement.csv` beside this file
(dates that the tables lack), and writes one row a stage. Nothing is made up: what the sources do not say stays empty.
The output is the same for the same input.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

from summarize.text import fold

HERE = Path(__file__).resolve().parent
COLUMNS = (
    "race",
    "edition",
    "stage",
    "date",
    "start",
    "finish",
    "distance_km",
    "kind",
    "winner",
    "team",
    "leader",
)
_RACES = {
    "La Vuelta ciclista a España": "Vuelta a España",
    "Volta Ciclista a Catalunya": "Volta a Catalunya",
    "Itzulia Basque Country": "Itzulia Basque Country",
}
_KINDS = {
    "Flat": "flat",
    "Hills flat finish": "hills",
    "Hills uphill finish": "hills, uphill finish",
    "Mountains flat finish": "mountains",
    "Mountains uphill finish": "mountains, uphill finish",
}
_EPOCH = Date(1970, 1, 1)
_WINNER = re.compile(r"^(?P<name>[^(]+?)\s*\((?P<team>[^()]*)\)\s*$")
_STAGE_ID = re.compile(r"(\d+)\s*([a-zA-Z]?)$")

Key = tuple[str, int, str]


def place(text: str) -> str:
    """A place as the tables have it, with tidy spaces, without underscores and shouting.

    >>> place("COLLONGES-LA-ROUGE"), place("plateau_de_beille"), place("Anterselva / Antholz")
    ('Collonges-la-Rouge', 'Plateau de Beille', 'Anterselva / Antholz')
    """
    text = re.sub(r"\s+", " ", text.replace("_", " ").replace("’", "'").replace("TRANSFERT", "")).strip(" -")
    if text and (text.isupper() or text.islower()):
        small = {"la", "le", "les", "de", "du", "des", "en", "sur", "sous"}
        words = re.split(r"([ -])", text.lower())
        text = "".join(w if w in small and i else w[:1].upper() + w[1:] for i, w in enumerate(words))
    return re.sub(r"(?<=-)(?:Sur|De|La|Le|Les|En|Du|Sous|Des|Aux)(?=-)", lambda m: m[0].lower(), text)


_CAPITALS = {
    "uae",
    "bmc",
    "fdj",
    "ag2r",
    "ef",
    "dsm",
    "sd",
    "csc",
    "hp",
    "ntt",
    "ccc",
    "iam",
    "mtn",
    "htc",
    "tt",
    "xds",
}


def team(text: str) -> str:
    """A team as people write it: letters that stand for words in capitals, hyphens without spaces.

    >>> team("Uae Team Emirates"), team("Trek - Segafredo"), team("Tdf 1903 ***")
    ('UAE Team Emirates', 'Trek-Segafredo', '')
    """
    if "***" in text:
        return ""
    text = re.sub(r"\s*-\s*", "-", re.sub(r"\s+", " ", text).strip())
    return re.sub(r"\w+", lambda m: m[0].upper() if m[0].lower() in _CAPITALS else m[0], text)


def person(text: str) -> str:
    """A name with capitals as people write them: "Wout Van Aert" is "Wout van Aert".

    >>> person("Wout Van Aert"), person("Greg Van Avermaet")
    ('Wout van Aert', 'Greg Van Avermaet')
    """
    text = re.sub(r"\s+", " ", text).strip()
    return _SPELLINGS.get(text, text)


# The tables capitalise particles and carry second surnames that no newspaper prints: these riders are known by
# these names.
_SPELLINGS = {
    "Wout Van Aert": "Wout van Aert",
    "Mathieu Van Der Poel": "Mathieu van der Poel",
    "Jonas Vingegaard Hansen": "Jonas Vingegaard",
    "Egan Bernal Gomez": "Egan Bernal",
    "Simon Philip Yates": "Simon Yates",
    "Annemiek Van Vleuten": "Annemiek van Vleuten",
    "Søren Kragh Andersen": "Søren Kragh Andersen",
}


def main_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of `cyclingdata.csv` in the calendar's columns; broken rows (a line break inside a field) are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not re.fullmatch(r"\d{4}(\.0)?", row["year"] or "") or not row["date"]:
                continue
            title = (row["stage"] or "").split("|")[0]
            number = "0" if "prolog" in title.lower() else (row["stage_id"] or "").lower().removesuffix(".0")
            if not _STAGE_ID.match(number):
                number = row["stage_num"]
            prologue = "prolog" in title.lower()
            kind = _KINDS.get(row["parcours_type"] or "", "")
            kind = {"ITT": "time trial", "TTT": "team time trial", "Prologue": "prologue"}.get(row["stage_type"], kind)
            kind = "prologue" if prologue else kind
            distance = float(row["distance"]) if row["distance"] else 0.0
            yield {
                "race": _RACES.get(row["race"], row["race"]),
                "edition": str(int(float(row["year"]))),
                "stage": number,
                "date": (_EPOCH + timedelta(days=float(row["date"]))).isoformat(),
                "start": place(row["departure"] or ""),
                "finish": place(row["arrival"] or ""),
                "distance_km": f"{distance:g}" if distance else "",
                "kind": kind,
                "winner": "",
                "team": "",
                "leader": "",
            }


def tour_rows(path: Path, race: str) -> Iterator[dict[str, str]]:
    """Rows of a LeTourDataSet table of stages: places (in French), winner, team and yellow jersey."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            winner, squad = row["Winner of stage"].strip(), ""
            if match := _WINNER.match(winner):
                winner, squad = match["name"], match["team"]
            elif winner:  # a team time trial
                winner = team(winner)
            number = row["Stages"].strip()
            if "." in number:
                whole, part = number.split(".")
                number = whole + "abcdef"[int(part) - 1]
            yield {
                "race": race,
                "edition": row["Year"],
                "stage": number,
                "date": "",
                "start": place(row["Start"]),
                "finish": place(row["End"]),
                "distance_km": "",
                "kind": "",
                "winner": person(winner),
                "team": team(squad),
                "leader": person(row["Yellow Jersey"]),
            }


def merged_place(one: str, other: str) -> str:
    """Both names of a place where the tables differ: "Antwerpen / Anvers"."""
    if not one or not other:
        return one or other
    small, large = sorted((set(fold(one).split()), set(fold(other).split())), key=len)
    return one if small <= large else f"{one} / {other}"


def alike(one: dict[str, str], other: dict[str, str]) -> bool:
    """True where two rows share a long word in their start or in their finish."""

    def long_words(text: str) -> set[str]:
        return {word for word in fold(text).split() if len(word) > 3 and word not in {"saint", "mont"}}

    return any(long_words(one[column]) & long_words(other[column]) for column in ("start", "finish"))


def alike_ends(one: dict[str, str], other: dict[str, str]) -> bool:
    """True where both the starts and the finishes of two rows share a word."""
    return all(set(fold(one[column]).split()) & set(fold(other[column]).split()) for column in ("start", "finish"))


def merge(known: dict[str, str], row: dict[str, str]) -> None:
    """Fill in what one row has and the other lacks; places keep both names."""
    for column in ("start", "finish"):
        known[column] = merged_place(known[column], row[column])
    for column in ("winner", "team", "leader"):
        known[column] = known[column] or row[column]


def build(facts: Path) -> list[dict[str, str]]:
    """All rows, in the order of race, edition and stage."""
    rows: dict[Key, dict[str, str]] = {}
    for row in main_rows(facts / "cyclingdata.csv"):
        rows.setdefault((row["race"], int(row["edition"]), row["stage"]), row)
    # A few editions count their prologue as the first stage.
    for race, edition, _ in [key for key in rows if key[2] == "0"]:
        if (race, edition, "1") not in rows and (race, edition, "2") in rows:
            rows[race, edition, "1"] = {**rows.pop((race, edition, "0")), "stage": "1"}
    tables = (("TDF_Stages_History.csv", "Tour de France"), ("TDFF_Stages_History.csv", "Tour de France Femmes"))
    for name, race in tables:
        editions: dict[int, list[dict[str, str]]] = {}
        for row in tour_rows(facts / name, race):
            editions.setdefault(int(row["edition"]), []).append(row)
        for edition, found in editions.items():
            there = {key[2]: row for key, row in rows.items() if key[:2] == (race, edition)}
            pairs = [(there[row["stage"]], row) for row in found if row["stage"] in there]
            agree = sum(alike(known, row) for known, row in pairs)
            for row in found:
                if not there:
                    rows[race, edition, row["stage"]] = row
                elif agree >= 0.7 * len(found):
                    if row["stage"] in there:
                        merge(there[row["stage"]], row)
                else:  # The tables number this edition's stages differently: only the places tell which is which.
                    same = [known for known in there.values() if alike(known, row) and alike_ends(known, row)]
                    if len(same) == 1:
                        merge(same[0], row)
    with (HERE / "supplement.csv").open(encoding="utf-8", newline="") as file:
        for extra in csv.DictReader(file):
            key = (extra["race"], int(extra["edition"]), extra["stage"])
            if key in rows:
                rows[key].update({name: value for name, value in extra.items() if value and name in COLUMNS})

    def order(key: Key) -> tuple[str, int, int, str]:
        match = _STAGE_ID.match(key[2])
        return (key[0], key[1], int(match[1]) if match else 0, match[2] if match else key[2])

    return [rows[key] for key in sorted(rows, key=order) if rows[key]["date"]]


_PARTICLES = frozenset(["da", "de", "del", "den", "der", "di", "du", "la", "le", "ten", "ter", "van", "von"])


def rider(text: str) -> str:
    """A name in capitals as people write it: "MATHIEU VAN DER POEL" is "Mathieu van der Poel".

    >>> rider("JEAN-FRANCOIS BERNARD"), rider("MATHIEU VAN DER POEL")
    ('Jean-Francois Bernard', 'Mathieu van der Poel')
    """
    words = re.sub(r"\s+", " ", text).strip().lower().split(" ")
    return " ".join(
        word
        if word in _PARTICLES and 0 < i < len(words) - 1
        else re.sub(r"(?:^|(?<=[-'.]))\w", lambda m: m[0].upper(), word)
        for i, word in enumerate(words)
    )


def riders(path: Path) -> list[dict[str, str]]:
    """Everyone who finished a Tour, with first and last year, from LeTourDataSet's table of final classifications."""
    years: dict[str, list[int]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if len(row["Rider"].split()) > 1:
                years.setdefault(rider(row["Rider"]), []).append(int(row["Year"]))
    return [{"name": name, "first": str(min(years[name])), "last": str(max(years[name]))} for name in sorted(years)]


def write(name: str, columns: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    """Write a data file beside this one."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(argv: list[str]) -> int:
    """Write `stages.csv` and `riders.csv` beside this file."""
    if len(argv) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    rows = build(Path(argv[0]))
    write("stages.csv", COLUMNS, rows)
    known = riders(Path(argv[0]) / "TDF_Riders_History.csv")
    write("riders.csv", ("name", "first", "last"), known)
    print(f"{len(known)} riders")
    print(f"{len(rows)} stages of {len({(r['race'], r['edition']) for r in rows})} editions")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
