"""Promises as a picture: places in standard deviations, and what cannot stand there is named."""

import numpy as np
import pytest

from servqual.errors import PlotError
from servqual.operations.promises.promise_reading import promise_gaps
from servqual.plots.promise_dots import promises
from tests.plots.drawn import written


def test_marks_stand_where_the_gaps_are_and_what_never_varies_is_named() -> None:
    wait = [12.0, 14, 11, 15, 13]
    gaps = promise_gaps(
        {"wait": 10, "opening": 8}, {"wait": wait, "opening": 8.5}, expected={"wait": 9, "opening": 8},
        lower_is_better=["wait"],
    )  # fmt: skip
    ax = promises(gaps)
    sd = float(np.std(wait, ddof=1))
    marks = {line.get_marker(): np.atleast_1d(line.get_xdata()).tolist() for line in ax.lines}
    assert marks["o"] == pytest.approx([(10 - 13) / sd])
    assert marks["D"] == pytest.approx([(10 - 9) / sd])
    assert ax.get_xlabel().endswith("deliveries do not vary, not drawn: opening")
    assert "failed 100%" in written(ax)
    assert "not drawn" not in promises(promise_gaps({"wait": 10}, {"wait": wait})).get_xlabel()


def test_nothing_to_draw() -> None:
    with pytest.raises(PlotError, match="no attribute with a standard deviation"):
        promises(promise_gaps({"wait": 10}, {"wait": 12}))
