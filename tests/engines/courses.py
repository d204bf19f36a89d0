"""Periods of a score whose every value is known: one question, answered on a line from 0 to 100."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual import Instrument, PerformanceOnly, Scale, Summary, Survey, summarize

Array = npt.NDArray[np.float64]
LINE = Instrument.define("line", {"speed": ["wait"]}, scale=Scale.percent())


def survey(values: Sequence[float] | Array, **beside: Any) -> Survey:
    """A survey of these answers."""
    return Survey.from_arrays(LINE, perception=np.asarray(values, np.float64)[:, None], **beside)


def summaries(values: Mapping[Any, Sequence[float] | Array]) -> dict[Any, Summary]:
    """Period → summary of its answers."""
    return {period: summarize(survey(given), PerformanceOnly()) for period, given in values.items()}


def drawn(sizes: Sequence[int], *, seed: int = 0, mean: float = 60.0, sd: float = 8.0) -> dict[str, Array]:
    """Periods of so many answers, all from one normal distribution."""
    rng = np.random.default_rng(seed)
    return {f"w{place:02d}": rng.normal(mean, sd, size).clip(0, 100) for place, size in enumerate(sizes, start=1)}
