"""Square tables over dimensions, and the titles of readings of structure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from servqual._arrays import Floats
from servqual.instruments import Instrument
from servqual.labels import Label, Language
from servqual.quality.aspects import Aspect
from servqual.tables import Table
from servqual.telling import cells


def square_table(
    instrument: Instrument, values: Floats | None, title: str, notes: Sequence[str], backend: str
) -> Table:
    """Return a table with a row and a column for each dimension; empty where there are no values."""
    keys = instrument.dimension_keys
    columns: dict[str, list[Any]] = {"dimension": list(keys)}
    for place, key in enumerate(keys):
        name = key if key not in columns else f"{key}_"
        columns[name] = [None] * len(keys) if values is None else cells(values[:, place])
    return Table(columns, title, notes, backend=backend)


def heading(instrument: Instrument, aspect: Aspect, what: Label, language: Language | str | None) -> str:
    """Return a title: the instrument, what is told, and of which answers."""
    tongue = Language.ENGLISH if language is None else Language(language)
    name, told, of = instrument.label.text(tongue), what.text(tongue), aspect.label.text(tongue)
    return f"{name}：{told}（{of}）" if tongue is Language.CHINESE else f"{name}: {told} ({of})"
