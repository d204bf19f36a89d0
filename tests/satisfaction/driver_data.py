"""Answers whose drivers are known: care matters most, then speed, price a little, colour not at all."""

from typing import Any

import numpy as np

from servqual._arrays import Floats
from servqual.instruments import Instrument, Scale
from servqual.survey import Survey

NAMES = ("speed", "care", "price", "colour")
SLOPES = (0.5, 0.8, 0.2, 0.0)


def rows(n: int = 300, seed: int = 1) -> dict[str, Any]:
    """Columns of related drivers, and the satisfaction that they make."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=n)
    columns = {name: 0.6 * common + 0.8 * rng.normal(size=n) for name in NAMES}
    noise = 0.8 * rng.normal(size=n)
    satisfied = sum((slope * columns[name] for name, slope in zip(NAMES, SLOPES, strict=True)), noise)
    return columns | {"satisfied": satisfied}


def answers(n: int = 250, seed: int = 1, points: int = 7) -> dict[str, Any]:
    """The same as answers on a scale."""
    middle = (points + 1) / 2
    return {name: np.clip(np.rint(middle + 1.2 * column), 1, points) for name, column in rows(n, seed).items()}


def matrix_of(columns: dict[str, Any]) -> Floats:
    """The covariances of drivers and satisfaction, the outcome last."""
    return np.cov(np.stack([columns[name] for name in (*NAMES, "satisfied")]))


DESK = Instrument.define(
    "desk",
    {"speed": ["wait", "steps"], "care": ["tone", "help"], "result": ["done"]},
    scale=Scale.likert(7),
    levels=("perception", "expectation"),
)


def survey(n: int = 200, seed: int = 2, **beside: Any) -> Survey:
    """A survey of a desk: two levels, five items in three dimensions."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(n, 1))
    seen = np.clip(np.rint(4.6 + common + rng.normal(size=(n, 5))), 1, 7)
    wanted = np.clip(np.rint(5.8 + 0.5 * common + rng.normal(size=(n, 5))), 1, 7)
    return Survey.from_arrays(DESK, perception=seen, expectation=wanted, **beside)


def overall(given: Survey, seed: int = 3) -> Floats:
    """Overall satisfaction that care makes most of."""
    seen = np.nan_to_num(given.perception.values, nan=4.0)
    noise = np.random.default_rng(seed).normal(size=len(given))
    return np.asarray(0.2 * seen[:, 0] + 0.6 * seen[:, 2] + 0.5 * seen[:, 3] + 0.1 * seen[:, 4] + noise)
