"""What cannot be scored, and what the refusal says about it."""

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
import pytest
from attrs import frozen

from servqual import (
    Adequacy,
    Difference,
    EvaluatedPerformance,
    Level,
    NormedQuality,
    PerformanceOnly,
    Scale,
    Survey,
    Weighted,
    score,
    summarize,
)
from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.errors import GroupError, LevelError, ModelError, ServqualError
from tests.scoring.hall import HALL, study

STUDY = study(40)
SURVEY = STUDY.survey("branch")
EITHER = pytest.mark.parametrize("run", [score, summarize], ids=["score", "summarize"])
Run = Callable[[Survey, Any], Any]


def said(error: type[ServqualError], builtin: type[Exception], run: Callable[[], object]) -> str:
    """What a refusal says that is of this class, and of the built-in that a caller would catch."""
    with pytest.raises(error) as caught:
        run()
    assert isinstance(caught.value, builtin)
    return str(caught.value)


@EITHER
def test_a_class_is_no_model(run: Run) -> None:
    text = said(ModelError, TypeError, lambda: run(SURVEY, Difference))
    assert text == "model: the class Difference; a scoring model is a value. Hint: pass an instance: Difference()"


@EITHER
@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("difference", "write Difference() instead of the text"),
        ("SERVQUAL", "write Difference() instead of the text"),
        ("servperf", "write PerformanceOnly() instead of the text"),
        ("Adequcy", "write Adequacy() instead of the text"),
        ("weighted", "write Weighted(Difference()) instead of the text"),
        ("xyz", "for example Difference()"),
    ],
)
def test_a_text_is_no_model(run: Run, text: str, remedy: str) -> None:
    said_of_it = said(ModelError, TypeError, lambda: run(SURVEY, text))
    assert said_of_it == f"model: the text {text!r}; a scoring model is a value. Hint: {remedy}"


@EITHER
def test_the_survey_comes_first(run: Any) -> None:
    text = said(ModelError, TypeError, lambda: run(Difference(), SURVEY))
    assert text == "survey: a Difference; what is scored is a Survey. Hint: the survey comes first, then the model"
    text = said(ModelError, TypeError, lambda: run([[1, 2]], Difference()))
    assert text == "survey: a list; what is scored is a Survey. Hint: make one with Survey.from_frame or read_survey"


@EITHER
def test_every_part_that_a_model_lacks_is_named(run: Run) -> None:
    class Half:
        reads: ClassVar = frozenset({Level.PERCEPTION})

    text = said(ModelError, TypeError, lambda: run(SURVEY, Half()))
    assert text.startswith("2 problems\n")
    assert "model Half: no `item_scores`; a scoring model has a method" in text
    assert "model Half: no `bounds`; a scoring model has a method" in text


@EITHER
def test_a_level_that_the_survey_does_not_hold(run: Run) -> None:
    text = said(LevelError, LookupError, lambda: run(SURVEY, Adequacy()))
    assert text.startswith(
        "model Adequacy: it reads adequate; the survey holds perception, expectation. Hint: give those"
    )
    half = Survey.from_arrays(HALL, perception=STUDY.perceived)
    assert "it reads expectation; the survey holds perception" in said(
        LevelError, LookupError, lambda: run(half, Difference())
    )


@EITHER
def test_importance_that_is_not_there(run: Run) -> None:
    assert said(ModelError, TypeError, lambda: run(SURVEY, Weighted(Difference()))) == (
        "model Weighted(Difference): no importance in the survey; it weights by importance. "
        "Hint: read it with importance='…', or give the model points=(…)"
    )


@EITHER
@pytest.mark.parametrize("inner", [Difference(), EvaluatedPerformance(ideal=7)], ids=["integer", "block"])
def test_points_that_fit_neither_dimensions_nor_items(run: Run, inner: Any) -> None:
    text = said(ModelError, TypeError, lambda: run(SURVEY, Weighted(inner, points=(1, 2, 3, 4))))
    assert text == "points: 4 weights; one weight per dimension (3) or per item (8)."


@pytest.mark.parametrize("points", [(1, -1, 1), (0, 0, 0), (1, float("nan"), 1), (1, float("inf"), 1), ()])
def test_points_that_are_no_weights(points: Any) -> None:
    text = said(ModelError, TypeError, lambda: Weighted(Difference(), points=points))
    assert text.startswith("points: (")
    assert "weights are finite, 0 or more, and not all 0" in text


@EITHER
@pytest.mark.parametrize("ideal", [0, 8, 7.5, -1])
@pytest.mark.parametrize("model", [EvaluatedPerformance, NormedQuality])
def test_an_ideal_off_the_scale(run: Run, ideal: float, model: Any) -> None:
    text = said(ModelError, TypeError, lambda: run(SURVEY, model(ideal=ideal)))
    assert text == f"ideal: {ideal:g}; the ideal point lies on the scale 1..7."


def test_groups_that_are_not_there() -> None:
    scores = score(SURVEY, Difference())
    text = said(GroupError, LookupError, lambda: scores.table("brnch"))
    assert text == (
        "groups: no 'brnch'; tables go by columns that the survey was read with. Hint: did you mean branch?"
    )
    text = said(GroupError, LookupError, lambda: scores.table(["brnch", "branch", "wave"]))
    assert text.startswith("2 problems\n")
    bare = score(STUDY.survey(), Difference())
    assert "read the survey with groups=['branch']" in said(GroupError, LookupError, lambda: bare.table("branch"))
    assert "did you mean branch?" in said(GroupError, LookupError, lambda: summarize(SURVEY, by="brnch"))
    far = said(GroupError, LookupError, lambda: scores.table("teller"))
    assert far.endswith("Hint: known are branch; read the survey with groups=['teller']")
    text = said(GroupError, LookupError, lambda: SURVEY.grouping("teller"))
    assert text.endswith("Hint: known are branch; read it with groups=['teller']")
    text = said(GroupError, LookupError, lambda: STUDY.survey().grouping("teller"))
    assert text.endswith("Hint: there are none; read it with groups=['teller']")


def test_people_of_whom_nobody_answered_both_levels() -> None:
    visitors = Survey.from_arrays(HALL, perception=STUDY.perceived)
    both = Survey.unpaired(perception=visitors, expectation=Survey.from_arrays(HALL, expectation=STUDY.expected))
    text = said(ModelError, TypeError, lambda: score(both, Difference()))
    assert (
        "model Difference: it reads expectation and perception; perceptions and expectations come from different"
        in text
    )
    assert "Hint: summarize() gives the mean gap with unpaired errors" in text
    assert len(score(both, PerformanceOnly())) == 80


@pytest.mark.parametrize(
    "model", [Weighted(Difference(), points=(1, 1, 1)), EvaluatedPerformance(ideal=7), NormedQuality(ideal=7)]
)
def test_models_that_unpaired_means_cannot_serve(model: Any) -> None:
    visitors = Survey.from_arrays(HALL, perception=STUDY.perceived)
    both = Survey.unpaired(perception=visitors, expectation=Survey.from_arrays(HALL, expectation=STUDY.expected))
    text = said(ModelError, TypeError, lambda: summarize(both, model))
    assert "levels from different people are compared by their means, which only unweighted linear models allow" in text
    assert text.endswith("Hint: Difference(), Adequacy(), …")


def test_the_mean_of_items_is_formed_on_request() -> None:
    scores = score(SURVEY, Difference())
    text = said(ModelError, TypeError, lambda: scores.overall_items)
    assert text == "scores: no mean of items; it is formed on request. Hint: score(survey, model, overall_items=True)"


@frozen
class Askew:
    """Scores of another shape than the answers."""

    reads: ClassVar[frozenset[Level]] = frozenset({Level.PERCEPTION})
    whole: bool = False

    def item_scores(self, answers: Answers, /) -> Floats:
        given = answers[Level.PERCEPTION]
        return np.zeros(given.shape, np.int64) if self.whole else given[:, 1:]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return scale.low, scale.high


@EITHER
@pytest.mark.parametrize(("whole", "found"), [(False, "float"), (True, "int64 of shape (40, 8)")])
def test_a_model_that_returns_something_else_than_item_scores(run: Run, *, whole: bool, found: str) -> None:
    text = said(ModelError, TypeError, lambda: run(SURVEY, Askew(whole)))
    assert f"model Askew: item_scores returned {found}" in text
    assert "item scores are floats (rows, items), here (40, 8)" in text


@frozen
class Forgetful:
    """Reads a level that it does not declare."""

    reads: ClassVar[frozenset[Level]] = frozenset({Level.PERCEPTION})

    def item_scores(self, answers: Answers, /) -> Floats:
        return answers[Level.PERCEPTION] - answers[Level.EXPECTATION]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return -scale.span, scale.span


@EITHER
def test_a_model_that_reads_what_it_does_not_declare(run: Run) -> None:
    text = said(LevelError, LookupError, lambda: run(SURVEY, Forgetful()))
    assert text == (
        "answers: no expectation; the model declares that it reads perception. Hint: add expectation to its `reads`"
    )
