"""Differences and sums of gaps: against the numbers of each person, and against errors written out by hand."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from servqual.errors import ArgumentError
from servqual.gap_model.model import GapModel
from servqual.gap_model.source import Source
from servqual.statistics import Inapplicable
from tests.gap_model.companies import KEYS, SCALE, company, figures, records


def test_a_difference_counts_the_source_that_neighbours_share_twice() -> None:
    """Gap 3 − gap 2 = (D − S) − (S − U) = D − 2 S + U."""
    model = GapModel(
        understood=figures((6.0, 6.0), 0.1, correlation=1),
        specified=figures((5.5, 5.5), 0.2, correlation=1),
        delivered=figures((4.0, 4.0), 0.3, correlation=1),
    )
    row = model.difference("gap_3", "gap_2")
    assert (row.gap, row.dimension) == ("gap_3 − gap_2", "overall")
    assert row.estimate == pytest.approx(-1.0)
    assert row.se == pytest.approx(np.sqrt(0.09 + 4 * 0.04 + 0.01))
    assert row.p == row.p_adjusted == pytest.approx(2 * stats.norm.sf(1 / float(row.se)))
    apart = np.hypot(np.hypot(0.3, 0.2), np.hypot(0.2, 0.1))
    assert float(row.se) > apart
    assert model.total("gap_2", "gap_3").se == pytest.approx(np.hypot(0.1, 0.3))


def test_of_rows_it_is_the_t_test_of_each_rows_difference() -> None:
    frame = records(np.random.default_rng(40), 25)
    rng = np.random.default_rng(41)
    for name in ("spec_speed", "spec_tone", "said_speed", "said_tone"):
        frame[name] = 5 + rng.normal(size=25)
    names = ({key: before + key for key in KEYS} for before in ("spec_", "", "said_"))
    spec, done, said = (Source.from_records(frame, each, scale=SCALE) for each in names)
    model = GapModel(specified=spec, delivered=done, promised=said)
    gap = {key: frame[key] - frame[f"spec_{key}"] for key in KEYS}
    kept = {key: frame[key] - frame[f"said_{key}"] for key in KEYS}
    mixed = model.combination({"gap_3": 0.25, "promise_gap": 0.75}, dimension="speed")
    across = model.combination({("gap_3", "speed"): 1, ("gap_3", "tone"): -1}, confidence=0.8)
    asked = [
        (model.difference("gap_3", "promise_gap", dimension="tone"), gap["tone"] - kept["tone"]),
        (model.difference("gap_3", "promise_gap"), (gap["speed"] - kept["speed"] + gap["tone"] - kept["tone"]) / 2),
        (mixed, 0.25 * gap["speed"] + 0.75 * kept["speed"]),
        (across, gap["speed"] - gap["tone"]),
    ]
    for row, values in asked:
        tested = stats.ttest_1samp(values, 0)
        assert (row.estimate, row.p, row.df) == pytest.approx((np.mean(values), tested.pvalue, 24), rel=1e-9)
    low, high = stats.ttest_1samp(asked[-1][1], 0).confidence_interval(0.8)
    assert (across.low, across.high) == pytest.approx((low, high))


@pytest.mark.parametrize("keys", [KEYS, KEYS[::-1]], ids="-".join)
def test_one_source_in_two_places_stays_one_in_whatever_order_its_dimensions_come(keys: tuple[str, ...]) -> None:
    """What is promised is what is specified: both gaps are the same, whatever the error of the book."""
    book = Source.from_means(dict(zip(keys, (5.5, 5.0), strict=True)), se=0.3, n=9, scale=SCALE)
    model = GapModel(
        expected=figures((6, 6), 0.1, scale=SCALE),
        specified=book,
        delivered=figures((4.8, 4.6), 0.1, scale=SCALE),
        promised=book,
    )
    found = model.difference("gap_3", "promise_gap")
    assert (found.estimate, found.se) == (0, 0)


def test_sums_are_named_for_what_they_are() -> None:
    model = company(42)
    assert model.total("gap_1", "gap_2", dimension="tone").gap == "gap_1 + gap_2"
    assert model.total("gap_1", dimension="tone").dimension == "tone"
    row = model.combination([(("gap_3", "speed"), -1), (("gap_1", "tone"), 0.5), ("gap_2", 1)])
    assert (row.gap, row.dimension) == ("−gap_3 (speed) + 0.5 gap_1 (tone) + gap_2 (overall)", "several")
    assert row.level == row.standard == Inapplicable("a sum of gaps is no difference of two means")


def test_what_cannot_be_summed_is_refused_all_at_once() -> None:
    model = company(43)
    with pytest.raises(ArgumentError) as caught:
        model.combination({("gap_7", "speed"): 1, ("gap_1", "sped"): 1, "gap_2": np.inf})
    assert [str(each) for each in caught.value.problems] == [
        "gap: no 'gap_7'; there are gap_1, gap_2, gap_3, gap_4, gap_5. Hint: did you mean gap_5 or gap_4 or gap_3?",
        "dimension: no 'sped'; there are speed, tone, overall. Hint: did you mean speed?",
        "weight of gap_2: inf; weights are finite numbers.",
    ]
    much: Any = "much"
    with pytest.raises(ArgumentError) as caught:
        model.combination([("gap_1", much), ("gap_3", 1), ("gap_9", 1), ("gap_9", 2)], dimension="sped")
    assert [str(each).partition(". Hint")[0] for each in caught.value.problems] == [
        "gap: no 'gap_9'; there are gap_1, gap_2, gap_3, gap_4, gap_5",
        "dimension: no 'sped'; there are speed, tone, overall",
        "gaps: gap_9 of sped twice; every gap stands once in a sum.",
        "weight of gap_1: nan; weights are finite numbers.",
    ]
    with pytest.raises(ArgumentError, match=r"gap: no 'delivery'; .* Hint: did you mean gap_3\?"):
        model.difference("delivery", "gap_1")
    with pytest.raises(ArgumentError, match="gaps: gap_1 of overall twice; every gap stands once in a sum"):
        model.difference("gap_1", "gap_1")
    with pytest.raises(ArgumentError, match="gaps: none; a sum takes one gap at least"):
        model.total()
    with pytest.raises(ArgumentError, match="confidence: 95"):
        model.total("gap_1", confidence=95)
