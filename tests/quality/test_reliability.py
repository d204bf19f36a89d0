"""Reliability: of the kiosk study, against numpy on the answers themselves, and what does not exist."""

import json
import pickle
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual import (
    Difference,
    Instrument,
    Level,
    PerformanceOnly,
    Scale,
    Summary,
    Survey,
    WeightKind,
    catalogue,
    simulate,
    summarize,
)
from servqual.errors import InstrumentError, LevelError
from servqual.quality import Reliability, critique, reliability
from servqual.statistics import (
    ArgumentError,
    Inapplicable,
    ItemTotal,
    OneFactor,
    SplitHalf,
    cronbach_alpha,
    difference_reliability,
    feldt_interval,
)
from tests.quality.kiosk_study import kiosk, same
from tests.scoring.hall import HALL, study
from tests.statistics.attitude import ATTITUDE, ITEMS

SIX = {
    "tangible": (0.86, 0.79),
    "security": (0.86, 0.83),
    "economy": (0.58, 0.78),
    "convenience": (0.80, 0.72),
    "usefulness": (0.67, 0.64),
    "control": (0.73, 0.76),
}
EIGHT = (0.64, 0.80, 0.70, 0.72, 0.58, 0.69, 0.83, 0.58)


def pair(n: int = 60, seed: int = 1, **options: Any) -> Survey:
    """Answers of a few people to two dimensions, of three items and of two."""
    desk = Instrument.define("desk", {"speed": ["a", "b", "c"], "care": ["d", "e"]}, scale=Scale.likert(7))
    return simulate.survey(desk, n, rng=seed, **options)


def of_arrays(perception: Any, expectation: Any = None, **options: Any) -> Survey:
    """A survey of one dimension."""
    items = [f"i{number}" for number in range(np.shape(perception)[1])]
    one = Instrument.define("one", {"all": items}, scale=Scale.likert(7))
    return Survey.from_arrays(one, perception=perception, expectation=expectation, **options)


def agree(one: Reliability, other: Reliability) -> None:
    same(one.to_table(), other.to_table())
    same(one.items_table(), other.items_table())
    mine, theirs = (found.to_dict()["dimensions"] for found in (one, other))
    for name, cells in mine.items():
        if cells and isinstance(cells[0], str):
            assert cells == theirs[name]
        else:
            np.testing.assert_allclose(np.array(cells, float), np.array(theirs[name], float), rtol=1e-8, atol=1e-10)


def reason(found: object) -> str:
    assert isinstance(found, Inapplicable), found
    return found.reason


def test_alphas_of_the_kiosk_study_are_those_published(shared: Path) -> None:
    found = reliability(kiosk(shared, "dimension6")[0])
    for dimension, (expected, perceived) in SIX.items():
        assert found.of(dimension, "expectation").alpha == pytest.approx(expected, abs=0.005)
        assert found.of(dimension).alpha == pytest.approx(perceived, abs=0.005)
    blocks = [scale.alpha for scale in reliability(kiosk(shared, "dimension8")[0]) if scale.aspect.key == "perception"]
    assert blocks == pytest.approx(EIGHT, abs=0.005)
    assert {scale.n for scale in found} == {194}


def test_a_scale_of_seven_items_is_as_other_programs_have_it() -> None:
    # R 4.2.2, psych 2.2.9 and lavaan 0.6-14 on `attitude`
    bank = Instrument.define("bank", {"all": list(ITEMS)}, scale=Scale(0, 100), levels=["perception"])
    (found,) = reliability(Survey.from_arrays(bank, perception=ATTITUDE))
    assert found.alpha == pytest.approx(0.843142769565, rel=1e-11)
    assert found.standardised_alpha == pytest.approx(0.83908380303, rel=1e-11)
    assert found.feldt == pytest.approx((0.739375685643, 0.91577307216), rel=1e-10)
    assert found.bonett == pytest.approx((0.723798989822, 0.910919258681), rel=1e-10)
    assert isinstance(found.odd_even, SplitHalf)
    halves = found.odd_even.correlation, found.odd_even.spearman_brown, found.odd_even.guttman
    assert halves == pytest.approx((0.856207350226, 0.922534166371, 0.905231898464), rel=1e-10)
    assert isinstance(found.omega_ml, OneFactor)
    assert isinstance(found.omega_minres, OneFactor)
    assert found.omega_ml.composite == pytest.approx(0.840544523544, abs=1e-5)
    assert found.omega_minres.observed == pytest.approx(0.850992465078, abs=1e-5)
    assert isinstance(found.item_total, ItemTotal)
    assert found.item_total.corrected[5] == pytest.approx(0.265034339197, rel=1e-10)
    assert np.asarray(found.item_total.alpha_if_dropped)[0] == pytest.approx(0.809760206309, rel=1e-10)


def test_standardised_alphas_are_those_of_seminr(shared: Path) -> None:
    # seminr's fixtures for the ECSI mobile phone example
    expected = {
        "IMAG": 0.722834595427083,
        "CUEX": 0.451902555978063,
        "PERV": 0.823631979352573,
        "CUSA": 0.779195021918597,
    }
    rows = np.genfromtxt(shared / "data" / "ecsi_mobi.csv", delimiter=",", names=True)
    items = {block: [name for name in rows.dtype.names or () if name.startswith(block)] for block in expected}
    mobile = Instrument.define("mobile", items, scale=Scale(1, 10), levels=["perception"])
    answers = np.column_stack([rows[key] for key in mobile.item_keys])
    found = reliability(Survey.from_arrays(mobile, perception=answers))
    assert {scale.dimension: scale.standardised_alpha for scale in found} == pytest.approx(expected, rel=1e-12)


def test_gaps_are_read_from_the_differences_themselves() -> None:
    survey = pair(200)
    found, gaps = reliability(survey), survey.perception.values - survey.expectation().values
    for dimension, part in zip(survey.instrument.dimensions, survey.instrument.slices, strict=True):
        scale = found.of(dimension.key, "gap")
        assert scale.alpha == pytest.approx(cronbach_alpha(np.cov(gaps[:, part].T)), rel=1e-9)
        np.testing.assert_allclose(scale.means, gaps[:, part].mean(axis=0), atol=1e-12)
        np.testing.assert_allclose(scale.sds, gaps[:, part].std(axis=0, ddof=1), rtol=1e-12)
        seen, held = (answers[:, part] for answers in (survey.perception.values, survey.expectation().values))
        parts = scale.difference
        assert parts is not None
        r12 = np.corrcoef(seen.mean(axis=1), held.mean(axis=1))[0, 1]
        spread = [answers.mean(axis=1).std(ddof=1) for answers in (seen, held)]
        alphas = [float(cronbach_alpha(np.cov(answers.T))) for answers in (seen, held)]
        assert (parts.perception_sd, parts.standard_sd, parts.correlation) == pytest.approx((*spread, r12))
        assert parts.reliability == pytest.approx(
            difference_reliability(alphas[0], alphas[1], r12, spread[0], spread[1]), rel=1e-9
        )


def test_missing_answers_are_left_out_pair_by_pair() -> None:
    rng = np.random.default_rng(3)
    answers = rng.integers(1, 8, (80, 1)) + rng.integers(-1, 2, (80, 3)).astype(float)
    answers = np.clip(answers, 1, 7)
    answers[:10, 0] = np.nan
    answers[5:30, 1] = np.nan
    (found,) = reliability(of_arrays(answers))
    table = np.array([[both(answers[:, i], answers[:, j]) for j in range(3)] for i in range(3)])
    assert found.alpha == pytest.approx(cronbach_alpha(table), rel=1e-10)
    assert found.n == 50
    assert found.feldt == pytest.approx(feldt_interval(float(found.alpha), 50, 3), rel=1e-10)


def both(one: Any, other: Any) -> float:
    there = ~np.isnan(one) & ~np.isnan(other)
    return float(np.cov(one[there], other[there])[0, 1])


@pytest.mark.parametrize("sides", [(), ("frequencies",), ("weights",)], ids=lambda sides: " ".join(sides) or "plain")
def test_a_merged_summary_says_the_same(sides: tuple[str, ...]) -> None:
    people = study(300, seed=2, missing=0.0)
    survey = people.survey(*sides)
    parts = [summarize(survey.select(range(start, 300, 3)), Difference()) for start in range(3)]
    merged = Summary.from_json((parts[2] + parts[0] + parts[1]).to_json())
    agree(reliability(merged), reliability(survey))


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), missing=st.sampled_from([0.0, 0.2]))
def test_frequencies_are_repeated_rows_and_parts_make_the_whole(seed: int, missing: float) -> None:
    people = study(40, seed, missing)
    frequencies = people.frequencies + 1
    weighted = Survey.from_arrays(
        HALL, perception=people.perceived, expectation=people.expected, weights=frequencies, weight_kind="frequency"
    )
    again = people.part(np.repeat(np.arange(40), frequencies)).survey()
    agree(reliability(weighted), reliability(again))
    merged = summarize(again.select(range(11))) + summarize(again.select(range(11, len(again))))
    agree(reliability(merged), reliability(again))


def test_sampling_weights_take_the_effective_number() -> None:
    people = study(200, seed=4, missing=0.0)
    found = reliability(people.survey("weights"))
    w = people.weights
    worth = w.sum() ** 2 / (w**2).sum() / (w > 0).sum()
    scale = found.of("speed")
    assert (scale.n, scale.effective_n) == pytest.approx(((w > 0).sum(), (w > 0).sum() * worth))
    cov = np.cov(people.perceived[:, :5].T, aweights=w)
    assert scale.alpha == pytest.approx(cronbach_alpha(cov), rel=1e-10)
    assert scale.feldt == pytest.approx(feldt_interval(float(scale.alpha), scale.effective_n, 5), rel=1e-10)
    assert any("Kish" in note for note in found.to_table().notes)
    bare = reliability(summarize(people.survey("weights")))
    assert bare.of("speed").alpha == pytest.approx(scale.alpha)
    assert "summarised without a model" in reason(bare.of("speed").feldt)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_reversed_items_do_not_show(seed: int) -> None:
    rng = np.random.default_rng(seed)
    answers = np.clip(rng.integers(1, 8, (30, 1)) + rng.integers(-2, 3, (30, 4)), 1, 7)
    turned = answers.copy()
    turned[:, 1] = 8 - turned[:, 1]
    plain, against = (
        Instrument.define("one", {"all": list("abcd")}, scale=Scale.likert(7), reverse=reverse)
        for reverse in ([], ["b"])
    )
    agree(
        reliability(Survey.from_arrays(plain, perception=answers)),
        reliability(Survey.from_arrays(against, perception=turned)),
    )


def test_levels_of_a_zone_have_two_gaps() -> None:
    desk = Instrument.define(
        "desk", {"speed": ["a", "b", "c"]}, scale=Scale.likert(9), levels=["perception", "adequate", "desired"]
    )
    found = reliability(simulate.survey(desk, 100, rng=1))
    keys = [scale.aspect.key for scale in found]
    assert keys == ["perception", "adequate", "desired", "adequacy", "superiority"]
    assert [scale.difference is None for scale in found] == [True, True, True, False, False]


def test_refusals() -> None:
    survey = pair()
    with pytest.raises(ArgumentError, match="takes a Survey or a Summary"):
        reliability(np.ones((3, 3)))  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="confidence"):
        reliability(survey, confidence=1.0)
    with pytest.raises(InstrumentError, match="speed"):
        reliability(survey).of("sped")
    with pytest.raises(LevelError, match="desired was not read"):
        reliability(survey).of("speed", Level.DESIRED)


def test_faces() -> None:
    found = reliability(pair(100))
    assert repr(found) == "<Reliability of 'desk': 2 dimensions; perception, expectation, gap>"
    assert found.to_table("zh")["level"][:3] == ("实际感知到的", "期望的", "差距")
    assert found.to_table("zh").title == "desk：信度"
    assert len(found.items_table()) == 15
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["reading"] == "reliability"
    frame = found.to_frame()
    assert {"feldt_low", "bonett_high", "omega_minres", "halves_guttman_mean", "difference_correlation"} <= set(frame)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - of our own making
    same(again.to_table(), found.to_table())
    assert not again.scales[0].means.flags.writeable


def test_pickles_do_not_grow_with_respondents() -> None:
    sizes = [len(pickle.dumps(reliability(pair(n)))) for n in (50, 5000)]
    assert sizes[1] < sizes[0] + 500


def test_memory_does_not_grow_with_respondents() -> None:
    survey = simulate.survey(catalogue.servqual(), 120_000, rng=1)
    tracemalloc.start()
    try:
        reliability(survey)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 * 2**20


def test_real_valued_scales() -> None:
    slider = Instrument.define("slider", {"all": list("abc")}, scale=Scale(0, 100, None))
    survey = simulate.survey(slider, 100, rng=1)
    found = reliability(survey)
    assert found.of("all").alpha == pytest.approx(cronbach_alpha(np.cov(survey.perception.values.T)), rel=1e-9)
    unchecked = {str(each.kind): each.reason.en for each in critique(survey).unchecked}
    assert unchecked["expectation_ceiling"] == "answers on a real-valued scale are not counted"


def test_it_takes_a_summary_of_any_model_or_kind() -> None:
    survey = pair(80)
    for models in ((), (PerformanceOnly(),)):
        agree(reliability(summarize(survey, *models)), reliability(survey))
    assert reliability(survey).weight_kind is None
    assert reliability(study(30).survey("frequencies")).weight_kind is WeightKind.FREQUENCY
