"""`ServiceProfile`: where a service stands between product and service, on four characteristics."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from servqual.labels import Label, Language
from servqual.operations.offering.profile_words import Characteristic, ServicePart
from servqual.operations.picked_rows import PickedRows
from servqual.statistics import Inapplicable
from servqual.tables import Table
from servqual.telling import Told

Number = float | Inapplicable

_BASES = {
    "tagged": Label("tagged", "标注"),
    "measured": Label("measured", "实测"),
    "not asked": Label("not asked", "未提供"),
}


@frozen(kw_only=True, repr=False)
class CharacteristicPlace:
    """Where the service stands on one characteristic.

    Attributes
    ----------
    characteristic
        Which.
    position, low, high
        0 as a product, 1 as a pure service; with its interval where it was measured.
    basis
        "tagged", "measured" or "not asked".
    n
        Attributes, ratings or periods behind it.
    """

    characteristic: Characteristic
    position: Number
    low: Number
    high: Number
    basis: str
    n: float

    def __repr__(self) -> str:
        if isinstance(self.position, Inapplicable):
            return f"<CharacteristicPlace {self.characteristic}: {self.position}>"
        return f"<CharacteristicPlace {self.characteristic}: {self.position:.3f}, {self.basis}>"


@frozen(kw_only=True)
class PartPlace:
    """One part of the offering.

    Attributes
    ----------
    part, attributes
        Core, supporting or auxiliary, and how many attributes it has.
    weight
        Its share of all importance.
    intangible, simultaneous
        Positions of its attributes; none where it has no attribute.
    """

    part: ServicePart
    attributes: int
    weight: float
    intangible: Number
    simultaneous: Number


@frozen(eq=False, repr=False, kw_only=True)
class ServiceProfile(PickedRows[CharacteristicPlace]):
    """Where a service stands between product and service.

    Attributes
    ----------
    rows
        One `CharacteristicPlace` for each of four; ``profile["perishable"]`` picks one.
    told
        The same as columns, with title and notes in English and Chinese.
    parts
        Core, supporting and auxiliary service.
    told_parts
        The same as columns.
    """

    reading: ClassVar[str] = "service_profile"
    named: ClassVar[str] = "characteristic"

    parts: tuple[PartPlace, ...]
    told_parts: Told

    def __repr__(self) -> str:
        known = [row for row in self.rows if not isinstance(row.position, Inapplicable)]
        said = ", ".join(f"{row.characteristic} {float(row.position):.2f}" for row in known)
        return f"<ServiceProfile: {said}>"

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {"basis": [_BASES[row.basis].text(language) for row in self.rows]}

    def parts_table(self, language: Language | str | None = None) -> Table:
        """Return core, supporting and auxiliary service with their weight and positions."""
        return self.told_parts.view(list(self.told_parts.table.columns), None, language, named="part")

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        return {**super().to_dict(), "parts": self.told_parts.whole().to_dict()["columns"]}
