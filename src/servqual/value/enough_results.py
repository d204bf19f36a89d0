"""What `enough_is_enough` found."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from servqual.labels import Label, Language
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_TITLE = Label("Enough is enough", "令人满意即可")


@frozen(repr=False)
class AspirationRow:
    """What becomes of one aspiration.

    Attributes
    ----------
    aspiration, now, level
        Its name, the level now, and the level that is enough.
    reached
        The level that the cheapest set reaches.
    saving
        How much less a set would cost that need not reach this level: an aspiration with a saving above zero binds.
    optimum
        The level that the optimum of one number reaches for the same money.
    """

    aspiration: str
    now: float
    level: float
    reached: float
    saving: float
    optimum: float

    @property
    def spare(self) -> float:
        """How far above what is enough the level is."""
        return self.reached - self.level

    @property
    def binds(self) -> bool:
        """Whether it costs something to reach it."""
        return self.saving > 0

    @property
    def optimum_enough(self) -> bool:
        """Whether the optimum reaches it too."""
        return self.optimum >= self.level - 1e-9

    def __repr__(self) -> str:
        return f"<AspirationRow {self.aspiration}: {self.now:g} to {self.reached:g} of {self.level:g}>"


@frozen(repr=False)
class Enough:
    """The cheapest set that is enough, beside the optimum of one number.

    Attributes
    ----------
    chosen, cost
        Names of the improvements, and what they cost together.
    rows
        One an aspiration.
    optimum, optimum_cost
        The set that makes the weighted sum of levels largest without costing more.
    weights
        (aspiration, weight) of that sum.
    """

    chosen: tuple[str, ...]
    cost: float
    rows: tuple[AspirationRow, ...]
    optimum: tuple[str, ...]
    optimum_cost: float
    weights: tuple[tuple[str, float], ...]

    @property
    def missed(self) -> tuple[str, ...]:
        """Aspirations that the optimum leaves unmet."""
        return tuple(each.aspiration for each in self.rows if not each.optimum_enough)

    def __repr__(self) -> str:
        if not self.chosen:
            return "<Enough: nothing needs to be done>"
        tightest = min(self.rows, key=lambda each: each.spare)
        spare = f"{tightest.aspiration} is reached most narrowly, by {tightest.spare:.3g}"
        return f"<Enough: {', '.join(self.chosen)} for {self.cost:g}; {spare}>"

    def _told(self) -> Told:
        columns = columns_of(self.rows, AspirationRow)
        columns["binds"] = [each.binds for each in self.rows]
        columns["optimum_enough"] = [each.optimum_enough for each in self.rows]
        return Told(columns, [Label(each.aspiration, each.aspiration) for each in self.rows], _TITLE, self._notes())

    def _notes(self) -> list[Label]:
        nothing = Label("nothing", "无")
        en, zh = (", ".join(self.chosen) or nothing.en), ("、".join(self.chosen) or nothing.zh)
        notes = [Label(f"enough: {en}, cost {self.cost:g}", f"满意方案：{zh}，成本 {self.cost:g}")]
        en, zh = (", ".join(self.optimum) or nothing.en), ("、".join(self.optimum) or nothing.zh)
        misses = Label(", ".join(self.missed) or "none", "、".join(self.missed) or "无")
        notes.append(
            Label(
                f"largest weighted sum of levels for no more: {en}, cost {self.optimum_cost:g}; it misses {misses.en}",
                f"同等花费下加权总分最高的方案：{zh}，成本 {self.optimum_cost:g}；未达标：{misses.zh}",
            )
        )
        return notes

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row an aspiration."""
        told = self._told()
        return told.view(list(told.table.columns), language=language, named="none")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row an aspiration."""
        return self._told().table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return sets and levels as a JSON-safe dictionary."""
        sets = {"chosen": list(self.chosen), "cost": self.cost, "optimum": list(self.optimum)}
        about = {"optimum_cost": self.optimum_cost, "weights": dict(self.weights)}
        return {"reading": "enough_is_enough", **sets, **about, **self._told().whole().to_dict()}
