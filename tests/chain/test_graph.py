"""Chains: order, family, paths, records, and what is refused."""

import copy
import json
import pickle
from collections import Counter
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, strategies as st

from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.walking import Path, duration
from servqual.errors import ChainError
from servqual.labels import Label
from tests.chain.drawing import chains

CHAIN = Chain.parse(
    "c -> d; a -> b -> c; a -> c; b -> d", labels={"a": Label("the start", "起点"), "d": Label("the end")}
)


def words(path: Path) -> str:
    return " ".join([path[0].source, *(link.target for link in path)])


def test_constructs_stand_after_their_causes() -> None:
    assert CHAIN.constructs == ("a", "b", "c", "d")
    assert CHAIN.endogenous == ("b", "c", "d")
    assert CHAIN.exogenous == ("a",)


def test_parents_and_children_are_links_in_the_order_given() -> None:
    assert CHAIN.parents("d") == (Link("c", "d"), Link("b", "d"))
    assert CHAIN.parents("a") == ()
    assert CHAIN.children("b") == (Link("b", "c"), Link("b", "d"))
    assert CHAIN.children("d") == ()


def test_names_in_words() -> None:
    assert CHAIN.label("a").text("zh") == "起点"
    assert CHAIN.label("d") == Label("the end")
    assert Chain.parse("the_end -> _", labels={"_": "the rest"}).label("_") == Label("the rest")
    assert Chain.parse("the_end -> _").label("the_end") == Label("the end")
    assert Chain.parse("the_end -> _").label("_") == Label("_")


def test_every_path_once_the_shortest_first() -> None:
    assert [words(path) for path in CHAIN.paths("a", "d")] == ["a b d", "a c d", "a b c d"]
    assert CHAIN.paths("d", "a") == ()
    assert CHAIN.paths("a", "a") == ()
    assert CHAIN.max_lag == 0


def test_feedback_takes_time_and_needs_a_horizon() -> None:
    chain = Chain.parse("a -> b -> c; c -> b [lag 1]")
    assert chain.constructs == ("a", "b", "c")
    assert chain.max_lag == 1
    with pytest.raises(ChainError, match=r"paths a to c: b -> c -> b with lags; .*paths without end.*pass horizon="):
        chain.paths("a", "c")
    assert [words(path) for path in chain.paths("a", "c", 2)] == ["a b c", "a b c b c", "a b c b c b c"]
    assert [words(path) for path in chain.paths("a", "c", horizon=0)] == ["a b c"]


def test_feedback_elsewhere_asks_for_no_horizon() -> None:
    chain = Chain.parse("a -> b -> c -> c [lag 1]; x -> x [lag 2] -> a")
    assert [words(path) for path in chain.paths("a", "b")] == ["a b"]
    with pytest.raises(ChainError, match="c -> c with lags"):
        chain.paths("a", "c")


def test_a_way_back_to_the_start_takes_time() -> None:
    chain = Chain.parse("a -> b; b -> a [lag 1]")
    assert [words(path) for path in chain.paths("a", "a", 1)] == ["a b a"]


def walks_by_trial(chain: Chain, source: str, target: str, horizon: int, longest: int) -> Counter[Path]:
    """Every row of links there is, tried one after the other."""
    found: Counter[Path] = Counter()
    for length in range(1, longest + 1):
        for path in product(chain.links, repeat=length):
            joined = all(first.target == second.source for first, second in pairwise(path))
            ends = path[0].source == source and path[-1].target == target
            if joined and ends and duration(path) <= horizon:
                found[path] += 1
    return found


@given(chains(size=4), st.data())
def test_paths_are_those_that_trial_finds(chain: Chain, data: Any) -> None:
    if len(chain.links) > 5:
        chain = Chain(chain.links[:5])
    source, target = (data.draw(st.sampled_from(chain.constructs)) for _ in range(2))
    found = chain.paths(source, target, horizon=1)
    assert {path: 1 for path in found if len(path) <= 4} == walks_by_trial(chain, source, target, 1, 4)
    assert [len(path) for path in found] == sorted(len(path) for path in found)


@given(chains(), st.randoms(use_true_random=False))
def test_the_order_of_links_changes_nothing(chain: Chain, chance: Any) -> None:
    links = list(chain.links)
    chance.shuffle(links)
    other = Chain(links)
    assert set(other.constructs) == set(chain.constructs)
    assert set(other.endogenous) == set(chain.endogenous)
    for source, target in product(chain.constructs, repeat=2):
        assert set(other.paths(source, target, 2)) == set(chain.paths(source, target, 2))


@given(chains())
def test_causes_come_before_what_they_cause(chain: Chain) -> None:
    place = {name: number for number, name in enumerate(chain.constructs)}
    assert len(place) == len(chain.constructs)
    assert all(place[link.source] < place[link.target] for link in chain.links if not link.lag)
    assert set(chain.exogenous) | set(chain.endogenous) == set(chain.constructs)
    assert sum(len(chain.parents(name)) for name in chain.constructs) == len(chain.links)
    assert {link for name in chain.constructs for link in chain.children(name)} == set(chain.links)


@given(chains(lagged=False))
def test_without_lags_the_number_of_paths_is_a_power_of_the_links(chain: Chain) -> None:
    names = chain.constructs
    count = {(start, start): 1 for start in names}
    for start, end in product(names, names):
        if start != end:
            count[start, end] = sum(count.get((start, link.source), 0) for link in chain.parents(end))
    for start, end in product(names, names):
        assert len(chain.paths(start, end)) == (count[start, end] if start != end else 0)


@given(chains())
def test_a_record_makes_the_chain_again(chain: Chain) -> None:
    labelled = Chain(chain.links, {chain.links[0].source: Label("one", "一")})
    for each in (chain, labelled):
        assert Chain.from_dict(each.to_dict()) == each
        assert Chain.from_json(each.to_json()) == each
        assert json.loads(each.to_json()) == each.to_dict()
        assert pickle.loads(pickle.dumps(each)) == each == copy.deepcopy(each)  # noqa: S301 - pickled in this line
        assert hash(Chain.from_dict(each.to_dict())) == hash(each)


def test_a_record_is_short_and_says_its_schema() -> None:
    record = Chain.parse("a -> b [lag 1]; b -> c [log]", labels={"a": "start"}).to_dict()
    assert record == {
        "schema": 1,
        "links": [{"source": "a", "target": "b", "lag": 1}, {"source": "b", "target": "c", "form": "log"}],
        "labels": {"a": {"en": "start"}},
    }


def test_a_part_of_a_chain_keeps_its_links_and_labels() -> None:
    part = CHAIN.subset(["a", "c", "d"])
    assert part.links == (Link("c", "d"), Link("a", "c"))
    assert part.labels == CHAIN.labels
    assert CHAIN.subset(iter("bcd")).labels == (("d", Label("the end")),)
    assert CHAIN.subset(reversed(CHAIN.constructs)) == CHAIN


def test_a_chain_says_what_it_is() -> None:
    assert str(CHAIN) == "c -> d; a -> b -> c; a -> c; b -> d"
    assert repr(CHAIN) == "<Chain: 4 constructs, 5 links>"
    assert repr(Chain.parse("a -> b [lag 2]")) == "<Chain: 2 constructs, 1 link, lags up to 2>"


ANY: Any = Chain  # for arguments that the types forbid
BAD: list[tuple[Any, str]] = [
    (lambda: Chain([]), r"chain: no links; a chain has at least one link"),
    (lambda: ANY("a -> b"), r"link 1: 'a -> b'; the links of a chain are Links.*Chain.parse reads text"),
    (lambda: ANY([("a", "b")]), r"link 1: \('a', 'b'\); the links of a chain are Links.*Link\(source, target\)"),
    (lambda: ANY(7), r"link 1: 7; the links"),
    (lambda: Chain([Link("a", "b"), Link("a", "b", form="log")]), r"link a -> b: drawn 2 times; a link is drawn once"),
    (lambda: Chain([Link("a", "b", 1)] * 3), r"link a -> b: drawn 3 times with lag 1"),
    (lambda: Chain.parse("x -> a -> b -> c -> a"), r"cycle at a: a -> b -> c -> a; within a period .*give one a lag"),
    (lambda: Chain([Link("a", "b")], {"bb": "x"}), r"labels: 'bb'; labels name constructs.*did you mean b"),
    (lambda: Chain([Link("a", "b")], {"a": ""}), r"label of a: ''; a name in words"),
    (lambda: Chain([Link("a", "b")], [("a", "x"), ("a", "y")]), r"labels: 'a' 2 times; a construct has one label"),
    (lambda: ANY([Link("a", "b")], "ab"), r"labels: 'ab'; labels are a mapping, or pairs"),
    (lambda: CHAIN.parents("e"), r"target: 'e'; no construct of this chain.*known are c, d, a, b"),
    (lambda: CHAIN.children("e"), r"source: 'e'; no construct"),
    (lambda: CHAIN.label("e"), r"construct: 'e'; no construct"),
    (lambda: CHAIN.paths("a", "b", -1), r"horizon: -1; a horizon is a whole number of periods"),
    (lambda: ANY.paths(CHAIN, "a", "b", 1.5), r"horizon: 1.5"),
    (lambda: CHAIN.subset(["a", "e"]), r"subset: 'e'; no construct of this chain"),
    (lambda: CHAIN.subset(["c", "d", "b", "a", "x"]), r"subset: 'x'"),
    (lambda: CHAIN.subset(["a", "d"]), r"chain: no links"),
    (lambda: Chain.parse("a -> b -> c").subset(["a", "b"]).subset(["a"]), r"chain: no links"),
    (
        lambda: Chain.parse("a -> b; c -> d").subset(iter("abc")),
        r"subset: 'c' without a link to the others; .*leave it out",
    ),
    (lambda: Chain.from_dict({"links": []}), r"chain: no links"),
    (lambda: ANY.from_dict([]), r"\$: a list; a chain is described by a dictionary"),
    (lambda: Chain.from_dict({"schema": 9, "links": []}), r"\$.schema: 9; .*reads schema 1"),
    (lambda: Chain.from_dict({"links": [{"source": "a"}]}), r"\$.links\[0\].target: missing"),
    (lambda: Chain.from_dict({"links": [], "lables": {}}), r"unknown key 'lables'.*did you mean labels"),
    (lambda: Chain.from_json("{"), r"line 1 column 2"),
]


@pytest.mark.parametrize(("make", "message"), BAD)
def test_what_no_chain_can_be_is_refused(make: Any, message: str) -> None:
    with pytest.raises(ChainError, match=message):
        make()


def test_both_ends_of_a_path_are_looked_at() -> None:
    with pytest.raises(ChainError) as caught:
        CHAIN.paths("x", "y")
    assert len(caught.value.problems) == 2


def test_every_circle_is_shown() -> None:
    with pytest.raises(ChainError) as caught:
        Chain.parse("a -> b -> c -> a; c -> b; x -> y; x -> y; p -> q -> p", labels={"z": "?"})
    said = str(caught.value)
    for part in ("a -> b -> c -> a", "b -> c -> b", "p -> q -> p", "drawn 2 times", "labels: 'z'"):
        assert part in said
    assert len(caught.value.problems) == 5


def test_all_problems_of_a_record_have_their_places() -> None:
    links = [{"source": "a", "target": "a"}, {"source": "a", "target": "b", "form": "lgo"}, {"source": "b", "lag": -1}]
    with pytest.raises(ChainError, match=r"\$.links\[2\].target: missing"):
        Chain.from_dict({"links": links})
    with pytest.raises(ChainError) as caught:
        Chain.from_dict({"links": links[:2]})
    assert [str(each).partition(":")[0] for each in caught.value.problems] == [
        "$.links[0], link a -> a",
        "$.links[1], link a -> b, form",
    ]
