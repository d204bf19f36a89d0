"""Shares of explained variance: the attitude study, brute force over orderings, and what holds of every matrix."""

import csv
from collections.abc import Sequence
from itertools import permutations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics.importance import ImportanceMethod, explained_variance, variance_shares
from tests.statistics.attitude import ATTITUDE, ITEMS

# R 4.2, relaimpo 2.2-7 run from source: rating on the six others, method → share of each in the order of ITEMS[1:]
ORACLE = {
    "lmg": [0.370816194319, 0.0509037929715, 0.155765990169, 0.120345079404, 0.00658872254586, 0.0281822131216],
    "last": [0.16867721305, 0.00336786562081, 0.0420074920543, 0.00158327400593, 0.000792620475084, 0.0172470604916],
    "first": [0.681314164109, 0.181575586984, 0.388974452874, 0.348264033275, 0.0244732081556, 0.0240517457459],
    "betasq": [0.449872299833, 0.00539158713358, 0.0954008274167, 0.00487367555562, 0.000973424313042, 0.0336592044299],
    "pratt": [0.553628368056, -0.0312886656564, 0.192635626633, 0.0411986153393, 0.00488086220219, -0.0284528140428],
    "relative_weights": [0.362760199658, 0.0560022787789, 0.163610910751, 0.121780399688, 0.00825546649644,
                         0.020192737159],
    "car": [0.446706686943, 0.0223482308117, 0.164463486885, 0.0906565561556, 0.00380224809184, 0.00462478364379],
}  # fmt: skip
R2 = 0.732601992531
# the outcome comes last
MATRIX = np.cov(ATTITUDE[:, [1, 2, 3, 4, 5, 6, 0]].T)
SUMMING = [each for each in ImportanceMethod if each.sums]


def r2_of(matrix: Floats, chosen: Sequence[int]) -> float:
    """R² of some predictors, by solving for their coefficients."""
    places = list(chosen)
    if not places:
        return 0.0
    across = matrix[places, -1]
    return float(across @ np.linalg.solve(matrix[np.ix_(places, places)], across) / matrix[-1, -1])


def by_orderings(matrix: Floats, players: Sequence[Sequence[int]], before: Sequence[int] = ()) -> Floats:
    """The mean gain of each predictor over all orderings in which players stay together, one by one."""
    gains, count = np.zeros(len(matrix) - 1), 0
    for order in permutations(range(len(players))):
        for inner in product(*(permutations(players[place]) for place in order)):
            there = list(before)
            for predictor in (each for part in inner for each in part):
                gains[predictor] += r2_of(matrix, [*there, predictor]) - r2_of(matrix, there)
                there.append(predictor)
            count += 1
    return gains / count


@st.composite
def matrices(draw: st.DrawFn, least: int = 2, most: int = 6) -> Floats:
    """Covariance matrices of a few related columns, well away from singular."""
    q = draw(st.integers(least + 1, most + 1))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    factors = rng.normal(size=(q, q + 2)) + draw(st.sampled_from([0.0, 1.0]))
    spread = rng.uniform(0.2, 5.0, q)
    return np.asarray((factors @ factors.T + 0.1 * np.eye(q)) * np.outer(spread, spread))


@pytest.mark.parametrize("method", ORACLE)
def test_the_attitude_study(method: str) -> None:
    np.testing.assert_allclose(variance_shares(MATRIX, method), ORACLE[method], atol=2e-12)
    assert float(explained_variance(MATRIX)) == pytest.approx(R2, abs=1e-12)


def test_the_oracle_is_that_of_the_file(shared: Path) -> None:
    with (shared / "oracles" / "attitude_relative_importance.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(row["driver"] for row in rows) == ITEMS[1:]
    for method, values in ORACLE.items():
        column = "genizi_johnson" if method == "relative_weights" else method
        np.testing.assert_allclose([float(row[column]) for row in rows], values, rtol=1e-11)


@settings(max_examples=25)
@given(matrices(most=5))
def test_lmg_is_the_mean_over_all_orderings(matrix: Floats) -> None:
    singles = [(place,) for place in range(len(matrix) - 1)]
    np.testing.assert_allclose(variance_shares(matrix), by_orderings(matrix, singles), atol=1e-10)


@settings(max_examples=40)
@given(matrices())
def test_shares_sum_to_the_variance_explained(matrix: Floats) -> None:
    for method in SUMMING:
        assert variance_shares(matrix, method).sum() == pytest.approx(r2_of(matrix, range(len(matrix) - 1)), abs=1e-9)


@given(matrices(least=2, most=2))
def test_of_two_predictors_lmg_and_relative_weights_are_the_same(matrix: Floats) -> None:
    np.testing.assert_allclose(variance_shares(matrix), variance_shares(matrix, "relative_weights"), atol=1e-10)


@given(st.lists(st.floats(-0.4, 0.4), min_size=1, max_size=6))
def test_of_unrelated_predictors_every_method_gives_the_squared_correlation(r: list[float]) -> None:
    matrix = np.eye(len(r) + 1)
    matrix[-1, :-1] = matrix[:-1, -1] = r
    if matrix[-1, :-1] @ matrix[-1, :-1] < 0.99:
        for method in ImportanceMethod:
            np.testing.assert_allclose(variance_shares(matrix, method), np.square(r), atol=1e-12)


@given(matrices(), st.integers(0, 2**32 - 1))
def test_order_and_units_of_columns_change_nothing(matrix: Floats, seed: int) -> None:
    rng = np.random.default_rng(seed)
    order = np.append(rng.permutation(len(matrix) - 1), len(matrix) - 1)
    units = rng.uniform(0.1, 10.0, len(matrix)) * rng.choice([-1, 1], len(matrix))
    turned = (matrix * np.outer(units, units))[np.ix_(order, order)]
    for method in ImportanceMethod:
        wanted = variance_shares(matrix, method)[order[:-1]]
        np.testing.assert_allclose(variance_shares(turned, method), wanted, atol=1e-9)


@given(matrices(most=4))
def test_first_and_last_bound_what_a_predictor_adds(matrix: Floats) -> None:
    every = range(len(matrix) - 1)
    first, last = variance_shares(matrix, "first"), variance_shares(matrix, "last")
    for one in every:
        others = [each for each in every if each != one]
        assert first[one] == pytest.approx(r2_of(matrix, [one]), abs=1e-10)
        assert last[one] == pytest.approx(r2_of(matrix, every) - r2_of(matrix, others), abs=1e-9)


def test_a_stack_is_its_matrices_one_by_one() -> None:
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(7, 40, 17)) + rng.normal(size=(7, 40, 1))
    stack = np.einsum("bni,bnj->bij", rows, rows)
    for method in ImportanceMethod:
        alone = np.stack([variance_shares(each, method) for each in stack])
        np.testing.assert_allclose(variance_shares(stack, method), alone, atol=1e-12)
    assert variance_shares(stack.reshape(7, 1, 17, 17), "first").shape == (7, 1, 16)


def test_sixteen_predictors_follow_from_eight_pairs_of_twins() -> None:
    # two predictors that are exchangeable have the same share
    base = np.linspace(0.05, 0.3, 8)
    matrix = np.eye(17)
    for pair in range(8):
        matrix[2 * pair, 2 * pair + 1] = matrix[2 * pair + 1, 2 * pair] = 0.5
    matrix[-1, :-1] = matrix[:-1, -1] = np.repeat(base, 2)
    shares = variance_shares(matrix)
    # unrelated pairs: within each, half of what both explain, 2 r² / (1 + 0.5)
    np.testing.assert_allclose(shares, np.repeat(base**2 / 1.5, 2), atol=1e-12)


@settings(max_examples=15)
@given(matrices(least=5, most=5))
def test_groups_come_in_together(matrix: Floats) -> None:
    groups = [(0, 3), (1, 4)]
    shares = variance_shares(matrix, groups=groups)
    np.testing.assert_allclose(shares, by_orderings(matrix, [(0, 3), (1, 4), (2,)]), atol=1e-10)
    assert shares.sum() == pytest.approx(r2_of(matrix, range(5)), abs=1e-9)


@given(matrices(most=4))
def test_groups_of_one_are_no_groups(matrix: Floats) -> None:
    np.testing.assert_allclose(variance_shares(matrix, groups=[(0,), (1,)]), variance_shares(matrix), atol=1e-12)


@settings(max_examples=15)
@given(matrices(least=5, most=5))
def test_controls_come_first(matrix: Floats) -> None:
    shares = variance_shares(matrix, controls=[3, 1])
    wanted = by_orderings(matrix, [(0,), (2,), (4,)], before=[3, 1])[[0, 2, 4]]
    np.testing.assert_allclose(shares, wanted, atol=1e-10)
    beyond = r2_of(matrix, range(5)) - r2_of(matrix, [1, 3])
    assert float(explained_variance(matrix, controls=[3, 1])) == pytest.approx(beyond, abs=1e-9)
    for method in SUMMING:
        assert variance_shares(matrix, method, controls=[3, 1]).sum() == pytest.approx(beyond, abs=1e-8)


def test_where_a_predictor_follows_from_others_there_is_nothing() -> None:
    rows = np.random.default_rng(1).normal(size=(3, 50, 4))
    rows[1, :, 2] = rows[1, :, 0] - rows[1, :, 1]
    rows[2, :, 0] = 5.0
    stack = np.stack([np.cov(each.T) for each in rows])
    for method in ImportanceMethod:
        known = np.isfinite(variance_shares(stack, method)).all(axis=1)
        assert known.tolist() == [True, False, False]
    assert np.isnan(explained_variance(stack)).tolist() == [False, True, True]


def test_an_outcome_that_controls_tell_leaves_nothing_to_divide() -> None:
    rows = np.random.default_rng(2).normal(size=(60, 3))
    matrix = np.cov(np.column_stack([rows, rows[:, 0]]).T)
    np.testing.assert_allclose(variance_shares(matrix, controls=[0]), 0, atol=1e-12)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"matrix": np.ones((2, 3))}, r"matrix: an array of float64, shape \(2, 3\); matrices of numbers"),
        ({"matrix": [["a"]]}, "matrix: an array of <U1"),
        ({"matrix": [[1.0]]}, "1 columns, 0 of them controls; there is an outcome, last"),
        ({"matrix": [[1.0, 0.5], [0.4, 1.0]]}, "not symmetric"),
        ({"matrix": [[-1.0, 0.0], [0.0, 1.0]]}, r"matrix: -1 on a diagonal; variances are zero or more"),
        ({"matrix": [[1.0, np.inf], [np.inf, 1.0]]}, "matrix: an infinity"),
        ({"method": "lgm"}, "method: 'lgm'; it is one of lmg, .*did you mean lmg"),
        ({"groups": [(0, 1)], "method": "first"}, "groups: given, with first; groups come in together with LMG only"),
        ({"groups": [(0, 6)]}, "groups: position 6; positions of predictors are 0 to 5"),
        ({"groups": [(0, 1), (1, 2)]}, "groups: a predictor in two places"),
        ({"groups": [()]}, "groups: one without predictors"),
        ({"controls": [6]}, "controls: position 6; positions of predictors are 0 to 5, and the outcome is last"),
        ({"controls": [0, 0]}, "controls: a position twice"),
        ({"controls": [0], "groups": [(0, 1)]}, "groups: position 0, a control; controls are in every model"),
        ({"matrix": np.eye(22)}, "21 predictors; all subsets are formed of 20 predictors or groups at most.*sampled"),
    ],
)
def test_what_cannot_be_divided_is_refused(change: dict[str, object], told: str) -> None:
    asked: dict[str, object] = {"matrix": MATRIX} | change
    with pytest.raises(ArgumentError, match=told):
        variance_shares(**asked)  # type: ignore[arg-type]


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ArgumentError, match="3 problems"):
        variance_shares(MATRIX, controls=[0, 0], groups=[(0, 9)])
