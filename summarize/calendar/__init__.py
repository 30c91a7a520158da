"""The race calendar: which stage of which race is ridden when, from where to where, and who won it where known.

`Calendar.shipped()` reads `stages.csv` beside this module; `README.md` there tells how to add next season's races.

>>> stage = Calendar.shipped().stage("Tour de France", 2023, 12)
>>> stage.date.isoformat(), stage.start, stage.finish, stage.distance_km
('2023-07-13', 'Roanne', 'Belleville-en-Beaujolais', 168.8)
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from summarize.errors import UsageError
from summarize.lexicon import load
from summarize.text import fold

__all__ = ["COLUMNS", "Calendar", "Stage"]

COLUMNS = ("race", "edition", "stage", "date", "start", "finish", "distance_km", "kind", "winner", "team", "leader")
_NEEDED = ("race", "date")
_NUMBER = re.compile(r"^(\d{1,2})([a-f]?)$")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of one edition of a race, or a one-day race (then `stage` is None).

    What the sources do not say is None; nothing is guessed.
    """

    race: str
    edition: int
    """The year."""
    stage: int | None
    """0 for a prologue."""
    date: Date
    start: str | None = None
    finish: str | None = None
    distance_km: float | None = None
    kind: str | None = None
    """flat, hills, mountains, each also with "uphill finish"; time trial, team time trial, prologue."""
    winner: str | None = None
    """A rider, or the team in a team time trial."""
    team: str | None = None
    leader: str | None = None
    """Leader of the general classification after the stage."""
    part: str = ""
    """a or b for two stages of one number; empty for all others."""
    start_names: tuple[str, ...] = ()
    """All spellings of the start, the shown one first."""
    finish_names: tuple[str, ...] = ()

    @property
    def is_time_trial(self) -> bool:
        """True for individual and team time trials and prologues."""
        return self.kind is not None and ("time trial" in self.kind or self.kind == "prologue")

    @property
    def is_team_time_trial(self) -> bool:
        """True where a team wins, not a rider."""
        return self.kind == "team time trial"


class Calendar:
    """Stages by race, edition and stage, by day, and by winner. Never changed after it was made."""

    def __init__(self, stages: Iterable[Stage]) -> None:
        seen: dict[tuple[str, int, int | None, str], Stage] = {}
        for stage in stages:
            seen[stage.race, stage.edition, stage.stage, stage.part] = stage
        self._stages = tuple(seen.values())

    @classmethod
    def shipped(cls) -> Calendar:
        """The calendar that comes with the program; read once."""
        return _shipped()

    def with_file(self, path: str | Path) -> Calendar:
        """A calendar that also has the races of a CSV file; its rows replace rows of the same race, edition and stage.

        Raises UsageError where the file cannot be read or a row is wrong, with the line and what to do.
        """
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise UsageError(f"{path}: the calendar cannot be read ({error.strerror or error}).") from error
        except UnicodeDecodeError as error:
            raise UsageError(f"{path}: the calendar is not UTF-8 text; save it as CSV in UTF-8.") from error
        return Calendar((*self._stages, *_parse(text, str(path), _place_names())))

    def __len__(self) -> int:
        return len(self._stages)

    def __iter__(self) -> Iterator[Stage]:
        return iter(self._stages)

    @cached_property
    def _by_edition(self) -> dict[tuple[str, int], tuple[Stage, ...]]:
        found: dict[tuple[str, int], list[Stage]] = {}
        for stage in self._stages:
            found.setdefault((stage.race, stage.edition), []).append(stage)
        return {key: tuple(sorted(value, key=lambda s: (s.date, s.stage or 0, s.part))) for key, value in found.items()}

    @cached_property
    def _by_date(self) -> dict[Date, tuple[Stage, ...]]:
        found: dict[Date, list[Stage]] = {}
        for stage in self._stages:
            found.setdefault(stage.date, []).append(stage)
        return {key: tuple(sorted(value, key=lambda s: (s.race, s.stage or 0, s.part))) for key, value in found.items()}

    @cached_property
    def _by_number(self) -> dict[tuple[str, int | None], tuple[Stage, ...]]:
        found: dict[tuple[str, int | None], list[Stage]] = {}
        for stage in self._stages:
            found.setdefault((stage.race, stage.stage), []).append(stage)
        return {key: tuple(sorted(value, key=lambda s: s.date)) for key, value in found.items()}

    @cached_property
    def _by_winner(self) -> dict[str, tuple[Stage, ...]]:
        found: dict[str, list[Stage]] = {}
        for stage in self._stages:
            for word in {w for w in fold(stage.winner or "").split() if len(w) > 2}:
                found.setdefault(word, []).append(stage)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def _by_place(self) -> dict[str, tuple[Stage, ...]]:
        found: dict[str, list[Stage]] = {}
        words = cache(lambda name: [word for word in fold(name).split() if len(word) > 3])
        for stage in self._stages:
            for word in {word for name in (*stage.start_names, *stage.finish_names) for word in words(name)}:
                found.setdefault(word, []).append(stage)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def races(self) -> frozenset[str]:
        """Names of all races."""
        return frozenset(stage.race for stage in self._stages)

    def stage(self, race: str, edition: int, stage: int | None) -> Stage | None:
        """The stage of that number; of two halves the second, which ends the day. None where there is no such stage."""
        found = [s for s in self._by_edition.get((race, edition), ()) if s.stage == stage]
        return found[-1] if found else None

    def edition(self, race: str, edition: int) -> tuple[Stage, ...]:
        """All stages of an edition, by date."""
        return self._by_edition.get((race, edition), ())

    def on(self, date: Date, race: str | None = None) -> tuple[Stage, ...]:
        """The stages of a day, of all races or of one."""
        return tuple(s for s in self._by_date.get(date, ()) if race is None or s.race == race)

    def numbered(self, race: str, stage: int | None) -> tuple[Stage, ...]:
        """The stages of that number in all editions of a race, by date."""
        return self._by_number.get((race, stage), ())

    def last_stages(self, race: str, place: int = -1) -> tuple[Stage, ...]:
        """The last stage of every edition of a race; the last but one with `place` -2."""
        editions = [stages for (name, _), stages in self._by_edition.items() if name == race]
        return tuple(stages[place] for stages in editions if len(stages) >= -place)

    def won_by(self, name: str) -> tuple[Stage, ...]:
        """Stages whose winner's name shares the last word of `name`."""
        words = fold(name).split()
        return self._by_winner.get(words[-1], ()) if words else ()

    def with_place(self, name: str) -> tuple[Stage, ...]:
        """Stages that start or finish in a place whose name shares a long word with `name`."""
        found: dict[int, Stage] = {}
        for word in fold(name).split():
            for stage in self._by_place.get(word, ()):
                found[id(stage)] = stage
        return tuple(found.values())

    def next_stage(self, stage: Stage) -> Stage | None:
        """The stage after this one in the same edition, None after the last."""
        edition = self.edition(stage.race, stage.edition)
        later = [s for s in edition if (s.date, s.stage or 0, s.part) > (stage.date, stage.stage or 0, stage.part)]
        return later[0] if later else None

    def is_rest_day(self, race: str, date: Date) -> bool:
        """True for a day between the first and the last stage of an edition without a stage."""
        days = [s.date for s in self.edition(race, date.year)]
        return bool(days) and days[0] < date < days[-1] and date not in days


@cache
def _shipped() -> Calendar:
    text = files(__name__).joinpath("stages.csv").read_text(encoding="utf-8")
    return Calendar(_parse(text, "stages.csv", _place_names()))


@cache
def _place_names() -> dict[str, tuple[str, ...]]:
    """Folded name of a place: all its spellings ("brussel": Brussel, Brussels, Bruxelles)."""
    text = files(__name__).joinpath("places.txt").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        names = tuple(name.strip() for name in line.split("/") if name.strip())
        if not line.startswith("#"):
            found.update({fold(name): names for name in names})
    return found


def known_places() -> frozenset[str]:
    """Folded names of the places in `places.txt`, in all their spellings."""
    return frozenset(_place_names())


def spellings(place: str, known: dict[str, tuple[str, ...]] | None = None) -> tuple[str, ...]:
    """All spellings of a place, the shown one first: those in the cell ("A / B"), those of `places.txt`, and the Dutch.

    Of a name of several words the first may be known: "Paris Champs-Élysées" is "Parijs" too.

    >>> spellings("Brussels / Bruxelles")
    ('Brussels', 'Bruxelles', 'Brussel', 'Bruselas')
    >>> spellings("Paris Champs-Élysées")[:3]
    ('Paris Champs-Élysées', 'Parijs', 'Paris')
    """
    known = _place_names() if known is None else known
    names = [name.strip() for name in place.split(" / ") if name.strip()]
    for name in tuple(names):
        for key in dict.fromkeys((fold(name), fold(name.split()[0]))):
            names.extend(other for other in (*known.get(key, ()), *_in_dutch().get(key, ())) if other not in names)
    return tuple(names)


@cache
def _in_dutch() -> dict[str, tuple[str, ...]]:
    """Folded name of a place as English has it: its Dutch names, from the lexicon of the translation."""
    found: dict[str, tuple[str, ...]] = {}
    for dutch, english in load("places", "nl")["forms"].items():
        if len(english) == 1:  # those of countries and peoples stand for several words
            found[fold(english[0])] = (*found.get(fold(english[0]), ()), dutch)
    return found


def _parse(text: str, where: str, known: dict[str, tuple[str, ...]]) -> Iterator[Stage]:
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, ())]
    if missing := [name for name in _NEEDED if name not in header]:
        raise UsageError(
            f"{where}: the calendar's first line lacks {' and '.join(missing)}; "
            f"it names the columns: {','.join(COLUMNS)}"
        )
    cells: dict[str, tuple[str, ...]] = {}

    def names(place: str) -> tuple[str, ...]:
        if place not in cells:
            cells[place] = spellings(place, known) if place else ()
        return cells[place]

    blank = dict.fromkeys(COLUMNS, "")
    for row in reader:
        if not any(map(str.strip, row)):
            continue
        line = reader.line_num
        get = (blank | dict(zip(header, map(str.strip, row), strict=False))).__getitem__
        if not get("race"):
            raise UsageError(f"{where}, line {line}: the race is missing.")
        try:
            date = Date.fromisoformat(get("date"))
        except ValueError:
            raise UsageError(f"{where}, line {line}: {get('date')!r} is no date; write it as 2025-07-05.") from None
        stage, part = None, ""
        if get("stage"):
            match = _NUMBER.match(get("stage").lower())
            if not match:
                raise UsageError(
                    f"{where}, line {line}: {get('stage')!r} is no stage number; write 0 for a prologue, 7, or 7a."
                )
            stage, part = int(match[1]), match[2]
        try:
            edition = int(get("edition") or date.year)
            distance = float(get("distance_km").replace(",", ".")) if get("distance_km") else None
        except ValueError as error:
            raise UsageError(f"{where}, line {line}: {error}; edition is a year, distance_km a number.") from None
        start, finish = names(get("start")), names(get("finish"))
        yield Stage(
            race=get("race"),
            edition=edition,
            stage=stage,
            date=date,
            start=start[0] if start else None,
            finish=finish[0] if finish else None,
            distance_km=distance,
            kind=get("kind") or None,
            winner=get("winner") or None,
            team=get("team") or None,
            leader=get("leader") or None,
            part=part,
            start_names=start,
            finish_names=finish,
        )
