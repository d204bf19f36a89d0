"""Sums told apart by fewer columns than they were kept by."""

import pytest
from hypothesis import given, strategies as st

from servqual.scoring.grouping import Labels, regrouped

COUNTS: dict[Labels, int] = {
    ("south", 2): 5, ("north", 10): 3, (None, 2): 4, ("south", 10): 1, (7, 2): 2, (3, None): 6,
}  # fmt: skip
BY = ("branch", "wave")


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (("branch",), {(3,): 6, (7,): 2, ("north",): 3, ("south",): 6, (None,): 4}),
        (("wave",), {(2,): 11, (10,): 4, (None,): 6}),
        ((), {(): 21}),
    ],
)
def test_numbers_come_before_texts_and_what_has_no_name_comes_last(
    names: tuple[str, ...], wanted: dict[Labels, int]
) -> None:
    found = regrouped(COUNTS, BY, names)
    assert list(found.items()) == list(wanted.items())


def test_columns_may_change_places() -> None:
    found = regrouped(COUNTS, BY, ("wave", "branch"))
    assert list(found) == [(2, 7), (2, "south"), (2, None), (10, "north"), (10, "south"), (None, 3)]
    assert sum(found.values()) == 21


def test_groups_are_left_as_they_were() -> None:
    before = dict(COUNTS)
    regrouped(COUNTS, BY, ("branch",))
    assert before == COUNTS


@given(st.dictionaries(st.tuples(st.integers(0, 3), st.sampled_from("abc")), st.integers(1, 9)), st.booleans())
def test_nothing_is_lost_on_the_way(groups: dict[Labels, int], first: bool) -> None:  # noqa: FBT001 - which column
    kept = BY[0] if first else BY[1]
    once = regrouped(groups, BY, [kept])
    assert sum(once.values()) == sum(groups.values())
    assert regrouped(once, [kept], []) == regrouped(groups, BY, [])
