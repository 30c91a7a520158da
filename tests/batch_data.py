"""Articles for the tests of batches, and tasks that misbehave in the worker that does them."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from summarize.articles import Failure
from summarize.batch.tasks import Loaded, Record, Sent, UnitResult
from summarize.reading import InputFile

_NAMES = ("Moreau", "Lindqvist", "Van Aken", "Okoye", "Brandt", "Castelli", "Ferreira", "Novak", "Dahl", "Keane")
_PLACES = ("Ulverton", "Marsden", "Port Ellen", "Westray", "Nieuwdorp", "Colmery", "Alta Vella", "Brookhaven")
_FORMS = (
    "{a} attacked on the climb to {p} with {n} kilometres to go.",
    "The bunch of {n} riders came through {p} half a minute later.",
    "{a} and {b} worked well together until the last corner in {p}.",
    "It rained in {p}, and {n} riders fell on the wet descent.",
    "According to {a} the race was decided when {b} lost the wheel near {p}.",
    "The team of {b} had ridden in front for {n} kilometres.",
    "At the finish in {p} {a} was {n} seconds ahead of {b}.",
)


def text(number: int, sentences: int = 8) -> str:
    """An English article of its own for every number."""
    chance = random.Random(number)
    chosen = [
        chance.choice(_FORMS).format(
            a=chance.choice(_NAMES), b=chance.choice(_NAMES), p=chance.choice(_PLACES), n=chance.randint(2, 180)
        )
        for _ in range(sentences)
    ]
    return f"Race number {number}\n\n" + "\n\n".join(" ".join(chosen[at : at + 3]) for at in range(0, sentences, 3))


def write_articles(folder: Path, count: int) -> None:
    """So many articles as text files in folders of ten."""
    for number in range(count):
        place = folder / f"day{number // 10:03d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:04d}.txt").write_text(text(number), encoding="utf-8")


def write_lines(file: Path, count: int) -> None:
    """So many articles as JSON Lines; every third has no id."""
    rows = [{"text": text(number)} | ({"id": f"n{number}"} if number % 3 else {}) for number in range(count)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Misbehave:
    """Gives a record for every file, but does something terrible where the content starts with its name."""

    marks: str = ""
    """Folder in which what happens only once leaves a mark."""

    def __call__(self, units: Sequence[Sent]) -> list[UnitResult]:
        return [self._one(unit) for unit in units]

    def _one(self, unit: Sent) -> UnitResult:
        assert isinstance(unit, InputFile | Loaded)
        loaded = isinstance(unit, Loaded)
        content = unit.data.decode() if isinstance(unit, Loaded) else unit.location.read_text(encoding="utf-8")
        if content.startswith("die"):
            os.kill(os.getpid(), signal.SIGKILL)
        if content.startswith("once"):
            mark = Path(self.marks, Path(unit.path).name)
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        if content.startswith("abort"):
            os.abort()
        if content.startswith("hang"):
            time.sleep(600)
        if content.startswith("print"):
            print("noise on standard output", flush=True)
            os.write(1, b"more noise\n")
        if content.startswith("fail"):
            return UnitResult((Failure(unit.path, "failed"),))
        return UnitResult((Record(unit.path, unit.path, f'"loaded": {str(loaded).lower()}}}'),))

    @property
    def variant(self) -> tuple[str, ...]:
        return ("misbehave",)
