"""`PowerCurve`: how likely effects are to be seen with so many units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from servqual.errors import ArgumentError, ChainError, Problem, did_you_mean
from servqual.labels import Language
from servqual.statistics import Inapplicable
from servqual.statistics.plans import Plan, up
from servqual.statistics.power_curves import size_for_power
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told


@frozen(kw_only=True, repr=False)
class PowerRow:
    """The power to see one effect with one number of units.

    Attributes
    ----------
    effect, kind
        Which, as a path; "direct", "indirect", "total indirect" or "total".
    size
        In standard deviations of target per standard deviation of source.
    test
        "t", "joint significance" or "delta".
    units
        How many.
    power, se
        Share of simulated samples in which the test sees it, and its Monte Carlo standard error ``√(p (1 − p) / B)``.
    """

    effect: str
    kind: str
    size: float
    test: str
    units: int
    power: float
    se: float

    def __repr__(self) -> str:
        return f"<PowerRow {self.effect}, {self.kind}: {self.power:.3f} ± {self.se:.3f} with {self.units} units>"


@frozen(eq=False, repr=False, kw_only=True)
class PowerCurve:
    """The power to see effects, by number of units.

    Attributes
    ----------
    rows
        One `PowerRow` for each effect and number of units.
    told
        The same as columns, with title and notes in English and Chinese.
    units
        The numbers of units, ascending.
    simulations, confidence
        Samples of each size; ``1 − confidence`` is the level of the tests.
    assumptions
        What was assumed, one clause each.
    """

    rows: tuple[PowerRow, ...]
    told: Told
    units: tuple[int, ...]
    simulations: int
    confidence: float
    assumptions: tuple[str, ...]

    @property
    def effects(self) -> tuple[str, ...]:
        """The effects, in the order of the rows."""
        return tuple(dict.fromkeys(row.effect for row in self.rows))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[PowerRow]:
        return iter(self.rows)

    def at(self, effect: str, units: int | None = None) -> PowerRow:
        """Return the power to see one effect, with the most units by default.

        Raises
        ------
        ChainError
            An effect or a number of units that was not simulated.
        """
        wanted = self.units[-1] if units is None else units
        problems = []
        if effect not in self.effects:
            remedy = did_you_mean(effect, self.effects)
            problems.append(Problem("effect", repr(effect), "it was not simulated", remedy))
        if wanted not in self.units:
            known = ", ".join(map(str, self.units))
            problems.append(Problem("units", repr(units), "so many were not simulated", f"known are {known}"))
        if problems:
            raise ChainError(*problems)
        return next(row for row in self.rows if row.effect == effect and row.units == wanted)

    def needed(self, effect: str | None = None, power: float = 0.8) -> Plan | Inapplicable:
        """Return how many units give a power, between the numbers that were simulated.

        Read off between the numbers simulated; see `servqual.statistics.power_curves.size_for_power`.

        Parameters
        ----------
        effect
            Which; needed only where there are several.
        power
            The power wanted, strictly between 0 and 1.

        Returns
        -------
        Plan or Inapplicable
            Inapplicable where the simulated numbers do not enclose it.

        Raises
        ------
        ChainError
            An effect that was not simulated, or none named where there are several.
        ArgumentError
            A power outside 0 and 1.
        """
        if not 0 < power < 1:
            raise ArgumentError(Problem("power", f"{power:g}", "it lies strictly between 0 and 1"))
        if effect is None and len(self.effects) > 1:
            listed = ", ".join(self.effects)
            raise ChainError(Problem("effect", "none", "it is named where there are several", f"known are {listed}"))
        rows = [self.at(effect or self.effects[0], units) for units in self.units]
        exact = size_for_power(self.units, [row.power for row in rows], power, simulations=self.simulations)
        if isinstance(exact, Inapplicable):
            return exact
        return Plan(exact, up(exact), (f"power {power:g} to see {rows[0].effect}", *self.assumptions), unit="units")

    def __repr__(self) -> str:
        most = ", ".join(f"{row.effect} {row.power:.2f}" for row in self.rows if row.units == self.units[-1])
        return f"<PowerCurve, {self.units[0]} to {self.units[-1]} units; with {self.units[-1]}: {most}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return the power to see each effect with each number of units; a language says title and notes in it."""
        return self.told.view(tuple(self.told.table.columns), None, language or Language.ENGLISH, named="")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each effect and number of units."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        asked = {"simulations": self.simulations, "confidence": self.confidence, "assumptions": list(self.assumptions)}
        return {"reading": "power", **asked, **self.told.whole().to_dict()}


def power_table(rows: tuple[PowerRow, ...]) -> Table:
    """Return rows as columns."""
    return Table(columns_of(rows, PowerRow))
