"""Columns of frames to scores of causes: which there are, and what each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from servqual._arrays import AnyArray
from servqual._frames import factorised, is_numeric, numbers, opened
from servqual.errors import GapModelError, Problem, SurveyError, did_you_mean
from servqual.gap_model.cause_data import known_causes
from servqual.gap_model.cause_words import Cause
from servqual.labels import Label

_OWN = "causes of your own are stated: causes=[Cause(…)]"


def read_frame(
    frame: Any, unit: str, columns: Sequence[str] | None, causes: Sequence[Cause]
) -> tuple[list[object], dict[str, AnyArray], list[str]]:
    """Return the units of a frame, the columns that are causes, and the names of those that were left out.

    Raises
    ------
    GapModelError
        No such column, a column without numbers, rows without a unit.
    """
    try:
        known = opened(frame)
        codes, labels = factorised(known, unit)
        names = [each for each in known_keys(causes) if each in known.columns] if columns is None else list(columns)
        held = {name: numbers(known, name) for name in names}
    except SurveyError as error:
        raise GapModelError(*error.problems) from error
    units: list[object] = [labels[code] if code >= 0 else None for code in codes.tolist()]
    problems = [
        Problem(f"column {name}", "no numbers", "scores are numbers") for name in held if not is_numeric(held[name])
    ]
    if not held:
        remedy = "name them in columns=, and causes of your own in causes="
        problems.append(Problem("columns", ", ".join(known.columns), "at least one column is a cause", remedy))
    if None in units:
        problems.append(
            Problem(f"column {unit}", f"missing in {units.count(None)} of {len(units)} rows", "every row has its unit")
        )
    if problems:
        raise GapModelError(*problems)
    return units, held, [name for name in known.columns if name not in held and name != unit]


def known_keys(causes: Sequence[Cause] = ()) -> tuple[str, ...]:
    """Return the names that columns of causes may have."""
    return tuple(dict.fromkeys([*(each.key for each in known_causes()), *(each.key for each in causes)]))


def causes_named(names: Iterable[str], causes: Sequence[Cause]) -> tuple[Cause, ...]:
    """Return the cause of each name; one's own stand before those of the catalogue."""
    known = {each.key: each for each in (*known_causes(), *causes)}
    problems = list(_strangers(names, known))
    given = set(names)
    problems += [
        Problem("causes", f"{each.key!r}", "there is no such column", did_you_mean(each.key, given))
        for each in causes
        if each.key not in given
    ]
    if problems:
        raise GapModelError(*problems)
    return tuple(known[name] for name in names)


def _strangers(names: Iterable[str], known: Mapping[str, Cause]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            hint = did_you_mean(str(name), known)
            yield Problem(f"cause {name}", "unknown", "columns and dimensions are causes", f"{hint}; {_OWN}")


def left_out(names: Sequence[str]) -> tuple[Label, ...]:
    """Return the note on columns that were not taken."""
    if not names:
        return ()
    listed = ", ".join(names)
    return (Label(f"columns left out, which are no causes: {listed}", f"未使用的列（不是成因）：{listed}"),)
