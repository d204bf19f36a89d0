"""Validity and factors: against the statistics on the answers themselves, seminr, and structures that are known."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from servqual import Difference, Instrument, Level, Scale, Summary, Survey, simulate, summarize
from servqual.errors import JointAnswersError, LevelError
from servqual.quality import confirm_factors, explore_factors, validity
from servqual.statistics import (
    ArgumentError,
    ConfirmatoryFactors,
    ExploratoryFactors,
    Extraction,
    FornellLarcker,
    Inapplicable,
    ParallelAnalysis,
    Rotation,
    confirmatory_factor_analysis,
    factor_analysis,
    htmt,
)
from tests.quality.kiosk_study import kiosk, same

DESK = Instrument.define(
    "desk", {"speed": ["a", "b", "c"], "care": ["d", "e", "f"], "room": ["g", "h", "i", "j"]}, scale=Scale.likert(7)
)
BLOCKS = [[0, 1, 2], [3, 4, 5], [6, 7, 8, 9]]


def desk(n: int = 400, seed: int = 1, **options: Any) -> Survey:
    return simulate.survey(DESK, n, rng=seed, **options)


def solved(found: Any) -> ConfirmatoryFactors:
    assert isinstance(found, ConfirmatoryFactors), found
    return found


@pytest.mark.parametrize("level", ["perception", "expectation", "gap"])
def test_it_is_read_from_the_covariances_of_the_answers(level: str) -> None:
    survey = desk()
    seen, held = survey.perception.values, survey.expectation().values
    answers = {"perception": seen, "expectation": held, "gap": seen - held}[level]
    expected = solved(confirmatory_factor_analysis(np.cov(answers.T), 400, BLOCKS))
    found = validity(survey, level)
    solution = solved(found.confirmation.solution)
    np.testing.assert_allclose(solution.standardised, expected.standardised, rtol=1e-7)
    assert solution.fit.chi_squared == pytest.approx(expected.fit.chi_squared, rel=1e-7)
    np.testing.assert_allclose(found.htmt, htmt(np.corrcoef(answers.T), BLOCKS), rtol=1e-10)
    squares = expected.standardised**2
    assert [float(each) for each in found.average_variances] == pytest.approx(
        [squares[b].mean() for b in BLOCKS], rel=1e-6
    )
    loads = expected.standardised[:3]
    composite = loads.sum() ** 2 / (loads.sum() ** 2 + (1 - loads**2).sum())
    assert float(found.composite_reliabilities[0]) == pytest.approx(composite, rel=1e-6)
    assert isinstance(found.fornell_larcker, FornellLarcker)
    assert found.fornell_larcker.table[1, 1] == pytest.approx(np.sqrt(squares[3:6].mean()), rel=1e-6)


def test_ratios_are_those_of_seminr(shared: Path) -> None:
    # seminr's fixtures for the ECSI mobile phone example
    expected = {
        ("IMAG", "CUEX"): 0.88803042750925,
        ("IMAG", "PERV"): 0.651659392487802,
        ("IMAG", "CUSA"): 0.910100923782741,
        ("CUEX", "PERV"): 0.588628982316289,
        ("CUEX", "CUSA"): 0.865108193553153,
        ("PERV", "CUSA"): 0.740808927759395,
    }
    rows = np.genfromtxt(shared / "data" / "ecsi_mobi.csv", delimiter=",", names=True)
    blocks = ("IMAG", "CUEX", "PERV", "CUSA")
    items = {block: [name for name in rows.dtype.names or () if name.startswith(block)] for block in blocks}
    mobile = Instrument.define("mobile", items, scale=Scale(1, 10), levels=["perception"])
    found = validity(Survey.from_arrays(mobile, perception=np.column_stack([rows[key] for key in mobile.item_keys])))
    places = {block: place for place, block in enumerate(blocks)}
    for (one, other), ratio in expected.items():
        assert found.htmt[places[one], places[other]] == pytest.approx(ratio, rel=1e-12)
    assert found.to_table()["htmt_with"][0] == "CUSA"


def test_the_kiosk_study(shared: Path) -> None:
    found = validity(kiosk(shared, "dimension8")[0])
    fit = solved(found.confirmation.solution).fit
    assert (fit.df, round(fit.chi_squared, 1), round(fit.cfi, 3), round(fit.rmsea, 3)) == (224, 442.6, 0.871, 0.071)
    table = found.to_table()
    row = dict(zip(table["dimension"], table["margin"], strict=True))
    assert row["personalisation"] == pytest.approx(-0.236, abs=0.001)
    assert row["security"] == pytest.approx(0.205, abs=0.001)


def test_a_merged_summary_says_the_same() -> None:
    survey = desk(300, missing=0.05)
    merged = sum(summarize(survey.select(range(start, 300, 3)), Difference()) for start in range(3))
    assert isinstance(merged, Summary)
    for level in ("perception", "gap"):
        one, other = validity(merged, level), validity(survey, level)
        same(one.to_table(), other.to_table(), rel=1e-7)
        same(one.fornell_larcker_table(), other.fornell_larcker_table(), rel=1e-7)
    one_more, another = explore_factors(merged), explore_factors(survey)
    same(one_more.to_table(), another.to_table(), rel=1e-6)
    same(one_more.eigenvalues_table(), another.eigenvalues_table())
    same(confirm_factors(merged).loadings_table(), confirm_factors(survey).loadings_table(), rel=1e-6)


def test_improper_solutions_are_told() -> None:
    survey = desk(40, 3)
    twin = Instrument.define("twin", {"one": ["a", "b"], "two": ["c", "d"]}, scale=Scale.likert(7))
    answers = np.hstack([survey.perception.values[:, [0, 3]], survey.perception.values[:, [1, 2]]])
    found = confirm_factors(Survey.from_arrays(twin, perception=answers, expectation=answers))
    assert not solved(found.solution).proper
    assert any("improper" in note for note in found.notes())
    assert any("不当解" in note for note in found.notes("zh"))


def test_where_the_model_has_no_solution_ratios_remain() -> None:
    answers = desk(60).perception.values.copy()
    answers[:, 9] = answers[:, 8]
    found = validity(Survey.from_arrays(DESK, perception=answers, expectation=answers))
    assert isinstance(found.confirmation.solution, Inapplicable)
    assert np.isfinite(found.htmt[0, 1])
    assert found.to_table()["ave"] == (None, None, None)
    assert found.fornell_larcker_table()["speed"] == (None, None, None)
    assert any("no solution: the correlations are singular" in note for note in found.notes())
    assert found.confirmation.to_table()["cfi"] == ()
    assert found.confirmation.loadings_table()["loading"] == (None,) * 10


def test_few_respondents_constant_items_and_single_items() -> None:
    few = validity(desk(8))
    assert isinstance(few.confirmation.solution, Inapplicable)
    answers = desk(60).perception.values.copy()
    answers[:, 0] = 4
    still = confirm_factors(Survey.from_arrays(DESK, perception=answers, expectation=answers))
    assert "do not vary" in "".join(still.notes())
    assert "(a)" in "".join(still.notes())
    mixed = Instrument.define("mixed", {"one": ["a", "b", "c"], "alone": ["d"]}, scale=Scale.likert(7))
    found = validity(simulate.survey(mixed, 200, rng=1))
    assert np.isnan(found.htmt[0, 1])
    assert "one" in str(found.average_variances[1])
    assert "no AVE of alone: at least 2 items are needed, and there is one" in found.notes()


def test_one_dimension_has_no_other() -> None:
    single = Instrument.define("single", {"all": list("abcd")}, scale=Scale.likert(7), levels=["perception"])
    found = validity(simulate.survey(single, 100, rng=1))
    assert isinstance(found.fornell_larcker, Inapplicable)
    assert found.to_table()["greatest_htmt"] == (None,)
    assert found.to_table()["ave"][0] is not None


@pytest.mark.parametrize("rotation", [Rotation.OBLIMIN, Rotation.VARIMAX, Rotation.PROMAX])
def test_exploration_finds_the_structure_that_is_there(rotation: Rotation) -> None:
    survey = desk(2000, correlation=0.3)
    found = explore_factors(survey, rotation=rotation)
    assert isinstance(found.parallel, ParallelAnalysis)
    assert found.parallel.factors == 3
    assert isinstance(found.solution, ExploratoryFactors)
    home = np.abs(found.solution.loadings).argmax(axis=1)
    assert [len(set(home[block])) for block in BLOCKS] == [1, 1, 1]
    assert len(set(home.tolist())) == 3
    expected = factor_analysis(np.corrcoef(survey.perception.values.T), 3, 2000, Extraction.ML, rotation)
    assert isinstance(expected, ExploratoryFactors)
    assert found.solution.fit.statistic == pytest.approx(expected.fit.statistic, rel=1e-6)


def test_exploration_draws_the_same_again_and_takes_what_is_asked_for() -> None:
    survey = desk(150)
    one, other = (explore_factors(survey, rng=seed).eigenvalues_table() for seed in (0, 0))
    assert one["threshold"] == other["threshold"]
    assert one["threshold"] != explore_factors(survey, rng=1).eigenvalues_table()["threshold"]
    two = explore_factors(survey, 2, "gap", method=Extraction.MINRES)
    assert isinstance(two.solution, ExploratoryFactors)
    assert two.solution.loadings.shape == (10, 2)
    assert "factor_2" in two.to_table().columns
    with pytest.raises(ArgumentError, match="determine at most 6 factors"):
        explore_factors(survey, 9)


def test_exploration_without_factors_or_with_singular_correlations() -> None:
    rng = np.random.default_rng(5)
    noise = Survey.from_arrays(DESK, perception=rng.integers(1, 8, (60, 10)), expectation=rng.integers(1, 8, (60, 10)))
    found = explore_factors(noise, quantile=0.999)
    assert str(found.solution) == "parallel analysis finds no factor"
    answers = desk(60).perception.values.copy()
    answers[:, 9] = answers[:, 8]
    singular = explore_factors(Survey.from_arrays(DESK, perception=answers, expectation=answers))
    assert isinstance(singular.solution, Inapplicable)
    assert isinstance(singular.adequacy, Inapplicable)
    assert "factor_1" not in singular.to_table().columns
    assert "too few" in str(explore_factors(desk(9)).parallel)


def test_refusals() -> None:
    plain = desk(50)
    for reading in (validity, confirm_factors, explore_factors):
        with pytest.raises(LevelError, match="desired was not answered"):
            reading(plain, level=Level.DESIRED)
        with pytest.raises(LevelError, match="did you mean gap"):
            reading(plain, level="gaps")
    counts = Summary.from_counts(DESK, perception=np.ones((10, 7), int))
    with pytest.raises(JointAnswersError, match="no validity"):
        validity(counts)


def test_sampling_weights_take_the_effective_number() -> None:
    weights = np.random.default_rng(2).gamma(2, size=300)
    base = desk(300)
    survey = Survey.from_arrays(
        DESK, perception=base.perception.values, expectation=base.expectation().values, weights=weights
    )
    kish = weights.sum() ** 2 / (weights**2).sum()
    assert validity(survey).confirmation.n == pytest.approx(kish)
    assert solved(confirm_factors(survey).solution).fit.n == pytest.approx(kish)
    bare = summarize(survey)
    assert "summarised without a model" in str(confirm_factors(bare).solution)
    assert "summarised without a model" in str(explore_factors(bare).sphericity)
    assert isinstance(explore_factors(bare, 3).solution, ExploratoryFactors)


def test_faces() -> None:
    survey = desk(200)
    found, looked, held = validity(survey), explore_factors(survey), confirm_factors(survey)
    assert repr(found) == "<Validity of 'desk', perception: 3 dimensions>"
    assert repr(held).startswith("<Confirmation of 'desk', perception: ConfirmatoryFactors: 3 factors of 10 items")
    assert repr(looked).startswith("<Exploration of 'desk', perception: ExploratoryFactors: 2 of 10 items")
    for reading in (found, looked, held):
        json.dumps(reading.to_dict(), allow_nan=False)
        assert len(reading.to_frame()) in {3, 10}
    assert found.to_table("zh").title == "desk：效度（实际感知到的）"
    assert found.htmt_table()["care"][1] is None
    assert looked.to_table("zh")["label"][0] == "a"
    assert held.correlations_table()["room"][2] == 1.0
    assert held.to_table()["df"] == (32,)
