"""`satisfaction_by_object`: items told apart by what they are about, and one score for each object."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats
from servqual.errors import DriverError, Problem
from servqual.instruments import Scale
from servqual.intake import Grouping
from servqual.labels import Label, as_label
from servqual.satisfaction.answer_columns import AnswerColumns, Beside, is_finite, open_source, read_columns, refuse
from servqual.satisfaction.gathering import Problems, attempt
from servqual.satisfaction.priorities.item_gathering import off_scale
from servqual.satisfaction.priorities.object_results import ObjectSatisfaction, ObjectScore
from servqual.scoring.estimates import Term, term_of
from servqual.statistics import Adjustment, WeightKind, adjusted, student_interval, t_test
from servqual.statistics._arguments import check_confidence
from servqual.statistics.reasoned import Reasoned, columns_of
from servqual.tables import Table
from servqual.telling import Told, cells

OBJECTS = {
    "attitude": Label("attitude", "态度"),
    "process": Label("process", "过程"),
    "result": Label("result", "结果"),
}
_FEW = "fewer than two respondents have a score"
_NO_SCALE = "no scale is known"


def satisfaction_by_object(
    source: Any,
    objects: Mapping[str, Sequence[str]],
    *,
    scale: Scale | None = None,
    min_answered: float = 0.5,
    weights: str | npt.ArrayLike | None = None,
    weight_kind: WeightKind | str = WeightKind.SAMPLING,
    cluster: str | npt.ArrayLike | None = None,
    labels: Mapping[str, Label | str] | None = None,
    confidence: float = 0.95,
) -> ObjectSatisfaction:
    """Satisfaction by object: with the attitude met, the process gone through, the result received, or others.

    A respondent's score of an object is the mean of its items that were answered, ``Σ x / k``, where at least the share
    `min_answered` of them was. Differences between objects are taken within people.

    Parameters
    ----------
    source
        A data frame, a mapping name → values, or a `Survey` (items of its perceptions).
    objects
        Object → its items: the tag. An item belongs to one object.
    scale
        Of the answers, for an index of 0 to 100; a survey has its own.
    min_answered
        Share of the items of an object, above 0 and at most 1.
    weights, weight_kind, cluster
        As of `drivers`.
    labels
        Object → label; attitude, process and result have theirs.
    confidence
        Of all intervals: Student's t, linearised errors with sampling weights, cluster-robust with clusters.

    Returns
    -------
    ObjectSatisfaction
        Scores of objects, and differences of pairs with p adjusted by Holm.

    Raises
    ------
    DriverError
        All problems at once: unknown items, an item in two objects, an object without items, answers beyond the scale.

    References
    ----------
    Student 1908, Biometrika 6(1):1-25; Holm 1979, Scandinavian Journal of Statistics 6(2):65-70.

    Examples
    --------
    >>> rows = {"kind": [6, 7, 5, 6], "steps": [3, 4, 4, 3], "done": [6, 6, 7, 7]}
    >>> objects = {"attitude": ["kind"], "process": ["steps"], "result": ["done"]}
    >>> satisfaction_by_object(rows, objects)
    <ObjectSatisfaction: attitude 6.00, process 3.50, result 6.50>
    """
    problems: Problems = []
    attempt(problems, check_confidence, confidence)
    if not (is_finite(min_answered) and 0 < min_answered <= 1):
        rule = "the share of items that must be answered is above 0 and at most 1"
        problems.append(Problem("min_answered", repr(min_answered), rule))
    problems += _tag_problems(objects, labels)
    opened = open_source(source)
    beside = Beside(weights, weight_kind, cluster)
    names = [item for items in objects.values() for item in items]
    columns = read_columns(opened, dict.fromkeys(names), beside, problems) if names else None
    if columns is not None:
        used = opened.scale if opened.survey is not None else scale
        if opened.survey is not None and scale not in (None, opened.scale):
            problems.append(Problem("scale", f"{scale}, beside a survey", "a survey has its own scale"))
        problems += off_scale("items", columns.names, columns.values, used)
    refuse(problems)
    assert columns is not None  # noqa: S101 - what is missing was refused
    named = {key: as_label((labels or {}).get(key, OBJECTS.get(key, Label(key)))) for key in objects}
    return _Objects(columns, objects, named, used, min_answered, confidence).told()


def _tag_problems(objects: Any, labels: Mapping[str, Any] | None) -> Problems:
    if not isinstance(objects, Mapping) or not objects:
        rule, remedy = "objects are a mapping, object → items", '{"attitude": […], "process": […], "result": […]}'
        raise DriverError(Problem("objects", f"{objects!r:.40}", rule, remedy))
    problems: Problems = []
    homes: dict[str, list[str]] = {}
    for key, items in objects.items():
        if isinstance(items, str) or not len(items):
            problems.append(Problem(f"object {key}", f"{items!r}", "an object has a list of items, one or more"))
        for item in items:
            homes.setdefault(item, []).append(key)
    for item, keys in homes.items():
        if len(keys) > 1:
            problems.append(Problem(f"item {item}", f"in {' and '.join(keys)}", "an item belongs to one object, once"))
    for key in labels or {}:
        if key not in objects:
            problems.append(Problem("labels", f"no {key!r}", "labels are those of objects"))
    return problems


@frozen(eq=False)
class _Objects:
    columns: AnswerColumns
    objects: Mapping[str, Sequence[str]]
    labels: Mapping[str, Label]
    scale: Scale | None
    min_answered: float
    confidence: float

    @property
    def scores(self) -> Floats:
        """The score of each respondent for each object, shape (rows, objects)."""
        made = []
        for items in self.objects.values():
            values = self.columns.columns(items)
            count = (~np.isnan(values)).sum(axis=1)
            least = max(1, math.ceil(self.min_answered * len(items) - 1e-9))
            total = np.nansum(values, axis=1)
            made.append(np.where(count >= least, total / np.maximum(count, 1), np.nan))
        return np.stack(made, axis=1)

    def term(self, values: Floats) -> Term:
        """Return the sums of columns, with sums by cluster where there are clusters."""
        people = self.columns.people
        kind = WeightKind.SAMPLING if people.kind is None else people.kind
        cluster = None
        if people.clusters is not None:
            cluster = Grouping("cluster", people.clusters, range(people.units))
        return term_of(values, people.weights, kind, cluster, 0.0)

    def told(self) -> ObjectSatisfaction:
        rows = self._rows()
        backend = self.columns.backend
        title = Label("Satisfaction by object", "按对象的满意度")
        keys = list(self.objects)
        main = Told(
            Table(columns_of(rows, ObjectScore, {"n", "items"}), backend=backend),
            [self.labels[key] for key in keys],
            title,
            tuple(self._notes()),
        )
        views = {"objects": main} | ({"pairs": self._pairs()} if len(keys) > 1 else {})
        return ObjectSatisfaction(rows=rows, views=views, confidence=self.confidence)

    def _rows(self) -> tuple[ObjectScore, ...]:
        term = self.term(self.scores)
        mean, variance, squared, freedom = term.at(slice(None))
        low, high = student_interval(mean, np.sqrt(squared), freedom, self.confidence)
        few = (np.isnan(low), _FEW)
        columns = {"mean": Reasoned.of(mean, (np.isnan(mean), _FEW))}
        columns |= {"low": Reasoned.of(low, few), "high": Reasoned.of(high, few)}
        columns["sd"] = Reasoned.of(np.sqrt(variance), (np.isnan(variance), _FEW))
        for name, values in (("index", mean), ("index_low", low), ("index_high", high)):
            if self.scale is None:
                columns[name] = Reasoned.none(_NO_SCALE, mean.size)
            else:
                part = 100 * (np.asarray(values) - self.scale.low) / self.scale.span
                columns[name] = Reasoned.of(part, (np.isnan(part), _FEW))
        return tuple(
            ObjectScore(
                object=key,
                items=len(items),
                n=float(term.n[place]),
                **{name: column.at(place) for name, column in columns.items()},
            )
            for place, (key, items) in enumerate(self.objects.items())
        )

    def _pairs(self) -> Told:
        keys, scores = list(self.objects), self.scores
        pairs = list(combinations(range(len(keys)), 2))
        term = self.term(np.stack([scores[:, one] - scores[:, other] for one, other in pairs], axis=1))
        mean, _, squared, freedom = term.at(slice(None))
        test = t_test(mean, np.sqrt(squared), freedom)
        low, high = student_interval(mean, np.sqrt(squared), freedom, self.confidence)
        columns: dict[str, Any] = {
            "object": [keys[one] for one, _ in pairs],
            "against": [keys[other] for _, other in pairs],
            "n": cells(term.n, whole=True),
            "difference": cells(mean),
            "low": cells(low),
            "high": cells(high),
            "t": cells(test.statistic),
            "df": cells(freedom),
            "p": cells(test.p),
            "p_holm": cells(adjusted(test.p, Adjustment.HOLM)),
        }
        note = Label("differences within the same people", "同一受访者之内的差值")
        title = Label("Differences between objects", "对象之间的差异")
        labels = [self.labels[keys[one]] for one, _ in pairs]
        return Told(Table(columns, backend=self.columns.backend), labels, title, (note,))

    def _notes(self) -> Iterator[Label]:
        share = f"{self.confidence:.0%}"
        clusters = self.columns.people.clusters is not None
        en, zh = ("; cluster-robust errors", "；聚类稳健误差") if clusters else ("", "")
        yield Label(f"interval: {share}, Student t{en}", f"区间：{share}，学生 t{zh}")
        least = f"{self.min_answered:.0%}"
        yield Label(f"a score needs {least} of the items of its object", f"得分需回答该对象 {least} 的题项")
        kind = self.columns.people.kind
        if kind is not None:
            yield Label(f"{kind} weights", {"sampling": "抽样权重", "frequency": "频数权重"}[str(kind)])
