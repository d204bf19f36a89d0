"""Which laws a projection keeps, and how its errors are checked."""

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st
from scipy import stats

from servqual._arrays import Floats
from servqual.chain.carrying import carried
from servqual.chain.effect_reading import effects
from servqual.chain.fitted import Fit
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.projecting import project
from servqual.chain.projection import Projection
from servqual.chain.scenario import Scenario
from tests.chain.drawing import chains
from tests.chain.fit_data import PANEL, SATURATED, attitude, panel
from tests.chain.made_fits import made_fit, straight, total_matrix

CHANGE = st.floats(-3, 3).map(lambda value: round(value, 3))


@settings(deadline=None, max_examples=40)
@given(chains(), st.integers(0, 99), st.booleans())
def test_a_zero_scenario_changes_nothing(chain: Chain, seed: int, empty: bool) -> None:  # noqa: FBT001
    fitted = made_fit(chain, seed)
    nothing = Scenario({} if empty else dict.fromkeys(fitted.constructs, 0.0))
    found = project(fitted, nothing, draws=20, horizon=3)
    assert all(row.change == row.low == row.high == row.se == 0 for row in found)
    assert all(row.after == row.start for row in found)
    assert len(found) == (0 if empty else 4 * len(fitted.constructs))
    assert len(found.to_table(periods="all")) == len(found)


@settings(deadline=None, max_examples=40)
@given(chains(), st.integers(0, 99), st.data())
def test_changes_of_straight_links_are_total_effects_times_change(chain: Chain, seed: int, data: st.DataObject) -> None:
    fitted = made_fit(straight(chain), seed)
    name, change = data.draw(st.sampled_from(fitted.constructs)), data.draw(CHANGE)
    found = project(fitted, Scenario({name: change}), horizon=4)
    for period in range(5):
        expected = total_matrix(fitted, period)[:, fitted.constructs.index(name)] * change
        for row in found:
            if row.period == period:
                assert row.change == pytest.approx(expected[fitted.constructs.index(row.construct)], abs=1e-9)
    reached = {row.construct for row in found}
    later = total_matrix(fitted, 30)[:, fitted.constructs.index(name)]
    assert {each for each, effect in zip(fitted.constructs, later, strict=True) if effect} <= reached
    assert found.method == "delta"


@settings(deadline=None, max_examples=40)
@given(chains(), st.integers(0, 99), CHANGE, CHANGE, st.floats(-3, 3))
def test_straight_chains_add_up_and_scale(chain: Chain, seed: int, one: float, other: float, factor: float) -> None:
    fitted = made_fit(straight(chain), seed)
    first, last = fitted.constructs[0], fitted.constructs[-1]
    assume(first != last)
    apart = [project(fitted, Scenario({name: value}), horizon=3) for name, value in ((first, one), (last, other))]
    both = project(fitted, Scenario({first: one, last: other}), horizon=3)
    scaled = project(fitted, Scenario({first: factor * one, last: factor * other}), horizon=3)
    for row, large in zip(both, scaled, strict=True):
        parts = [
            each.at(row.construct, row.period).change
            for each in apart
            if row.construct in {found.construct for found in each}
        ]
        assert row.change == pytest.approx(sum(parts), abs=1e-9)
        assert large.change == pytest.approx(factor * row.change, abs=1e-9)
        assert float(large.se) == pytest.approx(abs(factor) * float(row.se), abs=1e-9)


@settings(deadline=None, max_examples=30)
@given(chains(), st.integers(0, 99))
def test_bent_links_are_followed_exactly(chain: Chain, seed: int) -> None:
    fitted = made_fit(chain, seed)
    found = project(fitted, Scenario({fitted.constructs[0]: 0.7}), draws=5, horizon=2)
    changed = {(row.construct, row.period): row.change for row in found}
    for (name, period), change in changed.items():
        expected = 0.7 if name == fitted.constructs[0] else 0.0
        for link in fitted.chain.parents(name):
            moved = changed.get((link.source, period - link.lag), 0.0)
            equation = fitted.equation(name)
            values = [fitted.mean_of(link.source) + moved, fitted.mean_of(link.source)]
            after, before = link.form.columns(np.array(values))
            expected += (after - before) @ equation.regression.coefficients[equation.places(link)]
        assert change == pytest.approx(expected, abs=1e-9)


def test_delta_errors_are_those_of_products_by_hand() -> None:
    fitted = made_fit(Chain.parse("a -> b -> c; a -> c"), 3)
    found = project(fitted, Scenario({"a": 2.0}), confidence=0.9)
    (ab,), (bc, ac) = (fitted.equation(name).regression.coefficients[1:] for name in "bc")
    first, second = (fitted.equation(name).regression.covariance[1:, 1:] for name in "bc")
    assert found["b"].change == pytest.approx(2 * ab)
    assert float(found["b"].se) == pytest.approx(2 * np.sqrt(first[0, 0]))
    # one equation decides on b: Student's t; on c two do
    assert float(found["b"].high) == pytest.approx(2 * ab + stats.t.ppf(0.95, 40) * float(found["b"].se))
    assert found["c"].change == pytest.approx(2 * (ab * bc + ac))
    gradient = np.array([ab, 1.0])
    se = 2 * np.sqrt(bc**2 * first[0, 0] + gradient @ second @ gradient)
    assert float(found["c"].se) == pytest.approx(se)
    assert float(found["c"].low) == pytest.approx(found["c"].change - stats.norm.ppf(0.95) * se)
    assert float(found["a"].se) == 0


@settings(deadline=None, max_examples=15)
@given(chains(), st.integers(0, 99))
def test_delta_errors_are_derivatives(chain: Chain, seed: int) -> None:
    fitted = made_fit(straight(chain), seed)
    scenario = Scenario({fitted.constructs[0]: 1.0})
    found = project(fitted, scenario, horizon=2)
    variance = np.zeros(len(found))
    for place, equation in enumerate(fitted.equations):
        columns = []
        for each in np.eye(len(equation.terms)) * 1e-6:
            ends = []
            for sign in (1, -1):
                numbers = [e.regression.coefficients[None] for e in fitted.equations]
                numbers[place] = numbers[place] + sign * each
                ends.append(_changes(fitted, scenario, numbers, found))
            columns.append((ends[0] - ends[1]) / 2e-6)
        slopes = np.array(columns)
        variance += np.einsum("ir,ij,jr->r", slopes, equation.regression.covariance, slopes)
    assert [float(row.se) for row in found] == pytest.approx(np.sqrt(variance).tolist(), abs=1e-6, rel=1e-5)


def _changes(fitted: Fit, scenario: Scenario, coefficients: list[Floats], rows: Projection) -> Floats:
    moved = np.array([dict(scenario.changes).get(name, 0.0) for name in fitted.constructs])
    change = carried(fitted, moved, coefficients, 2)[0]
    return np.array([change[row.period, fitted.constructs.index(row.construct)] for row in rows])


def test_draws_agree_with_the_delta_method_where_errors_are_small() -> None:
    fitted = made_fit(Chain.parse("a -> b -> c -> d; a -> d"), 5, spread=0.02)
    delta, drawn = project(fitted, Scenario({"a": 1.0})), project(fitted, Scenario({"a": 1.0}), draws=40_000, rng=1)
    assert (delta.method, drawn.method, delta.draws, drawn.draws) == ("delta", "Monte Carlo", 0, 40_000)
    for name in "bcd":
        assert drawn[name].change == delta[name].change
        assert float(drawn[name].se) == pytest.approx(float(delta[name].se), rel=0.03)
        # t on 40 degrees of freedom is a little wider than the normal distribution
        assert float(drawn[name].low) == pytest.approx(float(delta[name].low), abs=0.1 * float(delta[name].se))


def test_the_same_seed_gives_the_same_answer() -> None:
    fitted = made_fit(Chain.parse("a -> b [log]; b -> c"), 2)
    same = [project(fitted, Scenario({"a": 1.0}), rng=rng)["c"] for rng in (7, np.random.default_rng(7), 8)]
    assert (same[0].low, same[0].high) == (same[1].low, same[1].high)
    assert same[0].low != same[2].low
    assert project(fitted, Scenario({"a": 1.0})).draws == 5000


def test_a_fitted_chain_of_one_link_moves_by_its_regression() -> None:
    units = attitude()
    found = fit(Chain.parse("complaints -> rating"), units)
    row = project(found, Scenario({"complaints": 10}))["rating"]
    line = stats.linregress(units.column("complaints"), units.column("rating"))
    reach = stats.t.ppf(0.975, 28) * line.stderr
    assert row.change == pytest.approx(10 * line.slope)
    assert (row.low, row.high) == pytest.approx((10 * (line.slope - reach), 10 * (line.slope + reach)))
    assert row.start == pytest.approx(units.column("rating").mean())
    assert row.in_sds == pytest.approx(10 * line.slope / units.column("rating").std(ddof=1))


def test_a_point_moves_a_target_by_its_total_effect_with_the_same_interval() -> None:
    for fitted, source, target in (
        (fit(SATURATED, attitude()), "complaints", "rating"),
        (fit(PANEL, panel()), "x", "y"),
    ):
        total = effects(fitted, source, target)["total"]
        row = project(fitted, Scenario({source: 1.0}))[target]
        assert row.change == pytest.approx(total.estimate)
        assert (row.se, row.low, row.high) == pytest.approx((total.se, total.low, total.high))
