"""The catalogue by name, for those who have only a name: a command line, a configuration file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from servqual.catalogue.antecedents import employee_antecedents, manager_antecedents
from servqual.catalogue.barriers import performance_barriers
from servqual.catalogue.behaviours import conversation, four_steps, listening, service_behaviours
from servqual.catalogue.complaints import complaint_outcomes
from servqual.catalogue.determinants import expectation_determinants, satisfaction_determinants
from servqual.catalogue.difficult_moments import complaint_handling, coping, doubts, refusing
from servqual.catalogue.employees import employee_satisfaction, internal_service_quality
from servqual.catalogue.encounter_points import encounter_card
from servqual.catalogue.expectations import zone_determinants
from servqual.catalogue.indices import ecsi
from servqual.catalogue.needs import airline_needs
from servqual.catalogue.parasuraman import servperf, servqual
from servqual.catalogue.promises import promise_audit
from servqual.catalogue.receiving import reception
from servqual.catalogue.reported import ces, csat, nps
from servqual.catalogue.tolerance import three_column
from servqual.errors import InstrumentError, Problem, did_you_mean
from servqual.instruments import Instrument

_SHELF: Mapping[str, Callable[[], Instrument]] = {
    "servqual": servqual,
    "servqual-1988": partial(servqual, 1988),
    "servperf": servperf,
    "three-column": three_column,
    "internal-service-quality": internal_service_quality,
    "employee-satisfaction": employee_satisfaction,
    "ecsi": ecsi,
    "nps": nps,
    "csat": csat,
    "ces": ces,
    "satisfaction-determinants": satisfaction_determinants,
    "expectation-determinants": expectation_determinants,
    "manager-antecedents": manager_antecedents,
    "employee-antecedents": employee_antecedents,
    "zone-determinants": zone_determinants,
    "promise-audit": promise_audit,
    "performance-barriers": performance_barriers,
    "airline-needs": airline_needs,
    "complaint-outcomes": complaint_outcomes,
    "encounter-card": encounter_card,
    "four-steps": four_steps,
    "conversation": conversation,
    "listening": listening,
    "service-behaviours": service_behaviours,
    "reception": reception,
    "complaint-handling": complaint_handling,
    "coping": coping,
    "doubts": doubts,
    "refusing": refusing,
}


def names() -> tuple[str, ...]:
    """Return the names of all instruments of the catalogue."""
    return tuple(_SHELF)


def by_name(name: str) -> Instrument:
    """Return the instrument of this name.

    Raises
    ------
    InstrumentError
        A name that the catalogue does not hold, with the nearest ones that it does.

    Examples
    --------
    >>> by_name("servperf").name
    'servperf'
    """
    if name not in _SHELF:
        raise InstrumentError(
            Problem("catalogue", repr(name), "no instrument has this name", did_you_mean(name, _SHELF))
        )
    return _SHELF[name]()
