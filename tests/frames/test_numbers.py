"""Columns as arrays: types, missing values, memory."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings, strategies as st

from servqual._frames import BACKENDS, build, is_numeric, numbers, opened
from servqual.errors import SurveyError

NAN = float("nan")
ENGINES = ("numpy", "nullable", "arrow-backed", "polars", "pyarrow")


def column(values: list[Any], kind: str, engine: str) -> np.ndarray[Any, Any]:
    """The numbers of a column of one Arrow type, as each engine holds it."""
    array = pa.array(values, getattr(pa, kind)())
    if engine == "pyarrow":
        return numbers(opened(pa.table({"a": array})), "a")
    if engine == "polars":
        return numbers(opened(pl.DataFrame({"a": pl.from_arrow(array)})), "a")
    if engine == "arrow-backed":
        return numbers(opened(pd.DataFrame({"a": pd.Series(array, dtype=pd.ArrowDtype(array.type))})), "a")
    if engine == "nullable":
        dtype = {"bool_": "boolean", "double": "Float64", "float32": "Float32"}.get(kind, kind.replace("int", "Int"))
        return numbers(opened(pd.DataFrame({"a": pd.Series(values, dtype=dtype.replace("u", "U", 1))})), "a")
    return numbers(opened(pd.DataFrame({"a": array.to_pandas()})), "a")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", ["int8", "int16", "int32", "int64", "uint8", "float32"])
def test_complete_numbers_keep_their_type(engine: str, kind: str) -> None:
    found = column([7, 1, 4], kind, engine)
    assert found.dtype == kind
    assert found.tolist() == [7, 1, 4]
    assert is_numeric(found)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("kind", "wide"), [("int8", "f4"), ("int16", "f4"), ("int32", "f8"), ("int64", "f8"), ("float32", "f4")]
)
def test_missing_numbers_become_nan(engine: str, kind: str, wide: str) -> None:
    found = column([7, None, 4], kind, engine)
    assert found.dtype == (wide if engine != "numpy" or kind == "float32" else "f8")
    np.testing.assert_array_equal(found, [7, NAN, 4])
    assert is_numeric(found)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_real_column_may_hold_nan_and_null(engine: str) -> None:
    np.testing.assert_array_equal(column([1.5, None, NAN], "float64", engine), [1.5, NAN, NAN])


@pytest.mark.parametrize("engine", ENGINES)
def test_truth_values_are_one_and_zero(engine: str) -> None:
    complete = column([True, False], "bool_", engine)
    assert complete.dtype == np.int8
    assert complete.tolist() == [1, 0]
    missing = column([True, None, False], "bool_", engine)
    assert missing.dtype.kind == "f"
    np.testing.assert_array_equal(missing, [1, NAN, 0])


def test_decimals_become_floats(backend: str) -> None:
    found = numbers(opened(build({"a": [Decimal("1.50"), None, Decimal("2.25")]}, backend)), "a")
    np.testing.assert_array_equal(found, [1.5, NAN, 2.25])


@pytest.mark.parametrize("values", [[None, None], []])
def test_a_column_of_nothing_is_nan(backend: str, values: list[Any]) -> None:
    found = numbers(opened(build({"a": values}, backend)), "a")
    assert found.dtype == np.float64
    assert len(found) == len(values)
    assert np.isnan(found).all()


@pytest.mark.parametrize("values", [[1, None, 2.5], [True, None, np.int8(3)], [Decimal(1), NAN, 2], [pd.NA, 1, None]])
def test_numbers_among_python_objects_are_numbers(values: list[Any]) -> None:
    found = numbers(opened(pd.DataFrame({"a": pd.Series(values, dtype=object)})), "a")
    assert found.dtype == np.float64
    expected = [NAN if value is None or value is pd.NA else float(value) for value in values]
    np.testing.assert_array_equal(found, expected)


def test_text_comes_as_python_values(backend: str) -> None:
    found = numbers(opened(build({"a": ["同意", None, "7"]}, backend)), "a")
    assert found.tolist() == ["同意", None, "7"]
    assert not is_numeric(found)


def test_dates_come_as_python_values(backend: str) -> None:
    found = numbers(opened(build({"a": [date(2024, 1, 5), None]}, backend)), "a")
    assert found.tolist() == [date(2024, 1, 5), None]
    moments = [datetime(2024, 1, 5, 12, tzinfo=UTC), None]
    assert numbers(opened(build({"a": moments}, backend)), "a").tolist() == moments


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": pd.Categorical(["low", None, "high"])}),
        pl.DataFrame({"a": pl.Series(["low", None, "high"], dtype=pl.Categorical)}),
        pl.DataFrame({"a": pl.Series(["low", None, "high"], dtype=pl.Enum(["low", "high"]))}),
        pa.table({"a": pa.array(["low", None, "high"]).dictionary_encode()}),
    ],
)
def test_categories_come_as_their_names(frame: Any) -> None:
    assert numbers(opened(frame), "a").tolist() == ["low", None, "high"]


def test_a_pandas_view_is_kept_even_if_strided_and_read_only() -> None:
    matrix = np.arange(12, dtype=np.int8).reshape(4, 3)
    matrix.flags.writeable = False
    found = numbers(opened(pd.DataFrame(matrix, columns=["a", "b", "c"], copy=False)), "b")
    assert found.strides == (3,)
    assert not found.flags.writeable
    assert np.shares_memory(found, matrix)


def test_a_pandas_view_of_truth_values_is_kept() -> None:
    matrix = np.array([[True, False], [False, True]])
    assert np.shares_memory(numbers(opened(pd.DataFrame(matrix, columns=["a", "b"], copy=False)), "b"), matrix)


@pytest.mark.parametrize("kind", [np.int8, np.int64, np.float32, np.float64])
def test_complete_columns_are_never_copied(backend: str, kind: type[np.generic]) -> None:
    frame = opened(build({"a": np.arange(1000).astype(kind)}, backend))
    assert np.shares_memory(numbers(frame, "a"), numbers(frame, "a"))


def test_chunks_are_joined() -> None:
    whole = pa.chunked_array([pa.array([1, 2], pa.int8()), pa.array([], pa.int8()), pa.array([None], pa.int8())])
    frame = opened(pa.table({"a": whole}))
    np.testing.assert_array_equal(numbers(frame, "a"), [1, 2, NAN])
    polars = pl.concat([pl.DataFrame({"a": [1]}), pl.DataFrame({"a": [2]})], rechunk=False)
    assert numbers(opened(polars), "a").tolist() == [1, 2]


def test_the_frame_is_not_written_to() -> None:
    frame = pd.DataFrame({"a": [1.0, NAN], "b": pd.array([1, None], dtype="Int8"), "c": ["x", None]})
    before = frame.copy(deep=True)
    for name in frame:
        numbers(opened(frame), str(name))
    pd.testing.assert_frame_equal(frame, before)


def test_a_column_that_is_not_there_is_named(backend: str) -> None:
    with pytest.raises(SurveyError, match=r"no 'P1'.*did you mean P01"):
        numbers(opened(build({"P01": [1]}, backend)), "P1")


CELLS = st.one_of(
    st.lists(st.none() | st.integers(-(2**53), 2**53)),
    st.lists(st.none() | st.floats(allow_nan=True)),
    st.lists(st.none() | st.booleans()),
)


@settings(max_examples=60, deadline=None)
@given(CELLS)
def test_every_library_gives_the_same_numbers(values: list[Any]) -> None:
    expected = np.array([NAN if value is None else value for value in values], np.float64)
    for backend in BACKENDS:
        found = numbers(opened(build({"a": values}, backend)), "a")
        assert is_numeric(found)
        np.testing.assert_array_equal(found, expected)
