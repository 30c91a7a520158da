"""Write the brief in the README anew, shortened, from what the program gives: `python tests/readme_brief.py`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- brief -->\n", "<!-- /brief -->"
DAY = "2021-07-10"
LEFT_OUT_FACTS = re.compile(r"- \*\*(?:Team|Start|Finish|Second overall|Third overall)")


def shorten(brief: str) -> str:
    """A Markdown brief as a quotation, its headings one level lower, with "- …" for every run of lines left out.

    Left out are a few facts, and sentences that were translated: they change with the language package.
    """
    kept: list[str] = []
    section = ""
    for line in brief.split("## In no brief")[0].rstrip().split("\n"):
        if line.startswith("## "):
            section = line
        if "translated from" in line or (not section and LEFT_OUT_FACTS.match(line)):
            dots = re.match(r" *", line)[0] + "- …"  # type: ignore[index]
            if kept[-1] != dots:
                kept.append(dots)
        else:
            kept.append(line)
    return "".join(f"> {'#' if line.startswith('#') else ''}{line}".rstrip() + "\n" for line in kept)


def main() -> None:
    command = [sys.executable, "cli.py", "brief", "seeds/", "--date", DAY]
    brief = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")
    readme = ROOT / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    readme.write_text(f"{before}{BEGIN}{shorten(brief)}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
