"""Where sentences end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.sentences import MAX_CHARACTERS, split

# Sentences that stand behind each other in a text: every list is joined by spaces and has to come back as it was.
TEXTS = {
    "en": [
        [
            "He won in 3:54.12 hours.",
            "The 189.5 km stage went to St. Etienne.",
            "Mr. Jones of F.C.G. Racing was 2.4km back.",
        ],
        [
            "It was 12 km.",
            "Roglic attacked.",
            "The U.S. rider J.J. Smith Jr. finished No. 5 at 7 p.m.",
            "The rest came later.",
        ],
        [
            '"I won."',
            '"It hurt," he said.',
            '"What a day!" Pogacar said.',
            "'Really?' asked the man.",
            "“Yes.”",
            "He left.",
        ],
        [
            "He waited … and waited.",
            "Then he went...",
            "Nobody followed him!",
            "Why not?",
            "(He was too strong.)",
            "So he won.",
        ],
        ["Wout van Aert (Jumbo-Visma) won.", "Visma | Lease a Bike were second.", "See Booking.com for more."],
        ["He said no.", "The team said nothing.", "Stage 12.", "The end came at 5.30 p.m.", "Everybody slept."],
        ["On Dec. 12 he was ill.", "Thomas replaced him.", "E.g. the climb of 10.5 km was his."],
    ],
    "nl": [
        [
            "„Dit is mooi.”",
            "„Echt”, zei hij.",
            "'s Avonds won St. Etienne.",
            "De 12. Etappe was o.a. van Jan.",
            "Hij reed 12 km.",
            "Roglic viel aan.",
        ],
        [
            ",,Wat een dag!'', riep hij.",
            "‘Echt waar?’ vroeg hij.",
            "Hij kwam na 3.54 uur binnen.",
            "Dhr. A.B. de Vries zag het.",
        ],
        ["Hij won in 1.54.", "De Sloveen werd derde op 0.41 (tijdrit).", "Dat was genoeg.", "'t Was mooi geweest."],
        [
            '"Ik ben blij."',
            "Hij lachte.",
            '"Jij ook?"',
            "Het is 10 mei.",
            "De rest volgt a.s. zondag enz.",
            "Morgen is het rustdag.",
        ],
        ["Ze waren met z'n drieën binnengekomen.", "Daarna begon het bod.", "Het duurde tien uur.", "Niemand klaagde."],
    ],
}


@pytest.mark.parametrize(("language", "sentences"), [(lang, text) for lang, texts in TEXTS.items() for text in texts])
def test_sentences(language: str, sentences: list[str]) -> None:
    assert split(" ".join(sentences), language) == sentences


def test_a_missing_space_after_a_stop() -> None:
    assert split("Hij heeft gewonnen.De rest volgde op nos.nl en op 1.54.", "nl") == [
        "Hij heeft gewonnen.",
        "De rest volgde op nos.nl en op 1.54.",
    ]


def test_a_quotation_mark_that_stands_off() -> None:
    assert split("Zo gaat het hier. '' Hij lachte erom.", "nl") == ["Zo gaat het hier. ''", "Hij lachte erom."]


def test_line_breaks_end_sentences_and_white_space_is_collapsed() -> None:
    assert split("A headline without a stop\nA  sentence\twith   gaps.\n\n * \n", "en") == [
        "A headline without a stop",
        "A sentence with gaps.",
    ]


def test_nothing_gives_nothing() -> None:
    assert split("", "en") == split(" \n … !? \n", "nl") == []


def test_an_unknown_language_is_split_all_the_same() -> None:
    assert split("Il a gagné. Il est content.", "fr") == ["Il a gagné.", "Il est content."]


def test_a_text_without_stops_is_cut_at_pauses() -> None:
    text = "and then the riders went on, " * 400
    pieces = split(text, "en")
    assert len(pieces) > 5
    assert max(map(len, pieces)) <= MAX_CHARACTERS
    assert all(piece.endswith(",") for piece in pieces)
    assert " ".join(pieces) == text.strip()
    assert "".join(split("a" * 5000, "en")) == "a" * 5000


_LETTERS = st.text(alphabet="aB1 .!?…,;:'\"“”„‘’()[]\n\tdeé-/@", max_size=200)


@given(st.one_of(_LETTERS, st.text(max_size=100)), st.sampled_from(["en", "nl"]))
def test_sentences_are_parts_of_the_text_in_order(text: str, language: str) -> None:
    collapsed = " ".join(text.split())
    position = 0
    for sentence in split(text, language):
        found = collapsed.find(sentence, position)
        assert found >= 0
        assert sentence == sentence.strip()
        assert any(map(str.isalnum, collapsed[position : found + len(sentence)]))
        assert not any(map(str.isalnum, collapsed[position:found]))
        position = found + len(sentence)
    assert not any(map(str.isalnum, collapsed[position:]))


@pytest.mark.parametrize(
    ("name", "least"), [("en_pud", 0.995), ("nl_alpino", 0.955), ("nl_lassysmall", 0.84), ("en_ewt", 0.785)]
)
def test_boundaries_in_the_treebanks(shared: Path, name: str, least: float) -> None:
    """F of the boundaries; the rest is mostly headings and lists, which no stop ends."""
    lines = (shared / f"bench/sentences/{name}.txt").read_text(encoding="utf-8").splitlines()
    text = "".join("".join(line.split()) for line in lines)

    def starts(sentences: list[str]) -> set[int]:
        found, position = [], 0
        for sentence in sentences:
            solid = "".join(sentence.split())
            position = text.index(solid, position)
            found.append(position)
            position += len(solid)
        return set(found[1:])

    gold, ours = starts(lines), starts(split(" ".join(lines), name[:2]))
    assert 2 * len(gold & ours) / (len(gold) + len(ours)) >= least
    assert len(gold & ours) / len(ours) >= 0.985
