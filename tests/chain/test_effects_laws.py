"""What effects must keep to, whatever the chain and the data."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats, Ints
from servqual.chain.effect_reading import effects
from servqual.chain.effect_rows import Effects
from servqual.chain.fitted import Fit
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.total_reading import total_effects
from servqual.chain.units import UnitTable

ROWS = 40


class Study(NamedTuple):
    """A chain drawn at random, its first and last construct joined, with data that follow it."""

    chain: Chain
    columns: dict[str, Floats]

    @property
    def ends(self) -> tuple[str, str]:
        return self.chain.constructs[0], self.chain.constructs[-1]

    def units(self, order: Ints | None = None, prefix: str = "unit") -> UnitTable:
        rows = np.arange(ROWS) if order is None else order
        names = [f"{prefix} {row:03d}" for row in rows.tolist()]
        return UnitTable.from_arrays(names, {name: values[rows] for name, values in self.columns.items()})

    def fit(self) -> Fit:
        return fit(self.chain, self.units())


@st.composite
def studies(draw: st.DrawFn) -> Study:
    size, seed = draw(st.integers(2, 6)), draw(st.integers(0, 10**6))
    names = [f"c{place}" for place in range(size)]
    pairs = [(i, j) for j in range(size) for i in range(j)]
    kept = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=len(pairs)))
    # each construct follows its neighbour, so that all hang together
    chosen = sorted({*kept, *((j - 1, j) for j in range(1, size))}, key=lambda pair: (pair[1], pair[0]))
    rng = np.random.default_rng(seed)
    columns: dict[str, Floats] = {names[0]: rng.normal(size=ROWS)}
    for j in range(1, size):
        parents = [columns[names[i]] for i, k in chosen if k == j]
        columns[names[j]] = sum(rng.normal() * each for each in parents) + rng.normal(size=ROWS)
    return Study(Chain([Link(names[i], names[j]) for i, j in chosen]), columns)


def numbers(found: Effects) -> dict[str, tuple[float, ...]]:
    return {row.key: tuple(map(float, (row.estimate, row.se, row.low, row.high, row.p))) for row in found}


def alike(one: dict[str, tuple[float, ...]], other: dict[str, tuple[float, ...]], rel: float = 1e-8) -> None:
    assert set(one) == set(other)
    for key, values in one.items():
        assert other[key] == pytest.approx(values, rel=rel, abs=1e-12)


@settings(max_examples=30)
@given(studies())
def test_a_total_is_direct_plus_all_paths(study: Study) -> None:
    fitted = study.fit()
    totals = total_effects(fitted)
    for row in totals:
        found = effects(fitted, row.source, row.target)
        direct = sum(float(each.estimate) for each in found if each.kind == "direct")
        paths = [float(each.estimate) for each in found if each.kind == "specific"]
        assert float(found["total"].estimate) == pytest.approx(direct + sum(paths), rel=1e-10, abs=1e-12)
        if paths:
            assert float(found["total_indirect"].estimate) == pytest.approx(sum(paths), rel=1e-10, abs=1e-12)
        assert row.paths == sum(each.kind in {"direct", "specific"} for each in found)
        assert (row.total, row.direct) == pytest.approx((float(found["total"].estimate), direct), abs=1e-10)
        told = (row.se, row.low, row.high, row.p)
        total = found["total"]
        assert told == pytest.approx((total.se, total.low, total.high, total.p), rel=1e-8)


@settings(max_examples=20)
@given(studies())
def test_in_a_saturated_equation_the_total_is_the_simple_regression(study: Study) -> None:
    chain = Chain([Link(i, j) for place, j in enumerate(study.columns) for i in list(study.columns)[:place]])
    found = effects(fit(chain, study.units()), *study.ends)["total"]
    alone = effects(fit(Chain([Link(*study.ends)]), study.units()), *study.ends)["total"]
    assert found.estimate == pytest.approx(float(alone.estimate), rel=1e-8, abs=1e-10)


@settings(max_examples=20)
@given(
    studies(), st.lists(st.floats(0.2, 5), min_size=6, max_size=6), st.lists(st.floats(-9, 9), min_size=6, max_size=6)
)
def test_effects_follow_units_of_measurement(study: Study, factors: list[float], shifts: list[float]) -> None:
    scales = dict(zip(study.columns, factors, strict=False))
    moved = {
        name: scales[name] * each + shift for (name, each), shift in zip(study.columns.items(), shifts, strict=False)
    }
    source, target = study.ends
    ratio = scales[target] / scales[source]
    for options in ({}, {"method": "monte_carlo", "draws": 200, "rng": 1}):
        plain = numbers(effects(study.fit(), source, target, **options))  # type: ignore[arg-type]
        rescaled = numbers(effects(Study(study.chain, moved).fit(), source, target, **options))  # type: ignore[arg-type]
        expected = {key: (*(ratio * each for each in row[:4]), row[4]) for key, row in plain.items()}
        alike(expected, rescaled, rel=1e-5)
    standardised = [
        numbers(effects(each.fit(), source, target, standardised=True)) for each in (study, Study(study.chain, moved))
    ]
    alike(standardised[0], standardised[1], rel=1e-6)


@settings(max_examples=15)
@given(studies(), st.randoms(use_true_random=False))
def test_order_of_rows_of_links_and_names_of_units_say_nothing(study: Study, random: object) -> None:
    order, links = np.arange(ROWS), list(study.chain.links)
    random.shuffle(links)  # type: ignore[attr-defined]
    np.random.default_rng(1).shuffle(order)
    source, target = study.ends
    one, units = study.fit(), study.units()
    other, shuffled = fit(Chain(links), study.units(order)), study.units(order)
    alike(numbers(effects(one, source, target)), numbers(effects(other, source, target)))
    drawn = [
        numbers(effects(each, source, target, units=table, draws=40, rng=1))
        for each, table in ((one, units), (other, shuffled))
    ]
    alike(drawn[0], drawn[1], rel=1e-7)
    renamed = study.units(prefix="branch")
    again = numbers(effects(fit(study.chain, renamed), source, target, units=renamed, draws=40, rng=1))
    alike(drawn[0], again)


@settings(max_examples=12)
@given(studies())
def test_delta_and_monte_carlo_agree_where_errors_are_small(study: Study) -> None:
    source, target = study.ends
    # forty rows, each counted four hundred times: links whose errors are some hundredth of a unit
    rng = np.random.default_rng(7)
    many = {name: np.repeat(each, 400) for name, each in study.columns.items()}
    noise = {name: each + 0.05 * rng.normal(size=each.size) for name, each in many.items()}
    fitted = fit(study.chain, UnitTable.from_arrays(range(400 * ROWS), noise))
    delta, drawn = effects(fitted, source, target), effects(fitted, source, target, method="monte_carlo", rng=1)
    for one, other in zip(delta, drawn, strict=True):
        # 20 000 draws know an error to .5 % and an end to 1.9 % of an error. What the delta method leaves out is of
        # second order: the products of the links' errors, which weigh where slopes are no larger than these.
        links = len(one.key.split("->")) - 1 if one.kind == "specific" else 0
        if links < 2 or min(abs(float(each)) for each in slopes_of(fitted, one.key)) > 0.1:
            assert float(other.se) == pytest.approx(float(one.se), rel=0.06)
            assert abs(float(other.low) - float(one.low)) < 0.25 * float(one.se)
            assert abs(float(other.high) - float(one.high)) < 0.25 * float(one.se)


def slopes_of(fitted: Fit, key: str) -> list[float]:
    steps = key.split(" -> ")
    slopes = dict(zip([link.ends for link in fitted.chain.links], fitted.slopes().tolist(), strict=True))
    return [slopes[pair] for pair in pairwise(steps)]


@settings(max_examples=20)
@given(studies())
def test_a_contrast_is_the_difference_of_what_it_contrasts(study: Study) -> None:
    found = effects(study.fit(), *study.ends, method="monte_carlo", draws=300, rng=2)
    keys = [row.key for row in found]
    one = found.contrast(keys[0], "total")
    assert float(one.estimate) == pytest.approx(
        float(found[keys[0]].estimate) - float(found["total"].estimate), abs=1e-12
    )
    if len(keys) > 2:
        back = found.contrast("total", keys[0])
        assert (float(back.low), float(back.high)) == pytest.approx((-float(one.high), -float(one.low)), abs=1e-12)
        assert back.p == one.p


@settings(max_examples=15)
@given(studies())
def test_everything_arrives_at_once_without_lags(study: Study) -> None:
    found = effects(study.fit(), *study.ends)
    (arriving,) = found.by_lag()
    assert arriving.lag == 0
    assert arriving.estimate == pytest.approx(float(found["total"].estimate), rel=1e-12)
