"""Regressions over resamples against a loop that fits each of them by itself."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats, Ints
from servqual.statistics.regression_rows import RegressionRows
from servqual.statistics.resampling import (
    bootstrap_coefficients,
    jackknife_coefficients,
    moment_coefficients,
)
from servqual.statistics.unit_products import UnitProducts

DRAWS = 40


class Case(NamedTuple):
    """Two regressions on rows of the same units, m on x, and y on m, x and a third column."""

    equations: tuple[RegressionRows, RegressionRows]
    units: int


def case(
    seed: int,
    *,
    units: int = 12,
    rows: int = 60,
    weights: bool = False,
    reliability: tuple[float, ...] | None = None,
    intercept: bool = True,
) -> Case:
    rng = np.random.default_rng(seed)
    x, other = rng.normal(50, size=rows), rng.normal(size=rows)
    m = 0.5 * x + rng.normal(size=rows)
    y = 0.4 * m + 0.2 * x - 0.3 * other + rng.normal(size=rows)
    unit = rng.permutation(np.arange(rows) % units)
    ones = [np.ones(rows)] if intercept else []
    heavy = rng.uniform(0.5, 3, size=rows) if weights else None
    trust = None if reliability is None else np.array([1.0, *reliability])
    first = RegressionRows(np.column_stack([*ones, x]), m, unit, intercept, heavy, None)
    second = RegressionRows(np.column_stack([*ones, m, x, other]), y, unit, intercept, heavy, trust)
    return Case((first, second), units)


def by_hand(rows: RegressionRows, chosen: Ints) -> Floats:
    """Least squares of some rows, one of which may be taken several times, corrected as Fuller does."""
    x, y = rows.x[chosen], rows.y[chosen]
    root = np.ones(chosen.size) if rows.weights is None else np.sqrt(rows.weights[chosen])
    if rows.reliability is None:
        return np.linalg.lstsq(x * root[:, None], y * root)[0]
    table, w = x[:, 1:], root**2
    centre = w @ table / w.sum()
    around = table - centre
    moments = around.T @ (w[:, None] * around)
    corrected = moments - np.diag((1 - rows.reliability[1:]) * moments.diagonal())
    slopes = np.linalg.solve(corrected, around.T @ (w * (y - w @ y / w.sum())))
    return np.array([w @ y / w.sum() - centre @ slopes, *slopes])


def loop(given: Case, seed: int, draws: int = DRAWS) -> list[Floats]:
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        drawn = rng.integers(given.units, size=given.units)
        rows = [
            np.concatenate([np.flatnonzero(each.unit == unit) for unit in drawn]).astype(np.intp)
            for each in given.equations
        ]
        found.append(
            np.concatenate([by_hand(each, chosen) for each, chosen in zip(given.equations, rows, strict=True)])
        )
    return found


OPTIONS = [
    {},
    {"weights": True},
    {"intercept": False},
    {"reliability": (0.8, 1.0, 0.9)},
    {"reliability": (0.8, 0.7, 1.0), "weights": True},
    {"units": 60},
    {"units": 30, "intercept": False, "weights": True},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_resamples_are_those_of_a_loop(options: dict[str, int]) -> None:
    given = case(1, **options)  # type: ignore[arg-type]
    found = bootstrap_coefficients(UnitProducts.of(given.equations, units=given.units), draws=DRAWS, rng=7)
    assert found.failures == 0
    assert pytest.approx(np.array(loop(given, 7)), rel=1e-9, abs=1e-9) == found.stacked.T
    assert found[1].shape == (given.equations[1].x.shape[1], DRAWS)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_all_rows_once_are_the_plain_estimate(options: dict[str, int]) -> None:
    given = case(2, **options)  # type: ignore[arg-type]
    for rows, found in zip(
        given.equations, moment_coefficients(UnitProducts.of(given.equations, units=given.units)), strict=True
    ):
        assert found == pytest.approx(by_hand(rows, np.arange(rows.y.size)), rel=1e-9)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_leaving_units_out_fits_the_others(options: dict[str, int]) -> None:
    given = case(3, **options)  # type: ignore[arg-type]
    found = jackknife_coefficients(UnitProducts.of(given.equations, units=given.units))
    for equation, rows in enumerate(given.equations):
        for unit in range(given.units):
            kept = np.flatnonzero(rows.unit != unit)
            assert found[equation][:, unit] == pytest.approx(by_hand(rows, kept), rel=1e-8)


@settings(max_examples=20)
@given(st.integers(1, 300), st.integers(2, 300), st.sampled_from(OPTIONS))
def test_the_answer_is_the_same_bit_by_bit_whatever_the_chunk(chunk: int, draws: int, options: dict[str, int]) -> None:
    given = case(4, **options)  # type: ignore[arg-type]
    whole = bootstrap_coefficients(UnitProducts.of(given.equations, units=given.units), draws=draws, rng=5)
    parts = bootstrap_coefficients(UnitProducts.of(given.equations, units=given.units), draws=draws, rng=5, chunk=chunk)
    assert np.array_equal(whole.stacked, parts.stacked)
    left = jackknife_coefficients(UnitProducts.of(given.equations, units=given.units), chunk=chunk)
    assert np.array_equal(
        left.stacked, jackknife_coefficients(UnitProducts.of(given.equations, units=given.units)).stacked
    )


def test_columns_and_spreads_are_picked() -> None:
    given = case(5)
    products = UnitProducts.of(given.equations, units=given.units)
    whole = bootstrap_coefficients(products, draws=DRAWS, rng=1)
    some = bootstrap_coefficients(products, columns=[[1], [3, 1]], draws=DRAWS, rng=1)
    assert np.array_equal(some.stacked, np.stack([whole[0][1], whole[1][3], whole[1][1]]))
    spread = bootstrap_coefficients(products, spread=True, draws=DRAWS, rng=1)
    rng, rows = np.random.default_rng(1), given.equations[0]
    for found in spread[0][2]:
        drawn = rng.integers(given.units, size=given.units)
        chosen = np.concatenate([np.flatnonzero(rows.unit == unit) for unit in drawn])
        assert found == pytest.approx(rows.y[chosen].std(ddof=1), rel=1e-10)


def test_what_weighs_or_has_no_intercept_has_no_plain_spread() -> None:
    for each in (case(5, weights=True), case(5, intercept=False)):
        found = bootstrap_coefficients(
            UnitProducts.of(each.equations[:1], units=each.units), draws=5, rng=1, spread=True
        )
        assert np.isnan(found[0][-1]).all()


def test_far_from_zero_nothing_is_lost() -> None:
    rng = np.random.default_rng(8)
    x = rng.normal(size=50)
    y, unit = 0.5 * x + rng.normal(size=50), np.arange(50)
    near = RegressionRows(np.column_stack([np.ones(50), x]), y, unit)
    far = RegressionRows(np.column_stack([np.ones(50), 1e6 + x]), 1e7 + 100 * y, unit)
    slopes = [bootstrap_coefficients(UnitProducts.of([rows], units=50), draws=20, rng=1)[0][1] for rows in (near, far)]
    assert slopes[1] == pytest.approx(100 * slopes[0], rel=1e-8)


def test_resamples_without_an_estimate_are_counted() -> None:
    rng = np.random.default_rng(2)
    # only two units have the trait: a resample with none of them cannot tell what the trait does
    trait = np.array([1.0, 1, 0, 0, 0, 0])
    y = trait + rng.normal(size=6)
    rows = RegressionRows(np.column_stack([np.ones(6), trait]), y, np.arange(6))
    found = bootstrap_coefficients(UnitProducts.of([rows], units=6), draws=4000, rng=3)
    drawn = np.random.default_rng(3)
    lacking = sum(not 0 < trait[drawn.integers(6, size=6)].sum() < 6 for _ in range(4000))
    assert (found.draws, found.failures) == (4000, lacking)
    assert found.stacked.shape == (2, 4000 - lacking)
    assert f"{lacking} without an estimate" in repr(found)
    # (4/6)⁶ + (2/6)⁶ = .0892
    assert lacking / 4000 == pytest.approx(0.0892, abs=0.02)


def test_a_corrected_moment_may_fail_too() -> None:
    given = case(6, units=15, rows=15, reliability=(0.5, 0.7, 0.9))
    found = bootstrap_coefficients(UnitProducts.of(given.equations[1:], units=15), draws=300, rng=1)
    assert 0 < found.failures < 300
    assert np.isfinite(found.stacked).all()


def test_a_column_that_follows_from_others_has_no_estimate() -> None:
    x = np.arange(8.0)
    rows = RegressionRows(np.column_stack([np.ones(8), x, 2 * x]), x**2, np.arange(8))
    assert np.isnan(moment_coefficients(UnitProducts.of([rows], units=8))[0]).all()
    assert bootstrap_coefficients(UnitProducts.of([rows], units=8), draws=9, rng=1).failures == 9
