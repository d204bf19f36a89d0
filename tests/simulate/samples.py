"""What the tests of simulation share: instruments, and the tolerance that theory gives."""

import numpy as np

from servqual._arrays import Floats
from servqual.instruments import Instrument, Level, Scale
from servqual.survey import Survey

FOUR = 4.0
PERCENT = Scale.percent()


def kiosk(scale: Scale, *levels: str, reverse: tuple[str, ...] = ()) -> Instrument:
    """Two dimensions of three and two items."""
    return Instrument.define(
        "kiosk",
        {"speed": ["wait", "steps", "hours"], "screen": ["clear", "clean"]},
        scale=scale,
        levels=levels or ("perception", "expectation"),
        reverse=reverse,
    )


def numbers(survey: Survey, level: Level | str) -> Floats:
    """Answers (items, respondents)."""
    return survey.level(Level(level)).numbers()


def dimension_means(survey: Survey, level: Level | str) -> Floats:
    """Means of the items of each dimension, (dimensions, respondents)."""
    answers = numbers(survey, level)
    return np.array([answers[part].mean(axis=0) for part in survey.instrument.slices])


def standard_errors(rows: Floats) -> Floats:
    """How far off the truth the means of independent respondents may well be, with room for a constant row."""
    return np.asarray(rows.std(axis=1) / np.sqrt(rows.shape[1]) + 1e-9)


def off_by(rows: Floats, truth: object) -> float:
    """The largest distance of a mean from its truth, in standard errors."""
    return float(np.max(np.abs(rows.mean(axis=1) - np.asarray(truth, float)) / standard_errors(rows)))
