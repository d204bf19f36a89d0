"""`loyalty_types`: loyalists, mercenaries, hostages and defectors, by satisfaction and loyalty."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from servqual._arrays import Bools, Ints
from servqual.errors import LoyaltyError
from servqual.labels import Label
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.loyalty.cuts import (
    Cuts,
    Scales,
    Thresholds,
    both_scales,
    extremes_of,
    thresholds_of,
    types_of,
)
from servqual.satisfaction.loyalty.group_tests import difference_note, difference_of
from servqual.satisfaction.loyalty.results import LoyaltyShare, LoyaltyTypes
from servqual.satisfaction.loyalty.words import FOUR, TITLE, LoyaltyType, threshold_note
from servqual.satisfaction.reported.intake import Asked, Gathered, gathered, refuse
from servqual.satisfaction.reported.results import Number
from servqual.satisfaction.reported.words import weight_notes
from servqual.statistics import Inapplicable, WeightKind, wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.net_scores import goodman_interval
from servqual.statistics.point_tallies import PointTally, effective_size
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_NOBODY = "nobody gave both answers"
_NONE = "nobody is of this type"
_PART = "extremes are parts of other types"
# pairs of answers up to which a picture tells them apart: two scales of 21 points
_MOST = 441


def loyalty_types(
    source: Any,
    satisfaction: str = "satisfaction",
    loyalty: str = "loyalty",
    *,
    thresholds: Cuts,
    scale: Scales = None,
    extremes: Mapping[str, Sequence[float]] | None = None,
    by: Any = None,
    weights: Any = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: Any = None,
    missing: Collection[float] = (),
    confidence: float = 0.95,
) -> LoyaltyTypes:
    """Loyalty types by satisfaction and loyalty: loyalist, mercenary, hostage, defector, and the extremes.

    Both high is a loyalist, satisfied only a mercenary, loyal only a hostage, neither a defector; an answer at the
    threshold is high. Apostles are the extremes of loyalists, terrorists those of defectors. The source prints no
    thresholds: they are named here, or come from the data by a rule that is named.

    Parameters
    ----------
    source
        A `Survey`, a mapping name → values, or a frame.
    satisfaction, loyalty
        Which columns, items or dimensions.
    thresholds
        ``{"satisfaction": 8, "loyalty": 8}``, a pair in this order, or a rule: "median", "mean" (over all who gave both
        answers, weighted) or "middle" (of the scale).
    scale
        Of both, or one for each by name; a survey knows its own. Answers may lie between its points, as means do.
    extremes
        ``{"apostle": (9, 9), "terrorist": (2, 2)}``: at or above, at or below both, satisfaction first; the top and the
        bottom of the scale by default.
    by, weights, weight_kind, cluster, missing, confidence
        As of `nps`. Thresholds are those of everybody.

    Returns
    -------
    LoyaltyTypes
        With Wilson's interval of each share, and Goodman's for all four together, on the effective number of customers;
        with groups also Pearson's test that their shares are the same.

    Raises
    ------
    LoyaltyError
        All at once: thresholds outside the scale, extremes on the wrong side of them, answers off the scale, columns
        that are not there.

    References
    ----------
    Jones & Sasser 1995, Harvard Business Review 73(6):88-99; Goodman 1965, Technometrics 7(2):247-254; Pearson 1900,
    Philosophical Magazine 50(302):157-175.

    Examples
    --------
    >>> from servqual.instruments import Scale
    >>> answers = {"satisfaction": [9, 10, 9, 3, 2, 1], "loyalty": [9, 10, 4, 8, 3, 1]}
    >>> loyalty_types(answers, thresholds=(8, 8), scale=Scale(1, 10))
    <LoyaltyTypes: loyalist 33.3%, mercenary 16.7%, hostage 16.7%, defector 33.3%; n 6>
    """
    problems: Problems = []
    attempt(problems, check_confidence, confidence)
    asked = Asked(by, weights, weight_kind, cluster, missing)
    found = gathered(source, [satisfaction, loyalty], asked, problems)
    scales = None if found is None else both_scales(scale, found, problems)
    cuts = None if scales is None or found is None else thresholds_of(thresholds, extremes, scales, found, problems)
    refuse(problems)
    if found is None or cuts is None:
        raise LoyaltyError(*problems)
    codes = types_of(found.values, cuts)
    rows = tuple(row for group, each in found.groups for row in _group(group, found, codes, cuts, each, confidence))
    notes = [threshold_note(cuts.satisfaction, cuts.loyalty, cuts.rule), _extremes(cuts), _intervals(confidence)]
    notes += weight_notes(found.people.kind, clustered=found.people.clusters is not None)
    test = difference_of(found, codes)
    told_test = difference_note(test)
    notes += [] if told_test is None else [told_test]
    table = Table(columns_of(rows, LoyaltyShare, ("n",)), backend=found.backend)
    told = Told(table, [row.type.label for row in rows], TITLE, notes)
    return LoyaltyTypes(rows, told, _points(found, codes), cuts, confidence, found.absent(codes < 0), test)


def _group(  # noqa: PLR0917 - private, and called once
    group: str, found: Gathered, codes: Ints, cuts: Thresholds, rows: Bools, confidence: float
) -> list[LoyaltyShare]:
    made = [
        _share(group, kind, found, rows & (codes >= 0), codes == place, confidence) for place, kind in enumerate(FOUR)
    ]
    for kind, members in zip(
        (LoyaltyType.APOSTLE, LoyaltyType.TERRORIST), extremes_of(found.values, cuts), strict=True
    ):
        made.append(_share(group, kind, found, rows & (codes >= 0), members, confidence))
    return made


def _share(  # noqa: PLR0917 - one type of one group, and what is known of both
    group: str,
    kind: LoyaltyType,
    found: Gathered,
    rows: Bools,
    members: Bools,
    confidence: float,
) -> LoyaltyShare:
    tally: PointTally = found.tally((members & rows).astype(np.int64), 2, rows)
    if not tally.size:
        blank: dict[str, Any] = dict.fromkeys(
            ("share", "low", "high", "joint_low", "joint_high", "satisfaction", "loyalty"), Inapplicable(_NOBODY)
        )
        return LoyaltyShare(group=group, type=kind, n=0.0, **blank)
    share = float(tally.shares[1])
    size = effective_size(tally, np.array([0.0, 1.0]))
    low, high = wilson_interval(min(share, 1.0) * size, size, confidence)
    ends: tuple[Number, Number] = (Inapplicable(_PART), Inapplicable(_PART))
    if kind in FOUR:
        ends = _together(share, size, confidence)
    means = _means(found, members & rows)
    return LoyaltyShare(
        group=group, type=kind, n=float(tally.n[1]), share=share, low=low, high=high, joint_low=ends[0],
        joint_high=ends[1], satisfaction=means[0], loyalty=means[1],
    )  # fmt: skip


def _together(share: float, size: float, confidence: float) -> tuple[float, float]:
    """Return Goodman's interval of one share of the four, on the effective number of customers of its own."""
    low, high = goodman_interval([min(share, 1.0), *[max(1 - share, 0.0) / 3] * 3], size, confidence)
    return float(low[0]), float(high[0])


def _means(found: Gathered, rows: Bools) -> tuple[float | Inapplicable, float | Inapplicable]:
    if not rows.any():
        return Inapplicable(_NONE), Inapplicable(_NONE)
    weights = np.ones(int(rows.sum())) if found.people.weights is None else found.people.weights[rows]
    first, second = (weights @ found.values[rows, :2] / weights.sum()).tolist()
    return first, second


def _points(found: Gathered, codes: Ints) -> Table | None:
    """Return how many gave each pair of answers, where there are few enough of them."""
    whole = codes >= 0
    # as complex numbers pairs are sorted at once, by satisfaction and then by loyalty
    pairs, places = np.unique(found.values[whole, 0] + 1j * found.values[whole, 1], return_inverse=True)
    if not len(pairs) or len(pairs) > _MOST:
        return None
    ones, given = np.ones(int(whole.sum())), found.people.weights
    heavy = ones if given is None else given[whole]
    counted = heavy if found.people.kind is WeightKind.FREQUENCY else ones
    n, weight = (np.bincount(places.reshape(-1), each, len(pairs)) for each in (counted, heavy))
    first, second = pairs.real.tolist(), pairs.imag.tolist()
    return Table({"satisfaction": first, "loyalty": second, "n": n.tolist(), "share": (weight / weight.sum()).tolist()})


def _extremes(cuts: Thresholds) -> Label:
    (a, b), (c, d) = cuts.apostle, cuts.terrorist
    return Label(
        f"apostles: satisfaction ≥ {a:g} and loyalty ≥ {b:g}, among the loyalists; "
        f"terrorists: satisfaction ≤ {c:g} and loyalty ≤ {d:g}, among the defectors",
        f"传道者：满意 ≥ {a:g} 且忠诚 ≥ {b:g}，属忠诚型；破坏者：满意 ≤ {c:g} 且忠诚 ≤ {d:g}，属流失型",
    )


def _intervals(confidence: float) -> Label:
    return Label(
        f"{confidence:.0%} intervals: low and high by Wilson, each alone; joint by Goodman, all four together",
        f"{confidence:.0%} 区间：low 与 high 为 Wilson 区间（各自成立）；joint 为 Goodman 区间（四类同时成立）",
    )
