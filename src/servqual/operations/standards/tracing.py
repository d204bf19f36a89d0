"""`trace_standards`: does every dimension of service quality have a standard, and is it kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from servqual.errors import Problem, StandardsError, did_you_mean
from servqual.instruments import Instrument
from servqual.labels import Label
from servqual.operations.standards.conformance_results import Conformance
from servqual.operations.standards.standard import Standard
from servqual.operations.standards.tracing_results import TracedDimension, TraceState, Tracing
from servqual.operations.standards.words import StandardVerdict
from servqual.operations.wanted import wanted
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import columns_of
from servqual.tables import Cell, Table
from servqual.telling import Number, Told

NO_IMPORTANCE = "no importance was given"


def trace_standards(
    standards: Standard | Iterable[Standard],
    dimensions: Instrument | Sequence[str],
    found: Conformance | Iterable[Conformance] = (),
    *,
    importance: Mapping[str, float] | None = None,
) -> Tracing:
    """Which dimension each standard serves, which dimensions have none, and what is known of those that have.

    A dimension without a standard is evidence for Gap 2: what customers expect was not made into a specification. One
    whose standard is missed is evidence for Gap 3.

    Parameters
    ----------
    standards
        One or several, with the `dimensions` that they serve.
    dimensions
        An instrument, or the keys of dimensions.
    found
        What `conformance` says of some of the standards.
    importance
        Dimension → weight, zero or more; shares of their sum are told.

    Returns
    -------
    Tracing
        A row for each dimension; `requirements_table` has one for each standard.

    Raises
    ------
    StandardsError
        All at once: standards that share a key or serve dimensions that there are not, conformance to another standard
        or twice to one, importance that is negative or does not name all dimensions.

    References
    ----------
    Zeithaml, Berry & Parasuraman 1988, Journal of Marketing 52(2):35-48 (Gap 2 and its causes).

    Examples
    --------
    >>> from servqual.operations import Standard
    >>> phone = Standard(key="phone", kind="count", high=3, unit="rings", dimensions="responsiveness")
    >>> trace_standards([phone], ["responsiveness", "empathy"])
    <Tracing of 1 standards to 2 dimensions; without a standard: empathy>
    """
    given = (standards,) if isinstance(standards, Standard) else tuple(standards)
    results = (found,) if isinstance(found, Conformance) else tuple(found)
    faults = [fault for each in given for fault in wanted("standards", each, Standard, "Standard(key=…, kind=…)")]
    faults += [fault for each in results for fault in wanted("found", each, Conformance, "conformance(standard, …)")]
    if faults:
        raise StandardsError(*dict.fromkeys(faults))
    labels = _labels(dimensions)
    weights = dict(importance or {})
    problems = [*_of_standards(given, labels), *_of_results(results, given), *_of_importance(weights, labels)]
    if problems:
        raise StandardsError(*problems)
    known = {each.standard.key: each for each in results}
    total = sum(weights.values())
    rows = tuple(_row(key, given, known, weights[key] / total if total else None) for key in labels)
    columns = columns_of(rows, TracedDimension)
    columns["standards"] = [", ".join(row.standards) or None for row in rows]
    title = Label("Standards behind the dimensions", "各维度背后的标准")
    notes = list(_notes(rows, given, labels))
    told = Told(Table(columns, backend=_backend(results)), list(labels.values()), title, notes)
    return Tracing(rows, told, standards=given, found=known, requirements=_requirements(given, known))


def _labels(dimensions: Instrument | Sequence[str]) -> dict[str, Label]:
    if isinstance(dimensions, Instrument):
        return {each.key: each.label for each in dimensions.dimensions}
    keys = [dimensions] if isinstance(dimensions, str) else list(dimensions)
    if not keys or len(set(keys)) < len(keys):
        found = f"{len(keys)} names" if keys else "none"
        raise StandardsError(Problem("dimensions", found, "there are some, and each is named once"))
    return {key: Label(key) for key in keys}


def _of_standards(standards: Sequence[Standard], labels: Mapping[str, Label]) -> Iterator[Problem]:
    keys = [each.key for each in standards]
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        yield Problem("standards", f"{keys.count(key)} called {key!r}", "each has a key of its own")
    for each in standards:
        for name in each.dimensions:
            if name not in labels:
                rule = "a standard serves dimensions that there are"
                yield Problem(f"standard {each.key}", f"no dimension {name!r}", rule, did_you_mean(name, labels))


def _of_results(results: Sequence[Conformance], standards: Sequence[Standard]) -> Iterator[Problem]:
    seen: list[str] = []
    for each in results:
        key = each.standard.key
        if each.standard not in standards:
            remedy = did_you_mean(key, [known.key for known in standards])
            yield Problem("found", f"conformance to {key!r}", "it is that of a standard that is traced", remedy)
        if key in seen:
            yield Problem("found", f"conformance to {key!r} twice", "each standard is judged once")
        seen.append(key)


def _of_importance(weights: Mapping[str, float], labels: Mapping[str, Label]) -> Iterator[Problem]:
    if not weights:
        return
    for name in weights:
        if name not in labels:
            yield Problem(
                "importance", f"no dimension {name!r}", "weights are of dimensions", did_you_mean(name, labels)
            )
    for name in labels:
        if name not in weights:
            yield Problem("importance", f"none of {name!r}", "every dimension has a weight, zero or more")
    bad = [name for name, weight in weights.items() if not (np.isfinite(weight) and weight >= 0)]
    for name in bad:
        yield Problem("importance", f"{weights[name]:g} of {name!r}", "weights are finite and zero or more")
    if not bad and not sum(weights.values()):
        yield Problem("importance", "all zero", "some dimension has a weight above zero")


def _row(
    key: str, standards: Sequence[Standard], known: Mapping[str, Conformance], importance: float | None
) -> TracedDimension:
    serving = [each for each in standards if key in each.dimensions]
    verdicts = [known[each.key].overall.verdict for each in serving if each.key in known]
    judged = [verdict for verdict in verdicts if verdict is not StandardVerdict.UNJUDGED]
    met, missed = (judged.count(verdict) for verdict in (StandardVerdict.MET, StandardVerdict.MISSED))
    state = TraceState.OPEN
    if not serving:
        state = TraceState.NO_STANDARD
    elif not judged:
        state = TraceState.UNMEASURED
    elif missed or met == len(judged):
        state = TraceState.MISSED if missed else TraceState.MET
    share: Number = Inapplicable(NO_IMPORTANCE) if importance is None else importance
    hard = sum(each.hard for each in serving)
    return TracedDimension(
        dimension=key, standards=tuple(each.key for each in serving), hard=hard, soft=len(serving) - hard,
        measured=len(judged), met=met, missed=missed, importance=share, state=state,
    )  # fmt: skip


def _requirements(standards: Sequence[Standard], known: Mapping[str, Conformance]) -> Told:
    overall = [known[each.key].overall if each.key in known else None for each in standards]
    columns: dict[str, list[Cell]] = {
        "standard": [each.key for each in standards],
        "requirement": [None if each.requirement is None else each.requirement.en for each in standards],
        "kind": [str(each.kind) for each in standards],
        "limits": [each.limits.en for each in standards],
        "dimensions": [", ".join(each.dimensions) or None for each in standards],
        "target": [each.target for each in standards],
        "n": [None if row is None else row.n for row in overall],
        **{
            name: [
                None if row is None or np.isnan(float(getattr(row, name))) else float(getattr(row, name))
                for row in overall
            ]
            for name in ("share", "low", "high")
        },
        "verdict": [None if row is None else str(row.verdict) for row in overall],
    }
    title = Label("From requirements to standards", "从顾客要求到标准")
    return Told(Table(columns, backend=_backend(list(known.values()))), [each.label for each in standards], title)


def _backend(results: Sequence[Conformance]) -> str:
    return results[0].told.table.backend if results else "pandas"


def _notes(
    rows: Sequence[TracedDimension], standards: Sequence[Standard], labels: Mapping[str, Label]
) -> Iterator[Label]:
    none = [row for row in rows if row.state is TraceState.NO_STANDARD]
    if none:
        names = ", ".join(labels[row.dimension].en for row in none)
        names_zh = "、".join(labels[row.dimension].text("zh") for row in none)
        weight = sum(float(row.importance) for row in none)
        share = "" if np.isnan(weight) else f", {weight:.0%} of all importance"
        share_zh = "" if np.isnan(weight) else f"，占全部重要性的 {weight:.0%}"
        yield Label(f"without a standard (Gap 2): {names}{share}", f"没有标准（差距二）：{names_zh}{share_zh}")
    untraced = ", ".join(each.key for each in standards if not each.dimensions)
    if untraced:
        yield Label(f"standards that serve no dimension: {untraced}", f"不服务于任何维度的标准：{untraced}")
