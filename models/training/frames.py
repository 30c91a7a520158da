"""Make parallel sentences about bicycle races from sentence frames written by hand in Dutch and English.

    python frames.py nl-en frames.tsv --riders riders.txt --places places.txt --count 12000

News text shows a network few of the things that a race report must get exactly right: it meets "4.20 minuten" or a
rider of a small team once or never. A frame such as "{last} verloor {gap} op {last2}." is cheap to write, and filled a
hundred times over it teaches what is copied (names, teams, climbs), what changes its form (4.20 minuten, 4:20 minutes;
1,5 kilometer, 1.5 kilometres) and what must be known (half twee, half past one).

`swap_names` makes more of real sentences too: the same sentence about another rider.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

Pair = tuple[str, str]
"""A Dutch text and its English translation."""

Forms = dict[str, Pair]
"""The forms of one thing by slot name: a rider is both {rider} (full name) and {last} (last name)."""

SLOT = re.compile(r"\{([a-z_]+?)(\d*)\}")
CHOICE = re.compile(r"\[([^\]]*\|[^\]]*)\]")
PARTICLES = frozenset(
    re.findall(
        r"\S+", "van de der den het ten ter te 't op vanden vander von zu la le du da dal de' del della di dos el"
    )
)
"""Small words in front of a last name, written small after a first name."""


_UNITS: tuple[Pair, ...] = (
    ("nul", "zero"),
    ("één", "one"),
    ("twee", "two"),
    ("drie", "three"),
    ("vier", "four"),
    ("vijf", "five"),
    ("zes", "six"),
    ("zeven", "seven"),
    ("acht", "eight"),
    ("negen", "nine"),
    ("tien", "ten"),
    ("elf", "eleven"),
    ("twaalf", "twelve"),
    ("dertien", "thirteen"),
    ("veertien", "fourteen"),
    ("vijftien", "fifteen"),
    ("zestien", "sixteen"),
    ("zeventien", "seventeen"),
    ("achttien", "eighteen"),
    ("negentien", "nineteen"),
)
_TENS: tuple[Pair, ...] = (
    ("twintig", "twenty"),
    ("dertig", "thirty"),
    ("veertig", "forty"),
    ("vijftig", "fifty"),
    ("zestig", "sixty"),
    ("zeventig", "seventy"),
    ("tachtig", "eighty"),
    ("negentig", "ninety"),
)
_ORDINALS: tuple[Pair, ...] = (
    ("tweede", "second"),
    ("derde", "third"),
    ("vierde", "fourth"),
    ("vijfde", "fifth"),
    ("zesde", "sixth"),
    ("zevende", "seventh"),
    ("achtste", "eighth"),
    ("negende", "ninth"),
    ("tiende", "tenth"),
    ("elfde", "eleventh"),
    ("twaalfde", "twelfth"),
    ("dertiende", "thirteenth"),
    ("veertiende", "fourteenth"),
    ("vijftiende", "fifteenth"),
    ("zestiende", "sixteenth"),
    ("zeventiende", "seventeenth"),
    ("achttiende", "eighteenth"),
    ("negentiende", "nineteenth"),
    ("twintigste", "twentieth"),
    ("eenentwintigste", "twenty-first"),
)


def in_words(number: int) -> Pair:
    """A number from 0 to 99 written out.

    >>> in_words(32), in_words(1)
    (('tweeëndertig', 'thirty-two'), ('één', 'one'))
    """
    if number < 20:
        return _UNITS[number]
    tens, units = divmod(number, 10)
    dutch, english = _TENS[tens - 2]
    if not units:
        return dutch, english
    unit = "een" if units == 1 else _UNITS[units][0]
    joint = "ën" if unit.endswith("e") else "en"
    return f"{unit}{joint}{dutch}", f"{english}-{_UNITS[units][1]}"


def ordinal_figure(number: int) -> str:
    """An English ordinal in figures.

    >>> [ordinal_figure(n) for n in (1, 2, 3, 11, 22, 113)]
    ['1st', '2nd', '3rd', '11th', '22nd', '113th']
    """
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def decimal(value: float, places: int) -> Pair:
    """A decimal number: a comma in Dutch, a point in English."""
    text = f"{value:.{places}f}"
    return text.replace(".", ","), text


def thousands(number: int) -> Pair:
    """A whole number with its thousands set apart: 12.500 in Dutch, 12,500 in English."""
    text = f"{number:,}"
    return text.replace(",", "."), text


def last_name(name: str) -> str:
    """A rider's last name as it stands without the first, its particle with a capital.

    >>> last_name("Mathieu van der Poel"), last_name("Egan Bernal"), last_name("Maurice De Waele")
    ('Van der Poel', 'Bernal', 'De Waele')
    """
    words = name.split()
    if len(words) < 2:
        return name
    start = next((i for i, word in enumerate(words) if i and word.lower() in PARTICLES), len(words) - 1)
    last = " ".join(words[start:])
    return last[0].upper() + last[1:]


def proper_case(name: str) -> str:
    """A name that came in capitals, as it is written in running text; other names are left as they are.

    >>> proper_case("JULIUS VAN DEN BERG"), proper_case("SØREN WÆRENSKJOLD"), proper_case("Cees Bol")
    ('Julius van den Berg', 'Søren Wærenskjold', 'Cees Bol')
    """
    if not name.isupper():
        return name
    words = []
    for i, word in enumerate(name.lower().split()):
        capital = re.sub(r"(^|[-'’])(\w)", lambda found: found[1] + found[2].upper(), word)
        words.append(word if i and word in PARTICLES else capital)
    return " ".join(words)


@dataclass(frozen=True, slots=True)
class Words:
    """What slots are filled with: names of riders and places, and pairs by kind (race, jersey, climb, team, ...)."""

    riders: Sequence[str]
    places: Sequence[str]
    pairs: Mapping[str, Sequence[Pair]]


_MARKED: dict[str, str] = {
    letters[0]: letters[1:]
    for letters in re.findall(r"\w+", "aáàąãä cčćç dďđ eéèěęë gğģ iíïı lł nńňñ oóòőõöø rřŗ sšśş tťţ uúůűü yý zžźż")
}
"""Small letters, each with what it may become by a mark."""


def with_marks(name: str, rng: random.Random) -> str:
    """A name with marks on one or two of its small letters, so that copying is learned for letters met nowhere else.

    >>> with_marks("Tadej Pogacar", random.Random(46))
    'Tadej Pogačar'
    """
    places = [i for i, letter in enumerate(name) if letter in _MARKED]
    letters = list(name)
    for i in rng.sample(places, min(len(places), rng.choice([1, 1, 2]))):
        letters[i] = rng.choice(_MARKED[letters[i]])
    return "".join(letters)


_SYLLABLE = re.compile(r"(?<=[aeiouy])(?=[^\W\d_aeiouy][^\W\d_])")


def made_up(name: str, other: str, rng: random.Random) -> str:
    """A rider nobody is: the end of the name changed for that of another, so that names are copied, not remembered.

    >>> made_up("Egan Bernal", "Tadej Pogacar", random.Random(1))
    'Egan Begacar'
    """
    *first, last = name.split()
    cuts, ends = ([m.start() for m in _SYLLABLE.finditer(word)] for word in (last, other.split()[-1]))
    if not cuts or not ends:
        return name
    return " ".join([*first, last[: rng.choice(cuts)] + other.split()[-1][rng.choice(ends) :]])


def _some_rider(riders: Sequence[str], rng: random.Random) -> str:
    """One of the riders; one time in four made up, one in eight with marks where the name has none of its own."""
    name = rng.choice(riders)
    if rng.random() < 0.25:
        name = made_up(name, rng.choice(riders), rng)
    return _sometimes_marked(name, rng)


def _sometimes_marked(name: str, rng: random.Random) -> str:
    """The name, one time in eight with marks where it has none of its own."""
    return with_marks(name, rng) if name.isascii() and rng.random() < 0.12 else name


# Each function below draws one thing: its forms by slot name, Dutch and English.


def _rider(rng: random.Random, words: Words) -> Forms:
    name = _some_rider(words.riders, rng)
    last = last_name(name)
    if rng.random() < 0.04:
        name, last = name.upper(), last.upper()
    return {"rider": (name, name), "last": (last, last)}


def _place(rng: random.Random, words: Words) -> Forms:
    name = rng.choice(words.places)
    return {"place": (name, name)}


def _distance(rng: random.Random, _: Words) -> Forms:
    kind = rng.random()
    if kind < 0.06:
        return {
            "km": ("anderhalve kilometer", "one and a half kilometres"),
            "km_long": ("anderhalve kilometer", "one-and-a-half-kilometre"),
        }
    if kind < 0.2:
        number = rng.choice([*range(2, 21), 25, 30, 40, 50, 60, 70, 80, 90])
        dutch, english = in_words(number)
    elif kind < 0.6:
        number = rng.randint(2, 240)
        dutch = english = str(number)
    else:
        dutch, english = decimal(rng.choice([rng.uniform(1.1, 30), rng.uniform(30, 240)]), 1)
    if rng.random() < 0.15:
        return {"km": (f"{dutch} km", f"{english} km"), "km_long": (f"{dutch} km", f"{english} km")}
    return {
        "km": (f"{dutch} kilometer", f"{english} kilometres"),
        "km_long": (f"{dutch} kilometer", f"{english}-kilometre"),
    }


def _gap(rng: random.Random, _: Words) -> Forms:
    minutes, seconds = rng.randint(1, 15), rng.randint(1, 59)
    dutch_minutes, english_minutes = in_words(minutes)
    dutch_seconds, english_seconds = in_words(seconds)
    plural = "minutes" if minutes > 1 else "minute"
    dutch_plural = "minuten" if minutes > 1 else "minuut"
    second = "seconds" if seconds > 1 else "second"
    dutch_second = "seconden" if seconds > 1 else "seconde"
    gap: Pair = rng.choices(
        [
            (f"{seconds} {dutch_second}", f"{seconds} {second}"),
            (f"{dutch_seconds} {dutch_second}", f"{english_seconds} {second}"),
            (f"{minutes}.{seconds:02} minuten", f"{minutes}:{seconds:02} minutes"),
            (f"{minutes}.{seconds:02}", f"{minutes}:{seconds:02}"),
            (f"{minutes}:{seconds:02}", f"{minutes}:{seconds:02}"),
            (f"{minutes} {dutch_plural} en {seconds} {dutch_second}", f"{minutes} {plural} and {seconds} {second}"),
            (
                f"{dutch_minutes} {dutch_plural} en {dutch_seconds} {dutch_second}",
                f"{english_minutes} {plural} and {english_seconds} {second}",
            ),
            (f"ruim {dutch_minutes} {dutch_plural}", f"just over {english_minutes} {plural}"),
            (f"bijna {dutch_minutes} {dutch_plural}", f"almost {english_minutes} {plural}"),
            (f"{minutes} {dutch_plural}", f"{minutes} {plural}"),
            ("anderhalve minuut", "a minute and a half"),
            ("een halve minuut", "half a minute"),
        ],
        weights=[22, 8, 22, 12, 3, 14, 4, 4, 4, 5, 1, 1],
    )[0]
    short = (f"{minutes - 1}.{seconds:02}", f"{minutes - 1}:{seconds:02}")
    return {"gap": gap, "gap_short": short}


_CLOCK: tuple[tuple[str, str], ...] = (
    # {h} is the hour on the dial, {n} the one after: Dutch counts the half hour towards the next hour
    ("half {n}", "half past {h}"),
    ("kwart over {h}", "a quarter past {h}"),
    ("kwart voor {n}", "a quarter to {n}"),
    ("{h} uur", "{h} o'clock"),
    ("tien over {h}", "ten past {h}"),
    ("tien voor {n}", "ten to {n}"),
    ("vijf voor half {n}", "twenty-five past {h}"),
    ("tien voor half {n}", "twenty past {h}"),
    ("vijf over half {n}", "twenty-five to {n}"),
    ("tien over half {n}", "twenty to {n}"),
)


def _clock(rng: random.Random, _: Words) -> Forms:
    hour, minute = rng.randint(0, 23), rng.choice([*range(0, 60, 5), rng.randint(0, 59)])
    digits = (f"{hour:02}{rng.choice('.:')}{minute:02}", f"{hour:02}:{minute:02}")
    shown = (digits[0] + " uur", digits[1])
    if rng.random() < 0.5:
        frame = rng.choices(_CLOCK, weights=[8, 2, 2, 2, 1, 1, 1, 1, 1, 1])[0]
        on_dial = rng.randint(1, 12)
        here, following = in_words(on_dial), in_words(on_dial % 12 + 1)
        here, following = (here[0].replace("é", "e"), here[1]), (following[0].replace("é", "e"), following[1])
        shown = (frame[0].format(h=here[0], n=following[0]), frame[1].format(h=here[1], n=following[1]))
    return {"clock": shown, "clock_digits": digits}


def _date(rng: random.Random, words: Words) -> Forms:
    day, year = rng.randint(1, 28), rng.randint(1950, 2030)
    month = rng.choice(words.pairs["month"])
    plain = (f"{day} {month[0]}", f"{day} {month[1]}")
    dated = (f"{plain[0]} {year}", f"{plain[1]} {year}")
    weekday = rng.choice(words.pairs["weekday"])
    with_day = (f"{weekday[0]} {plain[0]}", f"{weekday[1]} {plain[1]}")
    return {"date": rng.choice([plain, dated, with_day]), "birthday": dated}


def _count(rng: random.Random, _: Words) -> Forms:
    number = rng.choice([*range(2, 21), 24, 25, 30, 32, 40])
    return {"count": in_words(number) if rng.random() < 0.7 else (str(number), str(number))}


def _ordinal(rng: random.Random, _: Words) -> Forms:
    number = rng.randint(2, 21)
    if rng.random() < 0.5:
        return {"ordinal": _ORDINALS[number - 2]}
    if rng.random() < 0.3:
        number = rng.randint(22, 150)
    suffix = rng.choice(["e", "e", "ste" if number in (8,) or number >= 20 else "de"])
    return {"ordinal": (f"{number}{suffix}", ordinal_figure(number))}


def _number(rng: random.Random, _: Words) -> Forms:
    number = rng.choice([rng.randint(3, 40), rng.randint(20, 400)])
    return {"number": (str(number), str(number)), "number_ordinal": (str(number), ordinal_figure(number))}


def _race_time(rng: random.Random, _: Words) -> Forms:
    hours, minutes, seconds = rng.randint(2, 6), rng.randint(0, 59), rng.randint(0, 59)
    spoken = (
        f"{hours} uur, {minutes} minuten en {seconds} seconden",
        f"{hours} hours, {minutes} minutes and {seconds} seconds",
    )
    dotted = (f"{hours}.{minutes:02}.{seconds:02}", f"{hours}:{minutes:02}:{seconds:02}")
    marked = (f"{hours}u{minutes:02}'{seconds:02}\"", f"{hours}h{minutes:02}'{seconds:02}\"")
    short = (f"{minutes + 2}.{seconds:02}", f"{minutes + 2}:{seconds:02}")
    whole = (f"{minutes + 2} minuten en {seconds + 2} seconden", f"{minutes + 2} minutes and {seconds + 2} seconds")
    hundredths = (f"{minutes + 2}.{seconds:02},{hours * 7 + 10}", f"{minutes + 2}:{seconds:02}.{hours * 7 + 10}")
    return {
        "race_time": rng.choice([spoken, dotted, dotted, marked]),
        "short_time": rng.choice([short, short, whole, hundredths]),
    }


def _with_unit(value: Pair, dutch: str, english: str) -> Pair:
    return f"{value[0]} {dutch}", f"{value[1]} {english}"


def _figures(rng: random.Random, _: Words) -> Forms:
    age, year, small = rng.randint(18, 42), rng.randint(1905, 2030), rng.randint(2, 25)
    metres = rng.choice([thousands(rng.randint(300, 2800)), *[(str(n), str(n)) for n in [rng.randint(300, 2800)]]])
    people = rng.choice([rng.randint(1, 99) * 1000, rng.randint(1, 40) * 10_000, rng.randint(1001, 99_999)])
    return {
        "age": (str(age), str(age)),
        "year": (str(year), str(year)),
        "small": (str(small), str(small)),
        "metres": _with_unit(metres, "meter", "metres"),
        "people": thousands(people),
        "percent": _with_unit(decimal(rng.uniform(1.5, 14), 1), "procent", "per cent"),
        "speed": _with_unit(
            decimal(rng.uniform(34, 62), 1),
            *rng.choice([("kilometer per uur", "kilometres per hour"), ("km/u", "km/h")]),
        ),
    }


Draw = Callable[[random.Random, Words], Forms]


def _listed(kind: str) -> Draw:
    return lambda rng, words: {kind: rng.choice(words.pairs[kind])}


_DRAWS: dict[str, Draw] = {
    "rider last": _rider,
    "place": _place,
    "km km_long": _distance,
    "gap gap_short": _gap,
    "clock clock_digits": _clock,
    "date birthday": _date,
    "count": _count,
    "ordinal": _ordinal,
    "number number_ordinal": _number,
    "race_time short_time": _race_time,
    "age year small metres people percent speed": _figures,
    **{kind: _listed(kind) for kind in ["race", "jersey", "climb", "team", "national", "country", "weekday"]},
}
_THING_OF = {slot: slots for slots in _DRAWS for slot in slots.split()}
"""Which slots are forms of the same thing: {rider2} and {last2} are one rider."""


def _choose(frame: Pair, rng: random.Random) -> Pair:
    """Settle the brackets: the nth one takes the same alternative in both languages."""
    dutch, english = ([found.split("|") for found in CHOICE.findall(side)] for side in frame)
    if [len(alternatives) for alternatives in dutch] != [len(alternatives) for alternatives in english]:
        raise ValueError(f"The choices in brackets do not match: {frame[0]!r} and {frame[1]!r}")
    picks = [rng.randrange(len(alternatives)) for alternatives in dutch]

    def settled(side: str, brackets: list[list[str]]) -> str:
        texts = iter([alternatives[pick] for alternatives, pick in zip(brackets, picks, strict=True)])
        return CHOICE.sub(lambda _: next(texts), side)

    return settled(frame[0], dutch), settled(frame[1], english)


def fill(frame: Pair, words: Words, rng: random.Random) -> Pair:
    """Settle the brackets of a frame and fill its slots. No rider, place or climb comes twice in a sentence.

    Raises ValueError for a slot that is unknown or stands in one language only, and for brackets that do not match.
    """
    dutch, english = _choose(frame, rng)
    things: list[set[tuple[str, str]]] = []
    for side in (dutch, english):
        unknown = [slot for slot, _ in SLOT.findall(side) if slot not in _THING_OF]
        if unknown:
            raise ValueError(f"Unknown slot {{{unknown[0]}}} in {side!r}")
        things.append({(_THING_OF[slot], index) for slot, index in SLOT.findall(side)})
    if things[0] != things[1]:
        raise ValueError(f"A slot stands in one language only: {dutch!r} and {english!r}")

    forms: dict[str, Pair] = {}
    taken: set[str] = set()
    for thing, index in sorted(things[0]):
        for _ in range(20):
            drawn = _DRAWS[thing](rng, words)
            names = {dutch_form.lower() for dutch_form, _ in drawn.values()}
            if taken.isdisjoint(names):
                break
        taken |= names
        forms.update({f"{slot}{index}": form for slot, form in drawn.items()})

    def filled(side: str, language: int) -> str:
        text = SLOT.sub(lambda found: forms[found[1] + found[2]][language], side)
        return text[0].upper() + text[1:]

    return filled(dutch, 0), filled(english, 1)


def read_pairs(path: Path) -> list[Pair]:
    """The lines of a file with one TAB each; lines that start with # and empty ones are left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    for row in rows:
        if len(row) != 2:
            raise ValueError(f"{path}: one TAB was expected in {row!r}")
    return [(row[0], row[1]) for row in rows]


def read_frames(folder: Path) -> list[Pair]:
    """All frames of a folder's `frames/*.tsv`; of two with the same original the first."""
    found: dict[str, Pair] = {}
    for path in sorted((folder / "frames").glob("*.tsv")):
        for pair in read_pairs(path):
            found.setdefault(pair[0], pair)
    return list(found.values())


def read_words(path: Path, riders: Iterable[str], places: Iterable[str]) -> Words:
    """`words.tsv` (kind, Dutch, English) and the two lists of names."""
    pairs: dict[str, list[Pair]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, dutch, english = line.split("\t")
            pairs.setdefault(kind, []).append((dutch, english))
    return Words(sorted({proper_case(name) for name in riders}), sorted(set(places)), pairs)


def sentences(frames: Sequence[Pair], words: Words, *, count: int, seed: int) -> Iterator[Pair]:
    """`count` filled frames, every frame about equally often."""
    rng = random.Random(seed)
    order: list[Pair] = []
    for _ in range(count):
        if not order:
            order = rng.sample(list(frames), len(frames))
        yield fill(order.pop(), words, rng)


def _exchanged(text: str, pattern: re.Pattern[str], exchange: Mapping[str, str]) -> str:
    return pattern.sub(lambda found: exchange[found[1]], text)


def swap_names(pairs: Iterable[Pair], riders: Sequence[str], *, seed: int) -> Iterator[Pair]:
    """Real pairs once more, with other riders: each full name that both sides share becomes another one.

    Only the sentences that name a rider of the list are given back. A last name alone is exchanged too when its full
    name stands in the sentence; the places of capitals in particles (Mathieu van der Poel, Van der Poel) are kept.

    >>> riders = ["Egan Bernal", "Mathieu van der Poel"]
    >>> list(swap_names([("Bernal juicht: Egan Bernal wint.", "Bernal cheers: Egan Bernal wins.")], riders, seed=1))
    [('Van der Poel juicht: Mathieu van der Poel wint.', 'Van der Poel cheers: Mathieu van der Poel wins.')]
    """
    rng = random.Random(seed)
    known = sorted((name for name in set(riders) if " " in name), key=len, reverse=True)
    by_first_word: dict[str, list[str]] = {}
    for name in known:
        by_first_word.setdefault(name.split()[0], []).append(name)
    for dutch, english in pairs:
        candidates = [name for word in set(dutch.split()) for name in by_first_word.get(word.strip("\"„”'(,.:;"), [])]
        present = [name for name in sorted(candidates, key=len, reverse=True) if name in dutch and name in english]
        exchange: dict[str, str] = {}
        for name in present:
            other = next((rider for rider in (_some_rider(known, rng) for _ in range(9)) if rider != name), name)
            exchange.setdefault(name, other)
            exchange.setdefault(last_name(name), last_name(other))
        if exchange:
            pattern = re.compile(
                r"(?<!\w)(" + "|".join(map(re.escape, sorted(exchange, key=len, reverse=True))) + r")(?!\w)"
            )
            yield _exchanged(dutch, pattern, exchange), _exchanged(english, pattern, exchange)


def joined(pairs: Sequence[Pair], *, share: float, seed: int) -> Iterator[Pair]:
    """Neighbouring pairs as one long pair, so that long inputs are not cut short: about `share` of them."""
    rng = random.Random(seed)
    for first, second in pairwise(pairs):
        if rng.random() < share:
            yield f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where frames/*.tsv and words.tsv are, for example nl-en")
    parser.add_argument("out", type=Path, help="file to write, Dutch TAB English")
    parser.add_argument("--riders", type=Path, required=True, help="names, one a line")
    parser.add_argument("--places", type=Path, required=True, help="names, one a line")
    parser.add_argument("--count", type=int, default=12_000, help="filled frames")
    parser.add_argument("--swap", type=Path, help="TSV of real pairs to give once more with other riders")
    parser.add_argument("--join", type=Path, help="TSV of real pairs, in the order of their text, to join by twos")
    parser.add_argument("--share", type=float, default=0.3, help="how many of the pairs of --join")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    riders = given.riders.read_text(encoding="utf-8").splitlines()
    words = read_words(given.folder / "words.tsv", riders, given.places.read_text(encoding="utf-8").splitlines())
    pairs = list(sentences(read_frames(given.folder), words, count=given.count, seed=given.seed))
    if given.swap:
        pairs += swap_names(read_pairs(given.swap), words.riders, seed=given.seed)
    if given.join:
        pairs += joined(read_pairs(given.join), share=given.share, seed=given.seed)
    given.out.write_text("".join(f"{dutch}\t{english}\n" for dutch, english in pairs), encoding="utf-8")
    print(f"{given.out}: {len(pairs)} pairs")


if __name__ == "__main__":
    main()
