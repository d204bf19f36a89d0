from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp

from servqual._arrays import AnyArray
from servqual.errors import WeightError
from servqual.statistics import ArgumentError, Moments, Tallies, WeightKind
from tests.statistics import naive
from tests.statistics.strategies import MISSING, Block, blocks

SAMPLING, FREQUENCY = WeightKind.SAMPLING, WeightKind.FREQUENCY
POINTS = np.arange(1, 8)
SHARES = [Fraction(text) for text in ("0", "0.07", "0.25", "0.29", "0.5", "0.57", "0.75", "0.9", "1")]


def of(block: Block) -> Tallies:
    return Tallies.of(block.codes, POINTS, block.weights, block.kind)


@given(blocks())
def test_counts_are_those_of_counting(block: Block) -> None:
    tallies = of(block)
    weights = np.ones(block.codes.shape[1]) if block.weights is None else block.weights
    for item, codes in enumerate(block.codes):
        assert tallies.counts[item].tolist() == [weights[codes == point].sum() for point in POINTS]
        assert tallies.missing[item] == weights[codes == MISSING].sum()
        assert tallies.n[item] == len(naive.answered(block.columns[item], block.weights))
    assert tallies.weight.tolist() == (weights.sum() - tallies.missing).tolist()
    assert tallies.rows == block.codes.shape[1]


@given(blocks())
def test_counts_are_whole_unless_weights_are_not(block: Block) -> None:
    expected = np.float64 if block.kind is SAMPLING else np.int64
    tallies = of(block)
    assert {tallies.counts.dtype, tallies.missing.dtype} == {np.dtype(expected)}
    assert tallies.n.dtype == np.int64


@given(blocks())
def test_means_and_variances_are_those_of_the_moments(block: Block) -> None:
    tallies, moments = of(block), Moments.of(block.columns.T, block.weights, block.kind, 4.0)
    for face in ("mean", "variance", "sd"):
        np.testing.assert_allclose(getattr(tallies, face), getattr(moments, face), rtol=1e-12)


@given(blocks())
def test_means_and_variances_are_those_of_exact_arithmetic(block: Block) -> None:
    tallies = of(block)
    answers = [naive.answered(values, block.weights) for values in block.columns]
    np.testing.assert_allclose(tallies.mean, [naive.mean(each) for each in answers], rtol=1e-12)
    expected = [naive.variance(each, block.kind) for each in answers]
    np.testing.assert_allclose(tallies.variance, expected, rtol=1e-12)


@given(blocks())
def test_quantiles_are_those_of_exact_arithmetic(block: Block) -> None:
    found = of(block).quantile([float(q) for q in SHARES])
    for item, values in enumerate(block.columns):
        answers = naive.answered(values, block.weights)
        np.testing.assert_array_equal(found[:, item], [naive.quantile(answers, q) for q in SHARES])


def test_quantiles_are_numpys_inverted_cdf() -> None:
    codes = np.random.default_rng(0).integers(1, 8, (3, 101))
    shares = [0.125, 0.25, 0.5, 0.75, 1.0]
    expected = np.quantile(codes, shares, axis=1, method="inverted_cdf")
    np.testing.assert_array_equal(Tallies.of(codes, POINTS).quantile(shares), expected)
    np.testing.assert_array_equal(Tallies.of(codes, POINTS).quantile(0.5), expected[2])


def test_a_share_met_but_for_rounding_is_met() -> None:
    # 0.07 * 100 is 7.000000000000001
    tallies = Tallies.of(np.repeat([1, 2], [7, 93])[None, :], [1, 2])
    assert tallies.quantile(0.07)[0] == 1
    assert tallies.quantile(0.0701)[0] == 2


def test_shares_of_top_and_bottom_boxes() -> None:
    tallies = Tallies.of(np.array([[1, 1, 6, 7, MISSING], [MISSING] * 5], dtype=np.int8), POINTS)
    np.testing.assert_array_equal(tallies.share(low=6), [0.5, np.nan])
    np.testing.assert_array_equal(tallies.share(high=1), [0.5, np.nan])
    np.testing.assert_array_equal(tallies.share(2, 5), [0.0, np.nan])
    np.testing.assert_array_equal(tallies.share(), [1.0, np.nan])


@given(blocks(kinds=(FREQUENCY,)))
def test_frequencies_are_repeated_rows(block: Block) -> None:
    assert block.weights is not None
    rows = np.repeat(np.arange(block.codes.shape[1]), block.weights.astype(int))
    weighted, plain = of(block), Tallies.of(block.codes[:, rows], POINTS)
    for face in ("counts", "missing", "weight", "mean", "variance"):
        np.testing.assert_array_equal(getattr(weighted, face), getattr(plain, face))


@given(
    st.sampled_from([np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16]),
    st.sampled_from([1, 5, 12, 13, 40]),
    st.booleans(),
    st.data(),
)
def test_every_way_of_counting_counts_the_same(dtype: type, points: int, weighted: bool, data: st.DataObject) -> None:  # noqa: FBT001
    coded: list[int] = data.draw(st.lists(st.integers(0, 100), min_size=points, max_size=points, unique=True))
    drawn = data.draw(st.lists(st.sampled_from([*coded, 111]), min_size=60, max_size=60))
    codes: AnyArray = np.array(drawn).reshape(2, 30)
    weights = data.draw(hnp.arrays(np.int64, 30, elements=st.integers(0, 3))) if weighted else None
    values = np.linspace(0, 1, points)
    kind = FREQUENCY if weighted else None
    tallies = Tallies.of(codes.astype(dtype), values, weights, kind, coded=coded, missing=111)
    factors = np.ones(30) if weights is None else weights
    for item in range(2):
        assert tallies.counts[item].tolist() == [factors[codes[item] == code].sum() for code in coded]
        assert tallies.missing[item] == factors[codes[item] == 111].sum()


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int64])
@pytest.mark.parametrize("points", [7, 60])
def test_many_rows_are_counted_in_blocks(dtype: type, points: int) -> None:
    rows = np.random.default_rng(1).integers(1, points + 1, 140_000)
    codes: AnyArray = np.stack([rows, rows[::-1]]).astype(dtype)
    codes[0, ::7] = np.iinfo(dtype).min
    tallies = Tallies.of(codes, np.arange(1, points + 1))
    assert tallies.counts[1].tolist() == np.unique(rows, return_counts=True)[1].tolist()
    assert tallies.missing.tolist() == [20_000, 0]


def test_layout_does_not_matter() -> None:
    codes = np.random.default_rng(2).integers(1, 8, (3, 50)).astype(np.int8)
    for points in (POINTS, np.arange(-20, 20)):
        first = Tallies.of(codes, points).to_dict()
        assert Tallies.of(np.asfortranarray(codes), points).to_dict() == first
        assert Tallies.of(np.repeat(codes, 2, axis=1)[:, ::2], points).to_dict() == first


def test_codes_may_stand_for_other_values() -> None:
    tallies = Tallies.of([[0, 2, 2, 9]], [-1.5, 0.0, 2.5], coded=[2, 1, 0], missing=9)
    assert tallies.counts.tolist() == [[2, 0, 1]]
    assert tallies.mean[0] == pytest.approx(-0.5 / 3)


def test_codes_off_the_scale_are_named() -> None:
    codes = np.array([[1, 2, 3], [9, 1, 9], [0, MISSING, 1]], dtype=np.int8)
    with pytest.raises(ArgumentError) as caught:
        Tallies.of(codes, [1, 2, 3])
    remedy = " Hint: a missing answer is -128, or what is passed as missing="
    assert [str(each) for each in caught.value.problems] == [
        f"item 1: 2 codes off the scale, first 9 in row 0; codes are 1, 2, 3.{remedy}",
        f"item 2: 1 codes off the scale, first 0 in row 0; codes are 1, 2, 3.{remedy}",
    ]


def test_a_code_off_the_scale_in_a_row_without_weight_takes_no_part() -> None:
    tallies = Tallies.of([[1, 9, 2]], [1, 2], [1.0, 0.0, 0.5], SAMPLING)
    assert tallies.counts.tolist() == [[1.0, 0.5]]
    with pytest.raises(ArgumentError, match="first 9 in row 1"):
        Tallies.of([[1, 9, 2]], [1, 2], [1.0, 0.1, 0.5], SAMPLING)


@pytest.mark.parametrize(
    ("points", "coded", "found"),
    [
        ([1, 1, 2], [0, 1, 2], "points are finite and increase"),
        ([1, np.inf], [0, 1], "points are finite and increase"),
        ([1.0, 1.5], None, r"each of 2 points .* Hint: pass coded="),
        ([1, 2], [0, 0], "has an integer of its own"),
        ([1, 2], [0, 1, 2], "has an integer of its own"),
        ([], None, "one at least"),
    ],
)
def test_points_are_checked(points: list[float], coded: list[int] | None, found: str) -> None:
    with pytest.raises(ArgumentError, match=found):
        Tallies.of([[1, 2]], points, coded=coded)


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match="codes are integers"):
        Tallies.of([[1.0]], [1])
    with pytest.raises(ArgumentError, match=r"shape \(2,\); .*codes\[None, :\]"):
        Tallies.of([1, 2], [1, 2])
    with pytest.raises(WeightError, match="a kind is the kind of weights"):
        Tallies.of([[1, 2]], [1, 2], kind=SAMPLING)
    with pytest.raises(ArgumentError, match="missing: 2 is also a point; a missing answer has an integer of its own"):
        Tallies.of([[1, 2]], [1, 2], missing=2)
    with pytest.raises(ArgumentError, match="shares lie between 0 and 1"):
        Tallies.zero(1, [1, 2]).quantile([0.5, 1.5])
    with pytest.raises(ArgumentError, match="counts are whole but for sampling weights"):
        Tallies([1.0], [[0.5]], [0], [1])  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match=r"counts: shape \(1, 2\); the shape is \(item, point\)"):
        Tallies([1.0], [[1, 2]], [0], [1])  # type: ignore[arg-type]


@pytest.mark.parametrize("make", [lambda: Tallies.zero(2, POINTS), lambda: Tallies.of(np.zeros((2, 0), int), POINTS)])
def test_nothing_answered_is_missing_without_a_warning(make: object) -> None:
    tallies: Tallies = make()  # type: ignore[operator]
    for values in (tallies.mean, tallies.variance, tallies.sd, tallies.share(), tallies.quantile(0.5)):
        assert np.isnan(values).all()
    assert tallies.quantile([[0.1, 0.5]]).shape == (1, 2, 2)


def test_the_callers_codes_are_left_alone() -> None:
    codes: AnyArray = np.array([[1, 2, MISSING]], dtype=np.int8)
    before = codes.copy()
    tallies = Tallies.of(codes, [1, 2])
    np.testing.assert_array_equal(codes, before)
    assert codes.flags.writeable
    assert repr(tallies) == "<Tallies of 1 items on 2 points over 3 rows>"
