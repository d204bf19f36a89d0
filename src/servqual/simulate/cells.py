"""`Cells`: which groups respondents fall into, and by how much mean perceptions differ between them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import AnyArray, Floats, freeze
from servqual.instruments import Instrument, Level
from servqual.simulate.levels import per_dimension
from servqual.simulate.refusals import Findings, Rule
from servqual.simulate.wishes import Groups

_SHIFT = Rule("a shift is a finite number", lambda _: True)


@frozen(eq=False)
class Cells:
    """The combinations of groups: columns, their labels in the order that surveys keep, shifts (cells, dimensions)."""

    names: tuple[str, ...]
    labels: tuple[tuple[Any, ...], ...]
    shifts: Floats = field(converter=freeze)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many groups each column has."""
        return tuple(len(labels) for labels in self.labels)

    def of(self, codes: AnyArray) -> AnyArray:
        """Return the cell of each respondent from the groups' positions, (columns, respondents)."""
        return np.ravel_multi_index(tuple(codes), self.sizes)

    def named(self, cell: int) -> str:
        """Return a cell in words."""
        places = np.unravel_index(cell, self.sizes)
        parts = zip(self.names, self.labels, places, strict=True)
        return ", ".join(f"{name} {labels[place]}" for name, labels, place in parts)


def cells_of(instrument: Instrument, groups: Groups, findings: Findings) -> Cells:
    """Return the cells of groups; where there are several columns, their shifts add up."""
    labels, shifts = [], []
    for name, given in groups.items():
        wanted = _wanted(f"groups {name}", given, findings)
        order = sorted(wanted, key=lambda label: (isinstance(label, str), label))
        labels.append(tuple(order))
        shifts.append([_shift(f"groups {name} {label}", wanted[label], instrument, findings) for label in order])
    total = [np.sum(rows, axis=0) for rows in product(*shifts)] if groups else [np.zeros(len(instrument.dimensions))]
    cells = Cells(tuple(groups), tuple(labels), np.array(total).reshape(-1, len(instrument.dimensions)))
    if cells.shifts.any() and Level.PERCEPTION not in instrument.levels:
        findings.add("groups", "shifts", f"they move perception; the instrument asks {', '.join(instrument.levels)}")
    return cells


def _shift(place: str, given: object, instrument: Instrument, findings: Findings) -> list[float]:
    return per_dimension(place, given, _SHIFT, instrument, findings, usual=0.0)


def _wanted(place: str, given: Any, findings: Findings) -> dict[Any, Any]:
    if isinstance(given, str) or not isinstance(given, Mapping | Sequence):
        findings.add(place, repr(given), "groups are a list of labels or a mapping label → shift", f"write [{given!r}]")
        return {}
    wanted = dict(given) if isinstance(given, Mapping) else dict.fromkeys(given, 0.0)
    if not wanted:
        findings.add(place, "no groups", "a grouping has at least one group")
    strange = [label for label in wanted if not _is_label(label)]
    for label in strange:
        findings.add(place, repr(label), "a label is a text or a finite number")
    return {label: shift for label, shift in wanted.items() if label not in strange}


def _is_label(label: object) -> bool:
    return isinstance(label, str) or (isinstance(label, int | float) and math.isfinite(label))


def shifted(instrument: Instrument, means: Floats, cells: Cells, findings: Findings) -> Floats:
    """Return the mean perceptions in every cell, (cells, dimensions)."""
    result = means + cells.shifts
    scale = instrument.scale
    for cell, place in np.argwhere((result < scale.low) | (result > scale.high)).tolist():
        found = f"mean perception of {instrument.dimension_keys[place]} at {float(result[cell, place]):g}"
        findings.add(f"groups {cells.named(cell)}", found, f"shifted means lie on the scale {scale}")
    return result
