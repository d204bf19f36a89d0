"""What happens to a batch that fails: an error that names its place, or a note that it was set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import asdict, evolve, frozen

from servqual.engines.places import Batch, Place
from servqual.errors import BatchError, Problem, ServqualError
from servqual.labels import Label, Language
from servqual.tables import Table

_NOTE = Label("{batches} set aside, with {rows}: see set_aside", "已搁置 {batches}，{rows}：见 set_aside")
_BATCHES = (Label("1 batch was", "1 批"), Label("{n} batches were", "{n} 批"))
_ROWS = Label("{n} rows", "共 {n} 行")
_SOME_ROWS = Label("{n} rows and others uncounted", "共 {n} 行及未计数的行")
_UNCOUNTED = Label("rows uncounted", "行数未知")
CONSENT = "Such batches are left out and counted with set_aside_ok=True."
_COUNTED = "Rows are counted from 0 in the batch."
_ROW = re.compile(r"\brow \d")


@frozen
class SetAside:
    """A batch that was left out by consent.

    Attributes
    ----------
    place
        Where its rows stand.
    reason
        What was wrong with it.
    """

    place: Place
    reason: str

    @property
    def rows(self) -> int | None:
        """How many rows were left out; None where that is not known, as behind the damaged place of a text file."""
        return self.place.rows

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary."""
        return {**asdict(self.place), "reason": self.reason}

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> SetAside:
        """Return what a dictionary describes."""
        where = {name: value for name, value in record.items() if name != "reason"}
        return cls(Place(**where), str(record["reason"]))


def batch_error(batch: Batch, error: Exception, summary: Any, done: int, *, whole_source: bool = False) -> BatchError:
    """Return the error that names the place of a batch, with what was summarised before it at hand.

    Where the `whole_source` failed, there is nothing to read on with, and so no consent to be had.
    """
    stopped = BatchError(*_problems(batch.place, error))
    before = f"{done} rows were summarised before: error.summary." if summary is not None else ""
    named = [each for each in getattr(error, "problems", ()) if isinstance(each, Problem)]
    counted = _COUNTED if any(_ROW.search(each.found) for each in named) else ""
    stopped.remark = " ".join(each for each in (counted, before, "" if whole_source else CONSENT) if each)
    stopped.summary, stopped.done = summary, done
    return stopped


def set_aside(batch: Batch, error: Exception) -> SetAside:
    """Return the note that a batch was left out, and why."""
    if isinstance(error, ServqualError):
        return SetAside(batch.place, "; ".join(str(each) for each in error.problems))
    return SetAside(batch.place, _first_line(error))


def _problems(place: Place, error: Exception) -> Iterator[Problem]:
    if not isinstance(error, ServqualError):
        yield Problem(str(place), _first_line(error), "every batch can be read")
        return
    for each in error.problems:
        if isinstance(each, Problem):
            # readers of files name the file themselves
            same = place.file is not None and each.place.startswith(place.file)
            yield each if same else evolve(each, place=f"{place}: {each.place}")
        else:
            yield Problem(str(place), str(each), "every batch makes a survey")


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def refuse_if_all_failed(read: int, aside: Sequence[SetAside]) -> None:
    """Raise where every batch was set aside: then it is not the batches that are wrong.

    Raises
    ------
    BatchError
        With what was wrong with the first.
    """
    if aside and not read:
        rule = "some batch makes a survey"
        raise BatchError(Problem(str(aside[0].place), f"all {len(aside)} batches set aside", rule, aside[0].reason))


def note_of(aside: Sequence[SetAside], language: Language | str | None) -> str:
    """Return the sentence that says how much was left out."""
    tongue = Language(language or Language.ENGLISH)
    known = [each.rows for each in aside if each.rows is not None]
    words = _ROWS if len(known) == len(aside) else _SOME_ROWS if known else _UNCOUNTED
    rows = words.text(tongue).format(n=sum(known))
    batches = _BATCHES[len(aside) > 1].text(tongue).format(n=len(aside))
    return _NOTE.text(tongue).format(batches=batches, rows=rows)


def table_of(aside: Iterable[SetAside]) -> Table:
    """Return what was left out, one row per batch: file, row group, first row, rows, reason."""
    names = ("file", "row_group", "first", "rows", "reason")
    records = [each.to_dict() for each in aside]
    return Table({name: [record[name] for record in records] for name in names}, "Set aside")
