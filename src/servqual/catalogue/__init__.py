"""Instruments as pure data: where each comes from, what of it is verified, and item labels of our own in two languages.

No published item wording is reproduced: the labels are short paraphrases, made to tell the items apart and to be
asked. Whoever needs comparability with published norms takes the wording from the cited source.
"""

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
from servqual.catalogue.shelf import by_name, names
from servqual.catalogue.tolerance import three_column

__all__ = [
    "airline_needs",
    "by_name",
    "ces",
    "complaint_handling",
    "complaint_outcomes",
    "conversation",
    "coping",
    "csat",
    "doubts",
    "ecsi",
    "employee_antecedents",
    "employee_satisfaction",
    "encounter_card",
    "expectation_determinants",
    "four_steps",
    "internal_service_quality",
    "listening",
    "manager_antecedents",
    "names",
    "nps",
    "performance_barriers",
    "promise_audit",
    "reception",
    "refusing",
    "satisfaction_determinants",
    "service_behaviours",
    "servperf",
    "servqual",
    "three_column",
    "zone_determinants",
]
