"""The two editions: which items are worded against the service, which were replaced, and which editions there are."""

from collections.abc import Callable

import pytest

from servqual import catalogue
from servqual.catalogue.wordings import EDITION_1988, EDITION_1991
from servqual.errors import InstrumentError
from servqual.instruments import Instrument, Level, lint

NEGATIVE_IN_1988 = [10, 11, 12, 13, 18, 19, 20, 21, 22]

both = pytest.mark.parametrize("make", [catalogue.servqual, catalogue.servperf])


def reversed_positions(instrument: Instrument) -> list[int]:
    return [number for number, item in enumerate(instrument.items, start=1) if item.reverse]


@both
def test_nine_items_of_1988_are_worded_against_the_service(make: Callable[[int], Instrument]) -> None:
    assert reversed_positions(make(1988)) == NEGATIVE_IN_1988


@both
def test_all_items_of_1991_are_positive(make: Callable[[int], Instrument]) -> None:
    assert reversed_positions(make(1991)) == []


def test_no_negative_wording_is_carried_over() -> None:
    old, new = catalogue.servqual(1988), catalogue.servqual(1991)
    current = {item.label for item in new.items}
    assert not current & {item.label for item in old.items if item.reverse}


@pytest.mark.parametrize("replaced", ["tangibles_4", "assurance_4"])
def test_two_items_were_replaced(replaced: str) -> None:
    old, new = ({item.key: item.label for item in catalogue.servqual(edition).items} for edition in (1988, 1991))
    assert old[replaced] != new[replaced]
    assert replaced in catalogue.servqual(1991).status


def test_lint_finds_that_wording_and_content_fall_together_in_1988() -> None:
    found = lint(catalogue.servqual(1988))
    assert {problem.found for problem in found} == {"every item reversed"}


def test_1991_is_the_edition_unless_another_is_named() -> None:
    assert catalogue.servqual() == catalogue.servqual(edition=1991)
    assert catalogue.servperf() == catalogue.servperf(edition=1991)


def test_editions_differ_in_name_and_source() -> None:
    old, new = catalogue.servqual(1988), catalogue.servqual(1991)
    assert (old.name, new.name) == ("servqual-1988", "servqual")
    assert "1988" in old.citation
    assert "1991" in new.citation


def test_servperf_asks_the_items_of_servqual_once() -> None:
    performance, full = catalogue.servperf(), catalogue.servqual()
    assert performance.dimensions == full.dimensions
    assert performance.levels == (Level.PERCEPTION,)
    assert "Cronin & Taylor 1992" in performance.citation


@both
def test_another_edition_is_refused_with_the_known_ones(make: Callable[[int], Instrument]) -> None:
    with pytest.raises(InstrumentError, match=r"edition: 1994; the editions of serv\w+ known here are 1988 and 1991"):
        make(1994)


def test_both_editions_have_the_same_shape() -> None:
    assert {key: len(items) for key, items in EDITION_1988.items()} == {
        key: len(items) for key, items in EDITION_1991.items()
    }
