"""What plots of drivers are drawn from."""

import numpy as np

from servqual.instruments import Scale
from servqual.labels import Label
from servqual.satisfaction.driving.reading import drivers
from servqual.satisfaction.priorities.quadrant_reading import importance_performance

_RNG = np.random.default_rng(3)
_COMMON = _RNG.normal(size=(200, 1))
NAMES = ("speed", "care", "price", "queue")
LABELS = {
    "speed": Label("speed of service", "服务速度"),
    "care": Label("care for the customer", "关怀客户"),
    "price": Label("price", "价格"),
    "queue": Label("length of the queue", "排队长度"),
    "satisfied": Label("satisfaction", "满意度"),
}
COLUMNS = dict(zip(NAMES, (_COMMON + _RNG.normal(size=(200, 4))).T, strict=True))
COLUMNS["satisfied"] = COLUMNS["speed"] + 0.6 * COLUMNS["care"] - 0.9 * COLUMNS["queue"] + _RNG.normal(size=200)
DRIVERS = drivers(COLUMNS, "satisfied", NAMES, labels=LABELS, draws=200, rng=1)
WITHOUT = drivers(COLUMNS, "satisfied", NAMES, draws=0)

_SEEN = {name: np.clip(np.rint(4 + column), 1, 7) for name, column in COLUMNS.items() if name in NAMES}
_SAID = {
    f"i_{name}": np.clip(np.rint(2 + 1.5 * place + _RNG.normal(size=200)), 1, 7) for place, name in enumerate(NAMES)
}
ITEMS = importance_performance(
    _SEEN | _SAID, NAMES, stated="i_{key}", cut="mean", scale=Scale.likert(7), draws=200, rng=1,
    labels={name: LABELS[name] for name in NAMES},
)  # fmt: skip
DERIVED = importance_performance(
    _SEEN,
    NAMES,
    importance="derived",
    outcome=COLUMNS["satisfied"],
    cut=("scale", "mean"),
    scale=Scale.likert(7),
    draws=0,
)
