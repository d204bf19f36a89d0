"""Correlations and covariances under each rule for missing answers, and their sums for any counts of rows."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics import CrossProducts, WeightKind
from servqual.statistics.pair_matrices import Metric, MissingRule, PairMatrices, ruled_matrices
from servqual.statistics.pair_products import PairProducts

METRICS, RULES = list(Metric), list(MissingRule)


def table(seed: int = 1, n: int = 50, gaps: float = 0.15) -> Floats:
    """Answers, item-major (4, n); the first item has no gaps."""
    rng = np.random.default_rng(seed)
    rows = rng.integers(1, 8, (4, n)) + rng.integers(0, 3, n)
    found = rows.astype(np.float64)
    found[1:][rng.random((3, n)) < gaps] = np.nan
    return found


def ruled(rows: Floats, metric: Metric, rule: MissingRule, weights: Floats | None = None) -> PairMatrices:
    kind = None if weights is None else WeightKind.SAMPLING
    sums = CrossProducts.of(rows, weights, kind, origin=4)
    total = rows.shape[1] if weights is None else weights.sum()
    return ruled_matrices(sums, metric, rule, float(total))


def pairwise(rows: Floats, metric: Metric, i: int, j: int, weights: Floats) -> float:
    both = ~np.isnan(rows[i]) & ~np.isnan(rows[j])
    found = np.cov(rows[i, both], rows[j, both], aweights=weights[both], ddof=0)
    return float(found[0, 1] / (np.sqrt(found[0, 0] * found[1, 1]) if metric is Metric.CORRELATIONS else 1))


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("weighted", [False, True])
def test_pairs_are_related_over_the_rows_that_have_both(metric: Metric, weighted: bool) -> None:  # noqa: FBT001
    rows = table()
    weights: Floats = np.ones(rows.shape[1])
    if weighted:
        weights = np.asarray(np.random.default_rng(2).uniform(0.5, 2, rows.shape[1]))
    found = ruled(rows, metric, MissingRule.PAIRWISE, weights if weighted else None)
    for i in range(4):
        for j in range(4):
            assert found.matrices[i, j] == pytest.approx(pairwise(rows, metric, i, j, weights), rel=1e-10)
        own = ~np.isnan(rows[i])
        assert found.means[i] == pytest.approx(np.average(rows[i, own], weights=weights[own]), rel=1e-12)
        assert found.sds[i] ** 2 == pytest.approx(np.cov(rows[i, own], aweights=weights[own], ddof=0), rel=1e-10)


@pytest.mark.parametrize("metric", METRICS)
def test_means_stand_for_missing_answers(metric: Metric) -> None:
    rows = table()
    filled = np.where(np.isnan(rows), np.nanmean(rows, axis=1, keepdims=True), rows)
    found = ruled(rows, metric, MissingRule.MEAN)
    plain = np.corrcoef(filled) if metric is Metric.CORRELATIONS else np.cov(filled, ddof=0)
    np.testing.assert_allclose(found.matrices, plain, rtol=1e-10)
    np.testing.assert_allclose(found.sds, filled.std(axis=1), rtol=1e-10)
    np.testing.assert_allclose(found.means, np.nanmean(rows, axis=1), rtol=1e-12)


@pytest.mark.parametrize("metric", METRICS)
def test_without_gaps_all_rules_agree(metric: Metric) -> None:
    found = [ruled(table(gaps=0.0), metric, rule) for rule in RULES]
    for other in found[1:]:
        np.testing.assert_allclose(other.matrices, found[0].matrices, rtol=1e-12)
        np.testing.assert_allclose(other.sds, found[0].sds, rtol=1e-12)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 1000), metric=st.sampled_from(METRICS), rule=st.sampled_from(RULES[::2]),
    gaps=st.sampled_from([0.0, 0.2]), weighted=st.booleans(),
)  # fmt: skip
def test_counts_of_rows_are_as_good_as_the_rows(
    seed: int, metric: Metric, rule: MissingRule, gaps: float, *, weighted: bool
) -> None:
    rows = table(seed, gaps=gaps)
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 4, (3, rows.shape[1]))
    weights: Floats | None = np.asarray(rng.uniform(0.5, 2, rows.shape[1])) if weighted else None
    sums = PairProducts.of(rows, np.full(4, 4.0), weights).sums(counts)
    stacked = ruled_matrices(sums, metric, rule, sums.total)
    for place, count in enumerate(counts):
        repeated = None if weights is None else np.repeat(weights, count)
        one = ruled(np.repeat(rows, count, axis=1), metric, rule, repeated)
        np.testing.assert_allclose(stacked.matrices[place], one.matrices, rtol=1e-8, atol=1e-10)
        np.testing.assert_allclose(stacked.means[place], one.means, rtol=1e-10)
        np.testing.assert_allclose(stacked.sds[place], one.sds, rtol=1e-8)


@pytest.mark.parametrize("gaps", [0.0, 0.2])
def test_each_row_is_left_out_in_turn(gaps: float) -> None:
    rows = table(gaps=gaps)
    products = PairProducts.of(rows, np.full(4, 4.0))
    whole = products.sums(1 - np.eye(rows.shape[1]))
    (left,) = products.without_each()
    for name in ("weight", "sum1", "square", "sum2", "total"):
        np.testing.assert_allclose(getattr(left, name), getattr(whole, name), rtol=1e-9, atol=1e-9)


def test_rows_are_taken_in_blocks_that_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table()
    counts = np.random.default_rng(3).integers(0, 3, (70, rows.shape[1]))
    whole = PairProducts.of(rows, np.full(4, 4.0)).sums(counts)
    for name, size in (("_BLOCK", 300), ("_KEPT", 10), ("_ONE_THREAD", 3000)):
        monkeypatch.setattr(f"servqual.statistics.pair_products.{name}", size)
        small = PairProducts.of(rows, np.full(4, 4.0))
        np.testing.assert_allclose(small.sums(counts).sum2, whole.sum2, rtol=1e-12)
        assert sum(len(part.total) for part in small.without_each()) == rows.shape[1]


def test_one_byte_codes_serve_as_well_as_numbers() -> None:
    rows = table()
    codes = np.where(np.isnan(rows), -128, rows).astype(np.int8)
    counts = np.ones((1, rows.shape[1]))
    one, other = (PairProducts.of(each, np.full(4, 4.0)).sums(counts) for each in (rows, codes))
    np.testing.assert_array_equal(one.sum2, other.sum2)
    np.testing.assert_array_equal(one.weight, other.weight)
    plain = PairProducts.of(np.ones((2, 3), np.uint8), np.zeros(2))
    assert plain.gaps.size == 0


@pytest.mark.parametrize("value", [0.1, 7.0, 1e6 + 0.1])
def test_a_column_that_does_not_vary_has_no_variance_whatever_rounding_says(value: float) -> None:
    rows = np.vstack([np.full(30, value), np.arange(30.0)])
    origin = rows.mean(axis=1)
    sums = PairProducts.of(rows, origin).sums(np.random.default_rng(1).integers(0, 3, (5, 30)))
    for metric in METRICS:
        found = ruled_matrices(sums, metric, MissingRule.PAIRWISE, sums.total)
        assert (found.sds[:, 0] == 0).all()
        assert (found.matrices[:, 0, 0] == 0).all()
        assert (found.sds[:, 1] > 0).all()


def test_rules_and_metrics_have_names_and_unknown_ones_are_refused() -> None:
    assert [each.label.zh for each in RULES] == [
        "成对删除：每对题目用两题均作答者", "成列删除：只用全部作答者", "均值替代缺失答案"
    ]  # fmt: skip
    assert Metric.CORRELATIONS.label.en == "correlations (standardised indicators)"
    with pytest.raises(ArgumentError, match=r"missing: 'pairwize'; it is one of pairwise, listwise, mean.*did you"):
        MissingRule("pairwize")
    with pytest.raises(ArgumentError, match="metric: 'raw'; it is one of correlations, covariances"):
        Metric("raw")
