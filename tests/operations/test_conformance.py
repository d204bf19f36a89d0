"""Conformance against scipy, by units and periods, with waits that are still open, from every kind of source."""

import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual.errors import ArgumentError, StandardsError
from servqual.instruments import Instrument, Scale
from servqual.operations.standards.conformance_results import Conformance
from servqual.operations.standards.conforming import conformance, conformance_from_counts
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.words import StandardKind, StandardVerdict
from servqual.statistics import ClusterSums, Inapplicable, Moments, cluster_standard_error, wilson_interval
from servqual.survey import Survey

WAIT = Standard(key="wait", kind=StandardKind.TIME, high=5, target=0.8)
CASES = {
    "wait": [1.0, 4, 9, 5, 2, 6, None, 3],
    "branch": ["n", "n", "n", "s", "s", "s", "s", None],
    "week": [1, 1, 2, 1, 2, 2, 1, 2],
}


@pytest.mark.parametrize("method", ["wilson", "exact"])
@given(st.lists(st.integers(0, 10), min_size=1, max_size=80), st.floats(0.5, 0.99))
def test_intervals_are_those_of_scipy(method: str, waits: list[int], confidence: float) -> None:
    found = conformance(WAIT, waits, interval=method, confidence=confidence).overall
    kept = sum(each <= 5 for each in waits)
    theirs = stats.binomtest(kept, len(waits)).proportion_ci(confidence, method)  # type: ignore[arg-type]
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert (found.share, found.conforming, found.effective_n) == (kept / len(waits), kept, len(waits))


def test_units_periods_and_both() -> None:
    found = conformance(WAIT, CASES, unit="branch", period="week")
    assert (found.overall.n, found.overall.missing, found.overall.conforming) == (7, 1, 5)
    assert [(row.unit, row.n, row.conforming) for row in found.units] == [("n", 3, 2), ("s", 3, 2), ("no unit", 1, 1)]
    assert [(row.period, row.n, row.conforming) for row in found.periods] == [(1, 3, 3), (2, 4, 2)]
    assert (found["s", 2].n, found["s", 2].conforming) == (2, 1)
    assert (found["n"].n, found[2].n) == (3, 4)
    assert len(found) == 1 + 3 + 2 + 5
    assert found.overall.margin == pytest.approx(5 / 7 - 0.8)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_every_source_says_the_same(make: Any) -> None:
    found = conformance(WAIT, make(CASES), unit="branch", period="week")
    arrays = conformance(WAIT, CASES["wait"], unit=CASES["branch"], period=CASES["week"])
    assert found.to_dict() == arrays.to_dict()


def test_a_survey_is_read_by_items_and_groups() -> None:
    desk = Instrument.define("desk", {"care": ["heard", "kind"]}, scale=Scale.likert(7))
    answers = np.array([[7, 6], [5, 6], [6, 7], [np.nan, 2]])
    frame = pd.DataFrame(answers, columns=["heard", "kind"]).assign(branch=list("aabb"))
    survey = Survey.from_frame(frame, desk, perception="{key}", groups=["branch"])
    soft = Standard.soft("heard", Scale.likert(7), low=6, target=0.5)
    found = conformance(soft, survey, unit="branch")
    assert [(row.n, row.missing, row.conforming) for row in found.rows] == [(3, 1, 2), (2, 0, 1), (1, 1, 1)]
    assert conformance(soft, survey, "kind").overall.conforming == 3
    with pytest.raises(StandardsError, match="survey: it has weights; here every respondent counts alike"):
        conformance(soft, Survey.from_arrays(desk, perception=answers, weights=[1, 2, 1, 1]))


def test_verdicts_say_on_which_side_of_the_target_the_interval_lies() -> None:
    found = conformance_from_counts(WAIT, [95, 60, 80, 0], [100, 100, 100, 0], unit=list("abcd"))
    assert [row.verdict for row in found.units] == ["met", "missed", "open", "unjudged"]
    assert found["d"].share == Inapplicable("no case has a value")
    assert found.overall.conforming == 235


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abc"), st.integers(1, 3)), min_size=1, max_size=40))
def test_cases_and_counts_say_the_same(cases: list[tuple[int, str, int]]) -> None:
    waits, units, periods = (np.array(each) for each in zip(*cases, strict=True))
    found = conformance(WAIT, waits, unit=units, period=periods)
    counted = conformance_from_counts(
        WAIT, (waits <= 5).astype(int), np.ones(waits.size, int), unit=units, period=periods
    )
    assert found.to_dict() == counted.to_dict()


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_waits_that_all_ended_or_are_open_beyond_the_limit_are_counted(waits: list[int]) -> None:
    ended = [wait <= 5 for wait in waits]
    plain = conformance(WAIT, waits).overall
    found = conformance(WAIT, waits, observed=ended).overall
    for name in ("share", "low", "high", "effective_n", "se"):
        assert getattr(found, name) == pytest.approx(getattr(plain, name), abs=1e-9)


def test_open_waits_are_neither_kept_nor_missed() -> None:
    rng = np.random.default_rng(2)
    waits, leaves = rng.exponential(4, 300), rng.exponential(6, 300)
    times, seen = np.minimum(waits, leaves), waits <= leaves
    found = conformance(WAIT, times, observed=seen).overall
    curve = stats.ecdf(stats.CensoredData.right_censored(times, ~seen)).sf
    assert found.share == pytest.approx(1 - float(curve.evaluate(np.array([5.0]))[0]))
    assert found.open_cases == int((~seen & (times < 5)).sum())
    assert 0 < float(found.effective_n) < found.n
    # the interval is Wilson's on that many cases
    worth = float(found.effective_n)
    z, p = stats.norm.ppf(0.975), float(found.share)
    roots = np.roots([1 + z**2 / worth, -(2 * p + z**2 / worth), p**2])
    assert (found.low, found.high) == pytest.approx(tuple(sorted(roots)))


def test_the_interval_of_open_waits_covers_the_truth() -> None:
    rng = np.random.default_rng(7)
    runs, n = 400, 60
    waits, leaves = rng.exponential(4, (runs, n)), rng.exponential(6, (runs, n))
    units = np.repeat(np.arange(runs), n)
    found = conformance(
        WAIT, np.minimum(waits, leaves).ravel(), unit=units, observed=(waits <= leaves).ravel(), confidence=0.9
    )
    truth = 1 - np.exp(-5 / 4)
    covered = np.mean([float(row.low) <= truth <= float(row.high) for row in found.units])
    naive = np.mean([row.conforming / row.n for row in found.units])
    assert 0.86 < covered < 0.95
    assert np.mean([float(row.share) for row in found.units]) == pytest.approx(truth, abs=0.01)
    assert naive < truth - 0.1


def test_clusters_widen_the_interval_by_the_variance_between_them() -> None:
    rng = np.random.default_rng(3)
    shift = np.repeat(np.arange(20), 15)
    waits = rng.exponential(3 + shift % 4)
    found = conformance(WAIT, waits, cluster=shift).overall
    kept = (waits <= 5).astype(float)[:, None]
    moments = Moments.of(kept)
    sums = ClusterSums.of(kept, shift, origin=moments.origin)
    error = float(cluster_standard_error(moments, sums)[0])
    assert found.se == pytest.approx(error)
    p = float(kept.mean())
    worth = p * (1 - p) * 300 / 299 / error**2 * (stats.norm.ppf(0.975) / stats.t.ppf(0.975, 19)) ** 2
    assert found.effective_n == pytest.approx(worth)
    assert (found.low, found.high) == pytest.approx(wilson_interval(p * worth, worth))
    units = conformance(WAIT, np.tile(waits, 2), unit=np.repeat(["a", "b"], 300), cluster=np.tile(shift, 2))
    assert float(units["b"].low) == pytest.approx(float(found.low))


def test_with_clusters_the_interval_covers_where_that_of_single_cases_does_not() -> None:
    rng = np.random.default_rng(8)
    runs, clusters, size = 300, 25, 12
    shares = rng.beta(6, 2, (runs, clusters, 1))
    waits = np.where(rng.random((runs, clusters, size)) < shares, 1.0, 9.0).ravel()
    units = np.repeat(np.arange(runs), clusters * size)
    shift = np.tile(np.repeat(np.arange(clusters), size), runs)
    covered = []
    for cluster in (shift, None):
        rows = conformance(WAIT, waits, unit=units, cluster=cluster).units
        covered.append(np.mean([float(row.low) <= 0.75 <= float(row.high) for row in rows]))
    assert covered[0] > 0.92
    assert covered[1] < 0.87


def test_clusters_that_tell_nothing() -> None:
    found = conformance(WAIT, [1.0, 9.0, 1.0, 1.0], unit=list("aabb"), cluster=[1, 1, 2, 3])
    assert (found["a"].share, found["a"].low) == (0.5, Inapplicable("one cluster only"))
    assert found["a"].verdict is StandardVerdict.UNJUDGED
    assert found["b"].effective_n == 2
    assert any("one cluster only" in note for note in found.to_table().notes)
    with pytest.raises(StandardsError, match=r"cluster: given beside observed=(.|\n)*1 cases without one: row 1"):
        conformance(WAIT, [1.0, 2.0], observed=[True, False], cluster=["a", None])


def test_nobody_watched_as_long_as_the_limit() -> None:
    found = conformance(WAIT, [1.0, 2.0, 3.0], observed=[True, False, False]).overall
    assert found.share == Inapplicable("no case was watched as long as the limit")
    assert found.verdict is StandardVerdict.UNJUDGED
    told = conformance(WAIT, [1.0, 2.0, 3.0], observed=[True, False, False])
    assert any("没有任何个案被观察到时限" in note for note in told.to_table("zh").notes)


def test_faces() -> None:
    found = conformance(WAIT, CASES, unit="branch")
    assert repr(found).startswith("<Conformance to wait: 0.714 (0.359 to 0.918) of 7; open and 3 more>")
    assert found.to_table("zh").columns["verdict"][0] == "尚无定论"
    assert found.to_table("zh").columns["label"][0] == "全体"
    assert "n" in found.to_frame("polars").columns
    again: Conformance = pickle.loads(pickle.dumps(found))  # noqa: S301 - what this test has just made
    assert again.to_dict() == found.to_dict()
    assert found.to_dict()["reading"] == "conformance"
    with pytest.raises(ArgumentError, match=r"no 'nn'.*did you mean n"):
        found["nn"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"source": [1.0, -2.0, -3]}, r"2 below zero: rows 1, 2; a time is zero or more"),
        ({"source": ["a", "b"]}, "no numbers but 'a'"),
        ({"source": {"waits": [1.0]}}, "no column 'wait'; .*did you mean waits"),
        ({"source": [1.0, np.inf]}, "1 infinite: row 1"),
        ({"source": CASES, "unit": "brnch"}, "unit: no column 'brnch'.*did you mean branch"),
        ({"source": [1.0, 2], "unit": [1]}, r"unit: an array of shape \(1,\); there is one for each of 2 rows"),
        ({"source": [1.0, 2], "observed": [1, 5]}, "observed: values besides true and false"),
        ({"source": "cases.csv"}, "a str; a frame is a DataFrame"),
        ({"source": {"wait": [1.0], "branch": ["a", "b"]}}, "columns are arrays of one axis and of one length"),
    ],
)
def test_what_cannot_be_judged(given: dict[str, Any], said: str) -> None:
    with pytest.raises(StandardsError, match=said):
        conformance(WAIT, **given)


def test_what_belongs_to_other_standards() -> None:
    count = Standard(key="rings", kind=StandardKind.COUNT, high=3)
    with pytest.raises(StandardsError, match="1 not whole: row 1; counts are whole numbers"):
        conformance(count, [1, 2.5])
    with pytest.raises(StandardsError, match="observed: a standard of count, at most 3; waits that are still open"):
        conformance(count, [1, 2], observed=[True, False])
    with pytest.raises(StandardsError, match=r"1 off the scale: 8 in row 1; answers are on the scale 1..7"):
        conformance(Standard.soft("care", Scale.likert(7), low=6), [7, 8])
    with pytest.raises(StandardsError, match="kept: 1 above n"):
        conformance_from_counts(WAIT, [5], [4])
    with pytest.raises(StandardsError, match="n: some not whole"):
        conformance_from_counts(WAIT, [1], [2.5])
    with pytest.raises(ArgumentError, match=r"interval: 'wilso'.*did you mean wilson"):
        conformance(WAIT, [1.0], interval="wilso")


def test_columns_that_say_nothing_stay_out_of_the_table() -> None:
    plain = conformance(WAIT, CASES, unit="branch").to_table()
    assert not {"period", "open_cases", "effective_n"} & set(plain.columns)
    assert "period" in conformance(WAIT, CASES, period="week").to_table().columns
    waits = conformance(WAIT, [1.0, 2, 3, 9], observed=[True, False, True, True])
    assert {"open_cases", "effective_n"} <= set(waits.to_table().columns)
    assert "effective_n" in conformance(WAIT, CASES, cluster="week").to_frame("pandas").columns


def test_no_unit_and_no_period_is_called_as_the_whole() -> None:
    said = r"what holds for all together is called so. Hint: rename it"
    with pytest.raises(StandardsError, match=said):
        conformance(WAIT, [1.0, 2, 3], unit=["all", "b", "b"])
    with pytest.raises(StandardsError, match=said):
        conformance(WAIT, [1.0, 2, 3], period=["all", "b", "b"])
    with pytest.raises(StandardsError, match=r"unit: a unit 'all'"):
        conformance_from_counts(WAIT, [1, 2], [3, 4], unit=["all", "b"])
