"""Chains as boxes and arrows: what is written, how it looks, and that nothing covers anything else."""

from itertools import combinations, pairwise
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from servqual._arrays import Floats
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable
from servqual.errors import ArgumentError, LabelError, PlotError
from servqual.plots import fonts
from servqual.plots.arrow_labels import label_places
from servqual.plots.canvas import COLOURS, WARNING
from servqual.plots.chain_map import chain as draw
from servqual.plots.layers import Layers
from servqual.plots.tracks import Tracks
from tests.chain.drawing import chains
from tests.plots.chain_fits import made
from tests.plots.drawn import read_by_rows, written

PLAIN = Chain.parse("a -> b [lag 1]; a -> c [log]; b -> c [asymmetric]; c -> d [piecewise 2 4, lag 2]")
SMALL = Chain.parse("a -> b -> c; a -> c")
FITTED = made(SMALL, {("a", "b"): [0.5], ("b", "c"): [-0.75], ("a", "c"): [0.15]}, sds={"a": 2.0, "b": 4.0})
FEEDBACK = Chain.parse("a -> b -> c -> d; a -> d; d -> a [lag 1]; c -> c [lag 2]; c -> b [lag 1]; b -> c [lag 1]")


def lines(ax: Axes) -> list[Any]:
    return [line for line in ax.lines if len(np.asarray(line.get_xdata()))]


def boxes(ax: Axes) -> list[FancyBboxPatch]:
    return [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch)]


def test_a_chain_shows_constructs_lags_and_forms() -> None:
    ax = draw(PLAIN)
    assert written(ax) == ["a", "b", "c", "d", "lag 1", "log", "asymmetric", "lag 2, piecewise"]
    assert len(boxes(ax)) == 4
    assert len(lines(ax)) == len(PLAIN.links)
    assert {line.get_linestyle() for line in lines(ax)} == {"-"}
    assert read_by_rows(ax) == []
    assert ax.get_xlabel() == "an arrow leads from what is thought to drive to what it drives"


def test_all_words_are_chinese_where_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese_font", lambda: fonts.LAST_RESORT)
    monkeypatch.setattr(fonts, "is_drawn_by", lambda _: False)
    assert written(draw(PLAIN, language="zh"))[4:] == ["滞后1期", "对数", "不对称", "滞后2期，分段"]
    ax = draw(made(Chain.service_profit(), {}), language="zh")
    assert written(ax)[0] == "内部服务质量"
    assert written(ax)[1] == "员工满意\nR² 0.42"
    assert read_by_rows(ax) == ["正向"]
    assert ax.get_xlabel() == "标准化斜率与R²；64个单位"
    assert ax.texts[0].get_fontfamily() == [*mpl.rcParams["font.family"], fonts.LAST_RESORT]


def test_slopes_are_standardised_by_the_spread_of_both_ends() -> None:
    ax = draw(FITTED)
    assert written(ax)[-3:] == ["0.25", "−3.00", "0.30"]
    assert written(ax)[:3] == ["a", "b\nR² 0.42", "c\nR² 0.42"]
    assert ax.get_xlabel() == "standardised slopes and R²; 64 units"
    raw = draw(FITTED, standardised=False)
    assert written(raw)[-3:] == ["0.5", "−0.75", "0.15"]
    assert raw.get_xlabel() == "slopes in units of the data and R²; 64 units"


def test_a_slope_that_does_not_exist_is_a_dash() -> None:
    ax = draw(made(Chain.parse("a -> b"), {("a", "b"): [np.nan]}))
    assert written(ax)[-1] == "–"
    assert read_by_rows(ax) == ["95% interval covers zero"]


def test_every_segment_bears_its_slope_and_a_curve_that_at_the_mean() -> None:
    fit = made(
        Chain.parse("a -> b [asymmetric 3]; a -> c [piecewise 2 4]; b -> c [log, lag 1]"),
        {("a", "b"): [0.5, 0.2], ("a", "c"): [0.1, 0.0, -0.6], ("b", "c"): [1.5]},
    )
    numbers = [text.split("\n") for text in written(draw(fit))[-3:]]
    assert numbers == [["0.50 | 0.20", "asymmetric"], ["0.10 | 0.00 | −0.60", "piecewise"], ["0.50", "lag 1, log"]]


def test_colour_is_sign_and_width_is_size_in_standard_deviations() -> None:
    for ax in (draw(FITTED), draw(FITTED, standardised=False)):
        assert [to_hex(line.get_color()).upper() for line in lines(ax)] == [COLOURS[0], WARNING, COLOURS[0]]
        first, second, third = (line.get_linewidth() for line in lines(ax))
        assert first < third < second
    assert read_by_rows(ax)[:2] == ["positive", "negative"]


def test_an_arrow_is_dashed_where_the_interval_covers_zero() -> None:
    narrow, wide = draw(FITTED, confidence=0.5), draw(FITTED)
    assert [line.get_linestyle() for line in lines(wide)] == ["-", "-", "--"]
    assert [line.get_linestyle() for line in lines(narrow)] == ["-", "-", "-"]
    assert read_by_rows(wide) == ["positive", "negative", "95% interval covers zero"]
    assert read_by_rows(narrow) == ["positive", "negative"]
    assert read_by_rows(draw(made(SMALL, {}, se=1.0), confidence=0.995))[-1] == "0.995 interval covers zero"


def test_what_was_fitted_is_what_is_drawn() -> None:
    rng = np.random.default_rng(3)
    a = rng.normal(4.0, 0.5, 80)
    b = np.log(a) + rng.normal(0.0, 0.2, 80)
    c = b - 0.5 * a + rng.normal(0.0, 0.3, 80)
    units = UnitTable.from_arrays(np.arange(80), {"a": a, "b": b, "c": c})
    fitted = fit(Chain.parse("a -> b [log]; b -> c; a -> c"), units)
    numbers = [text.split("\n")[0] for text in written(draw(fitted))[-3:]]
    assert numbers == [f"{slope:.2f}".replace("-", "−") for slope in fitted.standardised_slopes()]
    squares = [text.split("\n")[1] for text in written(draw(fitted))[1:3]]
    assert squares == [f"R² {each.regression.r2:.2f}" for each in fitted.equations]


def test_one_clear_slope_of_several_is_enough() -> None:
    asymmetric = Chain.parse("a -> b [asymmetric 3]")
    assert lines(draw(made(asymmetric, {("a", "b"): [0.05, 0.9]})))[0].get_linestyle() == "-"
    assert lines(draw(made(asymmetric, {("a", "b"): [0.05, 0.1]})))[0].get_linestyle() == "--"


def test_drivers_are_shaded_and_what_is_driven_is_not() -> None:
    shades = [to_hex(box.get_facecolor()) for box in boxes(draw(SMALL))]
    assert shades[0] != "#ffffff"
    assert shades[1:] == ["#ffffff", "#ffffff"]


def test_what_is_no_chain_is_refused() -> None:
    nothing: Any = {"a": "b"}
    before = plt.get_fignums()
    with pytest.raises(PlotError, match=r"source: a dict; it is drawn from a Chain, or from a Fit.*what fit\(…\)"):
        draw(nothing)
    with pytest.raises(ArgumentError, match="confidence"):
        draw(FITTED, confidence=95)
    with pytest.raises(LabelError, match="'de'"):
        draw(SMALL, language="de")
    assert plt.get_fignums() == before


SHOWN = {
    "service-profit": Chain.service_profit(),
    "with drivers": Chain.service_profit(drivers=True),
    "brand": Chain.brand(),
    "one link": Chain.parse("a -> b"),
    "lags only": Chain.parse("a -> a [lag 1]"),
    "feedback": FEEDBACK,
    "dense": Chain.parse("; ".join(f"{a} -> {b}" for a, b in combinations("abcdef", 2))),
    "forms": PLAIN,
}


def fitted(name: str) -> Any:
    drawn = SHOWN[name]
    return made(Chain([*drawn.links], drawn.labels), {}) if name != "lags only" else made(drawn, {("a", "a"): [-0.4]})


@pytest.mark.parametrize("name", SHOWN)
def test_words_cover_neither_each_other_nor_boxes(name: str) -> None:
    for source in (SHOWN[name], *([fitted(name)] if name != "forms" else [])):
        ax = draw(source)
        ax.figure.canvas.draw()
        texts = [text for text in ax.texts if text.get_text()]
        extents = [text.get_window_extent() for text in texts]
        assert not any(one.padded(-1).overlaps(other.padded(-1)) for one, other in combinations(extents, 2))
        frames = [box.get_window_extent() for box in boxes(ax)]
        for inside, frame in zip(extents, frames, strict=False):
            assert frame.x0 <= inside.x0
            assert inside.x1 <= frame.x1
            assert frame.y0 <= inside.y0 + 1
            assert inside.y1 <= frame.y1 + 1
        for label in extents[len(frames) :]:
            assert not any(label.padded(-2).overlaps(frame) for frame in frames)
        whole = ax.figure.bbox.padded(1)
        assert all(whole.x0 <= each.x0 and each.x1 <= whole.x1 for each in (*extents, *frames))


def laid_out(chain: Chain, label: tuple[float, float] = (0.4, 0.2)) -> tuple[Layers, Tracks]:
    layers = Layers.of(chain)
    sizes = dict.fromkeys(chain.constructs, (0.8, 0.4))
    return layers, Tracks.of(layers, chain.links, sizes, [label] * len(chain.links), 1.0)


def along(line: Floats) -> Floats:
    """Points of an arrow, its ends left out."""
    pieces = [np.linspace(start, end, 40) for start, end in pairwise(line)]
    return np.concatenate(pieces)[1:-1]


@given(chains())
def test_arrows_run_around_boxes_and_boxes_stand_apart(chain: Chain) -> None:
    layers, tracks = laid_out(chain)
    bounds = {name: np.array(box.bounds) for name, box in tracks.boxes.items()}
    assert set(bounds) == set(chain.constructs)
    for one, other in combinations(bounds.values(), 2):
        assert max(*(one[:2] - other[2:]), *(other[:2] - one[2:])) > 0.05
    for link, course, line in zip(chain.links, layers.courses, tracks.lines, strict=True):
        assert line[0][0] == pytest.approx(bounds[link.source][2])
        assert line[-1][0] == pytest.approx(bounds[link.target][0])
        if course:
            assert np.all(np.diff(line[:, 0]) > 0)
        points = along(line)
        for edges in bounds.values():
            inside = np.all((points > edges[:2] + 1e-6) & (points < edges[2:] - 1e-6), axis=1)
            assert not inside.any()
        assert np.all(points >= 0)
        assert np.all(points <= tracks.size)


@given(chains())
def test_what_drives_within_the_period_stands_to_the_left(chain: Chain) -> None:
    column = {node: number for number, nodes in enumerate(Layers.of(chain).columns) for node in nodes}
    assert all(column[link.source] < column[link.target] for link in chain.links if not link.lag)
    assert all(any(isinstance(node, str) for node in nodes) for nodes in Layers.of(chain).columns)


def test_a_late_driver_stands_beside_what_it_drives() -> None:
    columns = Layers.of(Chain.parse("a -> b -> c -> d; late -> d")).columns
    assert [tuple(node for node in column if isinstance(node, str)) for column in columns] == [
        ("a",),
        ("b",),
        ("c", "late"),
        ("d",),
    ]


def test_crossings_that_need_not_be_are_untangled() -> None:
    columns = Layers.of(Chain.parse("a -> z; b -> y; c -> x")).columns
    assert [columns[1][columns[0].index(one)] for one in "abc"] == ["z", "y", "x"]


@settings(max_examples=30)
@given(chains())
def test_labels_stand_on_their_arrows(chain: Chain) -> None:
    _, tracks = laid_out(chain)
    bounds = np.array([box.bounds for box in tracks.boxes.values()])
    sizes = np.tile((0.2, 0.12), (len(chain.links), 1))
    places, free = label_places(tracks.lines, sizes, bounds)
    for place, line in zip(places, tracks.lines, strict=True):
        assert np.hypot(*(along(line) - place).T).min() < 0.1
    assert free.all()


def test_a_label_without_room_is_told() -> None:
    line = np.array([[0.0, 0.0], [1.0, 0.0]])
    _, free = label_places([line], np.array([[0.5, 0.5]]), np.array([[-1.0, -1.0, 2.0, 2.0]]))
    assert free.tolist() == [False]


def test_only_the_axes_given_are_drawn_on() -> None:
    figure = Figure(figsize=(9, 3), layout="constrained")
    first, second = figure.subplots(1, 2)
    untouched, before = len(first.get_children()), plt.get_fignums()
    assert draw(fitted("service-profit"), ax=second) is second
    assert len(first.get_children()) == untouched
    assert plt.get_fignums() == before
    large, small = boxes(draw(fitted("service-profit")))[0], boxes(second)[0]
    figure.draw_without_rendering()
    assert small.get_window_extent().width < large.get_window_extent().width


@pytest.mark.parametrize("layout", ["constrained", None])
def test_letters_shrink_with_their_boxes(layout: Any) -> None:
    figure = Figure(figsize=(8, 4), layout=layout)
    ax = draw(SHOWN["with drivers"], ax=figure.subplots())
    figure.draw_without_rendering()
    for text, box in zip(ax.texts, boxes(ax), strict=False):
        assert float(text.get_fontsize()) < 10
        assert text.get_window_extent().width <= box.get_window_extent().width + 1


def test_boxes_are_as_wide_as_high_whatever_the_axes() -> None:
    shapes = []
    for size in ((12, 3), (5, 9)):
        figure = Figure(figsize=size, layout="constrained")
        ax = draw(SMALL, ax=figure.subplots())
        figure.draw_without_rendering()
        extent = boxes(ax)[0].get_window_extent()
        shapes.append(extent.width / extent.height)
    assert shapes[0] == pytest.approx(shapes[1], rel=0.15)


def test_the_fit_is_left_as_it_was_and_drawn_twice_alike() -> None:
    first, second = draw(FITTED), draw(FITTED)
    for one, other in zip(lines(first), lines(second), strict=True):
        np.testing.assert_array_equal(one.get_xydata(), other.get_xydata())
    assert written(first) == written(second)
