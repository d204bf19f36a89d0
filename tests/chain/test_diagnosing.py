"""What is planted is found, and what is not there is found at the nominal rate: counts within binomial limits."""

from collections.abc import Callable
from typing import Any

import pytest
from scipy import stats

from servqual.chain.check_kinds import CheckFamily, CheckKind, CheckVerdict
from servqual.chain.units import UnitTable
from tests.chain.diagnosed_data import across, along, counted, diagnosed

TESTED = [
    CheckFamily.SPREAD,
    CheckFamily.FORM,
    CheckFamily.NORMALITY,
    CheckFamily.INFLUENCE,
    CheckFamily.SERIAL,
    CheckFamily.DIRECTION,
]
SEEDS = 80
# Holm holds the rate of a family at 5 % or below; tests that are right in large samples miss it by two points
MOST = stats.binom.ppf(0.9999, SEEDS, 0.07)
# a planted defect is to be found nine times of ten
FOUND = stats.binom.ppf(0.0001, SEEDS, 0.9)


@pytest.mark.parametrize(
    ("make", "options", "apart"),
    [
        (across, {}, set()),
        (across, {"covariance": "HC3"}, set()),
        # units that differ for good are found, and rightly so, where they share an intercept
        (along, {}, {CheckFamily.SERIAL}),
        (along, {"effects": "unit"}, set()),
        (along, {"effects": ["unit", "period"], "covariance": "HC1"}, set()),
    ],
)
def test_clean_units_are_flagged_at_the_nominal_rate(
    make: Callable[[int], UnitTable], options: dict[str, Any], apart: set[CheckFamily]
) -> None:
    found = counted([make(seed) for seed in range(SEEDS)], **options)
    assert {family: found[family] for family in TESTED if found[family] > MOST and family not in apart} == {}
    # and tests are no empty form: over all families some clean units are flagged
    assert sum(found[family] for family in TESTED) > 5


@pytest.mark.parametrize(
    ("make", "planted", "options", "family"),
    [
        (across, {"bend": 0.4}, {}, CheckFamily.FORM),
        (across, {"fan": 0.5}, {}, CheckFamily.SPREAD),
        (across, {"skew": 3}, {}, CheckFamily.NORMALITY),
        (across, {"wild": 7}, {}, CheckFamily.INFLUENCE),
        (along, {}, {}, CheckFamily.SERIAL),
        (along, {"memory": 0.6}, {"effects": "unit"}, CheckFamily.SERIAL),
        (along, {"back": 0.4}, {}, CheckFamily.DIRECTION),
        (along, {"back": 0.4}, {"effects": "unit"}, CheckFamily.DIRECTION),
        (along, {"bend": 0.3}, {}, CheckFamily.FORM),
    ],
)
def test_what_is_planted_is_found(
    make: Callable[..., UnitTable], planted: dict[str, float], options: dict[str, Any], family: CheckFamily
) -> None:
    assert counted([make(seed, **planted) for seed in range(SEEDS)], **options)[family] >= FOUND


def test_a_bend_is_found_where_it_is() -> None:
    named = [
        each.about
        for seed in range(30)
        for each in diagnosed(across(seed, bend=0.6)).of(CheckKind.ADDED_SQUARE)
        if each.target == "satisfaction" and each.verdict is CheckVerdict.PROBLEM
    ]
    assert len(named) >= stats.binom.ppf(0.0001, 30, 0.95)


def test_a_wild_unit_is_named() -> None:
    hits = 0
    for seed in range(30):
        found = diagnosed(across(seed, wild=10, pull=4))
        row, unit = (found.of(kind, target="satisfaction")[0] for kind in ("outlying_row", "influential_unit"))
        hits += row.units[:1] == unit.units[:1] == ("branch 099",)
        assert row.about == "branch 099"
        assert row.verdict is CheckVerdict.CAUTION
    assert hits == 30


def test_a_unit_of_a_panel_is_named() -> None:
    units = along(3, 30)
    loyalty = units.column("loyalty").copy()
    last = units.unit == 29
    service = units.column("service").copy()
    service[last] += 6
    loyalty[last] -= 30
    found = diagnosed(units.with_columns({"loyalty": loyalty, "service": service}))
    (unit,) = found.of(CheckKind.INFLUENTIAL_UNIT, target="loyalty")
    assert unit.units[0] == unit.about == "branch 029"
    (row,) = found.of(CheckKind.OUTLYING_ROW, target="loyalty")
    assert row.about is not None
    assert row.about.startswith("branch 029 in 20")


def test_a_link_that_runs_back_is_told_by_both_ways() -> None:
    (check,) = [
        each
        for each in diagnosed(along(5, back=0.5)).of("reverse_direction")
        if each.about == "satisfaction -> loyalty"
    ]
    numbers = dict(check.numbers)
    assert check.verdict is CheckVerdict.PROBLEM
    assert numbers["reverse"] > 0.2
    assert abs(numbers["forward"]) < 0.2
