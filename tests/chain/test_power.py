"""Power by simulation: against closed forms, against fits of the same samples, and against itself."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import integrate, stats

from servqual._arrays import Floats
from servqual.chain import power_sampling
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.planning import power
from servqual.chain.power_asking import Design, design_of, effects_of
from servqual.chain.power_model import power_model
from servqual.chain.power_sampling import Sampling
from servqual.chain.power_tests import Sought
from servqual.chain.units import UnitTable

SERIAL = Chain.parse("a -> b -> c")
STRONG = {"a -> b": 0.4, "b -> c": 0.3}


def sampling(
    chain: Chain, effects: dict[str, float], correlations: dict[tuple[str, str], float] | None = None, **design: Any
) -> Sampling:
    settled = design_of(chain, **{"clusters": None, "icc": 0.0, "periods": 1, "stability": 0.0, **design})
    model = power_model(chain, effects_of(chain, effects), correlations or {}, settled.lasting)
    return Sampling(chain, model, settled)


def power_of_t(beta: float, n: int, level: float = 0.05) -> float:
    """Both tails of the noncentral t, over the chi-square of the sum of squares of a normal predictor."""
    critical = stats.t.isf(level / 2, n - 2)

    def given_x(sxx: float) -> float:
        ncp = beta / math.sqrt(1 - beta**2) * math.sqrt(sxx)
        seen = stats.nct.sf(critical, n - 2, ncp) + stats.nct.cdf(-critical, n - 2, ncp)
        return float(seen * stats.chi2.pdf(sxx, n - 1))

    first, last = (float(stats.chi2.ppf(share, n - 1)) for share in (1e-9, 1 - 1e-9))
    return float(integrate.quad(given_x, first, last)[0])


@pytest.mark.parametrize(("beta", "n"), [(0.3, 30), (0.3, 80), (-0.5, 20), (0.15, 200)])
def test_one_link_has_the_power_of_the_t_test(beta: float, n: int) -> None:
    row = power(Chain.parse("a -> b"), {"a -> b": beta}, n, simulations=8000, rng=3).at("a -> b")
    expected = power_of_t(beta, n)
    assert row.power == pytest.approx(expected, abs=4 * math.sqrt(expected * (1 - expected) / 8000))
    assert row.se == pytest.approx(math.sqrt(row.power * (1 - row.power) / 8000))


@pytest.mark.parametrize("confidence", [0.9, 0.99])
def test_what_is_not_there_is_seen_at_the_level_of_the_test(confidence: float) -> None:
    level = 1 - confidence
    found = power(
        Chain.parse("a -> c; b -> c"), {"a -> c": 0, "b -> c": 0.5}, 25, simulations=8000, confidence=confidence
    )
    assert found.at("a -> c").power == pytest.approx(level, abs=4 * math.sqrt(level / 8000))


def test_two_paths_are_seen_together_as_often_as_the_product() -> None:
    # along a serial chain the tests of two links are independent
    links = power(SERIAL, STRONG, [40, 90], simulations=8000, rng=1)
    path = power(SERIAL, STRONG, [40, 90], source="a", target="c", simulations=8000, rng=1)
    for units in (40, 90):
        product = links.at("a -> b", units).power * links.at("b -> c", units).power
        row = path.at("a -> b -> c", units)
        assert row.power == pytest.approx(product, abs=0.02)
        assert row.test == "joint significance"
        assert row.size == pytest.approx(0.12)
    exact = power_of_t(0.4, 90) * power_of_t(0.3, 90)
    assert path.at("a -> b -> c", 90).power == pytest.approx(exact, abs=0.03)


def test_the_delta_method_sees_less_of_a_product() -> None:
    joint = power(SERIAL, STRONG, 50, source="a", target="c", simulations=4000)
    delta = power(SERIAL, STRONG, 50, source="a", target="c", method="delta", simulations=4000)
    assert delta.rows[0].test == "delta"
    assert delta.rows[0].power < joint.rows[0].power


@pytest.mark.parametrize(
    ("chain", "effects", "design"),
    [
        (Chain.parse("a -> b -> c; a -> c"), {"a -> b": 0.5, "b -> c": 0.3, "a -> c": -0.2}, {}),
        (SERIAL, STRONG, {"clusters": 6, "icc": 0.3}),
        (SERIAL, STRONG, {"periods": 4, "stability": 0.4}),
        (Chain.parse("a -> b [lag 1]; b -> c; c -> c [lag 1]"),
         {"a -> b": 0.5, "b -> c": 0.3, "c -> c": 0.4}, {"periods": 5, "stability": 0.2}),
        (Chain.parse("a -> b [lag 2]"), {"a -> b": 0.5}, {"periods": 6, "clusters": 5, "icc": 0.1}),
    ],
)  # fmt: skip
def test_samples_are_estimated_as_a_fit_would(chain: Chain, effects: dict[str, float], design: dict[str, Any]) -> None:
    ground = sampling(chain, effects, **design)
    values = ground.values(24, 3, np.random.default_rng(1))
    found = ground._estimated(values, 0.9)
    periods = values.shape[2]
    unit, period = np.repeat(np.arange(24), periods), np.tile(np.arange(periods), 24)
    for sample in range(3):
        units = UnitTable.from_arrays(
            unit,
            {name: values[sample, :, :, place].ravel() for place, name in enumerate(ground.model.constructs)},
            period=period if periods > 1 else None,
            clusters={"region": [f"r{each % int(design.get('clusters', 1))}" for each in unit]},
        )
        other = fit(chain, units, cluster="region" if "clusters" in design else None)
        assert found.slopes[sample] == pytest.approx(other.slopes())
        for place, link in enumerate(chain.links):
            equation, vector = other.gradient(link)
            fitted = other.equations[equation].regression
            assert found.covariance[sample, place, place] == pytest.approx(vector @ fitted.covariance @ vector)
            p = fitted.tests().p[vector > 0][0]
            assert found.significant[sample, place] == (p < 0.1)


def test_the_population_has_variance_one_and_the_effects_asked_for() -> None:
    chain = Chain.parse("a -> c; b -> c; c -> d [lag 1]; d -> c [lag 1]; a -> d")
    effects = {"a -> c": 0.4, "b -> c": 0.3, "c -> d": 0.4, "d -> c": 0.3, "a -> d": 0.2}
    design = {"periods": 3, "stability": 0.3, "clusters": 40, "icc": 0.1}
    ground = sampling(chain, effects, {("b", "a"): 0.5}, **design)
    values = ground.values(400, 60, np.random.default_rng(2))
    for period in range(3):
        flat = values[:, :, period].reshape(-1, 4)
        assert flat.var(axis=0) == pytest.approx(np.ones(4), abs=0.06)
        names = ground.model.constructs
        a, b = (flat[:, names.index(name)] for name in "ab")
        assert (a * b).mean() == pytest.approx(0.5, abs=0.03)
    found = ground._estimated(values, 0.95)
    asked = [effects[" -> ".join(link.ends)] for link in chain.links]
    # what stays over periods goes with the constructs before: only the links from outside within a period are clean
    assert found.slopes.mean(axis=0)[1] == pytest.approx(asked[1], abs=0.02)
    plain = sampling(chain, effects, {("a", "b"): 0.5}, periods=3)
    free = plain._estimated(plain.values(400, 60, np.random.default_rng(3)), 0.95)
    assert free.slopes.mean(axis=0) == pytest.approx(asked, abs=0.02)


@settings(deadline=None, max_examples=25)
@given(st.floats(-0.6, 0.6), st.floats(-0.6, 0.6), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))
def test_variances_left_over_are_those_of_path_algebra(ab: float, ac: float, bc: float, r: float) -> None:
    chain = Chain.parse("a -> b; x -> b; b -> c; a -> c")
    effects = {"a -> b": ab, "x -> b": 0.3, "b -> c": bc, "a -> c": ac}
    total_b = ab**2 + 0.09 + 2 * ab * 0.3 * r
    with_b = ab + 0.3 * r
    total_c = bc**2 + ac**2 + 2 * bc * ac * with_b
    if max(total_b, total_c) > 0.99:
        return
    model = power_model(chain, effects_of(chain, effects), {("a", "x"): r}, 0.0)
    places = [model.constructs.index(name) for name in "bc"]
    assert np.diagonal(model.mixing)[places] ** 2 == pytest.approx([1 - total_b, 1 - total_c])
    assert model.settling == 0


def test_sums_of_paths_are_tested_by_their_gradient() -> None:
    chain = Chain.parse("a -> b -> c -> d; a -> c; a -> d; b -> d")
    effects = dict.fromkeys(map(str, chain.links), 0.25)
    ground = sampling(chain, effects)
    found = next(ground.samples(60, 5, 1, 0.95))
    paths = chain.paths("a", "d")
    estimate, gradient = found.effect(paths)

    def total(slopes: Floats) -> float:
        place = dict(zip(chain.links, slopes, strict=True))
        return sum(math.prod(place[link] for link in path) for path in paths)

    for sample in range(5):
        assert estimate[sample] == pytest.approx(total(found.slopes[sample]))
        steps = [
            (total(found.slopes[sample] + step) - total(found.slopes[sample] - step)) / 2e-6
            for step in np.eye(6) * 1e-6
        ]
        assert gradient[sample] == pytest.approx(steps, rel=1e-5, abs=1e-9)
    seen = Sought("total", "total", "delta", paths).seen(found)
    z = np.abs(estimate) / np.sqrt(np.einsum("si,sij,sj->s", gradient, found.covariance, gradient))
    assert seen.tolist() == (z > stats.norm.ppf(0.975)).tolist()
    rows = power(chain, effects, 60, source="a", target="d", simulations=50).rows
    assert [row.kind for row in rows] == ["direct", "indirect", "indirect", "indirect", "total indirect", "total"]
    assert rows[-1].size == pytest.approx(0.25 + 2 * 0.25**2 + 0.25**3)
    assert rows[-2].size == pytest.approx(2 * 0.25**2 + 0.25**3)
    assert rows[-1].test == "delta"


def test_clusters_that_share_variance_cost_power() -> None:
    alone, alike = (power(SERIAL, STRONG, 60, clusters=12, icc=icc, simulations=2000) for icc in (0.0, 0.5))
    assert alike.at("b -> c").power < alone.at("b -> c").power - 0.1


def test_the_level_holds_with_clusters_that_share_variance() -> None:
    found = power(Chain.parse("a -> b"), {"a -> b": 0.0}, 200, clusters=40, icc=0.4, simulations=3000)
    assert found.at("a -> b").power == pytest.approx(0.05, abs=0.03)


def test_a_number_of_units_has_the_same_samples_whatever_stands_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = power(SERIAL, STRONG, 40, rng=5).at("a -> b").power
    assert power(SERIAL, STRONG, [20, 40, 40, 80], rng=5).at("a -> b", 40).power == alone
    assert power(SERIAL, STRONG, 40, rng=np.random.default_rng(5)).at("a -> b").power == alone
    assert power(SERIAL, STRONG, 40, rng=6).at("a -> b").power != alone
    monkeypatch.setattr(power_sampling, "_TILE", 1000)
    assert power(SERIAL, STRONG, 40, rng=5).at("a -> b").power == alone


def test_a_design_groups_rows() -> None:
    panel = Design(clusters=None, icc=0, periods=3, stability=0)
    groups = panel.groups(2, 2)
    assert groups is not None
    assert groups.tolist() == [0, 0, 1, 1]
    regions = Design(clusters=2, icc=0, periods=1, stability=0).groups(3, 1)
    assert regions is not None
    assert regions.tolist() == [0, 1, 0]
    assert Design(clusters=None, icc=0, periods=1, stability=0).groups(3, 1) is None
