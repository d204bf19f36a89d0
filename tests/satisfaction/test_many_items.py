"""Derived importance of more items than all subsets can be formed of: orderings are drawn."""

from typing import Any

import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.errors import DriverError
from servqual.satisfaction.priorities.quadrant_reading import importance_performance
from servqual.satisfaction.priorities.short_board_reading import short_board

ITEMS = [f"x{place}" for place in range(21)]
ASKED: dict[str, Any] = {"importance": "derived", "outcome": "satisfied", "cut": "mean"}


def columns(table: Floats) -> dict[str, Any]:
    """Items, and an outcome that the first ones make most of."""
    noise = np.random.default_rng(2).normal(size=len(table))
    return {**dict(zip(ITEMS, table.T, strict=True)), "satisfied": table @ np.linspace(2, 0, 21) + noise}


def related() -> dict[str, Any]:
    rng = np.random.default_rng(1)
    return columns(rng.normal(size=(150, 21)) + rng.normal(size=(150, 1)))


def unrelated() -> dict[str, Any]:
    """Items whose correlations are exactly zero."""
    given = np.random.default_rng(1).normal(size=(150, 21))
    return columns(12 * np.linalg.qr(given - given.mean(axis=0))[0])


def test_unrelated_items_have_their_squared_correlations_in_any_order() -> None:
    rows = unrelated()
    found = importance_performance(rows, ITEMS, **ASKED, draws=0, rng=1)
    wanted = [np.corrcoef(rows[name], rows["satisfied"])[0, 1] ** 2 for name in ITEMS]
    np.testing.assert_allclose([float(row.importance) for row in found], wanted, rtol=1e-9)


def test_related_items_share_what_they_explain_together() -> None:
    rows = related()
    found = importance_performance(rows, ITEMS, **ASKED, draws=0, rng=1)
    table = np.column_stack([np.ones(150), *(rows[name] for name in ITEMS)])
    left = rows["satisfied"] - table @ np.linalg.lstsq(table, rows["satisfied"], rcond=None)[0]
    assert sum(float(row.importance) for row in found) == pytest.approx(1 - left.var() / rows["satisfied"].var())
    notes = " ".join(found.to_table().notes)
    assert "LMG from 500 orderings drawn at random: standard error of a share at most 0.0" in notes
    assert "LMG 由随机抽取的 500 种次序得出" in " ".join(found.to_table("zh").notes)


def test_the_same_seed_draws_the_same_orderings_with_and_without_resamples() -> None:
    rows = related()
    alone = importance_performance(rows, ITEMS, **ASKED, draws=0, rng=1)
    with_resamples = importance_performance(rows, ITEMS, **ASKED, draws=3, rng=1)
    again = importance_performance(rows, ITEMS, **ASKED, draws=3, rng=1)
    assert [row.importance for row in alone] == [row.importance for row in with_resamples]
    assert with_resamples.rows == again.rows
    other = importance_performance(rows, ITEMS, **ASKED, draws=0, rng=2)
    assert [row.importance for row in alone] != [row.importance for row in other]


def test_a_short_board_is_weighed_by_the_same_shares() -> None:
    rows = related()
    shares = [float(row.importance) for row in importance_performance(rows, ITEMS, **ASKED, draws=0, rng=1)]
    asked: dict[str, Any] = {"importance": "derived", "outcome": "satisfied", "against": 9.0, "draws": 0, "rng": 1}
    found = short_board(rows, ITEMS, **asked)
    weights = [float(found[name].weight) for name in ITEMS]
    np.testing.assert_allclose(weights, np.array(shares) / sum(shares), rtol=1e-12)
    assert any(note.startswith("LMG from 500 orderings") for note in found.to_table().notes)


def test_drawing_takes_a_seed() -> None:
    told = (
        r"method: lmg, with 21 items; lmg forms all subsets of 20 items at most; of more it draws orderings, which "
        r'takes a seed\. Hint: rng=1, or method="relative_weights"'
    )
    with pytest.raises(DriverError, match=told):
        importance_performance(related(), ITEMS, **ASKED)
    with pytest.raises(DriverError, match="rng: 'one'; it is a seed, a whole number of 0 or more"):
        importance_performance(related(), ITEMS, **ASKED, draws=0, rng="one")  # type: ignore[arg-type]
    assert len(importance_performance(related(), ITEMS, **ASKED, method="relative_weights")) == 21
