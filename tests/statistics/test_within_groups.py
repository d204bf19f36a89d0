"""Scatter within groups is that of each group taken by itself."""

import copy
import pickle
import statistics
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual._arrays import Floats, Ints
from servqual.statistics import ArgumentError
from servqual.statistics.within_groups import WithinGroups

NAMES = ("n", "mean", "variance", "deviation", "deviation_median")


def drawn(seed: int) -> tuple[Floats, Ints]:
    rng = np.random.default_rng(seed)
    answers = rng.integers(1, 6, (rng.integers(1, 60), 3)).astype(float)
    answers[rng.random(answers.shape) < 0.2] = np.nan
    return answers, rng.integers(0, 7, len(answers))


def naive(values: list[float]) -> tuple[float, ...]:
    """Of the answers of one group to one item, row by row."""
    if not values:
        return 0, np.nan, np.nan, np.nan, np.nan
    mean, middle, n = statistics.fmean(values), statistics.median(values), len(values)
    if n == 1:
        return 1, mean, np.nan, np.nan, np.nan
    about = [sum(abs(x - centre) for x in values) / n for centre in (mean, middle)]
    return n, mean, statistics.variance(values), *about


@given(st.integers(0, 10_000))
def test_every_group_is_as_if_alone(seed: int) -> None:
    answers, codes = drawn(seed)
    found = WithinGroups.of(answers, codes, names=np.arange(7))
    for group in range(7):
        for item in range(3):
            own = [x for x in answers[codes == group, item].tolist() if not np.isnan(x)]
            values = [getattr(found, name)[group, item] for name in NAMES]
            np.testing.assert_allclose(values, naive(own), rtol=1e-12, atol=1e-12)


@given(st.integers(0, 10_000))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    answers, codes = drawn(seed)
    order = np.random.default_rng(seed).permutation(len(codes))
    first, second = WithinGroups.of(answers, codes), WithinGroups.of(answers[order], codes[order])
    for name in NAMES:
        np.testing.assert_allclose(getattr(first, name), getattr(second, name), rtol=1e-12, atol=1e-12)


def test_groups_may_be_named_by_texts() -> None:
    found = WithinGroups.of(np.array([[1], [2], [4]]), ["south", "north", "south"])
    assert found.labels.tolist() == ["north", "south"]
    assert found.mean.ravel().tolist() == [2, 2.5]
    assert repr(found) == "<WithinGroups: 2 groups × 1 items>"


def test_many_groups_are_told_apart() -> None:
    codes = np.arange(70_000).repeat(2)
    answers = np.tile([1.0, 3.0], 70_000)[:, None]
    found = WithinGroups.of(answers, codes)
    assert (found.deviation_median == 1).all()
    assert (found.mean == 2).all()


def test_no_items_are_no_numbers() -> None:
    assert WithinGroups.of(np.zeros((2, 0)), [1, 2]).n.shape == (2, 0)


@pytest.mark.parametrize("copied", [lambda x: pickle.loads(pickle.dumps(x)), copy.deepcopy])  # noqa: S301 - our own
def test_arrays_stay_read_only(copied: Any) -> None:
    found = copied(WithinGroups.of(np.array([[1.0], [2.0]]), [1, 1]))
    assert not any(getattr(found, name).flags.writeable for name in (*NAMES, "labels"))


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"labels: shape \(2,\) for 1 rows; every row has one label"):
        WithinGroups.of([[1.0]], [1, 2])
    with pytest.raises(ArgumentError, match=r"answers: an array of shape \(2,\); the shape is \(rows, items\)"):
        WithinGroups.of([1.0, 2.0], [1, 2])
    numbers = np.zeros((2, 1))
    with pytest.raises(ArgumentError, match=r"mean: another shape; the shape is \(2, 1\)"):
        WithinGroups([1, 2], numbers, np.zeros(2), numbers, numbers, numbers)
