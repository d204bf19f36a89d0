"""Where the steps of a blueprint stand: lanes from the top, time from the left, in inches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Self

from attrs import frozen

from servqual.operations.process.service_process import ServiceProcess
from servqual.operations.process.steps import Lane
from servqual.plots.tracks import Box, Size

_ROWS = 0.22
_COLUMNS = 0.34
_LANE = 0.26
_EDGE = 0.1


@frozen(eq=False)
class Places:
    """Boxes by step, and the depth at which each lane begins and ends.

    Attributes
    ----------
    boxes
        Where each step stands.
    lanes
        Lane → upper and lower edge, of those that have steps.
    columns
        In which column each step stands.
    size
        Width and height of all.
    """

    boxes: dict[str, Box]
    lanes: dict[Lane, tuple[float, float]]
    columns: dict[str, int]
    size: Size

    @classmethod
    def of(cls, process: ServiceProcess, sizes: Mapping[str, Size], beside: float) -> Self:
        """Return the places of steps of these sizes; names of lanes take the width `beside`."""
        columns = _columns(process)
        left, starts, widths = beside, {}, {}
        for column in range(max(columns.values()) + 1):
            widths[column] = max(sizes[key][0] for key, at in columns.items() if at == column)
            starts[column] = left + _COLUMNS / 2
            left += widths[column] + _COLUMNS
        boxes: dict[str, Box] = {}
        lanes: dict[Lane, tuple[float, float]] = {}
        top = 0.0
        for lane in Lane:
            keys = [step.key for step in process.steps if step.lane is lane]
            if not keys:
                continue
            high = max(sizes[key][1] for key in keys)
            rows = {key: [each for each in keys if columns[each] == columns[key]].index(key) for key in keys}
            for key, row in rows.items():
                y = top + _LANE + high / 2 + row * (high + _ROWS)
                at = columns[key]
                boxes[key] = Box(starts[at] + widths[at] / 2, y, widths[at], high)
            end = top + 2 * _LANE + (max(rows.values()) + 1) * (high + _ROWS) - _ROWS
            lanes[lane], top = (top, end), end
        return cls(boxes, lanes, columns, (left + _EDGE, top))


def _columns(process: ServiceProcess) -> dict[str, int]:
    """Return the column of each step: to the right of all that hand over to it, customers in their order."""
    before: dict[str, list[str]] = {key: [each.source for each in process.received(key)] for key in process.keys}
    order = process.order
    for earlier, later in pairwise([step.key for step in process.steps if step.lane is Lane.CUSTOMER]):
        before[later].append(earlier)
        try:
            order = tuple(TopologicalSorter(before).static_order())
        except CycleError:
            # what the customer does is told in another order than it happens
            before[later].pop()
    columns: dict[str, int] = {}
    for key in order:
        columns[key] = max((columns[each] + 1 for each in before[key]), default=0)
    return _drawn_near(process, columns, order)


def _drawn_near(process: ServiceProcess, columns: dict[str, int], order: Sequence[str]) -> dict[str, int]:
    """Return the columns with the steps of employees moved beside those to which they hand over first."""
    for key in reversed(order):
        after = [columns[each.target] for each in process.given(key)]
        if after and process.step(key).lane is not Lane.CUSTOMER:
            columns[key] = max(columns[key], min(after) - 1)
    used = sorted(set(columns.values()))
    return {key: used.index(column) for key, column in columns.items()}
