"""The kiosk study (hanakim120/kiosk-servqual-research, MIT), 194 screened respondents; and tables compared."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from servqual import Instrument, Scale, Survey, Table


def kiosk(shared: Path, column: str) -> tuple[Survey, npt.NDArray[Any]]:
    """The survey with the dimensions of one column of the items file, and the mean of the four overall ratings."""
    dimensions: dict[str, list[str]] = {}
    with (shared / "data" / "servqual_kiosk_kr_items.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row[column]:
                dimensions.setdefault(row[column], []).append(f"{int(row['item']):02d}")
    frame = pd.read_csv(shared / "data" / "servqual_kiosk_kr.csv")
    frame = frame[frame["kept_by_authors"] == 1]
    instrument = Instrument.define("kiosk", dimensions, scale=Scale.likert(7))
    total = frame[[f"total{number}" for number in range(1, 5)]].mean(axis=1).to_numpy()
    return Survey.from_frame(frame, instrument, perception="P{key}", expectation="E{key}"), total


def same(one: Table, other: Table, *, rel: float = 1e-9) -> None:
    """Two tables say the same; numbers to a relative difference."""
    assert list(one.columns) == list(other.columns)
    for name in one.columns:
        mine, theirs = one[name], other[name]
        if any(isinstance(cell, float) for cell in mine):
            found, expected = (np.array(cells, float) for cells in (mine, theirs))
            np.testing.assert_allclose(found, expected, rtol=rel, atol=1e-11, err_msg=name)
        else:
            assert mine == theirs, name
