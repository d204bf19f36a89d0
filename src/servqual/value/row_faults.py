"""What is wrong with some rows of a column, told once with the first of them."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Bools, Floats
from servqual.errors import Problem

_SHOWN = 3


def rows_against(place: str, values: Floats, wrong: Bools, rule: str, remedy: str = "") -> list[Problem]:
    """Return a problem that names the first rows and how many there are; none where no row is wrong."""
    rows = np.flatnonzero(wrong)
    if not rows.size:
        return []
    first = ", ".join(f"{values[row]:g} in row {row}" for row in rows[:_SHOWN])
    return [Problem(place, first if rows.size <= _SHOWN else f"{first}, … ({rows.size} in all)", rule, remedy)]
