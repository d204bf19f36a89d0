"""How arrows of a blueprint run between the boxes, and where words on them are free of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.plots.tracks import Box, Size

Point = tuple[float, float]

# How far arrows may bend, in shares of their length; in inches: what lies between an arrow or its words and a box.
_BENDS = (0.0, 0.15, -0.15, 0.3, -0.3, 0.45, -0.45)
_NEAR = 0.04
_STEPS = np.linspace(0.02, 0.98, 49)
_PLACES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)


@frozen
class Bend:
    """An arrow from start to end that bends to one side, above zero clockwise; y grows downwards."""

    start: Point
    end: Point
    share: float

    @classmethod
    def around(cls, start: Point, end: Point, boxes: Sequence[Box], least: float = 0.0) -> Self:
        """Return the arrow that bends least of those that run behind as few of the boxes as can be."""
        bends = sorted(_BENDS, key=lambda share: abs(share - least))
        made = [cls(start, end, share) for share in dict.fromkeys((least, *bends))]
        return min(made, key=lambda each: sum(each.touches(box) for box in boxes))

    def at(self, share: float | Floats) -> Floats:
        """Return points of the arrow, (2,) or (2, shares)."""
        (x, y), (right, down) = self.start, self.end
        corner = ((x + right) / 2 - self.share * (down - y), (y + down) / 2 + self.share * (right - x))
        t = np.asarray(share, np.float64)
        return np.stack(
            [
                (1 - t) ** 2 * one + 2 * t * (1 - t) * middle + t**2 * other
                for one, middle, other in zip(self.start, corner, self.end, strict=True)
            ]
        )

    def touches(self, box: Box) -> bool:
        """Return whether the arrow runs behind a box."""
        x, y = self.at(_STEPS)
        wide, high = box.width / 2 + _NEAR, box.height / 2 + _NEAR
        return bool(((np.abs(x - box.x) < wide) & (np.abs(y - box.y) < high)).any())

    def free(self, size: Size, boxes: Sequence[Box]) -> Point:
        """Return where words of a size stand on the arrow, off the boxes where that can be; else in its middle."""
        for share in _PLACES:
            x, y = self.at(share).tolist()
            if not any(
                abs(x - box.x) < (size[0] + box.width) / 2 and abs(y - box.y) < (size[1] + box.height) / 2
                for box in boxes
            ):
                return x, y
        x, y = self.at(_PLACES[0]).tolist()
        return x, y
