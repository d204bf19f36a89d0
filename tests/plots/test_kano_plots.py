"""Plots of a Kano reading: points, bars and curves are the numbers of the reading."""

from typing import Any

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from servqual.labels import Label
from servqual.plots import PlotError
from servqual.plots.kano_lines import kano_curves, spread
from servqual.plots.kano_points import kano_map
from servqual.plots.kano_stack import kano_shares
from servqual.satisfaction.delight.asking import kano
from servqual.satisfaction.delight.results import KanoReading
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.words import Category
from tests.plots.drawn import across, bar_starts, bars, column, legend, marked, rows, upwards, written

LONG = "the staff explain every step of a long procedure in words that everybody follows"


def reading(many: int = 5, *, long: bool = False, **given: Any) -> KanoReading:
    rng = np.random.default_rng(3)
    functional = rng.choice(5, (90, many), p=[0.5, 0.1, 0.25, 0.1, 0.05]) + 1
    dysfunctional = rng.choice(5, (90, many), p=[0.05, 0.1, 0.25, 0.1, 0.5]) + 1
    functional[:60, 0], dysfunctional[:60, 0] = 3, 5  # must-be
    dysfunctional[:60, 1] = 3  # attractive, and indifferent
    functional[:80, 2], dysfunctional[:80, 2] = 3, 3  # indifferent
    labels = {
        f"f{place}": Label(f"{LONG} {place}" if long else f"feature {place}", f"特性{place}") for place in range(many)
    }
    study = KanoStudy.from_arrays(functional, dysfunctional, features=labels, groups={"g": ["a", "b", "b"] * 30})
    return kano(study, **given)


def segments(ax: Any, *, upright: bool) -> list[tuple[float, float]]:
    """The ends of the intervals across, or of those upright."""
    held = [each for each in ax.collections if isinstance(each, LineCollection)][int(upright)]
    return [(line[0][int(upright)], line[-1][int(upright)]) for line in held.get_segments()]


def test_points_are_better_across_and_worse_upwards() -> None:
    found = reading()
    ax = kano_map(found)
    points = {pair for line in marked(ax) for pair in zip(across(line).tolist(), upwards(line).tolist(), strict=True)}
    table = found.to_table("coefficients")
    assert points == set(zip(column(table, "better").tolist(), (-column(table, "worse")).tolist(), strict=True))
    assert {"must-be", "attractive", "cut at 0.5", "95% interval"} <= set(legend(ax))
    assert written(ax)[:4] == ["must-be", "one-dimensional", "indifferent", "attractive"]
    assert written(ax)[4:] == [f"feature {place}" for place in range(5)]


@pytest.mark.parametrize(("interval", "kind"), [("score", "score_"), ("delta", ""), ("bootstrap", "boot_")])
def test_intervals_are_those_that_are_asked_for(interval: str, kind: str) -> None:
    found = reading(rng=1, draws=100)
    ax = kano_map(found, interval=interval)
    wanted = [[float(getattr(row, f"better_{kind}{end}")) for end in ("low", "high")] for row in found]
    np.testing.assert_allclose(segments(ax, upright=False), wanted)
    wanted = [[-float(getattr(row, f"worse_{kind}{end}")) for end in ("high", "low")] for row in found]
    np.testing.assert_allclose(segments(ax, upright=True), wanted)


def test_points_may_stand_without_intervals_and_be_cut_elsewhere() -> None:
    ax = kano_map(reading(confidence=0.9), interval=None, cut=0.4)
    assert not [each for each in ax.collections if isinstance(each, LineCollection)]
    assert "cut at 0.4" in legend(ax)
    assert not any("interval" in text for text in legend(ax))
    assert "90% interval" in legend(kano_map(reading(confidence=0.9)))


def test_intervals_that_end_beyond_the_possible_are_in_view() -> None:
    study = KanoStudy.from_counts({"it": {"A": 9, "I": 1, "M": 1}})
    ax = kano_map(kano(study), interval="delta")
    assert ax.get_xlim()[1] > segments(ax, upright=False)[0][1] > 1


def test_many_features_bear_numbers_with_a_key() -> None:
    for draw in (kano_map, kano_curves):
        texts = written(draw(reading(29, long=True)))
        assert "1" in texts
        assert any(LONG.split(" every", maxsplit=1)[0] in text for text in texts)
    small = Figure(figsize=(4, 3), layout="constrained").subplots()
    assert written(kano_map(reading(29, long=True), ax=small))[4:] == [f"f{place}" for place in range(29)]


def test_bars_are_the_shares_of_categories() -> None:
    found = reading()
    ax = kano_shares(found)
    shares = np.array([float(each.share) for each in found.shares]).reshape(-1, 6)
    np.testing.assert_allclose((bars(ax) - bar_starts(ax)).T, shares)
    np.testing.assert_allclose(bars(ax)[-1], 1)
    np.testing.assert_allclose(bars(ax)[2], [float(row.total_strength) for row in found])
    assert sorted(legend(ax)) == sorted(each.label.en for each in Category)
    assert rows(ax) == [f"feature {place}" for place in range(5)]
    assert ax.get_xlabel() == "share of the pairs of answers (n = 90)"
    numbers = [f"{share:.0%}"[:-1] for kind in shares.T for share in kind if share >= 0.07]
    assert written(ax) == numbers


def test_bars_may_be_sorted_by_total_strength() -> None:
    found = reading()
    order = np.argsort([-float(row.total_strength) for row in found], kind="stable")
    assert rows(kano_shares(found, sort=True)) == [f"feature {place}" for place in order]


def test_numbers_of_respondents_stand_by_features_where_they_differ() -> None:
    study = KanoStudy.from_arrays(np.array([[1, 1], [1, np.nan]]), [[5, 5], [5, 5]], features=["a", "b"])
    assert rows(kano_shares(kano(study))) == ["a (n = 2)", "b (n = 1)"]


def test_curves_run_from_worse_to_better() -> None:
    found = reading()
    ax = kano_curves(found)
    drawn = [line for line in ax.lines if len(across(line)) == 101]
    kept = [row for kind in ("A", "O", "M") for row in found if row.mode is Category(kind)]
    assert len(drawn) == len(kept) == sum(row.mode is not Category.INDIFFERENT for row in found)
    for line, row in zip(drawn, kept, strict=True):
        assert upwards(line)[[0, -1]].tolist() == pytest.approx([float(row.worse), float(row.better)])
        middle = (float(row.better) + float(row.worse)) / 2
        bend = {"A": -1, "O": 0, "M": 1}[str(row.mode and row.mode.letter)]
        assert np.sign(round(float(upwards(line)[50]) - middle, 9)) == bend
    assert "not drawn: 1 neither" in ax.get_xlabel().replace("\n", " ")


def test_some_features_of_a_segment_are_drawn() -> None:
    found = reading(by="g")
    ax = kano_curves(found, features=["f0"], segment="b")
    drawn = [line for line in ax.lines if len(across(line)) == 101]
    assert [float(upwards(line)[-1]) for line in drawn] == pytest.approx([float(found.of("b", "f0").better)])
    assert ax.get_title(loc="left").replace("\n", " ") == "Kano study: charm curves (g = b)"
    total = bars(kano_shares(found, segment="a"))[2]
    np.testing.assert_allclose(total, [float(found.of("a", row.feature).total_strength) for row in found])


@pytest.mark.parametrize("draw", [kano_map, kano_shares, kano_curves])
def test_what_there_is_not_is_refused(draw: Any) -> None:
    with pytest.raises(PlotError, match=r"reading: a list; a Kano reading is drawn\. Hint: pass what kano"):
        draw([1])
    with pytest.raises(PlotError, match=r"segment: no 'c'; segments are those of by=. Hint: kano\(study, by=…\)"):
        draw(reading(), segment="c")
    with pytest.raises(PlotError, match=r"segment: no 'c'.*known are a, b"):
        draw(reading(by="g"), segment="c")


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(PlotError) as caught:
        kano_map(reading(), interval="scores", cut=50)
    assert "interval: 'scores'" in str(caught.value)
    assert "did you mean score?" in str(caught.value)
    assert "cut: 50; it lies between 0 and 1" in str(caught.value)
    with pytest.raises(PlotError, match=r"interval: bootstrap; there are no resamples. Hint: kano\(study, rng=1\)"):
        kano_map(reading(), interval="bootstrap")
    reverse = kano(KanoStudy.from_counts({"it": {"R": 3}}))
    with pytest.raises(PlotError, match="no feature with better and worse"):
        kano_map(reverse)
    with pytest.raises(PlotError, match="none of 1 has a curve"):
        kano_curves(reverse)
    with pytest.raises(PlotError, match=r"features: no 'f00'.*did you mean f0"):
        kano_curves(reading(), features=["f00"])


def test_labels_at_the_ends_do_not_meet_and_stay_near() -> None:
    rng = np.random.default_rng(1)
    wanted, heights = rng.uniform(90, 110, 12), rng.uniform(5, 15, 12)
    found = spread(wanted, heights, 300)
    order = np.argsort(found)
    tops, bottoms = found + heights / 2, found - heights / 2
    assert (bottoms[order][1:] >= tops[order][:-1] - 1e-9).all()
    assert bottoms.min() >= -1e-9
    assert tops.max() <= 300 + 1e-9
    assert (np.argsort(wanted, kind="stable") == order).all()
    np.testing.assert_allclose(spread(np.array([50.0, 150.0]), np.array([10.0, 10.0]), 300), [50, 150])
