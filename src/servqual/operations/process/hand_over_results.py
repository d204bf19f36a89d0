"""`InternalCustomers`: what each step gets from the one before, and what of that reaches the customer."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from servqual.labels import Language
from servqual.operations.picked_rows import PickedRows
from servqual.operations.process.hand_over_words import HandOverVerdict
from servqual.operations.process.service_process import ServiceProcess
from servqual.statistics import Inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable


@frozen(kw_only=True, repr=False)
class HandOverQuality:
    """One hand-over as the receiving step rates it; a number that does not exist is an `Inapplicable`.

    Attributes
    ----------
    hand_over
        Its key, ``source -> target``.
    visible
        Whether both steps are above the line of visibility.
    n
        Cases.
    received, expected
        Mean ratings by the receiving step, and means of what it expects.
    gap, se, low, high
        Received minus expected, below zero a shortfall, with standard error and interval.
    p, p_holm
        Of the paired t test of no gap, two-sided, and adjusted for the number of hand-overs.
    verdict
        What ``p_holm`` says.
    effect, effect_low, effect_high
        Points of the outcome per point of this hand-over, over all ways through the process.
    arising
        The part of the gap that did not come from earlier hand-overs.
    loss, loss_low, loss_high
        ``effect × arising``: what the outcome loses (below zero) because of what happens here.
    gain
        ``−effect × gap``: what the outcome would rise by if this hand-over, and no other, met what is expected.
    costliest
        Share of the resamples in which most is lost here.
    """

    hand_over: str
    visible: bool
    n: int
    received: float
    expected: float
    gap: float
    se: Number
    low: Number
    high: Number
    p: Number
    p_holm: Number
    verdict: HandOverVerdict
    effect: Number
    effect_low: Number
    effect_high: Number
    arising: Number
    loss: Number
    loss_low: Number
    loss_high: Number
    gain: Number
    costliest: Number

    def __repr__(self) -> str:
        lost = "" if isinstance(self.loss, Inapplicable) else f", {self.loss:.3f} of the outcome"
        return f"<HandOverQuality {self.hand_over}: gap {self.gap:.3f}, {self.verdict.label}{lost}>"


@frozen
class ProcessRoute:
    """One way by which a hand-over reaches the outcome.

    Attributes
    ----------
    hand_overs
        Keys from the first to the last before the customer.
    effect
        Product of the direct effects along it.
    """

    hand_overs: tuple[str, ...]
    effect: float


@frozen(eq=False, repr=False)
class InternalCustomers(PickedRows[HandOverQuality]):
    """Hand-overs of a process as the receiving steps rate them, in the order of the process.

    Attributes
    ----------
    process
        Which process.
    direct
        The direct effects, as a table: from, to (the outcome is called by its column), coefficient, interval.
    paths
        Every way from each hand-over to the outcome; empty without an outcome.
    """

    reading: ClassVar[str] = "internal_customers"
    named: ClassVar[str] = "hand_over"

    process: ServiceProcess = field(kw_only=True)
    direct: Told = field(kw_only=True)
    paths: tuple[ProcessRoute, ...] = field(kw_only=True)

    @property
    def costliest(self) -> HandOverQuality | Inapplicable:
        """The hand-over at which the customer loses most; its `costliest` says how sure that is."""
        lost = [row for row in self.rows if not isinstance(row.loss, Inapplicable)]
        if not lost:
            return Inapplicable("no outcome was given")
        worst = min(lost, key=lambda row: float(row.loss))
        return worst if float(worst.loss) < 0 else Inapplicable("nothing is lost at any hand-over")

    def routes(self, hand_over: str) -> tuple[ProcessRoute, ...]:
        """Return the ways by which a hand-over reaches the outcome, the strongest first; they sum to its effect."""
        found = [each for each in self.paths if each.hand_overs[0] == self[hand_over].hand_over]
        return tuple(sorted(found, key=lambda each: -abs(each.effect)))

    def direct_effects(self, language: Language | str | None = None) -> Table:
        """Return the coefficients of all links between hand-overs, and to the outcome, with intervals."""
        return self.direct.view(tuple(self.direct.table.columns), language=language, named="source")

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {"verdict": [row.verdict.label.text(language) for row in self.rows]}

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with direct effects and the reason of each that is none."""
        paths = [{"hand_overs": list(each.hand_overs), "effect": each.effect} for each in self.paths]
        process = self.process.to_dict()
        more = {"process": process, "direct": self.direct.whole().to_dict(), "paths": paths}
        return {**super().to_dict(), **more}

    def __repr__(self) -> str:
        below = sum(row.verdict is HandOverVerdict.BELOW for row in self.rows)
        worst = self.costliest
        lost = "" if isinstance(worst, Inapplicable) else f"; most is lost at {worst.hand_over}"
        return f"<InternalCustomers of {self.process.label}: {below} of {len(self)} hand-overs fall short{lost}>"
