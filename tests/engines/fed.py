"""A tracker fed with a study, month by month, and what its summaries must equal."""

from typing import Any

import numpy as np
import pandas as pd

from servqual import Difference, Instrument, PerformanceOnly, Scale, Summary, Survey, summarize
from servqual.engines.tracking import Tracker
from tests.scoring.hall import HALL, study

STUDY = study(240, seed=12)
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
DESK = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(7))


def frame(rows: Any = slice(None)) -> pd.DataFrame:
    """The study as a wide frame, in the columns that are read by default."""
    part = STUDY.part(rows)
    keys = HALL.item_keys
    columns = {f"perception_{key}": part.perceived[:, place] for place, key in enumerate(keys)}
    columns |= {f"expectation_{key}": part.expected[:, place] for place, key in enumerate(keys)}
    return pd.DataFrame({**columns, "branch": part.branch, "w": part.weights, "f": part.frequencies})


def fed(tracker: Tracker, months: Any = MONTHS) -> Tracker:
    """The tracker with a quarter of the study in each month, in batches of 20."""
    for place, month in enumerate(months):
        for start in range(60 * place, 60 * (place + 1), 20):
            tracker.update(frame(slice(start, start + 20)), month)
    return tracker


def same(one: Summary, other: Summary) -> None:
    """Assert that two summaries tell the same, but for rounding."""
    for level in one.levels:
        np.testing.assert_array_equal(one.tallies(level).counts, other.tallies(level).counts)
    for model in one.models:
        pd.testing.assert_frame_equal(
            one.table(model).to_frame("pandas"), other.table(model).to_frame("pandas"), rtol=1e-10
        )


def whole(rows: Any, **options: Any) -> Summary:
    return summarize(Survey.from_frame(frame(rows), HALL, **options), Difference(), PerformanceOnly())
