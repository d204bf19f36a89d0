"""`KanoStudy`: what people answered to a Kano questionnaire."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from attrs import field, frozen
from attrs.converters import optional

from servqual._arrays import AnyArray, Floats, Holder, Ints, read_only
from servqual.columns import Columns
from servqual.errors import ColumnPositionWarning, KanoError, Problem, did_you_mean
from servqual.instruments import Instrument
from servqual.intake import Grouping
from servqual.labels import Label, Language
from servqual.satisfaction.delight.coding import Coding
from servqual.satisfaction.delight.columns import Features
from servqual.satisfaction.delight.counts import CountsOf, counted
from servqual.satisfaction.delight.framed import FrameAsk, framed
from servqual.satisfaction.delight.given import ArrayAsk, given_arrays
from servqual.satisfaction.delight.held import held_columns
from servqual.satisfaction.delight.intake import KanoParts
from servqual.satisfaction.delight.surveys import given_surveys
from servqual.satisfaction.delight.words import KanoAnswer
from servqual.selection import check_somebody, codes_of, positions
from servqual.statistics import WeightKind
from servqual.survey import Survey
from servqual.tables import Table

Words = Mapping[str, KanoAnswer | str]
_FIVE = (1, 2, 3, 4, 5)


@frozen(eq=False, getstate_setstate=False, repr=False)
class KanoStudy(Holder):
    """Answers to a Kano questionnaire: of each feature, how people feel if it is there, and how if it is not.

    Features are the items of one `Instrument`, and the two questions are two surveys of it rather than two levels: a
    level says which standard an answer stands for, and neither "it is there" nor "it is not" is one. A study is made by
    `from_frame`, `from_arrays`, `from_surveys` or, without respondents, `from_counts`, which check everything at the
    door.

    Attributes
    ----------
    instrument
        The features as items, with their labels.
    pairs
        Both answers as one code, ``5 f + d`` with positions 0 to 4 in the order of `KanoAnswer`, shape (features,
        respondents), int8; −1 where the functional answer is missing, −2 the dysfunctional, −3 both. None for counts.
    counts
        Shape (features, 25) for pairs of answers or (features, 6) for categories; None for respondents.
    weights, weight_kind
        One weight per respondent and what it means; None where all count alike.
    groups
        Column name → which group each respondent belongs to.
    importance
        How important people said each feature is, shape (features, respondents), NaN where they did not; None where
        that was not asked.
    backend
        The data-frame library that the answers came from.

    References
    ----------
    Kano, Seraku, Takahashi & Tsuji 1984, Journal of the Japanese Society for Quality Control 14(2):39-48.

    Examples
    --------
    >>> study = KanoStudy.from_arrays([[1, 2], [1, 3], [1, 1]], [[5, 5], [3, 5], [3, 2]], features=["price", "queue"])
    >>> study
    <KanoStudy: 3 respondents × 2 features>
    """

    instrument: Instrument
    pairs: Ints | None = field(default=None, converter=optional(read_only))
    counts: AnyArray | None = field(default=None, converter=optional(read_only))
    weights: Floats | None = field(default=None, converter=optional(read_only))
    weight_kind: WeightKind = WeightKind.SAMPLING
    groups: Mapping[str, Grouping] = field(factory=dict)
    importance: Floats | None = field(default=None, converter=optional(read_only))
    backend: str = "pandas"

    def __attrs_post_init__(self) -> None:
        given = [each for each in (self.pairs, self.counts) if each is not None]
        if len(given) != 1 or given[0].ndim != 2 or len(given[0]) != len(self.instrument):
            found = ", ".join(str(each.shape) for each in given) or "neither"
            rule = f"a study holds pairs or counts, a row for each of {len(self.instrument)} features"
            raise KanoError(Problem("study", found, rule, "from_frame, from_arrays, from_surveys or from_counts"))

    @classmethod
    def from_frame(
        cls,
        frame: Any,
        *,
        features: Features | None = None,
        functional: Columns = "kano{key}_f",
        dysfunctional: Columns = "kano{key}_d",
        coding: Coding = _FIVE,
        words: Words | None = None,
        missing: float | str | Collection[float | str] = (),
        groups: Sequence[str] | str = (),
        weights: str | None = None,
        weight_kind: WeightKind | str = WeightKind.SAMPLING,
        importance: Columns | None = None,
    ) -> Self:
        """Return the study in a wide data frame (pandas, polars or pyarrow): one row per respondent.

        Parameters
        ----------
        frame
            The data.
        features
            Keys of the features, a mapping key → label, or an instrument whose items they are. Without it, every
            feature for which there is a pair of columns.
        functional, dysfunctional
            Columns of the answers to "how do you feel if it is there" and "if it is not": a pattern with ``{key}`` or
            ``{n}`` (1-based position), the names in the order of the features, or a mapping key → name.
        coding
            What stands for like, must be, neutral, live with and dislike, in this order; ``(5, 4, 3, 2, 1)`` where like
            is 5. Or a mapping value → answer, in which several values may mean one answer.
        words
            Mapping word → answer, for answers in words, besides the names of the answers and their labels; a word that
            is named here, or as missing, means what is said of it.
        missing
            Numbers or words that mean "no answer", besides blanks.
        groups, weights
            Names of columns.
        weight_kind
            Whether weights are sampling weights or frequencies.
        importance
            Columns of what people said how important each feature is, named as the answers are.

        Raises
        ------
        KanoError
            Everything that is wrong, at once: columns without a pair, answers outside the coding, unknown words,
            features named twice, weights that are not valid.
        """
        ask = FrameAsk(
            features, {"functional": functional, "dysfunctional": dysfunctional}, coding, words, missing, groups,
            weights, weight_kind, importance,
        )  # fmt: skip
        parts, overlooked = framed(frame, ask)
        for each in overlooked:
            warnings.warn(ColumnPositionWarning(str(each)), stacklevel=2)
        return cls._of(parts)

    @classmethod
    def from_arrays(
        cls,
        functional: npt.ArrayLike,
        dysfunctional: npt.ArrayLike,
        *,
        features: Features | None = None,
        coding: Coding = _FIVE,
        words: Words | None = None,
        missing: float | str | Collection[float | str] = (),
        groups: Mapping[str, npt.ArrayLike] | None = None,
        weights: npt.ArrayLike | None = None,
        weight_kind: WeightKind | str = WeightKind.SAMPLING,
        importance: npt.ArrayLike | None = None,
    ) -> Self:
        """Return the study in arrays of shape (respondents, features).

        `groups` maps a name to one label for each respondent, `weights` has one number for each, `importance` the shape
        of the answers. Features without names are called "1", "2" and so on. The rest is as in `from_frame`.

        Raises
        ------
        KanoError
            Everything that is wrong, at once: also shapes that do not fit.
        """
        ask = ArrayAsk(features, coding, words, missing, groups, weights, weight_kind, importance)
        return cls._of(given_arrays(functional, dysfunctional, ask))

    @classmethod
    def from_surveys(cls, functional: Survey, dysfunctional: Survey, *, coding: Coding = _FIVE) -> Self:
        """Return the study in two surveys of one instrument, whose respondents stand in the same order.

        Weights, groups and importance of items may stand in either survey; where both have them, they are the same.

        Parameters
        ----------
        functional, dysfunctional
            Answers as if the features were there, and as if they were not; each of one level, as from
            `kano_instrument`.
        coding
            As in `from_frame`: what number stands for which answer.

        Raises
        ------
        KanoError
            Surveys of different instruments or of different lengths, of several levels, with reversed items or with
            clusters; weights, groups or importance that contradict each other; answers outside the coding.
        """
        return cls._of(given_surveys(functional, dysfunctional, coding))

    @classmethod
    def from_counts(cls, counts: CountsOf, *, labels: Mapping[str, Label | str] | None = None) -> Self:
        """Return a study of published counts: for each feature how often a pair of answers, or a category, was given.

        Parameters
        ----------
        counts
            Feature → a table 5 × 5 (rows are functional answers, columns dysfunctional ones, in the order of
            `KanoAnswer`), or feature → mapping of category (or letter) → count, in which what is not named is 0. All
            features in the same way. Of categories alone nothing is known of answers, so that there are no positions.
        labels
            Feature → label.

        Raises
        ------
        KanoError
            Counts that are negative or not whole, tables of another shape, unknown categories, a feature that nobody
            answered.

        Examples
        --------
        >>> KanoStudy.from_counts({"edge grip": {"A": 7, "O": 33, "M": 50, "I": 10}})
        <KanoStudy: counts of 1 feature, 100 answers>
        """
        instrument, table = counted(counts, labels or {})
        return cls(instrument, counts=table)

    @classmethod
    def _of(cls, parts: KanoParts) -> Self:
        return cls(
            parts.instrument, parts.pairs, None, parts.weights, parts.weight_kind, parts.groups, parts.importance,
            parts.backend,
        )  # fmt: skip

    def __len__(self) -> int:
        return 0 if self.pairs is None else int(self.pairs.shape[1])

    def __repr__(self) -> str:
        many = len(self.instrument)
        features = f"{many} feature{'s' if many != 1 else ''}"
        if self.counts is not None:
            return f"<KanoStudy: counts of {features}, {self.counts.sum():g} answers>"
        asked = f"; groups {', '.join(self.groups)}" if self.groups else ""
        return f"<KanoStudy: {len(self)} respondents × {features}{asked}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    @property
    def features(self) -> tuple[str, ...]:
        """The keys of the features, in order."""
        return self.instrument.item_keys

    def grouping(self, name: str) -> Grouping:
        """Return the groups of one column that was read with ``groups=``.

        Raises
        ------
        KanoError
            A name that was not read.
        """
        if name not in self.groups:
            remedy = did_you_mean(str(name), self.groups) if self.groups else f"read it with groups=[{name!r}]"
            raise KanoError(Problem("groups", f"no {name!r}", "only columns read as groups can be grouped by", remedy))
        return self.groups[name]

    def select(self, rows: npt.ArrayLike | None = None, **groups: Any) -> Self:
        """Return the study of some respondents: by positions or a mask, or by group, ``branch="north"``.

        Raises
        ------
        KanoError
            A study of counts, which has no respondents, or a column that was not read.
        SurveyError
            A label that nobody has, when nobody is left, or a mask that does not fit.
        """
        if self.pairs is None:
            raise KanoError(Problem("select", "a study of counts", "only respondents can be selected"))
        kept = positions(rows, len(self))
        for name, wanted in groups.items():
            grouping = self.grouping(name)
            kept = kept[np.isin(grouping.codes[kept], codes_of(name, grouping.labels, wanted))]
        check_somebody(kept, groups)
        held = {name: grouping.take(kept) for name, grouping in self.groups.items()}
        weights = None if self.weights is None else self.weights[kept]
        importance = None if self.importance is None else self.importance[:, kept]
        pairs = self.pairs[:, kept]
        return type(self)(self.instrument, pairs, None, weights, self.weight_kind, held, importance, self.backend)

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return what the study holds: per feature, how many pairs are whole, and what is missing of the others."""
        columns = held_columns(self.instrument, self.pairs, self.counts, language)
        return Table(columns, repr(self)[1:-1], backend=self.backend)
