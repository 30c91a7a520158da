"""When an article was published, as files write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache

from summarize.lexicon import load

__all__ = ["find_date", "parse_date"]

_ISO = re.compile(
    r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})"
    r"(?:(?:[T\s-]|\s-\s)\s?(\d{1,2})[:h-](\d{2})(?:[:-](\d{2})(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th|e)?\s+([a-z]{3,9})\.?,?\s+(\d{4})(?:\D{1,6}(\d{1,2})[:.](\d{2}))?")
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:\D{1,6}(\d{1,2})[:.](\d{2}))?")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)(?:\D{1,6}(\d{1,2})[:.](\d{2}))?")
_DIGITS = re.compile(r"\d{9,13}")


_YEAR_FIRST = re.compile(r"\b\d{4}-\d{2}-\d{2}")


@cache
def _stamp_words() -> frozenset[str]:
    """Words that may stand in a line that gives a date."""
    return frozenset(_months()) | frozenset(load("dates")["around"].split())


@cache
def _months() -> dict[str, int]:
    lists = load("dates")["months"]
    return {name: month for names in lists.values() for month, words in enumerate(names, 1) for name in words.split()}


def _moment(year: int, month: int, day: int, clock: tuple[str | None, ...], zone: str | None) -> tuple[datetime, bool]:
    hour, minute, second = (int(part) if part else 0 for part in clock)
    if zone in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    elif zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    text = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone or ''}"
    # A clock that shows midnight to the second is a day without a time that some program has filled up.
    return datetime.fromisoformat(text), any((hour, minute, second))


def parse_date(value: object) -> tuple[datetime | None, bool]:
    """A date as files give it, and whether it has a time of day; `(None, False)` where it is none.

    Takes ISO 8601 and its relatives (`2020-09-02-22-36-49`, `20190602`), RFC 2822, seconds or milliseconds since
    1970, days with an English or Dutch month name, and day-month-year in numbers.

    >>> parse_date("2019-06-02T16:52:16+02:00")[0].isoformat()
    '2019-06-02T16:52:16+02:00'
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None, False
    try:
        text = str(value).strip()[:80]
        if (isinstance(value, int | float) and len(text) != 8) or _DIGITS.fullmatch(text):
            seconds = float(text)
            if seconds > 1e11:
                seconds /= 1000
            return (datetime.fromtimestamp(seconds, UTC), True) if seconds > 1e8 else (None, False)
        found = _ISO.match(text)
        if found:
            year, month, day, hour, minute, second, zone = found.groups()
            return _moment(int(year), int(month), int(day), (hour, minute, second), zone)
        text = text.lower()
        for pattern, order in ((_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3))):
            found = pattern.search(text)
            name = found[order[1]] if found else None
            if found and name in _months():
                zone = "Z" if text.endswith(("gmt", "utc", " z", "+0000")) else None
                return _moment(
                    int(found[3]), _months()[str(name)], int(found[order[0]]), (found[4], found[5], None), zone
                )
        found = _NUMBERS.search(text)
        if found:
            day, month = int(found[1]), int(found[3])
            if found[2] == "/" and day <= 12 and month <= 12 and day != month:
                return None, False  # 7/4/2019 is April in London and July in New York
            day, month = (month, day) if month > 12 else (day, month)
            return _moment(int(found[4]), month, day, (found[5], found[6], None), None)
    except (ValueError, OverflowError, OSError):
        pass
    return None, False


_STAMP_WORDS = 14


def find_date(line: str) -> tuple[datetime | None, bool]:
    """The date of a line that is there to give one ("Published: 8 May 2025 20:30"), `(None, False)` where it is none.

    A longer line that mentions a date is not taken: it may tell of any day.
    """
    if len(line) > 120 or len(line.split()) > _STAMP_WORDS or not any(map(str.isdigit, line)):
        return None, False
    words = re.findall(r"[^\W\d_]{3,}", line.lower())
    if sum(word not in _stamp_words() for word in words) > 1:
        return None, False
    position = _YEAR_FIRST.search(line)
    return parse_date(line[position.start() :] if position else line)
