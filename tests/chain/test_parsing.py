"""Chains as text: what is read, and where the text is wrong."""

from typing import Any

import pytest
from hypothesis import given

from servqual.chain.forms import Log, Piecewise, asymmetric
from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.errors import ChainError
from tests.chain.drawing import chains


def test_arrows_in_a_row_and_rows_of_arrows() -> None:
    links = Chain.parse("a -> b -> c; a -> c").links
    assert links == (Link("a", "b"), Link("b", "c"), Link("a", "c"))
    assert Chain.parse("a->b→c\n\n a -> c ;").links == links
    assert Chain.parse("a -> b -> c", "a -> c").links == links


def test_brackets_belong_to_the_arrow_before_them() -> None:
    links = Chain.parse("x -> y [lag 1] -> z [LAG 2,log]; x -> z[asymmetric]; y -> w [piecewise 3.2 4]").links
    assert links == (
        Link("x", "y", 1),
        Link("y", "z", 2, Log()),
        Link("x", "z", form=asymmetric()),
        Link("y", "w", form=Piecewise((3.2, 4.0))),
    )


def test_names_may_have_spaces_and_any_script() -> None:
    assert Chain.parse("员工 满意 -> customer loyalty").constructs == ("员工 满意", "customer loyalty")


@given(chains())
def test_a_chain_is_read_as_it_is_written(chain: Chain) -> None:
    assert Chain.parse(str(chain)) == chain


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a", r"line 1 column 1: 'a'; a link has an arrow between two constructs.*source -> target"),
        ("a -> b; c", r"line 1 column 9: 'c'; a link has an arrow"),
        ("a -> b;\n  c", r"line 2 column 3: 'c'"),
        ("a -> ", r"line 1 column 6: no construct; an arrow has a construct before it and one after it"),
        ("-> a", r"line 1 column 1: no construct"),
        ("a -> -> b", r"line 1 column 6: no construct"),
        ("a -> b [lag 1", r"line 1 column 6: 'b \[lag 1'; options stand in one pair of brackets.*close each bracket"),
        ("a -> b] c", r"line 1 column 6: 'b\] c'; options stand"),
        ("a -> b [lag 1] [log]", r"line 1 column 6: .*one pair of brackets"),
        ("a [lag 1] -> b", r"line 1 column 1: \[lag 1\] before any arrow; brackets belong to the arrow"),
        ("a -> b [lag]", r"line 1 column 6: 'lag'; a lag is a whole number of periods.*write lag 1"),
        ("a -> b [lag -1]", r"line 1 column 6: 'lag -1'; a lag is a whole number"),
        ("a -> b [lag 1.5]", r"line 1 column 6: 'lag 1.5'; a lag is a whole number"),
        ("a -> b [lag 1, lag 2]", r"line 1 column 6: '1' and '2'; a link has one lag"),
        ("a -> b [log, linear]", r"line 1 column 6: 'log' and 'linear'; a link has one form"),
        ("a -> b [lgo]", r"line 1 column 6, form: 'lgo'.*did you mean log\?"),
        ("a -> b [lag1]", r"line 1 column 6, form: 'lag1'.*did you mean lag 1\?"),
        ("a -> b [1]", r"line 1 column 6, form: '1'.*known are lag 1, linear, log, asymmetric, piecewise"),
        ("a -> b []", r"line 1 column 6, form: ''"),
        ("a -> b [piecewise 3 2]", r"line 1 column 6, knots: 2 after 3"),
        ("a, b -> c", r"line 1 column 1: 'a, b'; the name of a construct holds no ;"),
        ("a <- b -> c", r"line 1 column 1: 'a <- b'; the name of a construct holds"),
        ("a -> a", r"line 1 column 6, link a -> a: source and target are the same"),
        ("", r"chain: no links; a chain has at least one link.*Chain.parse\('a -> b'\)"),
        (" ;\n ;", r"chain: no links"),
    ],
)
def test_where_a_text_is_wrong_is_said(text: str, message: str) -> None:
    with pytest.raises(ChainError, match=message):
        Chain.parse(text)


def test_which_text_is_wrong_is_said() -> None:
    with pytest.raises(ChainError, match=r"text 2, line 1 column 6: no construct"):
        Chain.parse("a -> b", "c -> ")
    nothing: Any = None
    with pytest.raises(ChainError, match=r"text 1: None; a chain is parsed from text"):
        Chain.parse(nothing)


def test_all_problems_of_a_text_and_of_its_chain_are_said_at_once() -> None:
    with pytest.raises(ChainError) as caught:
        Chain.parse("a -> b -> a; x -> y; x -> y; q; p -> q [lgo, lag 1.5]")
    said = str(caught.value)
    assert said.startswith("5 problems")
    for part in ("'q'", "'lgo'", "'lag 1.5'", "drawn 2 times", "a -> b -> a"):
        assert part in said
