"""`check_scoring_model` counts out loud, leaves nothing out in silence, and is strict about what was expected."""

import pickle
import re

import numpy as np
import pytest

from servqual import Difference, EvaluatedPerformance, PerformanceOnly, Scale, Weighted
from servqual.errors import ModelError, ServqualError
from servqual.testing import LAWS, LawBroken, Outcome, UnknownLawError, Verdicts, check_scoring_model
from tests.testing import planted

LAW = "scores_lie_within_bounds"
SEVEN = (Scale.likert(7),)


def quick(model: object, **options: object) -> Verdicts:
    return check_scoring_model(model, **{"scales": SEVEN, "examples": 4} | options)  # type: ignore[arg-type]


def test_the_count_is_always_told() -> None:
    verdicts = quick(Difference())
    assert len(verdicts) == len(LAWS)
    assert str(verdicts).splitlines()[-1] == verdicts.count == "16 laws run: 15 passed, 1 not applicable"
    assert repr(verdicts) == f"<Verdicts on Difference: {verdicts.count}>"
    assert verdicts.to_table().notes == (verdicts.count,)


def test_there_is_a_row_for_every_law() -> None:
    table = quick(EvaluatedPerformance()).to_table()
    assert table["law"] == tuple(law.name for law in LAWS)
    told = dict(zip(table["law"], zip(table["verdict"], table["evidence"], strict=True), strict=True))
    assert told[LAW] == ("passed", "4 blocks on 1 scale")
    assert told["better_perceptions_do_not_lower_scores"] == ("not applicable", "it declares monotone = False")
    assert set(quick(EvaluatedPerformance()).to_dict()["columns"]) == {"law", "verdict", "evidence"}
    assert list(quick(EvaluatedPerformance()).to_frame("polars").columns) == ["law", "verdict", "evidence"]


def test_failures_are_raised_together() -> None:
    verdicts = quick(planted.CountsRespondents())
    assert not verdicts.passed
    with pytest.raises(LawBroken) as caught:
        verdicts.raise_if_failed()
    assert isinstance(caught.value, ServqualError)
    assert isinstance(caught.value, AssertionError)
    assert len(caught.value.problems) == len(verdicts.failed) == 2
    assert re.search("CountsRespondents, order_of_respondents_is_irrelevant: .*keep their scores", str(caught.value))
    quick(Difference()).raise_if_failed()


def test_an_expected_failure_is_told_with_its_reason() -> None:
    verdicts = quick(planted.OutOfBounds(), expected_failures={LAW: "the scale of the paper"})
    assert verdicts.passed
    assert verdicts[LAW].outcome is Outcome.EXPECTED_FAILURE
    assert verdicts[LAW].evidence.startswith("the scale of the paper (score[0, 0] is")
    assert verdicts.count == "16 laws run: 13 passed, 2 not applicable, 1 expected failure"


@pytest.mark.parametrize("law", [LAW, "weights_fit_and_are_not_negative"])
def test_an_expected_failure_must_still_fail(law: str) -> None:
    verdicts = quick(Difference(), expected_failures={law: "once it did"})
    assert [each.law for each in verdicts.failed] == [law]
    assert "must still fail (once it did)" in verdicts[law].evidence


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ({"scores_lie_within_bound": "a slip"}, "did you mean scores_lie_within_bounds"),
        ({LAW: " "}, f"{LAW} without a reason"),
    ],
)
def test_expected_failures_name_laws_and_reasons(expected: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownLawError, match=message):
        quick(Difference(), expected_failures=expected)


def test_a_law_that_does_not_exist_has_no_verdict() -> None:
    with pytest.raises(UnknownLawError, match="no such law"):
        quick(Difference())["gravity"]


def test_scales_that_do_not_suit_are_named() -> None:
    verdicts = check_scoring_model(planted.LogRatio(), examples=2)
    assert verdicts.passed
    assert verdicts.notes == (
        "left out: scale -3..3, bounds are nan, nan",
        "left out: scale 0..10, ZeroDivisionError: float division by zero",
        "left out: scale 0..100 (real-valued), ZeroDivisionError: float division by zero",
    )
    (note,) = check_scoring_model(EvaluatedPerformance(ideal=6), examples=1).notes
    assert note.startswith("left out: scale -3..3, ModelError: ideal: 6")


def test_without_a_scale_nothing_passes_by_default() -> None:
    verdicts = quick(planted.LogRatio(), scales=[Scale.zero_to_ten()])
    assert not verdicts.passed
    assert verdicts[LAW].evidence == "no scale is left to try it on"
    assert not quick(Difference(), scales=[]).passed


def test_shapes_that_do_not_suit_are_counted() -> None:
    by_points = quick(Weighted(Difference(), points=(1, 2, 3)))
    assert by_points.passed
    assert by_points.notes == ("left out: 39 of 62 shapes, refused by a ModelError",)


def test_a_shape_can_be_named() -> None:
    servqual = Weighted(PerformanceOnly(), points=tuple(range(22)))
    assert quick(servqual, dimensions=(4, 5, 4, 4, 5)).passed
    unshaped = quick(servqual)
    assert "no shape is left" in unshaped[LAW].evidence
    assert not unshaped.passed


@pytest.mark.parametrize("model", [Difference, 3, planted.P])
def test_what_is_no_model_is_refused_at_the_door(model: object) -> None:
    with pytest.raises(ModelError):
        quick(model)


def test_verdicts_are_the_same_each_time() -> None:
    first, again = (quick(planted.CountsItems(), examples=10) for _ in range(2))
    assert first == again
    assert hash(first) == hash(again)
    assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301 - bytes made on this line


def test_chance_can_be_seeded() -> None:
    for rng in (7, np.random.default_rng(7)):
        assert not quick(planted.CountsItems(), rng=rng, examples=10).passed
        assert quick(Difference(), rng=rng).passed
