"""A stack of matrices: each is estimated as if it were alone, and each failure is told with its cause."""

import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics.pls import pls_path_model
from servqual.statistics.pls_quality import (
    adjusted_r2,
    communality,
    composite_reliabilities,
    consistent_reliabilities,
    heterotrait_ratios,
    indicator_inflation,
    path_effect_sizes,
    redundancy,
)
from servqual.statistics.pls_words import InnerScheme, PathState
from servqual.statistics.stacked_inverses import inverse_stack
from tests.statistics.path_models import answers, plan_of


def stack(size: int = 40, n: int = 60) -> Floats:
    return np.array([np.corrcoef(answers(n, seed).T) for seed in range(size)])


@pytest.mark.parametrize("scheme", list(InnerScheme))
@pytest.mark.parametrize("modes", ["A", "BAB"])
def test_each_matrix_is_estimated_as_if_it_were_alone(scheme: InnerScheme, modes: str) -> None:
    tables, plan = stack(), plan_of(modes=modes)
    together = pls_path_model(tables, plan, scheme=scheme)
    for place, table in enumerate(tables):
        alone = pls_path_model(table, plan, scheme=scheme)
        np.testing.assert_allclose(together.paths[place], alone.paths, rtol=0, atol=1e-12)
        np.testing.assert_allclose(together.cross_loadings[place], alone.cross_loadings, rtol=0, atol=1e-12)
        assert together.iterations[place] == alone.iterations


def test_a_stack_may_have_any_shape() -> None:
    found = pls_path_model(stack(6).reshape(2, 3, 9, 9), plan_of())
    assert found.paths.shape == (2, 3, 3, 3)
    assert found.state.shape == (2, 3)
    assert repr(found) == "<PathEstimates: 3 constructs, 9 indicators, path scheme; 6 of 6 matrices fitted>"
    assert pls_path_model(np.empty((0, 9, 9)), plan_of()).paths.shape == (0, 3, 3)


def test_failures_are_told_with_their_cause_and_leave_the_others_alone() -> None:
    tables = stack(5)
    tables[1, 4] = tables[1, :, 4] = np.nan
    tables[2, 4, 4] = 0.0
    # the first indicators of the first block are one and the same
    tables[3, 1] = tables[3, 0]
    tables[3, :, 1] = tables[3, :, 0]
    found = pls_path_model(tables, plan_of(modes="BAA"))
    states = [PathState(each) for each in found.state.tolist()]
    assert states == [
        PathState.FITTED, PathState.NO_VARIANCE, PathState.NO_VARIANCE, PathState.SINGULAR, PathState.FITTED
    ]  # fmt: skip
    assert np.isnan(found.paths[[1, 2, 3]]).all()
    assert np.isnan(found.weights[[1, 2, 3]]).all()
    alone = pls_path_model(tables[4], plan_of(modes="BAA"))
    np.testing.assert_allclose(found.paths[4], alone.paths, rtol=0, atol=1e-12)


@pytest.mark.parametrize("size", [1, 3])
def test_predecessors_that_determine_each_other_are_singular(size: int) -> None:
    rows = answers(sizes=(1, 1, 2))
    rows[:, 1] = 2 * rows[:, 0] + 1
    tables = np.repeat(np.array(np.corrcoef(rows.T))[None], size, axis=0)
    found = pls_path_model(tables, plan_of((1, 1, 2)), scheme="centroid")
    assert (found.state == PathState.SINGULAR).all()


def test_a_score_without_variance_is_singular() -> None:
    rows = answers(sizes=(2, 2))
    table = np.array(np.corrcoef(rows.T))
    # two indicators that are each other's opposites add up to nothing under equal weights
    table[:2, :2] = [[1, -1], [-1, 1]]
    assert PathState(int(pls_path_model(table, plan_of((2, 2))).state)) is PathState.SINGULAR


def test_states_have_names_in_both_languages() -> None:
    assert [each.label.zh for each in PathState] == [
        "已收敛",
        "某个指标没有变异",
        "指标或前因变量完全共线",
        "权重未收敛",
    ]


def test_measures_of_a_stack_are_those_of_its_matrices() -> None:
    tables = stack(4)
    found = pls_path_model(tables, plan_of())
    for place in range(4):
        alone = pls_path_model(tables[place], plan_of())
        for measure in (communality, redundancy, composite_reliabilities, path_effect_sizes):
            np.testing.assert_allclose(measure(found)[place], measure(alone), rtol=1e-9)
        np.testing.assert_allclose(adjusted_r2(found, 60)[place], adjusted_r2(alone, 60), rtol=1e-9)
        mine = consistent_reliabilities(tables, found)[place]
        np.testing.assert_allclose(mine, consistent_reliabilities(tables[place], alone), rtol=1e-9)
        ratios, inflation = heterotrait_ratios(tables, plan_of()), indicator_inflation(tables, plan_of())
        np.testing.assert_allclose(ratios[place], heterotrait_ratios(tables[place], plan_of()), rtol=1e-12)
        np.testing.assert_allclose(inflation[place], indicator_inflation(tables[place], plan_of()), rtol=1e-12)


def test_one_factor_gives_its_own_reliability() -> None:
    # S = λλ' + diag, so that weights proportional to λ make rho_A the squared correlation of score and factor
    loadings = np.array([0.9, 0.8, 0.7])
    block = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    table = np.block([[block, 0.5 * np.outer(loadings, loadings)], [0.5 * np.outer(loadings, loadings), block]])
    found = pls_path_model(table, plan_of((3, 3)), tolerance=1e-13)
    w = loadings / np.sqrt(loadings @ block @ loadings)
    np.testing.assert_allclose(found.weights, [*w, *w], rtol=1e-9)
    expected = (w @ loadings) ** 2
    np.testing.assert_allclose(consistent_reliabilities(table, found), expected, rtol=1e-9)
    # so that the correlation of factors is that of scores, corrected
    assert found.correlations[0, 1] / expected == pytest.approx(0.5, rel=1e-9)


def test_measures_that_do_not_exist_are_missing() -> None:
    table = np.corrcoef(answers(sizes=(1, 3)).T)
    found = pls_path_model(table, plan_of((1, 3), "AB"))
    assert np.isnan(consistent_reliabilities(table, found)).all()
    assert np.isnan(composite_reliabilities(found)).all()
    assert np.isnan(heterotrait_ratios(table, plan_of((1, 3)))).all()
    assert np.isnan(adjusted_r2(found, 2)).all()
    assert communality(found)[0] == pytest.approx(1.0)


def test_other_matrices_than_those_of_the_estimates_are_refused() -> None:
    found = pls_path_model(stack(3), plan_of())
    with pytest.raises(ArgumentError, match="they are those that were estimated from"):
        consistent_reliabilities(stack(2), found)
    with pytest.raises(ArgumentError, match=r"matrices: shape \(4, 4\); the shape is"):
        indicator_inflation(np.eye(4), plan_of())


def test_inverses_of_a_stack_tell_where_there_is_none() -> None:
    good = np.array([[2.0, 1.0], [1.0, 2.0]])
    inverse, has_one = inverse_stack(np.array([good, np.ones((2, 2)), good]))
    assert has_one.tolist() == [True, False, True]
    np.testing.assert_allclose(inverse[0] @ good, np.eye(2), atol=1e-12)
    nearly = np.array([[1.0, 1 - 1e-12], [1 - 1e-12, 1.0]])
    assert not inverse_stack(nearly[None])[1][0]
    assert not inverse_stack(np.array([[[0.0]]]))[1][0]
