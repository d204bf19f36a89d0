"""`SavedForms`: a summary as a dictionary, as JSON text and as a table of pyarrow, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Self

from attrs import evolve

from servqual._records import parse_json
from servqual.scoring.arrow_records import groups_in, head_of, table_from
from servqual.scoring.summary_records import fields_from, record_of


class SavedForms:
    """What a summary is saved as; all forms carry a schema version and are read strictly."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary from which `from_dict` makes the same summary."""
        return record_of(self)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any], models: Iterable[type] = ()) -> Self:
        """Return the summary that a dictionary describes; scoring models of your own are named in `models`.

        Raises
        ------
        RecordError
            Another schema, missing or unknown keys, or a model that is not known.
        """
        return cls(**fields_from(record, models))

    def to_json(self) -> str:
        """Return the summary as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str, models: Iterable[type] = ()) -> Self:
        """Return the summary that a JSON text describes; see `from_dict`."""
        return cls.from_dict(parse_json(text), models)

    def to_arrow(self) -> Any:
        """Return the summary as a table of pyarrow: one row per group, one column per sum, the rest as metadata.

        Parquet and Feather keep all of it, the metadata included.

        Raises
        ------
        MissingExtraError
            When pyarrow is not installed.
        """
        return table_from(self)

    @classmethod
    def from_arrow(cls, table: Any, models: Iterable[type] = ()) -> Self:
        """Return the summary that a table of `to_arrow` describes; scoring models of your own are named in `models`.

        Raises
        ------
        RecordError
            A table that `to_arrow` did not make, of another schema, or with a model that is not known.
        MissingExtraError
            When pyarrow is not installed.
        """
        bare: Any = cls.from_dict(head_of(table), models)
        return evolve(bare, groups=groups_in(table, bare))
