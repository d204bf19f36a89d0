"""`Drivers`: what an outcome goes along with, and how far each driver's share can be told from the others'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from servqual.errors import DriverError, Problem, did_you_mean
from servqual.labels import Language
from servqual.satisfaction.driving.words import DriverVerdict
from servqual.statistics import Inapplicable
from servqual.statistics.importance import ImportanceMethod
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told, chosen

Number = float | Inapplicable

SHOWN = (
    "rank", "driver", "group", "share", "share_low", "share_high", "percent", "rank_low", "rank_high", "first",
    "coefficient", "coefficient_low", "coefficient_high", "beta", "r", "vif", "verdict",
)  # fmt: skip


@frozen(kw_only=True, repr=False)
class Driver:
    """One driver; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    driver, group
        Which, and the group that it came in with, if any.
    rank, rank_low, rank_high
        1 for the largest share, and the interval of the rank over resamples.
    first, among_three
        Share of the resamples in which it is the first, and among the first three.
    share, share_low, share_high
        Its part of the variance of the outcome, with the interval.
    percent, percent_low, percent_high
        Its part of what all drivers explain, 0 to 1.
    coefficient, coefficient_low, coefficient_high
        Units of the outcome per unit of the driver, given the other drivers and the controls.
    beta
        The same in standard deviations.
    r
        Correlation with the outcome by itself.
    vif
        Variance inflation: 1 where it is unrelated to other drivers.
    verdict
        What the interval of the coefficient says.
    """

    driver: str
    group: str | None
    rank: int
    rank_low: Number
    rank_high: Number
    first: Number
    among_three: Number
    share: float
    share_low: Number
    share_high: Number
    percent: Number
    percent_low: Number
    percent_high: Number
    coefficient: float
    coefficient_low: Number
    coefficient_high: Number
    beta: float
    r: float
    vif: float
    verdict: DriverVerdict

    def __repr__(self) -> str:
        ends = ""
        if not isinstance(self.share_low, Inapplicable):
            ends = f" ({float(self.share_low):.3f} to {float(self.share_high):.3f})"
        best = "" if isinstance(self.first, Inapplicable) else f", first in {self.first:.0%} of resamples"
        return f"<Driver {self.driver}: {self.share:.3f}{ends}, rank {self.rank}{best}; {self.verdict.label}>"


@frozen(eq=False, repr=False, kw_only=True)
class Drivers:
    """Drivers of an outcome, the largest share first.

    Attributes
    ----------
    outcome
        What is explained.
    rows
        One `Driver` each, in order of rank; ``found["speed"]`` picks one.
    views
        What tables show, by name, complete and in both languages: "drivers", "methods" (all ways to divide R², side by
        side), "ranks" (probability of each rank), "pairs" (how often one driver is ahead of another, and the interval
        of the difference), "groups" (shares of groups) and "dominance" (what holds in all models), where they exist.
    method
        How R² is divided.
    r2, r2_low, r2_high, adjusted_r2
        What the drivers explain together, beyond controls.
    n, draws, failures, confidence
        Respondents who answered everything; resamples, and those of them without a solution; of all intervals.
    """

    outcome: str
    rows: tuple[Driver, ...]
    views: Mapping[str, Told]
    method: ImportanceMethod
    r2: float
    r2_low: Number
    r2_high: Number
    adjusted_r2: Number
    n: float
    draws: int
    failures: int
    confidence: float

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Driver]:
        return iter(self.rows)

    def __getitem__(self, driver: str) -> Driver:
        found = [row for row in self.rows if row.driver == driver]
        if not found:
            known = [row.driver for row in self.rows]
            rule = f"it is no driver of {self.outcome} here"
            raise DriverError(Problem("driver", f"no {driver!r}", rule, did_you_mean(driver, known)))
        return found[0]

    def __repr__(self) -> str:
        first = self.rows[0]
        return f"<Drivers of {self.outcome} by {self.method}: {len(self)}, R² {self.r2:.3f}; first {first.driver}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    @property
    def told(self) -> Told:
        """The main table, complete."""
        return self.views["drivers"]

    def to_table(self, view: str = "drivers", language: Language | str | None = None) -> Table:
        """Return a table of what was found.

        Parameters
        ----------
        view
            One of `views`.
        language
            Adds the labels of drivers, and says verdicts, title and notes in it.

        Raises
        ------
        ArgumentError
            A view that there is not.
        """
        told = self.views[chosen("view", view, list(self.views))]
        if view != "drivers":
            return told.view(tuple(told.table.columns), None, language, named=next(iter(told.table.columns)))
        held = [name for name in SHOWN if any(cell is not None for cell in told.table[name])]
        table = told.view(held, None, language, named="driver")
        words = [row.verdict.label.text(language or Language.ENGLISH) for row in self.rows]
        return evolve(table, columns={**table.columns, "verdict": words})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each driver."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {"outcome": self.outcome, "method": str(self.method), "confidence": self.confidence}
        sizes = {"n": self.n, "draws": self.draws, "failures": self.failures}
        ends = {name: _plain(getattr(self, name)) for name in ("r2", "r2_low", "r2_high", "adjusted_r2")}
        reasons = [{"driver": row.driver, **inapplicable(row)} for row in self.rows]
        others = {name: told.whole().to_dict() for name, told in self.views.items() if name != "drivers"}
        main = self.told.whole().to_dict()
        return {"reading": "drivers", **asked, **sizes, **ends, **main, "views": others, "inapplicable": reasons}


def _plain(value: Number) -> float | None:
    return None if isinstance(value, Inapplicable) else value
