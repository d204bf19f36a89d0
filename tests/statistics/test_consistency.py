import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, strategies as st

from servqual._arrays import Floats
from servqual.statistics import (
    ArgumentError,
    CrossProducts,
    Inapplicable,
    ItemTotal,
    Moments,
    cronbach_alpha,
    difference_reliability,
    guttman_lambda6,
    item_total,
    standardised_alpha,
)
from tests.statistics.attitude import ATTITUDE, CORRELATION, COVARIANCE

# psych 2.2.9: a <- alpha(attitude); a$item.stats$raw.r, r.drop; a$alpha.drop$raw_alpha
RAW = (0.77882570186, 0.836780550565, 0.697276803371, 0.806685922552, 0.85013044386, 0.420700988534, 0.595344985706)
CORRECTED = (
    0.671262057224,
    0.742109710222,
    0.56071111148,
    0.714445498134,
    0.786275593834,
    0.265034339197,
    0.460810549468,
)
DROPPED = (
    0.809760206309,
    0.796917457274,
    0.827847765939,
    0.803030975023,
    0.795386574198,
    0.863872311446,
    0.840464868265,
)


def matrices(seed: int, k: int | None = None) -> Floats:
    rng = np.random.default_rng(seed)
    items = k or int(rng.integers(2, 8))
    return np.cov(rng.normal(size=(items, 40)) * rng.uniform(0.5, 3, (items, 1)) + rng.normal(size=40))


def number(value: float | Inapplicable) -> float:
    assert not isinstance(value, Inapplicable), value
    return value


def test_alpha_and_lambda_are_those_of_psych() -> None:
    # psych 2.2.9: alpha(attitude)$total, raw_alpha, std.alpha, G6(smc)
    assert cronbach_alpha(COVARIANCE) == pytest.approx(0.843142769565, abs=1e-11)
    assert standardised_alpha(CORRELATION) == pytest.approx(0.83908380303, abs=1e-11)
    assert guttman_lambda6(CORRELATION) == pytest.approx(0.87521513736, abs=1e-11)


def test_item_statistics_are_those_of_psych() -> None:
    found = item_total(COVARIANCE)
    assert isinstance(found, ItemTotal)
    np.testing.assert_allclose(found.raw, RAW, rtol=0, atol=1e-11)
    np.testing.assert_allclose(found.corrected, CORRECTED, rtol=0, atol=1e-11)
    np.testing.assert_allclose(float_array(found.alpha_if_dropped), DROPPED, rtol=0, atol=1e-11)


def float_array(values: Floats | Inapplicable) -> Floats:
    assert not isinstance(values, Inapplicable), values
    return values


@given(st.integers(0, 10_000))
def test_item_statistics_are_their_definitions(seed: int) -> None:
    rng = np.random.default_rng(seed)
    answers = rng.normal(size=(int(rng.integers(3, 7)), 30)) + rng.normal(size=30)
    found = item_total(np.cov(answers))
    assert isinstance(found, ItemTotal)
    for j, item in enumerate(answers):
        rest = np.delete(answers, j, axis=0)
        assert found.corrected[j] == pytest.approx(np.corrcoef(item, rest.sum(axis=0))[0, 1], abs=1e-10)
        assert found.raw[j] == pytest.approx(np.corrcoef(item, answers.sum(axis=0))[0, 1], abs=1e-10)
        assert float_array(found.alpha_if_dropped)[j] == pytest.approx(number(cronbach_alpha(np.cov(rest))), abs=1e-10)


@given(st.integers(0, 10_000), st.floats(0.01, 100))
def test_alpha_does_not_know_the_unit_the_divisor_or_the_direction(seed: int, scale: float) -> None:
    table = matrices(seed)
    alpha = number(cronbach_alpha(table))
    assert alpha <= 1
    assert cronbach_alpha(table * scale) == pytest.approx(alpha, abs=1e-9)
    answers = np.random.default_rng(seed).normal(size=(4, 25)) + 1
    answers[1:] += answers[0]
    assert cronbach_alpha(np.cov(8 - 3 * answers)) == pytest.approx(number(cronbach_alpha(np.cov(answers))), abs=1e-9)


@given(st.integers(0, 10_000))
def test_standardised_alpha_does_not_know_the_unit_of_any_item(seed: int) -> None:
    table = matrices(seed)
    sd, units = np.sqrt(table.diagonal()), np.random.default_rng(seed).uniform(0.1, 9, len(table))
    rescaled = table * np.outer(units, units)
    there = np.sqrt(rescaled.diagonal())
    first = number(standardised_alpha(table / np.outer(sd, sd)))
    assert standardised_alpha(rescaled / np.outer(there, there)) == pytest.approx(first, abs=1e-9)
    off = (table / np.outer(sd, sd))[np.tril_indices(len(table), -1)].mean()
    k = len(table)
    assert first == pytest.approx(k * off / (1 + (k - 1) * off), abs=1e-9)


def test_the_sums_of_one_pass_serve() -> None:
    products = CrossProducts.of(ATTITUDE.T.astype(np.int8))
    assert cronbach_alpha(products.covariance()) == pytest.approx(0.843142769565, abs=1e-11)
    assert standardised_alpha(products.correlation()) == pytest.approx(0.83908380303, abs=1e-11)
    assert cronbach_alpha(products.covariance()) == pytest.approx(
        7 / 6 * (1 - Moments.of(ATTITUDE).variance.sum() / ATTITUDE.sum(axis=1).var(ddof=1)), abs=1e-12
    )


def test_the_same_item_twice_is_reliable_and_has_no_lambda6() -> None:
    assert cronbach_alpha(np.ones((3, 3))) == pytest.approx(1)
    assert "singular" in str(guttman_lambda6(np.ones((3, 3))))


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ([[2.0]], "at least 2 items are needed, and there is one"),
        ([[1.0, 0, 0], [0, 0, 0], [0, 0, 1.0]], r"do not vary, .* \(position 1\)"),
        (np.zeros((2, 2)), r"do not vary, .* \(positions 0, 1\)"),
        ([[1.0, -1.0], [-1.0, 1.0]], "they cancel each other"),
        ([[np.nan, np.nan], [np.nan, 1.0]], r"too few answers \(position 0\)"),
        ([[1.0, np.nan, 0.5], [np.nan, 1.0, 0.5], [0.5, 0.5, 1.0]], r"of some pairs of these items \(positions 0, 1\)"),
        (np.full((3, 3), np.nan), r"too few answers \(positions 0, 1, 2\)"),
    ],
)
def test_what_does_not_exist_says_why(table: npt.ArrayLike, reason: str) -> None:
    for statistic in (cronbach_alpha, guttman_lambda6, item_total):
        found = statistic(table)
        assert isinstance(found, Inapplicable)
        with pytest.raises(ValueError, match=reason):
            raise ValueError(str(found))


def test_constants_in_rounding_are_constants() -> None:
    table = CrossProducts.of(np.array([[0.1] * 9, np.arange(9.0), np.arange(9.0) ** 2])).covariance()
    assert isinstance(cronbach_alpha(table), Inapplicable)


def test_without_one_of_two_there_is_no_alpha() -> None:
    found = item_total([[2.0, 1.0], [1.0, 2.0]])
    assert isinstance(found, ItemTotal)
    assert "without one of two" in str(found.alpha_if_dropped)
    np.testing.assert_allclose(found.corrected, [0.5, 0.5])


def test_a_rest_that_does_not_vary_is_missing() -> None:
    found = item_total([[1.0, -1.0, 0.0], [-1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    assert isinstance(found, ItemTotal)
    assert np.isnan(found.corrected).tolist() == [False, False, True]
    assert np.isnan(float_array(found.alpha_if_dropped)).tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("table", "rule"),
    [
        ([[1.0, 0.5]], r"the shape is \(items, items\)"),
        ([1.0, 0.5], r"the shape is \(items, items\)"),
        (np.zeros((0, 0)), r"the shape is \(items, items\)"),
        ([[1.0, 0.5], [0.4, 1.0]], "not symmetric"),
        ([[1.0, 0.5], [0.5, -1.0]], "-1 at position 1; variances"),
        ([[1.0, np.inf], [np.inf, 1.0]], "an infinity"),
        ([["a", "b"], ["b", "a"]], "the values are real numbers"),
    ],
)
def test_other_matrices_are_refused(table: npt.ArrayLike, rule: str) -> None:
    for statistic in (cronbach_alpha, guttman_lambda6, item_total):
        with pytest.raises(ArgumentError, match=rule):
            statistic(table)


def test_a_covariance_is_no_correlation() -> None:
    with pytest.raises(ArgumentError, match="it holds correlations"):
        standardised_alpha(COVARIANCE)
    with pytest.raises(ArgumentError, match=r"1\.5; correlations lie between"):
        standardised_alpha([[1.0, 1.5], [1.5, 1.0]])


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # Johns's formula by hand
        ((0.8, 0.7, 0.4, 1, 1.2), 0.848 / 1.48),
        ((0.9, 0.9, 0.5, 1, 1), 0.8),
        ((0.85, 0.85, 0.85, 1, 1), 0.0),
        ((0.8, 0.8, 0, 1, 1), 0.8),
        ((0.6, 0.6, 0.8, 1, 1), -1.0),
    ],
)
def test_the_reliability_of_a_difference(parts: tuple[float, float, float, float, float], expected: float) -> None:
    assert difference_reliability(*parts) == pytest.approx(expected, abs=1e-12)


@given(st.floats(-0.5, 1), st.floats(-0.9, 0.9), st.floats(0.1, 10))
def test_differences_of_equals_in_short(r: float, r12: float, sd: float) -> None:
    assert difference_reliability(r, r, r12, sd, sd) == pytest.approx((r - r12) / (1 - r12), abs=1e-8)


def test_the_reliability_of_no_difference_does_not_exist() -> None:
    assert str(difference_reliability(0.9, 0.9, 1.0, 2.0, 2.0)) == "the difference does not vary"
    assert str(difference_reliability(0.9, 0.9, 0.0, 0.0, 0.0)) == "the difference does not vary"
    assert "is missing" in str(difference_reliability(0.9, float(Inapplicable("one item")), 0.1, 1.0, 1.0))
    assert difference_reliability(0.9, 0.8, 1.0, 2.0, 1.0) == pytest.approx((3.6 + 0.8 - 4) / 1)


def test_parts_of_a_difference_have_their_ranges() -> None:
    with pytest.raises(ArgumentError, match="4 problems") as refused:
        difference_reliability(1.2, 0.8, -1.1, -1, np.inf)
    assert [getattr(each, "place", "") for each in refused.value.problems] == ["r11", "r12", "sd1", "sd2"]


def test_the_callers_matrix_is_left_alone() -> None:
    table = COVARIANCE.copy()
    for statistic in (cronbach_alpha, guttman_lambda6, item_total):
        statistic(table)
    np.testing.assert_array_equal(table, COVARIANCE)
    assert table.flags.writeable
