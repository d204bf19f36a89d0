"""What a tracker holds at one moment: summaries by period, and a count of what it has let go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import evolve, field, frozen

from servqual.errors import Problem, TrackerError, did_you_mean
from servqual.scoring import Summary
from servqual.scoring.merging import refuse_unlike

Period = str | int


@frozen
class LetGo:
    """Periods that have left the window: how many, with how many respondents, and the last of them."""

    periods: int = 0
    respondents: int = 0
    last: Period | None = None


@frozen(eq=False)
class Tracked:
    """Summaries by period, in the order of the periods; never changed, only replaced by another."""

    periods: Mapping[Period, Summary] = field(factory=dict)
    gone: LetGo = LetGo()

    def having(self, period: Period, batch: Summary, window: int, *, late_ok: bool) -> Self:
        """Return these periods with a batch added to one of them, and no more of them than the window holds.

        Raises
        ------
        TrackerError
            A period that cannot be put in order, comes late without consent, or has left the window.
        MergeError
            A batch that was not made as the others were.
        """
        self._check(period, window, late_ok=late_ok)
        for first in list(self.periods.values())[:1]:
            refuse_unlike(first, batch)
        held = dict(self.periods)
        held[period] = held[period] + batch if period in held else batch
        ordered: list[Any] = sorted(held)
        leaving = ordered[: max(0, len(ordered) - window)]
        gone = evolve(
            self.gone,
            periods=self.gone.periods + len(leaving),
            respondents=self.gone.respondents + sum(len(held[each]) for each in leaving),
            last=leaving[-1] if leaving else self.gone.last,
        )
        return type(self)({each: held[each] for each in ordered[len(leaving) :]}, gone)

    def _check(self, period: Period, window: int, *, late_ok: bool) -> None:
        check_period(period)
        known: list[Any] = [*self.periods, *([] if self.gone.last is None else [self.gone.last])]
        if known and type(known[0]) is not type(period):
            rule = f"periods are put in order, and one is {known[0]!r}"
            raise TrackerError(Problem("period", repr(period), rule, "name all of them by texts, or by whole numbers"))
        if period in self.periods or not known or period > max(known):
            return
        oldest, latest = min(known), max(known)
        if self._is_past(period, window):
            rule = f"the window of {window} periods begins later, {oldest!r} is the oldest that is known"
            raise TrackerError(Problem("period", f"{period!r} has left the window", rule, "a longer window="))
        if not late_ok:
            rule = f"a new period comes after {latest!r} in the order of its name"
            remedy = "name periods so that they sort (2026-03-01, 2026-Q1, 2026-W09); late_ok=True for one that is late"
            raise TrackerError(Problem("period", f"new, and before others: {period!r}", rule, remedy))

    def _is_past(self, period: Period, window: int) -> bool:
        held: list[Any] = list(self.periods)
        last: Any = self.gone.last
        return (last is not None and period <= last) or (len(held) >= window and period < held[0])

    def at(self, period: Period | None) -> Period:
        """Return a period that is held, the latest where none is named.

        Raises
        ------
        TrackerError
            A period that is not held; none held at all.
        """
        if not self.periods:
            raise TrackerError(Problem("tracker", "no answers yet", "there is a period to tell of", "update(batch, …)"))
        if period is None:
            return list(self.periods)[-1]
        if period not in self.periods:
            rule = f"it holds {len(self.periods)} periods"
            remedy = did_you_mean(str(period), map(str, self.periods))
            raise TrackerError(Problem("period", f"no {period!r}", rule, remedy))
        return period

    def before(self, period: Period) -> Period:
        """Return the period before one that is held.

        Raises
        ------
        TrackerError
            The oldest period, which has none before it.
        """
        names = list(self.periods)
        place = names.index(period)
        if not place:
            rule = "a comparison is with a period that is held"
            raise TrackerError(Problem("period", f"nothing before {period!r}", rule, "wait for a second period"))
        return names[place - 1]


def check_period(period: object) -> None:
    """Raise where something cannot name a period.

    Raises
    ------
    TrackerError
        What is neither a text nor a whole number, or an empty text.
    """
    if isinstance(period, bool) or not isinstance(period, str | int) or period == "":
        rule = "a period is named by a text or a whole number, which are saved as they are"
        raise TrackerError(Problem("period", repr(period), rule, "a day is str(day), a week 2026-W09"))
