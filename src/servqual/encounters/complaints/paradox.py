"""`recovery_paradox`: customers whose failure was made good, beside those who never had one."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy as np
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual._frames.named import named_columns
from servqual.errors import ComplaintError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.statistics import Inapplicable
from servqual.statistics._arguments import check_confidence
from servqual.statistics.comparison import welch_t
from servqual.statistics.multiplicity import adjusted
from servqual.statistics.reasoned import columns_of, inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable
_TITLE = Label("Recovery paradox", "服务补救悖论")
_FEW = Inapplicable("fewer than two customers in one of the two groups")
_ALIKE = Inapplicable("outcomes do not vary within either group")


class FailureState(StrEnum):
    """What happened to a customer.

    NO_FAILURE
        Nothing went wrong.
    RECOVERED
        Something went wrong once, and was made good.
    RECOVERED_AGAIN
        Something went wrong a second time, and was made good again.
    NOT_RECOVERED
        Something went wrong, and was not made good.
    """

    NO_FAILURE = "no_failure"
    RECOVERED = "recovered"
    RECOVERED_AGAIN = "recovered_again"
    NOT_RECOVERED = "not_recovered"

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return _STATES[self]


_STATES = {
    FailureState.NO_FAILURE: Label("no failure", "无失误"),
    FailureState.RECOVERED: Label("recovered", "补救成功"),
    FailureState.RECOVERED_AGAIN: Label("recovered a second time", "再次失误后补救成功"),
    FailureState.NOT_RECOVERED: Label("not recovered", "未补救"),
}


class ParadoxVerdict(StrEnum):
    """What a comparison with customers without a failure shows."""

    ABOVE = "above"
    BELOW = "below"
    UNDECIDED = "undecided"

    @property
    def label(self) -> Label:
        """Its name in both languages."""
        return _VERDICTS[self]


_VERDICTS = {
    ParadoxVerdict.ABOVE: Label("better than without a failure: the paradox", "优于无失误：存在补救悖论"),
    ParadoxVerdict.BELOW: Label("worse than without a failure", "不如无失误"),
    ParadoxVerdict.UNDECIDED: Label("not told apart from no failure", "与无失误无显著差别"),
}


@frozen(kw_only=True, repr=False)
class ParadoxRow:
    """One state beside customers without a failure.

    Attributes
    ----------
    state, n, mean
        Which, how many, and their mean outcome.
    difference, low, high
        Their mean less that of customers without a failure, with Welch's interval.
    p, p_adjusted
        Two-sided, and Holm's over the states compared.
    verdict
        At the level that belongs to the interval, on the adjusted p.
    """

    state: FailureState
    n: int
    mean: Number
    difference: Number
    low: Number
    high: Number
    p: Number
    p_adjusted: Number
    verdict: ParadoxVerdict | Inapplicable

    def __repr__(self) -> str:
        return f"<ParadoxRow {self.state}: {float(self.difference):+.3f}, {self.verdict}>"


@frozen(eq=False, repr=False)
class RecoveryParadox:
    """Outcomes of customers by what happened to them, each beside those to whom nothing did.

    Attributes
    ----------
    reference, reference_mean
        Customers without a failure, and their mean outcome.
    rows
        The other states that occur.
    left_out
        Customers whose outcome is not known.
    confidence
        Of the intervals.
    """

    reference: int
    reference_mean: float
    rows: tuple[ParadoxRow, ...]
    left_out: int
    confidence: float

    def row(self, state: FailureState | str) -> ParadoxRow:
        """Return one state.

        Raises
        ------
        ComplaintError
            A state that does not occur.
        """
        found = {str(each.state): each for each in self.rows}
        if state not in found:
            remedy = did_you_mean(str(state), found)
            raise ComplaintError(Problem("state", repr(str(state)), "it occurs among the customers compared", remedy))
        return found[str(state)]

    def __repr__(self) -> str:
        told = ", ".join(f"{each.state} {each.verdict}" for each in self.rows)
        return f"<RecoveryParadox: {told}>"

    def _told(self) -> Told:
        columns = columns_of(self.rows, ParadoxRow, ("n",))
        notes = [
            Label(
                f"compared with {self.reference} customers without a failure, mean {self.reference_mean:.3f}",
                f"与 {self.reference} 位无失误的顾客比较，均值 {self.reference_mean:.3f}",
            ),
            Label(
                "p adjusted by Holm. Customers who suffer a failure may differ from others in more than that: a "
                "difference is not yet an effect of the recovery",
                "p 值按 Holm 法校正。遇到失误的顾客本来就可能与众不同：差别未必是补救的效果",
            ),
        ]
        if self.left_out:
            count = self.left_out
            notes.append(
                Label(f"{count} customers without an outcome are left out", f"{count} 位顾客没有结果数据，未计入")
            )
        return Told(columns, [each.state.label for each in self.rows], _TITLE, notes)

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row a state."""
        told = self._told()
        if language is not None and Language(language) is Language.CHINESE:
            words = [None if isinstance(each.verdict, Inapplicable) else each.verdict.label.zh for each in self.rows]
            told = evolve(told, table=evolve(told.table, columns={**told.table.columns, "verdict": words}))
        return told.view(list(told.table.columns), language=language, named="state")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row a state."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        reasons = [{"state": str(each.state), **inapplicable(each)} for each in self.rows]
        about: dict[str, Any] = {"reference": self.reference, "reference_mean": self.reference_mean}
        about |= {"left_out": self.left_out, "confidence": self.confidence}
        return {"reading": "recovery_paradox", **about, "inapplicable": reasons, **self._told().whole().to_dict()}


def recovery_paradox(
    source: Any, *, outcome: str = "outcome", state: str = "state", confidence: float = 0.95
) -> RecoveryParadox:
    """Test of the service recovery paradox: the recovered against customers who never had a failure.

    Welch's t test of the mean outcome (satisfaction, intention, or 0/1 for bought again) of each state against that of
    customers without a failure, two-sided, with Holm's adjustment over the states. The paradox is that the recovered
    stand above; after a second failure it is not expected.

    Parameters
    ----------
    source
        A frame or a mapping name → values, one row a customer.
    outcome, state
        Columns: a number, higher is better, missing where not known (left out and told); and what happened:
        "no_failure", "recovered", "recovered_again" or "not_recovered".
    confidence
        Of intervals; the level of the verdicts is one less it.

    Raises
    ------
    ComplaintError
        Columns that are not there, states that are not known, nobody without a failure or nobody with one.

    References
    ----------
    McCollough & Bharadwaj 1992 (term); de Matos, Henrique & Rossi 2007, Journal of Service Research 10(1):60-77;
    Maxham & Netemeyer 2002, Journal of Marketing 66(4):57-71 (a second failure); Welch 1947, Biometrika 34(1-2):28-35;
    Holm 1979, Scandinavian Journal of Statistics 6(2):65-70.

    Examples
    --------
    >>> state = ["no_failure"] * 6 + ["recovered"] * 6
    >>> recovery_paradox({"state": state, "outcome": [5, 6, 5, 4, 5, 6, 7, 7, 6, 7, 6, 7]})
    <RecoveryParadox: recovered above>
    """
    check_confidence(confidence)
    columns = named_columns(source, [outcome], [state], ComplaintError)
    codes, labels = columns.labels[state]
    known = [str(each) for each in FailureState]
    strange = [each for each in labels if each not in known]
    if strange:
        rule = f"a state is one of {', '.join(known)}"
        raise ComplaintError(*[Problem(f"column {state!r}", repr(each), rule, "rename it") for each in strange])
    values = columns.numbers[0]
    there = ~np.isnan(values)
    groups = {FailureState(str(label)): values[there & (codes == code)] for code, label in enumerate(labels)}
    here = groups.pop(FailureState.NO_FAILURE, np.empty(0))
    if here.size < 2 or not groups:
        found = f"{here.size} customers without a failure, {len(groups)} other states"
        raise ComplaintError(Problem("source", found, "there are two customers without a failure and some with one"))
    rows = [_row(each, groups[each], here, confidence) for each in FailureState if each in groups]
    left_out = int(values.size - there.sum())
    return RecoveryParadox(here.size, float(here.mean()), _decided(rows, confidence), left_out, confidence)


_TESTED = ("low", "high", "p", "p_adjusted", "verdict")


def _row(state: FailureState, there: Floats, here: Floats, confidence: float) -> ParadoxRow:
    if there.size < 2:
        mean: Number = float(there.mean()) if there.size else _FEW
        return ParadoxRow(state=state, n=there.size, mean=mean, difference=_FEW, **dict.fromkeys(_TESTED, _FEW))
    if not np.ptp(there) and not np.ptp(here):
        mean, apart = float(there.mean()), float(there.mean() - here.mean())
        return ParadoxRow(state=state, n=there.size, mean=mean, difference=apart, **dict.fromkeys(_TESTED, _ALIKE))
    test = welch_t(there.mean(), there.var(ddof=1), there.size, here.mean(), here.var(ddof=1), here.size)
    low, high = test.interval(confidence)
    p = float(test.p)
    return ParadoxRow(
        state=state, n=there.size, mean=float(there.mean()), difference=float(test.estimate), low=float(low),
        high=float(high), p=p, p_adjusted=p, verdict=ParadoxVerdict.UNDECIDED,
    )  # fmt: skip


def _decided(rows: list[ParadoxRow], confidence: float) -> tuple[ParadoxRow, ...]:
    """Return rows with their adjusted p and what it says."""
    found = adjusted(np.array([float(each.p) for each in rows]))
    told = []
    for row, p in zip(rows, found.tolist(), strict=True):
        if isinstance(row.difference, Inapplicable) or isinstance(row.verdict, Inapplicable):
            told.append(row)
            continue
        side = ParadoxVerdict.ABOVE if row.difference > 0 else ParadoxVerdict.BELOW
        verdict = side if p < 1 - confidence else ParadoxVerdict.UNDECIDED
        told.append(evolve(row, p_adjusted=p, verdict=verdict))
    return tuple(told)
