"""The complaint funnel: shares, conservation, levers, uncertainty, and the published rates."""

import csv
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from servqual.encounters.complaints.funnel import PUBLISHED, ComplaintFunnel, branch_shares
from servqual.encounters.complaints.risk import complaint_risk, customers_of
from servqual.encounters.complaints.words import Branch, CountedShare
from servqual.errors import ComplaintError

share = st.floats(0, 1)
PLAIN = ComplaintFunnel.tarp("major", customers=10_000, problem=0.1, voiced=0.3, resolved=0.5, quick=0.4, value=200)


@st.composite
def funnels(draw: st.DrawFn) -> ComplaintFunnel:
    """Funnels whose repurchase rises from silent to resolved quickly."""
    again = sorted(draw(st.tuples(share, share, share, share)))
    numbers: dict[str, Any] = {name: draw(share) for name in ("problem", "voiced", "resolved", "quick")}
    numbers |= {f"repurchase_{branch}": rate for branch, rate in zip(Branch, again, strict=True)}
    numbers |= {name: draw(st.floats(0, 0.05)) for name in ("lost_per_hearer", "won_per_hearer")}
    return ComplaintFunnel(customers=draw(st.floats(0, 1e6)), value=draw(st.floats(0, 500)), **numbers)


class TestLaws:
    @given(funnels())
    def test_shares_sum_to_one_and_customers_are_conserved(self, funnel: ComplaintFunnel) -> None:
        assert sum(funnel.shares.values()) == pytest.approx(1)
        at = funnel.numbers
        assert float(customers_of(at).sum()) == pytest.approx(at["customers"] * at["problem"], rel=1e-9, abs=1e-9)
        risk = complaint_risk(funnel)
        lost = risk.totals["with_problem"][0] - sum(row.again for row in risk.rows)
        assert sum(row.lost[0] for row in risk.rows) == pytest.approx(lost, rel=1e-9, abs=1e-6)

    @given(funnels(), st.floats(0.01, 0.5))
    def test_more_resolution_never_loses_customers(self, funnel: ComplaintFunnel, points: float) -> None:
        for rate in ("resolved", "quick"):
            lever = complaint_risk(funnel, points=points).lever(rate)
            assert lever.kept[0] >= -1e-6
            assert lever.money[0] >= -1e-6 * max(1.0, funnel.numbers["value"])

    @given(funnels())
    def test_raising_a_rate_is_worth_its_cases(self, funnel: ComplaintFunnel) -> None:
        """Everything is linear in one rate: the money is the customers moved, times what moving one is worth."""
        at = funnel.numbers
        moved = {
            "voiced": at["problem"],
            "resolved": at["problem"] * at["voiced"],
            "quick": at["problem"] * at["voiced"] * at["resolved"],
        }
        for lever in complaint_risk(funnel).levers:
            cases = at["customers"] * moved[lever.rate] * (lever.after - lever.before)
            assert lever.money[0] == pytest.approx(cases * lever.breakeven[0], rel=1e-6, abs=1e-4)

    def test_against_a_customer_by_customer_count(self) -> None:
        """A simulated population counted one by one."""
        rng = np.random.default_rng(1)
        n = 400_000
        had = rng.random(n) < 0.1
        spoke = had & (rng.random(n) < 0.3)
        solved = spoke & (rng.random(n) < 0.5)
        soon = solved & (rng.random(n) < 0.4)
        chance = np.select([soon, solved, spoke, had], [0.82, 0.54, 0.19, 0.09], 1.0)
        gone = int((rng.random(n) >= chance).sum())
        expected = complaint_risk(attrs.evolve(PLAIN, customers=n)).totals["lost"][0]
        assert gone == pytest.approx(expected, abs=5 * np.sqrt(expected))


class TestPublished:
    def test_the_rates_are_those_of_the_file(self, shared: Path) -> None:
        with (shared / "oracles" / "tarp_repurchase_seen.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for size, percent in PUBLISHED.items():
            seen = [float(row["repurchase_pct"]) / 100 for row in rows if row["problem_size"].startswith(size)]
            assert percent == pytest.approx(seen)
            assert list(percent) == sorted(percent)

    def test_they_say_that_they_are_published(self) -> None:
        assert "published ones (TARP" in str(complaint_risk(PLAIN).to_table())
        assert "仅作示意" in str(complaint_risk(PLAIN).to_table("zh"))
        own = attrs.evolve(PLAIN, published="")
        assert "published" not in str(complaint_risk(own).to_table())

    def test_with_rates_of_ones_own_they_do_not(self) -> None:
        own = {f"repurchase_{branch}": 0.5 for branch in Branch}
        assert not PLAIN.with_rate(**own).published
        assert PLAIN.with_rate(repurchase_quick=0.9).published
        assert PLAIN.with_rate(voiced=0.9).published
        assert not ComplaintFunnel.tarp(
            "minor", customers=1, problem=0.1, voiced=0.3, resolved=0.5, quick=0.4, **own
        ).published

    def test_by_hand(self) -> None:
        risk = complaint_risk(PLAIN)
        lost = 700 * 0.91 + 150 * 0.81 + 90 * 0.46 + 60 * 0.18
        assert risk.totals["lost"][0] == pytest.approx(lost)
        assert risk.totals["money"][0] == pytest.approx(200 * lost)
        solved = 0.6 * 0.54 + 0.4 * 0.82
        assert risk.lever("resolved").breakeven[0] == pytest.approx(200 * (solved - 0.19))
        assert risk.lever("voiced").breakeven[0] == pytest.approx(200 * (0.5 * 0.19 + 0.5 * solved - 0.09))
        assert risk.lever("quick").breakeven[0] == pytest.approx(200 * 0.28)

    def test_word_of_mouth(self) -> None:
        talk = attrs.evolve(PLAIN, lost_per_hearer=0.02, won_per_hearer=0.01)
        risk = complaint_risk(talk)
        assert risk.totals["lost_by_talk"][0] == pytest.approx(850 * 15 * 0.02 - 150 * 6 * 0.01)


class TestUncertainty:
    def test_draws_of_one_share_are_its_interval(self) -> None:
        """Money is linear in the share with a problem, so its interval is that of the share."""
        known = CountedShare(40, 400)
        risk = complaint_risk(attrs.evolve(PLAIN, problem=known), rng=1, draws=20_000)
        each = complaint_risk(PLAIN).totals["money"][0] / 0.1
        low, high = stats.beta(40.5, 360.5).ppf([0.025, 0.975]) * each
        assert risk.totals["money"][1:] == pytest.approx((low, high), rel=0.01)
        assert risk.totals["money"][0] == pytest.approx(0.1 * each)

    def test_distributions_of_scipy(self) -> None:
        risk = complaint_risk(attrs.evolve(PLAIN, voiced=stats.beta(30, 70), value=stats.gamma(20, scale=10)), rng=2)
        low, high = risk.totals["money"][1:]
        assert low < risk.totals["money"][0] < high
        assert risk.draws == 4000
        assert (
            complaint_risk(attrs.evolve(PLAIN, voiced=CountedShare(3, 10)), rng=5).to_dict()
            == complaint_risk(attrs.evolve(PLAIN, voiced=CountedShare(3, 10)), rng=5).to_dict()
        )

    def test_a_distribution_that_leaves_its_range(self) -> None:
        with pytest.raises(ComplaintError, match="such as a beta"):
            complaint_risk(attrs.evolve(PLAIN, voiced=stats.norm(0.3, 0.5)), rng=1)

    def test_a_seed_is_needed(self) -> None:
        with pytest.raises(ComplaintError, match="pass rng=1"):
            complaint_risk(attrs.evolve(PLAIN, voiced=CountedShare(3, 10)))


class TestRefusals:
    def test_all_at_once(self) -> None:
        with pytest.raises(ComplaintError) as error:
            attrs.evolve(PLAIN, problem=10, voiced=-0.1, customers=-5)
        for part in ("problem: 10", "pass 0.1", "voiced: -0.1", "customers: -5"):
            assert part in str(error.value)

    def test_what_is_no_number(self) -> None:
        changed: dict[str, Any] = {"voiced": "30 %", "customers": np.inf}
        with pytest.raises(ComplaintError) as error:
            attrs.evolve(PLAIN, **changed)
        assert "voiced: '30 %'; it is a number, or a distribution with mean and rvs" in str(error.value)
        assert "customers: inf; it is 0 or above, and finite" in str(error.value)

    @pytest.mark.parametrize("kind", [np.int64, np.float32, np.float64, int])
    def test_numbers_of_numpy_are_numbers(self, kind: Any) -> None:
        funnel = attrs.evolve(PLAIN, customers=kind(500))
        assert not funnel.uncertain
        assert complaint_risk(funnel).totals["with_problem"][0] == pytest.approx(50)

    def test_a_lever_that_there_is_not(self) -> None:
        with pytest.raises(
            ComplaintError, match=r"rate: 'voice'; it is a rate of recovery\. Hint: did you mean voiced"
        ):
            complaint_risk(PLAIN).lever("voice")

    def test_shares_that_do_not_sum(self) -> None:
        with pytest.raises(ComplaintError, match="add up to 1"):
            ComplaintFunnel.from_shares(silent=0.5, unresolved=0.2, resolved=0.2, quick=0.2, **REST)
        with pytest.raises(ComplaintError, match="unresolved: -0"):
            ComplaintFunnel.from_shares(silent=0.5, unresolved=-0.1, resolved=0.4, quick=0.2, **REST)
        made = ComplaintFunnel.from_shares(silent=0.7, unresolved=0.15, resolved=0.09, quick=0.06, **REST)
        np.testing.assert_allclose(branch_shares(made.numbers), [0.7, 0.15, 0.09, 0.06])

    def test_points_and_draws(self) -> None:
        with pytest.raises(ComplaintError) as error:
            complaint_risk(PLAIN, points=5, draws=0)
        assert "pass 0.05" in str(error.value)
        assert "draws: 0; it is a whole number" in str(error.value)

    def test_sizes_and_counts(self) -> None:
        with pytest.raises(ComplaintError, match="major or minor"):
            ComplaintFunnel.tarp("large", customers=1)
        with pytest.raises(ComplaintError, match="no more than all"):
            CountedShare(5, 3)


REST = {
    "customers": 1000, "problem": 0.1, "repurchase_silent": 0.1, "repurchase_unresolved": 0.2,
    "repurchase_resolved": 0.5, "repurchase_quick": 0.8,
}  # fmt: skip
