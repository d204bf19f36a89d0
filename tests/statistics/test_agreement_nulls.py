"""Nulls of no agreement: variances of their proportions, and which are not known."""

from typing import Any

import numpy as np
import pytest

from servqual.statistics import ArgumentError
from servqual.statistics.agreement_nulls import Null, continuous_null_variance, null_variance

# Proportions of five options, from which the tabled variances follow.
PROPORTIONS = {
    "uniform": (0.20, 0.20, 0.20, 0.20, 0.20),
    "slight_skew": (0.05, 0.15, 0.20, 0.35, 0.25),
    "moderate_skew": (0.00, 0.10, 0.15, 0.40, 0.35),
    "heavy_skew": (0.00, 0.00, 0.10, 0.40, 0.50),
    "triangular": (0.11, 0.22, 0.34, 0.22, 0.11),
    "normal": (0.07, 0.24, 0.38, 0.24, 0.07),
}
# LeBreton & Senter 2008, as the R package WGA 0.1.0 of the first author has them
SEVEN = {"slight_skew": 2.90, "moderate_skew": 2.14, "heavy_skew": 1.39, "triangular": 2.10, "normal": 1.40}


@pytest.mark.parametrize("null", PROPORTIONS)
def test_five_options_have_the_variance_of_their_proportions(null: str) -> None:
    shares, options = np.array(PROPORTIONS[null]), np.arange(1, 6)
    assert shares.sum() == pytest.approx(1)
    expected = shares @ options**2 - (shares @ options) ** 2
    assert float(null_variance(null, 5)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("null", SEVEN)
def test_seven_options_are_told_as_tabled(null: str) -> None:
    found = null_variance(null, 7)
    assert (found.null, found.value, found.source) == (Null(null), SEVEN[null], "tabled")


@pytest.mark.parametrize("options", range(2, 12))
def test_the_uniform_null_is_known_for_any_number_of_options(options: int) -> None:
    found = null_variance("uniform", options)
    assert found.value == pytest.approx(np.var(np.arange(options)))
    assert found.source == "formula"


def test_answers_without_steps_scatter_as_a_uniform_number() -> None:
    assert float(continuous_null_variance(0, 100)) == pytest.approx(10_000 / 12)


def test_nulls_have_names_in_both_languages() -> None:
    assert [each.label.zh for each in Null][:2] == ["均匀分布", "轻度偏态"]


NULLS = "uniform, slight_skew, moderate_skew, heavy_skew, triangular, normal"
REFUSED: dict[str, tuple[Any, str]] = {
    "another number of options": (
        lambda: null_variance("slight_skew", 9),
        "options: 9; the null slight_skew is tabled for 5 and 7 options. Hint: use the uniform null",
    ),
    "an unknown null": (
        lambda: null_variance("slight skew", 5),
        f"null: 'slight skew'; it is one of {NULLS}. Hint: did you mean slight_skew?",
    ),
    "one option": (lambda: null_variance("uniform", 1), "options: 1; it is a whole number of two or more."),
    "half an option": (
        lambda: null_variance("uniform", 4.5),  # type: ignore[arg-type]
        "options: 4.5; it is a whole number of two or more.",
    ),
    "no span": (lambda: continuous_null_variance(5, 5), "high: 5; it lies above low, 5."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_known_is_refused(case: str) -> None:
    call, message = REFUSED[case]
    with pytest.raises(ArgumentError) as caught:
        call()
    assert str(caught.value) == message
