"""Notes below tables of scores speak the language of the table, and say the same in both."""

import re
from typing import Any

import numpy as np
import pytest

from servqual import Difference, PerformanceOnly, Survey, Table, Weighted, score, summarize
from tests.scoring.hall import HALL, study

STUDY = study(60, seed=21)
POINTS = np.tile([50.0, 30, 20], (60, 1))
ONE = ["north"] * 60


def survey(**sides: Any) -> Survey:
    return Survey.from_arrays(HALL, perception=STUDY.perceived, expectation=STUDY.expected, **sides)


def unpaired() -> Survey:
    seen = Survey.from_arrays(HALL, perception=STUDY.perceived)
    return Survey.unpaired(perception=seen, expectation=Survey.from_arrays(HALL, expectation=STUDY.expected))


TABLES = {
    "plain": lambda **tongue: score(survey(), Difference()).table(confidence=0.9, **tongue),
    "sampling weights": lambda **tongue: score(survey(weights=STUDY.weights), Difference()).table(**tongue),
    "sampling weights by group": lambda **tongue: score(
        survey(weights=STUDY.weights, groups={"branch": STUDY.branch}), Difference()
    ).table("branch", **tongue),
    "frequencies": lambda **tongue: score(
        survey(weights=STUDY.frequencies, weight_kind="frequency"), PerformanceOnly()
    ).table(**tongue),
    "own importance": lambda **tongue: score(survey(importance=POINTS), Weighted(Difference())).table(**tongue),
    "points": lambda **tongue: score(survey(), Weighted(Difference(), points=(1, 2, 3.5))).table(**tongue),
    "clusters": lambda **tongue: score(survey(cluster=STUDY.visit), Difference()).table(**tongue),
    "one cluster": lambda **tongue: summarize(survey(cluster=ONE), Difference()).table(**tongue),
    "unpaired": lambda **tongue: summarize(unpaired(), Difference()).table(**tongue),
    "items": lambda **tongue: summarize(survey(), Difference()).item_table(**tongue),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_note_in_each_language(name: str) -> None:
    english, chinese = (TABLES[name](language=tongue) for tongue in ("en", "zh"))
    assert english.notes == TABLES[name]().notes
    assert len(english.notes) == len(chinese.notes)
    for one, other in zip(english.notes, chinese.notes, strict=True):
        assert not re.search("[\u4e00-\u9fff]", one)
        assert re.search("[\u4e00-\u9fff]", other)
        assert not re.search("[A-Za-z]{2,} [a-z]{2,}", other)
        numbers = [re.findall(r"\d+(?:\.\d+)?", note) for note in (one, other)]
        assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("plain", "置信区间：90%，t分布；维度得分需回答其50%的题项，总体得分需所有维度"),
        ("items", "置信区间：95%，t分布"),
        ("points", "重要性：1, 2, 3.5，人人相同"),
        ("own importance", "重要性：各受访者自己的"),
        ("sampling weights by group", "权重：抽样"),
        ("frequencies", "权重：频数"),
        ("one cluster", "只有一个聚类之处，无从得知聚类之间的差异：没有标准误与区间"),
        ("unpaired", "各层次来自不同的人：误差按独立样本计，自由度用韦尔奇法；n为全部人数"),
    ],
)
def test_what_is_said_in_chinese(name: str, note: str) -> None:
    table: Table = TABLES[name](language="zh")
    assert note in table.notes
