import statistics as stdlib

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from hypothesis.extra import numpy as hnp
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.weightstats import DescrStatsW

from servqual._arrays import AnyArray
from servqual.errors import WeightError
from servqual.statistics import ArgumentError, Moments, WeightKind, kish_effective_size
from tests.statistics import naive
from tests.statistics.strategies import Block, blocks

SAMPLING, FREQUENCY = WeightKind.SAMPLING, WeightKind.FREQUENCY
FACES = ("mean", "variance", "sd", "standard_error", "degrees_of_freedom")


def of(block: Block, origin: float = 4.0) -> Moments:
    return Moments.of(block.columns.T, block.weights, block.kind, origin)


def real(seed: int, rows: int = 200, m: int = 3, missing: float = 0.1) -> AnyArray:
    rng = np.random.default_rng(seed)
    values = rng.normal(5.0, 2.0, (rows, m))
    values[rng.random((rows, m)) < missing] = np.nan
    return values


@given(blocks())
def test_means_variances_and_errors_are_those_of_exact_arithmetic(block: Block) -> None:
    moments = of(block)
    for column, values in enumerate(block.columns):
        answers = naive.answered(values, block.weights)
        spread = naive.variance(answers, block.kind)
        count = sum(w for _, w in answers)
        error = naive.linearised_error(answers) if block.kind is SAMPLING else np.sqrt(spread / max(count, 1))
        df = (len(answers) if block.kind is SAMPLING else count) - 1
        expected = naive.mean(answers), spread, np.sqrt(spread), error, df if df > 0 else np.nan
        found = [getattr(moments, face)[column] for face in FACES]
        np.testing.assert_allclose(found, expected, rtol=1e-12)
        assert moments.n[column] == len(answers)
    assert moments.rows == block.codes.shape[1]


@given(blocks(kinds=(None,)))
def test_without_weights_it_agrees_with_the_standard_library(block: Block) -> None:
    moments = of(block, origin=0.0)
    for column, values in enumerate(block.columns):
        answers = values[~np.isnan(values)].tolist()
        if len(answers) > 1:
            assert moments.mean[column] == pytest.approx(stdlib.mean(answers), rel=1e-14)
            assert moments.variance[column] == pytest.approx(stdlib.variance(answers), rel=1e-14)


@given(blocks(kinds=(FREQUENCY,)))
def test_frequencies_are_repeated_rows(block: Block) -> None:
    assert block.weights is not None
    rows = np.repeat(np.arange(block.codes.shape[1]), block.weights.astype(int))
    weighted, plain = of(block), Moments.of(block.columns[:, rows].T, origin=4.0)
    for face in (*FACES, "effective_n"):
        np.testing.assert_array_equal(getattr(weighted, face), getattr(plain, face))
    np.testing.assert_array_equal(weighted.interval(0.9), plain.interval(0.9))


def test_frequencies_agree_with_statsmodels() -> None:
    values = real(1, missing=0.0)
    counts = np.random.default_rng(2).integers(0, 5, len(values))
    moments, peer = Moments.of(values, counts, FREQUENCY), DescrStatsW(values, counts, ddof=1)
    np.testing.assert_allclose(moments.mean, peer.mean, rtol=1e-12)
    np.testing.assert_allclose(moments.variance, peer.var, rtol=1e-12)
    np.testing.assert_allclose(moments.standard_error, peer.std_mean, rtol=1e-12)
    np.testing.assert_allclose(moments.interval(0.99), peer.tconfint_mean(alpha=0.01), rtol=1e-12)


def test_the_error_under_sampling_weights_is_the_sandwich_of_a_weighted_constant() -> None:
    values, weights = real(3, missing=0.0), np.random.default_rng(4).uniform(0.2, 5, 200)
    moments = Moments.of(values, weights, SAMPLING)
    for column in range(3):
        fit = WLS(values[:, column], np.ones(200), weights=weights).fit(cov_type="HC1")
        assert moments.standard_error[column] == pytest.approx(fit.bse[0], rel=1e-12)
        assert moments.mean[column] == pytest.approx(fit.params[0], rel=1e-12)


def test_the_error_under_sampling_weights_by_hand() -> None:
    # mean 9/4, Σw²(x − mean)² = 25/16 + 4/16 + 49/16, n/(n − 1) = 3/2, (Σw)² = 16
    moments = Moments.of([[1.0], [2.0], [4.0]], [1, 2, 1], SAMPLING)
    assert moments.mean[0] == 2.25
    assert moments.standard_error[0] == pytest.approx(np.sqrt(1.5 * 78 / 16 / 16), rel=1e-15)
    assert moments.effective_n[0] == pytest.approx(16 / 6)


@given(blocks(kinds=(SAMPLING,)), st.floats(0.01, 1000))
def test_only_ratios_of_sampling_weights_matter(block: Block, unit: float) -> None:
    assert block.weights is not None
    moments, scaled = of(block), Moments.of(block.columns.T, block.weights * unit, SAMPLING, 4.0)
    for face in (*FACES, "effective_n"):
        np.testing.assert_allclose(getattr(scaled, face), getattr(moments, face), rtol=1e-7, atol=1e-7)


@given(blocks(kinds=(None,)))
def test_equal_sampling_weights_change_nothing(block: Block) -> None:
    plain = of(block)
    weighted = Moments.of(block.columns.T, np.full(block.codes.shape[1], 0.5), SAMPLING, 4.0)
    for face in (*FACES, "effective_n"):
        np.testing.assert_allclose(getattr(weighted, face), getattr(plain, face), rtol=1e-9, atol=1e-9)


def test_effective_n_is_kishs_over_the_rows_answered() -> None:
    values, weights = real(5), np.random.default_rng(6).uniform(0.2, 5, 200)
    moments = Moments.of(values, weights, SAMPLING)
    expected = [kish_effective_size(weights[~np.isnan(column)]) for column in values.T]
    np.testing.assert_allclose(moments.effective_n, expected, rtol=1e-12)


@given(blocks(), st.integers(1, 13))
def test_whole_numbers_do_not_know_the_size_of_a_block(block: Block, size: int) -> None:
    whole = of(block)
    parts = Moments.of(block.columns.T, block.weights, block.kind, 4.0, block=size)
    assert parts.to_dict() == whole.to_dict()


@settings(max_examples=30)
@given(hnp.arrays(np.float64, (50, 2), elements=st.floats(-10, 10)), st.integers(1, 60))
def test_real_numbers_hardly_know_the_size_of_a_block(values: AnyArray, size: int) -> None:
    whole, parts = Moments.of(values), Moments.of(values, block=size)
    np.testing.assert_allclose(parts.sum1, whole.sum1, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(parts.sum2, whole.sum2, rtol=1e-12, atol=1e-12)


@given(blocks(), st.randoms())
def test_the_order_of_rows_does_not_matter(block: Block, random: object) -> None:
    rows = np.arange(block.codes.shape[1])
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert of(block.part(rows)).to_dict() == of(block).to_dict()


@pytest.mark.parametrize("kind", [None, SAMPLING])
@pytest.mark.parametrize("missing", [0.0, 0.1])
def test_layout_and_type_of_the_array_do_not_matter(kind: WeightKind | None, missing: float) -> None:
    values = np.rint(real(7, missing=missing))
    weights = None if kind is None else np.random.default_rng(8).integers(1, 9, 200) / 4
    first = Moments.of(values, weights, kind, 3.0).to_dict()
    for same in (np.asfortranarray(values), values.astype(np.float32), np.repeat(values, 2, axis=0)[::2]):
        assert Moments.of(same, weights, kind, 3.0).to_dict() == first
    if not missing:
        assert Moments.of(values.astype(np.int8), weights, kind, 3.0).to_dict() == first


def test_truth_values_count_as_one_and_zero() -> None:
    assert Moments.of(np.array([[True], [False], [True], [True]])).mean[0] == 0.75


def test_an_origin_near_the_data_keeps_the_digits() -> None:
    values = np.array([[1e9], [1e9 + 1], [1e9 + 2]])
    assert Moments.of(values, origin=1e9).variance[0] == 1.0
    assert Moments.of(values, origin=[1e9]).mean[0] == 1e9 + 1


def test_nothing_answered_is_missing_without_a_warning() -> None:
    for moments in (Moments.zero(2), Moments.of(np.full((3, 2), np.nan)), Moments.of(np.zeros((0, 2)))):
        for face in FACES:
            assert np.isnan(getattr(moments, face)).all()
        assert np.isnan(moments.interval()).all()
        assert moments.effective_n.tolist() == [0.0, 0.0]


def test_one_answer_has_a_mean_and_no_spread() -> None:
    for weights, kind in ((None, None), ([1], FREQUENCY), ([3.5], SAMPLING)):
        moments = Moments.of([[5.0]], weights, kind)
        assert moments.mean[0] == 5.0
        assert np.isnan([moments.variance[0], moments.standard_error[0], moments.degrees_of_freedom[0]]).all()


def test_infinite_values_give_no_warning() -> None:
    moments = Moments.of([[np.inf, 1.0], [-np.inf, np.nan], [2.0, 3.0]])
    assert np.isnan(moments.mean[0])
    assert moments.mean[1] == 2.0
    assert np.isnan(moments.variance[0])


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match=r"values: an array of shape \(3,\); .*Hint: .*values\[:, None\]"):
        Moments.of([1.0, 2.0, 3.0])
    with pytest.raises(ArgumentError, match="the values are integers or real numbers"):
        Moments.of([["a"]])
    with pytest.raises(ArgumentError, match="one for each of 1 columns"):
        Moments.of([[1.0]], origin=[1.0, 2.0])
    with pytest.raises(ArgumentError, match="one finite number"):
        Moments.zero(1, origin=np.nan)
    with pytest.raises(ArgumentError, match="a block has at least one row"):
        Moments.of([[1.0]], block=0)
    with pytest.raises(ArgumentError, match=r"confidence: 95; .* Hint: pass 0.95"):
        Moments.zero(1).interval(95)
    with pytest.raises(WeightError, match="weights without their kind"):
        Moments.of([[1.0]], [1.0])
    with pytest.raises(ArgumentError, match=r"sum2: shape \(3,\); the shape is \(variable\)"):
        Moments([0.0], [0.0], [0.0], [0.0], [0.0], [0.0, 0.0, 0.0], [0.0], [0.0])


def test_the_callers_arrays_are_left_alone() -> None:
    values, weights = real(9), np.ones(200)
    before = values.copy()
    moments = Moments.of(values, weights, SAMPLING, origin=5.0)
    np.testing.assert_array_equal(values, before)
    assert values.flags.writeable
    assert weights.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        moments.sum1[0] = 0.0
    assert repr(moments) == "<Moments of 3 variables over 200 rows, sampling weights>"
