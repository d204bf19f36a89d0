import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.statistics import (
    ArgumentError,
    ExploratoryFactors,
    Inapplicable,
    Rotated,
    Rotation,
    factor_analysis,
    rotate,
)
from tests.statistics import attitude, harman
from tests.statistics.matching import matched

# R 4.2.2, psych 2.2.9, GPArotation 2022.10-2, each of attitude's two ML factors; see harman.py for the same lines
# fmt: off
VARIMAX = np.array([
    [0.882027147, 0.914033415, 0.505053184, 0.586820127, 0.613057610, 0.152073417, 0.053072834],
    [0.110907156, 0.179464202, 0.322344653, 0.509174531, 0.553552845, 0.282873380, 0.980085371],
]).T
PROMAX = np.array([
    [1.011861562, 1.021870448, 0.472268968, 0.493002212, 0.506100015, 0.065297251, -0.341990246],
    [-0.230081107, -0.160992502, 0.178854972, 0.369379781, 0.411829700, 0.276826758, 1.154228131],
]).T
OBLIMIN = np.array([
    [0.920663981, 0.948328216, 0.504137549, 0.573771649, 0.597501988, 0.135258357, -0.031245926],
    [-0.117742648, -0.055824369, 0.198069977, 0.368239981, 0.406872304, 0.250228656, 0.991340862],
]).T
# fmt: on
ROTATIONS = st.sampled_from(list(Rotation))


def solution(correlation: Floats, factors: int, rotation: Rotation) -> ExploratoryFactors:
    found = factor_analysis(correlation, factors, rotation=rotation)
    assert not isinstance(found, Inapplicable)
    assert found.rotation_converged
    return found


def lower(table: Floats) -> Floats:
    return table[np.tril_indices(len(table), -1)]


@pytest.mark.parametrize(
    ("rotation", "loadings", "among", "close"),
    [
        (Rotation.VARIMAX, VARIMAX, 0.0, 1e-7),
        (Rotation.PROMAX, PROMAX, 0.61536998, 1e-7),
        (Rotation.OBLIMIN, OBLIMIN, 0.328469935, 1e-6),
    ],
)
def test_two_factors_are_those_of_psych(rotation: Rotation, loadings: Floats, among: float, close: float) -> None:
    found = solution(attitude.CORRELATION, 2, rotation)
    np.testing.assert_allclose(found.loadings, loadings, rtol=0, atol=close)
    np.testing.assert_allclose(found.factor_correlations, [[1, among], [among, 1]], rtol=0, atol=close)


@pytest.mark.parametrize(
    ("rotation", "loadings", "among", "close"),
    [
        (Rotation.VARIMAX, harman.VARIMAX, (0.0,) * 6, 1e-7),
        (Rotation.PROMAX, harman.PROMAX, harman.PROMAX_CORRELATIONS, 1e-7),
        (Rotation.OBLIMIN, harman.OBLIMIN, harman.OBLIMIN_CORRELATIONS, 1e-6),
    ],
)
def test_four_factors_are_those_of_psych(
    rotation: Rotation, loadings: Floats, among: tuple[float, ...], close: float
) -> None:
    found = solution(harman.CORRELATION, 4, rotation)
    np.testing.assert_allclose(matched(found.loadings, loadings), loadings, rtol=0, atol=close)
    np.testing.assert_allclose(np.sort(lower(found.factor_correlations)), among, rtol=0, atol=close)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), ROTATIONS)
def test_communalities_stay_what_they_were(seed: int, rotation: Rotation) -> None:
    rng = np.random.default_rng(seed)
    loadings = rng.normal(size=(8, int(rng.integers(1, 4))))
    found = rotate(loadings, rotation)
    among = found.factor_correlations
    assert found.converged
    np.testing.assert_allclose(
        (found.loadings @ among * found.loadings).sum(axis=1), (loadings**2).sum(axis=1), rtol=1e-8
    )
    np.testing.assert_allclose(found.loadings @ among @ found.loadings.T, loadings @ loadings.T, atol=1e-7)
    np.testing.assert_allclose(among.diagonal(), 1, rtol=1e-12)
    assert np.linalg.eigvalsh(among)[0] > 0
    assert (found.loadings.sum(axis=0) >= 0).all()
    assert (np.diff((found.loadings**2).sum(axis=0)) <= 1e-12).all()


def simplicity(loadings: Floats) -> float:
    rows = loadings / np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    return float((rows**2).var(axis=0).sum())


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_no_small_turn_makes_varimax_simpler(seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = rotate(rng.normal(size=(9, 3)), Rotation.VARIMAX)
    best = simplicity(found.loadings)
    for plane in ((0, 1), (0, 2), (1, 2)):
        for angle in (-0.01, 0.01):
            turn = np.eye(3)
            turn[np.ix_(plane, plane)] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
            assert simplicity(found.loadings @ turn) <= best + 1e-12


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([Rotation.VARIMAX, Rotation.OBLIMIN]))
def test_simple_structure_is_found(seed: int, rotation: Rotation) -> None:
    rng = np.random.default_rng(seed)
    simple = np.zeros((9, 3))
    simple[range(9), np.arange(9) // 3] = rng.uniform(0.4, 0.9, 9)
    turn, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    found = rotate(simple @ turn, rotation)
    np.testing.assert_allclose(matched(found.loadings, simple), simple, atol=1e-6)


def test_one_factor_is_left_as_it_is() -> None:
    for rotation in Rotation:
        np.testing.assert_allclose(rotate([[-0.5], [-0.8]], rotation).loadings, [[0.5], [0.8]])


def test_factors_and_items_without_loadings_do_no_harm() -> None:
    empty = np.array([[0.8, 0.0], [0.7, 0.0], [0.0, 0.0]])
    for rotation in Rotation:
        found = rotate(empty, rotation)
        assert isinstance(found, Rotated)
        np.testing.assert_allclose((found.loadings @ found.factor_correlations @ found.loadings.T), empty @ empty.T)
    assert not rotate(empty, Rotation.PROMAX).converged


def test_loadings_are_a_finite_table() -> None:
    for loadings in ([0.5, 0.5], [[0.5, 0.5]], [[np.nan], [0.5]], np.zeros((3, 0))):
        with pytest.raises(ArgumentError, match="of no more factors than items"):
            rotate(loadings, Rotation.VARIMAX)
