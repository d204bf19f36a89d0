"""The journey line and the step profile draw the numbers of what they are given."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from servqual import Survey
from servqual.catalogue.difficult_moments import doubts
from servqual.encounters.behaviours.step_reading import step_scores
from servqual.encounters.moments.journeys import Journeys
from servqual.encounters.moments.ledgers import journey_ledger
from servqual.encounters.moments.vendor_case import lost_contract
from servqual.plots.journey_line import journey
from servqual.plots.step_dots import step_profile


def test_the_line_has_scores_ideal_and_one_mark_for_worst_and_peak() -> None:
    ax = journey(lost_contract().ledger())
    drawn = [np.asarray(line.get_ydata(), dtype=float).tolist() for line in ax.get_lines()]
    assert [-1, -1, -2, -3, -2, -3] in drawn
    assert [1, 2, 2, 2, 1, 3] in drawn
    assert drawn[-1] == [-3]
    legend = ax.get_legend()
    assert legend is not None
    said = {text.get_text() for text in legend.get_texts()}
    assert said == {"how it went", "how it should have gone", "worst moment and peak"}
    plt.close("all")


def test_worst_and_peak_apart_have_a_mark_each_and_an_ideal_is_not_made_up() -> None:
    ledger = journey_ledger(Journeys.from_frame({"customer": ["a"] * 4, "score": [1, 3, -2, 0]}))
    legend = journey(ledger).get_legend()
    assert legend is not None
    assert {text.get_text() for text in legend.get_texts()} == {"how it went", "worst moment", "peak"}
    plt.close("all")


def test_the_profile_has_a_dot_for_each_step() -> None:
    scores = step_scores(Survey.from_arrays(doubts(), perception=[[1, 1, 0, 1, 0, 0], [1, 1, 1, 0, 1, 0]]))
    ax = step_profile(scores)
    drawn = sorted(float(np.asarray(line.get_xdata(), dtype=float)[0]) for line in ax.get_lines())
    assert drawn == pytest.approx([100 / 3, 250 / 3])
    plt.close("all")
