"""`frame`: simulated answers as they would come from a file."""

from __future__ import annotations

from collections import Counter
from typing import Any, Unpack

import numpy as np

from servqual import _frames
from servqual._arrays import AnyArray
from servqual.answers import LevelAnswers
from servqual.instruments import Instrument
from servqual.instruments.forms import PATTERN
from servqual.intake import Grouping
from servqual.simulate.answering import survey
from servqual.simulate.refusals import Findings
from servqual.simulate.wishes import Options
from servqual.survey import Survey


def frame(instrument: Instrument, n: int, *, backend: str = "pandas", **options: Unpack[Options]) -> Any:
    """A data frame of the answers that `survey` gives for the same arguments: one row per respondent.

    Columns are the groups by their names, ``cluster`` and ``weight`` where there are any, the answers as
    ``{level}_{key}``, and ``importance_{dimension}`` where it is asked. Items worded against the service stand as they
    were ticked, so that `Survey.from_frame` with ``groups=`` and the like reads the same survey back.

    Parameters
    ----------
    instrument, n
        As in `survey`.
    backend
        "pandas", "polars" or "pyarrow".
    **options
        All keywords of `survey`.

    Raises
    ------
    SimulationError
        As `survey`; also groups whose names other columns have.
    BackendError, MissingExtraError
        A library that is not known, or not installed.

    Examples
    --------
    >>> from servqual.instruments import Scale
    >>> kiosk = Instrument.define("kiosk", {"screen": ["clear"]}, scale=Scale.likert(7))
    >>> frame(kiosk, 100, groups={"branch": ["north", "south"]}, rng=1).columns.tolist()
    ['branch', 'perception_clear', 'expectation_clear']
    """
    simulated = survey(instrument, n, **options)
    columns = [*_beside(simulated), *_answered(simulated), *_importance(simulated)]
    findings = Findings()
    for name, times in Counter(name for name, _ in columns).items():
        if times > 1:
            rule = "each column has a name of its own"
            findings.add("groups", f"{name!r}, the name of another column", rule, "rename the group")
    findings.refuse()
    return _frames.build(dict(columns), backend)


def _beside(simulated: Survey) -> list[tuple[str, Any]]:
    columns: list[tuple[str, Any]] = [(name, _labelled(each)) for name, each in simulated.groups.items()]
    if simulated.cluster is not None:
        columns.append(("cluster", _labelled(simulated.cluster)))
    if simulated.weights is not None:
        columns.append(("weight", simulated.weights))
    return columns


def _labelled(grouping: Grouping) -> list[Any]:
    return [grouping.labels[code] for code in grouping.codes.tolist()]


def _answered(simulated: Survey) -> list[tuple[str, Any]]:
    return [
        (PATTERN.format(level=level, key=item.key), _ticked(answers, row, reverse=item.reverse))
        for level, answers in simulated.answers.items()
        for row, item in enumerate(simulated.instrument.items)
    ]


def _ticked(answers: LevelAnswers, row: int, *, reverse: bool) -> AnyArray | list[int | None]:
    book, codes = answers.book, answers.codes[row]
    if not book.is_integer:
        return book.scale.reverse(codes) if reverse else codes
    turned = book.low + book.high - codes.astype(np.int64) if reverse else codes.astype(np.int64)
    ticked = turned + book.offset
    if not answers.has_missing[row]:
        return ticked
    absent = codes == book.missing
    return [None if gone else value for gone, value in zip(absent.tolist(), ticked.tolist(), strict=True)]


def _importance(simulated: Survey) -> list[tuple[str, Any]]:
    if simulated.importance is None:
        return []
    keys = simulated.instrument.dimension_keys
    points = simulated.importance.values.astype(np.int64)
    return [(f"importance_{key}", column) for key, column in zip(keys, points.T, strict=True)]
