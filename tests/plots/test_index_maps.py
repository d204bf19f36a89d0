"""An index drawn: what is written, where it stands, and what cannot be drawn."""

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex
from matplotlib.patches import FancyBboxPatch

from servqual.errors import MissingFontWarning, PlotError, StructuralError
from servqual.plots import fonts
from servqual.plots.canvas import COLOURS, WARNING
from servqual.plots.construct_map import importance_performance
from servqual.plots.index_map import index_model
from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.indices.resampling import bootstrap_index
from servqual.satisfaction.indices.structural import StructuralModel
from tests.plots.drawn import across, marked, upright_lines, upwards, written
from tests.satisfaction.index_data import ITEMS, PATHS, SEVEN, SMALL, answers, codes

FIT = fit_index(SMALL, answers(), scale=SEVEN)
DRAWN = bootstrap_index(FIT, answers(), draws=60, rng=1)


def test_boxes_bear_index_and_r2_and_arrows_their_coefficients() -> None:
    ax = index_model(FIT)
    squares, coefficients = FIT.estimates.r2, [FIT.path(*path) for path in SMALL.paths]
    expected = [
        f"how one\nis served\n{FIT.index('service'):.1f}",
        f"value\n{FIT.index('value'):.1f}\nR² {squares[1]:.2f}",
        f"loyalty\n{FIT.index('loyalty'):.1f}\nR² {squares[2]:.2f}",
        *(f"{each:.2f}".replace("-", "−") for each in coefficients),
    ]
    assert written(ax) == expected
    assert len([patch for patch in ax.patches if isinstance(patch, FancyBboxPatch)]) == 3
    note = "standardised path coefficients, indices from 0 to 100, R²; 80 respondents"
    assert ax.get_xlabel().replace("\n", " ") == note
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["positive"]


def test_intervals_that_cover_zero_are_dashed() -> None:
    ax = index_model(DRAWN)
    covered = [DRAWN.of("path", *path).clear is False for path in SMALL.paths]
    lines = [line for line in ax.lines if len(np.asarray(line.get_xdata()))]
    assert [line.get_linestyle() != "-" for line in lines] == covered
    assert ax.get_xlabel().replace("\n", " ").endswith("80 respondents; 60 resamples")


def test_without_a_scale_boxes_have_no_index() -> None:
    ax = index_model(fit_index(SMALL, answers()))
    assert written(ax)[0] == "how one\nis served"
    assert ax.get_xlabel().replace("\n", " ") == "standardised path coefficients, R²; 80 respondents"


def test_names_may_hold_any_sign() -> None:
    model = StructuralModel.define({"a; b [1]": ["x", "y"], "c -> d": "z"}, [("a; b [1]", "c -> d")])
    assert written(index_model(fit_index(model, codes()[:, :3])))[0] == "a; b [1]"


def test_a_map_shows_the_numbers_of_its_table() -> None:
    ax = importance_performance(FIT, "loyalty")
    table = FIT.importance_performance("loyalty")
    points = np.concatenate([np.column_stack([across(line), upwards(line)]) for line in marked(ax)])
    expected = np.column_stack([np.array(table[name], float) for name in ("performance", "importance")])
    np.testing.assert_allclose(points[np.argsort(points[:, 0])], expected[np.argsort(expected[:, 0])])
    vertical, horizontal = ax.lines[:2]
    assert np.asarray(vertical.get_xdata())[0] == pytest.approx(expected[:, 0].mean())
    assert np.asarray(horizontal.get_ydata())[0] == pytest.approx(expected[:, 1].mean())
    assert ax.get_title(loc="left") == "Importance for loyalty, and performance"
    assert {"concentrate here", "keep it up", "low priority", "possible overkill"} < set(written(ax))
    assert upright_lines(ax) == []


def test_what_matters_and_does_less_well_is_a_diamond() -> None:
    table = codes()
    # value, which matters most, is low
    table[:, 3:5] = np.clip(table[:, 3:5] - 2, 1, 7)
    fit = fit_index(SMALL, table, scale=SEVEN)
    importance = fit.importance_performance("loyalty")["importance"]
    assert float(str(importance[1])) > float(str(importance[0]))
    low, high = marked(importance_performance(fit, "loyalty", cut="medians"))
    assert (low.get_marker(), high.get_marker()) == ("o", "D")
    assert to_hex(str(high.get_color())) == WARNING.lower()
    assert to_hex(str(low.get_color())) == COLOURS[0].lower()
    assert len(across(high)) == 1


def test_intervals_stand_both_ways() -> None:
    ax = importance_performance(DRAWN, "loyalty")
    ends = [DRAWN.of("importance", name, "loyalty") for name in ("service", "value")]
    expected = [(float(each.low), float(each.high)) for each in ends]
    np.testing.assert_allclose(upright_lines(ax)[2:], expected)
    assert upright_lines(importance_performance(DRAWN, "loyalty", indicators=True)) == []


def test_words_are_chinese_where_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.warns(MissingFontWarning):
        assert importance_performance(FIT, "loyalty", language="zh").get_xlabel().startswith("performance")
    monkeypatch.setattr(fonts, "chinese_font", lambda: fonts.LAST_RESORT)
    monkeypatch.setattr(fonts, "is_drawn_by", lambda _: False)
    assert index_model(FIT, language="zh").get_xlabel().startswith("标准化路径系数")
    assert index_model(DRAWN, language="zh").get_xlabel().endswith("重抽样60次")
    ax = importance_performance(FIT, "loyalty", language="zh")
    assert ax.get_xlabel() == "绩效：0–100 指数"
    assert "集中改进" in written(ax)


def test_axes_that_are_given_are_drawn_on() -> None:
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    assert index_model(FIT, ax=left) is left
    assert importance_performance(FIT, "loyalty", indicators=True, ax=right) is right


@pytest.mark.parametrize("draw", [index_model, lambda source: importance_performance(source, "loyalty")])
def test_what_is_no_index_is_refused(draw: object) -> None:
    assert callable(draw)
    with pytest.raises(PlotError, match="source: a str; it is drawn from an IndexFit or an IndexBootstrap"):
        draw("fit")


def test_what_cannot_be_mapped_is_told_at_once() -> None:
    with pytest.raises(PlotError) as error:
        importance_performance(fit_index(SMALL, answers()), "service", cut="middle")
    rule = "performance is an index from 0 to 100"
    assert [str(each) for each in error.value.problems] == [
        f"source: no scale of the answers; {rule}. Hint: fit_index(…, scale=Scale(1, 10))",
        "target: 'service'; a path leads to it. Hint: known are value, loyalty",
        'cut: middle; importance has no scale with a middle. Hint: cut="means"',
    ]
    with pytest.raises(StructuralError, match="target: 'loyal'; the model has no such construct"):
        importance_performance(FIT, "loyal")
    with pytest.raises(PlotError, match="cut: 'mean'"):
        importance_performance(FIT, "loyalty", cut="mean")
    assert StructuralModel.define(ITEMS, PATHS).names == SMALL.names
