"""Laws of an index: what it may not depend on, and on what it depends in a straight line."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from servqual._arrays import Floats
from servqual.instruments import Scale
from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.indices.results import IndexFit
from servqual.satisfaction.indices.scoring import index_scores
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.statistics.pair_matrices import Metric, MissingRule
from servqual.statistics.pls_words import InnerScheme
from servqual.survey import Survey
from tests.satisfaction.index_data import ITEMS, PATHS, SEVEN, SMALL, answers, codes, gappy, survey

METRICS, RULES = list(Metric), list(MissingRule)
OPTIONS = {"scheme": st.sampled_from(list(InnerScheme)), "metric": st.sampled_from(METRICS)}


def same(one: IndexFit, other: IndexFit, atol: float = 1e-7) -> None:
    np.testing.assert_allclose(one.estimates.paths, other.estimates.paths, rtol=0, atol=atol)
    np.testing.assert_allclose(one.numbers.shares, other.numbers.shares, rtol=0, atol=atol)
    np.testing.assert_allclose(one.numbers.indices, other.numbers.indices, rtol=0, atol=100 * atol)


def fit(frame: Any, **options: Any) -> IndexFit:
    return fit_index(SMALL, frame, **({"scale": SEVEN} | options))


@settings(max_examples=25)
@given(times=st.floats(1e-3, 1e3), seed=st.integers(0, 30), **OPTIONS)
def test_only_ratios_of_sampling_weights_matter(times: float, seed: int, scheme: Any, metric: Any) -> None:
    weights = np.random.default_rng(seed).uniform(0.2, 3, 80)
    one, other = (
        fit(answers(seed=seed), weights=each, scheme=scheme, metric=metric) for each in (weights, times * weights)
    )
    same(one, other)


@settings(max_examples=25)
@given(seed=st.integers(0, 30), rule=st.sampled_from(RULES), gaps=st.booleans(), **OPTIONS)
def test_repeated_rows_are_frequencies(seed: int, rule: Any, gaps: bool, scheme: Any, metric: Any) -> None:  # noqa: FBT001
    frame = gappy(seed=seed) if gaps else answers(seed=seed)
    many = np.random.default_rng(seed).integers(0, 4, len(frame))
    repeated = frame.loc[frame.index.repeat(many)]
    options: dict[str, Any] = {"missing": rule, "scheme": scheme, "metric": metric}
    one = fit(frame, weights=many, weight_kind="frequency", groups={"half": np.arange(80) % 2}, **options)
    other = fit(repeated, groups={"half": np.repeat(np.arange(80) % 2, many)}, **options)
    same(one, other)
    assert one.rows.n == other.rows.n
    np.testing.assert_allclose(one.sds, other.sds, rtol=1e-9)
    np.testing.assert_allclose(one.numbers.spreads, other.numbers.spreads, rtol=1e-6)
    for mine, theirs in zip(one.groups, other.groups, strict=True):
        assert (mine.label, mine.n) == (theirs.label, theirs.n)
        np.testing.assert_allclose(mine.means, theirs.means, rtol=1e-12)


@settings(max_examples=25)
@given(stretch=st.floats(0.1, 50), shift=st.floats(-20, 20), seed=st.integers(0, 30), **OPTIONS)
def test_another_way_to_count_answers_leaves_the_index(
    stretch: float, shift: float, seed: int, scheme: Any, metric: Any
) -> None:
    frame = answers(seed=seed)
    # the ends of the scale as the answers are rounded
    moved = Scale(stretch * 1 + shift, stretch * 7 + shift, step=None)
    one = fit(frame, scheme=scheme, metric=metric)
    other = fit(stretch * frame + shift, scale=moved, scheme=scheme, metric=metric)
    same(one, other, atol=1e-6)


@settings(max_examples=25)
@given(low=st.floats(-5, 1), more=st.floats(0.1, 5), seed=st.integers(0, 30))
def test_the_index_is_a_straight_line_in_the_ends_of_the_scale(low: float, more: float, seed: int) -> None:
    frame, wider = answers(seed=seed), Scale(low, 7 + more, step=None)
    one, other = fit(frame), fit(frame, scale=wider)
    expected = one.numbers.indices * 6 / wider.span + 100 * (1 - low) / wider.span
    np.testing.assert_allclose(other.numbers.indices, expected, rtol=1e-10)
    np.testing.assert_allclose(other.numbers.spreads, one.numbers.spreads * 6 / wider.span, rtol=1e-10)
    # effects in points stay as they are, since all indices shrink alike
    np.testing.assert_allclose(other.numbers.ratios, one.numbers.ratios, rtol=1e-10)


@settings(max_examples=25)
@given(units=st.lists(st.floats(0.1, 20), min_size=7, max_size=7), seed=st.integers(0, 30))
def test_indicators_on_scales_of_their_own(units: list[float], seed: int) -> None:
    frame = answers(seed=seed)
    own = {name: Scale(unit, 7 * unit, step=None) for name, unit in zip(frame.columns, units, strict=True)}
    stretched = (frame * units).clip(*np.array([[each.low, each.high] for each in own.values()]).T, axis=1)
    one, other = fit(frame), fit(stretched, scale=own)
    np.testing.assert_allclose(other.estimates.paths, one.estimates.paths, rtol=0, atol=1e-8)
    np.testing.assert_allclose(other.numbers.indices, one.numbers.indices, rtol=0, atol=1e-6)


@settings(max_examples=25)
@given(order=st.permutations(list(ITEMS)), seed=st.integers(0, 30), rule=st.sampled_from(RULES), **OPTIONS)
def test_the_order_of_constructs_and_of_respondents_changes_nothing(
    order: list[str], seed: int, rule: Any, scheme: Any, metric: Any
) -> None:
    frame = gappy(seed=seed)
    shuffled = StructuralModel.define({name: ITEMS[name][::-1] for name in order}, PATHS)
    options: dict[str, Any] = {"missing": rule, "scheme": scheme, "metric": metric, "scale": SEVEN}
    one = fit_index(SMALL, frame, **options)
    other = fit_index(shuffled, frame.sample(frac=1.0, random_state=seed), **options)
    for source, target in SMALL.paths:
        assert other.path(source, target) == pytest.approx(one.path(source, target), abs=1e-10)
    for name in SMALL.names:
        assert other.index(name) == pytest.approx(one.index(name), abs=1e-8)


def test_everybody_at_an_end_of_the_scale_is_at_an_end_of_the_index() -> None:
    found = index_scores(fit(answers()), np.array([[1] * 7, [7] * 7, [4] * 7])).indices
    assert found is not None
    np.testing.assert_allclose(found, [[0] * 3, [100] * 3, [50] * 3], atol=1e-12)


@settings(max_examples=25)
@given(seed=st.integers(0, 30), rule=st.sampled_from([MissingRule.LISTWISE, MissingRule.MEAN]))
def test_a_group_is_the_mean_of_its_respondents(seed: int, rule: MissingRule) -> None:
    frame, weights = gappy(seed=seed), np.random.default_rng(seed).uniform(0.5, 2, 80)
    half = np.where(np.arange(80) % 3 > 0, "old", "new")
    found = fit(frame, missing=rule, weights=weights, groups={"kind": half})
    scores = index_scores(found, frame).indices
    assert scores is not None
    there = ~np.isnan(scores[:, 0])
    for label in ("new", "old"):
        rows = there & (half == label)
        expected = np.average(scores[rows], axis=0, weights=weights[rows])
        mine = [float(found.index(name, ("kind", label))) for name in SMALL.names]
        np.testing.assert_allclose(mine, expected, rtol=1e-9)
    everybody = np.average(scores[there], axis=0, weights=weights[there])
    np.testing.assert_allclose(found.numbers.indices, everybody, rtol=1e-9)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("metric", METRICS)
def test_frames_arrays_names_and_surveys_agree(rule: MissingRule, metric: Metric) -> None:
    frame = gappy()
    weights = np.random.default_rng(1).uniform(0.5, 2, 80)
    options: dict[str, Any] = {"missing": rule, "metric": metric}
    one = fit(frame, weights=weights, **options)
    others = [
        fit(frame.assign(w=weights), weights="w", **options),
        fit(frame.to_numpy(), weights=weights, **options),
        fit({name: frame[name].tolist() for name in frame}, weights=weights, **options),
        fit(frame[list(reversed(frame.columns))].astype("Float64"), weights=weights, **options),
        fit_index(SMALL, survey(frame.assign(w=weights), weights="w"), **options),
    ]
    for other in others:
        same(one, other, atol=1e-9)
        assert other.rows == one.rows


def test_listwise_is_a_fit_of_those_who_answered_everything() -> None:
    frame = gappy()
    one, other = fit(frame, missing="listwise"), fit(frame.dropna())
    same(one, other, atol=1e-12)
    assert (one.rows.given, one.rows.used, one.rows.incomplete) == (80, len(frame.dropna()), 0)
    assert fit(frame).rows.missing == tuple(frame.drop(4).isna().sum())


def test_mean_answers_are_as_good_as_written_in() -> None:
    frame = gappy().drop(4)
    same(fit(frame, missing="mean"), fit(frame.fillna(frame.mean())), atol=1e-9)


def test_dimensions_of_a_survey_may_be_indicators() -> None:
    frame = answers()
    model = StructuralModel.define({"all": ["service", "value"], "end": ["loyalty"]}, "all -> end")
    found = fit_index(model, survey(frame))
    means = pd.DataFrame({name: frame[items].mean(axis=1) for name, items in ITEMS.items()})
    same(found, fit_index(model, means, scale=SEVEN), atol=1e-12)


def test_two_indicators_by_hand() -> None:
    # one construct of two indicators leads to a single one: weights of mode A are correlations with it
    table = codes()[:, :3].astype(float)
    model = StructuralModel.define({"pair": ["a", "b"], "end": ["c"]}, "pair -> end")
    found = fit_index(model, table, scale=SEVEN)
    r: Floats = np.corrcoef(table.T)
    w = r[:2, 2] / np.sqrt(r[:2, 2] @ r[:2, :2] @ r[:2, 2])
    np.testing.assert_allclose(found.estimates.weights, [*w, 1.0], rtol=1e-9)
    assert found.path("pair", "end") == pytest.approx(w @ r[:2, 2], rel=1e-9)
    raw = w / table[:, :2].std(axis=0, ddof=1)
    expected = 100 * (raw / raw.sum()) @ (table[:, :2].mean(axis=0) - 1) / 6
    assert found.index("pair") == pytest.approx(expected, rel=1e-9)


def test_every_library_of_frames_is_read_alike() -> None:
    polars, arrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    frame = gappy()
    with_gaps = {name: [None if np.isnan(each) else int(each) for each in frame[name]] for name in frame}
    one = fit(frame)
    for other, backend in ((polars.DataFrame(with_gaps), "polars"), (arrow.table(with_gaps), "pyarrow")):
        found = fit(other)
        same(one, found, atol=1e-12)
        assert found.backend == backend
        assert type(found.to_frame()).__module__.startswith(backend)
        assert found.rows == one.rows


def test_of_samples_that_answered_different_levels_those_who_perceived_take_part() -> None:
    perceived = survey(answers())
    asked = perceived.instrument.asking("perception", "expectation")
    one = Survey.from_arrays(asked, perception=codes())
    both = Survey.unpaired(perception=one, expectation=Survey.from_arrays(asked, expectation=codes(30)))
    found = fit_index(SMALL, both)
    assert found.rows.used == 80
    same(found, fit_index(SMALL, perceived), atol=1e-12)
    assert len(index_scores(found, both)) == 110
