"""The catalogue's instruments and the counts of their items as facts."""

from servqual import catalogue
from servqual.instruments import Instrument

# Items per dimension, in order: the SERVQUAL rows as printed in secondary sources, ECSI as in the packages that carry
# its data, the list of 1994 as in a secondary source; single questions of one item; the last four are our own.
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
    "nps": {"recommendation": 1},
    "csat": {"satisfaction": 1},
    "ces": {"ease": 1},
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
    "satisfaction-determinants": {"features": 3, "emotion": 3, "attribution": 3, "fairness": 3, "others": 3},
    "expectation-determinants": {
        "needs": 3,
        "experience": 3,
        "word_of_mouth": 3,
        "image": 3,
        "promises": 3,
        "alternatives": 3,
    },
}


def everything() -> list[Instrument]:
    """Every instrument of the catalogue, and the edition that has no name of its own."""
    return [*map(catalogue.by_name, catalogue.names()), catalogue.servperf(edition=1988)]
