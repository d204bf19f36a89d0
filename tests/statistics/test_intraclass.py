"""Intraclass correlations: multilevel and psych, the laws that bind them, what has none."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, strategies as st

from servqual._arrays import Floats, Ints
from servqual.statistics import ArgumentError, Inapplicable
from servqual.statistics.intraclass import GroupSize, Intraclass, icc, spearman_brown, sums_of_squares
from servqual.statistics.within_groups import WithinGroups
from tests.statistics.raters import ANSWERS, CODES


def of(values: Floats, codes: Ints, group_size: str = "mean", confidence: float = 0.95) -> Intraclass:
    within = WithinGroups.of(values[:, None], codes)
    n, mean, variance = (each[:, 0] for each in (within.n, within.mean, within.variance))
    found = icc(n, mean, sums_of_squares(n, variance), group_size=group_size, confidence=confidence)
    assert isinstance(found, Intraclass), found
    return found


def drawn(seed: int, *, equal: bool = False) -> tuple[Floats, Ints]:
    rng = np.random.default_rng(seed)
    sizes = np.full(6, 4) if equal else rng.integers(1, 9, 6)
    codes = np.repeat(np.arange(6), sizes)
    assume(codes.size > 6)
    return rng.normal(rng.normal(0, rng.uniform(0, 2), 6)[codes], 1), codes


def test_raters_are_alike_as_multilevel_says() -> None:
    # m <- aov(mean ~ as.factor(group)); summary(m); ICC1(m); ICC2(m), multilevel 2.7
    found = of(ANSWERS.mean(axis=1), CODES)
    assert found.parts.ms_between == pytest.approx(3.98953125, abs=1e-11)
    assert found.parts.ms_within == pytest.approx(0.251711309524, abs=1e-11)
    assert found.parts.f == pytest.approx(15.8496305055, abs=1e-9)
    assert found.parts.p_value == pytest.approx(9.2663275889e-09, rel=1e-9)
    assert found.icc1 == pytest.approx(0.649884929295, abs=1e-11)
    assert found.icc2 == pytest.approx(0.93690704653, abs=1e-11)


def test_intervals_are_those_of_psych() -> None:
    # Shrout & Fleiss 1979, table 2: six targets, four judges, as matrix sf of four columns. In R 4.2.2 with psych
    # 2.2.9: format(ICC(sf, lmer = FALSE)$results, digits = 15), rows ICC1 and ICC1k
    values = np.array([9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7], float)
    for convention in GroupSize:
        found = of(values, np.repeat(np.arange(6), 4), convention)
        single = (found.icc1, found.icc1_low, found.icc1_high)
        assert single == pytest.approx((0.165741768405476, -0.1329323248747509, 0.722560062328121), abs=1e-12)
        mean = (found.icc2, found.icc2_low, found.icc2_high)
        assert mean == pytest.approx((0.442797133679269, -0.8844421552381190, 0.912415420340776), abs=1e-12)
        assert found.parts.f == pytest.approx(1.79467849223947, abs=1e-12)


@given(st.integers(0, 10_000), st.sampled_from(list(GroupSize)))
def test_spearman_and_brown_lead_from_one_to_the_other(seed: int, convention: GroupSize) -> None:
    found = of(*drawn(seed), convention)
    for name in ("", "_low", "_high"):
        single, mean = (float(getattr(found, f"icc{which}{name}")) for which in (1, 2))
        assert mean == pytest.approx(spearman_brown(single, found.mean_size), rel=1e-9, abs=1e-9)
    assert float(found.icc1_low) < found.icc1 < float(found.icc1_high) <= 1


@given(st.integers(0, 10_000), st.floats(-50, 50), st.floats(0.1, 10))
def test_shifting_and_stretching_all_answers_changes_nothing(seed: int, shift: float, factor: float) -> None:
    values, codes = drawn(seed)
    for convention in GroupSize:
        plain, moved = of(values, codes, convention), of(values * factor + shift, codes, convention)
        assert (moved.icc1, moved.icc2) == pytest.approx((plain.icc1, plain.icc2), rel=1e-6, abs=1e-8)


@given(st.integers(0, 10_000))
def test_names_of_groups_and_order_of_rows_change_nothing(seed: int) -> None:
    values, codes = drawn(seed)
    rng = np.random.default_rng(seed)
    order = rng.permutation(codes.size)
    plain, mixed = of(values, codes), of(values[order], rng.permutation(6)[codes][order])
    assert (mixed.icc1, mixed.icc2) == pytest.approx((plain.icc1, plain.icc2), rel=1e-9, abs=1e-9)


@given(st.integers(0, 10_000))
def test_both_conventions_agree_on_equal_groups_and_only_there(seed: int) -> None:
    even, harmonic = (of(*drawn(seed, equal=True), convention) for convention in ("mean", "harmonic"))
    assert (harmonic.icc1, harmonic.icc2) == pytest.approx((even.icc1, even.icc2), abs=1e-12)
    values, codes = drawn(seed)
    even, harmonic = of(values, codes), of(values, codes, "harmonic")
    assert even.icc2 == pytest.approx(1 - even.parts.ms_within / even.parts.ms_between, abs=1e-9)
    assert (harmonic.size, even.size) == (even.parts.adjusted_size, even.parts.mean_size)
    sizes = np.bincount(codes)
    assert harmonic.mean_size == pytest.approx(6 / (1 / sizes).sum())
    assert harmonic.mean_size <= harmonic.size + 1e-12


def test_intervals_cover_as_often_as_they_say() -> None:
    rng = np.random.default_rng(4)
    truth, runs = 0.2, 2000
    means = rng.normal(0, math.sqrt(truth), (runs, 20, 1))
    values = means + rng.normal(0, math.sqrt(1 - truth), (runs, 20, 8))
    squares = ((values - values.mean(axis=2, keepdims=True)) ** 2).sum(axis=2)
    hits = 0
    for mean, square in zip(values.mean(axis=2), squares, strict=True):
        found = icc(np.full(20, 8), mean, square, confidence=0.9)
        assert isinstance(found, Intraclass)
        hits += float(found.icc1_low) < truth < float(found.icc1_high)
    # four standard errors of a share of .9 in 2,000 runs
    assert abs(hits / runs - 0.9) < 4 * math.sqrt(0.09 / runs)


def test_the_harmonic_convention_is_the_reliability_of_a_row() -> None:
    # the squared correlation of observed and true means over unequal groups, all counting alike
    rng = np.random.default_rng(7)
    sizes = rng.choice([2, 3, 30], 40_000)
    truth = rng.normal(0, 1, sizes.size)
    observed = truth + rng.normal(0, 2, sizes.size) / np.sqrt(sizes)
    squares = 4 * rng.chisquare(sizes - 1)
    share = np.corrcoef(truth, observed)[0, 1] ** 2
    harmonic, even = (icc(sizes, observed, squares, group_size=name) for name in ("harmonic", "mean"))
    assert isinstance(harmonic, Intraclass)
    assert isinstance(even, Intraclass)
    assert harmonic.icc2 == pytest.approx(share, abs=0.015)
    assert harmonic.icc1 == pytest.approx(0.2, abs=0.01)
    assert float(even.icc2) > share + 0.2


def test_what_has_no_correlation_says_why() -> None:
    assert icc([5], [1.0], [2.0]) == Inapplicable("at least 2 groups are needed, and there is one")
    still = icc([2, 2], [1.0, 3.0], [0.0, 0.0])
    assert isinstance(still, Intraclass)
    assert still.icc1 == 1
    assert still.icc1_low == still.icc2_high == Inapplicable("nothing varies within groups")
    alike = icc([2, 2], [1.0, 1.0], [2.0, 2.0])
    assert isinstance(alike, Intraclass)
    assert alike.icc1 == -1
    assert alike.icc2 == alike.icc1_low == Inapplicable("all groups have the same mean")


def test_unknown_conventions_and_shares_are_refused() -> None:
    with pytest.raises(ArgumentError, match=r"group_size: 'harmonical'.*did you mean harmonic"):
        icc([2, 2], [1.0, 3.0], [1.0, 1.0], group_size="harmonical")
    with pytest.raises(ArgumentError, match="confidence: 95; it lies strictly between 0 and 1"):
        icc([2, 2], [1.0, 3.0], [1.0, 1.0], confidence=95)
