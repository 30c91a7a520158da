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
from functools import cache, lru_cache

from summarize.articles import Article
from summarize.dates import find_date
from summarize.lexicon import load
from summarize.results import lists
from summarize.text import CAPITAL, fold

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
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
"""White space that is not a single space already: most is, and need not be replaced."""
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure|figcaption|hr|header|footer|aside)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:-]{0,30}(?:\s[^<>]{0,4000})?/?>|<!--[^<>]{0,4000}-->|<![a-zA-Z][^<>]{0,500}>")
_UNSEEN = re.compile(r"<(script|style|noscript|template|svg|iframe)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_MD_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s\[\]]{1,1000}(?:\s\"[^\"\n]{0,200}\")?\)")
_MD_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((?:https?:/|/|#|mailto:)[^()\s\[\]]{1,1000}(?:\s\"[^\"\n]{0,200}\")?\)")


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
    if "](" in text:
        text = _MD_LINK.sub(r"\1", _MD_IMAGE.sub("", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text))


def clean_line(text: str) -> str:
    """A title or a name without markup and control codes, on one line."""
    return " ".join(_tidy(text).split())


# Phrases


@dataclass(frozen=True, slots=True)
class _Rule:
    """The phrases of one rule as a pattern for folded text."""

    name: str
    pattern: re.Pattern[str]
    words: frozenset[str]
    """A word of each phrase, its longest: a text with none of them need not be searched."""


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The lexicon's phrases, ready to be looked for. `whole`, `starts`, `anywhere`, `hints` are folded."""

    whole: dict[str, str]
    starts: tuple[_Rule, ...]
    anywhere: tuple[_Rule, ...]
    prefix: re.Pattern[str]
    hints: frozenset[str]
    address: frozenset[str]
    caption_start: re.Pattern[str]
    gallery_start: re.Pattern[str]
    credit: re.Pattern[str]
    tail_credit: re.Pattern[str]
    keys: tuple[str, ...]
    """What one of must stand in a text that ends with a credit, in small letters."""
    source_mark: re.Pattern[str]
    dateline: re.Pattern[str]
    byline: re.Pattern[str]


def _folded(phrases: Iterable[str]) -> str:
    """An alternation of folded phrases, the longest first."""
    known = {fold(phrase) for phrase in phrases} - {""}
    return "|".join(re.escape(phrase) for phrase in sorted(known, key=lambda phrase: (-len(phrase), phrase)))


def _rules(phrases: dict[str, list[str]], before: str) -> tuple[_Rule, ...]:
    """The rules of a list of phrases by name, each phrase between `before` and the end of a word."""
    return tuple(
        _Rule(
            name,
            re.compile(rf"{before}(?:{_folded(of_rule)})\b"),
            frozenset(max(fold(phrase).split(), key=len) for phrase in of_rule),
        )
        for name, of_rule in phrases.items()
    )


def _written(phrases: Iterable[str]) -> str:
    """An alternation of phrases as they are written, with any white space between their words."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s") for phrase in ordered)


@cache
def _phrases() -> _Phrases:
    lexicon = load("cleaning")
    captions = lexicon["captions"]
    keys, agencies, by = (_written(captions[name]) for name in ("keys", "agencies", "by"))
    all_keys = f"{keys}|{_written(captions['source_keys'])}"
    agency = rf"(?:{agencies})\b"
    name = rf"{CAPITAL}[\w.'’-]{{1,20}}(?:\s{CAPITAL}[\w.'’-]{{1,20}}){{0,2}}"
    agency_line = rf"{agency}(?:\s?[/|,&+-]\s?(?:{agency}|{name})){{0,4}}"
    joined = _written(lexicon["joined_by"])
    return _Phrases(
        whole={fold(phrase): rule for rule, phrases in lexicon["whole"].items() for phrase in phrases},
        starts=_rules(lexicon["starts"], ""),
        anywhere=_rules(lexicon["anywhere"], r"\b"),
        prefix=re.compile(rf"(?i:{_written(lexicon['prefixes'])})\s?[.:]?\s(?={CAPITAL})"),
        hints=frozenset(lexicon["hints"]),
        address=frozenset(lexicon["address"]),
        caption_start=re.compile(rf"(?i:{_written(captions['starts'])})\b"),
        gallery_start=re.compile(
            rf"(?:(?i:{_written(captions['gallery_start'])})\s\d{{1,3}}\s?(?i:{_written(captions['of'])})\s?\d{{1,3}}|\[?\d{{1,2}}/\d{{1,2}}\]?)(?!\w)"
        ),
        credit=re.compile(
            # (Image credit: Name/Agency), [Foto: Name], (Photo by Name/Agency)
            rf"[(\[]\s?(?i:{all_keys})(?:\s?[:/©|–-]\s?|\s(?i:{by})\s)[^()\[\]\n]{{1,120}}[)\]]"
            # (AP Photo/Name), (Name/Getty Images), not (Agency) alone
            rf"|[(\[](?=[^()\[\]\n]{{0,80}}/)[^()\[\]\n]{{0,80}}\b{agency}[^()\[\]\n]{{0,40}}[)\]]"
            rf"|[(\[](?:©|(?i:{keys})\s)\s?{agency_line}[)\]]"
            rf"|©\s?{agency_line}"
        ),
        tail_credit=re.compile(
            rf"(?:\b(?i:{keys})(?:\s(?i:{by}))?\s?[:©]\s?[^\n.!?:]{{2,80}}(?:\.com)?|\b(?i:{keys})\s{agency_line}|©[^\n©.!?]{{1,60}})$"
        ),
        keys=("©", *(key.lower() for key in captions["keys"])),
        source_mark=re.compile(rf"\s?\((?:{agency}(?:\s?[/,]\s?)?){{1,3}}\)$"),
        dateline=re.compile(
            # ROME, May 12 (Reuters) - / SAINT-LARY-SOULAN, France (Agency) — / Parijs (ANP) -
            rf"(?:{CAPITAL}[^\n().!?]{{1,60}}\((?:{agency}|(?=[^()\n]{{2,30}}\)\s?[-–—])[^()\n]{{2,30}})\)\s?(?:[-–—:]{{1,2}}\s?)?"
            # GENOA -
            rf"|(?:{CAPITAL}[A-ZÀ-ÖØ-Þ'’.-]{{2,25}}[, ]{{0,2}}){{1,5}}\s?[-–—]{{1,2}}\s)(?=[\"'“„‘’]?{CAPITAL})"
        ),
        byline=re.compile(
            rf"(?i:{_written(lexicon['bylines'])})\s(?:{CAPITAL}[\w.'’-]{{0,20}}[\s,]{{0,2}}(?:(?:{joined})\s)?){{1,6}}\.?$"
        ),
    )


_LONGEST_NOTICE, _NOTICE_WORDS = 600, 70
"""Characters and words from which on a piece of text is no notice, whatever it says."""
_NOTICE_SHARE = 0.3
"""Share of a short paragraph from which on a notice in it makes the whole one."""
_START_WORDS = 30
"""Longest piece that the way in which it starts gives away."""


@lru_cache(maxsize=2000)
def _phrase_rule(piece: str) -> str | None:
    """The rule of the first phrase of the lexicon that a piece of text matches, None where none does."""
    if len(piece) > _LONGEST_NOTICE or piece.count(" ") > _NOTICE_WORDS:
        return None
    phrases = _phrases()
    folded = fold(piece)
    rule = phrases.whole.get(folded)
    if rule:
        return rule
    words = set(folded.split())
    if piece.count(" ") < _START_WORDS:
        for start in phrases.starts:
            if not words.isdisjoint(start.words) and start.pattern.match(folded):
                return start.name
    for phrase in phrases.anywhere:
        if not words.isdisjoint(phrase.words) and phrase.pattern.search(folded):
            return phrase.name
    if len(words & phrases.hints) >= 3 and words & phrases.address:
        # A notice in words that no phrase foresaw: it speaks to the reader about accounts, cookies and the like.
        return "notice"
    return "embed" if ("(@" in piece or "t.co/" in piece) and _TWEET.search(piece) else None


_TWEET = re.compile(r"^[—–-]\s.{1,60}\(@\w{1,20}\)|https?://t\.co/\w")


def is_boilerplate(line: str) -> bool:
    """Whether a line is a credit, a notice, a section word or a link to another piece."""
    phrases = _phrases()
    return bool(
        _phrase_rule(line)
        or phrases.gallery_start.match(line)
        or phrases.caption_start.match(line)
        or phrases.byline.match(line)
        or phrases.credit.search(line[:2000])
        or phrases.tail_credit.search(line[-200:])
    )


# Paragraphs

_PIECE = re.compile(rf"[.!?…][\"'”’»)\]]{{0,4}}\s+(?={CAPITAL}|[\"'“„‘’(\[,\d©])")
_ENDS = re.compile(r"[.!?…:;,][\"'”’»)\]]{0,4}$|[”\"’'»]$")
_LETTER = re.compile(r"[^\W_]")
_QUOTED = re.compile(r"[^\s.!?…,][\"'”’»]{1,2}$")
_TIME_END = re.compile(r"\d[\d:.,]*(?:[\"'”’h]+\d*)*(?:\s?(?:min|sec|u|h)\.?)?\)?$")
_ROW = re.compile(
    rf"(?:^|(?<=\s))\d{{1,3}}(?:[.)°]|st|nd|rd|th|e)?\s{{1,3}}(?:{CAPITAL}[\w.'’-]{{0,25}}|(?:van|de|der|den|von|di|da|le|la|ten|ter)\b)"
    rf"(?:\s{CAPITAL}[\w.'’-]{{1,25}})"
)
_BULLET = re.compile(r"(?:[•▪●■◆►▶»*·‣–—-]|\*\*|>)\s{1,3}")
_MD_HEADING = re.compile(r"#{1,6}\s")
_HEADING_WORDS = 12
_CAPTION_WORDS = 30
_CREDITED_WORDS = 60
"""Longest paragraph that is a caption as a whole where it ends with a credit."""
_FRAGMENT_WORDS = 5
_ROW_WORDS = 16
_NOTICE_RULES = frozenset({"consent", "embed", "newsletter", "notice", "contact", "share", "read_more", "copyright"})
_NAMES_WORDS = 8
"""From so many words on, a piece of text without any function word is a list of names."""


@cache
def _function_words() -> frozenset[str]:
    lists: dict[str, str] = load("languages")["stop_words"]
    return frozenset(word for words in lists.values() for word in words.split())


def _pieces(paragraph: str) -> list[str]:
    """The paragraph roughly in sentences; joined by spaces they are the paragraph."""
    pieces: list[str] = []
    position = 0
    for found in _PIECE.finditer(paragraph):
        pieces.append(paragraph[position : found.end()].strip())
        position = found.end()
    pieces.append(paragraph[position:].strip())
    return [piece for piece in pieces if piece]


def _last_end(text: str) -> int:
    """Where the last whole sentence of a text ends, 0 where it has none."""
    end = 0
    for found in _PIECE.finditer(text):
        end = found.end()
    return end


def _without_captions(paragraph: str, removed: list[Removed]) -> str:
    """The paragraph without image captions that a credit gives away.

    A caption reaches from its credit back to the credit before it or, before the first one, to the last end of a
    sentence. In a gallery ("Image 1 of 30"), and in a short paragraph that ends with a credit, it starts with the
    paragraph.
    """
    phrases = _phrases()
    count = len(paragraph.split(None, _CREDITED_WORDS))
    short = count <= _CREDITED_WORDS
    gallery = phrases.gallery_start.match(paragraph) or phrases.caption_start.match(paragraph)
    if short and gallery:
        removed.append(Removed(paragraph, "caption"))
        return ""
    # Looking for a credit is dear; a paragraph without a bracket or the sign has none.
    marked = any(mark in paragraph for mark in "([©")
    credits = [found.span() for found in phrases.credit.finditer(paragraph)] if marked else []
    ending = paragraph[-200:].lower()
    tail = (
        phrases.tail_credit.search(paragraph, max(0, len(paragraph) - 200))
        if any(key in ending for key in phrases.keys)
        else None
    )
    if tail and not any(end > tail.start() for _, end in credits):
        credits.append(tail.span())
    if not credits:
        mark = phrases.source_mark.search(paragraph, max(0, len(paragraph) - 80)) if paragraph.endswith(")") else None
        if mark:
            removed.append(Removed(mark[0].strip(), "credit"))
            return paragraph[: mark.start()].rstrip()
        return paragraph
    first, last = credits[0][0], credits[-1][1]
    rest = paragraph[last:].lstrip(" .")
    begin = 0 if gallery or (short and not rest) else _last_end(paragraph[:first])
    if rest and (rest[0].islower() or rest[0] in ",;:"):
        # The credit stands inside a sentence, which cannot be mended without rewriting it: it goes as a whole.
        found = _PIECE.search(rest)
        rest = rest[found.end() :] if found else ""
    removed.append(Removed(paragraph[begin : len(paragraph) - len(rest)].strip(), "caption"))
    return f"{paragraph[:begin].rstrip()} {rest}".strip()


def _ends_with_time(line: str) -> bool:
    """Whether a line ends as a line of results does: with a time, a gap, or the mark for the same time."""
    return bool(_TIME_END.search(line[-20:])) or line.lower().endswith(tuple(load("cleaning")["same_time"]))


def _without_table(paragraph: str, removed: list[Removed]) -> str:
    """The paragraph without a run of result lines: "1 Name Surname (Team) 4:12:32 2 Name Surname (Team) 0:12"."""
    rows = [found.span() for found in _ROW.finditer(paragraph)]
    if rows and rows[0][0] == 0 and paragraph.count(" ") < _ROW_WORDS and _ends_with_time(paragraph):
        removed.append(Removed(paragraph, "table"))
        return ""
    if len(rows) < 3:
        return _without_list(paragraph, removed)
    kept: list[str] = []
    position = start = 0
    for index in range(1, len(rows) + 1):
        if index < len(rows) and rows[index][0] - rows[index - 1][1] <= 60:
            continue
        if index - start >= 3:
            begin = rows[start][0]
            after = _PIECE.search(paragraph, rows[index - 1][1])
            end = after.end() if after and after.start() - rows[index - 1][1] <= 60 else len(paragraph)
            if end - rows[index - 1][1] > 200:
                end = rows[index - 1][1]
            text = paragraph[begin:end]
            if _is_no_prose(text.lower().split()):
                kept.append(paragraph[position:begin])
                removed.append(Removed(text.strip(), "table"))
                position = end
        start = index
    kept.append(paragraph[position:])
    return " ".join(part.strip() for part in kept if part.strip())


def _is_no_prose(words: list[str]) -> bool:
    """Whether at most one word in ten is a function word."""
    return sum(word in _function_words() for word in words) <= 0.1 * len(words)


def _without_list(paragraph: str, removed: list[Removed]) -> str:
    """The paragraph without a list of the first three and what names it: "Result: 1. Mas 4.12; 2. Bol 0.12; 3. ..."."""
    for first in (rows[0] for rows in lists(paragraph) if len(rows) == 3):
        if _is_no_prose(paragraph[first.start() :].split()):  # "De Wit" and "Mas" are names here
            begin = _last_end(paragraph[: first.start()])
            removed.append(Removed(paragraph[begin:].strip(), "table"))
            return paragraph[:begin].rstrip()
    return paragraph


@cache
def _bare_function_words() -> frozenset[str]:
    """Function words that no punctuation belongs to: found between two spaces they decide at once."""
    return frozenset(word for word in _function_words() if word.isalpha())


def _only_names(piece: str) -> bool:
    """Whether a piece of text is a list without any function word, in any of the languages that are told apart."""
    words = piece.split()
    if len(words) < _NAMES_WORDS or len(piece) > 2000 or not _bare_function_words().isdisjoint(piece.lower().split()):
        return False
    bare = [word.strip("\"'“”„‘’(),.;:!?") for word in words]
    known = _function_words()
    # "Roglic attacked, Pogacar followed" is a sentence without function words: it has verbs, and they are small.
    return sum(word[:1].islower() for word in bare) < 0.3 * len(bare) and not any(
        word.lower() in known for word in bare
    )


def _kept_pieces(paragraph: str, removed: list[Removed], seen: set[str]) -> str:
    """The paragraph without the pieces that a phrase gives away, that are mere names, or that stood before."""
    kept: list[str] = []
    gone: list[Removed] = []
    notice = 0
    for piece in _pieces(paragraph):
        rule = _phrase_rule(piece)
        if rule in _NOTICE_RULES:
            notice += len(piece)
        if rule is None and _only_names(piece):
            rule = "table"
        if rule is None and len(piece) > 40:
            if piece in seen:
                rule = "repeated"
            seen.add(piece)
        if rule:
            gone.append(Removed(piece, rule))
        else:
            kept.append(piece)
    if kept and notice > _NOTICE_SHARE * len(paragraph) and len(paragraph) < _LONGEST_NOTICE:
        # "Want to miss nothing? Sign up for our newsletter.": what stands around a notice belongs to it.
        removed.append(Removed(paragraph, "notice"))
        return ""
    removed.extend(gone)
    return " ".join(kept)


def _cleaned_line(line: str, removed: list[Removed], seen: set[str], first: bool) -> str:
    """One paragraph without what can be told from itself alone."""
    heading = _MD_HEADING.match(line)
    if heading and len(line.split()) <= _HEADING_WORDS + 1:
        removed.append(Removed(line, "heading"))
        return ""
    if line.startswith("|") and line.count("|") > 2:
        removed.append(Removed(line, "table"))
        return ""
    line = line.replace("**", "")
    for pattern in (_MD_HEADING, _BULLET):
        found = pattern.match(line)
        if found:
            line = line[found.end() :].lstrip()
    phrases = _phrases()
    found = phrases.prefix.match(line[:100])
    if found and line.count(" ") > _HEADING_WORDS and line.endswith((".", "!", "?", '"', "”", "’", "'", ")")):
        # A notice that ran into the sentence behind it.
        removed.append(Removed(found[0].strip(), "notice"))
        line = line[found.end() :]
    if phrases.byline.match(line[:200]) and len(line) < 200:
        removed.append(Removed(line, "byline"))
        return ""
    if first:
        found = phrases.dateline.match(line[:200])
        if found:
            removed.append(Removed(found[0].strip(), "dateline"))
            line = line[found.end() :].lstrip()
    line = _without_table(_without_captions(line, removed), removed)
    return _kept_pieces(line, removed, seen) if line else ""


def explain(text: str, title: str | None = None) -> tuple[str, tuple[Removed, ...]]:
    """The text that stays, paragraphs separated by newlines, and what was removed.

    A paragraph that repeats the `title` goes too.
    """
    removed: list[Removed] = []
    paragraphs: list[str] = []
    seen: set[str] = set()
    lead = 0
    for line in _tidy(text).split("\n"):
        line = line.strip()
        if not line:
            continue
        if len(line) < 3 or not _LETTER.search(line):
            removed.append(Removed(line, "symbols"))
            continue
        lead += 1
        line = _cleaned_line(line, removed, seen, lead <= 3)
        # An empty paragraph tells the next step that something stood here.
        paragraphs.append(line)
    heading = " ".join(title.split()).lower() if title else None
    return "\n".join(_proper(paragraphs, heading, removed)), tuple(removed)


def _heads_table(text: str) -> bool:
    """Whether a line names a table and does no more: "The top five of the general classification after ten stages."

    >>> _heads_table("De top vijf van het algemeen klassement na zeven etappes.")
    True
    >>> _heads_table("Roglic leads the general classification after seven stages.")
    False
    """
    known = load("cleaning")["table_heads"]
    words = text.rstrip(".:").lower().split()
    return len(words) > 1 and all(word in known or word.isdigit() for word in words)


def _proper(paragraphs: list[str], title: str | None, removed: list[Removed]) -> Iterator[str]:
    """The paragraphs that hold sentences, each once; bare headings, captions and what leads to nothing go."""
    ending = [bool(_ENDS.search(paragraph[-12:])) for paragraph in paragraphs]
    counts = [paragraph.count(" ") + 1 for paragraph in paragraphs]
    # A text that hardly knows full stops cannot be judged by them.
    stopped = sum(count for count, ends in zip(counts, ending, strict=True) if ends)
    punctuated = stopped >= 0.4 * sum(counts)
    seen: set[str] = set()
    kept: list[str | None] = []
    for paragraph, ends, count in zip(paragraphs, ending, counts, strict=True):
        key = paragraph.lower()
        rule: str | None = None
        if not any(map(str.isalnum, paragraph)):
            rule = "symbols"
        elif key in seen and count > 2:
            rule = "repeated"
        elif key == title:
            rule = "title"
        elif not ends and count <= (_HEADING_WORDS if punctuated else _FRAGMENT_WORDS):
            rule = "heading"
        elif paragraph.endswith(":") and count <= _FRAGMENT_WORDS:
            rule = "lead-in"
        elif count <= _HEADING_WORDS and punctuated and _QUOTED.search(paragraph[-4:]):
            rule = "heading"
        elif not ends and punctuated:
            end = _last_end(paragraph)
            if not end and count <= _CAPTION_WORDS:
                rule = "caption"
            elif end and len(paragraph[end:].split()) <= _FRAGMENT_WORDS:
                removed.append(Removed(paragraph[end:], "heading"))
                paragraph = paragraph[:end].rstrip()
        seen.add(key)
        if rule and paragraph:
            removed.append(Removed(paragraph, rule))
        kept.append(None if rule else paragraph)
    for number, text in enumerate(kept):
        if text is None:
            continue
        follows = kept[number + 1] if number + 1 < len(kept) else None
        if paragraphs[number + 1 : number + 3] == ["", ""] and _heads_table(text):
            removed.append(Removed(text, "heading"))
        elif text.endswith(":") and follows is None and text.count(" ") < _CAPTION_WORDS and not _last_end(text):
            # "The result of the stage:" with nothing behind it.
            removed.append(Removed(text, "lead-in"))
        else:
            yield text


def clean_text(text: str) -> str:
    """The text without what is no article text; paragraphs are separated by newlines, white space is single spaces."""
    return explain(text)[0]


_STAMP_RULES = frozenset({"heading", "update", "section", "table", "caption"})


def clean(article: Article) -> Article:
    """The article with its text cleaned, and its title on one clean line.

    Where the file gave no date, one that stands on a line of its own in the text ("13 July 2023, 18:20") is taken.
    """
    title = clean_line(article.title) if article.title else ""
    text, removed = explain(article.text, title)
    published, has_time = article.published, article.has_time
    if published is None:
        dates = (find_date(part.text) for part in removed if part.rule in _STAMP_RULES)
        published, has_time = next((found for found in dates if found[0]), (None, False))
    return replace(article, text=text, title=title or None, published=published, has_time=has_time)
