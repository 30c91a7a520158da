"""Score the briefs of the labelled articles: grouping, facts, sentences, and closeness to written summaries.

    python benchmarks/briefs.py [--shared ../shared]

Runs the program as a user would, then the scorer that comes with the labelled data, with the calendar and without.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path) -> str:
    """Standard output of a command; exit code 1 (some inputs failed) is no error."""
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr}")
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the labelled data")
    shared = parser.parse_args().shared
    dev, score = shared / "cycling" / "dev", shared / "tools" / "score.py"
    gold, articles = dev / "gold.json", dev / "articles"
    program = [sys.executable, ROOT / "cli.py"]
    with tempfile.TemporaryDirectory() as folder:
        found, briefs = Path(folder, "events.json"), Path(folder, "briefs.json")
        for label, options in (("with calendar", []), ("without calendar", ["--no-calendar"])):
            found.write_text(run(*program, "events", articles, "-f", "json", *options), encoding="utf-8")
            briefs.write_text(run(*program, "brief", articles, "-f", "json", *options), encoding="utf-8")
            print(f"events, {label}:", run(sys.executable, score, "events", gold, found).strip())
            told = json.loads(run(sys.executable, score, "briefs", gold, briefs, articles))
            print(f"briefs, {label}:", json.dumps(told, ensure_ascii=False))
        for words in (130, 250):
            briefs.write_text(
                run(*program, "brief", articles, "-f", "json", "--max-words", str(words)), encoding="utf-8"
            )
            story = run(sys.executable, score, "story", gold, dev / "references.json", briefs)
            print(f"story, at most {words} words:", story.strip())


if __name__ == "__main__":
    main()
