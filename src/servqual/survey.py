"""`Survey`: what was answered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from attrs import field, frozen
from attrs.converters import optional

from servqual._arrays import Bools, Floats, Holder, read_only
from servqual.answers import LevelAnswers, answered_table
from servqual.columns import Columns
from servqual.errors import Problem
from servqual.instruments import Instrument, Level
from servqual.intake import Beside, Grouping, LongColumns, Options, SurveyParts, read_long, read_matrices, read_wide
from servqual.intake.sides import check_lengths, refuse
from servqual.intake.stacking import stacked
from servqual.ratings import Expectation, Importance, Perception
from servqual.selection import check_somebody, codes_of, no_group, no_level, positions
from servqual.statistics.key_numbers import Keys
from servqual.statistics.weights import WeightKind
from servqual.tables import Table
from servqual.zones import ToleranceZone


@frozen(eq=False, getstate_setstate=False, repr=False)
class Survey(Holder):
    """What was answered: aligned answers of all respondents, with their weights, groups, clusters and importance.

    Made by `from_frame`, `from_long`, `from_arrays`, `unpaired` or `read_survey`, which check everything at the door.

    Attributes
    ----------
    instrument
        What was asked.
    answers
        Level → answers of every item, kept as codes (items, respondents).
    weights, weight_kind
        One weight per respondent and what it means; None where all count alike.
    groups
        Column name → which group each respondent belongs to.
    cluster
        Within which respondents are alike (branch, interviewer); None where they are independent.
    importance
        Points over dimensions or ratings of items, per respondent; None where not asked.
    paired
        Whether the same people answered all levels.
    backend
        The data-frame library that the answers came from; tables hand out frames of it.
    inverted_ok
        Consent to crossed zones of tolerance.
    key
        A number for each respondent, from which bootstrap replicates are drawn; None without a key.
    """

    instrument: Instrument
    answers: Mapping[Level, LevelAnswers]
    weights: Floats | None = field(default=None, converter=optional(read_only))
    weight_kind: WeightKind = WeightKind.SAMPLING
    groups: Mapping[str, Grouping] = field(factory=dict)
    cluster: Grouping | None = None
    importance: Importance | None = None
    paired: bool = True
    backend: str = "pandas"
    inverted_ok: bool = False
    key: Keys | None = field(default=None, converter=optional(read_only))

    def __attrs_post_init__(self) -> None:
        problems: list[Problem] = []
        if not self.answers:
            problems.append(Problem("answers", "none", "a survey holds the answers to at least one level"))
        check_lengths(self.parts.lengths(), problems)
        refuse(problems)

    @classmethod
    def from_frame(
        cls,
        frame: Any,
        instrument: Instrument,
        *,
        groups: Sequence[str] = (),
        cluster: str | None = None,
        weights: str | None = None,
        weight_kind: WeightKind | str = WeightKind.SAMPLING,
        importance: Columns | None = None,
        renormalise: bool = False,
        missing: Collection[float] = (),
        words: Mapping[Any, Any] | None = None,
        already_reversed: bool = False,
        inverted_ok: bool = False,
        key: str | None = None,
        **levels: Columns | None,
    ) -> Self:
        """Return the survey in a wide data frame (pandas, polars or pyarrow): one row per respondent.

        Parameters
        ----------
        frame, instrument
            The data, and what was asked.
        **levels
            For each level that was answered, its columns: a pattern with ``{key}`` (item key) or ``{n}`` (1-based
            position), the names in item order, or a mapping item key → name; ``perception="P{n:02d}"``. Without any,
            columns named ``perception_{key}`` and so on are read.
        groups, cluster, weights
            Names of columns.
        weight_kind
            Whether weights are sampling weights or frequencies.
        importance
            Columns of points over dimensions (a pattern with ``{dimension}``; each row sums to 100, unless
            `renormalise` consents to rescaling) or of ratings of items (``{key}`` or ``{n}``).
        missing
            Numbers that mean "no answer", besides blanks.
        words
            What worded answers count as: one map for all levels, or one per level. Numbers among them stay as they are.
        already_reversed
            Says that items worded against the service were already turned in the file.
        inverted_ok
            Consent to crossed zones of tolerance, which are then counted in a warning where zones are read.
        key
            The column that says who a respondent is, in whole numbers or texts, for `summarize` with ``replicates=``.
            It may stand in several rows, of several periods: they are drawn together.

        Raises
        ------
        SurveyError
            Everything that is wrong with the frame, at once.
        """
        options = Options(
            groups=groups, cluster=cluster, weights=weights, weight_kind=WeightKind(weight_kind),
            importance=importance, renormalise=renormalise, missing=missing, words=words,
            already_reversed=already_reversed, key=key,
        )  # fmt: skip
        return cls._of(instrument, read_wide(frame, instrument, levels, options), inverted_ok=inverted_ok)

    @classmethod
    def from_long(
        cls,
        frame: Any,
        instrument: Instrument,
        *,
        respondent: str = "respondent",
        item: str = "item",
        level: str | Level = "level",
        value: str = "value",
        levels: Mapping[Any, Level | str] | None = None,
        groups: Sequence[str] = (),
        cluster: str | None = None,
        weights: str | None = None,
        weight_kind: WeightKind | str = WeightKind.SAMPLING,
        missing: Collection[float] = (),
        words: Mapping[Any, Any] | None = None,
        already_reversed: bool = False,
        inverted_ok: bool = False,
    ) -> Self:
        """Return the survey in a long data frame: one row per answer.

        `respondent`, `item`, `level` and `value` name columns; `level` may be a `Level` that all answers have, and
        `levels` maps the labels found in the level column to levels. Respondents stand in the order of their labels.
        The rest is as in `from_frame`; an item that a respondent has no row for is missing. Labels of respondents are
        their keys where all of them are whole numbers, or all texts.

        Raises
        ------
        SurveyError
            Everything that is wrong with the frame, at once: also answers given twice, and unknown items or levels.
        """
        where = LongColumns(respondent=respondent, item=item, level=level, value=value, levels=levels)
        options = Options(groups=groups, cluster=cluster, weights=weights, weight_kind=WeightKind(weight_kind),
                          missing=missing, words=words, already_reversed=already_reversed)  # fmt: skip
        return cls._of(instrument, read_long(frame, instrument, where, options), inverted_ok=inverted_ok)

    @classmethod
    def from_arrays(
        cls,
        instrument: Instrument,
        *,
        weights: npt.ArrayLike | None = None,
        weight_kind: WeightKind | str = WeightKind.SAMPLING,
        groups: Mapping[str, npt.ArrayLike] | None = None,
        cluster: npt.ArrayLike | None = None,
        importance: npt.ArrayLike | Importance | None = None,
        renormalise: bool = False,
        missing: Collection[float] = (),
        already_reversed: bool = False,
        inverted_ok: bool = False,
        key: npt.ArrayLike | None = None,
        **levels: npt.ArrayLike | None,
    ) -> Self:
        """Return the survey in matrices (respondents, items), one per level: ``perception=p, expectation=e``.

        `groups` maps names to one label per respondent; `importance` is (respondents, dimensions), (respondents,
        items), or an `Importance`. The rest is as in `from_frame`.
        """
        beside = Beside(
            weights=weights, weight_kind=WeightKind(weight_kind), groups=groups, cluster=cluster,
            importance=importance, renormalise=renormalise, missing=missing, already_reversed=already_reversed, key=key,
        )  # fmt: skip
        return cls._of(instrument, read_matrices(instrument, levels, beside), inverted_ok=inverted_ok)

    @classmethod
    def _of(cls, instrument: Instrument, parts: SurveyParts, *, inverted_ok: bool = False, paired: bool = True) -> Self:
        return cls(instrument, parts.answers, parts.weights, parts.weight_kind, parts.groups, parts.cluster,
                   parts.importance, paired, parts.backend, inverted_ok, parts.key)  # fmt: skip

    @classmethod
    def unpaired(cls, **levels: Survey) -> Self:
        """Return one survey whose levels different people answered: ``perception=visitors, expectation=public``.

        Nobody has a score across levels then: `score` refuses models of both, `summarize` gives unpaired errors.

        Raises
        ------
        SurveyError
            Surveys of different instruments, with different kinds of weights, or without the level they are named for.
        """
        instrument, parts = stacked({level: (survey.instrument, survey.parts) for level, survey in levels.items()})
        return cls._of(instrument, parts, paired=False)

    @property
    def parts(self) -> SurveyParts:
        """What came in: everything but the instrument, the pairing and the consents."""
        sides = (self.groups, self.cluster, self.importance, self.backend, self.key)
        return SurveyParts(self.answers, self.weights, self.weight_kind, *sides)

    def __len__(self) -> int:
        return len(next(iter(self.answers.values())))

    def __repr__(self) -> str:
        levels = ", ".join(self.answers)
        kind = "" if self.paired else " from different people"
        size = f"{len(self)} respondents × {len(self.instrument)} items"
        return f"<Survey of {self.instrument.name!r}: {size}; {levels}{kind}>"

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that were answered."""
        return tuple(self.answers)

    @property
    def perception(self) -> Perception:
        """What was experienced, (respondents, items), missing as NaN."""
        return Perception(self.level(Level.PERCEPTION).numbers().T, self.instrument.scale)

    def expectation(self, level: Level | str = Level.EXPECTATION) -> Expectation:
        """Return one level of expectation, (respondents, items), missing as NaN."""
        return Expectation(self.level(Level(level)).numbers().T, self.instrument.scale, Level(level))

    @property
    def zone(self) -> ToleranceZone:
        """The zone of tolerance of every respondent and item, from adequate to desired.

        Raises
        ------
        LevelError, CrossedZonesError
            A level that was not asked; crossed zones in a survey made without ``inverted_ok=True``.
        """
        adequate, desired = self.expectation(Level.ADEQUATE), self.expectation(Level.DESIRED)
        return ToleranceZone(adequate, desired, inverted_ok=self.inverted_ok)

    def level(self, level: Level) -> LevelAnswers:
        """Return the coded answers of one level, or say which levels there are."""
        if level not in self.answers:
            raise no_level(level, self.answers)
        return self.answers[level]

    def asked(self, level: Level) -> Bools:
        """Return who was asked at a level: all; where levels come from different people, those who answered it."""
        return np.ones(len(self), np.bool_) if self.paired else self.level(level).answered()

    def grouping(self, name: str) -> Grouping:
        """Return the groups of one column that was read with ``groups=``."""
        if name not in self.groups:
            raise no_group(name, self.groups)
        return self.groups[name]

    def select(self, rows: npt.ArrayLike | None = None, **groups: Any) -> Survey:
        """Return the survey of some respondents: by positions or a boolean mask, or by group, ``branch="north"``.

        Several labels of a group are a list, a tuple or a set: ``branch=["north", "south"]``.

        Raises
        ------
        SurveyError
            A label that nobody has, when nobody is left, or a mask that does not fit.
        """
        kept = positions(rows, len(self))
        for name, wanted in groups.items():
            grouping = self.grouping(name)
            kept = kept[np.isin(grouping.codes[kept], codes_of(name, grouping.labels, wanted))]
        check_somebody(kept, groups)
        parts = self.parts.take(kept)
        return self._of(self.instrument, parts, paired=self.paired, inverted_ok=self.inverted_ok)

    def to_table(self) -> Table:
        """Return what the survey holds: per level and item, how many answered and how many did not."""
        asked = {level: int(self.asked(level).sum()) for level in self.answers}
        return answered_table(self.answers, asked, self.instrument.item_keys, repr(self)[1:-1], self.backend)
