"""The catalogue by name."""

import pytest

from servqual import catalogue
from servqual.errors import InstrumentError


def test_the_names() -> None:
    assert catalogue.names() == (
        "servqual",
        "servqual-1988",
        "servperf",
        "three-column",
        "internal-service-quality",
        "employee-satisfaction",
        "ecsi",
        "nps",
        "csat",
        "ces",
        "satisfaction-determinants",
        "expectation-determinants",
        "manager-antecedents",
        "employee-antecedents",
        "zone-determinants",
        "promise-audit",
        "performance-barriers",
        "airline-needs",
        "complaint-outcomes",
        "encounter-card",
        "four-steps",
        "conversation",
        "listening",
        "service-behaviours",
        "reception",
        "complaint-handling",
        "coping",
        "doubts",
        "refusing",
    )


@pytest.mark.parametrize("name", catalogue.names())
def test_an_instrument_bears_the_name_it_is_found_by(name: str) -> None:
    assert catalogue.by_name(name).name == name


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(InstrumentError, match=r"'servprf'; no instrument has this name\. Hint: did you mean servperf"):
        catalogue.by_name("servprf")


def test_a_strange_name_is_answered_with_all() -> None:
    with pytest.raises(InstrumentError, match=r"known are servqual, servqual-1988, .*ecsi"):
        catalogue.by_name("42")
