"""Words, stems and stop words with sumy's interfaces, without NLTK's downloaded data and without doing a word twice.

sumy's own `Tokenizer` asks NLTK for Punkt parameters that have to be downloaded. Articles come split into sentences
here, so that the word tokenizer, which is regular expressions only, is all that is needed. News repeats its words:
tokens and stems are kept from article to article, which makes both several times faster than computing them anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from summarize.lexicon import load
from summarize.ranking.light import load_nltk

__all__ = ["Tokenizer", "function_words", "lexicon", "stemmer", "stems", "stop_words", "terms", "tokenizer", "tokens"]

_CACHED = 16_000
"""Entries that a cache may hold before it starts afresh: a few megabytes. The words that make up most of any text are
back in it after a few articles."""

_SUMY_WORD = re.compile(r"^[^\W\d_](?:[^\W\d_]|['-])*$")
"""What sumy takes for a word: letters, then letters, apostrophes and hyphens (`sumy.nlp.tokenizers.Tokenizer`)."""

_CLOSERS = "])}>\"' »”’"
"""What NLTK allows between the final full stop and the end of the text."""

_LANGUAGE_NAMES = {
    "en": "english",
    "nl": "dutch",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "sv": "swedish",
    "da": "danish",
    "no": "norwegian",
    "nb": "norwegian",
}
"""Names under which sumy and Snowball know the languages."""

_ENDS_WORD = ",;:!?"
"""Marks that NLTK splits from the end of a word, wherever it stands."""
_CONTRACTIONS = frozenset(["cannot", "gimme", "gonna", "gotta", "lemme", "wanna"])
"""Words of letters alone that NLTK splits in two."""

_SIMPLE = re.compile(
    r"[\"(\[]?(?:([^\W\d_]+(?:-[^\W\d_]+)*)(?:'s)?|[$£€]?\d+(?:[.,]\d+)*(?:[^\W_]*(?:-[^\W_]+)*|%)?)[,;:!?)\]\"]*"
)
"""Chunks whose only word is what the group matches, without a word where it matches nothing: words joined by hyphens,
with a possessive s, with quotes, brackets and marks around them; and numbers, which sumy drops, with their units."""

_LETTERS = re.compile(r"[^\W\d_]+")
_TERM = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")


def lexicon(language: str | None) -> dict[str, Any]:
    """What ranking knows about a language; empty where it knows nothing."""
    try:
        return dict(load("ranking", language)) if language else {}
    except FileNotFoundError:
        return {}


class _Memo(dict[str, str]):
    """A dictionary that computes what it does not have."""

    __slots__ = ("_compute",)

    def __init__(self, compute: Callable[[str], str]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, word: str) -> str:
        if len(self) >= _CACHED:
            self.clear()
        found = self[word] = self._compute(word)
        return found


class _Stemmer:
    """Snowball's stemmer of a language, as a callable that sumy's summarizers take; remembers its stems."""

    __slots__ = ("_stems",)

    def __init__(self, name: str | None) -> None:
        compute: Callable[[str], str] = str.lower
        if name is not None:
            load_nltk()
            import nltk.stem.snowball as snowball

            compute = getattr(snowball, f"{name.capitalize()}Stemmer")().stem
        self._stems = _Memo(compute)

    def __call__(self, word: str) -> str:
        return self._stems[word]


@cache
def stemmer(language: str | None) -> Callable[[str], str]:
    """The stemmer of a language (ISO 639-1), the same as sumy's `Stemmer`; lower case where there is none."""
    return _Stemmer(_LANGUAGE_NAMES.get(language or ""))


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """sumy's stop words of a language (ISO 639-1), the lexicon's where sumy has none (Dutch); else none."""
    if language in _LANGUAGE_NAMES:
        from sumy.utils import get_stop_words

        try:
            return frozenset(get_stop_words(_LANGUAGE_NAMES[language]))
        except LookupError:
            pass
    return function_words(language)


@cache
def function_words(language: str | None) -> frozenset[str]:
    """The lexicon's stop words: fewer than sumy's, which drop "first", "second" and "best" too; none where unknown."""
    try:
        return frozenset(load("stopwords", language)) if language else frozenset()
    except FileNotFoundError:
        return frozenset()


class Tokenizer:
    """Words of a sentence, the same as sumy's tokenizer finds in it, from NLTK's regular expressions alone.

    Has the interface of `sumy.nlp.tokenizers.Tokenizer`, so that sumy's document model takes it. The expressions
    look no further than the space on either side, apart from the full stop at the end; hence a sentence is
    done chunk by chunk, and a chunk that has been seen before is looked up.
    """

    _last: dict[str, tuple[str, ...]]

    def __init__(self, language: str | None = None) -> None:
        load_nltk()
        from nltk.tokenize.destructive import NLTKWordTokenizer

        self.language = language
        self._tokenize = NLTKWordTokenizer().tokenize
        self._inner: dict[str, tuple[str, ...]] = {}
        self._last = {}

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The paragraph as one sentence: splitting has been done before."""
        stripped = paragraph.strip()
        return (stripped,) if stripped else ()

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence: no punctuation, no numbers."""
        chunks = sentence.split(" ")
        if not sentence.isprintable() or "" in chunks:  # other white space than single spaces
            chunks = sentence.split()
            sentence = " ".join(chunks)
        if not chunks:
            return ()
        # What the expression for the final full stop may reach has to be done in one piece.
        core = sentence.rstrip(_CLOSERS)
        tail = len(chunks) - 1
        if core.endswith("."):
            tail = core.count(" ")
        inner = self._inner
        words: list[str] = []
        for chunk in chunks[:tail]:
            found = inner.get(chunk)
            if found is None:
                # The sentinel keeps the end of the chunk from being the end of the text.
                found = self._remember(inner, chunk, self._split(chunk, _ENDS_WORD, " x"))
            words += found
        rest = " ".join(chunks[tail:])
        last = self._last.get(rest)
        if last is None:
            last = self._remember(self._last, rest, self._split(rest, _ENDS_WORD + "."))
        words += last
        return tuple(words)

    def _split(self, chunk: str, closing: str, sentinel: str = "") -> tuple[str, ...]:
        """The words of a chunk; letters with a mark of `closing` behind them need none of NLTK's expressions."""
        word = chunk[:-1] if chunk[-1] in closing else chunk
        if word.isalpha() and word.lower() not in _CONTRACTIONS:
            return (word,)
        if sentinel:
            simple = _SIMPLE.fullmatch(chunk)
            if simple and _CONTRACTIONS.isdisjoint(_LETTERS.findall(chunk.lower())):
                return (simple[1],) if simple[1] else ()
        tokens = self._tokenize(f" {chunk}{sentinel}")
        return tuple(token for token in (tokens[:-1] if sentinel else tokens) if _SUMY_WORD.match(token))

    @staticmethod
    def _remember(memo: dict[str, tuple[str, ...]], chunk: str, words: tuple[str, ...]) -> tuple[str, ...]:
        if len(memo) >= _CACHED:
            memo.clear()
        memo[chunk] = words
        return words


@cache
def tokenizer(language: str | None) -> Tokenizer:
    """The tokenizer of a language, one for all articles."""
    return Tokenizer(language)


@cache
def _term_memo(language: str | None) -> dict[str, str]:
    """Lower-case word to stem, the empty string for a stop word."""
    stops = function_words(language)
    stem = stemmer(language)

    def compute(word: str) -> str:
        if word in stops:
            return ""
        if word.endswith("'s"):
            word = word[:-2]
        return "" if word in stops else stem(word)

    return _Memo(compute)


def tokens(text: str) -> list[str]:
    """Words and numbers of a text in lower case, apostrophes straight."""
    return _TERM.findall(text.lower().replace("’", "'"))


def terms(text: str, language: str | None = "en") -> list[str]:
    """Stems of the content words of a text, and its numbers, in order; other than sumy, which drops numbers.

    >>> terms("He won the 168.8 km stage in Belleville’s streets", "en")
    ['won', '168.8', 'km', 'stage', 'bellevill', 'street']
    """
    return stems(tokens(text), language)


def stems(words: Iterable[str], language: str | None = "en") -> list[str]:
    """Stems of the content words among tokens, and the numbers, in order."""
    memo = _term_memo(language)
    return [term for word in words if (term := memo[word])]
