"""Given names are added to surnames only where it is sure whose they are."""

from __future__ import annotations

import pytest

from summarize.calendar.riders import full_name, nation


@pytest.mark.parametrize(
    ("surname", "year", "name"),
    [
        ("Meintjes", 2022, "Louis Meintjes"),
        ("Froome", 2022, "Chris Froome"),
        ("Van der Poel", 2023, "Mathieu Van der Poel"),
        ("Vingegaard", 2022, "Jonas Vingegaard"),
        ("Vingegaard Hansen", 2022, "Vingegaard Hansen"),
        ("Esteban Chaves", 2019, "Esteban Chaves"),
        ("Yates", 2020, "Yates"),
        ("Merckx", 2022, "Merckx"),
        ("Meintjes", None, "Meintjes"),
        ("Louis Meintjes", 2022, "Louis Meintjes"),
        ("Nobody", 2022, "Nobody"),
        ("", 2022, ""),
    ],
)
def test_full_names(surname: str, year: int | None, name: str) -> None:
    assert full_name(surname, year) == name


@pytest.mark.parametrize(
    ("name", "code"),
    [("Primož Roglič", "si"), ("Roglic", "si"), ("Yates", "gb"), ("Martin", None), ("Tony Martin", "de"), ("", None)],
)
def test_countries(name: str, code: str | None) -> None:
    assert nation(name) == code
