"""Gap tests against scipy, statsmodels, R and a published study, one design at a time."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.weightstats import ttost_paired

from servqual import (
    Adequacy,
    Difference,
    Disconfirmation,
    Instrument,
    Level,
    Scale,
    Superiority,
    Survey,
    Weighted,
)
from servqual.quality import GapVerdict, gap_tests
from servqual.statistics import Adjustment
from tests.quality.gaps_by_hand import ROWS, both, columns, number, reason, there
from tests.scoring.hall import SIZES, clustered, plain, repeated, sampled, study
from tests.statistics import sleep

STUDY = study(60, seed=5)
ONE = Instrument.define("one", {"all": ["item"]}, scale=Scale(-10, 10, None))


def test_every_row_is_tested_as_scipy_tests_it() -> None:
    found, (seen, hoped) = gap_tests(STUDY.survey(), confidence=0.9), both(STUDY)
    assert tuple(row.key for row in found) == ROWS
    assert [row.about for row in found] == ["item"] * 8 + ["dimension"] * 3 + ["overall"]
    for row in found:
        p, e = there(seen[row.key]), there(hoped[row.key])
        t: Any = stats.ttest_rel(p, e)
        low, high = t.confidence_interval(0.9)
        expected = (len(p), p.mean(), e.mean(), (p - e).mean(), low, high, t.statistic, len(p) - 1, t.pvalue)
        told = (row.n, row.perceived, row.standard, row.difference, row.low, row.high, row.t, row.df, row.p)
        assert told == pytest.approx(expected, rel=1e-10)
        assert row.perceived - row.standard == pytest.approx(row.difference, abs=1e-12)  # type: ignore[operator]
        differences = np.round(p - e, 9)
        ranked: Any = stats.wilcoxon(differences, method="approx", correction=True)
        positive = stats.rankdata(abs(differences[differences != 0]))[differences[differences != 0] > 0].sum()
        assert (row.rank, row.rank_p) == pytest.approx((positive, ranked.pvalue), rel=1e-9)


def test_effect_sizes_are_those_of_their_formulas() -> None:
    seen, hoped = both(STUDY)
    for row in gap_tests(STUDY.survey()):
        p, e = there(seen[row.key]), there(hoped[row.key])
        d, s1, s2, r = p - e, p.std(ddof=1), e.std(ddof=1), np.corrcoef(p, e)[0, 1]
        dz = d.mean() / d.std(ddof=1)
        assert (row.dz, row.dav, row.drm) == pytest.approx(
            (dz, d.mean() / ((s1 + s2) / 2), dz * np.sqrt(2 * (1 - r))), rel=1e-9
        )
        rounded = np.round(d, 9)
        assert row.superiority == pytest.approx((rounded > 0).mean() + (rounded == 0).mean() / 2)
        for low, middle, high in (
            (row.dz_low, row.dz, row.dz_high),
            (row.superiority_low, row.superiority, row.superiority_high),
        ):
            assert number(low) < number(middle) < number(high)
        assert reason(row.ds) == reason(row.g) == "the same people answered both levels"


def test_sleep_is_tested_as_r_tests_it() -> None:
    survey = Survey.from_arrays(ONE, perception=sleep.SECOND[:, None], expectation=sleep.FIRST[:, None])
    for row in gap_tests(survey):
        found = {
            "mean_diff": row.difference, "t": row.t, "df": row.df, "p": row.p, "ci95_lower": row.low,
            "ci95_upper": row.high, "dz": row.dz, "dav_mean_of_sds": row.dav, "drm": row.drm, "wilcoxon_V": row.rank,
            "wilcoxon_p_normal_cc": row.rank_p,
        }  # fmt: skip
        assert found == pytest.approx({name: sleep.R[name] for name in found}, rel=1e-9)


def test_the_kiosks(shared: Path) -> None:
    """Six factors of the 194 screened respondents: scipy on the factor means of the raw file."""
    frame = pd.read_csv(shared / "data" / "servqual_kiosk_kr.csv").query("kept_by_authors == 1")
    dimensions: dict[str, list[str]] = {}
    with (shared / "data" / "servqual_kiosk_kr_items.csv").open(encoding="utf-8") as file:
        for item in csv.DictReader(file):
            if item["dimension6"]:
                dimensions.setdefault(item["dimension6"], []).append(f"{int(item['item']):02d}")
    kiosk = Instrument.define("kiosk", dimensions, scale=Scale.likert(7))
    found = gap_tests(Survey.from_frame(frame, kiosk, perception="P{key}", expectation="E{key}"))
    for key, items in dimensions.items():
        p, e = (frame[[f"{letter}{item}" for item in items]].mean(axis=1) for letter in "PE")
        t: Any = stats.ttest_rel(p, e)
        ranked: Any = stats.wilcoxon(np.round(p - e, 9), method="approx", correction=True)
        assert (found[key].t, found[key].p, found[key].rank_p) == pytest.approx(
            (t.statistic, t.pvalue, ranked.pvalue), rel=1e-9
        )
    assert {row.key: round(number(row.difference), 2) for row in found if row.about == "dimension"} == {
        "tangible": 0.0, "usefulness": -0.67, "economy": -1.28, "control": -1.46, "convenience": -1.56,
        "security": -1.81,
    }  # fmt: skip
    verdicts = {row.key: row.verdict for row in found if row.about == "dimension"}
    assert verdicts.pop("tangible") is GapVerdict.OPEN
    assert set(verdicts.values()) == {GapVerdict.BELOW}


# PMC6131925, table 2: 386 patients; expectation mean and sd, perception mean and sd, gap, its interval, paired t.
HOSPITAL = {
    "tangibles": (4.44, 0.44, 4.19, 0.53, -0.25, -0.30, -0.19, -9.14),
    "reliability": (4.49, 0.44, 4.36, 0.51, -0.13, -0.18, -0.08, -4.93),
    "responsiveness": (4.48, 0.46, 4.35, 0.50, -0.13, -0.18, -0.07, -4.87),
    "assurance": (4.50, 0.46, 4.32, 0.49, -0.18, -0.23, -0.13, -4.87),
    "empathy": (4.56, 0.46, 4.40, 0.51, -0.16, -0.20, -0.10, -5.65),
}


def hospital(key: str) -> Survey:
    """Answers that have exactly the printed means and standard deviations, and the spread of gaps of the interval."""
    mean_e, sd_e, mean_p, sd_p, _, low, high, _ = HOSPITAL[key]
    spread = (high - low) / 2 / stats.t.ppf(0.975, 385) * np.sqrt(386)
    r = (sd_e**2 + sd_p**2 - spread**2) / (2 * sd_e * sd_p)
    raw = np.random.default_rng(1).normal(size=(386, 2))
    white = np.linalg.qr(raw - raw.mean(axis=0))[0] * np.sqrt(385)
    e, p = white[:, 0], r * white[:, 0] + np.sqrt(1 - r**2) * white[:, 1]
    return Survey.from_arrays(ONE, perception=(mean_p + sd_p * p)[:, None], expectation=(mean_e + sd_e * e)[:, None])


@pytest.mark.parametrize("key", HOSPITAL)
def test_a_published_hospital(key: str) -> None:
    """The printed t fit their intervals but for assurance, which repeats the line above it: its interval means −7.1."""
    _, _, _, _, gap, low, high, t = HOSPITAL[key]
    row = gap_tests(hospital(key))["overall"]
    assert (row.difference, row.low, row.high) == pytest.approx((gap, low, high), abs=0.0101)
    assert number(row.df) == 385
    if key == "assurance":
        assert row.t == pytest.approx(-7.1, abs=0.05)
    else:
        assert row.t == pytest.approx(t, rel=0.12)  # ends and gaps are printed to two decimals


def test_sampling_weights_are_linearised() -> None:
    found = gap_tests(STUDY.survey("weights"))
    for row in found:
        gap = columns(STUDY.gaps)[row.key]
        by_hand = sampled(gap, STUDY.weights)
        assert (row.n, row.difference, row.se, row.low, row.high) == pytest.approx(
            (by_hand.n, by_hand.mean, by_hand.se, by_hand.low, by_hand.high), rel=1e-10
        )
        assert row.dz == pytest.approx(by_hand.mean / by_hand.sd)
        used = ~np.isnan(gap) & (STUDY.weights > 0)
        sign = np.sign(np.round(gap[used], 9))
        assert row.superiority == pytest.approx(np.average((sign + 1) / 2, weights=STUDY.weights[used]))
        assert reason(row.rank_p) == reason(row.dz_low) == "it has no form for sampling weights"
    assert any("sampling weights: linearised" in note for note in found.to_table().notes)


def test_frequencies_are_counted_by_statsmodels() -> None:
    for row in gap_tests(STUDY.survey("frequencies")):
        by_hand = repeated(columns(STUDY.gaps)[row.key], STUDY.frequencies)
        assert (row.n, row.difference, row.se, row.low) == pytest.approx(
            (by_hand.n, by_hand.mean, by_hand.se, by_hand.low), rel=1e-10
        )


@pytest.mark.parametrize("weights", [(), ("weights",)])
def test_clusters_are_those_of_a_sandwich(weights: tuple[str, ...]) -> None:
    found = gap_tests(STUDY.survey("visit", *weights))
    for row in found:
        gap = columns(STUDY.gaps)[row.key]
        by_hand = clustered(gap, STUDY.visit, STUDY.weights if weights else None)
        naive = sampled(gap, STUDY.weights) if weights else plain(gap)
        assert (row.se, row.low, row.high, row.df) == pytest.approx(
            (by_hand.se, by_hand.low, by_hand.high, 5), rel=1e-9
        )
        assert row.design_effect == pytest.approx((by_hand.se / naive.se) ** 2)
        assert "alike within clusters" in reason(row.rank_p)
        assert number(row.dz) == pytest.approx(naive.mean / naive.sd)
    assert any(note.startswith("respondents in 6 clusters") for note in found.to_table().notes)


def test_different_people_are_two_samples() -> None:
    visitors, public = study(50, seed=7), study(41, seed=8)
    survey = Survey.unpaired(perception=visitors.survey(), expectation=public.survey())
    seen, hoped = columns(visitors.perceived), columns(public.expected)
    for row in gap_tests(survey):
        p, e = there(seen[row.key]), there(hoped[row.key])
        t: Any = stats.ttest_ind(p, e, equal_var=False)
        low, high = t.confidence_interval()
        assert (row.n, row.n_standard) == (len(p), len(e))
        assert (row.difference, row.low, row.high, row.t, row.df, row.p) == pytest.approx(
            (p.mean() - e.mean(), low, high, t.statistic, t.df, t.pvalue), rel=1e-9
        )
        ranked: Any = stats.mannwhitneyu(np.round(p, 9), np.round(e, 9), method="asymptotic")
        assert (row.rank, row.rank_p) == pytest.approx((ranked.statistic, ranked.pvalue), rel=1e-9)
        assert row.superiority == pytest.approx(ranked.statistic / len(p) / len(e))
        n1, n2 = len(p), len(e)
        pooled = np.sqrt(((n1 - 1) * p.var(ddof=1) + (n2 - 1) * e.var(ddof=1)) / (n1 + n2 - 2))
        d = (p.mean() - e.mean()) / pooled
        assert (row.ds, row.g) == pytest.approx((d, d * (1 - 3 / (4 * (n1 + n2 - 2) - 1))), rel=1e-9)
        assert reason(row.dz) == reason(row.drm) == "different people answered the two levels"


def test_different_people_in_clusters_are_a_regression_on_the_level() -> None:
    visitors, public = study(50, seed=7, missing=0), study(41, seed=8, missing=0)
    survey = Survey.unpaired(perception=visitors.survey("visit"), expectation=public.survey("visit"))
    design = np.column_stack([np.ones(91), np.r_[np.ones(50), np.zeros(41)]])
    visit = np.r_[visitors.visit, public.visit]
    for row in gap_tests(survey, items=False):
        scores = np.r_[columns(visitors.perceived)[row.key], columns(public.expected)[row.key]]
        told = OLS(scores, design).fit(cov_type="cluster", cov_kwds={"groups": visit}, use_t=True)
        # statsmodels multiplies by (n − 1) / (n − k) besides
        assert row.se == pytest.approx(told.bse[1] * np.sqrt(89 / 90), rel=1e-9)
        assert (row.difference, row.df) == pytest.approx((told.params[1], 5))


def test_pairing_matters() -> None:
    """The same answers, taken for those of different people, have the same gaps with other errors."""
    full = study(60, seed=5, missing=0).survey()
    rows = zip(gap_tests(full), gap_tests(Survey.unpaired(perception=full, expectation=full)), strict=True)
    for one, other in rows:
        assert one.difference == pytest.approx(other.difference)
        assert number(one.se) != pytest.approx(number(other.se), rel=1e-3)
        assert number(one.p) != pytest.approx(number(other.p), rel=1e-3)


def test_p_is_adjusted_within_items_and_within_scores() -> None:
    found = gap_tests(STUDY.survey(), adjust=Adjustment.BY)
    for family in ([row for row in found if row.about == "item"], [row for row in found if row.about != "item"]):
        for name, method in (("p_holm", "holm"), ("p_bh", "fdr_bh"), ("p_adjusted", "fdr_by")):
            expected = multipletests([number(row.p) for row in family], method=method)[1]
            assert [getattr(row, name) for row in family] == pytest.approx(expected.tolist())
        ranks = multipletests([number(row.rank_p) for row in family], method="fdr_by")[1]
        assert [row.rank_p_adjusted for row in family] == pytest.approx(ranks.tolist())


def test_equivalence_is_two_one_sided_tests() -> None:
    seen, hoped = both(STUDY)
    for margin, ends in ((0.4, (-0.4, 0.4)), ((-0.2, 0.6), (-0.2, 0.6))):
        for row in gap_tests(STUDY.survey(), margin=margin):
            p, _, _ = ttost_paired(there(seen[row.key]), there(hoped[row.key]), *ends)
            assert row.equivalence_p == pytest.approx(p, rel=1e-9)
            assert row.equivalent is bool(p < 0.05)
    assert reason(gap_tests(STUDY.survey())["speed"].equivalence_p) == "no margin was given"


def test_other_models_are_tested_against_zero() -> None:
    ask = Instrument.define("ask", {"a": ["x", "y"], "b": ["z"]}, scale=Scale.likert(9), levels=list(Level))
    rng = np.random.default_rng(3)
    answers: Any = {str(level): rng.integers(1, 10, (40, 3)) for level in Level}
    survey = Survey.from_arrays(ask, **answers, inverted_ok=True)
    assert gap_tests(survey).to_dict()["columns"] == gap_tests(survey, against=Level.EXPECTATION).to_dict()["columns"]
    for model, level in ((Adequacy(), Level.ADEQUATE), (Superiority(), Level.DESIRED)):
        one, other = gap_tests(survey, model=model), gap_tests(survey, against=level)
        assert one.to_frame().equals(other.to_frame())
    weighted = gap_tests(survey, model=Weighted(Difference(), points=(3.0, 1.0)))["overall"]
    d = (answers["perception"] - answers["expectation"]) @ np.array([3 / 8, 3 / 8, 1 / 4])
    p, e = (answers[level] @ np.array([3 / 8, 3 / 8, 1 / 4]) for level in ("perception", "expectation"))
    assert (weighted.difference, weighted.dz) == pytest.approx((d.mean(), d.mean() / d.std(ddof=1)))
    assert weighted.dav == pytest.approx(d.mean() / ((p.std(ddof=1) + e.std(ddof=1)) / 2))
    asked = gap_tests(survey, model=Disconfirmation())["overall"]
    assert asked.p == pytest.approx(stats.ttest_1samp((answers["disconfirmation"] - 5) @ [0.25, 0.25, 0.5], 0).pvalue)
    assert reason(asked.dav) == "the score is no plain difference of two levels"


def test_dimensions_alone() -> None:
    found = gap_tests(STUDY.survey(), items=False)
    assert [row.key for row in found] == [*SIZES, "overall"]
    assert found["care"].p == gap_tests(STUDY.survey())["care"].p
