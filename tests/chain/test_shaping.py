"""Straight links against bent ones."""

import json

import numpy as np
import pytest
import statsmodels.api as sm
from attrs import evolve

from servqual._arrays import Floats
from servqual.chain.fitting import regressions
from servqual.chain.forms import Linear, Log, Piecewise
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.shape_asking import settled
from servqual.chain.shape_fits import FormFit, fitted_form
from servqual.chain.shape_results import FormRow
from servqual.chain.shape_rows import _verdict, form_rows
from servqual.chain.shape_words import NO_CRITERIA, NO_ERROR, NO_FOLD, AsymmetryVerdict, ShapeVerdict
from servqual.chain.shaping import compare_forms
from servqual.chain.units import UnitTable
from servqual.statistics import Inapplicable
from tests.chain.bent_units import CHAIN, branches
from tests.chain.fit_data import panel


def hinges(x: Floats, knots: list[float]) -> Floats:
    return np.column_stack([np.ones(x.size), x, *[np.maximum(x - knot, 0) for knot in knots]])


def test_criteria_are_those_of_the_regression_by_hand() -> None:
    units = branches()
    found = compare_forms(CHAIN, units, links="b -> c")
    a, b, c = (units.column(name) for name in "abc")
    for row, columns in zip(
        found.rows,
        (
            np.column_stack([np.ones(200), b]),
            np.column_stack([np.ones(200), np.log(b)]),
            hinges(b, [b.mean()]),
            hinges(b, np.quantile(b, [1 / 3, 2 / 3]).tolist()),
        ),
        strict=True,
    ):
        by_hand = sm.OLS(c, np.column_stack([columns, a])).fit()
        assert row.aic == pytest.approx(by_hand.aic)
        assert row.bic == pytest.approx(by_hand.bic)
        assert row.coefficients == columns.shape[1] + 1
        assert row.delta_bic == pytest.approx(by_hand.bic - float(found.rows[0].bic))
    forms = [row.form.split()[0] for row in found.rows]
    assert forms == ["linear", "log", "asymmetric", "piecewise"]
    assert found.rows[0].gain == found.rows[0].delta_aic == 0


def test_the_difference_of_slopes_is_that_of_a_hinge() -> None:
    units = branches()
    a, b = units.column("a"), units.column("b")
    by_hand = sm.OLS(b, hinges(a, [a.mean()])).fit()
    shape = compare_forms(Link("a", "b"), units, confidence=0.9)["a -> b"]
    assert shape.difference == pytest.approx(by_hand.params[2])
    assert shape.below == pytest.approx(by_hand.params[1])
    assert shape.above == pytest.approx(by_hand.params[1] + by_hand.params[2])
    assert shape.se == pytest.approx(by_hand.bse[2])
    assert shape.p == pytest.approx(by_hand.pvalues[2])
    assert (shape.low, shape.high) == pytest.approx(tuple(by_hand.conf_int(0.1)[2]))
    assert shape.reference == pytest.approx(a.mean())


def test_units_are_held_out_whole() -> None:
    units = panel()
    chain = Chain.parse("x -> m")
    found = compare_forms(chain, units, forms=[Log()], folds=4, rng=3)
    used = np.flatnonzero(~np.isnan(units.column("x")) & ~np.isnan(units.column("m")))
    unit, x, m = units.unit[used], units.column("x")[used], units.column("m")[used]
    fold_of = np.zeros(24, dtype=int)
    fold_of[np.random.default_rng(3).permutation(24)] = np.arange(24) % 4
    squares = {}
    for row, values in zip(found.rows, (x, np.log(x)), strict=True):
        errors = np.empty(x.size)
        for fold in range(4):
            out = fold_of[unit] == fold
            assert not set(unit[out]) & set(unit[~out])
            line = sm.OLS(m[~out], sm.add_constant(values[~out])).fit()
            errors[out] = m[out] - line.predict(sm.add_constant(values[out]))
        squares[row.form] = errors**2
        assert row.rmse == pytest.approx(np.sqrt(np.mean(errors**2)))
    better = squares["linear"] - squares["log"]
    straight = squares["linear"].mean()
    assert found.rows[1].gain == pytest.approx(better.mean() / straight)
    sums = np.array([(better - better.mean())[unit == each].sum() for each in range(24)])
    assert found.rows[1].gain_se == pytest.approx(np.sqrt(24 / 23 * (sums**2).sum()) / better.size / straight)


def test_with_one_row_a_unit_the_error_of_the_gain_is_that_of_a_mean() -> None:
    row = compare_forms(Link("a", "b"), branches(), forms=["log"], folds=200).rows[1]
    # leaving one out: the residuals over 1 − leverage
    units = branches()
    a, b = units.column("a"), units.column("b")
    errors = []
    for values in (a, np.log(a)):
        influence = sm.OLS(b, sm.add_constant(values)).fit().get_influence()
        errors.append(influence.resid_press**2)
    better = errors[0] - errors[1]
    assert row.rmse == pytest.approx(np.sqrt(errors[1].mean()))
    assert row.gain_se == pytest.approx(better.std(ddof=1) / np.sqrt(200) / errors[0].mean())


def test_covariance_and_weights_are_those_of_the_fit() -> None:
    units = panel()
    found = compare_forms(
        Chain.parse("x -> m -> y"), units, links="x -> m", forms=["asymmetric"], weights="size", folds=3
    )
    asymmetric = Chain([Link("x", "m", form=Piecewise((float(found["x -> m"].reference),))), Link("m", "y")])
    by_hand = regressions(asymmetric, units, weights="size")["m"]
    test = by_hand.t_test([0, -1, 1])
    assert found["x -> m"].difference == pytest.approx(float(np.squeeze(test.effect)))
    assert found["x -> m"].p == pytest.approx(float(test.pvalue))
    assert found.rows[1].aic == pytest.approx(by_hand.aic)


@pytest.mark.parametrize(
    ("shape", "verdict", "asymmetry"),
    [
        ("bent", ShapeVerdict.BENT, AsymmetryVerdict.LOSSES),
        ("gains", ShapeVerdict.BENT, AsymmetryVerdict.GAINS),
        ("straight", ShapeVerdict.STRAIGHT, AsymmetryVerdict.OPEN),
    ],
)
def test_what_is_bent_is_found_bent(shape: str, verdict: ShapeVerdict, asymmetry: AsymmetryVerdict) -> None:
    found = compare_forms(CHAIN, branches(shape), links=["a -> b"])["a -> b"]
    assert (found.verdict, found.asymmetry) == (verdict, asymmetry)
    assert found.best.startswith("asymmetric") is (verdict is ShapeVerdict.BENT)


def test_criteria_may_disagree() -> None:
    # a bend of two standard errors, which AIC sees and BIC, with ln 400 a coefficient, does not
    rng = np.random.default_rng(2)
    a = rng.uniform(1, 5, 400)
    columns = hinges(a, [3.0])
    noise = sm.OLS(rng.normal(0, 0.5, 400), columns).fit()
    b = 0.5 * a + 2 * noise.bse[2] * columns[:, 2] + noise.resid
    units = UnitTable.from_arrays(range(400), {"a": a, "b": b})
    found = compare_forms(Link("a", "b"), units, forms=[Piecewise((3.0,))])
    assert float(found.rows[1].delta_aic) < 0 < float(found.rows[1].delta_bic)
    assert found["a -> b"].verdict is ShapeVerdict.OPEN
    assert found["a -> b"].best == ""
    assert found.rows[1].form == "asymmetric 3"


def test_a_gain_within_its_error_is_none() -> None:
    row = FormRow(
        link="a -> b", form="log", coefficients=2, aic=9.0, bic=9.0, delta_aic=-1.0, delta_bic=-1.0, rmse=0.9,
        gain=0.01, gain_se=0.02,
    )  # fmt: skip
    verdicts = [_verdict([row, evolve(row, gain_se=se, delta_bic=bic)]) for se, bic in ((0.02, -1.0), (0.005, -1.0))]
    assert verdicts == [(ShapeVerdict.OPEN, ""), (ShapeVerdict.BENT, "log")]
    assert _verdict([row, evolve(row, delta_aic=1.0, delta_bic=2.0)]) == (ShapeVerdict.STRAIGHT, "")


def test_nothing_is_better_than_no_error() -> None:
    units, link = branches(), Link("a", "b")
    ground = settled(Chain([link]), units, {}, 5, 1)
    straight = fitted_form(ground, link, Linear())
    assert isinstance(straight, FormFit)
    perfect = evolve(straight, errors=np.zeros(200))
    rows = form_rows(link, {"linear": perfect, "log": evolve(straight, form=Log())})
    assert rows[1].gain == rows[1].gain_se == Inapplicable(NO_ERROR)
    assert rows[0].rmse == 0


def test_a_line_without_error_gains_nothing() -> None:
    x = np.linspace(1, 5, 30)
    units = UnitTable.from_arrays(range(30), {"x": x, "y": np.zeros(30) + 0.5 * x})
    found = compare_forms(Link("x", "y"), units, forms=["log"], folds=5)
    assert float(found.rows[1].rmse) > float(found.rows[0].rmse)
    assert found["x -> y"].verdict is ShapeVerdict.STRAIGHT


def test_order_of_rows_and_seed_of_folds() -> None:
    units = branches()
    order = np.random.default_rng(1).permutation(200)
    shuffled = UnitTable.from_arrays(order, {name: units.column(name)[order] for name in "abc"})
    one, other = (compare_forms(CHAIN, each, rng=5) for each in (units, shuffled))
    assert [row.rmse for row in one.rows] == pytest.approx([row.rmse for row in other.rows])
    different = compare_forms(CHAIN, units, rng=6)
    assert one.rows[0].rmse != different.rows[0].rmse
    assert one.rows[0].aic == different.rows[0].aic


def test_a_form_that_cannot_be_fitted_says_why() -> None:
    rng = np.random.default_rng(1)
    x = np.repeat([0.0, 1.0], 20)
    units = UnitTable.from_arrays(range(40), {"x": x, "y": x + rng.normal(0, 1, 40)})
    found = compare_forms(Link("x", "y"), units)
    linear, log, asymmetric, thirds = found.rows
    assert not isinstance(linear.aic, Inapplicable)
    assert isinstance(log.aic, Inapplicable)
    assert "20 values of zero or below" in log.aic.reason
    assert "takes no value of zero or below" in log.aic.reason
    assert isinstance(asymmetric.rmse, Inapplicable)
    assert thirds.gain == Inapplicable("x has too few values to be divided into thirds")
    shape = found["x -> y"]
    assert shape.verdict is ShapeVerdict.UNTOLD
    assert shape.asymmetry is AsymmetryVerdict.UNTOLD
    assert shape.p == asymmetric.aic
    assert "20 values of zero or below" in repr(log)
    told = json.loads(json.dumps(found.to_dict()))
    assert told["forms"]["columns"]["aic"][1:] == [None, None, None]
    assert [each["form"] for each in told["forms"]["inapplicable"]] == ["log", "asymmetric", "thirds"]
    assert told["links"]["inapplicable"][0]["link"] == "x -> y"


def test_a_fold_without_which_nothing_can_be_estimated() -> None:
    # a single unit lies above the knot
    rng = np.random.default_rng(1)
    x = np.append(rng.uniform(1, 3, 29), 5.0)
    units = UnitTable.from_arrays(range(30), {"x": x, "y": x + rng.normal(0, 1, 30)})
    found = compare_forms(Link("x", "y"), units, forms=["asymmetric 4"], folds=5)
    assert found.rows[1].rmse == found.rows[1].gain == Inapplicable(NO_FOLD)
    assert not isinstance(found.rows[1].aic, Inapplicable)


@pytest.mark.parametrize("estimator", ["robust", "mixed"])
def test_estimators_without_a_likelihood_are_judged_by_what_is_held_out(estimator: str) -> None:
    found = compare_forms(Chain.parse("x -> m"), panel(), forms=["asymmetric"], folds=4, estimator=estimator)
    assert found.rows[1].aic == found.rows[1].delta_bic == Inapplicable(NO_CRITERIA)
    assert float(found.rows[1].rmse) > 0
    assert found["x -> m"].verdict in {ShapeVerdict.STRAIGHT, ShapeVerdict.BENT}
    assert f"AIC and BIC do not exist for the {estimator} estimator" in found.to_table().notes[0]
    assert found.to_table("zh").notes[0].startswith(f"{estimator} 估计量没有")


def test_unit_effects_are_taken_off_before() -> None:
    found = compare_forms(Chain.parse("x -> m"), panel(), forms=["asymmetric"], folds=4, effects="unit")
    assert found.rows[0].coefficients == 1
    assert float(found.rows[0].rmse) > 0
