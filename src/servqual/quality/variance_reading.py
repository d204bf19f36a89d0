"""`variance_components`: how much of a score lies between units, and how much within them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from servqual.errors import JointAnswersError, Problem, WeightError
from servqual.instruments import Instrument
from servqual.labels import Label, Language
from servqual.quality.door import summary_of, sums_by
from servqual.quality.nested_variance import Cells, ScoreVariance, components
from servqual.quality.variance_words import notes, sentences
from servqual.scoring import PerformanceOnly, ScoringModel, Summary
from servqual.scoring.protocol import name_of
from servqual.statistics import ArgumentError, Inapplicable, Moments, VarianceParts
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import cells

_OVERALL = Label("overall", "总体")
_PARTS = ("groups", "n", "mean_size", "f", "df_between", "df_within", "p_value", "icc1", "icc1_adjusted", "icc2")


@frozen(eq=False, repr=False)
class VarianceComponents:
    """How the variance of each score divides between units and within them.

    Attributes
    ----------
    instrument, model
        What was asked, and how it was scored.
    by
        The grouping columns, outermost first.
    scores
        One for each dimension, and the overall score.
    left_out
        Respondents without a unit.
    notable
        The share between units from which on it is told as notable.
    """

    instrument: Instrument
    model: ScoringModel
    by: tuple[str, ...]
    scores: tuple[ScoreVariance, ...]
    left_out: int
    notable: float
    backend: str = "pandas"

    def __repr__(self) -> str:
        return f"<VarianceComponents of {self.instrument.name!r} by {', '.join(self.by)}: {len(self.scores)} scores>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each score and grouping: F test, ICC(1) in both conventions, ICC(2); words in notes."""
        columns: dict[str, list[Any]] = {"score": [], "label": [], "between": [], **{name: [] for name in _PARTS}}
        for score in self.scores:
            for depth, parts in enumerate(score.parts, start=1):
                columns["score"].append(score.key)
                columns["label"].append(score.label.text(language or Language.ENGLISH))
                columns["between"].append(", ".join(self.by[:depth]))
                for name in _PARTS:
                    columns[name].append(_cell(parts, name))
        return self._table(columns, Label("variance between and within", "组间与组内方差"), language)

    def components_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each score and source of variance: mean square, component, share."""
        columns: dict[str, list[Any]] = {"score": [], "label": [], "source": []}
        for score in self.scores:
            columns["score"] += [score.key] * len(score.components)
            columns["label"] += [score.label.text(language or Language.ENGLISH)] * len(score.components)
            columns["source"] += [each.source for each in score.components]
            for name in ("df", "mean_square", "variance", "share"):
                values = [getattr(each, name) for each in score.components]
                columns.setdefault(name, []).extend(cells(values, whole=name == "df"))
        return self._table(columns, Label("components of variance", "方差成分"), language)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the components as a data frame, one row for each score and source."""
        return self.components_table().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return both tables as a JSON-safe dictionary."""
        head = {"reading": "variance_components", "instrument": self.instrument.name, "model": name_of(self.model)}
        told = {"between": self.to_table(), "components": self.components_table()}
        tables = {name: table.to_dict()["columns"] for name, table in told.items()}
        return {**head, "by": list(self.by), **tables, "notes": list(self.to_table().notes)}

    def sentences(self, language: Language | str = Language.ENGLISH) -> tuple[str, ...]:
        """Return where a standard helps and where freedom does, in words."""
        return tuple(each.text(language) for each in sentences(self.scores, self.by[0], self.notable))

    def _table(self, columns: dict[str, list[Any]], what: Label, language: Language | str | None) -> Table:
        tongue = Language.ENGLISH if language is None else Language(language)
        if language is None:
            del columns["label"]
        named = f"{what.text(tongue)}, {name_of(self.model)}"
        title = f"{self.instrument.label.text(tongue)}{'：' if tongue is Language.CHINESE else ': '}{named}"
        told = [*self.sentences(tongue), *(each.text(tongue) for each in notes(self.scores, self.by, self.left_out))]
        return Table(columns, title, told, backend=self.backend)


def variance_components(
    source: Survey | Summary, by: str | Sequence[str], *, model: ScoringModel | None = None, notable: float = 0.10
) -> VarianceComponents:
    """Variance components: how much of each score lies between units, employees, customers (ICC, heterogeneity).

    One-way analysis of variance by unit gives F, ICC(1) with the mean group size and with n₀, and ICC(2). With several
    columns groups are nested, outermost first (branch, employee), and the variance divides into as many components and
    what is left within (`components`). Where much lies between units, a common standard evens service out; where nearly
    all lies within, customers and encounters differ, and freedom to adapt to them does more.

    Parameters
    ----------
    source
        A survey, or a summary made with the model and these columns.
    by
        A grouping column, or several, outermost first. Respondents without a unit are left out and counted.
    model
        How respondents are scored; perceptions alone by default, or the only model of a summary.
    notable
        The share between units, ``icc1_adjusted``, from which on the words speak of a standard, if the F test is
        significant at .05; below half of it they speak of freedom. LeBreton & Senter call .10 a medium effect.

    Raises
    ------
    WeightError
        Sampling weights, which have no agreed analysis of variance. Frequencies count as repeated respondents.
    ArgumentError
        No column, or a share outside 0 to 1.
    GroupError, ModelError
        Columns or models that the source does not have.
    JointAnswersError
        A score of several levels that different people answered.

    References
    ----------
    Bliese 2000, in Klein & Kozlowski (eds.), Multilevel Theory, Research, and Methods in Organizations, Jossey-Bass,
    349-381; LeBreton & Senter 2008, Organizational Research Methods 11(4):815-852; Searle, Casella & McCulloch 1992,
    Variance Components, Wiley.

    Examples
    --------
    >>> from servqual import simulate
    >>> found = variance_components(simulate.example(), "branch")
    >>> found.scores[0].key, round(found.scores[0].parts[0].icc1_adjusted, 3)
    ('tangibles', 0.175)
    """
    names = (by,) if isinstance(by, str) else tuple(by)
    if not names or not 0 < notable < 1:
        rule = "there is at least one column, and the share lies between 0 and 1"
        raise ArgumentError(Problem("by, notable", f"{names}, {notable:g}", rule))
    summary, chosen = _summary(source, names, model)
    if summary.weight_kind is WeightKind.SAMPLING:
        rule = "an analysis of variance counts respondents alike"
        remedy = "read the survey without weights, or as frequencies if they are"
        raise WeightError(Problem("weights", "sampling weights", rule, remedy))
    place = summary.models.index(chosen)
    sums = sums_by(summary, names)
    if any(not each.parts[place].paired for each in sums.values()):
        rule = "it needs scores of single respondents, and levels come from different people"
        raise JointAnswersError(
            Problem("summary", f"no variance of {name_of(chosen)}", rule, "model=PerformanceOnly()")
        )
    moments = {labels: each.parts[place].terms[0].moments for labels, each in sums.items()}
    named = {labels: each for labels, each in moments.items() if None not in labels}
    left_out = sum(each.rows for labels, each in moments.items() if None in labels)
    scores = tuple(_scores(summary.instrument, named, names))
    return VarianceComponents(summary.instrument, chosen, names, scores, left_out, notable, summary.backend)


def _summary(source: Survey | Summary, by: tuple[str, ...], model: ScoringModel | None) -> tuple[Summary, ScoringModel]:
    only = source.models[0] if isinstance(source, Summary) and len(source.models) == 1 else PerformanceOnly()
    chosen = only if model is None else model
    return summary_of(source, [chosen], by, what="variance components"), chosen


def _scores(
    instrument: Instrument, moments: dict[tuple[Any, ...], Moments], by: tuple[str, ...]
) -> Iterator[ScoreVariance]:
    about = [(dimension.key, dimension.label) for dimension in instrument.dimensions] + [("overall", _OVERALL)]
    # sums are of items, dimensions, and two overall scores
    sums = np.array([_of(each) for each in moments.values()]).reshape(len(moments), 3, len(instrument) + len(about) + 1)
    for place, (key, label) in enumerate(about, start=len(instrument)):
        n, mean, squares = sums[:, :, place].T
        some = n > 0
        kept = tuple(each for each, there in zip(moments, some.tolist(), strict=True) if there)
        cells_of = Cells(kept, n[some], mean[some], squares[some])
        parts = tuple(cells_of.parts(depth) for depth in range(1, len(by) + 1))
        yield ScoreVariance(key, label, components(cells_of, by), parts)


def _of(moments: Moments) -> tuple[Any, Any, Any]:
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = np.maximum(moments.weight * moments.sum2 - moments.sum1**2, 0.0) / moments.weight
    return moments.weight, moments.mean, squares


def _cell(parts: VarianceParts | Inapplicable, name: str) -> float | int | None:
    found = float(getattr(parts, name, float("nan")))
    return cells([found], whole=name in {"groups", "n"})[0]  # type: ignore[return-value]
