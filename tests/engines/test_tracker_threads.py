"""Trackers read and updated by several threads at once."""

import threading

import pytest

from servqual import Difference, PerformanceOnly
from servqual.engines.tracking import Tracker
from tests.engines.fed import DESK


def test_readers_see_whole_states_while_others_write() -> None:
    answers = {"perception": [[5], [4], [3]], "expectation": [[6], [6], [7]]}
    tracker = Tracker(DESK, Difference(), window=4)
    tracker.update(answers, 0)
    done, seen, faults = threading.Event(), [], []

    def read() -> None:
        try:
            while not done.is_set():
                held = tracker.periods
                sizes = [len(summary) for summary in held.values()]
                table = tracker.by_period().table()
                seen.append(sum(sizes))
                assert all(size % 3 == 0 for size in sizes)
                assert list(held) == sorted(held)
                assert len(held) <= 4
                assert table["mean"][0] == pytest.approx(-7 / 3)
                assert int(table["n"][0] or 0) % 3 == 0
        except BaseException as error:  # noqa: BLE001 - carried to the thread that judges
            faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    for place in range(1, 60):
        tracker.update(answers, place // 10)
    done.set()
    for thread in readers:
        thread.join()
    assert not faults
    assert len(set(seen)) > 1
    assert len(tracker.summary(5)) == 30


def test_several_writers_lose_nothing() -> None:
    tracker = Tracker(DESK, PerformanceOnly())
    barrier = threading.Barrier(4)

    def write() -> None:
        barrier.wait()
        for _ in range(50):
            tracker.update({"perception": [[5], [6]]}, "today")

    writers = [threading.Thread(target=write) for _ in range(4)]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    assert len(tracker.summary()) == 4 * 50 * 2
