import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual._arrays import Floats
from servqual.statistics import (
    ArgumentError,
    FornellLarcker,
    Inapplicable,
    average_variance_extracted,
    fornell_larcker,
    htmt,
    omega,
)
from tests.statistics import attitude


def criterion(found: FornellLarcker | Inapplicable) -> FornellLarcker:
    assert isinstance(found, FornellLarcker)
    return found


def test_the_average_variance_is_that_of_lavaans_loadings() -> None:
    found = omega(attitude.CORRELATION)
    assert not isinstance(found, Inapplicable)
    assert average_variance_extracted(found.loadings) == pytest.approx(0.459217146549, abs=1e-6)
    assert average_variance_extracted([-0.8, 0.6]) == pytest.approx(0.5)


def test_no_average_says_why() -> None:
    assert "there is one" in str(average_variance_extracted([0.8]))
    assert "exceeds 1 (position 1)" in str(average_variance_extracted([0.8, -1.3]))
    with pytest.raises(ArgumentError, match="one finite loading"):
        average_variance_extracted([])


def test_a_margin_for_each_construct() -> None:
    among = np.array([[1.0, -0.6, 0.2], [-0.6, 1.0, 0.1], [0.2, 0.1, 1.0]])
    found = criterion(fornell_larcker([0.25, 0.49, 0.64], among))
    np.testing.assert_allclose(found.table.diagonal(), [0.5, 0.7, 0.8])
    np.testing.assert_allclose(found.table[0, 1:], among[0, 1:])
    np.testing.assert_allclose(found.margins, [-0.1, 0.1, 0.6])
    assert found.holds.tolist() == [False, True, True]
    assert among[0, 0] == 1


def test_what_is_missing_holds_for_nothing() -> None:
    none = average_variance_extracted([0.8])
    found = criterion(fornell_larcker([0.64, none], [[1.0, 0.5], [0.5, 1.0]]))
    assert np.isnan(found.margins).tolist() == [False, True]
    assert found.holds.tolist() == [True, False]
    unknown = criterion(fornell_larcker([0.64, 0.5], [[1.0, np.nan], [np.nan, 1.0]]))
    assert np.isnan(unknown.margins).all()
    assert "no other" in str(fornell_larcker([0.5], [[1.0]]))


def test_average_variances_are_one_for_each_construct() -> None:
    for variances in ([0.5], [0.5, 1.2], [0.5, -0.1], [0.5, 0.5, 0.5]):
        with pytest.raises(ArgumentError, match="for each of 2 constructs"):
            fornell_larcker(variances, np.eye(2))


@given(st.integers(0, 10_000))
def test_the_ratio_is_its_definition(seed: int) -> None:
    rng = np.random.default_rng(seed)
    table = np.asarray(np.corrcoef(rng.normal(size=(7, 20)) + rng.normal(size=20)))
    order = rng.permutation(7)
    blocks = [order[:3].tolist(), order[3:5].tolist(), order[5:].tolist()]
    found = htmt(table, blocks)
    for i, one in enumerate(blocks):
        for j, other in enumerate(blocks):
            if i == j:
                assert np.isnan(found[i, i])
                continue
            across = np.mean([abs(table[a, b]) for a in one for b in other])
            within = [np.mean([abs(table[a, b]) for a in each for b in each if a != b]) for each in (one, other)]
            assert found[i, j] == pytest.approx(across / np.sqrt(within[0] * within[1]), rel=1e-9)


def test_constructs_without_error_correlate_as_their_ratio_says() -> None:
    loadings, among = np.array([0.8, 0.8, 0.8, 0.6, 0.6]), 0.7
    owner = np.array([0, 0, 0, 1, 1])
    table = np.outer(loadings, loadings) * np.where(owner[:, None] == owner, 1.0, among)
    np.fill_diagonal(table, 1.0)
    assert htmt(table, [[0, 1, 2], [3, 4]])[0, 1] == pytest.approx(among)
    turned = table * np.outer([1, -1, 1, 1, 1], [1, -1, 1, 1, 1])
    assert htmt(turned, [[0, 1, 2], [3, 4]])[0, 1] == pytest.approx(among)


def test_a_single_item_is_perfect_by_convention_only() -> None:
    table = np.array([[1.0, 0.49, 0.6], [0.49, 1.0, 0.6], [0.6, 0.6, 1.0]])
    assert np.isnan(htmt(table, [[0, 1], [2]])).all()
    assert htmt(table, [[0, 1], [2]], single_items_perfect=True)[0, 1] == pytest.approx(0.6 / 0.7)


def test_a_ratio_without_correlations_is_missing() -> None:
    assert np.isnan(htmt(np.eye(4), [[0, 1], [2, 3]])).all()
    gap = np.full((4, 4), 0.5) + 0.5 * np.eye(4)
    gap[0, 1] = gap[1, 0] = np.nan
    found = htmt(gap, [[0, 1], [2, 3]])
    assert np.isnan(found).all()
    assert not found.flags.writeable


def test_blocks_do_not_overlap() -> None:
    table: Floats = attitude.CORRELATION
    assert htmt(table, [[0, 1], [5, 6]]).shape == (2, 2)
    overlapping: list[list[list[int]]] = [[[0, 1], [1, 2]], [[0, 0]], [[7]], [[]], []]
    for blocks in overlapping:
        with pytest.raises(ArgumentError, match="blocks"):
            htmt(table, blocks)
