"""What complaints and value hand to plots: small results of each kind."""

import numpy as np

from servqual.encounters.complaints.funnel import ComplaintFunnel
from servqual.encounters.complaints.risk import complaint_risk
from servqual.encounters.complaints.words import CountedShare
from servqual.value.estimates import Estimate
from servqual.value.investments import QualityInvestment
from servqual.value.profit_years import YearlyProfit
from servqual.value.returning import return_on_service
from servqual.value.worth_to_customers import value_to_customer

FUNNEL = ComplaintFunnel.tarp(
    "major", customers=10_000, problem=0.1, voiced=CountedShare(30, 100), resolved=0.5, quick=0.4,
    repurchase_no_problem=0.9, lost_per_hearer=0.01, won_per_hearer=0.01,
)  # fmt: skip
RISK = complaint_risk(FUNNEL, rng=1, draws=200)
CERTAIN = complaint_risk(
    ComplaintFunnel.tarp("minor", customers=100, problem=0.5, voiced=0.4, resolved=0.5, quick=0.5,
                         repurchase_no_problem=0.8)
)  # fmt: skip

_NOISE = np.random.default_rng(1).normal(0, 0.3, (2, 90))
_PROVIDER = np.repeat(["Alder", "Birch", "Cedar"], 30)
_MORE = np.repeat([0.0, 1.0, -1.0], 30)
_SEEN = {"results": 6 + _MORE + _NOISE[0], "process": 5 + _NOISE[1], "price": np.full(90, 9.0), "access": 2 + _MORE / 9,
         "provider": _PROVIDER, "segment": np.tile(["new", "old"], 45)}  # fmt: skip
VALUE = value_to_customer(_SEEN, provider="provider", segment="segment")
SEGMENTS = value_to_customer(_SEEN, segment="segment", unit="money")
ALONE = value_to_customer(_SEEN)

YEARS = YearlyProfit(
    years=4, acquisition=60, base=30, growth=[0, 5, 9, 12], savings=[-2, 1, 2, 3], retention=0.9, discount=0.1
)

_ASKED = QualityInvestment(
    gap_closed=Estimate(0.5, 0.1), satisfaction_per_gap=Estimate(0.6, 0.08), customers=20_000, retention=0.8,
    retention_per_satisfaction=Estimate(0.05, 0.015), margin=120, cost=Estimate(150_000, 20_000), years=5, discount=0.1,
)  # fmt: skip
RETURN = return_on_service(_ASKED, rng=1, draws=800)
