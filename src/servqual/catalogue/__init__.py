"""Instruments as pure data: where each comes from, what of it is verified, and item labels of our own in two languages.

No published item wording is reproduced: the labels are short paraphrases, made to tell the items apart and to be
asked. Whoever needs comparability with published norms takes the wording from the cited source.
"""

from servqual.catalogue.determinants import expectation_determinants, satisfaction_determinants
from servqual.catalogue.employees import employee_satisfaction, internal_service_quality
from servqual.catalogue.indices import ecsi
from servqual.catalogue.parasuraman import servperf, servqual
from servqual.catalogue.reported import ces, csat, nps
from servqual.catalogue.shelf import by_name, names
from servqual.catalogue.tolerance import three_column

__all__ = [
    "by_name",
    "ces",
    "csat",
    "ecsi",
    "employee_satisfaction",
    "expectation_determinants",
    "internal_service_quality",
    "names",
    "nps",
    "satisfaction_determinants",
    "servperf",
    "servqual",
    "three_column",
]
