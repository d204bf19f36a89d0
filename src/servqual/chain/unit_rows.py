"""`UnitRows`: one row for each unit and period, with the constructs measured there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual._arrays import Floats, Holder, Ints, freeze, read_only
from servqual._frames import GroupLabel
from servqual.chain.unit_checks import structure_problems, value_problems
from servqual.errors import Problem, UnitError, did_you_mean
from servqual.statistics.time_steps import rows_before, steps_of

Scales = tuple[tuple[str, tuple[float, float]], ...]


def _positions(values: npt.ArrayLike) -> Ints:
    return read_only(values, np.int64)


def _labels(given: Iterable[GroupLabel]) -> tuple[GroupLabel, ...]:
    return tuple(given)


def _texts(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)


def _by_column(values: npt.ArrayLike) -> Floats:
    given = np.asarray(values, dtype=np.float64)
    return read_only(given if given.flags.f_contiguous else freeze(given.copy(order="F")))


def _pairs(given: Mapping[str, Any] | Sequence[tuple[str, Any]] | None) -> tuple[tuple[str, Any], ...]:
    return tuple(given.items() if isinstance(given, Mapping) else given or ())


def _scales(given: Mapping[str, Any] | Sequence[tuple[str, Any]] | None) -> Scales:
    return tuple((name, tuple(scale) if isinstance(scale, Iterable) else scale) for name, scale in _pairs(given))


@frozen(eq=False, getstate_setstate=False, repr=False)
class ClusterColumn(Holder):
    """What each row belongs to beside its unit: one code a row, −1 where that is missing.

    Attributes
    ----------
    name
        The column.
    codes
        Position of each row's label, shape (rows,), read-only; −1 is missing.
    labels
        The labels, sorted.
    """

    name: str
    codes: Ints = field(converter=_positions)
    labels: tuple[GroupLabel, ...] = field(converter=_labels)


def _columns(given: Iterable[ClusterColumn]) -> tuple[ClusterColumn, ...]:
    return tuple(given)


@frozen(eq=False, getstate_setstate=False, repr=False)
class UnitRows(Holder):
    """Rows sorted by unit and period, at most one each, with constructs in columns; missing values are NaN.

    Attributes
    ----------
    unit_names
        Labels of the units, sorted: numbers before text.
    unit
        Position of each row's unit among them, shape (rows,).
    names
        The constructs, in the order of the columns.
    values
        Shape (rows, constructs); NaN is missing.
    period_names, period_steps
        Labels of the periods in order of time, and the position in time of each; empty without periods. Whole
        numbers, years, quarters, months and days keep their distances in smallest steps (2012, 2014, 2018 are 0, 1, 3;
        2024Q1, 2024Q2, 2024Q4 too), all others count as ranks.
    period
        Position in time of each row, shape (rows,): one of ``period_steps``, 0 without periods.
    clusters
        Columns of labels beside unit and period.
    scales
        (construct, (lowest, highest)) of those measured on a scale.
    respondents
        (construct, source) of those that are means over people: constructs of one source come from the same people.
    unit_column, period_column
        Names of the columns in frames; ``period_column`` is None without periods.
    backend
        The data-frame library that the units came from.
    left_out
        Columns of the frame that were not taken because they hold no numbers.
    """

    unit_names: tuple[GroupLabel, ...] = field(converter=_labels)
    unit: Ints = field(converter=_positions)
    names: tuple[str, ...] = field(converter=_texts)
    values: Floats = field(converter=_by_column)
    period_names: tuple[GroupLabel, ...] = field(default=(), converter=_labels, kw_only=True)
    period_steps: Ints = field(converter=_positions, kw_only=True)
    period: Ints = field(converter=_positions, kw_only=True)
    clusters: tuple[ClusterColumn, ...] = field(default=(), converter=_columns, kw_only=True)
    scales: Scales = field(default=(), converter=_scales, kw_only=True)
    respondents: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs, kw_only=True)
    unit_column: str = field(default="unit", kw_only=True)
    period_column: str | None = field(kw_only=True)
    backend: str = field(default="pandas", kw_only=True)
    left_out: tuple[str, ...] = field(default=(), converter=_texts, kw_only=True)

    @period_steps.default
    def _steps(self) -> Ints:
        return steps_of(self.period_names)

    @period.default
    def _one_period(self) -> Ints:
        return np.zeros(len(self.unit), np.int64)

    @period_column.default
    def _named_period(self) -> str | None:
        return "period" if self.period_names else None

    def __attrs_post_init__(self) -> None:
        problems = structure_problems(self) or value_problems(
            self.names, list(self.values.T), self.scales, self.row_labels
        )
        if problems:
            raise UnitError(*problems)

    def __len__(self) -> int:
        return len(self.unit)

    @property
    def n_units(self) -> int:
        """How many units there are."""
        return len(self.unit_names)

    @property
    def n_periods(self) -> int:
        """How many periods there are; 1 without periods."""
        return max(len(self.period_names), 1)

    @property
    def cluster_names(self) -> tuple[str, ...]:
        """Names of the columns of labels beside unit and period."""
        return tuple(each.name for each in self.clusters)

    def column(self, name: str) -> Floats:
        """Return the values of one construct, shape (rows,), read-only; NaN is missing.

        Raises
        ------
        UnitError
            A construct that there is not.
        """
        if name not in self.names:
            raise UnitError(_unknown(name, "a construct", self.names, self.cluster_names))
        return self.values[:, self.names.index(name)]

    def lagged(self, name: str, lag: int = 1) -> Floats:
        """Return, for each row, the value of the same unit ``lag`` steps earlier; NaN where there is none.

        Parameters
        ----------
        name
            A construct.
        lag
            Steps in time, a whole number of zero or more. Periods that a unit lacks are not skipped.

        Raises
        ------
        UnitError
            A construct that there is not; units without periods; a lag that is longer than the panel.
        """
        problem = self._lag_problem(lag)
        if problem or name not in self.names:
            unknown = [] if name in self.names else [_unknown(name, "a construct", self.names, self.cluster_names)]
            raise UnitError(*unknown, *([problem] if problem else []))
        values = self.column(name)
        if not lag:
            return values
        rows = rows_before(self.unit, self.period, self.period_steps, lag)
        return freeze(np.where(rows < 0, np.nan, values[rows]))

    def _lag_problem(self, lag: object) -> Problem | None:
        place = f"lag {lag!r}"
        if isinstance(lag, bool) or not isinstance(lag, int | np.integer) or lag < 0:
            return Problem(place, "not a number of steps back", "a lag is a whole number of zero or more")
        if lag and self.period_column is None:
            remedy = "name the column of periods with period= when the units are read"
            return Problem(place, "the units have no periods", "a lag goes back over periods", remedy)
        span = int(self.period_steps[-1] - self.period_steps[0]) if len(self.period_steps) else 0
        if lag > span:
            first, last = (self.period_names[0], self.period_names[-1])
            found = f"the panel has {span} steps, from {first} to {last}" if lag else ""
            return Problem(place, found, "a lag is at most as long as the panel")
        return None

    def codes(self, name: str) -> Ints:
        """Return the position of each row's label in a column of clusters, shape (rows,), read-only; −1 is missing.

        ``"unit"`` and the name of the unit column give units, ``"period"`` and that of the period column give
        positions in time.

        Raises
        ------
        UnitError
            A column of clusters that there is not.
        """
        known = {"unit": self.unit, self.unit_column: self.unit}
        if self.period_column is not None:
            known |= {"period": self.period, self.period_column: self.period}
        known |= {each.name: each.codes for each in self.clusters}
        if name not in known:
            raise UnitError(_unknown(name, "a column of clusters", tuple(known), self.names))
        return known[name]

    def labels(self, name: str) -> tuple[GroupLabel, ...]:
        """Return the labels that the codes of a column of clusters stand for; of periods, those in order of time.

        Raises
        ------
        UnitError
            A column of clusters that there is not.
        """
        found = [each.labels for each in self.clusters if each.name == name]
        if found:
            return found[0]
        return self.period_names if self.codes(name) is self.period else self.unit_names

    def rows(self, kept: Ints) -> Self:
        """Return the rows at these positions, in the order in which they are; units without a row are left out."""
        units, unit = np.unique(self.unit[kept], return_inverse=True)
        there = np.isin(self.period_steps, self.period[kept])
        return evolve(
            self,
            unit_names=[self.unit_names[each] for each in units.tolist()],
            unit=unit,
            values=self.values[kept],
            period_names=[name for name, held in zip(self.period_names, there.tolist(), strict=True) if held],
            period_steps=self.period_steps[there],
            period=self.period[kept],
            clusters=[evolve(each, codes=each.codes[kept]) for each in self.clusters],
        )

    def row_labels(self, rows: Ints) -> Iterator[str]:
        """Return what names each of some rows: the unit, and the period where there are periods."""
        for row in rows.tolist():
            label = str(self.unit_names[self.unit[row]])
            if self.period_column is not None:
                label += f" in {self.period_names[np.searchsorted(self.period_steps, self.period[row])]}"
            yield label


def _unknown(name: str, kind: str, known: Sequence[str], others: Sequence[str]) -> Problem:
    """Return what is wrong with a name that no column of a kind bears."""
    if name in others:
        found = "it holds labels of clusters" if kind == "a construct" else "it is a construct"
        return Problem(f"column {name}", found, f"{kind} is wanted here", did_you_mean(str(name), known))
    return Problem("columns", f"no {name!r}", f"{kind} of these units is wanted here", did_you_mean(str(name), known))
