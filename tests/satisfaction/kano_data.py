"""Kano studies by hand, and published numbers as facts."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import strategies as st

from servqual.errors import KanoError, Problem
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.words import Category

BACKENDS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "pyarrow": pa.table,
}

# Rows: functional like, must be, neutral, live with, dislike; columns: dysfunctional in the same order. Four printed
# sources agree in every cell (Sauerwein 1996, Xu 2009, Witell 2013, Muchtiar 2018).
STANDARD = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")

# Sauerwein et al. 1996, percent; and three features of a shop, counts with R and Q.
PUBLISHED: dict[str, dict[str, int]] = {
    "edge grip": {"A": 7, "O": 33, "M": 50, "I": 10},
    "ease of turn": {"A": 11, "O": 46, "M": 31, "I": 12},
    "service": {"A": 66, "O": 22, "M": 3, "I": 9},
    "bonus program": {"A": 216, "O": 56, "M": 13, "I": 275, "R": 23, "Q": 24},
    "smart mirror": {"A": 229, "O": 42, "M": 5, "I": 276, "R": 33, "Q": 22},
    "wifi": {"A": 187, "O": 71, "M": 46, "I": 258, "R": 19, "Q": 26},
}

# A pair of answers (1 like … 5 dislike) for each category.
PAIR = {"A": (1, 3), "O": (1, 5), "M": (3, 5), "I": (3, 3), "R": (3, 1), "Q": (1, 1)}


def small() -> dict[str, list[Any]]:
    """Six people and two features; the fifth did not answer everything."""
    return {
        "kano_wait_f": [1, 1, 2, 3, None, 5],
        "kano_wait_d": [5, 3, 5, 3, 2, 1],
        "kano_logo_f": [1, 3, 3, 1, 4, 1],
        "kano_logo_d": [3, 3, 3, 2, None, 1],
        "branch": ["north", "south", "north", "south", "north", None],
        "times": [1, 2, 3, 1, 2, 1],
        "imp_wait": [5, 4, 3, 5, None, 1],
        "imp_logo": [2, 2, 9, 1, 1, 3],
    }


COLUMNS: dict[str, Any] = {"functional": "kano_{key}_f", "dysfunctional": "kano_{key}_d"}


def of_letters(letters: str, **given: Any) -> KanoStudy:
    """One feature, and a respondent for each letter."""
    pairs = np.array([PAIR[each] for each in letters])
    return KanoStudy.from_arrays(pairs[:, :1], pairs[:, 1:], features=["it"], **given)


def letters_of(counts: Mapping[str, int]) -> str:
    """As many letters as there are counts."""
    return "".join(letter * count for letter, count in counts.items())


def kiosk(shared: Path, **given: Any) -> KanoStudy:
    """The 29 features of the kiosk study (hanakim120/kiosk-servqual-research, MIT), 194 screened respondents."""
    frame = pd.read_csv(shared / "data" / "servqual_kiosk_kr.csv")
    return KanoStudy.from_frame(frame[frame["kept_by_authors"] == 1], **given)


def oracle(shared: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table of published or computed numbers."""
    with (shared / "oracles" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def refusal(make: Callable[[], object]) -> KanoError:
    """The error with which something is refused; every problem says place, value and rule."""
    with pytest.raises(KanoError) as caught:
        make()
    assert isinstance(caught.value, ValueError)
    assert all(isinstance(each, Problem) and each.place and each.found and each.rule for each in caught.value.problems)
    return caught.value


def told(error: KanoError, *sentences: str) -> None:
    """The error has as many problems as sentences, and each says what the sentence does."""
    found = [str(problem) for problem in error.problems]
    assert len(found) == len(sentences), str(error)
    for sentence, problem in zip(sentences, found, strict=True):
        assert sentence in problem


# 25 counts of pairs of answers, some of them 0 and not all.
tables = st.lists(st.integers(0, 9), min_size=25, max_size=25).filter(any).map(lambda each: np.reshape(each, (5, 5)))
answers = st.integers(1, 5)
category = st.sampled_from(list(Category))
