"""`Causes`: what makes people highly satisfied, and what makes them dissatisfied, told apart."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from attrs import evolve, frozen

from servqual.errors import DriverError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.statistics.outcomes import TestResult
from servqual.tables import Table
from servqual.telling import Told, chosen

_SHOWN = (
    "driver", "lifts", "lifts_low", "lifts_high", "rank_lifts", "spares", "spares_low", "spares_high", "rank_spares",
    "difference", "difference_low", "difference_high", "p", "p_holm", "verdict",
)  # fmt: skip


class CauseVerdict(StrEnum):
    """What a driver is a cause of, in the sense of a regression, by the intervals of both.

    LIFTS
        It goes with high satisfaction, and not with less dissatisfaction.
    SPARES
        It goes with less dissatisfaction, and not with high satisfaction.
    BOTH
        Both.
    NEITHER
        Neither is told from zero.
    AGAINST
        More of it goes with less satisfaction, or with more dissatisfaction.
    """

    LIFTS = "lifts"
    SPARES = "spares"
    BOTH = "both"
    NEITHER = "neither"
    AGAINST = "against"

    @property
    def label(self) -> Label:
        """The verdict in English and Chinese."""
        return _VERDICTS[self]


_VERDICTS = {
    CauseVerdict.LIFTS: Label("makes satisfied", "带来满意"),
    CauseVerdict.SPARES: Label("keeps from dissatisfaction", "防止不满"),
    CauseVerdict.BOTH: Label("does both", "两者兼有"),
    CauseVerdict.NEITHER: Label("neither shown", "均未显示"),
    CauseVerdict.AGAINST: Label("works against satisfaction", "不利于满意"),
}


@frozen(kw_only=True, repr=False)
class Cause:
    """One driver in both analyses; slopes are in logits per unit of the driver, given the others.

    Attributes
    ----------
    driver
        Which.
    lifts, lifts_low, lifts_high, lifts_p
        Slope of the logit of high satisfaction, with interval and p.
    lifts_effect, lifts_effect_low, lifts_effect_high
        Average change of the share of highly satisfied, per unit.
    rank_lifts
        1 for the largest change per standard deviation of the driver.
    spares, spares_low, spares_high, spares_p
        Minus the slope of the logit of dissatisfaction: above zero where more of the driver spares dissatisfaction.
    spares_effect, spares_effect_low, spares_effect_high
        Average fall of the share of dissatisfied, per unit.
    rank_spares
        1 for the largest fall per standard deviation of the driver.
    difference, difference_low, difference_high
        ``lifts − spares``: zero where one scale of satisfaction lies behind both (proportional odds).
    p, p_holm
        Of the difference, as it is and adjusted for all drivers.
    verdict
        What the two intervals say.
    """

    driver: str
    lifts: float
    lifts_low: float
    lifts_high: float
    lifts_p: float
    lifts_effect: float
    lifts_effect_low: float
    lifts_effect_high: float
    rank_lifts: int
    spares: float
    spares_low: float
    spares_high: float
    spares_p: float
    spares_effect: float
    spares_effect_low: float
    spares_effect_high: float
    rank_spares: int
    difference: float
    difference_low: float
    difference_high: float
    p: float
    p_holm: float
    verdict: CauseVerdict

    def __repr__(self) -> str:
        numbers = f"lifts {self.lifts:.3f}, spares {self.spares:.3f}, difference p {self.p:.3g}"
        return f"<Cause {self.driver}: {numbers}; {self.verdict.label}>"


@frozen(eq=False, repr=False, kw_only=True)
class Causes:
    """Causes of high satisfaction and of dissatisfaction, analysed apart.

    Attributes
    ----------
    outcome
        What is explained.
    rows
        One `Cause` each, in the order of the drivers; ``found["wait"]`` picks one.
    views
        "causes" (slopes), and "effects" (changes of shares, with intervals).
    high, low
        Cut points of the outcome: high satisfaction at the first or above, dissatisfaction at the second or below.
    share_high, share_low
        Shares of highly satisfied and of dissatisfied.
    pseudo_r2
        McFadden's, of high satisfaction and of dissatisfaction.
    mirrored
        Test that every driver lifts as much as it spares.
    n, confidence
        Respondents who answered everything; of all intervals.
    """

    outcome: str
    rows: tuple[Cause, ...]
    views: dict[str, Told]
    high: float
    low: float
    share_high: float
    share_low: float
    pseudo_r2: tuple[float, float]
    mirrored: TestResult
    n: float
    confidence: float

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Cause]:
        return iter(self.rows)

    def __getitem__(self, driver: str) -> Cause:
        found = [row for row in self.rows if row.driver == driver]
        if not found:
            known = [row.driver for row in self.rows]
            raise DriverError(Problem("driver", f"no {driver!r}", "it is no driver here", did_you_mean(driver, known)))
        return found[0]

    def __repr__(self) -> str:
        p = float(self.mirrored.p)
        return f"<Causes of {self.outcome}: {len(self)} drivers; the same both ways: p {p:.3g}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    @property
    def told(self) -> Told:
        """The main table, complete."""
        return self.views["causes"]

    def to_table(self, view: str = "causes", language: Language | str | None = None) -> Table:
        """Return slopes of both with intervals and the test of their difference, or the "effects" on shares.

        A language adds the labels of drivers, and says verdicts, title and notes in it.

        Raises
        ------
        ArgumentError
            A view that there is not.
        """
        told = self.views[chosen("view", view, list(self.views))]
        names = _SHOWN if view == "causes" else tuple(told.table.columns)
        table = told.view(names, None, language, named="driver")
        if "verdict" not in table.columns:
            return table
        words = [row.verdict.label.text(language or Language.ENGLISH) for row in self.rows]
        return evolve(table, columns={**table.columns, "verdict": words})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each driver."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        cuts = {"high": self.high, "low": self.low, "share_high": self.share_high, "share_low": self.share_low}
        test = {"statistic": float(self.mirrored.statistic), "df": float(self.mirrored.df), "p": float(self.mirrored.p)}
        mirrored = {name: None if value != value else value for name, value in test.items()}  # noqa: PLR0124 - NaN
        asked = {"outcome": self.outcome, "n": self.n, "confidence": self.confidence, **cuts}
        whole = self.told.whole().to_dict()
        return {
            "reading": "asymmetric_causes",
            **asked,
            "pseudo_r2": list(self.pseudo_r2),
            "mirrored": mirrored,
            **whole,
        }
