"""Articles by the thousand for the benchmarks, made at run time from the labelled articles beside the checkout.

Nothing of them is kept. Each is made of sentences of real articles in which a part of the names, numbers and words is
replaced by invented ones, so that no two are alike, the vocabulary grows as that of news does, and no cache helps more
than it would in use. In Dutch ones, names are replaced by those of other sentences and words stay: what has to be
translated should be a language. The same arguments give the same articles.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("STAGEBRIEF_SHARED", Path(__file__).resolve().parents[2] / "shared"))
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-zé,] )[A-Z][^\W\d_]{2,}")
_SYLLABLES = ("ba", "den", "ko", "lis", "mar", "no", "per", "ra", "sel", "ti", "ul", "van", "wer", "zo", "gre", "hol")


def _invented(random: random.Random, capital: bool) -> str:
    word = "".join(random.choice(_SYLLABLES) for _ in range(random.randint(2, 4)))
    return word.capitalize() if capital else word


def _changed(sentence: str, random: random.Random, names: list[str]) -> str:
    """The sentence with its numbers and a part of its words replaced: a third of its names by other `names`, or where
    there are none a twentieth of the longer words by invented ones."""

    def word(found: re.Match[str]) -> str:
        text = found[0]
        if names:
            return random.choice(names) if found.start() and text[0].isupper() and random.random() < 0.33 else text
        return _invented(random, text[0].isupper()) if len(text) > 3 and random.random() < 0.05 else text

    changed = _WORD.sub(word, sentence)
    return _NUMBER.sub(lambda m: str(random.randint(1, 10 ** min(len(m[0]), 4))), changed)


_SPACED = (re.compile(r" (?=[.,;:?!%)’]|'s\b|n't\b)"), re.compile(r"(?<=[(‘$£]) "))


def _english() -> list[list[str]]:
    """English news sentences of the labelled sets, article by article."""
    found = []
    for line in (SHARED / "bench" / "cnndm_summeval.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        for pattern in _SPACED:
            text = pattern.sub("", text)
        found.append([s.strip() for s in re.split(r"(?<=[.!?])\s+|\n", text) if len(s.split()) > 4])
    for name in ("flores_dev.en", "ntrex.en"):
        lines = (SHARED / "bench" / "translation" / name).read_text(encoding="utf-8").splitlines()
        found += [lines[start : start + 16] for start in range(0, len(lines), 16)]
    return [sentences for sentences in found if len(sentences) >= 8]


def _dutch() -> list[list[str]]:
    """Dutch sentences of race reports, article by article; the last ones in groups as if they were articles."""
    from summarize.sentences import split

    folder = SHARED / "cycling" / "dev"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    texts = [_body(folder / "articles" / row["file"]) for row in gold if row["lang"] == "nl"]
    found = [[line for part in text.split("\n") for line in split(part, "nl")] for text in texts]
    lines = (SHARED / "bench" / "translation" / "cycling.nl").read_text(encoding="utf-8").splitlines()
    found += [lines[start : start + 20] for start in range(0, len(lines), 20)]
    found = [[line for line in sentences if 4 < len(line.split()) < 40] for sentences in found]
    return [sentences for sentences in found if len(sentences) >= 8]


def articles(count: int, language: str = "en", sentences: int = 20, seed: int = 0) -> Iterator[dict[str, str]]:
    """So many articles of about so many sentences, as records with `id`, `title` and `text`."""
    groups = _english() if language == "en" else _dutch()
    every = [sentence for group in groups for sentence in group]
    names = [] if language == "en" else [word for sentence in every for word in _NAME.findall(sentence)]
    for number in range(count):
        chance = random.Random(f"{seed} {language} {number}")
        group = groups[chance.randrange(len(groups))]
        length = chance.randint(sentences - 5, sentences + 5)
        chosen = [chance.choice(group if chance.random() < 0.7 else every) for _ in range(length)]
        text = [_changed(sentence, chance, names) for sentence in dict.fromkeys(chosen)]
        paragraphs = [" ".join(text[at : at + 3]) for at in range(0, len(text), 3)]
        title = " ".join(_changed(chance.choice(group), chance, names).split()[:9]).rstrip(".,;:")
        yield {"id": f"{language}-{number:06d}", "title": title, "text": "\n\n".join(paragraphs)}


def stages(count: int, language: str = "en", seed: int = 0) -> Iterator[dict[str, str]]:
    """So many articles about stages: the labelled reports in other years and with other names, some four an event."""
    folder = SHARED / "cycling" / "dev"
    gold = [row for row in json.loads((folder / "gold.json").read_text(encoding="utf-8")) if row["lang"] == language]
    texts = [(row, _body(folder / "articles" / row["file"])) for row in gold]
    reports = [(row, text) for row, text in texts if row["event"] and text]
    for number in range(count):
        row, text = reports[number % len(reports)]
        shift = number // len(reports)
        years = re.compile(r"\b20(1[5-9]|2[0-4])\b")
        moved = years.sub(lambda m, shift=shift: str(int(m[0]) + shift), text)
        names = random.Random(f"{seed} {row['event']} {shift}")
        given = {name: _invented(names, True) for name in _people(row) if shift}
        for name, other in given.items():
            moved = moved.replace(name, other)
        yield {
            "id": f"{language}-{number:06d}",
            "title": years.sub(lambda m, shift=shift: str(int(m[0]) + shift), row["title"] or ""),
            "text": moved,
            "date": f"{int(row['published'][:4]) + shift}{row['published'][4:10]}",
            "hostname": row["outlet"],
        }


def _people(row: dict[str, Any]) -> list[str]:
    """Surnames among the facts of an event."""
    facts = row.get("facts") or {}
    names = [facts.get("winner"), facts.get("gc_leader")]
    return sorted({name.split()[-1] for name in names if name})


def _body(file: Path) -> str:
    """The text of a labelled article."""
    from summarize.articles import Article
    from summarize.reading import SUFFIXES, InputFile, read_file

    [article] = read_file(InputFile(str(file), file, SUFFIXES[file.suffix]))
    return article.text if isinstance(article, Article) else ""


def write_folder(folder: Path, records: Iterator[dict[str, str]]) -> int:
    """A text file for each record, the title on its first line; returns how many."""
    number = 0
    for number, record in enumerate(records, 1):
        place = folder / f"{number // 1000:03d}"
        place.mkdir(parents=True, exist_ok=True)
        if set(record) <= {"id", "title", "text"}:
            (place / f"{record['id']}.txt").write_text(f"{record['title']}\n\n{record['text']}\n", encoding="utf-8")
        else:
            (place / f"{record['id']}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return number


def write_lines(file: Path, records: Iterator[dict[str, str]]) -> int:
    """The records as JSON Lines; returns how many."""
    with file.open("w", encoding="utf-8") as lines:
        return sum(bool(lines.write(json.dumps(record, ensure_ascii=False) + "\n")) for record in records)
