"""The index of the mobile telephone study from its answers: standardised indicators unless said otherwise."""

from pathlib import Path

import numpy as np
import pytest

from servqual import catalogue
from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.indices.moments import GroupMeans
from servqual.satisfaction.indices.numbers import mean_indices
from servqual.satisfaction.indices.ready import ecsi
from servqual.satisfaction.indices.resampling import bootstrap_index
from servqual.satisfaction.indices.scoring import index_scores
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.statistics import Inapplicable
from servqual.survey import Survey
from tests.satisfaction.index_data import MOBILE, TEN, codes, mobile
from tests.statistics.path_models import read
from tests.statistics.test_pls_mobile import SCHEMES, oracle

# semPLS, centroid scheme: standard errors and 90% BCa intervals of 500 resamples with a seed of its own
SEMPLS = {
    ("image", "expectation"): (0.0587, 0.38627, 0.579), ("expectation", "quality"): (0.0535, 0.46267, 0.638),
    ("expectation", "value"): (0.0846, -0.08127, 0.192), ("quality", "value"): (0.0841, 0.41834, 0.692),
    ("image", "satisfaction"): (0.0508, 0.09167, 0.248), ("expectation", "satisfaction"): (0.0483, -0.00649, 0.152),
    ("quality", "satisfaction"): (0.0649, 0.40264, 0.615), ("value", "satisfaction"): (0.0587, 0.09251, 0.288),
    ("satisfaction", "complaints"): (0.0520, 0.43602, 0.612), ("image", "loyalty"): (0.0765, 0.04689, 0.313),
    ("satisfaction", "loyalty"): (0.0857, 0.35094, 0.622), ("complaints", "loyalty"): (0.0555, -0.01587, 0.169),
}  # fmt: skip


@pytest.mark.parametrize("kind", SCHEMES)
def test_smartpls_figures_come_from_the_answers(shared: Path, kind: str) -> None:
    expected = oracle(shared, "ecsi_mobi_smartpls_seen.csv", kind)
    fit = fit_index(MOBILE, mobile(shared), scheme=SCHEMES[kind])
    for source, target in MOBILE.paths:
        assert fit.path(source, target) == pytest.approx(
            expected["path", source.capitalize(), target.capitalize()], abs=1e-6
        )
    weights = dict(zip(MOBILE.indicators, fit.estimates.weights.tolist(), strict=True))
    for (quantity, row, column), value in expected.items():
        if quantity == "outer_weight":
            assert weights[row] == pytest.approx(value, abs=1e-6)
        if quantity == "total_effect":
            assert fit.total_effect(row.lower(), column.lower()) == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize("kind", ["raw_path", "raw_centroid", "raw_factorial"])
def test_covariances_are_the_metric_of_the_paper(shared: Path, kind: str) -> None:
    expected = oracle(shared, "ecsi_mobi_pls_raw_metric_computed.csv", kind)
    fit = fit_index(
        MOBILE, mobile(shared), metric="covariances", scheme=kind.removeprefix("raw_"), scale=TEN, tolerance=1e-9
    )
    for (quantity, one, other), value in expected.items():
        if quantity == "path":
            assert fit.path(one.lower(), other.lower()) == pytest.approx(value, abs=1e-7)
        if quantity == "index_0_100":
            assert fit.index(one.lower()) == pytest.approx(value, abs=1e-5)


@pytest.mark.parametrize("kind", SCHEMES)
def test_indices_and_normed_weights(shared: Path, kind: str) -> None:
    expected = oracle(shared, "ecsi_mobi_pls_computed.csv", kind)
    fit = fit_index(MOBILE, mobile(shared), scheme=SCHEMES[kind], scale=TEN, tolerance=1e-9)
    shares, seen = dict(zip(MOBILE.indicators, fit.numbers.shares.tolist(), strict=True)), 0
    for (quantity, one, other), value in expected.items():
        if quantity == "index_0_100":
            assert fit.index(one.lower()) == pytest.approx(value, abs=1e-6)
            seen += 1
        if quantity == "normed_unstd_weight":
            assert shares[one if one in shares else other] == pytest.approx(value, abs=1e-8)
            seen += 1
    assert seen == 31


def test_importance_and_performance(shared: Path) -> None:
    rows = read(shared / "oracles" / "ipma_mobi_computed.csv")
    fit = fit_index(MOBILE, mobile(shared), scheme="path", scale=TEN, tolerance=1e-9)
    for row in rows:
        target, construct = row["target"].lower(), row["construct"].lower()
        table = fit.importance_performance(target)
        place = table["construct"].index(construct)
        importance = float(row["unstd_total_effect_importance"])
        assert table["importance"][place] == pytest.approx(importance, abs=1e-8)
        assert table["performance"][place] == pytest.approx(float(row["performance_0_100"]), abs=1e-7)
        assert fit.total_effect(construct, target, unstandardised=True) == pytest.approx(importance, abs=1e-8)
        std = float(row["std_total_effect"])
        assert fit.total_effect(construct, target) == pytest.approx(std, abs=1e-9)
        spread = fit.numbers.spreads[fit.model.place(construct)]
        assert spread == pytest.approx(float(row["sd_index_0_100"]), abs=1e-7)
    assert len(rows) == 10
    assert fit.importance_performance("satisfaction")["construct"] == ("image", "expectation", "quality", "value")


def test_specific_effects_add_up(shared: Path) -> None:
    fit = fit_index(MOBILE, mobile(shared), tolerance=1e-9)
    rows = [row for row in read(shared / "oracles" / "ecsi_mobi_specific_effects_computed.csv")
            if (row["from"], row["to"]) == ("Image", "Loyalty")]  # fmt: skip
    table = fit.routes("image", "loyalty")
    found = dict(zip(table["route"], table["effect"], strict=True))
    assert len(found) == len(rows)
    for row in rows:
        assert found[row["route"].lower().replace(">", "->")] == pytest.approx(float(row["product"]), abs=1e-8)
    total = sum(float(effect) for effect in table["effect"] if effect is not None)
    # seen: SmartPLS prints .39873238
    assert total == pytest.approx(0.39873238, abs=1e-8)


def test_a_survey_gives_the_same_numbers_to_the_last_digit_but_one(shared: Path) -> None:
    frame = mobile(shared)
    survey = Survey.from_frame(frame, catalogue.ecsi(), perception=list(MOBILE.indicators))
    one, other = fit_index(ecsi(), survey), fit_index(MOBILE, frame, scale=TEN)
    np.testing.assert_allclose(one.estimates.paths, other.estimates.paths, rtol=0, atol=1e-14)
    np.testing.assert_allclose(one.numbers.indices, other.numbers.indices, rtol=1e-13)
    scores = index_scores(one, survey)
    assert scores.indices is not None
    np.testing.assert_allclose(scores.indices.mean(axis=0), one.numbers.indices, rtol=1e-12)
    np.testing.assert_allclose(scores.indices.std(axis=0, ddof=1), one.numbers.spreads, rtol=1e-12)
    np.testing.assert_allclose(np.corrcoef(scores.scores.T), one.estimates.correlations, rtol=0, atol=1e-12)


def test_the_bootstrap_is_as_wide_as_that_of_another_program(shared: Path) -> None:
    frame = mobile(shared)
    fit = fit_index(MOBILE, frame, scheme="centroid")
    found = bootstrap_index(fit, frame, draws=2000, rng=1, method="bca", confidence=0.9)
    for path, (error, low, high) in SEMPLS.items():
        row = found.of("path", *path)
        # their 500 resamples leave an error of some three percent in a standard error, and more in an end
        assert float(row.se) == pytest.approx(error, rel=0.15)
        assert float(row.low) == pytest.approx(low, abs=0.6 * error)
        assert float(row.high) == pytest.approx(high, abs=0.6 * error)
    assert found.failures == ()


def test_the_formula_of_the_american_index(shared: Path) -> None:
    model = StructuralModel.define({"satisfaction": ["s1", "s2", "s3"], "loyalty": ["l"]}, "satisfaction -> loyalty")
    fit = fit_index(model, codes()[:, [0, 1, 2, 5]], scale=TEN)
    rows = read(shared / "oracles" / "acsi_formula_computed.csv")
    for row in rows:
        weights = np.array([float(row[name]) for name in ("w1", "w2", "w3")])
        means = [float(row[f"mean_{name}"]) for name in ("satisfaction", "confirmation", "ideal")]
        group = GroupMeans("year", "now", 1.0, [*means, 5.0])
        for scale in (1.0, 7.5):
            assert fit.ends is not None
            found = mean_indices(np.array([*(scale * weights), 1.0]), group.means, fit.ends, fit.estimates)
            assert found[0] == pytest.approx(float(row["acsi"]), abs=1e-7)
    assert len(rows) == 4


def test_alpha_of_the_study_is_told_with_the_constructs(shared: Path) -> None:
    table = fit_index(MOBILE, mobile(shared), scale=TEN).constructs()
    alpha = dict(zip(table["construct"], table["alpha"], strict=True))
    # standardised alphas of the study's notes, three digits
    expected = {"image": 0.723, "expectation": 0.452, "quality": 0.877, "value": 0.824, "satisfaction": 0.779,
                "loyalty": 0.472}  # fmt: skip
    for name, value in expected.items():
        assert alpha[name] == pytest.approx(value, abs=5e-4)
    assert alpha["complaints"] is None
    assert table["communality"][5] == pytest.approx(1.0)
    assert not isinstance(fit_index(MOBILE, mobile(shared), scale=TEN).index("loyalty"), Inapplicable)
