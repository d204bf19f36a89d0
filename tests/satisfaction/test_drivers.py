"""Drivers of satisfaction: shares, intervals and ranks against refitting, and from every source the same."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from servqual.catalogue import employee_satisfaction, expectation_determinants, satisfaction_determinants
from servqual.labels import Label
from servqual.satisfaction.covariance_source import Covariances
from servqual.satisfaction.driving.asking import seeds
from servqual.satisfaction.driving.reading import drivers
from servqual.satisfaction.driving.words import DriverVerdict
from servqual.scoring import PerformanceOnly, summarize
from servqual.simulate import survey as simulated
from servqual.statistics import Inapplicable
from servqual.statistics.importance import ImportanceMethod, explained_variance, variance_shares
from servqual.statistics.models import ols
from servqual.statistics.resample_counts import count_tiles
from tests.satisfaction.driver_data import NAMES, matrix_of, overall, rows, survey

DATA = rows()
FOUND = drivers(DATA, "satisfied", NAMES, draws=300, rng=1)


def test_shares_are_those_of_the_matrix() -> None:
    wanted = dict(zip(NAMES, variance_shares(matrix_of(DATA)), strict=True))
    for row in FOUND:
        assert row.share == pytest.approx(wanted[row.driver], abs=1e-12)
    assert FOUND.r2 == pytest.approx(float(explained_variance(matrix_of(DATA))), abs=1e-12)
    assert sum(row.share for row in FOUND) == pytest.approx(FOUND.r2, abs=1e-12)
    assert sum(float(row.percent) for row in FOUND) == pytest.approx(1.0)
    assert [row.driver for row in FOUND][:2] == ["care", "speed"]
    assert [row.rank for row in FOUND] == [1, 2, 3, 4]


def test_coefficients_are_those_of_least_squares() -> None:
    fit = ols(DATA["satisfied"], np.column_stack([DATA[name] for name in NAMES]), NAMES)
    for name, coefficient in zip(fit.names[1:], fit.coefficients[1:].tolist(), strict=True):
        assert FOUND[name].coefficient == pytest.approx(coefficient, abs=1e-10)
        assert FOUND[name].beta == pytest.approx(coefficient * DATA[name].std() / DATA["satisfied"].std(), abs=1e-10)
        assert FOUND[name].r == pytest.approx(np.corrcoef(DATA[name], DATA["satisfied"])[0, 1], abs=1e-10)
    assert FOUND.r2 == pytest.approx(fit.r2)
    assert float(FOUND.adjusted_r2) == pytest.approx(fit.adjusted_r2)
    others = np.column_stack([DATA[name] for name in NAMES[1:]])
    inflation = 1 / (1 - ols(DATA["speed"], others, NAMES[1:]).r2)
    assert FOUND["speed"].vif == pytest.approx(inflation)


@pytest.mark.parametrize("method", list(ImportanceMethod))
def test_intervals_are_those_of_refitting_every_resample(method: ImportanceMethod) -> None:
    found = drivers(DATA, "satisfied", NAMES, method=method, draws=60, rng=7)
    table = np.column_stack([DATA[name] for name in (*NAMES, "satisfied")])
    shares, slopes = [], []
    for tile in count_tiles(len(table), 60, seeds(7)[1]):
        for counts in tile.astype(int):
            drawn = np.repeat(table, counts, axis=0)
            shares.append(variance_shares(np.cov(drawn.T), method))
            slopes.append(ols(drawn[:, -1], drawn[:, :-1], NAMES).coefficients[1:])
    for place, name in enumerate(NAMES):
        row = found[name]
        ends = np.quantile(np.array(shares)[:, place], [0.025, 0.975])
        np.testing.assert_allclose([float(row.share_low), float(row.share_high)], ends, atol=1e-10)
        ends = np.quantile(np.array(slopes)[:, place], [0.025, 0.975])
        np.testing.assert_allclose([float(row.coefficient_low), float(row.coefficient_high)], ends, atol=1e-9)
        ahead = (np.array(shares) > np.array(shares)[:, [place]]).sum(axis=1)
        assert float(row.first) == pytest.approx((ahead == 0).mean())
        assert float(row.among_three) == pytest.approx((ahead < 3).mean())


def test_verdicts_follow_the_intervals_of_coefficients() -> None:
    assert FOUND["care"].verdict is DriverVerdict.RAISES
    assert FOUND["colour"].verdict is DriverVerdict.OPEN
    turned = drivers({**DATA, "care": -DATA["care"]}, "satisfied", NAMES, draws=50, rng=1)
    assert turned["care"].verdict is DriverVerdict.LOWERS
    assert turned["care"].share == pytest.approx(FOUND["care"].share)
    still = drivers(DATA, "satisfied", NAMES, draws=0)
    assert still["care"].verdict is DriverVerdict.UNTOLD


def test_without_resamples_there_are_no_intervals() -> None:
    found = drivers(DATA, "satisfied", NAMES)
    assert isinstance(found["care"].share_low, Inapplicable)
    assert str(found["care"].share_low) == "nothing was drawn: it needs a seed, as rng=1"
    assert set(found.views) == {"drivers", "methods", "dominance"}
    assert "share_low" not in found.to_table().columns
    assert "nothing was drawn: intervals by resamples need a seed, as rng=1" in found.to_table().notes
    assert found["care"].share == FOUND["care"].share


def test_the_same_seed_gives_the_same_answer() -> None:
    again = drivers(DATA, "satisfied", NAMES, draws=300, rng=np.random.default_rng(1))
    assert again.to_dict() == FOUND.to_dict()
    assert drivers(DATA, "satisfied", NAMES, draws=300, rng=2).to_dict() != FOUND.to_dict()


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, lambda each: pl.DataFrame(each).to_arrow()])
def test_every_frame_gives_the_same(make: Callable[[Any], Any]) -> None:
    found = drivers(make(DATA), "satisfied", NAMES, draws=300, rng=1)
    assert [row.share for row in found] == [row.share for row in FOUND]
    assert type(found.to_frame()) is type(make(DATA))


def test_arrays_give_the_same() -> None:
    table = np.column_stack([DATA[name] for name in NAMES])
    found = drivers(table, DATA["satisfied"], NAMES, draws=300, rng=1)
    assert found.outcome == "outcome"
    assert [row.share for row in found] == [row.share for row in FOUND]


def test_frequencies_are_repeated_rows() -> None:
    times = np.arange(300) % 3
    repeated = {name: np.repeat(column, times) for name, column in DATA.items()}
    one = drivers(DATA, "satisfied", NAMES, weights=times, weight_kind="frequency", draws=40, rng=1)
    other = drivers(repeated, "satisfied", NAMES, draws=40, rng=1)
    for a, b in zip(one, other, strict=True):
        assert (a.driver, a.first) == (b.driver, b.first)
        for name in ("share", "share_low", "share_high", "coefficient_low", "vif"):
            assert float(getattr(a, name)) == pytest.approx(float(getattr(b, name)), abs=1e-9)
    assert one.n == other.n == times.sum()


def test_only_ratios_of_sampling_weights_matter() -> None:
    weights = np.linspace(0.0, 3.0, 300)
    one = drivers({**DATA, "w": weights}, "satisfied", NAMES, weights="w", draws=40, rng=1)
    other = drivers(DATA, "satisfied", NAMES, weights=7 * weights, draws=40, rng=1)
    for a, b in zip(one, other, strict=True):
        assert float(a.share_high) == pytest.approx(float(b.share_high), abs=1e-10)
    table = np.stack([DATA[name] for name in (*NAMES, "satisfied")])
    wanted = variance_shares(np.cov(table, aweights=weights))
    assert one["speed"].share == pytest.approx(wanted[0], abs=1e-10)
    assert one.n == 299
    assert any("sampling weights" in note for note in one.to_table().notes)


def test_clusters_are_drawn_whole() -> None:
    branch = np.arange(300) % 12
    found = drivers(DATA, "satisfied", NAMES, cluster=branch, draws=50, rng=3)
    named = drivers(
        {**DATA, "branch": [f"b{each}" for each in branch]}, "satisfied", NAMES, cluster="branch", draws=50, rng=3
    )
    assert any("resamples of clusters" in note for note in found.to_table().notes)
    table, shares = np.column_stack([DATA[name] for name in (*NAMES, "satisfied")]), []
    for tile in count_tiles(12, 50, seeds(3)[1]):
        for counts in tile:
            drawn = np.repeat(table, counts[branch].astype(int), axis=0)
            shares.append(variance_shares(np.cov(drawn.T))[1])
    assert float(found["care"].share_low) == pytest.approx(np.quantile(shares, 0.025), abs=1e-10)
    # names of clusters are put in order, so that only who is drawn together is the same
    assert named["care"].share == found["care"].share


def test_those_who_left_something_out_take_no_part() -> None:
    gaps = {name: column.copy() for name, column in DATA.items()}
    gaps["speed"][:20], gaps["satisfied"][15:40] = np.nan, np.nan
    found = drivers(gaps, "satisfied", NAMES, draws=20, rng=1)
    kept = {name: column[40:] for name, column in DATA.items()}
    assert found["care"].share == drivers(kept, "satisfied", NAMES, draws=0)["care"].share
    assert "n 260 of 300 respondents, those who answered everything" in found.to_table().notes


def test_drivers_of_a_survey_are_its_dimensions_items_and_numbers() -> None:
    given = survey(groups={"year": [2020, 2021] * 100})
    outcome = overall(given)
    found = drivers(given, outcome, draws=20, rng=1)
    assert {row.driver for row in found} == {"speed", "care", "result"}
    seen = given.perception.values
    columns = np.column_stack([seen[:, :2].mean(axis=1), seen[:, 2:4].mean(axis=1), seen[:, 4]])
    again = drivers(columns, outcome, ["speed", "care", "result"], draws=20, rng=1)
    assert [row.share_low for row in found] == [row.share_low for row in again]
    items = drivers(given, outcome, ["wait", "tone", "year"], draws=0)
    assert items["tone"].rank == 1
    assert drivers(given, "result", ["speed", "care"], draws=0).outcome == "result"
    assert drivers(given, "overall", ["wait", "tone"], draws=0).r2 > 0.3


def test_a_survey_brings_weights_and_clusters() -> None:
    weights = np.linspace(1, 2, 200)
    given = survey(weights=weights, cluster=np.arange(200) % 9)
    outcome = overall(given)
    found = drivers(given, outcome, ["wait", "tone"], draws=20, rng=1)
    seen = given.perception.values
    columns = {"wait": seen[:, 0], "tone": seen[:, 2]}
    again = drivers(columns, outcome, ["wait", "tone"], weights=weights, cluster=np.arange(200) % 9, draws=20, rng=1)
    assert [row.share_low for row in found] == [row.share_low for row in again]


def test_half_of_a_dimension_is_enough() -> None:
    given = survey()
    answers = given.perception.values.copy()
    answers[:10, 0], answers[5:20, 1] = np.nan, np.nan
    holes = type(given).from_arrays(given.instrument, perception=answers, expectation=given.expectation().values)
    found = drivers(holes, overall(given), draws=0)
    assert found.n == 195


def test_a_summary_gives_the_shares_of_its_survey() -> None:
    given = survey()
    summary = summarize(given, PerformanceOnly())
    for outcome, names in (("done", ["wait", "steps", "tone", "help"]), ("result", ["speed", "care"])):
        one, other = (drivers(each, outcome, names, draws=200, rng=1) for each in (summary, given))
        for name in names:
            assert one[name].share == pytest.approx(other[name].share, abs=1e-10)
            assert one[name].coefficient == pytest.approx(other[name].coefficient, abs=1e-10)
            assert float(one[name].share_low) < one[name].share < float(one[name].share_high)
    assert any("normal answers" in note for note in one.to_table().notes)


def test_normal_intervals_are_about_as_wide_as_those_of_resamples() -> None:
    matrix = Covariances([*NAMES, "satisfied"], matrix_of(DATA), n=300)
    found = drivers(matrix, "satisfied", NAMES, draws=2000, rng=1)
    for row in drivers(DATA, "satisfied", NAMES, draws=2000, rng=1):
        widths = [float(each.share_high) - float(each.share_low) for each in (row, found[row.driver])]
        assert widths[1] == pytest.approx(widths[0], rel=0.25)
        assert found[row.driver].share == pytest.approx(row.share, abs=1e-12)
    assert float(found.adjusted_r2) == pytest.approx(float(FOUND.adjusted_r2))


def test_correlations_do_where_n_is_unknown() -> None:
    sd = np.sqrt(matrix_of(DATA).diagonal())
    matrix = Covariances(
        [*NAMES, "satisfied"], matrix_of(DATA) / np.outer(sd, sd), labels={"care": Label("care", "关怀")}
    )
    found = drivers(matrix, "satisfied", NAMES, draws=0)
    assert found["care"].share == pytest.approx(FOUND["care"].share)
    assert isinstance(found.adjusted_r2, Inapplicable)
    assert found.to_table(language="zh")["label"][0] == "关怀"


def test_resamples_without_a_solution_are_counted() -> None:
    rare = np.zeros(40)
    rare[0] = 1.0
    few = {name: column[:40] for name, column in DATA.items()} | {"rare": rare}
    found = drivers(few, "satisfied", ["speed", "rare"], draws=200, rng=1)
    # nobody of the rare kind is drawn with probability (1 − 1/40)^40
    assert found.failures == pytest.approx(200 * (1 - 1 / 40) ** 40, abs=25)
    told = f"{found.failures} of them, without a solution, left out"
    assert any(told in note for note in found.to_table().notes)


def test_employees_are_customers_too() -> None:
    given = simulated(employee_satisfaction(), 300, rng=4)
    outcome = given.perception.values[:, [0, 1, 6, 7]].sum(axis=1) + np.random.default_rng(1).normal(size=300)
    found = drivers(given, outcome, draws=100, rng=1)
    assert len(found) == 7
    assert {row.driver for row in found if row.rank <= 2} == {"job", "pay"}
    assert found.to_table(language="zh")["label"][found["pay"].rank - 1] == "薪酬"


def test_determinants_of_expectations_are_drivers() -> None:
    given = simulated(expectation_determinants(), 300, rng=4)
    outcome = given.perception.values[:, 12:15].sum(axis=1) - given.perception.values[:, 15:].sum(axis=1)
    found = drivers(given, outcome + np.random.default_rng(1).normal(size=300), draws=100, rng=1)
    assert {row.driver for row in found if row.rank <= 2} == {"promises", "alternatives"}
    assert found["alternatives"].verdict is DriverVerdict.LOWERS


def test_determinants_of_satisfaction_are_drivers() -> None:
    given = simulated(satisfaction_determinants(), 300, rng=4)
    outcome = given.perception.values[:, 9:12].sum(axis=1) + np.random.default_rng(1).normal(size=300)
    found = drivers(given, outcome, draws=100, rng=1)
    assert found["fairness"].rank == 1
    assert found["fairness"].first == 1.0
