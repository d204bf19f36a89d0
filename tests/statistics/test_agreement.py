"""Agreement within groups: R's multilevel, loops, and the laws of each index."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual._arrays import Floats
from servqual.statistics import ArgumentError
from servqual.statistics.agreement import r_star_wg_j, rwg, rwg_j
from servqual.statistics.agreement_nulls import null_variance
from servqual.statistics.intraclass import spearman_brown
from servqual.statistics.scaled_agreement import awg, awg_j
from servqual.statistics.within_groups import WithinGroups
from tests.statistics.raters import ANSWERS, CODES, EXPECTED

UNIFORM = null_variance("uniform", 5)
ENDS = {"low": 1, "high": 5}


def of_raters() -> dict[str, Floats]:
    within = WithinGroups.of(ANSWERS, CODES)
    first = within.mean[:, 0], within.variance[:, 0], within.n[:, 0]
    return {
        "rwg_q1": rwg(within.variance[:, 0], UNIFORM).values,
        "rwgj": rwg_j(within.variance, UNIFORM).values,
        "rwgj_lindell": r_star_wg_j(within.variance, UNIFORM),
        "awg_q1": awg(*first, low=1, high=5).values,
        "awg_j": awg_j(within.mean, within.variance, within.n, low=1, high=5).values,
        "ad_mean": within.deviation.mean(axis=1),
        "ad_median": within.deviation_median.mean(axis=1),
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_raters_agree_as_multilevel_says(name: str) -> None:
    np.testing.assert_allclose(of_raters()[name], EXPECTED[name], atol=1e-12)


def test_the_raters_are_those_of_the_file(shared: Path) -> None:
    data = np.genfromtxt(shared / "oracles" / "agreement_data.csv", delimiter=",", names=True)
    assert np.array_equal(ANSWERS, np.array([data[f"q{item}"] for item in range(1, 5)]).T)
    assert np.array_equal(CODES + 1, data["group"])
    expected = np.genfromtxt(shared / "oracles" / "agreement_expected.csv", delimiter=",", names=True)
    assert all(np.array_equal(expected[name], values) for name, values in EXPECTED.items())


def test_worked_ratios() -> None:
    # J = 10 at a ratio of .25, and J = 5 at .5
    assert float(rwg_j([0.5] * 10, 2.0).values) == pytest.approx(7.5 / 7.75)
    assert float(rwg_j([1.0] * 5, 2.0).values) == pytest.approx(2.5 / 3)


@given(st.lists(st.floats(0, 2), min_size=1, max_size=6))
def test_several_items_are_one_made_longer(variances: list[float]) -> None:
    single = float(rwg(np.mean(variances), 2.0).values)
    assert float(rwg_j(variances, 2.0).values) == pytest.approx(spearman_brown(single, len(variances)), abs=1e-12)
    assert float(r_star_wg_j(variances, 2.0)) == pytest.approx(single, abs=1e-12)


def test_more_scatter_than_under_the_null_is_no_agreement_and_is_flagged() -> None:
    one, several = rwg([1.0, 2.0, 3.0], 2.0), rwg_j([[1.0, 1.0], [2.0, 2.0], [3.0, 9.0]], 2.0)
    for found in (one, several):
        assert found.truncated.tolist() == [False, False, True]
        assert found.values[1:].tolist() == [0, 0]
        assert repr(found) == "<Agreement of 3 of 3 groups; 1 set to 0>"
    assert r_star_wg_j([[3.0, 9.0]], 2.0).tolist() == [-2]


def test_one_answer_is_no_agreement_and_the_reason_is_given() -> None:
    one = rwg([0.5, np.nan], 2.0)
    assert (one.values.tolist()[0], one.reason.tolist()) == (0.75, ["", "fewer than two answers"])
    several = rwg_j([[0.5, np.nan]], 2.0)
    assert np.isnan(several.values).all()
    assert several.reason.tolist() == ["fewer than two answers to an item"]
    assert np.isnan(r_star_wg_j([[0.5, np.nan]], 2.0)).all()
    found = awg([3, 3], [np.nan, 1.0], [1, 5], low=1, high=5)
    assert found.reason.tolist() == ["fewer than two answers", ""]
    assert awg_j([[3, 3]], [[1.0, np.nan]], [[5, 1]], low=1, high=5).reason.tolist() == [
        "fewer than two answers to an item"
    ]


def naive_awg(answers: list[int], low: int, high: int) -> float:
    k, mean = len(answers), float(np.mean(answers))
    most = ((high + low) * mean - mean**2 - high * low) * (k / (k - 1))
    return 1 - 2 * float(np.var(answers, ddof=1)) / most


@given(st.lists(st.integers(1, 7), min_size=2, max_size=20))
def test_awg_is_its_formula_and_lies_between_its_ends(answers: list[int]) -> None:
    column = np.array(answers, float)
    found = awg(column.mean(), column.var(ddof=1), column.size, low=1, high=7)
    if set(answers) in ({1}, {7}):
        assert found.reason.tolist() == "the mean is at an end of the scale, where answers cannot scatter"
        assert not found.interpretable
    else:
        assert float(found.values) == pytest.approx(naive_awg(answers, 1, 7), abs=1e-9)
        assert -1 - 1e-9 <= float(found.values) <= 1
        turned = awg(8 - column.mean(), column.var(ddof=1), column.size, low=1, high=7)
        assert float(turned.values) == pytest.approx(float(found.values), abs=1e-9)


@pytest.mark.parametrize(("mean", "inside"), [(1.39, False), (1.4, True), (3.0, True), (4.6, True), (4.61, False)])
def test_the_range_in_which_awg_is_interpretable(mean: float, inside: bool) -> None:  # noqa: FBT001 - a table
    # (L (k − 1) + H) / k = 1.4 and (H (k − 1) + L) / k = 4.6 for ten answers on five points
    assert bool(awg(mean, 0.3, 10, low=1, high=5).interpretable) is inside


def test_halves_at_both_ends_disagree_as_much_as_can_be() -> None:
    assert float(awg(3.0, np.var([1, 1, 5, 5], ddof=1), 4, low=1, high=5).values) == pytest.approx(-1)


def test_items_at_an_end_do_not_count_in_the_mean_awg() -> None:
    found = awg_j([[3.0, 5.0], [5.0, 5.0]], [[1.0, 0.0], [0.0, 0.0]], [[8, 8], [8, 8]], low=1, high=5)
    assert found.values.tolist()[0] == float(awg(3.0, 1.0, 8, low=1, high=5).values)
    assert found.interpretable.tolist() == [False, False]
    assert found.reason.tolist() == [
        "",
        "the means of all items lie too near an end of the scale for so few answers",
    ]
    assert repr(found) == "<ScaledAgreement of 1 of 2 groups; 0 interpretable>"


REFUSED: dict[str, tuple[Any, str]] = {
    "a negative variance": (lambda: rwg(-1.0, 2.0), "variance: -1; it is finite and zero or more"),
    "no scatter under the null": (lambda: rwg(1.0, 0.0), "null: 0; it is finite and above zero"),
    "no items": (lambda: rwg_j(1.0, 2.0), "variance: shape (); the last axis has at least one item"),
    "a mean off the scale": (lambda: awg(6, 1, 5, **ENDS), "mean: some off the scale; means lie on 1..5"),
    "ends turned round": (lambda: awg(3, 1, 5, low=5, high=1), "high: 1; it lies above low, 5"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_no_formula_takes_is_refused(case: str) -> None:
    call, message = REFUSED[case]
    with pytest.raises(ArgumentError) as caught:
        call()
    assert str(caught.value) == message + "."
