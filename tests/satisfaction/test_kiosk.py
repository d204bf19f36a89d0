"""The kiosk study by the wing, against counts by loops and the figures printed beside the data (194 respondents)."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from servqual.instruments import Scale
from servqual.satisfaction import Category, csat, drivers, importance_performance, kano, short_board
from tests.satisfaction.kano_data import kiosk

ITEMS = [f"{item:02d}" for item in range(1, 25)]
TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
SEVEN = Scale.likert(7)
# data/README.md: mean of perception minus expectation by the authors' factors
GAPS = {
    "tangible": 0.00, "usefulness": -0.67, "economy": -1.28, "control": -1.46, "convenience": -1.56, "security": -1.81,
}  # fmt: skip


@pytest.fixture(scope="module")
def frame(shared: Path) -> pd.DataFrame:
    whole = pd.read_csv(shared / "data" / "servqual_kiosk_kr.csv")
    return whole[whole["kept_by_authors"] == 1].reset_index(drop=True)


def test_all_features_by_a_loop(shared: Path, frame: pd.DataFrame) -> None:
    for row in kano(kiosk(shared)):
        pairs = zip(frame[f"kano{row.feature}_f"], frame[f"kano{row.feature}_d"], strict=True)
        counts = Counter(TABLE[int(there) - 1][int(away) - 1] for there, away in pairs)
        assert {each.letter: float(getattr(row, each.value)) for each in Category} == {
            letter: counts[letter] for letter in "AOMIRQ"
        }
        n, base = 194, sum(counts[letter] for letter in "AOMI")
        first, second = (count for _, count in counts.most_common(2))
        bound = 1.65 * math.sqrt((first + second) * (2 * n - first - second) / (2 * n))
        assert float(row.better) == pytest.approx((counts["A"] + counts["O"]) / base)
        assert float(row.worse) == pytest.approx(-(counts["O"] + counts["M"]) / base)
        assert float(row.fong_bound) == pytest.approx(bound)
        assert row.clear is (first - second >= bound)


def test_the_gaps_of_the_short_board_are_those_of_the_factors(shared: Path, frame: pd.DataFrame) -> None:
    board = short_board(frame, ITEMS, performance="P{key}", against="E{key}", stated="imp{key}", scale=SEVEN)
    items = pd.read_csv(shared / "data" / "servqual_kiosk_kr_items.csv", dtype={"item": str})
    for factor, gap in GAPS.items():
        members = [f"{int(each):02d}" for each in items.loc[items["dimension6"] == factor, "item"]]
        assert np.mean([float(board[each].gap) for each in members]) == pytest.approx(gap, abs=0.005)


def test_performance_goes_along_with_satisfaction_more_than_gaps_do(frame: pd.DataFrame) -> None:
    perceived = frame[[f"P{item}" for item in ITEMS]].mean(axis=1)
    expected = frame[[f"E{item}" for item in ITEMS]].mean(axis=1)
    total = frame[[f"total{place}" for place in range(1, 5)]].mean(axis=1)
    found = drivers({"gap": perceived - expected, "perception": perceived, "y": total}, "y", ["gap", "perception"])
    assert float(found["gap"].r) == pytest.approx(0.49, abs=0.005)
    assert float(found["perception"].r) == pytest.approx(0.60, abs=0.005)
    assert found["perception"].share > found["gap"].share


def test_importance_and_satisfaction_are_means_of_the_items(frame: pd.DataFrame) -> None:
    placed = importance_performance(frame, ITEMS, performance="sat{key}", stated="imp{key}", cut="mean", scale=SEVEN)
    for item in ITEMS:
        assert placed[item].performance == pytest.approx(frame[f"sat{item}"].mean())
        assert placed[item].importance == pytest.approx(frame[f"imp{item}"].mean())
    cut = frame[[f"sat{item}" for item in ITEMS]].mean().mean()
    assert placed.cut_performance == pytest.approx(cut)


def test_satisfied_women_and_men(frame: pd.DataFrame) -> None:
    found = csat(frame, "total1", boxes=(4, 5), scale=Scale.likert(5), by="sex")
    for row, label in zip(found.rows[1:], ("female", "male"), strict=True):
        assert (row.group, row.n) == (label, float((frame["sex"] == label).sum()))
        assert float(row.score) == pytest.approx(100 * (frame.loc[frame["sex"] == label, "total1"] >= 4).mean())
