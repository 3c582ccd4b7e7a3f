"""Steps that Ctrl-C must not cut in two, and steps that it must be able to stop."""

from __future__ import annotations

import queue
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any, TypeVar

__all__ = ["interruptible", "side_by_side", "uninterrupted"]

T = TypeVar("T")


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let an interrupt (SIGINT) pass: the block is too short and too late to stop.

    What it does is done when it ends, and is reported as done; an interrupt
    that acted afterwards would make it look undone. Outside the main thread,
    where Python delivers no signals, this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def interruptible(work: Callable[[], T]) -> T:
    """Do something that only reads, so that Ctrl-C ends the waiting for it at once.

    The engine does not look at signals while it searches for a solution, which for
    some queries is for ever, and Python handles them in the main thread only: so the
    work gets a thread of its own. Nobody can stop that thread; it ends with the process.

    Parameters
    ----------
    work : callable

    Returns
    -------
    object
        What the work returns.

    Raises
    ------
    BaseException
        What the work raises; KeyboardInterrupt where the waiting was stopped.
    """
    if threading.current_thread() is not threading.main_thread():
        return work()
    future: Future[T] = Future()
    _start(lambda: _settle(future, work))
    return future.result()


def side_by_side(tasks: Iterable[Callable[[], T]], threads: int) -> list[T]:
    """Do several things at a time, in threads that keep no process from ending.

    Parameters
    ----------
    tasks : iterable of callable
    threads : int

    Returns
    -------
    list
        What they return, in their order.

    Raises
    ------
    BaseException
        What the first of them raises that fails.
    """
    waiting: queue.SimpleQueue[tuple[Future[T], Callable[[], T]]] = queue.SimpleQueue()
    futures: list[Future[T]] = []
    for task in tasks:
        futures.append(Future())
        waiting.put((futures[-1], task))

    def work() -> None:
        while True:
            try:
                future, task = waiting.get_nowait()
            except queue.Empty:
                return
            _settle(future, task)

    for _ in range(min(threads, len(futures))):
        _start(work)
    try:
        return [future.result() for future in futures]
    except BaseException:
        _drain(waiting)
        raise


def _start(work: Callable[[], None]) -> None:
    # A daemon: the process does not wait for it at its end.
    threading.Thread(target=copy_context().run, args=(work,), daemon=True).start()


def _settle(future: Future[T], work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - a panic of the engine is one, too
        future.set_exception(error)


def _drain(waiting: queue.SimpleQueue[Any]) -> None:
    """Take away what nobody has begun."""
    while True:
        try:
            waiting.get_nowait()
        except queue.Empty:
            return
