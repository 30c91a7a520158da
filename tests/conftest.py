"""Shared fixtures: the development data beside the checkout, where it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("STAGEBRIEF_SHARED", ROOT.parent / "shared"))

# Each of the hundred commands that the tests start would compile the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development data; tests that need it are skipped where it is missing, but fail in CI."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"the development data is missing: {SHARED}")
        pytest.skip(f"the development data is not here: {SHARED}")
    return SHARED


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's cache or installed language packages."""
    folder = tmp_path_factory.getbasetemp()
    monkeypatch.setenv("STAGEBRIEF_CACHE", str(folder / "cache"))
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(folder / "packages"))
