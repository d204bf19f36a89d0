"""`WordOfMouth`: what satisfied and dissatisfied customers say, and how many customers that makes over periods."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import Problem, WorthError
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.tables import Table
from servqual.telling import Told, cells
from servqual.value.counting import count_problems

_TITLE = Label("Customers over periods by word of mouth", "口碑作用下各期的顾客数")
_SHARES = ("satisfied", "retention_satisfied", "retention_dissatisfied", "won", "lost")
_COUNTS = ("told_satisfied", "told_dissatisfied", "inflow")


@frozen(kw_only=True, repr=False)
class WordOfMouth:
    """A linear model of customers from period to period, moved by what customers say.

    Of N customers a share is satisfied. In a period the satisfied stay with one probability and each tells so many
    people, of whom a share ``won`` become customers; the dissatisfied stay with another and each tells more people, of
    whom a share ``lost`` would have come or stayed, and do not. ``N' = λ N + inflow`` with
    ``λ = s (r_s + h_s w) + (1 − s) (r_d − h_d l)``.

    Attributes
    ----------
    satisfied
        Share of customers who are satisfied, 0 to 1.
    retention_satisfied, retention_dissatisfied
        Shares of each kind who stay from one period to the next.
    told_satisfied, told_dissatisfied
        People that one customer tells in a period: about 6 and 15 are often quoted, from complaint studies of the 1980s
        whose counts differ (5 and 10 for soft drinks, 8 and 16 for cars); measure your own.
    won, lost
        Share of people told well who become customers, and of people told badly who are lost. 1 in 50 or 1 in 100 have
        been used for ``lost``.
    inflow
        New customers of a period who come without being told, 0 or above.

    Raises
    ------
    WorthError
        Shares outside 0 to 1, counts below zero, or word of mouth that takes more customers than there are.

    References
    ----------
    Goodman 1999, Quality Progress 32(6):29-36 (people told, market damage); Anderson 1998, Journal of Service Research
    1(1):5-17 (who talks).

    Examples
    --------
    >>> talk = WordOfMouth(satisfied=0.8, retention_satisfied=0.9, retention_dissatisfied=0.5, won=0.01, lost=0.01,
    ...                    inflow=100)
    >>> round(talk.factor, 3), round(talk.steady_state)
    (0.838, 617)
    >>> round(talk.one_more_satisfied, 2)
    3.77
    """

    satisfied: float
    retention_satisfied: float
    retention_dissatisfied: float
    won: float
    lost: float
    told_satisfied: float = 6.0
    told_dissatisfied: float = 15.0
    inflow: float = 0.0

    def __attrs_post_init__(self) -> None:
        problems = []
        for name in _SHARES:
            value = getattr(self, name)
            if not 0 <= value <= 1:
                remedy = f"pass {value / 100:g}" if 1 < value <= 100 else ""
                problems.append(Problem(name, f"{value:g}", "it is a share, 0 to 1", remedy))
        counts = {name: getattr(self, name) for name in _COUNTS}
        problems += [
            Problem(name, f"{value:g}", "it is 0 or above") for name, value in counts.items() if not 0 <= value < np.inf
        ]
        if not problems and self.factor < 0:
            found = f"{self.told_dissatisfied:g} people told, {self.lost:g} of them lost"
            rule = "word of mouth does not take more customers than there are"
            problems.append(Problem("lost", found, rule, "lower lost, told_dissatisfied or the share dissatisfied"))
        if problems:
            raise WorthError(*problems)

    @property
    def factor(self) -> float:
        """λ: customers of the next period for each one of this, without the inflow."""
        # each kind by itself: who loses just those whom he keeps makes 0, and not a little less by rounding
        happy = self.retention_satisfied + self.told_satisfied * self.won
        unhappy = self.retention_dissatisfied - self.told_dissatisfied * self.lost
        return self.satisfied * happy + (1 - self.satisfied) * unhappy

    @property
    def steady_state(self) -> float | Inapplicable:
        """Customers in the end, ``inflow / (1 − λ)``; inapplicable where λ is one or more, and they grow for ever."""
        if self.factor >= 1:
            return Inapplicable(f"each customer makes {self.factor:.3f} in the next period: they grow without end")
        return self.inflow / (1 - self.factor)

    @property
    def one_more_satisfied(self) -> float | Inapplicable:
        """Customer-periods that one customer turned from dissatisfied to satisfied brings, over all time after.

        ``(r_s − r_d + h_s w + h_d l) / (1 − λ)``: more in the next period by what stands above, and those live on as
        all customers do. Inapplicable where λ is one or more.
        """
        if self.factor >= 1:
            return Inapplicable(f"each customer makes {self.factor:.3f} in the next period: the sum has no end")
        stays = self.retention_satisfied - self.retention_dissatisfied
        return (stays + self.told_satisfied * self.won + self.told_dissatisfied * self.lost) / (1 - self.factor)

    def project(self, customers: float, periods: int) -> WordOfMouthCourse:
        """Return the customers of each period, from so many at first.

        Raises
        ------
        WorthError
            Customers below zero, or no period.
        """
        problems = count_problems(periods=periods)
        if not 0 <= customers < np.inf:
            problems.append(Problem("customers", f"{customers:g}", "there are 0 or more"))
        if problems:
            raise WorthError(*problems)
        powers = self.factor ** np.arange(periods + 1)
        course = customers * powers + self.inflow * np.concatenate([[0.0], np.cumsum(powers[:-1])])
        return WordOfMouthCourse(self, course)

    def __repr__(self) -> str:
        end = self.steady_state
        to = "no steady state" if isinstance(end, Inapplicable) else f"steady state {end:.0f}"
        return f"<WordOfMouth: each customer makes {self.factor:.3f} in the next period, {to}>"


@frozen(eq=False, getstate_setstate=False, repr=False)
class WordOfMouthCourse(Holder):
    """Customers of each period, from period 0.

    Attributes
    ----------
    model
        What moved them.
    customers
        Shape (periods + 1,).
    """

    model: WordOfMouth
    customers: Floats = field(converter=floats)

    @property
    def moves(self) -> dict[str, Floats]:
        """Customers who left, were won and were lost by talk, and came by themselves, on the way to the next period."""
        model, now = self.model, self.customers
        unhappy = 1 - model.satisfied
        gone = model.satisfied * (1 - model.retention_satisfied) + unhappy * (1 - model.retention_dissatisfied)
        shares = {
            "left": gone,
            "won": model.satisfied * model.told_satisfied * model.won,
            "lost": unhappy * model.told_dissatisfied * model.lost,
        }
        moves = {name: floats(now * share) for name, share in shares.items()}
        return moves | {"inflow": floats(np.full(now.size, model.inflow))}

    def __repr__(self) -> str:
        first, last = self.customers[0], self.customers[-1]
        return f"<WordOfMouthCourse: {first:.0f} customers, {last:.0f} after {self.customers.size - 1} periods>"

    def _told(self) -> Told:
        periods = range(self.customers.size)
        columns: dict[str, Any] = {"period": list(periods), "customers": cells(self.customers)}
        columns |= {name: cells(each) for name, each in self.moves.items()}
        return Told(columns, [Label(f"period {each}", f"第 {each} 期") for each in periods], _TITLE, self._notes())

    def _notes(self) -> list[Label]:
        end, more = self.model.steady_state, self.model.one_more_satisfied
        if isinstance(end, Inapplicable) or isinstance(more, Inapplicable):
            told = f"{self.model.factor:.3f}"
            return [Label(f"each customer makes {told} in the next period: there is no steady state",
                          f"每位顾客在下一期变为 {told} 位：不存在稳态")]  # fmt: skip
        return [
            Label(
                f"steady state {end:.0f}; one more satisfied customer brings {more:.2f} customer-periods in all",
                f"稳态为 {end:.0f} 位；多一位满意的顾客，累计带来 {more:.2f} 个顾客期",
            )
        ]

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a period."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="period")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a period."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        end = self.model.steady_state
        steady = None if isinstance(end, Inapplicable) else end
        about = {"factor": self.model.factor, "steady_state": steady}
        return {"reading": "word_of_mouth", **about, **self._told().whole().to_dict()}
