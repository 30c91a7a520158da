"""Grouping: which articles of our own go together, with the calendar and without, and what can never happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from articles_of_stages import article
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.articles import Article
from summarize.calendar import Calendar
from summarize.events import Grouping, group

REPORT = article(
    """Ion Izagirre (Cofidis) won stage 12 of the Tour de France in Belleville after a solo of 30 kilometres.
    Mathieu Burgaudeau was second and Matteo Jorgenson third on the 169km stage from Roanne.
    Jonas Vingegaard keeps the yellow jersey.""",
    title="Izagirre solos to stage 12 win",
    published="2023-07-13T18:05:00+02:00",
    path="report.txt",
)
UNDATED = article(
    """The Cofidis rider Ion Izaguirre took his second Tour de France stage win on stage 12, on the hilly 189km route
        from
    Roanne. Burgaudeau and Jorgensen came home a minute behind to finish second and third.""",
    path="undated.txt",
)
OTHER_YEAR = article(
    """Tom Pidcock heeft de twaalfde etappe van de Tour de France gewonnen. De Brit van Ineos was op Alpe d'Huez de
        sterkste.
    Louis Meintjes werd tweede, Chris Froome eindigde als derde. Jonas Vingegaard behield de gele trui.""",
    language="nl",
    path="pidcock.txt",
)
REACTION = article(
    """Mathieu Burgaudeau was niet blij met zijn tweede plaats in de twaalfde etappe van de Tour de France.
    ‘Izagirre was gewoon beter’, zei de Fransman van TotalEnergies in het peloton.""",
    title="Burgaudeau: ’Izagirre was beter’",
    language="nl",
    published="2023-07-13T20:30:00+02:00",
    path="reaction.txt",
)
NEXT_DAY = article(
    """Michal Kwiatkowski won stage 13 of the Tour de France on the Grand Colombier on Friday.
    Jonas Vingegaard still leads Tadej Pogacar overall.""",
    published="2023-07-14T18:00:00+02:00",
    path="next.txt",
)
FOOTBALL = article(
    "Barcelona won the first leg of the final in Paris. The second leg is on Friday.",
    published="2023-07-13",
    path="f.txt",
)
TRANSFER = article(
    """Bauke Mollema blijft nog een jaar bij de ploeg Trek. De renner won eerder twee etappes in de Tour de France,
        zegt zijn
    ploegleider. Het peloton kent hem als een aanvaller.""",
    language="nl",
    published="2023-07-13T12:00:00",
    path="transfer.txt",
)
CLASSIC = article(
    """Vincenzo Nibali heeft Milaan-Sanremo gewonnen. De Italiaan sprong op de Poggio weg en bleef het peloton net voor.
    Caleb Ewan won de sprint om de tweede plaats.""",
    language="nl",
    published="2018-03-17T17:20:00+01:00",
    path="classic.txt",
)
UNLISTED = article(
    """Dylan Groenewegen won stage three of the Tour of Britain in Newcastle, his second victory of the week.
    The sprinter beat Davide Cimolai at the end of the 182.2km stage from Berwick. The peloton was together.""",
    published="2019-09-09T16:00:00+01:00",
    path="britain.txt",
)
ALL = (REPORT, UNDATED, OTHER_YEAR, REACTION, NEXT_DAY, FOOTBALL, TRANSFER, CLASSIC, UNLISTED)


def shape(grouping: Grouping) -> set[tuple[str, tuple[str, ...]]]:
    return {(e.id, tuple(sorted(m.article.path for m in e.articles))) for e in grouping.events}


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar.shipped()


def test_stages_and_editions_with_the_calendar(calendar: Calendar) -> None:
    grouping = group(ALL, calendar)
    assert shape(grouping) == {
        ("milan-san-remo-2018", ("classic.txt",)),
        ("tour-of-britain-2019-stage-3", ("britain.txt",)),
        ("tour-de-france-2022-stage-12", ("pidcock.txt",)),
        ("tour-de-france-2023-stage-12", ("reaction.txt", "report.txt", "undated.txt")),
        ("tour-de-france-2023-stage-13", ("next.txt",)),
    }
    assert [e.id for e in grouping.events] == [
        "milan-san-remo-2018",
        "tour-of-britain-2019-stage-3",
        "tour-de-france-2022-stage-12",
        "tour-de-france-2023-stage-12",
        "tour-de-france-2023-stage-13",
    ]
    assert {u.path for u in grouping.unassigned} == {"f.txt", "transfer.txt"}
    assert all(u.reason for u in grouping.unassigned)
    event = grouping.events[3]
    assert event.date == date(2023, 7, 13)
    assert event.official is not None and event.following is not None and event.following.stage == 13
    assert event.evidence[0].startswith("calendar: Tour de France 2023, stage 12")
    assert {m.article.path: m.kind for m in event.articles}["reaction.txt"] == "reaction"
    assert {m.article.path: m.kind for m in event.articles}["report.txt"] == "report"


def test_without_the_calendar(calendar: Calendar) -> None:
    found = shape(group(ALL, None))
    assert ("tour-de-france-2023-stage-12", ("reaction.txt", "report.txt", "undated.txt")) in found
    assert ("tour-de-france-2023-stage-13", ("next.txt",)) in found
    assert ("milan-san-remo-2018", ("classic.txt",)) in found
    assert all(paths == ("pidcock.txt",) for _, paths in found if "pidcock.txt" in paths)


COBBLES = article(
    """Elisa de Vries heeft zondag Parijs-Roubaix gewonnen. De renster van SD Worx reed op de kasseien weg en zag haar
        voorsprong in het peloton oplopen.
    ‘Ik kon het niet geloven’, zei de wereldkampioene. Haar ploeggenote Anna Maas werd tweede.""",
    title="De Vries wint Parijs-Roubaix na solo",
    language="nl",
    published="2021-10-03T18:00:00+02:00",
    path="cobbles-she.txt",
)
COBBLES_OF_MEN = article(
    """Peter Jansen won Paris-Roubaix on Sunday, the 258 km from Compiègne to Roubaix, after he had attacked on the
        cobbles. His team-mate Jan Smit was second.
    He said that his legs were good all day; the peloton never saw him again.""",
    title="Jansen wins Paris-Roubaix alone",
    published="2021-10-03T18:30:00+02:00",
    path="cobbles-he.txt",
)


def test_a_race_of_women_is_not_that_of_men(calendar: Calendar) -> None:
    """On one day, over one course, by one name: who rides is told by "she" and "he"."""
    assert shape(group([COBBLES, COBBLES_OF_MEN], calendar)) == {
        ("paris-roubaix-women-2021", ("cobbles-she.txt",)),
        ("paris-roubaix-2021", ("cobbles-he.txt",)),
    }


def test_an_interview_with_a_woman_does_not_go_to_the_race_of_men(calendar: Calendar) -> None:
    interview = article(
        """Anna Maas en Elisa de Vries vielen elkaar om de hals. ‘Zij was de sterkste’, zei Maas over haar ploeggenote
            in het peloton, Peter Jansen had haar nog succes gewenst, en Jan Smit ook.""",
        language="nl",
        published="2021-10-03T20:00:00+02:00",
        path="interview.txt",
    )
    men = ("paris-roubaix-2021", ("cobbles-he.txt",))
    assert shape(group([COBBLES_OF_MEN, interview], calendar)) == {men}
    women = ("paris-roubaix-women-2021", ("cobbles-she.txt", "interview.txt"))
    assert shape(group([COBBLES, COBBLES_OF_MEN, interview], calendar)) == {men, women}


def test_days_later_a_one_day_race_is_still_spoken_of(calendar: Calendar) -> None:
    later = article(
        """Peter Jansen has been home for three days since Paris-Roubaix, and he still cleans the mud off his bike.
        Jan Smit, second in the velodrome, came to see him; the peloton rests.""",
        published="2021-10-06T09:00:00+02:00",
        path="later.txt",
    )
    found = shape(group([COBBLES_OF_MEN, later], calendar))
    assert found == {("paris-roubaix-2021", ("cobbles-he.txt", "later.txt"))}


def test_an_undated_report_of_a_one_day_race_is_known_by_its_winner(calendar: Calendar) -> None:
    """Whatever it calls the finish: the town, or the velodrome."""
    undated = article(
        """Peter Jansen heeft Parijs-Roubaix gewonnen, over 258 kilometer van Compiègne naar Hem. Hij bleef Jan
            Smit en het peloton voor.""",
        language="nl",
        path="undated.txt",
    )
    found = shape(group([COBBLES_OF_MEN, undated], calendar))
    assert found == {("paris-roubaix-2021", ("cobbles-he.txt", "undated.txt"))}


def test_a_photo_finish_told_both_ways_is_one_race(calendar: Calendar) -> None:
    """The paper without a date was right, the first one was not: one brief that says so, not two."""
    first = article(
        """Peter Jansen heeft de Amstel Gold Race gewonnen. Hij klopte Jan Smit in een sprint van het peloton.
        Ole Dahl werd derde, Adam Bates en Per Lund bleven daar achter.""",
        language="nl",
        published="2022-04-10T16:40:00+02:00",
        path="first.txt",
    )
    later = article(
        """Jan Smit heeft de Amstel Gold Race gewonnen, na een foto van de sprint van het peloton.
        Peter Jansen werd tweede. Ole Dahl werd derde, Adam Bates en Per Lund waren verslagen.""",
        language="nl",
        path="later.txt",
    )
    assert shape(group([first, later], calendar)) == {("amstel-gold-race-2022", ("first.txt", "later.txt"))}


def test_a_place_in_passing_is_no_disagreement(calendar: Calendar) -> None:
    passing = article(
        """Izagirre won stage 12 of the Tour de France on Thursday.
        The peloton had slept on the climb to Chiroubles, in the sun.""",
        published="2023-07-13T19:00:00+02:00",
        path="passing.txt",
    )
    (event,) = group([REPORT, passing], calendar).events
    finishes = {str(c.value) for m in event.articles for c in m.claims if c.fact == "finish"}
    assert finishes <= {"Belleville"}


def test_a_one_day_race_has_no_stage(calendar: Calendar) -> None:
    (event,) = group([CLASSIC], calendar).events
    assert (event.race, event.edition, event.stage, event.date) == ("Milan-San Remo", 2018, None, date(2018, 3, 17))


def test_published_the_morning_after(calendar: Calendar) -> None:
    late = replace(REPORT, published=REPORT.published.replace(day=14, hour=7))  # type: ignore[union-attr]
    (event,) = group([late], calendar).events
    assert (event.stage, event.date) == (12, date(2023, 7, 13))


def test_published_days_later_but_sure_of_its_stage(calendar: Calendar) -> None:
    late = replace(REPORT, published=REPORT.published.replace(day=17))  # type: ignore[union-attr]
    (event,) = group([late], calendar).events
    assert (event.stage, event.date) == (12, date(2023, 7, 13))


def test_a_preview_belongs_to_the_stage_that_it_looks_forward_to(calendar: Calendar) -> None:
    preview = article(
        """Stage 20 of the Giro d'Italia is a time trial from Tarvisio to Monte Lussari, 18.6 kilometres for the riders.
        Geraint Thomas will wear the pink jersey and will be the last man to start in the mountains on Saturday.""",
        title="Giro d'Italia stage 20 preview: a mountain to decide it all",
        published="2023-05-26",
    )
    (event,) = group([preview], calendar).events
    assert (event.race, event.stage, event.date) == ("Giro d'Italia", 20, date(2023, 5, 27))
    assert event.articles[0].kind == "preview"


def test_his_second_stage_is_not_stage_2() -> None:
    first = article(
        "Nairo Quintana heeft de tweede etappe van de Vuelta gewonnen. In Calpe bleef hij het peloton voor.",
        language="nl", published="2019-08-25", path="2.txt",
    )  # fmt: skip
    later = article(
        """Sam Bennett heeft in Oviedo zijn tweede etappe in deze Vuelta gewonnen. De sprinter ontweek een valpartij.
        Zondag volgt de vijftiende etappe met vier beklimmingen voor het peloton.""",
        language="nl", published="2019-09-07", path="14.txt",
    )  # fmt: skip
    for calendar in (None, Calendar.shipped()):
        assert {(e.stage, len(e.articles)) for e in group([later, first], calendar).events} == {(2, 1), (14, 1)}


def test_a_stage_without_a_number_gets_it_from_its_neighbours() -> None:
    articles = [
        article(
            f"{rider} won stage {n} of the Tour of Nowhere in {place} on the line ahead of the peloton.",
            published=day,
            path=f"{n}.txt",
        )
        for n, day, rider, place in (
            (2, "2025-05-08", "Emil Sandgaard", "Zlin"),
            (4, "2025-05-10", "Luca Barattini", "Brno"),
        )
    ]
    third = "Joris Vredeveld won the stage of the Tour of Nowhere to Olomouc. The sprinter beat the peloton."
    articles.append(article(third, published="2025-05-09", path="3.txt"))
    found = [(e.stage, e.articles[0].article.path) for e in group(articles, None).events]
    assert found == [(2, "2.txt"), (3, "3.txt"), (4, "4.txt")]


def test_nothing_to_group(calendar: Calendar) -> None:
    assert group([], calendar) == Grouping((), ())


def test_the_seed_articles_give_two_events(shared: Path, calendar: Calendar) -> None:
    from summarize.preparing import prepare
    from summarize.reading import read

    articles = [prepare(a) for a in read([str(shared / "seeds")]) if isinstance(a, Article)]
    grouping = group([a for a in articles if isinstance(a, Article)], calendar)
    assert [(e.race, e.edition, e.stage, len(e.articles)) for e in grouping.events] == [
        ("Tour de France", 2022, 12, 1),
        ("Tour de France", 2023, 12, 3),
    ]
    assert grouping.unassigned == ()


@given(st.permutations(ALL), st.booleans(), st.integers(min_value=2, max_value=len(ALL)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_the_articles_does_not_matter(order: Sequence[Article], listed: bool, count: int) -> None:
    calendar = Calendar.shipped() if listed else None
    some = [a for a in ALL if a in order[:count]]
    shuffled = list(order[:count])
    assert group(shuffled, calendar) == group(some, calendar)


@given(st.permutations([f"{n:02}.txt" for n in range(len(ALL))]))
@settings(max_examples=10, deadline=None)
def test_file_names_do_not_matter(names: Sequence[str]) -> None:
    renamed = [replace(a, path=n, id=n) for a, n in zip(ALL, names, strict=True)]
    new = {a.path: n for a, n in zip(ALL, names, strict=True)}
    expected = {(e, tuple(sorted(new[p] for p in paths))) for e, paths in shape(group(ALL, None))}
    assert shape(group(renamed, None)) == expected


STAGE = st.tuples(
    st.sampled_from(["Tour de France", "Giro d'Italia", "Tour of Nowhere"]),
    st.integers(min_value=1, max_value=21),
    st.sampled_from([None, "2019-05-13", "2019-07-20", "2023-07-13"]),
    st.sampled_from(["Emil Sandgaard", "Luca Barattini", "Ion Izagirre"]),
    st.sampled_from(["Zlin", "Brno", "Orbetello", "Belleville"]),
)


@given(st.lists(STAGE, min_size=1, max_size=12), st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_event_holds_two_stages_two_races_or_two_finishes(
    stages: list[tuple[str, int, str | None, str, str]], listed: bool
) -> None:
    articles = [
        article(
            f"{rider} won stage {number} of the {race} on the road from Lyon to {finish}. The peloton was behind him.",
            published=day,
            path=f"{n}.txt",
        )
        for n, (race, number, day, rider, finish) in enumerate(stages)
    ]
    grouping = group(articles, Calendar.shipped() if listed else None)
    seen = [m.article.path for e in grouping.events for m in e.articles] + [u.path for u in grouping.unassigned]
    assert sorted(seen) == sorted(a.path for a in articles)
    for event in grouping.events:
        for fact in ("stage", "race"):
            assert len({c.value for m in event.articles for c in m.claims if c.fact == fact}) <= 1, fact
        if event.official is None:
            assert len({c.value for m in event.articles for c in m.claims if c.fact == "finish"}) <= 1
    assert len({e.id for e in grouping.events}) == len(grouping.events)


INTERVIEW = """‘Dit had ik nooit durven dromen’, zei Ion Izagirre voor de camera. Hij dacht aan het peloton.
Over Mathieu Burgaudeau was hij kort: ‘Die keek te veel om.’ Matteo Jorgenson kwam hem aan de bus feliciteren."""


def placed(grouping: Grouping, path: str) -> str | None:
    return next((e.id for e in grouping.events for m in e.articles if m.article.path == path), None)


@pytest.mark.parametrize(("published", "joins"), [("2023-07-13T20:00:00", True), ("2023-07-17T20:00:00", False)])
def test_an_interview_goes_to_the_stage_of_its_riders_and_its_day(
    calendar: Calendar, published: str, joins: bool
) -> None:
    interview = article(INTERVIEW, language="nl", published=published, title="Izagirre in tranen", path="i.txt")
    event = placed(group([REPORT, NEXT_DAY, interview], calendar), "i.txt")
    assert event == ("tour-de-france-2023-stage-12" if joins else None)


def test_one_rider_in_common_does_not_make_a_stage(calendar: Calendar) -> None:
    tennis = article(
        "Matteo Berrettini won zijn partij op het gravel. Ion Izagirre zat op de tribune.",
        language="nl",
        published="2023-07-13T20:00:00",
        path="tennis.txt",
    )
    assert placed(group([REPORT, tennis], calendar), "tennis.txt") is None


def test_riders_tell_the_edition_of_an_article_without_a_date(calendar: Calendar) -> None:
    text = """Alberto Bettiol won stage 18 of the Giro d'Italia in Treviso, ahead of Magnus Cort and Simone Consonni.
    Joao Almeida, Jai Hindley and Mikel Landa finished in the peloton."""
    assert placed(group([article(text, path="a.txt")], calendar), "a.txt") == "giro-d-italia-2022-stage-18"
    old = text.replace("Alberto Bettiol", "Mario Cipollini").replace("Magnus Cort", "Laurent Jalabert")
    old = old.replace("Joao Almeida", "Marco Pantani").replace("Jai Hindley", "Ivan Gotti")
    old = old.replace("Mikel Landa", "Roberto Heras").replace("Simone Consonni", "Gilberto Simoni")
    assert placed(group([article(old, path="a.txt")], calendar), "a.txt") == "giro-d-italia-1999-stage-18"


def test_what_is_written_before_breakfast_is_about_the_day_before(calendar: Calendar) -> None:
    text = """Geraint Thomas has left the Giro d'Italia after a crash in the neutralised start in Enna. The Welshman
    lost twelve minutes on Etna, where Jonathan Caicedo won the stage."""
    thomas = article(text, published="2020-10-06T08:12:00", path="a.txt")
    assert placed(group([thomas], calendar), "a.txt") == "giro-d-italia-2020-stage-3"


@pytest.mark.parametrize("title", ["Sport op tv: dit zie je zaterdag", "Podcast: de Tour van dag tot dag"])
def test_a_guide_to_television_is_no_report(calendar: Calendar, title: str) -> None:
    text = """De twaalfde etappe van de Tour de France gaat van Roanne naar Belleville. Ion Izagirre, Mathieu Burgaudeau
    en Matteo Jorgenson zijn de favorieten in het peloton."""
    guide = article(text, title=title, language="nl", published="2023-07-13T08:00:00", path="tv.txt")
    grouping = group([REPORT, guide], calendar)
    assert placed(grouping, "tv.txt") is None
    assert "television" in next(u.reason for u in grouping.unassigned if u.path == "tv.txt")


def test_news_of_a_criterium_is_of_no_stage(calendar: Calendar) -> None:
    text = """Ion Izagirre heeft maandagavond het criterium van Boxmeer gewonnen. De renner versloeg in de sprint
    Mathieu Burgaudeau, die net als hij een etappe won in de Tour de France. Het peloton was vol Tourrenners."""
    news = article(text, title="Izagirre wint in Boxmeer", language="nl", path="boxmeer.txt")
    assert placed(group([REPORT, news], calendar), "boxmeer.txt") is None


def test_one_gives_the_day_the_other_the_number() -> None:
    dated = article(
        """Pello Vidal heeft in de Vuelta een etappe gewonnen. De renner versloeg Ole Dahl in de sprint van het peloton,
        Bo Lund werd derde. De rit van 183 kilometer begon in Onda.""",
        title="Dahl tweede achter Vidal",
        language="nl",
        published="2019-08-30T17:35:00+02:00",
        path="dated.txt",
    )
    numbered = article(
        """Pello Vidal won stage 7 of the Vuelta a España, ahead of Ole Dahl and Bo Lund in the peloton. The 183km
        stage began in Onda.""",
        title="Vidal beats Dahl on stage 7 of the Vuelta",
        path="numbered.txt",
    )
    grouping = group([dated, numbered], None)
    assert placed(grouping, "dated.txt") == placed(grouping, "numbered.txt") is not None


def test_a_race_that_is_called_criterium_is_one(calendar: Calendar) -> None:
    text = """Jakob Fuglsang heeft zondag het Criterium du Dauphiné gewonnen. De Deen bleef in Champéry in het peloton
    en verdedigde de gele trui. De Nederlander Dylan van Baarle won de rit."""
    told = article(text, title="Fuglsang wint Dauphiné", language="nl", published="2019-06-16T18:00:00", path="d.txt")
    assert placed(group([told], calendar), "d.txt") == "criterium-du-dauphine-2019-stage-8"


def test_a_one_day_race_named_by_the_way_is_not_what_an_article_is_about(calendar: Calendar) -> None:
    text = """Jan Smit heeft gewonnen en was blij. De renner versloeg in de massasprint Peer Bos.
    ‘Dit is voor mijn oma’, zei de sprinter.
    Hij reed een sterk voorjaar.
    Hij was al de beste van het peloton in de Scheldeprijs."""
    told = article(text, title="Smit: ‘Voor oma’", language="nl", published="2019-08-27T19:00:00", path="oma.txt")
    assert placed(group([told], calendar), "oma.txt") is None


def test_a_stage_about_which_nobody_is_named(calendar: Calendar) -> None:
    """Its edition cannot be told by its riders, for it has none."""
    text = "De derde etappe van de Tour de France is ingekort. De organisatie vreest voor onweer in de finale."
    nameless = article(text, language="nl", path="nameless.txt")
    grouping = group([REPORT, nameless], calendar)
    assert placed(grouping, REPORT.path)
    assert len(grouping.events) == 2


@pytest.mark.parametrize(
    "text",
    [
        """Tom Dumoulin krijgt Sam Oomen mee naar de Giro d'Italia, die op 11 mei in Bologna begint. Primoz Roglic,
        Vincenzo Nibali, Simon Yates en Miguel Ángel López zijn zijn rivalen in het peloton.""",
        """Tom Dumoulin, Primoz Roglic, Vincenzo Nibali, Simon Yates en Miguel Ángel López zijn de favorieten van de
        wielrenners die de Giro d'Italia rijden. Jumbo-Visma verlengde het contract van Roglic met drie jaar.""",
    ],
)
def test_news_ahead_of_a_race_is_not_about_its_first_stage(calendar: Calendar, text: str) -> None:
    report = article(
        """Primoz Roglic heeft de eerste etappe van de Giro d'Italia gewonnen, een tijdrit van 8 kilometer in Bologna.
        Simon Yates werd tweede voor Vincenzo Nibali. Miguel Ángel López en Tom Dumoulin volgden.""",
        language="nl", published="2019-05-11T21:00:00", path="report.txt",
    )  # fmt: skip
    grouping = group([report, article(text, language="nl", path="news.txt")], calendar)
    assert placed(grouping, "report.txt") == "giro-d-italia-2019-stage-1"
    assert placed(grouping, "news.txt") is None


def test_a_stage_whose_winner_was_struck_off_is_no_better_than_another(calendar: Calendar) -> None:
    text = """Greg Van Avermaet reed in de eerste etappe van de Tour de France lang op kop en won de sprint. De Belg van
    CCC bleef de rest voor op de Muur."""
    event = placed(group([article(text, language="nl", path="a.txt")], calendar), "a.txt")
    assert event is None or "2005" not in event
