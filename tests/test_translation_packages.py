"""Language packages: choosing, installing, refusing what is broken, removing. Real archives of the real package."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summarize.errors import ExitCode, NoPackageError, UsageError
from summarize.translation import packages
from summarize.translation.downloading import download


@pytest.fixture()
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for installed packages, not made yet."""
    place = tmp_path / "argos" / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(place))
    return place


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package that comes with the program, as a newer version."""
    folder = tmp_path_factory.mktemp("unpacked") / "translate-nl_en-99_0"
    shutil.copytree(packages.shipped_folder(), folder)
    set_metadata(folder, package_version="99.0")
    return folder


@pytest.fixture(scope="module")
def archive(unpacked: Path) -> Path:
    return pack(unpacked, unpacked.parent / "good.argosmodel")


def set_metadata(folder: Path, **values: str) -> None:
    file = folder / "metadata.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **values}), "utf-8")


def pack(folder: Path, target: Path, top: str | None = None) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                file.write(path, f"{top or folder.name}/{path.relative_to(folder).as_posix()}")
    return target


def everything_below(path: Path) -> set[str]:
    return {str(found.relative_to(path)) for found in path.rglob("*")}


# --- choosing ---------------------------------------------------------------------------------------------------


def test_the_shipped_package_is_used_where_nothing_is_installed(folder: Path) -> None:
    [info] = packages.list_packages()
    assert info.used and info.origin == "shipped"
    assert info.why == "used: comes with the program"
    assert packages.choose() == info
    assert info.label == f"translate-nl_en {info.version}"
    assert not folder.exists()  # looking makes nothing


def test_a_newer_installed_package_wins_and_an_older_does_not(folder: Path, unpacked: Path) -> None:
    newer, older = folder / "newer", folder / "older"
    shutil.copytree(unpacked, newer)
    shutil.copytree(unpacked, older)
    set_metadata(older, package_version="0.0.1")
    best, *others = packages.list_packages()
    assert (best.name, best.used) == ("newer", True)
    assert "newer than" in best.why
    assert {info.name: "older than" in info.why for info in others} == {
        packages.shipped_folder().name: True,
        "older": True,
    }
    assert packages.choose(older).path == older  # --package wins over all
    assert packages.list_packages(older)[0].why == "used: named with --package"


def test_broken_and_foreign_packages_are_passed_over_with_a_reason(folder: Path, unpacked: Path) -> None:
    shutil.copytree(unpacked, folder / "without-model", ignore=shutil.ignore_patterns("model.bin"))
    shutil.copytree(unpacked, folder / "german")
    set_metadata(folder / "german", from_code="de")
    (folder / "empty").mkdir()
    found = {info.name: info for info in packages.list_packages()}
    assert packages.choose().origin == "shipped"
    assert "no model" in found["without-model"].why
    assert "de to en" in found["german"].why
    assert "no metadata.json" in found["empty"].why


def test_a_named_package_that_is_none_is_an_error_of_the_command_line(
    folder: Path, archive: Path, tmp_path: Path
) -> None:
    for path, words in ((tmp_path / "nowhere", "no such"), (archive, "models install"), (tmp_path, "metadata.json")):
        with pytest.raises(UsageError, match=words):
            packages.choose(path)


def test_without_any_package_the_message_says_how_to_get_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "shipped_folder", lambda: folder / "nowhere")
    with pytest.raises(NoPackageError, match="models install nl") as caught:
        packages.choose()
    assert caught.value.exit_code == ExitCode.NO_PACKAGE


# --- installing -------------------------------------------------------------------------------------------------


def test_installs_verifies_replaces_and_removes(folder: Path, archive: Path) -> None:
    info = packages.install_file(archive)
    assert info.used and info.origin == "installed" and info.version == "99.0"
    assert everything_below(folder) >= {"translate-nl_en-99_0/model/model.bin", "translate-nl_en-99_0/metadata.json"}
    before = everything_below(folder)
    assert packages.install_file(archive) == info
    assert everything_below(folder) == before  # nothing left of unpacking and replacing
    probes = packages.verify()
    assert probes and all(probe.translation for probe in probes)
    assert any(probe.ok for probe in probes)
    with pytest.raises(UsageError, match="translate-nl_en-99_0"):
        packages.remove("something-else")
    assert [removed.name for removed in packages.remove("nl")] == ["translate-nl_en-99_0"]
    assert everything_below(folder) == set()
    with pytest.raises(UsageError, match="comes with the program"):
        packages.remove(packages.shipped_folder().name)
    assert packages.shipped_folder().is_dir()


def truncated(unpacked: Path, target: Path) -> None:
    data = pack(unpacked, target).read_bytes()
    target.write_bytes(data[: len(data) // 2])


def bad_bytes(unpacked: Path, target: Path) -> None:
    data = bytearray(pack(unpacked, target).read_bytes())
    data[len(data) // 2] ^= 0xFF
    target.write_bytes(bytes(data))


def another(change: Callable[[Path], None]) -> Callable[[Path, Path], None]:
    def make(unpacked: Path, target: Path) -> None:
        folder = target.parent / "changed"
        shutil.copytree(unpacked, folder)
        change(folder)
        pack(folder, target)

    return make


def with_member(name: str, mode: int = 0o100644, content: bytes = b"x") -> Callable[[Path, Path], None]:
    def make(unpacked: Path, target: Path) -> None:
        pack(unpacked, target)
        with zipfile.ZipFile(target, "a") as file:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            file.writestr(entry, content)

    return make


def bomb(unpacked: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a/metadata.json", "{}")
        file.writestr("a/model/model.bin", bytes(64 << 20))


def nested(unpacked: Path, target: Path) -> None:
    inner = pack(unpacked, target.parent / "inner.argosmodel")
    with zipfile.ZipFile(target, "w") as file:
        file.write(inner, "package/inner.argosmodel")


def too_deep(unpacked: Path, target: Path) -> None:
    pack(unpacked, target, top="outer/translate-nl_en-99_0")


def liar(unpacked: Path, target: Path) -> None:
    """An archive whose table says that a file is smaller than it is."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a/metadata.json", (unpacked / "metadata.json").read_bytes())
        file.writestr("a/model/model.bin", bytes(1 << 20))
    data = target.read_bytes()
    at = data.rindex(b"PK\x01\x02")
    assert int.from_bytes(data[at + 24 : at + 28], "little") == 1 << 20
    target.write_bytes(data[: at + 24] + (1000).to_bytes(4, "little") + data[at + 28 :])


BROKEN: dict[str, tuple[Callable[[Path, Path], None], str]] = {
    "no archive": (lambda _, target: target.write_bytes(b"just text") and None, "zip archive"),
    "truncated": (truncated, "zip archive"),
    "damaged": (bad_bytes, "broken archive|does not work|CRC"),
    "wrong pair": (another(lambda folder: set_metadata(folder, from_code="de")), "de to en"),
    "other type": (another(lambda folder: set_metadata(folder, type="sbd")), "type sbd"),
    "no model": (another(lambda folder: (folder / "model" / "model.bin").unlink()), "no model"),
    "no vocabulary": (another(lambda f: (f / "model" / "shared_vocabulary.json").unlink()), "no vocabulary"),
    "no tokenizer": (another(lambda folder: (folder / "sentencepiece.model").unlink()), "no tokenizer"),
    "tampered model": (
        another(lambda f: (f / "model" / "model.bin").write_bytes(bytes(100_000))),
        "model does not work",
    ),
    "no json": (another(lambda folder: (folder / "metadata.json").write_text("[[[")), "metadata.json"),
    "path out": (with_member("../../evil.txt"), "points out"),
    "absolute path": (with_member("/tmp/evil.txt"), "points out"),
    "windows path": (with_member("translate-nl_en-99_0\\..\\..\\evil.txt"), "points out"),
    "link": (with_member("translate-nl_en-99_0/link", 0o120777, b"/etc/passwd"), "link"),
    "device": (with_member("translate-nl_en-99_0/device", 0o020644), "link or no plain file"),
    "twice": (with_member("translate-nl_en-99_0/METADATA.json"), "twice"),
    "second folder": (with_member("other/file"), "one top folder"),
    "bomb": (bomb, "no language package does"),
    "nested": (nested, "inner one"),
    "too deep": (too_deep, "one top folder"),
    "lying table": (liar, "larger than|broken archive"),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("case", BROKEN)
def test_refuses_what_is_broken_and_leaves_nothing(case: str, folder: Path, unpacked: Path, tmp_path: Path) -> None:
    make, words = BROKEN[case]
    work = tmp_path / "work"
    work.mkdir()
    target = work / "package.argosmodel"
    make(unpacked, target)
    outside = everything_below(tmp_path)
    with pytest.raises(UsageError, match=words) as caught:
        packages.install_file(target)
    assert str(target) in str(caught.value)
    assert caught.value.exit_code == ExitCode.USAGE
    assert everything_below(tmp_path) == outside  # not even the packages folder
    assert packages.choose().origin == "shipped"


def test_a_broken_update_leaves_the_old_one_alone(folder: Path, archive: Path, tmp_path: Path, unpacked: Path) -> None:
    packages.install_file(archive)
    before = {name: (folder / name).read_bytes() for name in everything_below(folder) if (folder / name).is_file()}
    bad_bytes(unpacked, tmp_path / "bad.argosmodel")
    with pytest.raises(UsageError):
        packages.install_file(tmp_path / "bad.argosmodel")
    after = {name: (folder / name).read_bytes() for name in everything_below(folder) if (folder / name).is_file()}
    assert after == before


# --- argostranslate ---------------------------------------------------------------------------------------------


def test_looking_for_packages_makes_no_folders_and_loads_no_model(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    code = (
        "import sys\n"
        "from summarize.translation import Translator, packages\n"
        "packages.list_packages(); packages.choose(); packages.argos_package(packages.choose().path)\n"
        "import os; os.makedirs('made/by/others')\n"
        "assert 'ctranslate2' not in sys.modules and 'stanza' not in sys.modules and 'minisbd' not in sys.modules\n"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ARGOS_"))}
    environment |= {"HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path, check=True)
    assert everything_below(home) == set()
    assert (tmp_path / "made" / "by" / "others").is_dir()  # other folders are made as ever


# --- downloading ------------------------------------------------------------------------------------------------


class _Server(http.server.BaseHTTPRequestHandler):
    """Gives one file; cuts the connection after `cut` bytes where that is set; understands ranges."""

    content = bytes(range(256)) * 4096
    cut: int | None = None
    asked: list[str | None]

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        type(self).asked.append(asked)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        body = self.content[start:]
        self.send_response(206 if asked else 200)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Length", str(len(body)))
        if asked:
            self.send_header("Content-Range", f"bytes {start}-{len(self.content) - 1}/{len(self.content)}")
        self.end_headers()
        self.wfile.write(body[: self.cut] if self.cut else body)
        type(self).cut = None

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture()
def server() -> Iterator[tuple[str, type[_Server]]]:
    handler = type("Handler", (_Server,), {"asked": [], "cut": None})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}/file", handler
        running.shutdown()


def test_downloads_with_progress(server: tuple[str, type[_Server]], tmp_path: Path) -> None:
    link, handler = server
    seen: list[tuple[int, int | None]] = []
    file = download((link,), tmp_path / "file", 1 << 30, lambda done, total: seen.append((done, total)))
    assert file.read_bytes() == handler.content
    assert seen[-1] == (len(handler.content), len(handler.content))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert everything_below(tmp_path) == {"file"}


def test_goes_on_where_the_connection_was_cut(server: tuple[str, type[_Server]], tmp_path: Path) -> None:
    link, handler = server
    handler.cut = 300_000
    assert download((link,), tmp_path / "file", 1 << 30).read_bytes() == handler.content
    first, second = handler.asked
    assert first is None and second == "bytes=300000-"
    assert everything_below(tmp_path) == {"file"}


def test_refuses_what_is_too_large_and_what_is_not_there(server: tuple[str, type[_Server]], tmp_path: Path) -> None:
    link, _ = server
    with pytest.raises(NoPackageError, match="too large"):
        download((link,), tmp_path / "file", 1000)
    with pytest.raises(NoPackageError, match="cannot be downloaded"):
        download(("http://127.0.0.1:9/none",), tmp_path / "file", 1000)
    assert not (tmp_path / "file").exists()


def test_installs_from_an_index(tmp_path: Path, archive: Path, folder: Path) -> None:
    """Through argostranslate's own index, in a process of its own since it reads its settings when imported."""
    site = tmp_path / "site"
    site.mkdir()
    shutil.copy(archive, site / "nl_en.argosmodel")

    class Files(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object, **named: object) -> None:
            super().__init__(*args, directory=str(site), **named)  # type: ignore[arg-type, misc]

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{running.server_address[1]}/"
        offer = {"type": "translate", "from_code": "nl", "to_code": "en", "links": [base + "nl_en.argosmodel"]}
        index = [{**offer, "package_version": "99.0"}, {**offer, "package_version": "1.0", "links": ["ipfs://x"]}]
        (site / "index.json").write_text(json.dumps(index))
        code = "from summarize.translation.packages import install_online; print(install_online('nl').name)"
        environment = {**os.environ, "ARGOS_PACKAGE_INDEX": base, "PYTHONPATH": os.pathsep.join(sys.path)}
        environment |= {"XDG_DATA_HOME": str(tmp_path / "data"), "STAGEBRIEF_CACHE": str(tmp_path / "cache")}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        running.shutdown()
    assert done.stdout.strip() == "translate-nl_en-99_0", done.stderr
    assert (folder / "translate-nl_en-99_0" / "model" / "model.bin").is_file()
    assert not list((tmp_path / "cache" / "downloads").iterdir())


def test_without_a_network_the_message_says_what_to_do(tmp_path: Path) -> None:
    code = (
        "from summarize.translation.packages import install_online\n"
        "from summarize.errors import NoPackageError\n"
        "try: install_online('nl')\n"
        "except NoPackageError as error: print(error)\n"
    )
    environment = {**os.environ, "ARGOS_PACKAGE_INDEX": "http://127.0.0.1:9/", "XDG_DATA_HOME": str(tmp_path)}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert "cannot be reached" in done.stdout and "models install FILE" in done.stdout
    assert done.stderr == ""
    with pytest.raises(UsageError, match="only packages for Dutch"):
        packages.install_online("fr")
