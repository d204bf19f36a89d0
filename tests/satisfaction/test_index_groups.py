"""Groups of an index compared by permutation."""

import json
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.indices.group_results import IndexGroupComparison
from servqual.satisfaction.indices.groups import compare_index_groups
from servqual.satisfaction.indices.quantities import QuantityKind
from servqual.statistics import Inapplicable, adjusted
from tests.satisfaction.index_data import SEVEN, SMALL, answers, codes, said, survey

HALF = np.arange(80) % 2
FIT = fit_index(SMALL, answers(), scale=SEVEN)


def compared(by: Any = HALF, draws: int = 40, **options: Any) -> IndexGroupComparison:
    return compare_index_groups(FIT, answers(), by, draws=draws, rng=3, **options)


def test_differences_and_their_p_are_those_of_fits_of_shuffled_rows() -> None:
    found, rows = compared(draws=25), codes()
    own = [fit_index(SMALL, rows[code == HALF], scale=SEVEN) for code in (0, 1)]
    generator = np.random.default_rng(3)
    drawn = []
    for _ in range(25):
        labels = generator.permutation(HALF)
        drawn.append([fit_index(SMALL, rows[labels == code], scale=SEVEN) for code in (0, 1)])
    for path in SMALL.paths:
        row = found.of("path", *path)
        difference = own[0].path(*path) - own[1].path(*path)
        random = [one.path(*path) - other.path(*path) for one, other in drawn]
        assert float(row.difference) == pytest.approx(difference, abs=1e-9)
        assert row.p == (1 + sum(abs(each) >= abs(difference) for each in random)) / 26
    for name in SMALL.names:
        row = found.of("index", name)
        values = [each.index(name) for each in own]
        assert (row.estimate, row.other) == pytest.approx(values, abs=1e-9)
        random = [float(one.index(name)) - float(other.index(name)) for one, other in drawn]
        limit = abs(float(values[0]) - float(values[1]))
        assert row.p == (1 + sum(abs(each) >= limit - 1e-9 for each in random)) / 26


def test_p_values_are_adjusted_within_their_kind() -> None:
    found = compared()
    for kind in QuantityKind:
        rows = [row for row in found.rows if row.quantity.kind is kind]
        expected = adjusted([float(row.p) for row in rows])
        np.testing.assert_allclose([float(row.p_adjusted) for row in rows], expected)
    assert compared(adjust="bh").adjust == "bh"


def test_groups_that_are_made_to_differ_are_found_and_their_index_with_them() -> None:
    frame = answers(800)
    half = np.arange(800) % 2
    # in the second half, loyalty has nothing to do with the rest, and everybody is served better
    rng = np.random.default_rng(1)
    frame.loc[half == 1, ["again", "advise"]] = (
        frame.loc[half == 1, ["again", "advise"]].sample(frac=1, random_state=1).to_numpy()
    )
    frame.loc[half == 1, ["quick", "kind", "able"]] = (frame.loc[half == 1, ["quick", "kind", "able"]] + 1).clip(1, 7)
    fit = fit_index(SMALL, frame, scale=SEVEN)
    found = compare_index_groups(fit, frame, half, draws=199, rng=rng)
    assert float(found.of("total_effect", "service", "loyalty").p) <= 0.05
    assert found.of("index", "service").p == 1 / 200
    assert float(found.of("index", "service").difference) < -8


@settings(max_examples=15)
@given(seed=st.integers(0, 1000))
def test_which_group_comes_first_only_turns_the_sign(seed: int) -> None:
    by = np.random.default_rng(seed).integers(0, 2, 80)
    one, other = (
        compare_index_groups(FIT, answers(), labels, draws=5, rng=1) for labels in (by, np.array(["z", "a"])[by])
    )
    for row in one.rows:
        each = other.of(row.quantity.kind, row.quantity.source, row.quantity.target)
        assert float(each.difference) == pytest.approx(-float(row.difference), abs=1e-9)


def test_three_groups_have_pairs_and_a_test_of_all() -> None:
    by = np.arange(80) % 3
    found = compared(np.array(["a", "b", "c"])[by])
    assert [each.rows.n for each in found.fits] == [27, 27, 26]
    assert {(row.first, row.second) for row in found.rows} == {("a", "b"), ("a", "c"), ("b", "c")}
    assert len(found.among_all("en")) == 3
    row = found.of("path", "service", "value", pair=("b", "c"))
    expected = found.fits[1].path("service", "value") - found.fits[2].path("service", "value")
    assert float(row.difference) == expected
    whole = next(each for each in found.overall if each.quantity == row.quantity)
    assert 1 / 41 <= float(whole.p) <= 1
    message = "pair: None; it is one of the pairs compared. Hint: ('a', 'b'), ('a', 'c'), ('b', 'c')"
    assert said(lambda: found.of("path", "service", "value")) == [message]
    assert said(lambda: found.of("path", "value", "servic"))[0].startswith("path: value servic; the model has no such")
    assert len(compared().among_all()) == 0


def test_invariance_of_weights() -> None:
    found = compared()
    table = found.invariances("zh")
    assert table["construct"] == SMALL.names
    rows, fits = codes().astype(float), found.fits
    for place, (name, start) in enumerate(zip(SMALL.names, (0, 3, 5), strict=True)):
        part = slice(start, start + len(SMALL.constructs[place].indicators))
        scores = [rows[:, part] @ fit.numbers.raw[part] for fit in fits]
        assert table["correlation"][place] == pytest.approx(np.asarray(np.corrcoef(scores))[0, 1], abs=1e-9)
        assert name == table["construct"][place]
    assert all(1 / 41 <= float(str(p)) <= 1 for p in table["p"])


def test_those_without_a_label_are_left_out_and_told() -> None:
    by = [None] * 5 + ["b" if each else "a" for each in HALF[5:]]
    found = compared(by)
    assert found.unlabelled == 5
    assert "5 respondents without a label are left out" in found.to_table().notes
    assert "5 名没有组别的受访者已剔除" in found.to_table("zh").notes
    assert found.units == 75


def test_weights_frequencies_and_clusters() -> None:
    shop = np.arange(80) // 4
    frame = answers().assign(w=np.arange(80) % 3 + 1.0, shop=shop, region=np.where(shop % 2, "east", "west"))
    given = survey(frame, weights="w", cluster="shop", groups=["region"])
    fit = fit_index(SMALL, given)
    one = compare_index_groups(fit, given, "region", draws=10, rng=1)
    options: dict[str, Any] = {"draws": 10, "rng": 1, "weights": "w", "cluster": "shop"}
    other = compare_index_groups(fit, frame, "region", **options)
    assert [row.p for row in one.rows] == [row.p for row in other.rows]
    assert repr(one) == "<IndexGroupComparison: east, west; 10 permutations of 20 clusters>"
    many = np.arange(80) % 3
    counted = fit_index(SMALL, answers(), weights=many, weight_kind="frequency")
    repeated = answers().loc[answers().index.repeat(many)]
    told = compare_index_groups(counted, answers(), HALF, draws=10, rng=1, weights=many, weight_kind="frequency")
    rows = compare_index_groups(fit_index(SMALL, repeated), repeated, np.repeat(HALF, many), draws=10, rng=1)
    assert [float(row.p) for row in told.rows] == [float(row.p) for row in rows.rows]


def test_permutations_without_an_estimate_are_counted() -> None:
    frame = answers()
    frame["kind"] = 4
    frame.loc[[0, 1], "kind"] = 5
    fit = fit_index(SMALL, frame, scale=SEVEN)
    found = compare_index_groups(fit, frame, HALF, draws=60, rng=1)
    ((state, lost),) = found.failures
    assert state.name == "NO_VARIANCE"
    assert 10 < lost < 50
    assert {row.permutations for row in found.rows if row.quantity.kind is QuantityKind.PATH} == {60 - lost}
    # weights that do not add up to more than 0 in a group make no index there
    none = found.of("index", "service")
    assert none.p == Inapplicable("a group has no such number")
    assert none.p_adjusted == none.difference == none.p
    assert any(
        note.startswith(f"{lost} permutations without an estimate are left out") for note in found.to_table().notes
    )


@pytest.mark.parametrize("kind", list(QuantityKind))
def test_each_kind_has_a_table_in_both_languages(kind: QuantityKind) -> None:
    found = compared(draws=5)
    table = found.to_table("zh", kind=kind)
    assert table.title == f"按 group 分组比较：{kind.label.zh}"
    # the names of value and loyalty are their keys
    assert ("label" in table.columns) == (kind is not QuantityKind.R2)
    assert len(table) == sum(row.quantity.kind is kind for row in found.rows)
    assert found.to_table(kind=kind).notes[0].startswith("5 permutations of 80 respondents; respondents: 0 40, 1 40;")


def test_faces_of_a_comparison() -> None:
    found = compared(draws=5)
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert record["adjust"] == "holm"
    assert len(found.to_frame()) == len(found)
    assert "<table>" in found._repr_html_()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own bytes
    assert again.rows == found.rows
    assert repr(found.rows[0]).startswith("<path service value, 0 − 1: ")
