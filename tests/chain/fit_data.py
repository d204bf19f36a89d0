"""Tables of units for fits: the attitude data, seeded panels, and what an error says."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable
from servqual.errors import FitError
from tests.statistics.attitude import ATTITUDE, ITEMS

MEDIATION = Chain.parse("complaints -> learning -> rating; complaints -> rating")
SATURATED = Chain.parse(
    "complaints -> learning; complaints -> raises; learning -> raises",
    "complaints -> rating; learning -> rating; raises -> rating",
)


def attitude() -> UnitTable:
    """Thirty departments in one period."""
    return UnitTable.from_arrays(range(30), {name: ATTITUDE[:, place] for place, name in enumerate(ITEMS)})


def panel(seed: int = 1, units: int = 24, periods: int = 6) -> UnitTable:
    """Units that differ from each other, over periods that do; x -> m -> y; some numbers are missing."""
    rng = np.random.default_rng(seed)
    unit, period = np.repeat(np.arange(units), periods), np.tile(np.arange(periods), units)
    lasting, season = rng.normal(size=units)[unit], rng.normal(size=periods)[period]
    x = 5 + lasting + season + rng.normal(size=unit.size)
    m = 2 + 0.5 * x + 0.7 * lasting + 0.3 * season + rng.normal(size=unit.size)
    y = 1 + 0.4 * m + 0.2 * x + lasting + rng.normal(size=unit.size)
    x[3], m[11], y[20] = np.nan, np.nan, np.nan
    return UnitTable.from_arrays(
        [f"branch {number:03d}" for number in unit],
        {"x": x, "m": m, "y": y, "size": rng.uniform(1, 9, unit.size), "rent": rng.normal(size=unit.size)},
        period=2015 + period,
        clusters={"region": [f"region {number % 8}" for number in unit]},
        scales={"x": (-10, 20)},
        respondents={"x": "employees", "m": "customers"},
    )


PANEL = Chain.parse("x -> m -> y; x -> y [lag 1]")

OPTIONS: list[dict[str, Any]] = [
    {},
    {"covariance": "nonrobust"},
    {"covariance": "HC3"},
    {"cluster": "region"},
    {"covariance": "HAC"},
    {"covariance": "HAC", "lags": 3},
    {"weights": "size"},
    {"weights": "size", "estimator": "wls", "covariance": "HC1"},
    {"estimator": "robust"},
    {"estimator": "mixed"},
    {"controls": ["rent"]},
    {"controls": {"y": "rent"}},
    {"effects": "period"},
    {"effects": "unit"},
    {"effects": ["unit", "period"], "covariance": "nonrobust"},
    {"effects": ["unit", "period"], "covariance": "HC1", "weights": "size"},
    {"effects": "unit", "covariance": "HAC"},
    {"rows": "per_link"},
]


def refused(call: Callable[[], object]) -> list[str]:
    """What a fit is refused for, problem by problem."""
    with pytest.raises(FitError) as caught:
        call()
    return [str(problem) for problem in caught.value.problems]
