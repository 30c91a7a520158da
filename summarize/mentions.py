"""What a sentence names: riders, places, teams, races, numbered stages, distances, days, and where they stand.

The claim reader does not look at sentences as they are but at *masked* sentences: lower case, every mention replaced by
a letter and a number (P0 a rider, L1 a place, T2 a team, R3 a race, S4 a numbered stage, K5 kilometres, G6 a time,
N7 a nationality, D8 a day, Y9 a year), so that "Pascal Ackermann won stage two" and "Mads Pedersen won the 19th stage"
are one pattern. All words come from the lexicon; nothing here knows a language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from summarize.calendar.riders import given_names, is_rider
from summarize.lexicon import load
from summarize.names import same_person
from summarize.text import fold

__all__ = [
    "LAST",
    "PENULTIMATE",
    "Lexicon",
    "Masked",
    "Mention",
    "Names",
    "Race",
    "called",
    "find_names",
    "known_names",
    "lexicon",
    "mask",
    "mentions",
    "plain",
    "race_named",
    "races_list",
]

LAST = 99
"""Number of a "last stage" whose number is not said."""
PENULTIMATE = 98
"""Number of a "last stage but one" whose number is not said."""


@dataclass(frozen=True, slots=True)
class Race:
    """A race that the lexicon knows."""

    name: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    one_day: bool
    offset: int | None
    women: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing named in a sentence; `value` is what it means: a race, a stage number, kilometres, seconds."""

    kind: str
    text: str
    start: int
    end: int
    value: Any


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked sentence with its mentions; the mention behind "P3" is `mentions[3]`."""

    text: str
    mentions: tuple[Mention, ...]

    def get(self, token: str) -> Mention:
        """The mention that a token such as "P3" stands for."""
        return self.mentions[int(token[1:])]


_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"
_WORD = (
    rf"(?:(?:D['’]h[a-z]{{2,}}|(?:[dlDLO]['’]|Mc|Mac)?[{_UPPER}][\w]*)"
    rf"(?:[-’'](?:[{_UPPER}][\w]*|(?=[a-z])[a-z]+(?=[-]))|\.(?=[{_UPPER}])|-[a-z]+-[{_UPPER}][\w]*)*)"
)
_RULES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", " ": " ", "‐": "-", "‑": "-"})


def plain(text: str) -> str:
    """A text with one kind of apostrophe, dash and space, letter for letter as long as it was."""
    return text.translate(_RULES)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern of the lexicon."""

    regex: re.Pattern[str]
    weight: float
    beat: bool
    """Names the beaten after the winner: counts only where its winner is the article's winner."""
    title: bool
    """For titles only."""
    final: bool
    """Tells who won the whole race."""
    relative: bool
    """Matched on the sentence with its relative clauses."""


class Lexicon:
    """The claim lexicon of one language, compiled. Get it with `lexicon("nl")`."""

    def __init__(self, language: str) -> None:
        data = load("claims", language)
        self.data: dict[str, Any] = data
        self.language = language
        self.starters = frozenset(data["starters"]) | frozenset(data["roles"])
        self.nouns = frozenset(" ".join(load("guard_words", language)["words"]).split()) - given_names()
        self.roles = _alternatives(data["roles"])
        self.role = _whole(self.roles)
        kin = "|".join(data["kin"])
        self.kin = re.compile(rf" (?:{kin}) (?:\S+ ){{0,3}}$")
        self.kinship = re.compile(rf" [,–-] (?:\S+ )?(?:{kin}) (?:\S+ ){{0,3}}P\d+ (?:[,–-] )?")
        articles = "|".join(data["article_words"])
        self.after_race = re.compile(rf"(R\d+) , (?:{articles}) [^,.;:PTX]{{1,40}} ,")
        self.comparisons = re.compile(rf"(?:, )?(?<![^ ])(?:{'|'.join(data['comparisons'])}) (?:, )?")
        self.back_to = re.compile(rf"(?<![^ ])(?:{'|'.join(data['back_to'])}) Y\d")
        self.race_begins = _whole("|".join(data["race_begins"]))
        self.of_stage = _whole("|".join(data["of_stage"]))
        self.no_name = tuple(data["no_name"])
        self.ends_on = re.compile(rf"(?<![^ ])(?:{'|'.join(data['ends_on'])})")
        self.times = re.compile(rf" (?:\S+ ){{0,1}}(?:{'|'.join(data['times'])})(?![^ ])")
        self.holders = re.compile(rf" -?(?:{'|'.join(data['holders'])})")
        self.victories = re.compile(rf" -?(?:{'|'.join(data['victories'])})")
        self.nationalities = {
            name.replace("-", " ").lower(): code
            for code, names in data["nationalities"].items()
            for name in names.split()
        }
        self.months = {name: number for number, name in enumerate(data["months"], 1)}
        self.weekdays = {name: number for number, name in enumerate(data["weekdays"])}
        self.ordinals = {w: int(n) for n, words in data["ordinals"].items() for w in words.split("|")}
        self.cardinals = {w: int(n) for n, words in data["cardinals"].items() for w in words.split("|")}
        self.place_words = frozenset(data["place_words"])
        self.particles = frozenset(p for p in data["particles"] if " " not in p)
        self.long_places = frozenset(data["long_places"])
        self.long_particles = frozenset(p for p in data["particles"] if " " in p)
        self.person_verbs = frozenset(data["person_verbs"])
        self.place_prepositions = tuple(f" {p} " for p in data["place_prepositions"])
        self.weak_prepositions = tuple(f" {p} " for p in data["weak_prepositions"])
        stages = _alternatives(data["stage_words"])
        self.award = re.compile(
            rf"\b(?:{_alternatives(data['award_words'])})\b(?: (?!(?:{stages})\b)[\w'-]+){{0,3}} {data['onto']} $"
        )
        self.awards = tuple(f" {p} " for p in data["awards"])
        self.definite = tuple(f" {w} " for w in data["definite"])
        self.any_stage = _alternatives(data["stage_words"] + [w for ws in data["stage_fixed"].values() for w in ws])
        self.names_stage = re.compile(rf"S\d|(?<![^ ])(?:{self.any_stage})(?![^ ])")
        of = _alternatives(data["of_team"])
        self.within = _alternatives([*data["of_team"], *data["place_prepositions"]])
        self.stage_of_day = re.compile(
            rf"(?<![^ ])(?:{self.any_stage}) (?:{of}) (?P<day>D\d+)|(?P<own>D\d+) 's (?:{self.any_stage})(?![^ ])"
        )
        self.wins = _whole(data["words"]["wins"])
        self.results = self._compile("results")
        self.result_titles = self._compile("result_titles")
        self.ranks = self._compile("ranks")
        self.leaders = self._compile("leaders")
        self.gc = self._compile("gc")
        self.margins = self._compile("margins")
        self.gc_gaps = self._compile("gc_gaps")
        self.stage = self._stage_pattern()
        self.gap = self._gap_pattern()
        names = [re.escape(n) for n in self.nationalities]
        self.nation = re.compile(rf"\b(?:{_longest(names)})\b", re.I)
        # Lands and continents, and what is of a continent: all of them names, and none of a rider.
        self.country = re.compile(rf"(?<![\w-])(?:{_alternatives(data['countries'])})(?![\w-])")
        # What a text must hold, in small letters but for names, before a pattern is tried on it.
        self.stage_hints = (*data["numbered_words"], *(w for ws in data["stage_fixed"].values() for w in ws))
        self.gap_hints = (*data["units"]["minute"], *data["units"]["second"])
        self.nation_hints = _first_words(self.nationalities)
        self.country_hints = _first_words(data["countries"])
        self.other_hints = _first_words(data["other_names"])
        days, months = "|".join(self.weekdays), "|".join(self.months)
        self.day = re.compile(rf"\b(?:{days})(?:{data['weekday_suffix']})\b", re.I)
        self.dates = re.compile(
            rf"\b(\d{{1,2}})(?:{data['ordinal_suffix']})?(?: {data['date_joint']})? ({months})(?:,? (\d{{4}}))?\b"
            rf"|\b({months}) (\d{{1,2}})(?:{data['ordinal_suffix']})?\b(?:,? (\d{{4}}))?",
            re.I,
        )
        self.routes = [self._slots(p) for p in data["route"]]
        self.finishes = [self._slots(p) for p in data["finish_at"]]
        self.starts = [self._slots(p) for p in data["start_at"]]
        stage = rf"S\d+|RACE|{self.any_stage}|R\d+ ?-?(?:{self.any_stage})"
        self.distances = [re.compile(r"(?<![^ ])" + p.replace("{stage}", stage)) for p in data["distances"]]
        self.anaphora = re.compile(
            "(?<![^ ])(?:"
            + "|".join(
                p.replace("{roles}", self.roles).replace("{adjectives}", "|".join(data["adjectives"]))
                for p in data["anaphora"]
            )
            + r")(?= |$)"
        )
        self.pronouns = frozenset(data["pronouns"])
        self.title_prefixes = tuple(data["title_prefixes"])
        self.when = frozenset(data["when"])
        self.of_the_day = re.compile(_alternatives(data["of_the_day"]))
        self.stage_win = re.compile(f"{_alternatives(data['stage_wins'])}$")
        self.on_the_road = _phrases(list(map(re.escape, data["on_the_road"])))
        self.so_far = re.compile(rf"(?<![^ ])(?:{_alternatives(data['so_far'])}) $")
        self.victors = frozenset(data["victors"])
        self.dignitaries = frozenset(data["dignitaries"])
        self.relative = _phrases(list(map(re.escape, data["relative_pronouns"])))
        self.finished = _phrases(list(map(re.escape, data["finished"])))
        self.out_of = _alternatives(data["of_team"])
        self.in_month = re.compile(rf"(?<![^ ])in (?P<month>{months})(?![^ ])")
        self.jerseys = {c: _phrases(p) for c, p in data["jerseys"].items()}
        self.wearers = {c: _phrases(p) for c, p in data["wearers"].items()}
        self.distance_not = _phrases(data["distance_not"])
        vetoes = (
            *(
                "other_prize",
                "other_classifications",
                "not_today",
                "perfect",
                "classification_words",
                "preview",
                "ahead",
            ),
            *(
                "planned",
                "men",
                "women",
                "several",
                "best_of_the_rest",
                "listings",
                "criteriums",
                "placed",
                "tomorrow",
                "win_lost",
            ),
        )
        self.vetoes = {name: _phrases(list(map(re.escape, data[name]))) for name in vetoes}
        real = f"(?!(?:{_alternatives(data['real'])})(?![^ ]))"
        self.vetoes["unreal"] = _whole(f"{real}(?:{_alternatives(data['unreal'])})")
        self.of_women, self.of_men = _phrases(data["of_women"]), _phrases(data["of_men"])
        self.standings = _phrases(data["standings"])
        self.gone = _phrases(data["gone"])
        self.object_markers = frozenset(data["object_markers"])
        self.rank_object_markers = frozenset(data["rank_object_markers"])
        self.leader_object_markers = frozenset(data["leader_object_markers"])
        self.rank_objects = _objects(data["rank_object_markers"], "PX", data["and"])
        self.leader_objects = _objects(data["leader_object_markers"], "PXL", data["and"])
        self.clause_breaks = re.compile(r" (?:" + _alternatives(data["clause_breaks"]) + r") ")
        self.others = re.compile(rf"(?<![\w-])(?:{_alternatives(data['other_names'])})(?![\w-])")
        self.near = [self._slots(p) for p in data["finish_near"]]
        self.result_words = _phrases(list(map(re.escape, data["result_words"])))
        self.subordinators = frozenset(data["subordinators"])
        self.gap_vetoes = _phrases(list(map(re.escape, data["gap_vetoes"])))
        between, onward = _alternatives(data["between_words"]), _alternatives(data["to_words"])
        self.between = re.compile(rf"\b(?:{between}) [^,.;]{{2,40}} (?:{onward}) $")
        self.departing = re.compile(rf" (?:{_alternatives(data['from_words'])}) $")
        self.onward = re.compile(rf"\s(?:{onward})\s[{_UPPER}]")
        self.aged = re.compile(rf" (?:{_alternatives(data['article_words'])})(?P<age> {data['aged']})? $")
        self.from_team = re.compile(rf" (?:{_alternatives(data['of_team'])}) [{_UPPER}]")
        self.other_leaders = re.compile(rf"(?:T\d+(?: 's| ')?|{_alternatives(data['other_leaders'])})$")
        self.the_stage = re.compile(
            rf"(?<![^ ])(?:{_alternatives(data['definite'])}) (?:(?![PXSR]\d)[^ .;:,?!()]+ ){{0,2}}"
            rf"(?:RACE|{self.any_stage})(?![^ ])"
        )
        self.whole_route = re.compile(rf"S\d|RACE|[LP]\d+ (?:{onward}|-) [LP]\d")
        self.noun_followers = frozenset(data["noun_followers"])
        self.other_stage_cues = frozenset(data["other_stage_cues"])
        self.own_words = frozenset(data["own_words"])
        articles = _alternatives(data["article_words"])
        adjectives = "|".join(data["adjectives"])
        dress = rf"{adjectives}|{self.roles}|N\d+(?: 's)?(?: T\d+)?|T\d+(?: 's| ')?(?: (?:{self.roles}))?|T\d+ -\S+"
        self.before_name = re.compile(rf"(?<![^ ])(?:(?:{articles}) )?(?:(?:{dress})(?: ,)? ){{1,6}}(?=P\d)")
        self.after_name = re.compile(
            rf"(P\d+) , ((?:{articles}|N\d+|T\d+|(?:{_alternatives(data['relatives'])})|\d\d)\b(?: [^,.;()]{{1,140}})?"
            rf"|(?:(?![PX]\d)[^ ,.;()]+ ){{1,13}}(?![PX]\d)[^ ,.;()]+) , ?(?!P\d+ (?:{data['and']}) )"
        )
        self.of_team = re.compile(
            rf"(P\d+) (?:{_alternatives(data['of_team'])}) (?:(?:{articles}) )?(?:N\d+ )?"
            rf"(?:(?:{_alternatives(data['team_words'])}) )?(T\d+)"
        )
        self.cycling = frozenset(data["cycling_words"])
        self.other_sports = frozenset(data["other_sports"])
        self.team_time_trial = _phrases(list(map(re.escape, data["team_time_trial"])))
        self.after_stage = _phrases(data["not_after_stage"])
        self.editions = [re.compile(p, re.I) for p in data["edition"]]

    def _stage_pattern(self) -> re.Pattern[str]:
        data = self.data
        words = _alternatives(data["numbered_words"])
        ordinals = _longest(list(self.ordinals))
        cardinals = _longest(list(self.cardinals))
        fixed = _alternatives([w for ws in data["stage_fixed"].values() for w in ws])
        races = "|".join(re.escape(s) for race in races_list() for s in (*race.short, *race.names) if len(s) > 3)
        return re.compile(
            rf"\b(?:(?P<ordinal>{ordinals}|\d{{1,2}}(?:{data['ordinal_suffix']}))[ -]"
            rf"(?:{data['between_ordinal']} )?(?:(?:{races})[ -])?(?:{words})\b"
            rf"|(?:{words})[ -]?(?:(?:{_alternatives(data['number_words'])}) )?"
            rf"(?P<number>\d{{1,2}}[ab]?)(?![\d.,]*\d)(?!\s?(?:km|kilo|%))\b"
            rf"|(?:{words})[ -](?P<cardinal>{cardinals})\b"
            rf"|(?P<fixed>{fixed})\b)",
            re.I,
        )

    def _gap_pattern(self) -> re.Pattern[str]:
        minute, second, hour = (_alternatives(self.data["units"][u]) for u in ("minute", "second", "hour"))
        joint = self.data["and"]
        number = rf"(\d{{1,3}}|{_longest(list(self.cardinals))}|an?)"
        exact = rf"(\d{{1,3}}|{_longest(list(self.cardinals))})"
        return re.compile(
            rf"\b(?:{number}[ -](?:{hour})[ ,]*(?:{joint} )?)?{number}[ -]?(?:{minute})\b"
            rf"(?:[ ,]*(?:{joint} )?{exact}(?:[ -]?(?:{second}))?\b)?"
            rf"|\b{exact}[ -]?(?:{second})\b"
            rf"|(?<![\d:.])\+? ?(\d{{1,2}})[:.,](\d\d)(?![\d:%])(?: (?:{minute}))?",
            re.I,
        )

    @staticmethod
    def _slots(source: str) -> re.Pattern[str]:
        for name in ("start", "finish"):
            source = source.replace(f"<{name}>", rf"(?P<{name}>[LP]\d+)(?!\d)")
        return re.compile(r"(?<![^ ])" + source.replace("<..>", r"(?:(?![PL]\d)[^ .;:?!]+ ){0,7}?") + r"(?![^ ])")

    def _compile(self, topic: str) -> tuple[Pattern, ...]:
        return tuple(
            Pattern(
                self._pattern(p["re"]),
                float(p["w"]),
                p.get("beat", False),
                p.get("title", topic == "result_titles"),
                p.get("final", False),
                p.get("rel", False),
            )
            for p in self.data[topic]
        )

    def _pattern(self, source: str) -> re.Pattern[str]:
        data = self.data
        groups = {
            **data["words"],
            "gc": "(?:" + _alternatives(data["gc_verbs"]) + r")(?= )",
            "notrank": data["not_rank"],
            "norace": rf"(?!(?:de |the )?(?:Y\d+ )?R\d+(?! ?-| S\d| (?:{self.any_stage})| in \d))",
            "notrank2": r"(?:\S+ )?(?:" + self.any_stage + ")",
        }
        for name, value in groups.items():
            source = source.replace("{" + name + "}", f"(?:{value})")
        source = source.replace(r"\S+", r"(?![PX]\d)\S+")
        for name in ("winner", "second", "third", "leader", "old", "loser", "gc_second", "gc_third"):
            riders = "[PXT]" if name in ("winner", "second", "third") else "[PX]"
            source = source.replace(f"<{name}>", rf"(?P<{name}>{riders}\d+)(?!\d)")
        source = source.replace("<gap>", r"(?P<gap>G\d+)(?!\d)")
        source = source.replace("<P>", r"[PX]\d+(?!\d)").replace("<..>", r"(?:(?![PX]\d)[^ .,;:?!]+ ){0,9}?")
        source = source.replace("<~>", r"(?:(?![PX]\d)[^ .;:?!]+ ){0,18}?")
        articles = _alternatives(data["article_words"])
        stage = (
            rf"(?:(?:{articles}) )?(?:(?![PXSR]\d)[^ .;:,?!()]+ ){{0,3}}?"
            rf"(?:S\d+|RACE|(?:{self.any_stage}|R\d+ -(?:{self.any_stage}))(?= |$))"
        )
        return re.compile(r"(?:(?<= )|^)" + source.replace("<S>", stage))


def _first_words(names: Iterable[str]) -> frozenset[str]:
    """The first word of each name."""
    return frozenset(found[0] for name in names if (found := _WORDS.match(name)))


def _longest(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))


def _whole(alternatives: str) -> re.Pattern[str]:
    """One of the alternatives, between spaces."""
    return re.compile(rf"(?<![^ ])(?:{alternatives})(?![^ ])")


def _alternatives(words: Sequence[str]) -> str:
    return _longest([re.escape(w) for w in words])


def _objects(markers: Sequence[str], kinds: str, joint: str) -> re.Pattern[str]:
    """What ends with the first of two that are spoken of: "behind X and"."""
    return re.compile(rf"(?:{_alternatives(markers)}) [{kinds}]\d+ (?:{joint})$")


def _phrases(phrases: Sequence[str]) -> re.Pattern[str]:
    """Whole phrases between spaces or at an end of the text; an empty list matches nothing."""
    return _whole(_longest(phrases) or "(?!)")


@cache
def races_list() -> tuple[Race, ...]:
    """All races of the lexicon."""
    return tuple(
        Race(
            r["name"],
            tuple(r["names"]),
            tuple(r.get("short", ())),
            r.get("one_day", False),
            r.get("offset"),
            r.get("women", False),
        )
        for r in load("races")["races"]
    )


@cache
def _races_by_name() -> dict[str, Race]:
    races = {race.name: race for race in races_list()}
    return {era: races[name] for name, eras in _eras().items() for era, _, _ in eras} | races


@cache
def _eras() -> dict[str, list[tuple[str, int, int]]]:
    """For each race that was renamed the names that it had, with the first and the last edition."""
    return {
        r["name"]: [(name, first, last) for name, first, last in r["eras"]]
        for r in load("races")["races"]
        if "eras" in r
    }


def called(race: str, edition: int | None) -> str:
    """What a race of the lexicon was called in an edition.

    >>> called("Renewi Tour", 2019), called("Renewi Tour", None)
    ('BinckBank Tour', 'Renewi Tour')
    """
    names = [name for name, first, last in _eras().get(race, ()) if edition is not None and first <= edition <= last]
    return names[0] if names else race


def race_named(name: str) -> Race | None:
    """The race of the lexicon with this name; None where it has none."""
    return _races_by_name().get(name)


@cache
def _gazetteer() -> dict[str, tuple[tuple[str, str, Any], ...]]:
    """Names of races and teams by their first word, longest first: (name, kind, value)."""
    found: dict[str, dict[str, tuple[str, Any]]] = {}

    def add(name: str, kind: str, value: Any) -> None:
        match = re.match(r"\w+", plain(name))
        if match:
            found.setdefault(match[0], {}).setdefault(plain(name), (kind, value))

    for race in races_list():
        for name in (*race.names, *race.short):
            add(name, "R", race)
    for team in load("teams")["teams"]:
        add(team, "T", team)
    return {
        first: tuple((name, *names[name]) for name in sorted(names, key=lambda n: (-len(n), n)))
        for first, names in found.items()
    }


_FIRST = re.compile(r"(?<![\w-])\w+")
_ENDED = re.compile(r"(?!\w)(?!'[a-z]{2,})(?!-[A-Z])")


def known_names(text: str) -> list[Mention]:
    """Races and teams of the lexicon in a text; a race's short name may be glued to a word ("Tourwinnaar")."""
    names = _gazetteer()
    found: list[Mention] = []
    at = 0
    for match in _FIRST.finditer(text):
        start = match.start()
        if start < at:
            continue
        for name, kind, value in names.get(match[0], ()):
            end = start + len(name)
            if text.startswith(name, start) and _ENDED.match(text, end):
                longer = _generic_race().match(text, start) if kind == "R" and name in value.short else None
                if longer and longer.end() > end + 4:
                    name, value = longer[0], Race(longer[0], (longer[0],), (), False, None, False)
                    end = longer.end()
                found.append(Mention(kind, name, start, end, value))
                at = end
                break
        else:
            if not match[0].startswith(_short_starts()):
                continue
            for name, race in _short_names():
                if match[0].startswith(name) and len(match[0]) >= len(name) + 3 and match[0][len(name)].islower():
                    if match[0] in _not_glued():
                        break
                    found.append(Mention("R", name, start, start + len(name), race))
                    at = start + len(name)
                    break
    return found


@cache
def _short_names() -> tuple[tuple[str, Race], ...]:
    return tuple((name, race) for race in races_list() for name in race.short if len(name) >= 4)


@cache
def _not_glued() -> frozenset[str]:
    """Words that begin like a race and have nothing to do with it: "Tourmalet"."""
    return frozenset(load("races")["not_glued"])


@cache
def _short_starts() -> tuple[str, ...]:
    return tuple(name for name, _ in _short_names())


@cache
def _generic_words() -> tuple[str, ...]:
    """One of these stands in every race that `_generic_race` finds."""
    return (*load("races")["heads"], *load("races")["tails"])


@cache
def _generic_race() -> re.Pattern[str]:
    """Races that no row of the lexicon has: "Tour of Moravia", "Saudi Tour"."""
    data = load("races")
    heads, links, tails = (_alternatives(data[name]) for name in ("heads", "links", "tails"))
    return re.compile(
        rf"(?<![\w-])(?:(?:{heads})\s(?:{links})\s?{_WORD}(?:[ -]{_WORD}){{0,3}}"
        rf"|{_WORD}(?:\s{_WORD})?\s(?:{tails})\b(?! (?:{links})\b))"
    )


_KM = re.compile(
    r"(?<![\d.,:+-])(\d{1,3}(?:[.,]\d{1,2})?)(?:\s?|-)"
    r"(?:(?:\w+\s)?(?:kilomet\w+)|km\b|-km\b)(?!\s?(?:/|per|an hour|h\b|p/))",
    re.I,
)
_YEAR = re.compile(r"(?<![\d.,:])(19\d\d|20[0-4]\d)(?![\d]|[.,:]\d|\s?(?:km|m\b|meter|metre|kilo|feet))")
_WORDS = re.compile(r"\w+")
_FIGURE = re.compile(r"\d")
_AROUND = 160
"""Characters on either side of a name that are looked at."""
_ROLE = 60
"""Characters before a name that hold what he is."""
_TOPONYM = re.compile(r"-(?:de|du|sur|en|les|la|le|sous|aux|des|upon|on|am|an|im|di|al|lès)-\w", re.I)
_NAME = re.compile(_WORD)
_MEDIAL = re.compile(r"[ ](?:(?:[a-z']{1,5})[ ]){0,3}")


@cache
def lexicon(language: str) -> Lexicon | None:
    """The claim lexicon of a language, None where there is none."""
    try:
        return Lexicon(language)
    except FileNotFoundError:
        return None


@dataclass(slots=True)
class Names:
    """What an article's capitalised words are: riders with their full names, places."""

    people: dict[str, str] = field(default_factory=dict)
    """Chunk as written: the fullest name of that person in the article."""
    places: set[str] = field(default_factory=set)
    teams: dict[str, str] = field(default_factory=dict)
    """Full name: team."""
    nations: dict[str, str] = field(default_factory=dict)
    """Full name: country code."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of capitalised words that is nothing the lexicon knows."""

    text: str
    start: int
    end: int
    initial: bool


class _Taken:
    """Which characters of a text belong to a mention: a text of names alone has thousands of them."""

    __slots__ = ("_marks",)

    def __init__(self, length: int, mentions: Iterable[Mention] = ()) -> None:
        self._marks = bytearray(length)
        for mention in mentions:
            self.take(mention)

    def take(self, mention: Mention) -> None:
        self._marks[mention.start : mention.end] = b"\1" * (mention.end - mention.start)

    def free(self, start: int, end: int) -> bool:
        return self._marks.find(1, start, end) < 0


def mentions(text: str, lex: Lexicon) -> list[Mention]:
    """Everything a sentence names except riders and places, in the order of their places; none overlap."""
    text = plain(text)
    found: list[Mention] = []
    taken = _Taken(len(text))
    # The patterns are dear, and most sentences hold no word that they could match: these look-ups are cheap.
    lower = text.lower()
    words = frozenset(_WORDS.findall(text))
    lower_words = frozenset(_WORDS.findall(lower))
    figures = _FIGURE.search(text) is not None

    def add(kind: str, match: re.Match[str], value: Any) -> None:
        start, end = match.span()
        if start < end and taken.free(start, end):
            found.append(Mention(kind, match[0], start, end, value))
            taken.take(found[-1])

    for match in lex.stage.finditer(text) if any(word in lower for word in lex.stage_hints) else ():
        before = text[: match.start()].lower().split()[-1:]
        own = bool(before) and before[0] in lex.own_words
        number = None if own else _stage_number(match, lex)
        after = re.sub(r"([.,;:])", r" \1", text[match.end() :].lower()).split()[:2]
        if number is not None and not (after and match["ordinal"] and lex.after_stage.match(" ".join(after))):
            glued = next((race for name, race in _short_names() if re.search(rf"\b{name}", match[0], re.I)), None)
            # "wint tweede Giro-etappe" may be his second one: without an article a small ordinal is weak.
            weak = bool(match["ordinal"]) and number <= 5 and not (before and before[0] in lex.data["definite"])
            add("S", match, (number, glued, weak))
    for match in lex.others.finditer(text) if not words.isdisjoint(lex.other_hints) else ():
        add("O", match, match[0])
    for mention in known_names(text):
        if taken.free(mention.start, mention.end):
            found.append(mention)
            taken.take(mention)
    for match in _generic_race().finditer(text) if any(word in text for word in _generic_words()) else ():
        if match[0].split()[0].lower() not in lex.starters:
            add("R", match, Race(match[0], (match[0],), (), False, None, False))
    for match in _KM.finditer(text) if figures else ():
        add("K", match, float(match[1].replace(",", ".")))
    for match in lex.dates.finditer(text) if figures else ():
        month = lex.months[(match[2] or match[4]).lower()]
        add("D", match, ("date", int(match[1] or match[5]), month, int(match[3] or match[6] or 0)))
    for match in lex.gap.finditer(text) if figures or any(unit in lower for unit in lex.gap_hints) else ():
        seconds = _seconds(match, lex)
        if seconds is not None:
            add("G", match, seconds)
    for match in _YEAR.finditer(text) if figures else ():
        add("Y", match, int(match[1]))
    for match in lex.nation.finditer(text) if not lower_words.isdisjoint(lex.nation_hints) else ():
        if match[0][0].isupper():
            add("N", match, lex.nationalities[match[0].lower()])
    for match in lex.country.finditer(text) if not words.isdisjoint(lex.country_hints) else ():
        add("N", match, None)
    for match in lex.day.finditer(text) if any(day in lower for day in lex.weekdays) else ():
        name = next(day for day in lex.weekdays if match[0].lower().startswith(day))
        add("D", match, ("weekday", lex.weekdays[name]))
    return sorted(found, key=lambda m: m.start)


def _stage_number(match: re.Match[str], lex: Lexicon) -> int | None:
    if word := match["ordinal"]:
        word = word.lower()
        if word in lex.ordinals:
            return lex.ordinals[word]
        digits = re.match(r"\d+", word)
        return int(digits[0]) if digits and int(digits[0]) <= 30 else None
    if word := match["number"]:
        number = int(re.sub(r"\D", "", word))
        return number if number <= 30 else None
    if word := match["cardinal"]:
        return lex.cardinals[word.lower()]
    fixed = match["fixed"].lower()
    for number, words in lex.data["stage_fixed"].items():
        if fixed in words:
            return {"last": LAST, "penultimate": PENULTIMATE}[number] if number.isalpha() else int(number)
    return None


def _seconds(match: re.Match[str], lex: Lexicon) -> int | None:
    def value(text: str | None) -> int:
        if not text:
            return 0
        return int(text) if text.isdigit() else lex.cardinals.get(text.lower(), 1)

    hours, minutes, seconds, only, m, s = match.groups()
    if m is not None:
        return int(m) * 60 + int(s) if int(s) < 60 else None
    return value(hours) * 3600 + value(minutes) * 60 + value(seconds) + value(only)


def chunks(text: str, lex: Lexicon, taken: Sequence[Mention]) -> list[Chunk]:
    """Runs of capitalised words, with their particles, that no other mention has taken."""
    text = plain(text)
    marks = _Taken(len(text), taken)
    words: list[tuple[int, int]] = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else " "
        if (before.isalnum() or before in "-'") and not match[0].startswith(("d'", "l'")):
            continue
        # One letter is nobody's name; within a sentence it is "I".
        if marks.free(start, end) and end - start > 1 and not match[0].endswith(lex.no_name):
            words.append((start, end))
    found: list[Chunk] = []
    index = 0
    while index < len(words):
        start, end = words[index]
        initial = _is_initial(text, start)
        if initial and (text[start:end].lower() in lex.starters or _opens_before_name(text, words, index, lex)):
            following = text[end + 1 : words[index + 1][1]] if index + 1 < len(words) else ""
            if not is_rider(f"{text[start:end]} {following}"):  # "Dan Martin wint", where "dan" is "then"
                index += 1
                continue
        last = index
        while last + 1 < len(words):
            between = text[words[last][1] : words[last + 1][0]]
            if not _MEDIAL.fullmatch(between):
                break
            inner = between.split()
            joins = (
                " ".join(inner) in lex.long_particles
                or all(w in lex.particles for w in inner)
                or text[start : words[last + 1][1]] in lex.long_places
            )
            if not joins or not marks.free(words[last][1], words[last + 1][0]):
                break
            last += 1
        end = words[last][1]
        found.append(Chunk(text[start:end], start, end, initial))
        index = last + 1
    return found


def _opens_before_name(text: str, words: Sequence[tuple[int, int]], index: int, lex: Lexicon) -> bool:
    """True where a word has its capital from the beginning of the sentence only: "Talent Pogacar wint"."""
    start, end = words[index]
    if text[end : end + 1] != " " or [start for start, _ in words[index + 1 : index + 2]] != [end + 1]:
        return False
    word = text[start:end].lower()
    return word in lex.nouns and not (word in lex.particles or word in lex.place_words)


def _is_initial(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in ".!?:;\"'„“”(…»«" or before.endswith((",,", "''"))


def mask(text: str, found: Iterable[Mention]) -> Masked:
    """A sentence in lower case with its mentions replaced by tokens, words and signs separated by single spaces."""
    text = plain(text)
    ordered = tuple(sorted(found, key=lambda m: m.start))
    pieces: list[str] = []
    at = 0
    for number, mention in enumerate(ordered):
        pieces.append(text[at : mention.start].lower())
        pieces.append(f" {mention.kind}{number} ")
        at = mention.end
    pieces.append(text[at:].lower())
    masked = "".join(pieces)
    masked = re.sub(r"([.,;:!?()\"„“”«»…/])", r" \1 ", masked)
    masked = re.sub(r"(?<=[A-Z]\d )'s\b|(?<=[A-Z]\d\d )'s\b", " 's", masked)
    masked = re.sub(r"(?<=[A-Z]\d )-\s*(?=[a-z])|(?<=[A-Z]\d\d )-\s*(?=[a-z])", "-", masked)
    masked = masked.replace("(", " ( ").replace("''", ' " ')
    return Masked(re.sub(r"\s+", " ", masked).strip(), ordered)


def find_names(
    sentences: Sequence[str], lex: Lexicon, known_places: frozenset[str]
) -> tuple[Names, list[list[Mention]]]:
    """Tell riders from places over a whole article, and give every sentence all its mentions.

    A run of capitalised words is scored by what stands around it: a team in brackets, a nationality or a verb of
    riding speak for a rider, a preposition of place and a mountain's word for a place.
    """
    others = [mentions(text, lex) for text in sentences]
    found = [chunks(text, lex, taken) for text, taken in zip(sentences, others, strict=True)]
    found = _split_lists(found, lex)
    found = _split_places(found, sentences, lex, known_places)
    found = _with_particles(found, sentences, lex)
    lower = {w for text in sentences for w in re.findall(r"[^\W\d_]+", text) if w.islower()}
    inside_words = {w for group in found for c in group if not c.initial for w in c.text.split()}
    inside_words |= {w for group in found for c in group if len(c.text.split()) > 1 for w in c.text.split()[1:]}
    # "Bilbao" may be Pello Bilbao: then only a preposition makes it the place.
    surnames = {fold(w) for group in found for c in group if len(c.text.split()) > 1 for w in c.text.split()[1:]}
    score: dict[str, float] = {}
    doubtful: dict[str, bool] = {}
    roles = re.compile(rf"(?:\b(?:{lex.roles}))\s$", re.I)
    for number, (text, group) in enumerate(zip(sentences, found, strict=True)):
        flat = plain(text)
        stage_like = any(m.kind in "KS" for m in others[number])
        for chunk in group:
            words = chunk.text.split()
            if chunk.initial and len(words) == 1 and chunk.text not in inside_words:
                doubtful.setdefault(chunk.text, words[0].lower() in lower)
                if doubtful[chunk.text]:
                    continue
                following = re.match(r"\s([\w']+)", flat[chunk.end : chunk.end + _AROUND])
                if number and following and following[1] in lex.noun_followers:  # "Feest bij de ploeg"; not in titles
                    full_names = (c.text for g in found for c in g if " " in c.text)
                    doubtful[chunk.text] = not any(same_person(chunk.text, name) for name in full_names)
                    if doubtful[chunk.text]:
                        continue
            else:
                doubtful[chunk.text] = False
            # What is asked of the surroundings lies within some fifty characters; a sentence may have 1,500.
            before = " " + flat[max(0, chunk.start - _AROUND) : chunk.start].lower()
            after = flat[chunk.end : chunk.end + _AROUND]
            value = 0.4 if len(words) > 1 else 0.0
            if len(words) > 1 and is_rider(chunk.text):
                value += 2
            if fold(words[0]) in lex.place_words or _TOPONYM.search(chunk.text):
                value -= 3
            if fold(chunk.text) in known_places and fold(chunk.text) not in surnames:
                value -= 1.5
            if before.endswith(lex.awards) or lex.award.search(before):
                value += 0.3
            elif before.endswith(lex.place_prepositions):
                value -= 1.2
            elif before.endswith(lex.weak_prepositions):
                value -= 0.6 if len(words) == 1 else 0.3
                if lex.onward.match(after):
                    value -= 1
            elif before.endswith(lex.definite):
                value -= 0.8
            if re.match(r"\s?\((?!\w+\))|\s?\([A-Z]", after):
                value += 1
            if stage_like and (
                lex.between.search(before) or (lex.departing.search(before) and lex.onward.match(after))
            ):
                value -= 2
            near = before[-_ROLE:]
            last = near.split()[-1] if near.split() else ""
            if last in lex.nationalities or roles.search(near) or re.search(r"-\w+\s$", near):
                value += 1.5
            following = re.match(r"\s([\w']+)", after)
            if following and following[1] in lex.person_verbs and not before.endswith(lex.place_prepositions):
                value += 1  # but "in Guadalajara won hij"
            if after.startswith("'s "):
                value += 0.4
            score[chunk.text] = score.get(chunk.text, 0.0) + value
    names = Names()
    full = sorted((n for n, v in score.items() if v > 0 and len(n.split()) > 1), key=lambda n: -len(n.split()))
    for name, value in score.items():
        if doubtful.get(name):
            continue
        if len(name.split()) > 1:
            if value > 0:
                names.people[name] = name
            else:
                names.places.add(name)
            continue
        owners = [p for p in full if same_person(name, p)]
        if owners:
            names.people[name] = owners[0]
        elif value > (-0.5 if name in inside_words else 0.0) and fold(name) not in known_places:
            names.people[name] = name
        else:
            names.places.add(name)
    result: list[list[Mention]] = []
    latest: dict[str, str] = {}
    for text, taken, group in zip(sentences, others, found, strict=True):
        here = list(taken)
        flat = " " + plain(text).lower()
        for chunk in group:
            before = flat[max(0, chunk.start + 1 - _AROUND) : chunk.start + 1]
            fuller = names.people.get(chunk.text, chunk.text) != chunk.text
            aged = " " not in chunk.text and not fuller and lex.aged.search(before)
            if aged and (aged["age"] or lex.from_team.match(plain(text)[chunk.end :])):
                # "de 37-jarige Waal van Deceuninck": no name but where he comes from.
                here.append(Mention("N", chunk.text, chunk.start, chunk.end, None))
            elif fuller and fold(chunk.text) in known_places and before.endswith(lex.place_prepositions):
                here.append(Mention("L", chunk.text, chunk.start, chunk.end, chunk.text))
            elif chunk.text in names.people:
                related = lex.kin.search(before) is not None
                name = _resolve(chunk.text, names, full, dict(latest) if related else latest)
                here.append(Mention("P", chunk.text, chunk.start, chunk.end, name))
            elif chunk.text in names.places:
                here.append(Mention("L", chunk.text, chunk.start, chunk.end, chunk.text))
        result.append(sorted(here, key=lambda m: m.start))
    return names, result


def _split_lists(found: list[list[Chunk]], lex: Lexicon) -> list[list[Chunk]]:
    """Part names that run into each other for want of a comma, where both stand alone elsewhere."""
    adjectives = tuple(lex.data["adjective_endings"])
    alone = {c.text for group in found for c in group}
    with_particles = _with_particle([[c for c in group if not c.initial] for group in found], lex)
    surnames = {c.text.split()[-1] for group in found for c in group if not c.initial}
    names = (c.text.split() for group in found for c in group)
    known = {words[1] for words in names if len(words) == 2 and words[0].lower() in given_names()}
    done: list[list[Chunk]] = []
    for group in found:
        parts: list[Chunk] = []
        for chunk in group:
            words = chunk.text.split(" ")
            rest = " ".join(words[1:])
            adjective = words[0].endswith(adjectives)
            particle = adjective and rest.lower() in with_particles  # "Grandioze Van der Poel"
            named = rest in alone or particle if len(words) > 2 else rest in surnames
            stranger = words[0].lower() not in given_names()
            other = len(words) == 2 and stranger and words[1] in known  # "Beresterke Schachmann"
            opens = stranger if len(words) > 2 else adjective or other
            if chunk.initial and named and opens:  # "Emotional Sam Bennett", but "Thomas De Gendt"
                cut_off = len(words[0]) + 1
                parts.append(Chunk(chunk.text[cut_off:], chunk.start + cut_off, chunk.end, False))
                continue
            for cut in range(1, len(words)):
                left, right = " ".join(words[:cut]), " ".join(words[cut:])
                both = left in alone and right in alone
                if len(words) >= 4 and (both or (cut == 2 and (left in alone or right in alone))):
                    parts.append(Chunk(left, chunk.start, chunk.start + len(left), chunk.initial))
                    parts.append(Chunk(right, chunk.end - len(right), chunk.end, False))
                    break
            else:
                parts.append(chunk)
        done.append(parts)
    return done


def _split_places(
    found: list[list[Chunk]], sentences: Sequence[str], lex: Lexicon, known_places: frozenset[str]
) -> list[list[Chunk]]:
    """Part a place from the rider named right after it: "versloeg in Parijs Jasper Philipsen"."""

    def parts(chunk: Chunk, text: str) -> list[Chunk]:
        words = chunk.text.split(" ")
        if len(words) > 2 and f" {plain(text)[: chunk.start].lower()}".endswith(lex.place_prepositions):
            for cut in range(len(words) - 2, 0, -1):
                place, name = " ".join(words[:cut]), " ".join(words[cut:])
                if fold(place) in known_places and is_rider(name):
                    middle = chunk.start + len(place)
                    return [Chunk(place, chunk.start, middle, chunk.initial), Chunk(name, middle + 1, chunk.end, False)]
        return [chunk]

    return [
        [part for chunk in group for part in parts(chunk, text)] for text, group in zip(sentences, found, strict=True)
    ]


def _with_particles(found: list[list[Chunk]], sentences: Sequence[str], lex: Lexicon) -> list[list[Chunk]]:
    """Give names at the start of a sentence the particles back that were taken for prepositions: "Van Aert wint".

    They are part of the name where the article has it with them elsewhere, and before a verb of riding.
    """
    known = _with_particle(found, lex)
    done: list[list[Chunk]] = []
    for text, group in zip(sentences, found, strict=True):
        flat = plain(text)
        for number, chunk in enumerate(group):
            words = _particles_before(flat[: chunk.start], lex)
            if not words:
                continue
            start = chunk.start - sum(len(word) + 1 for word in words)
            whole = flat[start : chunk.end]
            following = re.match(r"\s([\w']+)", flat[chunk.end :])
            rides = following is not None and following[1] in lex.person_verbs
            if whole.lower() in known or (rides and words[0].lower() not in lex.data["article_words"]):
                group = [*group[:number], Chunk(whole, start, chunk.end, True), *group[number + 1 :]]
        done.append(group)
    return done


def _with_particle(found: Sequence[Sequence[Chunk]], lex: Lexicon) -> set[str]:
    """The surnames with a particle, in small letters: "van der poel", and "der poel"."""
    known: set[str] = set()
    for group in found:
        for chunk in group:
            words = chunk.text.lower().split()
            known |= {" ".join(words[start:]) for start, word in enumerate(words[:-1]) if word in lex.particles}
    return known


def _particles_before(text: str, lex: Lexicon) -> list[str]:
    """The particles at the end of a text of which the first, with a capital, opens a sentence; else none."""
    words = text.rsplit(" ", 4)[:-1] if text.endswith(" ") else []  # three particles and what stands before them
    found: list[str] = []
    while words and words[-1].lower() in lex.particles and len(found) < 3:
        found.insert(0, words.pop())
        if found[0][0].isupper():
            return found if _is_initial(text, len(" ".join(words))) else []
    return []


def _resolve(name: str, names: Names, full: Sequence[str], latest: dict[str, str]) -> str:
    """The full name behind a name: of two riders with one surname the one named last."""
    if len(name.split()) > 1:
        owner = next(
            (f for f in full if f != name and len(f.split()) > len(name.split()) and same_person(name, f)), name
        )
        for word in name.split()[1:]:
            latest[fold(word)] = owner
        return owner
    if fold(name) in latest:
        return latest[fold(name)]
    return names.people[name]
