"""Partial sums: any division of the rows, added up in any tree, is the whole."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from servqual import Difference
from servqual.engines.partials import Hand, Partial, Work, joined
from servqual.engines.places import Batch, Place
from servqual.engines.recipes import Recipe
from servqual.errors import BatchError, SurveyError
from tests.engines.routes import CASES, frame, in_memory, same_sums
from tests.scoring.hall import HALL

ANSWERS = frame().iloc[:60]


def work(case: str, **options: Any) -> Work:
    models, given_options = CASES[case]
    rest = dict(given_options)
    return Work(Recipe.of(HALL, models, rest.pop("by", None), rest), **options)


def batch(rows: pd.DataFrame, number: int = 0) -> Batch:
    return Batch(Place(number, rows=len(rows)), rows)


@settings(max_examples=60)
@given(case=st.sampled_from(sorted(CASES)), data=st.data())
def test_any_division_and_any_tree_is_the_whole(case: str, data: Any) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(ANSWERS)), max_size=8)))
    hand = Hand(work(case))
    edges = zip([0, *cuts], [*cuts, len(ANSWERS)], strict=True)
    parts = [hand.part(batch(ANSWERS.iloc[start:stop])) for start, stop in edges]
    while len(parts) > 1:
        one, other = (parts.pop(data.draw(st.integers(0, len(parts) - 1))) for _ in range(2))
        parts.append(one + other)
    found = parts[0].result(set_aside_ok=False)
    same_sums(found, in_memory(ANSWERS, *CASES[case]))
    assert parts[0].rows == len(ANSWERS)


@pytest.mark.parametrize("case", CASES)
def test_sums_travel_without_their_models(case: str) -> None:
    told = work(case)
    part = Hand(told).part(batch(ANSWERS))
    again = Partial.from_bytes(part.to_bytes(), told.recipe)
    assert part.summary is not None
    assert again.summary is not None
    assert again.summary.models == part.summary.models
    same_sums(again.summary, part.summary)
    assert b"routes" not in part.to_bytes()
    assert Partial.from_bytes(Partial().to_bytes(), told.recipe).summary is None


def test_what_was_set_aside_adds_up() -> None:
    told = work("one model", set_aside_ok=True)
    wrong = ANSWERS.iloc[:10].assign(perception_care1=99)
    parts = [Hand(told).part(batch(rows, number)) for number, rows in enumerate([ANSWERS.iloc[10:], wrong, wrong])]
    whole = joined(parts)
    assert (whole.rows, [each.place.number for each in whole.aside]) == (50, [1, 2])
    again = Partial.from_bytes(whole.to_bytes(), told.recipe)
    assert again.aside == whole.aside
    assert len(again.result(set_aside_ok=True)) == 50
    with pytest.raises(BatchError, match="all 2 batches set aside"):
        joined(parts[1:]).result(set_aside_ok=True)
    with pytest.raises(BatchError, match=r"batch 1, rows 0\.\.9: column perception_care1"):
        Hand(work("one model")).part(batch(wrong, 1))


def test_nothing_is_no_survey() -> None:
    with pytest.raises(SurveyError, match="source: no rows"):
        joined([]).result(set_aside_ok=False)


def test_columns_are_checked_by_name_alone() -> None:
    told = work("several models in groups")
    assert told.needed([*ANSWERS.columns, "more"])[-2:] == ["branch", "wave"]
    with pytest.raises(SurveyError) as refused:
        told.needed(["perception_care1"])
    assert len(refused.value.problems) == 4
    assert "no respondents" not in str(refused.value)
    assert Work(Recipe.of(HALL, (Difference(),), None, {})).needed(list(ANSWERS.columns)) != list(ANSWERS.columns)
