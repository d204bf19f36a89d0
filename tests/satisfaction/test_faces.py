"""Every result of the wing is looked at in the same way: a view where there are several, then the language."""

from inspect import isclass, signature

import pytest

from servqual import satisfaction

RESULTS = [
    each for each in (getattr(satisfaction, name) for name in dir(satisfaction))
    if isclass(each) and hasattr(each, "to_table")
]  # fmt: skip


@pytest.mark.parametrize("result", RESULTS, ids=lambda each: each.__name__)
def test_tables_are_asked_for_alike(result: type) -> None:
    named = list(signature(result.to_table).parameters)[1:]  # type: ignore[attr-defined]
    assert named[:2] == ["view", "language"] or named[0] == "language"


def test_there_are_results() -> None:
    assert len(RESULTS) > 20
