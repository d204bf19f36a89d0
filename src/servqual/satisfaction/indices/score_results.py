"""`IndexScores`: constructs of single respondents, and their means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import field, frozen
from attrs.converters import optional

from servqual import _frames
from servqual._arrays import Bools, Floats, Holder, Ints, floats, read_only
from servqual.errors import Problem, StructuralError, did_you_mean
from servqual.labels import Label, Language
from servqual.satisfaction.indices.rows import Groups
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.statistics import ClusterSums, Moments, WeightKind, cluster_standard_error, student_interval
from servqual.statistics.pair_matrices import MissingRule
from servqual.tables import Table
from servqual.telling import Told, cells


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class IndexScores(Holder):
    """Scores of constructs and indices from 0 to 100 of single respondents; NaN where there is none.

    Attributes
    ----------
    model
        Whose constructs they are.
    scores
        Standardised as the fit was, shape (respondents, constructs).
    indices
        From 0 to 100, same shape; None where no scale was named.
    weights, weight_kind, groups, cluster
        Of the respondents, for means.
    missing, min_answered
        The rule for missing answers, and the share of a construct's indicators that had to be answered.
    """

    model: StructuralModel
    scores: Floats = field(converter=floats)
    indices: Floats | None = field(converter=optional(floats))
    weights: Floats | None = field(default=None, converter=optional(read_only))
    weight_kind: WeightKind | None = None
    groups: tuple[Groups, ...] = ()
    cluster: Ints | None = field(default=None, converter=optional(read_only))
    missing: MissingRule = MissingRule.PAIRWISE
    min_answered: float = 0.5
    backend: str = "pandas"

    def __len__(self) -> int:
        return len(self.scores)

    def __repr__(self) -> str:
        return f"<IndexScores of {len(self)} respondents: {', '.join(self.model.names)}>"

    def of(self, construct: str) -> Floats:
        """Return the indices of one construct, shape (respondents,); without a scale, its scores."""
        place = self.model.place(construct)
        return np.asarray((self.scores if self.indices is None else self.indices)[:, place])

    def to_table(
        self, language: Language | str | None = None, *, by: str | None = None, confidence: float = 0.95
    ) -> Table:
        """Return the mean of each construct with its error and interval, of all respondents or by group.

        The weights of the fit are taken as known; `bootstrap_index` lets them vary too.

        Parameters
        ----------
        language
            Adds the names of constructs, and says title and notes in it.
        by
            A column of groups that the scores were made with.
        confidence
            Of the intervals; errors are cluster-robust where there are clusters.

        Raises
        ------
        StructuralError
            A column that the scores were not made with.
        """
        told = self._told(by, confidence)
        return told.view(list(told.table.columns), None, language, named="construct")

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row for each respondent, in their order: the index of each construct, or its score."""
        table = self.scores if self.indices is None else self.indices
        columns = {name: table[:, place] for place, name in enumerate(self.model.names)}
        return _frames.build(columns, backend or self.backend)

    def to_dict(self) -> dict[str, Any]:
        """Return the means as a JSON-safe dictionary; single respondents are not in it."""
        return {"result": "index_scores", **self._told(None, 0.95).whole().to_dict()}

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def _told(self, by: str | None, confidence: float) -> Told:
        columns: dict[str, list[Any]] = {}
        for label, rows in self._parts(by):
            for name, values in self._means(rows, confidence).items():
                columns.setdefault(name, []).extend(values)
            if by is not None:
                columns.setdefault(by, []).extend([label] * len(self.model.names))
        ordered = {by: columns.pop(by), **columns} if by is not None else columns
        labels = [self.model.label(name) for name in columns["construct"]]
        title = Label("Mean indices from 0 to 100", "0–100 指数均值")
        title = title if self.indices is not None else Label("Mean scores of constructs", "构念得分均值")
        return Told(Table(ordered, backend=self.backend), labels, title, self._notes())

    def _parts(self, by: str | None) -> Iterator[tuple[Any, Bools]]:
        if by is None:
            yield None, np.ones(len(self), np.bool_)
            return
        found = [each for each in self.groups if each.name == by]
        if not found:
            known = [each.name for each in self.groups]
            rule = "a column that the scores were made with (groups=…)"
            raise StructuralError(Problem("by", repr(by), rule, did_you_mean(by, known)))
        for code, label in enumerate(found[0].labels):
            yield label, np.asarray(found[0].codes == code)

    def _means(self, rows: Bools, confidence: float) -> dict[str, list[Any]]:
        values = (self.scores if self.indices is None else self.indices)[rows]
        weights = None if self.weights is None else self.weights[rows]
        moments = Moments.of(values, weights, self.weight_kind)
        error, freedom = moments.standard_error, moments.degrees_of_freedom
        if self.cluster is not None:
            sums = ClusterSums.of(values, self.cluster[rows], weights, self.weight_kind)
            error, freedom = cluster_standard_error(moments, sums), sums.degrees_of_freedom
        low, high = student_interval(moments.mean, error, freedom, confidence)
        n = moments.weight if self.weight_kind is WeightKind.FREQUENCY else moments.n
        return {
            "construct": list(self.model.names), "n": cells(n, whole=True), "mean": cells(moments.mean),
            "sd": cells(moments.sd), "se": cells(error), "low": cells(low), "high": cells(high),
        }  # fmt: skip

    def _notes(self) -> Iterator[Label]:
        rule = self.missing.label
        if self.missing is MissingRule.PAIRWISE:
            rule = Label(
                f"{self.min_answered:.0%} or more of a construct's indicators, the weights of those answered scaled up",
                f"至少作答构念指标的 {self.min_answered:.0%}，已答指标的权重按比例放大",
            )
        yield Label(f"missing answers: {rule.en}", f"缺失答案：{rule.zh}")
        yield Label("errors take the weights of the model as known", "标准误视模型权重为已知")
        if self.cluster is not None:
            yield Label("errors are cluster-robust", "标准误按整群稳健估计")
