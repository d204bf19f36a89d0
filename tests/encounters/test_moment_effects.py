"""Moments and outcomes: the effects that were planted, laws of the contributions, and what is refused."""

from typing import Any

import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.encounters.moments.effect_results import OutcomeKind
from servqual.encounters.moments.incidents import critical_incidents
from servqual.encounters.moments.journeys import Journeys
from servqual.encounters.moments.outcome_reading import moment_effects
from servqual.encounters.moments.vendor_case import lost_contract
from servqual.errors import EncounterError
from servqual.statistics import Inapplicable
from servqual.statistics.penalised_logistic import penalised_logit

STEPS = ["ask", "pay", "leave"]


def _made(n: int, *, level: bool = False, seed: int = 1) -> tuple[dict[str, Any], Floats, Floats]:
    """Journeys of three steps, of which paying decides."""
    rng = np.random.default_rng(seed)
    score = rng.integers(-3, 4, (n, 3)).astype(float)
    line = score @ [0.1, 0.9, 0.0]
    y = line + rng.normal(size=n) if level else (rng.random(n) < 1 / (1 + np.exp(-line))).astype(float)
    log = {"customer": np.repeat(np.arange(n), 3), "score": score.ravel(), "step": STEPS * n, "y": np.repeat(y, 3)}
    return log, score, y


def test_kept_and_lost_is_the_penalised_regression_on_the_parts() -> None:
    log, score, y = _made(80)
    found = moment_effects(Journeys.from_frame(log, step="step", outcome="y"))
    fit = penalised_logit(y, score, STEPS)
    assert (found.kind, found.n, found.kept) == (OutcomeKind.KEPT, 80, int(y.sum()))
    for place, row in enumerate(found, start=1):
        np.testing.assert_allclose(
            [float(row.effect), float(row.low), float(row.high)],
            [fit.coefficients[place], fit.low[place], fit.high[place]],
        )
        apart = score[y == 1, place - 1].mean() - score[y == 0, place - 1].mean()
        assert float(row.contribution) == pytest.approx(float(row.effect) * apart)
        assert float(row.odds_ratio) == pytest.approx(np.exp(float(row.effect)))
    assert found.leading is found["pay"]
    # what was planted lies inside the intervals of this seed
    for row, planted in zip(found, (0.1, 0.9, 0.0), strict=True):
        assert float(row.low) < planted < float(row.high)


def test_contributions_to_a_level_add_up_to_r_squared() -> None:
    log, score, y = _made(120, level=True)
    found = moment_effects(Journeys.from_frame(log, step="step", outcome="y"))
    assert found.kind is OutcomeKind.LEVEL
    design = np.column_stack([np.ones(120), score])
    left = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    total = sum(float(row.contribution) for row in found)
    assert total == pytest.approx(1 - left.var() / y.var())
    assert isinstance(found["pay"].odds_ratio, Inapplicable)
    assert found.kept is None


def test_a_moment_that_separates_has_finite_numbers() -> None:
    score = np.array([[1, 3], [1, 2], [0, 2], [-1, 3], [1, -3], [0, -2], [1, -3], [-1, -2]])
    log = {
        "customer": np.repeat(np.arange(8), 2), "score": score.ravel(), "step": ["a", "b"] * 8,
        "y": np.repeat([1, 1, 1, 1, 0, 0, 0, 0], 2),
    }  # fmt: skip
    row = moment_effects(Journeys.from_frame(log, step="step", outcome="y"))["b"]
    assert np.isfinite([float(row.effect), float(row.low), float(row.high)]).all()
    assert float(row.low) > 0


def test_what_does_not_vary_or_is_not_known_is_told() -> None:
    log, _, _ = _made(40)
    log["score"] = np.where(np.array(log["step"]) == "ask", 1.0, log["score"])
    log["y"] = np.where(log["customer"] < 3, np.nan, log["y"])
    found = moment_effects(Journeys.from_frame(log, step="step", outcome="y"))
    assert isinstance(found["ask"].effect, Inapplicable)
    assert "the same in all journeys" in repr(found["ask"])
    assert found.n == 37
    assert any("3 journeys without an outcome" in note for note in found.to_table().notes)
    assert found.to_dict()["inapplicable"][0]["effect"] == "its part is the same in all journeys"


def test_several_journeys_of_a_customer_are_clusters() -> None:
    log, _, _ = _made(60, level=True)
    log["trip"] = np.repeat(np.arange(60), 3)
    log["customer"] = log["customer"] // 2
    found = moment_effects(Journeys.from_frame(log, step="step", outcome="y", journey="trip"))
    alone = moment_effects(Journeys.from_frame(_made(60, level=True)[0], step="step", outcome="y"))
    assert float(found["pay"].effect) == pytest.approx(float(alone["pay"].effect))
    assert float(found["pay"].low) != pytest.approx(float(alone["pay"].low))
    kept, _, _ = _made(60)
    kept |= {"trip": log["trip"], "customer": log["customer"]}
    told = moment_effects(Journeys.from_frame(kept, step="step", outcome="y", journey="trip"))
    assert any("too narrow" in note for note in told.to_table().notes)
    assert any("偏窄" in note for note in told.to_table("zh").notes)


def test_refusals() -> None:
    case = lost_contract()
    with pytest.raises(EncounterError, match="read them with outcome="):
        moment_effects(case.journey)
    log = {"customer": ["a"] * 2, "score": [1, -3], "step": ["x", "z"], "y": [0, 0]}
    with pytest.raises(EncounterError, match="one journey is told by journey_ledger"):
        moment_effects(Journeys.from_frame(log, step="step", outcome="y"))
    many, _, _ = _made(20)
    many["y"] = np.ones(60)
    with pytest.raises(EncounterError, match="journeys end in different ways"):
        moment_effects(Journeys.from_frame(many, step="step", outcome="y"))
    with pytest.raises(EncounterError, match="step, moment"):
        moment_effects(Journeys.from_frame(many, step="step", outcome="y"), "employee")
    same, score, _ = _made(20)
    same["score"] = np.column_stack([score[:, 0], score[:, 0], score[:, 2]]).ravel()
    with pytest.raises(EncounterError, match="no moment follows from the others"):
        moment_effects(Journeys.from_frame(same, step="step", outcome="y"))


# recalled counts of Bitner, Booms & Tetreault 1990, an illustration
BITNER = {"recovery": (81, 151), "adaptability": (114, 55), "spontaneity": (152, 146)}


def test_incidents_against_sums_by_hand() -> None:
    found = critical_incidents(BITNER)
    assert [row.n for row in found] == [232, 169, 298]
    np.testing.assert_allclose([float(row.share) for row in found], [0.332, 0.242, 0.426], atol=5e-4)
    bad = 352 / 699
    chi = sum((row.dissatisfactory - row.n * bad) ** 2 / (row.n * bad * (1 - bad)) for row in found)
    assert float(found.test.statistic) == pytest.approx(chi)
    expected = 232 * bad
    z = (151 - expected) / np.sqrt(expected * (1 - 232 / 699) * (1 - bad))
    assert float(found["recovery"].residual) == pytest.approx(z)
    assert found.to_dict()["test"]["df"] == 2


def test_recalled_counts_are_those_of_the_shared_file(shared: Any) -> None:
    lines = (shared / "oracles" / "bitner_1990_groups_recalled.csv").read_text().splitlines()[1:]
    counts = [tuple(map(int, line.split(",")[1:3])) for line in lines]
    assert counts == list(BITNER.values())


def test_two_groups_have_opposite_residuals_whose_square_is_chi_squared() -> None:
    found = critical_incidents({"a": (10, 20), "b": (15, 5)})
    first, second = (float(row.residual) for row in found)
    assert first == pytest.approx(-second)
    assert first**2 == pytest.approx(float(found.test.statistic))
    assert float(found["a"].p) == pytest.approx(float(found.test.p))


def test_incidents_of_journeys_and_refusals() -> None:
    found = critical_incidents(lost_contract().journey)
    assert [(row.key, row.dissatisfactory) for row in found] == [
        ("normal", 2), ("recovery", 2), ("adaptability", 1), ("spontaneity_bad", 1),
    ]  # fmt: skip
    assert isinstance(found["normal"].residual, Inapplicable)
    assert "nothing to compare" in found.to_table().notes[0]
    empty = critical_incidents({"a": (1, 2), "b": (0, 0), "c": (5, 1)})["b"]
    assert isinstance(empty.low, Inapplicable)
    with pytest.raises(EncounterError, match="two counts"):
        critical_incidents({"a": (1, 2, 3)})
    with pytest.raises(EncounterError, match="zero or more"):
        critical_incidents({"a": (-1, 2)})
    with pytest.raises(EncounterError, match="no incident"):
        critical_incidents({"a": (0, 0)})
    with pytest.raises(EncounterError, match="a mapping group"):
        critical_incidents([1, 2])  # type: ignore[arg-type]
