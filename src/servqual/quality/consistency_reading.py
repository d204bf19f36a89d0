"""`reliability`: how consistently the items of each dimension measure, at each level and as gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import frozen

from servqual.errors import LevelError, Problem, did_you_mean
from servqual.instruments import Instrument, Level
from servqual.labels import Language
from servqual.quality.item_moments import JointMoments, joint_moments
from servqual.quality.reliability_tables import dimension_columns, item_columns, notes_of
from servqual.quality.scale_reliability import ScaleReliability, difference_parts, scale_reliability
from servqual.scoring import Summary
from servqual.statistics._arguments import check_confidence
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey
from servqual.tables import Table

_SHOWN = (
    "dimension", "label", "level", "items", "n", "alpha", "feldt_low", "feldt_high", "standardised", "omega",
    "spearman_brown", "guttman", "difference",
)  # fmt: skip


@frozen(eq=False, repr=False)
class Reliability:
    """The reliability of every dimension at every level and of every gap; holds nobody's answers.

    Attributes
    ----------
    instrument
        What was asked.
    scales
        One for each dimension and aspect (level or gap), dimension by dimension.
    confidence
        Of the intervals of alpha.
    weight_kind
        What weights meant; None without.
    """

    instrument: Instrument
    scales: tuple[ScaleReliability, ...]
    confidence: float
    weight_kind: WeightKind | None = None
    backend: str = "pandas"

    def __repr__(self) -> str:
        aspects = ", ".join(dict.fromkeys(scale.aspect.key for scale in self.scales))
        return f"<Reliability of {self.instrument.name!r}: {len(self.instrument.dimensions)} dimensions; {aspects}>"

    def __iter__(self) -> Iterator[ScaleReliability]:
        return iter(self.scales)

    def of(self, dimension: str, level: Level | str = Level.PERCEPTION) -> ScaleReliability:
        """Return the reliability of one dimension at a level or "gap".

        Raises
        ------
        InstrumentError, LevelError
            Another dimension or aspect than those read.
        """
        self.instrument.only(dimension)
        of_dimension = {scale.aspect.key: scale for scale in self.scales if scale.dimension == dimension}
        if str(level) not in of_dimension:
            found, rule = f"{level!s} was not read", "a reading is of levels answered, and of their gaps"
            raise LevelError(Problem("level", found, rule, did_you_mean(str(level), of_dimension)))
        return of_dimension[str(level)]

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each dimension and aspect: alpha with Feldt's interval, omega, split halves, difference.

        `language` adds the names of the dimensions, and says the rest in it. Omega is of one factor by maximum
        likelihood, in its composite form; the halves are odd and even items; ``difference`` is Johns' reliability of
        a gap. What does not exist is empty, and the notes say why.
        """
        columns = dimension_columns(self.scales, self.instrument, language)
        shown = {name: columns[name] for name in _SHOWN if name in columns}
        return self._table(shown, "reliability", "信度", language)

    def items_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each item: mean, spread, correlation with the others, and alpha without it."""
        return self._table(item_columns(self.scales, self.instrument, language), "items", "题项", language)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row for each dimension and aspect: both intervals, all forms of omega, the halves."""
        return Table(dimension_columns(self.scales, self.instrument, None), backend=self.backend).to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers of dimensions and of items as a JSON-safe dictionary."""
        dimensions = Table(dimension_columns(self.scales, self.instrument, None)).to_dict()["columns"]
        items = Table(item_columns(self.scales, self.instrument, None)).to_dict()["columns"]
        head = {"reading": "reliability", "instrument": self.instrument.name, "confidence": self.confidence}
        return {**head, "dimensions": dimensions, "items": items, "notes": list(self.to_table().notes)}

    def _table(self, columns: dict[str, list[Any]], what: str, chinese: str, language: Language | str | None) -> Table:
        tongue = Language.ENGLISH if language is None else Language(language)
        name, colon = self.instrument.label.text(tongue), {Language.ENGLISH: ": ", Language.CHINESE: "："}[tongue]
        notes = [
            note.text(tongue) for note in notes_of(self.scales, self.instrument, self.confidence, self.weight_kind)
        ]
        return Table(
            columns, f"{name}{colon}{what if tongue is Language.ENGLISH else chinese}", notes, backend=self.backend
        )


def reliability(
    source: Survey | Summary, *, confidence: float = 0.95, rng: int | np.random.Generator = 0
) -> Reliability:
    """Reliability of each dimension (Cronbach's alpha, McDonald's omega, split halves), per level and for the gaps.

    All from the covariances of the items, taken in one pass: alpha raw and standardised, with Feldt's and Bonett's
    intervals; omega of one factor by maximum likelihood and minres; odd–even halves by Spearman and Brown and by
    Guttman, and the spread over all halves; corrected item–total correlations and alpha without each item. The items of
    a gap are ``P − E`` of one person, negative for a shortfall, with ``cov = S_PP + S_EE − S_PE − S_EP``; beside their
    alpha stands Johns' reliability of the difference of the two mean scores (see `difference_reliability`). Gaps are
    read against each standard that was asked of the same people: "gap", "adequacy", "superiority".

    Missing answers: each covariance is of the respondents who answered both items; ``n`` is the smallest number behind
    a pair, which intervals use. Such covariances may contradict each other: a note says where they are not positive
    semidefinite. Frequencies count as repeated respondents. Under sampling weights covariances are weighted and
    intervals take Kish's effective number, ``n (Σw)² / (N Σw²)``, which is an approximation; a summary made without a
    model does not know it and has no intervals then. Respondents are taken as independent: clusters make the intervals
    too narrow.

    Parameters
    ----------
    source
        A survey, or a summary. Of a survey of different people for different levels there are no gaps.
    confidence
        Of the intervals of alpha.
    rng
        Seed of random halves, drawn only for dimensions of so many items that not all splits are taken.

    Returns
    -------
    Reliability
        What does not exist, such as the alpha of one item, is an `Inapplicable` that says why.

    Raises
    ------
    JointAnswersError
        A summary of counts, or of levels from different people.
    ArgumentError
        A confidence outside 0 to 1; what is neither a survey nor a summary.

    References
    ----------
    Cronbach 1951, Psychometrika 16(3):297-334; Feldt 1965, Psychometrika 30(3):357-370; Bonett 2002, Journal of
    Educational and Behavioral Statistics 27(4):335-340; McDonald 1999, Test Theory, Erlbaum; Johns 1981, Organizational
    Behavior and Human Performance 27(3):443-463; Peter, Churchill & Brown 1993, Journal of Consumer Research
    19(4):655-662.

    Examples
    --------
    >>> from servqual import Scale
    >>> desk = Instrument.define("desk", {"speed": ["wait", "service"]}, scale=Scale.likert(7))
    >>> seen, held = [[5, 6], [3, 4], [6, 6], [2, 4]], [[6, 6], [7, 6], [7, 7], [5, 6]]
    >>> found = reliability(Survey.from_arrays(desk, perception=seen, expectation=held))
    >>> [(scale.aspect.key, round(scale.alpha, 3)) for scale in found]
    [('perception', 0.923), ('expectation', 0.6), ('gap', 0.882)]
    """
    check_confidence(confidence)
    return reliability_of(joint_moments(source, "reliability"), confidence, np.random.default_rng(rng))


def reliability_of(joint: JointMoments, confidence: float, rng: np.random.Generator) -> Reliability:
    """Return the reliability of all dimensions from moments that there are already."""
    scales = []
    for dimension, part in zip(joint.instrument.dimensions, joint.instrument.slices, strict=True):
        for aspect in joint.aspects:
            parts = None if aspect.standard is None else difference_parts(joint, aspect.standard, part)
            scales.append(scale_reliability(dimension, joint.of(aspect).of(part), confidence, rng, parts))
    return Reliability(joint.instrument, tuple(scales), confidence, joint.weight_kind, joint.backend)
