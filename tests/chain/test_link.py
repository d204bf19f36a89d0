"""Links: what they are made of, how they are written, what is refused."""

import copy
import pickle
from typing import Any

import numpy as np
import pytest

from servqual.chain.forms import Linear, Log, Piecewise
from servqual.chain.link import Link
from servqual.errors import ChainError


def test_a_link_is_a_word() -> None:
    link = Link("a", "b", 1, "log")
    assert link == Link("a", "b", lag=1, form=Log())
    assert hash(link) == hash(Link("a", "b", lag=1, form=Log()))
    assert link.ends == ("a", "b")
    assert pickle.loads(pickle.dumps(link)) == link == copy.deepcopy(link)  # noqa: S301 - pickled in this line


def test_without_more_a_link_is_a_straight_line_at_once() -> None:
    assert Link("a", "b") == Link(" a ", "b", 0, Linear())
    assert Link("a", "b", np.int64(2)).lag == 2


@pytest.mark.parametrize(
    ("link", "text"),
    [
        (Link("a", "b"), "a -> b"),
        (Link("a", "b", 2), "a -> b [lag 2]"),
        (Link("a", "b", form=Log()), "a -> b [log]"),
        (Link("客户 满意", "b", 1, Piecewise((3.2,))), "客户 满意 -> b [lag 1, asymmetric 3.2]"),
    ],
)
def test_links_are_written_as_they_are_read(link: Link, text: str) -> None:
    assert str(link) == text
    assert repr(link) == f"<Link {text}>"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            ("a", "b", -1),
            r"link a -> b, lag: -1; a lag is a whole number of periods, zero or more.*turn the link round",
        ),
        (("a", "b", 1.5), r"link a -> b, lag: 1.5; a lag is a whole number"),
        (("a", "b", True), r"lag: True; a lag is a whole number"),
        (("a", "b", "1"), r"lag: '1'; a lag is a whole number"),
        (("a", "b", 0, "lgo"), r"link a -> b, form: 'lgo'.*did you mean log"),
        (("a", "b", 0, 3), r"link a -> b, form: 3;"),
        (("a", "a"), r"link a -> a: source and target are the same; within a period nothing is its own.*\[lag 1\]"),
        (("", "b"), r"source: no name"),
        (("a", " "), r"target: no name"),
        ((None, "b"), r"source: None; the name of a construct is a text"),
        (("a", "b -> c"), r"target: 'b -> c'; the name of a construct holds no ;.*rename the construct"),
        (("a;", "b"), r"source: 'a;'"),
        (("a", "score [1]"), r"target: 'score \[1\]'"),
    ],
)
def test_what_no_link_can_be_is_refused(given: Any, message: str) -> None:
    with pytest.raises(ChainError, match=message):
        Link(*given)


def test_a_construct_may_follow_its_own_past() -> None:
    assert str(Link("a", "a", 1)) == "a -> a [lag 1]"


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ChainError) as caught:
        Link("", "b,", -1, "lgo")
    assert len(caught.value.problems) == 4
