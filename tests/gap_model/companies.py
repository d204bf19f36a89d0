"""Companies whose gaps are known: surveys and records drawn from a few normal distributions."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from servqual import Instrument, Level, Scale, Survey
from servqual._arrays import Floats
from servqual.gap_model.gap_words import CHAIN
from servqual.gap_model.model import GapModel
from servqual.gap_model.source import Source

SCALE = Scale(-100, 100, step=None)
SEVEN = Scale.likert(7)
DESK = Instrument.define(
    "desk",
    {"speed": ["wait", "queue"], "tone": ["greeting"]},
    scale=SCALE,
    levels=(Level.PERCEPTION, Level.EXPECTATION),
)
BELIEF = DESK.asking(Level.EXPECTATION)
KEYS = ("speed", "tone")


def customers(rng: np.random.Generator, n: int, *, share: float = 0.7, **beside: Any) -> Survey:
    """Customers, item scores around 6 expected and 5 perceived; the same people's answers go together."""
    common = rng.normal(size=(n, 1)) * np.sqrt(share)
    wished, seen = (level + common + rng.normal(size=(n, 3)) * np.sqrt(1 - share) for level in (6.0, 5.0))
    return Survey.from_arrays(DESK, expectation=wished, perception=seen, **beside)


def managers(rng: np.random.Generator, n: int) -> Survey:
    """Managers, who believe that 5.8 is expected."""
    return Survey.from_arrays(BELIEF, expectation=5.8 + rng.normal(size=(n, 1)) + 0.5 * rng.normal(size=(n, 3)))


def records(rng: np.random.Generator, n: int, **columns: Any) -> pd.DataFrame:
    """Audits of what is delivered, 5.2 on average."""
    values = 5.2 + rng.normal(size=(n, 1)) + 0.4 * rng.normal(size=(n, 2))
    return pd.DataFrame({"speed": values[:, 0], "tone": values[:, 1], **columns})


def figures(mean: Sequence[float], se: float | Mapping[str, float] = 0.0, **beside: Any) -> Source:
    """A source of figures about speed and tone, from 1 to 7 unless a scale is named."""
    return Source.from_means(dict(zip(KEYS, mean, strict=True)), se=se, **{"scale": SEVEN, **beside})


def company(seed: int, n: int = 60) -> GapModel:
    """A company in which customers answered both levels, with few managers and fixed standards."""
    rng = np.random.default_rng(seed)
    asked, audits = customers(rng, n), records(rng, 40)
    return GapModel(
        expected=asked,
        understood=managers(rng, 12),
        specified=figures((5.5, 5.9), scale=SCALE),
        delivered=Source.from_records(audits, KEYS, scale=SCALE),
        perceived=asked,
    )


def chain(means: Floats, errors: Floats, n: float | None = None) -> GapModel:
    """A model of figures alone: means and errors (stations, dimensions)."""
    made = {
        str(station): Source.from_means(
            {str(key): float(x) for key, x in enumerate(mean)},
            se={str(key): float(x) for key, x in enumerate(error)},
            n=n,
            scale=SCALE,
        )
        for station, mean, error in zip(CHAIN, means, errors, strict=True)
    }
    return GapModel(**made)
