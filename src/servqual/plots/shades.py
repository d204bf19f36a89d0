"""Colours of the points of a scale: two hues that the colour-blind tell apart, paler towards the middle."""

from __future__ import annotations

import numpy as np

from servqual._arrays import Floats

_LOW = ((166, 76, 0), (253, 217, 168))
_HIGH = ((8, 81, 156), (198, 219, 239))
_NEUTRAL = "#DEDEDE"


def shades(count: int) -> list[str]:
    """Return a colour for each point from low to high; the middle of an odd number is grey."""
    side = count // 2
    low, high = _between(*_LOW, side), _between(*_HIGH, side)[::-1]
    return [*low, *([_NEUTRAL] if count % 2 else []), *high]


def _between(end: tuple[int, int, int], pale: tuple[int, int, int], count: int) -> list[str]:
    steps: Floats = np.linspace(0.0, 1.0, count) if count > 1 else np.array([0.35])
    mixed = np.outer(1 - steps, end) + np.outer(steps, pale)
    return ["#" + "".join(f"{round(part):02X}" for part in colour) for colour in mixed.tolist()]
