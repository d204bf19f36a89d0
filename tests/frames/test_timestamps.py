"""Columns of dates as numbers: the same in every library, with and without a time zone."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from servqual._frames import opened
from servqual._frames.moments import timestamps
from servqual.errors import SurveyError

MOMENTS = [datetime(2026, 3, 1, 8, 30), None, datetime(1969, 12, 31)]  # noqa: DTZ001 - a time without a zone is tested


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_moments_are_microseconds_since_1970(make: Any) -> None:
    found = timestamps(opened(make({"when": MOMENTS})), "when")
    assert found is not None
    values, zoned = found
    since = (datetime(2026, 3, 1, 8, 30, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)
    assert values == pytest.approx([since, np.nan, -86_400e6], nan_ok=True)
    assert not zoned


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_a_zone_leads_to_utc(make: Any) -> None:
    there = datetime(2026, 3, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    found = timestamps(opened(make({"when": [there.astimezone(UTC)]})), "when")
    assert found is not None
    assert found[1]
    assert found[0] == pytest.approx([datetime(2026, 3, 1, tzinfo=UTC).timestamp() * 1e6])


@pytest.mark.parametrize("make", [pl.DataFrame, pa.table])
def test_days_are_their_midnights(make: Any) -> None:
    found = timestamps(opened(make({"when": [date(1970, 1, 3), None]})), "when")
    assert found is not None
    assert found[0] == pytest.approx([2 * 86_400e6, np.nan], nan_ok=True)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_anything_else_is_no_date(make: Any) -> None:
    frame = opened(make({"number": [1.5], "text": ["2026-03-01"]}))
    assert timestamps(frame, "number") is None
    assert timestamps(frame, "text") is None
    with pytest.raises(SurveyError, match="no 'when'"):
        timestamps(frame, "when")
