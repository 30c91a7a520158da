"""When in the race something happened, as far as the sentences tell: 0 at the start, 1 at the finish."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.articles import Article
from summarize.composing.cues import Cues, cues

__all__ = ["kilometres_to_go", "moments"]


def _figure(match: re.Match[str], cue: Cues) -> float | None:
    text = next((group for group in match.groups() if group), None)
    if text is None:
        return None
    if text.lower() in cue.number_words:
        return cue.number_words[text.lower()]
    return float(text.replace(",", "."))


def kilometres_to_go(text: str, language: str) -> float | None:
    """Kilometres from the finish at which a sentence's event happened; None where it does not say.

    The first figure in the sentence counts, since that is where its story starts.

    >>> kilometres_to_go("Ewan attacked with 2.5km to go.", "en")
    2.5
    """
    cue = cues(language)
    if (match := cue.to_go.search(text)) and (figure := _figure(match, cue)) is not None:
        return figure
    if (match := cue.metres_to_go.search(text)) and (figure := _figure(match, cue)) is not None:
        return figure / 1000
    return None


def _moment(text: str, cue: Cues, language: str, distance: float) -> float | None:
    """The moment that a sentence itself tells, None where it has no cue."""
    remaining = kilometres_to_go(text, language)
    if remaining is not None and remaining <= distance:
        return 1 - remaining / distance
    if (match := cue.kilometres_raced.search(text)) and (raced := _figure(match, cue)) and raced < distance:
        return raced / distance
    if cue.phase_start.search(text):
        return 0.04
    if cue.phase_middle.search(text):
        return 0.5
    if cue.phase_finish.search(text):
        return 0.995
    if cue.phase_final.search(text):
        return 0.9
    if cue.route.search(text):
        return 0.0
    return None


def moments(article: Article, distance_km: float | None) -> Sequence[float]:
    """A moment for each sentence of an article.

    A sentence that gives no moment itself lies between its nearest neighbours that do; reports go forward in time
    between two anchors, and what follows the last anchor comes just after it. An article without any anchor is
    taken as told in order. Kilometres to go count against `distance_km`, 180 where it is None.
    """
    language = article.language or "en"
    cue = cues(language)
    distance = distance_km or 180.0
    own = [_moment(sentence.text, cue, language, distance) for sentence in article.sentences]
    anchors = [(i, moment) for i, moment in enumerate(own) if moment is not None]
    if not anchors:
        return [(i + 1) / (len(own) + 1) for i in range(len(own))]
    result = []
    for i, moment in enumerate(own):
        if moment is not None:
            result.append(moment)
            continue
        before = next((anchor for anchor in reversed(anchors) if anchor[0] < i), None)
        after = next((anchor for anchor in anchors if anchor[0] > i), None)
        if before and after and before[1] <= after[1]:
            share = (i - before[0]) / (after[0] - before[0])
            result.append(before[1] + share * (after[1] - before[1]))
        elif before:
            result.append(min(1.0, before[1] + 0.002 * (i - before[0])))
        elif after:
            result.append(max(0.0, after[1] - 0.002 * (after[0] - i)))
    return result
