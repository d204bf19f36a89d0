"""The summary of nobody is where sums begin: it changes nothing, and tells nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from servqual import (
    Difference,
    Level,
    PerformanceOnly,
    Summary,
    Survey,
    gap_tests,
    reliability,
    summarize,
)
from servqual.errors import ArgumentError, LevelError, MergeError, ModelError, SurveyError
from tests.scoring.hall import HALL, study

STUDY = study(30, seed=51)
WHOLE = summarize(STUDY.survey("branch", "weights"), Difference(), PerformanceOnly(), by="branch", min_answered=0.7)
NOBODY = Summary.empty(
    HALL, Difference(), PerformanceOnly(), by="branch", min_answered=0.7, weight_kind="sampling"
)  # fmt: skip


def test_it_changes_nothing_on_either_side() -> None:
    for merged in (NOBODY + WHOLE, WHOLE + NOBODY, sum([NOBODY, WHOLE, NOBODY]), NOBODY + NOBODY + WHOLE):
        assert isinstance(merged, Summary)
        assert merged.to_dict() == WHOLE.to_dict()


def test_the_library_of_frames_is_that_of_the_answers() -> None:
    frame = (
        pytest.importorskip("polars", reason="polars is not installed: its frames are not tested")
        .DataFrame({f"perception_{key}": STUDY.perceived[:, place] for place, key in enumerate(HALL.item_keys)})
        .fill_nan(None)
    )
    half = summarize(Survey.from_frame(frame, HALL, perception="perception_{key}"), PerformanceOnly())
    nobody = Summary.empty(HALL, PerformanceOnly(), levels=["perception"])
    assert (nobody + half).backend == (half + nobody).backend == "polars"


def test_nobody_adds_up_to_nobody_and_is_saved() -> None:
    both = NOBODY + NOBODY
    assert len(both) == 0
    assert repr(both) == "<Summary of 'hall': 0 respondents; Difference, PerformanceOnly; 0 groups by branch>"
    assert Summary.from_json(both.to_json()).to_dict() == NOBODY.to_dict()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: NOBODY.table(Difference()),
        lambda: NOBODY.item_table(Difference(), "branch"),
        NOBODY.answers_table,
        NOBODY.tallies,
        lambda: NOBODY.products,
        lambda: NOBODY.total,
        lambda: gap_tests(NOBODY),
        lambda: reliability(NOBODY),
        Summary.empty(HALL).to_table,
        Summary.empty(HALL, Difference(), replicates=5).replicate_means,
    ],
)  # fmt: skip
def test_it_tells_nothing(ask: Callable[[], Any]) -> None:
    with pytest.raises(SurveyError) as refused:
        ask()
    remedy = "add the summary of a survey to it"
    assert str(refused.value) == f"summary: no respondents; there is somebody to tell of. Hint: {remedy}"


def test_it_is_made_as_the_others_are() -> None:
    with pytest.raises(MergeError, match=r"rules: .* against "):
        _ = Summary.empty(HALL, Difference(), PerformanceOnly(), by="branch", weight_kind="sampling") + WHOLE
    half = summarize(Survey.from_arrays(HALL, perception=STUDY.perceived), PerformanceOnly())
    assert len(Summary.empty(HALL, PerformanceOnly(), levels=[Level.PERCEPTION]) + half) == 30
    with pytest.raises(MergeError, match="levels: perception, expectation against perception"):
        _ = Summary.empty(HALL, PerformanceOnly()) + half


def test_levels_stand_in_the_order_of_the_instrument() -> None:
    turned = Summary.empty(HALL, levels=["expectation", "perception"])
    assert turned.levels == summarize(STUDY.survey()).levels


@pytest.mark.parametrize(
    ("make", "kind", "text"),
    [
        (lambda: Summary.empty("hall"), SurveyError, "instrument"),  # type: ignore[arg-type]
        (lambda: Summary.empty(HALL, Difference), ModelError, r"pass an instance: Difference\(\)"),  # type: ignore[arg-type]
        (lambda: Summary.empty(HALL, levels=["perceptoin"]), LevelError,
         r"levels: 'perceptoin'; 'hall' asks perception, expectation. Hint: did you mean perception\?"),
        (lambda: Summary.empty(HALL, Difference(), levels=["perception"]), LevelError,
         r"levels: no expectation; a model reads it. Hint: name it in levels="),
        (lambda: Summary.empty(HALL, min_answered=2), ArgumentError, "min_answered: 2"),
        (lambda: Summary.empty(HALL, seed=3), ArgumentError, "seed: 3; replicates are drawn from it"),
    ],
)  # fmt: skip
def test_what_cannot_be(make: Callable[[], Summary], kind: type[Exception], text: str) -> None:
    with pytest.raises(kind, match=text):
        make()
