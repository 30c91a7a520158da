"""Broken, hostile and absurd input, by the thousand: nothing may raise, hang, or take the memory.

    python benchmarks/fuzz.py                  # 20,000 cases
    python benchmarks/fuzz.py --only claims --cases 2000 --seed 7
    python benchmarks/fuzz.py --megabyte       # one case each of 1 MB of the same: "a", "<", quotes, digits …

Cases are real articles from beside the checkout that are cut, doubled, shuffled, mis-encoded and seeded with markup,
control codes, quotes and numbers, and texts, pages, records and archives made up from scratch. Each goes through
reading, cleaning, language, sentences and ranking (`article`), also through claims (`claims`), or is installed as a
language package (`package`). A case fails when anything but a `Failure` or a `StagebriefError` comes out, when it takes
more than two seconds of processor time, or when memory grows beyond the limit. The slowest case is named.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import io
import json
import os
import random
import resource
import stat
import struct
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]
SHARED = Path(os.environ.get("STAGEBRIEF_SHARED", ROOT.parent / "shared"))

LIMIT_S = 2.0
"""Seconds of processor time that a case may take."""
MEMORY = 6 << 30
"""Bytes of address space; more is a MemoryError, and a failure."""

SEEDS = [
    b"Ruiter wins stage three\n\nBram Ruiter (Team Noord) won the third stage of the Ronde in Dokkum on Wednesday, "
    b"beating Ole Dahl in a sprint of two after 172 kilometres. Kim Lund finished third, 12 seconds behind.\n",
    "De Ruiter wint derde etappe\n\nBram de Ruiter heeft de derde etappe gewonnen. „Ik had goede benen”, zei hij. "
    "De etappe ging over 172,5 kilometer van Sneek naar Dokkum; Lund werd tweede op 0.12.\n".encode(),
    b"<html><head><title>Stage 3</title><meta name='date' content='2023-07-03'></head><body><article><p>Bram Ruiter "
    b"won the third stage in Dokkum.</p><script>alert(1)</script></article></body></html>",
    b'{"title": "Stage 3", "text": "Bram Ruiter won the third stage in Dokkum on Monday.", "date": "2023-07-03"}',
]
"""Articles for where the labelled ones are not at hand."""

TOKENS = [
    "\x00", "\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\u202e", "\u200b", "\ufeff", "\ud800",
    "\U0001f6b4", "\u0301" * 40,
    "<script>alert(1)</script>", "<style>*{}</style>", "<img src=x onerror=alert(1)>", "<!--", "-->",
    "<![CDATA[", "]]>",
    "<", ">", "&", "&#x41;", "&#1114112;", "&lt;script&gt;", "</p>", "<p", "<a href='javascript:x'>", "\"", "'",
    "“", "”",
    "„", "«", "‘", "’", "``", "''", "(", ")", "[", "]", "{", "}", "{{ 7*7 }}", "{% for %}", "$(x)", "`",
    "**", "__", "# ",
    "1", "9" * 30, "1.1.1.1", "1:2:3:4", "0,0", "-1", "1e999", "2023-02-30", "99:99:99", "stage " * 5, "etappe 99999",
    "twenty-", "km", " km ", "100 km 200 km", "seconds", "St. ", "Mr. ", "e.g. ", "...", "…", "?!", ". ", ".", ",", ";",
    "\n", "\r", "\r\n\r\n", "\t", "\u2028", "\u00a0", "van der ", "De ", "(Team ", "Tour de France ", "Giro ", "2020 ",
    "won", "won the stage", "gewonnen", "winnaar", "ahead of", "Image 1 of 30", "(Photo: ", "© Getty Images", "http://",
    "a" * 300, "A" * 50 + " ", "ß", "ﬀ", "İ", "ǅ", "٣", "²", "½", "xn--", "%s%n", "../../etc/passwd", "\\",
    "\\u0000", "NaN",
]  # fmt: skip


def seeds() -> list[bytes]:
    """Real articles where they are at hand, and a few of our own."""
    found = [file.read_bytes() for file in sorted((SHARED / "cycling" / "dev" / "articles").glob("*"))]
    found += [file.read_bytes() for file in sorted((SHARED / "seeds").glob("*"))]
    pages = sorted((SHARED / "bench" / "article-extraction").rglob("*.html"))
    found += [file.read_bytes() for file in pages[:40] if file.stat().st_size < 300_000]
    return found + SEEDS


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight things done to them."""
    pieces = bytearray(data[: chance.choice([2_000, 8_000, 60_000])])
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(pieces) + 1)
        to = min(len(pieces), at + chance.choice([1, 5, 50, 500]))
        match chance.randrange(9):
            case 0:
                pieces[at:to] = b""
            case 1:
                pieces[at:at] = pieces[at:to] * chance.choice([1, 2, 20])
            case 2:
                pieces[at:to] = chance.randbytes(to - at)
            case 3 | 4 | 5:
                token = chance.choice(TOKENS).encode("utf-8", "surrogatepass")
                pieces[at:at] = token * chance.choice([1, 1, 1, 3, 100])
            case 6:
                other = chance.randrange(len(pieces) + 1)
                pieces[other:other] = pieces[at:to]
            case 7:
                pieces = pieces[:at] if at > len(pieces) // 3 else pieces[at:]
            case _:
                for _ in range(20):
                    if pieces:
                        pieces[chance.randrange(len(pieces))] ^= 1 << chance.randrange(8)
    data = bytes(pieces[:400_000])
    if chance.random() < 0.08:
        with contextlib.suppress(UnicodeError):
            data = data.decode("utf-8", "replace").encode(chance.choice(["utf-16", "utf-16-le", "utf-32", "utf-8-sig"]))
    return data


def made(chance: random.Random) -> bytes:
    """A text from nothing."""
    match chance.randrange(7):
        case 0:
            token = chance.choice(TOKENS)
            text = token * (chance.choice([10, 1_000, 100_000]) // len(token) + 1)
        case 1:
            text = "".join(chance.choice(TOKENS) for _ in range(chance.choice([5, 100, 3_000])))
        case 2:
            tag = chance.choice(["div", "p", "b", "table", "li", "blockquote", "svg", "iframe", "template"])
            depth = chance.choice([10, 300, 20_000])
            text = f"<html><body>{f'<{tag}>' * depth}Bram Ruiter won.{f'</{tag}>' * chance.choice([0, depth])}"
        case 3:
            depth = chance.choice([5, 900, 50_000])
            opening, closing = chance.choice([("[", "]"), ('{"text":', "}")])
            text = opening * depth + chance.choice(['"x"', "1", "null", ""]) + closing * chance.choice([0, depth])
        case 4:
            values = [
                "x",
                "",
                None,
                5,
                -1,
                1e308,
                True,
                [],
                {},
                ["text"],
                {"a": 1},
                "2023-07-03",
                "\ud800",
                "a" * 5_000,
            ]
            keys = ["title", "text", "date", "hostname", "url", "language", "id", "source", "sitename", "raw_text"]
            text = json.dumps({key: chance.choice(values) for key in keys if chance.random() < 0.8})
        case 5:
            text = " ".join(
                chance.choice(TOKENS) + chance.choice("abcXYZ. ,") for _ in range(chance.choice([20, 4_000]))
            )
        case _:
            characters = [chr(chance.randrange(32, chance.choice([127, 0x500, 0x11000]))) for _ in range(2_000)]
            text = "".join(c for c in characters if not "\ud800" <= c <= "\udfff")
    return text.encode("utf-8", "surrogatepass")


def archive(chance: random.Random) -> bytes:
    """A language package that is not what it should be."""
    metadata = {"package_version": "1.0", "from_code": "nl", "to_code": "en", "type": "translate"}
    for key in list(metadata):
        if chance.random() < 0.15:
            metadata[key] = chance.choice(["", "xx", "../..", None, 7, "9" * 1_000, ["nl"]])  # type: ignore[assignment]
    names = ["p/metadata.json", "p/model/model.bin", "p/model/shared_vocabulary.json", "p/sentencepiece.model"]
    entries: list[tuple[str, bytes]] = []
    for name in names:
        if chance.random() < 0.9:
            data = chance.randbytes(chance.choice([0, 10, 2_000]))
            if name.endswith("metadata.json") and chance.random() < 0.8:
                data = json.dumps(metadata).encode()
            elif name.endswith("vocabulary.json"):
                data = b'["a", "b"]'
            entries.append((name, data))
    strange = ["../x", "/etc/x", "p/../../x", "C:\\x", "p\\..\\x", "p/" + "d/" * 40 + "x", "x" * 300, "p/\x00x",
               "p/a\nb",
               "q/metadata.json", "p/model", "p/CON", "", ".", "p//x", "p/model/model.bin"]  # fmt: skip
    for _ in range(chance.choice([0, 0, 1, 3])):
        entries.insert(chance.randrange(len(entries) + 1), (chance.choice(strange), chance.randbytes(30)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as made:
        for name, data in entries:
            info = zipfile.ZipInfo("x")
            info.filename = name
            if chance.random() < 0.05:
                kind = chance.choice([stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFDIR])
                info.external_attr = (kind | 0o777) << 16
            if chance.random() < 0.03:
                data = bytes(20_000_000)
                info.compress_type = zipfile.ZIP_DEFLATED
            with contextlib.suppress(UnicodeError), _quietly():
                made.writestr(info, data)
    data = bytearray(buffer.getvalue())
    if chance.random() < 0.5:
        for _ in range(chance.choice([1, 5, 50])):
            data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.2:
        data = data[: chance.randrange(len(data))]
    if chance.random() < 0.05:
        at = data.find(b"PK\x01\x02")
        if at >= 0 and len(data) > at + 46:
            data[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFFF0)  # says that it unpacks to 4 GB
    return bytes(data)


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Without zipfile's warnings about names that come twice, which is the point."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def do_article(data: bytes, suffix: str, *, claims: bool) -> str:
    """A file's bytes through all steps; what came of it in a word. Raises only what is a defect."""
    from summarize.articles import Failure
    from summarize.preparing import prepare
    from summarize.ranking import Length, summarize_article
    from summarize.reading import SUFFIXES, InputFile, read_bytes, read_stream

    if suffix == ".jsonl":
        found = list(read_stream(io.BytesIO(data), "x.jsonl"))
    else:
        found = [read_bytes(InputFile(f"x{suffix}", Path(f"x{suffix}"), SUFFIXES[suffix]), data)]
    word = "unreadable"
    for article in found:
        if isinstance(article, Failure):
            _check_text(article.error)
            continue
        ready = prepare(article)
        if isinstance(ready, Failure):
            word = "no article"
            continue
        word = "article"
        for sentence in ready.sentences:
            _check_text(sentence.text)
        _check_text(ready.title or "")
        if claims:
            from summarize.claims import read_claims

            for claim in read_claims(ready):
                rows = {placing.row for placing in ready.results}
                if claim.sentence not in {sentence.text for sentence in ready.sentences} | {ready.title} | rows:
                    raise AssertionError("a claim's sentence does not stand in the article")
        else:
            summarize_article(ready, "lexrank", Length(sentences=3))
            summarize_article(ready, "default", Length(words=80))
    return word


def _check_text(text: str) -> None:
    """No control code may come through."""
    bad = [c for c in text if ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202d\u202e\u2066\u2067\u2068"]
    if bad:
        raise AssertionError(f"control codes in {text[:60]!r}: {bad[:5]!r}")


def do_package(data: bytes, *, whole: bool) -> str:
    """An archive installed; nothing may be left behind, nor be written anywhere else."""
    from summarize.errors import StagebriefError
    from summarize.translation import packages

    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        folder = Path(name)
        file = folder / "x.argosmodel"
        file.write_bytes(data)
        target = folder / "packages"
        target.mkdir()
        before = sorted(folder.rglob("*"))
        word = "installed"
        try:
            if whole:
                os.environ["ARGOS_PACKAGES_DIR"] = str(target)
                packages.install_file(file)
            else:
                packages.inspect(packages.unpack(file, target / "new"), "installed")
        except StagebriefError as error:
            word = "refused"
            if not str(error):
                raise AssertionError("refused without a reason") from error
            if whole and sorted(folder.rglob("*")) != before:
                raise AssertionError("something was left behind") from error
        if any(path.is_symlink() for path in folder.rglob("*")) or len(list(folder.iterdir())) > 2:
            raise AssertionError("written where it should not be")
    return word


@dataclass
class Result:
    """What came of the cases."""

    cases: int = 0
    failures: int = 0
    slowest: float = 0.0
    slowest_case: str = ""


def _suffix(data: bytes, chance: random.Random) -> str:
    """How to read a case: mostly as what it looks like."""
    if chance.random() < 0.2:
        return chance.choice([".txt", ".html", ".json", ".md", ".jsonl"])
    if data.lstrip()[:1] == b"<":
        return ".html"
    if data.lstrip()[:1] == b"{":
        return chance.choice([".json", ".jsonl"])
    return chance.choice([".txt", ".txt", ".md"])


def run(kind: str, cases: int, seed: int, keep: Path | None = None) -> Result:
    """Do so many cases of a kind; those that fail are printed, and kept in a folder where one is given."""
    from summarize.errors import StagebriefError

    result = Result()
    corpus = seeds() if kind != "package" else []
    words: dict[str, int] = {}
    for number in range(cases):
        chance = random.Random(f"{seed} {kind} {number}")
        if kind == "package":
            data = archive(chance)
        elif chance.random() < 0.25:
            data = made(chance)
        else:
            data = mutated(chance.choice(corpus), chance)
        suffix = _suffix(data, chance)
        faulthandler.dump_traceback_later(120, exit=True)
        began = time.process_time()
        problem = ""
        try:
            if kind == "package":
                word = do_package(data, whole=number % 50 == 0)
            else:
                word = do_article(data, suffix, claims=kind == "claims")
            words[word] = words.get(word, 0) + 1
        except StagebriefError as error:
            problem = f"StagebriefError: {error}"
        except Exception:
            problem = traceback.format_exc(limit=-3)
        took = time.process_time() - began
        faulthandler.cancel_dump_traceback_later()
        result.cases += 1
        if took > result.slowest:
            result.slowest, result.slowest_case = took, f"{kind} {number}{suffix} ({len(data):,} bytes)"
        if took > LIMIT_S:
            problem = problem or f"took {took:.1f} s"
        if problem:
            result.failures += 1
            print(f"{kind} {number}{suffix} ({len(data):,} bytes): {problem}", flush=True)
            if keep is not None:
                (keep / f"{kind}-{seed}-{number}{suffix}").write_bytes(data)
    shares = ", ".join(f"{word} {count}" for word, count in sorted(words.items()))
    print(
        f"{kind}: {result.cases:,} cases, {result.failures} failures; {shares}; "
        f"slowest {result.slowest:.2f} s: {result.slowest_case}",
        flush=True,
    )
    return result


def megabyte() -> Result:
    """A megabyte of the same thing, over and over, in every kind of file."""
    result = Result()
    for number, token in enumerate(
        [*TOKENS, " ", "a ", "A. ", "“a” ", "1 ", "<a ", "<p>", "x@y.z ", "=", "-", "|", "~"]
    ):
        text = token * (1_000_000 // len(token))
        frames: dict[str, Callable[[str], str]] = {
            ".txt": lambda text: text,
            ".html": lambda text: f"<html><body><p>{text}",
            ".json": lambda text: json.dumps({"text": text}),
            ".md": lambda text: text,
        }
        for suffix, frame in frames.items():
            for before in ("", "Bram Ruiter won the third stage in Dokkum on Monday. "):
                data = frame(before + text).encode("utf-8", "surrogatepass")
                faulthandler.dump_traceback_later(120, exit=True)
                for claims in (False, True):
                    began = time.process_time()
                    problem = ""
                    try:
                        do_article(data, suffix, claims=claims)
                    except Exception:
                        problem = traceback.format_exc(limit=-3)
                    took = time.process_time() - began
                    result.cases += 1
                    name = f"1 MB of {token[:12]!r}{suffix}{' with a sentence' if before else ''}"
                    name += " claims" if claims else ""
                    if took > result.slowest:
                        result.slowest, result.slowest_case = took, name
                    if took > LIMIT_S:
                        problem = problem or f"took {took:.1f} s"
                    if problem:
                        result.failures += 1
                        print(f"{name} (token {number}): {problem}", flush=True)
                faulthandler.cancel_dump_traceback_later()
    print(
        f"1 MB: {result.cases:,} cases, {result.failures} failures; slowest {result.slowest:.2f} s: "
        f"{result.slowest_case}"
    )
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=["article", "claims", "package"])
    parser.add_argument("--megabyte", action="store_true")
    parser.add_argument("--keep", type=Path, help="folder for the inputs that fail")
    chosen = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if chosen.keep:
        chosen.keep.mkdir(parents=True, exist_ok=True)
    if chosen.megabyte:
        raise SystemExit(bool(megabyte().failures))
    shares = {"article": 0.5, "claims": 0.4, "package": 0.1}
    kinds = {chosen.only: 1.0} if chosen.only else shares
    results = [run(kind, round(chosen.cases * share), chosen.seed, chosen.keep) for kind, share in kinds.items()]
    cases, failures = sum(result.cases for result in results), sum(result.failures for result in results)
    slowest = max(results, key=lambda result: result.slowest)
    print(f"{cases:,} cases, {failures} failures, slowest {slowest.slowest:.2f} s: {slowest.slowest_case}")
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
    raise SystemExit(bool(failures))


if __name__ == "__main__":
    main()
