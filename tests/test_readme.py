"""The README's examples work as they stand there."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from readme_brief import BEGIN, DAY, END, shorten
from typer.testing import CliRunner

from cli import app
from summarize.facts import FACTS


@pytest.fixture(scope="session")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def blocks(readme: str, language: str, heading: str) -> list[str]:
    section = readme.split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(rf"```{language}\n(.*?)```", section, re.S)


def run(arguments: list[str]) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments, prog_name="stagebrief")
    return result.exit_code, result.stdout


def commands(readme: str) -> list[list[str]]:
    (block,) = blocks(readme, "sh", "## Use")
    return [shlex.split(line, comments=True) for line in block.splitlines() if line]


def test_every_shell_example_runs(readme: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seeds").symlink_to(root / "seeds")
    monkeypatch.chdir(tmp_path)
    examples = commands(readme)
    assert len(examples) >= 8
    for name, *arguments in examples:
        assert name == "stagebrief"
        code, out = run(arguments)
        assert code == 0, arguments
        assert bool(out) is ("-o" not in arguments), arguments
    assert (tmp_path / "briefs" / "index.html").is_file()


def test_commands_of_the_table_exist(readme: str) -> None:
    (table,) = re.findall(r"\n\| command \| does \|\n\| --- \| --- \|\n((?:\|.*\n)+)", readme)
    named = re.findall(r"^\| `(\w+)` ", table, re.M)
    _, help = run(["--help"])
    assert len(named) == 6 and all(re.search(rf"\b{name}\b", help) for name in named)


def test_python_example_runs(readme: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    (example,) = blocks(readme, "python", "### From Python")
    scope: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), scope)
    assert scope["result"]


def test_json_is_as_the_readme_says(readme: str, root: Path) -> None:
    (example,) = blocks(readme, "json", "### For scripts")
    shown = json.loads(example)
    code, out = run(["brief", str(root / "seeds"), "-f", "json"])
    assert code == 0
    written = json.loads(out)

    def shape(value: object, like: object) -> None:
        """The example's keys are there, and its lists hold what the output's lists hold."""
        assert isinstance(value, type(like)) or value is None or like is None
        if isinstance(like, dict) and isinstance(value, dict):
            assert set(like) <= set(value)
            for key in like:
                shape(value[key], like[key])
        elif isinstance(like, list) and isinstance(value, list) and like:
            for item in value:
                shape(item, like[0])

    shape(written, shown)
    assert any(item["fact"] == "distance_km" for brief in written["briefs"] for item in brief["disagreements"])
    for name in re.findall(r"`([a-z_]+)`", readme.split("Facts, where known: ")[1].split(". Their")[0]):
        assert name in FACTS


def test_template_example_renders(readme: str, root: Path, tmp_path: Path) -> None:
    (example,) = blocks(readme, "jinja", "### Your own page")
    (tmp_path / "own.j2").write_text(example, encoding="utf-8")
    code, out = run(["brief", str(root / "seeds"), "--template", str(tmp_path / "own.j2"), "-f", "txt"])
    assert code == 0
    assert "Saturday 13 July 2024: Tour de France 2024, stage 14: Tadej Pogacar wins\n" in out


def test_brief_in_the_readme_is_what_comes_out(readme: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    shown = readme.split(BEGIN)[1].split(END)[0]
    _, out = run(["brief", "seeds/", "--date", DAY])
    assert shown == shorten(out), "run: python tests/readme_brief.py"
    assert "### Where the sources disagree" in shown and len(shown.splitlines()) > 20


def test_setup_commands_name_files_that_are_there(readme: str, root: Path) -> None:
    lines = re.findall(r"^python3 -m venv .*$", readme, re.M)
    assert len(lines) == 2
    assert lines[0].endswith("&& .venv/bin/stagebrief brief seeds/")
    assert lines[1].endswith("&& .venv/bin/pytest")
    for line in lines:
        assert "-c constraints.txt -e" in line
    for name in ("constraints.txt", "pyproject.toml", "LICENSE", "CONTRIBUTING.md", "benchmarks", "seeds"):
        assert (root / name).exists()
