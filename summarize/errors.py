"""Exit codes and the errors that a person at the terminal is meant to read."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ExitCode", "NoPackageError", "StagebriefError", "UsageError"]


class ExitCode(IntEnum):
    """What the command's exit status says."""

    OK = 0
    """All inputs done."""
    SOME_FAILED = 1
    """Some inputs failed, each named on standard error; the rest is written."""
    USAGE = 2
    """The command line is wrong, or nothing could be read."""
    NO_PACKAGE = 3
    """A language package is needed and none is there."""
    INTERRUPTED = 130
    """Stopped by the user; what was finished stays."""


class StagebriefError(Exception):
    """An error with a message for a person: what, where, and what to do."""

    exit_code = ExitCode.SOME_FAILED


class UsageError(StagebriefError):
    """The command line or an option's value is wrong, or nothing could be read."""

    exit_code = ExitCode.USAGE


class NoPackageError(StagebriefError):
    """No usable language package for the language at hand."""

    exit_code = ExitCode.NO_PACKAGE
