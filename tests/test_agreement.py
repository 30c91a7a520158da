"""Agreement: when claims say the same, which wins, and what is overtaken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from articles_of_stages import article
from hypothesis import given
from hypothesis import strategies as st

from summarize.agreement import agree, settle
from summarize.calendar import Calendar, Stage
from summarize.events import Event, EventArticle, group
from summarize.facts import FACTS, Claim, Value


def event(*values: tuple[str, str, Value], official: Stage | None = None, kind: str = "report") -> Event:
    """An event whose articles (a path each) claim values of facts."""
    members = []
    for n, path in enumerate(dict.fromkeys(path for path, _, _ in values)):
        claims = tuple(Claim(fact, value, path, f"{fact} {value}", 0) for p, fact, value in values if p == path)
        text = " ".join(c.sentence for c in claims)
        made = article(text, path=path, published=f"2023-07-13T{17 + n}:00:00")
        members.append(EventArticle(made, kind, claims))  # type: ignore[arg-type]
    return Event("e", "Tour de France", 2023, 12, date(2023, 7, 13), (), tuple(members), official)


@pytest.mark.parametrize(
    ("fact", "one", "other", "same"),
    [
        ("distance_km", 154.4, 155, True),
        ("distance_km", 168.8, 169, True),
        ("distance_km", 169, 189, False),
        ("distance_km", 166.5, 167.5, False),
        ("distance_km", 18.6, 18.4, True),
        ("winner", "Ion Izagirre", "Izaguirre", True),
        ("winner", "Matteo Jorgenson", "Jorgensen", True),
        ("winner", "Adam Yates", "Simon Yates", False),
        ("winner", "Ilnoer Zakarin", "Ilnur Zakarin", True),
        ("winner", "Sergej Tsjernetski", "Sergey Chernetski", True),
        ("winner", "Aleksej Loetsenko", "Alexey Lutsenko", True),
        ("winner", "Aleksej Loetsenko", "Aleksandr Vlasov", False),
        ("winner", "Mathieu van der Poel", "Van der Poel", True),
        ("winner", "Jumbo-Visma", "Team Jumbo - Visma", True),
        ("third", "Søren Kragh Andersen", "Soren Kragh Andersen", True),
        ("second", "Daniel Martínez", "Daniel Felipe Martinez Poveda", True),
        ("second", "Primoz Roglic", "Primož Roglič", True),
        ("second", "Tadej Pogacar", "Primoz Roglic", False),
        ("finish", "Belleville", "Belleville-en-Beaujolais", True),
        ("finish", "San Marino", "San Martino di Castrozza", False),
        ("team", "Bora", "Bora-hansgrohe", True),
        ("team", "Trek-Segafredo", "Lotto-Soudal", False),
    ],
)
def test_when_two_values_say_the_same(fact: str, one: Value, other: Value, same: bool) -> None:
    assert agree(fact, one, other) is same
    assert agree(fact, other, one) is same


def test_statuses() -> None:
    facts = settle(
        event(
            ("a", "winner", "Izagirre"), ("b", "winner", "Ion Izagirre"), ("c", "winner", "Ion Izaguirre"),
            ("a", "second", "Burgaudeau"),
            ("a", "distance_km", 169.0), ("b", "distance_km", 189.0), ("c", "distance_km", 168.8),
        )
    )  # fmt: skip
    assert (facts["winner"].value, facts["winner"].status) == ("Ion Izagirre", "agreed")
    assert (facts["second"].value, facts["second"].status) == ("Mathieu Burgaudeau", "single")
    distance = facts["distance_km"]
    assert (distance.value, distance.status, distance.disputed) == (168.8, "disputed", True)
    assert sorted(float(c.value) for c in distance.claims) == [168.8, 169.0, 189.0]
    assert list(facts) == [name for name in FACTS if name in facts]
    assert "third" not in facts


@pytest.mark.parametrize(
    ("spelt", "shown"),
    [
        (("Ilnoer Zakarin", "Ilnur Zakarin"), "Ilnur Zakarin"),
        (("Ilnoer Zakarin", "Ilnoer Zakarin", "Ilnur Zakarin"), "Ilnur Zakarin"),
        (("Ilnoer Zakarin",), "Ilnoer Zakarin"),
        (("Jan Nobodi", "Jan Nobody"), "Jan Nobodi"),
    ],
)
def test_a_spelling_of_the_list_of_riders_is_shown_where_a_source_has_it(spelt: tuple[str, ...], shown: str) -> None:
    claims = [(f"{number}", "winner", name) for number, name in enumerate(spelt)]
    winner = settle(event(*claims))["winner"]
    assert (winner.value, winner.disputed) == (shown, False)


def test_the_calendar_is_official_but_a_dispute_stays_visible() -> None:
    official = Stage(
        "Tour de France", 2023, 12, date(2023, 7, 13), "Roanne", "Belleville-en-Beaujolais", 168.8,
        winner="Ion Izagirre Insausti", finish_names=("Belleville-en-Beaujolais",),
    )  # fmt: skip
    facts = settle(
        event(
            ("a", "winner", "Ion Izagirre"), ("a", "distance_km", 169.0), ("b", "distance_km", 189.0), official=official
        )
    )
    assert (facts["winner"].value, facts["winner"].status, facts["winner"].disputed) == (
        "Ion Izagirre",
        "official",
        False,
    )
    assert (facts["distance_km"].value, facts["distance_km"].status, facts["distance_km"].disputed) == (
        168.8,
        "official",
        True,
    )
    assert (facts["start"].value, facts["start"].status, facts["start"].claims) == ("Roanne", "official", ())


def test_the_next_stage_comes_from_the_calendar_else_from_the_articles() -> None:
    claims = event(("a", "next_stage", "Stage 13, Châtillon - Grand Colombier"))
    assert settle(claims)["next_stage"].status == "single"
    (with_calendar,) = group(
        [article("Ion Izagirre won stage 12 of the Tour de France ahead of the peloton.", published="2023-07-13")],
        Calendar.shipped(),
    ).events
    fact = settle(with_calendar)["next_stage"]
    assert (fact.status, fact.value) == (
        "official",
        "Stage 13, Châtillon-sur-Chalaronne - Grand Colombier (137.8 km), 2023-07-14",
    )


def test_a_disqualified_winner_is_overtaken() -> None:
    early = article(
        """Elia Viviani heeft de derde etappe van de Giro d'Italia gewonnen. De Italiaan was in Orbetello de snelste
        van het
        peloton.""",
        language="nl", published="2019-05-13T17:46:00", path="early",
    )  # fmt: skip
    late = article(
        """Niet Elia Viviani, maar Fernando Gaviria heeft de derde etappe van de Giro d'Italia gewonnen. Viviani werd
        na de
        sprint van het peloton gedeklasseerd.""",
        language="nl", published="2019-05-13T18:27:00", path="late",
    )  # fmt: skip
    for articles in ([early, late], [late, early]):
        (found,) = group(articles, Calendar.shipped()).events
        winner = settle(found)["winner"]
        assert (winner.value, winner.status, winner.disputed) == ("Fernando Gaviria", "single", False)
        assert [(c.value, c.overtaken) for c in winner.claims] == [("Elia Viviani", True), ("Fernando Gaviria", False)]


def test_previews_tell_no_result() -> None:
    assert "winner" not in settle(event(("a", "winner", "Tadej Pogacar"), kind="preview"))


def test_the_team_is_the_winners() -> None:
    facts = settle(
        event(
            ("a", "winner", "Viviani"),
            ("a", "team", "Sky"),
            ("b", "winner", "Gaviria"),
            ("b", "team", "UAE"),
            ("c", "winner", "Gaviria"),
        )
    )
    assert (facts["winner"].value, facts["team"].value, facts["team"].status) == ("Gaviria", "UAE", "single")


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from([154.0, 154.4, 155.0, 169.0, 189.0])), min_size=1, max_size=8
    )
)
def test_a_settled_distance_is_one_that_somebody_claimed(values: list[tuple[str, float]]) -> None:
    fact = settle(event(*((path, "distance_km", v) for path, v in values)))["distance_km"]
    assert fact.value in {v for _, v in values}
    assert fact.disputed == (fact.status == "disputed")
    assert len(fact.claims) == len(values)
    if fact.status == "agreed":
        assert len({path for path, _ in values}) >= 2


def test_sources_that_round_the_calendar_s_figure_differently_do_not_disagree() -> None:
    official = Stage("Tour de France", 2023, 12, date(2023, 7, 13), distance_km=168.6)
    fact = settle(event(("a", "distance_km", 168), ("b", "distance_km", 169), official=official))["distance_km"]
    assert fact.status == "official"
    assert not fact.disputed


def test_a_place_of_the_next_stage_is_no_disagreement() -> None:
    stage = Stage("Tour de France", 2023, 12, date(2023, 7, 13), start="Roanne", finish="Belleville")
    following = Stage("Tour de France", 2023, 13, date(2023, 7, 14), start="Bourg", finish="Grand Colombier")
    told = event(("a", "start", "Roanne"), ("b", "start", "Bourg"), ("c", "finish", "Macon"), official=stage)
    facts = settle(replace(told, following=following))
    assert not facts["start"].disputed
    assert facts["finish"].disputed


def test_a_flash_gives_way_to_the_report() -> None:
    flash = article("Piet Smit wins stage 12 in Mende. More to follow.", path="flash.txt")
    report = article("Jan Peeters won stage 12 in Mende by the width of a tyre.", path="report.txt")
    members = tuple(
        EventArticle(told, "report", (Claim("winner", name, told.path, told.sentences[0].text, 0),))
        for told, name in ((flash, "Piet Smit"), (report, "Jan Peeters"))
    )
    fact = settle(Event("e", "Tour de France", 2023, 12, date(2023, 7, 13), (), members))["winner"]
    assert (fact.value, fact.disputed) == ("Jan Peeters", False)
    assert [c.value for c in fact.claims if c.overtaken] == ["Piet Smit"]
    alone = settle(Event("e", "Tour de France", 2023, 12, date(2023, 7, 13), (), members[:1]))["winner"]
    assert alone.value == "Piet Smit"


def test_nobody_is_second_to_himself_in_the_classification() -> None:
    facts = settle(
        event(("a", "gc_leader", "Ole Dahl"), ("b", "gc_leader", "Ole Dahl"), ("c", "gc_second", "Ole Dahl"))
    )
    assert "gc_leader" in facts and "gc_second" not in facts
