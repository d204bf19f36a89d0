"""Each check is the statistic by its name, of the rows of the fit, and says so where it does not apply."""

from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

from servqual.chain.check_kinds import CheckFamily, CheckKind, CheckVerdict
from servqual.chain.check_words import WORDS
from servqual.chain.diagnosed import Check, RuleOfThumb
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable
from servqual.statistics import (
    Covariance,
    FittedRows,
    Inapplicable,
    TestResult,
    adjusted,
    breusch_pagan,
    condition_number,
    influence,
    normality,
    panel_serial_test,
    reset_test,
    serial_test,
    square_test,
    variance_inflation,
    white_test,
)
from tests.chain.diagnosed_data import CHAIN, PEOPLE, across, along, diagnosed
from tests.chain.fit_data import OPTIONS, PANEL, panel


def one(checks: tuple[Check, ...]) -> Check:
    (check,) = checks
    return check


def test_units_in_one_period_are_checked_as_by_hand() -> None:
    units = across(1)
    found = diagnosed(units)
    service, satisfaction, loyalty = (units.column(name) for name in ("service", "satisfaction", "loyalty"))
    rows = FittedRows.of(loyalty, np.column_stack([satisfaction, service]), ["satisfaction", "service"])
    shape = normality(rows)
    tests = {
        "breusch_pagan": breusch_pagan(rows).p,
        "white": white_test(rows).p,
        "reset": reset_test(rows).p,
        "jarque_bera": shape.p[0],
        "omnibus": shape.p[1],
        "outlying_row": influence(rows).outliers().p.min(),
    }
    for name, p in tests.items():
        assert one(found.of(name, target="loyalty")).p == pytest.approx(float(p), rel=1e-9)
    squares = {each.about: each.p for each in found.of("added_square", target="loyalty")}
    p = square_test(rows, columns=[1, 2]).p
    assert squares == pytest.approx({"satisfaction": float(p[0]), "service": float(p[1])}, rel=1e-9)
    numbers = {
        "vif": np.nanmax(variance_inflation(rows)),
        "condition_number": condition_number(rows, centred=True),
        "influential_unit": influence(rows).cook.max(),
        "few_units": 50,
    }
    for name, number in numbers.items():
        assert one(found.of(name, target="loyalty")).statistic == pytest.approx(float(number), rel=1e-9)
    assert satisfaction.size == 100


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_every_fit_is_checked(options: dict[str, Any]) -> None:
    units = panel()
    found = diagnosed(units, PANEL, **options)
    kinds = {each.kind for each in found}
    assert kinds == set(CheckKind)
    reset = one(found.of("reset", target="m"))
    assert isinstance(reset.result, TestResult)
    assert reset.result.method.endswith("cluster covariance")
    # units in a panel: clusters, or units, whatever the covariance of the fit
    assert reset.result.df_error == (6 if options.get("cluster") else 22)


def test_a_panel_is_checked_as_by_hand() -> None:
    units = along(2)
    service, satisfaction = units.column("service"), units.column("satisfaction")
    pooled = FittedRows.of(satisfaction, service[:, None], ["service"])
    own = FittedRows.of(satisfaction, service[:, None], ["service"], units=units.unit, intercept=False)
    cases: list[tuple[dict[str, Any], FittedRows, bool]] = [
        ({}, pooled, False),
        ({"estimator": "mixed"}, pooled, True),
        ({"effects": "unit"}, own, True),
    ]
    for options, rows, levels in cases:
        found = diagnosed(units, **options)
        serial = panel_serial_test(rows, units.unit, units.period, own_levels=levels)
        assert one(found.of("serial_correlation", target="satisfaction")).p == pytest.approx(float(serial.p))
        reset = reset_test(rows, covariance=Covariance.CLUSTER, groups=units.unit)
        assert one(found.of("reset", target="satisfaction")).p == pytest.approx(float(reset.p))
        assert one(found.of("few_clusters", target="satisfaction")).statistic == 50
        shape = normality(rows, groups=None if rows is own else units.unit)
        assert one(found.of("jarque_bera", target="satisfaction")).p == pytest.approx(float(shape.p[0]))


def test_the_way_back_is_a_regression_by_hand() -> None:
    units = along(4)
    last, own = units.lagged("loyalty", 1), units.lagged("service", 1)
    there = np.isfinite(last)
    x = sm.add_constant(np.column_stack([own, last])[there])
    model = sm.OLS(units.column("service")[there], x)
    expected = model.fit(cov_type="cluster", cov_kwds={"groups": units.unit[there]}, use_t=True)
    check = next(each for each in diagnosed(units).of("reverse_direction") if each.about == "service -> loyalty")
    assert isinstance(check.result, TestResult)
    np.testing.assert_allclose([check.statistic, check.p], [expected.tvalues[2], expected.pvalues[2]], rtol=1e-8)
    scale = last[there].std() / units.column("service")[there].std()
    assert dict(check.numbers)["reverse"] == pytest.approx(expected.params[2] * scale, rel=1e-9)
    assert check.result.method == "t test of a cross-lagged coefficient, lag 1"


def test_a_single_unit_is_a_series() -> None:
    units = along(6, 1, 60)
    found = diagnosed(units, covariance="HAC")
    rows = FittedRows.of(units.column("satisfaction"), units.column("service")[:, None], ["service"])
    assert one(found.of("serial_correlation", target="satisfaction")).p == pytest.approx(float(serial_test(rows).p))
    assert one(found.of("few_units", target="satisfaction")).statistic == 60
    assert one(found.of("outlying_row", target="satisfaction")).about in {
        f"branch 000 in {year}" for year in range(2015, 2075)
    }
    gap = units.where(periods=[year for year in units.period_names if year != 2030])
    serial = one(diagnosed(gap, covariance="HAC").of("serial_correlation", target="satisfaction"))
    assert serial.result == Inapplicable("periods are missing between the rows of the only unit")


def test_p_values_are_adjusted_within_families() -> None:
    found = diagnosed(along(7))
    for family in CheckFamily:
        tests = [each for each in found.of(family=family) if isinstance(each.result, TestResult)]
        np.testing.assert_allclose([each.p_adjusted for each in tests], adjusted([each.p for each in tests]))
    assert len(found.of(family="form")) == 5


def test_rules_of_thumb_have_limits() -> None:
    few = diagnosed(across(1, 15))
    broken = {
        (each.kind, each.target): each for each in few if isinstance(each.result, RuleOfThumb) and each.result.broken
    }
    assert broken[CheckKind.FEW_UNITS, "loyalty"].result == RuleOfThumb(7.5, 10, broken=True)
    assert broken[CheckKind.FEW_UNITS, "loyalty"].verdict is CheckVerdict.CAUTION
    clusters = one(diagnosed(along(1, 39)).of("few_clusters", target="loyalty"))
    assert clusters.result == RuleOfThumb(39, 40, broken=True)
    assert clusters.target == "all"
    assert len(diagnosed(along(1, 39)).of("few_clusters")) == 1
    units = across(1)
    twin = units.column("satisfaction") + np.random.default_rng(1).normal(0, 0.01, 100)
    alike = diagnosed(units.with_columns({"twin": twin}), Chain.parse("satisfaction -> loyalty; twin -> loyalty"))
    assert one(alike.of("vif")).verdict is one(alike.of("condition_number")).verdict is CheckVerdict.CAUTION
    assert one(alike.of("vif")).about in {"satisfaction", "twin"}


def test_the_same_people_are_known_by_their_source() -> None:
    units = across(1)
    columns = {name: units.column(name) for name in units.names}
    people = {**PEOPLE, "satisfaction": "employees"}
    same = UnitTable.from_arrays(units.unit_names, columns, respondents=people)
    found = {each.about: each for each in diagnosed(same).of("same_people")}
    assert found["service -> satisfaction"].verdict is CheckVerdict.CAUTION
    assert found["satisfaction -> loyalty"].verdict is CheckVerdict.CLEAR
    unknown = diagnosed(UnitTable.from_arrays(units.unit_names, columns))
    assert {each.result for each in unknown.of("same_people")} == {
        Inapplicable("it is not known on whom both ends were measured")
    }


def test_what_the_fit_allows_for_is_no_problem() -> None:
    fan = across(3, fan=0.8)
    for covariance, verdict in (("nonrobust", CheckVerdict.PROBLEM), ("HC3", CheckVerdict.ALLOWED)):
        assert one(diagnosed(fan, covariance=covariance).of("breusch_pagan", target="satisfaction")).verdict is verdict
    memory = along(3, memory=0.7)
    cases: list[tuple[dict[str, Any], CheckVerdict]] = [
        ({"covariance": "HC1"}, CheckVerdict.PROBLEM),
        ({"covariance": "cluster"}, CheckVerdict.ALLOWED),
        ({"covariance": "HAC"}, CheckVerdict.ALLOWED),
        ({"estimator": "mixed"}, CheckVerdict.PROBLEM),
    ]
    for options, verdict in cases:
        assert one(diagnosed(memory, **options).of("serial_correlation", target="loyalty")).verdict is verdict
    past = Chain.parse("satisfaction -> loyalty; loyalty -> loyalty [lag 1]")
    shocks = along(3, level=2, memory=0.3)
    assert one(diagnosed(shocks, past).of("serial_correlation")).verdict is CheckVerdict.PROBLEM
    wild = across(3, wild=12)
    for estimator, verdict in (("ols", CheckVerdict.CAUTION), ("robust", CheckVerdict.ALLOWED)):
        assert one(diagnosed(wild, estimator=estimator).of("outlying_row", target="satisfaction")).verdict is verdict


def test_what_cannot_be_checked_says_why() -> None:
    found = diagnosed(across(1))
    reasons = {each.kind: each.result for each in found if each.verdict is CheckVerdict.UNTOLD}
    assert reasons == {
        CheckKind.SERIAL_CORRELATION: Inapplicable("units have one row each"),
        CheckKind.FEW_CLUSTERS: Inapplicable("standard errors take no clusters"),
        CheckKind.REVERSE_DIRECTION: Inapplicable("the units have no periods"),
    }
    both = Chain.parse("service -> loyalty; loyalty -> service [lag 1]")
    assert {each.result for each in diagnosed(along(1), both).of("reverse_direction")} == {
        Inapplicable("the chain has a link back already")
    }
    pieces = diagnosed(across(1), Chain.parse("service -> loyalty [asymmetric]"))
    assert {each.result for each in pieces.of("added_square")} == {
        Inapplicable("the link is in pieces, and bends already")
    }
    units = across(1)
    line = units.with_columns({"loyalty": 1 + 2 * units.column("satisfaction") - units.column("service")})
    exact = diagnosed(line, covariance="HC1")
    untold = {each.kind for each in exact.of(target="loyalty") if each.verdict is CheckVerdict.UNTOLD}
    assert untold > {CheckKind.RESET, CheckKind.WHITE, CheckKind.OUTLYING_ROW, CheckKind.INFLUENTIAL_UNIT}
    short = along(1, 6, 2)
    way = next(iter(diagnosed(short, covariance="HC1").of("reverse_direction")))
    assert isinstance(way.result, TestResult)
    tiny = along(1, 3, 2)
    assert (
        str(next(iter(diagnosed(tiny, covariance="HC1").of("reverse_direction"))).result)
        == "too few rows: 3 for 3 coefficients"
    )


def test_every_check_has_its_words() -> None:
    for kind in CheckKind:
        words = WORDS[kind]
        assert all(label.zh and label.zh != label.en for label in (words.null, words.remedy))
        assert words.reference
        assert kind.family.label.zh
    assert fit(CHAIN, across(1)).chain.endogenous == ("satisfaction", "loyalty")
