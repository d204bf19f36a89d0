"""Data quality: against loops over respondents, pandas and scipy; nothing dropped until somebody says so."""

import json
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from scipy import stats

from servqual import Instrument, Level, Scale, Summary, Survey, WeightKind, summarize
from servqual.errors import JointAnswersError, SurveyError
from servqual.instruments import Item
from servqual.quality import DataQuality, data_quality, without
from servqual.statistics import ArgumentError
from servqual.testing import scales, surveys
from servqual.testing.strategies import instruments

few = settings(max_examples=60, deadline=None)
LEVELS = (Level.ADEQUATE, Level.DESIRED, Level.PERCEPTION)
DESK = Instrument.define(
    "desk", {"speed": ["wait", "queue"], "care": ["tone", "time"]}, scale=Scale.likert(7), levels=LEVELS
)
ANY = surveys(instruments(levels=LEVELS), crossed=True, max_respondents=12)


def asked(*rows: tuple[float, ...], **more: Any) -> Survey:
    """Perceptions of respondents, one row each."""
    return Survey.from_arrays(DESK, perception=np.array(rows, float), **more)


STRAIGHT = asked((5, 5, 5, 5), (5, 5, 5, 6), (5, 5, np.nan, np.nan), (5, 5, 5, np.nan), (1, 5, 5, 5))


def ticked(survey: Survey, level: Level) -> list[list[float]]:
    """Answers as they were ticked: items worded against the service turned back."""
    turned = [item.reverse for item in survey.instrument.items]
    scale = survey.instrument.scale
    values = survey.level(level).numbers().T
    return np.where(turned, scale.low + scale.high - values, values).tolist()


def by_hand(survey: Survey) -> dict[str, list[int]]:
    """The measures, one respondent at a time."""
    told: dict[str, list[int]] = {"missing": [0] * len(survey)}
    for level in survey.levels:
        for name in ("answered", "longest_run", "same"):
            told[f"{name}_{level}"] = []
        for row, answers in enumerate(ticked(survey, level)):
            there = [round(value, 9) for value in answers if value == value]  # noqa: PLR0124 - not NaN
            told["missing"][row] += len(answers) - len(there)
            told[f"answered_{level}"].append(len(there))
            told[f"longest_run_{level}"].append(max((len(list(run)) for _, run in groupby(there)), default=0))
            told[f"same_{level}"].append(max(map(there.count, there), default=0))
    low, high = (survey.level(level).numbers().T for level in (Level.ADEQUATE, Level.DESIRED))
    told["crossed"] = (low > high).sum(axis=1).tolist()
    return told


class TestMeasures:
    @few
    @given(ANY)
    def test_by_hand(self, survey: Survey) -> None:
        measures = data_quality(survey).measures
        for name, values in by_hand(survey).items():
            assert measures[name].tolist() == values, name

    def test_blocks_do_not_show(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rng = np.random.default_rng(0)
        survey = asked(*rng.integers(1, 4, (50, 4)))
        whole = data_quality(survey)
        monkeypatch.setattr("servqual.quality.row_patterns.BLOCK", 7)
        parts = data_quality(survey)
        np.testing.assert_array_equal(parts.measures.counts, whole.measures.counts)
        np.testing.assert_array_equal(parts.first_copies, whole.first_copies)

    def test_an_item_worded_against_the_service_counts_as_it_was_ticked(self) -> None:
        items = [Item("wait"), Item("rude", "rude", reverse=True), Item("tone")]
        desk = Instrument.define("desk", {"care": items}, scale=Scale.likert(7), levels=["perception"])
        for turned in ([[6, 6, 6]], [[6, 2, 6]]):
            survey = Survey.from_arrays(desk, perception=turned, already_reversed=turned[0][1] == 2)
            assert data_quality(survey).flags["straight_perception"].tolist() == [True]

    def test_gaps_neither_make_nor_break_a_run(self) -> None:
        measures = data_quality(asked((5, np.nan, 5, 6), (np.nan,) * 4, (4, 4, 4, 4))).measures
        assert measures["longest_run_perception"].tolist() == [2, 0, 4]


class TestCopies:
    @few
    @given(ANY)
    def test_duplicates_are_those_of_pandas(self, survey: Survey) -> None:
        frame = pd.DataFrame(np.hstack([given.numbers().T for given in survey.answers.values()]))
        wanted = frame.duplicated() & ~frame.isna().all(axis=1)
        assert data_quality(survey).flags["duplicate"].tolist() == wanted.tolist()

    @few
    @given(ANY)
    def test_answers_decide_where_fingerprints_are_equal(self, survey: Survey) -> None:
        with pytest.MonkeyPatch.context() as patch:
            wanted = data_quality(survey).first_copies
            patch.setattr("servqual.quality.row_patterns._add_fingerprint", lambda *_: None)
            np.testing.assert_array_equal(data_quality(survey).first_copies, wanted)

    def test_groups_of_copies(self) -> None:
        rows = [(1, 2, 3, 4), (5, 5, 5, 6), (1, 2, 3, 4), (np.nan,) * 4, (np.nan,) * 4, (1, 2, 3, 4), (5, 5, 5, 6)]
        quality = data_quality(asked(*rows))
        assert quality.first_copies.tolist() == [0, 1, 0, 3, 4, 0, 1]
        table = quality.to_table("copies")
        assert (table["first_row"], table["respondents"]) == ((0, 1), (3, 2))
        assert table["rows"] == ("0, 2, 5", "1, 6")
        assert table.title == "groups of equal answers: 2"


class TestItems:
    @few
    @given(ANY)
    def test_shapes_are_those_of_pandas(self, survey: Survey) -> None:
        table = data_quality(survey).told.table
        scale, row = survey.instrument.scale, -1
        for level in survey.levels:
            for values in survey.level(level).numbers():
                row += 1
                series: Any = pd.Series(values[~np.isnan(values)])
                told: dict[str, Any] = {name: cells[row] for name, cells in table.columns.items()}
                assert (told["n"], told["missing"]) == (len(series), len(survey) - len(series))
                if not len(series):
                    assert (told["floor"], told["mean"]) == (None, None)
                    continue
                ends = [(series <= scale.low).mean(), (series >= scale.high).mean(), series.mean()]
                np.testing.assert_allclose([told[name] for name in ("floor", "ceiling", "mean")], ends, atol=1e-12)
                if series.nunique() > 1 and len(series) > 3:
                    wanted = [series.std(), series.skew(), series.kurt()]
                    found = [told[name] for name in ("sd", "skewness", "excess_kurtosis")]
                    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-7)

    def test_humps(self) -> None:
        rng = np.random.default_rng(4)
        two, one = rng.choice([1, 2, 6, 7], 500), np.clip(rng.normal(4, 1.2, 500).round(), 1, 7)
        table = data_quality(asked(*np.column_stack([two, one, np.full(500, 4), two]))).told.table
        assert table["bimodal"] == (True, False, None, True)
        n, values = 500, two.astype(float)
        g1, g2 = stats.skew(values, bias=False), stats.kurtosis(values, bias=False)
        wanted = (g1**2 + 1) / (g2 + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))
        assert table["bimodality"][0] == pytest.approx(wanted)

    @few
    @given(surveys(instruments(levels=["perception"], scale=scales()), weights=WeightKind.FREQUENCY, min_respondents=2))
    def test_frequencies_are_repeated_rows(self, survey: Survey) -> None:
        assert survey.weights is not None
        rows = np.repeat(np.arange(len(survey)), survey.weights.astype(int))
        values = survey.level(Level.PERCEPTION).numbers().T[rows]
        if np.isnan(values).all():
            return
        repeated = Survey.from_arrays(survey.instrument, perception=values, already_reversed=True)
        same_items(data_quality(survey), data_quality(repeated))

    def test_weighted_shares(self) -> None:
        survey = asked((7, 1, 4, 4), (7, 7, 4, 4), (1, 7, 4, np.nan), (2, 2, 2, 2), weights=[1, 2, 1, 0])
        table = data_quality(survey).told.table
        assert (table["ceiling"][:2], table["floor"][0]) == ((0.75, 0.75), 0.25)
        assert (table["n"], table["missing"][3], table["missing_share"][3]) == ((3, 3, 3, 2), 1, 0.25)

    def test_weighted_shares_on_a_scale_without_points(self) -> None:
        desk = Instrument.define("desk", {"care": ["tone"]}, scale=Scale.percent(), levels=["perception"])
        values = [[100.0], [100.0], [0.0], [55.0], [np.nan]]
        table = data_quality(Survey.from_arrays(desk, perception=values, weights=[1, 2, 1, 0, 4])).told.table
        found = {name: table[name][0] for name in ("n", "missing", "missing_share", "ceiling", "floor", "mean")}
        assert found == {"n": 3, "missing": 1, "missing_share": 0.5, "ceiling": 0.75, "floor": 0.25, "mean": 75.0}

    def test_a_summary_gives_the_same_items_and_no_flags(self) -> None:
        rng = np.random.default_rng(2)
        parts = [asked(*rng.integers(1, 8, (20, 4))) for _ in range(2)]
        merged = summarize(parts[0]) + summarize(parts[1])
        whole = asked(*np.vstack([part.level(Level.PERCEPTION).numbers().T for part in parts]))
        quality = data_quality(merged)
        same_items(quality, data_quality(whole))
        assert repr(quality) == "<DataQuality of 'desk: data quality': 40 respondents, from a summary: no flags>"
        for name in ("flags", "measures", "first_copies"):
            with pytest.raises(JointAnswersError, match=r"summary: no .*; they need the answers of single respondents"):
                getattr(quality, name)
        with pytest.raises(JointAnswersError, match="no flags of speeding"):
            data_quality(merged, time=np.ones(40))
        assert quality.to_dict()["flags"] is None
        counts = Summary.from_counts(DESK, perception=np.ones((4, 7), int))
        assert data_quality(counts).told.table["floor"] == (1 / 7,) * 4


def same_items(one: DataQuality, other: DataQuality) -> None:
    for name, values in one.told.table.columns.items():
        if name not in {"about", "level", "key", "bimodal"}:
            found, wanted = (
                np.array([np.nan if value is None else value for value in each], float)
                for each in (values, other.told.table[name])
            )
            np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-9, err_msg=name)


class TestFlags:
    def test_straight_lining_by_its_rules(self) -> None:
        def flagged(**rules: Any) -> list[bool]:
            return data_quality(STRAIGHT, **rules).flags["straight_perception"].tolist()

        assert flagged() == [True, False, False, True, False]
        assert flagged(same_share=0.75) == [True, True, False, True, True]
        assert flagged(longest_run=3) == [True, True, False, True, True]

    def test_missing_more_than_the_share(self) -> None:
        def flagged(share: float) -> list[bool]:
            return data_quality(STRAIGHT, missing_share=share).flags["missing"].tolist()

        assert (flagged(0.5), flagged(0.25)) == ([False] * 5, [False, False, True, False, False])

    def test_crossed_zones(self) -> None:
        low, high = np.full((3, 4), 5.0), np.full((3, 4), 6.0)
        high[1, :2], high[2] = 4, np.nan
        survey = Survey.from_arrays(DESK.asking("minimum", "desired"), minimum=low, desired=high)
        assert data_quality(survey).measures["crossed"].tolist() == [0, 2, 0]
        assert data_quality(survey, crossed=3).flags["crossed"].tolist() == [False, False, False]
        mended = without(survey, data_quality(survey).flags, "crossed")
        assert (len(mended.survey), mended.dropped) == (2, {"crossed": 1})
        assert "crossed" not in data_quality(STRAIGHT).flags.names

    def test_speeding(self) -> None:
        quality = data_quality(STRAIGHT, time=pd.Series([100, 90, np.nan, 49, 50]), speed=0.5)
        assert quality.flags["speeding"].tolist() == [False, False, False, False, False]
        quick = data_quality(STRAIGHT, time=[100, 100, 100, 49, 50]).flags
        assert quick["speeding"].tolist() == [False, False, False, True, False]
        assert quick.rules[-1].en == "less than 50 s, 50% of the median"
        spans = np.array([100, 100, 100, 49, 50], "m8[s]")
        assert data_quality(STRAIGHT, time=spans).flags.rules[-1] == quick.rules[-1]
        named = asked((1, 2, 3, 4), (2, 3, 4, 5), (3, 4, 5, 6), groups={"seconds": [100, 100, 10]})
        assert data_quality(named, time="seconds").flags["speeding"].tolist() == [False, False, True]

    def test_tables_and_frames_of_respondents(self) -> None:
        flags = data_quality(STRAIGHT).flags
        frame = flags.to_frame()
        assert (len(frame), list(frame.columns), set(frame.dtypes)) == (5, list(flags.names), {np.dtype(bool)})
        assert flags.counts == {"missing": 0, "straight_perception": 2, "duplicate": 0}
        assert flags.any("missing", "straight_perception").sum() == flags.any().sum() == 2
        assert flags.to_table("zh")["rule"][1] == "“实际感知到的”的回答中100%为同一选项"
        assert len(data_quality(STRAIGHT).measures.to_frame("polars")) == 5
        with pytest.raises(
            SurveyError, match=r"flags: no 'straight'; .*known are missing, straight_perception, duplicate"
        ):
            flags["straight"]


def test_faces() -> None:
    quality = data_quality(STRAIGHT)
    assert repr(quality).endswith("5 respondents; flagged: missing 0, straight_perception 2, duplicate 0>")
    assert quality.to_table()["key"] == ("wait", "queue", "tone", "time")
    assert quality.to_table("flags")["respondents"] == (0, 2, 0)
    assert quality.to_table(language="zh").title == "desk：数据质量"
    assert len(quality.to_frame()) == 4
    json.dumps(quality.to_dict(), allow_nan=False)
    with pytest.raises(ArgumentError, match="what: 'rows'; it is one of items, flags, copies"):
        quality.to_table("rows")
