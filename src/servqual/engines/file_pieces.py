"""What readers of files share: jobs, the columns of a file, and what is said of a piece that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from servqual._frames.door import FILES_EXTRA, needed
from servqual.engines.column_choice import Wanted
from servqual.engines.file_names import DataFile
from servqual.engines.places import Batch, Place
from servqual.errors import FileFormatError, Problem

# Reads one piece of a file, in whatever thread it is called, and returns its batches; faults are among them.
Job = Callable[[], list[Batch]]


@frozen(eq=False)
class Columns:
    """The columns that are read from a file, and those that the names of its folders tell.

    Attributes
    ----------
    own
        Columns of the file; None for all.
    told
        Columns with one value for the whole file.
    """

    own: list[str] | None
    told: dict[str, str | int | None]

    @classmethod
    def of(cls, file: DataFile, present: Sequence[str], wanted: Wanted) -> Columns:
        """Return what is wanted of the columns that there are."""
        told = {name: value for name, value in file.told.items() if name not in present}
        names = wanted.choose([*present, *told])
        if names is None:
            return cls(None, told)
        own = [name for name in names if name not in told]
        return cls(own, {name: told[name] for name in names if name in told})

    def complete(self, table: Any) -> Any:
        """Return a table with the columns that folders tell."""
        arrow = needed("pyarrow", FILES_EXTRA)
        for name, value in self.told.items():
            kind = arrow.string() if value is None or isinstance(value, str) else arrow.int64()
            table = table.append_column(name, arrow.repeat(arrow.scalar(value, kind), table.num_rows))
        return table


def pieces_of(file: DataFile, table: Any, batch_rows: int, first: int, groups: Sequence[int] = ()) -> list[Batch]:
    """Return a table in batches, with their places in the file."""
    found = []
    for rows in table.to_batches(max_chunksize=batch_rows):
        if rows.num_rows:
            place = Place(0, str(file.path), next(iter(groups), None), first, rows.num_rows, max(len(groups), 1))
            found.append(Batch(place, rows))
        first += rows.num_rows
    return found


def fault(place: Place, error: Exception, what: str = "") -> Batch:
    """Return a batch that could not be read, with the first line of what its reader says."""
    lines = (line.strip() for line in str(error).splitlines())
    said = next((line for line in lines if line), type(error).__name__)
    return Batch(place, fault=FileFormatError(Problem(str(place), f"{what}{said}", "every row can be read")))
