"""Hand-overs: gaps against t tests, effects against regressions and path algebra, losses that add up."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from servqual._arrays import Floats
from servqual.errors import ProcessError
from servqual.operations.process.hand_over_reading import NO_OUTCOME, internal_customers
from servqual.operations.process.hand_over_results import InternalCustomers
from servqual.operations.process.hand_over_words import HandOverVerdict
from servqual.operations.process.path_sums import PathRows, losses
from servqual.operations.process.service_process import ServiceProcess
from servqual.statistics import Inapplicable, adjusted, ols, total_effects

STAY = ServiceProcess.hotel_stay()
KEYS = [each.key for each in STAY.hand_overs]
WORST = "housekeeping -> stay"


def made(n: int, seed: int, arising: float = -1.0, slope: float = 0.4) -> tuple[dict[str, Floats], Floats]:
    """Ratings of nights in which rooms are made up badly, and the direct effects that made them."""
    equations, m = PathRows.of(STAY), len(KEYS)
    direct = np.zeros((m + 1, m + 1))
    for target, sources in enumerate(equations.causes):
        direct[target, list(sources)] = slope
    own = 0.7 * np.random.default_rng(seed).normal(size=(n, m + 1))
    own[:, KEYS.index(WORST)] += arising
    values = 6 + np.linalg.solve(np.eye(m + 1) - direct, own.T).T
    return dict(zip([*KEYS, "overall"], values.T, strict=True)), direct


@pytest.fixture(scope="module")
def found() -> InternalCustomers:
    return internal_customers(STAY, made(400, 1)[0], expected=6, outcome="overall", rng=1, draws=400)


def test_gaps_are_paired_t_tests_with_holm(found: InternalCustomers) -> None:
    ratings = made(400, 1)[0]
    tests: list[Any] = [stats.ttest_1samp(ratings[key], 6) for key in KEYS]
    np.testing.assert_allclose([float(row.p) for row in found], [float(each.pvalue) for each in tests], rtol=1e-9)
    holm = np.array([float(row.p_holm) for row in found])
    np.testing.assert_allclose(holm, adjusted([float(each.pvalue) for each in tests]))
    ends = tests[0].confidence_interval(0.95)
    row = found[KEYS[0]]
    np.testing.assert_allclose([float(row.low), float(row.high)], [float(ends.low) - 6, float(ends.high) - 6])
    assert found[WORST].verdict is HandOverVerdict.BELOW
    assert found["cashier -> check_out"].verdict is HandOverVerdict.OPEN


def test_direct_effects_are_regressions(found: InternalCustomers) -> None:
    ratings = made(400, 1)[0]
    table = found.direct_effects()
    equations = PathRows.of(STAY)
    names = [*KEYS, "overall"]
    wanted = []
    for target, sources in enumerate(equations.causes):
        if sources:
            x = np.column_stack([ratings[names[each]] for each in sources])
            wanted += ols(ratings[names[target]], x, [names[each] for each in sources]).coefficients[1:].tolist()
    np.testing.assert_allclose(np.array(table["coefficient"], float), wanted, rtol=1e-9)


def test_effects_are_those_of_path_algebra_and_the_sum_of_all_routes(found: InternalCustomers) -> None:
    names = [*KEYS, "overall"]
    b = np.zeros((len(names), len(names)))
    table = found.direct_effects()
    for source, target, value in zip(table["source"], table["target"], table["coefficient"], strict=True):
        b[names.index(str(target)), names.index(str(source))] = value
    whole = np.linalg.inv(np.eye(len(names)) - b)
    np.testing.assert_allclose([float(row.effect) for row in found], whole[-1, :-1], rtol=1e-10)
    for row in found:
        assert sum(each.effect for each in found.routes(row.hand_over)) == pytest.approx(float(row.effect))
    assert [each.hand_overs for each in found.routes("waiter -> breakfast")] == [("waiter -> breakfast",)]


def test_losses_add_up_to_what_all_gaps_take(found: InternalCustomers) -> None:
    ratings = made(400, 1)[0]
    gaps = np.array([ratings[key].mean() - 6 for key in KEYS])
    last = [KEYS.index(each.key) for each in STAY.last]
    direct = ols(ratings["overall"], np.column_stack([ratings[KEYS[each]] for each in last]), [KEYS[e] for e in last])
    assert sum(float(row.loss) for row in found) == pytest.approx(float(direct.coefficients[1:] @ gaps[last]), rel=1e-9)
    for row in found:
        assert float(row.loss) == pytest.approx(float(row.effect) * float(row.arising))
        assert float(row.gain) == pytest.approx(-float(row.effect) * row.gap)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_the_law_of_losses_holds_for_any_coefficients(seed: int) -> None:
    rng = np.random.default_rng(seed)
    causes = PathRows.of(STAY).causes
    b = np.zeros((len(causes), len(causes)))
    for target, sources in enumerate(causes):
        b[target, list(sources)] = rng.normal(size=len(sources))
    gaps = rng.normal(size=len(causes) - 1)
    sums = losses(b, gaps)
    np.testing.assert_allclose(sums.effect, total_effects(b)[-1, :-1])
    assert sums.loss.sum() == pytest.approx(float(b[-1, :-1] @ gaps), abs=1e-10)


def test_the_costliest_hand_over_is_where_it_arises(found: InternalCustomers) -> None:
    costliest = found.costliest
    assert not isinstance(costliest, Inapplicable)
    assert costliest.hand_over == WORST
    assert float(costliest.costliest) > 0.99
    assert float(costliest.loss_low) < float(costliest.loss) < float(costliest.loss_high) < 0
    assert repr(found) == (
        f"<InternalCustomers of a night in a hotel: 1 of 14 hand-overs fall short; most is lost at {WORST}>"
    )


def test_a_hand_over_that_passes_a_fault_on_is_not_blamed() -> None:
    line = ServiceProcess.define(
        "line", {"customer": ["buy"], "onstage": ["b"], "backstage": ["a", "z"]}, "z->a->b->buy"
    )
    rng = np.random.default_rng(2)
    first = -2 + rng.normal(size=300)
    second = 0.9 * first + 0.3 * rng.normal(size=300)
    third = 0.9 * second + 0.3 * rng.normal(size=300)
    ratings = {"z -> a": first, "a -> b": second, "b -> buy": third, "sat": third + rng.normal(size=300)}
    found = internal_customers(line, ratings, expected=0, outcome="sat", rng=3, draws=200)
    assert all(row.verdict is HandOverVerdict.BELOW for row in found)
    assert found.costliest is found["z -> a"]
    assert float(found["z -> a"].loss) < 10 * float(found["b -> buy"].loss) - 0.5
    assert [row.visible for row in found] == [False, False, True]


def test_bootstrap_intervals_cover_and_are_reproducible() -> None:
    covered = []
    for seed in range(30):
        ratings, direct = made(150, 100 + seed)
        one = internal_customers(STAY, ratings, expected=6, outcome="overall", rng=seed, draws=200)
        truth = total_effects(direct)[-1, KEYS.index("system -> reception")]
        row = one["system -> reception"]
        covered.append(float(row.effect_low) < truth < float(row.effect_high))
    assert sum(covered) >= 24
    again = internal_customers(STAY, made(150, 129)[0], expected=6, outcome="overall", rng=29, draws=200)
    assert again.to_dict() == one.to_dict()


def test_without_an_outcome_there_are_gaps_alone_each_with_its_own_cases() -> None:
    desk = ServiceProcess.define("desk", {"customer": ["ask"], "onstage": ["clerk", "boss"]}, "ask -> clerk -> boss")
    frame = pd.DataFrame(
        {
            "clerk_of_ask": [4, 5, None, 4],
            "boss_of_clerk": [3, 3, 4, 2],
            "hope_clerk": [5, 6, 5, 5],
            "hope_boss": [3, 3, 3, 3],
        }
    )
    found = internal_customers(desk, frame, received="{target}_of_{source}", expected="hope_{target}")
    assert [row.n for row in found] == [3, 4]
    assert found["ask -> clerk"].gap == pytest.approx(-1)
    assert found["ask -> clerk"].p == Inapplicable("no variation: all answers compared are equal")
    assert found["clerk -> boss"].loss == NO_OUTCOME
    assert found.costliest == NO_OUTCOME
    assert "effect" not in found.to_table().columns
    assert len(found.direct_effects()) == 0


def test_cases_that_lack_a_rating_take_no_part_and_are_counted() -> None:
    ratings = made(200, 5)[0]
    ratings[WORST][:20] = np.nan
    found = internal_customers(STAY, ratings, expected=6, outcome="overall", rng=1, draws=50)
    assert {row.n for row in found} == {180}
    assert any("180 of 200 cases" in note for note in found.to_table().notes)


def test_tables_speak_two_languages_and_dictionaries_are_json(found: InternalCustomers) -> None:
    english, chinese = found.to_table(), found.to_table("zh")
    assert "falls short" in english["verdict"]
    assert "不足" in chinese["verdict"]
    assert chinese["label"][KEYS.index(WORST)] == "整理客房 → 入住客房"
    record = json.loads(json.dumps(found.to_dict()))
    assert len(record["columns"]["loss"]) == 14
    assert ServiceProcess.from_dict(record["process"]) == STAY


def test_a_step_that_nobody_rates_is_refused_with_all_else() -> None:
    ratings = {key: values for key, values in made(50, 1)[0].items() if key != WORST}
    with pytest.raises(ProcessError, match=rf"hand-over {WORST}: no column '{WORST}'; the receiving step 'stay' rates"):
        internal_customers(STAY, ratings, expected=6)
    with pytest.raises(ProcessError) as caught:
        internal_customers(STAY, ratings, expected={"book -> reception": 6.0}, outcome="overal")
    assert len(caught.value.problems) == 1 + 1 + len(KEYS) + 1


@pytest.mark.parametrize(
    ("change", "given", "said"),
    [
        ({}, {"expected": np.nan}, r"expected: nan for 'book -> reservations'; each hand-over has an expectation"),
        ({}, {"expected": dict.fromkeys(KEYS, 6) | {WORST: "6"}}, rf"expected: '6' for '{WORST}'; .* a finite number"),
        ({}, {"expected": None}, r"expected: None for 'book -> reservations'"),
        ({WORST: np.full(50, 4.0)}, {"outcome": "overall", "rng": 1}, rf"{WORST}: the same rating in all cases"),
        ({WORST: np.full(50, np.nan)}, {}, rf"{WORST}: no case with rating and expectation; two or more"),
        ({WORST: ["a"] * 50}, {}, rf"{WORST}: no numbers but 'a'"),
        ({}, {"rng": 1}, r"rng: given without an outcome"),
        (
            {"overall": np.r_[1.0, np.full(49, np.nan)]},
            {"outcome": "overall", "rng": 1},
            r"1 cases with every rating of 50",
        ),
    ],
)
def test_ratings_that_cannot_be_read_are_refused(
    change: dict[str, object], given: dict[str, object], said: str
) -> None:
    options: dict[str, object] = {"expected": 6, **given}
    with pytest.raises(ProcessError, match=said):
        internal_customers(STAY, made(50, 1)[0] | change, **options)  # type: ignore[arg-type]


def test_ratings_that_follow_from_each_other_are_refused() -> None:
    ratings = made(50, 1)[0]
    ratings["porter -> stay"] = ratings[WORST]
    with pytest.raises(ProcessError, match=r"causes of the outcome: one rating follows from the others"):
        internal_customers(STAY, ratings, expected=6, outcome="overall", rng=1)
    with pytest.raises(ProcessError, match=r"process: a str; it is a ServiceProcess"):
        internal_customers("hotel", ratings, expected=6)  # type: ignore[arg-type]
