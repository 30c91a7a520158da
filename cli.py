"""The `stagebrief` command: options in, results out. What it does lives in `summarize`."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from summarize.errors import ExitCode, StagebriefError, UsageError

app = typer.Typer(
    name="stagebrief",
    help="Many articles about a cycling stage, English and Dutch, become one trustworthy page. Offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain help: rich would take twice as long to load as all the rest.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
models_app = typer.Typer(
    help="Language packages: which are there, install, verify, remove.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(models_app, name="models")


class BriefFormat(StrEnum):
    md = "md"
    html = "html"
    txt = "txt"
    json = "json"


class TextFormat(StrEnum):
    txt = "txt"
    md = "md"
    json = "json"


class EventsFormat(StrEnum):
    table = "table"
    json = "json"


class Method(StrEnum):
    default = "default"
    lead = "lead"
    lexrank = "lexrank"
    textrank = "textrank"
    lsa = "lsa"
    luhn = "luhn"
    kl = "kl"
    sumbasic = "sumbasic"
    edmundson = "edmundson"
    reduction = "reduction"


Paths = Annotated[
    list[str],
    typer.Argument(metavar="PATH...", help="Files, folders (searched recursively), or - for standard input."),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="DIR", help="Write files into this folder.", file_okay=False),
]
Jobs = Annotated[int | None, typer.Option("-j", "--jobs", min=1, help="Processes; all cores unless told.")]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Run on the Dask cluster with this scheduler (needs stagebrief[dask])."),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither read nor write the caches.")]
Package = Annotated[
    Path | None, typer.Option("--package", metavar="FOLDER", help="Use this Argos language package.", file_okay=False)
]
CalendarFile = Annotated[
    list[Path] | None, typer.Option("--calendar", metavar="FILE.csv", help="Add races to the calendar.", dir_okay=False)
]
NoCalendar = Annotated[bool, typer.Option("--no-calendar", help="Use no race calendar at all.")]


def say(message: str) -> None:
    """One line for the person at the terminal, on standard error, with control characters made visible."""
    from summarize.text import printable

    typer.echo(printable(message), err=True)


@functools.cache
def say_interrupted() -> None:
    """Said once, whoever notices the interrupt first."""
    say("stagebrief: interrupted; run the same command again to go on")


def guarded(command: Callable[..., int | None]) -> Callable[..., None]:
    """Turn what a command returns or raises into an exit status and a message without a traceback."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        from summarize.interrupts import catch_interrupts

        catch_interrupts(say_interrupted)
        try:
            code = command(*args, **kwargs)
        except StagebriefError as error:
            say(f"stagebrief: {error}")
            code = error.exit_code
        except KeyboardInterrupt:
            say_interrupted()
            code = ExitCode.INTERRUPTED
        except BrokenPipeError:
            # The reader of our output has gone, as `head` does: nothing more to say.
            sys.stdout = None
            code = ExitCode.OK
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            say(f"stagebrief: {place}{error.strerror or error}")
            code = ExitCode.SOME_FAILED
        except MemoryError:
            say("stagebrief: not enough memory; try with --jobs 1, or with fewer articles at a time")
            code = ExitCode.SOME_FAILED
        raise typer.Exit(int(code or 0))

    return run


def options(jobs: int | None, scheduler: str | None, no_cache: bool, package: Path | None = None) -> Any:
    """The options that every command shares, for the library."""
    from summarize.settings import Settings

    return Settings(
        jobs=jobs, scheduler=scheduler, cache=not no_cache, package=package, progress=sys.stderr.isatty(), say=say
    )


def write_out(text: str) -> None:
    """Write to standard output as UTF-8 whatever the terminal's locale is."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


@app.command()
@guarded
def brief(
    paths: Paths,
    format: Annotated[BriefFormat, typer.Option("-f", "--format")] = BriefFormat.md,
    output: Output = None,
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Only the events of this day.")
    ] = None,
    max_words: Annotated[int, typer.Option(min=40, help="Words of key sentences in a brief.")] = 250,
    calendar: CalendarFile = None,
    no_calendar: NoCalendar = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say for every sentence why it was chosen.")] = False,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Render with this Jinja template.", dir_okay=False)
    ] = None,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    no_cache: NoCache = False,
    package: Package = None,
) -> int:
    """One stage brief per event, combined from all articles that tell of it."""
    from summarize import pipeline

    result = pipeline.make_briefs(
        paths,
        options(jobs, scheduler, no_cache, package),
        calendar=pipeline.load_calendar(calendar or (), none=no_calendar),
        day=date.date() if date else None,
        max_words=max_words,
    )
    if output is not None:
        from summarize.rendering import write_briefs

        write_briefs(
            result.briefs,
            output,
            format.value,
            unassigned=result.unassigned,
            failed=result.failed,
            explain=explain,
            template=template,
        )
    else:
        from summarize.rendering import render_briefs

        write_out(
            render_briefs(
                result.briefs,
                format.value,
                unassigned=result.unassigned,
                failed=result.failed,
                explain=explain,
                template=template,
            )
        )
    return pipeline.report(result.failed, result.skipped, say)


@app.command()
@guarded
def events(
    paths: Paths,
    format: Annotated[EventsFormat, typer.Option("-f", "--format")] = EventsFormat.table,
    output: Output = None,
    calendar: CalendarFile = None,
    no_calendar: NoCalendar = False,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    no_cache: NoCache = False,
) -> int:
    """Which articles tell of the same stage, and why."""
    from summarize import pipeline
    from summarize.rendering import render_events, write_whole

    result = pipeline.find_events(
        paths,
        options(jobs, scheduler, no_cache),
        calendar=pipeline.load_calendar(calendar or (), none=no_calendar),
    )
    text = render_events(result.grouping, format.value, failed=result.failed)
    if output is not None:
        write_whole(output / ("events.json" if format is EventsFormat.json else "events.txt"), text)
    else:
        write_out(text)
    return pipeline.report(result.failed, result.skipped, say)


@app.command()
@guarded
def summarize(
    paths: Paths,
    format: Annotated[TextFormat, typer.Option("-f", "--format")] = TextFormat.txt,
    output: Output = None,
    method: Annotated[Method, typer.Option("-m", "--method")] = Method.default,
    sentences: Annotated[
        int | None, typer.Option("-n", "--sentences", min=1, help="Sentences (3 unless told).")
    ] = None,
    words: Annotated[int | None, typer.Option(min=1, help="At most this many words.")] = None,
    ratio: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Share of the sentences.")] = None,
    no_translate: Annotated[bool, typer.Option("--no-translate", help="Summarise Dutch articles in Dutch.")] = False,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    no_cache: NoCache = False,
    package: Package = None,
) -> int:
    """One extractive summary per article."""
    from summarize import batch
    from summarize.ranking import Length

    if sum(value is not None for value in (sentences, words, ratio)) > 1:
        raise UsageError("give one length only: --sentences, --words or --ratio")
    if ratio == 0:
        raise UsageError("--ratio must be above 0")
    length = Length(sentences=sentences, words=words, ratio=ratio)
    return batch.summarize(
        paths,
        options(jobs, scheduler, no_cache, package),
        method=method.value,
        length=length,
        translate=not no_translate,
        format=format.value,
        output=output,
        write=write_out,
    )


@app.command()
@guarded
def translate(
    paths: Paths,
    format: Annotated[TextFormat, typer.Option("-f", "--format")] = TextFormat.txt,
    output: Output = None,
    side_by_side: Annotated[
        bool, typer.Option("--side-by-side", help="Show the original beside each translated sentence.")
    ] = False,
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    no_cache: NoCache = False,
    package: Package = None,
) -> int:
    """Dutch articles in English."""
    from summarize import batch

    return batch.translate(
        paths,
        options(jobs, scheduler, no_cache, package),
        side_by_side=side_by_side,
        format=format.value,
        output=output,
        write=write_out,
    )


@models_app.command("list")
@guarded
def models_list(package: Package = None) -> int:
    """Which language packages are here, which one is used, and why."""
    from summarize.text import printable
    from summarize.translation.packages import list_packages

    found = list_packages(package)
    for info in found:
        line = f"{'*' if info.used else ' '} {info.label}  {info.size / 1e6:.1f} MB  {info.path}  ({info.why})"
        write_out(printable(line) + "\n")
    if not any(info.used for info in found):
        say("no language package can be used: stagebrief models install nl (online) or install FILE.argosmodel")
        return ExitCode.NO_PACKAGE
    return ExitCode.OK


@models_app.command("install")
@guarded
def models_install(
    what: Annotated[str, typer.Argument(metavar="nl|FILE.argosmodel", help="The official package, or one at hand.")],
) -> int:
    """Install a language package: the official one (needs a network), or a file."""
    from summarize.translation.packages import install_file, install_online

    if what.endswith(".argosmodel") or Path(what).exists():
        info = install_file(Path(what))
    else:
        with download_progress() as progress:
            info = install_online(what, progress)
    say(f"installed {info.label} in {info.path}: {info.why}")
    return ExitCode.OK


@models_app.command("verify")
@guarded
def models_verify(package: Package = None) -> int:
    """Translate known sentences and look at what comes out."""
    from summarize.text import printable
    from summarize.translation.packages import verify

    probes = verify(package)
    for probe in probes:
        write_out(printable(f"{'ok  ' if probe.ok else 'BAD '} {probe.original} -> {probe.translation}") + "\n")
    return ExitCode.OK if all(probe.ok for probe in probes) else ExitCode.SOME_FAILED


@models_app.command("remove")
@guarded
def models_remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `models list` shows it, or nl for all of Dutch.")],
) -> int:
    """Remove an installed language package."""
    from summarize.translation.packages import remove

    for info in remove(name):
        say(f"removed {info.label} from {info.path}")
    return ExitCode.OK


@contextmanager
def download_progress() -> Iterator[Callable[[int, int | None], None] | None]:
    """A progress bar on standard error, where that is a terminal; else None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("language package", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@app.command()
@guarded
def doctor(
    package: Package = None,
) -> int:
    """What works on this machine, offline too."""
    from summarize.doctor import examine
    from summarize.text import printable

    findings = examine(package)
    for finding in findings:
        write_out(f"{'ok  ' if finding.ok else 'BAD '} {finding.what}: {printable(finding.detail)}\n")
    return ExitCode.OK if all(finding.ok for finding in findings) else ExitCode.SOME_FAILED


def main() -> None:
    """Entry point of the console script."""
    try:
        app(prog_name="stagebrief")
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)


if __name__ == "__main__":
    main()
