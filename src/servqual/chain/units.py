"""`UnitTable`: branches, hospitals or firms over periods, and what was measured there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual import _frames
from servqual._frames import GroupLabel
from servqual.chain.given_rows import rows_of
from servqual.chain.join_report import JoinReport
from servqual.chain.joining import HasUnits, joined_fields
from servqual.chain.unit_reading import from_library, from_sequences, holds_numbers, no_numbers
from servqual.chain.unit_rows import UnitRows
from servqual.chain.unit_summary import columns_of, size_of, summary_of
from servqual.errors import Problem, UnitError, did_you_mean
from servqual.labels import Language
from servqual.tables import Table

Range = tuple[float, float]
T = TypeVar("T")


@frozen(eq=False, getstate_setstate=False, repr=False)
class UnitTable(UnitRows):
    """Units over periods with the constructs measured there: one row each, sorted by unit and period.

    It is made by `from_frame`, `from_arrays` or `join`. Missing values are NaN. All arrays are read-only.

    Attributes
    ----------
    unit_names, period_names
        Labels of the units, sorted, and of the periods, in order of time; no periods where there is no such column.
    unit, period
        Position of each row's unit among the names, and its position in time, shape (rows,). Whole numbers, years,
        quarters, months and days keep their distances in smallest steps (2012, 2014, 2018 are at 0, 1, 3; 2024Q1,
        2024Q2, 2024Q4 too), all others count as ranks.
    period_steps
        Position in time of each period name.
    names, values
        The constructs, and their values, shape (rows, constructs).
    clusters
        Columns of labels beside unit and period; `codes` and `labels` read them.
    scales, respondents
        (construct, (lowest, highest)), and (construct, source of the people that it is a mean of).
    unit_column, period_column, backend
        Names of the columns in frames, and the library of frames.
    left_out
        Columns of the frame that were not taken because they hold no numbers.
    joined
        What matched and what did not where the table was joined from others; None otherwise.

    Examples
    --------
    >>> units = UnitTable.from_arrays(
    ...     ["north", "north", "south"], {"loyalty": [4.0, 4.5, 3.0]}, period=[2022, 2023, 2023]
    ... )
    >>> units
    <UnitTable: 2 units in 2 periods, 3 rows; loyalty>
    >>> units.lagged("loyalty", 1)
    array([nan,  4., nan])
    """

    joined: JoinReport | None = field(default=None, kw_only=True)

    @classmethod
    def from_frame(
        cls,
        frame: Any,
        *,
        unit: str,
        period: str | None = None,
        columns: Sequence[str] | str | None = None,
        clusters: Sequence[str] | str = (),
        scales: Mapping[str, Range] | None = None,
        respondents: Mapping[str, str] | None = None,
    ) -> Self:
        """Return the units of a data frame of pandas, polars or pyarrow that has one row per unit and period.

        Parameters
        ----------
        frame
            The data; rows in any order.
        unit, period
            The columns that name the unit and the period of each row. Periods are numbers, dates, or texts that are in
            order of time when sorted, such as 2024Q1 or 2024-01. A quarter that no unit has is a step in time still;
            dates count as months where no two lie in one, else as days.
        columns
            The columns of constructs; all numeric columns where none are named.
        clusters
            Columns of labels to which units belong, such as a region; missing labels are allowed.
        scales
            Construct → (lowest, highest) value of its scale.
        respondents
            Construct → the people whose mean it is, such as "employees".

        Raises
        ------
        UnitError
            Everything that is wrong, together: columns that there are not or that hold no numbers, rows without a unit
            or period, a unit with two rows in a period, periods without an order, infinite values, values off a scale.
        """
        given = from_library(frame, unit, period, _listed(columns), _listed(clusters) or ())
        return cls(**rows_of(given, scales, respondents))

    @classmethod
    def from_arrays(
        cls,
        unit: Iterable[GroupLabel] | npt.ArrayLike,
        columns: Mapping[str, npt.ArrayLike],
        *,
        period: Iterable[GroupLabel] | npt.ArrayLike | None = None,
        clusters: Mapping[str, Any] | None = None,
        scales: Mapping[str, Range] | None = None,
        respondents: Mapping[str, str] | None = None,
        unit_column: str = "unit",
        period_column: str = "period",
        backend: str = "pandas",
    ) -> Self:
        """Return the units of arrays or lists with one value per unit and period, in any order of rows.

        Parameters
        ----------
        unit, period
            Labels, shape (rows,).
        columns
            Construct → numbers, shape (rows,); NaN or None is missing.
        clusters
            Column → labels, shape (rows,); None is missing.
        scales, respondents
            As in `from_frame`.
        unit_column, period_column, backend
            Names of the columns in frames made of the units, and the library of these frames.

        Raises
        ------
        UnitError
            As `from_frame`; arrays of different lengths.
        """
        named = (unit_column, None if period is None else period_column)
        given = from_sequences(unit, columns, period, clusters or {}, named)
        return cls(**rows_of(evolve(given, backend=backend), scales, respondents))

    # Without a parameter of its own, so that UnitTable.join(a, b) and a.join(b) mean the same
    def join(*tables: UnitRows | HasUnits, **named: UnitRows | HasUnits) -> UnitTable:
        """Return all tables as one, joined by the names of units and periods; a row that only one has is kept.

        ``UnitTable.join(a, b)`` and ``a.join(b)`` mean the same. Labels match whatever the order of rows; 1 and "1" are
        different. A table without periods is spread over the periods of its units. Where a unit has one label of a
        cluster in all rows that have any, its other rows take it. Attribute ``joined`` of the result reports what
        matched and what did not.

        Parameters
        ----------
        *tables, **named
            Tables of units, or results of `aggregate`; keywords name them in the report, else their place and source.

        Raises
        ------
        UnitError
            No tables; the same column in two of them; a table that shares no unit with any other; periods that have no
            common order; clusters that contradict each other.
        """
        placed = [(_placed(place, table), table) for place, table in enumerate(tables, start=1)]
        fields, report = joined_fields([*placed, *named.items()])
        return UnitTable(**fields, joined=report)

    def with_columns(
        self,
        columns: Mapping[str, npt.ArrayLike],
        *,
        scales: Mapping[str, Range] | None = None,
        respondents: Mapping[str, str] | None = None,
    ) -> Self:
        """Return the same units with further constructs, one value for each row of this table in its order.

        A construct that is there already takes the new values, and loses its scale and its respondents unless they are
        given.

        Raises
        ------
        UnitError
            Columns of another length, without numbers, infinite or off their scale; names that clusters bear.
        """
        wrong = [_not_a_row_each(name, given, len(self)) for name, given in columns.items()]
        problems = [each for each in wrong if each]
        if problems:
            raise UnitError(*problems)
        kept = {name: self.column(name) for name in self.names} | {
            name: np.asarray(given, dtype=np.float64) for name, given in columns.items()
        }
        return evolve(
            self,
            names=tuple(kept),
            values=np.array(list(kept.values())).reshape(-1, len(self)).T,
            scales=dict(_without(self.scales, columns)) | dict(scales or {}),
            respondents=dict(_without(self.respondents, columns)) | dict(respondents or {}),
        )

    def where(
        self,
        *,
        units: Iterable[GroupLabel] | GroupLabel = None,
        periods: Iterable[GroupLabel] | GroupLabel = None,
    ) -> Self:
        """Return the rows of some units, of some periods, or of some units in some periods; steps in time stay.

        Raises
        ------
        UnitError
            Units or periods that there are not; nothing asked for; no row left.
        """
        asked = {"units": (units, self.unit_names), "periods": (periods, self.period_names)}
        problems = [
            Problem(place, f"no {label!r}", "the table has no such label", did_you_mean(str(label), map(str, known)))
            for place, (wanted, known) in asked.items()
            for label in _asked(wanted)
            if label not in known
        ]
        if units is None and periods is None:
            problems.append(Problem("where", "nothing", "it takes units, periods or both", "where(units=[…])"))
        rows = np.ones(len(self), np.bool_)
        if units is not None:
            rows &= np.isin(
                self.unit, [self.unit_names.index(each) for each in _asked(units) if each in self.unit_names]
            )
        if periods is not None:
            held = [name in _asked(periods) for name in self.period_names]
            rows &= np.isin(self.period, self.period_steps[held])
        if not rows.any() and not problems:
            problems.append(Problem("where", "no row", "some unit has a row in some of these periods"))
        if problems:
            raise UnitError(*problems)
        return self.rows(np.flatnonzero(rows))

    def __repr__(self) -> str:
        names = ", ".join(self.names[:6]) + (", …" if len(self.names) > 6 else "")
        return f"<UnitTable: {size_of(self)}; {names}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return, for each construct, values, units with a value, mean, sd (divisor n − 1), range and share missing."""
        told = summary_of(self)
        return told.view(tuple(told.table.columns), language=language, named="")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all rows as a frame, in the library that the units came from unless another is named."""
        return _frames.build(columns_of(self), backend or self.backend)


def _placed(place: int, table: object) -> str:
    source = getattr(table, "source", None)
    return f"table {place} ({source})" if isinstance(source, str) else f"table {place}"


def _listed(names: Sequence[str] | str | None) -> tuple[str, ...] | None:
    return (names,) if isinstance(names, str) else None if names is None else tuple(names)


def _asked(wanted: Iterable[GroupLabel] | GroupLabel) -> tuple[GroupLabel, ...]:
    if wanted is None:
        return ()
    return tuple(wanted) if isinstance(wanted, Iterable) and not isinstance(wanted, str) else (wanted,)


def _without(pairs: Iterable[tuple[str, T]], names: Iterable[str]) -> list[tuple[str, T]]:
    gone = set(names)
    return [pair for pair in pairs if pair[0] not in gone]


def _not_a_row_each(name: str, given: npt.ArrayLike, rows: int) -> Problem | None:
    values = np.asarray(given)
    if values.shape != (rows,):
        return Problem(f"column {name}", f"shape {values.shape}", f"there is one value a row, shape ({rows},)")
    return None if holds_numbers(values) else no_numbers(name, values)
