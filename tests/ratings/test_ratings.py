"""Perceptions, expectations and gaps: what they hold, what they refuse, and in which words."""

import copy
import operator
import pickle
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, strategies as st

from servqual.errors import RatingError, ScaleMismatchError
from servqual.instruments import Level, Scale
from servqual.ratings import Expectation, Gap, Importance, Perception
from tests.ratings.strategies import MISSING, answers, scales, shapes

SEVEN = Scale.likert(7)
FIVE = Scale.likert(5)
PERCEIVED = Perception([5, 6], SEVEN)
DESIRED = Expectation(6, SEVEN, Level.DESIRED)
GAP = PERCEIVED - DESIRED
NUMBERS = [3, 3.5, np.float64(3), np.array([1.0, 2.0]), [1, 2]]
STANDARDS = [level for level in Level if level.is_expectation]


class TestHolding:
    def test_one_number(self) -> None:
        perception = Perception(5, SEVEN)
        assert float(perception) == 5
        assert perception.values.shape == ()
        assert perception.values.dtype == np.float64

    def test_repr_is_one_line(self) -> None:
        assert repr(Perception(5, SEVEN)) == "<Perception: 5 on 1..7>"
        assert repr(DESIRED) == "<Expectation: 6 on 1..7, desired>"
        assert repr(GAP) == "<Gap: (2,) on 1..7 against desired>"

    def test_equality_is_identity(self) -> None:
        assert Perception(5, SEVEN) != Perception(5, SEVEN)
        assert len({PERCEIVED, DESIRED, GAP}) == 3

    @pytest.mark.parametrize(
        "values",
        [
            [1, None],
            np.ma.MaskedArray([1, 99], mask=[False, True]),
            pd.Series([1.0, None]),
            pl.Series([1, None]),
            np.array([1, None], dtype=object),
        ],
        ids=["list", "masked", "pandas", "polars", "objects"],
    )
    def test_what_is_missing_becomes_nan(self, values: list[float]) -> None:
        np.testing.assert_array_equal(Perception(values, SEVEN).values, [1, MISSING])

    def test_a_level_may_be_named(self) -> None:
        assert Expectation(5, SEVEN, "ideal").level is Level.IDEAL
        assert Expectation(5, SEVEN).level is Level.EXPECTATION

    def test_inputs_are_neither_kept_nor_written(self) -> None:
        mine = np.array([5.0, 6.0])
        perception = Perception(mine, SEVEN)
        mine[0] = 1
        assert perception.values.tolist() == [5, 6]
        assert mine.flags.writeable

    def test_a_read_only_view_of_writable_memory_is_copied(self) -> None:
        mine = np.array([5.0, 6.0])
        view = mine[:]
        view.flags.writeable = False
        perception = Perception(view, SEVEN)
        mine[0] = 1
        assert perception.values.tolist() == [5, 6]

    @pytest.mark.parametrize("rating", [PERCEIVED, DESIRED, GAP, Importance.ratings([1, 2])], ids=repr)
    @pytest.mark.parametrize(
        "carried",
        [lambda x: x, copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))],  # noqa: S301
    )
    def test_values_stay_read_only(self, rating: Gap, carried: Callable[[Gap], Gap]) -> None:
        result = carried(rating)
        assert not result.values.flags.writeable
        assert repr(result) == repr(rating)
        np.testing.assert_array_equal(result.values, rating.values)

    def test_the_original_stays_read_only_after_deepcopy(self) -> None:
        perception = Perception([5, 6], SEVEN)
        copy.deepcopy(perception)
        assert not perception.values.flags.writeable


class TestRefusing:
    def test_off_the_scale_says_how_many_where_and_what_to_do(self) -> None:
        values = np.full((4, 3), 9.0)
        values[0] = [1, 2.5, MISSING]
        with pytest.raises(RatingError) as caught:
            Perception(values, SEVEN)
        outside, between = (str(problem) for problem in caught.value.problems)
        assert outside == (
            "perception: 9 of 12 outside 1..7: [1, 0] = 9, [1, 1] = 9, [1, 2] = 9, [2, 0] = 9, [2, 1] = 9, …; answers "
            "lie on their scale. Hint: write NaN where there is no answer, or name the scale that was used"
        )
        assert between == (
            "perception: 1 of 12 between the points of 1..7: [0, 1] = 2.5; answers are points of their scale. "
            "Hint: means and other real numbers lie on Scale(1, 7, step=None)"
        )

    def test_all_problems_at_once(self) -> None:
        with pytest.raises(RatingError) as caught:
            Expectation(8, SEVEN, Level.PERCEPTION)
        first, second = (str(problem) for problem in caught.value.problems)
        assert first.startswith("expectation: 8 outside 1..7; answers lie on their scale.")
        assert second.startswith(
            "level: 'perception'; perceptions are held against the level of a standard. Hint: one of"
        )

    @pytest.mark.parametrize("values", [np.inf, -np.inf, 0, 8])
    def test_no_infinity(self, values: float) -> None:
        with pytest.raises(RatingError, match=re.escape(f"{values:g} outside 1..7")):
            Perception(values, SEVEN)

    @pytest.mark.parametrize(
        "values",
        ["5", ["5", 1], np.array(["5", 1], dtype=object), [[1], [1, 2]], DESIRED, [DESIRED], 1j, b"5", [pd.NA]],
        ids=lambda values: str(values)[:20],
    )
    def test_what_is_no_number(self, values: list[float]) -> None:
        with pytest.raises(
            RatingError, match=r"missing = NaN\. Hint: turn texts into numbers first; .* pass its \.values"
        ):
            Perception(values, SEVEN)

    def test_a_number_in_the_place_of_the_scale(self) -> None:
        with pytest.raises(RatingError, match=r"scale: 7; a rating has the Scale of its answers\. Hint: .*likert\(7\)"):
            Perception(5, 7)  # type: ignore[arg-type]

    def test_an_unknown_level(self) -> None:
        with pytest.raises(RatingError, match=r"level: 'desird'; .*\. Hint: did you mean desired\?"):
            Expectation(5, SEVEN, "desird")

    def test_a_gap_beyond_the_span_and_against_no_standard(self) -> None:
        with pytest.raises(RatingError) as caught:
            Gap([7, -6], SEVEN, Level.DISCONFIRMATION)
        first, second = (str(problem) for problem in caught.value.problems)
        assert first.startswith("gap: 1 of 2 outside -6..6: [0] = 7; a gap on 1..7 is at most its span.")
        assert second.startswith("against: 'disconfirmation'")

    def test_only_a_single_rating_is_one_number(self) -> None:
        with pytest.raises(RatingError, match=r"float: an array of shape \(2,\); .* Hint: take \.mean\(\) or \.values"):
            float(PERCEIVED)


class TestSubtracting:
    @pytest.mark.parametrize("level", STANDARDS)
    def test_the_gap_knows_what_it_was_taken_against(self, level: Level) -> None:
        gap = Perception([5, 7, MISSING], SEVEN) - Expectation(6, SEVEN, level)
        assert isinstance(gap, Gap)
        assert gap.against is level
        assert gap.scale is SEVEN
        np.testing.assert_array_equal(gap.values, [-1, 1, MISSING])
        assert gap.shortfall.tolist() == [True, False, False]

    @pytest.mark.parametrize(
        ("left", "right", "words"),
        [
            (DESIRED, PERCEIVED, "negative is a shortfall. Hint: write perception - expectation"),
            (PERCEIVED, PERCEIVED, "Perception - Perception: no standard; a gap is perception minus standard"),
            (DESIRED, DESIRED, "their distance is ToleranceZone(adequate, desired).width"),
            (GAP, GAP, "the difference of two gaps is not a gap. Hint: subtract their .values"),
            (PERCEIVED, GAP, "any other difference is one of .values"),
            (GAP, DESIRED, "any other difference is one of .values"),
            *((PERCEIVED, number, "make both ratings: Perception(values, scale) - ") for number in NUMBERS),
            *((number, DESIRED, "a number alone has neither a scale nor a level.") for number in NUMBERS),
            (GAP, 1.5, "Gap - float: a plain number"),
            (np.array([]), DESIRED, "ndarray - Expectation: a plain number"),
        ],
    )
    def test_everything_else_explains_itself(self, left: Gap, right: Gap, words: str) -> None:
        with pytest.raises(ScaleMismatchError, match=re.escape(words)) as caught:
            operator.sub(left, right)
        assert isinstance(caught.value, TypeError)

    @pytest.mark.parametrize("foreign", ["text", None, Importance.ratings([1, 2])], ids=repr)
    def test_the_foreign_may_answer_for_itself(self, foreign: Expectation) -> None:
        with pytest.raises(TypeError, match="unsupported operand") as caught:
            PERCEIVED - foreign
        assert not isinstance(caught.value, ScaleMismatchError)

    def test_scales_must_agree(self) -> None:
        with pytest.raises(ScaleMismatchError, match=r"scales 1\.\.7 and 1\.\.5; .* Hint: .*\.rescaled\(to\)"):
            PERCEIVED - Expectation(5, FIVE)

    def test_anchors_play_no_part(self) -> None:
        assert (PERCEIVED - Expectation(5, Scale(1, 7))).values.tolist() == [0, 1]

    def test_shapes_must_broadcast(self) -> None:
        with pytest.raises(RatingError, match=r"shapes \(2,\) and \(3,\); shapes are equal, or broadcast as in numpy"):
            PERCEIVED - Expectation([1, 2, 3], SEVEN)

    @given(st.data())
    def test_broadcasting_is_that_of_numpy(self, data: st.DataObject) -> None:
        one, other = (data.draw(answers(SEVEN, data.draw(shapes))) for _ in range(2))
        try:
            expected = one - other
        except ValueError:
            with pytest.raises(RatingError, match=re.escape(f"shapes {one.shape} and {other.shape}")):
                Perception(one, SEVEN) - Expectation(other, SEVEN)
        else:
            np.testing.assert_array_equal((Perception(one, SEVEN) - Expectation(other, SEVEN)).values, expected)


class TestMoving:
    @given(st.data())
    def test_rescaling_there_and_back(self, data: st.DataObject) -> None:
        scale = data.draw(scales())
        values = data.draw(answers(scale, (5,)))
        wide = Scale(data.draw(st.sampled_from([0, -3, 0.1])), 100, step=None)
        there = Perception(values, scale).rescaled(wide)
        np.testing.assert_allclose(there.rescaled(scale).values, values, rtol=0, atol=1e-9)
        gap = Perception(values, scale) - Expectation(values[0], scale, Level.IDEAL)
        moved = gap.rescaled(wide)
        np.testing.assert_allclose(
            moved.values, (there - Expectation(values[0], scale, Level.IDEAL).rescaled(wide)).values, atol=1e-9
        )
        np.testing.assert_allclose(moved.rescaled(scale).values, gap.values, atol=1e-9)
        assert (moved.against, moved.scale) == (Level.IDEAL, wide)

    def test_the_ends_meet_the_ends(self) -> None:
        assert Perception([1, 4, 7], SEVEN).rescaled(Scale.percent()).values.tolist() == [0, 50, 100]
        assert (Perception(1, SEVEN) - Expectation(7, SEVEN)).rescaled(Scale.percent()).values == -100

    @pytest.mark.parametrize("count", range(2, 12))
    def test_points_come_back_exactly(self, count: int) -> None:
        scale = Scale(1, count)
        there = Perception(scale.points, scale).rescaled(Scale(1, 5, step=None))
        np.testing.assert_array_equal(there.rescaled(scale).values, scale.points)

    def test_rounding_pushes_nothing_beyond_the_ends(self) -> None:
        narrow, wide = Scale(0, 0.1, step=None), Scale(0, 0.2, step=None)
        assert Gap([0.1, -0.1], narrow, Level.EXPECTATION).rescaled(wide).values.tolist() == [0.2, -0.2]
        assert float(Perception(0.1, narrow).rescaled(wide)) == 0.2

    def test_between_two_points_is_refused(self) -> None:
        with pytest.raises(RatingError, match=r"2\.5 between the points of 1\.\.7; .*Scale\(1, 7, step=None\)"):
            Perception(2, FIVE).rescaled(SEVEN)

    @given(st.data())
    def test_reversed_ratings_turn_the_sign_of_the_gap(self, data: st.DataObject) -> None:
        scale = data.draw(scales())
        perception, expectation = Perception(data.draw(answers(scale, (4,))), scale), Expectation(scale.high, scale)
        gap = perception - expectation
        turned = perception.reversed() - expectation.reversed()
        np.testing.assert_allclose(turned.values, -gap.values, atol=1e-9)
        np.testing.assert_array_equal(gap.reversed().values, -gap.values)
        np.testing.assert_allclose(perception.reversed().reversed().values, perception.values, atol=1e-9)

    def test_a_level_survives_every_move(self) -> None:
        assert DESIRED.reversed().level is DESIRED.rescaled(Scale.percent()).level is Level.DESIRED

    def test_no_gap_is_zero_and_not_minus_zero(self) -> None:
        gap = (Perception(6, SEVEN) - DESIRED).reversed()
        assert repr(gap) == "<Gap: 0 on 1..7 against desired>"


class TestMeans:
    def test_a_mean_says_how_many_it_used(self) -> None:
        gap = Perception([[5, 7, MISSING], [1, MISSING, MISSING]], SEVEN) - Expectation(6, SEVEN)
        assert (gap.mean(), gap.answered()) == (-5 / 3, 3)
        np.testing.assert_array_equal(gap.mean(axis=0), [-3, 1, MISSING])
        np.testing.assert_array_equal(gap.answered(axis=0), [2, 1, 0])
        np.testing.assert_array_equal(gap.mean(axis=(0, 1)), -5 / 3)

    def test_nothing_has_no_mean(self) -> None:
        assert np.isnan(Perception([], SEVEN).mean())
        assert Perception(MISSING, SEVEN).answered() == 0

    def test_one_number_is_its_own_mean(self) -> None:
        assert (DESIRED.mean(), DESIRED.answered()) == (6, 1)
