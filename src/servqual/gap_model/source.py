"""`Source`: what one source says of every dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import Problem
from servqual.gap_model.sheets import Sheets, means_of
from servqual.gap_model.source_checks import (
    Given,
    correlations,
    error_problems,
    few_problems,
    label_problems,
    mean_problems,
    name_problems,
    per_dimension,
    refuse,
    scale_problems,
    source_problems,
)
from servqual.gap_model.source_rows import sheets_of_records, sheets_of_survey
from servqual.instruments import Level, Scale
from servqual.instruments.items import in_words
from servqual.labels import Label, Language, as_label
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told, cells


def _keys(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(str, given))


def _labels(given: Iterable[Label | str]) -> tuple[Label, ...]:
    return tuple(map(as_label, given))


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class Source(Holder):
    """What one source says of each dimension: means on a scale, with the covariance of their errors.

    Made by `from_survey`, `from_records` or `from_means`.

    Attributes
    ----------
    dimensions, labels
        The keys of the dimensions, and their names in English and Chinese.
    mean
        On the `scale`, shape (dimensions,).
    covariance
        Of the errors of the means, shape (dimensions, dimensions); its diagonal holds squared standard errors.
    n, df
        Answers behind each mean, NaN where unknown, and degrees of freedom of its error, infinite where unknown.
    scale
        What the numbers are measured on.
    correlated
        Whether the correlations between dimensions are known; where not, the worst case counts, see `from_means`.
    sheets
        The rows behind the means; None where only the means are known.

    Raises
    ------
    GapModelError
        Means off their scale, shapes that do not fit, dimensions named twice.
    """

    dimensions: tuple[str, ...] = field(converter=_keys)
    mean: Floats = field(converter=floats)
    covariance: Floats = field(converter=floats)
    n: Floats = field(converter=floats)
    df: Floats = field(converter=floats)
    scale: Scale
    labels: tuple[Label, ...] = field(converter=_labels)
    correlated: bool = True
    sheets: Sheets | None = None

    @labels.default
    def _words(self) -> tuple[Label, ...]:
        return tuple(in_words(key) for key in self.dimensions)

    def __attrs_post_init__(self) -> None:
        counts = {"n": self.n, "df": self.df}
        refuse(list(source_problems(self.dimensions, self.mean, self.covariance, counts, self.scale)))

    @classmethod
    def from_survey(cls, survey: Survey, level: Level | str, *, min_answered: float = 0.5) -> Self:
        """Return what a survey says at one level: means of its dimension scores.

        Weights, frequencies and clusters of the survey count as in `summarize`. Two sources of one survey, the very
        same object whose levels the same people answered, share their respondents, and their covariance is known.

        Parameters
        ----------
        survey
            The filled-in sheets.
        level
            Which answers: ``"perception"``, ``"expectation"``, …
        min_answered
            The share of a dimension's items that a respondent must have answered.

        Raises
        ------
        LevelError
            A level that the survey does not hold.
        GapModelError
            A dimension with fewer than two respondents or clusters.
        """
        sheets = sheets_of_survey(survey, Level(level), min_answered)
        instrument = survey.instrument
        labels = [each.label for each in instrument.dimensions]
        return cls._of(sheets, instrument.dimension_keys, labels, instrument.scale, f"{level!s} answers")

    @classmethod
    def from_records(
        cls,
        frame: Any,
        columns: Mapping[str, str] | Sequence[str],
        *,
        scale: Scale,
        groups: Sequence[str] = (),
        cluster: str | None = None,
    ) -> Self:
        """Return what records say: one row per case, audit or unit, one column per dimension, missing left blank.

        Two sources of one frame, the very same object, share their rows, and their covariance is known.

        Parameters
        ----------
        frame
            Of pandas, polars or pyarrow.
        columns
            Dimension → column; or the columns, where they are named for the dimensions.
        scale
            What the columns are measured on.
        groups
            Columns that rows can be told apart by, such as the branch, for `GapModel.by_unit`.
        cluster
            A column within whose values rows are alike.

        Raises
        ------
        GapModelError
            Columns that are not there or hold no numbers, values off the scale, fewer than two rows; all at once.
        """
        problems = list(scale_problems(scale))
        if isinstance(columns, str):
            problems.append(Problem("columns", repr(columns), "columns are a list", f"[{columns!r}]"))
        elif not isinstance(columns, Mapping):
            problems += name_problems(list(columns))
        refuse(problems)
        named = dict(columns) if isinstance(columns, Mapping) else {each: each for each in columns}
        sheets = sheets_of_records(frame, named, scale, groups, cluster)
        return cls._of(sheets, tuple(named), [in_words(key) for key in named], scale, "records")

    @classmethod
    def _of(cls, sheets: Sheets, dimensions: Sequence[str], labels: Sequence[Label], scale: Scale, what: str) -> Self:
        found = means_of([sheets])
        few = list(few_problems(dimensions, found.n, what))
        if not few and np.isnan(found.df).any():
            few = list(few_problems(dimensions, np.where(np.isnan(found.df), 1, found.n), f"clusters of {what}"))
        refuse(few)
        return cls(
            dimensions=dimensions, mean=found.mean, covariance=found.covariance, n=found.n, df=found.df, scale=scale,
            labels=labels, sheets=sheets,
        )  # fmt: skip

    @classmethod
    def from_means(
        cls,
        mean: Mapping[str, float],
        *,
        se: Given,
        scale: Scale,
        n: Given | None = None,
        correlation: npt.ArrayLike | None = None,
        labels: Mapping[str, Label | str] | None = None,
    ) -> Self:
        """Return what figures say: a mean for each dimension with its standard error.

        Parameters
        ----------
        mean
            Dimension → mean.
        se
            Dimension → standard error, or one for all; 0 for what stands fast, such as a written standard.
        scale
            What the means are measured on.
        n
            Answers behind each mean, for Student's t on ``n − 1``; without it errors count as known exactly.
        correlation
            Of the errors of the means, one number for all pairs of dimensions or a matrix. Where it is not given, the
            error of whatever takes several dimensions together is the largest that any correlation makes.
        labels
            Dimension → name in English and Chinese.

        Raises
        ------
        GapModelError
            Means off the scale, errors below zero, an error of a single answer, names that do not match; all at once.

        Examples
        --------
        >>> standards = Source.from_means({"reliability": 6.0, "empathy": 4.5}, se=0, scale=Scale.likert(7))
        >>> standards
        <Source of 2 dimensions on 1..7, means 4.500 to 6.000>
        """
        problems = list(scale_problems(scale))
        if not isinstance(mean, Mapping):
            remedy = "{'reliability': 5.4, …}"
            problems.append(Problem("mean", f"a {type(mean).__name__}", "it says dimension → mean", remedy))
        refuse(problems)
        keys = tuple(map(str, mean))
        centre = per_dimension("mean", mean, keys, problems)
        errors = per_dimension("se", se, keys, problems)
        count = np.full(len(keys), np.nan) if n is None else per_dimension("n", n, keys, problems)
        shape = correlations(1.0 if correlation is None else correlation, len(keys), problems)
        words = {key: as_label((labels or {}).get(key, in_words(key))) for key in keys}
        problems += list(label_problems(labels, keys))
        told = {each.place for each in problems}
        found = (*mean_problems(keys, centre, scale), *error_problems(keys, errors, count))
        refuse([*problems, *(each for each in found if each.place not in told)])
        return cls(
            dimensions=keys, mean=centre, covariance=shape * np.outer(errors, errors), n=count,
            df=np.where(count > 1, count - 1, np.inf), scale=scale, labels=words.values(),
            correlated=correlation is not None or len(keys) == 1,
        )  # fmt: skip

    @property
    def se(self) -> Floats:
        """Standard errors of the means, shape (dimensions,)."""
        return np.sqrt(np.diagonal(self.covariance))

    def __repr__(self) -> str:
        ends = f"{self.mean.min():.3f} to {self.mean.max():.3f}"
        return f"<Source of {len(self.dimensions)} dimensions on {self.scale}, means {ends}>"

    def rescaled(self, to: Scale) -> Self:
        """Return the same carried over to another scale, the ends to the ends, in a straight line.

        Raises
        ------
        GapModelError
            Something else than a scale.

        Examples
        --------
        >>> shares = Source.from_means({"reliability": 92.0}, se=1.5, scale=Scale.percent())
        >>> shares.rescaled(Scale.likert(7)).mean.round(2).tolist()
        [6.52]
        """
        refuse(list(scale_problems(to, "to")))
        factor = to.span / self.scale.span
        sheets = None if self.sheets is None else evolve(self.sheets, values=self.scale.rescale(self.sheets.values, to))
        mean = np.clip(self.scale.rescale(self.mean, to), to.low, to.high)  # rounding may lead a hair beyond an end
        return evolve(self, mean=mean, covariance=self.covariance * factor**2, scale=to, sheets=sheets)

    def to_table(self, *, language: Language | str | None = None) -> Table:
        """Return mean, standard error and number of answers of each dimension; a language adds their names."""
        title = Label(f"Means on the scale {self.scale}", f"量表 {self.scale} 上的均值")
        numbers = {"mean": cells(self.mean), "se": cells(self.se), "n": cells(self.n)}
        told = Told({"dimension": self.dimensions, **numbers}, self.labels, title)
        return told.view(tuple(told.table.columns), None, language, named="dimension")

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def ordered(self, dimensions: Sequence[str]) -> Self:
        """Return the same with its dimensions in this order."""
        places = [self.dimensions.index(key) for key in dimensions]
        if places == list(range(len(places))):
            return self
        sheets = None if self.sheets is None else evolve(self.sheets, values=self.sheets.values[:, places])
        return evolve(
            self, dimensions=tuple(dimensions), mean=self.mean[places], n=self.n[places], df=self.df[places],
            covariance=self.covariance[np.ix_(places, places)], labels=[self.labels[place] for place in places],
            sheets=sheets,
        )  # fmt: skip
