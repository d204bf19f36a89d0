import math
import re
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from servqual._arrays import Floats
from servqual.chain.correcting import corrected_regression
from servqual.chain.designs import EquationRows, designs
from servqual.chain.estimating import estimate
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.recipes import UNIT, Recipe
from servqual.chain.units import UnitTable
from servqual.statistics.models import Covariance, Estimator
from tests.chain.fit_data import MEDIATION, PANEL, attitude, panel, refused

TWO = Chain.parse("complaints -> rating; learning -> rating")
RELIABLE = {"complaints": 0.9, "learning": 0.8}

LAVAAN = {"complaints": 0.7239311160, "learning": 0.1959446875, "rest": 32.7358635084, "r2": 0.7714490260}


def equation(**options: Any) -> tuple[EquationRows, Recipe]:
    """The equation of y in the panel, with numbers that are taken as free of error."""
    recipe = Recipe(**options)
    (_, rows), _ = designs(PANEL, panel(), recipe)
    return rows, recipe


def test_coefficients_are_those_of_factors_with_known_errors() -> None:
    """Factors of one item each, whose error variance is the share (1 − reliability) of its variance.

    R 4.2, lavaan 0.6-14::

        v <- function(x) mean((x - mean(x))^2)
        m <- sprintf('xi =~ 1*complaints
                      eta =~ 1*learning
                      complaints ~~ %.16f*complaints
                      learning ~~ %.16f*learning
                      xi ~~ eta
                      rating ~ xi + eta', .1 * v(attitude$complaints), .2 * v(attitude$learning))
        e <- sem(m, attitude, control=list(rel.tol=1e-14))
        coef(e)[c("rating~xi", "rating~eta", "rating~~rating")]; inspect(e, "r2")["rating"]
    """
    found = fit(TWO, attitude(), reliability=RELIABLE)
    regression = found.equation("rating").regression
    assert regression.names == ("intercept", "complaints", "learning")
    assert regression.coefficients[1] == pytest.approx(LAVAAN["complaints"], abs=1e-6)
    assert regression.coefficients[2] == pytest.approx(LAVAAN["learning"], abs=1e-6)
    assert regression.r2 == pytest.approx(LAVAAN["r2"], abs=1e-6)
    # theirs divides by n
    assert regression.sigma2 * 27 / 30 == pytest.approx(LAVAAN["rest"], rel=1e-6)
    assert math.isnan(regression.log_likelihood)


def test_coefficients_are_those_of_the_true_moments() -> None:
    units = attitude()
    x = np.array([units.column("complaints"), units.column("learning")])
    y = units.column("rating")
    moments = np.cov(np.vstack([x, y]))
    true = moments[:2, :2] - np.diag(np.diag(moments)[:2] * (1 - np.array([0.9, 0.8])))
    expected = np.linalg.inv(true) @ moments[:2, 2]
    regression = fit(TWO, units, reliability=RELIABLE).equation("rating").regression
    np.testing.assert_allclose(regression.coefficients[1:], expected, rtol=1e-10)
    assert regression.coefficients[0] == pytest.approx(y.mean() - x.mean(axis=1) @ expected, rel=1e-10)


def test_one_predictor_is_disattenuated() -> None:
    chain = Chain.parse("learning -> rating")
    plain, corrected = (fit(chain, attitude(), reliability=each).slopes()[0] for each in (None, {"learning": 0.8}))
    assert corrected == pytest.approx(plain / 0.8, rel=1e-12)


# A reliability of one leaves least squares as they are, whatever the covariance
@pytest.mark.parametrize(
    "options",
    [
        {"covariance": Covariance.HC0},
        {"covariance": Covariance.HC1},
        {"covariance": Covariance.CLUSTER, "cluster": UNIT},
        {"covariance": Covariance.CLUSTER, "cluster": "region"},
        {"covariance": Covariance.HAC},
        {"covariance": Covariance.HAC, "lags": 2},
        {"covariance": Covariance.HC1, "controls": ("rent",)},
        {"covariance": Covariance.HC1, "weights": "size", "estimator": Estimator.WLS},
        {"covariance": Covariance.CLUSTER, "cluster": UNIT, "weights": "size", "estimator": Estimator.WLS},
    ],
    ids=str,
)
def test_without_error_it_is_least_squares(options: dict[str, Any]) -> None:
    rows, recipe = equation(**options)
    found, expected = corrected_regression(rows, recipe), estimate(rows, recipe)
    np.testing.assert_allclose(found.coefficients, expected.coefficients, rtol=1e-9)
    np.testing.assert_allclose(found.covariance, expected.covariance, rtol=1e-9, atol=1e-14)
    for name in ("df_resid", "df_test", "n", "estimator", "kind", "groups", "lags"):
        assert getattr(found, name) == getattr(expected, name), name
    for name in ("r2", "adjusted_r2", "sigma2"):
        assert getattr(found, name) == pytest.approx(getattr(expected, name), rel=1e-9), name


def test_one_series_has_no_correction_for_small_samples() -> None:
    rows, recipe = equation(covariance=Covariance.HAC, lags=2)
    alone = evolve(rows, unit=np.zeros_like(rows.unit), period=np.arange(rows.unit.size))
    found, expected = corrected_regression(alone, recipe), estimate(alone, recipe)
    np.testing.assert_allclose(found.covariance, expected.covariance, rtol=1e-9, atol=1e-14)
    assert (found.df_test, found.groups) == (expected.df_test, expected.groups)


def stacked(rows: EquationRows, parameters: Floats) -> Floats:
    """Estimating equations of every row: means, variances, slopes, intercept; shape (n, equations)."""
    x, y, r = rows.x[:, 1:], rows.y, rows.reliability[1:]
    weights = np.ones(y.size) if rows.weights is None else rows.weights
    k = r.size
    means, variances, slopes = parameters[:k], parameters[k : 2 * k], parameters[2 * k : 3 * k]
    rest = y - parameters[-1] - x @ slopes
    of_slopes = (x - means) * rest[:, None] + (1 - r) * variances * slopes
    return weights[:, None] * np.column_stack([x - means, (x - means) ** 2 - variances, of_slopes, rest])


@pytest.mark.parametrize("weights", [None, "size"])
def test_errors_are_the_sandwich_of_all_estimating_equations(weights: str | None) -> None:
    rows, _ = equation(weights=weights, reliability=(("x", 0.8), ("m", 0.7)))
    found = corrected_regression(rows, Recipe(covariance=Covariance.HC0))
    w = np.ones(rows.y.size) if weights is None else rows.weights
    means = np.average(rows.x[:, 1:], axis=0, weights=w)
    variances = np.average((rows.x[:, 1:] - means) ** 2, axis=0, weights=w)
    solution = np.concatenate([means, variances, found.coefficients[1:], found.coefficients[:1]])
    np.testing.assert_allclose(stacked(rows, solution).sum(axis=0), 0, atol=1e-8)
    steps = np.eye(solution.size) * 1e-5
    bread = np.column_stack(
        [(stacked(rows, solution + step) - stacked(rows, solution - step)).sum(axis=0) / 2e-5 for step in steps]
    )
    scores = stacked(rows, solution)
    covariance = np.linalg.solve(bread, np.linalg.solve(bread, scores.T @ scores).T)
    order = [-1, *range(2 * means.size, 3 * means.size)]
    np.testing.assert_allclose(found.covariance, covariance[np.ix_(order, order)], rtol=1e-5, atol=1e-12)


def test_corrected_coefficients_are_true_and_their_intervals_cover() -> None:
    rng = np.random.default_rng(20)
    studies, units, true = 400, 150, np.array([0.5, 0.3])
    reliability = {"a": 0.7, "b": 0.8}
    chain = Chain.parse("a -> y; b -> y")
    naive, corrected, covered = [], [], []
    for _ in range(studies):
        a = rng.normal(size=units)
        b = 0.5 * a + math.sqrt(0.75) * rng.normal(size=units)
        y = 1 + true[0] * a + true[1] * b + 0.7 * rng.normal(size=units)
        seen = {
            "a": a + math.sqrt(0.3 / 0.7) * rng.normal(size=units),
            "b": b + math.sqrt(0.2 / 0.8) * rng.normal(size=units),
            "y": y,
        }
        table = UnitTable.from_arrays(range(units), seen)
        naive.append(fit(chain, table).slopes())
        regression = fit(chain, table, reliability=reliability).equation("y").regression
        corrected.append(regression.coefficients[1:])
        low, high = regression.tests().interval()
        covered.append((low[1:] < true) & (true < high[1:]))
    spread = np.std(corrected, axis=0) / math.sqrt(studies)
    np.testing.assert_array_less(np.abs(np.mean(corrected, axis=0) - true), 0.01 + 3 * spread)
    np.testing.assert_array_less(0.93, np.mean(covered, axis=0))
    np.testing.assert_array_less(np.mean(covered, axis=0), 0.975)
    # what the errors of measurement do: the first is drawn to zero
    assert np.mean(naive, axis=0)[0] < 0.4


def test_controls_and_lags_are_corrected_too() -> None:
    found = fit(PANEL, panel(), controls="rent", reliability={"x": 0.8, "rent": 0.9})
    rows, _ = designs(PANEL, panel(), found.recipe)
    assert [each.reliability.tolist() for each in rows] == [[1, 0.8, 0.9], [1, 1, 0.8, 0.9]]
    assert rows[1].names == ("intercept", "m", "x [lag 1]", "rent")
    assert found.recipe.covariance is Covariance.CLUSTER
    assert found.equation("y").regression.df_test == 23


def test_equations_without_an_unreliable_predictor_are_as_ever() -> None:
    found = fit(MEDIATION, attitude(), reliability={"learning": 0.8})
    expected = fit(MEDIATION, attitude(), covariance="HC1")
    np.testing.assert_array_equal(
        found.equation("learning").regression.covariance, expected.equation("learning").regression.covariance
    )
    assert found.equation("rating").regression.coefficients[1] > expected.equation("rating").regression.coefficients[1]
    same = fit(MEDIATION, attitude(), reliability={"learning": 1, "rating": 0.5})
    np.testing.assert_array_equal(same.slopes(), fit(MEDIATION, attitude()).slopes())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"reliability": {"x": 0.0}}, "reliability of x: 0; a reliability lies above 0 and is at most 1."),
        ({"reliability": {"x": -0.2}}, "reliability of x: -0.2; .* a negative ICC"),
        ({"reliability": {"x": 1.01}}, "reliability of x: 1.01; a reliability lies above 0 and is at most 1"),
        ({"reliability": {"x": math.nan}}, "reliability of x: nan; a reliability lies above 0"),
        ({"reliability": {"x": "high"}}, "reliability of x: 'high'; a reliability lies above 0"),
        ({"reliability": {"xx": 0.5}}, "reliability of xx: no such construct; the chain has none of this name. Hint: "),
        ({"covariance": "nonrobust"}, "covariance: nonrobust with reliability; errors of corrected coefficients"),
        ({"covariance": "HC3"}, "covariance: HC3 with reliability"),
        ({"effects": "unit"}, "reliability: given, with unit effects; reliability is a share of the variance between"),
        ({"estimator": "mixed"}, "reliability: given, with estimator mixed; moments are corrected in least squares"),
        ({"estimator": "robust"}, "reliability: given, with estimator robust"),
    ],
    ids=str,
)
def test_what_cannot_be_corrected_is_refused(options: dict[str, Any], said: str) -> None:
    found = refused(lambda: fit(PANEL, panel(), **{"reliability": {"x": 0.8}, **options}))
    assert any(re.search(said.replace("(", r"\("), each) for each in found), found


def test_bent_links_are_not_corrected() -> None:
    chain = Chain.parse("x -> m [log]; m -> y")
    (said,) = refused(lambda: fit(chain, panel(), reliability={"x": 0.8}))
    assert said.startswith("reliability of x: given, with x -> m [log]; error is taken out of straight links only.")


def test_corrections_that_take_more_than_there_is_are_refused() -> None:
    (said,) = refused(lambda: fit(TWO, attitude(), reliability={"complaints": 0.3}))
    assert said.startswith("reliability of complaints: 0.3, and the other predictors of rating explain 0.356;")
    assert "a reliability is above the share of its variance that the other predictors explain" in said
    both = refused(lambda: fit(TWO, attitude(), reliability={"complaints": 0.5, "learning": 0.5}))
    assert both[0].startswith("reliability of complaints: 0.5, together with the others of rating too low")
    assert both[1].startswith("reliability of learning: 0.5, together with the others of rating too low")
    (much,) = refused(lambda: fit(Chain.parse("complaints -> rating"), attitude(), reliability={"complaints": 0.6}))
    assert much == (
        "reliability in the equation of rating: complaints 0.6: corrected, the predictors explain more than all of "
        "rating; what is explained is less than what there is. Hint: check the reliabilities"
    )
