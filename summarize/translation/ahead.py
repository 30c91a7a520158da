"""Who was ahead of whom: the Dutch "voor" is "for" and "ahead of", and models take it for the wrong one.

What follows a win is an opponent, if it is a rider; a team is who it was won for. Models read "vóór" rightly.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from summarize.lexicon import load
from summarize.text import CAPITAL, put
from summarize.translation.names import Name, is_team, names

__all__ = ["MOST", "NEAR", "mend", "with_opponents"]

NEAR = 200
"""Letters before "voor" in which the win is looked for."""
MOST = 20
"""Opponents of a sentence that are looked at."""

_CLAUSE = re.compile(r"[.;:!?]|, ")


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], str, str]:
    """What tells a win, "voor" with what may stand before a rider's name, and the word, plain and as it is put."""
    known = load("plainer", language)["ahead"]
    titles = "|".join(known["titles"])
    before = re.compile(rf"\b{known['word']} (?=((?:{titles}) )?(\S))")
    return re.compile(rf"\b(?:{'|'.join(known['wins'])})\b", re.IGNORECASE), before, known["word"], known["said"]


def with_opponents(sentence: str, languages: tuple[str, str]) -> str:
    """The sentence with "vóór" where a rider follows whom the winner was ahead of.

    >>> with_opponents("Boon won de rit voor Van Eik en De Wit.", ("nl", "en"))
    'Boon won de rit vóór Van Eik en De Wit.'
    >>> with_opponents("Boon won voor Jumbo-Visma de rit, de eerste zege voor De Wit.", ("nl", "en"))
    'Boon won voor Jumbo-Visma de rit, de eerste zege voor De Wit.'
    """
    win, before, word, said = _patterns(languages[0])
    if word not in sentence:
        return sentence
    riders = {name.start for name in names(sentence, languages) if name.fixed and not _of_a_team(sentence, name)}
    return put(
        sentence,
        [
            (match.start(), match.start() + len(word), said)
            for match in before.finditer(sentence)
            if match.start(2) in riders
            and win.search(_CLAUSE.split(sentence[max(0, match.start() - NEAR) : match.start()])[-1])
        ],
    )


def _of_a_team(sentence: str, name: Name) -> bool:
    """Whether a name is a team's, or may be: with a hyphen or in capitals, and no given name before another one."""
    given = re.match(rf" {CAPITAL}[a-zß-öø-ÿ]", sentence[name.end :]) is not None
    return is_team(name.text) or (not given and ("-" in name.text or name.text.isupper()))


@cache
def _behind(languages: tuple[str, str]) -> tuple[re.Pattern[str], str, str]:
    """An opponent in a sentence put so, what stands before one wrongly in a translation, and what rightly."""
    known = load("plainer", languages[0])["ahead"]
    english = load("guard", languages[1])["ahead"]
    opponent = re.compile(rf"\b{known['said']} (?:\w+ ){{0,3}}?(?:{CAPITAL}[\w'’.-]* )*({CAPITAL}[\w'’-]*)")
    return opponent, "|".join(english["wrong"]), english["right"]


def mend(source: str, output: str, languages: tuple[str, str]) -> str:
    """The translation with "ahead of" before whom the sentence has "vóór".

    >>> mend("Boon won de rit vóór Van Eik.", "Boon won the stage before Van Eik.", ("nl", "en"))
    'Boon won the stage ahead of Van Eik.'
    """
    opponent, wrong, right = _behind(languages)
    for match in islice(opponent.finditer(source), MOST):
        between = rf"(?:(?!(?:{wrong}|of|and)\b)[\w'’.-]+ ){{0,3}}"
        output = re.sub(rf"\b(?:{wrong}) (?={between}{re.escape(match[1])}\b)", f"{right} ", output, count=1)
    return output
