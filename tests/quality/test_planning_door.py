"""Planning: one door to means, shares and reliabilities, with populations, clusters and groups."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual.quality import margin_of_error, sample_size
from servqual.statistics import ArgumentError, krejcie_morgan, sample_size_alpha, sample_size_mean, sample_size_share


def test_means_and_shares_are_those_of_the_formulas() -> None:
    options: Any = {"population": 900, "design_effect": 1.4, "groups": 3}
    assert sample_size(0.2, sd=1.5, **options) == sample_size_mean(1.5, 0.2, **options)
    assert sample_size(0.05, share=0.3, confidence=0.9, **options) == sample_size_share(0.05, 0.3, 0.9, **options)
    plan = sample_size(0.05, share=0.5)
    assert (round(plan.exact, 2), plan.n, plan.total) == (384.15, 385, 385)


def test_populations_are_near_krejcie_and_morgan(shared: Path) -> None:
    with (shared / "oracles" / "krejcie_morgan_seen.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            population = float(row["N"])
            assert krejcie_morgan(population).n == int(row["S_published"])
            assert abs(sample_size(0.05, share=0.5, population=population).n - int(row["S_published"])) <= 1


def test_reliability_is_bonett_s_and_grows_with_clusters() -> None:
    plain = sample_size(0.05, alpha=0.85, items=5)
    assert plain == sample_size_alpha(0.85, 5, 0.1)
    grown = sample_size(0.05, alpha=0.85, items=5, design_effect=2, groups=4)
    assert grown.exact == pytest.approx(2 * (plain.exact - 2) + 2)
    assert (grown.groups, grown.total) == (4, 4 * grown.n)
    few = sample_size(0.05, alpha=0.85, items=5, population=100)
    assert few.exact == pytest.approx(plain.exact / (1 + (plain.exact - 1) / 100))
    assert few.assumptions[-1] == "population of 100"


@settings(max_examples=30, deadline=None)
@given(st.floats(0.02, 0.2), st.floats(0.3, 0.95), st.integers(2, 20), st.floats(1, 4), st.sampled_from([0.9, 0.95]))
def test_margins_solve_sizes(margin: float, alpha: float, items: int, design_effect: float, confidence: float) -> None:
    asked: Any = {"confidence": confidence, "design_effect": design_effect}
    questions: list[Any] = [{"sd": 1.3}, {"share": 0.4}, {"alpha": alpha, "items": items}]
    for what in questions:
        plan = sample_size(margin, **what, **asked)
        assert margin_of_error(plan.exact, **what, **asked) == pytest.approx(margin, rel=1e-9)
        assert float(margin_of_error(plan.n, **what, **asked)) <= margin * (1 + 1e-9)


def test_margins_of_arrays_and_of_everybody() -> None:
    margins = margin_of_error([50, 100, 200], alpha=[0.7, 0.8, 0.9], items=4, population=200)
    assert margins.shape == (3,)
    assert margins[-1] == 0
    assert margin_of_error([50, 200], sd=1.2)[0] == pytest.approx(2 * margin_of_error(200, sd=1.2))
    assert np.isclose(margin_of_error(385, share=0.5), 0.05, atol=1e-4)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "none of them; exactly one says what is to be known"),
        ({"sd": 1, "share": 0.5}, "sd and share; exactly one"),
        ({"alpha": 0.8}, "without items"),
        ({"sd": 1.2, "items": 5}, "items beside sd"),
        ({"alpha": 0.8, "items": 1}, "items"),
        ({"alpha": 1.0, "items": 4}, "below 1"),
        ({"share": 1.2}, "share"),
        ({"sd": -1}, "sd"),
        ({"sd": 1, "confidence": 95}, "pass 0.95"),
        ({"alpha": 0.8, "items": 4, "population": 0}, "population"),
        ({"alpha": 0.8, "items": 4, "design_effect": 0}, "design_effect"),
    ],
)
def test_questions_that_are_refused(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        sample_size(0.05, **asked)
    with pytest.raises(ArgumentError, match=message):
        margin_of_error(50, **asked)


def test_sizes_and_margins_that_cannot_be() -> None:
    with pytest.raises(ArgumentError, match="three answers or more"):
        margin_of_error([2, 50], alpha=0.8, items=4)
    for margin in (0, -1, float("nan")):
        with pytest.raises(ArgumentError, match=r"margin|width"):
            sample_size(margin, alpha=0.8, items=4)
    with pytest.raises(ArgumentError, match="whole number"):
        sample_size(0.05, alpha=0.8, items=4, groups=1.5)  # type: ignore[arg-type]
