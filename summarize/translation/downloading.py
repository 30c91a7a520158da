"""Getting an official package: the one part of the program that uses a network, and only when it is told to."""

from __future__ import annotations

import contextlib
import json
import logging
import socket
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarize.errors import NoPackageError

__all__ = ["Offer", "download", "newest"]

TIMEOUT = 30.0
"""Seconds without a byte after which a server counts as gone."""
ATTEMPTS = 4
_lock = threading.Lock()

WITHOUT = "Without a network, install a file: stagebrief models install FILE.argosmodel."


@dataclass(frozen=True, slots=True)
class Offer:
    """A package of the official index."""

    version: str
    links: tuple[str, ...]


def newest(source: str, target: str) -> Offer:
    """The newest package of the pair in the official index.

    Raises NoPackageError where the index cannot be had or has no such package.
    """
    from packaging.version import InvalidVersion, Version

    def version(text: str) -> Any:
        try:
            return Version(text)
        except InvalidVersion:
            return Version("0")

    packages = [p for p in _index() if (p.from_code, p.to_code) == (source, target) and p.type == "translate"]
    offers = [Offer(str(p.package_version), tuple(filter(_is_web, p.links))) for p in packages]
    offers = [offer for offer in offers if offer.links]
    if not offers:
        raise NoPackageError(f"The official index has no package for {source} to {target}. {WITHOUT}")
    return max(offers, key=lambda offer: version(offer.version))


def _is_web(link: str) -> bool:
    return isinstance(link, str) and link.startswith(("https://", "http://"))


def _index() -> list[Any]:
    """The packages of the official index, through argostranslate, which keeps its own copy of it: here a fresh one."""
    from summarize.translation.packages import argos_settings

    settings = argos_settings()
    from argostranslate import package

    with _lock, tempfile.TemporaryDirectory() as folder, _errors_of("argostranslate.utils") as errors:
        kept, settings.local_package_index = settings.local_package_index, Path(folder) / "index.json"
        timeout = socket.getdefaulttimeout()
        socket.setdefaulttimeout(TIMEOUT)
        try:
            # It does not say whether it worked, and without the file the next call would ask for it without end.
            package.update_package_index()
            if not settings.local_package_index.is_file():
                reason = errors[-1].strip("()',") + ")" if errors else "no answer"
                raise NoPackageError(f"The index of language packages cannot be reached: {reason}. {WITHOUT}")
            return list(package.get_available_packages())
        except (ValueError, TypeError, AttributeError, OSError) as error:
            raise NoPackageError(f"The index of language packages cannot be read: {error}. {WITHOUT}") from None
        finally:
            socket.setdefaulttimeout(timeout)
            settings.local_package_index = kept


@contextlib.contextmanager
def _errors_of(name: str) -> Iterator[list[str]]:
    """What a logger says meanwhile, instead of its saying so on standard error."""
    messages: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    logger, handler = logging.getLogger(name), Keep(logging.ERROR)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield messages
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def download(
    links: tuple[str, ...], target: Path, largest: int, progress: Callable[[int, int | None], None] | None = None
) -> Path:
    """Fetch the first link that answers into `target`, going on where an earlier try stopped.

    What is half there lies in `target` with `.part` added, and beside it what it is a part of.
    Raises NoPackageError where no link gives the whole file, with the size the server names.
    """
    reason = "no link"
    for link in links:
        for _ in range(ATTEMPTS):
            try:
                if _fetch(link, target, largest, progress):
                    return target
                reason = "the connection was cut"
            except (OSError, ValueError) as error:
                reason = str(getattr(error, "reason", None) or error)
                if getattr(error, "code", 500) in (401, 403, 404, 410):
                    break
    raise NoPackageError(f"The package cannot be downloaded: {reason}. Try again to go on. {WITHOUT}")


def _fetch(link: str, target: Path, largest: int, progress: Callable[[int, int | None], None] | None = None) -> bool:
    """One try; True when the file is whole and in its place."""
    part, note = target.with_name(target.name + ".part"), target.with_name(target.name + ".part.json")
    headers = {"User-Agent": "stagebrief", "Accept-Encoding": "identity"}
    state: dict[str, Any] = {}
    with contextlib.suppress(OSError, ValueError):
        state = json.loads(note.read_text(encoding="utf-8"))
    have = part.stat().st_size if part.is_file() else 0
    # A server that changed the file meanwhile sends all of it: If-Range.
    if have and state.get("link") == link and state.get("tag"):
        headers |= {"Range": f"bytes={have}-", "If-Range": state["tag"]}
    request = urllib.request.Request(link, headers=headers)
    with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
        goes_on = response.status == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        have = have if goes_on else 0
        length = response.headers.get("Content-Length")
        total = have + int(length) if length else None
        if total is not None and total > largest:
            raise ValueError(f"{total >> 20} MB is too large for a language package")
        tag = response.headers.get("ETag") or response.headers.get("Last-Modified") or ""
        tag = "" if tag.startswith("W/") else tag
        note.write_text(json.dumps({"link": link, "tag": tag}), encoding="utf-8")
        with part.open("ab" if goes_on else "wb") as sink:
            while chunk := response.read(1 << 16):
                sink.write(chunk)
                have += len(chunk)
                if have > largest:
                    raise ValueError("the package is too large")
                if progress:
                    progress(have, total)
    if total is not None and have != total:
        return False
    part.replace(target)
    note.unlink(missing_ok=True)
    return True
