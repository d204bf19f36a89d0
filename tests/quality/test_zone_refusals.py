"""What readings of the zone refuse, what they say of thin data, and the faces they show."""

import json

import numpy as np
import pytest

from servqual import Adequacy, PerformanceOnly, Summary, Survey, summarize
from servqual.errors import GroupError, JointAnswersError, LevelError, ModelError, SurveyError
from servqual.quality import compare_zones, tolerance, tolerance_models
from servqual.statistics import ArgumentError
from tests.quality.test_zone_readings import columns
from tests.quality.zones_by_hand import COUNTER, KEYS, ROWS, study


class TestRefusals:
    def test_a_level_that_was_not_asked(self) -> None:
        survey = Survey.from_arrays(COUNTER, adequate=np.ones((3, 7)), perception=np.ones((3, 7)))
        with pytest.raises(LevelError) as caught:
            tolerance(survey)
        assert str(caught.value) == (
            "zone of tolerance: it reads desired; the survey holds adequate, perception. "
            "Hint: read it with desired='…', or name another level: desired='…'"
        )
        with pytest.raises(LevelError, match=r"^2 problems(?s:.*)it reads minimum(?s:.*)another level: adequate='…'"):
            tolerance(survey, adequate="minimum")
        with pytest.raises(LevelError, match="comparison of zones: it reads desired; the survey holds adequate, perce"):
            compare_zones(survey, between={"one": ["speed"], "other": ["care"]})

    @pytest.mark.parametrize("ends", [("desired", "desired"), ("perception", "desired"), ("adequate", "perception")])
    def test_levels_that_bound_no_zone(self, ends: tuple[str, str]) -> None:
        with pytest.raises(LevelError, match="a zone lies between two different levels of expectation"):
            tolerance(study().survey(), adequate=ends[0], desired=ends[1])

    def test_no_complete_triple(self) -> None:
        made = study(20)
        made.high[:10], made.low[10:] = np.nan, np.nan
        with pytest.raises(SurveyError) as caught:
            tolerance(made.survey())
        assert str(caught.value) == (
            "zone of tolerance: no complete triple; somebody answered adequate, desired, perception of the same item. "
            "Hint: answers_table() counts each level"
        )

    def test_a_summary_of_something_else_says_the_line_to_write(self) -> None:
        survey = study().survey("visit")
        with pytest.raises(ModelError) as caught:
            tolerance(summarize(survey, Adequacy(), by="visit"), adequate="minimum")
        assert str(caught.value) == (
            "summary: it lacks 10 of the 10 models of the zone of tolerance; it was made with Adequacy. "
            "Hint: summarize(survey, *tolerance_models(adequate='minimum'), by=['visit'])"
        )
        with pytest.raises(ModelError, match=r"it lacks 9 of the 10"):
            tolerance(summarize(survey, tolerance_models()[0], PerformanceOnly()))

    def test_a_summary_of_counts(self) -> None:
        counts = np.ones((7, 9), int)
        with pytest.raises(
            JointAnswersError, match=r"summary: no zone of tolerance; it needs the answers of one person"
        ):
            tolerance(Summary.from_counts(COUNTER, adequate=counts, desired=counts, perception=counts))

    def test_levels_from_different_people(self) -> None:
        survey = study().survey()
        apart = Survey.unpaired(adequate=survey, desired=survey, perception=survey)
        with pytest.raises(JointAnswersError) as caught:
            tolerance(apart)
        assert str(caught.value) == (
            "survey: no zone of tolerance; it needs adequate, desired, perception of the same person side by side, and "
            "they come from different people. Hint: mean gaps with unpaired errors come from "
            "summarize(survey, Adequacy()) or another linear model"
        )

    def test_groups_that_are_not_there(self) -> None:
        survey = study().survey("visit")
        with pytest.raises(GroupError, match=r"no 'visits'.*did you mean visit\?"):
            tolerance(survey, by="visits")
        with pytest.raises(GroupError, match=r"by: no 'visit'; .*summarize\(survey, …, by='visit'\)"):
            tolerance(summarize(survey, *tolerance_models()), by="visit")

    def test_neither_survey_nor_summary_nor_confidence(self) -> None:
        with pytest.raises(ArgumentError, match="source: a dict; a reading takes a Survey or a Summary"):
            tolerance({})  # type: ignore[arg-type]
        with pytest.raises(ArgumentError, match=r"confidence: 95; .*pass 0\.95"):
            tolerance(study().survey(), confidence=95)


class TestThinData:
    def test_a_group_without_a_complete_triple_is_an_empty_row(self) -> None:
        made = study()
        made.seen[made.visit == "recovery"] = np.nan
        reading = tolerance(made.survey("visit"), by="visit")
        table = reading.to_table()
        assert table.notes[-1] == "no complete triple in: recovery"
        row = table["visit"].index("recovery")
        assert (table["n"][row], table["msa"][row], table["below"][row], table["standing"][row]) == (
            0,
            None,
            None,
            None,
        )
        assert reading.to_table(language="zh").notes[-1] == "没有完整三项回答的组：recovery"
        json.dumps(reading.to_dict(), allow_nan=False)

    def test_a_group_whose_weights_are_all_zero(self) -> None:
        made = study()
        made.weights[made.visit == "recovery"] = 0
        table = tolerance(made.survey("visit", "weights"), by="visit").to_table()
        assert table["n"][table["visit"].index("recovery")] == 0
        assert "no complete triple in: recovery" in table.notes
        assert "sampling weights: means and shares are weighted, counts are not" in table.notes

    def test_one_cluster_has_no_errors(self) -> None:
        made = study()
        made.branch[:] = 1
        reading = tolerance(made.survey("branch"))
        found = columns(reading)
        for name in ("msa_low", "width_high", "position_low", "below_low", "below_effective_n"):
            assert np.isnan(found[name]).all(), name
        assert not np.isnan(found["msa"]).any()
        notes = reading.to_table().notes
        assert "errors: cluster-robust, G − 1 degrees of freedom" in notes
        assert f"positions without an interval: {len(ROWS)}; " in notes[-1]

    def test_one_respondent(self) -> None:
        found = columns(tolerance(study(1, missing=0).survey()))
        assert np.isnan(found["msa_low"]).all()
        assert not np.isnan(found["below_low"][found["answers"] > 0]).any()

    def test_zones_without_width_have_standings_and_no_position(self) -> None:
        same = np.full((5, 7), 5.0)
        seen = np.full((5, 7), 6.0)
        reading = tolerance(Survey.from_arrays(COUNTER, adequate=same, desired=same, perception=seen))
        assert np.isnan(columns(reading)["position"]).all()
        assert set(reading.told.table["standing"]) == {"above"}
        assert set(reading.told.table["above"]) == {1.0}

    def test_a_width_that_may_be_zero_leaves_the_position_open(self) -> None:
        low = np.full((6, 7), 5.0)
        high, seen = low.copy(), low + np.arange(6)[:, None] % 3
        high[0] = 6
        reading = tolerance(Survey.from_arrays(COUNTER, adequate=low, desired=high, perception=seen))
        found = columns(reading)
        assert np.isnan(found["position_low"]).all()
        assert (found["position"] > 0).all()
        assert "mean width is not clearly above zero" in reading.to_table().notes[-1]


class TestFaces:
    def test_one_line(self) -> None:
        made = study()
        assert repr(tolerance(made.survey())) == (
            "<ToleranceReading of 'counter: zone of tolerance': 280 answers, 58 crossed, 82 incomplete>"
        )
        assert "2 groups by visit; " in repr(tolerance(made.survey("visit"), by=["visit"]))

    def test_views(self) -> None:
        reading = tolerance(study().survey())
        assert reading.to_table()["key"] == ("speed", "care", "room", "overall")
        assert reading.to_table(rows="items")["key"] == tuple(KEYS)
        assert reading.to_table("gaps", "all")["key"] == ROWS
        assert {"below_low", "crossed"} <= set(reading.to_table("shares").columns)
        with pytest.raises(
            ArgumentError, match=r"what: 'gap'; it is one of summary, gaps, shares.*did you mean gaps\?"
        ):
            reading.to_table("gap")
        with pytest.raises(ArgumentError, match="rows: 'dimensions'; it is one of scores, items, all"):
            reading.to_table(rows="dimensions")

    def test_chinese(self) -> None:
        table = tolerance(study().survey()).to_table(language="zh")
        assert table["label"][-1] == "总体"
        assert table["standing"][0] == "在容忍区域内"
        assert table.title == "counter：容忍区域"

    @pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
    def test_frames(self, backend: str) -> None:
        frame = tolerance(study().survey()).to_frame(backend)
        assert type(frame).__module__.startswith(backend)
        assert len(frame) == len(ROWS)

    def test_a_dictionary_says_what_was_asked(self) -> None:
        told = tolerance(study().survey(), confidence=0.9).to_dict()
        assert (told["reading"], told["confidence"], told["levels"]["desired"]) == ("tolerance", 0.9, "desired")
        json.dumps(told, allow_nan=False)
