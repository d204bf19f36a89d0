"""The zone of tolerance: its width, where perceptions stand in it, and which zones are refused."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, strategies as st

from servqual._arrays import Floats
from servqual.errors import CrossedZonesError, CrossedZonesWarning, RatingError, ScaleMismatchError
from servqual.instruments import Level, Scale
from servqual.ratings import Expectation, Perception
from servqual.zones import Standing, StandingCounts, ToleranceZone
from tests.ratings.strategies import MISSING, answers, scales

NINE = Scale(1, 9)
BOUNDS = (
    [Level.ADEQUATE, Level.MINIMUM, Level.ACCEPTABLE],
    [Level.DESIRED, Level.IDEAL, Level.NORMATIVE, Level.EXPECTATION],
)


def zone(adequate: object, desired: object, scale: Scale = NINE, *, inverted_ok: bool = False) -> ToleranceZone:
    low, high = np.asarray(adequate, dtype=float), np.asarray(desired, dtype=float)
    ends = Expectation(low, scale, Level.ADEQUATE), Expectation(high, scale, Level.DESIRED)
    return ToleranceZone(*ends, inverted_ok=inverted_ok)


@st.composite
def zones_and_perceptions(draw: st.DrawFn, *, missing: bool = True) -> tuple[ToleranceZone, Perception]:
    scale = draw(scales())
    one, other, seen = (draw(answers(scale, (6,), missing=missing)) for _ in range(3))
    return zone(np.minimum(one, other), np.maximum(one, other), scale), Perception(seen, scale)


class TestMeasures:
    @given(zones_and_perceptions())
    def test_adequacy_minus_superiority_is_the_width(self, drawn: tuple[ToleranceZone, Perception]) -> None:
        tolerance, perception = drawn
        adequacy, superiority = tolerance.adequacy(perception), tolerance.superiority(perception)
        assert (adequacy.against, superiority.against) == (Level.ADEQUATE, Level.DESIRED)
        width = np.where(np.isnan(perception.values), MISSING, tolerance.width)
        np.testing.assert_allclose(adequacy.values - superiority.values, width, rtol=0, atol=1e-12)

    @given(zones_and_perceptions())
    def test_position_is_0_at_adequate_and_1_at_desired(self, drawn: tuple[ToleranceZone, Perception]) -> None:
        tolerance, perception = drawn
        exists = tolerance.width > 0
        for end, value in ((tolerance.adequate, 0.0), (tolerance.desired, 1.0)):
            position = tolerance.position(Perception(end.values, end.scale))
            np.testing.assert_array_equal(position, np.where(exists, value, MISSING))
        answered = ~np.isnan(perception.values)
        np.testing.assert_array_equal(np.isnan(tolerance.position(perception)), ~(exists & answered))

    @given(zones_and_perceptions())
    def test_standings_partition(self, drawn: tuple[ToleranceZone, Perception]) -> None:
        tolerance, perception = drawn
        seen, low, high = perception.values, tolerance.adequate.values, tolerance.desired.values
        missing = np.isnan(seen + low + high)
        standings = np.asarray(tolerance.standing(perception))
        assert standings.dtype == np.int8
        expected = [
            ~missing & (seen < low),
            ~missing & (low <= seen) & (seen <= high),
            ~missing & (seen > high),
            missing,
        ]
        for standing, where in zip(Standing, expected, strict=True):
            np.testing.assert_array_equal(standings == standing, where)
        counts = tolerance.shares(perception)
        assert counts == StandingCounts(*(int(where.sum()) for where in expected))
        assert counts.defined + counts.undefined == 6

    @given(zones_and_perceptions(missing=False))
    def test_position_says_the_same_as_standing(self, drawn: tuple[ToleranceZone, Perception]) -> None:
        tolerance, perception = drawn
        position, standings = tolerance.position(perception), np.asarray(tolerance.standing(perception))
        wide = tolerance.width > 0
        np.testing.assert_array_equal((position < 0)[wide], (standings == Standing.BELOW)[wide])
        np.testing.assert_array_equal((position > 1)[wide], (standings == Standing.ABOVE)[wide])

    @given(zones_and_perceptions())
    def test_mean_position_is_the_ratio_of_means_of_the_complete(self, drawn: tuple[ToleranceZone, Perception]) -> None:
        tolerance, perception = drawn
        complete = ~np.isnan(tolerance.adequacy(perception).values + tolerance.width)
        width = tolerance.width[complete]
        exists = width.size and width.mean() > 0
        expected = tolerance.adequacy(perception).values[complete].mean() / width.mean() if exists else MISSING
        np.testing.assert_allclose(tolerance.mean_position(perception), expected, rtol=0, atol=1e-9)

    def test_one_number(self) -> None:
        tolerance = zone(5, 8)
        assert tolerance.width == 3
        assert tolerance.position(Perception(6.0, NINE)) == 1 / 3
        for seen, standing in ((4, "BELOW"), (5, "WITHIN"), (8, "WITHIN"), (9, "ABOVE"), (MISSING, "UNDEFINED")):
            assert tolerance.standing(Perception(seen, NINE)) is Standing[standing]
        assert isinstance(tolerance.mean_position(Perception(6, NINE)), float)

    def test_no_width_no_position_but_a_standing(self) -> None:
        tolerance, seen = zone([5, 5], [5, 9]), Perception([5, 7], NINE)
        np.testing.assert_array_equal(tolerance.position(seen), [MISSING, 0.5])
        assert tolerance.shares(seen) == StandingCounts(0, 2, 0, 0)
        assert tolerance.mean_position(seen) == 0.5
        assert np.isnan(zone(5, 5).mean_position(seen))

    def test_one_zone_per_item(self) -> None:
        tolerance = zone([5, 6], [8, 8])
        seen = Perception([[4.0, 6.0], [8.0, 9.0], [MISSING, 7.0]], NINE)
        assert np.asarray(tolerance.standing(seen)).tolist() == [[-1, 0], [0, 1], [-128, 0]]
        np.testing.assert_allclose(tolerance.mean_position(seen, axis=0), [(-1 + 3) / 6, 4 / 6])
        assert tolerance.shares(seen) == StandingCounts(below=1, within=3, above=1, undefined=1)

    def test_one_end_may_be_shared(self) -> None:
        tolerance = zone(5, [7, 9])
        assert repr(tolerance) == "<ToleranceZone: (2,) on 1..9, adequate to desired>"
        with pytest.raises(RatingError, match=r"shapes \(3,\) and \(2,\)"):
            tolerance.position(Perception([5, 6, 7], NINE))


class TestDoor:
    @pytest.mark.parametrize("low", BOUNDS[0])
    @pytest.mark.parametrize("high", BOUNDS[1])
    def test_levels_that_bound_a_zone(self, low: Level, high: Level) -> None:
        tolerance = ToleranceZone(Expectation(5, NINE, low), Expectation(8, NINE, high))
        seen = Perception(6, NINE)
        assert (tolerance.adequacy(seen).against, tolerance.superiority(seen).against) == (low, high)

    def test_levels_that_do_not(self) -> None:
        with pytest.raises(ScaleMismatchError) as caught:
            ToleranceZone(Expectation(5, NINE, Level.DESIRED), Perception(8, NINE))  # type: ignore[arg-type]
        first, second = (str(problem) for problem in caught.value.problems)
        assert first == (
            "adequate: level desired; the adequate end of a zone is an Expectation at the level adequate, minimum or "
            "acceptable. Hint: say what was asked: Expectation(values, scale, Level.ADEQUATE)"
        )
        assert second == (
            "desired: a Perception; the desired end of a zone is an Expectation at the level desired, ideal, normative "
            "or expectation. Hint: say what was asked: Expectation(values, scale, Level.DESIRED)"
        )

    def test_scales_and_shapes_must_agree(self) -> None:
        low = Expectation(3, Scale(1, 7), Level.MINIMUM)
        with pytest.raises(ScaleMismatchError, match=r"adequate and desired: scales 1\.\.7 and 1\.\.9"):
            ToleranceZone(low, Expectation(8, NINE, Level.DESIRED))
        with pytest.raises(RatingError, match=r"adequate and desired: shapes \(2,\) and \(3,\)"):
            zone([1, 2], [3, 4, 5])
        with pytest.raises(ScaleMismatchError, match=r"scales 1\.\.5 and 1\.\.9"):
            zone(5, 8).standing(Perception(5, Scale(1, 5)))

    def test_a_standing_is_of_perceptions(self) -> None:
        plain = r"perception: plain numbers without a scale; .* its scale, 1\.\.9\. Hint: pass Perception\(6, scale\)$"
        for ask in (zone(5, 8).standing, zone(5, 8).adequacy, zone(5, 8).superiority, zone(5, 8).shares):
            with pytest.raises(ScaleMismatchError, match=plain):
                ask(6)  # type: ignore[arg-type]
        with pytest.raises(ScaleMismatchError, match=r"Hint: pass Perception\(values, scale\)$"):
            zone(5, 8).position(np.array([5.0, 6.0]))  # type: ignore[arg-type]
        with pytest.raises(ScaleMismatchError, match="two standards"):
            zone(5, 8).position(Expectation(6, NINE))  # type: ignore[arg-type]


class TestCrossed:
    LOW, HIGH = (5, 7, MISSING, 9), (8, 6, 5, 1)

    def test_crossed_zones_are_refused_with_count_share_and_places(self) -> None:
        with pytest.raises(CrossedZonesError) as caught:
            zone(self.LOW, self.HIGH)
        assert str(caught.value) == (
            "zones: 2 of 4 zones crossed (50.0%): [1] 7 > 6, [3] 9 > 1; the adequate level does not lie above the "
            "desired one. Hint: mend or leave out these answers, or consent with inverted_ok=True"
        )

    def test_only_the_first_are_listed(self) -> None:
        with pytest.raises(CrossedZonesError, match=r"7 of 7 .*\[4\] 9 > 1, …;"):
            zone([9] * 7, 1)
        with pytest.raises(CrossedZonesError, match=r"zones: 1 of 1 zones crossed \(100\.0%\): 9 > 1;"):
            zone(9, 1)

    def test_consent_warns_and_leaves_them_undefined(self) -> None:
        with pytest.warns(CrossedZonesWarning, match=r"2 of 4 zones crossed \(50\.0%\)") as caught:
            tolerance = zone(self.LOW, self.HIGH, inverted_ok=True)
        assert [each.filename for each in caught] == [__file__]
        assert str(caught[0].message).endswith(
            "Hint: mend or leave out these answers; until then their positions and standings are undefined"
        )
        assert tolerance.crossed.tolist() == [False, True, False, True]
        np.testing.assert_array_equal(tolerance.width, [3, -1, MISSING, -8])
        perception = Perception([6, 6, 6, 6], NINE)
        assert np.asarray(tolerance.standing(perception)).tolist() == [0, -128, -128, -128]
        np.testing.assert_array_equal(tolerance.position(perception), [1 / 3, MISSING, MISSING, MISSING])
        assert tolerance.mean_position(perception) == 1 / 3
        assert tolerance.shares(perception).undefined == 3

    def test_consent_without_need_is_silent(self) -> None:
        assert not zone(5, 8, inverted_ok=True).crossed.any()


class TestHolding:
    @pytest.mark.parametrize("crossed", [False, True])
    def test_read_only_through_pickle_and_deepcopy(self, *, crossed: bool) -> None:
        if crossed:
            with pytest.warns(CrossedZonesWarning):
                tolerance = zone([9, 5], 8, inverted_ok=True)
        else:
            tolerance = zone([4, 5], 8)
        for carried in (copy.deepcopy(tolerance), pickle.loads(pickle.dumps(tolerance))):  # noqa: S301
            assert not carried.adequate.values.flags.writeable
            assert not carried.desired.values.flags.writeable
            np.testing.assert_array_equal(carried.width, tolerance.width)

    def test_inputs_are_not_written(self) -> None:
        low: Floats = np.array([4.0, 5.0])
        tolerance = ToleranceZone(Expectation(low, NINE, Level.ADEQUATE), Expectation(8, NINE, Level.DESIRED))
        tolerance.shares(Perception([5, 9], NINE))
        assert low.tolist() == [4, 5]
        assert low.flags.writeable


class TestCounts:
    def test_shares_are_of_those_with_a_standing(self) -> None:
        counts = StandingCounts(below=1, within=2, above=1, undefined=4)
        assert [counts.share(each) for each in list(Standing)[:3]] == [0.25, 0.5, 0.25]
        assert np.isnan(counts.share(Standing.UNDEFINED))
        assert np.isnan(StandingCounts(0, 0, 0, 1).share(Standing.WITHIN))

    def test_table_in_two_languages(self) -> None:
        table = StandingCounts(below=1, within=2, above=1, undefined=4).to_table()
        assert table["standing"] == ("below the zone", "within the zone", "above the zone", "undefined")
        assert table["count"] == (1, 2, 1, 4)
        assert table.notes[0] == "Shares are of the 4 with a standing."
        chinese = StandingCounts(0, 1, 0, 3).to_table("zh")
        assert chinese["standing"][1] == "在容忍区域内"
        assert (chinese.title, chinese.notes) == (
            "在容忍区域中的位置", ("比例以有结论的1个为基数。", "回答缺失或区域交叉时无法判断。")
        )  # fmt: skip
