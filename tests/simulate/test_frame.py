"""Frames of simulated answers read back as the survey they show."""

import numpy as np
import pytest

from servqual import _frames
from servqual.instruments import Instrument, Level, Scale
from servqual.simulate import SimulationError, Styles, frame, survey
from servqual.simulate.wishes import Options
from servqual.survey import Survey
from tests.simulate.samples import kiosk

FULL: Options = {
    "groups": {"branch": {"north": 0.4, "south": 0.0}, "visit": [1, 2]},
    "clusters": 20,
    "icc": 0.1,
    "styles": Styles(straightlining=0.2),
    "missing": 0.05,
    "importance": True,
    "weight_cv": 0.3,
    "rng": 11,
}
INSTRUMENTS = [
    kiosk(Scale.likert(7), reverse=("steps", "clean")),
    kiosk(Scale.encounter(), reverse=("wait",)),
    kiosk(Scale.percent(), reverse=("wait",)),
    kiosk(Scale(0, 2, step=0.5), "perception", reverse=("clear",)),
]


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda each: str(each.scale))
def test_a_frame_reads_back_as_the_survey(instrument: Instrument, backend: str) -> None:
    made, simulated = frame(instrument, 300, backend=backend, **FULL), survey(instrument, 300, **FULL)
    read = Survey.from_frame(
        made, instrument, groups=["branch", "visit"], cluster="cluster", weights="weight",
        importance="importance_{dimension}",
    )  # fmt: skip
    assert read.backend == backend
    assert read.levels == simulated.levels
    for level in simulated.levels:
        np.testing.assert_allclose(read.level(level).numbers(), simulated.level(level).numbers(), rtol=0, atol=1e-12)
    for name, grouping in simulated.groups.items():
        assert read.grouping(name).labels == grouping.labels
        np.testing.assert_array_equal(read.grouping(name).codes, grouping.codes)
    assert read.cluster is not None
    assert simulated.cluster is not None
    np.testing.assert_array_equal(read.cluster.codes, simulated.cluster.codes)
    np.testing.assert_array_equal(read.weights, simulated.weights)
    assert read.importance is not None
    assert simulated.importance is not None
    np.testing.assert_array_equal(read.importance.values, simulated.importance.values)


def test_columns_are_those_that_were_asked_for() -> None:
    plain = frame(kiosk(Scale.likert(7), "perception"), 5, rng=1)
    assert list(plain.columns) == [f"perception_{key}" for key in ("wait", "steps", "hours", "clear", "clean")]
    assert all(dtype.kind == "i" for dtype in plain.dtypes)
    full = frame(kiosk(Scale.likert(7), "perception"), 5, **FULL)
    assert list(full.columns[:4]) == ["branch", "visit", "cluster", "weight"]
    assert list(full.columns[-2:]) == ["importance_speed", "importance_screen"]


def test_missing_answers_are_blanks_in_every_library() -> None:
    for backend in ("pandas", "polars", "pyarrow"):
        opened = _frames.opened(frame(kiosk(Scale.likert(7)), 400, backend=backend, missing=0.1, rng=1))
        simulated = survey(kiosk(Scale.likert(7)), 400, missing=0.1, rng=1)
        nulls = [opened.get_column(f"perception_{key}").null_count() for key in simulated.instrument.item_keys]
        assert nulls == simulated.level(Level.PERCEPTION).missing_counts().tolist()


def test_groups_do_not_take_the_name_of_another_column() -> None:
    with pytest.raises(SimulationError) as caught:
        frame(kiosk(Scale.likert(7)), 5, groups={"perception_wait": ["a"], "cluster": ["b"]}, clusters=2, rng=1)
    rule = "the name of another column; each column has a name of its own. Hint: rename the group"
    assert [str(problem) for problem in caught.value.problems] == [
        f"groups: 'perception_wait', {rule}",
        f"groups: 'cluster', {rule}",
    ]


def test_a_library_that_is_not_known_is_refused() -> None:
    with pytest.raises(_frames.BackendError, match="backend: 'excel'"):
        frame(kiosk(Scale.likert(7)), 5, backend="excel", rng=1)
