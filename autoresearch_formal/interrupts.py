"""Ctrl-C at any moment: one line, no traceback, nothing left running.

`install` makes the first Ctrl-C a `KeyboardInterrupt`, which ends the command in an orderly way;
where that takes longer than `GRACE`, or at the second Ctrl-C, the process leaves at once. That is
safe at any moment, because whatever counts is on disk before it is acted on.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, NoReturn, TypeVar, cast

import psutil

from autoresearch_formal.errors import Interrupted

T = TypeVar("T")

GRACE = 5.0
"""Seconds in which a command may end in an orderly way."""


def install() -> None:
    """Handle Ctrl-C from now on; for the main thread of a program."""
    presses = 0

    def pressed(*_: Any) -> None:
        nonlocal presses
        presses += 1
        if presses > 1:
            leave("interrupted")
        threading.Thread(target=_leave_soon, daemon=True).start()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, pressed)


@contextlib.contextmanager
def on_interrupt(stop: Callable[[], object]) -> Iterator[None]:
    """Inside, the first Ctrl-C calls `stop` and nothing else; the second leaves at once."""
    presses = 0

    def pressed(*_: Any) -> None:
        nonlocal presses
        presses += 1
        if presses > 1:
            leave("interrupted")
        stop()

    try:
        before = signal.signal(signal.SIGINT, pressed)
    except ValueError:  # not the main thread, which alone hears of signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


async def in_thread(work: Callable[[], T]) -> T:
    """Work in a thread; who is cancelled meanwhile, or ends, does not wait for it."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, fault: BaseException | None) -> None:
        if future.cancelled():
            return
        if fault is not None:
            future.set_exception(fault)
        else:
            future.set_result(cast(T, result))

    def run() -> None:
        result, fault = None, None
        try:
            result = work()
        except BaseException as found:
            fault = found
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits
            loop.call_soon_threadsafe(settle, result, fault)

    threading.Thread(target=run, daemon=True).start()
    return await future


def leave(said: str = "") -> NoReturn:
    """End this process and all that it has started, at once."""
    unsaid = Interrupted.leaving()  # when its children end the main thread may come to its end, too
    end_children()
    with contextlib.suppress(Exception):
        if sys.stderr.isatty():
            sys.stderr.write("\x1b[?25h")  # a progress display hides the cursor
        if said and unsaid:
            sys.stderr.write(f"{said}\n")
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(Interrupted.exit_code)


def end_children() -> None:
    """End every process below this one, those that lead a group with their whole group."""
    own = os.getpgid(0)
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(OSError):
                group = os.getpgid(child.pid)
                if group == own:
                    os.kill(child.pid, signal.SIGKILL)
                else:
                    os.killpg(group, signal.SIGKILL)


def _leave_soon() -> None:
    threading.Event().wait(GRACE)
    leave("interrupted")
