"""Answers taken as they lie in memory: whole numbers on the scale, from everybody, on every item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import signature
from typing import Any

import numpy as np
from attrs import define, evolve, field

from servqual import _frames
from servqual._arrays import AnyArray
from servqual._frames.door import FILES_EXTRA, needed
from servqual.answers import LevelAnswers
from servqual.coding import CodeBook
from servqual.columns import ColumnMap, asked_levels
from servqual.engines.column_choice import Wanted
from servqual.engines.one_kind import key_kind, one_kind
from servqual.engines.recipes import Recipe
from servqual.engines.sources import as_frame, is_record_batch
from servqual.instruments import Level
from servqual.intake.coded import no_answers
from servqual.scoring import Summary, summarize
from servqual.scoring.byte_sums import Rows
from servqual.scoring.gappy_sums import sums_of_codes
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.rules import Rules
from servqual.scoring.whole_sums import serves, whole_sums
from servqual.survey import Survey

_HARMLESS = {"already_reversed", "inverted_ok", "missing", "groups"}


@define(eq=False)
class PlainReader:
    """What spares plain batches the door: codes are views of their columns, checked against the scale, and no copies.

    A batch in which anything else is found goes through the door, which says what is wrong with it.
    """

    recipe: Recipe
    book: CodeBook = field(init=False)
    allowed: bool = field(init=False)
    _known: tuple[list[str], Mapping[Level, Sequence[str]]] | None = field(default=None, init=False)

    @book.default
    def _book(self) -> CodeBook:
        return CodeBook.of(self.recipe.instrument.scale)

    @allowed.default
    def _is_allowed(self) -> bool:
        columns, scale = self.recipe.columns, self.recipe.instrument.scale
        said = {name for name, value in columns.items() if value not in (None, (), False)}
        beside = said - set(Wanted(self.recipe.instrument, columns).levels) - _HARMLESS
        on_scale = any(scale.low <= code <= scale.high for code in no_answers(columns.get("missing", ())))
        whole = self.book.dtype == np.int8 and self.book.offset == 0 and scale.step == 1
        return whole and not beside and not on_scale and not columns.get("groups")

    def rows(self, frame: Any) -> Rows | None:
        """Return the codes of a batch item by item; None where it has to go through the door."""
        if not self.allowed:
            return None
        record = is_record_batch(frame)
        if not record and not hasattr(frame, "columns"):
            return None
        given: Any = frame if record else _frames.opened(frame)
        names = self._names(list(given.schema.names if record else given.columns))
        if names is None:
            return None
        found: dict[Level, list[AnyArray]] = {}
        for level, columns in names.items():
            found[level] = []
            for item, name in enumerate(columns):
                codes = self._codes(_of_record_batch(given, name) if record else _frames.numbers(given, name), item)
                if codes is None:
                    return None
                found[level].append(codes)
        return found

    def answers(self, frame: Any) -> Mapping[Level, LevelAnswers] | None:
        """Return the coded answers in a record batch of whole numbers with gaps; None for all else."""
        if not self.allowed or not is_record_batch(frame) or not frame.num_rows:
            return None
        names = self._names(frame.schema.names)
        if names is None:
            return None
        found = {}
        for level, columns in names.items():
            codes = np.empty((len(columns), frame.num_rows), np.int8)
            gappy = np.zeros(len(columns), np.bool_)
            for item, name in enumerate(columns):
                column = _with_code(frame.column(name), self.book)
                if column is None:
                    return None
                gappy[item] = bool(frame.column(name).null_count)
                self._put(column, codes[item], item)
            found[level] = LevelAnswers(codes, gappy, self.book)
        return found

    def _put(self, column: AnyArray, out: AnyArray, item: int) -> None:
        if self._turned(item):
            ends = np.int8(self.book.low + self.book.high)
            np.copyto(out, np.where(column == self.book.missing, column, ends - column))
        else:
            np.copyto(out, column)

    def survey(self, frame: Any) -> Survey | None:
        """Return the survey in a batch; None where it has to go through the door."""
        rows = self.rows(frame)
        answers = self.answers(frame) if rows is None else self.coded(rows)
        return None if answers is None else self.survey_of(answers, frame)

    def coded(self, rows: Rows) -> Mapping[Level, LevelAnswers]:
        """Return rows of codes as the answers of a survey."""
        full = np.zeros(len(self.recipe.instrument), np.bool_)
        return {level: LevelAnswers(np.stack(codes), full.copy(), self.book) for level, codes in rows.items()}

    def survey_of(self, answers: Mapping[Level, LevelAnswers], frame: Any) -> Survey:
        """Return the survey of these answers, which came in a frame."""
        backend = "pyarrow" if is_record_batch(frame) else _frames.backend_of(frame)
        inverted_ok = bool(self.recipe.columns.get("inverted_ok"))
        return Survey(self.recipe.instrument, answers, backend=backend, inverted_ok=inverted_ok)

    def _names(self, present: Sequence[str]) -> Mapping[Level, Sequence[str]] | None:
        """Return the columns of each level; None where something is not as it was said."""
        if self._known is None or self._known[0] != list(present):
            finder = ColumnMap(list(present), [])
            levels = Wanted(self.recipe.instrument, self.recipe.columns).levels
            asked = asked_levels(self.recipe.instrument, levels, finder.problems)
            keys = self.recipe.instrument.item_keys
            names = {level: finder.resolve(str(level), where, keys) for level, where in asked.items()}
            finder.check_used_once({str(level): found for level, found in names.items()})
            if finder.problems or finder.overlooked:
                return None
            self._known = list(present), names
        return self._known[1]

    def _codes(self, column: AnyArray | None, item: int) -> AnyArray | None:
        """Return the codes of one column; None where it is not plain."""
        if column is None or column.dtype.kind not in "iu" or not len(column):
            return None
        if not (self.book.low <= column.min() and column.max() <= self.book.high):
            return None
        codes = np.ascontiguousarray(column).astype(np.int8, copy=False)
        return np.subtract(np.int8(self.book.low + self.book.high), codes) if self._turned(item) else codes

    def _turned(self, item: int) -> bool:
        return self.recipe.instrument.items[item].reverse and not self.recipe.columns.get("already_reversed")


def _of_record_batch(batch: Any, name: str) -> AnyArray | None:
    """Return a column of whole numbers as the array that it is; None for all others."""
    column = batch.column(name)
    return column.to_numpy(zero_copy_only=True) if _is_whole(column) and not column.null_count else None


def _with_code(column: Any, book: CodeBook) -> AnyArray | None:
    """Return a column of whole numbers with the code of a missing answer in its gaps; None where it is not plain."""
    arrow, compute = needed("pyarrow", FILES_EXTRA), needed("pyarrow.compute", FILES_EXTRA)
    if not _is_whole(column):
        return None
    ends = compute.min_max(column)
    low, high = ends["min"].as_py(), ends["max"].as_py()
    if low is not None and not (book.low <= low and high <= book.high):
        return None
    filled = compute.fill_null(column.cast(arrow.int8()), book.missing)
    return filled.to_numpy(zero_copy_only=False)


def _is_whole(column: Any) -> bool:
    return str(column.type).removeprefix("u").startswith("int")


@define(eq=False)
class Summing:
    """The summaries of batches: of plain ones straight from their columns, of others by way of a survey."""

    recipe: Recipe
    products: bool
    reader: PlainReader = field(init=False)
    _plain: bool = field(init=False)
    _like: Summary | None = field(default=None, init=False)
    keys: str = field(default="", init=False)

    @reader.default
    def _reader(self) -> PlainReader:
        return PlainReader(self.recipe)

    def __attrs_post_init__(self) -> None:
        if not self.products and "products" in signature(summarize).parameters:
            self.recipe = evolve(self.recipe, sums={**self.recipe.sums, "products": False})

    @_plain.default
    def _is_plain(self) -> bool:
        alone = not self.recipe.by and set(self.recipe.sums) <= {"min_answered", "products"}
        return alone and self.reader.allowed and serves(self.recipe.instrument, self.recipe.models)

    def summary(self, frame: Any) -> Summary | None:
        """Return the summary of a batch; None where it has no rows."""
        self.keys = one_kind(self.keys, key_kind(as_frame(frame), self.recipe.columns.get("key")))
        sums = self._plainly(frame) if self._plain else None
        if sums is None:
            whole = self.recipe.summary_in(frame)
            return whole if whole is None or self.products else without_products(whole)
        like = self._template(frame, list(sums.tallies))
        ((labels, of_one),) = like.groups.items()
        held = {name: getattr(sums, name) for name in ("rows", "tallies", "products", "parts")}
        return evolve(like, groups={labels: evolve(of_one, **held)})

    def _plainly(self, frame: Any) -> GroupSums | None:
        """Return the sums of a plain batch; None where it has to go through the door."""
        recipe = self.recipe
        rules = Rules(recipe.sums.get("min_answered", 0.5), overall_items=True)
        rows = self.reader.rows(frame)
        if rows is not None:
            self._template(frame, list(rows))
            return whole_sums(rows, recipe.instrument, recipe.models, rules, products=self.products)
        answers = self.reader.answers(frame)
        if answers is None:
            return None
        self._template(frame, list(answers))
        return sums_of_codes(answers, recipe.instrument, recipe.models, rules, products=self.products)

    def _template(self, frame: Any, levels: Sequence[Level]) -> Summary:
        """Return the summary of one respondent who took the way of all others, which refuses what cannot be scored."""
        if self._like is None:
            middle = np.full(1, (self.reader.book.low + self.reader.book.high) // 2, np.int8)
            rows = {level: [middle] * len(self.recipe.instrument) for level in levels}
            self._like = self.recipe.summary_of(self.reader.survey_of(self.reader.coded(rows), frame))
        return self._like


def without_products(summary: Summary) -> Summary:
    """Return a summary without its cross-products."""
    return evolve(summary, groups={labels: evolve(sums, products=None) for labels, sums in summary.groups.items()})
