"""Ranking of single articles: methods, lengths, odd inputs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest

from summarize.articles import Article, Sentence
from summarize.errors import UsageError
from summarize.ranking import METHODS, Length, rank, select, summarize_article
from summarize.ranking.english import summarize_in_english
from summarize.translation import Translation, Translator

STORY = (
    "Anna Berg won the third stage of the Tour of the Lakes in Ulverton.",
    "She beat Maria Costa by two seconds after 132 kilometres.",
    "The stage had three climbs, and rain fell on all of them.",
    "But the crowd stayed.",
    "Costa keeps the red jersey with a lead of 14 seconds on Berg.",
    "Tomorrow the Tour of the Lakes goes to Harrow.",
)


def make(*texts: str, title: str | None = None, language: str | None = "en", **more: str) -> Article:
    sentences = tuple(Sentence(text, position, position // 3) for position, text in enumerate(texts))
    return Article("a", "a.txt", title, "\n".join(texts), language=language, sentences=sentences, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("method", METHODS)
def test_three_sentences_in_the_order_of_the_article(method: str) -> None:
    summary = summarize_article(make(*STORY, title="Berg wins in Ulverton"), method)
    positions = [sentence.position for sentence in summary.sentences]
    assert len(positions) == 3
    assert positions == sorted(positions)
    assert summary.method == method
    assert summary.text == " ".join(STORY[position] for position in positions)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("language", ["en", "nl", "xx", None])
@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("Anna Berg won.",),
        ("Anna Berg won.",) * 5,
        ("?!", "...", "— !", "-"),
        ("the of and", "the of and", "of the"),
        ("Berg won.", "Costa lost."),
        ("", " ", "Berg won."),
        ("won", "won", "lost", "Berg"),
    ],
    ids=["empty", "one", "identical", "no words", "stop words", "two", "blank", "single words"],
)
def test_odd_articles(method: str, language: str | None, texts: tuple[str, ...]) -> None:
    article = make(*texts, language=language)
    order = rank(article, method)
    assert sorted(order) == list(range(len(texts)))
    if len(set(texts)) == 1 or ("..." in texts and method != "edmundson"):  # which looks at the place as well
        assert order == tuple(range(len(texts))), "equally good sentences stand in the order of the article"
    assert len(summarize_article(article, method).sentences) == min(3, len(texts))


def test_unknown_method_names_the_methods() -> None:
    with pytest.raises(UsageError, match="lexrank"):
        rank(make(*STORY), "lexrang")


def test_length_takes_one_measure() -> None:
    with pytest.raises(UsageError, match="one length only"):
        Length(sentences=2, words=30)
    for wrong in ({"sentences": 0}, {"words": -1}, {"ratio": 0.0}, {"ratio": 1.5}):
        with pytest.raises(UsageError):
            Length(**wrong)  # type: ignore[arg-type]


def test_length_in_sentences_words_and_ratio() -> None:
    texts = ["a b c", "d e f g h", "i", "j k"]
    order = [1, 0, 3, 2]
    assert select(order, texts, Length()) == (0, 1, 3)
    assert select(order, texts, Length(sentences=2)) == (0, 1)
    assert select(order, texts, Length(sentences=9)) == (0, 1, 2, 3)
    assert select(order, texts, Length(ratio=0.5)) == (0, 1)
    assert select(order, texts, Length(ratio=0.01)) == (1,)
    assert select(range(100), [""] * 100, Length(ratio=0.29)) == tuple(range(29))
    assert select(order, texts, Length(words=8)) == (0, 1)
    assert select(order, texts, Length(words=6)) == (1, 2), "what does not fit is passed over"
    assert select([0, 1], ["a b c", "d e"], Length(words=1)) == (0,), "one sentence at least, and whole"
    assert select([], [], Length(words=5)) == ()


def test_flagged_translations_come_last() -> None:
    sentences = tuple(
        Sentence(f"zin {position}", position, 0, text, ("number",) if position in (0, 4) else ())
        for position, text in enumerate(STORY)
    )
    article = Article("a", "a.txt", None, "", language="nl", sentences=sentences)
    for method in METHODS:
        order = rank(article, method)
        assert set(order[-2:]) == {0, 4}, method


@pytest.mark.parametrize("flagged", [(), (0,), (0, 1, 4)])
def test_a_few_are_chosen_as_all_are(flagged: tuple[int, ...]) -> None:
    texts = [text.replace("Berg", name) for name in ("Berg", "Smit", "Costa") for text in STORY]
    sentences = [Sentence(text, place, 0, flags=("name",) * (place in flagged)) for place, text in enumerate(texts)]
    article = Article("a", "a.txt", None, "", language="en", sentences=tuple(sentences))
    for most in (1, 3, 7):
        assert rank(article, "default", most)[:most] == rank(article)[:most]


@pytest.mark.parametrize("method", METHODS)
def test_a_translated_article_is_ranked_in_english(method: str) -> None:
    english = make(*STORY, title="Berg wins in Ulverton")
    sentences = tuple(Sentence(f"Zin {s.position}.", s.position, s.paragraph, s.text) for s in english.sentences)
    dutch = Article(
        "a", "a.txt", "Berg wint", "", language="nl", sentences=sentences, title_translation="Berg wins in Ulverton"
    )
    assert rank(dutch, method) == rank(english, method)
    summary = summarize_article(dutch, method)
    assert summary.text == summarize_article(english, method).text
    assert summary.sentences[0].original is not None


DUTCH = (
    "Jan Berg won zondag de vijfde etappe van de Ronde van Ulverton na een solo van 30 kilometer.",
    "Het regende de hele dag.",
    "Berg reed op de laatste klim weg uit een kopgroep van zes renners.",
    "Piet Smit werd tweede op 43 seconden.",
    "Berg neemt de leiding in het klassement over van Smit.",
    "Morgen volgt een tijdrit van 22 kilometer.",
)


class Translating:
    """The translation step, with a note of what it was asked, and with sentences that it flags."""

    def __init__(self, *flagged: str) -> None:
        self.asked: list[str] = []
        self._flagged = flagged
        self._step = Translator(cache=False, threads=1)

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        self.asked += sentences
        done = self._step.translate(sentences)
        return [
            replace(one, flags=("name",)) if text in self._flagged else one
            for text, one in zip(sentences, done, strict=True)
        ]


@pytest.mark.parametrize("method", ["default", "lead", "lexrank"])
def test_only_what_is_shown_is_translated(method: str) -> None:
    dutch = replace(make(*DUTCH, title="Berg wint in Ulverton"), language="nl")
    step = Translating()
    [(title, summary)] = summarize_in_english([dutch], step, method, Length(sentences=2))
    best = sorted(rank(dutch, method)[:2])
    assert [s.original for s in summary.sentences] == [DUTCH[i] for i in best]
    assert sorted(step.asked) == sorted(["Berg wint in Ulverton", *(DUTCH[i] for i in best)])
    assert title == step._step.translate(["Berg wint in Ulverton"])[0].text
    assert summary.text == " ".join(one.text for one in step._step.translate([DUTCH[i] for i in best]))


def test_a_flagged_translation_gives_way_to_the_next_best_sentence() -> None:
    dutch = replace(make(*DUTCH), language="nl")
    first, second, third, *_ = rank(dutch, "default")
    [(title, summary)] = summarize_in_english([dutch], Translating(DUTCH[first]), "default", Length(sentences=2))
    assert title is None
    assert [s.position for s in summary.sentences] == sorted([second, third])
    [(_, summary)] = summarize_in_english([dutch], Translating(*DUTCH), "default", Length(sentences=2))
    assert [s.position for s in summary.sentences] == sorted([first, second])  # all are flagged


@pytest.mark.parametrize(("ratio", "count"), [(0.5, 3), (0.34, 2), (1.0, 6)])
def test_a_ratio_is_one_of_the_whole_article(ratio: float, count: int) -> None:
    dutch = replace(make(*DUTCH), language="nl")
    [(_, summary)] = summarize_in_english([dutch], Translating(), "lead", Length(ratio=ratio))
    assert len(summary.sentences) == count


def test_a_length_in_words_counts_english_words() -> None:
    dutch = replace(make(*DUTCH), language="nl")
    [(_, summary)] = summarize_in_english([dutch], Translating(), "lead", Length(words=25))
    assert 0 < len(summary.text.split()) <= 25
    assert all(s.translation is not None for s in summary.sentences)


def test_default_says_nothing_twice() -> None:
    order = rank(make(STORY[0], STORY[0].replace("won", "has won"), *STORY[1:]))
    assert order.index(1) >= 5 or order.index(0) >= 5, "all that is new comes before what has been said"


def test_default_takes_a_dangling_sentence_with_the_one_before_or_later() -> None:
    dangling = "She had attacked on the last climb with 12 kilometres to go."
    plain = dangling.replace("She", "Berg")
    other = "The organisers have sold 9 thousand tickets for the evening."
    article = [STORY[2], other, dangling, *STORY[3:]]
    order = rank(make(*article))
    article[2] = plain
    assert order.index(2) > rank(make(*article)).index(2)


def test_default_looks_at_the_title() -> None:
    texts = ["The bus left at nine.", "Rain fell on the coast.", "Anna Berg sang.", "Trams ran late in Ulverton."]
    by_title = {title: rank(make(*texts, title=title)).index(3) for title in (None, "Ulverton trams late")}
    assert by_title["Ulverton trams late"] < by_title[None]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["He said: “It hurt.", "I fell.", "Then I won.”", "“Fine”, she said.", "The end."], [1, 1, 1, 0, 0]),
        (["„Het deed pijn.", "Ik viel”, zei hij.", "Zo’n dag."], [1, 1, 0]),
        (['"It hurt', 'a lot", he said.', 'He called it "hard".'], [1, 1, 0]),
        (
            ["'I'm happy,' he said.", "'It hurt.", "I won,' said Berg's team-mate.", "The riders' bus left."],
            [0, 1, 1, 0],
        ),
        (["She called it 'hard' in the '90s.", "'s Middags won Berg."], [0, 0]),
        (["“It hurt.", *["Berg won."] * 9], [0] * 10),
        (["Berg won.”"], [1]),
    ],
)
def test_quotations_that_go_on_in_another_sentence(texts: list[str], expected: list[int]) -> None:
    from summarize.ranking.default import cut_quotations

    assert cut_quotations(texts) == [bool(value) for value in expected]


def test_importing_is_cheap() -> None:
    code = (
        "import sys, summarize.ranking; "
        "print([m for m in ('numpy', 'scipy', 'sumy', 'nltk', 'requests') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
