"""`PickedRows`: a reading whose rows are picked by what they are about."""

from __future__ import annotations

from typing import TypeVar

from attrs import frozen

from servqual.errors import ArgumentError, Problem, did_you_mean
from servqual.telling import Reading

Row = TypeVar("Row")


@frozen(eq=False, repr=False)
class PickedRows(Reading[Row]):
    """A reading whose rows are picked by what they are about: ``found["duty"]``."""

    def __getitem__(self, key: str) -> Row:
        known = [str(getattr(row, self.named)) for row in self.rows]
        if key not in known:
            raise ArgumentError(
                Problem(self.named, f"no {key!r}", "it is none of the rows", did_you_mean(str(key), known))
            )
        return self.rows[known.index(key)]
