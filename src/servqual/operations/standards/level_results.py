"""`ServiceLevels`: which level of service each unit reaches."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from servqual._frames import GroupLabel
from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.labels import Language
from servqual.operations.standards.words import ServiceLevel
from servqual.telling import Number, Reading


@frozen(kw_only=True, repr=False)
class UnitLevel:
    """The level of service of one unit.

    Attributes
    ----------
    unit
        Which; "all" for all together.
    margin
        The least ``share − target`` of its standards, below zero a shortfall.
    n
        Respondents with a zone.
    adequacy, superiority
        Mean perception less adequate and less desired level (MSA, MSS), below zero a shortfall.
    position
        ``MSA / (MSA − MSS)``: 0 at adequate, 1 at desired.
    level
        What the estimates say.
    lowest, highest
        The levels at the lower and at the upper ends of all intervals.
    sure
        Whether those are the same.
    """

    unit: GroupLabel
    margin: Number
    n: int
    adequacy: Number
    superiority: Number
    position: Number
    level: ServiceLevel | None
    lowest: ServiceLevel | None
    highest: ServiceLevel | None
    sure: bool

    def __repr__(self) -> str:
        if self.level is None or self.lowest is None or self.highest is None:
            return f"<UnitLevel of {self.unit}: unknown>"
        how = "sure" if self.sure else f"{self.lowest} to {self.highest}"
        return f"<UnitLevel of {self.unit}: {self.level}; {how}>"


@frozen(eq=False, repr=False)
class ServiceLevels(Reading[UnitLevel]):
    """Levels of service of units: below standard, qualified, good, excellent; ``levels["north"]`` picks one."""

    reading: ClassVar[str] = "service_levels"
    named: ClassVar[str] = "unit"

    def __getitem__(self, unit: GroupLabel) -> UnitLevel:
        found = next((row for row in self.rows if row.unit == unit), None)
        if found is None:
            known = [str(row.unit) for row in self.rows]
            raise ArgumentError(Problem("unit", f"no {unit!r}", "it is a unit", did_you_mean(str(unit), known)))
        return found

    def units_at(self, level: ServiceLevel | str) -> tuple[GroupLabel, ...]:
        """Return the units whose estimates reach just this level."""
        return tuple(row.unit for row in self.rows if row.level == ServiceLevel(level))

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {
            name: [
                None if each is None else each.label.text(language) for each in (getattr(r, name) for r in self.rows)
            ]
            for name in ("level", "lowest", "highest")
        }
