"""Counts per scale point: of coded answers, and of studies published as counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual._arrays import AnyArray, Floats
from servqual.answers import LevelAnswers
from servqual.errors import Problem, SurveyError, did_you_mean
from servqual.instruments import Instrument, Level
from servqual.statistics.tallies import Tallies
from servqual.statistics.weights import WeightKind

MOST_POINTS = 1001


def tallies_of(given: LevelAnswers, weights: Floats | None, kind: WeightKind | None) -> Tallies | None:
    """Return the counts of one level's answers; None where the scale has no points, or too many to count."""
    scale = given.book.scale
    if not given.book.is_integer or scale.span / (scale.step or 1) >= MOST_POINTS:
        return None
    points = np.array(scale.points)
    coded = (points - given.book.offset).astype(given.codes.dtype)
    return Tallies.of(given.codes, points, weights, kind, coded=coded, missing=int(given.book.missing))


def answer_columns(tallies: Mapping[Level, Tallies], instrument: Instrument) -> dict[str, list[Any]]:
    """Return the columns of a table of answers: level, item, n, missing, mean, sd.

    Respondents are counted: frequencies by their sum, sampling weights as one each.
    """
    columns: dict[str, list[Any]] = {name: [] for name in ("level", "item", "n", "missing", "mean", "sd")}
    for level, counts in tallies.items():
        n = np.asarray(counts.weight if counts.kind is WeightKind.FREQUENCY else counts.n)
        missing = counts.rows - n if counts.kind is WeightKind.SAMPLING else np.asarray(counts.missing)
        columns["level"] += [str(level)] * len(instrument)
        columns["item"] += instrument.item_keys
        for name, values in {"n": n, "missing": missing, "mean": counts.mean, "sd": counts.sd}.items():
            columns[name] += values.tolist()
    return columns


def counted_tallies(
    instrument: Instrument, levels: Mapping[str, npt.ArrayLike], missing: Mapping[str, npt.ArrayLike]
) -> dict[Level, Tallies]:
    """Return tallies from published counts, (items, points) per level, or everything that is wrong with them."""
    problems: list[Problem] = []
    if not levels:
        problems.append(
            Problem("counts", "none", "name at least one level", "from_counts(instrument, perception=counts)")
        )
    checked = {name: _checked(instrument, name, counts, problems) for name, counts in levels.items()}
    absent = {name: _absent(instrument, name, missing.get(name), problems) for name in levels}
    rule = "it goes with the counts of a level"
    alone = sorted(set(missing) - set(levels))
    problems += [Problem("missing", repr(name), rule, did_you_mean(name, levels)) for name in alone]
    if problems:
        raise SurveyError(*problems)
    points = np.array(instrument.scale.points)
    made = {}
    for name, counts in checked.items():
        n = counts.sum(axis=1)
        made[Level(name)] = Tallies(points, counts, absent[name], n, None, int((n + absent[name]).max()))
    return made


def _checked(instrument: Instrument, name: str, counts: npt.ArrayLike, problems: list[Problem]) -> AnyArray:
    given = np.asarray(counts)
    shape = (len(instrument), len(instrument.scale.points))
    if name not in set(Level):
        problems.append(
            Problem("levels", repr(name), "not a level that an answer can stand for", did_you_mean(name, Level))
        )
    elif name not in instrument.levels:
        asked = ", ".join(instrument.levels)
        problems.append(Problem(f"instrument {instrument.name}", f"counts of {name}", f"it asks {asked}"))
    if given.shape != shape:
        rule = f"one row per item ({shape[0]}), one column per scale point ({shape[1]})"
        problems.append(Problem(f"counts of {name}", f"shape {given.shape}", rule))
    elif not _whole(given):
        problems.append(
            Problem(f"counts of {name}", "negative or broken numbers", "counts are whole numbers, 0 or more")
        )
    return given.astype(np.int64) if _whole(given) else np.zeros(shape, np.int64)


def _absent(instrument: Instrument, name: str, counts: npt.ArrayLike | None, problems: list[Problem]) -> AnyArray:
    given = np.zeros(len(instrument), np.int64) if counts is None else np.asarray(counts)
    if given.shape != (len(instrument),) or not _whole(given):
        problems.append(Problem(f"missing of {name}", f"shape {given.shape}", "one whole number, 0 or more, per item"))
        return np.zeros(len(instrument), np.int64)
    return given.astype(np.int64)


def _whole(given: AnyArray) -> bool:
    return given.dtype.kind in "iuf" and bool(((given >= 0) & (given == np.round(given))).all())
