"""Features against deficiencies: shares, slopes, and what one deficiency takes away."""

import json

import numpy as np
import pytest

from servqual.errors import ProcessError
from servqual.operations.lives.quality_reading import NO_END, NO_SATISFACTION, STILL, two_qualities
from servqual.operations.lives.quality_words import QualityField
from servqual.statistics import Covariance, ols, wilson_interval

RNG = np.random.default_rng(1)
FEATURES, FAULTS = RNG.normal(5, 1, 300), RNG.poisson(0.7, 300)
DATA = {"f": FEATURES, "d": FAULTS, "s": 2 + 0.8 * FEATURES - 0.5 * FAULTS + RNG.normal(size=300)}


def test_four_fields_hold_everybody() -> None:
    found = two_qualities(DATA, "f", "d", "s", rich=5)
    assert [row.field for row in found] == list(QualityField)
    assert sum(row.n for row in found) == 300
    here = (FEATURES >= 5) & (FAULTS == 0)
    row = found["rich_sound"]
    assert (row.n, row.share) == (here.sum(), here.mean())
    assert (row.low, row.high) == wilson_interval(int(here.sum()), 300)
    assert float(row.satisfaction) == pytest.approx(DATA["s"][here].mean())
    assert repr(found) == f"<TwoQualities: {here.mean():.0%} of 300 have features and no deficiencies>"


def test_deficiencies_may_be_let_pass() -> None:
    found = two_qualities(DATA, "f", "d", rich=4.5, passed=1)
    assert found["plain_faulty"].n == ((FEATURES < 4.5) & (FAULTS > 1)).sum()


def test_slopes_are_those_of_a_regression_with_hc3_errors() -> None:
    found = two_qualities(DATA, "f", "d", "s", rich=5)
    fit = ols(DATA["s"], np.column_stack([FEATURES, FAULTS]), ["f", "d"], covariance=Covariance.HC3)
    assert found.features.slope == pytest.approx(fit.coefficients[1])
    assert found.deficiencies.slope == pytest.approx(fit.coefficients[2])
    half = (float(found.features.high) - float(found.features.low)) / 2
    assert half == pytest.approx(np.sqrt(fit.covariance[1, 1]) * 1.968, rel=1e-3)


def test_one_deficiency_is_worth_so_many_points_of_features() -> None:
    found = two_qualities(DATA, "f", "d", "s", rich=5)
    assert found.worth == pytest.approx(-float(found.deficiencies.slope) / float(found.features.slope))
    assert float(found.worth_low) < 0.5 / 0.8 < float(found.worth_high)
    other = two_qualities(DATA | {"s": RNG.normal(size=300)}, "f", "d", "s", rich=5)
    assert other.worth == NO_END


def test_what_does_not_vary_has_no_slope() -> None:
    found = two_qualities(DATA | {"d": np.zeros(300)}, "f", "d", "s", rich=5)
    assert found.features.slope == STILL
    without = two_qualities(DATA, "f", "d", rich=5)
    assert without.worth == NO_SATISFACTION
    assert "satisfaction" not in without.to_table().columns


def test_rows_that_lack_a_number_are_counted_out() -> None:
    found = two_qualities({"f": [5, None, 3], "d": [0, 1, 2]}, "f", "d", rich=4)
    assert "2 of 3 cases" in found.to_table().notes[0]
    assert found.to_table("zh")["label"][0] == "特性丰富，无缺陷"
    assert json.loads(json.dumps(found.to_dict()))["slopes"]["features"]["slope"] is None


def test_bad_data_are_refused_all_at_once() -> None:
    with pytest.raises(ProcessError) as caught:
        two_qualities({"f": [5, 3], "d": [0, -1]}, "ff", "d", rich=np.nan, passed=-1)
    assert len(caught.value.problems) == 4
    with pytest.raises(ProcessError, match=r"deficiencies: some below zero, or not whole"):
        two_qualities({"f": [5, 3], "d": [0, 1.5]}, "f", "d", rich=1)
    with pytest.raises(ProcessError, match=r"rich: '5'; a level of features is a finite number"):
        two_qualities({"f": [5, 3], "d": [0, 1]}, "f", "d", rich="5")  # type: ignore[arg-type]
    with pytest.raises(ProcessError, match=r"source: 1 rows, none complete"):
        two_qualities({"f": [None], "d": [0]}, "f", "d", rich=1)
