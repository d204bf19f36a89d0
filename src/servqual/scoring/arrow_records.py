"""A summary as a table of pyarrow: one row per group, one column per sum, all else as JSON in the metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import numpy as np
from attrs import evolve

from servqual._arrays import AnyArray, freeze
from servqual._frames.door import FILES_EXTRA, needed
from servqual._records import parse_json
from servqual.errors import Problem, RecordError
from servqual.instruments import Level
from servqual.scoring.estimates import Part, Term
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.grouping import Labels
from servqual.scoring.record_keys import check_keys
from servqual.scoring.summary_records import check_group, told_as_records
from servqual.statistics.clusters import ClusterSums
from servqual.statistics.crossproducts import CrossProducts
from servqual.statistics.moments import Moments
from servqual.statistics.replicates import Replicates
from servqual.statistics.tallies import Tallies
from servqual.statistics.weights import WeightKind

_HEAD = b"servqual.summary"
_RULE = "a saved summary is as Summary.to_arrow writes it"
_LABELS = "labels"


def table_from(summary: Any) -> Any:
    """Return the table of a summary.

    A column is named by the way to its sum, ``tallies/perception/counts`` or ``parts/0/0/moments/sum1`` (first model,
    first term); sums over two axes are lists of lists.
    """
    arrow = needed("pyarrow", FILES_EXTRA)
    head = json.dumps(evolve(summary, groups={}).to_dict(), ensure_ascii=False, allow_nan=False)
    columns: dict[str, list[Any]] = {_LABELS: [json.dumps(list(labels)) for labels in summary.groups]}
    for sums in summary.groups.values():
        for name, value in _leaves(sums):
            columns.setdefault(name, []).append(value)
    made = {name: _column(arrow, name, values) for name, values in columns.items()}
    return arrow.table(made).replace_schema_metadata({_HEAD: head.encode()})


def _leaves(sums: GroupSums) -> Iterator[tuple[str, Any]]:
    yield "rows", sums.rows
    for level, counts in sums.tallies.items():
        yield from _fields(f"tallies/{level}", counts)
    for model, part in enumerate(sums.parts):
        for place, term in enumerate(part.terms):
            way = f"parts/{model}/{place}"
            yield f"{way}/coefficient", term.coefficient
            yield f"{way}/respondents", term.respondents
            yield from _fields(f"{way}/moments", term.moments)
            yield from _fields(f"{way}/clusters", term.clusters)
    yield from _fields("products", sums.products)
    yield from _fields("replicates", sums.replicates)


def _fields(way: str, held: Any) -> Iterator[tuple[str, Any]]:
    for each in () if held is None else attrs.fields(type(held)):
        value = getattr(held, each.name)
        # labels are integers in one group and texts in another
        yield f"{way}/{each.name}", json.dumps(value.tolist()) if each.name == _LABELS else value


def _column(arrow: Any, name: str, values: Sequence[Any]) -> Any:
    some = values[0] if values else None
    if not isinstance(some, np.ndarray):
        whole = arrow.uint64() if name == "replicates/seed" else None
        return arrow.array(values, whole if whole is not None or values else arrow.string())
    kind = arrow.list_(arrow.from_numpy_dtype(np.result_type(*values)))
    if some.ndim == 1:
        return arrow.array(values, kind)
    return arrow.array([list(each) for each in values], arrow.list_(kind))


def head_of(table: Any) -> dict[str, Any]:
    """Return what a table of `table_from` says of the summary but for its groups.

    Raises
    ------
    RecordError
        Something else.
    """
    arrow = needed("pyarrow", FILES_EXTRA)
    if not isinstance(table, arrow.Table):
        found = f"a {type(table).__name__}"
        raise RecordError(Problem("table", found, _RULE, "pyarrow.parquet.read_table(path) reads it from a file"))
    head = (table.schema.metadata or {}).get(_HEAD)
    if head is None:
        raise RecordError(Problem("table", "no summary in its metadata", _RULE, "keep the metadata of the table"))
    return parse_json(head.decode())


def groups_in(table: Any, bare: Any) -> dict[Labels, GroupSums]:
    """Return the groups in a table; its metadata describe the `bare` summary.

    Raises
    ------
    RecordError
        Columns that are missing, unknown or do not fit together.
    """
    with told_as_records(_RULE):
        columns = {name: table.column(name).combine_chunks() for name in table.column_names}
        rows = (_nested(columns, row) for row in range(table.num_rows))
        groups = dict(_group(record) for record in rows)
        for labels, sums in groups.items():
            check_group(labels, sums, len(bare.by), len(bare.models), bare.drawing)
        return groups


def _nested(columns: Mapping[str, Any], row: int) -> dict[str, Any]:
    """Return one row as dictionaries within dictionaries, by the ways that columns are named by."""
    record: dict[str, Any] = {}
    for name, column in columns.items():
        *way, last = name.split("/")
        place = record
        for step in way:
            place = place.setdefault(step, {})
        place[last] = _value(column[row])
    return record


def _value(scalar: Any) -> Any:
    """Return a cell as an array where it is a list, of two axes where it is a list of lists."""
    inner = getattr(scalar, "values", None)
    if inner is None:
        return scalar.as_py()
    if not hasattr(inner, "flatten") or not hasattr(inner, "offsets"):
        return inner.to_numpy(zero_copy_only=False)
    flat = inner.flatten().to_numpy(zero_copy_only=False)
    return flat.reshape(len(inner), len(flat) // max(len(inner), 1))


def _group(record: Mapping[str, Any]) -> tuple[Labels, GroupSums]:
    whole = {"tallies": {}, "parts": {}, "products": None, "replicates": None, **record}
    check_keys("$", whole, (_LABELS, "rows", "tallies", "products", "parts", "replicates"))
    tallies = {Level(level): _made(Tallies, f"tallies/{level}", each) for level, each in whole["tallies"].items()}
    parts = tuple(
        Part(tuple(_term(f"parts/{model}/{place}", each) for place, each in _in_order(terms)))
        for model, terms in _in_order(whole["parts"])
    )
    products = _made(CrossProducts, "products", whole["products"])
    replicates = _made(Replicates, "replicates", whole["replicates"])
    labels = tuple(json.loads(whole[_LABELS]))
    return labels, GroupSums(int(whole["rows"]), tallies, products, parts, replicates)


def _in_order(numbered: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(numbered.items(), key=lambda each: int(each[0]))


def _term(way: str, record: Mapping[str, Any]) -> Term:
    whole = {"clusters": None, **record}
    check_keys(way, whole, ("coefficient", "respondents", "moments", "clusters"))
    moments = _made(Moments, f"{way}/moments", whole["moments"])
    clusters = _made(ClusterSums, f"{way}/clusters", whole["clusters"])
    return Term(int(whole["coefficient"]), moments, clusters, int(whole["respondents"]))


def _made(kind: type[Any], way: str, record: Mapping[str, Any] | None) -> Any:
    """Return the sums that the columns of one way hold; None where there are none."""
    if record is None:
        return None
    check_keys(way, record, [each.name for each in attrs.fields(kind)])
    values = dict(record)
    if _LABELS in values:
        values[_LABELS] = _labels(json.loads(values[_LABELS]))
    if values.get("kind") is not None:
        values["kind"] = WeightKind(values["kind"])
    return kind(**values)


def _labels(labels: list[Any]) -> AnyArray:
    return freeze(np.array(labels, dtype=None if labels else np.int64))
