"""SPSS files: the answers, and what the file says about its codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from servqual._frames.door import FILES_EXTRA, needed
from servqual._frames.text import doubtful, is_utf8
from servqual.errors import FileFormatError

Code = float | str


@frozen(eq=False)
class TableNotes:
    """What a file says about its columns: codes that mean "no answer", as (lowest, highest), and the words of codes."""

    missing: Mapping[str, tuple[tuple[Code, Code], ...]] = field(factory=dict)
    value_labels: Mapping[str, Mapping[Code, str]] = field(factory=dict)


def read_spss(path: Path, encoding: str) -> tuple[Any, TableNotes]:
    """Return the table in an SPSS file as a pandas frame of codes, and what the file says about them."""
    pyreadstat = needed("pyreadstat", FILES_EXTRA)
    try:
        if path.suffix.lower() == ".por":
            frame, meta = pyreadstat.read_por(path)
        else:
            frame, meta = pyreadstat.read_sav(path, user_missing=True, encoding=None if is_utf8(encoding) else encoding)
    except (pyreadstat.ReadstatError, UnicodeError) as error:
        raise FileFormatError(doubtful(path, error)) from error
    missing = {
        column: tuple((each["lo"], each["hi"]) for each in ranges) for column, ranges in meta.missing_ranges.items()
    }
    # SPSS has no missing text, only empty text.
    texts = [column for column, kind in meta.readstat_variable_types.items() if kind == "string"]
    blank = {column: frame[column].mask(frame[column] == "") for column in texts}
    return frame.assign(**blank), TableNotes(missing, dict(meta.variable_value_labels))


def without_user_missing(frame: Any, notes: TableNotes) -> Any:
    """Return the frame of an SPSS file with the codes that mean "no answer" made missing, column by column."""
    masked = {}
    for column, ranges in notes.missing.items():
        values = frame[column]
        for low, high in ranges:
            values = values.mask(values.between(low, high))
        masked[column] = values
    return frame.assign(**masked) if masked else frame


def with_labels(frame: Any, notes: TableNotes, columns: Iterable[str]) -> Any:
    """Return the frame of an SPSS file with words in place of codes in these columns; a code without words stays."""
    named = {}
    for column in columns:
        if column in notes.value_labels:
            words = frame[column].map(notes.value_labels[column]).astype(object)
            named[column] = words.where(words.notna(), frame[column])
    return frame.assign(**named) if named else frame


def coded(where: Mapping[str, object], notes: TableNotes) -> dict[str, object]:
    """Return the same conditions with codes for words, where the file says what its codes mean."""
    codes = {column: {words: code for code, words in labels.items()} for column, labels in notes.value_labels.items()}
    return {
        column: codes.get(column, {}).get(value, value) if isinstance(value, str) else value
        for column, value in where.items()
    }
