"""PLS path models of the mobile telephone study (Tenenhaus and others 2005, 250 customers) against other programs.

Standardised indicators: SmartPLS 2.0.M3, tolerance 1e-7, eight digits. Unstandardised ones: a plain run of its own, ten
digits. The part with four constructs: seminr, sixteen digits, path scheme on standardised indicators.
"""

from pathlib import Path

import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.statistics import FornellLarcker, fornell_larcker, htmt, standardised_alpha
from servqual.statistics.paths import specific_effects, total_effects
from servqual.statistics.pls import pls_path_model
from servqual.statistics.pls_estimates import PathEstimates
from servqual.statistics.pls_plan import PathPlan
from servqual.statistics.pls_quality import (
    adjusted_r2,
    communality,
    composite_reliabilities,
    consistent_reliabilities,
    heterotrait_ratios,
    indicator_inflation,
    path_inflation,
    redundancy,
)
from servqual.statistics.pls_recipe import PathRecipe
from servqual.statistics.pls_refitting import refitted_effect_sizes
from tests.statistics.path_models import ITEMS, NAMES, correlations, covariances, items_of, mobile_plan, read

SCHEMES = {"pathWeighting": "path", "centroid": "centroid", "factorial": "factorial"}
FOUR = ("Image", "Expectation", "Value", "Satisfaction")
PART = [("Image", "Satisfaction"), ("Expectation", "Satisfaction"), ("Value", "Satisfaction")]
N = 250


def oracle(shared: Path, name: str, kind: str, key: str = "scheme") -> dict[tuple[str, str, str], float]:
    """Quantity, row and column (or names) → value, of one scheme or model."""
    rows = read(shared / "oracles" / name)
    first, second = [each for each in rows[0] if each not in {key, "quantity", "value"}]
    return {(row["quantity"], row[first], row[second]): float(row["value"]) for row in rows if row[key] == kind}


def cells(table: Floats, rows: list[str], columns: tuple[str, ...]) -> dict[tuple[str, str], float]:
    return {(one, other): float(table[i, j]) for i, one in enumerate(rows) for j, other in enumerate(columns)}


def standardised(shared: Path, scheme: str) -> PathEstimates:
    return pls_path_model(correlations(shared, ITEMS), mobile_plan(), scheme=scheme, tolerance=1e-9)


@pytest.mark.parametrize("kind", SCHEMES)
def test_smartpls_on_standardised_indicators(shared: Path, kind: str) -> None:
    expected = oracle(shared, "ecsi_mobi_smartpls_seen.csv", kind)
    found = standardised(shared, SCHEMES[kind])
    loadings, paths = cells(found.cross_loadings, ITEMS, NAMES), cells(found.paths.T, list(NAMES), NAMES)
    effects = cells(total_effects(found.paths).T, list(NAMES), NAMES)
    weights = dict(zip(ITEMS, found.weights.tolist(), strict=True))
    counted = {"cross_loading": 0, "path": 0, "total_effect": 0, "outer_weight": 0}
    for (quantity, row, column), value in expected.items():
        tables = {"cross_loading": loadings, "path": paths, "total_effect": effects}
        mine = weights[row] if quantity == "outer_weight" else tables[quantity][row, column]
        assert mine == pytest.approx(value, abs=1e-6), (quantity, row, column)
        counted[quantity] += 1
    assert counted == {"cross_loading": 168, "path": 12, "total_effect": 21, "outer_weight": 24}


@pytest.mark.parametrize("kind", SCHEMES)
def test_what_follows_from_standardised_estimates(shared: Path, kind: str) -> None:
    expected = oracle(shared, "ecsi_mobi_pls_computed.csv", kind)
    table, found = correlations(shared, ITEMS), standardised(shared, SCHEMES[kind])
    vectors = {
        "R2": found.r2, "redundancy": redundancy(found), "communality": communality(found),
        "rho_c": composite_reliabilities(found),
        "alpha_standardized": np.array([_alpha(table, block) for block in mobile_plan().blocks]),
    }  # fmt: skip
    seen = 0
    for (quantity, one, other), value in expected.items():
        if quantity in vectors and value != 1.0:
            assert vectors[quantity][NAMES.index(one)] == pytest.approx(value, abs=1e-7), (quantity, one)
            seen += 1
        elif quantity == "lv_correlation":
            mine = found.correlations[NAMES.index(one), NAMES.index(other)]
            assert mine == pytest.approx(value, abs=1e-7)
            seen += 1
    assert seen > 50


def _alpha(table: Floats, block: tuple[int, ...]) -> float:
    return float(standardised_alpha(table[np.ix_(block, block)])) if len(block) > 1 else np.nan


@pytest.mark.parametrize("kind", ["raw_path", "raw_centroid", "raw_factorial"])
def test_covariances_give_the_figures_of_unstandardised_indicators(shared: Path, kind: str) -> None:
    expected = oracle(shared, "ecsi_mobi_pls_raw_metric_computed.csv", kind)
    scheme = kind.removeprefix("raw_")
    found = pls_path_model(covariances(shared, ITEMS), mobile_plan(), scheme=scheme, tolerance=1e-9)
    paths, loadings = cells(found.paths.T, list(NAMES), NAMES), dict(zip(ITEMS, found.loadings.tolist(), strict=True))
    normed = {
        ITEMS[item]: found.weights[item] / found.weights[list(block)].sum()
        for block in mobile_plan().blocks for item in block
    }  # fmt: skip
    vectors = {"R2": found.r2, "communality": communality(found)}
    seen = 0
    for (quantity, one, other), value in expected.items():
        if quantity == "path":
            mine = paths[one, other]
        elif quantity in {"loading_correlation", "normed_weight"}:
            mine = {"loading_correlation": loadings, "normed_weight": normed}[quantity][_item(one, other)]
        elif quantity in vectors:
            mine = vectors[quantity][NAMES.index(one)]
        else:
            continue
        assert mine == pytest.approx(value, abs=1e-7), (quantity, one, other)
        seen += 1
    assert seen == 12 + 24 + 24 + 6 + 7


def _item(one: str, other: str) -> str:
    return one if one in ITEMS else other


def test_the_two_metrics_are_not_the_same(shared: Path) -> None:
    raw = pls_path_model(covariances(shared, ITEMS), mobile_plan(), scheme="centroid").paths
    # the figures in the paper of 2005 are those of unstandardised indicators, to three digits
    assert raw[1, 0] == pytest.approx(0.493, abs=5e-4)
    assert standardised(shared, "centroid").paths[1, 0] == pytest.approx(0.5047, abs=5e-5)


@pytest.fixture
def part(shared: Path) -> tuple[Floats, PathPlan, PathEstimates]:
    table, plan = correlations(shared, items_of(FOUR)), mobile_plan(FOUR, PART)
    return table, plan, pls_path_model(table, plan, scheme="path")


def test_reliability_and_validity_are_those_of_seminr(
    shared: Path, part: tuple[Floats, PathPlan, PathEstimates]
) -> None:
    table, plan, found = part
    expected = oracle(shared, "ecsi_mobi_seminr_seen.csv", "composite_mode_A_path", "model")
    ratios, inflation = heterotrait_ratios(table, plan), indicator_inflation(table, plan)
    blocks = [list(block) for block in plan.blocks]
    np.testing.assert_allclose(ratios, htmt(table, blocks), rtol=1e-12)
    vectors = {
        "rhoA": consistent_reliabilities(table, found), "rhoC": composite_reliabilities(found),
        "AVE": communality(found), "alpha": np.array([_alpha(table, block) for block in plan.blocks]),
        "Rsq": found.r2, "AdjRsq": adjusted_r2(found, N), "antecedent_VIF": path_inflation(found)[3],
    }  # fmt: skip
    pairs = {"HTMT": ratios, "construct_correlation": found.correlations}
    items, seen = items_of(FOUR), dict.fromkeys([*vectors, *pairs, "cross_loading", "item_VIF"], 0)
    for (quantity, one, other), value in expected.items():
        if quantity == "cross_loading":
            mine = found.cross_loadings[items.index(one), FOUR.index(other)]
        elif quantity == "item_VIF":
            mine = inflation[items.index(one)]
        elif quantity in pairs:
            mine = pairs[quantity][FOUR.index(one), FOUR.index(other)]
        elif quantity in vectors:
            mine = vectors[quantity][FOUR.index(one)]
        else:
            continue
        # seminr stops at a change of 1e-7
        assert mine == pytest.approx(value, abs=2e-8), (quantity, one, other)
        seen[quantity] += 1
    assert min(seen.values()) > 0
    assert sum(seen.values()) == 4 * 4 + 2 + 3 + 6 + 6 + 52 + 13


def test_seminr_estimates_anew_for_effect_sizes(part: tuple[Floats, PathPlan, PathEstimates], shared: Path) -> None:
    table, plan, _ = part
    expected = oracle(shared, "ecsi_mobi_seminr_seen.csv", "composite_mode_A_path", "model")
    found = refitted_effect_sizes(table, PathRecipe(plan=plan))
    assert found[3, 0] == pytest.approx(expected["f_squared", "Image", "Satisfaction"], abs=2e-8)


def test_rho_a_under_the_factorial_scheme(shared: Path, part: tuple[Floats, PathPlan, PathEstimates]) -> None:
    table, plan, _ = part
    expected = oracle(shared, "ecsi_mobi_seminr_seen.csv", "reflective_PLSc_factorial", "model")
    found = consistent_reliabilities(table, pls_path_model(table, plan, scheme="factorial"))
    for place, name in enumerate(FOUR):
        assert found[place] == pytest.approx(expected["rho_A", name, ""], abs=2e-8)


def test_paths_of_the_part_are_those_of_seminr(shared: Path, part: tuple[Floats, PathPlan, PathEstimates]) -> None:
    model = "composite_mode_A_path_boot500_seed123"
    expected = oracle(shared, "ecsi_mobi_seminr_seen.csv", model, "model")
    for place, name in enumerate(FOUR[:3]):
        value = expected["Original Est.", f"{name} -> Satisfaction", ""]
        assert part[2].paths[3, place] == pytest.approx(value, abs=2e-8)


def test_specific_effects_of_the_study(shared: Path) -> None:
    paths = standardised(shared, "path").paths
    rows = read(shared / "oracles" / "ecsi_mobi_specific_effects_computed.csv")
    for row in rows:
        ends = NAMES.index(row["from"]), NAMES.index(row["to"])
        routes = {tuple(NAMES[place] for place in each.positions): each for each in specific_effects(paths, *ends)}
        route = routes[tuple(row["route"].split(" > "))]
        assert route.links == int(row["edges"])
        assert float(route.effect) == pytest.approx(float(row["product"]), abs=1e-8)
    assert len(rows) == 28


def test_constructs_of_the_part_that_differ_and_that_hardly_do(part: tuple[Floats, PathPlan, PathEstimates]) -> None:
    _, _, found = part
    criterion = fornell_larcker(communality(found), found.correlations)
    assert isinstance(criterion, FornellLarcker)
    # √AVE of image is .691, and it correlates .696 with satisfaction
    assert criterion.holds.tolist() == [False, True, True, True]
