from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.statistics import (
    ArgumentError,
    Inapplicable,
    SplitHalf,
    SplitHalves,
    cronbach_alpha,
    split_half,
    split_halves,
)
from tests.statistics.attitude import COVARIANCE


def one(found: SplitHalf | Inapplicable) -> SplitHalf:
    assert isinstance(found, SplitHalf)
    return found


def many(found: SplitHalves | Inapplicable) -> SplitHalves:
    assert isinstance(found, SplitHalves)
    return found


def answers(seed: int, k: int) -> Floats:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(k, 30)) * rng.uniform(0.5, 2, (k, 1)) + rng.normal(size=30)


def test_odd_against_even_items_of_a_published_study() -> None:
    # R 4.2.2: o <- c(1, 3, 5, 7); r <- cor(rowSums(attitude[o]), rowSums(attitude[-o]))
    found = one(split_half(COVARIANCE))
    assert found.first == (0, 2, 4, 6)
    assert found.correlation == pytest.approx(0.856207350226, abs=1e-11)
    assert found.spearman_brown == pytest.approx(0.922534166371, abs=1e-11)
    assert found.guttman == pytest.approx(0.905231898464, abs=1e-11)


def test_all_splits_of_a_published_study() -> None:
    # R 4.2.2, over combn(7, 3): r of the two sums, 2r / (1 + r), 4 cov / var of the whole; the greatest of the last is
    # that of psych 2.2.9, splitHalf(attitude, covar = TRUE)$maxrb
    found = many(split_halves(COVARIANCE))
    assert (found.splits, found.exhaustive) == (35, True)
    assert found.correlation == pytest.approx((0.74040464780728, 0.54380037205145, 0.85620735022586), abs=1e-12)
    assert found.spearman_brown.mean == pytest.approx(0.84843687125858, abs=1e-12)
    assert found.guttman == pytest.approx((0.82593577426752, 0.64123120361652, 0.90553520491798), abs=1e-12)


@given(st.integers(0, 10_000), st.integers(2, 7))
def test_a_split_is_its_definition(seed: int, k: int) -> None:
    items = answers(seed, k)
    first = np.random.default_rng(seed).permutation(k)[: int(np.random.default_rng(seed).integers(1, k))]
    one_sum, other = items[first].sum(axis=0), np.delete(items, first, axis=0).sum(axis=0)
    found = one(split_half(np.cov(items), first))
    r = np.corrcoef(one_sum, other)[0, 1]
    halves = one_sum.var(ddof=1) + other.var(ddof=1)
    assert found.correlation == pytest.approx(r, abs=1e-9)
    assert found.spearman_brown == pytest.approx(2 * r / (1 + r), rel=1e-7)
    assert found.guttman == pytest.approx(2 * (1 - halves / (one_sum + other).var(ddof=1)), rel=1e-7)


@given(st.integers(0, 10_000), st.sampled_from([2, 4, 6, 8]))
def test_alpha_is_the_mean_of_all_of_guttmans(seed: int, k: int) -> None:
    table = np.cov(answers(seed, k))
    found = many(split_halves(table))
    assert found.guttman.mean == pytest.approx(float(cronbach_alpha(table)), rel=1e-7)


@given(st.floats(-0.9, 0.999))
def test_spearman_and_brown_double_a_test(r: float) -> None:
    found = one(split_half([[1.0, r], [r, 1.0]]))
    assert found.correlation == pytest.approx(r, abs=1e-9)
    # two halves of equal spread: all three formulas are one, and alpha too
    assert found.spearman_brown == pytest.approx(found.guttman, rel=1e-7, abs=1e-9)
    assert found.guttman == pytest.approx(float(cronbach_alpha([[1.0, r], [r, 1.0]])), rel=1e-7, abs=1e-9)
    assert found.spearman_brown / (2 - found.spearman_brown) == pytest.approx(r, rel=1e-6, abs=1e-9)


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(2, 7))
def test_all_splits_are_taken_once(seed: int, k: int) -> None:
    table = np.cov(answers(seed, k))
    found = many(split_halves(table))
    sets = {frozenset({frozenset(half), frozenset(range(k)) - set(half)}) for half in combinations(range(k), k // 2)}
    every = [one(split_half(table, sorted(min(each, key=sorted)))).guttman for each in sets]
    assert found.splits == len(sets)
    assert found.guttman == pytest.approx((np.mean(every), min(every), max(every)), rel=1e-7)


def test_too_many_splits_are_drawn() -> None:
    table = np.cov(answers(1, 20))
    found = many(split_halves(table, rng=1))
    assert (found.splits, found.exhaustive) == (10_000, False)
    assert found == split_halves(table, rng=np.random.default_rng(1))
    assert found != split_halves(table, rng=2)
    assert found.guttman.mean == pytest.approx(float(cronbach_alpha(table)), abs=1e-3)
    assert found.guttman.low < found.guttman.mean < found.guttman.high
    with pytest.raises(ArgumentError, match="random splits have a seed"):
        split_halves(table)
    assert many(split_halves(table, draws=1, rng=1)).splits == 1


def test_no_split_says_why() -> None:
    for find in (split_half, split_halves):
        assert "there is one" in str(find([[1.0]]))
        assert "do not vary" in str(find([[1.0, 0.0], [0.0, 0.0]]))
        assert "cancel each other" in str(find([[1.0, -1.0], [-1.0, 1.0]]))
    still = [[1.0, 0.0, -1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 1.0]]
    assert "cancel each other" in str(split_half(still))
    # of the three splits one has a half that does not vary
    assert many(split_halves(still)).splits == 2


@pytest.mark.parametrize("first", [[], [0, 1, 2], [0, 0], [3], [-1], [0.0], [[0]], "odd"])
def test_the_first_half_names_positions(first: object) -> None:
    with pytest.raises(ArgumentError, match="the first half names some of the positions 0 to 2"):
        split_half(np.eye(3) + 1, first)  # type: ignore[arg-type]


def test_there_is_at_least_one_draw() -> None:
    with pytest.raises(ArgumentError, match="at least one split"):
        split_halves(np.eye(3) + 1, draws=0)
