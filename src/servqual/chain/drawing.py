"""`Drawing`: which units are resampled, how often, and from which seed."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from servqual.chain.units import UnitTable


@frozen(eq=False)
class Drawing:
    """What is resampled, and how.

    Attributes
    ----------
    units
        The rows that the fit was made of.
    cluster
        The column of clusters that move together; None for that of the fit, and else for units.
    draws, rng
        How many resamples, and their seed or generator.
    jackknife
        Whether estimates without each unit in turn are wanted too.
    chunk
        Resamples solved at once; None for a number that suits the memory near the processor.
    progress
        Whether a bar is shown.
    """

    units: UnitTable
    cluster: str | None
    draws: int
    rng: int | np.random.Generator | None
    jackknife: bool = False
    chunk: int | None = None
    progress: bool = False
