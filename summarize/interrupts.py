"""Ctrl-C and the like end a command within two seconds, whatever it is doing."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType

from summarize.errors import ExitCode

__all__ = ["at_interrupt", "catch_interrupts"]

_GRACE_S = 1.5
"""Seconds that a command has to end by itself, from the signal on."""

_at_interrupt: list[Callable[[], None]] = []


def at_interrupt(end: Callable[[], None]) -> Callable[[], None]:
    """Call `end` before the process is ended the hard way; returns what takes it off the list again."""
    _at_interrupt.append(end)

    def forget() -> None:
        with contextlib.suppress(ValueError):
            _at_interrupt.remove(end)

    return forget


def catch_interrupts(say: Callable[[], None]) -> None:
    """From now on the first SIGINT, SIGTERM or SIGHUP raises KeyboardInterrupt in the main thread; others are ignored.

    Python raises it only between two steps of its own, and a batch of translations is one step that can last a
    minute. So a thread is told of the signal at once, and ends the process with status 130 when it is still
    there after a grace period; `say` is called before. Does nothing outside the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    signals = [getattr(signal, name) for name in names]
    # What was started with nohup, or in the background of a script, is not to be stopped by those signals.
    signals = [number for number in signals if signal.getsignal(number) != signal.SIG_IGN]
    told = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal told
        if not told:
            told = True
            raise KeyboardInterrupt

    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    for number in signals:
        signal.signal(number, interrupt)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)

    def watch() -> None:
        while number := os.read(reading, 1):
            if number[0] in signals:
                time.sleep(_GRACE_S)
                say()
                for end in list(_at_interrupt):
                    with contextlib.suppress(Exception):
                        end()
                os._exit(ExitCode.INTERRUPTED)

    threading.Thread(target=watch, name="interrupts", daemon=True).start()
