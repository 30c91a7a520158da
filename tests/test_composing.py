"""Units that stand alone, sections, the order of the race, duplicates, the budget: on made-up articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.articles import Article, Sentence
from summarize.composing import compose, headline
from summarize.composing.chronology import kilometres_to_go, moments
from summarize.composing.duplicates import Vectors
from summarize.composing.units import balanced, quotation, units
from summarize.events import Event, EventArticle
from summarize.facts import Claim, Fact


def article(*paragraphs: list[str], language: str = "en", path: str = "a.txt") -> Article:
    """An article of paragraphs, each a list of sentences."""
    sentences = []
    for number, paragraph in enumerate(paragraphs):
        for text in paragraph:
            sentences.append(Sentence(text, len(sentences), number))
    return Article(path, path, None, "", language=language, sentences=tuple(sentences))


def event(*articles: Article, claims: tuple[tuple[Claim, ...], ...] = ()) -> Event:
    """A stage of a race without a calendar row."""
    padded = claims + ((),) * (len(articles) - len(claims))
    members = tuple(EventArticle(a, "report", c) for a, c in zip(articles, padded, strict=True))
    return Event("tour-of-x-2021-stage-3", "Tour of X", 2021, 3, date(2021, 6, 16), (), members)


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("He attacked on the last climb.", True),
        ("But Vos was not done yet.", True),
        ("This was enough for the win.", True),
        ("The Belgian went alone with 20km to go.", True),
        ("The Belgian Jan Peeters went alone with 20km to go.", False),
        ("The 25-year-old Frenchman was caught near the line.", True),
        ("Peeters attacked and he was not seen again.", False),
        ("When he looked around, nobody was there.", True),
        ("In his first Tour, Jan Peeters won a stage.", False),
        ("With his team-mates gone, nothing was left.", True),
        ("It was the third win of the season for Peeters.", False),
        ("It was also the third win for Peeters.", True),
        ("I felt strong today.", True),
        ("Jan Peeters won the third stage.", False),
        ("After 20 kilometres six riders went clear.", False),
    ],
)
def test_english_sentences_that_lean_on_the_one_before(text: str, leans: bool) -> None:
    # The second paragraph is there so that it is known for a rider's name.
    told = article([text], ["Team leader Jan Peeters (Team Noord) finished second.", "Vos (Team Zuid) was third."])
    assert (0 not in [unit.first for unit in units(0, told)]) is leans


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("Hij viel aan op de slotklim.", True),
        ("Maar Vos gaf zich niet gewonnen.", True),
        ("Daarna reed Peeters alleen verder.", True),
        ("De Belg ging er alleen vandoor.", True),
        ("De Belg Jan Peeters ging er alleen vandoor.", False),
        ("De renner van Team Noord won de sprint.", True),
        ("Na een knappe solo mocht hij juichen.", True),
        ("Jan Peeters viel aan, maar hij werd ingelopen.", False),
        ("Na 20 kilometer reden zes man weg.", False),
    ],
)
def test_dutch_sentences_that_lean_on_the_one_before(text: str, leans: bool) -> None:
    told = article(
        [text], ["Kopman Jan Peeters (Team Noord) werd tweede.", "Vos (Team Zuid) werd derde."], language="nl"
    )
    assert (0 not in [unit.first for unit in units(0, told)]) is leans


def test_a_dangling_translation_counts_too() -> None:
    sentences = (Sentence("Peeters viel aan.", 0, 0, translation="But Peeters attacked."),)
    assert units(0, Article("a", "a", None, "", language="nl", sentences=sentences)) == []


def test_a_leaning_sentence_brings_the_one_before_along() -> None:
    told = article(["Jan Peeters won the stage.", "He attacked on the last climb with 9km to go."])
    runs = [tuple(s.position for s in unit.sentences) for unit in units(0, told)]
    assert runs == [(0,), (0, 1)]


def test_a_sentence_comes_with_the_rider_who_is_meant_in_it() -> None:
    told = article(["Jan Peeters attacked.", "Only Tim Hoekman could follow.", "After a fine solo he won the stage."])
    meant = {2: "Jan Peeters"}
    runs = [tuple(s.position for s in unit.sentences) for unit in units(0, told, None, meant)]
    assert (0, 1, 2) in runs
    assert (1, 2) not in runs
    alone = article(["Only Tim Hoekman could follow.", "After a fine solo he won the stage."])
    assert [unit.first for unit in units(0, alone, None, {1: "Jan Peeters"})] == [0]


def test_a_quotation_about_somebody_brings_him_along() -> None:
    told = article(["Jan Peeters won.", "“He is the engine of the team,” said his manager Kees Smit."])
    runs = [tuple(s.position for s in unit.sentences) for unit in units(0, told)]
    assert runs == [(0,), (0, 1)]


def test_a_leaning_sentence_without_anything_before_it_is_no_unit() -> None:
    told = article(["He attacked on the last climb.", "Jan Peeters won the stage."])
    assert [unit.first for unit in units(0, told)] == [1]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("“I had good legs,” said Peeters.", True),
        ("“I had good legs.", False),
        ("I had good legs,” said Peeters.", False),
        ("„Ik had goede benen”, zei Peeters.", True),
        ('"I had good legs," said Peeters.', True),
        ('"I had good legs.', False),
        ("‘I had good legs,’ said Peeters.", True),
        ("‘I had good legs, said Peeters.", False),
        ("Peeters’ win on l’Alpe d’Huez was the team's third.", True),
        ("De Ronde van '98 en 's ochtends vroeg.", True),
    ],
)
def test_quotation_marks_close(text: str, whole: bool) -> None:
    assert balanced(text) is whole


def test_apostrophes_are_no_quotation() -> None:
    assert not quotation("Peeters's powerful sprint continued the Belgian's incredible form")
    assert quotation("“I had good legs today,” said Peeters.")


def test_a_quotation_over_sentences_comes_whole_or_not_at_all() -> None:
    told = article(
        ["“I had good legs.", "The team was great,” said Jan Peeters after the stage."],
        ["“Nobody closes this one.", "Jan Peeters rode home."],
    )
    runs = [tuple(s.position for s in unit.sentences) for unit in units(0, told)]
    assert (0, 1) in runs
    assert all(2 not in run for run in runs)


def test_a_quotation_names_its_speaker() -> None:
    told = article(["Jan Peeters was happy.", "“I had very good legs today,” he said."])
    runs = [tuple(s.position for s in unit.sentences) for unit in units(0, told)]
    assert (1,) not in runs
    assert (0, 1) in runs


@pytest.mark.parametrize(
    ("text", "language", "kilometres"),
    [
        ("Peeters attacked with 32km to go.", "en", 32),
        ("He was caught 2.5 km from the line.", "en", 2.5),
        ("The sprint opened 300 metres from the line.", "en", 0.3),
        ("They crossed the final ten kilometres together.", "en", None),
        ("In the final ten kilometres Peeters attacked.", "en", 10),
        ("Op 23 kilometer van de streep werd hij ingelopen.", "nl", 23),
        ("Peters demarreerde zestien kilometer voor de finish.", "nl", 16),
        ("Met nog 75 kilometer voor de boeg werd hij gegrepen.", "nl", 75),
        ("De rit over 140 kilometer van Aalst naar Gent.", "nl", None),
    ],
)
def test_kilometres_to_go(text: str, language: str, kilometres: float | None) -> None:
    assert kilometres_to_go(text, language) == kilometres


@given(st.lists(st.sampled_from(["Six riders went clear.", "With 50km to go Ann Bo fell.", "Ann won the sprint."])))
def test_every_sentence_has_a_moment_between_start_and_finish(texts: list[str]) -> None:
    when = moments(article(texts), 180.0)
    assert len(when) == len(texts)
    assert all(0 <= moment <= 1 for moment in when)


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        (
            "Jan Peeters won the third stage in a sprint ahead of Ole Dahl.",
            "Jan Peeters has won the third stage, ahead of Ole Dahl in the sprint.",
            "Race leader Ann Bo crashed on the descent and lost a minute.",
        ),
        (
            "Team-mates set a steady pace in the peloton, which reached Quillan nearly seven minutes after the winner.",
            "The peloton came home almost seven minutes later.",
            "The peloton came home almost nine minutes later.",
        ),
    ],
)
def test_same_news_in_other_words(one: str, same: str, other: str) -> None:
    vectors = Vectors([one, same, other])
    assert vectors.same_news(0, 1)
    assert not vectors.same_news(0, 2)


FIRST = article(
    [
        "Jan Peeters won the third stage of the Tour of X from Alba to Bern over 172km on Wednesday.",
        "He beat Ole Dahl.",
    ],
    [
        "Six riders broke away soon after the start and led by four minutes.",
        "With 40km to go the peloton took them back.",
    ],
    [
        "Peeters attacked 9km from the finish and rode alone to the line.",
        "Kim Lund kept the leader's jersey, 12 seconds ahead.",
    ],
    ["“I had very good legs on that climb,” said Peeters.", "Thursday's stage is a time trial over 20km in Bern."],
    ["Last year Peeters broke his collarbone in the same race and missed the season."],
)
SECOND = article(
    ["Jan Peeters has won the third stage of the Tour of X from Alba to Bern."],
    ["Kim Lund stays in the leader's jersey with a lead of 12 seconds."],
    path="b.txt",
)
CLAIMS = (
    (Claim("winner", "Jan Peeters", "a.txt", FIRST.sentences[0].text, 0),),
    (Claim("winner", "Jan Peeters", "b.txt", SECOND.sentences[0].text, 0),),
)


def test_each_sentence_goes_under_its_heading() -> None:
    brief = compose(event(FIRST, SECOND, claims=CLAIMS))
    by_name = {section.name: [s.text for s in section.sentences] for section in brief.sections}
    assert list(by_name) == [n for n in ("result", "race", "classification", "reactions", "next") if n in by_name]
    assert by_name["result"][0].startswith("Jan Peeters")
    assert by_name["race"] == [
        "Six riders broke away soon after the start and led by four minutes.",
        "With 40km to go the peloton took them back.",
        "Peeters attacked 9km from the finish and rode alone to the line.",
    ]
    assert len(by_name["classification"]) == 1
    assert by_name["reactions"] == ["“I had very good legs on that climb,” said Peeters."]
    assert by_name["next"] == ["Thursday's stage is a time trial over 20km in Bern."]
    assert not any("collarbone" in text for texts in by_name.values() for text in texts)


@pytest.mark.parametrize(
    ("sentence", "section"),
    [
        ("Lund, who has five top 10 finishes in this race, attacked and was caught.", "race"),
        ("Lund moved into the top 10 of the general classification after the attack.", "classification"),
    ],
)
def test_places_of_other_days_are_no_classification(sentence: str, section: str) -> None:
    first = article(
        ["Jan Peeters has won the third stage of the Tour of X from Alba to Bern."], [sentence], path="a.txt"
    )
    brief = compose(event(first, claims=(CLAIMS[0],)))
    assert [s.name for s in brief.sections if any(sentence == shown.text for shown in s.sentences)] == [section]


OUT = "Ole Dahl, who crashed hard on Tuesday, abandoned halfway up the climb with a sore back."
OTHER_MOMENTS = (
    ["Jan Peeters won the third stage of the Tour of X from Alba to Bern over 172km on Wednesday."],
    ["Six riders broke away soon after the start and led by four minutes in the first valley."],
    ["The peloton chased for two hours behind the break on the long descent to the lake."],
    ["Crosswinds split the bunch into three echelons on the open roads along the lake."],
)


@pytest.mark.parametrize(("left", "shown"), [(OUT, True), (OUT.replace("abandoned", "was dropped"), False)])
def test_who_is_out_of_the_race_comes_before_other_moments(left: str, shown: bool) -> None:
    """Even where the sentence names the day before, on which he crashed."""
    made = compose(event(article(*OTHER_MOMENTS, [left], path="a.txt"), claims=(CLAIMS[0],)), max_words=60)
    race = [s.text for section in made.sections if section.name == "race" for s in section.sentences]
    assert (left in race) is shown


def test_the_same_news_is_told_once_and_keeps_its_sources() -> None:
    brief = compose(event(FIRST, SECOND, claims=CLAIMS))
    shown = [s for section in brief.sections for s in section.sentences]
    assert sum("leader's jersey" in s.text for s in shown) == 1
    first = shown[0]
    assert {first.path, *first.also} == {"a.txt", "b.txt"}
    assert first.reason is not None
    assert first.reason.beaten


@pytest.mark.parametrize("max_words", [40, 60, 100])
def test_a_brief_stays_within_its_budget(max_words: int) -> None:
    brief = compose(event(FIRST, SECOND, claims=CLAIMS), max_words=max_words)
    words = sum(len(s.text.split()) for section in brief.sections for s in section.sentences)
    assert 0 < words <= max_words


def test_the_order_of_the_articles_does_not_change_what_is_told() -> None:
    one = compose(event(FIRST, SECOND, claims=CLAIMS))
    two = compose(event(SECOND, FIRST, claims=CLAIMS[::-1]))
    texts = [[[s.text for s in section.sentences] for section in brief.sections] for brief in (one, two)]
    assert texts[0] == texts[1]


def test_an_unsure_translation_gives_way_to_a_sure_one() -> None:
    unsure = Sentence(
        "Jan Peeters won de derde etappe.", 0, 0, translation="Jan Peeters third the won.", confidence=0.3
    )
    sure = Sentence(
        "Jan Peeters heeft de derde rit gewonnen.",
        0,
        0,
        translation="Jan Peeters won the third stage.",
        confidence=0.95,
    )
    made = event(
        Article("a", "a", None, "", language="nl", sentences=(unsure,)),
        Article("b", "b", None, "", language="nl", sentences=(sure,)),
    )
    claims = [(Claim("winner", "Jan Peeters", path, said.text, 0),) for path, said in (("a", unsure), ("b", sure))]
    members = [EventArticle(m.article, "report", c) for m, c in zip(made.articles, claims, strict=True)]
    brief = compose(replace(made, articles=tuple(members)))
    assert [s.text for section in brief.sections for s in section.sentences] == ["Jan Peeters won the third stage."]


def test_headlines() -> None:
    made = event(FIRST)
    winner = {"winner": Fact("winner", "Jan Peeters", "agreed")}
    assert headline(made, winner) == "Tour of X 2021, stage 3: Jan Peeters wins"
    assert headline(made, {}) == "Tour of X 2021, stage 3"
    last = replace(made, last_stage=True)
    leader = {"gc_leader": Fact("gc_leader", "Kees Smit", "agreed")}
    assert headline(last, {**winner, **leader}) == "Tour of X 2021, stage 3: Jan Peeters wins, Kees Smit wins the race"
    both = {"gc_leader": Fact("gc_leader", "Jan Peeters", "agreed")}
    assert headline(last, {**winner, **both}) == "Tour of X 2021, stage 3: Jan Peeters wins the stage and the race"
    unknown = Event("e", None, None, None, date(2021, 3, 1), (), ())
    assert headline(unknown, winner) == "Unknown race, 2021-03-01: Jan Peeters wins"


def test_an_event_without_a_usable_sentence_gives_a_brief_without_sections() -> None:
    assert compose(event(article(["He said so."]))).sections == ()


def test_published_keeps_its_precision() -> None:
    dated = Article("a", "a", "T", "", published=datetime(2021, 6, 16), language="en", sentences=FIRST.sentences)
    assert compose(event(dated)).sources[0].published == "2021-06-16"


def test_a_winner_who_lost_his_win_is_in_no_section() -> None:
    early = article(["Piet Smit won the third stage in Gent after a sprint.", "Rain fell on the peloton all day long."])
    late = article(
        ["Jan Peeters won the third stage in Gent after Piet Smit was disqualified by the jury."], path="b.txt"
    )
    claims = (
        (Claim("winner", "Piet Smit", "a.txt", early.sentences[0].text, 0),),
        (Claim("winner", "Jan Peeters", "b.txt", late.sentences[0].text, 0),),
    )
    brief = compose(event(early, late, claims=claims))
    assert brief.facts["winner"].value == "Jan Peeters"
    shown = [s.text for section in brief.sections for s in section.sentences]
    assert early.sentences[0].text not in shown
    assert late.sentences[0].text in shown


def test_a_line_of_results_is_no_sentence() -> None:
    texts = [["Jan Peeters won the third stage of the Tour of X."], ["Peeters, 257 km in the breakaway in 6:12; 2."]]
    brief = compose(event(article(*texts, path="a.txt"), claims=(CLAIMS[0],)))
    assert [s.text for section in brief.sections for s in section.sentences] == texts[0]


def test_a_word_about_the_race_of_women_is_not_of_that_of_men() -> None:
    aside = "In the women's race Eva Bos attacked on the climb and won alone."
    men = article(["Jan Peeters won the third stage of the Tour of X."], [aside], path="a.txt")
    assert [s.text for sec in compose(event(men, claims=(CLAIMS[0],))).sections for s in sec.sentences] == [
        men.sentences[0].text
    ]
