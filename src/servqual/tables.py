"""`Table`: the one presentable value; it computes nothing and rounds only what it shows."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

from attrs import evolve, field, frozen

from servqual import _frames
from servqual.errors import Problem, TableError, did_you_mean

__all__ = ["Table", "TableError"]

Cell = str | int | float | bool | None


def _cells_of(columns: Mapping[str, Iterable[Any]]) -> dict[str, tuple[Cell, ...]]:
    return {name: tuple(_plain(value) for value in values) for name, values in columns.items()}


def _plain(value: Any) -> Cell:
    """Return a numpy scalar as the Python value it is."""
    return value.item() if hasattr(value, "item") else value


def _texts(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(notes)


@frozen(eq=False, repr=False)
class Table:
    """Columns of equal length with a title and notes; shown as text, HTML or Markdown, handed on as a frame or dict.

    Parameters
    ----------
    columns
        Column name → values, in the order in which they are shown. Names are snake_case.
    title, notes
        What the table says, and what a reader must know to trust it.
    digits
        Decimals shown for real numbers; the values themselves are never rounded.
    backend
        The data-frame library that `to_frame` uses: "pandas", "polars" or "pyarrow".

    Examples
    --------
    >>> print(Table({"dimension": ["empathy"], "mean": [-0.5]}, title="Gaps"))
    Gaps
    dimension    mean
    empathy    -0.500
    """

    columns: Mapping[str, tuple[Cell, ...]] = field(converter=_cells_of)
    title: str = ""
    notes: tuple[str, ...] = field(default=(), converter=_texts)
    digits: int = 3
    backend: str = "pandas"

    @columns.validator
    def _equal_lengths(self, _: object, columns: Mapping[str, tuple[Cell, ...]]) -> None:
        lengths = {name: len(values) for name, values in columns.items()}
        if len(set(lengths.values())) > 1:
            raise TableError(Problem("columns", str(lengths), "all columns of a table have the same length"))

    def __contains__(self, column: object) -> bool:
        """Whether there is a column of this name."""
        return column in self.columns

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, column: str) -> tuple[Cell, ...]:
        try:
            return self.columns[column]
        except KeyError:
            raise TableError(
                Problem("columns", f"no {column!r}", "the table has no such column", did_you_mean(column, self.columns))
            ) from None

    def __repr__(self) -> str:
        return f"<Table {self.title!r}: {len(self)} rows × {len(self.columns)} columns>"

    def __str__(self) -> str:
        body = _aligned(list(self.columns), self._cells())
        return "\n".join([*([self.title] if self.title else []), *body, *self.notes])

    def _cells(self) -> list[list[str]]:
        shown = [
            [_shown(value, self.digits, probability=_is_probability(name)) for value in values]
            for name, values in self.columns.items()
        ]
        return [list(row) for row in zip(*shown, strict=True)]

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in self._cells())
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        caption = f"<caption>{html.escape(self.title)}</caption>" if self.title else ""
        notes = "".join(f"<p><small>{html.escape(note)}</small></p>" for note in self.notes)
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f'<div style="overflow-x: auto">{table}</div>{notes}'

    def to_markdown(self) -> str:
        """Return the table as Markdown."""
        lines = ["| " + " | ".join(self.columns) + " |", "|" + " --- |" * len(self.columns)]
        lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in self._cells()]
        title = [f"**{self.title}**", ""] if self.title else []
        notes = [line for note in self.notes for line in ("", note)]
        return "\n".join([*title, *lines, *notes])

    def to_frame(self, backend: str | None = None) -> Any:
        """Return a tidy data frame, in the library that the data came from unless another is named."""
        return _frames.build({name: list(values) for name, values in self.columns.items()}, backend or self.backend)

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary; what does not exist is None."""
        columns = {name: [_json_safe(value) for value in values] for name, values in self.columns.items()}
        return {"title": self.title, "columns": columns, "notes": list(self.notes)}

    def sorted_by(self, column: str, *, descending: bool = False) -> Table:
        """Return the same rows in the order of one column; what is missing comes last."""
        values = self[column]
        present = [row for row, value in enumerate(values) if not _absent(value)]
        absent = [row for row, value in enumerate(values) if _absent(value)]
        present.sort(key=lambda row: values[row], reverse=descending)  # type: ignore[arg-type,return-value]
        return self.rows([*present, *absent])

    def rows(self, rows: Sequence[int]) -> Table:
        """Return a table of the rows at these positions, in this order."""
        outside = [row for row in rows if not -len(self) <= row < len(self)]
        if outside:
            raise TableError(Problem("rows", f"position {outside[0]}", f"the table has {len(self)} rows"))
        return evolve(self, columns={name: [values[row] for row in rows] for name, values in self.columns.items()})


def _absent(value: Cell) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _json_safe(value: Cell) -> Cell:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _is_probability(name: str) -> bool:
    """Return whether a column holds p-values, by its name: a small one is not nothing."""
    return name == "p" or name.startswith("p_") or name.endswith("_p")


def _shown(value: Cell, digits: int, *, probability: bool = False) -> str:
    if _absent(value):
        return "–"
    if isinstance(value, float):
        if probability and 0 <= value < 10**-digits:
            return f"<{10**-digits:.{digits}f}"
        text = f"{value:.{digits}f}"
        return text.lstrip("-") if float(text) == 0 else text
    return str(value)


def _aligned(names: list[str], rows: list[list[str]]) -> list[str]:
    numeric = [all(_is_number(row[column]) for row in rows) for column in range(len(names))]
    widths = [max(_width(text) for text in column) for column in zip(names, *rows, strict=True)]
    padded = (
        "  ".join(_padded(cell, width, right) for cell, width, right in zip(row, widths, numeric, strict=True))
        for row in [names, *rows]
    )
    return [line.rstrip() for line in padded]


def _is_number(text: str) -> bool:
    return text == "–" or text.lstrip("<").replace("-", "").replace(".", "").isdigit()


def _width(text: str) -> int:
    # Chinese characters take two columns in a terminal.
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text: str, width: int, right: bool) -> str:  # noqa: FBT001 - private and positional
    space = " " * (width - _width(text))
    return space + text if right else text + space
