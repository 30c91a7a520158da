"""Finding and reading articles: formats, encodings, metadata, and what cannot be read."""

from __future__ import annotations

import codecs
import contextlib
import io
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.articles import Article, Failure
from summarize.dates import find_date, parse_date
from summarize.decoding import UnreadableError, decode
from summarize.markdown import read_markdown
from summarize.reading import MAX_BYTES, InputFile, find_inputs, read, read_file, read_stream

BODY = "Jan Jansen won the third stage in Ghent.\nHe beat José Pérez by half a wheel – and by luck."
DUTCH = "Één Sloveen kreeg de trui: „Mooi”, zei hij. De koers over de Côte was zwaar."


def one(path: Path) -> Article:
    (article,) = read([path])
    assert isinstance(article, Article), article
    return article


def failure(path: Path) -> Failure:
    (found,) = read([path])
    assert isinstance(found, Failure), found
    return found


# Finding


def test_folders_are_searched_recursively_in_a_fixed_order_and_other_files_counted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sub/c.JSON", "sub/deep/d.jsonl", "x.pdf", "sub/y.docx", ".git/e.txt", ".f.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    inventory = find_inputs([tmp_path])
    assert [file.path for file in inventory.files] == [
        f"{tmp_path}/{name}" for name in ("a.html", "b.txt", "sub/c.JSON", "sub/deep/d.jsonl")
    ]
    assert [file.kind for file in inventory.files] == ["html", "text", "json", "jsonl"]
    assert inventory.skipped == 3  # x.pdf, y.docx, .f.txt; what is in .git is not even looked at
    assert not inventory.failures


def test_a_path_comes_as_the_user_named_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.txt").write_text("x")
    monkeypatch.chdir(tmp_path)
    assert [file.path for file in find_inputs(["inbox"]).files] == ["inbox/a.txt"]
    assert [file.path for file in find_inputs(["./inbox/a.txt"]).files] == ["./inbox/a.txt"]


def test_a_file_named_twice_comes_once_where_it_was_first_named(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("x")
    inventory = find_inputs([tmp_path / "c.txt", tmp_path, tmp_path / "a.txt", "-", "-"])
    assert [Path(file.path).name for file in inventory.files] == ["c.txt", "a.txt", "b.txt", "-"]


def test_links_that_lead_out_are_not_followed_and_cycles_end(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    inbox = tmp_path / "inbox"
    (inbox / "sub").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.txt").write_text("x")
    (inbox / "own.txt").write_text("x")
    (inbox / "out.txt").symlink_to(outside / "secret.txt")
    (inbox / "outdir").symlink_to(outside)
    (inbox / "sub" / "cycle").symlink_to(inbox)
    (inbox / "again.txt").symlink_to(inbox / "own.txt")
    (inbox / "broken.txt").symlink_to(inbox / "nothing.txt")
    (inbox / "store").mkdir()
    (inbox / "store" / "blob").write_text("x")
    (inbox / "linked.txt").symlink_to(inbox / "store" / "blob")
    inventory = find_inputs([inbox])
    assert [Path(file.path).name for file in inventory.files] == ["linked.txt", "own.txt"]
    # A link that the user names is followed.
    assert [Path(file.path).name for file in find_inputs([inbox / "out.txt"]).files] == ["out.txt"]


def test_named_paths_that_cannot_be_read_are_failures(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.xyz").write_text("x")
    inventory = find_inputs([tmp_path / "none.txt", tmp_path / "pipe.txt", tmp_path / "a.xyz", "a\0b.txt"])
    assert not inventory.files
    assert [found.error.split(";")[0].split(" (")[0] for found in inventory.failures] == [
        "no such file or folder",
        "not a regular file",
        "not an article by its name",
        "not a possible file name",
    ]
    assert [Path(found.path).name for found in inventory.failures][:3] == ["none.txt", "pipe.txt", "a.xyz"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_missing_rights_are_failures(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub").chmod(0)
    try:
        errors = [found.error for found in read([tmp_path]) if isinstance(found, Failure)]
    finally:
        (tmp_path / "sub").chmod(0o700)
    assert errors == ["cannot list this folder: no permission to read it", "no permission to read it"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_odd_file_names_are_read_and_shown_in_text_that_can_be_written(tmp_path: Path) -> None:
    for name in (b"new\nline.txt", b"caf\xe9.txt", "naïve “quote”.txt".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(BODY)
    articles = list(read([tmp_path]))
    assert all(isinstance(article, Article) for article in articles)
    names = [Path(article.path).name for article in articles]
    assert sorted(names) == sorted(["new\nline.txt", "caf\\xe9.txt", "naïve “quote”.txt"])
    "".join(names).encode("utf-8")


def test_a_file_that_vanishes_is_a_failure(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(BODY)
    (found,) = find_inputs([file]).files
    file.unlink()
    assert list(read_file(found)) == [Failure(str(file), "no such file or folder")]


# Encodings


@pytest.mark.parametrize(
    "data",
    [
        DUTCH.encode(),
        codecs.BOM_UTF8 + DUTCH.encode(),
        codecs.BOM_UTF16_LE + DUTCH.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + DUTCH.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + DUTCH.encode("utf-32-le"),
        DUTCH.encode("utf-16-le"),
        DUTCH.encode("utf-16-be"),
        DUTCH.encode("cp1252"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert decode(data) == DUTCH


def test_a_text_glued_from_two_encodings() -> None:
    assert decode("Pogačar. ".encode() + "José’s".encode("cp1252")) == "Pogačar. José’s"


def test_the_charset_of_a_page_counts_unless_it_lies() -> None:
    page = '<html><head><meta charset="{}"></head><body><p>Tadej Pogačar</p></body></html>'
    assert "Pogačar" in decode(page.format("iso-8859-2").encode("iso-8859-2"), html=True)
    assert "Pogačar" in decode(page.format("latin-1").encode("utf-8"), html=True)
    assert "Pogačar" in decode(page.format("utf-16").encode("utf-8"), html=True)
    assert "Pogačar" in decode(page.format("no-such-charset").encode("utf-8"), html=True)
    assert "Pogačar" in decode(page.format("hex").encode("utf-8"), html=True)


@pytest.mark.parametrize("data", [b"%PDF-1.4 text", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04abc", bytes(range(256)) * 40])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="binary"):
        decode(data)


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    for html in (False, True):
        with contextlib.suppress(UnreadableError):
            decode(data, html=html).encode("utf-8")


# Plain text and Markdown


def test_a_first_line_that_looks_like_a_title_is_the_title(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"Jansen wins in Ghent\n\n{BODY}")
    assert (one(file).title, one(file).text) == ("Jansen wins in Ghent", BODY)
    file.write_text(f"Jansen wins in Ghent\n{BODY}")
    assert one(file).title == "Jansen wins in Ghent"


def test_a_first_line_that_is_a_sentence_or_a_credit_is_not(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    for text in (BODY, "Photo: Some Name/Some Agency", "Read more: all about the race"):
        file.write_text(f"{text}\n\n{BODY}")
        assert one(file).title is None
        assert one(file).text.startswith(text.split("\n")[0])


def test_a_title_below_a_section_name_and_a_date(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"Wielrennen\n13 juli 2023, 18:20\nJansen wint in Gent\n\n{BODY}")
    assert one(file).title == "Jansen wint in Gent"
    assert one(file).text.endswith(BODY)


def test_lines_broken_at_one_width_become_paragraphs_again(tmp_path: Path) -> None:
    first = (
        "The stage ended in a sprint of the whole bunch, and Jan\n"
        "Jansen was the fastest of them all, a wheel before the\n"
        "others, who had waited too long for the wind to turn, as\nthey so often do on the roads along this flat coast."
    )
    second = first.replace("sprint", "battle")
    file = tmp_path / "a.txt"
    file.write_text(f"{first}\n\n{second}\n\n{first}\n")
    assert one(file).text.split("\n\n") == [part.replace("\n", " ") for part in (first, second, first)]


def test_markdown_leaves_its_words() -> None:
    text = (
        '---\ntitle: "Front"\ndate: 2023-07-13\n---\n# Head *line*\n\nA **bold** [link](http://x.y/z) and ![pic](a.png)'
        "`code`\nwraps on.\n\n## Section\n\n> quoted words\n\n"
        "- item one\n- item two\n\n* * *\n\nSet\n===\n\nThe snake_case_name stays."
    )
    document = read_markdown(text)
    assert document.front == {"title": "Front", "date": "2023-07-13"}
    assert document.heading == "Head line"
    assert document.text.split("\n") == [
        "A bold link and code wraps on.",
        "quoted words",
        "item one",
        "item two",
        "The snake_case_name stays.",
    ]


def test_a_markdown_file(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text(f"---\nurl: https://www.paper.example/x\ndate: 2023-07-13 18:20\n---\n# Jansen wins\n\n{BODY}\n")
    article = one(file)
    assert (article.title, article.outlet, article.published, article.has_time) == (
        "Jansen wins",
        "paper.example",
        datetime(2023, 7, 13, 18, 20),
        True,
    )
    assert article.text == BODY.replace("\n", " ")


# HTML

PAGE = """<!DOCTYPE html><html><head><title>Jansen wint in Gent | De Krant</title>{head}</head><body>
<nav><a href="/">Home</a></nav><div class="cookie-banner"><p>Wij gebruiken cookies.</p></div>
<article><h1>Jansen wint in Gent</h1>{time}<p>Jan Jansen heeft de derde etappe gewonnen. Hij was in Gent de
snelste van een uitgedund peloton, dat pas in de laatste kilometer weer bij elkaar kwam na een dag vol waaiers.</p>
<h2>Tweede plaats</h2><p>Piet Pieters werd tweede &amp; blijft leider. &#8216;Ik had de <b>benen</b>&#8217;, zei hij
na afloop tegen de verslaggevers die hem bij de streep opwachtten.</p><script>alert("x")</script></article>
<footer>&copy; De Krant</footer></body></html>"""


def page(tmp_path: Path, head: str = "", time: str = "") -> Article:
    file = tmp_path / "a.html"
    file.write_text(PAGE.format(head=head, time=time), encoding="utf-8")
    return one(file)


def test_the_text_of_a_page_is_its_paragraphs(tmp_path: Path) -> None:
    article = page(tmp_path)
    assert article.title == "Jansen wint in Gent"
    assert [line[:30] for line in article.text.split("\n")] == [
        "Jan Jansen heeft de derde etap",
        "Piet Pieters werd tweede & bli",
    ]
    assert "‘Ik had de benen’, zei hij" in article.text


@pytest.mark.parametrize(
    ("head", "time"),
    [
        ('<meta property="article:published_time" content="2023-07-13T18:20:00+02:00">', ""),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "x", '
         '"datePublished": "2023-07-13T18:20:00+02:00"}]}</script>', ""),
        ('<meta itemprop="datePublished" content="2023-07-13T18:20:00+0200">', ""),
        ("", '<time datetime="2023-07-13T18:20:00+02:00">vandaag</time>'),
    ],
)  # fmt: skip
def test_the_date_of_a_page(tmp_path: Path, head: str, time: str) -> None:
    article = page(tmp_path, head, time)
    assert article.published == datetime(2023, 7, 13, 16, 20, tzinfo=UTC)
    assert article.has_time


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ('<link rel="canonical" href="https://www.krant.example/a">', "krant.example"),
        ('<meta property="og:url" content="https://m.krant.example/a">', "krant.example"),
        ('<link rel="canonical" href="/a"><meta property="og:site_name" content="De Krant">', "De Krant"),
        ('<script type="application/ld+json">{"@type": "Article", "publisher": {"name": "De Krant"}}</script>',
         "De Krant"),
        ('<link rel="canonical" href="http://[bad"><meta property="og:site_name" content="www.krant.example">',
         "krant.example"),
        ('<link rel="canonical" href="https://krant\u202e.example/a">', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_outlet_of_a_page(tmp_path: Path, head: str, outlet: str | None) -> None:
    assert page(tmp_path, head).outlet == outlet


def test_the_captions_of_a_page_of_pictures_are_its_text(tmp_path: Path) -> None:
    captions = [
        "The riders roll out of Ghent under a grey sky. Photograph: Reuters",
        "Jan Jansen opens his sprint long before the others do. Photograph: Ann Other/Getty Images",
        "Jansen and Pérez wait side by side for the verdict",
    ]
    figures = "".join(f"<figure><img src='a.jpg'><figcaption>{text}</figcaption></figure>" for text in captions)
    file = tmp_path / "gallery.html"
    file.write_text(f"<html><body><main><article><h1>In pictures</h1>{figures}</article></main></body></html>")
    assert one(file).text.splitlines() == [
        "The riders roll out of Ghent under a grey sky.",
        "Jan Jansen opens his sprint long before the others do.",
        "Jansen and Pérez wait side by side for the verdict",
    ]


def test_a_page_in_which_no_article_is_found_gives_its_paragraphs(tmp_path: Path) -> None:
    file = tmp_path / "a.htm"
    file.write_text("<p>Jan Jansen won the stage.<p>He leads the race now.")
    assert one(file).text == "Jan Jansen won the stage.\nHe leads the race now."


# JSON


def test_a_json_record(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    record = {
        "title": " A\n title ",
        "text": BODY,
        "date": "2023-07-13",
        "hostname": "www.krant.example",
        "url": "u",
        "id": "7",
    }
    file.write_text(json.dumps(record))
    article = one(file)
    assert (article.id, article.path) == (str(file), str(file))
    assert (article.title, article.text, article.outlet, article.url) == ("A title", BODY, "krant.example", "u")
    assert (article.published, article.has_time) == (datetime(2023, 7, 13), False)


@pytest.mark.parametrize(
    ("keys", "outlet"),
    [
        ({"source": "https://www.krant.example/a"}, "krant.example"),
        ({"source-hostname": "De Krant"}, "De Krant"),
        ({"sitename": "De Krant", "url": "https://sport.krant.example/a"}, "sport.krant.example"),
        ({"hostname": None, "sitename": ["x"]}, None),
    ],
)
def test_the_outlet_of_a_record(tmp_path: Path, keys: dict[str, object], outlet: str | None) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"text": BODY, **keys}))
    assert one(file).outlet == outlet


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty file"),
        (" \n ", "empty file"),
        ("{", "invalid JSON: .* (line 1, column 2)"),
        ("[1, 2]", "the JSON is no article"),
        ('{"title": "x"}', 'the JSON has no "text"'),
        ('{"text": 5}', 'the JSON has no "text"'),
        ('{"text": "  "}', "no article text"),
        ("[" * 100_000, "invalid JSON: nested too deeply"),
        ('{"text": "a", "n": ' + "9" * 10_000 + "}", "invalid JSON"),
    ],
)
def test_json_that_is_no_article(tmp_path: Path, content: str, reason: str) -> None:
    file = tmp_path / "a.json"
    file.write_text(content)
    found = failure(file)
    start, _, end = reason.partition(".*")
    assert found.path == str(file) and found.error.startswith(start) and found.error.endswith(end)


def test_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"id": "one", "text": BODY}),
        "",
        json.dumps({"id": 2, "text": BODY}),
        "{oops",
        json.dumps({"text": BODY}),
    ]
    file.write_text("\n".join(lines))
    found = list(read([file]))
    assert [item.path for item in found] == [f"{file}:1", f"{file}:3", f"{file}:4", f"{file}:5"]
    assert [item.id for item in found if isinstance(item, Article)] == ["one", "2", f"{file}:5"]
    assert isinstance(found[2], Failure) and found[2].error.startswith("invalid JSON")


def test_json_lines_are_read_one_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(json.dumps({"id": str(n), "text": BODY}) for n in range(5000)))
    articles = read([file])
    assert next(articles).path == f"{file}:1"
    file.write_text("")  # what comes next was not read ahead beyond a buffer
    assert len(list(articles)) < 4999


# Too large


def test_too_large_files_are_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)
    assert failure(file).error == "too large for an article (more than 20 MB)"


def test_a_too_large_line_of_json_lines_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    record = json.dumps({"text": BODY}).encode()
    file.write_bytes(record + b"\n" + b"x" * (MAX_BYTES + 10) + b"\n" + record)
    first, large, last = read([file])
    assert isinstance(first, Article) and isinstance(last, Article) and last.path == f"{file}:3"
    assert large == Failure(f"{file}:2", "too large for an article (more than 20 MB)")


# Standard input


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (BODY.encode(), [BODY]),
        (json.dumps({"text": BODY}).encode(), [BODY]),
        (json.dumps({"text": BODY}, indent=1).encode(), [BODY]),
        (codecs.BOM_UTF8 + b"\n" + json.dumps({"text": BODY}).encode() + b"\n\n", [BODY]),
        (
            b"\n".join(json.dumps({"text": text}).encode() for text in ("a b.", "c d.", "e f.")),
            ["a b.", "c d.", "e f."],
        ),
        (b"<!DOCTYPE html><p>Jan Jansen won the stage.</p>", ["Jan Jansen won the stage."]),
        (b"\n  <html><p>Jan Jansen won the stage.</p>", ["Jan Jansen won the stage."]),
        (b"{curly} start of a text.", None),
    ],
)
def test_the_format_of_standard_input_is_guessed(data: bytes, texts: list[str] | None) -> None:
    found = list(read(["-"], io.BytesIO(data)))
    if texts is None:
        assert isinstance(found[0], Failure)
    else:
        assert [item.text for item in found if isinstance(item, Article)] == texts
        assert {item.path.partition(":")[0] for item in found} == {"-"}


def test_empty_and_endless_standard_input() -> None:
    assert list(read(["-"], io.BytesIO(b""))) == [Failure("-", "empty file")]

    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            buffer[:] = b"a" * len(buffer)
            return len(buffer)

    (found,) = read_stream(io.BufferedReader(Endless()))
    assert isinstance(found, Failure) and "too large" in found.error


# Dates


@pytest.mark.parametrize(
    ("text", "expected", "has_time"),
    [
        ("2019-06-02T16:52:16+02:00", "2019-06-02T16:52:16+02:00", True),
        ("2019-06-02T16:52:16.123Z", "2019-06-02T16:52:16+00:00", True),
        ("2020-09-02-22-36-49", "2020-09-02T22:36:49", True),
        ("2019-06-02 16:52", "2019-06-02T16:52:00", True),
        ("2019-06-02T00:00:00", "2019-06-02T00:00:00", False),
        ("20190602", "2019-06-02T00:00:00", False),
        (20190602, "2019-06-02T00:00:00", False),
        (1559494336, "2019-06-02T16:52:16+00:00", True),
        (1559494336000, "2019-06-02T16:52:16+00:00", True),
        ("Sun, 02 Jun 2019 16:52:16 GMT", "2019-06-02T16:52:00+00:00", True),
        ("2 juni 2019", "2019-06-02T00:00:00", False),
        ("zondag 2 juni 2019 om 16:52", "2019-06-02T16:52:00", True),
        ("June 2nd, 2019", "2019-06-02T00:00:00", False),
        ("02-06-2019 16:52", "2019-06-02T16:52:00", True),
        ("13/7/2023", "2023-07-13T00:00:00", False),
    ],
)
def test_dates(text: object, expected: str, has_time: bool) -> None:
    found, timed = parse_date(text)
    assert found is not None and found.isoformat() == expected and timed is has_time


@pytest.mark.parametrize("value", ["", "yesterday", "2019-13-45", "7/4/2019", None, True, [], 12, 1e300, "9" * 500])
def test_what_is_no_date(value: object) -> None:
    assert parse_date(value) == (None, False)


@given(st.one_of(st.text(max_size=60), st.integers(), st.floats()))
def test_any_value_is_a_date_or_none(value: object) -> None:
    found, has_time = parse_date(value)
    assert found is not None or not has_time


def test_a_line_that_gives_a_date() -> None:
    assert find_date("Published: 8 May 2025 20:30 CEST")[0] == datetime(2025, 5, 8, 20, 30)
    assert find_date("13 juli 2024 om 17:55")[0] == datetime(2024, 7, 13, 17, 55)
    assert find_date("The Tour that began on 8 May 2025 was his first")[0] is None


# Real files


def test_all_development_articles_are_read_with_their_metadata(shared: Path) -> None:
    gold = {item["file"]: item for item in json.loads((shared / "cycling/dev/gold.json").read_text(encoding="utf-8"))}
    articles = list(read([shared / "cycling/dev/articles"]))
    assert len(articles) == len(gold)
    for article in articles:
        assert isinstance(article, Article), article
        expected = gold[Path(article.path).name]
        assert article.title == " ".join(expected["title"].split())
        if article.path.endswith((".html", ".json")):
            assert article.outlet == expected["outlet"]
            assert article.published is not None
            assert f"{article.published:%Y-%m-%d}" in expected["published"]


def test_reading_is_deterministic(shared: Path) -> None:
    paths = [shared / "seeds", shared / "cycling/dev/articles"]
    assert list(read(paths)) == list(read(paths))


def test_an_input_file_and_an_article_can_be_sent_to_another_process(tmp_path: Path) -> None:
    import pickle

    file = tmp_path / "a.txt"
    file.write_text(BODY)
    found = InputFile(str(file), file, "text")
    assert pickle.loads(pickle.dumps(found)) == found
    article = one(file)
    assert pickle.loads(pickle.dumps(article)) == article
