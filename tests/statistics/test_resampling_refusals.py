"""What cannot be resampled is refused with place, value, rule and remedy; and resampling takes little memory."""

import sys
import tracemalloc
from typing import Any

import numpy as np
import pytest

from servqual.errors import ArgumentError, MissingExtraError
from servqual.statistics.regression_rows import RegressionRows
from servqual.statistics.resampling import (
    bootstrap_coefficients,
    jackknife_coefficients,
    moment_coefficients,
)
from servqual.statistics.unit_products import UnitProducts

X = np.array([[1.0, 0.5], [1, 1], [1, 3]])
Y = np.array([1.0, 2, 2])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (([1.0], [1.0], [0]), "x: an array of shape (1,); the shape is (rows, columns), with one of each."),
        ((X, [1.0], [0, 1]), "2 problems\n  1. y: shape (1,); the shape is (3,).\n  2. unit: shape (2,)"),
        ((X, [1, np.nan, 2], [0, 1, -1]), "2 problems\n  1. y: 1 not so; values are finite.\n  2. unit: 1 not so; pos"),
        ((X, Y, [0.0, 1, 2]), "unit: an array of float64; positions are whole numbers."),
        (([[2.0], [1], [1]], Y, [0, 1, 2]), "x: another first column; the first column is all ones where there is an"),
        ((X, Y, [0, 1, 2], True, [1, 0, 1]), "weights: 1 not so; weights are finite and above zero."),
        ((X, Y, [0, 1, 2], True, None, [1, 1.1]), "reliability: 1 not so; a reliability lies above 0, and at most at"),
        ((X, Y, [0, 1, 2], True, None, [1, 1, 1]), "reliability: shape (3,); the shape is (2,)."),
    ],
)
def test_rows_that_do_not_fit_are_refused(given: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        RegressionRows(*given)
    assert str(caught.value).startswith(said)


def test_resampling_refuses_what_it_cannot_do() -> None:
    rows = RegressionRows(X, Y, [0, 1, 2])
    with pytest.raises(ArgumentError, match="equations: none; at least one regression is estimated"):
        jackknife_coefficients(UnitProducts.of([], units=1))
    with pytest.raises(ArgumentError, match="unit: position 2; positions of units are 0 to 1"):
        moment_coefficients(UnitProducts.of([rows], units=2))
    with pytest.raises(ArgumentError, match="units: 1; resampling needs two or more"):
        jackknife_coefficients(UnitProducts.of([RegressionRows(X, Y, [0, 0, 0])], units=1))
    with pytest.raises(ArgumentError, match="chunk: 0; a chunk has at least one resample"):
        bootstrap_coefficients(UnitProducts.of([rows], units=3), draws=5, rng=1, chunk=0)
    with pytest.raises(ArgumentError, match="rng: None; what is drawn at random has a seed"):
        bootstrap_coefficients(UnitProducts.of([rows], units=3), draws=5, rng=None)


def test_rows_are_kept_apart_from_the_caller() -> None:
    y = np.array(Y)
    rows = RegressionRows(X, y, [0, 1, 2])
    y[0] = 99
    assert rows.y[0] == 1
    assert not rows.y.flags.writeable
    assert repr(rows) == "<RegressionRows: 3 rows, 2 columns>"


def test_a_bar_is_shown_where_it_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    rows = RegressionRows(X, Y, [0, 1, 2])
    bootstrap_coefficients(UnitProducts.of([rows], units=3), draws=50, rng=1)
    assert capsys.readouterr().err == ""
    bootstrap_coefficients(UnitProducts.of([rows], units=3), draws=50, rng=1, progress=True)
    assert "50/50" in capsys.readouterr().err


def test_a_bar_without_tqdm_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(MissingExtraError, match="progress: True, and tqdm is not installed; bars need it"):
        bootstrap_coefficients(
            UnitProducts.of([RegressionRows(X, Y, [0, 1, 2])], units=3), draws=5, rng=1, progress=True
        )


def peak(draws: int, units: int) -> float:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(units, 4))
    x[:, 0] = 1
    rows = RegressionRows(x, x.sum(axis=1) + rng.normal(size=units), np.arange(units))
    bootstrap_coefficients(UnitProducts.of([rows], units=units), draws=10, rng=1, columns=[[1]])
    tracemalloc.start()
    bootstrap_coefficients(UnitProducts.of([rows], units=units), draws=draws, rng=1, columns=[[1]])
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest / 2**20


def test_memory_stays_flat_however_many_resamples_are_drawn() -> None:
    # all counts at once would be 2000 units × 4000 resamples × 8 bytes = 61 MiB
    few, many = peak(500, 2000), peak(4000, 2000)
    assert many < few + 2
    assert many < 12
