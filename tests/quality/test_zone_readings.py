"""Readings of the zone of tolerance: against triples read by hand, other programs, and themselves by other routes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.proportion import proportion_confint

from servqual import Instrument, Level, Scale, Summary, Survey, WeightKind, summarize
from servqual.errors import SurveyError
from servqual.quality import ToleranceReading, ZoneScore, tolerance, tolerance_models, zone_models
from servqual.scoring import ScoringModel
from servqual.testing import parametrize_with_checks, surveys
from tests.quality.zones_by_hand import COUNTER, KEYS, ROWS, Study, read_by_hand, study

LEVELS = (Level.ADEQUATE, Level.DESIRED, Level.PERCEPTION)
few = settings(max_examples=40, deadline=None)
ANSWERED = surveys(levels=LEVELS, crossed=True, min_respondents=2)


def columns(reading: ToleranceReading) -> dict[str, Any]:
    """Columns of numbers, what is not there as NaN."""
    table = reading.told.table
    return {name: np.array([np.nan if value is None else value for value in table[name]], float)
            for name in table.columns if name not in {*reading.by, "about", "key", "standing"}}  # fmt: skip


def alike(one: ToleranceReading, other: ToleranceReading, rtol: float = 1e-9) -> None:
    assert one.told.table["key"] == other.told.table["key"]
    assert one.told.table["standing"] == other.told.table["standing"]
    found, wanted = columns(one), columns(other)
    assert list(found) == list(wanted)
    for name, values in wanted.items():
        np.testing.assert_allclose(found[name], values, rtol=rtol, atol=1e-9, err_msg=name)


def readable(survey: Survey) -> ToleranceReading | None:
    try:
        return tolerance(survey)
    except SurveyError as error:
        assert "no complete triple" in str(error)  # noqa: PT017 - drawn surveys may have none, and then say so
        return None


class TestByHand:
    @pytest.mark.parametrize("seed", [0, 1])
    def test_every_number(self, seed: int) -> None:
        made = study(seed=seed)
        found = columns(tolerance(made.survey()))
        for place, (_, row) in enumerate(read_by_hand(made).items()):
            for name, value in row.items():
                assert found[name][place] == pytest.approx(value, rel=1e-9, abs=1e-9), (ROWS[place], name)

    def test_by_group_each_group_is_read_alone(self) -> None:
        made = study()
        told = tolerance(made.survey("visit"), by="visit").told.table
        for label in ("first", "recovery"):
            alone = tolerance(made.part(made.visit == label).survey()).told.table
            rows = [row for row, each in enumerate(told["visit"]) if each == label]
            for name in alone.columns:
                assert told.rows(rows)[name] == alone[name]

    def test_shares_and_positions_are_those_of_the_typed_zone(self) -> None:
        made = study()
        survey = Survey.from_arrays(
            COUNTER, adequate=made.low, desired=made.high, perception=made.seen, inverted_ok=True
        )
        found = columns(tolerance(survey))
        with pytest.warns(Warning, match="zones crossed"):
            zone = survey.zone
        counts = zone.shares(survey.perception)
        assert (counts.defined, counts.undefined) == (
            found["answers"][-1],
            (found["crossed"] + found["incomplete"])[-1],
        )
        shares = [counts.below / counts.defined, counts.within / counts.defined, counts.above / counts.defined]
        np.testing.assert_allclose([found[name][-1] for name in ("below", "within", "above")], shares)
        np.testing.assert_allclose(found["position"][: len(KEYS)], zone.mean_position(survey.perception, axis=0))

    def test_libraries_of_2002(self, shared: Path) -> None:
        import csv

        with (shared / "data" / "libqual_ulg_means.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        items = list(dict.fromkeys(row["item"] for row in rows))
        places = sorted({row["institution"] for row in rows})
        cells = {(row["institution"], row["item"]): row for row in rows}

        def level(name: str) -> Any:
            return np.array([[float(cells[place, item][name]) for item in items] for place in places])

        library = Instrument.define(
            "library", {"service": items}, scale=Scale(1, 9, step=None), levels=("minimum", *LEVELS[1:])
        )
        survey = Survey.from_arrays(
            library, minimum=level("minimum"), desired=level("desired"), perception=level("perceived")
        )
        found = columns(tolerance(survey, adequate="minimum"))
        np.testing.assert_allclose(found["msa"][:2], level("adequacy_gap").mean(axis=0), atol=0.005)
        np.testing.assert_allclose(found["mss"][:2], level("superiority_gap").mean(axis=0), atol=0.005)
        np.testing.assert_allclose(found["perception"][:2], [6.99, 7.28], atol=0.005 + 1e-9)
        np.testing.assert_allclose([found[name][-1] * 34 for name in ("below", "within", "above")], [3, 31, 0])


class TestProperties:
    @few
    @given(ANSWERED)
    def test_identities(self, survey: Survey) -> None:
        reading = readable(survey)
        if reading is None:
            return
        found = columns(reading)
        np.testing.assert_allclose(found["msa"] - found["mss"], found["width"], atol=1e-9)
        np.testing.assert_allclose(found["perception"] - found["adequate"], found["msa"], atol=1e-9)
        shares = found["below"] + found["within"] + found["above"]
        np.testing.assert_allclose(shares[found["answers"] > 0], 1, atol=1e-12)
        asked = found["answers"] + found["crossed"] + found["incomplete"]
        assert asked[-1] == len(survey) * len(survey.instrument)
        for name in ("below", "within", "above"):
            known = ~np.isnan(found[f"{name}_low"])
            assert (found[f"{name}_low"] <= found[name] + 1e-12)[known].all()
            assert (found[name] <= found[f"{name}_high"] + 1e-12)[known].all()
            assert (found[f"{name}_effective_n"] <= found["answers"] + 1e-9)[found["answers"] > 0].all()

    @few
    @given(ANSWERED, st.randoms(use_true_random=False))
    def test_order_of_respondents_and_batches_change_nothing(self, survey: Survey, random: Any) -> None:
        reading = readable(survey)
        if reading is None:
            return
        order = list(range(len(survey)))
        random.shuffle(order)
        cut = random.randint(1, len(survey) - 1)
        alike(tolerance(survey.select(np.array(order))), reading)
        parts = [survey.select(np.array(rows)) for rows in (order[:cut], order[cut:])]
        batches = [summarize(part, *tolerance_models()) for part in parts]
        alike(tolerance(batches[0] + batches[1]), reading)

    @few
    @given(surveys(levels=LEVELS, crossed=True, weights=WeightKind.FREQUENCY, min_respondents=2))
    def test_frequencies_are_repeated_rows(self, survey: Survey) -> None:
        assert survey.weights is not None
        rows = np.repeat(np.arange(len(survey)), survey.weights.astype(int))
        given_answers: dict[str, Any] = {
            str(level): answers.numbers().T[rows] for level, answers in survey.answers.items()
        }
        repeated = (
            Survey.from_arrays(survey.instrument, already_reversed=True, **given_answers)
            if _any(given_answers)
            else None
        )
        reading = readable(survey)
        if reading is not None and repeated is not None:
            alike(reading, tolerance(repeated))

    def test_a_saved_summary_reads_the_same(self) -> None:
        survey = study().survey("weights", "branch", "visit")
        summary = summarize(survey, *tolerance_models(), by="visit")
        again = Summary.from_json(summary.to_json())
        alike(tolerance(again, by="visit"), tolerance(survey, by="visit"))
        alike(tolerance(again), tolerance(survey))


def _any(answers: dict[str, Any]) -> bool:
    return all(values.size and not np.isnan(values).all() for values in answers.values())


def lawless(model: ScoringModel) -> dict[str, str]:
    assert isinstance(model, ZoneScore)
    sound = "sound" in model.measure or model.measure in {"below", "within", "above"}
    return {"missing_exactly_where_an_answer_is": "nothing stands in a crossed zone"} if sound else {}


@parametrize_with_checks([*tolerance_models(), *zone_models()], examples=3, expected_failures=lawless)
def test_measures_of_the_zone_keep_the_laws(model: ScoringModel, law: Any) -> None:
    law(model)


class TestRounding:
    """Thirds are no binary fractions: what their sums leave of nothing must not pass for something."""

    ASKED = Instrument.define("desk", {"speed": ["a", "b", "c"]}, scale=Scale(1, 9, step=None), levels=LEVELS)

    def read(self, low: Any, high: Any, seen: Any, weights: Any = None) -> dict[str, Any]:
        sides: dict[str, Any] = {} if weights is None else {"weights": weights, "weight_kind": "frequency"}
        return columns(tolerance(Survey.from_arrays(self.ASKED, adequate=low, desired=high, perception=seen, **sides)))

    def test_everybody_at_the_same_place_of_the_zone_leaves_no_interval_open(self) -> None:
        rng = np.random.default_rng(3)
        low = rng.integers(1, 4, (40, 3)).astype(float)
        high = low + rng.integers(1, 5, (40, 3))
        found = self.read(low, high, low + (high - low) / 3)
        for name in ("position", "position_low", "position_high"):
            np.testing.assert_allclose(found[name], 1 / 3, rtol=1e-14)

    def test_a_perception_that_sums_put_a_hair_below_its_adequate_level_is_within(self) -> None:
        low, high = np.tile([1.3, 2.6, 3.9], (9, 1)), np.full((9, 3), 8.0)
        seen = low[:, [2, 0, 1]]
        reading = tolerance(Survey.from_arrays(self.ASKED, adequate=low, desired=high, perception=seen))
        assert 0 > columns(reading)["msa"][-1] > -1e-15
        assert reading.told.table["standing"][-2:] == ("within", "within")

    def test_equal_shares_of_all_respondents_are_worth_as_many_answers_as_repeated_rows(self) -> None:
        low, high, weights = np.full((7, 3), 4.0), np.full((7, 3), 6.0), np.array([2, 1, 4, 2, 3, 1, 1])
        seen = np.array([[3.0, 5.0, 5.0], [5.0, 3.0, 5.0]])[np.arange(7) % 2]
        rows = np.repeat(np.arange(7), weights)
        found, wanted = self.read(low, high, seen, weights), self.read(low[rows], high[rows], seen[rows])
        assert found["below_effective_n"][-1] == wanted["below_effective_n"][-1] == 14


def test_answers_of_one_person_are_not_independent() -> None:
    """Everybody stands below everywhere or nowhere: seven answers of a person say no more than one."""
    rng = np.random.default_rng(1)
    low, high = np.full((80, 7), 5.0), np.full((80, 7), 8.0)
    seen = np.where(rng.random((80, 1)) < 0.3, 3.0, 6.0) + np.zeros((80, 7))
    found = columns(tolerance(Survey.from_arrays(COUNTER, adequate=low, desired=high, perception=seen)))
    np.testing.assert_allclose(found["below_effective_n"][:7], 80)
    np.testing.assert_allclose(found["below_effective_n"][-1], 80, rtol=0.02)
    assert found["answers"][-1] == 560


def test_clusters_widen_everything() -> None:
    made: Study = study(200, missing=0)
    made.seen[:] = np.clip(made.low + (made.branch % 3)[:, None], 1, 9)
    plain, clustered = columns(tolerance(made.survey())), columns(tolerance(made.survey("branch")))
    for name in ("msa", "position"):
        assert (
            clustered[f"{name}_high"] - clustered[f"{name}_low"] > plain[f"{name}_high"] - plain[f"{name}_low"]
        ).all()
    assert (clustered["above_effective_n"] < plain["above_effective_n"]).all()


def test_with_weights_and_clusters_the_ends_of_a_position_are_where_a_robust_test_just_refuses() -> None:
    made = study(150)
    found = columns(tolerance(made.survey("weights", "branch")))
    sound = (made.low <= made.high) & ~np.isnan(made.seen)
    for item in range(len(KEYS)):
        rows = sound[:, item] & (made.weights > 0)
        depth, width = ((end - made.low)[rows, item] for end in (made.seen, made.high))
        branches = made.branch[rows]
        for end in ("position_low", "position_high"):
            model = WLS(depth - found[end][item] * width, np.ones(rows.sum()), weights=made.weights[rows])
            told = model.fit(cov_type="cluster", cov_kwds={"groups": branches}, use_t=True)
            assert abs(told.tvalues[0]) == pytest.approx(stats.t.ppf(0.975, len(set(branches)) - 1), rel=1e-9)
        share = np.average(depth < 0, weights=made.weights[rows])
        assert found["below"][item] == pytest.approx(share)
        model = WLS((depth < 0).astype(float), np.ones(rows.sum()), weights=made.weights[rows])
        error = model.fit(cov_type="cluster", cov_kwds={"groups": branches}, use_t=True).bse[0]
        factor = (
            (stats.norm.ppf(0.975) / stats.t.ppf(0.975, len(set(branches)) - 1)) ** 2 * rows.sum() / (rows.sum() - 1)
        )
        worth = min(share * (1 - share) / error**2 * factor, rows.sum())
        assert found["below_effective_n"][item] == pytest.approx(worth)
        ends = proportion_confint(share * worth, worth, method="wilson")
        np.testing.assert_allclose((found["below_low"][item], found["below_high"][item]), ends)
