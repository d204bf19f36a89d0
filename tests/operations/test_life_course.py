"""Failure rates over life: which model is read, what is observed, which samples mislead."""

import json

import numpy as np
import pandas as pd
import pytest

from servqual._arrays import Bools, Floats
from servqual.errors import ProcessError
from servqual.operations.lives.life_reading import life_course
from servqual.operations.lives.life_words import LifeShape
from servqual.statistics import Inapplicable
from servqual.statistics.hazard_fits import APART, additive_weibull_fit, weibull_fit
from servqual.statistics.hazards import AdditiveWeibull, Weibull

TUB = AdditiveWeibull(0.01, 3, 0.005, 0.5)


def drawn(n: int, seed: int) -> tuple[Floats, Bools]:
    rng = np.random.default_rng(seed)
    lives, ends = np.asarray(TUB.quantile(rng.random(n))), rng.uniform(20, 300, n)
    return np.minimum(lives, ends), lives <= ends


def quantiles(rate: float, shape: float, n: int = 60) -> Floats:
    return np.asarray(Weibull(rate, shape).quantile((np.arange(n) + 0.5) / n))


def test_a_bathtub_is_read_with_its_bottom() -> None:
    times, failed = drawn(500, 1)
    course = life_course(pd.DataFrame({"age": times, "broke": failed}), "age", "broke")
    assert course.shape is LifeShape.BATHTUB
    assert course.preferred is course.additive
    row = course["minimum_time"]
    assert isinstance(TUB.minimum, tuple)
    assert float(row.low) < TUB.minimum[0] < float(row.high)
    assert [each.measure for each in course][:4] == list("abcd")
    assert float(course["mean_life"].estimate) == pytest.approx(course.additive.life.mean_life)
    assert repr(course) == f"<LifeCourse: {failed.sum()} failures of 500 lives; bathtub: falls, then rises>"


def test_both_models_are_those_of_the_statistics() -> None:
    times, failed = drawn(300, 2)
    course = life_course(times, failed=failed)
    for fit, other in (
        (course.single, weibull_fit(times, failed)),
        (course.additive, additive_weibull_fit(times, failed)),
    ):
        assert fit.life == other.life
    table = course.comparison()
    assert table["parameters"] == (2, 4)
    assert table["bic"] == (course.single.bic, course.additive.bic)
    assert table["preferred"] == (False, True)


@pytest.mark.parametrize(
    ("shape", "wanted"), [(2.0, LifeShape.RISING), (0.5, LifeShape.FALLING), (1.0, LifeShape.OPEN)]
)
def test_one_weibull_is_read_by_its_shape(shape: float, wanted: LifeShape) -> None:
    course = life_course(quantiles(0.01, shape))
    assert course.shape is wanted
    assert course.preferred is course.single
    assert [each.measure for each in course] == ["a", "b", "mean_life", "tenth_failed", "half_failed"]


def test_what_is_observed_adds_up() -> None:
    times, failed = drawn(400, 3)
    seen = life_course(times, failed=failed).observed
    assert seen.failures.sum() == failed.sum()
    assert seen.exposure.sum() == pytest.approx(times.sum())
    np.testing.assert_allclose(seen.rate, seen.failures / seen.exposure)
    assert ((seen.low < seen.rate) & (seen.rate < seen.high)).all()


def test_bic_seldom_takes_one_weibull_for_two() -> None:
    rng = np.random.default_rng(4)
    shapes = [life_course(np.asarray(Weibull(0.01, 1.5).quantile(rng.random(80)))).shape for _ in range(12)]
    assert sum(shape in {LifeShape.BATHTUB, LifeShape.TWO_PARTS} for shape in shapes) <= 2


def test_tables_speak_two_languages_and_dictionaries_are_json() -> None:
    course = life_course(quantiles(0.01, 2.0))
    assert course.to_table("zh").title == "全寿命失效率：上升：磨损"
    assert course.to_table("en")["label"][:2] == ("rate", "shape")
    assert course.to_table().notes[0] == "95% intervals by the delta method on logarithms"
    record = json.loads(json.dumps(course.to_dict()))
    assert record["shape"] == "rising"
    assert record["models"]["columns"]["parameters"] == [2, 4]
    if course.additive.problem:
        assert APART in course.comparison().notes
        assert course.comparison("zh").notes == ("这些寿命数据无法区分两个部分：其中一部分消失，或只剩一次失效",)
        assert isinstance(course.additive.hazard(1.0).low.at(0), Inapplicable)


@pytest.mark.parametrize(
    ("source", "asked", "said"),
    [
        ([1.0, -2.0, 3.0], {}, r"times: -2; it is finite and above zero"),
        ([1.0, 2.0, 3.0], {}, r"failures at 3 different times; 5 or more are needed"),
        ({"time": [1.0, 2.0]}, {"failed": "ended"}, r"failed: no column 'ended'"),
        ({"age": [1.0, 2.0]}, {}, r"time: no column 'time'"),
        ([1.0, 2.0, 3.0, 4.0, 5.0], {"failed": [1, 2, 1, 1, 1]}, r"failed: other marks; a mark is true or false"),
        ([1.0, 2.0, None, 4.0, 5.0, 6.0], {}, r"times: 1 missing"),
    ],
)
def test_lives_that_are_none_are_refused(source: object, asked: dict[str, object], said: str) -> None:
    with pytest.raises(ProcessError, match=said):
        life_course(source, **asked)  # type: ignore[arg-type]
