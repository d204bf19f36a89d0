"""Times as numbers: what kind they are, and what is none."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from servqual.operations.given_times import TimeKind, time_of, times_of

DAY = timedelta(days=1)


def objects(*values: Any) -> Any:
    return np.array(values, object)


def test_kinds() -> None:
    noon = datetime(1970, 1, 2, 12, tzinfo=UTC)
    cases = [
        (np.array([1, 2]), [1, 2], TimeKind.NUMBERS),
        (np.array([np.nan]), [np.nan], None),
        (np.array(["1970-01-03", "NaT"], "datetime64[D]"), [2, np.nan], TimeKind.DATES),
        (objects(date(1970, 1, 3), None), [2, np.nan], TimeKind.DATES),
        (objects(noon, np.nan), [1.5, np.nan], TimeKind.ZONED),
        (objects(None, None), [np.nan, np.nan], None),
    ]
    for given, values, kind in cases:
        found = times_of(given, DAY)
        assert found is not None
        assert found.values == pytest.approx(values, nan_ok=True)
        assert found.kind is kind


def test_what_is_no_time() -> None:
    clock = datetime(2026, 3, 1)  # noqa: DTZ001 - a time without a zone is what is tested
    assert times_of(objects(clock, clock.replace(tzinfo=UTC)), DAY) is None
    assert times_of(objects(clock, "soon"), DAY) is None
    nothings: list[Any] = [True, "2026-03-01", [1, 2], {}]
    for nothing in nothings:
        assert time_of(nothing, DAY) is None


def test_single_times() -> None:
    for given, kind in (
        (3, TimeKind.NUMBERS),
        (date(1970, 1, 4), TimeKind.DATES),
        (np.datetime64(3, "D"), TimeKind.DATES),
    ):
        found = time_of(given, DAY)
        assert found is not None
        assert (found.values.tolist(), found.kind) == ([3.0], kind)
