"""The net promoter score against published numbers, laws and refusals."""

import csv
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from servqual import catalogue
from servqual.errors import LoyaltyError
from servqual.instruments import Scale
from servqual.satisfaction.reported.promoters import nps, nps_from_counts, nps_sample_size
from servqual.survey import Survey

ANSWERS = st.lists(st.integers(0, 10), min_size=2, max_size=60)


def test_score_and_errors_are_those_of_the_oracle(shared: Path) -> None:
    with (shared / "oracles" / "nps_se_computed.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            n = int(line["n"])
            shares = [float(line[name]) for name in ("promoters", "passives", "detractors")]
            counts = dict(
                zip(("promoters", "passives", "detractors"), [round(n * each) for each in shares], strict=True)
            )
            plain = nps_from_counts(counts).overall
            less = nps_from_counts(counts, divisor="n-1").overall
            assert float(plain.score) == pytest.approx(float(line["nps"]), abs=1e-7)
            assert float(plain.se) == pytest.approx(float(line["se_points_n"]), rel=1e-8)
            assert float(less.se) == pytest.approx(float(line["se_points_nminus1"]), rel=1e-8)


def test_the_mobile_operators_customers(shared: Path) -> None:
    frame = pd.read_csv(shared / "data" / "ecsi_mobi.csv")
    found = nps(frame, "CUSL3", scale=Scale(1, 10)).overall
    assert float(found.score) == pytest.approx(14.0)
    assert (found.n * float(found.promoters), found.n * float(found.detractors)) == pytest.approx((95, 60))


def test_intervals_by_hand() -> None:
    found = nps_from_counts({"promoters": 200, "passives": 120, "detractors": 80}).overall
    # 200.75, 121.5 and 80.75 of 403
    centre = 120 / 403
    reach = 1.959963984540054 * np.sqrt((281.5 / 403 - centre**2) / 403)
    assert (found.adjusted_low, found.adjusted_high) == pytest.approx((100 * (centre - reach), 100 * (centre + reach)))
    assert (found.low, found.high) == (found.adjusted_low, found.adjusted_high)
    assert (found.wald_low, found.wald_high) == pytest.approx(
        (30 - 1.95996398 * 3.90512484, 30 + 1.95996398 * 3.90512484)
    )


def test_everybody_in_one_class_has_an_interval_of_some_width() -> None:
    found = nps([9] * 50).overall
    assert (found.score, found.se, found.wald_low) == (100, 0, 100)
    assert float(found.low) < 95 < float(found.high)


def test_the_bootstrap_agrees_with_the_error() -> None:
    found = nps_from_counts({"promoters": 200, "passives": 120, "detractors": 80}, draws=20_000, rng=3).overall
    width = float(found.bootstrap_high) - float(found.bootstrap_low)
    assert width == pytest.approx(2 * 1.96 * float(found.se), rel=0.04)


def test_the_bootstrap_of_weighted_answers_agrees_with_the_linearised_error() -> None:
    rng = np.random.default_rng(1)
    answers, weights = rng.integers(0, 11, 500), rng.uniform(0.5, 3, 500)
    found = nps(answers, weights=weights, draws=4000, rng=2).overall
    width = float(found.bootstrap_high) - float(found.bootstrap_low)
    assert width == pytest.approx(2 * 1.96 * float(found.se), rel=0.06)
    assert float(found.effective_n) == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


@given(ANSWERS)
def test_from_counts_is_from_answers(answers: list[int]) -> None:
    points = np.bincount(answers, minlength=11)
    assert nps(answers).overall == nps_from_counts(points.tolist()).overall
    assert nps(answers).overall == nps_from_counts(dict(enumerate(points.tolist()))).overall


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 4)), min_size=1, max_size=30), st.randoms())
def test_frequencies_are_repeated_rows_in_any_order(rows: list[tuple[int, int]], random: object) -> None:
    repeated = [answer for answer, times in rows for _ in range(times)]
    if not repeated:
        return
    weights = [float(times) for _, times in rows]
    whole = nps([answer for answer, _ in rows], weights=weights, weight_kind="frequency", draws=20, rng=1)
    random.shuffle(repeated)  # type: ignore[attr-defined]
    assert whole.overall == nps(repeated, draws=20, rng=1).overall


@given(ANSWERS)
def test_shares_sum_to_one_and_the_score_lies_within_its_adjusted_interval_bounds(answers: list[int]) -> None:
    found = nps(answers).overall
    assert float(found.promoters) + float(found.passives) + float(found.detractors) == pytest.approx(1)
    assert -100 <= float(found.low) <= float(found.high) <= 100


def test_clusters_of_copies_have_the_error_of_their_originals() -> None:
    answers = np.array([10, 3, 8, 9, 6, 0, 10, 9])
    single = nps(answers, divisor="n-1").overall
    copied = nps(np.repeat(answers, 5), cluster=np.repeat(np.arange(8), 5)).overall
    assert float(copied.se) == pytest.approx(float(single.se))
    assert float(copied.effective_n) == pytest.approx(7)


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table], ids=["pandas", "polars", "pyarrow"])
def test_frames_of_three_libraries_with_groups(make: object) -> None:
    frame = make({"q": [10, 9, 0, 7, None, 3], "branch": ["b", "a", "a", "b", "a", "b"]})  # type: ignore[operator]
    found = nps(frame, "q", by="branch")
    assert [row.group for row in found] == ["all", "a", "b"]
    assert (found["a"].n, found["a"].missing, found["a"].score) == (2, 1, 0)
    assert type(found.to_frame()) is type(frame)


def test_a_survey_of_the_catalogue() -> None:
    survey = Survey.from_arrays(catalogue.nps(), perception=[[10], [9], [3], [8]], groups={"day": ["x", "x", "y", "y"]})
    found = nps(survey, by="day")
    assert (found.overall.score, found["x"].score) == (25, 100)
    with pytest.raises(LoyaltyError, match=r"answers are on 1\.\.5.*Hint: say so: scale=Scale\(1, 5\)"):
        nps(Survey.from_arrays(catalogue.csat(), perception=[[1], [5]]))


def test_answers_that_are_not_from_0_to_10_are_refused_with_rows() -> None:
    with pytest.raises(
        LoyaltyError, match=r"3 answers outside 0\.\.10: row 0 = 11, row 2 = -1, row 3 = 99; .*missing="
    ):
        nps([11, 5, -1, 99])
    with pytest.raises(
        LoyaltyError, match=r"row 1 = 5\.5.*Hint: answers on another scale are named: scale=Scale\(1, 10\)"
    ):
        nps([1, 5.5])
    assert nps([10, 99], missing=(99,)).overall.missing == 1


def test_everything_that_is_asked_wrongly_is_said_at_once() -> None:
    with pytest.raises(LoyaltyError) as caught:
        nps([1, 2], promoters=3, detractors=11, interval="wld", draws=9, divisor="m", confidence=95)
    said = str(caught.value)
    for part in (
        "6 problems", "detractors: 11; the threshold is on the scale 0..10", "promoters begin above the detractors",
        "did you mean wald?", "rng: None; what is drawn at random has a seed", "divisor: 'm'", "pass 0.95",
    ):  # fmt: skip
        assert part in said
    with pytest.raises(LoyaltyError, match="'bootstrap', and nothing drawn"):
        nps([1, 2], interval="bootstrap")


def test_counts_that_are_none_are_refused() -> None:
    with pytest.raises(LoyaltyError, match=r"-1; counts are whole numbers, zero or more"):
        nps_from_counts({"promoters": 3, "passives": -1})
    with pytest.raises(LoyaltyError, match=r"'promoter'; .*did you mean promoters"):
        nps_from_counts({"promoter": 3})
    with pytest.raises(LoyaltyError, match="3 counts; a list has a count for each point"):
        nps_from_counts([1, 2, 3])
    with pytest.raises(LoyaltyError, match="all zero; somebody answered"):
        nps_from_counts({"promoters": 0})


def test_columns_weights_and_labels_that_do_not_fit_are_refused() -> None:
    frame = pd.DataFrame({"q": [1, 2]})
    with pytest.raises(LoyaltyError, match="item: not named"):
        nps(frame)
    with pytest.raises(LoyaltyError, match=r"2 problems[\s\S]*no 'r'[\s\S]*negative"):
        nps(frame, "r", weights=[1, -1])
    with pytest.raises(LoyaltyError, match=r"by: 3 labels; each of 2 respondents has one"):
        nps(frame, "q", by=["a", "b", "c"])


def test_nobody_is_said() -> None:
    found = nps([np.nan, 9.0], by=["a", "b"])
    assert str(found["a"].score) == "nobody answered"
    assert found.to_dict()["inapplicable"][1]["score"] == "nobody answered"
    assert pickle.loads(pickle.dumps(found))["b"] == found["b"]  # noqa: S301 - made on this line


def test_the_sample_size_is_that_of_a_mean() -> None:
    # (1.959964 · 100 / 5)² = 1536.6
    assert nps_sample_size(5).n == 1537
    assert nps_sample_size(5, promoters=0.5, detractors=0.2).exact == pytest.approx(
        (1.959964 * 100 / 5) ** 2 * 0.61, rel=1e-6
    )
    with pytest.raises(LoyaltyError, match="shares, not percent"):
        nps_sample_size(5, promoters=50, detractors=20)


def test_words_are_in_both_languages() -> None:
    found = nps([10, 3, 8])
    assert found.to_table("zh").title == "净推荐值（NPS）"
    assert "adjusted Wald" in str(found.to_table())
    assert "净推荐值" in str(found.to_table("zh"))
    assert repr(found).startswith("<NPS: NetPromoter of all: 0.00 (")


def test_rows_are_those_of_the_source_also_where_some_weigh_nothing() -> None:
    with pytest.raises(LoyaltyError, match="row 2 = 12"):
        nps([12, 5, 12], weights=[0, 1, 1])


@pytest.mark.parametrize(
    "source",
    [
        [True, False], (True, 9), np.array([True, False]), pd.Series([True, None]), pl.Series([True, None]),
        pd.Series([True, False], dtype="boolean"), np.array([True, 9], dtype=object),
    ],
    ids=["list", "mixed", "array", "objects", "polars", "nullable", "mixed array"],
)  # fmt: skip
def test_truth_values_are_no_answers(source: object) -> None:
    with pytest.raises(LoyaltyError) as caught:
        nps(source)
    told = "item answers: truth values; answers are numbers on the scale 0..10. Hint: pass the answers themselves, as"
    assert str(caught.value) == f"{told} numbers"


def test_truth_values_in_a_frame_or_mapping_are_no_answers() -> None:
    cells = {"again": [True, False, True], "likely": [9, 3, 10]}
    for source in (cells, pd.DataFrame(cells), pl.DataFrame(cells), pa.table(cells)):
        with pytest.raises(LoyaltyError, match="item again: truth values; answers are numbers on the scale"):
            nps(source, "again")
        assert nps(source, "likely", weights=[1, 1, 1]).overall.n == 3


def test_truth_values_are_the_points_of_a_scale_of_two() -> None:
    yes = nps([True, True, False], scale=Scale(0, 1), promoters=1, detractors=0).overall
    assert yes.score == nps([1, 1, 0], scale=Scale(0, 1), promoters=1, detractors=0).overall.score
