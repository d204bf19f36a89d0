"""`Scores`: one row of scores per respondent, and the tables made of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual import _frames
from servqual._arrays import Bools, Floats, Holder, Ints
from servqual.errors import ModelError, Problem
from servqual.instruments import Instrument
from servqual.intake import Grouping
from servqual.labels import Language, chosen
from servqual.scoring.engine import fill, plan
from servqual.scoring.estimate_tables import Shown, Source, View, estimate_table
from servqual.scoring.estimates import Part, term_of
from servqual.scoring.grouping import combined, group_columns
from servqual.scoring.protocol import ScoringModel, name_of
from servqual.scoring.rules import Rules
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey
from servqual.tables import Table


@frozen(eq=False, getstate_setstate=False, repr=False)
class Scores(Holder):
    """Scores of every respondent under one model: dimensions and overall, without any answers.

    Attributes
    ----------
    instrument, model, rules
        What was asked, how it was scored, and the rules for missing answers.
    values
        (respondents, dimensions + 1 or 2), read-only: dimensions in the instrument's order, the overall score (mean of
        dimensions), and the mean of items where it was asked for. Missing is NaN.
    weights, weight_kind, groups, cluster
        What tables need, as in the survey.
    asked
        Who was asked what the model reads; None where everybody was.
    """

    instrument: Instrument
    model: ScoringModel
    rules: Rules
    values: Floats
    weights: Floats | None
    weight_kind: WeightKind
    groups: dict[str, Grouping]
    cluster: Grouping | None
    backend: str = "pandas"
    asked: Bools | None = None

    @property
    def dimensions(self) -> Floats:
        """Scores of dimensions, (respondents, dimensions)."""
        return self.values[:, : len(self.instrument.dimensions)]

    @property
    def overall(self) -> Floats:
        """The mean of the dimension scores, (respondents,); NaN where any dimension is."""
        return self.values[:, len(self.instrument.dimensions)]

    @property
    def overall_items(self) -> Floats:
        """The mean of all items answered, (respondents,); it differs from `overall` where dimensions differ in length.

        Raises
        ------
        ModelError
            When it was not asked for.
        """
        if not self.rules.overall_items:
            remedy = "score(survey, model, overall_items=True)"
            raise ModelError(Problem("scores", "no mean of items", "it is formed on request", remedy))
        return self.values[:, -1]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the scores, in the order of `values`."""
        return self.rules.columns(self.instrument)

    def __len__(self) -> int:
        return len(self.values)

    def __repr__(self) -> str:
        size = f"{len(self)} respondents × {len(self.columns)} scores"
        return f"<Scores of {self.instrument.name!r} by {name_of(self.model)}: {size}>"

    def table(
        self,
        by: str | Sequence[str] | None = None,
        *,
        confidence: float = 0.95,
        language: Language | str | None = None,
        min_group: int | None = None,
    ) -> Table:
        """Return n, missing, mean, standard deviation, standard error and interval of each score.

        Parameters
        ----------
        by
            Grouping columns of the survey; a table row for each group and score.
        confidence
            Of the interval (Student t; with clusters, cluster-robust errors and clusters − 1 degrees of freedom).
        language
            Adds the labels of the dimensions in this language.
        min_group
            Numbers that fewer respondents stand behind are not shown, nor is the smallest other group where the total
            would give them away; a column ``suppressed`` and a note say so. See `Suppression` for the rule.

        Raises
        ------
        GroupError
            A column that was not read as a grouping.
        ArgumentError
            A confidence that does not lie between 0 and 1; a smallest group of less than one respondent.
        """
        names = (by,) if isinstance(by, str) else tuple(by or ())
        parts = dict(self._parts(names))
        kind = None if self.weights is None else self.weight_kind
        source = Source(self.instrument, self.model, self.rules, kind, self.backend)
        view = View(names, confidence, chosen(language), min_group)
        return estimate_table(source, Shown.scores(source), parts, view)

    def _parts(self, by: tuple[str, ...]) -> Any:
        for label, members in combined(self.groups, by, len(self)):
            rows = self._asked_of(members)
            values = self.values if rows is None else self.values[rows]
            weights = self.weights if rows is None or self.weights is None else self.weights[rows]
            cluster = self.cluster if rows is None or self.cluster is None else self.cluster.take(rows)
            yield label, Part((term_of(values, weights, self.weight_kind, cluster, self.origin),))

    def _asked_of(self, rows: Ints | None) -> Ints | None:
        if self.asked is None:
            return rows
        return np.flatnonzero(self.asked) if rows is None else rows[self.asked[rows]]

    @property
    def origin(self) -> float:
        """The middle of the possible scores: where sums begin while nobody has a score; see `scoring.origins`."""
        return middle(self.model, self.instrument)

    def to_table(self) -> Table:
        """Return the table of all respondents together."""
        return self.table()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row per respondent, in the survey's order: groups, then scores.

        The index of the frame that the answers came from is not carried over: put scores beside it with
        ``.to_numpy()``, or read an id column with ``groups=["id"]``. A group that bears the name of a score becomes
        ``group_…``.
        """
        names = group_columns(self.groups, self.columns)
        labels = ([each.labels[code] for code in each.codes.tolist()] for each in self.groups.values())
        scores = zip(self.columns, self.values.T, strict=True)
        return _frames.build({**dict(zip(names, labels, strict=True)), **dict(scores)}, backend or self.backend)

    def to_dict(self) -> dict[str, Any]:
        """Return the table of all respondents as a JSON-safe dictionary."""
        return self.table().to_dict()


def score(
    survey: Survey,
    model: ScoringModel,
    *,
    min_answered: float = 0.5,
    overall_items: bool = False,
    dtype: npt.DTypeLike = np.float32,
    out: Floats | None = None,
    threads: int = 1,
) -> Scores:
    """Return the scores of every respondent: dimensions and overall.

    A dimension's score is the mean of its answered items, ``Σ s_i / k``, where at least the share `min_answered` of
    them was answered, else missing; the overall score is the mean of the dimensions, missing where any is. Scores of
    one respondent depend on no other, on no block and on no thread.

    Parameters
    ----------
    survey, model
        The answers, and how an item is scored.
    min_answered
        The share of a dimension's items that must be answered, above 0 and at most 1.
    overall_items
        Whether to form also the mean of all items; as for `overall`, no dimension may be missing.
    dtype
        float32, or float64.
    out
        Where to write, of shape (respondents, dimensions + 1), one column more with `overall_items`, and of type
        `dtype`; column-contiguous arrays serve best. Without it, new memory.
    threads
        How many threads share the blocks.

    Raises
    ------
    LevelError
        A model that reads a level which the survey does not hold.
    ModelError
        A model that does not keep the contract, needs importance that is not there, or reads two levels that different
        people answered; an `out` that does not fit.
    ArgumentError
        A share of items that is none, or no threads.
    """
    rules = Rules(min_answered, overall_items)
    planned = plan(survey, model, rules, dtype)
    shape = (len(survey), len(rules.columns(survey.instrument)))
    values = np.empty(shape[::-1], planned.dtype).T if out is None else _fitting(out, shape, planned.dtype)
    fill(planned, values.T, threads)
    shown = values.view()
    shown.flags.writeable = False
    return Scores(
        survey.instrument, model, rules, shown, survey.weights, survey.weight_kind, dict(survey.groups), survey.cluster,
        survey.backend, None if survey.paired else survey.asked(next(iter(model.reads))),
    )  # fmt: skip


def _fitting(out: object, shape: tuple[int, int], dtype: np.dtype[np.generic]) -> Floats:
    found = f"a {type(out).__name__}"
    if isinstance(out, np.ndarray):
        if out.shape == shape and out.dtype == dtype and out.flags.writeable:
            return out
        found = f"{'writeable' if out.flags.writeable else 'read-only'} {out.dtype} of shape {out.shape}"
    rule = f"scores are written into a writeable array of {dtype}, shape {shape}"
    raise ModelError(Problem("out", found, rule, f"np.empty({shape}, np.{dtype}, order='F')"))


def middle(model: ScoringModel, instrument: Instrument) -> float:
    """Return the middle of a model's bounds, 0 where it has none."""
    value = sum(model.bounds(instrument.scale)) / 2
    return value if np.isfinite(value) else 0.0
