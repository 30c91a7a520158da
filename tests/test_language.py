"""Which language a text is in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.articles import Article, Failure
from summarize.language import detect
from summarize.preparing import prepare

STORIES = {
    "en": "The Slovenian won stage 12 of the Tour de France on Thursday after a long solo. "
    "He leads overall by 30 seconds.",
    "nl": "De Sloveen heeft de twaalfde etappe van de Tour gewonnen na een lange solo. "
    "Hij heeft nu dertig seconden voorsprong.",
    "fr": "Le Slovène a remporté la douzième étape du Tour après une échappée. "
    "Il devance son compatriote de trente secondes.",
    "de": "Der Slowene gewann die zwölfte Etappe der Tour nach einer langen Flucht. "
    "Er führt mit dreißig Sekunden Vorsprung.",
    "es": "El esloveno ganó la duodécima etapa del Tour tras una fuga. Aventaja a su compatriota en treinta segundos.",
    "it": "Lo sloveno ha vinto la dodicesima tappa del Giro dopo una fuga. "
    "In classifica generale ha trenta secondi di vantaggio.",
    "pt": "O esloveno venceu a décima segunda etapa da Volta depois de uma fuga. "
    "Na geral tem trinta segundos de vantagem.",
    "da": "Sloveneren vandt torsdag tolvte etape af Tour de France efter et langt udbrud. "
    "Han fører med tredive sekunder.",
    "sv": "Slovenen vann den tolfte etappen av loppet efter en lång utbrytning. "
    "Han leder sammanlagt med trettio sekunder.",
    "af": "Die Sloween het die twaalfde skof van die toer gewen. "
    "Hy het nou 'n voorsprong van dertig sekondes op sy landgenoot.",
    "fy": "De Sloveen hat de tolfde etappe fan de Tour wûn nei in lange solo. Hy hat no tritich sekonden foarsprong.",
    "pl": "Słoweniec wygrał dwunasty etap wyścigu po długiej ucieczce. W klasyfikacji ma trzydzieści sekund przewagi.",
    "sl": "Slovenec je zmagal na dvanajsti etapi dirke po dolgem pobegu. "
    "V skupnem seštevku ima trideset sekund prednosti.",
}


@pytest.mark.parametrize("language", STORIES)
def test_a_story_is_in_its_language(language: str) -> None:
    found, sure = detect(STORIES[language])
    assert found == language
    assert 0.3 < sure <= 1
    assert detect(STORIES[language] * 20)[0] == language


@pytest.mark.parametrize(
    ("text", "language"),
    [("De renner won de rit.", "nl"), ("He won the stage.", "en"), ("Hij won.", "nl"), ("Het was zijn dag", "nl"),
     ("It was his day", "en"), ("What a race!", "en"), ("Wat een koers!", "nl")],
)  # fmt: skip
def test_very_short_texts(text: str, language: str) -> None:
    assert detect(text)[0] == language


def test_a_quotation_in_the_other_language_changes_nothing() -> None:
    assert detect(STORIES["nl"] + ' "It was an amazing day for the whole team", zei hij.')[0] == "nl"


@pytest.mark.parametrize("text", ["", "1 2 3", "… !? —", "12:54"])
def test_no_letters_no_language(text: str) -> None:
    assert detect(text) == (None, 0.0)


@given(st.text(max_size=200))
def test_any_text_has_a_language_or_none(text: str) -> None:
    language, sure = detect(text)
    assert 0 <= sure <= 1
    assert language is None or language.islower()


@pytest.mark.parametrize("name", ["nl_alpino", "nl_lassysmall", "en_pud", "en_ewt"])
def test_runs_of_treebank_sentences(shared: Path, name: str) -> None:
    lines = (shared / f"bench/sentences/{name}.txt").read_text(encoding="utf-8").splitlines()
    runs = [" ".join(lines[start : start + 5]) for start in range(0, len(lines), 5)]
    right = sum(detect(run)[0] == name[:2] for run in runs)
    assert right / len(runs) >= 0.99


def test_an_article_in_another_language_is_left_out_with_its_reason() -> None:
    article = Article(id="a", path="a.txt", title=None, text=STORIES["de"])
    assert prepare(article) == Failure("a.txt", "language de is not supported")
    prepared = prepare(article, languages=("en", "nl", "de"))
    assert isinstance(prepared, Article) and prepared.language == "de" and len(prepared.sentences) == 2


@pytest.mark.parametrize("text", ["", "…", "Foto: ANP", "Results", "12:54"])
def test_an_article_without_text_is_left_out_with_its_reason(text: str) -> None:
    assert prepare(Article(id="a", path="a.txt", title="T", text=text)) == Failure("a.txt", "no article text")


def test_a_prepared_article_numbers_its_sentences() -> None:
    text = "He won. He was glad.\n\nBare heading\n\nThe others were not."
    prepared = prepare(Article(id="a", path="a.txt", title=" A <b>title</b> ", text=text))
    assert isinstance(prepared, Article)
    assert prepared.title == "A title"
    assert [(s.text, s.position, s.paragraph) for s in prepared.sentences] == [
        ("He won.", 0, 0),
        ("He was glad.", 1, 0),
        ("The others were not.", 2, 1),
    ]


def test_what_has_too_many_sentences_is_no_article() -> None:
    assert prepare(Article(id="a", path="a.txt", title=None, text="Kim won. " * 50_001)) == Failure(
        "a.txt", "too long for an article (more than 50,000 sentences)"
    )
