"""Batches that would be no survey by themselves: nobody answered some level, or all weights are zero.

Nothing is wrong with them, others will have answered and have weights. Only the whole is refused where nobody has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from servqual.errors import Problem, SurveyError
from servqual.instruments import Instrument
from servqual.intake import Beside, Options, SurveyParts, read_matrices, read_wide
from servqual.scoring import Summary
from servqual.survey import Survey


def survey_of_frame(
    frame: Any, instrument: Instrument, options: Mapping[str, Any], levels: Mapping[str, Any]
) -> Survey:
    """Return the survey in a frame that is a part of a whole.

    `options` are all that `Survey.from_frame` takes; `levels`, those of them that say where levels stand.

    Raises
    ------
    SurveyError
        As `Survey.from_frame` does, but for levels without answers and weights that are all zero.
    """
    said = {name: value for name, value in options.items() if name not in levels}
    inverted_ok = bool(said.pop("inverted_ok", False))
    parts = read_wide(frame, instrument, levels, Options(**said, part=True))
    return _survey(instrument, parts, inverted_ok=inverted_ok)


def survey_of_arrays(instrument: Instrument, arrays: Mapping[str, Any]) -> Survey:
    """Return the survey in matrices that are a part of a whole; as `survey_of_frame`."""
    beside = {name: value for name, value in arrays.items() if name in attrs.fields_dict(Beside) and name != "part"}
    levels = {name: value for name, value in arrays.items() if name not in {*beside, "inverted_ok"}}
    parts = read_matrices(instrument, levels, Beside(**beside, part=True))
    return _survey(instrument, parts, inverted_ok=bool(arrays.get("inverted_ok", False)))


def _survey(instrument: Instrument, parts: SurveyParts, *, inverted_ok: bool) -> Survey:
    return Survey(
        instrument, parts.answers, parts.weights, parts.weight_kind, parts.groups, parts.cluster, parts.importance,
        backend=parts.backend, inverted_ok=inverted_ok, key=parts.key,
    )  # fmt: skip


def refuse_lacking(summary: Summary) -> None:
    """Raise where a whole lacks what only its parts may: answers to every level, a weight above zero.

    Raises
    ------
    SurveyError
        Each level that nobody answered, in the words of a survey; weights that are all zero.
    """
    sums, items, problems = summary.total, len(summary.instrument), []
    rule, remedy = "a level that was asked has at least one answer", "leave the level out"
    for place, level in enumerate(summary.levels):
        own = slice(place * items, (place + 1) * items)
        products = None if sums.products is None else sums.products.n[own, own]
        n = sums.tallies[level].n if level in sums.tallies else products
        if n is not None and not n.any():
            problems.append(Problem(str(level), "all answers missing", rule, remedy))
    if summary.weight_kind is not None and len(problems) == len(summary.levels):
        rule, remedy = "some row has a weight", "leave the weights out to count every row once"
        problems = [Problem("weights", "all are zero", rule, remedy)]
    if problems:
        raise SurveyError(*problems)
