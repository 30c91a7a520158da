"""Numbers that a translation lost come back where their place is sure, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.translation.figures import restore
from summarize.translation.numbers import compare

PAIR = ("nl", "en")


@pytest.mark.parametrize(
    ("source", "output", "restored"),
    [
        # garbled
        ("om 10.00 uur begon het", "it began at 1:00", "it began at 10:00"),
        ("783.562 mensen, van wie 755.688 mannen", "783:562 people, 755.68 men", "783,562 people, 755,688 men"),
        ("van 1995-1996", "of 199596", "of 1995-1996"),
        ("het seizoen 1995-1996", "the season 1995196", "the season 1995-1996"),
        ("Zij won met 6-4, 3-6 en 7-5.", "She won 6-4, 3-6 and 1-0.", "She won 6-4, 3-6 and 7-5."),
        ("Hij won in twee sets: 6-2 6-2.", "He won in two sets: 6-2.", "He won in two sets: 6-2 6-2."),
        ("Zij verloren: 6-4 7-5.", "They lost: 6-4 7,000.", "They lost: 6-4 7-5."),
        # beside another
        ("met 2.220 en 2.207 punten", "with 2,207 points", "with 2,220 and 2,207 points"),
        ("tussen 12 en 15 graden", "around 12 degrees", "around 12 and 15 degrees"),
        ("de oorlog (1618-1648)", "the war (1648)", "the war (1618-1648)"),
        ("een doek van 136 bij 54 cm", "a canvas of 136", "a canvas of 136 by 54"),
        ("41 van de 43 schoten", "41 shots", "41 of the 43 shots"),
        ("Het duurt zeven tot acht jaar.", "It takes seven years.", "It takes seven to eight years."),
        ("anderhalf keer zoveel", "and a half times as much", "one and a half times as much"),
        # of a name
        ("vanwege het COVID-19-virus", "because of the COVID virus", "because of the COVID-19 virus"),
        # left in Dutch, or dropped before a name
        ("van de Zevende Vloot", "of the Zevende Fleet", "of the Seventh Fleet"),
        ("voor vijf renners", "for vijf riders", "for five riders"),
        ("in de Tweede Slag bij Ieper", "in the Slag at Ypres", "in the Second Slag at Ypres"),
        # the year of a date
        ("Op 24 december 1871 won hij.", "On 24 December he won.", "On 24 December 1871 he won."),
        ("Hij won in mei 2019 een rit.", "He won a stage in May.", "He won a stage in May 2019."),
        # dates and times with their prepositions
        ("Hij won in 1922 de rit.", "He won the stage.", "He won the stage in 1922."),
        ("Hij werd op 20 maart 1990 geboren.", "He was born.", "He was born on 20 March 1990."),
        ("Hij stond 17 januari in de lift.", "He was in the lift.", "He was in the lift on 17 January."),
        (
            "Hij overleed in november 2017 als gevolg van een val.",
            "He died as a result of a crash.",
            "He died as a result of a crash in November 2017.",
        ),
        ("Sinds mei 2019 fietst hij.", "He rides.", "He rides since May 2019."),
        ("De start is om 12.40 uur in Gent.", "The start is in Ghent.", "The start is in Ghent at 12:40."),
        (
            "Al won hij in 1922 (in Parijs), hij verloor in 1923.",
            "Though he won (in Paris), he lost in 1923.",
            "Though he won in 1922 (in Paris), he lost in 1923.",
        ),
        ("Hij hielp in 1922 zowel mij als haar.", "He helped both me and her.", "He helped both me and her in 1922."),
    ],
)
def test_what_is_lost_comes_back(source: str, output: str, restored: str) -> None:
    assert restore(source, output) == restored
    assert restore(source, restored) == restored


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Hij zei in 1922 dat hij kwam.", "He said that he came."),  # he did not come in 1922
        ("Toen hij in 1922 won, juichte hij, en ik ook.", "When he won he cheered, and me too."),  # commas differ
        ("Op 20 maart 2021 won hij.", "In March he won."),  # half of the date is there
        ("Op 3 mei 2019 won hij, op 4 mei niet.", "On 3 May he won, on 3 May not."),  # which one?
        ("In mei 2019 won hij.", "On 4 May he won."),  # another date
        ("Het lag in 1500 meter diepte.", "It lay deep."),  # no year
        ("van 783.562 en 783.563", "of 783:56"),  # either may be meant
        ("met 83 renners", "with riders"),
        ("de zesde rit", "the stage"),
    ],
)
def test_what_is_not_sure_stays(source: str, output: str) -> None:
    assert restore(source, output) == output
    assert compare(source, output, PAIR).lost


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_goes(source: str, output: str) -> None:
    restored = restore(source, output)
    assert len(compare(source, restored, PAIR).lost) <= len(compare(source, output, PAIR).lost)
