"""Laws of all sums that merge: parts make up the whole, in any order, and come back from pickles and dictionaries."""

import copy
import json
import pickle
from collections.abc import Callable
from functools import reduce
from operator import add
from typing import Any

import numpy as np
import pytest
from attrs import fields
from hypothesis import given, settings

from servqual.errors import MergeError, RecordError
from servqual.statistics import ClusterSums, CrossProducts, Moments, Tallies, WeightKind
from tests.statistics.strategies import Block, blocks, divided

Sums = Moments | ClusterSums | Tallies | CrossProducts
POINTS = [1, 2, 3, 4, 5, 6, 7]


def moments(block: Block) -> Moments:
    return Moments.of(block.columns.T, block.weights, block.kind, origin=4)


def tallies(block: Block) -> Tallies:
    return Tallies.of(block.codes, POINTS, block.weights, block.kind)


def cross_products(block: Block) -> CrossProducts:
    return CrossProducts.of(block.codes, block.weights, block.kind, origin=4)


def numbered_clusters(block: Block) -> ClusterSums:
    return ClusterSums.of(block.columns.T, block.clusters, block.weights, block.kind, origin=4)


def named_clusters(block: Block) -> ClusterSums:
    labels = [f"branch {'x' * each}" for each in block.clusters]
    return ClusterSums.of(block.columns.T, labels, block.weights, block.kind, origin=4)


MAKERS = [moments, tallies, cross_products, numbered_clusters, named_clusters]
each_maker = pytest.mark.parametrize("make", MAKERS)
Make = Callable[[Block], Any]
SOME = Block(
    np.array([[1, 7, -128, 4], [2, 6, 3, 3]], dtype=np.int8),
    np.array([0.5, 1.0, 2.0, 0.25]),
    WeightKind.SAMPLING,
    np.array([1, 1, 2, 3]),
)


def arrays(sums: Sums) -> list[Any]:
    values = [getattr(sums, each.name) for each in fields(type(sums))]
    return [value for value in values if isinstance(value, np.ndarray)]


def bits(sums: Sums) -> list[object]:
    return [(each.dtype, each.shape, each.tobytes()) for each in arrays(sums)]


@each_maker
@settings(max_examples=60)
@given(division=divided())
def test_parts_in_any_order_make_up_the_whole_exactly(make: Make, division: tuple[Block, list[Block]]) -> None:
    whole, parts = division
    assert sum(make(part) for part in parts).to_dict() == make(whole).to_dict()


@each_maker
@settings(max_examples=30)
@given(division=divided())
def test_merging_is_associative(make: Make, division: tuple[Block, list[Block]]) -> None:
    sums = [make(part) for part in division[1]]
    assert ((sums[0] + sums[1]) + (sums[2] + sums[3])).to_dict() == reduce(add, sums).to_dict()


@each_maker
@settings(max_examples=40)
@given(block=blocks())
def test_a_dictionary_brings_back_every_bit(make: Make, block: Block) -> None:
    sums = make(block)
    text = json.dumps(sums.to_dict(), allow_nan=False)
    back = type(sums).from_dict(json.loads(text))
    assert bits(back) == bits(sums)
    assert back.to_dict() == sums.to_dict()


@each_maker
@pytest.mark.parametrize("renew", [copy.copy, copy.deepcopy, lambda sums: pickle.loads(pickle.dumps(sums))])  # noqa: S301
def test_copies_and_pickles_are_the_same_and_stay_read_only(make: Make, renew: Callable[[Any], Any]) -> None:
    sums = make(SOME)
    again = renew(sums)
    assert bits(again) == bits(sums)
    assert again.kind is WeightKind.SAMPLING
    assert not any(each.flags.writeable for each in [*arrays(sums), *arrays(again)])
    assert (again + sums).rows == 8


@each_maker
def test_merging_leaves_the_parts_alone(make: Make) -> None:
    first, second = make(SOME), make(SOME)
    before = bits(first)
    total = first + second
    assert bits(first) == before == bits(second)
    assert not any(each.flags.writeable for each in arrays(total))


@each_maker
def test_a_pickle_is_small(make: Make) -> None:
    long = SOME.part(np.tile(np.arange(4), 5000))
    assert len(pickle.dumps(make(long))) < 3000


@each_maker
def test_other_things_do_not_merge(make: Make) -> None:
    sums = make(SOME)
    with pytest.raises(TypeError, match="unsupported operand"):
        sums + 1
    with pytest.raises(TypeError, match="unsupported operand"):
        1 + sums


@each_maker
def test_other_kinds_of_weights_and_other_widths_do_not_merge(make: Make) -> None:
    with pytest.raises(MergeError, match="kind: 'sampling' against none; parts that merge agree in it"):
        make(SOME) + make(SOME._replace(weights=None, kind=None))
    with pytest.raises(MergeError, match="shape"):
        make(SOME) + make(SOME._replace(codes=SOME.codes[:1]))


@each_maker
def test_zero_changes_nothing(make: Make) -> None:
    sums = make(SOME)
    middle = [POINTS, WeightKind.SAMPLING] if isinstance(sums, Tallies) else [4, WeightKind.SAMPLING]
    zero = type(sums).zero(2, *middle)
    assert (zero + sums).to_dict() == sums.to_dict() == (sums + zero).to_dict()
    assert bits(type(zero).from_dict(json.loads(json.dumps(zero.to_dict())))) == bits(zero)


@pytest.mark.parametrize("kind", [Moments, ClusterSums, CrossProducts])
def test_other_origins_do_not_merge(kind: Any) -> None:
    with pytest.raises(MergeError, match=r"origin: \[0. 0.\] against \[0. 4.\]"):
        kind.zero(2) + kind.zero(2, [0, 4])


def test_other_points_do_not_merge() -> None:
    with pytest.raises(MergeError, match=r"points: \[1. 2.\] against \[1. 3.\]"):
        Tallies.zero(1, [1, 2]) + Tallies.zero(1, [1, 3])


@each_maker
def test_a_dictionary_is_read_strictly(make: Make) -> None:
    kind, record = type(make(SOME)), make(SOME).to_dict()
    with pytest.raises(RecordError, match=r"rowz: unknown; .* did you mean rows"):
        kind.from_dict({**record, "rowz": 3})
    with pytest.raises(RecordError, match="rows: missing"):
        kind.from_dict({key: value for key, value in record.items() if key != "rows"})
    with pytest.raises(RecordError, match=r"schema: 'other/1'; it is 'servqual\.statistics"):
        kind.from_dict({**record, "schema": "other/1"})
    with pytest.raises(RecordError, match="described by a dictionary"):
        kind.from_dict([1, 2])


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("rows", True, "True is not a number of rows"),
        ("rows", 1.5, "1.5 is not a number of rows"),
        ("kind", "weekly", "'weekly'; weights are sampling weights or frequencies"),
        ("sum1", ["3", "4"], "'3' is not a number"),
        ("sum1", 3.0, "float is not a list"),
        ("sum1", [[1.0], [2.0, 3.0]], "inhomogeneous"),
        ("sum1", [True, False], "True is not a number"),
    ],
)
def test_values_of_a_dictionary_are_read_strictly(key: str, value: object, found: str) -> None:
    with pytest.raises(RecordError, match=found):
        Moments.from_dict({**moments(SOME).to_dict(), key: value})


def test_shapes_of_a_dictionary_fit_together() -> None:
    with pytest.raises(RecordError, match=r"sum1: shape \(3,\); the shape is \(variable\)"):
        Moments.from_dict({**moments(SOME).to_dict(), "sum1": [1.0, 2.0, 3.0]})


@pytest.mark.parametrize(
    "nothing",
    [Moments.zero(0), ClusterSums.zero(3), ClusterSums.zero(0), Tallies.zero(0, [1, 2]), CrossProducts.zero(0)],
)
def test_tables_without_entries_keep_their_shape(nothing: Sums) -> None:
    assert bits(type(nothing).from_dict(nothing.to_dict())) == bits(nothing)
    assert bits(nothing + nothing) == bits(nothing)


def test_other_values_of_a_dictionary_are_read_strictly() -> None:
    with pytest.raises(RecordError, match="complete: 1 is neither true nor false"):
        CrossProducts.from_dict({**cross_products(SOME).to_dict(), "complete": 1})
    with pytest.raises(RecordError, match="neither all integers nor all texts"):
        ClusterSums.from_dict({**numbered_clusters(SOME).to_dict(), "labels": [1, "2", 3]})


def test_what_is_not_finite_goes_through_json() -> None:
    sums = Moments.of([[np.inf, np.inf, 1.0], [-np.inf, 1.0, 2.0]])
    record = json.loads(json.dumps(sums.to_dict(), allow_nan=False))
    assert record["sum1"] == [None, "inf", 3.0]
    np.testing.assert_array_equal(Moments.from_dict(record).sum1, [np.nan, np.inf, 3.0])
