"""`UnitGaps`: the gaps of every unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import GapModelError, Problem
from servqual.gap_model.gap_words import OVERALL, GapName, StationGap
from servqual.gap_model.lookups import looked_up
from servqual.labels import Label, Language
from servqual.tables import Table
from servqual.telling import cells

_TITLE = Label("Gaps by unit", "各单位的差距")


def _texts(given: Iterable[object]) -> tuple[str, ...]:
    return tuple(map(str, given))


def _gaps(given: Iterable[StationGap]) -> tuple[StationGap, ...]:
    return tuple(given)


def _labels(given: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(given)


@frozen(eq=False, getstate_setstate=False, repr=False)
class UnitGaps(Holder):
    """The gaps of every unit (branch, team, shop), per dimension and overall; below zero a shortfall.

    Attributes
    ----------
    units
        The labels of the units.
    gaps
        Which gaps: the links of the chain in its order, then Gap 5 and the promise gap, as far as they were measured.
    dimensions
        The keys of the dimensions, ``"overall"`` last, which is their plain mean.
    values, standard_errors
        Gaps and their standard errors, shape (units, gaps, dimensions); NaN where a unit lacks what it is made of, as
        errors do where a source has a single row of it.
    unit
        What units are called in the data, such as ``"branch"``.
    labels
        The names of the dimensions in English and Chinese, in their order; by default their keys.
    notes
        What a reader must know: which sources say the same of all units, which units lack something.

    Raises
    ------
    GapModelError
        Shapes that do not fit, units named twice, standard errors below zero.

    Examples
    --------
    >>> gaps = [GapName.KNOWLEDGE.gap, GapName.DELIVERY.gap]
    >>> found = UnitGaps(["north", "south"], gaps, ["overall"], [[[-0.2], [-1.0]], [[0.1], [-0.4]]], np.ones((2, 2, 1)))
    >>> found.column("gap_3").tolist()
    [-1.0, -0.4]
    """

    units: tuple[str, ...] = field(converter=_texts)
    gaps: tuple[StationGap, ...] = field(converter=_gaps)
    dimensions: tuple[str, ...] = field(converter=_texts)
    values: Floats = field(converter=floats)
    standard_errors: Floats = field(converter=floats)
    unit: str = "unit"
    labels: tuple[Label, ...] = field(converter=_labels)
    notes: tuple[Label, ...] = field(default=(), converter=_labels)

    @labels.default
    def _keys(self) -> tuple[Label, ...]:
        return tuple(Label(key) for key in self.dimensions)

    def __attrs_post_init__(self) -> None:
        shape = (len(self.units), len(self.gaps), len(self.dimensions))
        problems = [
            Problem(name, f"shape {given.shape}", f"(units, gaps, dimensions) are {shape}")
            for name, given in (("values", self.values), ("standard_errors", self.standard_errors))
            if given.shape != shape
        ]
        twice = sorted({each for each in self.units if self.units.count(each) > 1})
        problems += [Problem("units", f"{each!r} twice", "every unit stands once") for each in twice]
        if np.any(self.standard_errors < 0):
            problems.append(Problem("standard_errors", f"{self.standard_errors.min():g}", "none is below zero"))
        if problems:
            raise GapModelError(*problems)

    def __len__(self) -> int:
        return len(self.units)

    def __repr__(self) -> str:
        return f"<UnitGaps: {len(self)} units × {len(self.gaps)} gaps × {len(self.dimensions)} dimensions>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def column(self, gap: GapName | str, dimension: str = OVERALL) -> Floats:
        """Return one gap of one dimension, of every unit, shape (units,).

        Raises
        ------
        ArgumentError
            A gap or a dimension that is not there.
        """
        return self.values[:, *self._place(gap, dimension)]

    def errors(self, gap: GapName | str, dimension: str = OVERALL) -> Floats:
        """Return the standard errors of one gap of one dimension, of every unit, shape (units,)."""
        return self.standard_errors[:, *self._place(gap, dimension)]

    def _place(self, gap: GapName | str, dimension: str) -> tuple[int, int]:
        return looked_up(gap, dimension, self.gaps, self.dimensions)

    def to_table(self, dimension: str = OVERALL, *, language: Language | str | None = None) -> Table:
        """Return the gaps of one dimension, one row per unit and one column per gap."""
        tongue = language or Language.ENGLISH
        shown = {each.key: cells(self.column(each.key, dimension)) for each in self.gaps}
        label = self.labels[self.dimensions.index(dimension)]
        title = Label(f"{_TITLE.en}: {label.en}", f"{_TITLE.zh}：{label.text('zh')}").text(tongue)
        return Table({self.unit: self.units, **shown}, title, [note.text(tongue) for note in self.notes])

    def _long(self) -> Table:
        units, gaps, dimensions = self.values.shape
        return Table(
            {
                self.unit: np.repeat(self.units, gaps * dimensions),
                "gap": np.tile(np.repeat([each.key for each in self.gaps], dimensions), units),
                "dimension": np.tile(self.dimensions, units * gaps),
                "estimate": cells(self.values.ravel()),
                "se": cells(self.standard_errors.ravel()),
            },
            _TITLE.en,
            [note.en for note in self.notes],
        )

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row per unit, gap and dimension."""
        return self._long().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary."""
        return {"reading": "unit_gaps", "unit": self.unit, **self._long().to_dict()}
