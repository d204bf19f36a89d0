"""What cannot be asked of effects is refused: place, value, rule and remedy, all at once."""

import sys
from typing import Any

import numpy as np
import pytest

from servqual.chain.correlations import fit_correlations
from servqual.chain.effect_reading import effects
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.total_reading import total_effects
from servqual.chain.units import UnitTable
from servqual.errors import ChainError, FitError, MissingExtraError, UnitError
from tests.chain.fit_data import MEDIATION, PANEL, attitude, panel, refused

NO_ROWS = "resampling needs the rows again, and a fit holds none"


def asked(**options: Any) -> list[str]:
    """The problems of asking this of a fit of the attitude data."""
    fitted = fit(MEDIATION, attitude())
    found = refused(lambda: effects(fitted, "complaints", "rating", **options))
    assert found == refused(lambda: total_effects(fitted, **options))
    return found


def test_the_bootstrap_needs_units() -> None:
    remedy = "pass units=, the table that was fitted; or method='delta' or 'monte_carlo', which need none"
    assert asked(method="bca", rng=1) == [f"units: none, with method 'bca'; {NO_ROWS}. Hint: {remedy}"]
    remedy = "pass units=, the table that was fitted; or method='monte_carlo', which needs none"
    for options in ({"draws": 5000, "rng": 1}, {"rng": 1}, {"draws": 10}):
        assert asked(**options) == [f"units: none, and draws or a seed; {NO_ROWS}. Hint: {remedy}"]


def test_what_a_method_does_not_use_is_refused() -> None:
    delta = "the delta method draws nothing. Hint: leave"
    assert asked(method="delta", draws=10, rng=1, chunk=5) == [
        "chunk: 5; the method 'delta' does not resample. Hint: leave chunk out, or pass units=",
        f"draws: 10; {delta} draws out, or pass units=",
        f"rng: 1; {delta} rng out, or pass units=",
    ]
    assert asked(method="monte_carlo", rng=1, cluster="region", progress=True) == [
        "cluster: 'region'; the method 'monte_carlo' does not resample. Hint: leave cluster out, or pass units=",
        "progress: True; the method 'monte_carlo' does not resample. Hint: leave progress out, or pass units=",
    ]
    assert asked(method="delta", units=attitude()) == [
        (
            "units: given, with method 'delta'; it takes the numbers of the fit alone. Hint: leave units out, or "
            "method='percentile'"
        )
    ]


def test_what_is_drawn_has_a_number_and_a_seed() -> None:
    assert asked(units=attitude()) == [
        "rng: None; what is drawn at random has a seed. Hint: pass a seed, as rng=1, or a generator"
    ]
    assert asked(method="monte_carlo", draws=0, rng="1") == [
        "draws: 0; it is a whole number, 2 or more. Hint: draws=5000",
        "rng: '1'; it is a seed, a whole number of 0 or more, or a numpy Generator.",
    ]
    assert asked(units=attitude(), rng=1, chunk=0) == ["chunk: 0; a chunk has at least one resample."]


def test_all_problems_are_told_at_once() -> None:
    assert asked(method="dleta", direction="up", confidence=95) == [
        "method: 'dleta'; it is one of delta, monte_carlo, percentile, bca. Hint: did you mean delta?",
        "direction: 'up'; it is one of gain, loss.",
        "confidence: 95; it lies strictly between 0 and 1. Hint: pass 0.95",
    ]


def test_constructs_and_paths_are_those_of_the_chain() -> None:
    fitted = fit(MEDIATION, attitude())
    with pytest.raises(ChainError) as caught:
        effects(fitted, "complaint", "rating")
    assert "source: 'complaint'; no construct of this chain. Hint: did you mean complaints?" in str(caught.value)
    assert refused(lambda: effects(fitted, "rating", "complaints")) == [
        (
            "effects: no path from rating to complaints; an effect goes along the links of the chain. "
            "Hint: the chain leads from complaints to rating"
        )
    ]
    assert refused(lambda: effects(fitted, "rating", "rating")) == [
        "effects: no path from rating to rating; an effect goes along the links of the chain."
    ]
    lagged = fit(Chain.parse("x -> y [lag 2]"), panel())
    assert refused(lambda: effects(lagged, "x", "y", horizon=1)) == [
        "effects: no path from x to y within 1 periods; an effect goes along the links of the chain."
    ]
    with pytest.raises(ChainError, match="horizon: -1; a horizon is a whole number of periods, zero or more"):
        effects(fitted, "complaints", "rating", horizon=-1)
    with pytest.raises(ChainError, match=r"horizon: 1.5; a horizon is a whole number of periods, zero or more"):
        total_effects(fitted, horizon=1.5)  # type: ignore[arg-type]


def test_units_must_give_the_coefficients_of_the_fit() -> None:
    units = attitude()
    fitted = fit(MEDIATION, units)
    rule = "resamples are drawn from the units that were fitted. Hint: pass the table of units that the fit was made of"
    moved = units.with_columns({"learning": units.column("learning") + np.arange(30)})
    told = refused(lambda: effects(fitted, "complaints", "rating", units=moved, rng=1))
    assert len(told) == 2
    assert told[0].startswith("units, equation of learning: coefficient of ")
    assert " in the fit; " in told[0]
    assert told[1].endswith(rule)
    fewer = units.where(units=units.unit_names[:20])
    assert refused(lambda: effects(fitted, "complaints", "rating", units=fewer, rng=1)) == [
        f"units, equation of {name}: 20 rows and {k} columns, 30 and {k} in the fit; {rule}"
        for name, k in (("learning", 2), ("rating", 3))
    ]
    # what an effect does not need is not looked at
    elsewhere = units.with_columns({"rating": units.column("rating") + np.arange(30)})
    assert effects(fitted, "complaints", "learning", units=elsewhere, rng=1, draws=9).failures == 0
    with pytest.raises(UnitError, match="columns: no 'learning'"):
        effects(fitted, "complaints", "rating", units=UnitTable.from_arrays([1, 2], {"x": [1, 2]}), rng=1)


@pytest.mark.parametrize("estimator", ["robust", "mixed"])
def test_units_of_a_searched_fit_are_looked_at_too(estimator: str) -> None:
    units = panel()
    fitted = fit(PANEL, units, estimator=estimator)
    moved = units.with_columns({"y": units.column("y") + units.column("rent")})
    told = refused(lambda: effects(fitted, "x", "y", units=moved, rng=1, draws=2))
    assert len(told) == 1
    assert told[0].startswith("units, equation of y: coefficient of ")


def test_clusters_hold_whole_units() -> None:
    units = panel()
    fitted = fit(PANEL, units)
    codes = np.arange(len(units)) % 5
    split = UnitTable.from_arrays(
        [units.unit_names[each] for each in units.unit],
        {name: units.column(name) for name in units.names},
        period=[2015 + step for step in units.period.tolist()],
        clusters={
            "wave": codes.tolist(),
            "all": ["all"] * len(units),
            "gap": [None if unit == 3 else "a" for unit in units.unit.tolist()],
        },
    )

    def told(cluster: str) -> list[str]:
        return refused(lambda: effects(fitted, "x", "y", units=split, rng=1, cluster=cluster))

    assert told("wave") == [
        (
            "cluster wave: branch 000 is in 5 of them; a unit moves as a whole, so it is in one cluster. "
            "Hint: cluster='unit'"
        )
    ]
    assert told("gap") == ["cluster gap: missing for branch 003; every unit has its cluster."]
    assert told("all") == [
        "units: 1 of clusters (all); resampling needs two or more. Hint: resample units, or leave units= out"
    ]
    with pytest.raises(UnitError, match="columns: no 'regoin'"):
        effects(fitted, "x", "y", units=units, rng=1, cluster="regoin")


def test_a_fit_from_correlations_has_nothing_to_resample() -> None:
    fitted = fit_correlations(Chain.parse("x -> y"), [[1, 0.5], [0.5, 1]], 50, names=["x", "y"])
    found = effects(fitted, "x", "y")
    assert found["total"].estimate == pytest.approx(0.5)
    units = UnitTable.from_arrays([1, 2, 3], {"x": [1, 2, 4], "y": [1, 3, 2]})
    assert refused(lambda: effects(fitted, "x", "y", units=units, rng=1)) == [
        (
            "units: given; a fit from correlations has no rows to resample. "
            "Hint: method='delta' or 'monte_carlo', without units"
        )
    ]


def test_too_few_resamples_with_an_estimate_are_refused() -> None:
    units = UnitTable.from_arrays(list("ABCD"), {"x": [1.0, 0, 0, 0], "y": [1.0, 2, 4, 3]})
    fitted = fit(Chain.parse("x -> y"), units, covariance="nonrobust")
    drawn = [np.random.default_rng(seed).integers(4, size=(2, 4)) for seed in range(99)]
    seed = next(place for place, rows in enumerate(drawn) if ((rows == 0).sum(axis=1) % 4 == 0).any())
    told = refused(lambda: effects(fitted, "x", "y", units=units, rng=seed, draws=2))
    assert told[0].startswith("units: ")
    assert "of 2 resamples have no estimate; an interval needs two or more. Hint: take fewer columns" in told[0]


def test_a_bar_needs_tqdm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    units = attitude()
    with pytest.raises(MissingExtraError, match="progress: True, and tqdm is not installed"):
        effects(fit(MEDIATION, units), "complaints", "rating", units=units, rng=1, progress=True)


def test_rows_that_there_are_not_are_refused() -> None:
    found = effects(fit(MEDIATION, attitude()), "complaints", "rating")
    with pytest.raises(FitError) as caught:
        found["complaints -> learnin -> rating"]
    assert "effect: no 'complaints -> learnin -> rating'; it is a path" in str(caught.value)
    assert "did you mean complaints -> learning -> rating" in str(caught.value)
    with pytest.raises(FitError, match="effect: no 'indirct'"):
        found.contrast("direct", "indirct")
    with pytest.raises(FitError, match="pair: no 'rating, complaints'; it is a source and a target that a path joins"):
        total_effects(fit(MEDIATION, attitude()))["rating", "complaints"]
