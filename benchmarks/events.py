"""Measure grouping and facts against labelled articles: python benchmarks/events.py ARTICLES GOLD SCORER

Writes the contract's `events` and `briefs` JSON (facts only) for a folder of articles and runs the scorer on them, with
the calendar and without, with renamed files, in shuffled order, and with half the articles taken away.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from summarize.agreement import settle
from summarize.articles import Article, Failure
from summarize.calendar import Calendar
from summarize.events import Grouping, group
from summarize.preparing import prepare
from summarize.reading import read


def load(paths: list[str]) -> tuple[list[Article], list[Failure]]:
    """Prepared articles and what failed."""
    done: list[Article] = []
    failed: list[Failure] = []
    for article in read(paths):
        result = prepare(article) if isinstance(article, Article) else article
        if isinstance(result, Failure):
            failed.append(result)
        else:
            done.append(result)
    return done, failed


def events_json(grouping: Grouping, failed: list[Failure]) -> dict[str, Any]:
    """The contract's `events -f json`."""
    return {
        "events": [
            {
                "id": e.id,
                "race": e.race,
                "edition": e.edition,
                "stage": e.stage,
                "date": e.date.isoformat() if e.date else None,
                "evidence": list(e.evidence),
                "articles": [
                    {"path": m.article.path, "title": m.article.title, "language": m.article.language, "kind": m.kind}
                    for m in e.articles
                ],
            }
            for e in grouping.events
        ],
        "unassigned": [{"path": u.path, "reason": u.reason} for u in grouping.unassigned],
        "failed": [{"path": f.path, "error": f.error} for f in failed],
    }


def briefs_json(grouping: Grouping) -> dict[str, Any]:
    """The contract's `brief -f json` with facts and sources, and no sections."""
    briefs = []
    for e in grouping.events:
        facts = {
            name: {
                "value": f.value,
                "status": f.status,
                "claims": [
                    {"value": c.value, "path": c.path, "sentence": c.sentence, "overtaken": c.overtaken}
                    for c in f.claims
                ],
            }
            for name, f in settle(e).items()
        }
        briefs.append(
            {
                "event": {
                    "id": e.id,
                    "race": e.race,
                    "edition": e.edition,
                    "stage": e.stage,
                    "date": e.date.isoformat() if e.date else None,
                },
                "headline": "",
                "facts": facts,
                "sections": [],
                "disagreements": [],
                "sources": [{"path": m.article.path, "title": m.article.title} for m in e.articles],
            }
        )
    return {"briefs": briefs, "unassigned": [], "failed": []}


def score(
    scorer: Path, gold: list[dict[str, Any]], grouping: Grouping, failed: list[Failure], folder: Path
) -> tuple[Any, Any]:
    """Both scores of a grouping against labels, as the scorer prints them."""
    with tempfile.TemporaryDirectory() as place:
        there = Path(place)
        (there / "gold.json").write_text(json.dumps(gold))
        (there / "events.json").write_text(json.dumps(events_json(grouping, failed)))
        (there / "briefs.json").write_text(json.dumps(briefs_json(grouping)))
        out = []
        for command in (["events", "gold.json", "events.json"], ["briefs", "gold.json", "briefs.json", str(folder)]):
            run = subprocess.run(
                [sys.executable, str(scorer), *command], cwd=there, capture_output=True, text=True, check=True
            )
            out.append(json.loads(run.stdout))
    return out[0], out[1]


def line(name: str, events: Any, briefs: Any) -> str:
    """One line of figures."""
    named = f"{events['events_with_right_stage_and_edition']}/{events['events_found']} (gold {events['events_gold']})"
    return (
        f"{name:28} B3 {events['b3_all'][2]:.3f} (stage articles {events['b3_stage_articles'][2]:.3f})"
        f"  pairs {events['pair_f']:.3f}"
        f"  mixed {events['events_mixing_stages']}  strays {events['distractors_in_events']}  named {named}"
        f"  facts R {briefs['fact_recall']} P {briefs['fact_precision']}"
    )


def main() -> int:
    """Run everything and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--plain", action="store_true", help="only with and without the calendar")
    parser.add_argument("--wrong", action="store_true", help="show wrong facts and groupings")
    parser.add_argument("--out", type=Path, help="write events and briefs JSON here")
    options = parser.parse_args()
    gold = json.loads(options.gold.read_text())
    articles, failed = load([str(options.articles)])
    for label, calendar in (("with calendar", Calendar.shipped()), ("without calendar", None)):
        start = time.perf_counter()
        grouping = group(articles, calendar)
        seconds = time.perf_counter() - start
        events, briefs = score(options.scorer, gold, grouping, failed, options.articles)
        print(line(label, events, briefs), f" {seconds:.2f} s")
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            name = label.replace(" ", "-")
            (options.out / f"events-{name}.json").write_text(
                json.dumps(events_json(grouping, failed), indent=1, ensure_ascii=False)
            )
            (options.out / f"briefs-{name}.json").write_text(
                json.dumps(briefs_json(grouping), indent=1, ensure_ascii=False)
            )
        if options.wrong:
            print("  ", briefs["facts"])
            for wrong in briefs["wrong"]:
                print("   wrong:", wrong)
            label_of = {g["file"]: g["event"] for g in gold}
            for e in grouping.events:
                found = {label_of.get(Path(m.article.path).name) for m in e.articles}
                if len(found) > 1 or None in found:
                    print(
                        "   mixed:",
                        e.id,
                        sorted(
                            (Path(m.article.path).name, str(label_of.get(Path(m.article.path).name)))
                            for m in e.articles
                        ),
                    )
            where: dict[str, list[str]] = {}
            for e in grouping.events:
                for m in e.articles:
                    where.setdefault(str(label_of.get(Path(m.article.path).name)), []).append(e.id)
            for name, ids in sorted(where.items()):
                if len(set(ids)) > 1:
                    print("   split:", name, sorted(set(ids)))
            for u in grouping.unassigned:
                if label_of.get(Path(u.path).name):
                    print("   left out:", Path(u.path).name, label_of[Path(u.path).name], u.reason)
        if options.plain:
            continue
        for seed in (1, 2, 3):
            chance = random.Random(seed)
            names = [f"{n:04}{Path(a.path).suffix}" for n, a in enumerate(articles)]
            chance.shuffle(names)
            renamed = [replace(a, path=n, id=n) for a, n in zip(articles, names, strict=True)]
            new = {Path(a.path).name: n for a, n in zip(articles, names, strict=True)}
            chance.shuffle(renamed)
            relabelled = [{**g, "file": new[g["file"]]} for g in gold if g["file"] in new]
            print(
                line(
                    f"  renamed, shuffled, seed {seed}",
                    *score(options.scorer, relabelled, group(renamed, calendar), failed, options.articles),
                )
            )
            half = chance.sample(articles, len(articles) // 2)
            kept = {Path(a.path).name for a in half}
            if options.wrong:
                for e in group(half, calendar).events:
                    here = [g for g in gold if g["file"] in {Path(m.article.path).name for m in e.articles}]
                    if any((g["edition"], g["stage"]) != (e.edition, e.stage) for g in here if g["event"]):
                        print("   not named:", e.id, [(g["file"], g["event"]) for g in here])
            print(
                line(
                    f"  half, seed {seed}",
                    *score(
                        options.scorer,
                        [g for g in gold if g["file"] in kept],
                        group(half, calendar),
                        failed,
                        options.articles,
                    ),
                )
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
