"""Numbers as a reader sees them: Dutch 4.20 minuten is 4:20, 1,5 kilometer is 1.5 km, "half twee" is 1:30.

`read` finds the numbers of a text in digits and words, `compare` matches those of a sentence with those of its
translation, and `mend` writes those that are right but in Dutch dress, and those that are wrong where only one can be
meant, as English does. What a language calls its numbers stands in `lexicon/guard.*.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from summarize.lexicon import load

__all__ = ["Difference", "Number", "compare", "in_digits", "mend", "read"]

_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*(?:['’]\d{1,2}(?:''|\"|”)?)?")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NEXT = re.compile(r" ([^\W\d_]+)")
"""The word after another."""
_POWERS = {"²": "2", "³": "3"}
_SIGN = re.compile(r"(?<!\w)([A-Z]{0,3})([$€£¥]) ?$")
"""A currency sign before a sum."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text."""

    start: int
    end: int
    values: frozenset[str]
    """What it may be read as: "1.5", "1200", "4:20". Any of them in the translation is right."""
    written: str
    """How an English reader sees it, in digits."""
    digits: bool
    required: bool
    """False for words that only allow a number in the translation, as "beide" allows "two"."""
    together: frozenset[str] = frozenset()
    """Values that do as well where all of them come: "4 minutes and 20 seconds"."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Numbers that the translation lost or made up."""

    lost: tuple[Number, ...]
    invented: tuple[Number, ...]
    pairs: tuple[tuple[Number, Number], ...]
    """The numbers that agree: of the sentence, of its translation."""


@cache
def _lexicon(language: str) -> dict[str, Any]:
    data: dict[str, Any] = load("guard", language)["number"]
    clock = data["clock"]
    leads = [*clock.get("halves", ()), *clock.get("quarters", ()), *(k for k in clock if " " in k or "-" in k)]
    hours = "|".join(map(re.escape, clock["hours"]))
    after = "|".join(map(re.escape, clock.get("not_before", ()))) or "(?!)"
    pattern = rf"\b({'|'.join(map(re.escape, leads))}) ({hours}|\d{{1,2}})\b(?! (?:{after})\b)(?![.,:]\d)"
    data = dict(data)
    data["clock_pattern"] = re.compile(pattern, re.IGNORECASE)
    offsets: dict[str, int] = dict.fromkeys(clock.get("halves", ()), -30)
    offsets.update(clock.get("quarters", {}))
    offsets.update({key: value for key, value in clock.items() if isinstance(value, int)})
    data["offsets"] = offsets
    data["ending"] = re.compile(rf"(?:{'|'.join(map(re.escape, data['ordinal_endings']))})\b")
    data["of_day"] = re.compile(rf"\s?(?:{'|'.join(map(re.escape, data.get('time_of_day', ()))) or '(?!)'})\b")
    data["vocabulary"] = {
        **{word: (str(value), True) for word, value in data["cardinals"].items()},
        **{word: (str(value), True) for word, value in data["ordinals"].items()},
        **{word: (value, True) for word, value in data["halves"].items()},
        **{word: (str(value), False) for word, value in data["loose"].items() if word not in data["cardinals"]},
    }
    data["sizes"] = re.compile("|".join(map(re.escape, data["multipliers"])))
    return data


def _plain(text: str) -> str:
    """A decimal without superfluous zeros: "4.0" is "4", "007" is "7"."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    whole = value.to_integral_value()
    return str(whole) if value == whole else format(value.normalize(), "f")


@lru_cache(maxsize=10_000)
def _may_count(word: str, language: str) -> bool:
    """Whether a word can have a number in it."""
    lexicon = _lexicon(language)
    word = word.casefold()
    return word in lexicon["vocabulary"] or "-" in word or (len(word) > 5 and bool(lexicon["sizes"].search(word)))


@lru_cache(maxsize=1_000)
def read(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of the text, in the order in which they stand there."""
    lexicon = _lexicon(language)
    found: list[Number] = []
    taken: list[tuple[int, int]] = []
    for match in lexicon["clock_pattern"].finditer(text):
        found.append(_clock(match, lexicon))
        taken.append(match.span())
    for match in _DIGITS.finditer(text):
        if not _inside(match.start(), taken):
            found.append(_in_digits(match, text, lexicon))
    for match in _WORD.finditer(text):
        if _may_count(match.group(), language) and not _inside(match.start(), taken):
            found += _in_words(match, text, lexicon)
    found = _phrases(sorted(found, key=lambda number: number.start), text, lexicon)
    return tuple(sorted(found, key=lambda number: number.start))


def in_digits(number: Number, word: str, language: str) -> str:
    """The number in digits, as the language writes them: "anderhalve" is 1,5, "zesde" 6e; the first stays a word."""
    lexicon = _lexicon(language)
    if ":" in number.written:
        return number.written.replace(":", lexicon["thousands"])
    if word.casefold() in lexicon["ordinals"]:
        return word if number.written == "1" else number.written + lexicon["ordinal_endings"][0]
    return number.written.replace(".", lexicon["decimal"])


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _clock(match: re.Match[str], lexicon: dict[str, Any]) -> Number:
    lead, hour = match.group(1).casefold(), match.group(2).casefold()
    number = int(hour) if hour.isdigit() else int(lexicon["clock"]["hours"][hour])
    minutes = (number * 60 + lexicon["offsets"][lead]) % (24 * 60)
    early, late = minutes % (12 * 60), minutes % (12 * 60) + 12 * 60
    values = {f"{at // 60}:{at % 60:02}" for at in (early, late)} | {f"12:{early % 60:02}" if early < 60 else ""}
    hour_now = early // 60 or 12
    values -= {""}
    together = frozenset({"half", str(hour_now)}) if early % 60 == 30 else frozenset({str(number), ".25"})
    return Number(*match.span(), frozenset(values), f"{hour_now}:{early % 60:02}", False, True, together)


def _in_digits(match: re.Match[str], text: str, lexicon: dict[str, Any]) -> Number:
    raw = match.group()
    decimal, thousands = lexicon["decimal"], lexicon["thousands"]
    start, end = match.span()
    minutes = re.fullmatch(r"(\d+)['’](\d{1,2})(?:''|\"|”)?", raw)
    if minutes:
        return _time(start, end, [int(minutes[1]), int(minutes[2])], False)
    raw = re.split(r"['’]", raw)[0]
    end = start + len(raw)
    groups = re.split(r"[.,:]", raw)
    marks = set(re.findall(r"[.,:]", raw))
    of_day = bool(lexicon["of_day"].match(text, end))
    if not marks:
        value = _plain(raw)
        return Number(start, end, frozenset({value}), raw, True, True)
    if ":" in marks:
        if re.fullmatch(r"[\d:]+\.\d+", raw):
            return Number(start, end, frozenset({raw}), raw, True, True)
        return _time(start, end, [int(group) for group in groups if group], of_day)
    full = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3
    if marks == {thousands} and full:
        value = _plain("".join(groups))
        # In a translation "1.200" may stand for 1,200 in Dutch dress; in English a comma of three is thousands.
        return Number(start, end, frozenset({value}), f"{int(value):,}", True, True)
    if marks == {decimal} and len(groups) == 2:
        values = {_plain(".".join(groups))}
        if decimal == "." and len(groups[1]) == 2:
            values.add(f"{int(groups[0])}:{groups[1]}")
        if decimal == "." and full:
            values.add(_plain("".join(groups)))
        return Number(start, end, frozenset(values), ".".join(groups), True, True)
    if marks == {","} and len(groups) == 2:
        return Number(start, end, frozenset({_plain(".".join(groups))}), ".".join(groups), True, True)
    if marks == {"."} and all(len(group) == 2 for group in groups[1:]):
        return _time(start, end, [int(group) for group in groups], of_day)
    if raw.count(",") == 1 and re.fullmatch(r"\d{1,2}(?:\.\d\d)+,\d+", raw):  # 7.54,47: minutes, seconds, hundredths
        written = ":".join(groups[:-1]) + "." + groups[-1]
        return Number(start, end, frozenset({written, ":".join(groups)}), written, True, True)
    if marks == {".", ","} and len(groups[-1]) < 3:
        value = _plain("".join(groups[:-1]) + "." + groups[-1])
        return Number(start, end, frozenset({value}), f"{int(''.join(groups[:-1])):,}.{groups[-1]}", True, True)
    return Number(start, end, frozenset({raw, _plain(".".join(groups))}), raw, True, True)


def _time(start: int, end: int, groups: list[int], of_day: bool) -> Number:
    """A length of time or a time of day: 4.20 minuten, 22.40 uur, 1.05.32."""
    written = ":".join([str(groups[0]), *(f"{group:02}" for group in groups[1:])])
    values = {written}
    if len(groups) == 2:
        values.add(_plain(f"{groups[0]}.{groups[1]:02}"))
        if groups[0] == 0:
            values.add(str(groups[1]))
        if of_day and groups[0] > 12:
            values.add(f"{groups[0] - 12}:{groups[1]:02}")
        if groups[1] == 0:
            values |= {str(groups[0]), str(groups[0] - 12)} if of_day else {str(groups[0])}
    together = frozenset(str(group) for group in groups if group)
    return Number(start, end, frozenset(values), written, True, True, together)


def _in_words(match: re.Match[str], text: str, lexicon: dict[str, Any]) -> list[Number]:
    word = match.group().casefold()
    vocabulary = lexicon["vocabulary"]
    parts = [(word, match.start(), match.end())]
    if word not in vocabulary and "-" in word:
        parts, place = [], match.start()
        for part in word.split("-"):
            parts.append((part, place, place + len(part)))
            place += len(part) + 1
    numbers = []
    for part, start, end in parts:
        value, required = vocabulary.get(part) or (_composed(part, lexicon), True)
        if value is None:
            continue
        following = _NEXT.match(text, end)
        if following and following[1] in lexicon.get("no_numbers_before", {}).get(part, ()):
            required = False  # "vierde zijn zege" celebrated it, "de Tweede Kamer" is a parliament
        values = {value}
        if any(text[end:].lstrip(" ").startswith(tail) for tail in lexicon.get("and_a_half", ())):
            values.add(f"{value}.5")
        numbers.append(Number(start, end, frozenset(values), value, False, required and part == word))
    return numbers


def _composed(word: str, lexicon: dict[str, Any]) -> str | None:
    """Number words in one: "tweehonderdvijftig" is 250, "vijftienhonderd" 1500."""
    cardinals = lexicon["cardinals"]
    for name, size in lexicon["multipliers"].items():
        left, found, right = word.partition(name)
        if found and (not left or left in cardinals) and (not right or right in cardinals):
            return str((cardinals[left] if left else 1) * size + (cardinals[right] if right else 0))
    return None


def _phrases(numbers: list[Number], text: str, lexicon: dict[str, Any]) -> list[Number]:
    """Number words that make one number: "two hundred and fifty", "a minute and a half"."""
    merged: list[Number] = []
    joints = lexicon.get("joints", ())
    sizes = {str(size) for size in lexicon["multipliers"].values()}
    for number in numbers:
        last = merged[-1] if merged else None
        if last is None or last.digits or number.digits or not (last.written.isdigit() and number.written.isdigit()):
            merged.append(number)
            continue
        between, one, two = text[last.end : number.start].casefold(), int(last.written), int(number.written)
        if between == " " and number.written in sizes and one < two and (last.required or one == 1):
            value = one * two  # but "een paar duizend" is not 2,000
        elif between in joints and one >= 100 and two < 100 and not one % 100:
            value = one + two
        else:
            merged.append(number)
            continue
        merged[-1] = Number(last.start, number.end, frozenset({str(value)}), str(value), False, True)
    if "a_and_a_half" in lexicon:
        merged += [
            Number(*match.span(), frozenset({"1.5"}), "1.5", False, False)
            for match in re.finditer(lexicon["a_and_a_half"], text, re.IGNORECASE)
        ]
    return merged


@lru_cache(maxsize=64)  # mending and weighing ask for the same pair one after the other
def compare(source: str, output: str, languages: tuple[str, str]) -> Difference:
    """Match the numbers of a sentence with those of its translation.

    Numbers in digits are matched one to one, words as kinds: who says "zes" twice may be told of six once.
    """
    wanted = read(source, languages[0])
    have = list(read(output, languages[1]))
    free = list(have)
    values_here = {value for number in have for value in number.values}
    if re.search(r"\bhalf\b", output, re.IGNORECASE):
        values_here.add("half")
    lost, pairs = [], []
    for number in sorted(wanted, key=lambda number: (not number.required, not number.digits)):
        match = next((other for other in free if other.digits == number.digits and other.values & number.values), None)
        match = match or next((other for other in free if _same(number, other)), None)
        if match is not None:
            free.remove(match)
            pairs.append((number, match))
        elif number.required and not _excused(number, values_here, have):
            lost.append(number)
        elif number.together and number.together <= values_here:
            free = [other for other in free if not other.values & number.together]
    digits = {value for number in wanted if number.digits for value in number.values | number.together}
    allowed = {value for number in wanted for value in number.values | number.together}
    allowed |= _within(source, languages[0])
    invented = []
    for other in free:
        if not other.required or _of_century(other, wanted) or _in_name(other, output, source):
            continue
        values = {value for value in other.values if ":" in value} or other.values  # "een" allows no 1:00
        if values & allowed and not (other.digits and values & digits):
            continue
        if other.written == "1":
            continue  # "first" and "one" say little, and come from many words
        invented.append(other)
    lost = [number for number in lost if not _of_century(number, have)]
    return Difference(tuple(sorted(lost, key=lambda n: n.start)), tuple(invented), tuple(pairs))


def _same(number: Number, other: Number) -> bool:
    """Whether they agree. A word that only allows a number ("een") is no time."""
    return bool(other.values & number.values) and (number.required or ":" not in other.written)


def _in_name(number: Number, output: str, source: str) -> bool:
    """Whether a number word of the translation begins a name that the original has: "Ten Dam"."""
    following = _NEXT.match(output, number.end)
    if number.digits or not following or not following[1][0].isupper():
        return False
    return re.search(rf"\b{re.escape(output[number.start : following.end()])}\b", source, re.IGNORECASE) is not None


def _of_century(number: Number, others: Iterable[Number]) -> bool:
    """Whether it is a year of which one text gives four figures, the other two: "jaren 90", "the 1990s"."""
    written = number.written
    if not number.digits or not written.isdigit() or len(written) not in (2, 4):
        return False
    ends = [other.written for other in others if other.digits and {len(other.written), len(written)} == {2, 4}]
    return any(end.endswith(written) or written.endswith(end) for end in ends)


def _excused(number: Number, values_here: set[str], have: list[Number]) -> bool:
    if number.together and number.together <= values_here:
        return True
    return not number.digits and any(number.values & other.values for other in have)


@lru_cache(maxsize=600)
def _within(text: str, language: str) -> frozenset[str]:
    """Values of number words within longer words: "driekoppige" allows three, "tweevoudig" two."""
    cardinals = _lexicon(language)["vocabulary"]
    found: set[str] = set()
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        for place in range(3, len(word)):
            for part in (word[:place], word[-place:]):
                if part in cardinals:
                    found.add(cardinals[part][0])
    return frozenset(found)


def mend(source: str, output: str, languages: tuple[str, str]) -> str:
    """The translation with its numbers written as English does, and a wrong one righted where only one can be meant."""
    for unit, power in set(re.findall(r"\b([a-z]{1,2})([²³])", source)):  # what the model spells m2
        output = re.sub(rf"(?<![^\W\d_]){unit}{_POWERS[power]}(?!\d)", unit + power, output)
    difference = compare(source, output, languages)
    changes: list[tuple[int, int, str]] = []
    for number, other in difference.pairs:
        text = output[other.start : other.end]
        if number.digits and other.digits:
            start, sign = _currency(source[: number.start], output, other.start, languages[1])
            changes.append((start, other.end, sign + _english_dress(number, text)))
    # One lost and one made up, of the same kind: the one stands where the other should. "Half past two" is no number in
    # digits, but a time of day like "half twee".
    lost = [number for number in difference.lost if number.digits or ":" in number.written]
    made_up = [number for number in difference.invented if number.digits or ":" in number.written]
    figures = all(number.digits for number in [*lost, *made_up])
    if len(lost) == 1 and len(made_up) == 1 and (figures or (":" in lost[0].written and ":" in made_up[0].written)):
        changes.append((made_up[0].start, made_up[0].end, lost[0].written))
    for start, end, text in sorted(changes, reverse=True):
        output = output[:start] + text + output[end:]
    for unit, english in _lexicon(languages[0])["units"].items():
        if unit in output:
            output = re.sub(rf"(?<![\w/]){re.escape(unit)}(?![\w/])", english, output)
    return output


def _currency(before: str, output: str, start: int, language: str) -> tuple[int, str]:
    """Where a sum begins, and the sign before it: of "US$ 14,7" models make "USR 14.7", or lose the sign."""
    sign = _SIGN.search(before)
    if sign is None or sign[2] in output:
        return start, ""
    spelt = re.search(rf"(?<![^\W\d_]){sign[1]}[^\W\d_]* $", output[:start]) if sign[1] else None
    if spelt is None and any(word in output for word in _lexicon(language)["currencies"]):
        return start, ""
    return spelt.start() if spelt else start, sign[1] + sign[2]


def _english_dress(number: Number, text: str) -> str:
    """The number as it stands in the translation, with English marks: 4:20 for 4.20, 1.5 for 1,5, 1,200 for 1.200."""
    if ":" in number.written:
        return re.sub(r"[.,]", ":", text) if number.written.count(":") == len(re.findall(r"[.,:]", text)) else text
    if "," in number.written and "." in text and "," not in text:
        return number.written
    if "." in number.written and text.count(",") == 1 and "." not in text:
        return text.replace(",", ".")
    return text
