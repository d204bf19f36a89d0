"""Batches to surveys, and to one summary: any number of respondents in memory that does not grow with them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any, Literal, overload

from attrs import define, field

from servqual.engines.column_choice import Wanted
from servqual.engines.faults import SetAside, batch_error, refuse_if_all_failed, set_aside
from servqual.engines.lone_batches import refuse_lacking
from servqual.engines.one_kind import refuse_twofold
from servqual.engines.partial_summary import PartialSummary
from servqual.engines.places import Batch, Place
from servqual.engines.plain_rows import PlainReader, Summing
from servqual.engines.recipes import By, Recipe
from servqual.engines.sources import BATCH_ROWS, Source, as_frame, is_record_batch, opened
from servqual.errors import Problem, SurveyError
from servqual.instruments import Instrument
from servqual.scoring import ScoringModel, Summary
from servqual.statistics._progress import Progress
from servqual.survey import Survey


def surveys(
    source: Any, instrument: Instrument, *, batch_rows: int = BATCH_ROWS, progress: bool = False, **columns: Any
) -> Iterator[Survey]:
    """Yield the survey of every batch of a source.

    Parameters
    ----------
    source
        Whatever `batches` takes.
    instrument
        What was asked.
    batch_rows
        So many respondents at most come in one survey of a file, a table or a query.
    progress
        Whether a bar shows how many rows are done.
    **columns
        What `Survey.from_frame` takes besides: column patterns of the levels, `groups`, `weights`, `missing` and so on.

    Raises
    ------
    BatchError
        A batch that cannot be read, or does not make a survey.

    Examples
    --------
    >>> from servqual import Scale
    >>> import pyarrow
    >>> desk = Instrument.define("desk", {"speed": ["wait", "tone"]}, scale=Scale.likert(7), levels=["perception"])
    >>> table = pyarrow.table({"P1": [5, 6, 7], "P2": [1, 2, 3]})
    >>> [len(survey) for survey in surveys(table, desk, batch_rows=2, perception="P{n}")]
    [2, 1]
    """
    recipe = Recipe.of(instrument, (), (), columns)
    reader = PlainReader(recipe)
    pieces = opened(source, Wanted(instrument, recipe.columns), batch_rows)
    done = 0
    with bar_of(pieces, wanted=progress) as bar, closing(guarded(pieces)) as found:
        for batch in found:
            try:
                survey = survey_in(batch, reader)
            except Exception as error:
                raise batch_error(batch, error, None, done) from error
            if survey is not None:
                yield survey
                done += len(survey)
                bar.done(len(survey))


def bar_of(pieces: Source, *, wanted: bool) -> Progress:
    """Return a bar that counts the rows of a source."""
    return Progress(pieces.rows() if wanted else 0, "rows", wanted=wanted)


def survey_in(batch: Batch, reader: PlainReader) -> Survey | None:
    """Return the survey of a batch; None where it has no rows."""
    if batch.fault is not None:
        raise batch.fault
    rows = batch.rows
    if isinstance(rows, Survey):
        return rows
    frame = as_frame(rows)
    if hasattr(frame, "__len__") and not len(frame):
        return None
    plain = reader.survey(rows)
    return reader.recipe.survey(frame) if plain is None else plain


@overload
def summarize_batches(
    source: Any, instrument: Instrument, *models: ScoringModel, by: By = None, products: bool = True,
    batch_rows: int = BATCH_ROWS, set_aside_ok: Literal[True], progress: bool = False, **options: Any,
) -> PartialSummary: ...  # fmt: skip


@overload
def summarize_batches(
    source: Any, instrument: Instrument, *models: ScoringModel, by: By = None, products: bool = True,
    batch_rows: int = BATCH_ROWS, set_aside_ok: bool = False, progress: bool = False, **options: Any,
) -> Summary: ...  # fmt: skip


def summarize_batches(
    source: Any,
    instrument: Instrument,
    *models: ScoringModel,
    by: By = None,
    products: bool = True,
    batch_rows: int = BATCH_ROWS,
    set_aside_ok: bool = False,
    progress: bool = False,
    **options: Any,
) -> Summary:
    """Return the summary of all batches of a source, one in memory at a time: the same as of all answers at once.

    Complete batches of whole numbers are summed straight from their columns, without a copy; all others go by way of a
    `Survey`. Counts are the same whatever the batches, means and variances within rounding.

    Parameters
    ----------
    source
        Whatever `batches` takes: files, folders, patterns, tables, lazy frames, relations, iterables of frames.
    instrument, models
        What was asked, and how it is scored; without a model, the answers' part alone.
    by
        Columns that sums are told apart by; they need not be named as groups again.
    products
        Whether cross-products of all items are kept, which reliability, validity and factors need. Without them the
        summary is formed in half the time; counts, means, deviations and gap tests of the models are the same.
    batch_rows
        So many rows at most come in one batch of a file, a table or a query.
    set_aside_ok
        Consent to leave out batches that cannot be read or do not make a survey. The result is then a `PartialSummary`,
        whose `set_aside` says which they are, and whose tables say how many.
    progress
        Whether a bar shows how many rows are done.
    **options
        What `summarize` and `Survey.from_frame` take besides: `min_answered`, `replicates` (with the column `key`),
        `seed`; column patterns of the levels, `weights`, `cluster`, `missing` and so on.

    Raises
    ------
    BatchError
        A batch that fails: it names file, row group, column and rule; `summary` holds what was summarised before it,
        and `done` how many rows that is. A label or key that is a number here and a text in the batches before is such
        a failure. With ``set_aside_ok=True``, only where all batches fail, or the source itself.
    SurveyError
        A source without rows, or levels that nobody answered.
    SurveyFileError, FileFormatError
        Files that are not there, or of types that are not read in batches.

    Examples
    --------
    >>> from servqual import Difference, Scale
    >>> import pyarrow
    >>> desk = Instrument.define("desk", {"speed": ["wait", "tone"]}, scale=Scale.likert(7))
    >>> table = pyarrow.table({"P1": [5, 6, 7], "P2": [1, 2, 3], "E1": [7, 7, 7], "E2": [2, 2, 2]})
    >>> whole = summarize_batches(table, desk, Difference(), batch_rows=2, perception="P{n}", expectation="E{n}")
    >>> len(whole), whole.table()["mean"]
    (3, (-0.5, -0.5, -0.5))
    """
    recipe = Recipe.of(instrument, models, by, options)
    pieces = opened(source, Wanted(instrument, recipe.columns), batch_rows)
    run = _Run(Summing(recipe, products), set_aside_ok)
    with bar_of(pieces, wanted=progress) as bar, closing(guarded(pieces, run)) as found:
        for batch in found:
            bar.done(run.take(batch))
    return run.result()


@define(eq=False)
class _Run:
    """What was summarised so far, and what was set aside."""

    summing: Summing
    set_aside_ok: bool
    total: Summary | None = None
    done: int = 0
    aside: list[SetAside] = field(factory=list)

    def take(self, batch: Batch) -> int:
        """Add one batch; return how many rows that were."""
        try:
            part = self._part(batch)
            if part is not None:
                self.total = part if self.total is None else self._joined(self.total, part)
        except Exception as error:
            if not self.set_aside_ok:
                raise batch_error(batch, error, self.total, self.done) from error
            self.aside.append(set_aside(batch, error))
            return batch.place.rows or 0
        rows = 0 if part is None else sum(sums.rows for sums in part.groups.values())
        self.done += rows
        return rows

    @staticmethod
    def _joined(total: Summary, part: Summary) -> Summary:
        refuse_twofold(total, part)
        return total + part

    def _part(self, batch: Batch) -> Summary | None:
        if batch.fault is not None:
            raise batch.fault
        rows = batch.rows
        return self.summing.summary(rows if is_record_batch(rows) else as_frame(rows))

    def result(self) -> Summary:
        """Return the summary of all batches."""
        refuse_if_all_failed(self.done, self.aside)
        if self.total is None:
            raise SurveyError(Problem("source", "no rows", "a survey has at least one respondent"))
        refuse_lacking(self.total)
        return PartialSummary.of(self.total, self.aside) if self.set_aside_ok else self.total


def guarded(pieces: Source, run: _Run | None = None) -> Generator[Batch]:
    """Yield the batches of a source; what its own code raises names the batch that it stopped at.

    Raises
    ------
    BatchError
        The source failed, and cannot be asked for more.
    """
    batch, source = Batch(Place(-1)), pieces.batches()
    try:
        while True:
            try:
                batch = next(source)
            except StopIteration:
                return
            except Exception as error:
                known = batch.place
                stopped = Batch(Place(known.number + 1, first=known.first + (known.rows or 0)))
                raise batch_error(
                    stopped, error, run and run.total, run.done if run else 0, whole_source=True
                ) from error
            yield batch
    finally:
        source.close()
