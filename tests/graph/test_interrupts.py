"""Work in threads that Ctrl-C must be able to leave, and that keep no process from ending."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from comity.interrupts import interruptible, side_by_side


def test_results_come_in_order_whoever_is_first() -> None:
    waits = [0.05, 0.0, 0.02, 0.0]

    def task(number: int) -> int:
        time.sleep(waits[number])
        return number

    tasks = [lambda number=number: task(number) for number in range(4)]
    assert side_by_side(tasks, 3) == [0, 1, 2, 3]
    assert side_by_side([], 3) == []


def test_no_more_threads_than_are_allowed() -> None:
    at_once: list[int] = []
    count, lock = 0, threading.Lock()

    def task() -> None:
        nonlocal count
        with lock:
            count += 1
            at_once.append(count)
        time.sleep(0.01)
        with lock:
            count -= 1

    side_by_side([task] * 12, 3)
    assert max(at_once) == 3


def test_an_error_is_raised_and_what_waits_is_not_begun() -> None:
    begun: list[int] = []

    def fails() -> None:
        raise ValueError("first")

    with pytest.raises(ValueError, match="first"):
        side_by_side([fails, *[lambda: (begun.append(1), time.sleep(0.05))] * 50], 1)
    time.sleep(0.2)
    assert len(begun) < 10


def test_what_the_work_gives_or_raises_comes_through() -> None:
    assert interruptible(lambda: threading.current_thread() is threading.main_thread()) is False
    with pytest.raises(ZeroDivisionError):
        interruptible(lambda: 1 / 0)


def test_an_interrupt_ends_the_waiting() -> None:
    began = time.monotonic()
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        interruptible(lambda: side_by_side([lambda: time.sleep(5)] * 2, 2))
    assert time.monotonic() - began < 3


def test_a_process_does_not_wait_for_what_it_left() -> None:
    program = (
        "import os, signal, time, threading\n"
        "from comity.interrupts import interruptible, side_by_side\n"
        "threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "try: interruptible(lambda: side_by_side([lambda: time.sleep(60)] * 2, 2))\n"
        "except KeyboardInterrupt: print('left')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "left\n", "")
