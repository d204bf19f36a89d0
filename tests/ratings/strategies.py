"""Scales and answers, drawn at random; about one answer in ten is missing."""

import numpy as np
from hypothesis import strategies as st

from servqual._arrays import Floats
from servqual.instruments import Scale

MISSING = float("nan")


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    low = draw(st.integers(-5, 5))
    points = draw(st.integers(2, 11))
    step = draw(st.sampled_from([0.1, 0.5, 1.0, 2.0, None]))
    return Scale(low, low + (points - 1) * (step or 1.0), step=step)


@st.composite
def answers(draw: st.DrawFn, scale: Scale, shape: tuple[int, ...], *, missing: bool = True) -> Floats:
    """Answers on the scale; on a real-valued one in hundredths of its span, so that no width is next to nothing."""
    size = int(np.prod(shape))
    steps = 100 if scale.step is None else round(scale.span / scale.step)
    drawn = draw(st.lists(st.integers(-1 if missing else 0, steps), min_size=size, max_size=size))
    numbers = np.array(drawn, dtype=float)
    values = np.minimum(scale.low + numbers * (scale.span / steps), scale.high)
    return np.where(numbers < 0, MISSING, values).reshape(shape)


shapes = st.lists(st.integers(1, 4), max_size=2).map(tuple)
