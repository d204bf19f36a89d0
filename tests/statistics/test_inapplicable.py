import math
import pickle

import numpy as np
import pytest

from servqual.statistics import Inapplicable


def test_it_says_why_and_where() -> None:
    assert str(Inapplicable("there is one item")) == "there is one item"
    assert str(Inapplicable("it does not vary", [3])) == "it does not vary (position 3)"
    assert str(Inapplicable("they do not vary", np.array([0, 2]))) == "they do not vary (positions 0, 2)"


def test_as_a_number_it_is_missing() -> None:
    none = Inapplicable("there is one item")
    assert math.isnan(none.value)
    assert math.isnan(float(none))
    assert math.isnan(np.array([float(each) for each in (0.5, none)])[1])


def test_it_is_a_word() -> None:
    none = Inapplicable("it does not vary", [3])
    assert none == Inapplicable("it does not vary", (3,))
    assert none == pickle.loads(pickle.dumps(none))  # noqa: S301 - what was just written
    assert len({none, Inapplicable("it does not vary", [3])}) == 1
    with pytest.raises(AttributeError):
        none.reason = "else"  # type: ignore[misc]
