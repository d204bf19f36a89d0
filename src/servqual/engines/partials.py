"""What workers are told, and what each of them found: sums that add up in any order, whoever began."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add
from typing import Any, Self

from attrs import define, evolve, field, frozen

from servqual._frames.door import FILES_EXTRA, needed
from servqual.engines.column_choice import Wanted
from servqual.engines.faults import SetAside, batch_error, refuse_if_all_failed, set_aside
from servqual.engines.lone_batches import refuse_lacking
from servqual.engines.one_kind import one_kind, refuse_twofold
from servqual.engines.partial_summary import PartialSummary
from servqual.engines.places import Batch
from servqual.engines.plain_rows import Summing
from servqual.engines.recipes import Recipe
from servqual.engines.sources import as_frame, is_record_batch, opened
from servqual.errors import Problem, SurveyError
from servqual.scoring import Summary


@frozen(eq=False)
class Partial:
    """A part of the whole: its summary, None where it has no rows; what was set aside; how many rows; kind of keys."""

    summary: Summary | None = None
    aside: tuple[SetAside, ...] = ()
    rows: int = 0
    keys: str = ""

    def __add__(self, other: Self) -> Self:
        summary = self.summary if other.summary is None else other.summary
        if self.summary is not None and other.summary is not None:
            refuse_twofold(self.summary, other.summary)
            summary = self.summary + other.summary
        keys = one_kind(self.keys, other.keys)
        return type(self)(summary, (*self.aside, *other.aside), self.rows + other.rows, keys)

    def result(self, *, set_aside_ok: bool) -> Summary:
        """Return the summary of the whole.

        Raises
        ------
        SurveyError
            No rows at all, or a level that nobody answered.
        BatchError
            Nothing but batches that were set aside.
        """
        refuse_if_all_failed(self.rows, self.aside)
        if self.summary is None:
            raise SurveyError(Problem("source", "no rows", "a survey has at least one respondent"))
        refuse_lacking(self.summary)
        return PartialSummary.of(self.summary, self.aside) if set_aside_ok else self.summary

    def to_bytes(self) -> bytes:
        """Return it as bytes for another process of the same program; models stay behind, both sides know them."""
        bare = None if self.summary is None else evolve(self.summary, models=())
        return pickle.dumps(evolve(self, summary=bare), protocol=5)

    @classmethod
    def from_bytes(cls, told: bytes, recipe: Recipe) -> Self:
        """Return what `to_bytes` made in a process that works by the same recipe."""
        made: Self = pickle.loads(told)  # noqa: S301 - of our own task, which had its program from this process
        full = None if made.summary is None else evolve(made.summary, models=recipe.models)
        return evolve(made, summary=full)


def joined(parts: Iterable[Partial]) -> Partial:
    """Return parts as one."""
    return reduce(add, parts, Partial())


@frozen(eq=False)
class Work:
    """What every worker is told: how answers become sums, and what is done with those that do not."""

    recipe: Recipe
    products: bool = True
    set_aside_ok: bool = False

    @property
    def wanted(self) -> Wanted:
        """The columns that are needed."""
        return Wanted(self.recipe.instrument, self.recipe.columns)

    def needed(self, present: Sequence[str]) -> list[str]:
        """Return the columns to be read, or say what is wrong with what was said of them.

        Raises
        ------
        SurveyError
            As `Survey.from_frame` does for columns that are not there.
        """
        names = self.wanted.choose(present)
        if names is None:
            check_columns(self.recipe, present)
        return list(present) if names is None else names

    def of_source(self, source: Any) -> Partial:
        """Return what a source gives; it is whatever `batches` takes."""
        hand = Hand(self)
        return joined(hand.part(batch) for batch in opened(source, self.wanted).batches())


@define(eq=False)
class Hand:
    """One worker at work; what it learns of the columns of one batch serves for the next."""

    work: Work
    summing: Summing = field(init=False)

    @summing.default
    def _summing(self) -> Summing:
        return Summing(self.work.recipe, self.work.products)

    def part(self, batch: Batch) -> Partial:
        """Return what one batch gives.

        Raises
        ------
        BatchError
            A batch that cannot be read or does not make a survey, without consent to set it aside.
        """
        try:
            summary = self._summary(batch)
        except Exception as error:
            if not self.work.set_aside_ok:
                raise batch_error(batch, error, None, 0) from error
            return Partial(None, (set_aside(batch, error),))
        return Partial() if summary is None else Partial(summary, (), len(summary), self.summing.keys)

    def _summary(self, batch: Batch) -> Summary | None:
        if batch.fault is not None:
            raise batch.fault
        rows = batch.rows
        return self.summing.summary(rows if is_record_batch(rows) else as_frame(rows))


def check_columns(recipe: Recipe, present: Sequence[str]) -> None:
    """Raise where a frame with these columns makes no survey, whatever stands in them.

    Raises
    ------
    SurveyError
        As `Survey.from_frame` does for columns that are not there.
    """
    arrow = needed("pyarrow", FILES_EXTRA)
    bare = arrow.table([arrow.array([], arrow.float64())] * len(present), names=list(present))
    try:
        recipe.survey(bare)
    except SurveyError as error:
        rest = [each for each in error.problems if not (isinstance(each, Problem) and each.found == "no respondents")]
        if rest:
            raise SurveyError(*rest) from None
