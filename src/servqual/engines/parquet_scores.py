"""`score_to_parquet`: scores of respondents, batch by batch, to a file that is whole or not there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from os import PathLike
from pathlib import Path
from typing import Any

import numpy.typing as npt
from attrs import define, field, frozen

from servqual._frames import opened as frame_of
from servqual._frames.door import FILES_EXTRA, needed
from servqual.engines.column_choice import Wanted
from servqual.engines.faults import SetAside, batch_error, refuse_if_all_failed, set_aside, table_of
from servqual.engines.files_aside import written_aside
from servqual.engines.places import Batch
from servqual.engines.score_columns import ScoreWork
from servqual.engines.sources import BATCH_ROWS, is_record_batch, opened
from servqual.engines.streaming import bar_of, guarded
from servqual.errors import Problem, SurveyError, did_you_mean
from servqual.instruments import Instrument
from servqual.scoring import ScoringModel
from servqual.scoring.model_records import model_to_record
from servqual.survey import Survey
from servqual.tables import Table


@frozen(repr=False)
class ScoresFile:
    """A file of scores that was written.

    Attributes
    ----------
    path
        Where it is.
    rows
        How many respondents are in it.
    columns
        The columns that were kept, then the scores.
    set_aside
        Batches that were left out by consent.
    """

    path: Path
    rows: int
    columns: tuple[str, ...]
    set_aside: tuple[SetAside, ...] = ()

    def __repr__(self) -> str:
        left = f"; {len(self.set_aside)} batches set aside" if self.set_aside else ""
        return f"<ScoresFile {self.path}: {self.rows} respondents × {len(self.columns)} columns{left}>"

    def set_aside_table(self) -> Table:
        """Return what was left out, one row per batch: file, row group, first row, rows, reason."""
        return table_of(self.set_aside)


def score_to_parquet(
    source: Any,
    model: ScoringModel,
    out: str | PathLike[str],
    *,
    instrument: Instrument,
    keep: str | Sequence[str] = (),
    min_answered: float = 0.5,
    overall_items: bool = False,
    dtype: npt.DTypeLike = "float32",
    overwrite: bool = False,
    batch_rows: int = BATCH_ROWS,
    set_aside_ok: bool = False,
    progress: bool = False,
    **columns: Any,
) -> ScoresFile:
    """Write the scores of every respondent to a Parquet file, one batch in memory at a time.

    The file is written under another name in the same folder and renamed when it is whole: a kill, a full disk or a
    batch that fails leave no half file, and leave what was there before. Its columns are those that are kept, one for
    each dimension and ``overall``; a missing score is null. Row for row they are what `score` gives.

    Parameters
    ----------
    source
        Whatever `batches` takes, but for surveys.
    model
        How answers are scored.
    out
        The file to write.
    instrument
        What was asked.
    keep
        Columns of the source that stand before the scores, such as a respondent's key or branch.
    min_answered, overall_items, dtype
        As in `score`; float32 keeps seven digits in half the space.
    overwrite
        Consent to replace a file of this name.
    batch_rows
        So many rows at most come in one batch of a file, a table or a query.
    set_aside_ok
        Consent to leave out batches that cannot be read or do not make a survey; the result says which they are.
    progress
        Whether a bar shows how many rows are done.
    **columns
        What `Survey.from_frame` takes besides: column patterns of the levels, `missing`, `importance` and so on.

    Raises
    ------
    BatchError
        A batch that fails, without consent; or all of them.
    OutputError
        A file that is there already, a folder that is not, a full disk.
    SurveyError
        A column to be kept that is not there, or bears the name of a score; a source without rows.

    Examples
    --------
    >>> from servqual import Difference, Scale
    >>> from tempfile import TemporaryDirectory
    >>> import pyarrow
    >>> desk = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(7))
    >>> table = pyarrow.table({"id": ["a", "b"], "perception_wait": [5, 6], "expectation_wait": [6, 6]})
    >>> with TemporaryDirectory() as folder:
    ...     out = Path(folder, "scores.parquet")
    ...     written = score_to_parquet(table, Difference(), out, instrument=desk, keep="id")
    >>> written.rows, written.columns
    (2, ('id', 'speed', 'overall'))
    """
    rules = {"min_answered": min_answered, "overall_items": overall_items, "dtype": dtype}
    work = ScoreWork.of(instrument, model, keep, rules, columns)
    pieces = opened(source, Wanted(instrument, work.recipe.columns, work.keep), batch_rows)
    path = Path(out)
    with written_aside(path, overwrite=overwrite) as aside:
        writing = _Writing(work, aside, set_aside_ok=set_aside_ok)
        with bar_of(pieces, wanted=progress) as bar, closing(guarded(pieces)) as found, writing:
            for batch in found:
                bar.done(writing.take(batch))
        refuse_if_all_failed(writing.done, writing.left)
        if not writing.done:
            raise SurveyError(Problem("source", "no rows", "a survey has at least one respondent"))
    return ScoresFile(path, writing.done, (*work.keep, *work.names), tuple(writing.left))


@define(eq=False)
class _Writing:
    """A file of scores in the making."""

    work: ScoreWork
    path: Path
    set_aside_ok: bool = field(kw_only=True)
    done: int = 0
    left: list[SetAside] = field(factory=list)
    _writer: Any = None

    def __enter__(self) -> None:
        """Nothing is opened before the first batch tells the columns."""

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._writer is None:
            return
        try:
            self._writer.close()
        except OSError:
            # where writing failed, closing may fail as well; the writer would try once more when it is collected
            self._writer.is_open = False
            if kind is None:
                raise

    def take(self, batch: Batch) -> int:
        """Write the scores of one batch; return how many rows it had."""
        try:
            scored = self._scored(batch)
        except Exception as error:
            if not self.set_aside_ok:
                raise batch_error(batch, error, None, self.done) from error
            self.left.append(set_aside(batch, error))
            return batch.place.rows or 0
        if scored.num_rows:
            self._write(scored)
            self.done += scored.num_rows
        return int(scored.num_rows)

    def _scored(self, batch: Batch) -> Any:
        if batch.fault is not None:
            raise batch.fault
        scored = self.work.of_batch(self._with_kept(batch.rows))
        return scored if self._writer is None else scored.cast(self._writer.schema)

    def _with_kept(self, rows: Any) -> Any:
        """Return rows as a record batch with the columns that are kept, or say which of them are not there."""
        if isinstance(rows, Survey):
            remedy = "pass frames or files; score(survey, model) scores a survey"
            raise SurveyError(Problem("source", "a survey", "scores stand beside columns of a frame", remedy))
        record = rows if is_record_batch(rows) else _record_batch(rows)
        absent = [name for name in self.work.keep if name not in record.schema.names]
        if absent:
            rule, known = "what is kept is a column of the data", record.schema.names
            raise SurveyError(*(Problem("keep", f"no {each!r}", rule, did_you_mean(each, known)) for each in absent))
        return record

    def _write(self, scored: Any) -> None:
        parquet = needed("pyarrow.parquet", FILES_EXTRA)
        if self._writer is None:
            schema = scored.schema.with_metadata({"servqual": json.dumps(self._facts(), ensure_ascii=False)})
            self._writer = parquet.ParquetWriter(str(self.path), schema)
        self._writer.write_batch(scored)

    def _facts(self) -> dict[str, Any]:
        """Return what a reader of the file should know of the scores."""
        rules = self.work.rules
        model = model_to_record(self.work.recipe.models[0])
        told = {name: rules[name] for name in ("min_answered", "overall_items")}
        return {"instrument": self.work.recipe.instrument.name, "model": model, **told}


def _record_batch(frame: Any) -> Any:
    """Return a frame as one record batch."""
    table = frame_of(frame).to_arrow().combine_chunks()
    arrow = needed("pyarrow", FILES_EXTRA)
    batches = table.to_batches()
    return batches[0] if batches else arrow.RecordBatch.from_pylist([], schema=table.schema)
