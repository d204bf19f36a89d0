"""`Wishes`: what is asked of a simulation, as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual.simulate.styles import Styles

PerDimension = float | Mapping[str, float]
PerLevel = float | Mapping[str, float]
Means = Mapping[str, PerDimension]
Groups = Mapping[str, Mapping[Any, PerDimension] | Sequence[Any]]
Seed = int | np.random.SeedSequence | np.random.Generator | None


class Options(TypedDict, total=False):
    """The keywords of `survey`, for functions that hand them on."""

    means: Means | None
    sd: PerLevel | None
    correlation: npt.ArrayLike
    level_correlation: npt.ArrayLike
    item_correlation: float
    groups: Groups | None
    clusters: int | None
    icc: float
    styles: Styles | None
    missing: PerLevel
    importance: bool | Mapping[str, float]
    weight_cv: float
    rng: Seed


@frozen(kw_only=True, eq=False)
class Wishes:
    """The same keywords, all of them, but for `rng`."""

    means: Means | None
    sd: PerLevel | None
    correlation: npt.ArrayLike
    level_correlation: npt.ArrayLike
    item_correlation: float
    groups: Groups | None
    clusters: int | None
    icc: float
    styles: Styles | None
    missing: PerLevel
    importance: bool | Mapping[str, float]
    weight_cv: float
