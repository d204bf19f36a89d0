"""`Projection`: what a scenario brings to every construct down the chain."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from attrs import evolve, frozen

from servqual.chain.scenario import Scenario, signed
from servqual.errors import Problem, ScenarioError, did_you_mean
from servqual.errors.problems import unknown_word
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable


class Movement(StrEnum):
    """What is said of a construct in a scenario.

    GIVEN
        It is changed by the scenario, and nothing in the chain leads there from what is changed.
    UP, DOWN
        It follows, and the interval of its change lies above or below zero.
    OPEN
        The interval covers zero: whether it follows at all is not told.
    UNTOLD
        There is no interval.
    """

    GIVEN = "given"
    UP = "up"
    DOWN = "down"
    OPEN = "open"
    UNTOLD = "untold"

    @property
    def label(self) -> Label:
        """The word in English and Chinese."""
        return _MOVEMENTS[self]


_MOVEMENTS = {
    Movement.GIVEN: Label("as the scenario says", "按情景设定"),
    Movement.UP: Label("rises", "上升"),
    Movement.DOWN: Label("falls", "下降"),
    Movement.OPEN: Label("no change shown", "未显示变化"),
    Movement.UNTOLD: Label("not told", "无法判断"),
}


@frozen(kw_only=True, repr=False)
class Projected:
    """One construct in one period of a scenario; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    construct, period
        Which, and how many periods after the change began.
    start
        Mean over the rows of the fit, before the change.
    change, se, low, high
        What is added to it, with standard error and interval, in its own units.
    in_sds
        The change in standard deviations of the construct between the rows of the fit.
    after, after_low, after_high
        ``start + change``, with the ends of the interval.
    off_scale
        Whether ``after`` lies outside of the construct's scale; False where no scale is known.
    movement
        What the interval says.
    """

    construct: str
    period: int
    start: float
    change: float
    se: Number
    low: Number
    high: Number
    in_sds: Number
    after: float
    after_low: Number
    after_high: Number
    off_scale: bool
    movement: Movement

    def __repr__(self) -> str:
        ends = "no interval"
        if not isinstance(self.low, Inapplicable):
            ends = f"{signed(self.low, '.3f')} to {signed(float(self.high), '.3f')}"
        words = f"{self.start:.3f} {signed(self.change, '.3f')} ({ends})"
        return f"<Projected {self.construct}, period {self.period}: {words}; {self.movement.label}>"


@frozen(eq=False, repr=False, kw_only=True)
class Projection:
    """What a scenario brings to every construct that it changes or that follows, period by period.

    Attributes
    ----------
    scenario
        What was changed.
    rows
        One `Projected` for each construct and period, constructs in causal order; ``projection["profit"]`` picks one in
        the last period.
    told
        The same as columns, with title and notes in English and Chinese.
    method
        "delta", "Monte Carlo".
    draws
        Draws of the coefficients; 0 for the delta method.
    confidence, horizon
        Of the intervals; the last period.
    """

    scenario: Scenario
    rows: tuple[Projected, ...]
    told: Told
    method: str
    draws: int
    confidence: float
    horizon: int

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Projected]:
        return iter(self.rows)

    def __getitem__(self, construct: str) -> Projected:
        return self.at(construct)

    def at(self, construct: str, period: int | None = None) -> Projected:
        """Return one construct in one period, the last one by default.

        Raises
        ------
        ScenarioError
            A construct that the scenario does not reach, a period beyond the horizon.
        """
        wanted = self.horizon if period is None else period
        known = tuple(dict.fromkeys(row.construct for row in self.rows))
        problems = []
        if construct not in known:
            rule = "the scenario neither changes it nor reaches it"
            problems.append(Problem("construct", f"no {construct!r}", rule, did_you_mean(construct, known)))
        if wanted not in range(self.horizon + 1):
            problems.append(Problem("period", repr(period), f"periods are 0 to {self.horizon}"))
        if problems:
            raise ScenarioError(*problems)
        return next(row for row in self.rows if row.construct == construct and row.period == wanted)

    def __repr__(self) -> str:
        last = self.rows[-1:]
        ends = f"; {last[0].construct} {signed(last[0].change, '.3f')}" if last else ""
        when = f" after {self.horizon} period{'s' * (self.horizon != 1)}" if self.horizon else ""
        return f"<Projection of {self.scenario}{ends}{when}, by {self.method}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, language: Language | str | None = None, *, periods: str = "last") -> Table:
        """Return start, change with interval and level after of every construct.

        Parameters
        ----------
        language
            Adds the names of constructs, and says movements and notes in it.
        periods
            "last" or "all".

        Raises
        ------
        ScenarioError
            If it is neither.
        """
        if periods not in {"last", "all"}:
            raise ScenarioError(unknown_word("periods", periods, ("last", "all"), "it is last or all"))
        several = ("period",) if self.horizon else ()
        names = ("construct", *several, "start", "change", "low", "high", "in_sds", "after", "movement")
        shown = [place for place, row in enumerate(self.rows) if periods == "all" or row.period == self.horizon]
        table = self.told.view(names, shown, language, named="construct")
        words = [self.rows[place].movement.label.text(language or Language.ENGLISH) for place in shown]
        return evolve(table, columns={**table.columns, "movement": words})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each construct and period."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        asked = {"scenario": self.scenario.to_dict(), "method": self.method, "draws": self.draws}
        kept = {"confidence": self.confidence, "horizon": self.horizon}
        found = ({"construct": row.construct, "period": row.period, **inapplicable(row)} for row in self.rows)
        reasons = [each for each in found if len(each) > 2]
        return {"reading": "projection", **asked, **kept, **self.told.whole().to_dict(), "inapplicable": reasons}
