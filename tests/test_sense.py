"""What the guard sees of a translation that says something else than its original, or nothing at all."""

from __future__ import annotations

import pytest

from summarize.translation import guard
from summarize.translation.sense import broken, half_aside, invented_events, without_verb

LANGUAGES = ("nl", "en")


@pytest.mark.parametrize(
    ("source", "output", "lost"),
    [
        ("Om half twee ging in Dokkum de rit van start.", "At half past one in Dokkum the stage.", True),
        ("De finale gaat zaterdag tussen Gent en Brugge.", "The final on Saturday between Ghent and Bruges.", True),
        ("Om half twee ging in Dokkum de rit van start.", "At half past one the stage started in Dokkum.", False),
        ("De renners gaan morgen naar Sneek.", "Tomorrow the riders go to Sneek in the rain.", False),
        ("Winst voor Veenstra in de regen van Sneek", "Win for Veenstra in the rain of Sneek", False),  # a headline
        ("Een flinke domper voor Anna Veenstra.", "A blow for Anna Veenstra and her whole team.", False),
    ],
)
def test_a_sentence_has_a_verb(source: str, output: str, lost: bool) -> None:
    assert without_verb(source, output, LANGUAGES) is lost


@pytest.mark.parametrize(
    ("source", "output", "count"),
    [
        ("Veenstra gaf 0.40 toe op de concurrentie.", "Veenstra abandoned 0:40 to the competition.", 1),
        ("Veenstra gaf na een val de strijd op.", "Veenstra abandoned after a crash.", 0),
        ("De koers ontbrandde niet.", "The race did not start.", 1),
        ("Veenstra ging in een bocht onderuit.", "Veenstra crashed in a bend.", 0),
        ("De koers werd stilgelegd.", "The race was relegated after a fatal crash.", 2),
        ("Zij belandde in de vangrail.", "She ended up in the crash barrier.", 0),
        ("Zo blijft Veenstra leider.", "For example, Veenstra remains leader.", 1),
        ("Zo was er een lekke band.", "For example, there was a puncture.", 0),
    ],
)
def test_no_event_is_made_up(source: str, output: str, count: int) -> None:
    assert invented_events(source, output, LANGUAGES) == count


def test_half_a_letter_is_seen() -> None:
    assert broken("9 kilometer à 9,3%", "9 kilometres à 9.3.\ufffd")
    assert not broken("Een \ufffd in de bron", "A \ufffd in the source")


def test_doubts_cost() -> None:
    source = "Veenstra gaf 0.40 toe op de concurrentie."
    good, bad = (
        guard.assess(source, "Veenstra lost 0:40 to her rivals."),
        guard.assess(source, "Veenstra abandoned 0:40."),
    )
    assert (good.doubts, bad.doubts) == (0, 1)
    assert bad.cost == pytest.approx(good.cost + guard.WEIGHTS["sense"])


@pytest.mark.parametrize(
    ("source", "output", "half"),
    [
        ("Veenstra - die knap daalde - en De Wit sloten aan.", "Veenstra joined a masterclass - and De Wit.", True),
        ("Veenstra - die knap daalde - en De Wit sloten aan.", "Veenstra - who descended well - joined.", False),
        ("Veenstra - die knap daalde - en De Wit sloten aan.", "Veenstra, who descended well, joined.", False),
        ("Veenstra won - eindelijk.", "Veenstra won - at last.", False),
        ("Veenstra (22) won.", "Veenstra (22 won.", True),
        ("Sneek - Dokkum (150 km", "Sneek - Dokkum (150 km", False),
    ],
)
def test_an_aside_has_both_its_marks(source: str, output: str, half: bool) -> None:
    assert half_aside(source, output) is half
    assert half <= guard.assess(source, output).doubts
