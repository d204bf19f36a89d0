"""What an instrument knows about itself, and the instruments made from it."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given

from servqual.errors import InstrumentError
from servqual.instruments import Instrument, Level, Scale
from tests.words.generated import few, instruments


@pytest.fixture
def kiosk() -> Instrument:
    return Instrument.define(
        "kiosk", {"tangible": ["a", "b"], "speed": ["c"], "care": ["d", "e", "f"]}, scale=Scale.likert(5)
    )


def test_where_dimensions_stand_among_the_items(kiosk: Instrument) -> None:
    assert kiosk.slices == (slice(0, 2), slice(2, 3), slice(3, 6))
    assert [kiosk.item_keys[part] for part in kiosk.slices] == [("a", "b"), ("c",), ("d", "e", "f")]


def test_counts_and_repr(kiosk: Instrument) -> None:
    assert len(kiosk) == 6
    assert repr(kiosk) == "<Instrument 'kiosk': 6 items, 3 dimensions, 1..5; perception, expectation>"


def test_some_dimensions_only_in_the_instruments_order(kiosk: Instrument) -> None:
    assert kiosk.only("care", "tangible").dimension_keys == ("tangible", "care")
    assert kiosk.only("care").item_keys == ("d", "e", "f")
    assert kiosk.only(*kiosk.dimension_keys) == kiosk


def test_only_refuses_what_is_no_dimension(kiosk: Instrument) -> None:
    with pytest.raises(InstrumentError, match=r"(?s)'spede'; not a dimension. Hint: did you mean speed\?.*'xyz'"):
        kiosk.only("spede", "xyz")


def test_only_refuses_nothing_at_all(kiosk: Instrument) -> None:
    with pytest.raises(InstrumentError, match="no dimensions"):
        kiosk.only()


def test_asking_other_levels(kiosk: Instrument) -> None:
    asked = kiosk.asking("adequate", Level.DESIRED)
    assert asked.levels == (Level.ADEQUATE, Level.DESIRED)
    assert asked.asking(*kiosk.levels) == kiosk


def test_asking_nothing_is_refused(kiosk: Instrument) -> None:
    with pytest.raises(InstrumentError, match="no levels"):
        kiosk.asking()


def test_nothing_can_be_set(kiosk: Instrument) -> None:
    with pytest.raises(AttributeError):
        kiosk.name = "other"  # type: ignore[misc]


@few
@given(instruments())
def test_an_instrument_is_a_word(instrument: Instrument) -> None:
    assert pickle.loads(pickle.dumps(instrument)) == instrument  # noqa: S301 - our own bytes
    assert copy.deepcopy(instrument) == instrument
    assert len({instrument, copy.deepcopy(instrument)}) == 1


@few
@given(instruments())
def test_slices_cover_all_items_in_order(instrument: Instrument) -> None:
    positions = np.concatenate([np.arange(len(instrument))[part] for part in instrument.slices])
    assert positions.tolist() == list(range(len(instrument)))
    assert [len(range(part.start, part.stop)) for part in instrument.slices] == [len(d) for d in instrument.dimensions]
