"""What a source that was not measured leaves: a sum that stays exact, and bounds on its parts."""

import itertools
import json

import pytest

from servqual.errors import ArgumentError
from servqual.gap_model.diagnosing import diagnose
from servqual.gap_model.gap_words import CHAIN, LINKS, Station
from servqual.gap_model.model import GapModel
from tests.gap_model.companies import SEVEN, company, figures

LEVELS = dict(zip(CHAIN, ((6.0, 5.0), (5.5, 5.5), (5.0, 5.0), (4.0, 6.0), (3.5, 5.5)), strict=True))
KEEPS = [keep for size in range(2, 6) for keep in itertools.combinations(CHAIN, size)]


@pytest.mark.parametrize("keep", KEEPS, ids="-".join)
def test_merged_gaps_are_what_the_whole_model_sums(keep: tuple[Station, ...]) -> None:
    whole = GapModel(**{str(each): figures(LEVELS[each], 0.1, correlation=0) for each in CHAIN})
    part = GapModel(**{str(each): figures(LEVELS[each], 0.1, correlation=0) for each in keep})
    for gap in part.known:
        for key in (*part.dimensions, "overall"):
            mine, sums = part.gaps()[gap.key, key], whole.total(*gap.parts, dimension=key)
            assert (mine.estimate, mine.se) == pytest.approx((sums.estimate, sums.se))


@pytest.mark.parametrize("keep", KEEPS, ids="-".join)
def test_bounds_hold_every_level_that_the_scale_admits(keep: tuple[Station, ...]) -> None:
    gaps = GapModel(**{str(each): figures(LEVELS[each]) for each in keep}).gaps()
    told = {(row.gap, row.dimension): (row.low, row.high) for row in gaps.bounds}
    for name in (*LINKS, "gap_5"):
        ends = (CHAIN[-1], CHAIN[0]) if name == "gap_5" else (CHAIN[int(name[-1])], CHAIN[int(name[-1]) - 1])
        ranges = [(LEVELS[end][0],) if end in keep else (1.0, 7.0) for end in ends]
        possible = [level - standard for level in ranges[0] for standard in ranges[1]]
        if set(ends) <= set(keep):
            assert (str(name), "speed") not in told
        else:
            assert told[str(name), "speed"] == pytest.approx((min(possible), max(possible)))


def test_a_gap_that_is_part_of_another_here_is_told_so() -> None:
    model = GapModel(expected=figures((6, 5)), specified=figures((5, 4)), perceived=figures((4, 4)))
    remedy = "here it is part of gap_1_2; gaps().to_table('bounds') tells how large it can be"
    told = f"gap: no 'gap_2'; there are gap_1_2, gap_3_4, gap_5. Hint: {remedy}"
    asked = (
        lambda: model.gaps()["gap_2"],
        lambda: model.shares()["gap_2"],
        lambda: model.difference("gap_2", "gap_3_4"),
        lambda: diagnose(model)["gap_2"],
    )
    for ask in asked:
        with pytest.raises(ArgumentError) as caught:
            ask()
        assert str(caught.value.problems[0]).startswith(told.partition("there are")[0])
        assert str(caught.value.problems[0]).endswith(remedy)
    assert str(caught.value) == told


def test_bounds_are_a_table_in_both_languages() -> None:
    gaps = GapModel(expected=figures((6, 5)), specified=figures((5, 4)), perceived=figures((4, 4))).gaps()
    table = gaps.to_table("bounds", language="zh")
    assert table.title == "未测量差距的界限"
    assert table["label"][:3] == ("差距1：认识差距：speed", "差距1：认识差距：tone", "差距1：认识差距：总体")
    assert gaps.to_table("bounds")["low"][:3] == (-5.0, -4.0, -4.5)
    assert repr(gaps.bounds[0]) == "<GapBounds of gap_1, speed: -5.000 to 1.000>"
    parts = "gap_1_2 is gaps 1 + 2 in one; gap_3_4 is gaps 3 + 4 in one"
    told = f'not measured: understood, delivered; {parts}; bounds of single gaps: view "bounds"'
    assert told in [note.en for note in gaps.notes]
    assert json.dumps(gaps.to_dict()["bounds"]).startswith('{"gap": ["gap_1"')
    with pytest.raises(ArgumentError, match="view: 'bound'; it is one of overall, dimensions, all, bounds"):
        gaps.to_table("bound")
    assert SEVEN.low == 1


def test_a_complete_model_has_no_bounds() -> None:
    model = company(60)
    assert model.gaps().bounds == ()
    assert len(model.gaps().to_table("bounds")) == 0
    assert repr(model) == (
        "<GapModel of 2 dimensions on -100..100 (real-valued): expected, understood, specified, delivered, perceived>"
    )
