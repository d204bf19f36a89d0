"""From bytes to numbers: one draw makes a whole respondent, and zero bytes make the lowest answers.

Two bytes stand for one answer. Hypothesis draws a text of bytes several times as fast as as many single numbers, and
shrinks it towards zeros, that is towards the low end of the scale.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from hypothesis import strategies as st

from servqual._arrays import Bools, Floats, Ints
from servqual.instruments import Scale

# One number in eight lies at or above this, and means "no answer" where there may be gaps.
_TOP = 57_344
# A real-valued scale is drawn in parts of this size, so that its ends are among them and no gap is next to nothing.
_PARTS = 128


def chunks(cells: int) -> st.SearchStrategy[bytes]:
    """Return bytes for so many numbers."""
    return st.binary(min_size=2 * cells, max_size=2 * cells)


def drawn(draw: st.DrawFn, shape: tuple[int, int]) -> Ints:
    """Return raw numbers of a fixed shape, (rows, cells)."""
    rows, cells = shape
    return stacked([draw(chunks(cells)) for _ in range(rows)], cells)


def stacked(raw: Iterable[bytes], cells: int) -> Ints:
    """Return the raw numbers that rows of bytes stand for, (rows, cells)."""
    return np.frombuffer(b"".join(raw), ">u2").reshape(-1, cells).astype(np.int64)


def below(raw: Ints, count: int) -> Ints:
    """Return whole numbers 0..count − 1, each as likely as the others, growing with the raw ones."""
    return raw % _TOP * count // _TOP


def absent(raw: Ints) -> Bools:
    """Return which numbers mean "no answer"."""
    return np.asarray(raw >= _TOP)


def ratings(raw: Ints, scale: Scale, *, gaps: bool) -> Floats:
    """Return points of a scale; with gaps, one in eight is NaN."""
    steps = _PARTS if scale.step is None else round(scale.span / scale.step)
    width = scale.span / steps if scale.step is None else scale.step
    values = np.minimum(scale.low + width * below(raw, steps + 1), scale.high)
    return np.where(absent(raw), np.nan, values) if gaps else values


def points(raw: Ints, *, gaps: bool) -> Floats:
    """Return importance: whole points along the last axis that add up to 100 in every row without a gap."""
    shares = below(raw, 101).astype(np.float64)
    shares[..., 0] += shares.sum(axis=-1) == 0
    whole = np.floor(100 * shares / shares.sum(axis=-1, keepdims=True))
    whole[..., 0] += 100 - whole.sum(axis=-1)
    return np.where(absent(raw), np.nan, whole) if gaps else whole
