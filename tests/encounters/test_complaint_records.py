"""Rates from records, the recovery paradox, and handling times: by hand, by simulation, by another program."""

import numpy as np
import pytest
from scipy import stats

from servqual.encounters.complaints.case_rates import complaint_rates
from servqual.encounters.complaints.handling import handling_times
from servqual.encounters.complaints.paradox import recovery_paradox
from servqual.encounters.complaints.risk import complaint_risk
from servqual.errors import ComplaintError
from servqual.statistics import Inapplicable

TRUTH = {"problem": 0.2, "voiced": 0.4, "resolved": 0.6, "quick": 0.5}
AGAIN = (0.95, 0.2, 0.3, 0.6, 0.9)


def records(n: int, seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    had = rng.random(n) < TRUTH["problem"]
    spoke = had & (rng.random(n) < TRUTH["voiced"])
    solved = spoke & (rng.random(n) < TRUTH["resolved"])
    soon = solved & (rng.random(n) < TRUTH["quick"])
    chance = np.select([soon, solved, spoke, had], AGAIN[:0:-1], AGAIN[0])
    again = (rng.random(n) < chance).astype(float)
    columns = {"problem": had, "voiced": spoke, "resolved": solved, "quick": soon}
    return {name: each.astype(float) for name, each in columns.items()} | {"repurchased": again}


class TestRates:
    def test_by_hand(self) -> None:
        cases = records(5000, 1)
        told = complaint_rates(cases)
        had, spoke = cases["problem"] == 1, cases["voiced"] == 1
        assert told.rates["voiced"].mean() == pytest.approx(spoke.sum() / had.sum())
        silent = had & ~spoke
        assert told.rates["repurchase_silent"].mean() == pytest.approx(cases["repurchased"][silent].mean())
        assert told.rates["repurchase_no_problem"].n == (~had).sum()

    def test_the_truth_is_found_again(self) -> None:
        told = complaint_rates(records(60_000, 2))
        for name, rate in TRUTH.items():
            share = told.rates[name]
            assert abs(share.mean() - rate) < 4 * np.sqrt(rate * (1 - rate) / share.n)

    def test_to_the_funnel_and_its_risk(self) -> None:
        funnel = complaint_rates(records(3000, 3)).funnel(customers=50_000, value=100)
        risk = complaint_risk(funnel, rng=1, draws=1000)
        low, high = risk.totals["money"][1:]
        assert low < risk.totals["money"][0] < high
        assert len(funnel.uncertain) == 9

    def test_unknown_repurchases_count_for_no_rate(self) -> None:
        cases = records(1000, 4)
        cases["repurchased"][:500] = np.nan
        told = complaint_rates(cases)
        assert told.rates["repurchase_no_problem"].n == (cases["problem"][500:] == 0).sum()
        assert told.rates["problem"].n == 1000

    def test_a_rate_without_cases(self) -> None:
        told = complaint_rates({"problem": [1, 0], "voiced": [0, 0], "resolved": [0, 0], "quick": [0, 0],
                                "repurchased": [0, 1]})  # fmt: skip
        assert "resolved" in told.missing
        with pytest.raises(ComplaintError, match="pass resolved="):
            told.funnel(customers=1)
        assert "再购：不投诉" in str(told.to_table("zh"))

    @pytest.mark.parametrize("library", ["pandas", "polars"])
    def test_frames(self, library: str) -> None:
        cases = records(200, 5)
        frame = pytest.importorskip(library).DataFrame(cases)
        assert complaint_rates(frame).to_dict() == complaint_rates(cases).to_dict()

    def test_what_contradicts_itself(self) -> None:
        with pytest.raises(ComplaintError) as error:
            complaint_rates({"problem": [0, 1, np.nan, 1], "voiced": [1, 1, 0, np.nan], "resolved": [0, 2, 0, 0],
                             "quick": [0, 1, 0, 0], "repurchased": [1, 1, 1, 1]})  # fmt: skip
        for part in (
            "only where 'problem' is",
            "0, 1 or missing",
            "whether there was a problem",
            "known where 'problem'",
        ):
            assert part in str(error.value)
        with pytest.raises(ComplaintError, match="no 'voiced'"):
            complaint_rates({"problem": [1], "resolved": [0], "quick": [0], "repurchased": [1]})


def outcomes(seed: int, recovered: float, n: int = 200) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    state = np.repeat(["no_failure", "recovered", "recovered_again", "not_recovered"], n)
    mean = np.repeat([5.0, recovered, 4.6, 3.0], n)
    return {"state": state, "outcome": rng.normal(mean, 1)}


class TestParadox:
    def test_against_scipy(self) -> None:
        seen = outcomes(1, 5.4)
        told = recovery_paradox(seen)
        here = seen["outcome"][seen["state"] == "no_failure"]
        raw = []
        for row in told.rows:
            there = seen["outcome"][seen["state"] == row.state]
            expected = stats.ttest_ind(there, here, equal_var=False)
            interval = expected.confidence_interval()
            assert [row.p, row.low, row.high] == pytest.approx([expected.pvalue, interval.low, interval.high])
            raw.append(expected.pvalue)
        order = np.argsort(raw)
        holm = np.maximum.accumulate(np.minimum(np.array(raw)[order] * [3, 2, 1], 1))
        assert [float(told.rows[place].p_adjusted) for place in order] == pytest.approx(holm.tolist())

    def test_verdicts(self) -> None:
        told = recovery_paradox(outcomes(2, 5.6))
        assert [str(each.verdict) for each in told.rows] == ["above", "below", "below"]
        assert str(recovery_paradox(outcomes(3, 5.0)).row("recovered").verdict) == "undecided"
        assert "存在补救悖论" in str(told.to_table("zh"))
        assert "not yet an effect" in str(told.to_table())

    def test_it_rarely_finds_what_is_not_there(self) -> None:
        found = 0
        for seed in range(300):
            rng = np.random.default_rng(seed)
            state = np.repeat(["no_failure", "recovered", "recovered_again"], 40)
            rows = recovery_paradox({"state": state, "outcome": rng.normal(size=120)}).rows
            found += any(str(row.verdict) != "undecided" for row in rows)
        assert found <= 25

    def test_few_customers_have_no_test(self) -> None:
        told = recovery_paradox({"state": ["no_failure"] * 3 + ["recovered"], "outcome": [1, 2, 3, 4]})
        assert isinstance(told.rows[0].p, Inapplicable)
        assert told.to_dict()["inapplicable"][0]["p"].startswith("fewer than two")

    def test_who_has_no_outcome_is_left_out_and_told(self) -> None:
        seen = outcomes(4, 5.4, n=50)
        known = recovery_paradox({name: each[2:] for name, each in seen.items()})
        seen["outcome"][:2] = np.nan
        told = recovery_paradox(seen)
        assert [row.p for row in told.rows] == [row.p for row in known.rows]
        assert told.reference == 48
        assert told.to_dict()["left_out"] == 2
        assert "2 customers without an outcome are left out" in str(told.to_table())
        assert "2 位顾客没有结果数据" in str(told.to_table("zh"))
        assert "left out" not in str(known.to_table())

    def test_outcomes_that_do_not_vary_have_no_verdict(self) -> None:
        told = recovery_paradox({"state": ["no_failure"] * 3 + ["recovered"] * 3, "outcome": [1, 1, 1, 2, 2, 2]})
        row = told.row("recovered")
        assert row.difference == 1
        assert str(row.verdict) == str(row.p) == "outcomes do not vary within either group"

    def test_what_is_wrong(self) -> None:
        with pytest.raises(ComplaintError, match="did you mean recovered"):
            recovery_paradox(outcomes(1, 5.0, n=5)).row("recoverd")
        with pytest.raises(ComplaintError, match="a state is one of"):
            recovery_paradox({"state": ["no_failure", "fine"], "outcome": [1, 2]})
        with pytest.raises(ComplaintError, match="without a failure and some with one"):
            recovery_paradox({"state": ["recovered", "recovered"], "outcome": [1, 2]})


class TestHandling:
    def test_a_published_curve(self) -> None:
        """Freireich's 6-MP arm (Gehan 1965): remission in weeks; median 23, S(10) = 0.753 by every textbook."""
        time = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
        closed = [1] * 9 + [0] * 12
        told = handling_times({"time": time, "closed": closed}, limit=10).overall
        assert told.median == 23
        assert float(told.within) == pytest.approx(1 - 0.7529, abs=1e-4)
        # R 4.2, survival: survfit with conf.type = "log-log"
        assert told.median_low == 13
        assert isinstance(told.median_high, Inapplicable)
        assert [told.within_low, told.within_high] == pytest.approx([0.1106381648, 0.4968004892], rel=1e-8)
        assert isinstance(told.ninetieth, Inapplicable)
        assert told.open == 12

    def test_without_open_cases_it_is_the_share_itself(self) -> None:
        rng = np.random.default_rng(1)
        time = rng.exponential(3, 300)
        told = handling_times({"time": time, "closed": np.ones(300)}, limit=2.0).overall
        assert float(told.within) == pytest.approx((time <= 2).mean())
        assert float(told.within_low) < float(told.within) < float(told.within_high)

    def test_leaving_out_open_cases_would_flatter(self) -> None:
        rng = np.random.default_rng(2)
        truth, watched = rng.exponential(5, 4000), rng.uniform(0, 8, 4000)
        time, closed = np.minimum(truth, watched), truth <= watched
        told = handling_times({"time": time, "closed": closed}, limit=3).overall
        assert float(told.median) == pytest.approx(5 * np.log(2), rel=0.06)
        assert np.median(time[closed]) < 0.7 * 5 * np.log(2)

    def test_groups(self) -> None:
        told = handling_times({"time": [1, 2, 3, 4], "closed": [1, 1, 1, 0], "shop": ["a", "a", "b", "b"]},
                              limit=2.5, by="shop")  # fmt: skip
        assert [each.group for each in told.rows] == ["all", "a", "b"]
        assert float(told.rows[1].within) == 1
        assert "全部" in str(told.to_table("zh"))

    def test_a_limit_that_nobody_has_reached(self) -> None:
        told = handling_times({"time": [1, 2], "closed": [1, 0]}, limit=5).overall
        assert str(told.within) == "no complaint has been watched that long"

    def test_what_is_wrong(self) -> None:
        with pytest.raises(ComplaintError) as error:
            handling_times({"time": [-1, np.nan], "closed": [2, 0]}, limit=0)
        for part in ("-1 in row 0, 2 in all", "closed, 1, or open, 0", "limit: 0"):
            assert part in str(error.value)
