import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import AnyArray
from servqual.errors import WeightError
from servqual.statistics import ArgumentError, CrossProducts, Moments, WeightKind
from tests.statistics import naive
from tests.statistics.strategies import MISSING, Block, blocks

SAMPLING, FREQUENCY = WeightKind.SAMPLING, WeightKind.FREQUENCY
TABLES = ("n", "weight", "sum1", "square", "sum2")


def of(block: Block, origin: float = 4.0) -> CrossProducts:
    return CrossProducts.of(block.codes, block.weights, block.kind, origin)


def real(seed: int, m: int = 4, rows: int = 300, missing: float = 0.1) -> AnyArray:
    rng = np.random.default_rng(seed)
    values = rng.normal(5, 2, (m, rows)) + rng.normal(0, 2, rows)
    values[rng.random((m, rows)) < missing] = np.nan
    return values


@settings(max_examples=50)
@given(blocks(), st.sampled_from([0.0, 4.0, 0.5]))
def test_the_sums_are_those_of_four_loops(block: Block, origin: float) -> None:
    products = of(block, origin)
    expected = naive.pair_sums(block.columns, block.weights, np.full(len(block.codes), origin))
    for name, table in zip(TABLES, expected, strict=True):
        np.testing.assert_array_equal(getattr(products, name), table, err_msg=name)
    assert products.rows == block.codes.shape[1]
    assert products.complete == (not (block.codes == MISSING).any())


@given(blocks())
def test_codes_and_real_numbers_give_the_same(block: Block) -> None:
    products = CrossProducts.of(block.columns, block.weights, block.kind, 4.0)
    assert products.to_dict() == of(block).to_dict()


@given(blocks(), st.integers(1, 13))
def test_whole_numbers_do_not_know_the_size_of_a_block(block: Block, size: int) -> None:
    parts = CrossProducts.of(block.codes, block.weights, block.kind, 4.0, block=size)
    assert parts.to_dict() == of(block).to_dict()


@settings(max_examples=50)
@given(blocks())
def test_covariances_and_correlations_are_those_of_exact_arithmetic(block: Block) -> None:
    products = of(block)
    covariance, correlation = products.covariance(), products.correlation()
    for i, j in np.ndindex(covariance.shape):
        both = naive.pairs(block.columns, block.weights, i, j)
        expected = naive.covariance(both, block.kind), naive.correlation(both, block.kind)
        np.testing.assert_allclose((covariance[i, j], correlation[i, j]), expected, rtol=1e-11)


@settings(max_examples=50)
@given(blocks())
def test_differences_are_those_of_exact_arithmetic(block: Block) -> None:
    products, m = of(block), len(block.codes)
    i, j = np.indices((m, m))
    n, mean, variance = products.difference(i, j)
    for a, b in np.ndindex(m, m):
        answers = [(x - y, w) for x, y, w in naive.pairs(block.columns, block.weights, a, b)]
        count = sum(w for _, w in answers) if block.kind is FREQUENCY else len(answers)
        expected = count, naive.mean(answers), naive.variance(answers, block.kind)
        np.testing.assert_allclose((n[a, b], mean[a, b], variance[a, b]), expected, rtol=1e-11)


@given(blocks())
def test_the_difference_agrees_with_the_moments_of_differences(block: Block) -> None:
    columns = block.columns
    moments = Moments.of((columns[-1] - columns[0])[:, None], block.weights, block.kind)
    _, mean, variance = of(block).difference(len(columns) - 1, 0)
    np.testing.assert_allclose((mean, variance), (moments.mean[0], moments.variance[0]), rtol=1e-11)


@given(blocks(), st.lists(st.sampled_from([0.0, 4.0, 0.1, 2.7]), min_size=4, max_size=4))
def test_the_origin_does_not_show(block: Block, origins: list[float]) -> None:
    m = len(block.codes)
    shifted, plain = CrossProducts.of(block.codes, block.weights, block.kind, origins[:m]), of(block)
    i, j = np.indices((m, m))
    for mine, theirs in zip(
        (*shifted.difference(i, j), shifted.means(), shifted.covariance()),
        (*plain.difference(i, j), plain.means(), plain.covariance()),
        strict=True,
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("missing", [0.0, 0.1, 0.6])
def test_real_numbers_agree_with_pandas(missing: float) -> None:
    values = real(1, missing=missing)
    products, frame = CrossProducts.of(values, origin=5.0, block=64), pd.DataFrame(values.T)
    np.testing.assert_allclose(products.covariance(), frame.cov(), rtol=1e-10)
    np.testing.assert_allclose(products.correlation(), frame.corr(), rtol=1e-10)
    np.testing.assert_allclose(products.means(), frame.mean(), rtol=1e-12)


def test_weighted_covariances_agree_with_numpy() -> None:
    values, counts = real(2, missing=0.0), np.random.default_rng(3).integers(0, 5, 300)
    products = CrossProducts.of(values, counts, FREQUENCY)
    np.testing.assert_allclose(products.covariance(), np.cov(values, fweights=counts), rtol=1e-11)
    weights = np.random.default_rng(4).uniform(0.1, 4, 300)
    sampled = CrossProducts.of(values, weights, SAMPLING)
    expected = np.cov(values, aweights=weights, ddof=0) * 300 / 299
    np.testing.assert_allclose(sampled.covariance(), expected, rtol=1e-11)


@given(blocks())
def test_the_diagonal_is_that_of_the_moments(block: Block) -> None:
    products, moments = of(block), Moments.of(block.columns.T, block.weights, block.kind, 4.0)
    np.testing.assert_array_equal(products.means(), moments.mean)
    np.testing.assert_allclose(products.covariance().diagonal(), moments.variance, rtol=1e-12)


@given(blocks(kinds=(FREQUENCY,)))
def test_frequencies_are_repeated_rows(block: Block) -> None:
    assert block.weights is not None
    rows = np.repeat(np.arange(block.codes.shape[1]), block.weights.astype(int))
    weighted, plain = of(block), of(block.part(rows)._replace(weights=None, kind=None))
    for name in ("weight", "sum1", "square", "sum2"):
        np.testing.assert_array_equal(getattr(weighted, name), getattr(plain, name))
    np.testing.assert_array_equal(weighted.covariance(), plain.covariance())
    for mine, theirs in zip(weighted.difference(0, -1), plain.difference(0, -1), strict=True):
        np.testing.assert_array_equal(mine, theirs)


@pytest.mark.parametrize("low", [0, 90])
@pytest.mark.parametrize("gaps", [False, True])
def test_codes_too_large_for_float32_stay_exact(low: int, gaps: bool) -> None:  # noqa: FBT001
    rng = np.random.default_rng(5)
    codes = rng.integers(low, 127, (3, 20_000)).astype(np.int8)
    if gaps:
        codes[1:, ::3] = MISSING
    values = np.where(codes == MISSING, 0, codes).astype(np.int64)
    answered = (codes != MISSING).astype(np.int64)
    for block in (512, 4096, 20_000):
        products = CrossProducts.of(codes, block=block)
        assert products.sum2.tolist() == (values @ values.T).tolist()
        assert products.sum1.tolist() == (values @ answered.T).tolist()
        assert products.square.tolist() == (values**2 @ answered.T).tolist()
        assert products.n.tolist() == (answered @ answered.T).tolist()


@pytest.mark.parametrize("dtype", [np.int16, np.int32, np.uint8, np.float32])
def test_the_type_of_the_array_does_not_matter(dtype: type) -> None:
    codes = np.random.default_rng(6).integers(1, 8, (3, 40))
    first = CrossProducts.of(codes).to_dict()
    assert CrossProducts.of(codes.astype(dtype)).to_dict() == first
    assert CrossProducts.of(np.asfortranarray(codes.astype(dtype))).to_dict() == first


def test_the_sentinel_can_be_named() -> None:
    products = CrossProducts.of(np.array([[1, 2, 99], [4, 99, 6]], dtype=np.uint8), missing=99)
    assert products.n.tolist() == [[2, 1], [1, 2]]
    assert products.means().tolist() == [1.5, 5.0]
    assert not products.complete


def test_correlations_lie_within_bounds_and_are_missing_without_spread() -> None:
    line = np.array([1.0, 2.0, 4.0, 0.1])
    with_constant = CrossProducts.of(np.array([line, line * -3.3, np.full(4, 2.0), [1.0, np.nan, np.nan, np.nan]]))
    expected = np.full((4, 4), math.nan)
    expected[:2, :2] = [[1, -1], [-1, 1]]
    np.testing.assert_allclose(with_constant.correlation(), expected, rtol=1e-15)
    assert np.nanmax(np.abs(with_constant.correlation())) <= 1.0


@given(blocks())
def test_covariances_are_symmetric(block: Block) -> None:
    covariance = of(block).covariance()
    np.testing.assert_array_equal(covariance, covariance.T)


def test_nothing_answered_is_missing_without_a_warning() -> None:
    for products in (CrossProducts.zero(2), CrossProducts.of(np.full((2, 3), np.nan)), CrossProducts.of([[], []])):
        assert np.isnan(products.means()).all()
        assert np.isnan(products.covariance()).all()
        assert np.isnan(products.correlation()).all()
        n, mean, variance = products.difference(0, 1)
        assert n == 0
        assert np.isnan([mean, variance]).all()
    assert CrossProducts.zero(2).complete


def test_one_pair_of_answers_has_a_difference_without_spread() -> None:
    np.testing.assert_array_equal(CrossProducts.of([[5.0], [7.0]]).difference(0, 1), [1, -2, np.nan])


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match=r"columns: an array of shape \(2,\)"):
        CrossProducts.of([1, 2])
    with pytest.raises(ArgumentError, match="one for each of 1 columns"):
        CrossProducts.of([[1, 2]], origin=[1, 2])
    with pytest.raises(ArgumentError, match=r"missing: 9 for an array of float64; .* is NaN"):
        CrossProducts.of([[1.0, 9.0]], missing=9)
    with pytest.raises(ArgumentError, match="at least one row"):
        CrossProducts.of([[1, 2]], block=0)
    with pytest.raises(WeightError, match="1 negative"):
        CrossProducts.of([[1, 2]], [1, -1], SAMPLING)
    one = [[1.0]]
    with pytest.raises(ArgumentError, match=r"sum2: shape \(1, 2\); the shape is \(column, column\)"):
        CrossProducts([0.0], one, one, one, one, [[1.0, 2.0]])


def test_the_callers_arrays_are_left_alone() -> None:
    values = real(7)
    before = values.copy()
    products = CrossProducts.of(values, np.ones(300), SAMPLING, origin=5.0)
    np.testing.assert_array_equal(values, before)
    assert values.flags.writeable
    assert repr(products) == "<CrossProducts of 4 columns over 300 rows, sampling weights>"
