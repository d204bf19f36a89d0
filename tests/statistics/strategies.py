"""Answers, weights and divisions into parts, drawn by Hypothesis."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from servqual._arrays import Floats
from servqual.statistics import WeightKind

MISSING = -128
KINDS = (None, WeightKind.SAMPLING, WeightKind.FREQUENCY)


class Block(NamedTuple):
    """Codes of items by rows, 1 to 7 or missing, with a weight and a cluster for each row."""

    codes: npt.NDArray[np.int8]
    weights: Floats | None
    kind: WeightKind | None
    clusters: npt.NDArray[np.int64]

    @property
    def columns(self) -> Floats:
        """The answers, shape (m, rows), in which NaN is missing."""
        return np.where(self.codes == MISSING, np.nan, self.codes.astype(np.float64))

    def part(self, rows: npt.NDArray[np.intp]) -> "Block":
        weights = None if self.weights is None else self.weights[rows]
        return Block(self.codes[:, rows], weights, self.kind, self.clusters[rows])


@st.composite
def blocks(draw: st.DrawFn, kinds: tuple[WeightKind | None, ...] = KINDS, most: int = 12) -> Block:
    m, rows = draw(st.integers(1, 4)), draw(st.integers(0, most))
    codes = draw(hnp.arrays(np.int8, (m, rows), elements=st.sampled_from([MISSING, 1, 2, 3, 4, 5, 6, 7])))
    kind = draw(st.sampled_from(kinds))
    whole = draw(hnp.arrays(np.int64, rows, elements=st.integers(0, 5)))
    # quarters keep every sum exact, so that merging can be asked to be exact
    scale = 0.25 if kind is WeightKind.SAMPLING else 1.0
    clusters = draw(hnp.arrays(np.int64, rows, elements=st.integers(0, 3)))
    return Block(codes, None if kind is None else whole * scale, kind, clusters)


@st.composite
def divided(draw: st.DrawFn) -> tuple[Block, list[Block]]:
    """A block, and the parts, some perhaps empty and in any order, that make it up."""
    whole = draw(blocks())
    rows = whole.codes.shape[1]
    owner = draw(hnp.arrays(np.int64, rows, elements=st.integers(0, 3)))
    order = draw(st.permutations(range(4)))
    return whole, [whole.part(np.flatnonzero(owner == each)) for each in order]
