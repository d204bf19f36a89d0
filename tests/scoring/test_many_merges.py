"""Sums keep their digits: values far from zero that hardly vary, and a hundred thousand merges of one row."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from servqual import Instrument, PerformanceOnly, Scale, Summary, Survey, WeightKind, summarize
from servqual.statistics import CrossProducts

METER = Instrument.define(
    "meter", {"seconds": ["wait", "talk"], "steps": ["way"]}, scale=Scale(0, 3e6, None), levels=["perception"]
)
RNG = np.random.default_rng(71)


def summary_of(values: Any, first: int = 0, **options: Any) -> Summary:
    keys = np.arange(first, first + len(values))
    return summarize(Survey.from_arrays(METER, perception=values, key=keys), PerformanceOnly(), **options)


def column(summary: Summary, name: str) -> Any:
    return np.array(summary.item_table()[name], float)


def test_values_around_a_million_with_a_deviation_of_one() -> None:
    values = 1e6 + RNG.normal(size=(4000, 3))
    values[RNG.random(values.shape) < 0.1] = np.nan
    values[:, 2] = 1e6 + RNG.normal(size=4000)
    cuts = np.sort(RNG.choice(np.arange(1, 4000), 60, replace=False))
    edges = [0, *cuts.tolist(), 4000]
    parts = [summary_of(values[a:b], a, replicates=8) for a, b in pairwise(edges)]
    merged, whole = sum(parts[::-1]), summary_of(values, replicates=8)
    assert isinstance(merged, Summary)
    # the deviations are formed before anything is summed: no digit is lost to the million
    deviations = values - 1e6
    np.testing.assert_allclose(column(merged, "mean") - 1e6, np.nanmean(deviations, axis=0), atol=1e-9)
    np.testing.assert_allclose(column(merged, "sd"), np.nanstd(deviations, axis=0, ddof=1), rtol=1e-10)
    ours, others = (np.array(each.table()["se"]) for each in (merged, whole))
    np.testing.assert_allclose(ours, others, rtol=1e-10)
    np.testing.assert_allclose(merged.replicate_means(), whole.replicate_means(), rtol=1e-13)
    spread = (merged.replicate_means() - 1e6).std(axis=0)
    np.testing.assert_allclose(spread, (whole.replicate_means() - 1e6).std(axis=0), rtol=1e-6)


def test_constant_values_far_from_zero_have_no_spread() -> None:
    values = np.full((300, 3), 1e6 + 0.1)
    merged = sum(summary_of(values[place : place + 1], place) for place in range(300))
    assert isinstance(merged, Summary)
    assert set(merged.table()["sd"]) == {0.0}


def test_a_hundred_thousand_merges_of_one_row() -> None:
    desk = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(7), levels=["perception"])
    surveys = [Survey.from_arrays(desk, perception=[[point]]) for point in range(1, 8)]
    parts = [summarize(survey, PerformanceOnly(), products=False) for survey in surveys]
    merged = parts[0]
    for place in range(1, 100_000):
        merged = merged + parts[place % 7]
    points = np.resize(np.arange(1, 8), 100_000)
    assert len(merged) == 100_000
    assert merged.tallies().counts.tolist() == [[14286] * 5 + [14285] * 2]
    table = merged.table()
    assert table["n"] == (100_000,) * 3
    assert table["mean"] == pytest.approx([points.mean()] * 3, rel=1e-14)
    assert table["sd"] == pytest.approx([points.std(ddof=1)] * 3, rel=1e-12)


def test_many_merges_of_one_row_far_from_zero() -> None:
    values = 1e6 + RNG.normal(size=(200, 3))
    parts = [summary_of(values[place : place + 1], place, products=False) for place in range(200)]
    merged = sum(parts[place] for place in np.resize(RNG.permutation(200), 8000).tolist())
    assert isinstance(merged, Summary)
    deviations = values - 1e6
    np.testing.assert_allclose(column(merged, "mean") - 1e6, deviations.mean(axis=0), atol=1e-9)
    spread = np.sqrt(deviations.var(axis=0) * 8000 / 7999)
    np.testing.assert_allclose(column(merged, "sd"), spread, rtol=1e-10)


@pytest.mark.parametrize("weighted", [False, True])
def test_cross_products_far_from_the_middle_of_the_scale(*, weighted: bool) -> None:
    deviations = RNG.normal(size=(300, 3)) @ np.array([[1.0, 0.5, 0.0], [0.0, 1.0, 0.5], [0.0, 0.0, 1.0]])
    values = 1e6 + deviations
    deviations = values - 1e6
    values[RNG.random(values.shape) < 0.1] = np.nan
    deviations[np.isnan(values)] = np.nan
    weights = RNG.uniform(0.5, 2, 300)
    kind = WeightKind.SAMPLING if weighted else None

    def part(rows: slice) -> Summary:
        beside: dict[str, Any] = {"weights": weights[rows]} if weighted else {}
        answered = {"perception": values[rows], **beside}
        return summarize(Survey.from_arrays(METER, **answered), PerformanceOnly())

    # everybody alone would leave a level that nobody answered
    parts = [part(slice(start, start + 5)) for start in range(0, 300, 5)]
    merged = sum(parts[::-1])
    assert isinstance(merged, Summary)
    wanted = CrossProducts.of(deviations.T, weights if weighted else None, kind)
    for each in (merged, part(slice(None)), parts[7] + sum(parts[:7] + parts[8:])):
        np.testing.assert_allclose(each.products.covariance(), wanted.covariance(), rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(each.products.correlation(), wanted.correlation(), rtol=1e-10)
        ours, theirs = (products.difference([0, 1], [1, 2]) for products in (each.products, wanted))
        np.testing.assert_allclose(ours.variance, theirs.variance, rtol=1e-10)
        np.testing.assert_allclose(ours.mean, theirs.mean, atol=1e-9)
