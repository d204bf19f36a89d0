"""Intervals of resamples against those of R's boot, for a fixed list of 999 replicates.

The replicates are those of an indirect effect (`attitude`, complaints → learning → rating); boot 1.3-28.1 computed the
expected values: boot.ci with its own interpolation of quantiles on the normal scale, and with two kinds of influence
values L: by regression, and of the jackknife centred on the estimate. The rest is closed form: the jackknife centred on
its own mean (Efron), and numpy's linear quantiles.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as hnp

from servqual._arrays import Floats
from servqual.errors import ArgumentError
from servqual.statistics.accelerations import bias_correction, influence_acceleration, jackknife_acceleration
from servqual.statistics.bootstrap_intervals import (
    basic_interval,
    bca_interval,
    normal_interval,
    percentile_interval,
)
from servqual.statistics.resample_quantiles import QuantileRule

EXPECTED: dict[str, Any] = {
    "t0": 0.111092182522,
    "z0": 0.0414126013806,
    "accel_boot_regression": -0.0331565760243,
    "bca_regression": (-0.035896094124, 0.307075972773),
    "accel_jackknife": -0.0638546926913,
    "bca_jackknife": (-0.0475968118012, 0.292623827508),
    "percentile": (-0.0201692581208, 0.3178543026),
    "basic": (-0.0956699375554, 0.242353623165),
    "normal": (-0.0654743642219, 0.273462973391),
    "accel_efron": -0.0619568076348,
    "bca_efron": (-0.0474692733041, 0.293659419947),
    "bca_efron_linear": (-0.0461206823194, 0.291570007214),
}
T0 = 0.111092182522
# twelve digits are given of replicates, influence values and expected values alike
DIGITS = 2e-11
BOOT = QuantileRule.NORMAL_SCORE


def column(shared: Path, name: str) -> Floats:
    return np.loadtxt(shared / "oracles" / name, skiprows=1)


@pytest.fixture(scope="module")
def replicates(shared: Path) -> Floats:
    return column(shared, "bca_replicates.csv")


@pytest.fixture(scope="module")
def jackknife(shared: Path) -> Floats:
    return column(shared, "bca_jackknife.csv")


def close(found: object, name: str) -> None:
    assert found == pytest.approx(EXPECTED[name], abs=DIGITS)


def test_bias_correction_and_accelerations(shared: Path, replicates: Floats, jackknife: Floats) -> None:
    close(float(bias_correction(T0, replicates)), "z0")
    close(float(influence_acceleration(column(shared, "bca_empinf_regression.csv"))), "accel_boot_regression")
    close(float(jackknife_acceleration(jackknife, T0)), "accel_jackknife")
    close(float(jackknife_acceleration(jackknife)), "accel_efron")


def test_bca_by_regression_as_boot_has_it(shared: Path, replicates: Floats) -> None:
    bent = influence_acceleration(column(shared, "bca_empinf_regression.csv"))
    close(bca_interval(T0, replicates, bent, rule=BOOT), "bca_regression")


def test_bca_by_the_jackknife_about_the_estimate_as_boot_has_it(replicates: Floats, jackknife: Floats) -> None:
    close(bca_interval(T0, replicates, jackknife_acceleration(jackknife, T0), rule=BOOT), "bca_jackknife")


def test_bca_by_the_jackknife_about_its_mean_as_efron_has_it(replicates: Floats, jackknife: Floats) -> None:
    bent = jackknife_acceleration(jackknife)
    close(bca_interval(T0, replicates, bent, rule="normal_score"), "bca_efron")
    close(bca_interval(T0, replicates, bent), "bca_efron_linear")


def test_simpler_intervals_as_boot_has_them(replicates: Floats) -> None:
    close(percentile_interval(replicates, rule=BOOT), "percentile")
    close(basic_interval(T0, replicates, rule=BOOT), "basic")
    close(normal_interval(T0, replicates), "normal")


def test_linear_quantiles_are_those_of_numpy(replicates: Floats) -> None:
    low, high = percentile_interval(replicates, 0.9)
    assert (low, high) == pytest.approx(tuple(np.quantile(replicates, [0.05, 0.95])), abs=1e-15)


def test_rows_are_read_each_for_itself(replicates: Floats, jackknife: Floats) -> None:
    rows = np.stack([replicates, 2 * replicates + 1])
    bent = jackknife_acceleration(np.stack([jackknife, 2 * jackknife + 1]))
    low, high = bca_interval([T0, 2 * T0 + 1], rows, bent)
    one, other = EXPECTED["bca_efron_linear"]
    assert low == pytest.approx([one, 2 * one + 1], abs=DIGITS)
    assert high == pytest.approx([other, 2 * other + 1], abs=DIGITS)


@given(
    hnp.arrays(np.float64, st.integers(2, 60), elements=st.floats(-5, 5, width=16), unique=True),
    st.floats(0.5, 0.99),
    st.sampled_from(QuantileRule),
    st.floats(0.25, 4),
    st.floats(-3, 3),
)
def test_intervals_follow_units_of_measurement(
    values: Floats, confidence: float, rule: QuantileRule, unit: float, shift: float
) -> None:
    centre = float(np.median(values))
    low, high = bca_interval(centre, values, 0.05, confidence, rule=rule)
    scaled = bca_interval(unit * centre + shift, unit * values + shift, 0.05, confidence, rule=rule)
    assert scaled == pytest.approx((float(unit * low + shift), float(unit * high + shift)), abs=1e-9)
    assert values.min() <= low <= high <= values.max()
    turned = percentile_interval(-values, confidence, rule=rule)
    low, high = percentile_interval(values, confidence, rule=rule)
    assert turned == pytest.approx((float(-high), float(-low)), abs=1e-9)


@given(hnp.arrays(np.float64, st.integers(5, 60), elements=st.floats(-5, 5, width=16)))
def test_without_bias_and_acceleration_bca_is_the_percentile_interval(values: Floats) -> None:
    both = np.concatenate([values, -values, [1.0, -1.0]])
    shift = float(bias_correction(0.0, both))
    if shift == 0:
        expected = tuple(map(float, percentile_interval(both, 0.9)))
        assert bca_interval(0.0, both, 0.0, 0.9) == pytest.approx(expected, abs=1e-12)


def test_boot_takes_the_outermost_replicate_where_quantiles_lie_beyond() -> None:
    assert list(percentile_interval(range(10), 0.99, rule=BOOT)) == [0.0, 9.0]
    # (9 + 1) · 0.1 = 1: the first and the last but none
    assert list(percentile_interval(range(9), 0.8, rule=BOOT)) == [0.0, 8.0]


def test_what_does_not_exist_is_missing() -> None:
    low, high = bca_interval([0.0, 9.0, 2.5], [[1.0, 2, 3, 4]] * 3, [0.0, 0.0, np.nan])
    assert np.isnan(low).all()
    assert np.isnan(high).all()
    assert np.isnan(influence_acceleration([0.0, 0.0]))
    assert np.isnan(jackknife_acceleration([1.0, 1.0, 1.0]))
    assert np.isnan(jackknife_acceleration([1.0, np.nan, 2.0]))


def test_what_is_no_list_of_replicates_is_refused() -> None:
    with pytest.raises(ArgumentError) as caught:
        percentile_interval([np.nan])
    assert str(caught.value) == (
        "2 problems\n"
        "  1. replicates: 1 resamples; an interval needs two or more.\n"
        "  2. replicates: 1 missing or infinite; each resample has an estimate. Hint: leave out resamples that failed, "
        "and say how many did"
    )
    with pytest.raises(ArgumentError, match="replicates: an array of <U1, shape \\(2,\\); the shape is"):
        percentile_interval(["a", "b"])
    with pytest.raises(ArgumentError, match="rule: 'linaer'; it is one of linear, normal_score"):
        percentile_interval([1, 2], rule="linaer")
    with pytest.raises(ArgumentError, match="confidence: 95; it lies strictly between 0 and 1"):
        percentile_interval([1, 2], 95)
    with pytest.raises(ArgumentError, match="estimate: shape \\(2,\\); one number for each interval, shape \\(\\)"):
        basic_interval([1, 2], [1, 2])
    with pytest.raises(ArgumentError, match="acceleration: shape \\(2,\\)"):
        bca_interval(1.0, [1, 2], [0.0, 0.0])
