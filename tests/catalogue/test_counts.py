"""Dimensions, counts, scales and levels of the single instruments."""

import pytest

from servqual import catalogue
from servqual.instruments import Level
from tests.catalogue.entries import COUNTS

TWO = (Level.PERCEPTION, Level.EXPECTATION)
ONE = (Level.PERCEPTION,)


@pytest.mark.parametrize("name", COUNTS)
def test_items_per_dimension(name: str) -> None:
    instrument = catalogue.by_name(name)
    assert {each.key: len(each) for each in instrument.dimensions} == COUNTS[name]
    assert list(instrument.dimension_keys) == list(COUNTS[name])


def test_the_counts_cover_the_catalogue() -> None:
    assert set(COUNTS) == set(catalogue.names())


@pytest.mark.parametrize(
    ("name", "items", "scale", "levels"),
    [
        ("servqual", 22, "1..7", TWO),
        ("servqual-1988", 22, "1..7", TWO),
        ("servperf", 22, "1..7", ONE),
        ("three-column", 21, "1..9", (Level.ADEQUATE, Level.DESIRED, Level.PERCEPTION)),
        ("internal-service-quality", 17, "1..7", TWO),
        ("employee-satisfaction", 21, "1..5", ONE),
        ("satisfaction-determinants", 15, "1..7", ONE),
        ("expectation-determinants", 18, "1..7", ONE),
        ("manager-antecedents", 26, "1..7", ONE),
        ("employee-antecedents", 36, "1..7", ONE),
        ("zone-determinants", 33, "1..7", ONE),
        ("promise-audit", 16, "1..5", ONE),
        ("performance-barriers", 15, "1..7", ONE),
        ("airline-needs", 12, "1..7", ONE),
        ("complaint-outcomes", 10, "1..7", TWO),
        ("encounter-card", 1, "-3..3", ONE),
        ("four-steps", 16, "0..1", ONE),
        ("conversation", 12, "0..1", ONE),
        ("listening", 8, "0..1", ONE),
        ("service-behaviours", 14, "0..1", ONE),
        ("reception", 16, "0..1", ONE),
        ("complaint-handling", 22, "0..1", ONE),
        ("coping", 8, "0..1", ONE),
        ("doubts", 6, "0..1", ONE),
        ("refusing", 7, "0..1", ONE),
        ("ecsi", 24, "1..10", ONE),
        ("nps", 1, "0..10", ONE),
        ("csat", 1, "1..5", ONE),
        ("ces", 1, "1..7", ONE),
    ],
)
def test_totals_scales_and_levels(name: str, items: int, scale: str, levels: tuple[Level, ...]) -> None:
    instrument = catalogue.by_name(name)
    assert (len(instrument), str(instrument.scale), instrument.levels) == (items, scale, levels)


def test_positions_run_through_the_dimensions_in_the_order_of_the_source() -> None:
    spans = {key: (part.start + 1, part.stop) for key, part in _slices()}
    assert spans == {
        "tangibles": (1, 4),
        "reliability": (5, 9),
        "responsiveness": (10, 13),
        "assurance": (14, 17),
        "empathy": (18, 22),
    }


def _slices() -> list[tuple[str, slice]]:
    instrument = catalogue.servqual()
    return list(zip(instrument.dimension_keys, instrument.slices, strict=True))
