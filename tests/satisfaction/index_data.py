"""Index models and answers for tests: the mobile telephone study, and a small made-up one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual._arrays import AnyArray
from servqual.errors import StructuralError
from servqual.instruments import Instrument, Level, Scale
from servqual.satisfaction.indices.ready import ecsi
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.survey import Survey
from tests.statistics.path_models import BLOCKS

TEN = Scale(1, 10)
# the study's names, in small letters as in the model
MOBILE = ecsi({name.lower(): block for name, block in BLOCKS.items()})

ITEMS = {"service": ["quick", "kind", "able"], "value": ["price", "worth"], "loyalty": ["again", "advise"]}
PATHS = "service -> value -> loyalty; service -> loyalty"
SMALL = StructuralModel.define(ITEMS, PATHS, labels={"service": "how one is served"})
SEVEN = Scale.likert(7)


def mobile(shared: Path) -> pd.DataFrame:
    """The answers of 250 customers."""
    return pd.read_csv(shared / "data" / "ecsi_mobi.csv")


def codes(n: int = 80, seed: int = 3) -> AnyArray:
    """Answers (n, 7) from 1 to 7, in which each construct follows the one before."""
    rng = np.random.default_rng(seed)
    latent, columns = np.zeros(n), []
    for size in map(len, ITEMS.values()):
        latent = 0.7 * latent + rng.normal(size=n)
        columns.append(latent[:, None] + rng.normal(size=(n, size)))
    return np.clip(np.rint(4 + 1.2 * np.hstack(columns)), 1, 7).astype(np.int64)


def answers(n: int = 80, seed: int = 3) -> pd.DataFrame:
    """The same as a frame."""
    return pd.DataFrame(codes(n, seed), columns=list(SMALL.indicators))


def gappy(n: int = 80, seed: int = 3) -> pd.DataFrame:
    """The same with some answers missing; one respondent answered nothing."""
    frame = answers(n, seed).astype(np.float64)
    frame = frame.mask(np.random.default_rng(seed).random(frame.shape) < 0.06)
    frame.iloc[4] = np.nan
    return frame


def survey(frame: pd.DataFrame, **options: Any) -> Survey:
    """The same as a survey."""
    instrument = Instrument.define("desk", ITEMS, scale=SEVEN, levels=(Level.PERCEPTION,))
    return Survey.from_frame(frame, instrument, perception="{key}", **options)


def said(make: Callable[[], object]) -> list[str]:
    """What an error says, problem by problem."""
    with pytest.raises(StructuralError) as error:
        make()
    return [str(each) for each in error.value.problems]
