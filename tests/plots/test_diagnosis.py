"""The picture of a diagnosis: bars, marks, intervals and words are those of the result."""

import numpy as np
import pytest

from servqual.errors import PlotError
from servqual.gap_model.influence_words import InfluenceVerdict
from servqual.plots import fonts
from servqual.plots.gap_causes import diagnosis
from tests.plots.diagnosis_samples import FULL, PLAIN
from tests.plots.drawn import across, interval_lines, legend, marked, tick_labels


def test_bars_are_gaps_in_order_of_rank_with_their_intervals() -> None:
    ax = diagnosis(PLAIN)
    widths = [patch.get_width() for patch in ax.patches]  # type: ignore[attr-defined]
    np.testing.assert_allclose(widths, [float(row.estimate.estimate) for row in PLAIN])
    ends = [(float(row.estimate.low), float(row.estimate.high)) for row in PLAIN]
    np.testing.assert_allclose([line for lines in interval_lines(ax) for line in lines], ends)
    assert tick_labels(ax) == [row.gap.label.en for row in PLAIN]
    assert ax.get_xlabel() == "the gap in points, below zero a shortfall"
    assert legend(ax) == ["gap: falls short", "gap: exceeds", "gap: no gap shown"]


def test_marks_are_the_first_causes_below_their_gap() -> None:
    ax = diagnosis(FULL, most=2)
    points = [float(across(line)[0]) for line in marked(ax) if len(across(line))]
    wanted = [float(row.strength) for gap in FULL for row in gap.causes[:2]]
    np.testing.assert_allclose(points, wanted)
    first = tick_labels(ax)[:4]
    assert first == ["gap 3, delivery", "the gap", "role conflict", "teamwork"]
    assert {"cause: found", "cause: found, the other way", "cause: open"} < set(legend(ax))
    assert FULL["gap_3"].causes[1].verdict is InfluenceVerdict.AGAINST


def test_without_causes_it_is_a_picture_of_gaps() -> None:
    assert tick_labels(diagnosis(FULL, most=0)) == tick_labels(diagnosis(PLAIN))


def test_chinese_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese_font", lambda: fonts.LAST_RESORT)
    ax = diagnosis(FULL, most=1, language="zh")
    assert ax.get_title(loc="left") == "差距诊断，95%置信区间"
    assert tick_labels(ax)[:3] == ["差距3：传递差距", "差距", "角色冲突"]
    assert "成因：得到证实" in legend(ax)


def test_refusals() -> None:
    with pytest.raises(PlotError, match=r"a list; what is drawn is a result of servqual.gap_model.diagnose"):
        diagnosis([])  # type: ignore[arg-type]
    with pytest.raises(PlotError, match="most: -1; a number of causes is zero or more"):
        diagnosis(FULL, most=-1)
