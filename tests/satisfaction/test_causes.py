"""Causes of high satisfaction and of dissatisfaction apart: two logits with one covariance."""

import json
from typing import Any

import numpy as np
import pytest
from scipy import stats

from servqual.errors import ArgumentError, DriverError
from servqual.labels import Label
from servqual.satisfaction.priorities.cause_reading import asymmetric_causes
from servqual.satisfaction.priorities.cause_results import CauseVerdict
from servqual.statistics import Adjustment, adjusted
from servqual.statistics.models.binary import logit
from tests.satisfaction.driver_data import survey

NAMES = ["wait", "gift", "tone", "colour"]


def made(n: int = 3000, seed: int = 1) -> dict[str, Any]:
    """A wait that only annoys, a gift that only pleases, a tone that does both, a colour that does nothing."""
    rng = np.random.default_rng(seed)
    columns = {name: rng.normal(size=n) for name in NAMES}
    y = 4 + np.minimum(columns["wait"], 0) + np.maximum(columns["gift"], 0) + 0.5 * columns["tone"]
    return columns | {"y": y + 0.6 * rng.normal(size=n)}


DATA = made()
FOUND = asymmetric_causes(DATA, "y", NAMES, high=5, low=3)
FIT = logit(
    np.stack([DATA["y"] >= 5, DATA["y"] <= 3], axis=1), np.column_stack([DATA[name] for name in NAMES]), NAMES
)  # fmt: skip


def test_slopes_are_those_of_two_logits() -> None:
    for place, row in enumerate(FOUND, start=1):
        assert row.lifts == pytest.approx(FIT.coefficients[0, place])
        assert row.spares == pytest.approx(-FIT.coefficients[1, place])
        reach = stats.norm.ppf(0.975) * FIT.standard_errors[:, place]
        np.testing.assert_allclose([row.lifts_low, row.lifts_high], row.lifts + reach[0] * np.array([-1, 1]))
        np.testing.assert_allclose([row.spares_low, row.spares_high], row.spares + reach[1] * np.array([-1, 1]))
        assert row.lifts_effect == pytest.approx(FIT.effects[0, place - 1])
        assert row.spares_effect == pytest.approx(-FIT.effects[1, place - 1])
    assert (FOUND.share_high, FOUND.share_low) == ((DATA["y"] >= 5).mean(), (DATA["y"] <= 3).mean())
    np.testing.assert_allclose(FOUND.pseudo_r2, FIT.pseudo_r2)


def test_differences_have_the_error_of_both_together() -> None:
    for place, row in enumerate(FOUND, start=1):
        combination = np.zeros((1, 10))
        combination[0, [place, 5 + place]] = 1
        test = FIT.combined(combination)
        assert row.difference == pytest.approx(row.lifts - row.spares)
        assert row.p == pytest.approx(float(test.p[0]))
        assert row.difference_low == pytest.approx(row.difference - stats.norm.ppf(0.975) * float(test.se[0]))
    np.testing.assert_allclose([row.p_holm for row in FOUND], adjusted([row.p for row in FOUND], Adjustment.HOLM))


def test_what_was_made_is_found() -> None:
    assert FOUND["wait"].difference_high < 0 < FOUND["gift"].difference_low
    assert FOUND["tone"].verdict is CauseVerdict.BOTH
    assert FOUND["colour"].verdict is CauseVerdict.NEITHER
    assert float(FOUND.mirrored.p) < 1e-6
    assert (FOUND["gift"].rank_lifts, FOUND["wait"].rank_spares) == (1, 1)


def test_one_scale_behind_both_is_not_told_apart() -> None:
    p = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        wait, tone = rng.normal(size=(2, 400))
        y = wait + 0.5 * tone + rng.logistic(size=400)
        p.append(
            float(asymmetric_causes({"y": y, "w": wait, "t": tone}, "y", ["w", "t"], high=1.5, low=-1.5).mirrored.p)
        )
    # under proportional odds p is uniform
    assert stats.kstest(p, "uniform").pvalue > 0.01


def test_a_mirrored_scale_turns_both() -> None:
    turned = {name: -column for name, column in DATA.items()}
    found = asymmetric_causes(turned, "y", NAMES, high=-3, low=-5)
    for row in found:
        assert row.lifts == pytest.approx(FOUND[row.driver].spares, abs=1e-7)
        assert row.spares == pytest.approx(FOUND[row.driver].lifts, abs=1e-7)
        assert row.p == pytest.approx(FOUND[row.driver].p, abs=1e-7)


def test_what_works_against_satisfaction_says_so() -> None:
    turned = DATA | {"tone": -DATA["tone"]}
    assert asymmetric_causes(turned, "y", NAMES, high=5, low=3)["tone"].verdict is CauseVerdict.AGAINST
    only = asymmetric_causes(made(400, 3), "y", NAMES, high=5, low=3)
    assert {row.verdict for row in only} <= set(CauseVerdict)


def test_frequencies_weights_and_clusters_count() -> None:
    times = np.arange(3000) % 3
    one = asymmetric_causes(DATA, "y", NAMES, high=5, low=3, weights=times, weight_kind="frequency")
    repeated = {name: np.repeat(column, times) for name, column in DATA.items()}
    other = asymmetric_causes(repeated, "y", NAMES, high=5, low=3)
    np.testing.assert_allclose([row.p for row in one], [row.p for row in other], rtol=1e-5)
    assert one.n == other.n == times.sum()
    clustered = asymmetric_causes(DATA, "y", NAMES, high=5, low=3, cluster=np.arange(3000) % 25)
    assert (float(clustered.mirrored.df), float(clustered.mirrored.df_error)) == (4.0, 24.0)  # type: ignore[arg-type]
    assert any("cluster-robust errors" in note for note in clustered.to_table().notes)
    assert clustered["tone"].lifts == pytest.approx(FOUND["tone"].lifts)


def test_a_survey_serves() -> None:
    found = asymmetric_causes(survey(), "result", ["speed", "care"], high=6, low=3)
    assert [row.driver for row in found] == ["speed", "care"]


def test_results_are_plain_values_in_both_languages() -> None:
    record = json.loads(json.dumps(FOUND.to_dict(), allow_nan=False))
    assert (record["reading"], record["high"], record["low"]) == ("asymmetric_causes", 5.0, 3.0)
    assert repr(FOUND).startswith("<Causes of y: 4 drivers; the same both ways: p ")
    assert repr(FOUND["tone"]).endswith("; does both>")
    found = asymmetric_causes(DATA, "y", NAMES, high=5, low=3, labels={"wait": Label("the wait", "等候")})
    chinese = found.to_table(language="zh")
    assert (chinese["label"][0], chinese["verdict"][2]) == ("等候", "两者兼有")
    effects = FOUND.to_table("effects")
    assert effects["lifts_effect"][0] == FOUND["wait"].lifts_effect
    assert len(FOUND.to_frame()) == len(FOUND) == 4
    assert FOUND._repr_html_().startswith("<div")
    assert FOUND.to_table().notes[0].startswith("high: outcome at 5 or above (")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"high": 3, "low": 5}, "low, high: 5, 3; low lies below high"),
        ({"high": "a"}, "low, high: 3, 'a'; cut points are numbers"),
        ({"high": 99}, "high: none of 3000 respondents lie there; some, and not all, answers lie at it or above"),
        ({"low": -99}, "low: none of 3000 respondents lie there; some, and not all, answers lie at it or below"),
        ({"drivers": ["y"]}, "drivers: 'y', the outcome"),
        ({"drivers": ["wait", "wait"]}, "drivers: 'wait' 2 times"),
        ({"drivers": ["weight"]}, "no 'weight'"),
        ({"confidence": 7}, "confidence: 7"),
        ({"source": DATA | {"still": np.ones(3000)}, "drivers": ["still"]}, "column still: constant"),
        ({"source": DATA | {"twin": DATA["wait"]}, "drivers": ["wait", "twin"]}, "x: rank 2 of 3"),
        (
            {"source": DATA | {"told": DATA["y"] + 9}, "drivers": ["told"]},
            "high satisfaction: told by the drivers without",
        ),
    ],
)
def test_what_is_wrong_is_told(change: dict[str, Any], told: str) -> None:
    asked: dict[str, Any] = {"source": DATA, "outcome": "y", "drivers": NAMES, "high": 5, "low": 3}
    with pytest.raises(DriverError, match=told):
        asymmetric_causes(**(asked | change))


def test_what_is_not_there_is_answered_with_what_is() -> None:
    with pytest.raises(DriverError, match=r"driver: no 'waits'; it is no driver here\. Hint: did you mean wait"):
        FOUND["waits"]
    with pytest.raises(ArgumentError, match="view: 'effect'"):
        FOUND.to_table("effect")
