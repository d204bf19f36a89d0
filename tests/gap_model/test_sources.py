"""Sources: from surveys, records and figures the same numbers, and what cannot be one is refused."""

import copy
import pickle
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from servqual import Label, Scale, Survey, summarize
from servqual.errors import GapModelError, InstrumentError, LevelError
from servqual.gap_model.gap_words import Station
from servqual.gap_model.model import GapModel
from servqual.gap_model.source import Source
from servqual.scoring.level_score import LevelScore
from tests.gap_model.companies import DESK, KEYS, SCALE, SEVEN, customers, figures, records


@pytest.mark.parametrize("kind", ["plain", "weighted", "clustered", "gaps"])
def test_a_survey_gives_the_means_and_errors_of_its_summary(kind: str) -> None:
    rng = np.random.default_rng(70)
    options: dict[str, Any] = {
        "weighted": {"weights": rng.uniform(0.1, 2, 40)},
        "clustered": {"cluster": rng.integers(0, 6, 40)},
    }
    survey = customers(rng, 40, **options.get(kind, {}))
    if kind == "gaps":
        seen = survey.perception.values.copy()
        seen[rng.random(seen.shape) < 0.3] = np.nan
        survey = Survey.from_arrays(DESK, perception=seen, expectation=survey.expectation().values)
    source = Source.from_survey(survey, "perception")
    table = summarize(survey, LevelScore("perception")).table().to_frame().set_index("score")
    for place, key in enumerate(KEYS):
        told = (source.mean[place], source.se[place], source.n[place])
        assert told == pytest.approx(tuple(table.loc[key, ["mean", "se", "n"]]), rel=1e-10)
    assert repr(source).startswith("<Source of 2 dimensions on -100..100 (real-valued), means ")


def test_a_stricter_rule_for_answers_counts_fewer_people() -> None:
    seen = customers(np.random.default_rng(71), 20).perception.values.copy()
    seen[:5, 0] = np.nan
    survey = Survey.from_arrays(DESK.asking("perception"), perception=seen)
    assert Source.from_survey(survey, "perception").n.tolist() == [20, 20]
    assert Source.from_survey(survey, "perception", min_answered=1).n.tolist() == [15, 20]


@pytest.mark.parametrize("library", [pd, pl])
def test_records_of_any_library_give_means_and_errors(library: object) -> None:
    frame = records(np.random.default_rng(72), 30)
    frame.loc[3, "tone"] = None
    given = frame if library is pd else pl.from_pandas(frame)
    source = Source.from_records(given, KEYS, scale=SCALE)
    np.testing.assert_allclose(source.mean, frame.mean())
    np.testing.assert_allclose(source.se, frame.sem())
    assert source.n.tolist() == [30, 29]
    assert source.df.tolist() == [29, 28]


def test_records_that_are_alike_within_branches_have_clustered_errors() -> None:
    frame = records(np.random.default_rng(73), 30, branch=np.repeat([1, 2, 3, 4, 5], 6))
    source = Source.from_records(frame, KEYS, scale=SCALE, cluster="branch")
    assert source.df.tolist() == [4, 4]
    between = frame.groupby("branch")["tone"].mean()
    assert source.se[1] == pytest.approx(between.sem())


def test_figures_are_what_they_say() -> None:
    source = Source.from_means(
        {"speed": 6, "tone": 4.5},
        se={"speed": 0.3, "tone": 0.2},
        scale=SEVEN,
        n={"speed": 10, "tone": 20},
        correlation=0.5,
        labels={"tone": Label("tone", "态度")},
    )
    assert source.se.tolist() == pytest.approx([0.3, 0.2])
    assert source.covariance[0, 1] == pytest.approx(0.03)
    assert source.df.tolist() == [9, 19]
    assert [label.zh for label in source.labels] == ["", "态度"]
    assert source.correlated
    assert not figures((5, 5), 0.1).correlated
    table = source.to_table()
    assert table["se"] == pytest.approx((0.3, 0.2))
    assert table.title == "Means on the scale 1..7"
    chinese = source.to_table(language="zh")
    assert (chinese.title, chinese["label"]) == ("量表 1..7 上的均值", ("speed", "态度"))
    assert "<table>" in source._repr_html_()


def test_another_scale_is_said_so() -> None:
    survey = customers(np.random.default_rng(74), 25)
    half = Scale(-50, 50, step=None)
    source = Source.from_survey(survey, "perception").rescaled(half)
    moved = Survey.from_arrays(DESK.asking("perception"), perception=survey.perception.values)
    np.testing.assert_allclose(source.mean, Source.from_survey(moved, "perception").mean / 2)
    np.testing.assert_allclose(source.se, Source.from_survey(moved, "perception").se / 2)
    assert source.scale == half
    both = [Source.from_survey(survey, level).rescaled(half) for level in ("expectation", "perception")]
    kept = GapModel(expected=both[0], perceived=both[1]).gaps()["gap_5"]
    assert kept.p == pytest.approx(GapModel(expected=survey, perceived=survey).gaps()["gap_5"].p)


def test_dimensions_are_matched_by_name() -> None:
    turned = Source.from_means(
        {"tone": 5.0, "speed": 6.0}, se={"tone": 0.1, "speed": 0.4}, scale=SEVEN, correlation=0.2
    )
    model = GapModel(specified=figures((4, 4)), delivered=turned)
    assert [model.gaps()["gap_3", key].estimate for key in KEYS] == [2.0, 1.0]
    assert [model.gaps()["gap_3", key].se for key in KEYS] == pytest.approx([0.4, 0.1])


def test_sources_keep_their_arrays_and_their_people_through_pickle() -> None:
    survey = customers(np.random.default_rng(75), 25)
    model = GapModel(expected=survey, perceived=survey)
    restored = pickle.loads(pickle.dumps(model))  # noqa: S301 - made on this line
    for again in (restored, copy.deepcopy(model)):
        assert again.gaps().to_dict() == model.gaps().to_dict()
        assert not again.sources[Station.EXPECTED].mean.flags.writeable
    gaps = model.gaps()
    assert len(pickle.dumps(gaps)) < 6000
    again = pickle.loads(pickle.dumps(gaps))  # noqa: S301 - made on this line
    assert not again.covariance.flags.writeable


def test_a_level_that_is_not_there_is_refused() -> None:
    survey = Survey.from_arrays(DESK.asking("perception"), perception=np.ones((3, 3)))
    with pytest.raises(LevelError, match="survey: no expectation answers"):
        Source.from_survey(survey, "expectation")
    with pytest.raises(InstrumentError, match="level: 'perceptions'"):
        Source.from_survey(survey, "perceptions")
    with pytest.raises(GapModelError, match=r"survey: a DataFrame; it is a Survey\. Hint: for a frame of records use"):
        Source.from_survey(pd.DataFrame(), "perception")  # type: ignore[arg-type]
