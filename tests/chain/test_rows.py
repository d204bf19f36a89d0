import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual.chain.designs import EquationRows, designs
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.recipes import FixedEffect, Recipe, RowRule
from servqual.chain.row_accounts import Dropped, RowAccount
from servqual.chain.units import UnitTable
from servqual.labels import Label
from servqual.statistics.models import Covariance
from tests.chain.fit_data import PANEL, attitude, panel, refused

NAN = math.nan


def small() -> UnitTable:
    """Two units over four years; south lacks the second; some numbers are missing."""
    return UnitTable.from_arrays(
        ["north"] * 4 + ["south"] * 3,
        {"x": [1, 2, NAN, 4, 5, 6, 9], "y": [2, 1, 4, 3, 7, NAN, 8], "w": [1, 2, 1, 2, 1, 2, 1]},
        period=[1, 2, 3, 4, 1, 3, 4],
        clusters={"region": ["a", "a", "a", "a", "b", "b", None]},
    )


def built(chain: str, units: UnitTable, **recipe: Any) -> tuple[tuple[EquationRows, ...], RowAccount]:
    return designs(Chain.parse(chain), units, Recipe(**recipe))


def told(account: RowAccount) -> dict[str, tuple[int, int]]:
    return {each.reason.en: (each.rows, each.alone) for each in account.dropped}


def test_complete_rows_are_used_and_others_accounted_for() -> None:
    (rows,), account = built("x -> y", small())
    assert rows.y.tolist() == [2, 1, 3, 7, 8]
    assert rows.x.tolist() == [[1, 1], [1, 2], [1, 4], [1, 5], [1, 9]]
    assert rows.names == ("intercept", "x")
    assert rows.unit.tolist() == [0, 0, 0, 1, 1]
    assert rows.period.tolist() == [0, 1, 3, 0, 3]
    assert rows.cluster is None
    assert rows.weights is None
    assert (account.given, account.used, account.equations) == (7, 5, (("y", 5),))
    assert told(account) == {"x is missing": (1, 1), "y is missing": (1, 1)}
    assert repr(account) == "<RowAccount: 5 of 7 rows used; 2 dropped: y is missing in 1, x is missing in 1>"


def test_a_lag_goes_back_within_a_unit() -> None:
    (rows,), account = built("x -> y [lag 1]", small())
    # north 2, 3 follow 1, 2; north 4 follows a gap; south has no year 2, and 4 follows 3
    assert rows.y.tolist() == [1, 4, 8]
    assert rows.x[:, 1].tolist() == [1, 2, 6]
    assert rows.names == ("intercept", "x [lag 1]")
    assert told(account) == {
        "no row 1 period earlier": (3, 2),
        "x is missing 1 period earlier": (1, 1),
        "y is missing": (1, 0),
    }


def test_rows_with_several_reasons_are_told_once() -> None:
    units = UnitTable.from_arrays([1, 2, 3], {"x": [1, 2, NAN], "y": [1, 2, NAN]})
    _, account = built("x -> y", units)
    assert account.sentence().en == (
        "2 of 3 rows used; 1 dropped: y is missing in 1, x is missing in 1 (some for several reasons)"
    )
    assert account.sentence().zh.endswith("（部分行有多个原因）")


def test_rows_are_decided_once_for_all_equations() -> None:
    chain = "x -> y; y -> x [lag 1]"
    for_x, for_y = built(chain, small())[0]
    assert (for_x.target, for_y.target) == ("x", "y")
    assert for_x.unit.tolist() == for_y.unit.tolist()
    assert for_x.period.tolist() == for_y.period.tolist()
    apart, account = built(chain, small(), rows=RowRule.PER_LINK)
    assert [(rows.target, len(rows.y)) for rows in apart] == [("x", 2), ("y", 5)] == list(account.equations)
    assert account.used == 5
    assert {each.target for each in account.dropped} == {"x", "y"}
    table = account.to_table()
    assert set(table["equation"]) == {"x", "y"}
    assert table.notes[0].startswith("5 of 7 rows used in some equation; left out: for x, ")
    assert "for y, x is missing in 1" in table.notes[0]
    assert "y：x 缺失 1 行" in account.to_table("zh").notes[0]


def test_weights_clusters_and_controls_must_be_there() -> None:
    units = small()
    (rows,), account = built("x -> y", units, covariance=Covariance.CLUSTER, cluster="region", weights="w")
    assert rows.cluster is not None
    assert rows.cluster.tolist() == [0, 0, 0, 1]
    assert rows.weights is not None
    assert rows.weights.tolist() == [1, 2, 2, 1]
    assert told(account)["region is missing"] == (1, 1)
    (rows,), _ = built("x -> y", units, controls=("w",))
    assert rows.names == ("intercept", "x", "w")
    (rows,), _ = built("x -> y", units, cluster="unit")
    assert rows.cluster is not None
    assert rows.cluster.tolist() == [0, 0, 0, 1, 1]


def test_effects_of_units_and_periods() -> None:
    (rows,), _ = built("x -> y", small(), effects=(FixedEffect.PERIOD,))
    assert rows.names == ("intercept", "x", "period 2", "period 4")
    assert rows.x[:, 2].tolist() == [0, 1, 0, 0, 0]
    (within,), _ = built("x -> y", small(), effects=(FixedEffect.UNIT,))
    assert within.names == ("x",)
    assert within.absorbed == 2
    assert within.y.tolist() == [0, -1, 1, -0.5, 0.5]
    assert within.means.tolist() == [4.2]
    assert within.mean == 4.2
    (weighted,), _ = built("x -> y", small(), effects=(FixedEffect.UNIT,), weights="w")
    assert weighted.weights is not None
    sums = np.bincount(weighted.unit, weighted.weights * weighted.x[:, 0])
    np.testing.assert_allclose(sums, 0, atol=1e-12)


def test_means_and_spreads_are_those_of_the_rows_used() -> None:
    found = fit(PANEL, panel())
    (for_m, for_y), account = designs(PANEL, panel(), Recipe())
    assert found.constructs == ("x", "m", "y")
    assert found.mean_of("m") == for_m.mean == for_m.y.mean()
    assert found.sd_of("y") == for_y.sd == for_y.y.std(ddof=1)
    assert found.mean_of("x") == for_m.x[:, 1].mean()
    np.testing.assert_allclose(found.equation("y").sds, for_y.x.std(axis=0, ddof=1), rtol=1e-12)
    assert found.equation("y").sds[0] == 0
    assert (found.n_units, found.n_periods, found.rows) == (24, 5, account)
    assert (found.scales, found.respondents) == ((("x", (-10, 20)),), (("x", "employees"), ("m", "customers")))
    lagged = fit(Chain.parse("x -> y [lag 1]"), panel())
    assert lagged.mean_of("x") == pytest.approx(lagged.equation("y").means[1], rel=1e-12)


@given(st.integers(0, 10_000), st.integers(1, 3))
@settings(max_examples=30)
def test_lags_never_cross_units(seed: int, lag: int) -> None:
    rng = np.random.default_rng(seed)
    keep = rng.random(40) < 0.8
    unit, period = np.repeat(np.arange(5), 8)[keep], np.tile(np.arange(8), 5)[keep]
    # the number of a row says whose it is and when
    values = unit * 100.0 + period
    units = UnitTable.from_arrays(unit, {"x": values, "y": rng.normal(size=values.size)}, period=period)
    steps, names = units.period_steps.tolist(), np.array(units.period_names, dtype=float)
    if lag > steps[-1]:
        return
    (rows,), _ = designs(Chain.parse(f"x -> y [lag {lag}]"), units, Recipe())
    year = (names[-1] - names[0]) / steps[-1]
    np.testing.assert_array_equal(rows.x[:, 1], rows.unit * 100 + names[0] + year * (rows.period - lag))


@given(st.integers(0, 10_000))
@settings(max_examples=20)
def test_every_row_is_used_or_has_a_reason(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(3, 60))
    values[rng.random((3, 60)) < 0.2] = np.nan
    columns = dict(zip("xmy", values, strict=True))
    units = UnitTable.from_arrays(np.repeat(np.arange(10), 6), columns, period=np.tile(np.arange(6), 10))
    _, account = designs(PANEL, units, Recipe())
    lost = account.given - account.used
    assert max(each.rows for each in account.dropped) <= lost <= sum(each.rows for each in account.dropped)
    assert sum(each.alone for each in account.dropped) <= lost
    assert [each.rows for each in account.dropped] == sorted((each.rows for each in account.dropped), reverse=True)


def test_accounts_in_words() -> None:
    whole = RowAccount(5, 5, (), (("y", 5),))
    assert str(whole.sentence()) == "all 5 rows used"
    lost = RowAccount(5, 4, (Dropped("", Label("y is missing", "y 缺失"), 1, 1),), (("y", 4),))
    assert lost.sentence().zh == "5 行中使用 4 行；剔除 1 行：y 缺失 1 行"
    table = lost.to_table("zh")
    assert (table.title, list(table.columns)) == ("行", ["reason", "rows", "alone"])
    assert table["reason"] == ("y 缺失",)


def test_a_fit_from_correlations_has_no_rows() -> None:
    said = refused(lambda: designs(PANEL, panel(), Recipe(from_correlations=True)))
    assert said == [
        "recipe: from correlations; a fit from correlations has no rows to build again. Hint: fit(chain, units)"
    ]


def test_without_periods_every_unit_has_one_row() -> None:
    (rows,), account = built("complaints -> rating", attitude())
    assert rows.period.tolist() == [0] * 30
    assert account.used == 30
    with pytest.raises(AttributeError):
        rows.absorbed = 3  # type: ignore[misc]
