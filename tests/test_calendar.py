"""The race calendar: what ships, how a user adds races, and what goes wrong in a user's file."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from summarize.calendar import COLUMNS, Calendar, spellings
from summarize.calendar.build import build
from summarize.errors import UsageError


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar.shipped()


def test_a_stage_of_the_tour(calendar: Calendar) -> None:
    stage = calendar.stage("Tour de France", 2023, 12)
    assert stage is not None
    assert (stage.date, stage.start, stage.finish) == (date(2023, 7, 13), "Roanne", "Belleville-en-Beaujolais")
    assert stage.distance_km == 168.8
    assert (stage.winner, stage.leader) == ("Ion Izagirre Insausti", "Jonas Vingegaard")
    following = calendar.next_stage(stage)
    assert following is not None and (following.stage, following.finish) == (13, "Grand Colombier")


def test_giro_and_vuelta_have_no_winners_because_the_sources_have_none(calendar: Calendar) -> None:
    for race in ("Giro d'Italia", "Vuelta a España"):
        assert {(s.winner, s.leader) for s in calendar.edition(race, 2019)} == {(None, None)}
        assert len(calendar.edition(race, 2019)) == 21


def test_a_team_wins_a_team_time_trial(calendar: Calendar) -> None:
    stage = calendar.stage("Tour de France", 2019, 2)
    assert stage is not None and stage.is_team_time_trial
    assert stage.winner is not None and "Jumbo" in stage.winner


def test_a_prologue_is_stage_0_and_counts_as_a_time_trial(calendar: Calendar) -> None:
    stage = calendar.stage("Tour de France", 2012, 0)
    assert stage is not None and stage.is_time_trial and stage.start == "Liège"


def test_annulled_and_abandoned_stages_have_no_winner(calendar: Calendar) -> None:
    stage = calendar.stage("Tour de France", 2019, 19)
    assert stage is not None and stage.winner is None and stage.leader == "Egan Bernal"


def test_the_womens_tour_is_a_race_of_its_own(calendar: Calendar) -> None:
    stage = calendar.stage("Tour de France Femmes", 2022, 8)
    assert stage is not None
    assert (stage.date, stage.winner) == (date(2022, 7, 31), "Annemiek van Vleuten")
    assert [s.date.day for s in calendar.edition("Tour de France Femmes", 2024)][:4] == [12, 13, 13, 14]


def test_lookups_by_day_winner_place_and_number(calendar: Calendar) -> None:
    assert [(s.race, s.stage) for s in calendar.on(date(2019, 5, 13))] == [("Giro d'Italia", 3)]
    assert calendar.on(date(2019, 5, 13), "Tour de France") == ()
    assert ("Tour de France", 2023, 12) in {(s.race, s.edition, s.stage) for s in calendar.won_by("Izagirre")}
    assert (2019, 3) in {(s.edition, s.stage) for s in calendar.with_place("Orbetello")}
    assert all(s.stage == 12 for s in calendar.numbered("Tour de France", 12))
    assert {s.finish for s in calendar.last_stages("Tour de France") if s.edition == 2019} == {"Paris"}
    assert calendar.stage("Tour de France", 1915, 1) is None
    assert calendar.won_by("") == ()


def test_rest_days(calendar: Calendar) -> None:
    assert calendar.is_rest_day("Giro d'Italia", date(2019, 5, 20))
    assert not calendar.is_rest_day("Giro d'Italia", date(2019, 5, 21))
    assert not calendar.is_rest_day("Giro d'Italia", date(2019, 8, 1))


def test_places_have_their_names_in_other_languages(calendar: Calendar) -> None:
    stage = calendar.stage("Tour de France", 2019, 1)
    assert stage is not None and {"Brussels", "Bruxelles", "Brussel"} <= set(stage.start_names)
    assert spellings("Anterselva / Antholz") == ("Anterselva", "Antholz")


def test_stages_of_an_edition_are_in_order_and_numbered_without_gaps(calendar: Calendar) -> None:
    for race in ("Tour de France", "Giro d'Italia", "Vuelta a España"):
        for year in range(2010, 2025):
            stages = calendar.edition(race, year)
            numbers = [s.stage for s in stages]
            assert numbers == sorted(set(numbers), key=lambda n: n or 0), (race, year)
            assert all(a.date < b.date for a, b in pairwise(stages)), (race, year)


def test_a_users_file_adds_and_replaces(calendar: Calendar, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "race,edition,stage,date,start,finish,distance_km,kind\n"
        'Ronde van de Lage Landen,2025,2,2025-05-08,Middelburg,Bergen op Zoom,"174,5",flat\n'
        "Kermiskoers,,,2025-05-09,,,,\n"
        "Tour de France,2023,12,2023-07-13,Roanne,Belleville,170,\n",
        encoding="utf-8-sig",
    )
    more = calendar.with_file(path)
    stage = more.stage("Ronde van de Lage Landen", 2025, 2)
    assert stage is not None and stage.distance_km == 174.5 and stage.finish == "Bergen op Zoom"
    kermis = more.stage("Kermiskoers", 2025, None)
    assert kermis is not None and kermis.finish is None and kermis.edition == 2025
    tour = more.stage("Tour de France", 2023, 12)
    assert tour is not None and tour.distance_km == 170
    assert len(more) == len(calendar) + 2
    assert calendar.stage("Kermiskoers", 2025, None) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("race,stage\nTour,1\n", "lacks date"),
        ("race,date\nTour,7 July\n", "line 2: '7 July' is no date"),
        ("race,date,stage\nTour,2025-07-05,one\n", "line 2: 'one' is no stage number"),
        ("race,date,distance_km\nTour,2025-07-05,far\n", "line 2"),
        ("race,date\n,2025-07-05\n", "line 2: the race is missing"),
    ],
)
def test_a_users_file_with_a_fault_names_the_line(calendar: Calendar, tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        calendar.with_file(path)


def test_a_missing_or_binary_file_is_an_error_for_a_person(calendar: Calendar, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        calendar.with_file(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"race,date\nGiro d\xe9,2025-01-01\n")
    with pytest.raises(UsageError, match="UTF-8"):
        calendar.with_file(tmp_path / "latin.csv")


def test_the_shipped_file_is_what_the_script_builds(shared: Path, root: Path) -> None:
    rows = build(shared / "facts")
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    shipped = root / "summarize" / "calendar" / "stages.csv"
    assert shipped.read_text(encoding="utf-8") == out.getvalue()
    assert shipped.stat().st_size < 1_500_000
