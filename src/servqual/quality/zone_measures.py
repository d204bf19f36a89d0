"""Which measures of the zone of tolerance the readings sum up."""

from __future__ import annotations

from servqual.instruments import Level
from servqual.scoring.zone_scores import OF_ENDS, ZoneMeasure, ZoneScore

_OF_TRIPLES = tuple(measure for measure in ZoneMeasure if measure not in OF_ENDS)


def tolerance_models(
    adequate: Level | str = Level.ADEQUATE,
    desired: Level | str = Level.DESIRED,
    perception: Level | str = Level.PERCEPTION,
) -> tuple[ZoneScore, ...]:
    """Return the models that `tolerance` reads a summary of: ``summarize(batch, *tolerance_models())``.

    Summaries of batches merge with ``+``, also after they were saved and read back.

    Raises
    ------
    LevelError
        Levels that are not two different standards and a rating.
    """
    return tuple(ZoneScore(measure, Level(adequate), Level(desired), Level(perception)) for measure in _OF_TRIPLES)


def zone_models(adequate: Level | str = Level.ADEQUATE, desired: Level | str = Level.DESIRED) -> tuple[ZoneScore, ...]:
    """Return the models that `compare_zones` reads a summary of: ``summarize(batch, *zone_models(), by="visit")``.

    Raises
    ------
    LevelError
        Levels that are not two different standards.
    """
    return tuple(ZoneScore(measure, Level(adequate), Level(desired)) for measure in OF_ENDS)
