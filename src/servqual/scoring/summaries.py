"""`Summary`: what remains of a survey when its respondents have gone; it merges with others of its kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import AnyArray
from servqual._records import parse_json
from servqual.errors import JointAnswersError, LevelError, ModelError, Problem
from servqual.instruments import Instrument, Level
from servqual.labels import Language, chosen
from servqual.scoring.counting import counted_tallies
from servqual.scoring.estimates import Part, Shown, Source, View, estimate_table
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.grouping import Labels, regrouped
from servqual.scoring.merging import refuse_unlike
from servqual.scoring.model_records import model_to_record
from servqual.scoring.protocol import ScoringModel, name_of
from servqual.scoring.rules import Rules
from servqual.scoring.summary_records import SCHEMA, fields_from
from servqual.scoring.summary_refusals import not_joint, not_scored, refuse_unknown_columns
from servqual.statistics.crossproducts import CrossProducts
from servqual.statistics.tallies import Tallies
from servqual.statistics.weights import WeightKind
from servqual.tables import Table


@frozen(eq=False, repr=False)
class Summary:
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
    """

    instrument: Instrument
    levels: tuple[Level, ...]
    models: tuple[ScoringModel, ...]
    rules: Rules
    by: tuple[str, ...]
    groups: Mapping[Labels, GroupSums]
    weight_kind: WeightKind | None = None
    backend: str = "pandas"

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
        return type(self)(
            self.instrument, self.levels, self.models, self.rules, self.by, groups, self.weight_kind, self.backend
        )

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
        """The sums of all groups together."""
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
            rule = f"it holds {', '.join(self.levels)}"
            raise LevelError(Problem("summary", f"no {level!s} answers", rule, "read that level too"))
        held = self.total.tallies
        if Level(level) not in held:
            rule = f"counts are kept for {', '.join(held) or 'no level: the scale is real-valued'}"
            raise JointAnswersError(Problem("tallies", f"no counts of {level!s}", rule))
        return held[Level(level)]

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
        language: Language | str | None = None,
    ) -> Table:
        """Return the table of scores as `Scores.table` gives it; `model` may be left out where there is one only.

        Raises
        ------
        JointAnswersError
            A summary without scores: made without a model, or from counts.
        ModelError
            A model that it was made without, or none named where it was made with several.
        GroupError
            A grouping column that it was made without.
        ArgumentError
            A confidence that does not lie between 0 and 1.
        """
        source = self._source(model, "spread of dimension scores")
        names, parts = self._parts(source.model, by)
        return estimate_table(source, Shown.scores(source), parts, View(names, confidence, chosen(language)))

    def item_table(
        self,
        model: ScoringModel | None = None,
        by: str | Sequence[str] | None = None,
        *,
        confidence: float = 0.95,
        language: Language | str | None = None,
    ) -> Table:
        """Return the scores of items under a model, with intervals.

        Raises
        ------
        JointAnswersError, ModelError, GroupError, ArgumentError
            As `table` does.
        """
        source = self._source(model, "scores of items")
        names, parts = self._parts(source.model, by)
        return estimate_table(source, Shown.items(source), parts, View(names, confidence, chosen(language)))

    def answers_table(self) -> Table:
        """Return n, missing, mean and standard deviation of the answers themselves, per level and item.

        Raises
        ------
        JointAnswersError
            On a real-valued scale, whose answers are not counted; `item_table` with `PerformanceOnly` has their means.
        """
        columns: dict[str, list[Any]] = {name: [] for name in ("level", "item", "n", "missing", "mean", "sd")}
        for level in self.levels:
            counts = self.tallies(level)
            columns["level"] += [str(level)] * len(self.instrument)
            columns["item"] += self.instrument.item_keys
            for name, values in _of_counts(counts).items():
                columns[name] += values.tolist()
        title = f"{self.instrument.name}: answers"
        return Table(columns, title, backend=self.backend)

    def _source(self, model: ScoringModel | None, what: str) -> Source:
        if not self.models:
            raise not_scored(what, joint=self.total.products is not None)
        if model is None and len(self.models) > 1:
            names = ", ".join(name_of(each) for each in self.models)
            raise ModelError(Problem("model", "not named", f"the summary holds {names}", "name one of them"))
        chosen = self.models[0] if model is None else model
        if chosen not in self.models:
            remedy = f"for groups write by={chosen!r}" if isinstance(chosen, str) else f"summarize(survey, {chosen!r})"
            raise ModelError(Problem("model", repr(chosen), "the summary was made without it", remedy))
        return Source(self.instrument, chosen, self.rules, self.weight_kind, self.backend)

    def _parts(self, model: ScoringModel, by: str | Sequence[str] | None) -> tuple[tuple[str, ...], dict[Labels, Part]]:
        names = (by,) if isinstance(by, str) else tuple(by or ())
        refuse_unknown_columns(names, self.by)
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

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON-safe dictionary from which `from_dict` makes the same summary."""
        return {
            "schema": SCHEMA,
            "instrument": self.instrument.to_dict(),
            "levels": [str(level) for level in self.levels],
            "models": [model_to_record(model) for model in self.models],
            "min_answered": self.rules.min_answered,
            "by": list(self.by),
            "weight_kind": None if self.weight_kind is None else str(self.weight_kind),
            "groups": [{"labels": list(labels), **sums.to_dict()} for labels, sums in self.groups.items()],
        }

    @classmethod
    def from_dict(cls, record: Mapping[str, Any], models: Iterable[type] = ()) -> Self:
        """Return the summary that a dictionary describes; scoring models of your own are named in `models`.

        Raises
        ------
        RecordError
            Another schema, missing or unknown keys, or a model that is not known.
        """
        return cls(**fields_from(record, models))

    def to_json(self) -> str:
        """Return the summary as JSON text."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str, models: Iterable[type] = ()) -> Self:
        """Return the summary that a JSON text describes; see `from_dict`."""
        return cls.from_dict(parse_json(text), models)


def _of_counts(counts: Tallies) -> dict[str, AnyArray]:
    """Count respondents: frequencies by their sum, sampling weights as one each."""
    n = np.asarray(counts.weight if counts.kind is WeightKind.FREQUENCY else counts.n)
    missing = counts.rows - n if counts.kind is WeightKind.SAMPLING else np.asarray(counts.missing)
    return {"n": n, "missing": missing, "mean": counts.mean, "sd": counts.sd}
