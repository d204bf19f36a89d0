"""Groups of rows, and rows that are kept."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings, strategies as st

from servqual._frames import BACKENDS, build, factorised, kept, numbers, opened
from servqual.errors import SurveyError

NAN = float("nan")


def groups(frame: Any) -> tuple[list[int], tuple[Any, ...]]:
    codes, labels = factorised(opened(frame), "a")
    assert codes.dtype == np.int32
    assert all(type(label) in {str, int, float, bool, type(None)} for label in labels)
    return codes.tolist(), labels


@pytest.mark.parametrize(
    ("values", "codes", "labels"),
    [
        (["south", "north", "south"], [1, 0, 1], ("north", "south")),
        (["上海", None, "北京"], [0, 2, 1], ("上海", "北京", None)),
        ([10, 9, 10], [1, 0, 1], (9, 10)),
        ([10, None, 9], [1, 2, 0], (9, 10, None)),
        ([0.5, None, 0.25], [1, 2, 0], (0.25, 0.5, None)),
        ([2.0, NAN, 1.0], [1, 2, 0], (1, 2, None)),
        ([2.5, 1.0], [1, 0], (1.0, 2.5)),
        ([True, False, True], [1, 0, 1], (False, True)),
        ([True, None, False], [1, 2, 0], (False, True, None)),
        ([date(2024, 5, 1), None, date(2023, 1, 1)], [1, 2, 0], ("2023-01-01", "2024-05-01", None)),
        ([datetime(2024, 5, 1), datetime(2023, 1, 1)], [1, 0], ("2023-01-01", "2024-05-01")),  # noqa: DTZ001
        ([datetime(2024, 5, 1, 8), datetime(2024, 5, 1)], [1, 0], ("2024-05-01T00:00:00", "2024-05-01T08:00:00")),  # noqa: DTZ001
        ([time(9, 30), time(8)], [1, 0], ("08:00:00", "09:30:00")),
        ([Decimal("1.50"), Decimal("0.50")], [1, 0], (0.5, 1.5)),
        ([Decimal("2.00"), None], [0, 1], (2, None)),
        ([None, None], [0, 0], (None,)),
        ([], [], ()),
    ],
)
def test_labels_are_plain_sorted_and_the_same_in_every_library(
    backend: str, values: list[Any], codes: list[int], labels: tuple[Any, ...]
) -> None:
    found = groups(build({"a": values}, backend))
    assert found == (codes, labels)
    assert list(map(type, found[1])) == list(map(type, labels))


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": pd.Categorical(["low", None, "high"], ["unused", "low", "high"])}),
        pl.DataFrame({"a": pl.Series(["low", None, "high"], dtype=pl.Categorical)}),
        pl.DataFrame({"a": pl.Series(["low", None, "high"], dtype=pl.Enum(["unused", "low", "high"]))}),
        pa.table({"a": pa.DictionaryArray.from_arrays([1, None, 2], ["unused", "low", "high"])}),
    ],
)
def test_categories_are_groups_if_somebody_is_in_them(frame: Any) -> None:
    assert groups(frame) == ([1, 2, 0], ("high", "low", None))


def test_numbered_categories_keep_their_numbers() -> None:
    assert groups(pd.DataFrame({"a": pd.Categorical([10, None, 9])})) == ([1, 2, 0], (9, 10, None))
    table = pa.table({"a": pa.array([10, None, 9]).dictionary_encode()})
    assert groups(table) == ([1, 2, 0], (9, 10, None))


def test_chunks_share_their_labels() -> None:
    chunks = [pa.array(["a", "b"]).dictionary_encode(), pa.array(["c", "b"]).dictionary_encode()]
    assert groups(pa.table({"a": pa.chunked_array(chunks)})) == ([0, 1, 2, 1], ("a", "b", "c"))
    assert groups(pa.table({"a": pa.chunked_array([["b"], [], ["a", "b"]])})) == ([1, 0, 1], ("a", "b"))


def test_numbers_stand_before_text_in_a_mixed_column() -> None:
    frame = pd.DataFrame({"a": pd.Series(["x", 2.0, None, np.int64(1)], dtype=object)})
    assert groups(frame) == ([2, 1, 3, 0], (1, 2, "x", None))


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": [[1], [2]]}),
        pd.DataFrame({"a": [timedelta(days=1)]}),
        pd.DataFrame({"a": [(1, 2), (3, 4)]}),
        pd.DataFrame({"a": [1j, 2j]}),
        pl.DataFrame({"a": [[1], [2]]}),
        pa.table({"a": [{"b": 1}]}),
        pa.table({"a": pa.array([], pa.list_(pa.int8()))}),
    ],
)
def test_what_cannot_name_a_group_is_refused(frame: Any) -> None:
    with pytest.raises(SurveyError, match=r"column a: .*groups are named by"):
        factorised(opened(frame), "a")


LABELS = st.one_of(
    st.lists(st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3)),
    st.lists(st.none() | st.integers(-3, 3)),
    st.lists(st.none() | st.floats(-2, 2)),
    st.lists(st.none() | st.booleans()),
)


@settings(max_examples=80, deadline=None)
@given(LABELS)
def test_codes_lead_back_to_the_values(values: list[Any]) -> None:
    found = [groups(build({"a": values}, backend)) for backend in BACKENDS]
    codes, labels = found[0]
    assert found[1:] == [found[0], found[0]]
    assert [labels[code] for code in codes] == values
    present = [label for label in labels if label is not None]
    assert present == sorted(set(present))
    assert labels[len(present) :] == ((None,) if None in values else ())


def people(backend: str) -> Any:
    columns: dict[str, list[Any]] = {
        "id": [1, 2, 3, 4],
        "screened": [1, 0, 1, None],
        "branch": ["north", "south", "south", None],
        "share": [0.5, 1.0, 0.5, 1.0],
        "member": [True, False, True, True],
        "code": ["1", "2", "02", "1"],
        "day": [date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 1), None],
    }
    return opened(build(columns, backend))


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ({}, [1, 2, 3, 4]),
        ({"branch": "south"}, [2, 3]),
        ({"branch": None}, [4]),
        ({"screened": 1}, [1, 3]),
        ({"screened": "1"}, [1, 3]),
        ({"screened": "1.0"}, [1, 3]),
        ({"screened": np.int8(0)}, [2]),
        ({"screened": NAN}, [4]),
        ({"share": ".5"}, [1, 3]),
        ({"member": True}, [1, 3, 4]),
        ({"member": "false"}, [2]),
        ({"member": "1"}, [1, 3, 4]),
        ({"code": "02"}, [3]),
        ({"code": 1}, [1, 4]),
        ({"day": date(2024, 1, 1)}, [1, 3]),
        ({"day": "2024-01-02"}, [2]),
        ({"branch": "south", "screened": "1"}, [3]),
    ],
)
def test_rows_that_have_the_values_are_kept(backend: str, where: dict[str, object], ids: list[int]) -> None:
    assert numbers(kept(people(backend), where), "id").tolist() == ids


def test_all_that_is_wrong_with_the_conditions_is_said_at_once(backend: str) -> None:
    with pytest.raises(SurveyError) as caught:
        kept(people(backend), {"brnch": "north", "branch": "east", "screened": "x", "code": 7})
    first, *others = map(str, caught.value.problems)
    assert "did you mean branch?" in first
    assert "where branch: 'east'" in others[0]
    assert "the column holds 'north', 'south', None" in others[0]
    assert "the column holds 0, 1, None" in others[1]
    assert "the column holds '02', '1', '2'" in others[2]


def test_many_values_are_not_all_listed(backend: str) -> None:
    frame = opened(build({"a": list(range(50))}, backend))
    with pytest.raises(SurveyError, match=r"holds 0, 1, 2, 3, 4, 5, 6, 7, …"):
        kept(frame, {"a": 99})


def test_conditions_that_exclude_each_other_are_refused(backend: str) -> None:
    with pytest.raises(SurveyError, match=r"no row with branch = 'north' and screened = 0"):
        kept(people(backend), {"branch": "north", "screened": 0})
