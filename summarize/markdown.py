"""Markdown as plain text: headings go, links and emphasis leave their words."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Document", "read_markdown"]

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FRONT_LINE = re.compile(r"^([A-Za-z_-]{2,20}):[ \t]*(.*)$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s\[\]]{0,1000}(?:[ \t]\"[^\"\n]{0,200}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,300})\](?:\([^()\s\[\]]{0,1000}(?:[ \t]\"[^\"\n]{0,200}\")?\)|\[[^\[\]\n]{0,100}\])"
)
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,1000}>")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3}|`{1,3})(?=[^\s*_`])([^*_`\n]{1,300})(?<=\S)\1(?![\w*_])")
_PREFIX = re.compile(r"[ \t]{0,8}(?:>[ \t]?|[-*+][ \t]+){1,5}")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(.{1,500})$")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]?){3,100}|(?:\*[ \t]?){3,100}|(?:_[ \t]?){3,100})$")
_UNDERLINE = re.compile(r"(?:={2,300}|-{2,300})[ \t]*$")


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file's front matter, first heading and text."""

    front: dict[str, str]
    """The plain values of a YAML front matter by lower-case key; empty where there is none."""
    heading: str | None
    text: str
    """Paragraphs separated by newlines, without headings."""


def _words(text: str) -> str:
    """Text without the marks of images, links and emphasis."""
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _AUTOLINK.sub("", _IMAGE.sub("", text))))


def read_markdown(text: str) -> Document:
    """The parts of a Markdown text."""
    front: dict[str, str] = {}
    text = text.lstrip()
    found = _FRONT_MATTER.match(text)
    if found:
        front = {key.lower(): value.strip().strip("\"'") for key, value in _FRONT_LINE.findall(found[1])}
        text = text[found.end() :]
    heading: str | None = None
    blocks: list[str] = []
    lines: list[str] = []

    def finish() -> None:
        if lines:
            blocks.append(" ".join(lines))
            lines.clear()

    for line in text.split("\n"):
        named = _HEADING.match(line[:600])
        if len(lines) == 1 and _UNDERLINE.match(line[:400]):
            heading = heading or _words(lines.pop())
            lines.clear()
        elif named:
            finish()
            heading = heading or _words(named[1].rstrip("# \t"))
        elif not line.strip() or _RULE.match(line[:300]):
            finish()
        else:
            prefix = _PREFIX.match(line)
            if prefix:
                finish()
                line = line[prefix.end() :]
            lines.append(line.strip())
    finish()
    return Document(front, heading, "\n".join(map(_words, blocks)))
