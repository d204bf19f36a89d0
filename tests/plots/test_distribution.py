"""Likert plots: shares part at the neutral middle, unused points stay, missing answers stand beside."""

import numpy as np
import pytest
from matplotlib.axes import Axes

from servqual._arrays import Floats
from servqual.errors import JointAnswersError, LevelError
from servqual.instruments import Instrument, Scale
from servqual.plots import PlotError, distribution, distribution_table
from servqual.plots.shades import shades
from servqual.scoring import Summary, summarize
from servqual.survey import Survey
from tests.plots.drawn import bar_starts, bars, headings, read_by_rows, rows, written
from tests.plots.samples import EXAMPLE, FORTY, REAL, SUMMARY, unpaired


def asked(scale: Scale, answers: list[list[float]], **given: object) -> Survey:
    instrument = Instrument.define("few", {"a": ["x", "y"]}, scale=scale, levels=["perception"])
    return Survey.from_arrays(instrument, perception=answers, **given)  # type: ignore[arg-type]


def shares(ax: Axes) -> Floats:
    """The widths of the bars, (points, items)."""
    return bars(ax) - bar_starts(ax)


FIVE_POINTS = asked(Scale.likert(5), [[1, 5], [3, 5], [3, 4], [5, np.nan]])


def test_the_middle_of_an_odd_scale_lies_half_on_each_side() -> None:
    ax = distribution(FIVE_POINTS)
    np.testing.assert_allclose(shares(ax)[:5, 0], [0.25, 0, 0.5, 0, 0.25])
    np.testing.assert_allclose(bar_starts(ax)[:5, 0], [-0.5, -0.25, -0.25, 0.25, 0.25])
    np.testing.assert_allclose(bar_starts(ax)[4, 1], 1 / 3)


def test_an_even_scale_parts_between_its_middle_points() -> None:
    ax = distribution(asked(Scale.likert(4), [[1, 3], [2, 3], [4, 4], [4, 4]]))
    np.testing.assert_allclose(bar_starts(ax)[:, 0], [-0.5, -0.25, 0, 0])
    np.testing.assert_allclose(bar_starts(ax)[2:, 1], [0, 0.5])


def test_every_point_is_in_the_legend_in_order_chosen_or_not() -> None:
    ax = distribution(FIVE_POINTS)
    assert read_by_rows(ax) == ["1 strongly disagree", "2", "3", "4", "5 strongly agree", "no answer"]
    assert len(shares(ax)) == 6


def test_missing_answers_stand_beside_as_shares_of_all() -> None:
    ax = distribution(FIVE_POINTS)
    np.testing.assert_allclose(shares(ax)[5], [0, 0.25])
    assert written(ax) == ["0%", "25%"]
    assert bar_starts(ax)[5].min() > bars(ax)[:5].max()


def test_where_no_answer_is_missing_that_is_said() -> None:
    ax = distribution(asked(Scale.likert(3), [[1, 2], [3, 2]]))
    assert ax.get_xlabel() == "share of the answers given; no answer is missing"
    assert read_by_rows(ax) == ["1 strongly disagree", "2", "3 strongly agree"]


def test_the_axis_has_no_negative_shares() -> None:
    ax = distribution(EXAMPLE)
    assert all(label.get_text().endswith("%") for label in ax.get_xticklabels())
    assert not any(label.get_text().startswith(("-", "−")) for label in ax.get_xticklabels())


def test_the_table_is_what_is_drawn() -> None:
    table = distribution_table(FIVE_POINTS, language="en")
    assert list(table.columns) == ["item", "label", "answer", "count", "share", "share_of_all"]
    assert table["answer"] == (1, 2, 3, 4, 5, None) * 2
    assert table["count"] == (1, 0, 2, 0, 1, 0, 0, 0, 0, 1, 2, 1)
    assert table["share"][6:] == (0, 0, 0, 1 / 3, 2 / 3, None)
    assert table["share_of_all"][6:] == (0, 0, 0, 0.25, 0.5, 0.25)


@pytest.mark.parametrize("level", ["perception", "expectation"])
def test_a_summary_and_unpaired_answers_give_the_same_bars(level: str) -> None:
    wanted = shares(distribution(EXAMPLE, level=level))
    np.testing.assert_allclose(shares(distribution(SUMMARY, level=level)), wanted)
    np.testing.assert_allclose(shares(distribution(unpaired(), level=level)), wanted)


def test_published_counts_serve_with_their_missing_answers() -> None:
    counts = np.arange(200).reshape(40, 5)
    instrument = Instrument.define("counts", {"a": [f"i{n}" for n in range(40)]}, scale=Scale.likert(5))
    summary = Summary.from_counts(instrument, perception=counts + 1, missing={"perception": np.full(40, 3)})
    table = distribution_table(summary)
    assert table["count"][5::6] == (3,) * 40
    assert len(rows(distribution(summary))) == 40


def test_weighted_counts_are_sums_of_weights() -> None:
    table = distribution_table(asked(Scale.likert(3), [[1, 2], [3, 2]], weights=[3, 1]))
    assert table["share"][:3] == (0.75, 0, 0.25)
    assert table.notes == ("weights: sampling; counts are sums of weights",)


def test_an_item_that_nobody_answered_is_all_missing() -> None:
    survey = asked(Scale.yes_no(), [[1, np.nan], [0, np.nan]])
    ax = distribution(survey)
    assert written(ax) == ["0%", "100%"]
    assert distribution_table(survey)["share_of_all"][3:] == (0, 0, 1)
    ax.figure.canvas.draw()


def test_the_lowest_mean_is_on_top_on_request() -> None:
    ax = distribution(FORTY, worst_first=True)
    means = np.arange(1, 8) @ shares(ax)[:7]
    assert (np.diff(means) > -1e-9).all()
    assert headings(ax) == []
    assert len(headings(distribution(FORTY))) == 5


def test_few_percent_are_not_none() -> None:
    answers = np.full((400, 2), 2.0)
    answers[0, 0] = np.nan
    assert written(distribution(asked(Scale.likert(3), answers.tolist()))) == ["<1%", "0%"]


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(LevelError, match="no desired answers; the survey holds perception, expectation"):
        distribution(EXAMPLE, level="desired")
    with pytest.raises(JointAnswersError, match="the scale is real-valued"):
        distribution(REAL)
    with pytest.raises(JointAnswersError, match="no counts"):
        distribution(summarize(REAL))
    with pytest.raises(PlotError, match="101 points; bars are stacked of at most 21"):
        distribution(asked(Scale(0, 100), [[1, 2]]))


@pytest.mark.parametrize("count", range(2, 22))
def test_shades_differ_and_pale_towards_the_middle(count: int) -> None:
    colours = shades(count)
    assert len(set(colours)) == len(colours) == count
    light = [sum(int(colour[start : start + 2], 16) for start in (1, 3, 5)) for colour in colours]
    half = count // 2
    assert light[:half] == sorted(light[:half])
    assert light[-half:] == sorted(light[-half:], reverse=True)
