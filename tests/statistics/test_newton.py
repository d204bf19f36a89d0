import numpy as np
from hypothesis import given, settings, strategies as st
from scipy.optimize import approx_fprime

from servqual._arrays import Floats
from servqual.statistics._extraction import _likelihood_bend, _squares_bend
from servqual.statistics._newton import Bend, minimise


def correlation(seed: int, items: int) -> Floats:
    rng = np.random.default_rng(seed)
    return np.asarray(np.corrcoef(rng.normal(size=(items, 30)) + 0.7 * rng.normal(size=30)))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_derivatives_of_the_extractions_are_those_of_differences(seed: int, factors: int) -> None:
    table = correlation(seed, 7)
    unique = np.random.default_rng(seed).uniform(0.3, 0.7, 7)
    for bend, point in ((_likelihood_bend, np.log(unique)), (_squares_bend, unique)):
        here = bend(table, factors, point)
        slope = approx_fprime(point, lambda x, bend=bend: bend(table, factors, x).value, 1e-6)
        curve = approx_fprime(point, lambda x, bend=bend: bend(table, factors, x).gradient, 1e-6)
        np.testing.assert_allclose(here.gradient, slope, atol=1e-4)
        np.testing.assert_allclose(here.hessian, curve, atol=1e-3)
        assert np.linalg.eigvalsh(here.positive)[0] > -1e-12


def _valley(point: Floats) -> Bend:
    """Rosenbrock's valley, which is not convex everywhere; its minimum is at (1, 1)."""
    x, y = point
    gradient = np.array([400 * x * (x * x - y) + 2 * (x - 1), 200 * (y - x * x)])
    hessian = np.array([[1200 * x * x - 400 * y + 2, -400 * x], [-400 * x, 200.0]])
    return Bend(float(100 * (y - x * x) ** 2 + (1 - x) ** 2), gradient, hessian, np.diag([1000.0, 200.0]))


@settings(deadline=None)
@given(st.floats(-2, 2), st.floats(-2, 2))
def test_a_curved_valley_is_followed_to_its_end(x: float, y: float) -> None:
    found = minimise(_valley, np.array([x, y]), -2.0, 2.0)
    assert found.converged
    np.testing.assert_allclose(found.point, [1, 1], atol=1e-6)


def test_a_minimum_outside_is_met_at_the_bound() -> None:
    found = minimise(_valley, np.array([-1.0, 0.0]), -2.0, 0.5)
    assert found.converged
    np.testing.assert_allclose(found.point, [0.5, 0.25], atol=1e-6)


def test_steps_are_counted_and_end() -> None:
    start = np.array([-1.5, 1.5])
    assert minimise(_valley, np.ones(2), -2.0, 2.0).steps == 0
    early = minimise(_valley, start, -2.0, 2.0, limit=2)
    assert (early.converged, early.steps) == (False, 2)
    assert early.value < _valley(start).value
