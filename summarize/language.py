"""Which language a text is in.

[py3langid](https://github.com/adbar/py3langid) decides over its whole set of languages, so that a French or German
article comes out as such and can be left out with a reason. Two things it is not made for are done here: very
short texts, where counting function words is safer than byte n-grams, and languages that look like one of ours
(Afrikaans beside Dutch, Scots beside English), which have to show their own function words to be believed.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from summarize.lexicon import load

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["detect"]

_SAMPLE = 4000
"""Characters that are looked at, taken from the start, the middle and the end of a long text."""
_ENOUGH, _SURE, _AHEAD = 20, 0.33, 0.15
"""From so many words on, with such a share of function words and such a lead, py3langid is not asked."""
_LEAD, _LEAD_ALIKE = 0.25, 0.12
"""Lead of function words that overrules py3langid, and where it names a language that looks like ours."""
_DOUBT = 0.3
"""Below this, py3langid is guessing."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def _identifier_in_memory() -> LanguageIdentifier:
    import py3langid.modelio as modelio
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    real = modelio.tempfile
    modelio.tempfile = SimpleNamespace(TemporaryFile=lambda **_: io.BytesIO())
    try:
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    finally:
        modelio.tempfile = real


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError:
        # It unpacks its model into a temporary file; where the disk has no room for that, memory has.
        identifier = _identifier_in_memory()
    candidates = set(load("languages")["candidates"].split())
    identifier.set_languages([code for code in identifier.labels if code in candidates])
    return identifier


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    """Function words by language; those that languages share count for each of them."""
    lexicon: dict[str, Any] = load("languages")
    return {code: frozenset(words.split()) for code, words in lexicon["stop_words"].items()}


@cache
def _lookalikes() -> dict[str, tuple[str, ...]]:
    lexicon: dict[str, Any] = load("languages")
    return {code: tuple(twins) for code, twins in lexicon["lookalikes"].items()}


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    third = _SAMPLE // 3
    middle = (len(text) - third) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


def _shares(words: list[str]) -> dict[str, float]:
    """Share of the words that are function words, by language."""
    counts = Counter(words)
    distinct = frozenset(counts)
    return {code: sum(map(counts.__getitem__, distinct & stops)) / len(words) for code, stops in _stop_words().items()}


def detect(text: str) -> tuple[str | None, float]:
    """The language of a text as an ISO 639-1 code, and how sure that is, 0 to 1.

    `(None, 0.0)` where the text has no letters to judge by.

    >>> detect("De renner won de rit na een lange solo.")[0]
    'nl'
    >>> detect("1 2 3")
    (None, 0.0)
    """
    sample = _sample(text)
    words = _WORD.findall(sample.lower().replace("’", "'"))
    if not words:
        return None, 0.0
    shares = _shares(words)
    # Ties go to the language that the lexicon names first.
    best = max(shares, key=lambda code: shares[code])
    runner_up = max(share for code, share in shares.items() if code != best)
    if len(words) >= _ENOUGH and shares[best] >= _SURE and shares[best] - runner_up >= _AHEAD:
        return best, round(min(1.0, 0.5 + shares[best]), 4)
    ranking = _identifier().rank(sample)
    guess, sure = ranking[0]
    if guess == best or (shares[best] == 0 and sure >= _DOUBT):
        return guess, round(sure, 4)
    if shares[best] - shares.get(guess, 0.0) >= (_LEAD_ALIKE if guess in _lookalikes().get(best, ()) else _LEAD):
        return best, round(min(1.0, 0.5 + shares[best] - runner_up), 4)
    if sure < _DOUBT:
        # Names and numbers only: they look like any language, so one that is done here will do.
        guess, sure = next((code, score) for code, score in ranking if code in _lookalikes())
    return guess, round(sure, 4)
