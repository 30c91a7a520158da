"""Briefs as Markdown, HTML, plain text and JSON; files written whole or not at all.

The pages come from the Jinja templates in `summarize/templates` (`briefs.<format>.j2` and `index.<format>.j2`), or
from a template of the user's own. What a template may use is what `brief_context` returns: plain strings, numbers,
lists and dictionaries, in which nothing from an article can act. Control characters and direction marks are taken out
of every string; markup is escaped by the environment (`environment`), not by the template.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import re
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from summarize import lexicon
from summarize.agreement import agree
from summarize.articles import Failure
from summarize.briefs import Brief, KeySentence, Reason
from summarize.errors import StagebriefError, UsageError
from summarize.events import Grouping, Unassigned
from summarize.facts import Claim, Fact, Value
from summarize.text import word_count

if TYPE_CHECKING:
    from jinja2 import Environment, Template

__all__ = [
    "FORMATS",
    "brief_context",
    "brief_json",
    "escape_markdown",
    "inert",
    "render_briefs",
    "render_events",
    "write_briefs",
    "write_whole",
]

FORMATS = ("md", "html", "txt", "json")

WIDTH = 76
"""Columns of plain text: what survives quoting in e-mail."""

LISTED = 20
"""How many left-out files a page names before it only counts them; JSON names all."""

_TEMPLATES = Path(__file__).parent / "templates"

# C0 and C1 controls, DEL, direction marks, embeddings, overrides and isolates, the byte order mark, lone surrogates.
_ACTIVE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]")
_ACTIVE_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb]")


def inert(text: str) -> str:
    """A text on one line without anything that acts on a terminal or on the direction of writing.

    Runs of white space (line breaks too) become one space; control characters and direction marks go.

    >>> inert("two\\nlines \\x1b[31mred\\u202e")
    'two lines [31mred'
    """
    return " ".join(_ACTIVE.sub("", " ".join(text.split())).split())


# An underscore inside a word, as in a file name, means nothing to Markdown; a # that ends a heading disappears.
_MARKDOWN = re.compile(r"[\\`*\[\]<>{}~|$^]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])|(?<=\s)#")
_MARKDOWN_ENTITY = re.compile(r"&(?=#?[0-9A-Za-z]+;)")
_MARKDOWN_START = re.compile(r"^(?:(\d{1,9})([.)])(?=\s|$)|([-+=#:]))")
_MARKDOWN_LINK = re.compile(r"(?i)\b(https?|ftp)(?=://)|\b(www)(?=\.)")


def escape_markdown(text: str) -> str:
    """A text that CommonMark and GitHub's Markdown show as it stands, wherever on a line it is put.

    >>> escape_markdown("1. <b>*not* a list</b>")
    '1\\\\. \\\\<b\\\\>\\\\*not\\\\* a list\\\\</b\\\\>'
    """
    text = _MARKDOWN_ENTITY.sub(r"\\&", _MARKDOWN.sub(r"\\\g<0>", text))
    # A bare address would become a link in GitHub's Markdown: nothing from an article is ours to link to.
    text = _MARKDOWN_LINK.sub(lambda m: f"{m[0]}\\", text)
    return _MARKDOWN_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", text)


def _link(url: str | None) -> str | None:
    """A web address that can stand in an attribute or a Markdown link, None for anything but http and https."""
    if not url:
        return None
    url = inert(url)
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return quote(url, safe=":/?#@!$&'*+,;=%~-._") if usable else None


# --- values as a reader wants them ------------------------------------------------------------------------------------


def _words() -> Any:
    return lexicon.load("rendering", "en")


def _day(date: Date) -> str:
    """
    >>> _day(Date(2023, 7, 13))
    'Thursday 13 July 2023'
    """
    return f"{_words()['weekdays'][date.weekday()]} {date.day} {_words()['months'][date.month - 1]} {date.year}"


def _moment(published: str | None) -> str | None:
    """ "13 July 2023, 18:05" from ISO 8601; what cannot be read as that stays as it is."""
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return inert(published)
    day = f"{moment.day} {_words()['months'][moment.month - 1]} {moment.year}"
    return f"{day}, {moment:%H:%M}" if len(published) > len("2023-07-13") else day


_ISO_DAY = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b", re.ASCII)


def _written_out(match: re.Match[str]) -> str:
    """A day of ISO 8601 with its weekday; what is no day of the calendar stays as it is."""
    try:
        return _day(Date.fromisoformat(match[0]))
    except ValueError:
        return match[0]


def _shown(fact: str, value: Value) -> str:
    """A fact's value with its unit: kilometres, or minutes and seconds for numbers that are gaps; days written out.

    >>> _shown("distance_km", 168.8), _shown("distance_km", 169.0), _shown("margin", 64)
    ('168.8 km', '169 km', '1:04')
    """
    if isinstance(value, str):
        return _ISO_DAY.sub(_written_out, inert(value))
    if fact in ("margin", "gc_gap"):
        minutes, seconds = divmod(round(value), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    number = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
    return f"{number} km" if fact == "distance_km" else number


def _file_name(path: str) -> str:
    return str(_words()["standard_input"]) if path == "-" else inert(path.replace("\\", "/").rsplit("/", 1)[-1])


def _language(code: str) -> str:
    return str(_words()["languages"].get(code, inert(code)))


# --- what a template may use ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sources:
    """How a brief names its sources: the outlet ("nos.nl", or "nos.nl (2)" for its second article), else the file."""

    labels: dict[str, str]

    @classmethod
    def of(cls, brief: Brief) -> _Sources:
        outlets = [inert(source.outlet or "") for source in brief.sources]
        labels = {}
        for place, (source, outlet) in enumerate(zip(brief.sources, outlets, strict=True)):
            several = outlets.count(outlet) > 1
            numbered = f"{outlet} ({outlets[:place].count(outlet) + 1})" if several else outlet
            labels[source.path] = numbered if outlet else _file_name(source.path)
        return cls(labels)

    def label(self, path: str) -> str:
        return self.labels.get(path) or _file_name(path)

    def labels_of(self, paths: Iterable[str]) -> list[str]:
        """Labels of several sources, each once, in the order given."""
        return list(dict.fromkeys(map(self.label, paths)))


def _reason_context(reason: Reason) -> dict[str, Any]:
    names = _words()["facts"]
    return {
        "scores": [{"name": inert(name), "value": round(value, 2)} for name, value in reason.scores],
        "facts": [names.get(name, inert(name)) for name in reason.facts],
        "beaten": [inert(text) for text in reason.beaten],
    }


def _sentence_context(sentence: KeySentence, sources: _Sources) -> dict[str, Any]:
    own = sources.label(sentence.path)
    return {
        "text": inert(sentence.text),
        "original": None if sentence.original is None else inert(sentence.original),
        "language": inert(sentence.language),
        "language_name": _language(sentence.language),
        "source": own,
        "path": inert(sentence.path),
        "also": [label for label in sources.labels_of(sentence.also) if label != own],
        "score": round(sentence.score, 2),
        "warnings": [_words()["flags"].get(flag, inert(flag)) for flag in sentence.flags],
        "reason": None if sentence.reason is None else _reason_context(sentence.reason),
    }


def _together(sentences: Sequence[KeySentence]) -> list[KeySentence]:
    """Sentences that are shown together made one: a quotation over two sentences is one item on the page."""
    items: list[KeySentence] = []
    for sentence in sentences:
        if not (items and sentence.continues):
            items.append(sentence)
            continue
        before = items[-1]
        originals = [text for text in (before.original, sentence.original) if text is not None]
        items[-1] = replace(
            before,
            text=f"{before.text} {sentence.text}",
            original=" ".join(originals) if originals else None,
            flags=tuple(dict.fromkeys(before.flags + sentence.flags)),
            also=tuple(sorted({*before.also, *sentence.also})),
        )
    return items


def _spoken(brief: Brief) -> Callable[[Claim], tuple[str, str | None, str]]:
    """For a claim: its sentence in English, the original where it was translated, and the original's language."""
    known: dict[tuple[str, str], tuple[str, str | None, str]] = {}
    for member in brief.event.articles:
        article, language = member.article, member.article.language or "en"
        if article.title:
            translated = article.title_translation
            known[article.path, article.title] = (
                (article.title, None, language) if translated is None else (translated, article.title, language)
            )
        for sentence in article.sentences:
            known[article.path, sentence.text] = (sentence.english, sentence.original, language)
    return lambda claim: known.get((claim.path, claim.sentence), (claim.sentence, None, "en"))


def _claims_context(brief: Brief, fact: Fact, claims: Sequence[Claim], sources: _Sources) -> list[dict[str, Any]]:
    """Claims about a fact, one entry for each value: what stands first, what was overtaken last."""
    from summarize.agreement import agree

    spoken = _spoken(brief)
    groups: list[list[Claim]] = []
    for claim in claims:
        for members in groups:
            if members[0].overtaken == claim.overtaken and agree(fact.name, members[0].value, claim.value):
                members.append(claim)
                break
        else:
            groups.append([claim])
    out = []
    for members in sorted(groups, key=lambda g: (g[0].overtaken, not agree(fact.name, g[0].value, fact.value))):
        said: list[dict[str, Any]] = []
        for claim in members:
            text, original, language = spoken(claim)
            said.append(
                {
                    "source": sources.label(claim.path),
                    "sentence": inert(text),
                    "original": None if original is None else inert(original),
                    "language": inert(language),
                    "language_name": _language(language),
                    "also": [],
                }
            )
        # The fullest form of a name stands for all.
        value = max((_shown(fact.name, claim.value) for claim in members), key=len)
        out.append({"value": value, "overtaken": members[0].overtaken, "claims": said})
    return out


def _against(fact: Fact) -> list[Claim]:
    """The claims of a disputed fact that show the dispute: all, or those that do not agree with the calendar."""
    if fact.status != "official":
        return list(fact.claims)
    return [c for c in fact.claims if c.overtaken or not agree(fact.name, c.value, fact.value)]


def _label(fact: str, last_stage: bool) -> str:
    """What a fact is called; on the last day who leads has won."""
    words = _words()
    label: str = (words["facts_of_the_last_stage"] if last_stage else {}).get(fact) or words["facts"].get(fact, fact)
    return label


def _fact_context(fact: Fact, sources: _Sources, last_stage: bool) -> dict[str, Any]:
    disputed = fact.disputed or fact.status == "disputed"
    said_by = sources.labels_of(claim.path for claim in fact.claims if not claim.overtaken)
    status = _words()["status"]
    if disputed:
        note = f"{status['official']}; {status['disputed']}" if fact.status == "official" else status["disputed"]
    elif fact.status == "official":
        note = ", ".join([status["official"], *said_by])
    else:
        note = f"{status.get(fact.status, fact.status)}: {', '.join(said_by)}" if said_by else status[fact.status]
    return {
        "name": fact.name,
        "label": _label(fact.name, last_stage),
        "value": _shown(fact.name, fact.value),
        "status": fact.status,
        "note": note,
        "disputed": disputed,
        "said_by": said_by,
    }


def brief_context(brief: Brief) -> dict[str, Any]:
    """What a template may use of one brief: strings, numbers, lists and dictionaries.

    - `id` ("tour-de-france-2023-stage-12"), `headline`, and `race`, `edition`, `stage`, `date` ("2023-07-13"),
      `day` ("Thursday 13 July 2023"), each None where unknown; `words`, the number of words in the key sentences;
    - `facts`: a list of `name` ("distance_km"), `label` ("Distance"), `value` ("168.8 km"), `status` (agreed, single,
      disputed, official), `disputed` (bool), `said_by` (names of sources) and `note` ("agreed: nos.nl, bbc.co.uk");
    - `sections`: a list of `name` ("race"), `title` ("How the race went") and `sentences`, each with `text` (English;
      sentences that belong together are one item),
      `original` and `language` (`original` is None where nothing was translated), `language_name`, `source`, `path`,
      `also` (other sources that say the same), `score`, `warnings` (about the translation) and `reason`, None or
      `scores` (`name`, `value`), `facts` and `beaten`;
    - `disagreements` and `overtaken`: lists of `label`, `standing`, `official` (the calendar's value or None) and
      `values`, each with `value`, `overtaken` (bool) and `claims` (`source`, `sentence`, `original`, `language`,
      `language_name`);
    - `sources`: a list of `label`, `path`, `file`, `title`, `outlet`, `published`, `language`, `language_name`, `kind`
      and `link` (http or https, else None).
    """
    words, sources, event = _words(), _Sources.of(brief), brief.event
    disputed = {fact.name for fact in brief.disagreements}

    def claimed(fact: Fact, claims: Sequence[Claim]) -> dict[str, Any]:
        return {
            "name": fact.name,
            "label": _label(fact.name, event.last_stage),
            "official": _shown(fact.name, fact.value) if fact.status == "official" else None,
            "standing": _shown(fact.name, fact.value),
            "values": _claims_context(brief, fact, claims, sources),
        }

    overtaken = [
        (fact, claims)
        for fact in brief.facts.values()
        if fact.name not in disputed and (claims := [claim for claim in fact.claims if claim.overtaken])
    ]
    return {
        "id": inert(event.id),
        "headline": inert(brief.headline),
        "race": None if event.race is None else inert(event.race),
        "edition": event.edition,
        "stage": event.stage,
        "date": None if event.date is None else event.date.isoformat(),
        "day": None if event.date is None else _day(event.date),
        "words": sum(word_count(sentence.text) for section in brief.sections for sentence in section.sentences),
        "facts": [_fact_context(fact, sources, event.last_stage) for fact in brief.facts.values()],
        "sections": [
            {
                "name": section.name,
                "title": words["sections"].get(section.name, section.name),
                "sentences": [_sentence_context(sentence, sources) for sentence in _together(section.sentences)],
            }
            for section in brief.sections
        ],
        "disagreements": [claimed(fact, _against(fact)) for fact in brief.disagreements],
        "overtaken": [claimed(fact, claims) for fact, claims in overtaken],
        "sources": [
            {
                "label": sources.label(source.path),
                "path": inert(source.path),
                "file": _file_name(source.path),
                "title": inert(source.title) if source.title else None,
                "outlet": inert(source.outlet) if source.outlet else None,
                "published": _moment(source.published),
                "language": inert(source.language),
                "language_name": _language(source.language),
                "kind": words["kinds"].get(source.kind, inert(source.kind)),
                "link": _link(source.url),
            }
            for source in brief.sources
        ],
    }


def _left_out(unassigned: Sequence[Unassigned], failed: Sequence[Failure]) -> dict[str, Any]:
    """Articles that are in no brief: those named on a page, and the count of the rest."""
    rows = [(item.path, item.reason) for item in unassigned] + [(item.path, item.error) for item in failed]
    listed = [
        {"file": _file_name(path), "path": inert(path), "reason": inert(reason)} for path, reason in rows[:LISTED]
    ]
    return {"files": listed, "more": len(rows) - len(listed), "count": len(rows)}


# --- the template environment -----------------------------------------------------------------------------------------


def _wrap(text: object, first: str = "", indent: str = "", width: int = WIDTH) -> str:
    """Jinja filter: a text wrapped to lines, words and addresses never broken."""
    return textwrap.fill(
        str(text), width, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _underline(text: object, character: str = "=") -> str:
    """Jinja filter: a title in plain text, wrapped, with a line under it."""
    lines = _wrap(text).splitlines() or [""]
    return "\n".join([*lines, character * max(map(len, lines))])


def environment(format: str, folder: Path | None = None) -> Environment:
    """The sandboxed Jinja environment of a format.

    In HTML everything that a template prints is escaped; in Markdown it goes through `escape_markdown`, unless it is
    marked `safe`. Filters beside Jinja's: `wrap(first, indent, width)` and `underline(character)` for plain text.
    Templates in `folder` can include each other, and extend ours as "stagebrief/briefs.html.j2".
    """
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    def markdown(value: object) -> object:
        if value is None or isinstance(value, Markup) or not isinstance(value, str):
            return value
        return escape_markdown(value)

    ours = FileSystemLoader(_TEMPLATES)
    loaders = (
        [PrefixLoader({"stagebrief": ours}), ours]
        if folder is None
        else [PrefixLoader({"stagebrief": ours}), FileSystemLoader(folder)]
    )
    env = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        autoescape=format == "html",
        finalize=markdown if format == "md" else None,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["wrap"] = _wrap
    env.filters["underline"] = _underline
    return env


@cache
def _style() -> tuple[str, str]:
    """The style sheet of the page, and its digest for the page's security policy."""
    css = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
    return css, base64.b64encode(hashlib.sha256(css.encode()).digest()).decode("ascii")


def _fill(template: Template, **context: Any) -> str:
    from markupsafe import Markup

    css, digest = _style()
    return template.render(style=Markup(css), style_digest=digest, **context)


def _tidy(text: str) -> str:
    """The page without the runs of empty lines that a template's logic leaves, and with one newline at its end."""
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


@cache
def _own_template(name: str, format: str) -> Template:
    return environment(format).get_template(f"{name}.{format}.j2")


def _render(template: Path | None, format: str, **context: Any) -> str:
    """Fill our template of a format or the user's own.

    Raises UsageError where the user's template cannot be read or does not work.
    """
    if template is None:
        return _tidy(_fill(_own_template("briefs", format), **context))
    from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError

    try:
        source = template.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot read the template {template}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise UsageError(f"the template {template} is not UTF-8 text") from None
    try:
        return _fill(environment(format, template.parent).from_string(source), **context)
    except TemplateSyntaxError as error:
        where = f"{error.filename or template}, line {error.lineno}"
        raise UsageError(f"the template has a mistake ({where}): {error.message}") from None
    except SecurityError as error:
        raise UsageError(f"the template {template} does what a template may not do: {error}") from None
    except TemplateError as error:
        raise UsageError(f"the template {template} does not work: {type(error).__name__}: {error}") from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError) as error:
        raise UsageError(f"the template {template} does not work: {error}") from None


# --- JSON -------------------------------------------------------------------------------------------------------------


def _claim_json(claim: Claim) -> dict[str, Any]:
    out: dict[str, Any] = {"value": claim.value, "path": claim.path, "sentence": claim.sentence}
    return {**out, "overtaken": True} if claim.overtaken else out


def _sentence_json(sentence: KeySentence, explain: bool) -> dict[str, Any]:
    out: dict[str, Any] = {
        "text": sentence.text,
        "original": sentence.original,
        "language": sentence.language,
        "path": sentence.path,
        "outlet": sentence.outlet,
        "score": round(sentence.score, 4),
    }
    if sentence.also:
        out["also"] = list(sentence.also)
    if sentence.flags:
        out["flags"] = list(sentence.flags)
    if explain and sentence.reason is not None:
        out["reason"] = {
            "scores": {name: round(value, 4) for name, value in sentence.reason.scores},
            "facts": list(sentence.reason.facts),
            "beaten": list(sentence.reason.beaten),
        }
    return out


def brief_json(brief: Brief, *, explain: bool = False) -> dict[str, Any]:
    """One brief as the JSON output has it. Text is as it stands in the articles, nothing taken out."""
    event = brief.event
    return {
        "event": {
            "id": event.id,
            "race": event.race,
            "edition": event.edition,
            "stage": event.stage,
            "date": event.date and event.date.isoformat(),
        },
        "headline": brief.headline,
        "facts": {
            name: {"value": fact.value, "status": fact.status, "claims": [_claim_json(claim) for claim in fact.claims]}
            for name, fact in brief.facts.items()
        },
        "sections": [
            {"name": section.name, "sentences": [_sentence_json(sentence, explain) for sentence in section.sentences]}
            for section in brief.sections
        ],
        "disagreements": [
            {"fact": fact.name, "claims": [_claim_json(claim) for claim in fact.claims]} for fact in brief.disagreements
        ],
        "sources": [
            {
                "path": source.path,
                "title": source.title,
                "outlet": source.outlet,
                "published": source.published,
                "language": source.language,
            }
            for source in brief.sources
        ],
    }


def _unassigned_json(unassigned: Sequence[Unassigned]) -> list[dict[str, str]]:
    return [{"path": item.path, "reason": item.reason} for item in unassigned]


def _failed_json(failed: Sequence[Failure]) -> list[dict[str, str]]:
    return [{"path": item.path, "error": item.error} for item in failed]


def _dump(document: Any) -> str:
    """JSON that reads well and that no terminal acts on: controls and direction marks stand as \\u escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return _ACTIVE_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


# --- the public functions ---------------------------------------------------------------------------------------------


def _check(format: str, template: Path | None) -> None:
    if format not in FORMATS:
        raise UsageError(f"no such format: {format}; there are {', '.join(FORMATS)}")
    if template is not None and format == "json":
        raise UsageError("--template cannot shape JSON; choose -f md, html or txt")


def render_briefs(
    briefs: Sequence[Brief],
    format: str,
    *,
    unassigned: Sequence[Unassigned] = (),
    failed: Sequence[Failure] = (),
    explain: bool = False,
    template: Path | None = None,
) -> str:
    """All briefs as one document in `format`: md, html, txt or json.

    `explain` adds why each sentence was chosen. A `template` of the user's own gets `briefs` (see `brief_context`),
    `left_out` (`files` with `file`, `path` and `reason`; `more`, `count`), `explain` and `title`.
    Raises UsageError where the format is unknown or the user's template does not work.
    """
    _check(format, template)
    if format == "json":
        return _dump(
            {
                "briefs": [brief_json(brief, explain=explain) for brief in briefs],
                "unassigned": _unassigned_json(unassigned),
                "failed": _failed_json(failed),
            }
        )
    contexts = [brief_context(brief) for brief in briefs]
    title = contexts[0]["headline"] if len(contexts) == 1 else "Stage briefs"
    return _render(
        template,
        format,
        briefs=contexts,
        left_out=_left_out(unassigned, failed),
        explain=explain,
        title=title,
    )


def write_whole(path: Path, text: str) -> bool:
    """Write a UTF-8 file whole or not at all, making its folder; False where it already had these bytes.

    The text goes to a temporary file in the same folder that then takes the name, so that a reader never sees half a
    file and an interrupted run leaves the old one. Raises StagebriefError where it cannot be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    try:
        with contextlib.suppress(FileNotFoundError):
            if path.read_bytes() == data:
                return False
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            # mkstemp's files are for their owner alone; a brief is as readable as any new file.
            umask = os.umask(0)
            os.umask(umask)
            temporary.chmod(0o666 & ~umask)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StagebriefError(
            f"cannot write {path}: {error.strerror or error}; choose another folder with -o"
        ) from None
    return True


_SLUG = re.compile(r"[^A-Za-z0-9_-]+")
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d|index)")


def _names(briefs: Sequence[Brief]) -> list[str]:
    """A file name without extension for every brief, from its event's id; none twice, none a device, none `index`."""
    names: list[str] = []
    taken: set[str] = set()
    for brief in briefs:
        stem = _SLUG.sub("-", brief.event.id).strip("-")[:120] or "brief"
        if _DEVICES.fullmatch(stem):
            stem = f"{stem}-brief"
        name, number = stem, 2
        while name.lower() in taken:
            name, number = f"{stem}-{number}", number + 1
        taken.add(name.lower())
        names.append(name)
    return names


INDEX = "index.json"


def _known(folder: Path) -> list[dict[str, Any]]:
    """Entries of the index that an earlier run left, as far as they make sense and their files are still there."""
    try:
        entries = json.loads((folder / INDEX).read_text(encoding="utf-8"))["briefs"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    good = []
    for entry in entries if isinstance(entries, list) else ():
        shaped = (
            isinstance(entry, dict)
            and isinstance(entry.get("file"), str)
            and _SLUG.sub("", entry["file"].replace(".", "")) == entry["file"].replace(".", "")
            and isinstance(entry.get("headline"), str)
            and isinstance(entry.get("id"), str)
            and (entry.get("date") is None or isinstance(entry["date"], str))
            and isinstance(entry.get("sources"), list)
        )
        if not shaped or not (folder / entry["file"]).is_file():
            continue
        with contextlib.suppress(ValueError):
            if entry["date"] is not None:
                Date.fromisoformat(entry["date"])
            good.append({key: entry[key] for key in ("id", "headline", "date", "file", "sources")})
    return good


def _index_days(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries by day, the newest day first, those of unknown day last."""
    days: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        days.setdefault(entry["date"] or "", []).append(entry)
    return [
        {
            "date": date or None,
            "day": _day(Date.fromisoformat(date)) if date else _words()["undated"],
            "briefs": [{"headline": inert(e["headline"]), "file": e["file"]} for e in days[date]],
        }
        for date in sorted(days, reverse=True)
    ]


def write_briefs(
    briefs: Sequence[Brief],
    folder: Path,
    format: str,
    *,
    unassigned: Sequence[Unassigned] = (),
    failed: Sequence[Failure] = (),
    explain: bool = False,
    template: Path | None = None,
) -> tuple[Path, ...]:
    """Write one file per event, named after its id, and an index by day; return the files that changed.

    Briefs that earlier runs wrote into the folder stay, and stay in the index; one whose articles all belong to other
    events now is removed. `index.json` says what is there, in every format. A JSON file holds one brief in the shape of
    the whole output. Raises StagebriefError where the folder cannot be written, UsageError as `render_briefs` does.
    """
    _check(format, template)
    names = [f"{name}.{format}" for name in _names(briefs)]
    texts = [render_briefs([brief], format, explain=explain, template=template) for brief in briefs]
    entries: list[dict[str, Any]] = [
        {
            "id": brief.event.id,
            "headline": brief.headline,
            "date": brief.event.date and brief.event.date.isoformat(),
            "file": name,
            "sources": [source.path for source in brief.sources],
        }
        for brief, name in zip(briefs, names, strict=True)
    ]
    mine = {source for entry in entries for source in entry["sources"]}
    stale = []
    for entry in _known(folder):
        if entry["file"] in names:
            continue
        if entry["file"].endswith(f".{format}") and entry["sources"] and mine.issuperset(entry["sources"]):
            stale.append(folder / entry["file"])
        else:
            entries.append(entry)
    entries.sort(key=lambda entry: (entry["date"] or "9999", entry["id"], entry["file"]))

    files = dict(zip(names, texts, strict=True))
    files[INDEX] = _dump(
        {"briefs": entries, "unassigned": _unassigned_json(unassigned), "failed": _failed_json(failed)}
    )
    if format != "json":
        files[f"index.{format}"] = _tidy(
            _fill(
                _own_template("index", format),
                days=_index_days(entries),
                left_out=_left_out(unassigned, failed),
                title="Stage briefs",
            )
        )
    changed = tuple(folder / name for name, text in files.items() if write_whole(folder / name, text))
    for path in stale:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    return changed


def render_events(grouping: Grouping, format: str, *, failed: Sequence[Failure] = ()) -> str:
    """Which articles tell of which stage, as `table` (plain text) or `json`. Raises UsageError for another format."""
    if format == "json":
        return _dump(
            {
                "events": [
                    {
                        "id": event.id,
                        "race": event.race,
                        "edition": event.edition,
                        "stage": event.stage,
                        "date": event.date and event.date.isoformat(),
                        "evidence": list(event.evidence),
                        "articles": [
                            {
                                "path": member.article.path,
                                "title": member.article.title,
                                "language": member.article.language,
                                "kind": member.kind,
                            }
                            for member in event.articles
                        ],
                    }
                    for event in grouping.events
                ],
                "unassigned": _unassigned_json(grouping.unassigned),
                "failed": _failed_json(failed),
            }
        )
    if format != "table":
        raise UsageError(f"no such format: {format}; there are table and json")
    lines: list[str] = []
    for event in grouping.events:
        lines.append(f"{inert(event.id)}  {event.date.isoformat() if event.date else _words()['undated'].lower()}")
        rows = [
            (member.kind, member.article.language or "?", inert(member.article.path), inert(member.article.title or ""))
            for member in event.articles
        ]
        lines += _columns(rows)
        if event.evidence:
            lines.append(_wrap("; ".join(map(inert, event.evidence)), "  because ", "          ", 100))
        lines.append("")
    left = [("", inert(item.path), inert(item.reason)) for item in grouping.unassigned]
    left += [("", inert(item.path), inert(item.error)) for item in failed]
    if left:
        lines += ["in no event", *_columns([row[1:] for row in left]), ""]
    count = sum(len(event.articles) for event in grouping.events)
    lines.append(f"{len(grouping.events)} events, {count} articles; {len(left)} in no event")
    return "\n".join(lines) + "\n"


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows with their columns lined up, two spaces in and two between."""
    if not rows:
        return []
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
