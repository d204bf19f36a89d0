"""`complaint_rates`: the rates of a complaint funnel, estimated from records of customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Bools, Floats
from servqual._frames.named import named_columns
from servqual.encounters.complaints.funnel import ComplaintFunnel
from servqual.encounters.complaints.words import CountedShare
from servqual.errors import ComplaintError, Problem
from servqual.labels import Label, Language
from servqual.statistics._arguments import check_confidence
from servqual.statistics.intervals import wilson_interval
from servqual.tables import Table
from servqual.telling import Told

_TITLE = Label("Rates of complaints and recovery", "投诉与补救各环节的比率")
_LABELS = {
    "problem": Label("have a problem", "遇到问题"),
    "voiced": Label("of those, complain", "其中投诉"),
    "resolved": Label("of complaints, resolved", "投诉得到解决"),
    "quick": Label("of resolved, quickly", "其中迅速解决"),
    "repurchase_no_problem": Label("buy again: no problem", "再购：无问题"),
    "repurchase_silent": Label("buy again: silent", "再购：不投诉"),
    "repurchase_unresolved": Label("buy again: not resolved", "再购：未解决"),
    "repurchase_resolved": Label("buy again: resolved", "再购：已解决"),
    "repurchase_quick": Label("buy again: resolved quickly", "再购：迅速解决"),
}


@frozen(eq=False, repr=False)
class ComplaintRates:
    """Rates of the funnel with their counts.

    Attributes
    ----------
    rates
        Name → share, as `ComplaintFunnel` takes it; a rate of which there are no cases is left out.
    confidence
        Of Wilson's intervals.
    """

    rates: Mapping[str, CountedShare]
    confidence: float

    @property
    def missing(self) -> tuple[str, ...]:
        """Rates of which there are no cases."""
        return tuple(name for name in _LABELS if name not in self.rates)

    def funnel(self, *, customers: float, **numbers: Any) -> ComplaintFunnel:
        """Return the funnel of these rates, as distributions, with further numbers of your own.

        Raises
        ------
        ComplaintError
            A rate of which there are no cases, and that is not given.
        """
        absent = [name for name in self.missing if name not in numbers]
        if absent:
            rule, remedy = "a funnel has all of its rates", f"pass {absent[0]}= from elsewhere"
            raise ComplaintError(*[Problem(name, "no cases", rule, remedy) for name in absent])
        return ComplaintFunnel(**{**self.rates, "customers": customers, **numbers})

    def __repr__(self) -> str:
        told = ", ".join(f"{name} {share.mean():.1%}" for name, share in list(self.rates.items())[:4])
        return f"<ComplaintRates: {told}>"

    def _told(self) -> Told:
        shares = self.rates.values()
        low, high = wilson_interval(
            np.array([each.successes for each in shares]), np.array([each.n for each in shares]), self.confidence
        )
        columns = {
            "rate": list(self.rates),
            "n": [round(each.n) for each in shares],
            "share": [each.mean() for each in shares],
            "low": np.asarray(low).tolist(),
            "high": np.asarray(high).tolist(),
        }
        note = Label(f"{self.confidence:.0%} intervals by Wilson", f"{self.confidence:.0%} Wilson 区间")
        return Told(columns, [_LABELS[name] for name in self.rates], _TITLE, [note])

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a rate."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="rate")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a rate."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        return {"reading": "complaint_rates", "confidence": self.confidence, "missing": list(self.missing),
                **self._told().whole().to_dict()}  # fmt: skip


def complaint_rates(
    source: Any,
    *,
    problem: str = "problem",
    voiced: str = "voiced",
    resolved: str = "resolved",
    quick: str = "quick",
    repurchased: str = "repurchased",
    confidence: float = 0.95,
) -> ComplaintRates:
    """Rates of the complaint funnel from records of customers, with and without a problem, with Wilson's intervals.

    Parameters
    ----------
    source
        A frame or a mapping name → values, one row a customer, all columns 0 or 1: whether there was a problem, it was
        voiced, resolved, and resolved quickly, and whether the customer bought again. What does not apply (voiced
        without a problem) is missing or 0.
    problem, voiced, resolved, quick, repurchased
        Names of the columns. A repurchase that is not known yet is missing, and counts for no rate of repurchase.
    confidence
        Of intervals.

    Raises
    ------
    ComplaintError
        Columns that are not there, values other than 0 and 1, a complaint without a problem, a solution without a
        complaint, a quick one that was none, an outcome of a problem that is not told.

    References
    ----------
    Wilson 1927, Journal of the American Statistical Association 22(158):209-212.

    Examples
    --------
    >>> cases = {"problem": [0, 1, 1, 1, 1], "voiced": [0, 0, 1, 1, 1], "resolved": [0, 0, 0, 1, 1],
    ...          "quick": [0, 0, 0, 0, 1], "repurchased": [1, 0, 0, 1, 1]}
    >>> complaint_rates(cases)
    <ComplaintRates: problem 80.0%, voiced 75.0%, resolved 66.7%, quick 50.0%>
    """
    check_confidence(confidence)
    names = (problem, voiced, resolved, quick, repurchased)
    columns = named_columns(source, names, (), ComplaintError).numbers
    steps = _steps(names, columns)
    had, spoke, solved, soon = steps
    everybody = np.ones(had.size, bool)
    again = columns[4]
    groups = {
        "problem": (had, everybody),
        "voiced": (spoke, had),
        "resolved": (solved, spoke),
        "quick": (soon, solved),
    }
    known = ~np.isnan(again)
    ends = {"no_problem": ~had, "silent": had & ~spoke, "unresolved": spoke & ~solved}
    ends |= {"resolved": solved & ~soon, "quick": soon}
    groups |= {f"repurchase_{name}": (again == 1, mask & known) for name, mask in ends.items()}
    rates = {
        name: CountedShare(float((yes & of).sum()), float(of.sum())) for name, (yes, of) in groups.items() if of.any()
    }
    return ComplaintRates({name: rates[name] for name in _LABELS if name in rates}, confidence)


def _steps(names: tuple[str, ...], columns: Floats) -> list[Bools]:
    """Return the four steps of each customer as truth values, or say what contradicts itself."""
    problems = []
    if not columns.shape[1]:
        problems.append(Problem("source", "no rows", "there is a customer at least"))
    for name, values in zip(names, columns, strict=True):
        problems += _against(f"column {name!r}", ~np.isnan(values) & (values != 0) & (values != 1), "0, 1 or missing")
    problems += _against(f"column {names[0]!r}", np.isnan(columns[0]), "it is known whether there was a problem")
    happened = [each == 1 for each in columns[:4]]
    for step in range(1, 4):
        name, before = names[step], names[step - 1]
        problems += _against(
            f"column {name!r}", happened[step] & ~happened[step - 1], f"it is 1 only where {before!r} is"
        )
        rule = f"it is known where {before!r} is 1"
        problems += _against(f"column {name!r}", np.isnan(columns[step]) & happened[step - 1], rule)
    if problems:
        raise ComplaintError(*problems)
    return happened


def _against(place: str, wrong: Bools, rule: str) -> list[Problem]:
    rows = np.flatnonzero(wrong)
    if not rows.size:
        return []
    listed = ", ".join(str(row) for row in rows[:3]) + (", …" if rows.size > 3 else "")
    return [Problem(place, f"{rows.size} rows against it: {listed}", rule)]
