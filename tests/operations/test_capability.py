"""Capability read from cases: units, subgroups, what is not normal, and what is refused."""

import numpy as np
import pytest
from scipy import stats

from servqual.errors import ArgumentError, StandardsError
from servqual.instruments import Scale
from servqual.operations.standards.capability_reading import capability
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.words import StandardKind
from servqual.statistics import Inapplicable

COFFEE = Standard(key="coffee", kind=StandardKind.AMOUNT, low=60, high=72)
WAIT = Standard(key="wait", kind=StandardKind.TIME, high=10)


def test_the_share_expected_is_that_of_a_normal_distribution() -> None:
    values = np.random.default_rng(1).normal(67, 2, 400)
    found = capability(COFFEE, values).overall
    normal = stats.norm(values.mean(), values.std(ddof=1))
    assert float(found.expected) == pytest.approx(normal.cdf(72) - normal.cdf(60))
    assert float(found.ppk) == pytest.approx((72 - values.mean()) / (3 * values.std(ddof=1)))
    assert not any("not normal" in note for note in capability(COFFEE, values).to_table().notes)


def test_units_each_alone_and_subgroups() -> None:
    rng = np.random.default_rng(2)
    cases = {"coffee": rng.normal(66, 2, 60), "bar": np.repeat(list("ab"), 30), "shift": np.tile(np.arange(10), 6)}
    found = capability(COFFEE, cases, unit="bar", subgroup="shift")
    alone = capability(COFFEE, cases["coffee"][:30], subgroup=cases["shift"][:30]).overall
    assert (found["a"].ppk, found["a"].cpk, found["a"].n) == pytest.approx((alone.ppk, alone.cpk, 30))
    assert [row.unit for row in found] == ["all", "a", "b"]
    assert float(found["a"].cp) >= float(found["a"].cpk)


def test_waits_are_not_normal_and_the_table_says_so() -> None:
    waits = np.random.default_rng(3).exponential(4, 2000)
    found = capability(WAIT, waits)
    assert any("not normal" in note for note in found.to_table().notes)
    assert any("非正态" in note for note in found.to_table("zh").notes)
    assert found.overall.pp == Inapplicable("the standard has one limit")
    assert "cp" not in found.to_table().columns


def test_what_does_not_exist_says_why() -> None:
    cases = {"wait": [np.nan, 3.0, 4.0, 4.0], "desk": list("abcc")}
    found = capability(WAIT, cases, unit="desk", subgroup="desk")
    assert found["a"].mean == Inapplicable("no case has a value")
    assert found["b"].ppk == Inapplicable("fewer than two cases")
    assert found["c"].ppk == Inapplicable("the values do not vary")
    assert found["c"].cpk == Inapplicable("no subgroup with two cases that differ")
    assert repr(found["b"]) == "<ProcessCapability of b: fewer than two cases>"
    assert {"row": 2, "ppk": "fewer than two cases"}.items() <= found.to_dict()["inapplicable"][2].items()
    with pytest.raises(ArgumentError, match="unit: no 'd'; it is all or a unit"):
        found["d"]


def test_refusals() -> None:
    with pytest.raises(
        StandardsError, match=r"care is soft; capability is that of a measured process. Hint: conformance"
    ):
        capability(Standard.soft("care", Scale.likert(7), low=6), [6, 7])
    with pytest.raises(StandardsError, match="1 below zero: row 0"):
        capability(WAIT, [-1.0, 2])
    with pytest.raises(StandardsError, match="subgroup: no column 'shift'"):
        capability(WAIT, {"wait": [1.0]}, subgroup="shift")
