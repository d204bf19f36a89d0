import math
from typing import Any

import numpy as np
import pytest

from servqual.chain.fitting import fit, regressions
from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable
from servqual.errors import FitError, UnitError
from tests.chain.fit_data import MEDIATION, PANEL, attitude, panel, refused

ROWS = 12


def table(**columns: Any) -> UnitTable:
    """Twelve units with numbers of no meaning, some columns exchanged."""
    rng = np.random.default_rng(5)
    own = {name: rng.normal(5, 1, ROWS) for name in ("a", "b", "c", "w")}
    return UnitTable.from_arrays(range(ROWS), own | columns)


def test_columns_that_are_not_there_are_named_together() -> None:
    chain = Chain.parse("complaint -> learning -> ratings")
    options: dict[str, Any] = {"controls": ["advances", "learning", "critical", "critical"], "weights": "size"}
    found = refused(lambda: fit(chain, attitude(), cluster="district", **options))
    assert [each.partition(" Hint: ")[0] for each in found] == [
        "construct complaint: no such column; every construct of the chain is a column of the table of units.",
        "construct ratings: no such column; every construct of the chain is a column of the table of units.",
        "controls: 'advances'; the table of units has no such column of numbers.",
        "controls: 'learning'; a control is no construct of the chain.",
        "controls: 'critical' 2 times; a control is named once.",
        "weights: 'size'; the table of units has no such column of numbers.",
        "cluster: 'district'; the table of units has no such column of clusters.",
    ]
    assert [each.partition(" Hint: ")[2] for each in found] == [
        "did you mean complaints?",
        "did you mean rating or raises?",
        "did you mean advance?",
        "draw a link from it",
        "",
        "known are rating, complaints, privileges, learning, raises, critical, advance",
        "known are unit; clusters= names such columns when the table is made",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"estimator": "olss"},
            "estimator: 'olss'; it is one of ols, wls, robust, mixed. Hint: did you mean ols?",
        ),
        ({"covariance": "hc3"}, "covariance: 'hc3'; it is one of nonrobust, HC0, HC1, HC2, HC3, cluster, HAC."),
        ({"effects": ["unit", "time"]}, "effects: 'time'; it is one of unit, period."),
        ({"effects": 3}, "effects: 3; it is one of unit, period."),
        ({"rows": "pairwise"}, "rows: 'pairwise'; it is one of common, per_link."),
        ({"controls": {"x": "rent"}}, "controls['x']: no equation; controls are given for constructs that have an"),
        ({"controls": {"y": "rents"}}, "controls of y: 'rents'; the table of units has no such column of numbers."),
        (
            {"estimator": "wls"},
            "weights: none; weighted least squares has weights. Hint: name a column, as weights='n'",
        ),
        ({"estimator": "mixed", "weights": "size"}, "weights: 'size'; the mixed estimator has no weights."),
        ({"estimator": "robust", "weights": "size"}, "weights: 'size'; the robust estimator has no weights."),
        ({"estimator": "robust", "covariance": "HC3"}, "covariance: 'HC3'; the robust estimator brings its own covari"),
        ({"estimator": "mixed", "cluster": "region"}, "cluster: 'region'; the mixed estimator has no clustered errors"),
        (
            {"estimator": "mixed", "effects": "unit"},
            "effects: 'unit', with estimator mixed; the mixed estimator cannot",
        ),
        (
            {"estimator": "robust", "effects": "unit"},
            "effects: 'unit', with estimator robust; the robust estimator can",
        ),
        (
            {"covariance": "HC1", "cluster": "region"},
            "cluster: 'region', with covariance HC1; a column of clusters bel",
        ),
        ({"lags": 1}, "lags: 1, with covariance left out; lags belong to the HAC covariance. Hint: covariance='HAC';"),
        ({"covariance": "HC1", "lags": 1}, "lags: 1, with covariance HC1; lags belong to the HAC covariance."),
        ({"covariance": "HAC", "lags": -1}, "lags: -1; it is a whole number, 0 or more."),
        ({"covariance": "HAC", "lags": 1.5}, "lags: 1.5; it is a whole number, 0 or more."),
        (
            {"covariance": "HAC", "lags": 9},
            "equation of m, lags: 9; it is a whole number, 0 or more and below the 5 row",
        ),
        ({"effects": "unit", "covariance": "HC3"}, "covariance: HC3 with unit effects; their leverages would have to"),
    ],
    ids=str,
)
def test_options_that_cannot_be_honoured_are_refused(options: dict[str, Any], said: str) -> None:
    found = refused(lambda: fit(PANEL, panel(), **options))
    assert any(each.startswith(said) for each in found), found
    assert refused(lambda: regressions(PANEL, panel(), **options)) == found


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"estimator": "mixed"}, "estimator: 'mixed', and every unit has one row; a random intercept of a unit needs"),
        ({"covariance": "cluster"}, "covariance: 'cluster', and every unit has one row; clusters hold several rows."),
        ({"covariance": "HAC"}, "covariance: 'HAC', and every unit has one row; HAC is for errors in order of time."),
        ({"effects": "unit"}, "effects: 'unit', and every unit has one row; effects need several rows a unit. Hint:"),
        ({"effects": "period"}, "effects: 'period', and every unit has one row; effects need several rows a unit."),
    ],
    ids=str,
)
def test_options_that_need_a_panel_are_refused_without_one(options: dict[str, Any], said: str) -> None:
    (found,) = refused(lambda: fit(MEDIATION, attitude(), **options))
    assert found.startswith(said)


def test_all_that_is_wrong_with_options_is_said_at_once() -> None:
    found = refused(
        lambda: fit(PANEL, panel(), estimator="mixed", covariance="HC2", weights="size", lags=2, reliability={"x": 2})
    )
    assert [each.partition(":")[0] for each in found] == ["reliability of x", "weights", "covariance", "lags"]


def test_lags_longer_than_the_panel_are_refused() -> None:
    chain = Chain.parse("x -> m [lag 6]; m -> y [lag 1]")
    (found,) = refused(lambda: fit(chain, panel()))
    assert found.startswith(
        "link x -> m [lag 6]: the panel has 5 steps, from 2015 to 2020; a lag is at most as long as"
    )
    lagged = Chain.parse("complaints -> rating [lag 1]")
    (found,) = refused(lambda: fit(lagged, attitude()))
    assert found.startswith(
        "link complaints -> rating [lag 1]: the units have no periods; a lag goes back over periods"
    )


def test_weights_of_nothing_are_refused() -> None:
    units = table(w=[1.0] * 10 + [0.0, -1.0])
    (found,) = refused(lambda: fit(Chain.parse("a -> b"), units, weights="w"))
    assert found == (
        "weights w: 2 values of zero or below, first 10, 11; weights are above zero. "
        "Hint: leave out units that should not count"
    )


def test_logarithms_of_nothing_are_refused() -> None:
    units = table(a=[0.0, -1.0, *range(1, 11)])
    (found,) = refused(lambda: fit(Chain.parse("a -> b [log]; b -> c"), units))
    assert found.startswith(
        "link a -> b [log]: 2 values of zero or below, first 0, 1; the form log takes no value of zero or below. Hint:"
    )
    gone = table(a=[0.0, *range(1, 12)], b=[math.nan, *range(1, 11), 4])
    assert fit(Chain.parse("a -> b [log]"), gone).rows.used == 11


def test_a_table_without_a_complete_row_is_refused() -> None:
    units = table(a=[math.nan] * 7 + [1.0] * 5, b=[1.0] * 7 + [math.nan] * 5)
    chain = Chain.parse("a -> c; b -> c")
    (found,) = refused(lambda: fit(chain, units))
    assert found == (
        "rows: none of 12 is complete: a is missing in 7, b is missing in 5; rows are complete. "
        "Hint: leave out the column that is to blame, or take rows='per_link'"
    )
    apart = Chain.parse("a -> c; c -> w; b -> c")
    (found,) = refused(lambda: fit(apart, units, rows="per_link"))
    assert found.startswith("rows for c: none of 12 is complete")


def test_too_few_rows_are_refused() -> None:
    units = UnitTable.from_arrays([1, 2, 3], {"a": [1, 2, 4], "b": [1, 3, 2], "c": [2, 1, 5]})
    (found,) = refused(lambda: fit(Chain.parse("a -> c; b -> c"), units))
    assert found == (
        "equation of c: 3 rows for 3 coefficients; an equation has more rows than coefficients. "
        "Hint: add units, draw fewer links to it, or leave out controls"
    )
    rng = np.random.default_rng(1)
    columns = dict(zip("abc", rng.normal(size=(3, 6)), strict=True))
    pairs = UnitTable.from_arrays([1, 1, 2, 2, 3, 3], columns, period=[1, 2] * 3)
    chain = Chain.parse("a -> c; b -> c; a -> b")
    found = refused(lambda: fit(Chain.parse("a -> c [lag 1]; b -> c"), pairs, effects="unit"))[0]
    assert found.startswith("equation of c: 3 rows for 2 coefficients and 3 intercepts of units; an equation has more")
    assert fit(chain, pairs, effects="unit").equation("b").regression.df_resid == 2


def test_columns_that_do_not_vary_are_refused() -> None:
    units = table(a=[3.0] * ROWS, w=[2.0] * ROWS)
    assert refused(lambda: fit(Chain.parse("b -> a; a -> c"), units, controls="w")) == [
        "a: it does not vary over the 12 rows used; what an equation is made of varies. Hint: leave it out",
        "control w: it does not vary over the 12 rows used; what an equation is made of varies. Hint: leave it out",
    ]
    (found,) = refused(lambda: fit(Chain.parse("b -> c [piecewise 99]"), table()))
    assert found.startswith("b above 99: it does not vary over the 12 rows used")
    rng = np.random.default_rng(2)
    lasting = UnitTable.from_arrays(
        np.repeat(range(6), 4),
        {"a": np.repeat(rng.normal(size=6), 4), "b": rng.normal(size=24)},
        period=np.tile(range(4), 6),
    )
    (found,) = refused(lambda: fit(Chain.parse("a -> b"), lasting, effects="unit"))
    assert found == (
        "a: it does not vary within units over the 24 rows used; what an equation is made of varies within units. "
        "Hint: leave it out, or the effects of units, which take it up"
    )


def test_columns_that_follow_from_others_are_refused() -> None:
    units = table()
    double = table(w=2 * units.column("a") + units.column("b"))
    (found,) = refused(lambda: fit(Chain.parse("a -> c; b -> c"), double, controls="w"))
    assert found == (
        "equation of c: w follows from the columns before it; no column of an equation follows from the others. "
        "Hint: leave out one of those that are sums of each other"
    )


def test_clusters_that_are_too_few_are_refused() -> None:
    rng = np.random.default_rng(3)
    columns = dict(zip("abcd", rng.normal(size=(4, ROWS)), strict=True))
    one = UnitTable.from_arrays(range(ROWS), columns, clusters={"region": ["n"] * ROWS})
    (found,) = refused(lambda: fit(Chain.parse("a -> b"), one, cluster="region"))
    assert found.startswith("cluster: 1 cluster over the rows used; clustered errors need two or more. Hint:")
    three = UnitTable.from_arrays(range(ROWS), columns, clusters={"region": list("nsw") * 4})
    (found,) = refused(lambda: fit(Chain.parse("a -> d; b -> d; c -> d"), three, cluster="region"))
    assert found.startswith("equation of d: 3 clusters for 3 predictors; clustered errors need more clusters than")
    moving = UnitTable.from_arrays(
        np.repeat(range(4), 3), columns, period=np.tile(range(3), 4), clusters={"region": list("nsw") * 4}
    )
    (found,) = refused(lambda: fit(Chain.parse("a -> b"), moving, cluster="region", effects="unit"))
    assert found.startswith(
        "cluster: some units are in several clusters; with unit effects, a cluster holds whole units"
    )
    alone = UnitTable.from_arrays([1] * ROWS, columns, period=range(ROWS))
    assert "1 cluster over the rows used" in refused(lambda: fit(Chain.parse("a -> b"), alone))[0]
    assert fit(Chain.parse("a -> b"), alone, covariance="HAC").equation("b").regression.lags == 2


def test_infinite_values_do_not_reach_a_fit() -> None:
    with pytest.raises(UnitError, match="column a: 1 infinite values"):
        table(a=[math.inf, *range(ROWS - 1)])


def test_other_things_than_chains_and_tables_are_refused() -> None:
    found = refused(lambda: fit("a -> b", {"a": [1]}))  # type: ignore[arg-type]
    assert found[0] == "chain: a str; it is a Chain. Hint: Chain.parse('a -> b') or Chain([Link('a', 'b')])"
    assert found[1].startswith("units: a dict; they are a UnitTable. Hint: UnitTable.from_frame(frame, unit=…)")


def test_the_engine_has_no_errors_in_variables() -> None:
    (found,) = refused(lambda: regressions(MEDIATION, attitude(), reliability={"learning": 0.8}))
    assert found.startswith("reliability: given; the engine has no regression with errors in variables. Hint:")


def test_what_the_engine_refuses_is_said_of_its_equation() -> None:
    x = np.arange(24.0)
    exact = UnitTable.from_arrays(np.repeat(range(6), 4), {"a": x, "b": 1 + 2 * x}, period=np.tile(range(4), 6))
    (found,) = refused(lambda: fit(Chain.parse("a -> b"), exact, estimator="mixed"))
    assert found.startswith("equation of b, y: it follows from the columns exactly")


def test_an_error_is_also_a_value_error() -> None:
    assert issubclass(FitError, ValueError)
    with pytest.raises(TypeError):
        fit(MEDIATION, attitude(), covariances="HC3")  # type: ignore[call-arg]
