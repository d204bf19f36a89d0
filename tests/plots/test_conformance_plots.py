"""Pictures of conformance and of p-charts: the numbers that they draw, and what they refuse."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from servqual.errors import PlotError
from servqual.operations.standards.conforming import conformance_from_counts
from servqual.operations.standards.share_charts import p_chart
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.words import StandardKind
from servqual.plots import conformity_dots, share_lines

WAIT = Standard(key="wait", kind=StandardKind.TIME, high=5, target=0.8)
FOUND = conformance_from_counts(
    WAIT, [95, 60, 80, 0, 90], [100, 100, 100, 0, 100], unit=list("abcda"), period=[1, 1, 2, 2, 3]
)


def test_dots_are_shares_in_percent_with_one_look_for_each_verdict() -> None:
    ax = conformity_dots.conformance(FOUND)
    dots = {
        line.get_marker(): np.asarray(line.get_xdata()) for line in ax.lines if len(np.atleast_1d(line.get_xdata()))
    }
    shares = sorted(x for xs in dots.values() for x in np.asarray(xs, float).tolist() if x != 80.0)
    assert shares == pytest.approx(sorted([100 * 325 / 400, 92.5, 60.0]))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["all", "a", "b", "c", "d"]
    legend = ax.get_legend()
    assert legend is not None
    assert [each.get_text() for each in legend.get_texts()] == ["target", "met", "missed", "open"]
    plt.close("all")


def test_dots_by_period() -> None:
    ax = conformity_dots.conformance(FOUND, by="period")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["all", "1", "2", "3"]
    plt.close("all")


def test_the_chart_draws_shares_limits_and_signals() -> None:
    kept = [90, 92, 91, 89, 60]
    chart = p_chart(conformance_from_counts(WAIT, kept, [100] * 5, period=list(range(5))), baseline=4)
    ax = share_lines.p_chart(chart)
    lines = [np.asarray(line.get_ydata(), float).tolist() for line in ax.lines]
    assert pytest.approx(kept) in lines
    assert pytest.approx([60.0]) in lines
    assert pytest.approx([100 * float(chart[0].low)] * 10) in lines
    assert [80.0, 80.0] in lines
    plt.close("all")


def test_a_chart_without_limits_is_drawn() -> None:
    chart = p_chart(conformance_from_counts(WAIT, [5, 5], [5, 5], period=[1, 2]))
    assert len(share_lines.p_chart(chart, language="en").lines) >= 3
    plt.close("all")


def test_refusals() -> None:
    with pytest.raises(PlotError, match="found: a float; it is what conformance found"):
        conformity_dots.conformance(0.5)  # type: ignore[arg-type]
    with pytest.raises(PlotError, match=r"by: 'units'; rows are units or periods. Hint: did you mean unit"):
        conformity_dots.conformance(FOUND, by="units")
    with pytest.raises(PlotError, match="chart: a Conformance; it is a chart of shares"):
        share_lines.p_chart(FOUND)  # type: ignore[arg-type]
