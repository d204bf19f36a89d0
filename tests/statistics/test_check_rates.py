"""How often checks find what is planted, and what is not there: counts over many seeds, within binomial limits."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from servqual._arrays import Floats, Ints
from servqual.statistics import (
    Covariance,
    FittedRows,
    breusch_pagan,
    influence,
    normality,
    panel_serial_test,
    reset_test,
    serial_test,
    square_test,
    white_test,
)

SEEDS = 300
CLUSTER = Covariance.CLUSTER
# Tests that are right in large samples only may miss the nominal 5 % by two points
LEAST, MOST = stats.binom.ppf(0.0005, SEEDS, 0.03), stats.binom.ppf(0.9995, SEEDS, 0.07)
FOUND = stats.binom.ppf(0.0005, SEEDS, 0.9)

Planted = dict[str, float]


def line(seed: int, *, bend: float = 0, fan: float = 0, skew: float = 0, wild: float = 0) -> FittedRows:
    """100 rows with two predictors."""
    rng = np.random.default_rng([1, seed])
    x = rng.normal(3, 1, (100, 2))
    errors = rng.normal(0, 1, 100) * np.exp(fan * (x[:, 0] - 3)) + skew * rng.exponential(1, 100)
    errors[0] += wild
    return FittedRows.of(1 + x @ [0.5, 0.3] + bend * (x[:, 0] - 1) ** 2 + errors, x, ["a", "b"])


def series(seed: int, *, memory: float = 0) -> FittedRows:
    """60 periods."""
    rng = np.random.default_rng([2, seed])
    x, errors = rng.normal(0, 1, (60, 1)), rng.normal(0, 1, 60)
    for period in range(1, 60):
        errors[period] += memory * errors[period - 1]
    return FittedRows.of(x[:, 0] + errors, x, ["a"])


def panel(
    seed: int, *, memory: float = 0, level: float = 1, bend: float = 0, fan: float = 0, skew: float = 0
) -> tuple[Floats, Floats, Ints, Ints]:
    """40 units over 6 periods that differ for good, in y and in x."""
    rng = np.random.default_rng([3, seed])
    unit, period = np.repeat(np.arange(40), 6), np.tile(np.arange(6), 40)
    x = rng.normal(0, 1, (40, 2))[unit] + rng.normal(0, 1, (240, 2))
    errors = rng.normal(0, 1, (40, 6))
    for step in range(1, 6):
        errors[:, step] = memory * errors[:, step - 1] + np.sqrt(1 - memory**2) * errors[:, step]
    whole = (errors.ravel() + level * rng.normal(0, 1, 40)[unit]) * np.exp(fan * x[:, 0])
    whole += skew * rng.exponential(1, 240)
    return 1 + x @ [0.5, 0.3] + bend * (x[:, 0] + 2) ** 2 + whole, x, unit, period


def clustered(check: Callable[[FittedRows, Ints], Floats]) -> Callable[..., Floats]:
    def of(seed: int, **planted: float) -> Floats:
        y, x, unit, _ = panel(seed, **planted)
        return check(FittedRows.of(y, x, ["a", "b"]), unit)

    return of


def own_levels(seed: int, *, memory: float = 0) -> Floats:
    y, x, unit, period = panel(seed, memory=memory)
    rows = FittedRows.of(y, x, ["a", "b"], units=unit, intercept=False)
    return panel_serial_test(rows, unit, period, own_levels=True).p


def common_level(seed: int, *, memory: float = 0, level: float = 0) -> Floats:
    y, x, unit, period = panel(seed, memory=memory, level=level)
    return panel_serial_test(FittedRows.of(y, x, ["a", "b"]), unit, period).p


CASES: dict[str, tuple[Callable[..., Floats], Planted]] = {
    "RESET": (lambda seed, **planted: reset_test(line(seed, **planted)).p, {"bend": 0.8}),
    "RESET, HC3": (
        lambda seed, **planted: reset_test(line(seed, **planted), covariance=Covariance.HC3).p,
        {"bend": 1.2},
    ),
    "square": (lambda seed, **planted: square_test(line(seed, **planted), columns=[1]).p, {"bend": 0.3}),
    "Breusch-Pagan": (lambda seed, **planted: breusch_pagan(line(seed, **planted)).p, {"fan": 0.4}),
    "White": (lambda seed, **planted: white_test(line(seed, **planted)).p, {"fan": 0.5}),
    "Jarque-Bera": (lambda seed, **planted: normality(line(seed, **planted)).p[0], {"skew": 2}),
    "omnibus": (lambda seed, **planted: normality(line(seed, **planted)).p[1], {"skew": 2}),
    "outlier": (lambda seed, **planted: influence(line(seed, **planted)).outliers().p.min(), {"wild": 6}),
    "Breusch-Godfrey": (lambda seed, **planted: serial_test(series(seed, **planted)).p, {"memory": 0.6}),
    "panel, common level": (common_level, {"memory": 0.4}),
    "panel, levels differ": (common_level, {"level": 0.7}),
    "panel, own levels": (own_levels, {"memory": 0.5}),
    "RESET, units": (clustered(lambda rows, unit: reset_test(rows, covariance=CLUSTER, groups=unit).p), {"bend": 0.6}),
    "square, units": (
        clustered(lambda rows, unit: square_test(rows, columns=[1], covariance=CLUSTER, groups=unit).p),
        {"bend": 0.2},
    ),
    "Breusch-Pagan, units": (clustered(lambda rows, unit: breusch_pagan(rows, groups=unit).p), {"fan": 0.3}),
    "Jarque-Bera, units": (clustered(lambda rows, unit: normality(rows, groups=unit).p[0]), {"skew": 4}),
    "White, units": (clustered(lambda rows, unit: white_test(rows, groups=unit).p), {"fan": 0.3}),
}


def count(check: Callable[..., Floats], **planted: float) -> int:
    return sum(float(np.squeeze(check(seed, **planted))) < 0.05 for seed in range(SEEDS))


@pytest.mark.parametrize("name", CASES)
def test_what_is_not_there_is_found_at_the_nominal_rate(name: str) -> None:
    assert LEAST <= count(CASES[name][0]) <= MOST


@pytest.mark.parametrize("name", CASES)
def test_what_is_planted_is_found(name: str) -> None:
    check, planted = CASES[name]
    assert count(check, **planted) >= FOUND


def test_errors_alike_within_units_mislead_tests_that_do_not_know_it() -> None:
    plain = clustered(lambda rows, _: breusch_pagan(rows).p)
    assert count(plain, level=2) > MOST
