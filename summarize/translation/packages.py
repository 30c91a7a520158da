"""Language packages: which there are, which is used and why, and how one is installed, verified and removed.

A language package is an Argos package: a folder with `metadata.json`, `model/` (CTranslate2) and
`sentencepiece.model` or `bpe.model`; an `.argosmodel` file is a zip archive of one such folder.
Three places are looked at: the folder that the user names, the folder where Argos keeps its packages
(`ARGOS_PACKAGES_DIR`), and the package that comes with the program.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from summarize.errors import NoPackageError, StagebriefError, UsageError
from summarize.lexicon import load
from summarize.settings import cache_folder
from summarize.translation.archives import MAX_ARCHIVE, unpack

__all__ = [
    "PackageInfo",
    "Probe",
    "choose",
    "fingerprint",
    "install_file",
    "install_online",
    "list_packages",
    "packages_folder",
    "remove",
    "shipped_folder",
    "verify",
]

Origin = Literal["option", "installed", "shipped"]
Progress = Callable[[int, int | None], None]
"""Called with the bytes that are here and the bytes in all, None where the server does not say."""

SOURCE, TARGET = "nl", "en"

MAX_JSON = 1 << 20


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """A language package that was found, whether it is the one in use, and why."""

    path: Path
    origin: Origin
    name: str
    """The folder's name, what `remove` takes."""
    version: str
    """As its metadata says; empty where it says nothing."""
    from_code: str
    to_code: str
    size: int
    """Bytes of the model."""
    used: bool = False
    why: str = ""
    """One clause for a person: why it is used, or why not."""
    problem: str | None = None
    """What is wrong with it, None where it is complete."""

    @property
    def label(self) -> str:
        """What an article's `package` says: the pair and the version."""
        return f"translate-{self.from_code}_{self.to_code} {self.version}".rstrip()


@dataclass(frozen=True, slots=True)
class Probe:
    """One known sentence, how the package translated it, and whether the words are there that must be."""

    original: str
    translation: str
    ok: bool


# --- Argos ------------------------------------------------------------------------------------------------------

_import_lock = threading.Lock()


def argos_settings() -> Any:
    """`argostranslate.settings`, imported without its making folders in the user's home.

    The module creates four folders when it is imported. A program that only reads has no business doing so, and on
    a read-only home the import would fail; so `os.makedirs` passes over calls that come from that module.
    """
    with _import_lock:
        known = sys.modules.get("argostranslate.settings")
        if known is not None:
            return known
        real = os.makedirs

        def makedirs(name: Any, mode: int = 0o777, exist_ok: bool = False) -> None:
            if sys._getframe(1).f_globals.get("__name__") != "argostranslate.settings":
                real(name, mode, exist_ok)

        os.makedirs = makedirs
        try:
            import argostranslate.settings as settings
        finally:
            os.makedirs = real
        return settings


def argos_package(path: Path) -> Any:
    """The `argostranslate.package.Package` of a folder."""
    argos_settings()
    from argostranslate.package import Package

    return Package(path)


def packages_folder() -> Path:
    """Where Argos keeps the packages that the user installs; it need not exist."""
    settings = argos_settings()
    return Path(settings.get_setting("ARGOS_PACKAGES_DIR", default=settings.data_dir / "packages"))


def shipped_folder() -> Path:
    """Where the package that comes with the program lies: in a wheel beside the library, else in the checkout."""
    library = Path(__file__).resolve().parent.parent
    name = f"translate-{SOURCE}_{TARGET}"
    for folder in (library / "_models" / name, library.parent / "models" / name):
        if folder.is_dir():
            return folder
    return library.parent / "models" / name


# --- finding ----------------------------------------------------------------------------------------------------


def _metadata(folder: Path) -> dict[str, Any]:
    """The package's metadata; raises ValueError with the reason where there is none to be had."""
    file = folder / "metadata.json"
    try:
        if file.stat().st_size > MAX_JSON:
            raise ValueError("metadata.json is far too large")
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ValueError("it has no metadata.json") from None
    except (OSError, ValueError, RecursionError) as error:
        raise ValueError(f"metadata.json cannot be read: {error}") from None
    if not isinstance(data, dict):
        raise ValueError("metadata.json is not a JSON object")
    return data


def _incomplete(folder: Path) -> str | None:
    """What is missing in the folder, None where everything is there that translating needs."""
    model = folder / "model"
    if not (model / "model.bin").is_file() or (model / "model.bin").stat().st_size < 1024:
        return "it has no model (model/model.bin)"
    names = {file.stem for file in model.iterdir() if file.suffix in {".json", ".txt"}}
    if "shared_vocabulary" not in names and not {"source_vocabulary", "target_vocabulary"} <= names:
        return "its model has no vocabulary (model/shared_vocabulary.json)"
    if not (folder / "sentencepiece.model").is_file() and not (folder / "bpe.model").is_file():
        return "it has no tokenizer (sentencepiece.model or bpe.model)"
    return None


def inspect(folder: Path, origin: Origin) -> PackageInfo:
    """What the folder holds; `problem` says what is wrong where it is no usable package. Loads no model."""
    info = PackageInfo(folder, origin, folder.name, "", "", "", 0)
    try:
        data = _metadata(folder)
    except ValueError as error:
        return replace(info, problem=str(error))
    model = folder / "model" / "model.bin"
    kind = str(data.get("type") or "translate")
    info = replace(
        info,
        version=str(data.get("package_version") or ""),
        from_code=str(data.get("from_code") or ""),
        to_code=str(data.get("to_code") or ""),
        size=model.stat().st_size if model.is_file() else 0,
        problem=_incomplete(folder),
    )
    return replace(info, problem=f"it is a package of type {kind}") if kind != "translate" else info


def _rank(info: PackageInfo) -> tuple[Any, ...]:
    """Newer first; of two with the same version the larger model; of two alike the shipped one."""
    from packaging.version import InvalidVersion, Version

    try:
        version = Version(info.version)
    except InvalidVersion:
        version = Version("0")
    return (version, info.size, info.origin == "shipped")


def _found() -> list[PackageInfo]:
    found = []
    if shipped_folder().is_dir():
        found.append(inspect(shipped_folder(), "shipped"))
    folder = packages_folder()
    with contextlib.suppress(OSError):
        found += [inspect(child, "installed") for child in sorted(folder.iterdir()) if _is_package_folder(child)]
    return found


def _is_package_folder(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".")


def list_packages(package: Path | None = None) -> tuple[PackageInfo, ...]:
    """All packages that are here, the one in use first (if any is), then the better before the worse.

    `package` is what `--package` names. Each says in `why` why it is used or is not. Nothing is loaded or fetched.
    """
    found = ([inspect(package, "option")] if package is not None else []) + _found()
    usable = [info for info in found if not info.problem and (info.from_code, info.to_code) == (SOURCE, TARGET)]
    best = None
    if usable:
        named = [info for info in usable if info.origin == "option"]
        best = named[0] if named else max(usable, key=_rank)
    explained = [replace(info, used=info is best, why=_why(info, best, usable)) for info in found]
    return tuple(sorted(explained, key=lambda info: (info.used, _rank(info), info.name), reverse=True))


def _why(info: PackageInfo, best: PackageInfo | None, usable: list[PackageInfo]) -> str:
    if info.problem:
        return f"broken: {info.problem}"
    if (info.from_code, info.to_code) != (SOURCE, TARGET):
        return f"translates {info.from_code or '?'} to {info.to_code or '?'}, not {SOURCE} to {TARGET}"
    assert best is not None
    if info is best:
        if info.origin == "option":
            return "used: named with --package"
        if len(usable) == 1:
            return "used: comes with the program" if info.origin == "shipped" else "used: the only one here"
        second = max((other for other in usable if other is not info), key=_rank)
        if _rank(info)[0] > _rank(second)[0]:
            return f"used: newer than {_place(second)} (version {second.version or 'unknown'})"
        if info.size > second.size:
            return f"used: same version as {_place(second)}, larger model"
        return f"used: same as {_place(second)}"
    if best.origin == "option":
        return "not used: --package names another"
    if _rank(info)[0] < _rank(best)[0]:
        return f"not used: older than {_place(best)} (version {best.version})"
    return f"not used: no better than {_place(best)}"


def _place(info: PackageInfo) -> str:
    return "the one that comes with the program" if info.origin == "shipped" else f"the installed {info.name}"


def choose(package: Path | None = None) -> PackageInfo:
    """The package to translate with: the one named, else the best that is installed or comes with the program.

    Raises UsageError where the named one is no usable package, NoPackageError where there is none at all.
    """
    if package is not None:
        if not package.exists():
            raise UsageError(f"{package}: no such language package. Name the folder that holds metadata.json.")
        if package.is_file():
            raise UsageError(
                f"{package}: is a file, not a package folder. Install it first: stagebrief models install {package}"
            )
        info = inspect(package, "option")
        if info.problem:
            raise UsageError(f"{package}: no usable language package, {info.problem}.")
        if (info.from_code, info.to_code) != (SOURCE, TARGET):
            raise UsageError(
                f"{package}: translates {info.from_code or '?'} to {info.to_code or '?'}, "
                f"but {SOURCE} to {TARGET} is needed."
            )
        return replace(info, used=True, why="used: named with --package")
    packages = list_packages()
    if packages and packages[0].used:
        return packages[0]
    broken = [f"\n  {info.path}: {info.why}" for info in packages]
    raise NoPackageError(
        f"There is no language package for Dutch to English ({SOURCE} to {TARGET}). Get one with a network: "
        "stagebrief models install nl; or from a file without: stagebrief models install FILE.argosmodel."
        + "".join(broken)
    )


def fingerprint(folder: Path) -> str:
    """A digest of all that decides what the package writes: metadata, tokenizer and model, byte for byte."""
    digest = sha256()
    files = [folder / "metadata.json", folder / "sentencepiece.model", folder / "bpe.model"]
    files += sorted((folder / "model").iterdir())
    for file in files:
        if file.is_file():
            digest.update(f"{file.name}\0{file.stat().st_size}\0".encode())
            with file.open("rb") as stream:
                while chunk := stream.read(1 << 20):
                    digest.update(chunk)
    return digest.hexdigest()


# --- verifying --------------------------------------------------------------------------------------------------


def verify(package: Path | None = None) -> tuple[Probe, ...]:
    """Translate known sentences with the package in use (or the one named) and look for the words that must come.

    Neither cache nor guard takes part. Raises NoPackageError or UsageError as `choose` does, StagebriefError where
    the model cannot be loaded or ends the program that loads it: it runs in a process of its own.
    """
    info = choose(package)
    answer = _try_out(info.path)
    if isinstance(answer, str):
        raise StagebriefError(f"{info.path}: the model does not work: {answer}. Install the package again.")
    return answer


def _try_out(folder: Path) -> str | tuple[Probe, ...]:
    """What the package makes of the known sentences, or what went wrong."""
    probes = load("guard", SOURCE)["probes"]
    code = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from summarize.translation.engine import Decoding, Engine\n"
        "out = Engine(Path(sys.argv[1]), 1).translate(json.loads(sys.argv[2]), Decoding())\n"
        "print('\\n' + json.dumps([some[0].text for some in out]))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", code, str(folder), json.dumps([probe["sentence"] for probe in probes])]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False)
    except subprocess.TimeoutExpired:
        return "it takes minutes for a sentence"
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        return last[0] if last and done.returncode > 0 else f"it broke down (status {done.returncode})"
    texts = json.loads(done.stdout.decode("utf-8").strip().splitlines()[-1])
    return tuple(
        Probe(probe["sentence"], text, any(word in text.casefold() for word in probe["any"]))
        for probe, text in zip(probes, texts, strict=True)
    )


# --- installing -------------------------------------------------------------------------------------------------


def install_file(path: Path) -> PackageInfo:
    """Install an `.argosmodel` file into the folder where Argos keeps its packages.

    The archive is checked before anything is written, unpacked beside that folder, tried out on known sentences in a
    process of its own, and only then moved to its place; an installed package of the same pair and version is
    replaced. Returns the package, with `used` and `why` as `list_packages` gives them.
    Raises UsageError, saying what is wrong, and leaves nothing behind.
    """
    target = packages_folder()
    made = _make_folders(target)
    try:
        staging = Path(tempfile.mkdtemp(prefix=".stagebrief-", dir=target))
    except OSError as error:
        raise StagebriefError(f"{target}: cannot be written, {error.strerror or error}.") from None
    try:
        folder = unpack(path, staging / "new")
        info = inspect(folder, "installed")
        if (info.from_code or info.to_code) and (info.from_code, info.to_code) != (SOURCE, TARGET):
            raise UsageError(
                f"{path}: translates {info.from_code or '?'} to {info.to_code or '?'}, "
                f"but {SOURCE} to {TARGET} is needed."
            )
        if info.problem:
            raise UsageError(f"{path}: no usable language package, {info.problem}.")
        if not info.from_code:
            raise UsageError(f"{path}: its metadata.json does not say what it translates.")
        answer = _try_out(folder)
        if isinstance(answer, str):
            raise UsageError(f"{path}: the model does not work: {answer}.")
        if not any(probe.ok for probe in answer):
            raise UsageError(
                f"{path}: the model does not translate: {answer[0].original!r} → {answer[0].translation!r}."
            )
        name = _plain(f"translate-{info.from_code}_{info.to_code}-{info.version or '0'}")
        place = target / name
        if place.exists():
            place.rename(staging / "old")
        folder.rename(place)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        _unmake_folders(made)
        raise
    shutil.rmtree(staging, ignore_errors=True)
    return next(info for info in list_packages() if info.path == place)


def _plain(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in name)[:100]


def _make_folders(folder: Path) -> list[Path]:
    """Make the folder and those above it; returns the new ones, the innermost first."""
    new = []
    for path in (folder, *folder.parents):
        if path.exists():
            break
        new.append(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _unmake_folders(new)
        raise StagebriefError(f"{folder}: cannot be written, {error.strerror or error}.") from None
    return new


def _unmake_folders(folders: list[Path]) -> None:
    for path in folders:
        with contextlib.suppress(OSError):
            path.rmdir()


def remove(name: str) -> tuple[PackageInfo, ...]:
    """Remove an installed package by its folder's name, or all installed ones of a language (`nl`).

    Returns what was removed. Raises UsageError where nothing of that name is installed, and for the package that
    comes with the program, which goes only with the program.
    """
    packages = _found()
    chosen = [info for info in packages if info.origin == "installed" and name == info.name]
    if not chosen and name == SOURCE:
        pair = (SOURCE, TARGET)
        chosen = [info for info in packages if info.origin == "installed" and (info.from_code, info.to_code) == pair]
    if not chosen:
        installed = [info.name for info in packages if info.origin == "installed"]
        hint = f"Installed are: {', '.join(installed)}." if installed else "None is installed."
        own = any(info.name == name and info.origin == "shipped" for info in packages)
        what = "comes with the program and goes only with it" if own else "no such installed language package"
        raise UsageError(f"{name}: {what}. {hint}")
    for info in chosen:
        try:
            if info.path.is_symlink():
                info.path.unlink()
            else:
                shutil.rmtree(info.path)
        except OSError as error:
            raise StagebriefError(f"{info.path}: cannot be removed, {error.strerror or error}.") from None
    return tuple(chosen)


def install_online(language: str, progress: Progress | None = None) -> PackageInfo:
    """Get the newest official package of a language from the Argos index and install it as `install_file` does.

    `progress` is called with the bytes that are here and the bytes in all. A download that was cut off goes on where
    it stopped, where the server can do that, else begins again. Raises UsageError for a language that is not Dutch,
    NoPackageError where the network or the package cannot be reached.
    """
    if language != SOURCE:
        raise UsageError(f"{language}: only packages for Dutch ({SOURCE}) are of use here: models install {SOURCE}")
    from summarize.translation.downloading import download, newest

    offer = newest(SOURCE, TARGET)
    folder = cache_folder() / "downloads"
    _make_folders(folder)
    name = _plain(f"translate-{SOURCE}_{TARGET}-{offer.version or '0'}")
    file = download(offer.links, folder / f"{name}.argosmodel", MAX_ARCHIVE, progress)
    try:
        return install_file(file)
    finally:
        file.unlink(missing_ok=True)
