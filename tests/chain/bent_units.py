"""Units whose first link is straight, or bent at 3."""

import numpy as np

from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable

CHAIN = Chain.parse("a -> b -> c; a -> c", labels={"a": "Mood"})
SLOPES = {"bent": (0.9, 0.2), "straight": (0.5, 0.5), "gains": (0.1, 0.8)}


def branches(shape: str = "bent", n: int = 200, noise: float = 0.3) -> UnitTable:
    rng = np.random.default_rng(7)
    below, above = SLOPES[shape]
    a = rng.uniform(1, 5, n)
    b = 4 + below * np.minimum(a - 3, 0) + above * np.maximum(a - 3, 0) + rng.normal(0, noise, n)
    c = 1 + 0.5 * b + 0.3 * a + rng.normal(0, 0.4, n)
    return UnitTable.from_arrays(range(n), {"a": a, "b": b, "c": c})
