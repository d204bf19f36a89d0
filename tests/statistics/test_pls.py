"""PLS path models by second routes, in special cases that have another name, and their laws."""

import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics.pls import pls_path_model
from servqual.statistics.pls_plan import PathPlan
from servqual.statistics.pls_quality import indicator_inflation, path_effect_sizes, path_inflation
from servqual.statistics.pls_words import InnerScheme, OuterMode, PathState, SignRule
from tests.statistics.path_models import answers, plain_pls, plan_of

SCHEMES = list(InnerScheme)
TIGHT: dict[str, Any] = {"tolerance": 1e-13, "max_iterations": 1000}


def related(table: Floats) -> Floats:
    return np.asarray(np.corrcoef(table.T))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("modes", ["A", "BAB", "ABA"])
@pytest.mark.parametrize("metric", ["correlations", "covariances"])
def test_rows_taken_one_construct_at_a_time_give_the_same(scheme: InnerScheme, modes: str, metric: str) -> None:
    rows, plan = answers(), plan_of(modes=modes)
    rows = rows - rows.mean(axis=0)
    if metric == "correlations":
        rows /= rows.std(axis=0)
    weights, paths = plain_pls(rows, plan, scheme.value)
    found = pls_path_model(rows.T @ rows / len(rows), plan, scheme=scheme, **TIGHT)
    np.testing.assert_allclose(found.weights, weights, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.paths, paths, rtol=0, atol=1e-9)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_two_constructs_of_mode_b_are_canonical_correlation(scheme: InnerScheme) -> None:
    rows = answers(sizes=(3, 4))
    table = related(rows)
    found = pls_path_model(table, plan_of((3, 4), "B"), scheme=scheme, **TIGHT)
    roots = [np.linalg.inv(np.linalg.cholesky(part)) for part in (table[:3, :3], table[3:, 3:])]
    canonical = np.linalg.svd(roots[0] @ table[:3, 3:] @ roots[1].T)[1]
    assert found.correlations[0, 1] == pytest.approx(canonical[0], abs=1e-10)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_two_constructs_of_mode_a_are_tuckers_analysis_of_two_batteries(scheme: InnerScheme) -> None:
    table = np.cov(answers(sizes=(3, 4)).T)
    found = pls_path_model(table, plan_of((3, 4)), scheme=scheme, **TIGHT)
    left, _, right = np.linalg.svd(table[:3, 3:])
    for weights, vector in ((found.weights[:3], left[:, 0]), (found.weights[3:], right[0])):
        turned = vector * np.sign(vector @ weights)
        np.testing.assert_allclose(weights / np.linalg.norm(weights), turned, rtol=0, atol=1e-9)


def test_single_indicators_are_a_path_analysis() -> None:
    rows = answers(sizes=(1, 1, 1))
    found = pls_path_model(related(rows), plan_of((1, 1, 1)))
    z = (rows - rows.mean(axis=0)) / rows.std(axis=0)
    slopes = np.linalg.lstsq(z[:, [0, 1]], z[:, 2])[0]
    np.testing.assert_allclose(found.paths[2, :2], slopes, rtol=1e-10)
    np.testing.assert_allclose(found.weights, 1.0, rtol=1e-12)
    assert found.r2[2] == pytest.approx(1 - np.var(z[:, 2] - z[:, [0, 1]] @ slopes), abs=1e-12)
    assert np.isnan(found.r2[0])


def test_effect_sizes_and_inflation_are_those_of_the_regressions() -> None:
    table = related(answers())
    found = pls_path_model(table, plan_of())
    r = found.correlations
    both = r[2, [0, 1]] @ np.linalg.solve(r[:2, :2], r[2, [0, 1]])
    assert found.r2[2] == pytest.approx(both, abs=1e-12)
    sizes, inflation = path_effect_sizes(found), path_inflation(found)
    assert sizes[2, 0] == pytest.approx((both - r[2, 1] ** 2) / (1 - both), rel=1e-9)
    assert sizes[2, 1] == pytest.approx((both - r[2, 0] ** 2) / (1 - both), rel=1e-9)
    assert inflation[2, 0] == pytest.approx(1 / (1 - r[0, 1] ** 2), rel=1e-9)
    assert inflation[1, 0] == pytest.approx(1.0)
    assert np.isnan(inflation[0, 1])
    items = indicator_inflation(table, plan_of())
    without = [each for each in (5, 6, 7, 8) if each != 6]
    share = table[6, without] @ np.linalg.solve(table[np.ix_(without, without)], table[6, without])
    assert items[6] == pytest.approx(1 / (1 - share), rel=1e-9)


@settings(max_examples=30)
@given(scales=st.lists(st.floats(0.01, 100), min_size=9, max_size=9), seed=st.integers(0, 50))
def test_correlations_do_not_know_the_units_of_indicators(scales: list[float], seed: int) -> None:
    rows = answers(seed=seed)
    one, other = (pls_path_model(related(each), plan_of()) for each in (rows, rows * scales - 3))
    np.testing.assert_allclose(one.paths, other.paths, rtol=0, atol=1e-8)
    np.testing.assert_allclose(one.weights, other.weights, rtol=0, atol=1e-8)


@settings(max_examples=30)
@given(unit=st.floats(0.01, 100), seed=st.integers(0, 50))
def test_covariances_know_them_but_not_one_unit_for_all(unit: float, seed: int) -> None:
    rows = answers(seed=seed)
    one, other = (pls_path_model(np.cov(each.T), plan_of()) for each in (rows, unit * rows))
    np.testing.assert_allclose(one.paths, other.paths, rtol=0, atol=1e-8)
    np.testing.assert_allclose(one.weights, unit * other.weights, rtol=1e-6)


@settings(max_examples=30)
@given(
    order=st.permutations(range(3)), scheme=st.sampled_from(SCHEMES), modes=st.sampled_from(["AAA", "BAA", "ABB"]),
    seed=st.integers(0, 50),
)  # fmt: skip
def test_the_order_of_constructs_changes_nothing(order: list[int], scheme: InnerScheme, modes: str, seed: int) -> None:
    table, plan = related(answers(seed=seed)), plan_of(modes=modes)
    blocks = [plan.blocks[place] for place in order]
    items = [item for block in blocks for item in block]
    starts = np.cumsum([0, *map(len, blocks)])
    shuffled = PathPlan(
        [range(start, start + len(block)) for start, block in zip(starts, blocks, strict=False)],
        [(order.index(source), order.index(target)) for source, target in reversed(plan.paths)],
        [plan.modes[place] for place in order],
    )
    one = pls_path_model(table, plan, scheme=scheme)
    other = pls_path_model(table[np.ix_(items, items)], shuffled, scheme=scheme)
    np.testing.assert_allclose(other.weights, one.weights[items], rtol=0, atol=1e-12)
    np.testing.assert_allclose(other.paths, one.paths[np.ix_(order, order)], rtol=0, atol=1e-12)
    assert int(one.iterations) == int(other.iterations)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_turned_indicator_turns_its_weight_and_nothing_else(scheme: InnerScheme) -> None:
    rows = answers()
    turned = rows * [1, 1, 1, 1, 1, -1, 1, 1, 1]
    one, other = (pls_path_model(related(each), plan_of(), scheme=scheme, **TIGHT) for each in (rows, turned))
    assert other.weights[5] == pytest.approx(-one.weights[5], abs=1e-9)
    np.testing.assert_allclose(other.r2, one.r2, rtol=0, atol=1e-9)


def test_the_sign_rule_decides_which_way_a_score_points() -> None:
    # the two strong indicators of the last construct point down, so that weights and loadings disagree with none
    rows = answers() * [1, 1, 1, 1, 1, -1, -1, -1, 1]
    table = related(rows)
    by = {rule: pls_path_model(table, plan_of(), sign=rule, **TIGHT) for rule in SignRule}
    assert by[SignRule.WEIGHTS].weights[5:].sum() > 0
    assert by[SignRule.LOADINGS].loadings[5:].sum() > 0
    for rule in SignRule:
        np.testing.assert_allclose(np.abs(by[rule].paths), np.abs(by[SignRule.NONE].paths), rtol=0, atol=1e-12)
        assert by[rule].sign is rule


def test_scores_have_unit_variance_and_own_loadings_stand_among_all() -> None:
    table = np.cov(answers().T)
    found = pls_path_model(table, plan_of())
    for block in plan_of().blocks:
        w = found.weights[list(block)]
        assert w @ table[np.ix_(block, block)] @ w == pytest.approx(1.0, rel=1e-12)
    np.testing.assert_allclose(np.diag(found.correlations), 1.0, rtol=1e-12)
    assert found.loadings[4] == found.cross_loadings[4, 1]
    assert repr(found).startswith("<PathEstimates: 3 constructs, 9 indicators, path scheme; fitted after ")


def test_a_fit_is_the_same_after_a_pickle() -> None:
    found = pls_path_model(related(answers()), plan_of())
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    np.testing.assert_array_equal(found.paths, again.paths)
    assert again.plan == found.plan
    assert hash(again.plan) == hash(found.plan)
    assert not again.paths.flags.writeable


def test_the_last_change_is_told_where_weights_do_not_come_to_rest() -> None:
    found = pls_path_model(related(answers()), plan_of(), max_iterations=2, tolerance=1e-12)
    assert PathState(int(found.state)) is PathState.UNSETTLED
    assert int(found.iterations) == 2
    assert 1e-12 < float(found.change) < 0.1
    assert np.isfinite(found.weights).all()
    assert "the weights did not come to rest after 2 iterations" in repr(found)


@pytest.mark.parametrize(
    ("blocks", "paths", "modes", "message"),
    [
        ([[0], []], [(0, 1)], "A", "blocks: none, or one without indicators; each construct has at least one"),
        ([[0], [2]], [(0, 1)], "A", "blocks: the positions 0, 2; each position 0 to p − 1 stands in one block, once"),
        ([[0], [1]], [(0, 1)], "AAA", "modes: 3 modes for 2 constructs; there is one for each construct, or one"),
        ([[0], [1]], [(0, 2)], "A", r"paths: \(0, 2\); a path leads from one construct to another, at positions 0 to"),
        ([[0], [1]], [(0, 1), (0, 1)], "A", "paths: a path twice; each path is named once"),
        ([[0], [1], [2]], [(0, 1)], "A", "paths: none at construct 2; every construct has a neighbour"),
        ([[0], [1]], [(0, 1), (1, 0)], "A", "b: the cycle 0 > 1 > 0; a path model is recursive"),
        ([[0], [1]], [(0, 1)], "C", "mode: 'C'; weights are found by mode 'A' or 'B'"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(
    blocks: list[list[int]], paths: list[tuple[int, int]], modes: str, message: str
) -> None:
    with pytest.raises(ArgumentError, match=message):
        PathPlan(blocks, paths, tuple(modes))


def test_all_that_is_wrong_with_arguments_is_told_at_once() -> None:
    with pytest.raises(ArgumentError) as error:
        pls_path_model(np.eye(4), plan_of(), tolerance=2.0, max_iterations=0)
    assert [str(each) for each in error.value.problems] == [
        "matrices: an array of float64, shape (4, 4); the shape is (…, 9, 9).",
        "tolerance: 2.0; it lies strictly between 0 and 1. Hint: tolerance=1e-7",
        "max_iterations: 0; it is a whole number, 1 or more.",
    ]
    lopsided = related(answers()) + np.eye(9, k=1)
    with pytest.raises(ArgumentError, match="matrices: not symmetric"):
        pls_path_model(lopsided, plan_of())
    with pytest.raises(
        ArgumentError, match=r"scheme: 'pth'; it is one of centroid, factorial, path.*did you mean path"
    ):
        pls_path_model(related(answers()), plan_of(), scheme="pth")
    with pytest.raises(ArgumentError, match="sign: 'up'; it is one of weights, loadings, none"):
        pls_path_model(related(answers()), plan_of(), sign="up")
    assert OuterMode("B") is OuterMode.B
