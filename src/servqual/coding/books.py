"""`CodeBook`: what the codes of answers on one scale mean."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual.instruments import Scale


@frozen
class CodeBook:
    """How answers on one scale are stored: answer = code + offset, and a code of its own for what is missing.

    Whole-number scales are kept as int8 where their codes fit, as int16 where those do, all others as float64 with NaN.
    """

    scale: Scale
    offset: int
    dtype: np.dtype[np.generic]

    @classmethod
    def of(cls, scale: Scale) -> CodeBook:
        """Return the narrowest code book for a scale."""
        offset = int(min(scale.low, 0)) if scale.is_whole else 0
        if scale.is_whole:
            for dtype in (np.int8, np.int16):
                if scale.high - offset <= np.iinfo(dtype).max:
                    return cls(scale, offset, np.dtype(dtype))
        return cls(scale, 0, np.dtype(np.float64))

    @property
    def is_integer(self) -> bool:
        """Whether codes are integers, so that sums of them are exact."""
        return self.dtype.kind == "i"

    @property
    def missing(self) -> float | int:
        """The code of a missing answer."""
        return int(np.iinfo(self.dtype).min) if self.is_integer else float("nan")  # type: ignore[type-var]

    @property
    def low(self) -> int:
        """The code of the lowest answer."""
        return round(self.scale.low - self.offset)

    @property
    def high(self) -> int:
        """The code of the highest answer."""
        return round(self.scale.high - self.offset)
