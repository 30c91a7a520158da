"""What is no article text goes: captions, credits, notices, tags, headings, tables.

Cleaning removes and never rewrites: what stays stands word for word in the source. It decides by the phrases of
`lexicon/cleaning.json` and by measures that hold for outlets nobody has seen: repetition, credits, whether a
paragraph ends like a sentence. `explain` says what went and by which rule:

>>> kept, removed = explain("Roglic won the stage in Rome.\\n\\nResults")
>>> kept, [(part.text, part.rule) for part in removed]
('Roglic won the stage in Rome.', [('Results', 'section')])
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from summarize.articles import Article
from summarize.lexicon import load
from summarize.text import fold

__all__ = ["Removed", "clean", "clean_line", "clean_text", "explain", "is_boilerplate"]


@dataclass(frozen=True, slots=True)
class Removed:
    """A part of the text that was taken out."""

    text: str
    rule: str
    """Name of the rule: `caption`, `credit`, `consent`, `heading`, …"""


# Characters and markup

_ANSI = re.compile(r"\x1b(?:\[[0-?]{0,40}[ -/]{0,10}[@-~]|\][^\x07\x1b]{0,500}(?:\x07|\x1b\\)?|[@-Z\\-_])")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_BREAK = re.compile("\r\n|[\n\x0b\x0c\r\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure|figcaption|hr|header|footer|aside)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]{0,30}(?:\s[^<>]{0,4000})?/?>|<!--[^<>]{0,4000}-->|<![a-zA-Z][^<>]{0,500}>")
_UNSEEN = re.compile(r"<(script|style|noscript|template|svg|iframe)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def _without_unseen(text: str) -> str:
    """Text without the content of script and style elements; one that is never closed loses its tag only."""
    if "<" not in text:
        return text
    lower = text.lower()
    kept: list[str] = []
    position = 0
    unclosed: set[str] = set()
    for found in _UNSEEN.finditer(text):
        name = found[1].lower()
        if found.start() < position or name in unclosed:
            continue
        close = lower.find(f"</{name}", found.end())
        if close < 0:
            unclosed.add(name)
            continue
        kept.append(text[position : found.start()])
        end = text.find(">", close)
        position = end + 1 if end >= 0 else len(text)
    kept.append(text[position:])
    return " ".join(kept)


def _without_markup(text: str) -> str:
    """Tags go, entities become their characters; also where they were escaped once too often."""
    for _ in range(3):
        before = text
        if "<" in text:
            text = _TAG.sub("", _BLOCK_TAG.sub("\n", _without_unseen(text)))
        if "&" in text and _ENTITY.search(text):
            text = html.unescape(text)
        if text == before:
            break
    return text


def _tidy(text: str) -> str:
    """Text in NFC without tags, entities, control codes and invisible characters; white space is a space or newline."""
    text = _without_markup(text)
    text = _LINE_BREAK.sub("\n", _ANSI.sub("", text))
    text = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text))


def clean_line(text: str) -> str:
    """A title or a name without markup and control codes, on one line."""
    return " ".join(_tidy(text).split())


# Phrases


@dataclass(frozen=True, slots=True)
class _Phrases:
    whole: dict[str, str]
    starts: tuple[tuple[str, re.Pattern[str]], ...]
    anywhere: tuple[tuple[str, re.Pattern[str]], ...]
    credit: re.Pattern[str]
    gallery_start: re.Pattern[str]


def _alternatives(phrases: Iterable[str]) -> str:
    folded = {fold(phrase) for phrase in phrases} - {""}
    return "|".join(sorted(map(re.escape, folded), key=lambda phrase: (-len(phrase), phrase)))


def _spaced(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}") for phrase in ordered)


@cache
def _phrases() -> _Phrases:
    lexicon = load("cleaning")
    credits, agencies = _spaced(lexicon["credits"]), _spaced(lexicon["agencies"])
    return _Phrases(
        whole={fold(phrase): rule for rule, phrases in lexicon["whole"].items() for phrase in phrases},
        starts=tuple((rule, re.compile(rf"(?:{_alternatives(p)})\b")) for rule, p in lexicon["starts"].items()),
        anywhere=tuple((rule, re.compile(rf"\b(?:{_alternatives(p)})\b")) for rule, p in lexicon["anywhere"].items()),
        credit=re.compile(
            rf"[(\[]\s?(?:{credits})(?:\s{{0,2}}[:©]\s{{0,2}}|\s?/\s?)[^()\[\]]{{1,120}}[)\]]"
            rf"|[(\[][^()\[\]]{{0,60}}\b(?:{agencies})[)\]]"
            rf"|©\s{{0,2}}[^\s.][^\n.!?]{{0,60}}?(?:{agencies})(?:\s?/\s?[\w ]{{2,30}})?\b",
            re.IGNORECASE,
        ),
        gallery_start=re.compile(rf"(?:{_spaced(lexicon['gallery_start'])})\s\d{{1,4}}\b", re.IGNORECASE),
    )


def _phrase_rule(folded: str) -> str | None:
    """The rule of the first phrase that a folded piece of text matches, None where none does."""
    phrases = _phrases()
    rule = phrases.whole.get(folded)
    if rule:
        return rule
    if len(folded) > 600:
        return None
    for rule, pattern in phrases.starts:
        if pattern.match(folded):
            return rule
    for rule, pattern in phrases.anywhere:
        if pattern.search(folded):
            return rule
    return None


def is_boilerplate(line: str) -> bool:
    """Whether a line is a credit, a notice, a section word or a link to another piece."""
    phrases = _phrases()
    return bool(
        _phrase_rule(fold(line[:2000])) or phrases.gallery_start.match(line) or phrases.credit.search(line[:2000])
    )


# Paragraphs

_PIECE = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[^\W\d_a-zß-öø-ÿ]|[\"'“„‘’(\[,\d©])")
_ENDS = re.compile(r"[.!?…:;,][\"'”’»)\]]*$|[”\"’'»]$")
_STRONG_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_HEADING_WORDS = 12


def _pieces(paragraph: str) -> list[str]:
    """The paragraph roughly in sentences; joined by spaces they are the paragraph."""
    pieces: list[str] = []
    position = 0
    for found in _PIECE.finditer(paragraph):
        pieces.append(paragraph[position : found.end()].strip())
        position = found.end()
    pieces.append(paragraph[position:].strip())
    return [piece for piece in pieces if piece]


def _without_credits(paragraph: str, removed: list[Removed]) -> str:
    """The paragraph without image captions that end with a credit.

    A caption reaches from its credit back to the credit before it, or, before the first one, to the last end of a
    sentence; in a gallery ("Image 1 of 30") to the start of the paragraph.
    """
    credits = list(_phrases().credit.finditer(paragraph))
    if not credits:
        return paragraph
    begin = 0
    head = paragraph[: credits[0].start()]
    if not _phrases().gallery_start.match(paragraph):
        ends = [found.end() for found in _PIECE.finditer(head)]
        begin = ends[-1] if ends else 0
    end = credits[-1].end()
    removed.append(Removed(paragraph[begin:end].strip(), "caption"))
    return (paragraph[:begin].rstrip() + " " + paragraph[end:].lstrip(" .")).strip()


def _kept_pieces(paragraph: str, removed: list[Removed]) -> str:
    """The paragraph without the pieces that a phrase gives away."""
    kept: list[str] = []
    for piece in _pieces(paragraph):
        rule = _phrase_rule(fold(piece))
        if rule:
            removed.append(Removed(piece, rule))
        else:
            kept.append(piece)
    return " ".join(kept)


def explain(text: str) -> tuple[str, tuple[Removed, ...]]:
    """The text that stays, paragraphs separated by newlines, and what was removed, in order."""
    removed: list[Removed] = []
    paragraphs: list[str] = []
    for line in _tidy(text).split("\n"):
        line = line.strip()
        if line:
            line = _kept_pieces(_without_credits(line, removed), removed)
        if line:
            paragraphs.append(line)
    return "\n".join(_proper(paragraphs, removed)), tuple(removed)


def _proper(paragraphs: list[str], removed: list[Removed]) -> Iterator[str]:
    """The paragraphs that hold sentences, each once; bare headings, captions and table rows go."""
    ending = [bool(_ENDS.search(paragraph[-12:])) for paragraph in paragraphs]
    words = [len(paragraph.split()) for paragraph in paragraphs]
    # A text that hardly knows full stops cannot be judged by them.
    stopped = sum(count for count, ends in zip(words, ending, strict=True) if ends)
    punctuated = stopped >= 0.4 * sum(words)
    seen: set[str] = set()
    for paragraph, ends, count in zip(paragraphs, ending, words, strict=True):
        key = fold(paragraph)
        if not key:
            removed.append(Removed(paragraph, "symbols"))
        elif key in seen and count > 2:
            removed.append(Removed(paragraph, "repeated"))
        elif not ends and count <= _HEADING_WORDS and (punctuated or count <= 5):
            removed.append(Removed(paragraph, "heading"))
        elif not ends and punctuated and not _PIECE.search(paragraph):
            removed.append(Removed(paragraph, "caption"))
        else:
            yield paragraph
        seen.add(key)


def clean_text(text: str) -> str:
    """The text without what is no article text; paragraphs are separated by newlines, white space is single spaces."""
    return explain(text)[0]


def clean(article: Article) -> Article:
    """The article with its text cleaned, and its title on one clean line."""
    return replace(article, text=clean_text(article.text), title=clean_line(article.title) if article.title else None)
