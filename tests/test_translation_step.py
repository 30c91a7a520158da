"""The translation step as a whole, with the package that comes with the program. No test relies on its exact words."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.articles import Article, Sentence
from summarize.errors import NoPackageError
from summarize.translation import FLAGS, Translator, glossary, guard, packages
from summarize.translation.choosing import prepare, stand_ins, tidy, unmark
from summarize.translation.clauses import join_clauses, split_clauses
from summarize.translation.engine import VMAP, Decoding, Engine
from summarize.translation.translator import _code, _lexicon

SENTENCES = [
    "Hij won de etappe.",
    "De kopgroep had een voorsprong van 4.20 minuten op het peloton.",
    "Na 1,5 kilometer viel Zdravko Quintelier aan.",
    "In de afdaling reed de Belg Lotte Vermandere lek.",
    "De renner van Bora-Hansgrohe werd tweede, voor zijn ploeggenoot.",
    "Op de slotklim demarreerde de rozetruidrager.",
    "De sprint werd gewonnen door de Nederlander.",
]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to open a socket fails the test."""

    def refuse(*args: object, **named: object) -> None:
        raise AssertionError(f"a socket was opened: {args} {named}")

    monkeypatch.setattr(socket.socket, "__init__", refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator(cache=False, threads=2)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(packages.shipped_folder(), 2)


def article(name: str, language: str | None, *texts: str, title: str | None = None) -> Article:
    sentences = tuple(Sentence(text, number, 0) for number, text in enumerate(texts))
    return Article(name, name, title, " ".join(texts), language=language, sentences=sentences)


# --- offline ----------------------------------------------------------------------------------------------------


def test_the_socket_guard_works() -> None:
    with pytest.raises(AssertionError, match="socket"):
        socket.create_connection(("127.0.0.1", 9))


def test_nothing_is_looked_up(tmp_path: Path) -> None:
    """From a bare start, without cache, in a process where every socket call ends the program, with its C library's."""
    code = (
        "import sys, socket\n"
        "sys.addaudithook(lambda event, args: (_ for _ in ()).throw(SystemExit(f'{event} {args}'))\n"
        "                 if event.startswith('socket.') else None)\n"
        "from summarize.translation import Translator, packages\n"
        "packages.list_packages()\n"
        "print(Translator(cache=True).translate(['Hij won de etappe.'])[0].text)\n"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment |= {"STAGEBRIEF_CACHE": str(tmp_path / "cache"), "ARGOS_PACKAGES_DIR": str(tmp_path / "packages")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert {path.name for path in tmp_path.iterdir()} == {"cache"}


# --- sentences --------------------------------------------------------------------------------------------------


def test_translates(translator: Translator) -> None:
    first, *rest = translator.translate(SENTENCES)
    assert re.search(r"\b(won|wins|stage)\b", first.text)
    assert first.package == translator.package.label
    for translation in (first, *rest):
        assert translation.text and set(translation.flags) <= set(FLAGS) and 0 < translation.confidence <= 1


def test_names_and_numbers_come_through_or_are_flagged(translator: Translator) -> None:
    wanted = {
        1: ("number", "4:20"),
        2: ("name", "Quintelier"),
        3: ("name", "Vermandere"),
        4: ("name", "Bora-Hansgrohe"),
    }
    translations = translator.translate(SENTENCES)
    for number, (flag, text) in wanted.items():
        assert text in translations[number].text or flag in translations[number].flags
    assert any(text in translations[number].text for number, (_, text) in wanted.items())


def test_the_company_of_a_sentence_does_not_matter(translator: Translator) -> None:
    together = translator.translate(SENTENCES)
    assert translator.translate(list(reversed(SENTENCES))) == list(reversed(together))
    assert [translator.translate([sentence])[0] for sentence in SENTENCES] == together
    assert Translator(cache=False, threads=1).translate(SENTENCES) == together
    assert translator.translate([SENTENCES[0]] * 3) == [together[0]] * 3


def test_a_kept_translation_is_the_fresh_one(
    translator: Translator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAGEBRIEF_CACHE", str(tmp_path))
    fresh = Translator().translate(SENTENCES)
    assert fresh == translator.translate(SENTENCES)
    monkeypatch.setattr(Engine, "_load", lambda self: pytest.fail("the model was loaded for what is known"))
    assert Translator().translate(SENTENCES) == fresh


def test_other_settings_and_packages_do_not_share(tmp_path: Path) -> None:
    plain, whole = Translator(guard=False, glossary=False), Translator()
    assert plain._settings() != whole._settings()
    assert Translator()._settings() == whole._settings()


def test_a_cached_translation_depends_on_all_that_is_read() -> None:
    topics = {
        topic
        for file in _code()
        for topic in re.findall(r'\b(?:load|arrays)\("(\w+)"', file.read_text(encoding="utf-8"))
    }
    hashed = {file.name.split(".")[0] for file in _lexicon()}
    assert topics == hashed and {"separable", "ngrams"} <= topics


@pytest.mark.parametrize("text", ["", " ", "***", "12", "4.20", "— • —", "\u00ad"])
def test_what_has_no_words_stays(translator: Translator, text: str) -> None:
    [translation] = translator.translate([text])
    assert translation.text == text and translation.flags == ()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_has_a_translation(texts: list[str]) -> None:
    translations = Translator(cache=False, threads=1).translate(texts) if texts else []
    assert len(translations) == len(texts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mathieu van der Poel", "Mathieu van der Poel"),
        ("© ANP / EPA", "© ANP / EPA"),
        ("• Tadej Pogačar", "• Tadej Pogačar"),
        ("4. Pello Bilbao (+3.32)", "4. Pello Bilbao (+3:32)"),
        ("Lotto-Soudal, Bora-Hansgrohe en", None),
        ("Renner wint", None),
    ],
)
def test_a_line_of_names_stays(translator: Translator, text: str, expected: str | None) -> None:
    [translation] = translator.translate([text])
    assert (translation.text == expected) if expected else (translation.text != text)


def test_a_sentence_far_too_long(translator: Translator) -> None:
    """Ten thousand words without a comma: cut, not refused, and without an end in sight it still ends."""
    [translation] = translator.translate(["renner " * 1000])
    assert translation.text


# --- articles ---------------------------------------------------------------------------------------------------


def test_fills_articles_in_order(translator: Translator) -> None:
    dutch = article("a", "nl", *SENTENCES[:2], title="Renner wint etappe")
    english = article("b", "en", "He won the stage.")
    unknown = article("c", None, "Hij won de etappe.")
    one, two, three, four = translator.translate_articles([dutch, english, unknown, dutch])
    assert one.title_translation and all(sentence.translation for sentence in one.sentences)
    assert one.sentences[0].confidence is not None
    assert [sentence.text for sentence in one.sentences] == SENTENCES[:2]
    assert two is english and three is unknown
    assert four == one


def test_english_articles_need_no_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(packages, "shipped_folder", lambda: tmp_path / "nowhere")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "none"))
    english = article("b", "en", "He won the stage.")
    assert list(Translator().translate_articles([english])) == [english]
    with pytest.raises(NoPackageError):
        list(Translator().translate_articles([english, article("a", "nl", "Hij won.")]))


def test_streams(translator: Translator) -> None:
    """An endless row of articles: the first come out long before all have gone in."""
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield article(str(taken), "nl", *SENTENCES)

    stream = translator.translate_articles(endless())
    assert [next(stream).id for _ in range(3)] == ["1", "2", "3"]
    assert taken < 1000


def test_english_comes_out_at_once(translator: Translator) -> None:
    def two() -> Iterator[Article]:
        yield article("1", "en", "One.")
        pytest.fail("the first was held back")

    assert next(translator.translate_articles(two())).id == "1"


# --- engine -----------------------------------------------------------------------------------------------------


def test_the_batch_does_not_change_a_translation(engine: Engine) -> None:
    how = Decoding(beam=4, hypotheses=2)
    together = engine.translate(SENTENCES, how)
    assert [engine.translate([sentence], how)[0] for sentence in SENTENCES] == together
    assert all(len(some) == 2 and some[0].score >= some[1].score for some in together)


def test_a_translation_is_made_of_the_pieces_of_the_map(tmp_path: Path) -> None:
    package = tmp_path / "translate-nl_en"
    shutil.copytree(packages.shipped_folder(), package)
    vmap = package / "model" / VMAP
    sentence, how = "De renner won de etappe in de sprint.", Decoding()
    usual = Engine(package, 1).translate([sentence], how)
    assert usual[0][0].text == "The rider won the stage in the sprint."

    vmap.write_text("\t▁The ▁man ▁won ▁a ▁race .\n", encoding="utf-8")
    limited = Engine(package, 1).translate([sentence], how)[0][0].text
    assert limited.split() and set(re.findall(r"\w+|\S", limited)) <= {"The", "man", "won", "a", "race", "."}

    # For certain words only: not used, since every sentence of a batch would get it.
    vmap.write_text("\t▁The ▁man ▁won ▁a ▁race .\n▁De\t▁The\n", encoding="utf-8")
    assert Engine(package, 1).translate([sentence], how)[0][0].text == usual[0][0].text
    vmap.unlink()
    assert Engine(package, 1).translate([sentence], how)[0][0].text == usual[0][0].text


def test_the_map_of_the_package_has_all_that_english_needs() -> None:
    engine = Engine(packages.shipped_folder(), 1)
    text = (
        "Roglič outsprinted Wærenskjold and Van der Poel, 1:05 ahead of the yellow jersey's group on the Alpe d'Huez."
    )
    allowed = (packages.shipped_folder() / "model" / VMAP).read_text(encoding="utf-8").split()
    assert set(engine.pieces(text)) <= set(allowed)
    assert not {"▁wordt", "▁etappe", "▁eerste"} & set(allowed)


# --- guard ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "output", "flags"),
    [
        ("Hij won de etappe voor Jansens.", "He won the stage ahead of Jansens.", ()),
        ("Hij won de etappe voor Jansens.", "He won the stage ahead of Pieters.", ("name",)),
        ("Hij won met 12 seconden.", "He won by 21 seconds, by 12 or 13.", ("number",)),
        ("Hij won de etappe in de sprint.", "He won the stage the stage the stage.", ("loop",)),
        ("Hij won de etappe in de sprint.", "He won the cyclo-crosssss.", ("loop",)),
        ("Hij won de etappe in de sprint.", "Hij won de etappe in de sprint.", ("loop",)),
        ("Hij won de etappe in de sprint.", "He.", ("length",)),
        ("Toen viel Jansens ook nog.", "Then Jansens and Jansens and Jansens fell too.", ("name", "loop")),
        ("Op de Alpe d’Huez won hij.", "On the Alpe d'Huez'Huez he won.", ("loop",)),
        ("Hij won de etappe in de sprint.", "", ("length",)),
        ("Hij won.", "He won what was by far the hardest of all of the stages of this race", ("length",)),
        ("Heel, heel ver weg.", "Very, very far away.", ()),
    ],
)
def test_flags(source: str, output: str, flags: tuple[str, ...]) -> None:
    report = guard.assess(source, output)
    assert report.flags == flags
    assert (report.cost > 0) == bool(flags)


def test_human_translations_are_hardly_ever_flagged(shared: Path) -> None:
    folder = shared / "bench" / "translation"
    pairs = list(
        zip(
            (folder / "cycling.nl").read_text("utf-8").splitlines(),
            (folder / "cycling.en").read_text("utf-8").splitlines(),
            strict=True,
        )
    )
    flagged = [pair for pair in pairs if guard.assess(*pair).flags]
    assert len(flagged) <= len(pairs) * 0.05
    mended = [pair for pair in pairs if guard.mend(*pair) != pair[1]]
    assert len(mended) <= len(pairs) * 0.03


def test_swapped_names_and_numbers_are_nearly_always_found(shared: Path) -> None:
    folder = shared / "bench" / "translation"
    sources = (folder / "cycling.nl").read_text("utf-8").splitlines()
    references = (folder / "cycling.en").read_text("utf-8").splitlines()
    tried = found = 0
    for source, reference in zip(sources, references, strict=True):
        for name in re.findall(r"(?<=[a-z] )[A-Z][a-z]{4,}", source):
            if name in reference:
                tried += 1
                found += "name" in guard.assess(source, reference.replace(name, "Quontessa")).flags
        for number in re.findall(r"\b\d\d+\b", source):
            if number in reference:
                tried += 1
                found += "number" in guard.assess(source, reference.replace(number, str(int(number) + 3))).flags
    assert tried > 300
    assert found >= tried * 0.97


# --- glossary ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "small"),
    [
        ("Zo wisselde de Roze Trui van drager.", "Zo wisselde de roze trui van drager."),
        ("De Bolletjestrui ging naar Knecht.", "De bolletjestrui ging naar Knecht."),
        ("Roze Trui wisselt van drager", "Roze Trui wisselt van drager"),
        ('Zij riepen: "Gele Trui!"', 'Zij riepen: "Gele Trui!"'),
    ],
)
def test_a_term_written_like_a_name_is_none(sentence: str, small: str) -> None:
    assert glossary.in_small(sentence) == small


def test_finds_and_judges_terms() -> None:
    source = "De rozetruidrager demarreerde op de slotklim."
    assert [term.text for term in glossary.terms(source)] == ["rozetruidrager", "demarreerde", "slotklim"]
    assert [term.text for term in glossary.missing(source, "The pink jersey attacked on the hill.")] == ["slotklim"]
    assert not glossary.missing(source, "The pink jersey was attacking on the Final Climb.")
    lacking = glossary.missing(source, "He rode.")
    assert "drager van de roze trui" in (glossary.plainer(source, lacking) or "")
    assert "final climb" in glossary.in_english(source, lacking)
    assert (
        glossary.mend("In de ploegentijdrit won hij.", "In the ploegentijdrit he won.")
        == "In the team time trial he won."
    )


def test_the_glossary_is_large_and_well_formed() -> None:
    from summarize.lexicon import load

    entries = load("glossary", "nl")["terms"]
    assert len(entries) >= 300
    forms = [form for entry in entries for form in entry["nl"]]
    assert len(forms) == len(set(forms))
    for entry in entries:
        assert entry["en"] and set(entry) <= {"nl", "en", "say"}
        for form in entry["nl"]:
            assert [term.text for term in glossary.terms(f"Dit is {form}.")][:1] == [form] or " " in form
            [term, *_] = glossary.terms(f"Dit is {form}.")
            assert glossary.has(term, f"This is {entry['en'][0]}.")


# --- clauses, and before and after ------------------------------------------------------------------------------


def test_splits_at_clause_marks() -> None:
    sentence = "Hij reed weg in de afdaling, de anderen zagen hem niet meer; na 4,5 kilometer was het voorbij."
    parts = split_clauses(sentence, len, 60)
    assert parts == [
        "Hij reed weg in de afdaling, de anderen zagen hem niet meer;",
        "na 4,5 kilometer was het voorbij.",
    ]
    assert split_clauses(sentence, len, 1000) == [sentence]


@given(st.text(alphabet="ab ,;:-4.", max_size=300), st.integers(5, 60))
def test_parts_give_the_sentence_back(sentence: str, longest: int) -> None:
    assert " ".join(split_clauses(sentence, len, longest)) == sentence


def test_joins_clauses() -> None:
    parts = ["Hij reed weg,", "maar Jansen volgde."]
    assert join_clauses(parts, ["He rode away.", "But Jansen followed."]) == "He rode away, but Jansen followed."
    assert join_clauses(["Hij won,", "ik niet."], ["He won", "I did not."]) == "He won, I did not."


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("Renner wint etappe", "Rider wins stage.", "Rider wins stage"),
        ("De renner won.", "The rider won", "The rider won."),
        ('"Ik won."', '"I won"', '"I won."'),
        ("Won hij?", "Did he win ?", "Did he win?"),
    ],
)
def test_tidies(source: str, text: str, expected: str) -> None:
    assert tidy(source, text) == expected


def test_prepares() -> None:
    assert prepare("\ufeffDe\u00a0ren\u00adner  won\t.") == "De renner won ."


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("• Hij won", ("• ", "Hij won")),
        ("©Belga", ("©", "Belga")),
        ("- Hij", ("- ", "Hij")),
        ("-5 graden", ("", "-5 graden")),
        ("„Ik won”", ("", "„Ik won”")),
        ("•", ("", "•")),
    ],
)
def test_unmarks(line: str, parts: tuple[str, str]) -> None:
    assert unmark(line) == parts


def test_stand_ins_come_and_go() -> None:
    swap = stand_ins("Toen won Zdravko Quintelier de rit.", "Then won the stage.")
    assert swap is not None and "Quintelier" not in swap.text and "Zdravko" not in swap.text
    (first, _), (second, _) = swap.pairs
    assert swap.restore(f"Then {first} {second} won.") == "Then Zdravko Quintelier won."
    assert swap.restore(f"Then {second} won.") is None
    assert swap.restore(f"Then {first} {second} {second} won.") is None
    assert stand_ins("Toen won hij.", "Then he won.") is None


def test_usual_figures_stand_in_for_lost_ones() -> None:
    swap = stand_ins("In 20 dagen klom zij 365 treden en 79 trappen.", "In 20 days she climbed.")
    assert swap is not None and swap.text == "In 20 dagen klom zij 100 treden en 12 trappen."
    assert (
        swap.restore("In 20 days she climbed 100 steps and 12 stairs.")
        == "In 20 days she climbed 365 steps and 79 stairs."
    )
    assert swap.restore("In 20 days she climbed 12 stairs.") is None
    for source in ("Het 79e jaar.", "De oorlog van 1618-1648.", "Het virus-19.", "Na 1.618 meter."):
        assert stand_ins(source, "Nothing.") is None, source


def test_a_rare_word_is_looked_up(translator: Translator) -> None:
    sentences = [
        "De scan toonde uitzaaiingen in de longen.",
        "De diepzeeduiker kreeg een standbeeld.",
        "De Kameroener deed alsof er niets gebeurd was, maar het was meineed.",
    ]
    for entry, words in zip(translator.translate(sentences), ("metastases", "deep-sea diver", "perjury"), strict=True):
        assert words in entry.text, entry


def test_a_flemish_time_of_day_is_an_english_one(translator: Translator) -> None:
    (first, second) = translator.translate(["De start is om 11u30 in Gent.", "De finish wordt rond 17u05 verwacht."])
    assert "11:30" in first.text and "17:05" in second.text
    assert not first.flags and not second.flags
