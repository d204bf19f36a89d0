"""What the wings hand to plots: small results of each kind."""

from collections.abc import Callable
from typing import Any

from servqual import plots
from servqual.chain.graph import Chain
from servqual.engines.control import control_chart
from servqual.instruments import Scale
from servqual.satisfaction.delight.asking import kano
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.loyalty.typing import loyalty_types
from servqual.satisfaction.reported.promoters import nps
from tests.engines.courses import drawn, summaries
from tests.plots.chain_fits import made
from tests.plots.driver_samples import DRIVERS, ITEMS
from tests.satisfaction.index_data import SEVEN, SMALL, answers

KANO = kano(KanoStudy.from_counts({"wait": {"A": 30, "O": 9, "I": 8}, "logo": {"M": 20, "O": 9, "I": 11}}))
PROMOTERS = nps([10, 9, 0, 7, 3, 8, 10, 6], by=list("aabbccaa"))
TYPES = loyalty_types(
    {"satisfaction": [9, 9, 2, 3, 10], "loyalty": [9, 2, 9, 3, 10]}, thresholds=(8, 8), scale=Scale(1, 10)
)
INDEX = fit_index(SMALL, answers(), scale=SEVEN)
CONTROL = control_chart(summaries(drawn([30, 50, 20, 60, 40, 35, 45], seed=3)), baseline=5)

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
}
