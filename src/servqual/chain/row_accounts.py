"""`RowAccount`: which rows took part, which did not, and why."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from servqual.labels import Label, Language
from servqual.tables import Table


@frozen
class Dropped:
    """One reason for which rows do not take part.

    Attributes
    ----------
    target
        The equation that they do not take part in; empty where it is all of them.
    reason
        In English and Chinese.
    rows
        How many rows it holds of; a row may have several reasons.
    alone
        How many of these have no other reason: as many would be won back.
    """

    target: str
    reason: Label
    rows: int
    alone: int


@frozen
class RowAccount:
    """How many rows were given and used, and why the others were not.

    Attributes
    ----------
    given, used
        Rows of the table of units, and how many of them take part in some equation.
    dropped
        Reasons, most rows first; for each equation apart where rows were decided per link.
    equations
        Target and rows used, one for each equation; all the same unless rows were decided per link.

    Examples
    --------
    >>> RowAccount(40, 36, (Dropped("", Label("profit is missing"), 4, 4),), (("profit", 36),))
    <RowAccount: 36 of 40 rows used; 4 dropped: profit is missing in 4>
    """

    given: int
    used: int
    dropped: tuple[Dropped, ...] = ()
    equations: tuple[tuple[str, int], ...] = ()

    def sentence(self) -> Label:
        """Return the account in one sentence."""
        lost = self.given - self.used
        if not self.dropped:
            return Label(f"all {self.given} rows used", f"全部 {self.given} 行均已使用")
        english = ", ".join(f"{_in(each.target)}{each.reason.en} in {each.rows}" for each in self.dropped)
        chinese = "，".join(f"{_of(each.target)}{each.reason.text('zh')} {each.rows} 行" for each in self.dropped)
        if any(each.target for each in self.dropped):
            return Label(
                f"{self.used} of {self.given} rows used in some equation; left out: {english}",
                f"{self.given} 行中有 {self.used} 行用于至少一个方程；未用：{chinese}",
            )
        english += " (some for several reasons)" if sum(each.rows for each in self.dropped) > lost else ""
        chinese += "（部分行有多个原因）" if sum(each.rows for each in self.dropped) > lost else ""
        return Label(
            f"{self.used} of {self.given} rows used; {lost} dropped: {english}",
            f"{self.given} 行中使用 {self.used} 行；剔除 {lost} 行：{chinese}",
        )

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return the reasons, one row each; a row of the data may have several."""
        tongue = Language.ENGLISH if language is None else Language(language)
        columns: dict[str, list[Any]] = {
            "equation": [each.target or None for each in self.dropped],
            "reason": [each.reason.text(tongue) for each in self.dropped],
            "rows": [each.rows for each in self.dropped],
            "alone": [each.alone for each in self.dropped],
        }
        if not any(columns["equation"]):
            del columns["equation"]
        return Table(columns, title=Label("Rows", "行").text(tongue), notes=[self.sentence().text(tongue)])

    def __repr__(self) -> str:
        return f"<RowAccount: {self.sentence()}>"


def _in(target: str) -> str:
    return f"for {target}, " if target else ""


def _of(target: str) -> str:
    return f"{target}：" if target else ""
