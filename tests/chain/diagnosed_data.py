"""Units with planted defects, and how often they are found."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from servqual.chain.check_kinds import CheckFamily, CheckVerdict
from servqual.chain.diagnosed import Diagnostics
from servqual.chain.diagnosing import diagnostics
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable

CHAIN = Chain.parse("service -> satisfaction -> loyalty; service -> loyalty")
PEOPLE = {"service": "employees", "satisfaction": "customers", "loyalty": "tills"}


def across(
    seed: int, units: int = 100, *, bend: float = 0, fan: float = 0, skew: float = 0, wild: float = 0, pull: float = 0
) -> UnitTable:
    """Units in one period; what is planted concerns satisfaction, and the unit of the highest number."""
    rng = np.random.default_rng([7, seed])
    service = rng.normal(4, 1, units)
    service[-1] += pull
    errors = rng.normal(0, 1, units) * np.exp(fan * (service - 4)) + skew * rng.exponential(1, units)
    errors[-1] += wild
    satisfaction = 1 + 0.5 * service + bend * (service - 2) ** 2 + errors
    loyalty = 2 + 0.4 * satisfaction + 0.2 * service + rng.normal(0, 1, units)
    columns = {"service": service, "satisfaction": satisfaction, "loyalty": loyalty}
    names = [f"branch {number:03d}" for number in range(units)]
    return UnitTable.from_arrays(names, columns, respondents=PEOPLE)


def along(
    seed: int,
    units: int = 50,
    periods: int = 8,
    *,
    memory: float = 0,
    level: float = 0.5,
    back: float = 0,
    bend: float = 0,
) -> UnitTable:
    """A panel of units that differ for good; memory of the errors of loyalty, and what follows its past."""
    rng = np.random.default_rng([8, seed])
    shape = (units, periods)
    service, satisfaction, loyalty = (np.zeros(shape) for _ in range(3))
    errors = np.zeros(shape)
    levels = rng.normal(0, level, (3, units))
    for step in range(periods):
        last = loyalty[:, step - 1] if step else np.zeros(units)
        errors[:, step] = memory * errors[:, step - 1] + rng.normal(0, 1, units) if step else rng.normal(0, 1, units)
        service[:, step] = levels[0] + rng.normal(0, 1, units)
        satisfaction[:, step] = 0.5 * service[:, step] + back * last + levels[1] + rng.normal(0, 1, units)
        bent = bend * (satisfaction[:, step] + 2) ** 2
        loyalty[:, step] = 0.4 * satisfaction[:, step] + 0.2 * service[:, step] + bent + levels[2] + errors[:, step]
    columns = {"service": service, "satisfaction": satisfaction, "loyalty": loyalty}
    unit, period = np.repeat(np.arange(units), periods), np.tile(np.arange(periods) + 2015, units)
    names = [f"branch {number:03d}" for number in unit]
    flat = {name: 4 + values.ravel() for name, values in columns.items()}
    return UnitTable.from_arrays(names, flat, period=period, respondents=PEOPLE)


def diagnosed(units: UnitTable, chain: Chain = CHAIN, **options: Any) -> Diagnostics:
    return diagnostics(fit(chain, units, **options), units)


def families(found: Diagnostics) -> set[CheckFamily]:
    """The questions in which something was found, whether or not the fit allows for it."""
    quiet = {CheckVerdict.CLEAR, CheckVerdict.UNTOLD}
    return {each.kind.family for each in found if each.verdict not in quiet}


def counted(samples: list[UnitTable], **options: Any) -> Counter[CheckFamily]:
    """How many samples show something, question by question."""
    return Counter(family for units in samples for family in families(diagnosed(units, **options)))
