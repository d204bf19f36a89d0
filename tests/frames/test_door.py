"""Which frames come in, and which go out."""

import builtins
import sys
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from servqual import Level, Table
from servqual._frames import BackendError, backend_of, build, factorised, numbers, opened
from servqual.errors import MissingExtraError, SurveyError


def cells(frame: Any, column: str) -> list[Any]:
    """The values of one column, missing as None."""
    series = opened(frame).get_column(column)
    return [None if missing else value for value, missing in zip(series.to_list(), series.is_null(), strict=True)]


def test_a_frame_of_each_library_is_opened(backend: str) -> None:
    frame = build({"a": [1, 2], "b": ["x", "y"]}, backend)
    assert opened(frame).columns == ["a", "b"]
    assert opened(opened(frame)).to_native() is frame
    assert backend_of(frame) == backend_of(opened(frame)) == backend


@pytest.mark.parametrize("frame", [pl.LazyFrame({"a": [1]}), nw.from_native(pl.LazyFrame({"a": [1]}))])
def test_a_lazy_frame_is_refused_with_the_way_out(frame: Any) -> None:
    with pytest.raises(SurveyError, match=r"lazy .*collect\(\)"):
        opened(frame)


@pytest.mark.parametrize("other", [np.ones((2, 2)), pd.Series([1]), [[1]], None, pa.array([1])])
def test_what_is_no_frame_is_refused_by_its_name(other: object) -> None:
    with pytest.raises(SurveyError, match=f"{type(other).__name__}.*from_arrays"):
        opened(other)


@pytest.mark.parametrize("path", ["a.csv", Path("a.csv")])
def test_a_path_is_no_frame_and_the_way_in_for_files_is_named(path: object) -> None:
    with pytest.raises(SurveyError, match=r"Hint: for a file use servqual\.read_survey\('a\.csv', instrument, …\)"):
        opened(path)


def test_a_dictionary_is_no_frame_and_becomes_one() -> None:
    with pytest.raises(SurveyError, match=r"frame: a dict; .* Hint: make a frame of it: pandas\.DataFrame\(…\)"):
        opened({"a": [1]})


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame([[1, 2, 3, 4, 5]], columns=["P01", "E01", "P01", "E02", "E02"]),
        pa.table([[1], [2], [3], [4], [5]], names=["P01", "E01", "P01", "E02", "E02"]),
    ],
)
def test_columns_that_share_a_name_are_all_named(frame: Any) -> None:
    with pytest.raises(SurveyError) as caught:
        opened(frame)
    assert [problem.place for problem in caught.value.problems] == ["column P01", "column E02"]  # type: ignore[union-attr]


def test_numbered_columns_are_named_by_text_without_a_copy() -> None:
    matrix = np.arange(6.0).reshape(3, 2)
    frame = opened(pd.DataFrame(matrix, copy=False))
    assert frame.columns == ["0", "1"]
    assert np.shares_memory(numbers(frame, "1"), matrix)
    with pytest.raises(SurveyError, match="column 1"):
        opened(pd.DataFrame([[1, 2]], columns=pd.Index([1, "1"], dtype=object)))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([1, 2], [1, 2]),
        ((1.5, 2.5), [1.5, 2.5]),
        ([1, 2.5], [1.0, 2.5]),
        ([1, None], [1, None]),
        ([True, False], [True, False]),
        ([True, None], [True, None]),
        ([True, 2], [1, 2]),
        ([True, 0.5], [1.0, 0.5]),
        (["x", None], ["x", None]),
        (["x", 1.5, 2, None], ["x", "1.5", "2", None]),
        ([Level.PERCEPTION, "other"], ["perception", "other"]),
        ([Level.PERCEPTION], ["perception"]),
        ([np.float64(1.5), 2], [1.5, 2.0]),
        ([np.int64(1), 2], [1, 2]),
        ([date(2024, 1, 5), None], [date(2024, 1, 5), None]),
        ([None, None], [None, None]),
        ([], []),
        (np.array([1, 2], np.int8), [1, 2]),
        (np.array(["x", "y"]), ["x", "y"]),
        (np.array(["x", None], object), ["x", None]),
    ],
)
def test_what_is_built_comes_back(backend: str, given: Any, expected: list[Any]) -> None:
    assert cells(build({"a": given}, backend), "a") == expected


def test_arrays_keep_their_types(backend: str) -> None:
    for dtype in (np.int8, np.int64, np.float32, np.float64):
        given = np.array([1, 2, 3], dtype)
        back = numbers(opened(build({"a": given}, backend)), "a")
        assert back.dtype == dtype
        np.testing.assert_array_equal(back, given)


def test_an_unknown_library_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BackendError, match=r"'dask'.*pandas, polars, pyarrow") as caught:
        build({"a": [1]}, "dask")
    assert isinstance(caught.value, LookupError)


@pytest.mark.parametrize(("missing", "remedy"), [("polars", "pip install polars"), ("pyarrow", "servqual\\[files\\]")])
def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, missing: str, remedy: str) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == missing:
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtraError, match=remedy) as caught:
        build({"a": [1]}, missing)
    assert isinstance(caught.value, ImportError)


def test_a_table_goes_out_as_a_frame_of_each_library(backend: str) -> None:
    table = Table({"dimension": ["empathy", "overall"], "mean": [-0.5, None], "n": [12, 11]}, backend=backend)
    frame = table.to_frame()
    assert backend_of(frame) == backend
    assert cells(frame, "mean") == [-0.5, None]
    assert factorised(opened(frame), "dimension")[1] == ("empathy", "overall")
    assert backend_of(table.to_frame("polars")) == "polars"
