import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual.statistics import (
    ArgumentError,
    Plan,
    expected_design_effect,
    krejcie_morgan,
    margin_of_error_mean,
    margin_of_error_share,
    sample_size_mean,
    sample_size_share,
)

# the table of Krejcie & Morgan 1970, Educational and Psychological Measurement 30:607-610: population, sample
TABLE = {
    10: 10, 15: 14, 20: 19, 25: 24, 30: 28, 35: 32, 40: 36, 45: 40, 50: 44, 55: 48, 60: 52, 65: 56, 70: 59, 75: 63,
    80: 66, 85: 70, 90: 73, 95: 76, 100: 80, 110: 86, 120: 92, 130: 97, 140: 103, 220: 140, 230: 144, 240: 148,
    250: 152, 500: 217, 1200: 291, 1300: 297, 1400: 302, 1500: 306, 2800: 338, 9000: 368,
}  # fmt: skip
CONFIDENCE = st.floats(0.5, 0.999)


def test_the_table_of_krejcie_and_morgan() -> None:
    assert len(TABLE) == 34
    assert {population: krejcie_morgan(population).n for population in TABLE} == TABLE


def test_their_table_is_rounded_to_the_nearest_and_ours_up() -> None:
    # 3.841 is chi-square to three decimals, so that the exact sizes differ by that much
    for population, printed in TABLE.items():
        ours, theirs = sample_size_share(0.05, population=population), krejcie_morgan(population)
        assert ours.exact == pytest.approx(theirs.exact, rel=2e-4)
        assert ours.n in {printed, printed + 1}
    assert sample_size_share(0.05, population=500).n == TABLE[500] + 1
    assert "rounded to the nearest" in krejcie_morgan(500).assumptions


def test_five_points_at_ninety_five_percent_ask_for_385() -> None:
    plan = sample_size_share(0.05)
    assert plan.exact == pytest.approx(384.15, abs=0.01)
    assert plan.n == 385


@settings(deadline=None)
@given(st.floats(0.1, 5), st.floats(0.01, 2), CONFIDENCE, st.one_of(st.none(), st.integers(2, 10**7)), st.floats(1, 5))
def test_the_size_for_a_mean_has_the_margin(
    sd: float, margin: float, confidence: float, population: int | None, effect: float
) -> None:
    plan = sample_size_mean(sd, margin, confidence, population=population, design_effect=effect)
    if plan.exact >= 1:
        found = margin_of_error_mean(sd, plan.exact, confidence, population=population, design_effect=effect)
        assert float(found) == pytest.approx(margin, rel=1e-6)
        kept = margin_of_error_mean(sd, plan.n, confidence, population=population, design_effect=effect)
        assert float(kept) <= margin * (1 + 1e-6)
    assert population is None or plan.n <= population


@settings(deadline=None)
@given(st.floats(0.001, 0.5), st.floats(0.01, 0.99), CONFIDENCE, st.one_of(st.none(), st.integers(2, 10**7)))
def test_the_size_for_a_share_has_the_margin(
    margin: float, share: float, confidence: float, population: int | None
) -> None:
    plan = sample_size_share(margin, share, confidence, population=population)
    if plan.exact >= 1:
        assert float(margin_of_error_share(share, plan.exact, confidence, population=population)) == pytest.approx(
            margin, rel=1e-6
        )
    assert plan.n <= sample_size_share(margin, 0.5, confidence, population=population).n
    assert population is None or plan.n <= population


@settings(deadline=None)
@given(st.floats(0.02, 0.4), CONFIDENCE)
def test_more_precision_asks_for_more(margin: float, confidence: float) -> None:
    plain = sample_size_share(margin, confidence=confidence)
    assert sample_size_share(margin / 2, confidence=confidence).n > plain.n
    assert sample_size_share(margin, confidence=1 - (1 - confidence) / 2).n >= plain.n
    assert sample_size_share(margin, confidence=confidence, population=1000).n <= plain.n
    assert sample_size_share(margin, confidence=confidence, design_effect=1.5).n >= plain.n


def test_clusters_and_groups_are_paid_for() -> None:
    effect = float(expected_design_effect(20, 0.05))
    plan = sample_size_mean(1.2, 0.15, design_effect=effect, groups=4)
    assert plan.n == 480
    assert plan.total == 4 * plan.n
    assert str(plan) == (
        "480 answers in each of 4 groups, 1920 in all (mean to within ±0.15; 95 % confidence; standard deviation 1.2; "
        "normal approximation; design effect 1.95)"
    )
    assert sample_size_mean(1.2, 0.15, design_effect=effect).n == plan.n


def test_a_plan_is_a_word() -> None:
    assert sample_size_share(0.05) == sample_size_share(0.05)
    assert len({sample_size_share(0.05), sample_size_share(0.05), krejcie_morgan(50)}) == 2
    assert Plan(1.5, 2, ("a", "b")).total == 2


def test_who_wants_to_know_exactly_asks_everybody() -> None:
    assert sample_size_mean(1.0, 1e-9, population=300).n == 300
    assert sample_size_share(1e-9, population=1).n == 1
    assert krejcie_morgan(1).n == 1


def test_arguments_are_checked() -> None:
    with pytest.raises(ArgumentError, match=r"2 problems\n.*sd: 0; .*\n.*margin: -1; it is finite and above zero"):
        sample_size_mean(0.0, -1.0)
    with pytest.raises(ArgumentError, match=r"margin: 5; it lies strictly between 0 and 1"):
        sample_size_share(5)
    with pytest.raises(ArgumentError, match="share: 1;"):
        sample_size_share(0.05, 1.0)
    with pytest.raises(ArgumentError, match="confidence"):
        sample_size_share(0.05, confidence=95)
    with pytest.raises(ArgumentError, match=r"population: 0\.5"):
        sample_size_mean(1.0, 0.1, population=0.5)
    with pytest.raises(ArgumentError, match=r"groups: 2\.5; it is a whole number"):
        sample_size_mean(1.0, 0.1, groups=2.5)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="design_effect: 0"):
        sample_size_mean(1.0, 0.1, design_effect=0)
    with pytest.raises(ArgumentError, match="population: NaN"):
        krejcie_morgan(float("nan"))
    with pytest.raises(ArgumentError, match=r"sd: an array of shape \(2,\); it is one number"):
        sample_size_mean(np.array([1.0, 2.0]), 0.1)  # type: ignore[arg-type]
