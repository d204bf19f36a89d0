"""The bootstrap of effects against whole chains that are fitted again to each resample."""

import tracemalloc
from typing import Any

import numpy as np
import pytest

from servqual._arrays import Floats, Ints
from servqual.chain.effect_paths import Ways
from servqual.chain.effect_reading import effects
from servqual.chain.fitted import Fit
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.total_reading import total_effects
from servqual.chain.units import UnitTable
from servqual.statistics.accelerations import jackknife_acceleration
from servqual.statistics.bootstrap_intervals import bca_interval, percentile_interval
from tests.chain.fit_data import PANEL, panel

DRAWS = 12
CURVED = Chain.parse("x -> m [asymmetric]; m -> y [piecewise 4.1 5.3]; x -> y [lag 1]")
BENT = Chain.parse("x -> m [log] -> y")

OPTIONS: list[dict[str, Any]] = [
    {},
    {"covariance": "nonrobust"},
    {"weights": "size"},
    {"controls": ["rent"]},
    {"effects": "period"},
    {"effects": "unit"},
    {"effects": ["unit", "period"], "weights": "size"},
    {"rows": "per_link"},
    {"reliability": {"x": 0.8, "m": 0.9}, "covariance": "HC1"},
    {"estimator": "robust"},
    {"estimator": "mixed"},
]


def drawn_units(units: UnitTable, chosen: Ints, codes: Ints) -> UnitTable:
    """The table of the units of some clusters; one that is drawn twice is there twice, under two names."""
    rows = [np.flatnonzero(codes == code) for code in chosen]
    names = [f"{copy} {units.unit[row]}" for copy, each in enumerate(rows) for row in each]
    places = np.concatenate(rows)
    time = dict(zip(units.period_steps.tolist(), units.period_names, strict=True))
    return UnitTable.from_arrays(
        names,
        {name: units.column(name)[places] for name in units.names},
        period=[time[step] for step in units.period[places].tolist()],
    )


def refitted(fitted: Fit, units: UnitTable, asked: dict[str, Any], *, spread: bool = False) -> float:
    ends = ("x", "y")
    found = fit(fitted.chain, units, **{**asked, "covariance": None})
    ways = Ways.of(found.chain, *ends, None)
    slopes = [
        float(vector @ found.equations[place].regression.coefficients)
        for place, vector in (fitted.gradient(link) for link in ways.links)
    ]
    total = float(ways.effects(np.array(slopes)).sum())
    return total * found.sd_of(ends[0]) / found.sd_of(ends[1]) if spread else total


def by_hand(
    fitted: Fit, units: UnitTable, asked: dict[str, Any], codes: Ints, *, spread: bool = False, draws: int = DRAWS
) -> Floats:
    rng, many = np.random.default_rng(3), int(codes.max()) + 1
    tables = [drawn_units(units, rng.integers(many, size=many), codes) for _ in range(draws)]
    return np.array([refitted(fitted, table, asked, spread=spread) for table in tables])


def draws_of(found: Any) -> Floats:
    sums = found._sums
    return np.asarray(sums.paths(sums.spread.draws).sum(axis=0))


@pytest.mark.parametrize("asked", OPTIONS, ids=str)
@pytest.mark.parametrize("chain", [PANEL, CURVED, BENT], ids=str)
def test_resamples_are_whole_chains_fitted_again(chain: Chain, asked: dict[str, Any]) -> None:
    if "reliability" in asked and chain is not PANEL:
        asked = {**asked, "reliability": {"m": 0.8}} if chain is BENT else {"covariance": "HC1"}
    units = panel()
    fitted = fit(chain, units, **asked)
    searched = asked.get("estimator") in {"robust", "mixed"}
    # a mixed regression takes its time
    draws = 3 if asked.get("estimator") == "mixed" else DRAWS
    found = effects(fitted, "x", "y", units=units, draws=draws, rng=3)
    expected = by_hand(fitted, units, asked, units.unit, draws=draws)
    assert draws_of(found) == pytest.approx(expected, rel=1e-4 if searched else 1e-9)
    low, high = percentile_interval(expected)
    assert (found["total"].low, found["total"].high) == pytest.approx((float(low), float(high)), rel=1e-4)
    assert found["total"].se == pytest.approx(expected.std(ddof=1), rel=1e-4)


@pytest.mark.parametrize("asked", [{}, {"estimator": "robust"}, {"effects": "period"}], ids=str)
def test_clusters_move_as_a_whole(asked: dict[str, Any]) -> None:
    units = panel()
    fitted = fit(PANEL, units, **asked)
    found = effects(fitted, "x", "y", units=units, draws=DRAWS, rng=3, cluster="region")
    assert draws_of(found) == pytest.approx(by_hand(fitted, units, asked, units.codes("region")), rel=1e-4)
    assert "8 clusters (region)" in str(found.to_table())


def test_clusters_of_the_fit_are_those_that_move() -> None:
    units = panel()
    fitted = fit(PANEL, units, cluster="region")
    found = effects(fitted, "x", "y", units=units, draws=DRAWS, rng=3)
    assert draws_of(found) == pytest.approx(by_hand(fitted, units, {}, units.codes("region")), rel=1e-9)
    apart = effects(fitted, "x", "y", units=units, draws=DRAWS, rng=3, cluster="unit")
    assert draws_of(apart) == pytest.approx(by_hand(fitted, units, {}, units.unit), rel=1e-9)


@pytest.mark.parametrize("asked", [{}, {"effects": "unit"}, {"estimator": "robust"}, {"weights": "size"}], ids=str)
def test_standard_deviations_are_those_of_each_resample(asked: dict[str, Any]) -> None:
    units = panel()
    fitted = fit(PANEL, units, **asked)
    found = effects(fitted, "x", "y", units=units, draws=DRAWS, rng=3, standardised=True)
    assert draws_of(found) == pytest.approx(by_hand(fitted, units, asked, units.unit, spread=True), rel=1e-4)
    plain = effects(fitted, "x", "y", standardised=True)
    assert found["total"].estimate == pytest.approx(float(plain["total"].estimate), rel=1e-12)


@pytest.mark.parametrize("asked", [{}, {"estimator": "robust"}, {"cluster": "region"}], ids=str)
def test_bca_leaves_out_units_in_turn(asked: dict[str, Any]) -> None:
    units = panel()
    fitted = fit(PANEL, units, **asked)
    found = effects(fitted, "x", "y", units=units, draws=60, rng=3, method="bca")
    codes = units.codes(asked.get("cluster", "unit"))
    left = []
    for code in range(int(codes.max()) + 1):
        kept = np.array([other for other in range(int(codes.max()) + 1) if other != code])
        left.append(refitted(fitted, drawn_units(units, kept, codes), {**asked, "cluster": None}))
    total = found["total"]
    low, high = bca_interval(float(total.estimate), draws_of(found), jackknife_acceleration(np.array(left)))
    assert (total.low, total.high) == pytest.approx((float(low), float(high)), rel=1e-4)


@pytest.mark.parametrize("method", ["percentile", "bca"])
@pytest.mark.parametrize("standardised", [False, True])
def test_the_answer_is_the_same_whatever_the_chunk(method: str, *, standardised: bool) -> None:
    units = panel()
    fitted = fit(PANEL, units)

    def told(**options: Any) -> object:
        asked: dict[str, Any] = {"draws": 3000, "rng": 5, "method": method, "standardised": standardised}
        return effects(fitted, "x", "y", units=units, **asked, **options).to_dict()

    whole = told()
    assert all(told(chunk=chunk) == whole for chunk in (1, 7, 1000, 10**6))


def test_the_seed_and_nothing_else_makes_the_draws() -> None:
    units = panel()
    fitted = fit(PANEL, units)
    by_seed, by_generator, other = (
        effects(fitted, "x", "y", units=units, draws=50, rng=rng).to_dict() for rng in (5, np.random.default_rng(5), 6)
    )
    assert by_seed == by_generator
    assert by_seed != other


def test_percentile_is_the_default_with_5000_resamples() -> None:
    units = panel()
    found = effects(fit(PANEL, units), "x", "y", units=units, rng=1)
    assert (found.method, found.draws, found.failures) == ("percentile", 5000, 0)


def test_resamples_without_an_estimate_are_told() -> None:
    rng = np.random.default_rng(5)
    trait = np.repeat([1.0, 0.0], [2, 4])
    units = UnitTable.from_arrays(list("ABCDEF"), {"x": trait, "y": trait + rng.normal(size=6)})
    found = effects(fit(Chain.parse("x -> y"), units), "x", "y", units=units, draws=1000, rng=2)
    drawn = np.random.default_rng(2)
    lacking = sum(not 0 < trait[drawn.integers(6, size=6)].sum() < 6 for _ in range(1000))
    assert found.failures == lacking > 0
    notes = found.to_table().notes
    assert any(note.startswith(f"{lacking} of 1000 resamples had no estimate and were left out") for note in notes)
    assert any(note.startswith("Only 6 units: with so few") for note in notes)
    chinese = found.to_table("zh").notes
    assert any(f"1000 次重抽样中有 {lacking} 次无法估计" in note for note in chinese)


def test_the_bootstrap_agrees_with_the_delta_method_in_a_large_sample() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=4000)
    m = 0.5 * x + rng.normal(size=4000)
    units = UnitTable.from_arrays(range(4000), {"x": x, "m": m, "y": 0.4 * m + 0.2 * x + rng.normal(size=4000)})
    fitted = fit(Chain.parse("x -> m -> y; x -> y"), units)
    delta = effects(fitted, "x", "y")
    for method in ("percentile", "bca"):
        drawn = effects(fitted, "x", "y", units=units, rng=1, draws=4000, method=method)
        for one, other in zip(delta, drawn, strict=True):
            # 4000 resamples know an error to 1.1 %, and ends of intervals to 3 % of it; 4000 units to some 2 %
            assert float(other.se) == pytest.approx(float(one.se), rel=0.07)
            assert abs(float(other.low) - float(one.low)) < 0.2 * float(one.se)
            assert abs(float(other.high) - float(one.high)) < 0.2 * float(one.se)


def test_searches_that_do_not_converge_are_told() -> None:
    units = panel(units=10, periods=3)
    fitted = fit(Chain.parse("x -> y"), units, estimator="mixed")
    found = effects(fitted, "x", "y", units=units, rng=1, draws=15)
    told = [note for note in found.to_table().notes if "stopped before it converged" in note]
    # whether a search ends is the engine's affair; that it is told where it does not is ours
    regressions = [fit(Chain.parse("x -> y"), each, estimator="mixed") for each in resampled_tables(units, 15)]
    unsettled = sum(not each.equations[0].regression.converged for each in regressions)
    sentence = f"In {unsettled} of 15 resamples a search stopped before it converged; its last estimates were taken."
    assert told == ([sentence] if unsettled else [])


def resampled_tables(units: UnitTable, draws: int) -> list[UnitTable]:
    rng = np.random.default_rng(1)
    return [drawn_units(units, rng.integers(units.n_units, size=units.n_units), units.unit) for _ in range(draws)]


@pytest.mark.parametrize("estimator", ["ols", "robust"])
def test_a_bar_is_shown_where_it_is_asked_for(estimator: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    units = panel()
    fitted = fit(Chain.parse("x -> y"), units, estimator=estimator)
    effects(fitted, "x", "y", units=units, rng=1, draws=6, method="bca", progress=True)
    # fitting again, the units left out in turn take as long as resamples do
    assert ("6/6" if estimator == "ols" else "30/30") in capsys.readouterr().err


def test_a_whole_chain_of_units_over_periods_takes_little_memory() -> None:
    chain, rng = Chain.service_profit(), np.random.default_rng(1)
    unit, period = np.repeat(np.arange(200), 12), np.tile(np.arange(12), 200)
    columns: dict[str, Floats] = {}
    for name in chain.constructs:
        causes = sum((0.4 * columns[link.source] for link in chain.parents(name)), np.zeros(unit.size))
        columns[name] = causes + rng.normal(size=unit.size)
    units = UnitTable.from_arrays(unit, columns, period=period)
    fitted = fit(chain, units)
    total_effects(fitted, units=units, rng=1, draws=10)
    tracemalloc.start()
    total_effects(fitted, units=units, rng=1, draws=5000)
    _, highest = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert highest < 64 * 2**20
