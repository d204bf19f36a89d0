"""A summary gives the tables of the survey that it was made of, and holds nobody's answers."""

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from attrs import evolve
from scipy import stats

from servqual import (
    Difference,
    EvaluatedPerformance,
    Instrument,
    Level,
    PerformanceOnly,
    Scale,
    Summary,
    Survey,
    Weighted,
    score,
    summarize,
)
from servqual.errors import GroupError, JointAnswersError, ModelError
from servqual.statistics import WeightKind
from tests.scoring.hall import (
    HALL,
    SCORES,
    Estimate,
    check_table,
    clustered,
    one_by_one,
    plain,
    repeated,
    sampled,
    study,
)

STUDY = study(400, seed=5)
ALL = (*SCORES, "overall_items")
GAPS = one_by_one(STUDY.gaps)
SIDES: list[tuple[str, ...]] = [
    (),
    ("weights",),
    ("frequencies",),
    ("visit",),
    ("visit", "weights"),
    ("visit", "frequencies"),
]
each_sides = pytest.mark.parametrize("sides", SIDES, ids=lambda sides: " and ".join(sides) or "plain")
MODELS = [
    Difference(),
    PerformanceOnly(),
    EvaluatedPerformance(ideal=6),
    Weighted(Difference(), points=(3, 1, 2)),
    Weighted(PerformanceOnly(), points=range(1, 9)),
]


def same(table: Any, other: Any) -> None:
    """Two tables say the same, to 1e-12."""
    assert list(table.columns) == list(other.columns)
    assert (table.title, table.notes) == (other.title, other.notes)
    for name in table.columns:
        if isinstance(next((cell for cell in table[name] if cell is not None), None), float):
            found, expected = (np.array(each[name], float) for each in (table, other))
            np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-13, err_msg=name)
        else:
            assert table[name] == other[name]


@each_sides
@pytest.mark.parametrize("model", MODELS, ids=repr)
def test_it_gives_the_tables_that_scores_give(sides: tuple[str, ...], model: Any) -> None:
    survey = STUDY.survey("branch", "wave", *sides)
    scores = score(survey, model, dtype=np.float64, overall_items=True)
    summary = summarize(survey, model, by=["branch", "wave"])
    for by in ((), "branch", "wave", ("wave", "branch"), ["branch", "wave"]):
        same(summary.table(by=by), scores.table(by))
    same(summary.table(model, confidence=0.8, language="zh"), scores.table(confidence=0.8, language="zh"))
    same(summary.to_table(), scores.to_table())


@pytest.mark.parametrize("items", [3, 8])
def test_importance_weighs_alike_in_both(items: int) -> None:
    given = np.random.default_rng(items).integers(0, 10, (400, items)).astype(float)
    given[::17] = np.nan
    survey = Survey.from_arrays(
        HALL, perception=STUDY.perceived, expectation=STUDY.expected, importance=given + 1, renormalise=True
    )
    scores = score(survey, Weighted(Difference()), dtype=np.float64, overall_items=True)
    same(summarize(survey, Weighted(Difference())).table(), scores.table())


@pytest.mark.parametrize("share", [0.2, 0.6, 1])
def test_it_keeps_to_the_rule_for_missing_answers(share: float) -> None:
    survey = STUDY.survey()
    scores = score(survey, Difference(), min_answered=share, dtype=np.float64, overall_items=True)
    same(summarize(survey, Difference(), min_answered=share).table(), scores.table())


def test_its_tables_are_those_of_other_programs() -> None:
    check_table(
        summarize(STUDY.survey(), Difference()).table(), {(key,): plain(GAPS[:, k]) for k, key in enumerate(ALL)}
    )
    check_table(
        summarize(STUDY.survey("weights"), Difference()).table(),
        {(key,): sampled(GAPS[:, k], STUDY.weights) for k, key in enumerate(ALL)},
    )
    check_table(
        summarize(STUDY.survey("frequencies"), Difference()).table(),
        {(key,): repeated(GAPS[:, k], STUDY.frequencies) for k, key in enumerate(ALL)},
    )
    check_table(
        summarize(STUDY.survey("visit", "weights"), Difference()).table(),
        {(key,): clustered(GAPS[:, k], STUDY.visit, STUDY.weights) for k, key in enumerate(ALL)},
    )


def test_items_have_a_table_of_their_own() -> None:
    summary = summarize(STUDY.survey("branch", "weights"), Difference(), by="branch")
    items = {(key,): sampled(STUDY.gaps[:, k], STUDY.weights) for k, key in enumerate(HALL.item_keys)}
    check_table(summary.item_table(), items)
    north = STUDY.branch == "north"
    table = summary.item_table(by="branch", language="en")
    check_table(
        table.rows(range(8)),
        {("north", key): sampled(STUDY.gaps[north, k], STUDY.weights[north]) for k, key in enumerate(HALL.item_keys)},
    )
    assert table["label"][:2] == ("speed 1", "speed 2")


def answers_expected(sides: tuple[str, ...], values: Any) -> Estimate:
    if "weights" in sides:
        return sampled(values, STUDY.weights)
    return repeated(values, STUDY.frequencies) if "frequencies" in sides else plain(values)


@each_sides
def test_the_answers_themselves_have_a_table(sides: tuple[str, ...]) -> None:
    table = summarize(STUDY.survey(*sides)).answers_table()
    assert table["level"] == ("perception",) * 8 + ("expectation",) * 8
    assert table["item"] == HALL.item_keys * 2
    columns = np.hstack([STUDY.perceived, STUDY.expected]).T
    expected = [answers_expected(sides, column) for column in columns]
    for name, place in (("n", 0), ("missing", 1), ("mean", 2), ("sd", 3)):
        np.testing.assert_allclose(np.array(table[name], float), [each[place] for each in expected], rtol=1e-12)


def test_answers_are_counted_by_scale_point() -> None:
    tallies = summarize(STUDY.survey("branch"), by="branch").tallies("perception")
    expected = [[int((column == point).sum()) for point in range(1, 8)] for column in STUDY.perceived.T]
    assert tallies.counts.tolist() == expected
    assert tallies.missing.tolist() == np.isnan(STUDY.perceived).sum(axis=0).tolist()
    weighted = summarize(STUDY.survey("frequencies")).tallies(Level.EXPECTATION)
    counts = [[int(STUDY.frequencies[column == point].sum()) for point in range(1, 8)] for column in STUDY.expected.T]
    assert weighted.counts.tolist() == counts


def test_products_hold_what_reliability_needs() -> None:
    products = summarize(STUDY.survey("branch"), Difference(), by="branch").products
    both = pd.DataFrame(np.hstack([STUDY.perceived, STUDY.expected]))
    np.testing.assert_allclose(products.covariance(), both.cov(), rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(products.correlation(), both.corr(), rtol=1e-12, atol=1e-13)


def test_frequencies_equal_repeated_rows() -> None:
    once = summarize(STUDY.survey("frequencies", "branch"), Difference(), by="branch")
    often = STUDY.part(np.repeat(np.arange(400), STUDY.frequencies)).survey("branch")
    again = summarize(often, Difference(), by="branch")
    pairs = [(once.table(by="branch"), again.table(by="branch")), (once.item_table(), again.item_table())]
    for one, other in [*pairs, (once.answers_table(), again.answers_table())]:
        same(one, evolve(other, notes=one.notes))
    np.testing.assert_allclose(once.products.covariance(), again.products.covariance(), rtol=1e-12, atol=1e-13)


def test_a_real_valued_scale_has_means_and_no_counts() -> None:
    share = Instrument.define("share", {"one": ["a", "b"]}, scale=Scale.percent(), levels=["perception"])
    answers = np.random.default_rng(2).uniform(0, 100, (50, 2))
    summary = summarize(Survey.from_arrays(share, perception=answers), PerformanceOnly())
    check_table(summary.item_table(), {("a",): plain(answers[:, 0]), ("b",): plain(answers[:, 1])})
    with pytest.raises(JointAnswersError, match=r"no counts of perception; .* the scale is real-valued"):
        summary.tallies()
    with pytest.raises(JointAnswersError, match=r"no counts of perception"):
        summary.answers_table()


def test_it_holds_no_answers() -> None:
    sizes = [
        len(pickle.dumps(summarize(study(n, seed=n).survey("branch", "weights", "visit"), Difference(), by="branch")))
        for n in (500, 5000, 50_000)
    ]
    assert max(sizes) - min(sizes) < 200
    assert max(sizes) < 60_000


def test_it_says_what_it_is() -> None:
    summary = summarize(STUDY.survey("branch"), Difference(), PerformanceOnly(), by="branch")
    assert repr(summary) == "<Summary of 'hall': 400 respondents; Difference, PerformanceOnly; 3 groups by branch>"
    assert repr(summarize(STUDY.survey())) == "<Summary of 'hall': 400 respondents; no model>"
    assert len(summary) == 400
    assert summary.weight_kind is None
    assert summarize(STUDY.survey("frequencies")).weight_kind is WeightKind.FREQUENCY


def test_without_a_model_the_answers_are_shown() -> None:
    assert list(summarize(STUDY.survey()).to_table().columns) == ["level", "item", "n", "missing", "mean", "sd"]
    with pytest.raises(JointAnswersError, match="no spread of dimension scores") as caught:
        summarize(STUDY.survey()).table()
    assert str(caught.value) == (
        "summary: no spread of dimension scores; it was made without a model. Hint: name one, as in "
        "summarize(survey, Difference()); what there is: answers_table() and tallies()"
    )


def test_models_and_groups_that_it_was_not_made_with() -> None:
    two = summarize(STUDY.survey("branch"), Difference(), PerformanceOnly(), by="branch")
    with pytest.raises(TypeError, match=r"model: not named; the summary holds Difference, PerformanceOnly") as caught:
        two.table()
    assert isinstance(caught.value, ModelError)
    with pytest.raises(
        ModelError, match=r"Difference\(against=.*the summary was made without it. Hint: summarize\(survey, Dif"
    ):
        two.table(Difference(against=Level.DESIRED))
    with pytest.raises(LookupError, match=r"by: no 'brnch'; .* did you mean branch\?"):
        two.table(Difference(), by="brnch")
    with pytest.raises(GroupError, match=r"summarize\(…, by='wave'\)"):
        summarize(STUDY.survey("wave"), Difference()).table(by="wave")
    with pytest.raises(ModelError, match=r"for groups write by='branch'"):
        two.table("branch")  # type: ignore[arg-type]


def test_frames_are_those_of_the_table(each_backend: str) -> None:
    summary: Summary = summarize(STUDY.survey(), Difference())
    frame = summary.to_frame(each_backend)
    assert type(frame).__module__.startswith(each_backend)
    assert frame.shape == (5, 8)


def test_intervals_are_students() -> None:
    table = summarize(STUDY.survey(), Difference()).table(confidence=0.9)
    there = GAPS[~np.isnan(GAPS[:, 0]), 0]
    low, high = stats.t.interval(0.9, len(there) - 1, there.mean(), stats.sem(there))
    assert (table["low"][0], table["high"][0]) == pytest.approx((low, high), rel=1e-12)
