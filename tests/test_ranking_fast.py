"""The fast summarizers choose what sumy's own choose, ties apart."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.tokenize.destructive import NLTKWordTokenizer
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.nlp.stemmers import Stemmer
from sumy.nlp.tokenizers import Tokenizer as SumyTokenizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

from summarize.articles import Article
from summarize.preparing import prepare
from summarize.ranking import fast_lexrank, fast_textrank
from summarize.ranking.documents import document, rank_document
from summarize.ranking.fast_kl import FastKLSummarizer
from summarize.ranking.fast_lexrank import FastLexRankSummarizer
from summarize.ranking.fast_textrank import FastReductionSummarizer, FastTextRankSummarizer
from summarize.ranking.quick import FastLsaSummarizer, FastLuhnSummarizer
from summarize.ranking.tokens import Tokenizer, stemmer, stop_words

CLOSE = 1e-9
PAIRS = {
    "lexrank": (LexRankSummarizer, FastLexRankSummarizer),
    "textrank": (TextRankSummarizer, FastTextRankSummarizer),
    "reduction": (ReductionSummarizer, FastReductionSummarizer),
    "lsa": (LsaSummarizer, FastLsaSummarizer),
    "luhn": (LuhnSummarizer, FastLuhnSummarizer),
    "kl": (KLSummarizer, FastKLSummarizer),
}


def pair(method: str, language: str = "en") -> tuple[Any, Any]:
    made = []
    for kind in PAIRS[method]:
        summarizer = kind(stemmer(language))
        summarizer.stop_words = stop_words(language)
        made.append(summarizer)
    return made[0], made[1]


class Ratings:
    """A count for sumy's summarizers that takes nothing, and notes all ratings in the order of the document."""

    def __call__(self, infos: Sequence[Any]) -> Sequence[Any]:
        self.ratings = [info.rating for info in sorted(infos, key=lambda info: info.order)]
        return infos


def ratings(summarizer: Any, of: Any) -> list[float]:
    noted = Ratings()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        summarizer(of, noted)
    return noted.ratings


def assert_same_choice(own: Any, fast: Any, of: Any) -> None:
    """For every length, the chosen sentences have the ratings that sumy gives to those that it chooses."""
    by_sumy = ratings(own, of)
    order = rank_document(fast, of)
    assert sorted(order) == list(range(len(by_sumy)))
    assert [by_sumy[index] for index in order] == pytest.approx(sorted(by_sumy, reverse=True), abs=CLOSE)


@pytest.fixture(scope="module")
def news(shared: Path) -> list[Any]:
    """200 real articles as sumy's documents."""
    found = []
    for name in ("cnndm_summeval", "cnndm_realsumm"):
        for line in (shared / "bench" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            article = prepare(Article(str(record["id"]), "-", record.get("title"), record["text"]))
            assert isinstance(article, Article)
            found.append(document(article))
    assert len(found) == 200
    return found


@pytest.mark.parametrize("method", ["lexrank", "textrank", "reduction", "luhn"])
def test_same_choice_as_sumy_on_news(method: str, news: list[Any]) -> None:
    own, fast = pair(method)
    for of in news:
        assert_same_choice(own, fast, of)


def test_lsa_chooses_as_sumy_on_news(news: list[Any]) -> None:
    own, fast = pair("lsa")
    for of in sorted(news, key=lambda of: len(of.words))[:25]:  # sumy takes its time for the others
        assert_same_choice(own, fast, of)


def assert_same_steps(own: Any, fast: Any, of: Any, steps: int) -> None:
    """Every sentence that fast KL takes has, by sumy's own reckoning, the least divergence of those that are left."""
    sentences = list(of.sentences)
    frequencies = own.compute_tf(sentences)
    summary: list[Any] = []
    left = list(range(len(sentences)))
    order = fast._order(
        frequencies, [fast._get_content_words_in_sentence(s) for s in sentences], [s.words for s in sentences]
    )
    for chosen in order[:steps]:
        so_far = own._get_all_words_in_doc(summary)
        divergences = {
            index: own._kl_divergence(
                own._joint_freq(own._get_content_words_in_sentence(sentences[index]), so_far), frequencies
            )
            for index in left
        }
        assert divergences[chosen] == pytest.approx(min(divergences.values()), abs=CLOSE)
        left.remove(chosen)
        summary.append(sentences[chosen])


def test_kl_chooses_as_sumy_on_news(news: list[Any]) -> None:
    own, fast = pair("kl")
    for of in news:
        assert_same_steps(own, fast, of, 5)
    for of in sorted(news, key=lambda of: len(of.words))[:60]:  # sumy's whole order, which takes it long
        if rank_document(own, of) != rank_document(fast, of):
            assert_same_steps(own, fast, of, len(of.sentences))


@pytest.fixture(params=["dense", "sparse"])
def path(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways to multiply, whatever the length of the document."""
    limit = 10**9 if request.param == "dense" else 0
    monkeypatch.setattr(fast_lexrank, "DENSE_SENTENCES", limit)
    monkeypatch.setattr(fast_textrank, "DENSE_SENTENCES", limit)
    monkeypatch.setattr(fast_lexrank, "_BLOCK", 3)
    yield request.param


def make_document(sentences: Sequence[Sequence[str]]) -> Any:
    words = Tokenizer("en")
    return ObjectDocumentModel([Paragraph([SumySentence(" ".join(found), words) for found in sentences])])


WORDS = st.sampled_from(["alpha", "Beta", "gamma", "delta", "epsilon", "runs", "running", "The", "the", "of", "7", "."])
DOCUMENTS = st.lists(st.lists(WORDS, max_size=7), min_size=1, max_size=9).map(make_document)


def is_number(value: float) -> bool:
    return value == value


@pytest.mark.parametrize("method", ["lexrank", "textrank", "reduction", "lsa", "luhn"])
def test_same_choice_as_sumy_on_made_up_documents(method: str, path: str) -> None:
    own, fast = pair(method)

    @settings(max_examples=40, deadline=None, derandomize=True, database=None)
    @given(DOCUMENTS)
    def check(of: Any) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                by_sumy = ratings(own, of)
            except AttributeError:  # sumy finds nothing to rate
                by_sumy = [0.0] * len(of.sentences)
        if method == "lexrank" and not all(map(is_number, by_sumy)):
            # sumy divides nought by nought where no two sentences are similar, and keeps the order of the document
            assert rank_document(fast, of) == tuple(range(len(of.sentences)))
        elif any(by_sumy):
            assert_same_choice(own, fast, of)

    check()


def test_kl_chooses_as_sumy_on_made_up_documents() -> None:
    own, fast = pair("kl")

    @settings(max_examples=80, deadline=None, derandomize=True, database=None)
    @given(DOCUMENTS)
    def check(of: Any) -> None:
        assert_same_steps(own, fast, of, len(of.sentences))

    check()


def test_kl_rates_repeated_sentences_as_sumy() -> None:
    of = make_document(
        [["alpha", "beta"], ["gamma"], ["alpha", "beta"], ["gamma", "delta", "delta"], ["alpha", "beta"]]
    )
    own, fast = pair("kl")
    assert ratings(own, of) == ratings(fast, of)


def test_long_documents_take_the_sparse_way(news: list[Any]) -> None:
    sentences = [sentence for of in news for sentence in of.sentences][:160]
    of = ObjectDocumentModel([Paragraph(sentences)])
    assert len(of.sentences) > fast_lexrank.DENSE_SENTENCES
    for method in ("lexrank", "textrank"):
        assert_same_choice(*pair(method), of)


def test_ties_go_to_the_earlier_sentence() -> None:
    of = make_document([["alpha", "beta"], ["gamma", "delta"], ["beta", "alpha"], ["delta", "gamma"], ["epsilon"]])
    for method in ("lexrank", "textrank", "reduction", "kl"):
        fast = pair(method)[1]
        order = rank_document(fast, of)
        assert order.index(0) < order.index(2) and order.index(1) < order.index(3), method


def test_stop_words_can_be_changed_between_documents() -> None:
    of = make_document([["alpha", "beta", "gamma"], ["alpha", "delta"], ["delta", "gamma", "beta"]])
    fast = FastLexRankSummarizer(stemmer("en"))
    rows, columns, counts, sentences, vocabulary = fast.entries(of)
    assert (len(rows), sentences, vocabulary) == (8, 3, 4)
    fast.stop_words = ["alpha"]
    rows, columns, counts, sentences, vocabulary = fast.entries(of)
    assert rows.tolist() == [0, 0, 1, 2, 2, 2]
    assert columns.tolist() == [0, 1, 2, 0, 1, 2]
    assert counts.tolist() == [1.0] * 6


def test_entries_do_not_depend_on_the_documents_before() -> None:
    of = make_document([["gamma", "beta", "gamma"], ["alpha", "beta"]])
    fresh, used = FastLexRankSummarizer(stemmer("en")), FastLexRankSummarizer(stemmer("en"))
    used.entries(make_document([["alpha", "delta"], ["beta", "gamma"]]))
    for one, other in zip(fresh.entries(of)[:3], used.entries(of)[:3], strict=True):
        assert one.tolist() == other.tolist()


def nltk_words(text: str) -> tuple[str, ...]:
    """What sumy's tokenizer finds in one sentence."""
    return tuple(filter(SumyTokenizer._is_word, NLTKWordTokenizer().tokenize(text)))


def test_words_are_those_of_nltk() -> None:
    chunks = st.text(alphabet="aIntsvcmowhle'\"`’“”.,:;!?()-–&$5*é", max_size=8)

    # What the short cut for simple chunks must tell apart: marks and pieces of words in any order.
    pieces = ["cannot", "Jan", "re", "s", "'s", "'", '"', "(", ")", "]", "-", "--", ",", ".", "$", "12", "3", "%", "½"]
    chunks |= st.lists(st.sampled_from(pieces), max_size=6).map("".join)

    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(st.lists(chunks | st.sampled_from(["can't", "cannot", "wanna", "gonna", "Mr.", "'tis", "U.S.", "n't"])))
    def check(found: list[str]) -> None:
        text = " ".join(" ".join(found).split())
        assert Tokenizer().to_words(text) == nltk_words(text)

    check()


@pytest.mark.parametrize("name", ["en_ewt", "nl_lassysmall"])
def test_words_are_those_of_nltk_in_news(name: str, shared: Path) -> None:
    words = Tokenizer()
    lines = (shared / "bench" / "sentences" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    for line in lines[:700]:
        assert words.to_words(line.strip()) == nltk_words(line.strip())


@pytest.mark.parametrize("language", ["en", "nl"])
def test_stems_are_those_of_sumy(language: str) -> None:
    own = Stemmer({"en": "english", "nl": "dutch"}[language])
    for word in ("Winning", "stages", "overwinningen", "klassement", "riders", "De", "étape"):
        assert stemmer(language)(word) == own(word)


def test_sumy_english_stop_words() -> None:
    from sumy.utils import get_stop_words

    assert stop_words("en") == get_stop_words("english")
    assert "het" in stop_words("nl")
    assert stop_words("xx") == stop_words(None) == frozenset()
