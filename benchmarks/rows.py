"""What a benchmark reports: one row per contender, with its ratio and the goal that the ratio is held against."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from attrs import frozen

from benchmarks.rounds import Times

OURS = "servqual"


@frozen
class Goal:
    """A bound on a ratio or a measurement; said, never asserted."""

    least: float | None = None
    most: float | None = None

    def reached(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def __str__(self) -> str:
        return f"≤ {self.most:g}" if self.least is None else f"≥ {self.least:g}"


@frozen
class Row:
    """One contender in one case."""

    case: str
    contender: str
    value: float
    unit: str
    best: float | None = None
    ratio_of: str = ""
    ratio: float | None = None
    goal: Goal | None = None

    @property
    def reached(self) -> bool | None:
        if self.goal is None:
            return None
        return self.goal.reached(self.value if self.ratio is None else self.ratio)

    def to_dict(self) -> dict[str, Any]:
        return {
            "case": self.case, "contender": self.contender, "value": self.value, "unit": self.unit, "best": self.best,
            "ratio_of": self.ratio_of, "ratio": self.ratio, "goal": None if self.goal is None else str(self.goal),
            "reached": self.reached,
        }  # fmt: skip


def compared(case: str, times: Times, goals: Mapping[str, Goal], *, bounds: Collection[str] = ()) -> list[Row]:
    """Return our row and one for every other contender.

    The ratio says how many times as long the other took; for `bounds`, how many times as long we took.
    """
    rows = [Row(case, OURS, times.median(OURS), "ms", times.best(OURS))]
    for name in times.seconds:
        if name == OURS:
            continue
        above, below = (OURS, name) if name in bounds else (name, OURS)
        ratio = times.ratio(above, below)
        of = f"{above} ÷ {below}"
        rows.append(Row(case, name, times.median(name), "ms", times.best(name), of, ratio, goals.get(name)))
    return rows


def size(respondents: int) -> str:
    """Return a number of respondents as it is spoken of: 1e6."""
    return f"{respondents:.0e}".replace("e+0", "e")


def markdown(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| case | contender | median | best | ratio | | goal | |", "|---|---|---:|---:|---|---:|---:|---|"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        best = "" if row.best is None else f"{row.best:.1f}"
        verdict = {True: "reached", False: "not reached", None: ""}[row.reached]
        cells = (row.case, row.contender, f"{row.value:.1f} {row.unit}", best, row.ratio_of, ratio)
        lines.append("| " + " | ".join((*cells, "" if row.goal is None else str(row.goal), verdict)) + " |")
    return "\n".join(lines)
