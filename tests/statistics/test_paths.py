"""Path algebra against published path models, by hand, and by its laws."""

import csv
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics.paths import (
    indirect_effects,
    lagged_total_effects,
    specific_effects,
    total_effects,
)

CONSTRUCTS = ("Image", "Expectation", "Quality", "Value", "Satisfaction", "Complaints", "Loyalty")
SCHEMES = ("pathWeighting", "centroid", "factorial")
Pairs = dict[tuple[str, str], float]


@pytest.fixture(scope="module")
def seen(shared: Path) -> dict[tuple[str, str], Pairs]:
    """What SmartPLS prints of the mobile phone study: scheme and quantity → source and target → value."""
    found: dict[tuple[str, str], Pairs] = defaultdict(dict)
    with (shared / "oracles" / "ecsi_mobi_smartpls_seen.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["scheme"], row["quantity"]][row["row"], row["column"]] = float(row["value"])
    return found


def matrix(paths: Pairs) -> Floats:
    b = np.zeros((len(CONSTRUCTS), len(CONSTRUCTS)))
    for (source, target), value in paths.items():
        b[CONSTRUCTS.index(target), CONSTRUCTS.index(source)] = value
    return b


@pytest.mark.parametrize("scheme", SCHEMES)
def test_total_effects_of_smartpls_follow_from_its_paths(seen: dict[tuple[str, str], Pairs], scheme: str) -> None:
    total, printed = total_effects(matrix(seen[scheme, "path"])), seen[scheme, "total_effect"]
    # eight digits are printed of each path, so that sums of products of up to six may be off by some 1e-8
    for (source, target), value in printed.items():
        assert total[CONSTRUCTS.index(target), CONSTRUCTS.index(source)] == pytest.approx(value, abs=4e-8)
    assert len(printed) == int((total != 0).sum()) == 21


def test_all_schemes_at_once_are_each_by_itself(seen: dict[tuple[str, str], Pairs]) -> None:
    stack = np.stack([matrix(seen[scheme, "path"]) for scheme in SCHEMES])
    assert np.array_equal(total_effects(stack), np.stack([total_effects(each) for each in stack]))


def test_specific_effects_are_those_of_the_file(seen: dict[tuple[str, str], Pairs], shared: Path) -> None:
    b = matrix(seen["pathWeighting", "path"])
    with (shared / "oracles" / "ecsi_mobi_specific_effects_computed.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    pairs = {(row["from"], row["to"]) for row in rows}
    found = {
        " > ".join(CONSTRUCTS[place] for place in route.positions): route
        for source, target in pairs
        for route in specific_effects(b, CONSTRUCTS.index(source), CONSTRUCTS.index(target))
    }
    assert set(found) == {row["route"] for row in rows}
    for row in rows:
        route = found[row["route"]]
        assert route.links == int(row["edges"])
        # ten digits are given
        assert float(route.effect) == pytest.approx(float(row["product"]), rel=1e-9)


def test_image_on_loyalty_is_the_sum_of_its_routes(seen: dict[tuple[str, str], Pairs]) -> None:
    routes = specific_effects(matrix(seen["pathWeighting", "path"]), 0, 6)
    assert sum(float(route.effect) for route in routes) == pytest.approx(0.398732388, abs=1e-9)


@st.composite
def acyclic(draw: st.DrawFn, size: int, stack: int) -> Floats:
    """Matrices without cycles, in an order of the variables that is drawn."""
    values = draw(hnp.arrays(np.float64, (stack, size, size), elements=st.floats(-2, 2, width=16)))
    order = draw(st.permutations(range(size)))
    lower = np.tril(values, -1)
    return np.asarray(lower[:, order][:, :, order])


@st.composite
def stacks(draw: st.DrawFn) -> Floats:
    return draw(acyclic(draw(st.integers(1, 6)), draw(st.integers(1, 3))))


@given(stacks())
def test_a_total_is_the_sum_over_all_routes(b: Floats) -> None:
    total, indirect, size = total_effects(b), indirect_effects(b), b.shape[-1]
    for source in range(size):
        for target in range(size):
            routes = specific_effects(b, source, target)
            whole = sum((route.effect for route in routes), np.zeros(len(b)))
            assert total[:, target, source] == pytest.approx(whole, rel=1e-12, abs=1e-12)
            beyond = sum((route.effect for route in routes if route.links > 1), np.zeros(len(b)))
            assert indirect[:, target, source] == pytest.approx(beyond, rel=1e-11, abs=1e-11)


@given(stacks())
def test_a_total_is_the_inverse(b: Floats) -> None:
    identity = np.eye(b.shape[-1])
    assert total_effects(b) == pytest.approx(np.linalg.inv(identity - b) - identity, rel=1e-7, abs=1e-9)


@given(stacks(), st.data())
def test_a_total_follows_units_of_measurement_and_names(b: Floats, data: st.DataObject) -> None:
    size = b.shape[-1]
    unit = data.draw(hnp.arrays(np.float64, size, elements=st.floats(0.5, 4)))
    order = data.draw(st.permutations(range(size)))
    rescaled = b * unit[:, None] / unit
    assert total_effects(rescaled) == pytest.approx(total_effects(b) * unit[:, None] / unit, rel=1e-9, abs=1e-9)
    assert np.allclose(total_effects(b[:, order][:, :, order]), total_effects(b)[:, order][:, :, order])


def test_what_is_no_effect_is_exactly_zero() -> None:
    b = np.zeros((3, 3))
    b[1, 0], b[2, 1] = 0.1, 0.3
    assert total_effects(b).tolist() == [[0, 0, 0], [0.1, 0, 0], [0.1 * 0.3, 0.3, 0]]


@given(st.data())
def test_lagged_effects_are_those_of_periods_unfolded(data: st.DataObject) -> None:
    size, lags, horizon = data.draw(st.integers(1, 3)), data.draw(st.integers(0, 2)), data.draw(st.integers(0, 4))
    within = data.draw(acyclic(size, 1))
    later = data.draw(hnp.arrays(np.float64, (lags, size, size), elements=st.floats(-1, 1, width=16)))
    b = np.concatenate([within, later])
    whole = np.zeros(((horizon + 1) * size, (horizon + 1) * size))
    for period in range(horizon + 1):
        for lag in range(min(lags, period) + 1):
            rows, columns = period * size, (period - lag) * size
            whole[rows : rows + size, columns : columns + size] = b[lag]
    found, unfolded = lagged_total_effects(b, horizon), total_effects(whole)
    for period in range(horizon + 1):
        assert found[period] == pytest.approx(unfolded[period * size : (period + 1) * size, :size], abs=1e-9)


def test_lags_without_feedback_add_up_to_the_total() -> None:
    b = np.zeros((3, 3, 3))
    b[0, 1, 0], b[1, 2, 1], b[2, 2, 0] = 0.5, 0.4, 0.3
    arriving = lagged_total_effects(b, 2)
    assert arriving[:, 2, 0].tolist() == pytest.approx([0, 0.2, 0.3])
    assert arriving.sum(axis=0) == pytest.approx(total_effects(b.sum(axis=0)))


@pytest.mark.parametrize(
    ("b", "said"),
    [
        ([[0.0, 1.0]], "b: an array of float64, shape (1, 2); the shape is (…, variables, variables)"),
        ([["a"]], "b: an array of <U1, shape (1, 1)"),
        ([[0, 1], [1, 0]], "b: the cycle 0 > 1 > 0; a path model is recursive: no route leads back."),
        ([[0, 0, 0], [0.5, 0, 0.1], [0, 0.2, 0]], "b: the cycle 1 > 2 > 1"),
        ([[0.5]], "b: the cycle 0 > 0"),
    ],
)
def test_what_is_no_path_model_is_refused(b: object, said: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        total_effects(b)  # type: ignore[arg-type]
    assert said in str(caught.value)


def test_other_refusals() -> None:
    with pytest.raises(ArgumentError) as caught:
        specific_effects(np.zeros((2, 2)), 2, -1)
    assert str(caught.value).startswith("2 problems\n  1. source: 2; variables have the positions 0 to 1.")
    with pytest.raises(ArgumentError, match="lags \\+ 1, variables, variables"):
        lagged_total_effects(np.zeros((2, 2)), 1)
    with pytest.raises(ArgumentError, match="horizon: -1; it is a whole number of periods, 0 or more"):
        lagged_total_effects(np.zeros((1, 2, 2)), -1)


def test_a_cycle_runs_along_its_links() -> None:
    b = np.zeros((4, 4))
    b[1, 0] = b[2, 1] = b[3, 2] = b[0, 3] = 1
    with pytest.raises(ArgumentError) as caught:
        total_effects(b)
    walk = [int(each) for each in str(caught.value).partition("cycle ")[2].partition(";")[0].split(" > ")]
    assert walk[0] == walk[-1]
    assert all(b[target, source] for source, target in pairwise(walk))
