"""`Summary`: what remains of a survey when its respondents have gone; it merges with others of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any, Literal, Self

import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats
from servqual.instruments import Instrument, Level
from servqual.labels import Language, chosen
from servqual.scoring.counting import answer_columns, counted_tallies
from servqual.scoring.drawing import Drawing
from servqual.scoring.estimate_tables import Shown, Source, View, estimate_table
from servqual.scoring.estimates import Part
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.grouping import Labels, regrouped
from servqual.scoring.merging import refuse_unlike
from servqual.scoring.percentiles import Percentiles, means_by
from servqual.scoring.protocol import ScoringModel, name_of
from servqual.scoring.rules import Rules
from servqual.scoring.saved_forms import SavedForms
from servqual.scoring.summary_refusals import (
    asked_of,
    is_bootstrap,
    not_answered,
    not_counted,
    not_joint,
    not_scored,
    one_of,
    refuse_nobody,
    refuse_unknown_columns,
)
from servqual.statistics.crossproducts import CrossProducts
from servqual.statistics.tallies import Tallies
from servqual.statistics.weights import WeightKind
from servqual.tables import Table


@frozen(eq=False, repr=False)
class Summary(SavedForms):
    """Counts, moments and cross-products of a survey, per group; `summary + other` is the summary of both.

    It holds no respondent's answers, and gives the same tables as the survey it was made of. Adding raises a
    `MergeError` where the two were not made alike: it names everything that differs.

    Attributes
    ----------
    instrument, levels, models, rules
        What was asked and answered, and how it was scored.
    by
        The grouping columns; `groups` maps their labels to the sums of each group.
    weight_kind
        What weights meant; None without.
    drawing
        How many bootstrap replicates are kept, and the seed that they were drawn from.
    """

    instrument: Instrument
    levels: tuple[Level, ...]
    models: tuple[ScoringModel, ...]
    rules: Rules
    by: tuple[str, ...]
    groups: Mapping[Labels, GroupSums]
    weight_kind: WeightKind | None = None
    backend: str = "pandas"
    drawing: Drawing = field(factory=Drawing)

    @classmethod
    def empty(
        cls,
        instrument: Instrument,
        *models: ScoringModel,
        levels: Sequence[Level | str] | None = None,
        by: str | Sequence[str] | None = None,
        min_answered: float = 0.5,
        weight_kind: WeightKind | str | None = None,
        replicates: int = 0,
        seed: int = 0,
    ) -> Self:
        """Return the summary of nobody: added to a summary that is made alike, it changes nothing; it has no tables.

        `levels` are those that will be answered, by default all that the instrument asks; `weight_kind` is None without
        weights; the rest is as in `summarize`.

        Raises
        ------
        SurveyError, ModelError, ArgumentError
            What is no instrument or model, a level that it does not ask, and as in `summarize`.
        """
        names = (by,) if isinstance(by, str) else tuple(by or ())
        rules, drawing = Rules(min_answered, overall_items=True), Drawing(replicates, seed)
        kind = None if weight_kind is None else WeightKind(weight_kind)
        return cls(instrument, asked_of(instrument, models, levels), models, rules, names, {}, kind, drawing=drawing)

    @classmethod
    def from_counts(
        cls,
        instrument: Instrument,
        missing: Mapping[str, npt.ArrayLike] | None = None,
        *,
        backend: str = "pandas",
        **levels: npt.ArrayLike,
    ) -> Self:
        """Return the summary of a study published as counts: per level a matrix (items, scale points).

        ``Summary.from_counts(hotel, perception=counts)``. What needs the answers of one person side by side, such as
        the spread of dimension scores, cannot be had from counts and says so. `missing` gives, per level, how many did
        not answer each item.

        Raises
        ------
        SurveyError
            Counts of another shape, negative or not whole; everything at once.
        """
        tallies = counted_tallies(instrument, levels, missing or {})
        rows = max(tally.rows for tally in tallies.values())
        sums = GroupSums(rows, tallies, None, ())
        return cls(instrument, tuple(tallies), (), Rules(overall_items=True), (), {(): sums}, None, backend)

    def __add__(self, other: object) -> Summary:
        if not isinstance(other, Summary):
            return NotImplemented
        refuse_unlike(self, other)
        groups = dict(self.groups)
        for labels, sums in other.groups.items():
            groups[labels] = groups[labels] + sums if labels in groups else sums
        of_whom = self if self.groups else other
        sides = (self.weight_kind, of_whom.backend, self.drawing)
        return type(self)(self.instrument, self.levels, self.models, self.rules, self.by, groups, *sides)

    def __radd__(self, other: object) -> Summary:
        return self if other == 0 else NotImplemented

    def __len__(self) -> int:
        return sum(sums.rows for sums in self.groups.values())

    def __repr__(self) -> str:
        models = ", ".join(name_of(model) for model in self.models) or "no model"
        groups = f"; {len(self.groups)} groups by {', '.join(self.by)}" if self.by else ""
        return f"<Summary of {self.instrument.name!r}: {len(self)} respondents; {models}{groups}>"

    @property
    def total(self) -> GroupSums:
        """The sums of all groups together; a `SurveyError` where there is nobody."""
        refuse_nobody(self.groups)
        return reduce(add, self.groups.values())

    def tallies(self, level: Level | str = Level.PERCEPTION) -> Tallies:
        """Return the counts per item and scale point at one level, of all groups together.

        Raises
        ------
        LevelError
            A level that was not answered.
        JointAnswersError
            On a real-valued scale, whose answers are not counted.
        """
        if Level(level) not in self.levels:
            raise not_answered(level, self.levels)
        held = self.total.tallies.get(Level(level))
        if held is None:
            raise not_counted(level, self.total.tallies)
        return held

    @property
    def products(self) -> CrossProducts:
        """Cross-products of all items at all levels (levels in order, items within), of all groups together.

        Raises
        ------
        JointAnswersError
            When the summary was made from counts, or levels come from different people.
        """
        held = self.total.products
        if held is None:
            raise not_joint("cross-products", scored=bool(self.models))
        return held

    def table(
        self,
        model: ScoringModel | None = None,
        by: str | Sequence[str] | None = None,
        *,
        confidence: float = 0.95,
        interval: Literal["student", "bootstrap"] = "student",
        language: Language | str | None = None,
        min_group: int | None = None,
    ) -> Table:
        """Return the table of scores as `Scores.table` gives it; `model` may be left out where there is one only.

        `interval` says whether intervals are Student's, or percentiles of the bootstrap replicates that the summary was
        made with. `min_group` suppresses numbers of fewer respondents, as there.

        Raises
        ------
        JointAnswersError
            A summary without scores: made without a model, or from counts.
        ModelError
            A model that it was made without, or none named where it was made with several.
        GroupError
            A grouping column that it was made without.
        ArgumentError
            A confidence that does not lie between 0 and 1; a `min_group` below 1; another interval, or one of
            replicates that the summary was made without.
        """
        source = self._source(model, "spread of dimension scores")
        names, parts = self._parts(source.model, by)
        view = View(names, confidence, chosen(language), min_group)
        ends = None
        if is_bootstrap(interval, self.drawing):
            ends = Percentiles.of(self.drawing, self._drawn(source.model, names), confidence)
        return estimate_table(source, Shown.scores(source), parts, view, ends)

    def replicate_means(self, model: ScoringModel | None = None) -> Floats:
        """Return the mean scores in each bootstrap replicate, (replicates, scores): dimensions, overall, overall_items.

        Replicates of one seed belong together: respondents who are in two summaries count alike in both, so that means
        may be subtracted replicate by replicate.

        Raises
        ------
        ArgumentError
            A summary made without replicates.
        JointAnswersError, ModelError
            As `table` does.
        """
        is_bootstrap("bootstrap", self.drawing)
        source = self._source(model, "replicates of scores")
        return self._drawn(source.model, ())[()]

    def item_table(
        self,
        model: ScoringModel | None = None,
        by: str | Sequence[str] | None = None,
        *,
        confidence: float = 0.95,
        language: Language | str | None = None,
        min_group: int | None = None,
    ) -> Table:
        """Return the scores of items under a model, with intervals.

        Raises
        ------
        JointAnswersError, ModelError, GroupError, ArgumentError
            As `table` does.
        """
        source = self._source(model, "scores of items")
        names, parts = self._parts(source.model, by)
        return estimate_table(source, Shown.items(source), parts, View(names, confidence, chosen(language), min_group))

    def answers_table(self) -> Table:
        """Return n, missing, mean and standard deviation of the answers themselves, per level and item.

        Raises
        ------
        JointAnswersError
            On a real-valued scale, whose answers are not counted; `item_table` with `PerformanceOnly` has their means.
        """
        tallies = {level: self.tallies(level) for level in self.levels}
        return Table(answer_columns(tallies, self.instrument), f"{self.instrument.name}: answers", backend=self.backend)

    def _source(self, model: ScoringModel | None, what: str) -> Source:
        if not self.models:
            raise not_scored(what, joint=self.total.products is not None)
        chosen = one_of(self.models, model)
        return Source(self.instrument, chosen, self.rules, self.weight_kind, self.backend)

    def _drawn(self, model: ScoringModel, names: tuple[str, ...]) -> dict[Labels, Floats]:
        refuse_nobody(self.groups)
        return means_by(self.groups, self.by, names, self.models.index(model))

    def _parts(self, model: ScoringModel, by: str | Sequence[str] | None) -> tuple[tuple[str, ...], dict[Labels, Part]]:
        names = (by,) if isinstance(by, str) else tuple(by or ())
        refuse_unknown_columns(names, self.by)
        refuse_nobody(self.groups)
        index = self.models.index(model)
        return names, regrouped({labels: sums.parts[index] for labels, sums in self.groups.items()}, self.by, names)

    def to_table(self) -> Table:
        """Return the scores' table where one model was summarised, else the answers' table.

        Raises
        ------
        JointAnswersError
            As `answers_table` does, where that is the table.
        """
        return self.table() if len(self.models) == 1 else self.answers_table()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return `to_table` as a data frame."""
        return self.to_table().to_frame(backend)
