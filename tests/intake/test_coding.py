"""Answers become codes: the same ones whatever the type, the layout and the block, and every fault is reported."""

from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual.coding import CodeBook, Encoded, Faults, encode, encoding
from servqual.instruments import Scale
from tests.intake.panels import (
    LAYOUTS,
    RULERS,
    TYPES,
    Array,
    Panel,
    Ruler,
    answers_of,
    found_one_by_one,
    panels,
    values,
)

each_ruler = pytest.mark.parametrize("ruler", RULERS.values(), ids=RULERS)
each_type = pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
each_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)


def encoded(panel: Panel) -> Encoded:
    return encode(panel.columns, panel.ruler.scale, missing=panel.missing, reverse=panel.reverse)


def check(result: Encoded, panel: Panel) -> None:
    expected = [found_one_by_one(column, panel, item) for item, column in enumerate(panel.columns)]
    answers = answers_of(result.codes, panel.ruler)
    assert result.codes.dtype == panel.ruler.stored
    faulty = {item: (each.faults, each.first) for item, each in enumerate(expected) if each.faults}
    assert {item: (each.count, each.first) for item, each in result.faults.items()} == faulty
    for item, each in enumerate(expected):
        if not each.faults:
            np.testing.assert_array_equal(answers[item], each.answers)
            assert result.has_missing[item] == np.isnan(each.answers).any()


@settings(max_examples=400, deadline=None)
@given(panel=panels(), block=st.sampled_from([1, 3, 4, 2048]))
def test_codes_and_faults_are_those_found_one_by_one(panel: Panel, block: int) -> None:
    with mock.patch.object(encoding, "BLOCK", block):
        check(encoded(panel), panel)


@settings(max_examples=100, deadline=None)
@given(panel=panels())
def test_what_is_given_is_not_written_to(panel: Panel) -> None:
    before = [column.tobytes() for column in panel.columns]
    for column in panel.columns:
        column.flags.writeable = False
    result = encoded(panel)
    assert [column.tobytes() for column in panel.columns] == before
    assert not any(np.shares_memory(result.codes, column) for column in panel.columns)


def tall(ruler: Ruler, kind: type[Any], rows: int) -> Array:
    """Four columns of answers on the scale, one of each five missing where the type allows it."""
    pool = [value for value in values(ruler, kind) if ruler.holds(value)]
    rng = np.random.default_rng(rows)
    matrix = np.array(pool, kind)[rng.integers(0, len(pool), (rows, 4))]
    if np.dtype(kind).kind == "f":
        matrix[rng.random(matrix.shape) < 0.2] = np.nan
    return matrix


@each_layout
@pytest.mark.parametrize("rows", [1, 511, 512, 513, 2047, 2048, 2049, 5000])
@pytest.mark.parametrize("name", ["likert 7", "-3..3", "percent"])
def test_blocks_leave_no_seams(layout: Any, rows: int, name: str) -> None:
    ruler = RULERS[name]
    panel = Panel(ruler, layout(tall(ruler, np.float32, rows)), (), np.array([False, True, False, True]))
    with mock.patch.object(
        encoding, "BLOCK", 2048
    ):  # rows of one column, a quarter of them where four lie side by side
        check(encoded(panel), panel)


@each_layout
@pytest.mark.parametrize("rows", [encoding.BLOCK // 4 + 1, encoding.BLOCK - 1, encoding.BLOCK, encoding.BLOCK + 1])
def test_blocks_of_full_size_leave_no_seams(layout: Any, rows: int) -> None:
    matrix = np.random.default_rng(rows).integers(1, 8, (rows, 4))
    result = encode(layout(matrix), Scale.likert(7), missing=(7,), reverse=np.array([False, True, False, True]))
    expected = np.where(matrix == 7, -128, np.where([False, True, False, True], 8 - matrix, matrix))
    np.testing.assert_array_equal(result.codes, expected.T)
    assert result.faults == {}


@each_layout
@pytest.mark.parametrize("rows", [512, 513, 2048, 2049, 5000])
def test_faults_are_counted_over_all_blocks_and_the_first_rows_named(layout: Any, rows: int) -> None:
    matrix = np.full((rows, 4), 4, np.int64)
    matrix[[0, 511, rows - 2, rows - 1], 1] = [8, -1, 77, 9]
    wrong = [(row, int(matrix[row, 1])) for row in range(rows) if matrix[row, 1] != 4]
    with mock.patch.object(encoding, "BLOCK", 2048):
        faults = encode(layout(matrix), Scale.likert(7)).faults
    assert set(faults) == {1}
    assert (faults[1].count, faults[1].first) == (len(wrong), wrong[:3])


@each_ruler
@each_type
def test_every_scale_takes_answers_of_every_type(ruler: Ruler, kind: type[Any]) -> None:
    matrix = tall(ruler, kind, 40)
    for layout in LAYOUTS:
        panel = Panel(ruler, layout(matrix), (), np.array([False, True, False, True]))
        result = encoded(panel)
        assert result.faults == {}
        check(result, panel)


@each_ruler
def test_a_scale_is_stored_as_narrowly_as_it_can_be(ruler: Ruler) -> None:
    book = CodeBook.of(ruler.scale)
    assert (book.dtype, book.offset) == (np.dtype(ruler.stored), ruler.offset)
    if book.is_integer:
        assert book.missing == np.iinfo(ruler.stored).min
        assert (book.low + ruler.offset, book.high + ruler.offset) == (ruler.scale.low, ruler.scale.high)
    else:
        assert np.isnan(book.missing)


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.uint32, np.uint64])
def test_columns_without_a_sign_are_read_on_a_scale_below_zero(kind: type[Any]) -> None:
    result = encode([np.array([0, 3, 200], kind)], Scale.encounter())
    assert result.codes[0, :2].tolist() == [3, 6]
    assert result.faults[0].first == [(2, 200)]


def test_columns_too_narrow_for_the_offset_are_read() -> None:
    result = encode([np.array([-100, 0, 127], np.int8)], Scale(-200, 200))
    assert result.codes.tolist() == [[100, 200, 327]]


def test_truth_values_are_zero_and_one() -> None:
    result = encode([np.array([True, False]), np.array([1.0, np.nan])], Scale.yes_no(), reverse=np.array([True, True]))
    assert result.codes.tolist() == [[0, 1], [0, -128]]
    assert result.has_missing.tolist() == [False, True]


def test_missing_codes_may_lie_on_the_scale() -> None:
    result = encode([np.array([7, 1, 9, 99])], Scale.likert(7), missing=(7, 9, 99), reverse=np.array([True]))
    assert result.codes.tolist() == [[-128, 7, -128, -128]]
    assert result.faults == {}


@pytest.mark.parametrize(
    ("column", "count", "first"),
    [
        (np.array([8, 4, 0, -1, 12]), 4, [(0, 8), (2, 0), (3, -1)]),
        (np.array([4, 2.5, np.inf, -np.inf]), 3, [(1, 2.5), (2, np.inf), (3, -np.inf)]),
        (np.array([4, np.nan, 6.0001]), 1, [(2, 6.0001)]),
        (np.array([2**62, 1, -(2**63)]), 2, [(0, 2**62), (2, -(2**63))]),
        (np.array([2**64 - 1, 1], np.uint64), 1, [(0, 2**64 - 1)]),
        (np.array([4 + 256, 4 - 256, 4 + 65536]), 3, [(0, 260), (1, -252), (2, 65540)]),
        (np.array([1e30, -1e300, 5]), 2, [(0, 1e30), (1, -1e300)]),
        (np.array([1e10, 2.5], np.float32), 2, [(0, 1e10), (1, 2.5)]),
    ],
)
def test_what_is_off_the_scale_is_reported_exactly(column: Array, count: int, first: list[tuple[int, float]]) -> None:
    found = encode([np.full_like(column, 4), column], Scale.likert(7)).faults
    assert set(found) == {1}
    assert (found[1].count, found[1].first) == (count, first)


@pytest.mark.parametrize(
    ("column", "scale", "sentences"),
    [
        (np.array([9, 4]), Scale.likert(7), ("1 answer off the scale: row 0 = 9; ", "whole numbers in 1..7", "(9,)")),
        (np.array([8, 9, 4, 9, 9]), Scale.likert(7), ("4 answers off the scale: row 0 = 8, row 1 = 9, row 3 = 9, …",)),
        (np.array([9_999_999]), Scale.likert(7), ("row 0 = 9999999;", "pass missing=(9999999,)")),
        (np.array([15, 20]), Scale(0, 100, step=10), ("row 0 = 15;", "steps of 10 in 0..100", "round such answers")),
        (np.array([2.1], np.float32), Scale.likert(7), ("row 0 = 2.1;", "step=None")),
        (np.array([100.5]), Scale.percent(), ("row 0 = 100.5;", "real numbers in 0..100", "missing=(100.5,)")),
        (np.array([np.inf]), Scale.percent(), ("row 0 = inf;", "leave blank what was not answered")),
        (np.array([-(2**31)], np.int32), Scale.likert(7), ("row 0 = -2147483648;", "NaN becomes", "as floats")),
        (np.array([-(2**63)]), Scale.likert(7), ("row 0 = -9223372036854775808;", "NaN becomes")),
        (np.array([-(2.0**31)], np.float32), Scale.likert(7), ("row 0 = -2147483648;", "NaN becomes")),
    ],
)  # fmt: skip
def test_a_fault_says_place_value_rule_and_remedy(column: Array, scale: Scale, sentences: tuple[str, ...]) -> None:
    text = str(encode([column], scale).faults[0].problem("column a", scale))
    assert text.startswith("column a: ")
    for sentence in sentences:
        assert sentence in text


def test_a_row_may_have_a_name() -> None:
    faults = Faults(1, [(1, 9)])
    assert "ann = 9" in str(faults.problem("column a", Scale.likert(7), ["bob", "ann"].__getitem__))
