"""The translation step: sentences or whole articles in, the same with their English out."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from summarize.articles import Article, Sentence
from summarize.translation.cache import Cache, Entry
from summarize.translation.choosing import Chooser
from summarize.translation.engine import Engine
from summarize.translation.packages import SOURCE, PackageInfo, choose, fingerprint

__all__ = ["FLAGS", "Translation", "Translator"]

FLAGS = ("number", "name", "loop", "length")
"""What the faithfulness guard can find, in the order in which it says so."""

CHUNK = 1024
"""Sentences that are translated, and then kept in the cache, at once."""
_TOPICS = (
    *("channel", "compounds", "dictionary", "glossary", "guard", "guard_words", "ngrams", "pairs", "phrases"),
    *("places", "plainer", "ranking", "separable", "stopwords", "teams", "words"),
)
"""Topics of the lexicon that the step reads."""
WINDOW = 1024
"""Sentences, and a quarter as many articles, that `translate_articles` holds at most."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A sentence in English."""

    text: str
    flags: tuple[str, ...]
    """What the faithfulness guard found and could not repair, of `FLAGS`; empty where nothing is wrong."""
    confidence: float
    """As `Sentence.confidence`; that of the least sure clause where the sentence was split."""
    package: str
    """The language package that translated it: pair and version."""

    def of(self, sentence: Sentence) -> Sentence:
        """The sentence that was translated, with its English."""
        return replace(sentence, translation=self.text, flags=self.flags, confidence=self.confidence)


def _code() -> list[Path]:
    """The modules that decide a translation."""
    here = Path(__file__).resolve().parent
    others = ("particles.py", "ranking/tokens.py", "text.py")
    return [*sorted(here.glob("*.py")), *(here.parent / name for name in others)]


def _lexicon() -> list[Path]:
    """The files of the lexicon that these read."""
    lexicon = Path(__file__).resolve().parent.parent / "lexicon"
    return [file for topic in _TOPICS for file in sorted(lexicon.glob(f"{topic}.*"))]


class Translator:
    """Dutch to English with the best language package at hand.

    `package` names a package folder; None takes the best that is installed or comes with the program. `cache` keeps
    translations in the user's cache folder. `threads` is the number of cores, None for all. `guard` compares numbers,
    names and events with the original, retries, repairs and flags; `glossary` sees to cycling terms. The model is
    loaded when the first sentence comes that the cache does not have.
    """

    def __init__(
        self,
        package: Path | None = None,
        cache: bool = True,
        threads: int | None = None,
        guard: bool = True,
        glossary: bool = True,
    ) -> None:
        self._named = package
        self._cached = cache
        self._threads = threads
        self._guard = guard
        self._glossary = glossary
        self._info: PackageInfo | None = None
        self._chooser: Chooser | None = None
        self._cache: Cache | None = None

    @property
    def package(self) -> PackageInfo:
        """The language package in use. Raises NoPackageError where there is none, UsageError for a wrong one."""
        if self._info is None:
            self._info = choose(self._named)
        return self._info

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """Translate sentences, in the order given; what was translated before comes from the cache.

        Raises NoPackageError where there is no language package.
        """
        label = self.package.label
        wanted = list(dict.fromkeys(sentences))
        cache = self._open_cache()
        known = cache.get(wanted) if cache else {}
        missing = [sentence for sentence in wanted if sentence not in known]
        for start in range(0, len(missing), CHUNK):
            fresh = self._work(missing[start : start + CHUNK])
            known.update(fresh)
            if cache:
                cache.put(fresh)
            _give_back()
        return [Translation(*known[sentence], label) for sentence in sentences]

    def translate_articles(self, articles: Iterable[Article]) -> Iterator[Article]:
        """The articles in the same order, the Dutch ones with the English of title and sentences filled in.

        All others pass through as they are, and never load a model. Memory does not grow with the number of articles.
        Raises NoPackageError at the first Dutch article where there is no language package.
        """
        waiting: list[Article] = []
        size = 0
        for article in articles:
            waiting.append(article)
            if article.language == SOURCE:
                size += len(article.sentences) + 1
            if not size or size >= WINDOW or len(waiting) >= WINDOW // 4:
                yield from self._translate_some(waiting)
                waiting, size = [], 0
        yield from self._translate_some(waiting)

    def _translate_some(self, articles: list[Article]) -> Iterator[Article]:
        texts: list[str] = []
        for article in articles:
            if article.language == SOURCE:
                texts += [sentence.text for sentence in article.sentences]
                texts += [article.title] if article.title else []
        done = iter(self.translate(texts)) if texts else iter(())
        for article in articles:
            if article.language == SOURCE:
                sentences = []
                for sentence in article.sentences:
                    sentences.append(next(done).of(sentence))
                title = next(done).text if article.title else None
                article = replace(article, sentences=tuple(sentences), title_translation=title)
            yield article

    # --- the work ----------------------------------------------------------------------------------------------

    def _open_cache(self) -> Cache | None:
        if self._cached and self._cache is None:
            self._cache = Cache(self._settings())
        return self._cache

    def _settings(self) -> str:
        """All that decides a translation besides the sentence, as text: a cached one must equal a fresh one."""
        from importlib.metadata import version

        digest = sha256()
        for file in (*_code(), *_lexicon()):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
        libraries = [f"{name} {version(name)}" for name in ("ctranslate2", "nltk", "sentencepiece")]
        options = f"guard={self._guard} glossary={self._glossary}"
        return "\n".join([fingerprint(self.package.path), digest.hexdigest(), *libraries, options])

    def _work(self, sentences: Sequence[str]) -> dict[str, Entry]:
        if self._chooser is None:
            self._chooser = Chooser(Engine(self.package.path, self._threads), self._guard, self._glossary)
        todo = [sentence for sentence in sentences if any(map(str.isalpha, sentence))]
        # What has no letters is the same in every language.
        result: dict[str, Entry] = {sentence: (sentence, (), 1.0) for sentence in sentences}
        for sentence, choice in zip(todo, self._chooser.translate(todo), strict=True):
            result[sentence] = (choice.text, choice.flags, choice.confidence)
        return result


def _give_back() -> None:
    """Have the C library hand back to the system what it holds free, where it can (glibc).

    A batch leaves holes of all sizes, which the next one, of other lengths, does not fit into: without this
    the process grows for hundreds of articles before it stays as it is.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
