"""`EvaluationTable`: what a pair of answers says of a feature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Self

import numpy as np
from attrs import field, frozen

from servqual._arrays import Ints, freeze
from servqual.errors import KanoError, Problem, ServqualError
from servqual.labels import Label, Language, as_label
from servqual.satisfaction.delight.words import CATEGORIES, Category, KanoAnswer
from servqual.tables import Table

Cells = tuple[tuple[Category, ...], ...]
_ANSWERS = tuple(KanoAnswer)
_SIZE = len(_ANSWERS)
_STANDARD = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
_POULIOT = ("QAAAO", "RQIIM", "RIIIM", "RIIQM", "RRRRQ")


def _cells(rows: Iterable[Sequence[Category | str]]) -> Cells:
    given = [list(row) for row in rows]
    problems: list[Problem | str] = []
    if [len(row) for row in given] != [_SIZE] * _SIZE:
        found = f"rows of {', '.join(str(len(row)) for row in given) or 'nothing'}"
        rule = "there are five rows, one for each functional answer, of five categories, one for each dysfunctional one"
        problems.append(Problem("evaluation table", found, rule, 'such as "QAAAO" for the first row'))
    made = tuple(tuple(_made(cell, place, problems) for cell in row) for place, row in enumerate(given, start=1))
    if problems:
        raise KanoError(*problems)
    return made


def _made(cell: Category | str, row: int, problems: list[Problem | str]) -> Category:
    try:
        return Category(cell)
    except ServqualError as error:
        each = error.problems[0]
        problems.append(
            Problem(f"row {row} of the table", each.found, each.rule, each.remedy)
            if isinstance(each, Problem)
            else each
        )
        return Category.QUESTIONABLE


@frozen
class EvaluationTable:
    """A table of 25 cells: the category of a feature by the functional answer (row) and the dysfunctional one (column).

    Rows and columns are in the order of `KanoAnswer`: like, must be, neutral, live with, dislike.

    Parameters
    ----------
    cells
        Five rows of five categories, or of their letters: ``["QAAAO", "RIIIM", …]``.
    label
        What the table is called.

    Raises
    ------
    KanoError
        Rows that are not five of five, or something that is no category, all at once.

    References
    ----------
    Kano, Seraku, Takahashi & Tsuji 1984, Journal of the Japanese Society for Quality Control 14(2):39-48; Berger et al.
    1993, Center for Quality of Management Journal 2(4):3-36.

    Examples
    --------
    >>> table = EvaluationTable.standard()
    >>> table["like", "dislike"].label.en, table["neutral", "dislike"].label.en
    ('one-dimensional', 'must-be')
    """

    cells: Cells = field(converter=_cells)
    label: Label = field(default=Label("own evaluation table", "自定评价表"), converter=as_label)

    @classmethod
    def standard(cls) -> Self:
        """Return the table in use since 1984: questionable is only the same extreme answer to both questions."""
        return cls(_STANDARD, Label("standard evaluation table", "标准评价表"))

    @classmethod
    def pouliot(cls) -> Self:
        """Return the variant in which two more cells contradict themselves: must-be twice, and live-with twice.

        References
        ----------
        Pouliot in Berger et al. 1993, Center for Quality of Management Journal 2(4):3-36.
        """
        return cls(_POULIOT, Label("Pouliot's evaluation table", "Pouliot 评价表"))

    def __getitem__(self, answers: tuple[KanoAnswer | str, KanoAnswer | str]) -> Category:
        functional, dysfunctional = (_ANSWERS.index(KanoAnswer(each)) for each in answers)
        return self.cells[functional][dysfunctional]

    def __iter__(self) -> Iterator[tuple[Category, ...]]:
        return iter(self.cells)

    def transposed(self) -> Self:
        """Return the table with both questions exchanged."""
        return type(self)(zip(*self.cells, strict=True), self.label)

    def codes(self) -> Ints:
        """Return the position of each cell's category among all categories, row after row, shape (25,)."""
        return freeze(np.array([CATEGORIES.index(cell) for row in self.cells for cell in row]))

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return the table to look at: a row for each functional answer, the letters of the categories as cells.

        A language says both answers and the title in words.
        """
        tongue = Language.ENGLISH if language is None else Language(language)
        names = [str(each) if language is None else each.label.text(tongue) for each in _ANSWERS]
        head = Label("functional", "正向题（具备时）").text(tongue) if language is not None else "functional"
        columns: dict[str, list[str]] = {head: names}
        for place, name in enumerate(names):
            columns[name] = [row[place].letter for row in self.cells]
        letters = "; ".join(f"{each.letter} {each.label.text(tongue)}" for each in CATEGORIES)
        across = Label("columns: the dysfunctional answer", "列：反向题（不具备时）的回答").text(tongue)
        return Table(columns, self.label.text(tongue), [across, letters])
