"""Operating indicators and service scores: against scipy, lags by hand, and what is refused."""

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from scipy import stats

from servqual.errors import ArgumentError, StandardsError
from servqual.operations.indicators.lagged_reading import operating_correlations
from servqual.statistics import Inapplicable


def panel(seed: int = 1, units: int = 12, periods: int = 8) -> dict[str, Any]:
    """Sales follow the score of the quarter before; large branches sell more and score less."""
    rng = np.random.default_rng(seed)
    score = rng.normal(5, 0.5, (units, periods)) - np.arange(units)[:, None] / 4
    sales = 100 + 30 * np.arange(units)[:, None] + 8 * np.roll(score, 1, axis=1) + rng.normal(0, 3, (units, periods))
    rows = rng.permutation(units * periods)
    quarters = [f"{2024 + each // 4}Q{each % 4 + 1}" for each in range(periods)]
    return {
        "branch": np.repeat([f"b{each:02d}" for each in range(units)], periods)[rows],
        "quarter": np.tile(quarters, units)[rows],
        "score": score.ravel()[rows],
        "sales": sales.ravel()[rows],
        "visits": rng.normal(size=units * periods),
    }  # fmt: skip


def test_the_lag_is_found_within_units_and_not_between_them() -> None:
    found = operating_correlations(
        panel(), ["score"], ["sales", "visits"], unit="branch", period="quarter", lags=(0, 1, 2)
    )
    assert found.strongest("sales") == found["score", "sales", 1]
    assert float(found["score", "sales", 1].low) > 0.5
    assert (found["score", "sales", 1].pairs, found["score", "sales", 1].units) == (12 * 7, 12)
    assert found["score", "sales", 1].df == 12 * 7 - 12 - 1
    assert abs(float(found["score", "visits"].r)) < 0.3
    frame = pd.DataFrame(panel())
    assert stats.pearsonr(frame["score"], frame["sales"]).statistic < 0
    p = [float(row.p) for row in found]
    smallest = int(np.argmin(p))
    assert float(found.rows[smallest].p_adjusted) == pytest.approx(6 * p[smallest])


def test_one_name_is_one_column() -> None:
    one = operating_correlations(panel(), "score", "sales", unit="branch", period="quarter")
    assert (
        one.to_dict()
        == operating_correlations(panel(), ["score"], ["sales"], unit="branch", period="quarter").to_dict()
    )
    assert one.to_table()["df"] == (12 * 8 - 12 - 1,)


def test_one_series_is_pearsons_correlation_of_shifted_rows() -> None:
    rng = np.random.default_rng(2)
    rows: dict[str, Any] = {"month": list(range(1, 21)), "score": rng.normal(size=20), "sales": rng.normal(size=20)}
    found = operating_correlations(rows, ["score"], ["sales"], period="month", lags=(0, 3))
    for lag in (0, 3):
        theirs = stats.pearsonr(rows["score"][: 20 - lag], rows["sales"][lag:])
        ends = theirs.confidence_interval()
        row = found["score", "sales", lag]
        assert (row.r, row.p) == pytest.approx((theirs.statistic, theirs.pvalue))
        assert (row.low, row.high) == pytest.approx((ends.low, ends.high))
    branches = operating_correlations(rows, ["score"], ["sales"], unit="month")
    assert branches["score", "sales"].r == pytest.approx(stats.pearsonr(rows["score"], rows["sales"]).statistic)


def test_a_missing_month_is_a_gap_and_not_the_month_before() -> None:
    rows = {"month": [1, 2, 4, 5, 6], "score": [1.0, 2, 3, 4, 6], "sales": [1.0, 5, 2, 4, 3]}
    found = operating_correlations(rows, ["score"], ["sales"], period="month", lags=(1,))
    assert found["score", "sales", 1].pairs == 3
    far = operating_correlations(rows, ["score"], ["sales"], period="month", lags=(9,))
    assert far["score", "sales", 9].r == Inapplicable("no score has an indicator so many periods later")


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_every_frame_says_the_same(make: Any) -> None:
    options: dict[str, Any] = {"unit": "branch", "period": "quarter", "lags": (1,)}
    found = operating_correlations(make(panel()), ["score"], ["sales"], **options)
    assert found.to_dict() == operating_correlations(panel(), ["score"], ["sales"], **options).to_dict()


def test_what_does_not_vary_says_so() -> None:
    rows = {"score": [3.0, 3, 3], "sales": [1.0, 2, 3]}
    found = operating_correlations(rows, ["score"], ["sales"])["score", "sales"]
    assert found.r == Inapplicable("one side does not vary")
    assert repr(found) == "<OperatingCorrelation score → sales, lag 0: one side does not vary>"
    with pytest.raises(ArgumentError, match="score, indicator"):
        operating_correlations(rows, ["score"], ["sales"])["sales"]
    assert operating_correlations(rows, ["score"], ["sales"]).strongest("sales") is None


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(StandardsError) as caught:
        operating_correlations(
            {"score": [1.0, 2], "sales": ["a", "b"]}, ["score", "score"], ["sales", "score"], lags=(1, -1)
        )
    said = str(caught.value)
    for each in (
        "scores: 1 named twice", "indicators: 'score' is a score as well", "lags: 1 without periods", "lags: -1; a lag",
        "column sales: no numbers but 'a'",
    ):  # fmt: skip
        assert each in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"period": ["May", "June", "July"]}, "periods have an order in time"),
        ({"period": [1, 1, 2]}, "rows: 2 share unit and period: rows 0, 1; a unit has one row in a period"),
        ({"unit": ["a", None, "b"]}, "unit: 1 rows without one: row 1"),
        ({"lags": ()}, "lags: none; there is one at least"),
    ],
)
def test_refusals(given: dict[str, Any], said: str) -> None:
    with pytest.raises(StandardsError, match=said):
        operating_correlations({"score": [1.0, 2, 3], "sales": [1.0, 2, 3]}, ["score"], ["sales"], **given)
