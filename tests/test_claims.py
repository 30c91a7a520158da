"""Claims: what is read from sentences of our own, in two languages, and what must not be read from them."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any

import pytest
from articles_of_stages import article
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.claims import read, read_claims
from summarize.facts import FACTS
from summarize.names import same_person, same_place

ENGLISH: list[tuple[str, str | None, str, dict[str, Any]]] = [
    (
        "A full report",
        "2017-03-12",
        """World champion Peter Sagan won the fifth stage of Tirreno-Adriatico on Sunday, outsprinting Thibaut Pinot and
        Primoz Roglic in Fermo. Nairo Quintana kept the blue leader's jersey, 50 seconds ahead of Pinot.
        The 210-km stage started in Rieti and finished with a climb of 21 per cent.""",
        {"race": "Tirreno-Adriatico", "stage": 5, "winner": "Peter Sagan", "second": "Pinot", "third": "Roglic",
         "gc_leader": "Quintana", "start": "Rieti", "distance_km": 210},
    ),
    (
        "Teams in brackets, a gap, a chase",
        "2018-06-09",
        """Pello Bilbao (Astana) won stage 6 of the Criterium du Dauphine, soloing to the line at La Rosiere on
        Saturday.
        The Basque held off Geraint Thomas (Team Sky), who was second at 21 seconds, and Dan Martin (UAE Team Emirates).
        Thomas extended his lead in the overall classification to 1:29 over Adam Yates (Mitchelton-Scott).""",
        {"race": "Critérium du Dauphiné", "stage": 6, "winner": "Pello Bilbao", "team": "Astana", "second": "Thomas",
         "finish": "La Rosiere"},
    ),
    (
        "The race leader is not the winner",
        "2020-09-03",
        """Alexey Lutsenko claimed his first Tour de France stage victory with a solo attack on the road to Mont Aigoual
        on Thursday while Adam Yates comfortably retained the overall lead.
        The Kazakh champion broke clear of his fellow escapees 17km from the line to win the 191km sixth stage from
        Le Teil, with Jesus Herrada 55 seconds back in second. Greg Van Avermaet was third.
        Friday's stage takes the riders 168km from Millau to Lavaur.""",
        {"stage": 6, "winner": "Lutsenko", "second": "Herrada", "third": "Van Avermaet", "gc_leader": "Adam Yates",
         "start": "Le Teil", "distance_km": 191},
    ),
    (
        "A time trial",
        "2016-04-29",
        """Tom Dumoulin (Giant-Alpecin) won the stage 3 time trial of the Tour de Romandie in Sion on Friday,
        covering the
        15.1km course three seconds faster than Ion Izagirre (Movistar), while Nairo Quintana (Movistar) stays in the
        leader's yellow jersey.""",
        {"race": "Tour de Romandie", "stage": 3, "winner": "Dumoulin", "gc_leader": "Quintana", "finish": "Sion",
         "distance_km": 15.1},
    ),
    (
        "A one-day race",
        "2018-04-08",
        """Peter Sagan won Paris-Roubaix for the first time after attacking with more than 50km remaining.
        The world champion joined the early breakaway and beat its last survivor, Silvan Dillier, in a two-up sprint
        in the
        velodrome. Niki Terpstra, winner of the Tour of Flanders a week earlier, was third.""",
        {"race": "Paris-Roubaix", "stage": None, "winner": "Sagan", "second": "Dillier", "third": "Terpstra"},
    ),
    (
        "A race that no list knows",
        "2025-05-09",
        """Emil Sandgaard (Nordlys Cycling) won stage 2 of the Tour of Moravia in Zlin on Friday.
        He beat Joris Vredeveld and Luca Barattini in a sprint. Wout Verhelderen keeps the leader's jersey.""",
        {"race": "Tour of Moravia", "stage": 2, "winner": "Sandgaard", "second": "Vredeveld", "third": "Barattini",
         "gc_leader": "Verhelderen", "finish": "Zlin"},
    ),
]  # fmt: skip

DUTCH: list[tuple[str, str | None, str, dict[str, Any]]] = [
    (
        "A full report",
        "2019-08-27",
        """Fabio Jakobsen heeft zijn eerste etappezege in een grote ronde te pakken. De Nederlandse kampioen won dinsdag
        in El Puig de vierde etappe in de Ronde van Spanje na een sprint met Sam Bennett, de winnaar van maandag.
        De etappe ging over 175,5 kilometer van Cullera naar El Puig.""",
        {"race": "Vuelta a España", "stage": 4, "winner": "Jakobsen", "start": "Cullera", "finish": "El Puig",
         "distance_km": 175.5},
    ),
    (
        "A new leader",
        "2019-08-25",
        """Nairo Quintana heeft de tweede etappe van de Vuelta gewonnen. De Colombiaan van Movistar sprong in de laatste
        kilometers weg uit een kopgroep van zes en hield stand tot de finish in Calpe.
        Nicolas Roche van Sunweb werd op vijf seconden tweede, voor Primoz Roglic. Roche is daardoor de nieuwe drager
        van
        de rode trui.""",
        {"stage": 2, "winner": "Quintana", "team": "Movistar", "second": "Roche", "third": "Roglic",
         "gc_leader": "Roche", "finish": "Calpe"},
    ),
    (
        "A team time trial",
        "2019-07-07T17:10:00+02:00",
        """Jumbo-Visma heeft de ploegentijdrit in de Tour de France gewonnen. De Nederlandse formatie legde de 27,6
        kilometer in en rond Brussel af in 28 minuten en 57 seconden en was daarmee 20 seconden sneller dan Team Ineos.
        Deceuninck-Quick-Step eindigde als derde. Door de zege blijft Mike Teunissen in het geel.""",
        {"winner": "Jumbo-Visma", "third": "Deceuninck-Quick-Step", "gc_leader": "Teunissen", "distance_km": 27.6},
    ),
    (
        "The jury decides",
        "2019-05-13",
        """Niet Elia Viviani, maar Fernando Gaviria heeft de derde etappe van de Giro d'Italia gewonnen. De jury
        zette de
        Italiaan terug, die na 220 kilometer als eerste over de streep in Orbetello kwam.""",
        {"stage": 3, "winner": "Gaviria"},
    ),
    (
        "Two riders of one name",
        "2018-05-19T18:20:00+02:00",
        """Chris Froome heeft zaterdag de veertiende etappe van de Ronde van Italië gewonnen. De Brit van Sky reed
        weg bij de
        andere favorieten en bleef zijn landgenoot Simon Yates zes seconden voor. Yates verdedigde zijn roze trui.""",
        {"stage": 14, "winner": "Froome", "team": "Sky", "second": "Simon Yates", "gc_leader": "Simon Yates"},
    ),
    (
        "The race and its last stage",
        "2019-09-15",
        """Primoz Roglic heeft de Ronde van Spanje gewonnen. De Sloveen kwam in de slotetappe naar Madrid niet meer
        in gevaar.
        Fabio Jakobsen won de massasprint en boekte zo zijn tweede ritzege in deze Vuelta. Jakobsen klopte Sam Bennett.
        De Pool Szymon Sajnok werd derde.
        De afsluitende rit voerde over 106,6 kilometer van Fuenlabrada naar de Spaanse hoofdstad.""",
        {"winner": "Jakobsen", "second": "Bennett", "third": "Sajnok", "gc_leader": "Roglic", "distance_km": 106.6},
    ),
]  # fmt: skip


def check(language: str, published: str | None, text: str, expected: dict[str, Any], title: str | None = None) -> None:
    claims = {c.fact: c.value for c in read_claims(article(text, title=title, published=published, language=language))}
    for fact, value in expected.items():
        found = claims.get(fact)
        if value is None:
            assert found is None, (fact, found)
        elif fact in ("start", "finish"):
            assert found is not None and same_place(str(found), value), (fact, found)
        elif isinstance(value, str) and fact not in ("race", "team"):
            assert found is not None and same_person(str(found), value), (fact, found)
        else:
            assert found == value, (fact, found)


@pytest.mark.parametrize(("name", "published", "text", "expected"), ENGLISH, ids=[c[0] for c in ENGLISH])
def test_english(name: str, published: str | None, text: str, expected: dict[str, Any]) -> None:
    check("en", published, text, expected)


@pytest.mark.parametrize(("name", "published", "text", "expected"), DUTCH, ids=[c[0] for c in DUTCH])
def test_dutch(name: str, published: str | None, text: str, expected: dict[str, Any]) -> None:
    check("nl", published, text, expected)


@pytest.mark.parametrize(
    ("language", "text", "not_winner"),
    [
        ("en", "Stage-one winner Alexander Kristoff crashed on stage 2 of the Tour de France on Sunday.", "Kristoff"),
        ("en", "Caleb Ewan, who won stage 3 last week, was dropped early on stage 11 of the Tour.", "Ewan"),
        ("en", "Peter Sagan won the intermediate sprint on stage 5 of the Tour de France.", "Sagan"),
        ("en", "Chris Froome hopes to win stage 9 of the Vuelta a España in the mountains on Sunday.", "Froome"),
        ("en", "On stage 4 of the Giro d'Italia, last year's winner Tom Dumoulin lost four minutes.", "Dumoulin"),
        (
            "en",
            "Julian Alaphilippe, the winner of Milan-San Remo, rode at the front on stage 3 of the Tour.",
            "Alaphilippe",
        ),
        ("en", "Wout van Aert leads the points classification after stage 12 of the Tour de France.", "van Aert"),
        ("nl", "Giulio Ciccone won op weg naar Como de bergsprint in de vijftiende etappe van de Giro.", "Ciccone"),
        (
            "nl",
            "Simon Yates, vorig jaar nog winnaar van de Vuelta, verloor tijd in de zevende etappe van de Giro.",
            "Yates",
        ),
        ("nl", "Elia Viviani wil de achtste etappe van de Giro winnen, maar heeft concurrentie.", "Viviani"),
        ("nl", "Arnaud Démare, die dinsdag de tiende etappe won, viel in de twaalfde etappe van de Giro.", "Démare"),
        (
            "nl",
            "Sam Bennett won in 2018 drie ritten in de Giro en start vrijdag in de zevende etappe van de Vuelta.",
            "Bennett",
        ),
    ],
)
def test_who_did_not_win(language: str, text: str, not_winner: str) -> None:
    claims = read_claims(article(text, language=language, published="2019-08-30T18:00:00"))
    assert not [c for c in claims if c.fact == "winner" and same_person(str(c.value), not_winner)]


@pytest.mark.parametrize(
    ("language", "text", "stage"),
    [
        ("en", "The twelfth stage of the Giro d'Italia went to Pinerolo.", 12),
        ("en", "Stage 12 of the Giro d'Italia went to Pinerolo.", 12),
        ("en", "The Giro's stage twelve went to Pinerolo.", 12),
        ("en", "The 12th stage of the Giro d'Italia went to Pinerolo.", 12),
        ("en", "The prologue of the Tour de Romandie was held in Lausanne.", 0),
        ("en", "He took his second stage win of the Giro d'Italia in Pinerolo.", None),
        ("nl", "De twaalfde etappe in de Giro d'Italia ging naar Pinerolo.", 12),
        ("nl", "Rit 12 in de Giro d'Italia ging naar Pinerolo.", 12),
        ("nl", "De 12e etappe in de Giro d'Italia ging naar Pinerolo.", 12),
        ("nl", "De 17de rit in de Giro d'Italia ging naar Anterselva.", 17),
        ("nl", "De achtste Giro-etappe eindigde in Pesaro.", 8),
        ("nl", "De openingsrit van de Giro d'Italia werd in Bologna gereden.", 1),
        ("nl", "Hij won zijn derde etappe in de Giro d'Italia in Pinerolo.", None),
        ("nl", "De eerste rit met aankomst bergop in de Giro d'Italia eindigde in Ceresole.", None),
    ],
)
def test_stage_numbers(language: str, text: str, stage: int | None) -> None:
    found = next((c.value for c in read_claims(article(text, language=language)) if c.fact == "stage"), None)
    assert found == stage


@pytest.mark.parametrize(
    ("language", "text", "kilometres"),
    [
        ("en", "The 169km stage 12 of the Tour de France took riders to Belleville.", 169),
        ("en", "With 30km to go on stage 12 of the Tour de France a group went clear.", None),
        ("en", "He attacked on the 17km climb on stage 12 of the Tour de France.", None),
        ("nl", "De twaalfde etappe van de Tour, over 168,8 kilometer, ging naar Belleville.", 168.8),
        ("nl", "Op 75 kilometer van de streep kwam in de twaalfde etappe van de Tour een einde aan de vlucht.", None),
        ("nl", "Na een vlucht van 145 kilometer werd hij in de twaalfde etappe van de Tour gegrepen.", None),
    ],
)
def test_distances(language: str, text: str, kilometres: float | None) -> None:
    found = next((c.value for c in read_claims(article(text, language=language)) if c.fact == "distance_km"), None)
    assert found == kilometres


def test_the_next_stage_is_not_this_one() -> None:
    text = """De tweede etappe van de Giro ging van Bologna naar Fucecchio over 205 kilometer.
    Maandag volgt de derde etappe, van Vinci naar Orbetello (220 kilometer)."""
    claims = {c.fact: c.value for c in read_claims(article(text, language="nl", published="2019-05-12T17:20:00"))}
    assert (claims["stage"], claims["start"], claims["finish"], claims["distance_km"]) == (
        2,
        "Bologna",
        "Fucecchio",
        205,
    )
    assert claims["next_stage"] == "Stage 3, Vinci - Orbetello (220 km)"


def test_a_title_in_capitals_is_read_like_any_other() -> None:
    text = """Alberto Dainese gave Italy its first stage win of this year's Giro d'Italia when he won in Reggio Emilia.
    The rider overtook Fernando Gaviria in the final metres of stage 11."""
    made = article(text, title="Dainese Surprises Sprinters For First Home Win Of Giro", published="2022-05-18")
    claims = {c.fact: c.value for c in read_claims(made)}
    assert same_person(str(claims["winner"]), "Alberto Dainese")


def test_an_article_in_a_language_without_a_lexicon_has_no_claims() -> None:
    assert read_claims(article("Tadej Pogačar gewann die zwölfte Etappe der Tour de France.", language="de")) == ()


def test_a_reaction_without_a_result_claims_none() -> None:
    text = """Ik ben blij dat het gelukt is, zei Mollema na de achtste etappe van de Giro. Morgen rust ik uit."""
    reading = read(
        article(text, language="nl", title="Mollema: ’Meer zat er niet in’", published="2019-05-18T18:00:00")
    )
    assert reading.kind == "reaction"
    assert not [c for c in reading.claims if c.fact == "winner"]


_WORDS = """Pogacar Primoz Roglic won wins the stage stage 12 of Tour de France in Paris from Lyon to Nice 189 km , .
        second third
    ( Jumbo-Visma ) on Friday yellow jersey keeps beat and Van der Poel heeft de twaalfde etappe gewonnen werd tweede
        voor
    leider 1.54 20 seconds who , die niet maar “ ” ' " : 's 2019 last year morgen"""
WORDS = st.sampled_from(re.split(r"\s+", _WORDS))


@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=30), min_size=1, max_size=6),
    st.sampled_from(["en", "nl"]),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_every_claim_stands_in_its_article(words: list[list[str]], language: str, dated: bool) -> None:
    lines = [" ".join(line) + "." for line in words]
    made = article("\n".join(lines), title=lines[0], language=language, published="2020-09-11" if dated else None)
    for claim in read_claims(made):
        if claim.position < 0:
            assert claim.sentence == made.title
        else:
            assert made.sentences[claim.position].text == claim.sentence
        assert claim.path == made.path
        assert claim.fact in (*FACTS, "race", "edition", "stage", "date")
        assert claim.value not in ("", None)


@given(st.text(max_size=400), st.sampled_from(["en", "nl"]))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_read(text: str, language: str) -> None:
    read(article(text, title=text[:60] or None, language=language))


@pytest.mark.parametrize(
    ("language", "sentence", "fact", "value"),
    [
        ("en", "Rider Emil Sand has won the second stage of the Tour of Moravia.", "winner", "Emil Sand"),
        ("en", "Emil Sand, who has won four stages in his career, was in the breakaway.", "winner", None),
        ("en", "Emil Sand appeared to have won the second stage of the race.", "winner", None),
        ("en", "Emil Sand took over the leader's jersey on the second stage of the Tour of Moravia.", "winner", None),
        ("en", "Emil Sand remains the leader in the general classification.", "gc_leader", "Emil Sand"),
        ("en", "The leader's jersey stayed in the hands of Emil Sand.", "gc_leader", "Emil Sand"),
        ("nl", "Emil Sand schreef de tweede etappe op zijn naam.", "winner", "Emil Sand"),
        ("nl", "In Zlin heeft Emil Sand de tweede etappe van de Ronde van Moravië gewonnen.", "winner", "Emil Sand"),
        ("nl", "Zaterdag won Emil Sand op indrukwekkende wijze de tweede etappe.", "winner", "Emil Sand"),
        ("nl", "In de straten van Zlin was Emil Sand medevluchter Joris Veld te snel af.", "second", "Joris Veld"),
        ("nl", "Bij de aankomst in Zlin greep Emil Sand de leiderstrui.", "gc_leader", "Emil Sand"),
    ],
)  # fmt: skip
def test_one_sentence_says_it(language: str, sentence: str, fact: str, value: str | None) -> None:
    claims = {claim.fact: claim.value for claim in read_claims(article(sentence, language=language))}
    assert claims.get(fact) == value


@pytest.mark.parametrize("opening", ["Van der Hoek wint de derde etappe.", "De Winter heeft de derde etappe gewonnen."])
def test_a_particle_that_opens_a_sentence_belongs_to_the_name(opening: str) -> None:
    full = "Joris van der Hoek" if opening.startswith("Van") else "Stef de Winter"
    claims = read_claims(article(f"{opening} In de sprint versloeg {full} zijn medevluchters.", language="nl"))
    assert [claim.value for claim in claims if claim.fact == "winner"] == [full]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "nl",
            """In de zesde etappe van de Dauphiné ging Julien Brand er op de slotklim vandoor. Alleen Tim Hoekman kon
            even volgen. Na een mooie solo mocht hij twee jaar na zijn ploeggenoot Ruben Vos de armen in de lucht
            steken. Hoekman werd tweede.""",
        ),
        (
            "en",
            """On stage 6 of the Dauphiné Julien Brand attacked on the last climb. Only Tim Hoekman could follow for a
            while. He soloed to victory in La Toussuire. Hoekman finished second.""",
        ),
    ],
)
def test_a_pronoun_does_not_make_the_second_the_winner(language: str, text: str) -> None:
    claims = {c.fact: c.value for c in read_claims(article(" ".join(text.split()), language=language))}
    assert claims["winner"] == "Julien Brand"
    assert claims["second"] == "Tim Hoekman"


@pytest.mark.parametrize(
    ("language", "text", "race"),
    [
        ("nl", "De veertiende etappe bracht de drager van de gele trui in de problemen.", "Tour de France"),
        ("nl", "De vierde etappe bracht de renner in de roze trui in de problemen.", "Giro d'Italia"),
        ("en", "Stage 14 brought the wearer of the red jersey into trouble.", "Vuelta a España"),
        ("en", "Stage 4 brought the wearer of the yellow jersey into trouble.", None),  # of which race?
        ("nl", "De gele trui kwam in de problemen.", None),
        ("nl", "De veertiende etappe van de Giro bracht de gele trui van de Tour in herinnering.", "Giro d'Italia"),
    ],
)
def test_a_jersey_tells_the_race_where_no_race_is_named(language: str, text: str, race: str | None) -> None:
    found = read(article(text, language=language)).race
    assert (found.name if found else None) == race


@pytest.mark.parametrize(
    ("language", "text", "winner"),
    [
        ("en", "Ruben Vos wins stage 4 of the Tour in Mende.", "Ruben Vos"),
        ("en", "Ruben Vos won stage 4 of the Tour after the jury had relegated Jan Brand.", "Ruben Vos"),
        ("en", "Ruben Vos crossed the line first on stage 4 of the Tour but was relegated.", None),
        ("en", "On stage 4 of the Tour Ruben Vos was second, just ahead of Jan Brand.", None),
        ("en", "On stage 4 of the Tour Ruben Vos was third in the last bend and beat Jan Brand.", "Ruben Vos"),
        ("en", "On stage 4 of the Tour Ruben Vos attacked, but Jan Brand came past to win in Mende.", "Jan Brand"),
        ("en", "A puncture on stage 4 of the Tour handed the yellow jersey to Jan Brand.", None),
        ("nl", "Ruben Vos won de vierde etappe van de Tour nadat de wind was afgenomen.", "Ruben Vos"),
        ("nl", "Ruben Vos heeft de vierde etappe van de Tour op een haar na gewonnen.", None),
        ("nl", "De zege in de vierde etappe van de Tour is toegekend aan Ruben Vos.", "Ruben Vos"),
        ("nl", "De winnaar van de vierde etappe van de Tour is Ruben Vos.", "Ruben Vos"),
        ("nl", "Jan Brand werd derde in Mende, achter Ruben Vos en Per Lund.", "Ruben Vos"),
        ("nl", "Jan Brand eindigde in de vierde etappe van de Tour als tweede achter Ruben Vos.", "Ruben Vos"),
        ("nl", "Ruben Vos won in de Tour de spurt om plaats 2, voor Jan Brand en Per Lund.", None),
        ("nl", "Ruben Vos liet Jan Brand in de Tour achter zich en leek op weg naar de zege.", None),
        ("nl", "Ruben Vos heeft in Mende zijn eerste ritzege in de Tour geboekt.", "Ruben Vos"),
        ("nl", "Jan Brand moest in de vierde etappe van de Tour zijn meerdere erkennen in Ruben Vos.", "Ruben Vos"),
        ("nl", "Jan Brand werd vierde in de vierde etappe van de Tour, die werd gewonnen door Ruben Vos.", "Ruben Vos"),
        ("en", "On stage 4 of the Tour Jan Brand was edged out by Ruben Vos.", "Ruben Vos"),
        ("en", "On stage 4 of the Tour Jan Brand finished second, outsprinted by Ruben Vos.", "Ruben Vos"),
        ("en", "On stage 4 of the Tour Jan Brand was beaten to the runner-up spot by Ruben Vos.", None),
        ("en", "Jan Brand finished second behind Ruben Vos on stage 4 of the Tour.", "Ruben Vos"),
        ("en", "Jan Brand leaps to second behind Ruben Vos in the Tour.", None),
        ("en", "Stage 4 of the Tour leaves Ruben Vos four seconds ahead of Jan Brand.", None),
        ("en", "Ruben Vos stays in yellow at the Tour, 21 seconds ahead of Jan Brand.", None),
        ("nl", "De dagzege in de Tour ging opnieuw naar het grote talent Ruben Vos.", "Ruben Vos"),
        ("nl", "Vorige week vrijdag viel hij in Lyon, in Mende won Ruben Vos.", None),
    ],
)
def test_who_won_and_who_did_not(language: str, text: str, winner: str | None) -> None:
    claims = {c.fact: c.value for c in read_claims(article(text, language=language))}
    assert claims.get("winner") == winner


def test_a_title_may_begin_with_the_sport() -> None:
    told = article("The stage ended in rain.", title="Cycling-Vos wins Giro stage cut in half after protest")
    assert {c.fact: c.value for c in read_claims(told)}["winner"] == "Vos"


def test_what_follows_a_look_ahead_is_of_the_coming_stage_and_no_more() -> None:
    text = """Ruben Vos won stage 4 of the Tour de France. Tomorrow the mountains begin. The road goes 185km from Mende
    to Foix. Vos won today's 168km stage from Ales to Mende."""
    claims = {c.fact: c.value for c in read_claims(article(" ".join(text.split())))}
    assert (claims["start"], claims["finish"], claims["distance_km"]) == ("Ales", "Mende", 168)


def test_an_age_before_a_surname_does_not_hide_the_rider() -> None:
    text = """In de negentiende etappe van de Giro hield Josef Horak de groep af. Victor Brand werd tweede. Het was de
    eerste overwinning voor de 27-jarige Horak."""
    claims = {c.fact: c.value for c in read_claims(article(" ".join(text.split()), language="nl"))}
    assert (claims["winner"], claims["second"]) == ("Josef Horak", "Victor Brand")


@pytest.mark.parametrize(
    ("language", "title", "text", "winner"),
    [
        ("nl", "Oppermachtige Vos wint valpartijenrit", "De rit in de Tour Femmes was zwaar.", "Vos"),
        ("nl", "Kooij na Giro-zege: ‘Mama belde als eerste’", "Olav Kooij was blij in de Giro.", "Kooij"),
        ("nl", "Van der Hoorn na misgelopen Giro-zege: ‘Pijn’", "Taco van der Hoorn baalde in de Giro.", None),
        ("nl", "Van Aert juicht te vroeg en verliest sprint in de Tour", "Wout van Aert baalde in de Tour.", None),
        ("nl", "Vos juicht te vroeg maar wint toch", "Marianne Vos won bijna de rit in de Tour niet.", "Vos"),
        ("nl", "Jansen klappertandt naar waanzinnige zege in de Vuelta", "Jan Jansen had het koud.", "Jan Jansen"),
        ("nl", "Jansen kijkt naar zege in de Vuelta", "Jan Jansen hoopt op een goede dag.", None),
        ("nl", "Rit naar Madrid", "Jan Jansen bleek een banddikte voor Per Lund te zitten in de Vuelta.", "Jan Jansen"),
        ("nl", "Lund baalt", "Voor Jan Jansen is het de tweede ritzege deze week in de Vuelta.", "Jan Jansen"),
        ("nl", "Talent Jansen wint bergrit in de Vuelta", "Jan Jansen was de beste in de Vuelta.", "Jan Jansen"),
        ("nl", "Jansen verliest tijd, Lund heerst", "De tijdrit in de Vuelta was lang voor Jan Jansen.", "Lund"),
        ("nl", "Jansen sprint naar derde plaats in de Vuelta", "Jan Jansen was blij in Mende.", None),
        ("nl", "Lund klopt Brand op Monte Lupo, Jansen leidt", "Per Lund reed in de Vuelta.", "Per Lund"),
        ("nl", "Wereldkampioen Lund valt, sprintzege voor Jansen", "Per Lund reed de Vuelta.", "Jansen"),
        ("nl", "Stuntzege Jansen: vluchter blijft peloton voor", "Het regende in de Giro.", "Jansen"),
        ("nl", "Dahl wint dankzij Brand Parijs-Nice, slotrit voor Jansen", "Ole Dahl was blij.", "Jansen"),
        ("nl", "Lund pakt seconden op Dahl, maar valt in sprint", "In de Vuelta regende het.", None),
        ("nl", "Lund baalt", "De derde etappe van de Giro, van Pau naar Foix, was voor Jan Jansen.", "Jan Jansen"),
        ("nl", "Peloton te laat", "Jan Jansen bleef in de derde etappe van de Giro het peloton voor.", "Jan Jansen"),
        ("nl", "Lund net niet", "Per Lund verloor in de Giro in Foix de sprint van Jan Jansen.", "Jan Jansen"),
        ("nl", "Dan Martin wint in de Giro", "Dan Martin heeft de derde etappe gewonnen.", "Dan Martin"),
        ("nl", "Dahl mist, aantrekker Jansen neemt over en slaat toe", "De rit in de Vuelta was vlak.", "Jansen"),
        ("nl", "Historische Tourwinst Dahl", "De winst in de slotrit in Parijs was voor Jan Jansen.", "Jan Jansen"),
        ("nl", "Solo", "Jan Jansen reed in de Tour weg van Per Lund, en hield tot het einde stand.", "Jan Jansen"),
        ("nl", "Solo", "Jan Jansen hield zich in de Tour alle vluchters van het lijf.", "Jan Jansen"),
        ("nl", "Tour ligt stil", "Jan Jansen ging in Foix in de Tour met de zege vandoor.", "Jan Jansen"),
        ("nl", "Weer raak", "Jan Jansen heeft voor de derde dagzege op rij gezorgd in de Tour.", "Jan Jansen"),
        ("nl", "Fotofinish", "Jan Jansen bleef in de sprint in de Tour Per Lund een banddikte voor.", "Jan Jansen"),
        ("nl", "Alles voor Dahl", "Alles was in de Tour gericht op een nieuwe zege van Ole Dahl.", None),
        ("nl", "Jansen heerst, Lund wint opnieuw de Tour", "Jan Jansen reed in de Tour in Parijs.", "Jan Jansen"),
        (
            "en",
            "Jansen gets it right at last with stunning solo victory in Mende",
            "Jan Jansen rode the Tour.",
            "Jansen",
        ),
        ("en", "Jansen ends long wait with victory in the Vuelta", "Jan Jansen was glad.", "Jansen"),
        ("en", "Jansen ends drought on day Giro loses two teams", "Jan Jansen was glad.", "Jansen"),
        ("en", "Crash", "Up ahead stage three of the Giro d'Italia went to Jan Jansen, who was alone.", "Jan Jansen"),
        (
            "en",
            "Crash",
            "The third stage of the Giro d'Italia was taken by one of the escapees, Jan Jansen.",
            "Jan Jansen",
        ),
        ("en", "Photo", "In the Tour de France the order was Jan Jansen, Per Lund, Bo Roy.", "Jan Jansen"),
        (
            "en",
            "Dahl beats Lund to Giro d'Italia title",
            "Ole Dahl won a thrilling Giro d'Italia on the last day.",
            None,
        ),
        ("en", "Lund dominates time trial as Jansen suffers", "Per Lund rode the Giro d'Italia.", "Per Lund"),
        (
            "en",
            "Tour de France Femmes: Anna Maas takes yellow jersey with solo win on Col du Tourmalet",
            "Maas attacked on the climb.",
            "Anna Maas",
        ),
        (
            "en",
            "Lampaert stuns Tour de France favourites in the rain",
            "Yves Lampaert rides for Quick-Step.",
            "Lampaert",
        ),
        (
            "en",
            "Jansen wins thrilling Paris-Roubaix after rider is thrown out for causing crash",
            "Jan Jansen rode alone.",
            "Jan Jansen",
        ),
    ],
)
def test_titles_that_tell_who_won(language: str, title: str, text: str, winner: str | None) -> None:
    reading = read(article(text, title=title, language=language, published="2023-07-20T18:00:00"))
    found = [str(claim.value) for claim in reading.claims if claim.fact == "winner"]
    assert bool(found) is (winner is not None)
    assert winner is None or same_person(found[0], winner)


def test_a_sprint_for_second_is_no_win() -> None:
    text = "Anna Maas won stage 3 of the Tour de France. Eva Bos outsprinted Ida Moe and Ada Lie for second, late on."
    found = {claim.fact: str(claim.value) for claim in read_claims(article(text, published="2023-07-20"))}
    assert found["winner"] == "Anna Maas"
    assert found.get("second") != "Ida Moe"


def test_the_first_stage_is_not_the_last() -> None:
    text = """Jan Smit was crowned Tour de France champion after the final stage into Paris.
    Adam Bates wore yellow for four days after winning the first stage in Bilbao ahead of Per Lund."""
    found = {claim.fact: str(claim.value) for claim in read_claims(article(text, published="2023-07-23"))}
    assert "winner" not in found
    assert found.get("finish") != "Bilbao"


def test_the_race_of_women_in_a_report_about_men() -> None:
    text = """Jan Smit heeft de laatste etappe van de Tour de France gewonnen.
    In Clermont begon zondag ook de Tour voor vrouwen. Daar soleerde Eva Bos naar de zege."""
    found = {
        claim.fact: str(claim.value) for claim in read_claims(article(text, language="nl", published="2023-07-23"))
    }
    assert found["winner"] == "Jan Smit"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "De rit van zaterdag is ook ingekort. De renners gaan van Ede naar Gouda, in totaal 59 kilometer."),
        ("en", "Saturday's stage is a flat 179km from Ede to Gouda, and the sprinters will start as favourites."),
    ],
)
def test_places_of_a_coming_stage_are_not_those_of_this_one(language: str, text: str) -> None:
    first = {
        "nl": "Jan Smit won vrijdag de derde rit van de Tour.",
        "en": "Jan Smit won stage 3 of the Tour on Friday.",
    }
    made = article(f"{first[language]}\n{text}", language=language, published="2023-07-21T18:00:00")
    assert not {claim.fact for claim in read_claims(made)} & {"start", "finish", "distance_km"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The stage 3 of the Tour de France was cut from 199km to much less because of snow."),
        ("nl", "De derde rit van de Tour werd in plaats van 199 kilometer een stuk korter."),
        ("nl", "Jan Smit won de derde rit van de Tour na een demonstratie van 130 kilometer."),
    ],
)
def test_distances_that_are_not_those_of_the_stage(language: str, text: str) -> None:
    found = read_claims(article(text, language=language, published="2023-07-21"))
    assert "distance_km" not in {claim.fact for claim in found}


def test_the_lead_in_another_classification_is_not_that_of_the_race() -> None:
    text = """Jan Smit won zaterdag de derde rit van de Vuelta.
    Peer Bos nam de leiding in het puntenklassement over van Ole Dahl."""
    found = {claim.fact for claim in read_claims(article(text, language="nl", published="2021-08-21"))}
    assert "gc_leader" not in found


def test_a_team_that_won_a_time_trial() -> None:
    text = """Jan Smit will wear the red jersey of the Vuelta a España after his Astana squad won a team time trial
    that will be remembered for the rain."""
    found = {c.fact: str(c.value) for c in read_claims(article(text, title="Vuelta opener", published="2019-08-24"))}
    assert found["winner"] == "Astana"
    assert found["gc_leader"] == "Jan Smit"


@pytest.mark.parametrize(
    ("language", "text", "fact", "not_value"),
    [
        ("en", "Eva Bos is not riding as she is expecting her second child.", "second", "Eva Bos"),
        (
            "en",
            "“When they told me at the bus I was still the leader of the race I thought they joked.”",
            "gc_leader",
            "I",
        ),
        ("en", "It means Ole Dahl now leads by 1:26, with Per Lund third.", "third", "Per Lund"),
        ("en", "Ole Dahl edged out Per Lund for third.", "third", "Per Lund"),
        ("nl", "Ole Dahl bleef dankzij hulp van geletruidrager Per Lund in de buurt.", "gc_leader", "Ole Dahl"),
        ("en", "Ole Dahl jumped with a kilometre left and the yellow jersey was on him.", "gc_leader", "Ole Dahl"),
        ("nl", "Dertig renners kwamen niet meer aan de start, onder wie leider Ole Dahl.", "gc_leader", "Ole Dahl"),
        ("nl", "Leider Ole Dahl met corona uit de Ronde van Zwitserland.", "gc_leader", "Ole Dahl"),
        ("nl", "Voor het eerst sinds Ole Dahl rijdt er weer een Noor in de gele trui.", "gc_leader", "Ole Dahl"),
        ("nl", "Per Lund eindigde achter Jan Brand en Ole Dahl als derde.", "third", "Ole Dahl"),
        ("nl", "Per Lund zag hoe Jan Brand tweede werd achter Ole Dahl.", "second", "Ole Dahl"),
        ("nl", "Per Lund, die naar de derde plaats klom, kijkt vooruit.", "third", "Per Lund"),
        ("en", "Ole Dahl, who began the day in yellow, suffered on the climb.", "gc_leader", "Ole Dahl"),
        ("en", "Ole Dahl moved to within 15 seconds of the yellow jersey.", "gc_leader", "Ole Dahl"),
        ("en", "Jan Brand won the stage in front of President Ole Dahl.", "second", "President Ole Dahl"),
        ("nl", "Ole Dahl had na twee derde plaatsen een mooie dag.", "third", "Ole Dahl"),
        ("nl", "Ole Dahl is derde op bijna drie minuten.", "third", "Ole Dahl"),
        ("nl", "Ole Dahl kwam mee over de streep en blijft tweede, op 34 seconden.", "second", "Ole Dahl"),
        ("en", "Ole Dahl gained a little and is third, 53 seconds off the lead.", "third", "Ole Dahl"),
        ("en", "Ole Dahl lost his lead to Per Lund in the rain.", "gc_leader", "Ole Dahl"),
        ("en", "Ole Dahl had been second and third in this Tour.", "second", "Ole Dahl"),
        ("nl", "Ole Dahl klom naar de leiding. Per Lund werd tweede in het bergklassement.", "second", "Per Lund"),
        ("nl", "In Pau was Ole Dahl al tweede.", "second", "Ole Dahl"),
        ("nl", "Per Lund, die woensdag aanviel (de ritzege ging toen naar Ole Dahl), loste.", "winner", "Ole Dahl"),
        ("nl", "Per Lund sluit de Tour af als derde.", "third", "Per Lund"),
        ("nl", "Daar nam Ole Dahl de tijd om te roken, zodat de gele trui te zien was.", "gc_leader", "Ole Dahl"),
        ("en", "Ole Dahl led in Per Lund for second place.", "gc_leader", "Ole Dahl"),
        ("en", "Jan Smit edged out race leader Ole Dahl to win stage three.", "winner", "Ole Dahl"),
        ("en", "Ole Dahl, who came as the second favourite, cracked.", "second", "Ole Dahl"),
        ("en", "Ole Dahl leaps into contention for the yellow jersey.", "gc_leader", "Ole Dahl"),
        ("nl", "Leider Ole Dahl door een val uit het geel.", "gc_leader", "Ole Dahl"),
        ("nl", "Voor Ole Dahl, de Tourwinnaar van 2018, verliep de dag slecht.", "gc_leader", "Ole Dahl"),
        ("en", "Ole Dahl has all but sealed overall victory at the Tour de France.", "gc_leader", "Ole Dahl"),
    ],
)
def test_what_was_misread(language: str, text: str, fact: str, not_value: str) -> None:
    first = {"en": "Jan Smit won stage 3 of the Tour de France.", "nl": "Jan Smit won de derde rit van de Tour."}
    claims = read_claims(article(f"{first[language]}\n{text}", language=language, published="2023-07-20"))
    assert not_value not in {str(claim.value) for claim in claims if claim.fact == fact}


def test_one_letter_is_nobody() -> None:
    text = """Jan Smit won stage 3 of the Tour de France. “When I heard that I won, I cried,” said Smit. “And I said
    that I attacked because I had to,” he said."""
    assert read(article(text, published="2023-07-20")).people == ("Jan Smit",)


def test_who_edged_out_whom_for_third_is_third() -> None:
    text = "Jan Smit won stage 3 of the Tour de France. Ole Dahl edged out Per Lund for third."
    found = {claim.fact: claim.value for claim in read_claims(article(text, published="2023-07-20"))}
    assert (found["winner"], found["third"]) == ("Jan Smit", "Ole Dahl")


@pytest.mark.parametrize(("sentences", "kind"), [(14, "report"), (4, "reaction")])
def test_a_long_piece_that_opens_with_the_new_leader_is_a_report(sentences: int, kind: str) -> None:
    text = " ".join(f"The crowd at the roadside of village {chr(65 + i)} was large." for i in range(sentences))
    made = article(
        f"The Colombian was in tears. {text}",
        title="Egan Bernal takes yellow jersey of Tour de France as storm stops the race",
        published="2019-07-26T18:00:00",
    )
    assert read(made).kind == kind


def test_a_place_before_a_name_is_no_part_of_it() -> None:
    text = "De snelle Jordi Brand versloeg in de derde etappe van de Tour in Parijs Jasper Philipsen."
    found = {c.fact: c.value for c in read_claims(article(text, language="nl"))}
    assert (found["winner"], found["second"]) == ("Jordi Brand", "Jasper Philipsen")


def test_who_takes_the_lead_back_has_not_lost_it() -> None:
    text = "Ole Dahl verloor op de slotklim zeven seconden maar heroverde de rode trui."
    assert {c.fact: c.value for c in read_claims(article(text, language="nl"))}["gc_leader"] == "Ole Dahl"


def test_on_the_last_day_second_may_be_second_of_the_race() -> None:
    text = """Jan Smit heeft in Madrid de slotrit van de Vuelta gewonnen. In de massasprint versloeg hij Peer Bos.
    De eindwinnaar van de Vuelta is Ole Dahl.

    Bo Lund eindigde als tweede, op 2.33 van Dahl."""
    told = article(text, title="Smit wint in Madrid, Dahl is eindwinnaar Vuelta", language="nl", published="2019-09-15")
    found = {c.fact: c.value for c in read_claims(told)}
    assert (found["winner"], found["second"], found["gc_second"]) == ("Jan Smit", "Peer Bos", "Bo Lund")


def test_who_is_third_after_the_second_of_the_race_is_third_of_the_race() -> None:
    text = """Ole Dahl heeft de Giro gewonnen. In de slotrit, een individuele tijdrit, eindigde hij als twaalfde, ver
    achter ritwinnaar Emil Sand. Achter Dahl sloot Peer Bos de Giro af als tweede. Bo Lund werd derde."""
    found = {c.fact: c.value for c in read_claims(article(text, title="Dahl wint Giro", language="nl"))}
    assert (found["gc_second"], found["gc_third"], found.get("third")) == ("Peer Bos", "Bo Lund", None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ole Dahl behield de roze trui. Bo Lund raakte donderdag de trui kwijt aan Dahl.",
        "Ole Dahl verloor tijd, maar hield genoeg over om dinsdag de tiende etappe in het roze te mogen beginnen.",
    ],
)
def test_who_still_leads(sentence: str) -> None:
    told = article(f"Emil Sand heeft de negende etappe van de Giro gewonnen. {sentence}", language="nl")
    assert {c.fact: c.value for c in read_claims(told)}["gc_leader"] == "Ole Dahl"


def test_who_has_a_lead_over_another_leads() -> None:
    text = """Emil Sand heeft de negende etappe gewonnen. Bruno Conti's voorsprong op Bo Lund bedraagt 1 minuut en 50
    seconden."""
    found = {c.fact: c.value for c in read_claims(article(text, language="nl"))}
    assert (found["gc_leader"], found["gc_second"], found["gc_gap"]) == ("Bruno Conti", "Bo Lund", "1:50")


@pytest.mark.parametrize(
    ("language", "title", "text", "winner"),
    [
        ("en", "Ineos limit losses as Jumbo-Visma storm to team time trial win", "It was fast.", "Jumbo-Visma"),
        ("nl", "Jumbo-Visma verplettert concurrentie", "De ploegentijdrit was snel.", "Jumbo-Visma"),
    ],
)
def test_the_team_that_stormed_to_the_win(language: str, title: str, text: str, winner: str) -> None:
    told = article(f"The Tour. {text}", title=title, language=language, published="2019-07-07")
    assert [str(c.value) for c in read_claims(told) if c.fact == "winner"] == [winner]


def test_the_winner_of_another_stage_gives_no_number() -> None:
    text = """Jan Smit heeft in de Vuelta een etappe gewonnen. Hij klopte Peer Bos.
    De rit was lang.
    De leider heeft twee minuten voorsprong op Ole Dahl, de winnaar van de tweede etappe."""
    assert read(article(text, language="nl")).stage is None


def test_the_day_of_a_win_told_by_the_way_is_not_the_day_of_the_article() -> None:
    text = """Sam Brand came within a whisker of another win at the Vuelta.
    Brand, who won in Alicante on Monday, was passed in the final metres by Jan Smit."""
    assert not read(article(text, title="Smit wins at the Vuelta", published="2019-08-27")).previous_day
    assert read(article("Jan Smit won on Monday.", title="Smit wins", published="2019-08-27")).previous_day


def test_what_the_men_did_in_a_report_of_the_women() -> None:
    text = """Eva Bos won de tweede etappe van de Giro Rosa. Haar ploeggenote Anna Maas werd tweede, de renster uit Ede
    derde. Zij was blij.
    Ook de mannen reden, in de Tour, waar Jan Smit de langste rit won."""
    found = {c.fact: c.value for c in read_claims(article(text, language="nl", published="2021-07-02"))}
    assert found["winner"] == "Eva Bos"


def test_a_place_named_often_is_no_surer_for_it() -> None:
    text = """Jan Smit wint in Andorra de negende etappe van de Vuelta. In Andorra versloeg hij Peer Bos.
    Smit kwam in Andorra alleen over de streep."""
    reading = read(article(text, title="Smit wint in Andorra", language="nl", published="2019-09-01"))
    weights = {claim.fact: weight for claim, weight in zip(reading.claims, reading.weights, strict=True)}
    assert 0 < weights["finish"] < 3


def test_a_given_name_at_the_start_is_no_adjective() -> None:
    text = "Thomas De Gendt won de achtste etappe van de Tour in Mende. Volgens De Gendt was het zwaar."
    assert {c.fact: c.value for c in read_claims(article(text, language="nl"))}["winner"] == "Thomas De Gendt"


def test_what_a_sentence_says_twice_it_says_once() -> None:
    text = """Ole Dahl was in de Giro na 34 kilometer zestien seconden sneller dan Peer Bos en vergrootte zijn
    voorsprong. De ritzege was voor Jan Smit. Die was 26 seconden sneller dan Bo Lund."""
    found = {c.fact: c.value for c in read_claims(article(text, language="nl", published="2020-10-17"))}
    assert found["winner"] == "Jan Smit"


def test_that_stage_is_not_this_one() -> None:
    text = "In de Vuelta was het gisteren anders. Ole Dahl won die rit."
    assert "winner" not in {c.fact for c in read_claims(article(text, language="nl", published="2020-11-08"))}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Primoz Roglic verloor van Wout van Aert. De Belg won de derde rit van de Tour."),
        ("en", "Primoz Roglic lost to Wout van Aert. The Belgian won stage 3 of the Tour de France."),
    ],
)
def test_who_the_belgian_is_the_list_of_riders_knows(language: str, text: str) -> None:
    found = {c.fact: c.value for c in read_claims(article(text, language=language, published="2020-07-20"))}
    assert found["winner"] == "Wout van Aert"


def test_an_obituary_and_a_guide_to_television_are_asides() -> None:
    for language, title in (
        ("en", "Obituary: Jan Smit, who rode ten Tours"),
        ("nl", "Zo ziet de sportdag er op tv uit"),
    ):
        told = article("The Tour de France and the Giro d'Italia are named.", title=title, language=language)
        assert read(told).aside


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_entry_of_the_lexicon_hides_another(language: str) -> None:
    """Of two entries of one name in a JSON file the second is read, and the first is lost without a word."""
    text = files("summarize.lexicon").joinpath(f"claims.{language}.json").read_text(encoding="utf-8")
    names = [name for name, _ in json.loads(text, object_pairs_hook=list)]
    assert len(names) > 50 and len(names) == len(set(names))


def test_two_of_one_team_that_came_second_and_third() -> None:
    text = """Jan Smit won stage 3 of the Tour de France. Ole Dahl and his team mate Per Lund crossed the line together
    1:14 later for second and third."""
    found = {c.fact: c.value for c in read_claims(article(text, language="en"))}
    assert (found["second"], found["third"]) == ("Ole Dahl", "Per Lund")


def test_a_report_that_tells_who_was_second_is_one_though_it_hides_the_winner() -> None:
    text = """In Foix regende het de hele dag op de renners van de Tour. Een man uit het oosten reed in de derde rit weg
    en kwam niet meer terug. Ole Dahl werd op tien tellen tweede."""
    assert read(article(text, language="nl")).kind == "report"


@pytest.mark.parametrize(
    ("title", "text", "race", "stage", "winner"),
    [
        (  # what the title's rider is to win elsewhere is not what the lead tells of
            "Giro-favoriet Roglic slaat toe in Romandië",
            """Primoz Roglic heeft de eerste etappe van de Ronde van Romandië op zijn naam geschreven. De Sloveen nam de
            leiding over van Jan Tratnik, die dinsdag de proloog won. Over twee weken begint de Giro d'Italia.""",
            "Tour de Romandie", 1, "Roglic",
        ),
        (
            "Groenewegen meteen leider",
            """Dylan Groenewegen heeft de eerste etappe van de Ronde van Groot-Brittannië gewonnen. Zijn vorige zege
            boekte hij in juli. Tijdens de zevende etappe van de Tour de France was hij de snelste. Van de
            Tour de France herstelde hij in de bergen.""",
            "Tour of Britain", 1, "Groenewegen",
        ),
        (
            "Groenewegen wint na val",
            """Dylan Groenewegen heeft de tweede etappe van de ZLM Tour gewonnen. Voor de Tour is hij klaar.""",
            "ZLM Tour", 2, "Groenewegen",
        ),
        (
            "Wiebes wint in Weert",
            """Lorena Wiebes heeft ook de eerste rit in de Boels Ladies Tour gewonnen. Zij bleef Kirsten Wild voor.""",
            "Holland Ladies Tour", 1, "Wiebes",
        ),
        (  # his father is not he
            "Van Poppel verliest van Zabel",
            """Rick Zabel heeft de tweede etappe van de Ronde van Yorkshire gewonnen. De Duitser - zoon van oud-sprinter
            Erik Zabel - klopte Boy van Poppel in de sprint.""",
            "Tour of Yorkshire", 2, "Rick Zabel",
        ),
        (
            "Beresterke Schachmann wint",
            """Maximilian Schachmann heeft de derde etappe van de Ronde van het Baskenland gewonnen. Niemand kon
            Schachmann volgen.""",
            "Itzulia Basque Country", 3, "Maximilian Schachmann",
        ),
        (
            "Wild wint weer",
            """Kirsten Wild heeft net als in 2013 de derde etappe van de Giro Rosa op haar naam gebracht.""",
            "Giro d'Italia Women", 3, "Wild",
        ),
        (
            "Eerste zege voor D'hoore",
            """Jolien D'hoore heeft de eerste etappe van Emakumeen Bira gewonnen. Zij was de snelste.""",
            "Itzulia Women", 1, "Jolien D'hoore",
        ),
        (
            "Vluchtster houdt stand",
            """De vierde etappe van de Giro Rosa is een prooi geworden voor de pas twintigjarige Letizia Borghesi.""",
            "Giro d'Italia Women", 4, "Borghesi",
        ),
        (
            "Geen derde zege",
            """In de zesde etappe van de Tour de France moest Dylan Groenewegen het hoofd buigen voor Caleb Ewan.""",
            "Tour de France", 6, "Ewan",
        ),
    ],
)  # fmt: skip
def test_the_race_of_the_lead_and_who_won_there(title: str, text: str, race: str, stage: int, winner: str) -> None:
    reading = read(article(text, language="nl", title=title))
    claims = {claim.fact: claim.value for claim in reading.claims}
    assert (reading.race and reading.race.name, reading.stage) == (race, stage)
    assert same_person(str(claims["winner"]), winner) and winner.split()[0] in str(claims["winner"])


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Twintigste etappe ingekort",
            """De twintigste etappe van de Tour de France is ingekort wegens noodweer. Het is de kortste rit sinds 1996.
            Ook toen sneeuwde het op de cols. De Deen Bjarne Riis won de etappe over 46 kilometer.""",
        ),
        (
            "Valverde stapt af",
            """Alejandro Valverde heeft Luik-Bastenaken-Luik niet uitgereden.
            Valverde won Luik-Bastenaken-Luik vier keer.""",
        ),
        (
            "Sagan pakt record",
            """Peter Sagan heeft in de Tour de France voor de zevende keer de groene trui.
            Hij won tot dusver één rit.""",
        ),
        (
            "Kopmannen bekend",
            """Vorig jaar won de ploeg de eerste etappe van de Tour de France. Sowieso wint zij graag een etappe.""",
        ),
    ],
)
def test_who_won_in_other_years_has_not_won_today(title: str, text: str) -> None:
    reading = read(article(text, language="nl", title=title))
    assert not [claim.value for claim in reading.claims if claim.fact == "winner"]


@pytest.mark.parametrize(("said", "kind"), [(3, "report"), (30, "reaction")])
def test_a_result_with_a_winner_who_talks_is_a_report(said: int, kind: str) -> None:
    text = (
        """Jos van Emden heeft de proloog van de ZLM Tour gewonnen. Mike Teunissen werd tweede, Tony Martin derde. Van
    Emden is de eerste leider."""
        + ' "Het ging vandaag echt heel erg goed, vond ik zelf ook wel."' * said
    )
    assert read(article(text, language="nl", title="Van Emden wint proloog")).kind == kind


@pytest.mark.parametrize(
    ("language", "title", "text", "winner"),
    [
        ("en", "Third time unlucky", "In the last stage of the Tour, Jan Smit had to bow to Peer Bos.", "Peer Bos"),
        ("en", "The best again", "Jan Smit has won Gent-Wevelgem in style, just as he did in 2013.", "Jan Smit"),
        ("en", "Fifth", "Jan Smit was fifth in stage 4 of the Giro, in the bunch sprint won by Peer Bos.", "Peer Bos"),
        ("en", "Jersey lost", "Jan Smit lost a minute on stage 4 of the Giro to winner Peer Bos.", "Peer Bos"),
        ("en", "The end", "The last stage of the Giro produced a victory for Peer Bos.", "Peer Bos"),
        (
            "en", "Smit moves up a place, team-mate wins tough stage",
            "Jan Smit is fifth in the Giro. Stage 16 went to Peer Bos.", "Peer Bos",
        ),
        ("en", "Smit rides onto podium", "Stage 20 of the Tour was won by Peer Bos. Jan Smit is third.", "Peer Bos"),
        (
            "nl", "Tweede", "In de slotrit van de Giro werd Jan Smit geklopt door landgenoot Peer Bos.", "Peer Bos",
        ),
        ("nl", "Pech", "De vijfde rit van de Giro, met pech voor Jan Smit en winst voor Peer Bos.", "Peer Bos"),
        (
            "nl", "Smit verrast door tijdverschillen",
            "Jan Smit werd in de vijfde rit van de Giro tweede achter zijn landgenoot Peer Bos.", "Peer Bos",
        ),
        ("nl", "Smit toch blij", "Jan Smit reed de proloog van de Giro. Toch eindigde Smit als eerste.", "Jan Smit"),
        ("nl", "Dubbelslag", "Jan Smit won niet alleen de zesde rit van de Giro, hij pakte de bergtrui.", "Jan Smit"),
        ("nl", "Alles", "Jan Smit won ook de vierde rit van de Giro en werd hij de eindwinnaar.", "Jan Smit"),
        (
            "nl", "Smit bekroont eindwinst met tweede ritzege",
            "Jan Smit pakte in rit zes van de Giro dankzij zijn tweede ritzege ook de eindoverwinning.", "Jan Smit",
        ),
        (
            "nl", "Macht", "Eva Bos greep de macht in de Giro Donne. De topfavoriete won de zware bergrit.", "Eva Bos",
        ),
        ("nl", "Foto", "Niet lang na de finish van de Giro Donne werd Eva Bos uitgeroepen tot winnares.", "Eva Bos"),
        ("nl", "Van Bos slaat toe in Giro: ritwinst", "De vijfde etappe van de Giro was zwaar.", "Van Bos"),
        ("nl", "Grandioze Van der Bos wint", "De Giro was van Peer van der Bos. Hij is de beste.", "Peer van der Bos"),
        ("nl", "Zdravko Van Damme wint rit", "De vijfde etappe van de Giro was zwaar.", "Zdravko Van Damme"),
        ("en", "Zdravko Van Damme wins stage", "Stage 5 of the Giro was hard.", "Zdravko Van Damme"),
        ("en", "Crown", "Peer Bos crowned his overall victory in the Giro with a second stage win.", "Peer Bos"),
        (
            "en", "At last", "Peer Bos beams. The Astana Dane claimed the 105th edition of Paris-Roubaix.", "Peer Bos",
        ),
    ],
)  # fmt: skip
def test_more_ways_to_tell_who_won(language: str, title: str, text: str, winner: str) -> None:
    found = {c.fact: c.value for c in read_claims(article(text, language=language, title=title))}
    assert found.get("winner") == winner


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Too hard", "Peer Bos does not think Jan Smit will win the fifth stage of the Tour."),
        ("Close", "A kilometre from the line of stage 5 of the Giro Jan Smit was in a good position to win the stage."),
        ("Smit rides exhibition race", "Jan Smit of the Giro team was happy. The stage was long."),
        ("Smit takes minutes out of his rivals", "Jan Smit leads the Giro after stage 5."),
        ("Out", "Jan Smit leaves the Giro before stage 5. Smit won, among others, two stages in the Tour."),
        ("Behind", "Jan Smit won the sprint of a chasing group in Paris-Roubaix."),
        ("Points", "Jan Smit took the points jersey in the Giro after a stage win for Peer Bos of yesterday."),
    ],
)
def test_who_only_might_have_won(title: str, text: str) -> None:
    assert "winner" not in {c.fact for c in read_claims(article(text, title=title))}


@pytest.mark.parametrize(
    "sentence",
    [
        "Ole Dahl begint als leider in het klassement aan de slotrit.",
        "Ole Dahl gaat ook aan de leiding in de Giro.",
        "Ole Dahl loste Peer Bos af als klassementsleider.",
        "In die groep zat ook Ole Dahl, die de leider in het algemeen klassement bleef.",
        "Ole Dahl, die de proloog won, blijft leiden in het algemeen klassement.",
        "Ole Dahl finishte als tweede en blijft leider in de wedstrijd.",
        "In het algemeen klassement heeft Ole Dahl een voorsprong van twaalf seconden op Peer Bos.",
        "Ole Dahl voert het klassement aan.",
        "Ole Dahl zette de koers naar zijn hand door de leiderstrui te pakken.",
        "Ole Dahl staat aan kop in het klassement.",
    ],
)
def test_more_ways_to_tell_who_leads(sentence: str) -> None:
    text = f"Jan Smit won de vijfde etappe van de Giro d'Italia. {sentence}"
    found = {c.fact: c.value for c in read_claims(article(text, language="nl"))}
    assert found.get("gc_leader") == "Ole Dahl"
    assert found.get("winner") == "Jan Smit"


def test_the_leader_of_a_team_does_not_lead_the_race() -> None:
    text = "Jan Smit won stage 5 of the Giro d'Italia. Ole Dahl rode for his leader Peer Bos."
    assert "gc_leader" not in {c.fact for c in read_claims(article(text))}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Smit bleef zijn vluchtgenoten Ole Dahl, Peer Bos en Bo Lund voor."),
        ("nl", "Smit bleef in de lange rit de Roemeen Ole Dahl en de Noor Peer Bos voor in de sprint."),
        ("nl", "Smit kwam net voor Ole Dahl als eerste boven op de Muur."),
        ("nl", "In dezelfde tijd finishte de Fransman Ole Dahl als nummer twee."),
        ("nl", "De Belg Ole Dahl kwam achter Smit als tweede over de finish."),
        ("nl", "Smit won door Ole Dahl en Peer Bos in een massasprint te verslaan."),
        ("en", "Smit kept Ole Dahl and Peer Bos behind him in the sprint."),
        ("en", "Ole Dahl was second ahead of Peer Bos."),
        ("en", "Ole Dahl won the sprint for second place from Peer Bos."),
        ("en", "Smit left the Romanian Ole Dahl and Peer Bos behind in the sprint."),
    ],
)
def test_more_ways_to_tell_who_was_second(language: str, sentence: str) -> None:
    stage = {
        "nl": "Jan Smit won de vijfde etappe van de Giro d'Italia.",
        "en": "Jan Smit won stage 5 of the Giro d'Italia.",
    }
    found = {c.fact: c.value for c in read_claims(article(f"{stage[language]} {sentence}", language=language))}
    assert (found.get("winner"), found.get("second")) == ("Jan Smit", "Ole Dahl")


@pytest.mark.parametrize(
    "sentence",
    [
        "Ole Dahl is the first leader of the race.",
        "In the general classification Ole Dahl stayed in the lead.",
        "Ole Dahl strengthened his leading position.",
        "Ole Dahl has recaptured the leader's jersey.",
        "Peer Bos had to give up his pink jersey to Ole Dahl.",
        "Ole Dahl is the first wearer of the pink jersey.",
    ],
)
def test_more_ways_to_tell_who_leads_in_english(sentence: str) -> None:
    found = {c.fact: c.value for c in read_claims(article(f"Jan Smit won stage 5 of the Giro d'Italia. {sentence}"))}
    assert (found.get("winner"), found.get("gc_leader")) == ("Jan Smit", "Ole Dahl")


def test_a_stage_of_the_alps_is_nobody() -> None:
    text = """De twintigste etappe van de Tour de France is ingekort. De Alpenetappe naar Val Thorens werd gewonnen door
    Vincenzo Nibali. In de Alpenrit werd Egan Bernal derde."""
    reading = read(article(text, language="nl"))
    assert set(reading.people) == {"Vincenzo Nibali", "Egan Bernal"}
    assert {c.fact: c.value for c in reading.claims}["winner"] == "Vincenzo Nibali"


def test_what_the_race_ends_with_is_not_the_stage_of_today() -> None:
    text = """Jan Smit won de zesde rit van de Giro d'Italia. De Giro d'Italia eindigt zondag met een rit over 143
    kilometer."""
    assert "distance_km" not in {c.fact for c in read_claims(article(text, language="nl"))}
    text = """Jan Smit won de zesde rit van de Giro d'Italia. Zaterdag wacht het peloton de koninginnenrit. Na 176
    kilometer wordt gefinisht in Torgon."""
    assert "distance_km" not in {c.fact for c in read_claims(article(text, language="nl"))}


def test_who_leads_the_chase_does_not_lead_the_race() -> None:
    text = """Jan Smit won de zesde rit van de Giro d'Italia. Het peloton naderde onder leiding van de ploeg Bora (Ole
    Dahl) snel."""
    assert "gc_leader" not in {c.fact for c in read_claims(article(text, language="nl"))}
