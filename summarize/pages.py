"""An HTML page as an article: its text by trafilatura, its title, addresses and date from its metadata."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarize.lexicon import load

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Page", "read_page"]

_TOO_MANY_TAGS = 60_000
"""Pages with more tags are read by their paragraphs alone: trafilatura's time grows faster than the page."""
_TOO_DEEP = 200
_GALLERY = 3
"""Pictures with a caption that a page has at least for its captions to be its text."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# fmt: off
_BLOCKS = _HEADINGS | {
    "p", "div", "li", "ul", "ol", "dl", "dd", "dt", "blockquote", "pre", "td", "th", "tr", "table", "section",
    "article", "main", "aside", "header", "footer", "nav", "figure", "figcaption", "form", "br", "hr", "body", "html",
    "title", "address", "fieldset", "details", "summary",
}
_SILENT = _HEADINGS | {
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "button", "select", "option",
    "textarea", "input", "form", "nav", "header", "footer", "aside", "figcaption", "head", "title", "audio", "video",
    "canvas", "dialog",
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says about its article; None and empty where it does not."""

    title: str | None
    text: str
    """Paragraphs separated by newlines, without headings."""
    addresses: tuple[str, ...]
    """Where the page lies, by its own account, best first."""
    site_names: tuple[str, ...]
    date: str | None


def _parse(text: str) -> HtmlElement | None:
    """The page as a tree, None where there is none in it."""
    from lxml import etree
    from lxml.html import HTMLParser

    # An encoding declaration would contradict the string that it stands in.
    text = re.sub(r"^\s{0,100}<\?xml[^>]{0,200}\?>", "", text.replace("\0", ""), count=1)
    data = text.encode("utf-8", "replace")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


# Metadata

_META_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish_date",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article:modified_time",
    "last-modified",
)
_META_TITLES = ("og:title", "twitter:title", "dc.title", "headline", "title")
_META_SITES = ("og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site", "copyright")
_ARTICLE_TYPES = ("article", "posting", "report", "webpage")


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Content of the meta tags by lower-case name, the first of each."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _walk_json(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _walk_json(value.get(key), depth + 1)
    elif isinstance(value, list):
        for item in value[:50]:
            yield from _walk_json(item, depth + 1)


def _linked_data(tree: HtmlElement) -> dict[str, str]:
    """Headline, date, publisher and address from a page's JSON-LD, as far as it holds an article."""
    found: dict[str, str] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            data = json.loads(script.text[:500_000].strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _walk_json(data):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if not any(isinstance(kind, str) and kind.lower().endswith(_ARTICLE_TYPES) for kind in kinds):
                continue
            publisher = node.get("publisher")
            publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
            values = {
                "headline": node.get("headline"),
                "date": node.get("datePublished") or node.get("dateCreated"),
                "publisher": publisher.get("name") if isinstance(publisher, dict) else publisher,
                "url": node.get("url"),
            }
            for key, value in values.items():
                if isinstance(value, str) and value.strip():
                    found.setdefault(key, value.strip())
    return found


def _text_of(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _first(tree: HtmlElement, *tags: str) -> str | None:
    for tag in tags:
        for element in tree.iter(tag):
            text = _text_of(element)
            if text:
                return text
    return None


def _time_tag(tree: HtmlElement) -> str | None:
    for element in tree.iter("time"):
        value = (element.get("datetime") or element.text or "").strip()
        if value:
            return value
    return None


def _without_site(title: str, names: list[str]) -> str:
    """A page title without the site's name behind a bar or dash."""
    for separator in (" | ", " - ", " – ", " — ", " · ", " » "):
        head, found, tail = title.rpartition(separator)
        if not found or not head:
            continue
        known = any(tail.strip().lower() in (name.lower(), name.lower().partition(".")[0]) for name in names)
        if known or (separator == " | " and len(tail.split()) <= 4 < len(head.split())):
            return head.strip()
    return title


def _addresses(tree: HtmlElement, metas: dict[str, str], data: dict[str, str]) -> list[str]:
    links = [link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    return [address.strip() for address in (*links, metas.get("og:url", ""), data.get("url", "")) if address.strip()]


# Text


def _paragraphs(tree: HtmlElement, without: frozenset[str] = _SILENT) -> Iterator[str]:
    """The page's blocks of text in order, without what is no article text by its tag. Not recursive."""
    from lxml import etree

    words: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in without:
                silent += 1
            if tag in _BLOCKS and words:
                yield "".join(words)
                words = []
            if not silent and element.text and tag:
                words.append(element.text)
        else:
            if tag in without:
                silent -= 1
            if tag in _BLOCKS and words:
                yield "".join(words)
                words = []
            if not silent and element.tail:
                words.append(element.tail)
    if words:
        yield "".join(words)


def _simple_text(tree: HtmlElement) -> str:
    """A page's text by its paragraphs: what holds a sentence, or everything where nothing does."""
    found = [" ".join(text.split()) for text in _paragraphs(tree)]
    sentences = [
        text for text in found if text.endswith((".", "!", "?", '"', "”", "’", "'", "…")) and len(text.split()) > 4
    ]
    return "\n".join(sentences or [text for text in found if text])


def _captions(tree: HtmlElement) -> str:
    """The text of a page that is made of pictures: its paragraphs, and what stands below the pictures, uncredited."""
    keys = "|".join(map(re.escape, load("cleaning")["captions"]["keys"]))
    credit = re.compile(rf"\s*\b(?:{keys}): [^.!?]{{1,80}}$", re.IGNORECASE)
    found = (credit.sub("", " ".join(text.split())) for text in _paragraphs(tree, _SILENT - {"figcaption"}))
    return "\n".join(text for text in found if len(text.split()) > 4)


def _extracted(tree: HtmlElement) -> str:
    """The article's text by trafilatura: its paragraphs, quotations, list items and table rows, without headings."""
    from trafilatura import bare_extraction

    # What it has to say about a page ("discarding data") is for its makers; ours is the Failure's reason.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = bare_extraction(
        tree,
        include_comments=False,
        include_tables=False,
        include_formatting=False,
        include_links=False,
        include_images=False,
        with_metadata=False,
        deduplicate=False,
        fast=True,
    )
    body = getattr(document, "body", None)
    if body is None:
        return ""
    lines: list[str] = []
    for element in body.iter("p", "quote", "item", "code", "cell", "ab"):
        if any(parent.tag in ("p", "quote", "item", "cell") for parent in element.iterancestors()):
            continue
        pieces: list[str] = [element.text or ""]
        for child in element.iterdescendants():
            if child.tag in ("lb", "p", "item", "list", "head"):
                pieces.append("\n")
            pieces.append(child.text or "")
            if child.tag in ("p", "item", "head"):
                pieces.append("\n")
            pieces.append(child.tail or "")
        lines.extend(" ".join(line.split()) for line in "".join(pieces).split("\n"))
        if element.tail and element.tail.strip():
            lines.append(" ".join(element.tail.split()))
    return "\n".join(line for line in lines if line)


def _depth(tree: HtmlElement) -> int:
    """How deep the tags are nested, counted without recursion."""
    from lxml import etree

    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def read_page(text: str) -> Page:
    """The article of an HTML page. Its text is empty where the page has none; nothing is fetched."""
    tree = _parse(text)
    if tree is None:
        return Page(None, "", (), (), None)
    metas, data = _metas(tree), _linked_data(tree)
    names = [metas[name] for name in _META_SITES if name in metas]
    if data.get("publisher"):
        names.insert(1 if "og:site_name" in metas else 0, data["publisher"])
    title = next((metas[name] for name in _META_TITLES if name in metas), None) or data.get("headline")
    title = title or _first(tree, "h1") or _first(tree, "title")
    date = next((metas[name] for name in _META_DATES[:2] if name in metas), None) or data.get("date")
    date = date or next((metas[name] for name in _META_DATES if name in metas), None) or _time_tag(tree)
    addresses = _addresses(tree, metas, data)
    body = ""
    if text.count("<") <= _TOO_MANY_TAGS and _depth(tree) <= _TOO_DEEP:
        try:
            body = _extracted(tree)
        except Exception:  # whatever trafilatura or lxml stumbles over, the page's paragraphs are still there
            body = ""
    if not body:
        # trafilatura takes the tree apart: the paragraphs are read from a fresh one.
        tree = _parse(text)
        body = _simple_text(tree) if tree is not None else ""
    elif "\n" not in body and text.count("<figcaption") >= _GALLERY:
        # All of it in one line, as trafilatura gives what it finds no paragraphs in.
        tree = _parse(text)
        body = _captions(tree) if tree is not None else body
    return Page(
        title=_without_site(title, names) if title else None,
        text=body,
        addresses=tuple(addresses),
        site_names=tuple(names),
        date=date,
    )
