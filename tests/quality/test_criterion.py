"""What is explained of a criterion: against regressions of statsmodels on the rows themselves."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import statsmodels.api as sm
from hypothesis import given, settings, strategies as st
from scipy import stats

from servqual import Level, Survey
from servqual.errors import GroupError, LabelError, SurveyError
from servqual.quality import Explained, critique
from servqual.quality.moment_regression import FTest, MomentRegression, upper_tail
from servqual.statistics import ArgumentError, Inapplicable
from tests.quality.test_critique import again, desk
from tests.scoring.hall import HALL, study

Array = npt.NDArray[Any]


def sides(n: int, seed: int, missing: float) -> tuple[Survey, Array, Array, Array]:
    """A survey, mean perceptions and expectations over items answered at both levels, and a criterion with gaps."""
    people = study(n, seed, missing)
    absent = np.isnan(people.gaps)
    enough = (~absent[:, :5]).sum(axis=1) >= 3
    enough &= (~absent[:, 5:7]).any(axis=1) & ~absent[:, 7]
    p, e = (
        np.nanmean(np.where(absent, np.nan, each), axis=1, where=~absent)
        for each in (people.perceived, people.expected)
    )
    rng = np.random.default_rng(seed)
    y = 0.8 * p - 0.3 * e + 0.2 * p * e + rng.normal(0, 1, n)
    y = np.where(rng.random(n) < missing, np.nan, 100 + y)
    kept = enough & ~np.isnan(y)
    return people.survey(), np.where(kept, p, np.nan), np.where(kept, e, np.nan), y


def check(found: Explained | None, y: Array, p: Array, e: Array) -> None:
    assert found is not None
    linear = sm.OLS(y, sm.add_constant(np.column_stack([p, e]))).fit()
    gap = sm.OLS(y, sm.add_constant(p - e)).fit()
    alone = sm.OLS(y, sm.add_constant(p)).fit()
    surface = sm.OLS(y, sm.add_constant(np.column_stack([p, e, p * p, p * e, e * e]))).fit()
    assert found.r_perception == pytest.approx(np.corrcoef(y, p)[0, 1], rel=1e-8)
    assert found.r_gap == pytest.approx(np.corrcoef(y, p - e)[0, 1], rel=1e-8)
    assert (found.r2_both, found.r2_surface) == pytest.approx((linear.rsquared, surface.rsquared), rel=1e-8)
    assert (found.slope_perception, found.slope_standard) == pytest.approx(tuple(linear.params[1:]), rel=1e-7)
    assert found.unique_perception + found.unique_standard + found.shared == pytest.approx(linear.rsquared)
    pairs = {"added": (linear, alone), "constraint": (linear, gap), "curvature": (surface, linear)}
    pairs |= {"difference": (surface, gap)}
    for name, (full, restricted) in pairs.items():
        test = getattr(found, name)
        assert isinstance(test, FTest)
        f, p_value, df = full.compare_f_test(restricted)
        assert (test.f, test.df, test.df_error) == pytest.approx((f, df, full.df_resid), rel=1e-6), name
        assert test.p_value == pytest.approx(p_value, rel=1e-6, abs=1e-300), name


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), missing=st.sampled_from([0.0, 0.05]))
def test_regressions_are_those_of_statsmodels(seed: int, missing: float) -> None:
    survey, p, e, y = sides(150, seed, missing)
    there = ~np.isnan(p)
    found = critique(survey, criterion=y).explained
    check(found, y[there], p[there], e[there])
    assert found is not None
    assert found.n == there.sum()
    assert found.standard is Level.EXPECTATION


def test_frequencies_are_repeated_rows_and_sampling_weights_have_an_effective_number() -> None:
    people = study(120, 5, 0.0)
    p, e = people.perceived.mean(axis=1), people.expected.mean(axis=1)
    y = p + np.random.default_rng(1).normal(0, 1, 120)
    times = people.frequencies
    levels: Any = {"perception": people.perceived, "expectation": people.expected}
    counted = Survey.from_arrays(HALL, **levels, weights=times, weight_kind="frequency")
    check(critique(counted, criterion=y).explained, *(np.repeat(each, times) for each in (y, p, e)))
    w = people.weights
    found = critique(people.survey("weights"), criterion=y).explained
    assert found is not None
    fitted = sm.WLS(y, sm.add_constant(np.column_stack([p, e])), weights=w).fit()
    assert found.r2_both == pytest.approx(fitted.rsquared, rel=1e-8)
    assert (found.n, found.effective_n) == pytest.approx(((w > 0).sum(), w.sum() ** 2 / (w**2).sum()))


@given(f=st.floats(0, 200), df=st.integers(1, 6), error=st.floats(1, 1e6))
def test_the_upper_tail_is_that_of_f(f: float, df: int, error: float) -> None:
    assert upper_tail(f, df, error) == pytest.approx(stats.f.sf(f, df, error), rel=1e-6, abs=1e-12)


def test_models_that_are_the_same_or_leave_no_error() -> None:
    table = np.array([[2.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    model = MomentRegression(table, 50)
    one, two = model.on([1, 0]), model.on([[1, 0], [0, 1]])
    assert (one.rank, two.rank) == (1, 1)
    assert two.r2 == pytest.approx(0.5)
    assert "the same for these data" in str(model.test(two, one))
    perfect = MomentRegression(np.array([[2.0, 1.0, 1.0], [1.0, 1.0, 0.0], [1.0, 0.0, 1.0]]), 50)
    gained = perfect.test(perfect.on(np.eye(2)), perfect.on([1, 0]))
    assert isinstance(gained, FTest)
    assert (gained.f, gained.p_value) == (np.inf, 0.0)
    line = MomentRegression(np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]), 50)
    assert "without an error" in str(line.test(line.on(np.eye(2)), line.on([1, 0])))
    few = MomentRegression(np.eye(3) + 0.1, 3)
    assert isinstance(few.test(few.on(np.eye(2)), few.on([1, 0])), Inapplicable)
    assert MomentRegression(np.diag([1.0, 0.0, 1.0]), 9).on([1, 0]).r2 == 0


def test_levels_that_follow_from_each_other_leave_nothing_to_test() -> None:
    people = study(60, 3, 0.0)
    y = np.random.default_rng(0).normal(size=60)
    same = Survey.from_arrays(HALL, perception=people.perceived, expectation=people.perceived)
    found = critique(same, criterion=y).explained
    assert found is not None
    assert isinstance(found.added, Inapplicable)
    assert np.isnan(found.r_gap)
    few = critique(same.select(range(5)), criterion=y[:5])
    assert "at least 8 respondents" in str(few)


def test_criteria_that_do_not_fit() -> None:
    survey = desk(50)
    with pytest.raises(SurveyError, match="shape"):
        critique(survey, criterion=np.ones(49))
    with pytest.raises(SurveyError, match="no numbers"):
        critique(survey, criterion=["good"] * 50)
    hint = r"pass the numbers, or read the survey with groups=\['total'\]"
    with pytest.raises(GroupError, match=rf"criterion: no column 'total'; a criterion is a number .* Hint: {hint}"):
        critique(survey, criterion="total")
    with pytest.raises(GroupError, match=r"Hint: did you mean total\?"):
        critique(again(survey, groups={"total": [1, 2] * 25}), criterion="totl")
    for flat in (np.ones(50), np.full(50, np.nan)):
        found = critique(survey, criterion=flat)
        assert {"perception_explains_more", "difference_imposed"} <= {str(each.kind) for each in found.unchecked}
        assert found.explained is None
    with pytest.raises(GroupError, match="a criterion has a number for each respondent, blank where"):
        critique(again(survey, groups={"total": ["x", "y"] * 25}), criterion="total")
    with pytest.raises(GroupError, match="no 'region'"):
        critique(survey, by="region")
    with pytest.raises(ArgumentError, match="Survey or a Summary"):
        critique(np.ones(3))  # type: ignore[arg-type]
    with pytest.raises(LabelError):
        critique(survey, language="fr")


def test_a_criterion_may_be_a_column() -> None:
    survey = desk(200)
    total = np.rint(survey.perception.values.mean(axis=1))
    by_name = critique(again(survey, groups={"total": total}), criterion="total")
    by_numbers = critique(survey, criterion=total)
    assert by_name.explained == by_numbers.explained
