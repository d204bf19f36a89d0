"""What is given of another kind is refused in words, wherever a standard or its conformance is read."""

from collections.abc import Callable
from typing import Any

import pytest

from servqual.errors import StandardsError
from servqual.operations import (
    Standard,
    capability,
    conformance,
    conformance_from_counts,
    p_chart,
    service_levels,
    service_stage,
)

NOTHING: Any = None
A_KEY: Any = "wait"
A_SHARE: Any = 0.9
SHARES: Any = [0.9]
FOUND = conformance(Standard(key="wait", kind="time", high=5), [1.0, 2, 9])


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (lambda: conformance(A_KEY, [1.0]), r"standard: a str; it is a Standard. Hint: Standard\(key=…"),
        (lambda: conformance_from_counts(A_KEY, 1, 2), r"standard: a str; it is a Standard"),
        (lambda: capability(NOTHING, [1.0]), r"standard: a NoneType; it is a Standard"),
        (lambda: p_chart(SHARES), r"conformance: a list; it is a Conformance. Hint: conformance\(standard, cases"),
        (lambda: service_levels(FOUND, NOTHING), r"survey: a NoneType; it is a Survey"),
        (lambda: service_levels(SHARES, NOTHING), r"found: a float; it is a Conformance"),
        (lambda: service_stage(A_SHARE), r"basic: a float; it is a Conformance"),
    ],
)
def test_another_kind_is_refused(read: Callable[[], Any], said: str) -> None:
    with pytest.raises(StandardsError, match=said):
        read()
