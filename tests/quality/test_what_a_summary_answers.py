"""Every reading of a survey, asked of a summary: it gives the same, or says why not and what to do."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from servqual import Difference, Summary, Survey, brief, plots, report, satisfaction, score, summarize
from servqual.errors import (
    DriverError,
    JointAnswersError,
    LoyaltyError,
    ModelError,
    PlotError,
    ServqualError,
    StructuralError,
)
from servqual.quality import (
    compare_groups,
    compare_zones,
    confirm_factors,
    critique,
    data_quality,
    explore_factors,
    gap_models,
    gap_tests,
    reliability,
    tolerance,
    tolerance_models,
    two_views,
    validity,
    variance_components,
    without,
    zone_models,
)
from servqual.quality.answer_points import answer_quantiles
from servqual.quality.correlation_reading import correlations
from servqual.quality.unit_reading import unit_means
from tests.quality.zones_by_hand import COUNTER, study as zones
from tests.scoring.hall import HALL, study

STUDY = study(400, seed=2, missing=0.03)
HELD = STUDY.survey("branch")
SUMS = summarize(HELD, *gap_models(), by="branch")
_MADE = zones()
ZONES = Survey.from_arrays(
    COUNTER,
    adequate=np.fmin(_MADE.low, _MADE.high),
    desired=np.fmax(_MADE.low, _MADE.high),
    perception=_MADE.seen,
    groups={"visit": _MADE.visit},
)
ZONE_SUMS = summarize(ZONES, *tolerance_models(), *zone_models(), by="visit")
COUNTS = Summary.from_counts(
    HALL, perception=SUMS.tallies("perception").counts, expectation=SUMS.tallies("expectation").counts
)
BARE = summarize(HELD, products=False)
# what only ranks and patterns of single respondents give
_RANKS = {"rank", "rank_p", "rank_p_adjusted", "rank_effect", "superiority", "superiority_low", "superiority_high"}

ALIKE: dict[str, Callable[[Any], Any]] = {
    "gap_tests": lambda source: gap_tests(source).to_frame().drop(columns=list(_RANKS)),
    "compare_groups": lambda source: compare_groups(source, "branch").to_frame("pairs"),
    "reliability": lambda source: reliability(source).to_frame(),
    "validity": lambda source: validity(source).to_frame(),
    "explore_factors": lambda source: explore_factors(source, rng=1).to_frame(),
    "confirm_factors": lambda source: confirm_factors(source).to_frame(),
    "variance_components": lambda source: variance_components(source, "branch", model=Difference()).to_frame(),
    "data_quality": lambda source: data_quality(source).to_frame(),
    "answer_quantiles": lambda source: answer_quantiles(source, by="branch").to_frame(),
    "unit_means": lambda source: unit_means(source, "branch").to_frame(),
    "correlations of items": lambda source: correlations(source, "gap").to_frame("items"),
    "brief": lambda source: brief(source, Difference(), by="branch").scores.to_frame(),
    "levels_table": lambda source: plots.levels_table(source).to_frame(),
    "quadrant_table": lambda source: plots.quadrant_table(source).to_frame(),
    "distribution_table": lambda source: plots.distribution_table(source).to_frame(),
}
ZONES_ALIKE: dict[str, Callable[[Any], Any]] = {
    "tolerance": lambda source: tolerance(source, by="visit").to_frame(),
    "compare_zones": lambda source: compare_zones(source, "visit").to_frame(),
    "zones_table": lambda source: plots.zones_table(source).to_frame().drop(columns="crossed"),
}


@pytest.mark.parametrize("reading", ALIKE)
def test_these_say_the_same_of_a_summary(reading: str) -> None:
    one, other = (ALIKE[reading](source) for source in (SUMS, HELD))
    pd.testing.assert_frame_equal(one, other, rtol=1e-8, check_dtype=False)


@pytest.mark.parametrize("reading", ZONES_ALIKE)
def test_these_say_the_same_of_a_summary_of_zones(reading: str) -> None:
    one, other = (ZONES_ALIKE[reading](source) for source in (ZONE_SUMS, ZONES))
    pd.testing.assert_frame_equal(one, other, rtol=1e-8, check_dtype=False)


def test_the_critic_reads_a_summary_too() -> None:
    assert critique(SUMS).findings


def test_tests_by_ranks_are_not_there_and_say_why() -> None:
    found = gap_tests(SUMS)
    assert all(str(found["speed"].rank_p) == str(row.rank_p) for row in found)
    assert str(found["speed"].rank_p) == "a summary holds no respondent's score; it needs the survey"
    assert any("it needs the survey" in note and "rank_p" in note for note in found.to_table().notes)


REFUSED: dict[str, tuple[Callable[[], Any], type[ServqualError], str]] = {
    "score": (
        lambda: score(SUMS, Difference()),  # type: ignore[arg-type]
        ModelError,
        (
            "survey: a Summary; what is scored is a Survey: sums do not hold the answers of one respondent. Hint: "
            "summary.table() has the means of the models that it was made with"
        ),
    ),
    "summarize": (
        lambda: summarize(SUMS, Difference()),  # type: ignore[arg-type]
        ModelError,
        "Hint: summary.table() has the means of the models that it was made with",
    ),
    "without": (
        lambda: without(SUMS, [0]),  # type: ignore[arg-type]
        JointAnswersError,
        (
            "survey: a Summary; nobody can be taken out of sums, which do not hold single respondents. Hint: "
            "summarize(without(survey, flags).survey, …)"
        ),
    ),
    "flags": (
        lambda: data_quality(SUMS).flags,
        JointAnswersError,
        (
            "summary: no flags; they need the answers of single respondents, which a summary does not hold. Hint: "
            "data_quality(survey)"
        ),
    ),
    "measures": (lambda: data_quality(SUMS).measures, JointAnswersError, "no measures of respondents"),
    "copies": (lambda: data_quality(SUMS).to_table("copies"), JointAnswersError, "no copies"),
    "time": (lambda: data_quality(SUMS, time=[1.0]), JointAnswersError, "no flags of speeding"),
    "two_views": (
        lambda: two_views(HELD, SUMS),  # type: ignore[arg-type]
        JointAnswersError,
        (
            "customer: no two views of a summary; both ratings of one encounter are needed side by side, which sums do "
            "not hold. Hint: pass the survey itself"
        ),
    ),
    "kinds of items": (
        lambda: compare_zones(ZONE_SUMS, between="importance"),
        JointAnswersError,
        "kinds of items are compared within each person, whose answers a summary does not hold. Hint: pass the survey",
    ),
    "criterion": (
        lambda: critique(SUMS, criterion="branch"),
        JointAnswersError,
        (
            "criterion: given for a summary; it has one number for each respondent, and a summary holds none of them. "
            "Hint: critique(survey, criterion=…)"
        ),
    ),
    "report": (
        lambda: report(SUMS),  # type: ignore[arg-type]
        JointAnswersError,
        (
            "survey: a Summary; a page looks at the answers of single respondents, which a summary does not hold. "
            "Hint: brief(summary), or one reading after the other"
        ),
    ),
    "gaps of several models": (
        lambda: plots.gaps(SUMS),
        ModelError,
        "model: not named; the summary holds Difference, LevelScore, LevelScore. Hint: name one of them",
    ),
    "trend": (
        lambda: plots.trend_table(SUMS),  # type: ignore[arg-type]
        PlotError,
        "a Summary; a trend is drawn of summaries or scores, by period",
    ),
    "models": (
        lambda: tolerance(BARE),
        ServqualError,
        "Hint: ",
    ),
    "drivers": (
        lambda: satisfaction.drivers(SUMS, "speed1", draws=0),
        DriverError,
        (
            "columns: no 'speed'; some left out items, and scores of dimensions then need each person's answers, which "
            "sums do not hold. Hint: name items, or pass the survey"
        ),
    ),
    "drivers of sums without products": (
        lambda: satisfaction.drivers(BARE, "speed1", ["care1"], draws=0),
        DriverError,
        "summary: no cross-products; it needs the answers of one person side by side, which this summary does not hold",
    ),
    "importance_performance": (
        lambda: satisfaction.importance_performance(SUMS),
        DriverError,
        "source: a Summary; it reads answers respondent by respondent, which sums do not hold. Hint: pass the survey",
    ),
    "nps": (
        lambda: satisfaction.nps(SUMS, item="speed1"),
        LoyaltyError,
        "nps_from_counts and csat_from_counts take counts of summary.tallies()",
    ),
    "fit_index": (
        lambda: satisfaction.fit_index(satisfaction.acsi(), SUMS),
        StructuralError,
        "source: a Summary; it reads answers respondent by respondent, which sums do not hold",
    ),
}


@pytest.mark.parametrize("reading", REFUSED)
def test_what_needs_the_answers_says_so(reading: str) -> None:
    ask, kind, message = REFUSED[reading]
    with pytest.raises(kind) as caught:
        ask()
    assert message in str(caught.value)


@pytest.mark.parametrize("source", [COUNTS, BARE], ids=["counts", "without products"])
@pytest.mark.parametrize("reading", [reliability, validity, explore_factors, confirm_factors, correlations])
def test_what_needs_cross_products_says_so(reading: Callable[[Summary], Any], source: Summary) -> None:
    with pytest.raises(JointAnswersError) as caught:
        reading(source)
    assert str(caught.value).endswith(
        "; it needs the answers of one person side by side, which counts, levels from different people and sums made "
        "with products=False lack. Hint: summarize(survey) of answers keeps cross-products; an unpaired Survey can be "
        "read level by level"
    )


@pytest.mark.parametrize(
    "reading", [gap_tests, lambda source: compare_groups(source, "branch")], ids=["gaps", "groups"]
)
def test_counts_have_no_gaps_of_persons(reading: Callable[[Any], Any]) -> None:
    with pytest.raises(
        JointAnswersError, match=r"it needs the answers of one person side by side.*Hint: from the answers"
    ):
        reading(COUNTS)


def test_counts_alone_answer_these() -> None:
    for reading in (data_quality, answer_quantiles, plots.levels_table, plots.quadrant_table, critique):
        assert reading(COUNTS) is not None
    wanted = answer_quantiles(Survey.from_arrays(HALL, perception=STUDY.perceived, expectation=STUDY.expected))
    assert answer_quantiles(COUNTS).told.table["q50"] == wanted.told.table["q50"]


def test_net_promoters_come_of_the_counts_of_a_summary() -> None:
    scale = HALL.scale
    item = HALL.item_keys.index("speed1")
    counts = SUMS.tallies().counts[item]
    boxes: dict[str, Any] = {"promoters": 6, "detractors": 3}
    one = satisfaction.nps_from_counts(dict(zip(range(1, 8), counts.tolist(), strict=True)), scale=scale, **boxes)
    other = satisfaction.nps(HELD, item="speed1", scale=scale, **boxes)
    assert one.to_table()["score"] == other.to_table()["score"]
