"""`service_profile`: the four characteristics of a service as positions, measured where there are data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from servqual.errors import BarrierError, Problem, ServqualError
from servqual.labels import Label
from servqual.operations.answer_source import Problems, coded_labels, named_answers
from servqual.operations.offering.profile_results import CharacteristicPlace, Number, PartPlace, ServiceProfile
from servqual.operations.offering.profile_words import Characteristic, ServiceAttribute, ServicePart
from servqual.statistics import GroupSize, Inapplicable, icc, ratio_estimate, student_interval
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import columns_of
from servqual.tables import Table
from servqual.telling import Told

_TAGGED = Inapplicable("tags have no error")
_NO_TAGS = Inapplicable("no attributes were given")
_NO_RATINGS = Inapplicable("no ratings of encounters were given")
_NO_LOAD = Inapplicable("no load was given")
_PEAK = Inapplicable("the peak is one of these periods; an interval needs the capacity")
_EMPTY = Inapplicable("it has no attribute")
_TITLE = Label("Profile of the service", "服务特征剖面")
_PARTS_TITLE = Label("Parts of the offering", "服务的组成")

Place = tuple[Number, Number, Number, str, float]


def service_profile(
    attributes: Iterable[ServiceAttribute] = (),
    *,
    ratings: npt.ArrayLike | None = None,
    encounters: npt.ArrayLike | None = None,
    load: npt.ArrayLike | None = None,
    capacity: npt.ArrayLike | float | None = None,
    confidence: float = 0.95,
) -> ServiceProfile:
    """Service profile: intangibility, heterogeneity, simultaneity and perishability as positions from 0 to 1.

    Intangible and simultaneous are means over tagged attributes, weighted by importance: ``Σ w (1 − tangible) / Σ w``
    and ``Σ w together / Σ w``. Heterogeneous is the share of variance of ratings that lies between encounters, ICC(1)
    with its interval, where below zero taken as 0. Perishable is the capacity that lies idle and cannot be stored:
    ``Σ (capacity − load)₊ / Σ capacity``; without the capacity, that of a house built for the peak,
    ``1 − mean / peak``.

    Parameters
    ----------
    attributes
        Tagged attributes; core, supporting and auxiliary service are told apart in `parts`.
    ratings, encounters
        Ratings, several of each encounter (by several people, or of several features), and which encounter each is of;
        shape (ratings,), both or neither.
    load
        What was asked for in each period, zero or more, shape (periods,).
    capacity
        What could have been served: one number, or one for each period, above zero.
    confidence
        Of the intervals, which end at 0 and 1; periods are taken as independent.

    Returns
    -------
    ServiceProfile
        Four positions; what was neither tagged nor measured says so.

    Raises
    ------
    BarrierError
        All problems at once: nothing given, two attributes of one name, ratings without encounters, a negative load.

    References
    ----------
    Zeithaml, Parasuraman & Berry 1985, Journal of Marketing 49(2):33-46; McGraw & Wong 1996, Psychological Methods
    1(1):30-46 (interval of ICC(1)); Cochran 1977, Sampling Techniques, 3rd ed., Wiley, section 6.4 (ratio).

    Examples
    --------
    >>> cut = ServiceAttribute("haircut", "core", tangible=0.2, together=1.0, importance=3)
    >>> room = ServiceAttribute("waiting_room", "supporting", tangible=1.0, together=0.0)
    >>> service_profile([cut, room], load=[4, 8, 10, 2], capacity=10)
    <ServiceProfile: intangible 0.60, simultaneous 0.75, perishable 0.40>
    """
    problems: Problems = []
    try:
        check_confidence(confidence)
    except ServqualError as error:
        problems.extend(error.problems)
    tags = tuple(attributes)
    problems += _tag_problems(tags)
    if not tags and ratings is None and load is None:
        rule = "a profile is made of attributes, ratings or load"
        problems.append(Problem("service_profile", "nothing given", rule))
    between = _between(ratings, encounters, confidence, problems)
    idle = _idle(load, capacity, confidence, problems)
    if problems:
        raise BarrierError(*dict.fromkeys(problems))
    found = {
        Characteristic.INTANGIBLE: _tagged(tags, "intangible"),
        Characteristic.HETEROGENEOUS: between,
        Characteristic.SIMULTANEOUS: _tagged(tags, "simultaneous"),
        Characteristic.PERISHABLE: idle,
    }
    return _profile(found, tags, confidence)


def _profile(
    found: dict[Characteristic, Place], tags: tuple[ServiceAttribute, ...], confidence: float
) -> ServiceProfile:
    rows = tuple(
        CharacteristicPlace(characteristic=each, position=at[0], low=at[1], high=at[2], basis=at[3], n=at[4])
        for each, at in found.items()
    )
    parts = tuple(_part(each, tags) for each in ServicePart)
    table, table_of_parts = Table(columns_of(rows, CharacteristicPlace, {"n"})), Table(columns_of(parts, PartPlace))
    told = Told(table, [each.label for each in found], _TITLE, _notes(rows))
    told_parts = Told(table_of_parts, [each.label for each in ServicePart], _PARTS_TITLE)
    asked = {"confidence": confidence}
    return ServiceProfile(rows=rows, told=told, parts=parts, told_parts=told_parts, asked=asked)


def _tag_problems(tags: tuple[Any, ...]) -> Problems:
    strays = [each for each in tags if not isinstance(each, ServiceAttribute)]
    if strays:
        return [Problem("attributes", f"{strays[0]!r:.40}", "attributes are ServiceAttribute")]
    keys = [each.key for each in tags]
    twice = [key for key in dict.fromkeys(keys) if keys.count(key) > 1]
    return [Problem("attributes", f"{key!r} twice", "each attribute has a name of its own") for key in twice]


def _mean(tags: tuple[ServiceAttribute, ...], which: str) -> float:
    weights = np.array([each.importance for each in tags])
    values = [1 - each.tangible if which == "intangible" else each.together for each in tags]
    return float(weights @ values / weights.sum())


def _tagged(tags: tuple[ServiceAttribute, ...], which: str) -> Place:
    if not tags:
        return _NO_TAGS, _NO_TAGS, _NO_TAGS, "not asked", 0.0
    return _mean(tags, which), _TAGGED, _TAGGED, "tagged", float(len(tags))


def _part(part: ServicePart, tags: tuple[ServiceAttribute, ...]) -> PartPlace:
    mine = tuple(each for each in tags if each.part is part)
    whole = sum(each.importance for each in tags)
    return PartPlace(
        part=part,
        attributes=len(mine),
        weight=sum(each.importance for each in mine) / whole if tags else 0.0,
        intangible=_mean(mine, "intangible") if mine else _EMPTY,
        simultaneous=_mean(mine, "simultaneous") if mine else _EMPTY,
    )


def _between(ratings: Any, encounters: Any, confidence: float, problems: Problems) -> Place:
    none: Place = (_NO_RATINGS, _NO_RATINGS, _NO_RATINGS, "not asked", 0.0)
    if (ratings is None) != (encounters is None):
        found = "ratings without encounters" if encounters is None else "encounters without ratings"
        problems.append(Problem("ratings", found, "both are given, or neither"))
    if ratings is None or encounters is None:
        return none
    columns = {"ratings": ratings, "encounters": encounters}
    answers = named_answers(columns, ["ratings"], problems)
    which = coded_labels(columns, "encounters", problems)
    if answers is None or which is None or not 0 < confidence < 1:
        return none
    there = ~np.isnan(answers.values[:, 0])
    values, codes = answers.values[there, 0], which.codes[there]
    sizes = np.bincount(codes, minlength=len(which.labels)).astype(np.float64)
    means = np.bincount(codes, values, len(which.labels)) / np.maximum(sizes, 1)
    squares = np.bincount(codes, (values - means[codes]) ** 2, len(which.labels))
    made = icc(sizes, means, squares, group_size=GroupSize.HARMONIC, confidence=confidence)
    if isinstance(made, Inapplicable):
        return made, made, made, "measured", float(values.size)
    ends = [each if isinstance(each, Inapplicable) else max(each, 0.0) for each in (made.icc1_low, made.icc1_high)]
    return max(made.icc1, 0.0), ends[0], ends[1], "measured", float(values.size)


def _idle(load: Any, capacity: Any, confidence: float, problems: Problems) -> Place:
    none: Place = (_NO_LOAD, _NO_LOAD, _NO_LOAD, "not asked", 0.0)
    if load is None:
        if capacity is not None:
            problems.append(Problem("capacity", "given without a load", "idle capacity is capacity without load"))
        return none
    loads = named_answers({"load": load}, ["load"], problems)
    rooms = None if loads is None else _capacity(capacity, len(loads.values), problems)
    values = np.zeros(0) if loads is None else loads.values[:, 0]
    if np.isnan(values).any() or (values < 0).any() or (loads is not None and not values.any()):
        problems.append(
            Problem("load", "some missing or negative, or all zero", "each period has a load, zero or more")
        )
        return none
    if loads is None or not 0 < confidence < 1:
        return none
    n = float(values.size)
    if rooms is None:
        return 1 - float(values.mean() / values.max()), _PEAK, _PEAK, "measured", n
    position, se, df = ratio_estimate(np.maximum(rooms - values, 0.0), rooms)
    low, high = student_interval(position, se, df, confidence)
    if np.isnan(low):
        few = Inapplicable("fewer than two periods")
        return position, few, few, "measured", n
    return position, max(low, 0.0), min(high, 1.0), "measured", n


def _capacity(given: Any, rows: int, problems: Problems) -> npt.NDArray[np.float64] | None:
    if given is None:
        return None
    try:
        made = np.asarray(given, np.float64)
    except (TypeError, ValueError):
        made = np.full(1, np.nan)
    if made.shape not in {(), (rows,)} or not (np.isfinite(made) & (made > 0)).all():
        rule = f"it is one number above zero, or one for each of {rows} periods"
        problems.append(Problem("capacity", f"{given!r:.40}", rule))
        return None
    return np.broadcast_to(made, (rows,)).copy()


def _notes(rows: tuple[CharacteristicPlace, ...]) -> list[Label]:
    notes = []
    for row in rows:
        if isinstance(row.position, Inapplicable):
            continue
        first, last = row.characteristic.ends
        notes.append(
            Label(
                f"{row.characteristic.label.en}: 0 {first.en}, 1 {last.en}",
                f"{row.characteristic.label.zh}：0 {first.zh}，1 {last.zh}",
            )
        )
    return notes
