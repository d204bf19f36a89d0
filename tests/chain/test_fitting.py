import math
import pickle
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings, strategies as st

from servqual.chain.designs import designs
from servqual.chain.fitted import Fit
from servqual.chain.fitting import fit, regressions
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.recipes import Recipe
from servqual.chain.units import UnitTable
from servqual.statistics.models import Covariance, Estimator, ols
from tests.chain.fit_data import MEDIATION, OPTIONS, PANEL, SATURATED, attitude, panel, refused

# attitude_mediation_expected.csv, computed by R: lm
ATTITUDE_MEDIATION = {
    "a": 0.526025052517,
    "se_a": 0.133676996205,
    "b": 0.211191809194,
    "se_b": 0.134403720854,
    "c_prime": 0.643517636197,
    "se_c_prime": 0.118477429338,
    "c_total": 0.754609818719,
    "se_c_total": 0.09753289337,
}

LAVAAN = [0.52602505251692, 0.34817141917893, 0.33152680805993, 0.65348822022516, 0.22068574153632, -0.02863699740655]
LAVAAN_STANDARDISED = [0.5967358063, 0.4458706686, 0.3742473799, 0.7148073681, 0.2127893373, -0.0244603660]


def slope(found: Fit, source: str, target: str) -> tuple[float, float]:
    equation = found.equation(target)
    (place,) = (place for place, term in enumerate(equation.terms) if term.link and term.link.source == source)
    return float(equation.regression.coefficients[place]), float(equation.regression.standard_errors[place])


def by_link(found: Fit) -> dict[str, float]:
    return dict(zip(map(str, found.chain.links), found.slopes().tolist(), strict=True))


def test_the_mediation_of_the_attitude_data() -> None:
    found = fit(MEDIATION, attitude())
    total = fit(Chain.parse("complaints -> rating"), attitude())
    pairs = {
        "a": slope(found, "complaints", "learning"),
        "b": slope(found, "learning", "rating"),
        "c_prime": slope(found, "complaints", "rating"),
        "c_total": slope(total, "complaints", "rating"),
    }
    for name, (coefficient, se) in pairs.items():
        assert coefficient == pytest.approx(ATTITUDE_MEDIATION[name], abs=1e-9)
        assert se == pytest.approx(ATTITUDE_MEDIATION[f"se_{name}"], abs=1e-9)
    assert found.slopes() == pytest.approx([ATTITUDE_MEDIATION[name] for name in ("a", "b", "c_prime")], abs=1e-9)


def test_a_saturated_recursive_model_is_that_of_lavaan() -> None:
    """R 4.2, lavaan 0.6-14.

    ::

        model <- 'learning ~ complaints
                  raises ~ complaints + learning
                  rating ~ complaints + learning + raises'
        f <- sem(model, attitude, control=list(rel.tol=1e-14))
        coef(f)[1:6]; standardizedSolution(f)[1:6, "est.std"]
        h <- sem('learning ~ complaints
                  rating ~ learning', attitude, control=list(rel.tol=1e-14)); coef(h)[1:2]
    """
    found = fit(SATURATED, attitude())
    np.testing.assert_allclose(found.slopes(), LAVAAN, atol=1e-6)
    np.testing.assert_allclose(found.standardised_slopes(), LAVAAN_STANDARDISED, atol=1e-6)
    chain = fit(Chain.parse("complaints -> learning -> rating"), attitude())
    np.testing.assert_allclose(chain.slopes(), [0.5260250525169, 0.6468222513329], atol=1e-6)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_numbers_are_those_of_the_engine(options: dict[str, Any]) -> None:
    found, results = fit(PANEL, panel(), **options), regressions(PANEL, panel(), **options)
    assert list(results) == ["m", "y"]
    for equation in found.equations:
        regression, engine = equation.regression, results[equation.target]
        k = len(equation.terms)
        np.testing.assert_allclose(regression.coefficients, np.asarray(engine.params)[:k], rtol=1e-12)
        np.testing.assert_allclose(regression.standard_errors, np.asarray(engine.bse)[:k], rtol=1e-12)
        assert regression.n == engine.nobs
        assert regression.names == tuple(term.part for term in equation.terms)
        if options.get("estimator") != "mixed":
            assert regression.df_resid == engine.df_resid
            np.testing.assert_allclose(regression.tests().p, engine.pvalues, rtol=1e-9, atol=1e-300)


def test_statsmodels_called_by_hand() -> None:
    units = panel()
    x, m, y, past = units.column("x"), units.column("m"), units.column("y"), units.lagged("x", 1)
    rows = ~np.isnan([x, m, y, past]).any(axis=0)
    design = sm.add_constant(np.column_stack([m, past])[rows])
    expected = sm.OLS(y[rows], design).fit(cov_type="cluster", cov_kwds={"groups": units.unit[rows]}, use_t=True)
    found = fit(PANEL, units).equation("y").regression
    np.testing.assert_allclose(found.coefficients, expected.params, rtol=1e-10)
    np.testing.assert_allclose(found.standard_errors, expected.bse, rtol=1e-10)
    assert found.df_test == 23
    assert found.names == ("intercept", "m", "x [lag 1]")


@pytest.mark.parametrize("weights", [None, "size"])
@pytest.mark.parametrize("covariance", ["nonrobust", "HC1"])
def test_means_taken_off_are_columns_of_units(weights: str | None, covariance: str) -> None:
    units, effects = panel(), ["unit", "period"]
    found = fit(PANEL, units, effects=effects, covariance=covariance, weights=weights)
    (rows, _), _ = designs(PANEL, units, Recipe(weights=weights))
    first = (rows.unit[:, None] == np.unique(rows.unit)[1:]).astype(float)
    then = (rows.period[:, None] == np.unique(rows.period)[1:]).astype(float)
    names = ["x", *(f"u{place}" for place in range(first.shape[1])), *(f"p{place}" for place in range(then.shape[1]))]
    table = np.column_stack([rows.x[:, 1], first, then])
    expected = ols(rows.y, table, names, weights=rows.weights, covariance=Covariance(covariance))
    regression = found.equation("m").regression
    assert regression.coefficients[0] == pytest.approx(expected.coefficients[1], rel=1e-9)
    assert regression.standard_errors[0] == pytest.approx(expected.standard_errors[1], rel=1e-9)
    assert regression.df_resid == expected.df_resid == regression.df_test
    assert regression.sigma2 == pytest.approx(expected.sigma2, rel=1e-9)
    assert regression.aic == pytest.approx(expected.aic, rel=1e-9)
    assert regression.bic == pytest.approx(expected.bic, rel=1e-9)
    assert regression.names == ("x", "period 2017", "period 2018", "period 2019", "period 2020")


def test_defaults_follow_the_table() -> None:
    assert fit(MEDIATION, attitude()).recipe == Recipe()
    assert fit(PANEL, panel()).recipe == Recipe(covariance=Covariance.CLUSTER, cluster="unit")
    weighted = fit(MEDIATION, attitude(), weights="advance").recipe
    assert weighted == Recipe(estimator=Estimator.WLS, weights="advance")
    assert fit(PANEL, panel(), estimator="mixed").recipe.covariance is Covariance.NONROBUST
    corrected = fit(MEDIATION, attitude(), reliability={"learning": 0.9})
    assert corrected.recipe == Recipe(covariance=Covariance.HC1, reliability=(("learning", 0.9),))


def test_controls_enter_the_equations_named() -> None:
    everywhere = fit(MEDIATION, attitude(), controls="advance")
    assert [each.regression.names[-1] for each in everywhere.equations] == ["advance", "advance"]
    once = fit(MEDIATION, attitude(), controls={"rating": ["advance", "critical"]})
    assert once.equation("learning").regression.names == ("intercept", "complaints")
    assert once.equation("rating").regression.names == ("intercept", "learning", "complaints", "advance", "critical")


def test_standardised_coefficients_are_those_of_standardised_columns() -> None:
    units = attitude()
    found = fit(MEDIATION, units, controls="advance")
    z = {
        name: (units.column(name) - units.column(name).mean()) / units.column(name).std(ddof=1) for name in units.names
    }
    expected = fit(MEDIATION, UnitTable.from_arrays(range(30), z), controls="advance")
    for one, other in zip(found.equations, expected.equations, strict=True):
        np.testing.assert_allclose(one.standardised[1:], other.regression.coefficients[1:], rtol=1e-9)
        assert math.isnan(one.standardised[0])
    np.testing.assert_allclose(found.standardised_slopes(), expected.slopes(), rtol=1e-9)


def test_slopes_of_forms_are_derivatives() -> None:
    chain = Chain.parse("complaints -> rating [asymmetric]; learning -> rating [log]; rating -> raises")
    found = fit(chain, attitude())
    complaints, learning, _ = found.chain.links
    knot = attitude().column("complaints").mean()
    assert str(complaints.form) == f"asymmetric {float(knot)!r}"
    place, gain = found.gradient(complaints)
    names, b = found.equations[place].regression.names, found.equations[place].regression.coefficients
    assert names[1:] == ("complaints below 66.6", "complaints above 66.6", "ln learning")
    assert found.slopes("gain")[0] == b[2] == gain @ b
    assert found.slopes("loss")[0] == b[1]
    assert found.gradient(complaints, at=50.0)[1].tolist() == [0, 1, 0, 0]
    assert found.slopes()[1] == b[3] / attitude().column("learning").mean()
    assert found.gradient(learning, at=20.0)[1] @ b == b[3] / 20
    assert "no such link" in refused(lambda: found.gradient(Link("complaints", "rating")))[0]
    assert "nothing leads to it" in refused(lambda: found.equation("learning"))[0]
    assert "did you mean rating" in refused(lambda: found.equation("ratings"))[0]
    again, _ = designs(found.chain, attitude(), found.recipe)
    assert again[0].names == names


def test_rows_of_one_equation_have_one_slope() -> None:
    found = fit(Chain.parse("x -> y; x -> y [lag 1]; y -> x [lag 1]"), panel())
    assert found.equation("y").regression.names == ("intercept", "x", "x [lag 1]")
    assert [found.gradient(link)[1].tolist() for link in found.chain.links] == [[0, 1, 0], [0, 0, 1], [0, 1]]


@given(st.integers(0, 10_000), st.sampled_from(["nonrobust", "HC0", "HC2", "HC3"]))
@settings(max_examples=25)
def test_a_chain_of_one_link_is_the_regression(seed: int, covariance: str) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(2, 12))
    found = fit(Chain.parse("x -> y"), UnitTable.from_arrays(range(12), {"x": x, "y": y}), covariance=covariance)
    expected = ols(y, x[:, None], ["x"], covariance=Covariance(covariance))
    regression = found.equation("y").regression
    assert pickle.dumps(regression) == pickle.dumps(expected)
    assert found.slopes()[0] == expected.coefficients[1]


@given(st.integers(0, 10_000), st.permutations(range(3)), st.randoms(use_true_random=False))
@settings(max_examples=25)
def test_orders_and_names_change_nothing(seed: int, order: list[int], shuffle: Any) -> None:
    units = panel(seed, units=10)
    rows = list(range(len(units.unit)))
    shuffle.shuffle(rows)
    names = [f"z{(number * 7) % 10}" for number in units.unit[rows].tolist()]
    columns = {name: units.column(name)[rows] for name in ("y", "x", "m")}
    other = UnitTable.from_arrays(names, columns, period=units.period[rows])
    one = fit(PANEL, units)
    two = fit(Chain([PANEL.links[place] for place in order]), other)
    expected = by_link(one)
    for link, value in by_link(two).items():
        assert value == pytest.approx(expected[link], rel=1e-8, abs=1e-10)
    np.testing.assert_allclose(
        sorted(two.equation("y").regression.standard_errors),
        sorted(one.equation("y").regression.standard_errors),
        rtol=1e-8,
    )
    assert (two.rows.used, two.n_units, two.n_periods) == (one.rows.used, one.n_units, one.n_periods)


@given(st.integers(0, 10_000), st.floats(0.1, 50), st.floats(-20, 20))
@settings(max_examples=25)
def test_rescaling_a_construct_rescales_its_links(seed: int, factor: float, shift: float) -> None:
    units = panel(seed, units=10)
    columns = {name: units.column(name) * (factor if name == "m" else 1) for name in ("x", "m", "y")}
    columns["m"] = columns["m"] + shift
    labels = [units.unit_names[place] for place in units.unit]
    turned = fit(PANEL, UnitTable.from_arrays(labels, columns, period=units.period))
    one = fit(PANEL, units)
    np.testing.assert_allclose(turned.slopes(), one.slopes() * [factor, 1 / factor, 1], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(turned.standardised_slopes(), one.standardised_slopes(), rtol=1e-7, atol=1e-9)
    for mine, other in zip(turned.equations, one.equations, strict=True):
        assert mine.regression.r2 == pytest.approx(other.regression.r2, rel=1e-7)
        np.testing.assert_allclose(mine.regression.tests().p[1:], other.regression.tests().p[1:], rtol=1e-5, atol=1e-12)
