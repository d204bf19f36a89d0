"""What the wings hand to plots: small results of each kind."""

from collections.abc import Callable
from typing import Any

from servqual import plots
from servqual.catalogue.difficult_moments import doubts
from servqual.chain.graph import Chain
from servqual.encounters.behaviours.step_reading import step_scores
from servqual.encounters.moments.vendor_case import lost_contract
from servqual.engines.control import control_chart
from servqual.instruments import Scale
from servqual.operations.barriers.barrier_reading import binding_barriers
from servqual.operations.failing.failure_modes import FailureMode
from servqual.operations.failing.failure_reading import failures
from servqual.operations.lives.life_reading import life_course
from servqual.operations.offering.need_reading import climb_needs
from servqual.operations.process.service_process import ServiceProcess
from servqual.operations.promises.promise_reading import promise_gaps
from servqual.operations.standards.conforming import conformance_from_counts
from servqual.operations.standards.share_charts import p_chart
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.words import StandardKind
from servqual.satisfaction.delight.asking import kano
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.loyalty.typing import loyalty_types
from servqual.satisfaction.reported.promoters import nps
from servqual.survey import Survey
from tests.engines.courses import drawn, summaries
from tests.gap_model.companies import company
from tests.plots.chain_fits import made
from tests.plots.diagnosis_samples import FULL as DIAGNOSIS, PLAIN as DIAGNOSIS_ALONE
from tests.plots.driver_samples import DRIVERS, ITEMS
from tests.plots.value_samples import RETURN, RISK, VALUE, YEARS
from tests.satisfaction.index_data import SEVEN, SMALL, answers

KANO = kano(KanoStudy.from_counts({"wait": {"A": 30, "O": 9, "I": 8}, "logo": {"M": 20, "O": 9, "I": 11}}))
PROMOTERS = nps([10, 9, 0, 7, 3, 8, 10, 6], by=list("aabbccaa"))
TYPES = loyalty_types(
    {"satisfaction": [9, 9, 2, 3, 10], "loyalty": [9, 2, 9, 3, 10]}, thresholds=(8, 8), scale=Scale(1, 10)
)
INDEX = fit_index(SMALL, answers(), scale=SEVEN)
CONTROL = control_chart(summaries(drawn([30, 50, 20, 60, 40, 35, 45], seed=3)), baseline=5)
KEPT = conformance_from_counts(
    Standard(key="wait", kind=StandardKind.TIME, high=5, target=0.8),
    [95, 60, 80, 0, 90, 88], [100, 100, 100, 0, 100, 110], unit=list("abcdab"), period=[1, 1, 2, 2, 3, 4],
)  # fmt: skip
PROMISES = promise_gaps(
    {"wait": 10, "courtesy": 6},
    {"wait": [12.0, 14, 9, 15], "courtesy": [6.0, 7, 7, 5]},
    expected={"wait": 8, "courtesy": 6.5},
    lower_is_better=["wait"],
)
KINDS = ("knows_what", "knows_how", "duty", "authority", "incentive")
BARRIERS = binding_barriers({key: [6, 2, 5, 3] for key in KINDS}, required=4)
NEEDS = climb_needs(
    {"safe": [7, 7, 6, 7], "on_time": [6, 2, 6, 3], "wishes": [3, 7, 6, 5]}, ["safe", "on_time", "wishes"], satisfied=5
)
FAILED = failures(
    [
        FailureMode(key="late", cause="method", severity=4, occurrence=6, detection=2),
        FailureMode(key="cold", cause="machine", severity=5, occurrence=4, detection=6),
    ]
)
COURSE = life_course([1.0, 2.0, 3.0, 5.0, 6.0, 7.0, 9.0, 11.0, 12.0, 14.0, 18.0, 20.0])
GAP_MODEL = company(3)
JOURNEY = lost_contract().ledger()
STEPS = step_scores(Survey.from_arrays(doubts(), perception=[[1, 1, 0, 1, 0, 0], [1, 1, 1, 0, 1, 0]]))

WING_PLOTS: dict[str, Callable[..., Any]] = {
    "chain": lambda **given: plots.chain(made(Chain.service_profit(), {}), **given),
    "chain without numbers": lambda **given: plots.chain(Chain.brand(), **given),
    "drivers": lambda **given: plots.drivers(DRIVERS, **given),
    "importance_performance_items": lambda **given: plots.importance_performance_items(ITEMS, **given),
    "index_model": lambda **given: plots.index_model(INDEX, **given),
    "importance_performance": lambda **given: plots.importance_performance(INDEX, "loyalty", **given),
    "control_chart": lambda **given: plots.control_chart(CONTROL, **given),
    "kano_map": lambda **given: plots.kano_map(KANO, **given),
    "kano_shares": lambda **given: plots.kano_shares(KANO, **given),
    "kano_curves": lambda **given: plots.kano_curves(KANO, **given),
    "nps": lambda **given: plots.nps(PROMOTERS, **given),
    "loyalty_map": lambda **given: plots.loyalty_map(TYPES, **given),
    "waterfall": lambda **given: plots.waterfall(GAP_MODEL, **given),
    "diagnosis": lambda **given: plots.diagnosis(DIAGNOSIS, **given),
    "diagnosis without causes": lambda **given: plots.diagnosis(DIAGNOSIS_ALONE, **given),
    "conformance": lambda **given: plots.conformance(KEPT, **given),
    "p_chart": lambda **given: plots.p_chart(p_chart(KEPT, baseline=3), **given),
    "promises": lambda **given: plots.promises(PROMISES, **given),
    "barriers": lambda **given: plots.barriers(BARRIERS, **given),
    "needs_ladder": lambda **given: plots.needs_ladder(NEEDS, **given),
    "blueprint": lambda **given: plots.blueprint(ServiceProcess.hotel_stay(), **given),
    "pareto": lambda **given: plots.pareto(FAILED, **given),
    "hazard": lambda **given: plots.hazard(COURSE, **given),
    "complaint_funnel": lambda **given: plots.complaint_funnel(RISK, **given),
    "value_map": lambda **given: plots.value_map(VALUE, **given),
    "profit_years": lambda **given: plots.profit_years(YEARS, **given),
    "npv": lambda **given: plots.npv(RETURN, **given),
    "tornado": lambda **given: plots.tornado(RETURN, **given),
    "journey": lambda **given: plots.journey(JOURNEY, **given),
    "step_profile": lambda **given: plots.step_profile(STEPS, **given),
}
