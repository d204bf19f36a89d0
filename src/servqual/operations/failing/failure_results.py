"""`Failures`: failure modes in order of rank, their causes, and the few that make most of it."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from servqual.errors import Problem, ProcessError
from servqual.labels import Label, Language
from servqual.operations.failing.failure_modes import CauseClass
from servqual.operations.picked_rows import PickedRows
from servqual.statistics import Inapplicable
from servqual.tables import Table
from servqual.telling import chosen

Number = float | Inapplicable
_PARETO = {
    "modes": Label("failure modes", "失效模式"),
    "causes": Label("classes of causes (5M1E)", "原因类别（人机料法测环）"),
}
_VALUE = {"rpn": Label("RPN", "风险优先数"), "cost": Label("Expected cost", "期望成本")}
_BY_CAUSE = Label("Failure modes by class of causes (5M1E)", "按原因类别（人机料法测环）的失效模式")


@frozen(kw_only=True)
class FailureRank:
    """One failure mode with its ranks; a number that does not exist is an `Inapplicable` that says why.

    Attributes
    ----------
    mode, step, cause
        Key, step of the process, class of its cause.
    severity, occurrence, detection, rpn
        Ratings and their product.
    rank_rpn
        1 for the largest product; modes that tie share the better rank.
    rate, rate_low, rate_high
        Failures per opportunity, with Wilson's interval.
    cost
        Mean cost of one failure.
    expected_cost, low, high
        Rate × cost × ``per``, with its interval.
    rank_cost
        1 for the largest expected cost.
    first
        Share of the draws in which its expected cost is the largest.
    """

    mode: str
    step: str | None
    cause: CauseClass
    severity: int
    occurrence: int
    detection: int
    rpn: int
    rank_rpn: int
    rate: Number
    rate_low: Number
    rate_high: Number
    cost: Number
    expected_cost: Number
    low: Number
    high: Number
    rank_cost: Number
    first: Number


@frozen(kw_only=True)
class CauseSum:
    """All failure modes of one class of causes.

    Attributes
    ----------
    cause
        The class.
    modes
        How many.
    rpn, rpn_share
        Sum of the products, and its share of all.
    expected_cost, low, high
        Sum of expected costs, with its interval.
    """

    cause: CauseClass
    modes: int
    rpn: int
    rpn_share: float
    expected_cost: Number
    low: Number
    high: Number


@frozen(eq=False, repr=False)
class Failures(PickedRows[FailureRank]):
    """Failure modes, the first in rank first; ``found["wrong_dish"]`` picks one.

    Attributes
    ----------
    causes
        Sums by class of causes, the largest first; classes without a mode are left out.
    """

    reading: ClassVar[str] = "failures"
    named: ClassVar[str] = "mode"

    causes: tuple[CauseSum, ...] = field(kw_only=True)

    def by_cause(self, language: Language | str | None = None) -> Table:
        """Return the sums by class of causes (5M1E)."""
        tongue = Language(language or "en")
        columns: dict[str, list[Any]] = {"cause": [row.cause.label.text(tongue) for row in self.causes]}
        for name in ("modes", "rpn", "rpn_share", "expected_cost", "low", "high"):
            cells = [getattr(row, name) for row in self.causes]
            if not all(isinstance(each, Inapplicable) for each in cells):
                columns[name] = [None if isinstance(each, Inapplicable) else each for each in cells]
        return Table(columns, title=_BY_CAUSE.text(tongue))

    def pareto(self, value: str = "rpn", by: str = "modes", language: Language | str | None = None) -> Table:
        """Return what each mode or class adds to the whole, the largest first, and how far the first of them go.

        Parameters
        ----------
        value
            "rpn" or "cost" (expected).
        by
            "modes" or "causes".
        language
            Of names, title and notes.

        Returns
        -------
        Table
            Columns ``mode`` or ``cause``, ``label``, the value, ``share`` of the sum, ``cumulative`` share, and
            ``vital``: whether it is one of the first that together make 80 %.

        Raises
        ------
        ArgumentError
            Another value, something else to go by.
        ProcessError
            Expected costs that not every mode has, or that are all zero.
        """
        tongue = Language(language or "en")
        chosen("value", value, tuple(_VALUE))
        rows: Any = self.rows if chosen("by", by, tuple(_PARETO)) == "modes" else self.causes
        name = "rpn" if value == "rpn" else "expected_cost"
        names = [label.text(tongue) for label in self.told.labels] if by == "modes" else []
        names = names or [row.cause.label.text(tongue) for row in rows]
        held = [(getattr(row, name), row, label) for row, label in zip(rows, names, strict=True)]
        total = sum(0.0 if isinstance(each, Inapplicable) else float(each) for each, _, _ in held)
        if any(isinstance(each, Inapplicable) for each, _, _ in held) or total <= 0:
            rule, remedy = "every failure mode has events and a cost, and some cost something", "value='rpn'"
            raise ProcessError(Problem("value", repr(value), rule, remedy))
        held.sort(key=lambda each: -float(each[0]))
        key = "mode" if by == "modes" else "cause"
        columns: dict[str, list[Any]] = {each: [] for each in (key, "label", name, "share", "cumulative", "vital")}
        before = 0.0
        for number, row, label in held:
            share = float(number) / total
            cells = (str(getattr(row, key)), label, number, share, before + share, before < _VITAL - _ROUNDING)
            for each, cell in zip(columns, cells, strict=True):
                columns[each].append(cell)
            before += share
        what, whose = _VALUE[value], _PARETO[by]
        title = Label(f"{what.en} of {whose.en}", f"{whose.zh}的{what.zh}")
        return Table(columns, title=title.text(tongue))

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {"cause": [row.cause.label.text(language) for row in self.rows]}

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with sums by class of causes."""
        return {**super().to_dict(), "causes": self.by_cause().to_dict()}

    def __repr__(self) -> str:
        first = self.rows[0]
        return f"<Failures: {len(self)} modes; first {first.mode}, RPN {first.rpn}>"


_VITAL = 0.8
_ROUNDING = 1e-12
