"""Blueprint, Pareto bars and hazard curves: what is drawn is what was found."""

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from servqual.errors import PlotError
from servqual.operations.failing.failure_modes import FailureMode
from servqual.operations.failing.failure_reading import failures
from servqual.operations.lives.life_reading import life_course
from servqual.operations.process.hand_over_reading import internal_customers
from servqual.operations.process.service_process import ServiceProcess
from servqual.operations.process.steps import Lane
from servqual.plots.blueprint_map import blueprint
from servqual.plots.blueprint_places import Places
from servqual.plots.hazard_curves import hazard
from servqual.plots.pareto_bars import pareto
from servqual.statistics.hazards import AdditiveWeibull, Weibull
from tests.operations.test_internal_customers import KEYS, WORST, made
from tests.plots.drawn import legend, marked, rows, upwards, written

STAY = ServiceProcess.hotel_stay()
RATED = internal_customers(STAY, made(200, 1)[0], expected=6, outcome="overall", rng=1, draws=50)
MODES = [
    FailureMode(key="late", cause="method", severity=4, occurrence=6, detection=2, events=(60, 1000), cost=5),
    FailureMode(key="cold", cause="machine", severity=5, occurrence=4, detection=6, events=(20, 1000), cost=12),
]
FAILED = failures(MODES, rng=1)
TUB = life_course(AdditiveWeibull(0.01, 3, 0.005, 0.5).quantile((np.arange(200) + 0.5) / 200))
RISING = life_course(Weibull(0.01, 2.0).quantile((np.arange(40) + 0.5) / 40))


def shapes(ax: Axes, kind: type) -> list[Any]:
    return [each for each in ax.patches if isinstance(each, kind)]


def test_a_blueprint_has_a_box_for_each_step_and_an_arrow_for_each_hand_over() -> None:
    ax = blueprint(STAY)
    assert len(shapes(ax, FancyBboxPatch)) == len(STAY.steps)
    assert len(shapes(ax, FancyArrowPatch)) == len(STAY.hand_overs)
    words = [text.replace("\n", " ") for text in written(ax)]
    assert {step.label.en for step in STAY.steps} < set(words)
    assert {"line of interaction", "line of visibility", "line of internal interaction", "backstage"} < set(words)
    assert legend(ax) == []


@pytest.mark.parametrize("process", [STAY, ServiceProcess.restaurant_meal()])
def test_steps_stand_in_their_lanes_after_those_before_them_and_do_not_overlap(process: ServiceProcess) -> None:
    places = Places.of(process, dict.fromkeys(process.keys, (1.0, 0.4)), 1.0)
    for step in process.steps:
        _, top, _, bottom = places.boxes[step.key].bounds
        assert places.lanes[step.lane][0] < top < bottom < places.lanes[step.lane][1]
    assert all(places.columns[each.source] < places.columns[each.target] for each in process.hand_overs)
    customers = [places.columns[step.key] for step in process.steps if step.lane is Lane.CUSTOMER]
    assert customers == sorted(customers)
    boxes = [box.bounds for box in places.boxes.values()]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_what_the_customer_tells_in_another_order_is_drawn_as_it_happens() -> None:
    turned = ServiceProcess.define("t", {"customer": ["pay", "order"], "onstage": ["desk"]}, "order -> desk -> pay")
    columns = Places.of(turned, dict.fromkeys(turned.keys, (1.0, 0.4)), 1.0).columns
    assert columns["order"] < columns["desk"] < columns["pay"]


def test_arrows_bear_what_is_lost_where_hand_overs_fall_short() -> None:
    ax = blueprint(RATED)
    loss = f"{float(RATED[WORST].loss):+.2f}".replace("-", "−")
    assert loss in written(ax)
    arrows = shapes(ax, FancyArrowPatch)
    widths = [arrow.get_linewidth() for arrow in arrows]
    assert widths.index(max(widths)) == KEYS.index(WORST)
    assert "falls short" in legend(ax)
    assert ax.get_xlabel() == "what the customer loses there, points"


def test_without_an_outcome_arrows_bear_gaps() -> None:
    ratings = {key: values for key, values in made(200, 1)[0].items() if key != "overall"}
    ax = blueprint(internal_customers(STAY, ratings, expected=6))
    assert ax.get_xlabel() == "internal gap, points"
    gap = f"{ratings[WORST].mean() - 6:+.2f}".replace("-", "−")
    assert gap in written(ax)


def test_pareto_bars_are_shares_and_their_sums() -> None:
    ax = pareto(FAILED)
    containers: Any = ax.containers
    table = FAILED.pareto()
    heights = [patch.get_width() for patch in containers[0].patches]
    np.testing.assert_allclose(heights, 100 * np.array(table["share"], float))
    np.testing.assert_allclose(np.asarray(marked(ax)[0].get_xdata(), float), 100 * np.array(table["cumulative"], float))
    assert rows(ax) == list(table["label"])
    assert legend(ax) == ["up to here", "machine", "method"]
    assert ax.get_title(loc="left") == "RPN of failure modes"
    other = pareto(FAILED, value="cost", by="causes")
    assert rows(other) == ["method", "machine"]


def test_hazard_curves_are_those_of_the_models() -> None:
    ax = hazard(TUB)
    best = max(ax.lines, key=lambda line: line.get_linewidth())
    ages = np.asarray(best.get_xdata(), float)
    np.testing.assert_allclose(upwards(best), TUB.additive.life.hazard(ages))
    observed, bottom = marked(ax)
    np.testing.assert_allclose(upwards(observed), TUB.observed.rate)
    assert isinstance(TUB.additive.life, AdditiveWeibull)
    minimum = TUB.additive.life.minimum
    assert isinstance(minimum, tuple)
    np.testing.assert_allclose(np.asarray(bottom.get_xydata())[0], minimum)
    assert set(legend(ax)) == {
        "one Weibull", "additive Weibull (bathtub)", "observed, with interval", "least failure rate",
    }  # fmt: skip


def test_where_there_is_no_tub_no_bottom_is_marked() -> None:
    ax = hazard(RISING)
    assert "least failure rate" not in legend(ax)
    assert ax.get_title(loc="left") == "Failure rate over life: rising: wear"


def test_axes_that_are_given_are_drawn_on_and_strangers_refused() -> None:
    drawn: list[tuple[Any, Any]] = [(blueprint, STAY), (pareto, FAILED), (hazard, TUB)]
    for draw, found in drawn:
        ax = Figure(figsize=(4, 3), layout="constrained").subplots()
        assert draw(found, ax=ax) is ax
        with pytest.raises(PlotError, match=r"a dict; what is drawn is a"):
            draw({})
