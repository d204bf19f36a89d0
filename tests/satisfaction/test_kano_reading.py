"""Categories, coefficients, strengths and tests: published numbers, and what follows from counts by hand."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual.satisfaction.delight.asking import kano
from servqual.satisfaction.delight.rows import KanoFeature
from servqual.satisfaction.delight.rules import KanoRules
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.tables import EvaluationTable
from servqual.satisfaction.delight.words import Category
from servqual.statistics import Inapplicable
from tests.satisfaction.kano_data import PUBLISHED, kiosk, letters_of, of_letters, oracle, tables

A, O, M, I, R, Q = Category  # noqa: E741 - the letters of the field

# Better, worse, total and category strength in percent, Fong's bound: computed from the published counts.
COMPUTED = {
    "edge grip": (0.4, -0.83, 90.0, 17.0, 11.4974),
    "ease of turn": (0.57, -0.77, 88.0, 15.0, 11.3545),
    "service": (0.88, -0.25, 91.0, 44.0, 11.583),
    "bonus program": (0.485714, -0.123214, 46.9522, 9.7199, 28.2153),
    "smart mirror": (0.490942, -0.085145, 45.4695, 7.743, 28.3363),
    "wifi": (0.459075, -0.208185, 50.0824, 11.6969, 27.7024),
}


def of_counts(rules: KanoRules | None = None, **counts: Any) -> KanoFeature:
    return kano(KanoStudy.from_counts({"it": counts}), rules=rules)["it"]


@pytest.mark.parametrize("name", COMPUTED)
def test_published_counts_give_published_numbers(name: str) -> None:
    row = kano(KanoStudy.from_counts(PUBLISHED))[name]
    found = (row.better, row.worse, 100 * float(row.total_strength), 100 * float(row.category_strength), row.fong_bound)
    assert found == pytest.approx(COMPUTED[name], abs=6e-5)
    assert row.clear is True


def test_coefficients_are_those_that_were_seen(shared: Path) -> None:
    letters = "AOMIRQ"
    rows = oracle(shared, "kano_coefficients_seen.csv")
    counts = {row["attribute"]: {each: int(row[each] or 0) for each in letters} for row in rows}
    reading = kano(KanoStudy.from_counts(counts))
    for row in rows:
        found = reading[row["attribute"]]
        # three rows print what rounded percentages do not give; the tolerances are those of the notes
        printed = 0.011 if row["note"].startswith("percent") else 5.1e-4
        assert float(found.better) == pytest.approx(float(row["better_published"]), abs=printed)
        assert float(found.worse) == pytest.approx(float(row["worse_published"]), abs=printed)
        assert float(found.better) == pytest.approx(float(row["better_computed"]), abs=6e-7)
        assert float(found.worse) == pytest.approx(float(row["worse_computed"]), abs=6e-7)
        assert 100 * float(found.total_strength) == pytest.approx(float(row["total_strength_pct"]), abs=6e-5)
        assert 100 * float(found.category_strength) == pytest.approx(float(row["category_strength_pct"]), abs=6e-5)
        assert found.fong_difference == pytest.approx(float(row["fong_abs_diff"]))
        assert found.fong_bound == pytest.approx(float(row["fong_threshold_1_65"]), abs=6e-5)
        assert found.clear is (row["fong_significant"] == "True")


@pytest.mark.parametrize(
    ("feature", "counts"),
    [
        ("01", "M 87 O 51 A 39 I 16 Q 1"),
        ("04", "I 97 A 80 O 9 M 5 R 3"),
        ("27", "A 152 O 21 I 16 M 5"),
        ("20", "A 118 O 35 M 22 I 18 R 1"),
    ],
)
def test_the_kiosks_are_counted_as_their_authors_did(shared: Path, feature: str, counts: str) -> None:
    row = kano(kiosk(shared))[feature]
    words = counts.split()
    wanted = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    found = {each.letter: float(getattr(row, each.value)) for each in Category}
    assert found == {letter: wanted.get(letter, 0) for letter in "AOMIRQ"}
    assert row.mode is Category(words[0])
    assert (row.n, row.missing) == (194, 0)


@pytest.mark.parametrize(
    ("counts", "mode", "tied"),
    [
        ({"A": 3, "O": 3, "M": 3, "I": 3}, M, (M, O, A, I)),
        ({"A": 3, "O": 3, "M": 2, "I": 3}, O, (O, A, I)),
        ({"A": 3, "O": 2, "M": 2, "I": 3}, A, (A, I)),
        ({"I": 3, "R": 3, "Q": 3}, I, (I, R, Q)),
        ({"R": 3, "Q": 3}, R, (R, Q)),
        ({"A": 1, "O": 2}, O, ()),
    ],
)
def test_of_equally_frequent_categories_the_graver_one_is_the_mode(
    counts: dict[str, Any], mode: Category, tied: tuple[Category, ...]
) -> None:
    row = of_counts(**counts)
    assert row.mode is mode
    assert row.tied == tied


@pytest.mark.parametrize(
    ("counts", "majority"),
    [
        ({"A": 20, "O": 19, "M": 18, "I": 43}, A),  # 57 that matter against 43, though I is the mode
        ({"A": 10, "O": 20, "M": 10, "I": 30, "R": 5, "Q": 5}, I),  # 40 against 40: not more
        ({"A": 10, "O": 10, "M": 1, "I": 10, "R": 5, "Q": 5}, O),
        ({"A": 1, "R": 4, "I": 3}, R),
    ],
)
def test_the_rule_of_a_o_m_looks_at_what_matters_together(counts: dict[str, Any], majority: Category) -> None:
    assert of_counts(**counts).majority is majority


def test_no_category_leads_where_two_are_close() -> None:
    close, apart = of_counts(A=30, O=35, M=25, I=10), of_counts(A=29, O=35, M=26, I=10)
    assert close.category_strength == pytest.approx(0.05)
    assert close.leading == (O, A)
    assert close.combined
    assert apart.leading == (O,)  # 6 % is enough
    assert apart.category_strength == pytest.approx(0.06)
    assert of_counts(A=34, O=35, M=31).leading == (O, A, M)
    assert of_counts(A=34, O=35, M=31, rules=KanoRules(strength=0.02)).leading == (O, A)


def test_fong_may_decide_who_leads() -> None:
    rules = KanoRules(leader="fong")
    # a + b = n: the bound is 1.65 √(n / 2) = 11.67
    assert of_counts(A=56, O=44, rules=rules).leading == (A,)
    assert of_counts(A=55, O=45, rules=rules).leading == (A, O)
    assert of_counts(A=56, O=44).fong_bound == pytest.approx(1.65 * math.sqrt(50))
    assert of_counts(A=55, O=45).clear is False
    row = of_counts(A=40, O=38, M=22, rules=KanoRules(leader="fong", fong=1.0))
    assert row.fong_bound == pytest.approx(math.sqrt(78 * 122 / 200))
    assert row.leading == (A, O)


def test_the_p_of_fong_is_normal_and_two_sided() -> None:
    row = of_counts(A=56, O=44)
    z = float(row.fong_difference) / math.sqrt(50)
    assert row.fong_p == pytest.approx(math.erfc(z / math.sqrt(2)))


def test_total_strength_matters_from_its_cut_on() -> None:
    assert of_counts(A=20, O=20, M=20, I=40).matters is True
    assert of_counts(A=20, O=20, M=19, I=41).matters is False
    assert of_counts(A=20, O=20, M=19, I=41, rules=KanoRules(total=0.5)).matters is True


@given(st.lists(st.integers(0, 30), min_size=6, max_size=6).filter(lambda each: sum(each[:4]) > 0))
def test_coefficients_follow_from_counts(counts: list[int]) -> None:
    a, o, m, i, r, q = counts
    row = of_counts(A=a, O=o, M=m, I=i, R=r, Q=q)
    base, n = a + o + m + i, sum(counts)
    assert row.better == pytest.approx((a + o) / base)
    assert row.worse == pytest.approx(-(o + m) / base)
    assert row.total_strength == pytest.approx((a + o + m) / n)
    first, second = sorted(counts)[:-3:-1]
    assert row.category_strength == pytest.approx((first - second) / n)
    assert row.fong_bound == pytest.approx(1.65 * math.sqrt((first + second) * (2 * n - first - second) / (2 * n)))
    assert row.clear is (first - second >= float(row.fong_bound) - 1e-12)
    assert 0 <= float(row.better) <= 1
    assert -1 <= float(row.worse) <= 0


@given(tables)
def test_exchanging_both_questions_changes_what_matters_into_reverse(table: np.ndarray) -> None:
    there, back = (kano(KanoStudy.from_counts({"it": each}))["it"] for each in (table, table.T))
    matter = float(there.attractive) + float(there.one_dimensional) + float(there.must_be)
    turned = float(back.attractive) + float(back.one_dimensional) + float(back.must_be)
    assert back.reverse == matter
    assert turned == there.reverse
    assert (back.indifferent, back.questionable) == (there.indifferent, there.questionable)
    assert kano(KanoStudy.from_counts({"it": table}), table=EvaluationTable.standard().transposed())[
        "it"
    ].reverse == pytest.approx(matter)


def test_the_variant_table_moves_two_cells() -> None:
    study = KanoStudy.from_arrays([[2], [4], [2], [3]], [[2], [4], [3], [3]], features=["it"])
    standard, variant = kano(study)["it"], kano(study, table=EvaluationTable.pouliot())["it"]
    assert (standard.indifferent, standard.questionable) == (4, 0)
    assert (variant.indifferent, variant.questionable) == (2, 2)


def test_where_there_is_nothing_to_divide_by_there_is_a_reason() -> None:
    row = of_counts(R=3, Q=2)
    assert isinstance(row.better, Inapplicable)
    assert row.better.reason == "nobody's answers are attractive, one-dimensional, must-be or indifferent"
    assert row.mode is R
    study = KanoStudy.from_arrays([[1, 1], [1, 2]], [[5, np.nan], [5, np.nan]], features=["a", "b"])
    silent = kano(study, rng=1)["b"]
    assert (silent.n, silent.missing, silent.mode, silent.leading, silent.position) == (0, 2, None, (), None)
    assert {str(getattr(silent, name)) for name in ("better", "fong_p", "functional", "stability")} == {
        "nobody answered both questions"
    }
    assert silent.clear is None
    assert repr(silent) == "<KanoFeature b: no pair of answers>"


def test_letters_are_counted() -> None:
    row = kano(of_letters(letters_of(PUBLISHED["edge grip"])))["it"]
    assert [float(getattr(row, each)) for each in Category] == [7, 33, 50, 10, 0, 0]
    assert (row.better, row.worse) == pytest.approx((0.4, -0.83))


def test_what_the_guide_tells_of_kiosks(shared: Path) -> None:
    reading = kano(kiosk(shared), rng=1)
    modes = [row.mode for row in reading]
    assert [modes.count(each) for each in (A, O, M, I)] == [10, 6, 9, 4]
    assert sum(row.combined for row in reading) == 7
    assert [round(float(getattr(reading["27"], name)), 2) for name in ("better", "worse")] == [0.89, -0.13]
    assert round(float(reading["01"].worse), 3) == -0.715
    paying = reading["05"]
    assert (paying.indifferent, paying.attractive) == (83, 82)
    assert (paying.mode, paying.majority) == (I, A)
    assert round(float(paying.category_strength), 3) == 0.005
    assert 0.45 < float(paying.stability) < 0.6
