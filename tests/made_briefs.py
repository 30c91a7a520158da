"""Briefs made by hand: one with every part in it, and one in which an article's text stands everywhere."""

from __future__ import annotations

from datetime import date

from summarize.articles import Article, Failure, Sentence
from summarize.briefs import SECTIONS, Brief, KeySentence, Reason, Section, Source
from summarize.events import Event, EventArticle, Unassigned
from summarize.facts import Claim, Fact
from summarize.rendering import render_briefs

DUTCH = "Ion Izagirre wint de twaalfde etappe na een solo van dertig kilometer."


def make_brief(**changes: object) -> Brief:
    """A brief with every part in it; `changes` replace fields of `Brief`."""
    nl = Article(
        id="in/nl.html",
        path="in/nl.html",
        title="Izagirre soleert naar ritzege",
        text=DUTCH,
        outlet="dekopgroep.example",
        language="nl",
        sentences=(
            Sentence(DUTCH, 0, 0, translation="Ion Izagirre wins the twelfth stage after a solo of thirty kilometres."),
        ),
        title_translation="Izagirre solos to stage win",
    )
    wrong = "Five climbs were packed into the 189 km of the day."
    right = "Over 169 kilometres the race went from one wine village to the next."
    en = Article(
        "in/en.txt", "in/en.txt", "Izagirre wins", f"{wrong}", None, language="en", sentences=(Sentence(wrong, 0, 0),)
    )
    wire = Article(
        "in/wire.json",
        "in/wire.json",
        "Wire",
        right,
        "pressdesk.example",
        language="en",
        sentences=(Sentence(right, 0, 0),),
    )
    event = Event(
        "tour-de-france-2023-stage-12",
        "Tour de France",
        2023,
        12,
        date(2023, 7, 13),
        ("stage 12",),
        (EventArticle(nl, "report", ()), EventArticle(en, "report", ()), EventArticle(wire, "report", ())),
    )
    distance = Fact(
        "distance_km",
        168.8,
        "official",
        (
            Claim("distance_km", 169, "in/wire.json", right, 0),
            Claim("distance_km", 189, "in/en.txt", wrong, 0),
        ),
        disputed=True,
    )
    winner = Fact(
        "winner",
        "Ion Izagirre",
        "agreed",
        (
            Claim("winner", "Ion Izagirre", "in/nl.html", DUTCH, 0),
            Claim("winner", "Izagirre", "in/en.txt", "Izagirre wins", -1),
            Claim("winner", "Matteo Jorgenson", "in/wire.json", "Jorgenson wins.", 4, overtaken=True),
        ),
    )
    facts = {
        "winner": winner,
        "second": Fact(
            "second", "Mathieu Burgaudeau", "single", (Claim("second", "Mathieu Burgaudeau", "in/en.txt", "x", 1),)
        ),
        "margin": Fact("margin", "58 seconds", "single", (Claim("margin", "58 seconds", "in/nl.html", "x", 1),)),
        "distance_km": distance,
        "start": Fact("start", "Roanne", "official"),
        "finish": Fact("finish", "Belleville-en-Beaujolais", "official"),
        "gc_leader": Fact(
            "gc_leader",
            "Jonas Vingegaard",
            "agreed",
            (
                Claim("gc_leader", "Jonas Vingegaard", "in/en.txt", "x", 2),
                Claim("gc_leader", "Jonas Vingegaard", "in/wire.json", "x", 2),
            ),
        ),
    }
    fields: dict[str, object] = {
        "event": event,
        "headline": "Tour de France 2023, stage 12: Ion Izagirre wins",
        "facts": facts,
        "sections": (
            Section(
                "result",
                (
                    KeySentence(
                        "Ion Izagirre wins the twelfth stage after a solo of thirty kilometres.",
                        DUTCH,
                        "nl",
                        "in/nl.html",
                        "dekopgroep.example",
                        0.91,
                        also=("in/wire.json",),
                        reason=Reason(
                            (("centrality", 0.8), ("facts", 1.0)),
                            ("winner", "distance_km"),
                            ("Izagirre won the stage.",),
                        ),
                    ),
                ),
            ),
            Section(
                "race",
                (
                    KeySentence(right, None, "en", "in/wire.json", "pressdesk.example", 0.61234567),
                    KeySentence(
                        "He crossed the line at 5 km.",
                        "Hij passeerde de streep op 6 km.",
                        "nl",
                        "in/nl.html",
                        "dekopgroep.example",
                        0.5,
                        flags=("number",),
                    ),
                    KeySentence(
                        "Eight men came together again below the last climb, where Izagirre went away from them "
                        "on the steepest part and kept his lead down the other side and all the way to the town.",
                        None,
                        "en",
                        "in/en.txt",
                        None,
                        0.4,
                    ),
                ),
            ),
            Section(
                "next",
                (
                    KeySentence(
                        "The race climbs the Grand Colombier on Friday.",
                        None,
                        "en",
                        "in/en.txt",
                        None,
                        0.3,
                        also=("in/wire.json", "in/nl.html"),
                    ),
                ),
            ),
        ),
        "disagreements": (distance,),
        "sources": (
            Source(
                "in/nl.html",
                "Izagirre soleert naar ritzege",
                "dekopgroep.example",
                "2023-07-13T18:21:00+02:00",
                "nl",
                "report",
                "https://dekopgroep.example/a?b=1&c=2",
            ),
            Source("in/en.txt", "Izagirre wins", None, None, "en", "report"),
            Source("in/wire.json", None, "pressdesk.example", "2023-07-13", "en", "reaction", "javascript:alert(1)"),
        ),
    }
    return Brief(**{**fields, **changes})  # type: ignore[arg-type]


HOSTILE = [
    "<script>document.title = 'pwned'</script>",
    "<img src=x onerror=alert(1)>",
    "</style></title><svg onload=alert(1)>",
    '" onmouseover="alert(1)',
    "[a link](javascript:alert(1)) ![an image](https://evil.example/x.png)",
    "# no heading",
    "no end of a heading #",
    "- no item",
    "+ no item",
    "1. no item",
    "12) no item",
    "> no quote",
    "=== --- ***",
    "`no code` ```",
    "*no emphasis* __nor here__ ~~nor this~~",
    "&lt;b&gt; &copy; &#60;script&#62;",
    "{{ 7 * 7 }} {% raw %} {# gone #}",
    "a | b |--|--|",
    "ends in a backslash \\",
    "<https://evil.example> www.evil.example https://evil.example",
    "\x1b[31mred\x1b]0;title\x07 \x9b31m \x7f",
    "\u202egnp.exe\u2066\u200f",
    "line\nbreak\r\nand\ttab\x0bend\u2028next",
    "\ud800 lone",
    "$x^2$ and : colon",
]


def hostile_brief(text: str) -> Brief:
    """A brief in which an article's text stands everywhere that it can stand."""
    claim = Claim("winner", text, text, text, 0)
    over = Claim("winner", text + " two", "b", text, 0, overtaken=True)
    facts = {
        "winner": Fact("winner", text, "disputed", (claim, over), disputed=True),
        "second": Fact("second", text, "single", (claim, over)),
        "start": Fact("start", text, "official"),
    }
    event = Event(text, text, 2023, 12, date(2023, 7, 13), (text,), ())
    sentence = KeySentence(text, text, "nl", text, text, 0.5, (text,), ("b",), Reason(((text, 0.5),), (text,), (text,)))
    return Brief(
        event,
        text,
        facts,
        tuple(Section(name, (sentence,)) for name in SECTIONS),
        (facts["winner"],),
        (
            Source(text, text, text, text, "nl", text, text),
            Source("b", text, text, None, "xx", "report", "https://a.example/" + text),
        ),
    )


def hostile_page(text: str, format: str) -> str:
    return render_briefs(
        [hostile_brief(text)],
        format,
        unassigned=[Unassigned(text, text)],
        failed=[Failure(text, text)],
        explain=True,
    )
