"""What is said of a word that is none of the known ones, each thing once."""

import pytest

from servqual.errors import ArgumentError
from servqual.errors.problems import Problem, did_you_mean, unknown_word
from servqual.instruments import Level
from servqual.telling import chosen

WAYS = ("weights", "loadings", "none")


def test_an_unknown_word_has_a_hint_only_where_one_is_near() -> None:
    listed = "it is one of weights, loadings, none"
    assert unknown_word("sign", "weight", WAYS) == Problem("sign", "'weight'", listed, "did you mean weights?")
    assert str(unknown_word("sign", "up", WAYS)) == f"sign: 'up'; {listed}."
    assert str(unknown_word("sign", 3, WAYS)) == f"sign: 3; {listed}."


def test_a_rule_of_its_own_takes_the_place_of_the_list() -> None:
    given = unknown_word("sign", "loading", WAYS, "scores turn one of three ways")
    assert str(given) == "sign: 'loading'; scores turn one of three ways. Hint: did you mean loadings?"


def test_members_of_an_enumeration_are_named_by_their_values() -> None:
    told = unknown_word("level", "percept", [Level.PERCEPTION, Level.IDEAL])
    assert str(told) == "level: 'percept'; it is one of perception, ideal. Hint: did you mean perception?"


def test_a_remedy_alone_lists_what_is_known() -> None:
    assert did_you_mean("up", WAYS) == "known are weights, loadings, none"
    assert did_you_mean("loading", WAYS) == "did you mean loadings?"
    assert did_you_mean("up", ()) == "there are none"
    assert did_you_mean("up", map(str, range(9))) == "known are 0, 1, 2, 3, 4, 5, 6, 7, …"


def test_what_is_chosen_is_one_of_the_known() -> None:
    assert chosen("sign", "none", WAYS) == "none"
    with pytest.raises(ArgumentError) as caught:
        chosen("sign", "up", WAYS)
    assert str(caught.value) == "sign: 'up'; it is one of weights, loadings, none."
