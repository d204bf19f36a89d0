"""Printed tables, reproduced by typed ratings to the last printed digit."""

import csv
from pathlib import Path

import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.instruments import Level, Scale
from servqual.ratings import Expectation, Perception
from servqual.zones import Standing, StandingCounts, ToleranceZone

# 386 hospital patients, means on 1..5: table 2 of PMC6131925.
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
EXPECTED = (4.44, 4.49, 4.48, 4.50, 4.56)
PERCEIVED = (4.19, 4.36, 4.35, 4.32, 4.40)
GAPS = (-0.25, -0.13, -0.13, -0.18, -0.16)

ROUNDING = 0.01 + 1e-9  # each of the two means is rounded to 0.005

Columns = dict[str, Floats]


def test_the_hospital_gaps_are_perception_minus_expectation() -> None:
    scale = Scale(1, 5, step=None)
    gap = Perception(PERCEIVED, scale) - Expectation(EXPECTED, scale)
    np.testing.assert_allclose(gap.values, GAPS, rtol=0, atol=ROUNDING)
    assert gap.shortfall.all()
    assert DIMENSIONS[int(np.argmin(gap.values))] == "tangibles"


def test_the_copied_hospital_table_is_the_shared_one(shared: Path) -> None:
    with (shared / "data" / "published_servqual_hospital_n386.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(row["dimension"] for row in rows) == DIMENSIONS
    columns = {"expectation_mean": EXPECTED, "perception_mean": PERCEIVED, "gap": GAPS}
    for column, copied in columns.items():
        assert tuple(float(row[column]) for row in rows) == copied


@pytest.fixture(scope="module")
def libraries(shared: Path) -> dict[str, list[str]]:
    """Means of 17 university libraries on two items, LibQUAL+ 2002, on 1..9."""
    with (shared / "data" / "libqual_ulg_means.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {column: [row[column] for row in rows] for column in rows[0]}


def measured(libraries: dict[str, list[str]], item: str | None = None) -> tuple[ToleranceZone, Perception, Columns]:
    chosen = np.array([item in {None, each} for each in libraries["item"]])
    names = ("minimum", "desired", "perceived", "adequacy_gap", "superiority_gap")
    columns: Columns = {name: np.array(libraries[name], dtype=float)[chosen] for name in names}
    scale = Scale(1, 9, step=None)
    low = Expectation(columns["minimum"], scale, Level.MINIMUM)
    zone = ToleranceZone(low, Expectation(columns["desired"], scale, Level.DESIRED))
    return zone, Perception(columns["perceived"], scale), columns


def test_library_gaps_are_those_printed(libraries: dict[str, list[str]]) -> None:
    zone, perceived, columns = measured(libraries)
    assert perceived.answered() == 34
    np.testing.assert_allclose(zone.adequacy(perceived).values, columns["adequacy_gap"], rtol=0, atol=ROUNDING)
    np.testing.assert_allclose(zone.superiority(perceived).values, columns["superiority_gap"], rtol=0, atol=ROUNDING)


def test_three_libraries_stand_below_their_zone(libraries: dict[str, list[str]]) -> None:
    zone, perceived, _ = measured(libraries)
    assert zone.shares(perceived) == StandingCounts(below=3, within=31, above=0, undefined=0)
    below = np.flatnonzero(np.asarray(zone.standing(perceived)) == Standing.BELOW)
    places = {(libraries["item"][row], libraries["institution"][row]) for row in below}
    assert places == {("AS-3", "F"), ("AS-7", "F"), ("AS-7", "D")}


@pytest.mark.parametrize(("item", "means"), [("AS-3", (6.23, 7.93, 6.99)), ("AS-7", (6.60, 8.06, 7.28))])
def test_library_means_are_those_printed(
    libraries: dict[str, list[str]], item: str, means: tuple[float, float, float]
) -> None:
    zone, perceived, _ = measured(libraries, item)
    found = [each.mean() for each in (zone.adequate, zone.desired, perceived)]
    np.testing.assert_allclose(found, means, rtol=0, atol=0.005 + 1e-9)
    low, high, seen = found
    assert zone.mean_position(perceived) == pytest.approx((seen - low) / (high - low))
