"""`loyalty_movement`: the same customers in two waves, from one loyalty type to another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import LoyaltyError, Problem
from servqual.labels import Label, Language
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.loyalty.cuts import Cuts, Scales, Thresholds, both_scales, thresholds_of, types_of
from servqual.satisfaction.loyalty.words import FOUR, MOVED_TITLE, threshold_note
from servqual.satisfaction.reported.intake import Asked, Gathered, gathered, refuse
from servqual.statistics import Inapplicable, WeightKind, wilson_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.outcomes import TestResult
from servqual.statistics.square_tables import bowker_test, stuart_maxwell_test
from servqual.tables import Table
from servqual.telling import Told, cells


@frozen(eq=False, getstate_setstate=False, repr=False)
class LoyaltyMovement(Holder):
    """Who went where between two waves.

    Attributes
    ----------
    counts
        Type before along the rows, after along the columns, in the order loyalist, mercenary, hostage, defector.
    symmetry, margins
        Bowker's test that as many went one way as the other, Stuart and Maxwell's that types are as large as before;
        or why there is none.
    thresholds, confidence, missing
        Where high begins, in both waves; of the intervals; customers without all four answers.
    told
        A row for each pair of types, with title and notes.
    """

    counts: Floats = field(converter=floats)
    symmetry: TestResult | Inapplicable
    margins: TestResult | Inapplicable
    thresholds: Thresholds
    confidence: float
    missing: float
    told: Told

    def __repr__(self) -> str:
        n, stayed = self.counts.sum(), np.trace(self.counts)
        p = float("nan") if isinstance(self.margins, Inapplicable) else float(self.margins.p)
        return f"<LoyaltyMovement of {n:g} customers: {stayed / n:.1%} stayed; margins p {p:.3g}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return the share of each type before that went to each after, with Wilson's intervals."""
        return self.told.view(list(self.told.table.columns), language=language, named="before")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each pair of types."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        tests = {"symmetry": _test(self.symmetry), "margins": _test(self.margins)}
        more = {"confidence": self.confidence, "missing": self.missing, "counts": self.counts.tolist()}
        return {"reading": "loyalty_movement", **more, **tests, **self.told.whole().to_dict()}


def loyalty_movement(
    source: Any,
    satisfaction: Sequence[str] = ("satisfaction_before", "satisfaction_after"),
    loyalty: Sequence[str] = ("loyalty_before", "loyalty_after"),
    *,
    thresholds: Cuts,
    scale: Scales = None,
    extremes: Mapping[str, Sequence[float]] | None = None,
    weights: Any = None,
    missing: Collection[float] = (),
    confidence: float = 0.95,
) -> LoyaltyMovement:
    """Movement of the same customers between loyalty types in two waves, with tests of symmetry and of the margins.

    Parameters
    ----------
    source
        One row for each customer with the answers of both waves: a mapping, a frame or a survey.
    satisfaction, loyalty
        The columns before and after.
    thresholds, scale, extremes, missing, confidence
        As of `loyalty_types`. A rule takes the first wave, and the thresholds stay for the second.
    weights
        Frequencies, where a row stands for several customers. The tests are of counts: other weights are refused.

    Raises
    ------
    LoyaltyError
        As `loyalty_types`; sampling weights or clusters in a survey; nobody with all four answers.

    References
    ----------
    Bowker 1948, Journal of the American Statistical Association 43(244):572-574; Stuart 1955, Biometrika
    42(3-4):412-416; Maxwell 1970, British Journal of Psychiatry 116(535):651-655.

    Examples
    --------
    >>> from servqual.instruments import Scale
    >>> waves = {"s1": [9, 9, 2, 9], "s2": [9, 2, 2, 9], "l1": [9, 9, 9, 3], "l2": [9, 1, 1, 9]}
    >>> loyalty_movement(waves, ("s1", "s2"), ("l1", "l2"), thresholds=(8, 8), scale=Scale(1, 10))
    <LoyaltyMovement of 4 customers: 25.0% stayed; margins p 0.392>
    """
    problems: Problems = []
    attempt(problems, check_confidence, confidence)
    names = [satisfaction[0], loyalty[0], satisfaction[-1], loyalty[-1]]
    if len(satisfaction) != 2 or len(loyalty) != 2 or len(set(names)) < 4:
        rule = "satisfaction and loyalty have a column before and one after, four in all"
        raise LoyaltyError(Problem("columns", ", ".join((*satisfaction, *loyalty)), rule))
    found = gathered(source, names, Asked(None, weights, WeightKind.FREQUENCY, None, missing), problems)
    cuts = None if found is None else _cuts(found, thresholds, scale, extremes, problems)
    refuse(problems)
    if found is None or cuts is None:
        raise LoyaltyError(*problems)
    codes = [types_of(found.values[:, place : place + 2], cuts) for place in (0, 2)]
    whole = (codes[0] >= 0) & (codes[1] >= 0)
    if not whole.any():
        raise LoyaltyError(Problem("answers", "nobody gave all four", "somebody was asked in both waves"))
    heavy = None if found.people.weights is None else found.people.weights[whole]
    pairs = np.bincount(codes[0][whole] * 4 + codes[1][whole], heavy, 16)
    counts = np.asarray(pairs.reshape(4, 4), np.float64)
    return LoyaltyMovement(
        counts, bowker_test(counts).at(), stuart_maxwell_test(counts).at(), cuts, confidence, found.absent(~whole),
        _told(counts, cuts, confidence, found.backend),
    )  # fmt: skip


def _cuts(found: Gathered, thresholds: Cuts, scale: Scales, extremes: Any, problems: Problems) -> Thresholds | None:
    if found.people.clusters is not None or found.people.kind is WeightKind.SAMPLING:
        rule = "the tests are of customers that count alike and are independent"
        problems.append(Problem("survey", "sampling weights or clusters", rule, "read the survey without them"))
    first, second = (evolve(found, values=found.values[:, place : place + 2]) for place in (0, 2))
    scales = both_scales(scale, first, problems)
    if scales is None:
        return None
    both_scales({"satisfaction": scales[0], "loyalty": scales[1]}, second, problems)
    return thresholds_of(thresholds, extremes, scales, first, problems)


def _told(counts: Floats, cuts: Thresholds, confidence: float, backend: str) -> Told:
    total = np.repeat(counts.sum(axis=1), 4)
    low, high = wilson_interval(counts.ravel(), total, confidence)
    with np.errstate(invalid="ignore"):
        share = counts.ravel() / total
    columns: dict[str, Any] = {"before": np.repeat(FOUR, 4).tolist(), "after": list(FOUR) * 4}
    columns |= {"n": cells(counts.ravel(), whole=True), "share": cells(share), "low": cells(low), "high": cells(high)}
    notes = [
        threshold_note(cuts.satisfaction, cuts.loyalty, cuts.rule),
        Label(f"shares of the type before, with Wilson's {confidence:.0%} intervals",
              f"占前一波该类型的比例及 {confidence:.0%} Wilson 区间"),
    ]  # fmt: skip
    return Told(Table(columns, backend=backend), [kind.label for kind in FOUR for _ in FOUR], MOVED_TITLE, notes)


def _test(found: TestResult | Inapplicable) -> dict[str, Any]:
    if isinstance(found, Inapplicable):
        return {"inapplicable": found.reason}
    return {"method": found.method, "statistic": float(found.statistic), "df": float(found.df), "p": float(found.p)}
