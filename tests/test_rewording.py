"""Idioms and rare words said in common ones."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_engine import by_source

from summarize.lexicon import load
from summarize.translation.rewording import (
    as_models_know,
    in_common_words,
    in_full,
    with_clocks,
    with_decimals,
    with_fractions,
)

FORMS: dict[str, str] = load("plainer", "nl")["forms"]


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("De etappe werd een prooi voor Boon.", "De etappe werd gewonnen door Boon."),
        ("De etappe is een prooi geworden voor Boon.", "De etappe is gewonnen door Boon."),
        ("De rappe Belg gaf er de brui aan.", "De snelle Belg gaf op."),
        ("Rappe mannen waren er genoeg.", "Snelle mannen waren er genoeg."),
        ("Hij klopte Jan Rappe in de sprint.", "Hij klopte Jan Rappe in de sprint."),
        ("Toen gaf hij er de, brui aan.", "Toen gaf hij er de, brui aan."),
        ("Een klim van 5% en 7,6 %.", "Een klim van 5 procent en 7,6 procent."),
        ("Liep de voorsprong van de vijf weer terug?", "Werd de voorsprong van de vijf weer kleiner?"),
        ("Toen liep hun achterstand snel op.", "Toen werd hun achterstand snel groter."),
        ("Toen liep de achterstand op de klim op.", "Toen werd de achterstand op de klim groter."),
        ("Hun achterstand liep op.", "Hun achterstand liep op."),
        ("Toen liep de achterstand op tot een minuut.", "Toen liep de achterstand op tot een minuut."),
        ("Er gebeurde niets, op een aanval van Boon na.", "Er gebeurde niets, behalve een aanval van Boon."),
        ("Hij was er, op twee seconden na.", "Hij was er, op twee seconden na."),
        ("Hij won, op de dag na de rustdag.", "Hij won, op de dag na de rustdag."),
        ("De renner won.", "De renner won."),
        ("", ""),
    ],
)
def test_rare_words_become_common_ones(sentence: str, plain: str) -> None:
    assert in_common_words(sentence) == plain


def test_the_list_is_well_formed() -> None:
    assert len(FORMS) > 1000
    for form, plain in FORMS.items():
        assert form == form.strip() and plain == plain.strip() != form, form
        assert not re.search(r"\d|  ", form + plain), form
        # All of a form is found, and what stands in its place is no rare word itself.
        assert in_common_words(f"X {form} y") == f"X {plain} y", form
        assert in_common_words(plain) == plain, form


@given(st.text(max_size=80))
def test_any_text_can_be_said(text: str) -> None:
    assert isinstance(in_common_words(text), str)
    if not re.search(r"%| op |li?oo?pt? ", text) and not any(form.split()[0] in text.casefold() for form in FORMS):
        assert in_common_words(text) == text


@pytest.mark.parametrize(
    ("score", "text"), [(-0.2, "The stage was won by Boon."), (-2.0, "The stage was prey to Boon.")]
)
def test_the_better_of_both_translations_is_taken(score: float, text: str) -> None:
    said = {
        "De etappe werd een prooi voor Boon.": [("The stage was prey to Boon.", -1.0)],
        "De etappe werd gewonnen door Boon.": [("The stage was won by Boon.", score)],
    }
    assert by_source("De etappe werd een prooi voor Boon.", said).text == text


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("De start is om 11u30 in Gent.", "De start is om 11.30 uur in Gent."),
        ("Tussen 18u30 en 20u00 regende het.", "Tussen 18.30 uur en 20.00 uur regende het."),
        ("17u05: de kopgroep is gegrepen.", "17.05 uur: de kopgroep is gegrepen."),
        ("Om 9u vertrekt de karavaan.", "Om 9 uur vertrekt de karavaan."),
        ("Hij won in 4u32, na 4u32'10\" koers.", "Hij won in 4u32, na 4u32'10\" koers."),
        ("Hij reed tot 45 km/u.", "Hij reed tot 45 km/u."),
        ("Om 31u75 gebeurt niets.", "Om 31u75 gebeurt niets."),
        ("Derde op 1'20\" van Boon.", "Derde op 1.20 minuten van Boon."),
        ("Derde op 1’ 05’’, vierde op 12''.", "Derde op 1.05 minuten, vierde op 12 seconden."),
        ("Vierde op 12\" van Boon, met 3' winst.", "Vierde op 12 seconden van Boon, met 3 minuten winst."),
        ('"Ik had nog 20", zei hij.', '"Ik had nog 20", zei hij.'),
        ("Ik kom in '24 terug.", "Ik kom in '24 terug."),
    ],
)
def test_times_of_day_are_said_as_models_know_them(sentence: str, said: str) -> None:
    assert with_clocks(sentence) == said
    assert with_clocks(said) == said


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Het was i.p.v. 30° nu 31 ° C.", "Het was in plaats van 30 graden nu 31 graden Celsius."),
        ("Een klim van gem. 7 procent, max. 14.", "Een klim van gemiddeld 7 procent, maximaal 14."),
        ("Bol z.t.", "Bol zelfde tijd"),
        ("De ploeg van Max. Boon B.V. bv. niet.", "De ploeg van Max. Boon B.V. bijvoorbeeld niet."),
        ("Piet v.d. Broek", "Piet v.d. Broek"),
    ],
)
def test_abbreviations_are_written_out(sentence: str, said: str) -> None:
    assert in_full(sentence) == said
    assert in_full(said) == said


@pytest.mark.parametrize(
    ("dutch", "decimals", "english", "fractions"),
    [
        ("Het werd 6½-5½.", "Het werd 6,5-5,5.", "It ended 6.5-5.5.", "It ended 6½-5½."),
        ("Dat duurt 2 ¼ uur.", "Dat duurt 2,25 uur.", "That takes 2.25 hours.", "That takes 2¼ hours."),
        ("Het was 3¾ uur of 3,5.", "Het was 3,75 uur of 3,5.", "It was 3.75 hours or 3.5.", "It was 3¾ hours or 3.5."),
        ("Een ½ uur en 1,2½.", "Een ½ uur en 1,2½.", "Half an hour and 1.25.", "Half an hour and 1.25."),
        ("Het werd 6½.", "Het werd 6,5.", "It ended 6.57 and 16.5.", "It ended 6.57 and 16.5."),
    ],
)
def test_fractions_are_translated_as_decimals(dutch: str, decimals: str, english: str, fractions: str) -> None:
    assert with_decimals(dutch) == decimals
    assert with_fractions(dutch, english) == fractions


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Mas blijft aan de leiding voor Ayuso.", "Mas blijft aan de leiding, vóór Ayuso."),
        ("Mas zal bovenaan staan voor de Italiaan Rota.", "Mas zal bovenaan staan, vóór de Italiaan Rota."),
        # Other things that models take for something else.
        ("Mas reed Ayuso, De Wit en Van Eik op achterstand.", "Mas distanced Ayuso, De Wit en Van Eik."),
        ("Hij reed op achterstand van Mas.", "Hij reed op achterstand van Mas."),
        ("Mas lost Juan Ayuso af als leider.", "Mas replaces Juan Ayuso als leider."),
        ("In de jaren '70 langs het Meer van Sneek.", "In de jaren zeventig langs Lake Sneek."),
        ("Mas kwam binnen op 54 seconden.", "Mas kwam 54 seconden later binnen."),
        ("Mas kwam binnen op 54 seconden van Bol.", "Mas kwam binnen op 54 seconden van Bol."),
        (
            "Mas werd derde op 0.09 van Bol, Ayuso op 1.10 van de winnaar.",
            "Mas werd derde op 9 seconden van Bol, Ayuso op 1.10 minuten van de winnaar.",
        ),
        ("Mas werd zesde (op twee seconden).", "Mas werd zesde (twee seconden behind)."),
        ("Mas dook daar weer ruim onder.", "Mas was daar weer ruim sneller."),
        ("Zij versnelden in de hoop Mas te lossen.", "Zij versnelden in de hoop om Mas te lossen."),
        ("Zij leefden in de hoop op Mas.", "Zij leefden in de hoop op Mas."),
        ("Kort voor de Giro viel hij.", "Vlak voor de Giro viel hij."),
        ("Toen kwam ook Bol ten val.", "Toen viel ook Bol."),
        ("Mas gaf De Wit en Bol het nakijken.", "Mas versloeg De Wit en Bol."),
        ("Daar was er ondertussen nog niet veel gebeurd.", "Daar was ondertussen nog niet veel gebeurd."),
        ("Mas gaf een masterclass dalen.", "Mas gaf een masterclass in descending."),
        ("De rit kende een venijnig slot.", "De rit had een venijnig slot."),
        ("Mas was vijf tellen rapper.", "Mas was vijf tellen sneller."),
        ("Een trio Italianen reed een kleine 17 kilometer.", "A trio of Italianen reed bijna 17 kilometer."),
        ("Mas nam het roze over van Bol.", "Mas took over het roze from Bol."),
        ('"Dat was niets", baalde Mas.', '"Dat was niets", zei een teleurgestelde Mas.'),
        ("Hun voorsprong liep snel terug.", "Hun voorsprong liep snel terug."),
        ("Mas zag alleen Bol, De Wit en Van Eik overblijven.", "Mas zag alleen Bol, De Wit en Van Eik remaining."),
        ("Hij won, tevens zijn tweede zege.", "Hij won, en dat was zijn tweede zege."),
        ("Bol, tevens de winnaar van Sneek, viel.", "Bol, tevens de winnaar van Sneek, viel."),
        # Not where it may be "for".
        ("Hij ging aan de leiding voor zijn ploeg.", "Hij ging aan de leiding voor zijn ploeg."),
        ("Hij reed aan kop voor de tweede klim.", "Hij reed aan kop voor de tweede klim."),
        ("Dat is de leiding voor Mas.", "Dat is de leiding voor Mas."),
    ],
)
def test_who_leads_and_the_like_is_said_as_models_know_it(sentence: str, said: str) -> None:
    assert as_models_know(sentence) == said
    assert as_models_know(said) == said
