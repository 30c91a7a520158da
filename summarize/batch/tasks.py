"""What is done with a unit of input, wherever it is done: in this process, in a worker, or on a cluster.

A unit is an input file, an article that has already been read (a line of JSON Lines), or an event. A task takes a chunk
of units and gives for each unit what came of it. Tasks are small frozen dataclasses, so that they travel to workers by
pickle; the heavy parts load in the worker, when the first article needs them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeGuard, TypeVar

from summarize.articles import Article, Failure
from summarize.errors import NoPackageError, StagebriefError, UsageError

if TYPE_CHECKING:
    from summarize.briefs import Brief
    from summarize.claims import Reading
    from summarize.events import Event
    from summarize.ranking import Length, Summary
    from summarize.reading import InputFile
    from summarize.translation import Translator

__all__ = [
    "Compose",
    "Input",
    "Loaded",
    "Outcome",
    "Read",
    "Record",
    "Sent",
    "Summarize",
    "Task",
    "Translate",
    "Unit",
    "UnitResult",
    "dump",
    "name_of",
    "package_fingerprint",
]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file with its content, for a worker that may be on another machine."""

    file: InputFile
    data: bytes

    @property
    def path(self) -> str:
        return self.file.path


Input: TypeAlias = "InputFile | Article"
"""A file, or an article as read: what the store can know."""
Unit: TypeAlias = "InputFile | Article | Event"
"""A file, an article as read, or an event whose brief is wanted."""
Sent: TypeAlias = "InputFile | Article | Event | Loaded | Failure"
"""What may stand for a unit where the work is done; a Failure where the file could not be loaded."""


def name_of(unit: Sent) -> str:
    """What a failure of the unit is called by: its path, or the event's id."""
    return str(getattr(unit, "path", None) or getattr(unit, "id", ""))


@dataclass(frozen=True, slots=True)
class Record:
    """One line of output: whose it is, and the rest of its JSON object as text, without the opening brace.

    Text rather than an object, because most records go straight from the store to the output.
    """

    id: str
    path: str
    body: str

    def line(self) -> str:
        """The JSON object in one line, as CONTRACT has it."""
        return f'{{"id": {dump(self.id)}, "path": {dump(self.path)}, {self.body}'

    def fields(self) -> dict[str, Any]:
        """The object itself."""
        fields: dict[str, Any] = json.loads(self.line())
        return fields


Outcome: TypeAlias = "Reading | Record | Brief | Failure"


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What came of one unit."""

    outcomes: tuple[Outcome, ...]
    lasting: bool = True
    """False where another run may end otherwise (memory ran out, a worker was killed): not to be remembered."""
    package: str = ""
    """Fingerprint of the language package that had a part in it; empty where none had."""


class Task(Protocol):
    """Takes a chunk of units, gives one result for each, in their order."""

    def __call__(self, units: Sequence[Sent]) -> list[UnitResult]: ...

    @property
    def variant(self) -> tuple[str, ...]:
        """All options that the outcome depends on, for the key in the store; the package is kept apart."""
        ...


# JSON leaves C1 controls, DEL, direction marks, line separators and lone surrogates as they are; none of them may
# reach a terminal or a file raw, and escaped they are still the same string for whoever parses it.
_RAW = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def dump(value: Any) -> str:
    """JSON text of a value, in UTF-8 without control characters of any kind."""
    return _RAW.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


def attempt(path: str, step: Callable[[], Any]) -> Any:
    """What a step gives, or a Failure: whatever an article makes our code do, the other articles go on."""
    try:
        return step()
    except (NoPackageError, UsageError):
        raise  # not the article's fault
    except StagebriefError as error:
        return Failure(path, str(error))
    except MemoryError:
        return _Passing(path, "needs more memory than there is")
    except RecursionError:
        return Failure(path, "nested too deeply")
    except OSError as error:
        return _Passing(path, error.strerror or str(error))
    except Exception as error:
        return _Passing(path, f"could not be done ({type(error).__name__}: {error}); please report this")


@dataclass(frozen=True, slots=True)
class _Passing(Failure):
    """A failure that another run need not have."""


def _read(unit: Sent) -> Iterator[Article | Failure]:
    """The unit's articles as read."""
    from summarize.reading import InputFile

    if isinstance(unit, Article | Failure):
        yield unit
        return
    if isinstance(unit, Loaded):
        from summarize.reading import read_bytes

        yield attempt(unit.path, partial(read_bytes, unit.file, unit.data))
        return
    if not isinstance(unit, InputFile):
        raise TypeError(f"an event cannot be read: {name_of(unit)}")
    from summarize.reading import read_file

    articles = read_file(unit)
    while True:
        article = attempt(unit.path, lambda: next(articles, None))
        if article is None:
            return
        yield article
        if isinstance(article, _Passing):
            return


def prepared(unit: Sent) -> list[Article | Failure]:
    """The unit's articles, read, cleaned, with language and sentences."""
    from summarize.preparing import prepare

    return [
        article if isinstance(article, Failure) else attempt(article.path, partial(prepare, article))
        for article in _read(unit)
    ]


def _settle(outcomes: Sequence[Outcome], package: str = "") -> UnitResult:
    """A unit's result from its outcomes, with failures made plain."""
    return UnitResult(
        tuple(Failure(o.path, o.error) if isinstance(o, _Passing) else o for o in outcomes),
        lasting=not any(isinstance(o, _Passing) for o in outcomes),
        package=package,
    )


@dataclass(frozen=True, slots=True)
class Read:
    """Read, prepare, and read the claims: the first half of `events` and `brief`."""

    def __call__(self, units: Sequence[Sent]) -> list[UnitResult]:
        from summarize.claims import read

        return [
            _settle([a if isinstance(a, Failure) else attempt(a.path, partial(read, a)) for a in prepared(unit)])
            for unit in units
        ]

    @property
    def variant(self) -> tuple[str, ...]:
        return ("read",)


@dataclass(frozen=True, slots=True)
class Compose:
    """Events whose Dutch articles have been translated to briefs: the last step of `brief`."""

    max_words: int

    def __call__(self, units: Sequence[Sent]) -> list[UnitResult]:
        from summarize.composing import compose
        from summarize.events import Event

        return [
            _settle([attempt(unit.id, partial(compose, unit, max_words=self.max_words))])
            for unit in units
            if isinstance(unit, Event)
        ]

    @property
    def variant(self) -> tuple[str, ...]:
        return ("compose", str(self.max_words))


@cache
def _translator(package: Path | None, cache: bool, threads: int | None) -> Translator:
    """The process's translator, loaded once."""
    from summarize.translation import Translator

    return Translator(package=package, cache=cache, threads=threads)


@cache
def package_fingerprint(package: Path | None) -> str:
    """What tells the language package in use from any other. Raises NoPackageError where there is none."""
    from summarize.translation.packages import choose, fingerprint

    return fingerprint(choose(package).path)


_T = TypeVar("_T")


def _translated(translator: Translator, articles: list[Article]) -> list[Article]:
    return list(translator.translate_articles(articles))


@dataclass(frozen=True, slots=True)
class _Translating:
    """What the two commands that translate have in common."""

    package: Path | None
    cache: bool
    threads: int | None

    def _english(
        self, groups: Sequence[Sequence[Article | Failure]], work: Callable[[Translator, list[Article]], Sequence[_T]]
    ) -> tuple[list[list[Article | Failure | _T]], list[str]]:
        """The groups with what `work` makes of their foreign articles, and for each the package that had a part in it.

        One call for the whole chunk: the translator sorts the sentences of many articles into full batches.
        """
        foreign = [a for group in groups for a in group if _foreign(a)]
        if not foreign:
            return [list(group) for group in groups], [""] * len(groups)
        translator = _translator(self.package, self.cache, self.threads)
        try:
            done: list[_T | Failure] = list(work(translator, foreign))
        except (NoPackageError, UsageError):
            raise
        except Exception:
            # One article must not take the chunk with it: find it by doing each alone.
            done = [attempt(a.path, partial(_alone, work, translator, a)) for a in foreign]
        given = iter(done)
        package = package_fingerprint(self.package)
        return (
            [[next(given) if _foreign(a) else a for a in group] for group in groups],
            [package if any(map(_foreign, group)) else "" for group in groups],
        )


def _foreign(article: Article | Failure) -> TypeGuard[Article]:
    return isinstance(article, Article) and article.language != "en"


def _alone(work: Callable[[Translator, list[Article]], Sequence[_T]], translator: Translator, article: Article) -> _T:
    return work(translator, [article])[0]


@dataclass(frozen=True, slots=True)
class Summarize(_Translating):
    """One extractive summary per article."""

    method: str
    length: Length
    translate: bool

    def __call__(self, units: Sequence[Sent]) -> list[UnitResult]:
        groups = [prepared(unit) for unit in units]
        done: Sequence[Sequence[Article | Failure | Record]] = groups
        packages = [""] * len(groups)
        if self.translate:
            done, packages = self._english(groups, self._in_english)
        return [
            _settle([attempt(o.path, partial(self._plain, o)) if isinstance(o, Article) else o for o in group], package)
            for group, package in zip(done, packages, strict=True)
        ]

    def _in_english(self, translator: Translator, articles: list[Article]) -> list[Record]:
        from summarize.ranking.english import summarize_in_english

        done = summarize_in_english(articles, translator, self.method, self.length)
        return [self._record(article, title, summary) for article, (title, summary) in zip(articles, done, strict=True)]

    def _plain(self, article: Article) -> Record:
        from summarize.ranking import summarize_article

        return self._record(article, article.title, summarize_article(article, self.method, self.length))

    def _record(self, article: Article, title: str | None, summary: Summary) -> Record:
        body = {
            "title": title,
            "language": article.language,
            "method": self.method,
            "summary": summary.text,
            "sentences": [
                {"text": s.english, "original": s.original, "position": s.position} for s in summary.sentences
            ],
        }
        return Record(article.id, article.path, dump(body)[1:])

    @property
    def variant(self) -> tuple[str, ...]:
        return ("summarize", self.method, repr(self.length), str(self.translate))


@dataclass(frozen=True, slots=True)
class Translate(_Translating):
    """Every article in English, sentence by sentence."""

    def __call__(self, units: Sequence[Sent]) -> list[UnitResult]:
        done, packages = self._english([prepared(unit) for unit in units], _translated)
        return [
            _settle([o if isinstance(o, Failure) else self._record(o, package) for o in group], package)
            for group, package in zip(done, packages, strict=True)
        ]

    def _record(self, article: Article, package: str) -> Record:
        paragraphs: dict[int, list[str]] = {}
        for sentence in article.sentences:
            paragraphs.setdefault(sentence.paragraph, []).append(sentence.english)
        body = {
            "title": article.title_translation or article.title,
            "language": article.language,
            "package": self._package_name() if article.language != "en" else None,
            "translation": "\n".join(" ".join(sentences) for sentences in paragraphs.values()),
            "sentences": [
                {"text": s.english, "original": s.original, "flags": list(s.flags)} for s in article.sentences
            ],
        }
        return Record(article.id, article.path, dump(body)[1:])

    def _package_name(self) -> str:
        return _translator(self.package, self.cache, self.threads).package.label

    @property
    def variant(self) -> tuple[str, ...]:
        return ("translate",)
