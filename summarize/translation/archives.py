"""Unpacking a package archive, after all of it has been checked.

An `.argosmodel` file comes from anywhere. Nothing of it is written before its table of contents has been read and
found harmless: no path out of the folder, no link, no bomb. While unpacking the bytes are counted again, since the
table may lie, and whatever goes wrong, the folder is removed.
"""

from __future__ import annotations

import errno
import shutil
import stat
import zipfile
from pathlib import Path, PurePosixPath

from summarize.errors import UsageError

__all__ = ["MAX_ARCHIVE", "unpack"]

MAX_ARCHIVE = 1 << 30
"""Bytes of an archive, packed. Official packages have 50 to 300 MB."""
MAX_UNPACKED = 2 << 30
MAX_FILES = 2_000
MAX_RATIO = 100
"""Unpacked by packed size, of the whole archive: weights hardly shrink, bombs shrink a thousandfold."""
MAX_DEPTH = 8
MAX_NAME = 255


def unpack(archive: Path, folder: Path) -> Path:
    """Check the archive, unpack it below `folder` (which must be new) and return the package folder in it.

    Raises UsageError, saying what is wrong, and removes `folder` again.
    """
    members, top = _check(archive)
    try:
        folder.mkdir(parents=True)
        left = MAX_UNPACKED
        with zipfile.ZipFile(archive) as file:
            for member in members:
                target = folder / PurePosixPath(member.filename)
                target.parent.mkdir(parents=True, exist_ok=True)
                with file.open(member) as source, target.open("xb") as sink:
                    size = 0
                    while chunk := source.read(1 << 20):
                        size += len(chunk)
                        left -= len(chunk)
                        if size > member.file_size or left < 0:
                            raise UsageError(f"{archive}: {member.filename} is larger than the archive says.")
                        sink.write(chunk)
                    if size != member.file_size:
                        raise UsageError(f"{archive}: {member.filename} is cut off.")
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise UsageError(f"{archive}: broken archive, {error}.") from None
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        # A name both file and folder, an offset before the start: the archive's doing, not the disk's.
        own = isinstance(error, FileExistsError | NotADirectoryError | IsADirectoryError)
        own = own or (isinstance(error, OSError) and error.errno in {errno.EINVAL, errno.ENAMETOOLONG})
        if own or type(error).__module__ == "zlib" or type(error).__name__ in {"LZMAError", "error"}:
            raise UsageError(f"{archive}: broken archive, {error}.") from None
        raise
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder / top


def _check(archive: Path) -> tuple[list[zipfile.ZipInfo], str]:
    """The files to unpack and the name of the one folder that holds them all."""
    try:
        packed = archive.stat().st_size
    except OSError as error:
        raise UsageError(f"{archive}: cannot be read, {error.strerror or error}.") from None
    if not archive.is_file():
        raise UsageError(f"{archive}: is not a file. Give a package file (.argosmodel).")
    if packed > MAX_ARCHIVE:
        raise UsageError(f"{archive}: {packed >> 20} MB is too large for a language package.")
    try:
        with zipfile.ZipFile(archive) as file:
            entries = file.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise UsageError(
            f"{archive}: is no whole package file (a zip archive): {error}. Was the download cut off?"
        ) from None
    if len(entries) > MAX_FILES:
        raise UsageError(f"{archive}: {len(entries)} files are too many for a language package.")
    members = []
    seen: set[str] = set()
    for entry in entries:
        _check_name(archive, entry)
        name = entry.filename.rstrip("/").casefold()
        if name in seen:
            raise UsageError(f"{archive}: holds {entry.filename} twice.")
        seen.add(name)
        if not entry.is_dir():
            members.append(entry)
    unpacked = sum(entry.file_size for entry in members)
    if unpacked > MAX_UNPACKED or unpacked > max(packed * MAX_RATIO, 1 << 20):
        raise UsageError(f"{archive}: would unpack to {unpacked >> 20} MB, which no language package does.")
    tops = sorted({PurePosixPath(entry.filename).parts[0] for entry in members})
    metadata = [entry.filename for entry in members if PurePosixPath(entry.filename).name == "metadata.json"]
    if len(tops) != 1 or f"{tops[0]}/metadata.json" not in metadata:
        if any(entry.filename.endswith(".argosmodel") for entry in members):
            raise UsageError(f"{archive}: holds another package file. Unpack it and install the inner one.")
        where = f"; it stands at {metadata[0]}" if metadata else ""
        raise UsageError(f"{archive}: is no language package, no metadata.json in its one top folder{where}.")
    return members, tops[0]


def _check_name(archive: Path, entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    path = PurePosixPath(name)
    # ZipInfo cuts names at a NUL and turns the separator of the platform; orig_filename is what really stands there.
    raw = entry.orig_filename
    if "\0" in raw or "\\" in raw or ":" in raw or path.is_absolute() or ".." in path.parts or not path.parts:
        raise UsageError(f"{archive}: tampered with, {raw!r} points out of the package's folder.")
    if len(path.parts) > MAX_DEPTH or any(len(part.encode()) > MAX_NAME for part in path.parts):
        raise UsageError(f"{archive}: tampered with, a file name is far too long or too deep.")
    if any(ord(character) < 32 for character in raw):
        raise UsageError(f"{archive}: tampered with, {raw!r} has control characters.")
    if entry.flag_bits & 0x1:
        raise UsageError(f"{archive}: {name} is encrypted.")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise UsageError(f"{archive}: tampered with, {name} is a link or no plain file.")
