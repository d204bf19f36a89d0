"""What sources must have in common to stand in one chain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from servqual.errors import GapModelError, LevelError, Problem
from servqual.gap_model.gap_words import CHAIN, Station
from servqual.gap_model.ledger import blocks_of
from servqual.gap_model.source import Source
from servqual.instruments import Level
from servqual.survey import Survey

_USUAL = (Level.EXPECTATION, Level.DESIRED, Level.ADEQUATE)


def sources_of(given: Mapping[Station, Survey | Source | None]) -> dict[Station, Source]:
    """Return the sources that were given, in the order of the chain, their dimensions in one order.

    Raises
    ------
    GapModelError
        Everything that keeps them from standing in one chain.
    """
    problems: list[Problem] = []
    found: dict[Station, Source] = {}
    for station in Station:
        each = given[station]
        if isinstance(each, Survey):
            each = _of_survey(station, each, problems)
        elif each is not None and not isinstance(each, Source):
            remedy = "Source.from_means(…), Source.from_records(…)"
            problems.append(Problem(str(station), f"a {type(each).__name__}", "it is a Survey or a Source", remedy))
            continue
        if each is not None:
            found[station] = each
    problems += _lacking({station for station, each in given.items() if each is not None})
    problems += [*_unlike_dimensions(found), *_unlike_scales(found), *_unlike_rows(found)]
    if problems:
        raise GapModelError(*problems)
    keys = next(iter(found.values())).dimensions
    # one source in two places stays one, for its errors are shared
    ordered = {id(source): source.ordered(keys) for source in found.values()}
    return {station: ordered[id(source)] for station, source in found.items()}


def _of_survey(station: Station, survey: Survey, problems: list[Problem]) -> Source | None:
    level = _level(station, survey)
    if level is None:
        held = ", ".join(survey.levels)
        remedy = f"Source.from_survey(survey, level={str(survey.levels[0])!r})"
        problems.append(Problem(str(station), f"a survey of {held}", "one of its levels is meant", remedy))
        return None
    try:
        return Source.from_survey(survey, level)
    except (GapModelError, LevelError) as error:
        told = (each for each in error.problems if isinstance(each, Problem))
        problems += [evolve(each, place=f"{station}: {each.place}") for each in told]
        return None


def _level(station: Station, survey: Survey) -> Level | None:
    """Return the level that a survey is asked for: what was perceived, a standard, or the only one there is."""
    if station is Station.PERCEIVED:
        return Level.PERCEPTION if Level.PERCEPTION in survey.levels else None
    if station in {Station.EXPECTED, Station.UNDERSTOOD}:
        usual = next((level for level in _USUAL if level in survey.levels), None)
        if usual is not None or station is Station.EXPECTED:
            return usual
    return survey.levels[0] if len(survey.levels) == 1 else None


def _lacking(given: set[Station]) -> Iterator[Problem]:
    if len(given & set(CHAIN)) < 2:
        rule = f"a gap has two ends, out of {', '.join(CHAIN)}"
        yield Problem("sources", ", ".join(sorted(given)) or "none", rule)
    if Station.PROMISED in given and Station.DELIVERED not in given:
        remedy = "pass delivered= as well, or leave promised= out"
        yield Problem("promised", "without delivered", "a promise is held against what is delivered", remedy)


def _unlike_dimensions(found: Mapping[Station, Source]) -> Iterator[Problem]:
    if not found:
        return
    first, model = next(iter(found.items()))
    for station, source in found.items():
        absent = [key for key in model.dimensions if key not in source.dimensions]
        strange = [key for key in source.dimensions if key not in model.dimensions]
        told = [f"without {', '.join(absent)}"] if absent else []
        told += [f"with {', '.join(strange)}"] if strange else []
        if told:
            rule = f"all sources have the dimensions of {first}: {', '.join(model.dimensions)}"
            yield Problem(str(station), ", ".join(told), rule)


def _unlike_scales(found: Mapping[Station, Source]) -> Iterator[Problem]:
    if not found:
        return
    first, model = next(iter(found.items()))
    for station, source in found.items():
        if source.scale != model.scale:
            to = f"Scale({model.scale.low:g}, {model.scale.high:g}, step={model.scale.step})"
            made = "Source.from_survey(…)" if source.sheets and isinstance(source.sheets.origin, Survey) else "source"
            remedy = f"say so where both mean the same: {made}.rescaled({to})"
            yield Problem(str(station), f"on {source.scale}", f"{first} is on {model.scale}", remedy)


def _unlike_rows(found: Mapping[Station, Source]) -> Iterator[Problem]:
    """Yield sources of one frame that were read with other clusters or groups."""
    stations = list(found)
    for place, first in enumerate(blocks_of(found).tolist()):
        mine, theirs = found[stations[place]].sheets, found[stations[first]].sheets
        if mine is None or theirs is None:
            continue
        clusters = [None if sheets.cluster is None else sheets.cluster.name for sheets in (mine, theirs)]
        groups = [sorted(sheets.groups) for sheets in (mine, theirs)]
        for name, (one, other) in (("cluster", clusters), ("groups", groups)):
            if one != other:
                rule = f"it shares its rows with {stations[first]}, which has {name}={other!r}"
                yield Problem(str(stations[place]), f"{name}={one!r}", rule)
