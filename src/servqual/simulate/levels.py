"""Numbers by level and dimension, read into arrays and checked on the way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from servqual._arrays import Floats
from servqual.instruments import Instrument, Level
from servqual.simulate.refusals import Findings, Rule
from servqual.simulate.wishes import Means, PerLevel

_NO_LEVEL = "the instrument asks no such level"
# Where on the scale a level's mean lies by default, from 0 at its low end to 1 at its high end.
_USUAL = {
    Level.PERCEPTION: 0.65,
    Level.EXPECTATION: 0.8,
    Level.IDEAL: 0.9,
    Level.NORMATIVE: 0.85,
    Level.DESIRED: 0.85,
    Level.USUAL: 0.65,
    Level.PREDICTED: 0.65,
    Level.ACCEPTABLE: 0.55,
    Level.ADEQUATE: 0.55,
    Level.MINIMUM: 0.4,
    Level.DISCONFIRMATION: 0.45,
}


def mean_answers(instrument: Instrument, means: Means, findings: Findings) -> Floats:
    """Return the mean answer of each level and dimension, the usual one where none is given."""
    findings.known("means", means, instrument.levels, _NO_LEVEL)
    scale = instrument.scale
    rule = Rule(f"means lie on the scale {scale}", lambda mean: scale.low <= mean <= scale.high)
    rows = []
    for level in instrument.levels:
        usual = scale.low + _USUAL[level] * scale.span
        rows.append(per_dimension(f"means {level}", means.get(level, {}), rule, instrument, findings, usual=usual))
    if {Level.ADEQUATE, Level.DESIRED} <= set(instrument.levels):
        _refuse_crossed(instrument, rows, findings)
    return np.array(rows)


def _refuse_crossed(instrument: Instrument, means: list[list[float]], findings: Findings) -> None:
    adequate, desired = (means[instrument.levels.index(level)] for level in (Level.ADEQUATE, Level.DESIRED))
    for key, low, high in zip(instrument.dimension_keys, adequate, desired, strict=True):
        if low > high:
            rule = "no adequate level lies above the desired one, so that its mean does not either"
            findings.add(f"means {key}", f"adequate {low:g}, desired {high:g}", rule)


def per_dimension(
    place: str, given: object, rule: Rule, instrument: Instrument, findings: Findings, *, usual: float
) -> list[float]:
    """Return one number for each dimension, from one for all or a mapping dimension → number."""
    keys = instrument.dimension_keys
    if not isinstance(given, Mapping):
        return [findings.number(place, given, rule)] * len(keys)
    findings.known(place, given, keys, "the instrument has no such dimension")
    return [findings.number(f"{place} {key}", given[key], rule) if key in given else usual for key in keys]


def per_level(
    place: str, given: PerLevel, rule: Rule, instrument: Instrument, findings: Findings, *, usual: float
) -> Floats:
    """Return one number for each level, from one for all or a mapping level → number."""
    if not isinstance(given, Mapping):
        return np.full(len(instrument.levels), findings.number(place, given, rule))
    findings.known(place, given, instrument.levels, _NO_LEVEL)
    pairs = ((level, given.get(level, usual)) for level in instrument.levels)
    return np.array([findings.number(f"{place} {level}", value, rule) for level, value in pairs])
