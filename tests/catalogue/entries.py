"""The catalogue's instruments and the counts of their items as facts."""

from servqual import catalogue
from servqual.instruments import Instrument

# Items per dimension, in order: the SERVQUAL rows as printed in secondary sources, ECSI as in the packages that carry
# its data, the list of 1994 as in a secondary source; the last two are our own instruments.
COUNTS = {
    "servqual": {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5},
    "servqual-1988": {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5},
    "servperf": {"tangibles": 4, "reliability": 5, "responsiveness": 4, "assurance": 4, "empathy": 5},
    "three-column": {"reliability": 5, "responsiveness": 3, "assurance": 4, "empathy": 4, "tangibles": 5},
    "ecsi": {
        "image": 5,
        "expectation": 3,
        "quality": 7,
        "value": 2,
        "satisfaction": 3,
        "complaints": 1,
        "loyalty": 3,
    },
    "internal-service-quality": {
        "tangibles": 3,
        "reliability": 4,
        "responsiveness": 4,
        "assurance": 3,
        "empathy": 3,
    },
    "employee-satisfaction": {
        "job": 3,
        "training": 3,
        "pay": 3,
        "promotion": 3,
        "respect": 3,
        "teamwork": 3,
        "welfare": 3,
    },
}


def everything() -> list[Instrument]:
    """Every instrument of the catalogue, and the edition that has no name of its own."""
    return [*map(catalogue.by_name, catalogue.names()), catalogue.servperf(edition=1988)]
