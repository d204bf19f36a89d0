"""Surveys of which much cannot be told: each leaves something out of a page, for its own reason."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual import Difference, Dimension, Instrument, Item, Label, PerformanceOnly, Scale, Survey, Weighted

Answers = npt.NDArray[np.float64]
Made = tuple[Survey, dict[str, Any]]
BOTH = ("perception", "expectation")
ZONE = ("perception", "adequate", "desired")
NAMES = ("速度", "关怀", "环境")
REAL = Scale(1, 7, step=None)


def desk(levels: tuple[str, ...] = BOTH, sizes: tuple[int, ...] = (3, 2, 1), scale: Scale | None = None) -> Instrument:
    """A desk all of whose words are there in both languages."""
    dimensions = [
        Dimension(
            f"d{place}",
            [
                Item(f"d{place}_{item}", label=Label(f"question {place} {item}", f"题{place}{item}"))
                for item in range(size)
            ],
            label=Label(f"dimension {place}", NAMES[place]),
        )
        for place, size in enumerate(sizes)
    ]
    return Instrument("desk", dimensions, scale or Scale.likert(7), levels, label=Label("desk", "柜台"))


def drawn(rows: int, items: int = 6, low: int = 1, high: int = 7, gaps: float = 0.0) -> Answers:
    rng = np.random.default_rng(rows + items + low + high)
    answers = rng.integers(low, high + 1, (rows, items)).astype(np.float64)
    return np.where(rng.random(answers.shape) < gaps, np.nan, answers)


def both(rows: int = 40, *, gaps: float = 0.0, groups: int | list[Any] = 2, **sides: Any) -> Survey:
    given = {"perception": drawn(rows, gaps=gaps), "expectation": drawn(rows, low=3)}
    labels = np.arange(rows) % groups if isinstance(groups, int) else groups
    return Survey.from_arrays(desk(), **{**given, "groups": {"店": labels}, **sides})


def zoned(*, crossed: bool = False, **sides: Any) -> Survey:
    low = drawn(40, high=4)
    high = np.clip(low + drawn(40, low=-1 if crossed else 0, high=3), 1, 7)
    return Survey.from_arrays(desk(ZONE), perception=drawn(40, gaps=0.1), adequate=low, desired=high, **sides)


def apart(scale: Scale | None = None) -> Survey:
    """Levels that different people answered."""
    asked = desk(scale=scale)
    return Survey.unpaired(
        perception=Survey.from_arrays(asked, perception=drawn(30), groups={"店": np.arange(30) % 2}),
        expectation=Survey.from_arrays(asked, expectation=drawn(20), groups={"店": np.arange(20) % 2}),
    )


def alone(level: str, *others: str) -> Survey:
    """The answers at one level, or at a few."""
    levels = (level, *others)
    answers: dict[str, Any] = {each: drawn(30, high=7 - place) for place, each in enumerate(levels)}
    return Survey.from_arrays(desk(levels), **answers)


def whole(asked: Instrument, **levels: Any) -> tuple[Survey, dict[str, Any]]:
    return Survey.from_arrays(asked, **levels), {}


def holed(item: int) -> Survey:
    """An item that nobody answered as perceived."""
    seen = drawn(20)
    seen[:, item] = np.nan
    return both(20, perception=seen)


def torn() -> Survey:
    """A dimension no item of which two people answered beside another."""
    seen = drawn(30)
    for item in range(3):
        seen[item::3, item] = np.nan
    return both(30, perception=seen)


def no_triple() -> Survey:
    nothing = np.full((2, 1), np.nan)
    answered = np.array([[1.0], [2.0]])
    return Survey.from_arrays(
        desk(ZONE, (1, 1)), perception=np.hstack([answered, nothing]), adequate=np.hstack([nothing, answered]),
        desired=np.full((2, 2), 3.0),
    )  # fmt: skip


BY = {"by": "店"}
RATED = {"criterion": drawn(40, 1)[:, 0]}

ODD: Mapping[str, Callable[[], Made]] = {
    "plain": lambda: (both(60, groups=3), {**BY, "criterion": drawn(60, 1)[:, 0]}),
    "many small groups": lambda: (both(60, gaps=0.2, groups=13), BY),
    "sparse": lambda: (both(12, gaps=0.6, groups=3, expectation=drawn(12, gaps=0.6)), BY),
    "sampling weights": lambda: (both(weights=drawn(40, 1, high=3)[:, 0]), {**BY, **RATED}),
    "frequencies": lambda: (both(weights=drawn(40, 1, high=3)[:, 0], weight_kind="frequency"), BY),
    "clusters": lambda: (both(cluster=np.arange(40) % 8, groups=[*map(int, np.arange(40) % 8 // 4)]), BY),
    "few clusters": lambda: (both(cluster=np.arange(40) % 3, groups=4), BY),
    "one cluster": lambda: (both(cluster=np.zeros(40, int)), BY),
    "importance": lambda: (both(importance=np.tile([50, 30, 20], (40, 1))), {"model": Weighted(Difference())}),
    "points": lambda: (both(), {"model": Weighted(Difference(), points=(1, 2, 3))}),
    "perceptions under a standard": lambda: (both(), {"model": PerformanceOnly()}),
    "nothing varies": lambda: (
        both(20, perception=np.full((20, 6), 5), expectation=np.full((20, 6), 6)), {**BY, "criterion": np.arange(20.0)}
    ),
    "expectations do not vary": lambda: (both(20, expectation=np.full((20, 6), 6)), {"criterion": np.arange(20.0)}),
    "gaps do not vary": lambda: (
        both(20, perception=drawn(20, high=6), expectation=drawn(20, high=6) + 1), {"criterion": np.arange(20.0)}
    ),
    "the criterion does not vary": lambda: (both(20), {"criterion": np.full(20, 3.0)}),
    "one respondent": lambda: (both(1, groups=1), {}),
    "two respondents": lambda: (both(2), BY),
    "three respondents": lambda: (both(3), {**BY, "criterion": [1, 2, 3]}),
    "one group": lambda: (both(9, groups=1), BY),
    "groups without a name": lambda: (both(9, groups=[1, 1, 1, 1, 2, 2, 2, None, None]), BY),
    "real-valued": lambda: whole(desk(scale=REAL), perception=drawn(30), expectation=drawn(30, low=2)),
    "many points": lambda: whole(desk(("perception",), scale=Scale(0, 60)), perception=drawn(30, high=60)),
    "different people": lambda: (apart(), BY),
    "different people, real-valued": lambda: (apart(REAL), {}),
    "perceptions alone": lambda: (alone("perception"), {}),
    "comparisons alone": lambda: (alone("disconfirmation"), {}),
    "perceptions and comparisons": lambda: (alone("perception", "disconfirmation"), {}),
    "perceptions and ideals": lambda: (alone("perception", "ideal"), {}),
    "an item without answers": lambda: (holed(2), BY),
    "a dimension without answers": lambda: (holed(5), BY),
    "pairs of few": lambda: (torn(), {}),
    "one dimension": lambda: whole(desk(sizes=(3,)), perception=drawn(20, 3), expectation=drawn(20, 3, 3)),
    "one item": lambda: whole(desk(sizes=(1,)), perception=drawn(20, 1), expectation=drawn(20, 1, 3)),
    "items that are the same": lambda: (both(30, perception=np.repeat(drawn(30, 1), 6, axis=1)), {}),
    "zones": lambda: (zoned(), {}),
    "crossed zones, refused": lambda: (zoned(crossed=True), {}),
    "crossed zones": lambda: (zoned(crossed=True, inverted_ok=True, weights=drawn(40, 1, high=3)[:, 0]), {}),
    "no triple": lambda: (no_triple(), {}),
}  # fmt: skip
