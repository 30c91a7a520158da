"""A worker process: takes chunks of units on its standard input, gives results on its standard output.

Started by `summarize.batch.parallel` as a plain Python process rather than through `multiprocessing`, so that nothing
of the caller's main module runs again in it (a notebook, a script without a main guard), no thread of the caller is
forked (CTranslate2 does not survive that), and it is the same on every system.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from typing import BinaryIO

from summarize.errors import StagebriefError

__all__ = ["main", "receive", "send", "work"]


def main() -> None:
    """Serve until standard input ends."""
    # The caller gets the Ctrl-C of the terminal and decides; SIGTERM ends a worker as it ends any process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The two pipes become ours alone: whatever a library prints goes to standard error, and cannot spoil a result.
    taken = os.fdopen(os.dup(0), "rb")
    given = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    with contextlib.suppress(EOFError, BrokenPipeError):
        work(taken, given)
    sys.stderr.flush()
    # Without the interpreter's long goodbye to CTranslate2 and NumPy.
    os._exit(0)


def work(taken: BinaryIO, given: BinaryIO) -> None:
    """Take the task, then chunks, until the other side ends; raises EOFError then."""
    task = pickle.loads(receive(taken))
    reply(given, "ready")
    while True:
        units = pickle.loads(receive(taken))
        try:
            result = task(units)
        except StagebriefError as error:
            # No package: not the article's fault, and the end of the run.
            result = error
        reply(given, result)


def reply(given: BinaryIO, result: object) -> None:
    """Send an object."""
    send(given, pickle.dumps(result, protocol=pickle.HIGHEST_PROTOCOL))


def send(pipe: BinaryIO, data: bytes) -> None:
    """Write a message: its length in eight bytes, and itself."""
    pipe.write(len(data).to_bytes(8, "little") + data)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes:
    """The next message; raises EOFError where the other side ends before its end."""
    head = pipe.read(8)
    size = int.from_bytes(head, "little")
    data = pipe.read(size) if len(head) == 8 else b""
    if len(head) < 8 or len(data) < size:
        raise EOFError
    return data
