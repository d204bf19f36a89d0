"""Intervals, resamples, weights and continuous positions: by a second route, and by laws."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual.satisfaction.delight.asking import kano
from servqual.satisfaction.delight.positions import DYSFUNCTIONAL_SCORES, FUNCTIONAL_SCORES
from servqual.satisfaction.delight.rows import KanoFeature
from servqual.satisfaction.delight.rules import KanoRules
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.words import Category, KanoAnswer
from servqual.statistics import Inapplicable, wilson_interval
from tests.satisfaction.kano_data import answers, of_letters, oracle

Z = 1.959963984540054


def numbers(row: KanoFeature) -> dict[str, float]:
    """All numbers of a row, NaN where there is none."""
    names = [name for name in dir(type(row)) if not name.startswith("_")]
    found = {name: getattr(row, name) for name in names if name not in {"segment", "feature"}}
    return {name: float(each) for name, each in found.items() if isinstance(each, float | Inapplicable)}


def same(one: KanoFeature, other: KanoFeature, *, but: tuple[str, ...] = (), rel: float = 1e-12) -> None:
    """Two rows say the same."""
    mine, theirs = numbers(one), numbers(other)
    assert mine.keys() == theirs.keys()
    for name in mine.keys() - set(but):
        assert mine[name] == pytest.approx(theirs[name], rel=rel, abs=1e-12, nan_ok=True), name
    assert (one.mode, one.majority, one.leading, one.position) == (
        other.mode,
        other.majority,
        other.leading,
        other.position,
    )


def test_scores_are_those_that_were_seen(shared: Path) -> None:
    rows = oracle(shared, "kano_continuous_scores_seen.csv")
    assert [row["answer"] for row in rows] == list(KanoAnswer)
    assert [float(row["functional_score"]) for row in rows] == list(FUNCTIONAL_SCORES)
    assert [float(row["dysfunctional_score"]) for row in rows] == list(DYSFUNCTIONAL_SCORES)


def test_positions_are_means_with_students_interval() -> None:
    functional, dysfunctional = [1, 1, 2, 3, 4], [5, 4, 5, 2, 3]
    row = kano(KanoStudy.from_arrays(np.c_[functional], np.c_[dysfunctional], features=["it"]))["it"]
    scores = np.array([4, 4, 2, 0, -1.0]), np.array([4, 2, 4, -1, 0.0])
    t = 2.7764451051977934  # Student's 97.5 % point on 4 degrees of freedom
    for name, values in zip(("functional", "dysfunctional"), scores, strict=True):
        error = values.std(ddof=1) / math.sqrt(5)
        found = [float(getattr(row, f"{name}{end}")) for end in ("", "_se", "_low", "_high")]
        assert found == pytest.approx([values.mean(), error, values.mean() - t * error, values.mean() + t * error])


@pytest.mark.parametrize(
    ("functional", "dysfunctional", "position"),
    [(1, 5, "O"), (1, 3, "A"), (3, 5, "M"), (3, 3, "I"), (5, 1, "R"), (1, 1, "Q"), (5, 5, "Q"), (4, 3, "I")],
)
def test_quadrants_name_positions(functional: int, dysfunctional: int, position: str) -> None:
    row = kano(KanoStudy.from_arrays([[functional]] * 2, [[dysfunctional]] * 2, features=["it"]))["it"]
    assert row.position is Category(position)
    assert str(row.functional_se) == "all answers are alike, so that no error can be told"


def test_the_cut_of_positions_is_a_rule() -> None:
    study = KanoStudy.from_arrays([[1], [3]], [[5], [3]], features=["it"])  # both means are 2
    assert kano(study)["it"].position is Category.ONE_DIMENSIONAL
    assert kano(study, rules=KanoRules(position=2.5))["it"].position is Category.INDIFFERENT


def test_categories_alone_have_no_positions() -> None:
    row = kano(KanoStudy.from_counts({"it": {"A": 3, "M": 1}}))["it"]
    assert str(row.functional) == "categories were counted, not answers"
    assert row.position is None
    table = np.zeros((5, 5), int)
    table[0, 4], table[2, 2] = 3, 2
    assert kano(KanoStudy.from_counts({"it": table}))["it"].functional == pytest.approx(2.4)


def test_delta_and_score_intervals() -> None:
    row = kano(of_letters("A" * 30 + "O" * 20 + "M" * 25 + "I" * 25 + "R" * 3 + "Q" * 2))["it"]
    error = math.sqrt(0.5 * 0.5 / 100)
    assert [float(row.better_se), float(row.better_low), float(row.better_high)] == pytest.approx(
        [error, 0.5 - Z * error, 0.5 + Z * error]
    )
    error = math.sqrt(0.45 * 0.55 / 100)
    assert [float(row.worse_se), float(row.worse_low), float(row.worse_high)] == pytest.approx(
        [error, -0.45 - Z * error, -0.45 + Z * error]
    )
    assert (row.better_score_low, row.better_score_high) == pytest.approx(wilson_interval(50, 100))
    assert (row.worse_score_high, row.worse_score_low) == pytest.approx([-each for each in wilson_interval(45, 100)])
    assert (row.total_strength_low, row.total_strength_high) == pytest.approx(wilson_interval(75, 105))


def test_where_all_are_alike_the_delta_method_says_that_it_has_no_width() -> None:
    row = kano(of_letters("A" * 10), rng=1)["it"]
    assert row.better == 1
    assert str(row.better_low) == "everybody or nobody is in it, where this interval has no width"
    assert (row.better_score_low, row.better_score_high) == pytest.approx(wilson_interval(10, 10))
    assert (row.worse, row.worse_score_high) == (0, 0)
    assert (row.better_boot_low, row.better_boot_high, row.stability) == (1, 1, 1)


def test_resamples_give_the_quantiles_of_the_binomial_they_are() -> None:
    # with 30 A and 20 I, 50 better is binomial: its quantiles are exact
    row = kano(of_letters("A" * 30 + "I" * 20), draws=40_000, rng=3)["it"]
    ways = np.array([math.comb(50, k) * 0.6**k * 0.4 ** (50 - k) for k in range(51)])
    reached = np.cumsum(ways)
    low, high = (int(np.searchsorted(reached, each)) / 50 for each in (0.025, 0.975))
    assert (row.better_boot_low, row.better_boot_high) == pytest.approx((low, high))
    more_than_half = 1 - reached[25] + ways[25]  # on a tie of 25 to 25, A comes before I
    assert row.stability == pytest.approx(more_than_half, abs=0.005)


def test_resamples_follow_from_the_seed_and_the_feature_alone() -> None:
    functional, dysfunctional = np.random.default_rng(2).integers(1, 6, (2, 60, 3))
    reading = kano(KanoStudy.from_arrays(functional, dysfunctional, features=["a", "b", "c"]), draws=300, rng=7)
    again = kano(
        KanoStudy.from_arrays(functional[:, [2, 0]], dysfunctional[:, [2, 0]], features=["c", "a"]), draws=300, rng=7
    )
    for name in ("a", "c"):
        same(reading[name], again[name])
    generator = np.random.default_rng(7)
    study = KanoStudy.from_arrays(functional, dysfunctional, features=["a", "b", "c"])
    same(kano(study, draws=300, rng=generator)["b"], reading["b"])
    other = kano(study, draws=300, rng=generator)["b"]
    assert other.better_boot_low != reading["b"].better_boot_low or other.stability != reading["b"].stability


def test_resamples_are_asked_for() -> None:
    row = kano(of_letters("AOMI"))["it"]
    assert str(row.better_boot_low) == str(row.stability) == "nothing was drawn: it needs a seed, as rng=1"
    assert isinstance(kano(of_letters("AOMI" * 9), rng=1)["it"].stability, float)


def test_resamples_without_anything_to_divide_by_are_told() -> None:
    row = kano(of_letters("RRRA"), rng=1)["it"]
    assert str(row.better_boot_low) == "some resamples have no answers to divide by"
    assert isinstance(row.stability, float)


rows_of_answers = st.lists(st.tuples(answers, answers, st.integers(0, 4)), min_size=3, max_size=12).filter(
    lambda rows: sum(times for *_, times in rows) > 2
)


@settings(max_examples=30)
@given(rows_of_answers)
def test_frequencies_are_repeated_rows(rows: list[tuple[int, int, int]]) -> None:
    functional, dysfunctional, times = np.array(rows).T
    weighted = KanoStudy.from_arrays(
        functional[:, None], dysfunctional[:, None], features=["it"], weights=times, weight_kind="frequency",
        importance=functional[:, None],
    )  # fmt: skip
    long = [np.repeat(each, times)[:, None] for each in (functional, dysfunctional)]
    repeated = KanoStudy.from_arrays(*long, features=["it"], importance=long[0])
    same(kano(weighted, draws=50, rng=5)["it"], kano(repeated, draws=50, rng=5)["it"])


@settings(max_examples=30)
@given(rows_of_answers, st.permutations(range(12)))
def test_the_order_of_respondents_does_not_matter(rows: list[tuple[int, int, int]], order: list[int]) -> None:
    functional, dysfunctional, _ = np.array(rows).T[:, :, None]
    place = [each for each in order if each < len(rows)]
    one, other = (
        KanoStudy.from_arrays(functional[each], dysfunctional[each], features=["it"]) for each in (slice(None), place)
    )
    same(kano(one, draws=50, rng=5)["it"], kano(other, draws=50, rng=5)["it"])


@settings(max_examples=30)
@given(rows_of_answers, st.floats(0.1, 10))
def test_equal_sampling_weights_of_any_size_change_nothing(rows: list[tuple[int, int, int]], weight: float) -> None:
    functional, dysfunctional, _ = np.array(rows).T[:, :, None]
    given = {"features": ["it"], "importance": functional}
    plain = KanoStudy.from_arrays(functional, dysfunctional, **given)
    weighted = KanoStudy.from_arrays(functional, dysfunctional, weights=np.full(len(rows), weight), **given)
    same(kano(plain)["it"], kano(weighted)["it"], rel=1e-7)


def weighted_study() -> tuple[KanoStudy, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    letters = rng.choice(list("AOMIRQ"), 80, p=[0.3, 0.2, 0.2, 0.2, 0.05, 0.05])
    weights = rng.uniform(0.2, 3, 80)
    return of_letters("".join(letters), weights=weights), letters, weights


def test_sampling_weights_weigh_shares_and_linearise_errors() -> None:
    study, letters, weights = weighted_study()
    row = kano(study)["it"]
    base = np.isin(letters, list("AOMI"))
    hit = np.isin(letters, list("AO"))
    better = (weights * hit).sum() / (weights * base).sum()
    error = np.sqrt((weights**2 * base * (hit - better) ** 2).sum()) / (weights * base).sum()
    assert [float(row.better), float(row.better_se)] == pytest.approx([better, error])
    worth = weights.sum() ** 2 / (weights**2).sum()
    assert row.worth == pytest.approx(worth)
    shares = np.array([(weights * (letters == each)).sum() for each in "AOMIRQ"]) / weights.sum()
    first, second = np.sort(shares)[:-3:-1] * worth
    assert row.fong_difference == pytest.approx(first - second)
    assert row.fong_bound == pytest.approx(
        1.65 * math.sqrt((first + second) * (2 * worth - first - second) / 2 / worth)
    )
    assert row.attractive == (letters == "A").sum()  # counts are of people
    assert row.total_strength_low == pytest.approx(wilson_interval(shares[:3].sum() * worth, worth)[0])


def test_weighted_resamples_agree_with_the_linearised_error() -> None:
    study, _, _ = weighted_study()
    row = kano(study, draws=4000, rng=9)["it"]
    half = float(row.better_boot_high) - float(row.better_boot_low)
    assert half == pytest.approx(2 * Z * float(row.better_se), rel=0.08)
    same(row, kano(study, draws=4000, rng=9)["it"])
    scaled = KanoStudy.from_arrays(*pairs_of(study), features=["it"], weights=7 * np.asarray(study.weights))
    same(row, kano(scaled, draws=4000, rng=9)["it"], rel=1e-7)


def pairs_of(study: KanoStudy) -> tuple[np.ndarray, np.ndarray]:
    """The answers of a study, 1 to 5, (respondents, features)."""
    pairs = np.asarray(study.pairs).T
    return pairs // 5 + 1, pairs % 5 + 1


def test_a_respondent_without_weight_takes_no_part() -> None:
    with_, without = of_letters("AOMIQ", weights=[1, 2, 1, 1, 0]), of_letters("AOMI", weights=[1, 2, 1, 1])
    same(kano(with_, draws=99, rng=1)["it"], kano(without, draws=99, rng=1)["it"], but=("better_boot_low",
         "better_boot_high", "worse_boot_low", "worse_boot_high", "stability"))  # fmt: skip


def test_missing_answers_leave_a_feature_and_no_other() -> None:
    functional = np.array([[1, 1], [1, 3], [np.nan, 1], [3, 1]])
    dysfunctional = np.array([[5, 5], [3, 5], [5, 3], [np.nan, 3]])
    reading = kano(KanoStudy.from_arrays(functional, dysfunctional, features=["a", "b"]))
    assert (reading["a"].n, reading["a"].missing) == (2, 2)
    assert (reading["b"].n, reading["b"].missing) == (4, 0)
    assert any("answer or both: 2, of a" in note.en for note in reading.told["features"].notes)


def test_importance_stands_beside_with_its_interval() -> None:
    ratings = np.array([[5.0], [4], [np.nan], [2]])
    row = kano(
        KanoStudy.from_arrays([[1]] * 4, np.array([[5], [5], [3], [np.nan]]), features=["it"], importance=ratings)
    )["it"]
    values = np.array([5, 4, 2.0])
    assert row.importance_n == 3  # also of those whose pair is not whole
    assert row.importance == pytest.approx(values.mean())
    assert row.importance_se == pytest.approx(values.std(ddof=1) / math.sqrt(3))
    assert str(kano(of_letters("A"))["it"].importance) == "importance was not asked"
    none = KanoStudy.from_arrays([[1]], [[5]], importance=[[np.nan]])
    assert str(kano(none)["1"].importance) == "nobody rated it"
    one = KanoStudy.from_arrays([[1]], [[5]], importance=[[3]])
    assert str(kano(one)["1"].importance_se) == "fewer than two ratings"


def test_weighted_importance_is_weighted() -> None:
    study = KanoStudy.from_arrays([[1]] * 3, [[5]] * 3, importance=[[1], [2], [5]], weights=[1, 1, 2])
    assert kano(study)["1"].importance == pytest.approx(13 / 4)


def test_what_rounding_leaves_of_no_variance_is_no_error() -> None:
    weights = np.full(3, 5.026221295374255)  # once gave an error of 6e-8
    study = KanoStudy.from_arrays([[5]] * 3, [[1]] * 3, importance=[[5]] * 3, weights=weights)
    row = kano(study)["1"]
    assert {str(row.importance_se), str(row.functional_se), str(row.dysfunctional_low)} == {
        "all answers are alike, so that no error can be told"
    }
