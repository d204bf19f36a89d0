"""Bootstrap of an index: against resamples written out, with weights, clusters and missing answers."""

import json
import pickle
from typing import Any

import numpy as np
import pytest

from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.indices.quantities import QuantityKind, Shelf
from servqual.satisfaction.indices.resampling import bootstrap_index
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.statistics import Inapplicable
from servqual.statistics.accelerations import jackknife_acceleration
from servqual.statistics.bootstrap_intervals import bca_interval, percentile_interval
from servqual.statistics.pls_words import PathState
from tests.satisfaction.index_data import SEVEN, SMALL, answers, codes, gappy, survey
from tests.statistics.test_pls_resampling import all_counts

FIT = fit_index(SMALL, answers(), scale=SEVEN)


def refitted(draws: int, seed: int, **options: Any) -> list[IndexFit]:
    rows = codes()
    counts = all_counts(80, draws, seed).astype(int)
    return [fit_index(SMALL, np.repeat(rows, each, axis=0), scale=SEVEN, **options) for each in counts]


@pytest.mark.parametrize("metric", ["correlations", "covariances"])
def test_every_number_of_a_resample_is_that_of_a_fit_of_its_rows(metric: str) -> None:
    fit = fit_index(SMALL, answers(), scale=SEVEN, metric=metric)
    found = bootstrap_index(fit, answers(), draws=10, rng=5)
    for place, one in enumerate(refitted(10, 5, metric=metric)):
        htmt = one.discriminant()["htmt"]
        expected = {
            "path": [one.path(*path) for path in SMALL.paths],
            "total_effect": [float(str(each)) for each in one.effects()["total"]],
            "importance": [float(str(each)) for each in one.effects()["unstandardised"]],
            "weight": one.estimates.weights.tolist(),
            "loading": one.estimates.loadings.tolist(),
            "r2": one.estimates.r2[1:].tolist(),
            "index": one.numbers.indices.tolist(),
            "htmt": [float(str(each)) for each in htmt],
        }
        for kind, values in expected.items():
            rows = [row for row, each in enumerate(found.rows) if each.quantity.kind == kind]
            np.testing.assert_allclose(found.replicates[rows, place], values, rtol=0, atol=1e-6, err_msg=kind)
        assert len(found) == sum(map(len, expected.values()))


def test_intervals_are_read_from_the_resamples() -> None:
    found = bootstrap_index(FIT, answers(), draws=300, rng=2, confidence=0.9)
    low, high = percentile_interval(found.replicates, 0.9)
    for place, row in enumerate(found.rows):
        assert (float(row.low), float(row.high)) == pytest.approx((low[place], high[place]))
        assert float(row.se) == pytest.approx(found.replicates[place].std(ddof=1))
        assert float(row.mean) == pytest.approx(found.replicates[place].mean())
        assert row.resamples == 300
    row = found.of("path", "service", "value")
    assert float(row.estimate) == FIT.path("service", "value")
    assert row.clear is True
    assert repr(row).startswith("<path service value: ")
    assert float(found.of("index", "value").estimate) == FIT.index("value")


def test_bca_takes_the_fits_without_each_respondent() -> None:
    found = bootstrap_index(FIT, answers(), draws=300, rng=2, method="bca")
    rows = codes()
    left = [fit_index(SMALL, np.delete(rows, place, axis=0), scale=SEVEN) for place in range(80)]
    paths = np.array([[one.path(*path) for one in left] for path in SMALL.paths])
    estimates = [FIT.path(*path) for path in SMALL.paths]
    low, high = bca_interval(estimates, found.replicates[:3], jackknife_acceleration(paths))
    for place in range(3):
        assert float(found.rows[place].low) == pytest.approx(low[place], abs=1e-6)
        assert float(found.rows[place].high) == pytest.approx(high[place], abs=1e-6)


def test_frequencies_are_as_good_as_rows_also_for_bca() -> None:
    many = np.random.default_rng(3).integers(0, 3, 80)
    repeated = np.repeat(codes(), many, axis=0)
    one = fit_index(SMALL, codes(), weights=many, weight_kind="frequency", scale=SEVEN)
    other = fit_index(SMALL, repeated, scale=SEVEN)
    told = bootstrap_index(one, codes(), draws=50, rng=1, method="bca", weights=many, weight_kind="frequency")
    rows = bootstrap_index(other, repeated, draws=50, rng=1, method="bca")
    for mine, theirs in zip(told.rows, rows.rows, strict=True):
        ends = [(float(each.low), float(each.high), float(each.p)) for each in (mine, theirs)]
        assert ends[0] == pytest.approx(ends[1], abs=1e-6, nan_ok=True)
    assert (told.units, rows.units) == (many.sum(), many.sum())


def test_weights_clusters_and_a_survey() -> None:
    frame = answers().assign(w=np.arange(80) % 5 + 1.0, shop=np.arange(80) // 4)
    given = survey(frame, weights="w", cluster="shop")
    fit = fit_index(SMALL, given)
    one = bootstrap_index(fit, given, draws=40, rng=1)
    other = bootstrap_index(fit, frame, draws=40, rng=1, weights="w", cluster="shop")
    np.testing.assert_allclose(one.replicates, other.replicates, rtol=0, atol=1e-9)
    assert repr(one) == "<IndexBootstrap: 40 resamples of 20 clusters, percentile intervals of 95%>"
    single = bootstrap_index(fit, frame, draws=40, rng=1, weights="w")
    assert single.units == 80
    assert one.to_table("zh").notes[0] == "对 20 个群组重抽样 40 次；95% percentile 区间"


@pytest.mark.parametrize("rule", ["pairwise", "listwise", "mean"])
def test_missing_answers_follow_the_rule(rule: str) -> None:
    frame = gappy()
    fit = fit_index(SMALL, frame, missing=rule, scale=SEVEN)
    found = bootstrap_index(fit, frame, draws=4, rng=5)
    used = frame.dropna() if rule == "listwise" else frame.drop(4)
    counts = all_counts(len(used), 4, 5).astype(int)
    for place, each in enumerate(counts):
        drawn = used.loc[used.index.repeat(each)]
        one = fit_index(SMALL, drawn, missing=rule, scale=SEVEN)
        np.testing.assert_allclose(
            found.replicates[:3, place], [one.path(*path) for path in SMALL.paths], rtol=0, atol=1e-6
        )
        index = [row for row, each in enumerate(found.rows) if each.quantity.kind is QuantityKind.INDEX]
        np.testing.assert_allclose(found.replicates[index, place], one.numbers.indices, rtol=1e-6)


def test_lost_resamples_are_told_and_left_out() -> None:
    frame = answers(30)
    frame["kind"] = 4
    frame.loc[0, "kind"] = 5
    fit = fit_index(SMALL, frame, scale=SEVEN)
    found = bootstrap_index(fit, frame, draws=100, rng=1, method="bca")
    lost = int((all_counts(30, 100, 1)[:, 0] == 0).sum())
    assert found.failures == ((PathState.NO_VARIANCE, lost),)
    assert found.replicates.shape[1] == 100 - lost
    note = f"{lost} resamples without an estimate are left out: an indicator does not vary {lost}"
    assert note in found.to_table().notes
    assert f"{lost} 次重抽样没有估计，已剔除：某个指标没有变异 {lost}" in found.to_table("zh").notes
    # without the only one who differs there is no estimate, and so no acceleration
    row = found.of("path", "service", "value")
    assert row.low == Inapplicable("there is no estimate without some of the units")
    assert row.clear is None
    assert found.to_table().columns.keys() >= {"estimate", "se"}
    assert f"100 resamples ({lost} without an estimate)" in repr(found)


def test_a_number_that_some_resamples_lack_is_read_from_the_others() -> None:
    model = StructuralModel.define({"pair": ["a", "b"], "other": ["c", "d"]}, "pair -> other")
    table = codes(20)[:, [0, 1, 5, 6]]
    # two indicators without a correlation: their ratio does not exist where it is nothing
    fit = fit_index(model, table)
    found = bootstrap_index(fit, table, draws=30, rng=1)
    assert all(row.resamples <= 30 for row in found.rows)
    drawn = found.replicates.copy()
    drawn[-1, :29] = np.nan
    from servqual.satisfaction.indices.spread_rows import Replicated

    rows = Replicated(
        [row.quantity for row in found.rows], np.array([float(row.estimate) for row in found.rows]), drawn, None,
        found.method, 0.95,
    ).rows()  # fmt: skip
    assert rows[-1].resamples == 1
    assert rows[-1].se == Inapplicable("fewer than two resamples have this number")
    assert rows[0] == found.rows[0]


@pytest.mark.parametrize("kind", list(QuantityKind))
def test_each_kind_has_a_table_in_both_languages(kind: QuantityKind) -> None:
    found = bootstrap_index(FIT, answers(), draws=30, rng=1)
    english, chinese = found.to_table("en", kind=kind), found.to_table("zh", kind=kind)
    assert english.title == f"Bootstrap: {kind.label.en}"
    assert chinese.title == f"自助法：{kind.label.zh}"
    # the names of value and loyalty are their keys
    assert ("label" in chinese.columns) == (kind is not QuantityKind.R2)
    assert ("p" in english.columns) == kind.is_effect
    assert len(english) == sum(row.quantity.kind is kind for row in found.rows)


def test_faces_of_a_bootstrap() -> None:
    found = bootstrap_index(FIT, answers(), draws=30, rng=1)
    assert len(found.to_frame()) == len(found)
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert (record["draws"], record["failures"], record["method"]) == (30, {}, "percentile")
    assert "<table>" in found._repr_html_()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    np.testing.assert_array_equal(again.replicates, found.replicates)
    assert again.rows == found.rows
    shelf = Shelf(SMALL, scaled=False).quantities()
    assert QuantityKind.INDEX not in {each.kind for each in shelf}
    assert shelf[0].label(SMALL).en == "how one is served → value"
    assert found.rows[-1].quantity.label(SMALL).en == "value, loyalty"
