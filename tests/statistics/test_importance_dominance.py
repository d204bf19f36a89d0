"""Dominance analysis against its definition, model by model."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics.dominance_tables import Dominates, dominance
from servqual.statistics.importance import variance_shares
from tests.statistics.test_importance import MATRIX, matrices, r2_of


def subsets(of: list[int]) -> list[tuple[int, ...]]:
    return [each for size in range(len(of) + 1) for each in combinations(of, size)]


@settings(max_examples=20)
@given(matrices(least=2, most=4))
def test_every_number_is_what_its_definition_says(matrix: Floats) -> None:
    found, every = dominance(matrix), list(range(len(matrix) - 1))
    for one in every:
        others = [each for each in every if each != one]
        for size in range(len(every)):
            gains = [r2_of(matrix, [*each, one]) - r2_of(matrix, each) for each in combinations(others, size)]
            assert found.conditional[one, size] == pytest.approx(np.mean(gains), abs=1e-9)
        for other in others:
            rest = subsets([each for each in others if each != other])
            ahead = [r2_of(matrix, [*each, one]) - r2_of(matrix, [*each, other]) for each in rest]
            assert found.share[one, other] == pytest.approx(np.mean(np.array(ahead) > 0), abs=1e-9)
            if min(ahead) > 1e-9:
                assert found.kind[one, other] == Dominates.COMPLETE
    np.testing.assert_allclose(found.general, found.conditional.mean(axis=1), atol=1e-10)


@settings(max_examples=30)
@given(matrices(most=6))
def test_the_kinds_are_nested(matrix: Floats) -> None:
    found = dominance(matrix)
    strength = {str(Dominates.NONE): 0, "general": 1, "conditional": 2, "complete": 3}
    for one, other in combinations(range(len(matrix) - 1), 2):
        pair = sorted([strength[str(found.kind[one, other])], strength[str(found.kind[other, one])]])
        assert pair[0] == 0
        larger = one if found.general[one] > found.general[other] else other
        if pair[1]:
            assert found.kind[larger, one + other - larger] != Dominates.NONE
    np.testing.assert_allclose(found.general, variance_shares(matrix), atol=1e-10)
    np.testing.assert_allclose(found.share + found.share.T, 1.0, atol=1e-12)


def test_the_attitude_study() -> None:
    found = dominance(MATRIX)
    # complaints dominate all others completely: they add more in every one of the sixteen models without the pair
    assert (found.kind[0, 1:] == Dominates.COMPLETE).all()
    assert repr(found) == "<Dominance of 6 predictors: 11 pairs complete>"
    np.testing.assert_allclose(found.conditional[:, 0], variance_shares(MATRIX, "first"), atol=1e-12)
    np.testing.assert_allclose(found.conditional[:, -1], variance_shares(MATRIX, "last"), atol=1e-12)


def test_twins_do_not_dominate_each_other() -> None:
    matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.5], [0.5, 0.5, 1.0]])
    found = dominance(matrix)
    assert (found.kind == Dominates.NONE).all()
    assert (found.share == 0.5).all()


def test_controls_are_in_every_model() -> None:
    found = dominance(MATRIX, controls=[0])
    np.testing.assert_allclose(found.general, variance_shares(MATRIX, controls=[0]), atol=1e-12)
    np.testing.assert_allclose(found.conditional[0, 0], r2_of(MATRIX, [0, 1]) - r2_of(MATRIX, [0]), atol=1e-12)


def test_what_cannot_be_analysed_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"shape \(2, 7, 7\); dominance is that of one matrix"):
        dominance(np.stack([MATRIX, MATRIX]))
    with pytest.raises(ArgumentError, match="no unique solution; no predictor follows from others"):
        dominance(np.ones((3, 3)))
    with pytest.raises(ArgumentError, match="16 predictors; pairs of 15 predictors at most"):
        dominance(np.eye(17))


def test_words_are_in_both_languages() -> None:
    assert [each.label.en for each in Dominates] == ["completely", "at each size", "on average", "no"]
    assert all(each.label.zh for each in Dominates)
