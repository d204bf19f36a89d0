"""`Batch`: some rows of a source on their way in, and `Place`: where they stand."""

from __future__ import annotations

from typing import Any

from attrs import frozen


@frozen
class Place:
    """Where the rows of a batch stand.

    Attributes
    ----------
    number
        Which batch of the source it is, counted from 0.
    file
        The file that holds it; None where rows do not come from files.
    row_group
        The row group of a Parquet file, or the first of several, counted from 0; None elsewhere.
    first
        The position of its first row in the file, or in the source where there are no files, counted from 0.
    rows
        How many rows there are; None where that is not known.
    row_groups
        How many row groups were read together.

    Examples
    --------
    >>> print(Place(3, "north.parquet", 1, 500_000, 250_000))
    north.parquet, row group 1, rows 500000..749999
    >>> print(Place(3, first=70))
    batch 3, from row 70 on
    """

    number: int
    file: str | None = None
    row_group: int | None = None
    first: int = 0
    rows: int | None = None
    row_groups: int = 1

    def __str__(self) -> str:
        where = f"batch {self.number}" if self.file is None else self.file
        group = "" if self.row_group is None else f", row group{self._which}"
        if self.rows:
            return f"{where}{group}, rows {self.first}..{self.first + self.rows - 1}"
        return f"{where}{group}{f', from row {self.first} on' if self.first else ''}"

    @property
    def _which(self) -> str:
        first = self.row_group or 0
        return f" {first}" if self.row_groups == 1 else f"s {first}..{first + self.row_groups - 1}"


@frozen(eq=False)
class Batch:
    """Some rows of a source: a frame, a record batch, a survey, or what hindered reading them.

    Attributes
    ----------
    place
        Where they stand.
    rows
        The rows; None where they could not be read.
    fault
        Why they could not be read; None where they could.
    """

    place: Place
    rows: Any = None
    fault: Exception | None = None
