"""Briefs as Markdown, HTML, text and JSON: the layout, and that nothing from an article can act."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_briefs import DUTCH, HOSTILE, hostile_page, make_brief
from markdown_it import MarkdownIt

from summarize.articles import Failure
from summarize.briefs import Brief, KeySentence, Section, Source
from summarize.errors import StagebriefError, UsageError
from summarize.events import Grouping, Unassigned
from summarize.facts import Fact
from summarize.rendering import (
    brief_context,
    escape_markdown,
    inert,
    render_briefs,
    render_events,
    write_briefs,
    write_whole,
)


class Page(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def tags_of(page: str) -> list[tuple[str, list[str]]]:
    return [(tag, sorted(attributes)) for tag, attributes in Page(page).tags]


# --- the layout -------------------------------------------------------------------------------------------------------


def test_markdown_reads_like_a_page() -> None:
    page = render_briefs([make_brief()], "md")
    assert page.startswith(
        "# Tour de France 2023, stage 12: Ion Izagirre wins\n"
        "\n"
        "Thursday 13 July 2023\n"
        "\n"
        "- **Winner:** Ion Izagirre *(agreed: dekopgroep.example, en.txt)*\n"
        "- **Second:** Mathieu Burgaudeau *(one source: en.txt)*\n"
        "- **Winning margin:** 58 seconds *(one source: dekopgroep.example)*\n"
        "- **Distance:** 168.8 km *(race calendar; the sources disagree, see below)*\n"
        "- **Start:** Roanne *(race calendar)*\n"
    )
    assert "\n## The result\n\n- Ion Izagirre wins the twelfth stage" in page
    assert "*(dekopgroep.example, translated from Dutch; also: pressdesk.example)*\n" in page
    assert "[Izagirre soleert naar ritzege](<https://dekopgroep.example/a?b=1&c=2>)" in page
    assert "javascript:" not in page


def test_disagreement_names_every_value_and_its_source() -> None:
    page = render_briefs([make_brief()], "md")
    block = page.split("## Where the sources disagree\n")[1].split("\n## ")[0]
    assert "- **Distance** (race calendar: 168.8 km)\n" in block
    assert "169 km" not in block  # a rounding of what the calendar has
    assert "  - 189 km: Five climbs" in block


@pytest.mark.parametrize("format", ["md", "html", "txt"])
def test_overtaken_claim_is_shown_as_such(format: str) -> None:
    page = render_briefs([make_brief()], format)
    block = re.split("overtaken by later reports", page, flags=re.I)[1]
    assert "Matteo Jorgenson" in block and "Ion Izagirre" in block
    assert "Matteo Jorgenson" not in re.split("overtaken by later reports", page, flags=re.I)[0]


@pytest.mark.parametrize("format", ["md", "html", "txt"])
def test_suspect_translation_is_marked_and_its_original_shown(format: str) -> None:
    page = render_briefs([make_brief()], format)
    assert "Check the translation: a number differs from the original." in page
    assert "Hij passeerde de streep op 6 km." in page


def test_text_is_wrapped_and_has_no_markup() -> None:
    page = render_briefs([make_brief()], "txt", unassigned=[Unassigned("a/b.txt", "no stage " * 30)], explain=True)
    assert [line for line in page.splitlines() if len(line) > 76 and "https://" not in line] == []
    assert not re.search(r"[*#<>_`]|&\w+;", page.replace("_", ""))
    assert "Distance:        168.8 km (race calendar; the sources disagree, see below)\n" in page


def test_sentences_of_one_quotation_are_one_item() -> None:
    first = KeySentence('"We waited.', '"We wachtten.', "nl", "in/nl.html", None, 0.5, also=("in/wire.json",))
    second = replace(
        first, text='Then we went," he said.', original='Toen gingen we," zei hij.', continues=True, also=()
    )
    brief = make_brief(sections=(Section("reactions", (first, second)),))
    page = render_briefs([brief], "md")
    assert '- "We waited. Then we went," he said. *(dekopgroep.example, translated from Dutch; also:' in page
    assert html.escape('"We wachtten. Toen gingen we," zei hij.').replace("&quot;", "&#34;") in render_briefs(
        [brief], "html"
    )
    # JSON keeps them apart: each stands word for word in its article.
    assert len(json.loads(render_briefs([brief], "json"))["briefs"][0]["sections"][0]["sentences"]) == 2


def test_two_articles_of_one_outlet_are_told_apart() -> None:
    brief = make_brief()
    sources = tuple(replace(source, outlet="nos.example") for source in brief.sources)
    page = render_briefs([replace(brief, sources=sources)], "md")
    assert "*(agreed: nos.example (1), nos.example (2))*" in page
    assert "- Izagirre wins, nos.example (2) (English, report, en.txt)\n" in page


@pytest.mark.parametrize("format", ["md", "html", "txt"])
def test_explain_says_why(format: str) -> None:
    assert "centrality 0.80" not in render_briefs([make_brief()], format)
    page = render_briefs([make_brief()], format, explain=True)
    assert "centrality 0.80, facts 1.00" in page
    assert "Izagirre won the stage." in page
    assert "tells Winner, Distance" in page


@pytest.mark.parametrize("format", ["md", "html", "txt"])
def test_no_brief_and_left_out_files_are_said(format: str) -> None:
    left = [Unassigned(f"in/{n}.txt", "no cycling stage found") for n in range(25)]
    page = render_briefs([], format, unassigned=left, failed=[Failure("x.bin", "binary")])
    assert "No stage brief" in page
    assert "0.txt: no cycling stage found" in page
    assert "and 6 more" in page


def test_several_briefs_make_one_document() -> None:
    other = make_brief(headline="Another headline")
    assert render_briefs([make_brief(), other], "md").count("\n---\n") == 1
    page = Page(render_briefs([make_brief(), other], "html"))
    identifiers = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    assert ("a", {"href": "#2"}) in page.tags


@pytest.mark.parametrize(
    ("fact", "value", "shown"),
    [
        ("distance_km", 168.84, "168.8 km"),
        ("distance_km", 21, "21 km"),
        ("margin", 64, "1:04"),
        ("gc_gap", 9.6, "0:10"),
        ("gc_gap", 3723, "1:02:03"),
        ("gc_gap", "same time", "same time"),
        ("next_stage", 13, "13"),
        ("next_stage", "Stage 13, 2023-07-31", "Stage 13, Monday 31 July 2023"),
        ("next_stage", "Stage 13, 2023-02-30", "Stage 13, 2023-02-30"),
    ],
)
def test_values_carry_their_units(fact: str, value: str | int | float, shown: str) -> None:
    page = render_briefs([make_brief(facts={fact: Fact(fact, value, "official")}, disagreements=())], "txt")
    assert f" {shown} (race calendar)\n" in page


# --- HTML -------------------------------------------------------------------------------------------------------------


def test_page_is_self_contained_under_its_own_policy() -> None:
    text = render_briefs([make_brief()], "html", explain=True)
    page = Page(text)
    style = text.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(a["content"] for t, a in page.tags if t == "meta" and "http-equiv" in a)
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style and "@import" not in style
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _ in page.tags}
    assert not {"src", "style"} & {name for _, attributes in page.tags for name in attributes}
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert links == ["#disagree-1", "https://dekopgroep.example/a?b=1&c=2"]


def test_page_has_its_landmarks_and_languages() -> None:
    text = render_briefs([make_brief()], "html")
    page = Page(text)
    assert ("html", {"lang": "en"}) in page.tags
    assert [tag for tag, _ in page.tags if tag in ("main", "article", "h1", "table", "caption")] == [
        "main", "article", "h1", "table", "caption",
    ]  # fmt: skip
    headers = [attributes for tag, attributes in page.tags if tag == "th"]
    assert headers and all(attributes == {"scope": "row"} for attributes in headers)
    identifiers = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    labels = {attributes["aria-labelledby"] for _, attributes in page.tags if "aria-labelledby" in attributes}
    assert labels and labels <= identifiers
    assert f'<details><summary>translated from Dutch</summary><p lang="nl">{DUTCH}</p></details>' in text


# --- nothing from an article acts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_markup_to_html(text: str) -> None:
    page = hostile_page(text, "html")
    parsed = Page(page)
    assert tags_of(page) == tags_of(hostile_page("harmless", "html"))
    assert inert(text) in "".join(parsed.texts)
    links = [str(attributes["href"]) for tag, attributes in parsed.tags if tag == "a"]
    assert all(link.startswith(("#", "https://a.example/")) for link in links)
    assert not re.search(r'[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"<>]', "".join(links))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_no_markup_to_markdown(text: str) -> None:
    def shape(page: str) -> list[str]:
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)
        inline = [child.type for token in tokens for child in token.children or () if child.type != "text"]
        return [token.type for token in tokens] + inline

    page = hostile_page(text, "md")
    assert shape(page) == shape(hostile_page("harmless", "md"))
    rendered = MarkdownIt("commonmark").render(page)
    assert inert(text) in "".join(Page(rendered).texts)


@pytest.mark.parametrize("format", ["md", "html", "txt", "json"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_character_reaches_the_terminal(text: str, format: str) -> None:
    page = hostile_page(text, format)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", page)


@given(st.one_of(st.text(), st.text("\\`*_[]<>{}~|$^&#;:.!()+-=1a \"'/w", max_size=12)))
@settings(max_examples=200, deadline=None)
def test_markdown_shows_any_text_as_it_stands(text: str) -> None:
    text = inert(text)
    for line in ("{}", "- {}", "# x {}", "- **x:** {}", "- {} *(x)*"):
        tokens = MarkdownIt("commonmark").parse(line.format(escape_markdown(text)))
        content = "".join(child.content for token in tokens if token.type == "inline" for child in token.children or ())
        # Markdown ends a line where white space does; what is not ASCII white space inert() has made a plain space.
        assert " ".join(content.split()) == " ".join(line.strip("-#* ").replace("*", "").format(text).split())


def test_markdown_of_a_file_name_stays_readable() -> None:
    assert escape_markdown("000_cd72f728.txt, _a_ b_") == r"000_cd72f728.txt, \_a\_ b\_"


def test_left_out_control_characters_leave_the_words() -> None:
    assert inert(" a\x00b \u202ec\nd\x1b[0m ") == "ab c d[0m"


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_json_is_what_the_contract_says() -> None:
    text = render_briefs(
        [make_brief()], "json", unassigned=[Unassigned("b.txt", "no stage")], failed=[Failure("c.bin", "binary")]
    )
    document = json.loads(text)
    assert list(document) == ["briefs", "unassigned", "failed"]
    assert document["unassigned"] == [{"path": "b.txt", "reason": "no stage"}]
    assert document["failed"] == [{"path": "c.bin", "error": "binary"}]
    (brief,) = document["briefs"]
    assert list(brief) == ["event", "headline", "facts", "sections", "disagreements", "sources"]
    assert brief["event"] == {
        "id": "tour-de-france-2023-stage-12",
        "race": "Tour de France",
        "edition": 2023,
        "stage": 12,
        "date": "2023-07-13",
    }
    assert brief["facts"]["distance_km"]["value"] == 168.8
    assert brief["facts"]["distance_km"]["status"] == "official"
    assert [claim["value"] for claim in brief["facts"]["distance_km"]["claims"]] == [169, 189]
    assert list(brief["facts"]["distance_km"]["claims"][0]) == ["value", "path", "sentence"]
    assert brief["facts"]["winner"]["claims"][2]["overtaken"] is True
    assert [section["name"] for section in brief["sections"]] == ["result", "race", "next"]
    assert brief["sections"][1]["sentences"][0] == {
        "text": "Over 169 kilometres the race went from one wine village to the next.",
        "original": None,
        "language": "en",
        "path": "in/wire.json",
        "outlet": "pressdesk.example",
        "score": 0.6123,
    }
    assert brief["disagreements"] == [{"fact": "distance_km", "claims": brief["facts"]["distance_km"]["claims"]}]
    assert brief["sources"][1] == {
        "path": "in/en.txt", "title": "Izagirre wins", "outlet": None, "published": None, "language": "en",
    }  # fmt: skip


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\ud800" not in text])
def test_json_keeps_the_text_word_for_word(text: str) -> None:
    (brief,) = json.loads(hostile_page(text, "json"))["briefs"]
    assert brief["sections"][0]["sentences"][0]["text"] == text


# --- the user's own template ------------------------------------------------------------------------------------------


def own(tmp_path: Path, text: str, format: str = "txt", name: str = "own.j2") -> str:
    template = tmp_path / name
    template.write_text(text, encoding="utf-8")
    return render_briefs([make_brief()], format, template=template)


def test_own_template_gets_the_documented_context(tmp_path: Path) -> None:
    text = own(
        tmp_path, "{% for b in briefs %}{{ b.headline }}|{{ b.day }}|{{ b.facts[0].said_by|join('+') }}{% endfor %}"
    )
    assert text == "Tour de France 2023, stage 12: Ion Izagirre wins|Thursday 13 July 2023|dekopgroep.example+en.txt"


def test_context_is_what_its_documentation_names() -> None:
    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | set().union(*map(names, value.values()), set())
        return set().union(*map(names, value), set()) if isinstance(value, list) else set()

    documented = set(re.findall(r"`([a-z_]+)`", brief_context.__doc__ or ""))
    assert names(brief_context(make_brief())) <= documented


def test_own_template_is_escaped_for_its_format(tmp_path: Path) -> None:
    (tmp_path / "own.j2").write_text("{{ briefs[0].headline }}", encoding="utf-8")
    brief = make_brief(headline="<b>*x*</b>")
    assert render_briefs([brief], "html", template=tmp_path / "own.j2") == "&lt;b&gt;*x*&lt;/b&gt;"
    assert render_briefs([brief], "md", template=tmp_path / "own.j2") == r"\<b\>\*x\*\</b\>"


def test_own_template_can_include_its_neighbours_and_extend_ours(tmp_path: Path) -> None:
    (tmp_path / "part.j2").write_text("part", encoding="utf-8")
    assert own(tmp_path, "{% include 'part.j2' %}!") == "part!"
    assert "Ion Izagirre" in own(tmp_path, "{% include 'stagebrief/briefs.txt.j2' %}")
    with pytest.raises(UsageError):
        own(tmp_path, "{% include '../secret' %}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ok\n{% for %}", "line 2"),
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{{ briefs[0].nothing }}", "nothing"),
        ("{{ ''.__class__.__mro__ }}", "may not"),
        ("{{ briefs.append(1) }}", "may not"),
        ("{{ 1 / 0 }}", "does not work"),
        ("{{ range(10 ** 9) | list }}", "does not work"),
        ("{{ 'a' | nofilter }}", "nofilter"),
    ],
)
def test_mistakes_in_a_template_are_told(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        own(tmp_path, text)


def test_missing_template_and_wrong_format_are_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read the template"):
        render_briefs([], "md", template=tmp_path / "none.j2")
    with pytest.raises(UsageError, match="JSON"):
        render_briefs([], "json", template=tmp_path / "none.j2")
    with pytest.raises(UsageError, match="pdf"):
        render_briefs([], "pdf")
    (tmp_path / "latin.j2").write_bytes("é".encode("cp1252"))
    with pytest.raises(UsageError, match="UTF-8"):
        render_briefs([], "md", template=tmp_path / "latin.j2")


# --- files ------------------------------------------------------------------------------------------------------------


def event_on(day: date | None, id: str, source: str = "in/a.txt") -> Brief:
    brief = make_brief(headline=f"Headline of {id}")
    return replace(
        brief, event=replace(brief.event, id=id, date=day), sources=(Source(source, None, None, None, "en", "report"),)
    )


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_one_file_per_event_and_an_index_by_day(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "briefs"
    briefs = [event_on(date(2023, 7, 13), "b"), event_on(date(2023, 7, 12), "a", "x"), event_on(None, "c", "y")]
    changed = write_briefs(briefs, folder, "md", unassigned=[Unassigned("z.txt", "no stage")])
    assert written(folder) == ["a.md", "b.md", "c.md", "index.json", "index.md"]
    assert sorted(path.name for path in changed) == written(folder)
    assert (folder / "index.md").read_text(encoding="utf-8") == (
        "# Stage briefs\n\n## Thursday 13 July 2023\n\n- [Headline of b](<b.md>)\n\n"
        "## Wednesday 12 July 2023\n\n- [Headline of a](<a.md>)\n\n"
        "## Day unknown\n\n- [Headline of c](<c.md>)\n\n"
        "## In no brief\n\n- z.txt: no stage\n"
    )
    assert (folder / "a.md").read_text(encoding="utf-8") == render_briefs([briefs[1]], "md")


def test_second_run_writes_only_what_changed(tmp_path: Path) -> None:
    one, two = event_on(date(2023, 7, 13), "one"), event_on(date(2023, 7, 14), "two", "x")
    write_briefs([one, two], tmp_path, "html")
    before = {path.name: path.stat() for path in tmp_path.iterdir()}
    assert write_briefs([one, two], tmp_path, "html") == ()
    assert {path.name: path.stat().st_ino for path in tmp_path.iterdir()} == {n: s.st_ino for n, s in before.items()}
    changed = write_briefs([one, replace(two, facts={})], tmp_path, "html")
    assert [path.name for path in changed] == ["two.html"]


def test_index_keeps_earlier_days_and_drops_what_has_moved(tmp_path: Path) -> None:
    write_briefs([event_on(date(2023, 7, 12), "a", "day1.txt")], tmp_path, "md")
    write_briefs([event_on(None, "unknown", "day2.txt")], tmp_path, "md")
    assert written(tmp_path) == ["a.md", "index.json", "index.md", "unknown.md"]
    write_briefs([event_on(date(2023, 7, 13), "b", "day2.txt")], tmp_path, "md")
    assert written(tmp_path) == ["a.md", "b.md", "index.json", "index.md"]
    index = (tmp_path / "index.md").read_text(encoding="utf-8")
    assert index.index("b.md") < index.index("a.md")
    (tmp_path / "a.md").unlink()
    write_briefs([event_on(date(2023, 7, 13), "b", "day2.txt")], tmp_path, "md")
    assert "a.md" not in (tmp_path / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "index",
    [b"", b"[]", b'{"briefs": 3}', b'{"briefs": [{"file": "../../x.md"}, 3, null]}', b"\xff", b'{"briefs": [[]]}',
     b'{"briefs": [{"id": "x", "file": "old.md", "headline": "h", "date": "x", "sources": []}]}'],
)  # fmt: skip
def test_broken_index_is_replaced(tmp_path: Path, index: bytes) -> None:
    (tmp_path / "old.md").write_text("old", encoding="utf-8")
    (tmp_path / "index.json").write_bytes(index)
    write_briefs([event_on(None, "b")], tmp_path, "md")
    assert [e["file"] for e in json.loads((tmp_path / "index.json").read_text("utf-8"))["briefs"]] == ["b.md"]
    assert (tmp_path / "old.md").read_text(encoding="utf-8") == "old"


def test_json_files_have_the_shape_of_the_whole_output(tmp_path: Path) -> None:
    brief = event_on(date(2023, 7, 13), "b")
    write_briefs([brief], tmp_path, "json")
    assert written(tmp_path) == ["b.json", "index.json"]
    assert json.loads((tmp_path / "b.json").read_text("utf-8")) == json.loads(render_briefs([brief], "json"))


@pytest.mark.parametrize("id", ["../../etc/passwd", "index", "CON", "", "a/b", ".hidden", "x" * 500, "\x1b[31m", "Ünï"])
def test_event_ids_make_safe_file_names(tmp_path: Path, id: str) -> None:
    folder = tmp_path / "out"
    write_briefs([event_on(None, id), event_on(None, id.upper(), "other.txt")], folder, "md")
    names = written(folder)
    assert len(names) == 4 and "index.md" in names
    assert all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,125}\.(md|json)", name) for name in names)
    assert "con.md" not in map(str.lower, names)
    assert written(tmp_path) == ["out"]


def test_write_that_fails_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(StagebriefError, match=r"cannot write .*a\.md"):
        write_whole(tmp_path / "a.md", "text")
    assert written(tmp_path) == ["a.md"]
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(StagebriefError, match="cannot write"):
        write_briefs([event_on(None, "b")], tmp_path / "file", "md")


def test_write_cut_short_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "a.md", "old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StagebriefError, match="No space left on device"):
        write_whole(tmp_path / "a.md", "new")
    assert written(tmp_path) == ["a.md"]
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "old"


# --- events -----------------------------------------------------------------------------------------------------------


def test_events_as_a_table_and_as_json() -> None:
    grouping = Grouping((make_brief().event,), (Unassigned("in/b.txt", "no cycling stage found"),))
    table = render_events(grouping, "table", failed=[Failure("c.bin", "not text")])
    assert table.splitlines() == [
        "tour-de-france-2023-stage-12  2023-07-13",
        "  report  nl  in/nl.html    Izagirre soleert naar ritzege",
        "  report  en  in/en.txt     Izagirre wins",
        "  report  en  in/wire.json  Wire",
        "  because stage 12",
        "",
        "in no event",
        "  in/b.txt  no cycling stage found",
        "  c.bin     not text",
        "",
        "1 events, 3 articles; 2 in no event",
    ]
    document = json.loads(render_events(grouping, "json", failed=[Failure("c.bin", "not text")]))
    assert document["events"][0]["articles"][0] == {
        "path": "in/nl.html", "title": "Izagirre soleert naar ritzege", "language": "nl", "kind": "report",
    }  # fmt: skip
    assert document["unassigned"] == [{"path": "in/b.txt", "reason": "no cycling stage found"}]
    assert document["failed"] == [{"path": "c.bin", "error": "not text"}]
    with pytest.raises(UsageError):
        render_events(grouping, "xml")
