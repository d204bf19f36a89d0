"""Whether segments see a feature alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual.satisfaction.delight.asked_pairs import KanoAsk
from servqual.satisfaction.delight.rows import Number, SegmentDifference
from servqual.satisfaction.delight.sums import PairSums
from servqual.statistics import Inapplicable, WeightKind, adjusted
from servqual.statistics.contingency import homogeneity_test, is_rough, simulated_homogeneity
from servqual.statistics.reasoned import Case, Reasoned

NO_SIMULATION = "no tables were drawn, which needs a seed"
SAMPLED = "it has no form for sampling weights"


def differences(features: Sequence[str], sums: PairSums, ask: KanoAsk) -> tuple[SegmentDifference, ...]:
    """Return Pearson's test of each feature between the segments, p adjusted over the features.

    Counts are those of respondents, with sampling weights their shares times Kish's effective number. With a seed, p is
    simulated as well, and it is that one which is adjusted.
    """
    counts = (np.nan_to_num(sums.shares[1:]) * sums.worth[1:, :, None]).swapaxes(0, 1)
    test = homogeneity_test(counts)
    cases = [(np.asarray(test.reason == why), why) for why in np.unique(test.reason).tolist() if why]
    simulated = _simulated(sums, ask, cases)
    known = test.p if np.isnan(simulated.values).all() else simulated.values
    numbers = {
        "chi_squared": test.statistic, "df": test.df, "p": test.p, "p_adjusted": adjusted(known, ask.adjust),
        "cramers_v": test.cramers_v, "least_expected": test.least_expected, "small_cells": test.small_cells,
    }  # fmt: skip
    columns = {name: Reasoned.of(each, *cases) for name, each in numbers.items()} | {"p_simulated": simulated}
    present = (counts.sum(axis=-1) > 0).sum(axis=-1)
    return tuple(
        _difference(feature, int(present[place]), {name: each.at(place) for name, each in columns.items()}, ask.level)
        for place, feature in enumerate(features)
    )


def _difference(feature: str, segments: int, cells: dict[str, Number], level: float) -> SegmentDifference:
    rough = differs = None
    if not isinstance(cells["p"], Inapplicable):
        rough = is_rough(float(cells["least_expected"]), float(cells["small_cells"]))
        differs = float(cells["p_adjusted"]) <= level
    return SegmentDifference(feature=feature, segments=segments, **cells, rough=rough, differs=differs)


def _simulated(sums: PairSums, ask: KanoAsk, cases: Sequence[Case]) -> Reasoned:
    if ask.seed is None or sums.kind is WeightKind.SAMPLING:
        return Reasoned.none(NO_SIMULATION if ask.seed is None else SAMPLED, sums.missing.shape[1])
    tables = sums.n[1:].swapaxes(0, 1)
    found = [simulated_homogeneity(table, draws=ask.draws, rng=ask.seed) for table in tables]
    return Reasoned.of(np.array(found), *cases)
