"""`GapModel`: what customers expect, management believes, standards lay down, staff deliver and customers perceive."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from servqual.gap_model.combining import Weights, combined
from servqual.gap_model.estimating import estimated
from servqual.gap_model.gap_results import Gaps
from servqual.gap_model.gap_rows import GapEstimate
from servqual.gap_model.gap_words import OVERALL, GapName, Station, StationGap
from servqual.gap_model.ledger import Ledger, gaps_between, ledger_of
from servqual.gap_model.model_checks import sources_of
from servqual.gap_model.share_results import GapShares
from servqual.gap_model.sharing import shared
from servqual.gap_model.source import Source
from servqual.gap_model.unit_gaps import UnitGaps
from servqual.gap_model.unit_reading import gaps_by_unit
from servqual.instruments import Scale
from servqual.labels import Label
from servqual.survey import Survey


@frozen(eq=False, init=False, repr=False)
class GapModel:
    """The gap model of service quality (five gaps, SERVQUAL): a ledger of what is lost between wish and experience.

    With means on one scale, per dimension and overall (the plain mean of dimensions), and below zero a shortfall:

    * Gap 1, knowledge = understood − expected
    * Gap 2, standards = specified − understood
    * Gap 3, delivery = delivered − specified
    * Gap 4, communication = perceived − delivered
    * Gap 5, service = perceived − expected = Gap 1 + Gap 2 + Gap 3 + Gap 4
    * promise gap = delivered − promised, beside the chain

    The sum is an accounting identity of this signed chain of differences. The article of 1985 says only that Gap 5 is
    a function of Gaps 1 to 4; its gaps are no numbers on one scale.

    Parameters
    ----------
    expected, understood, specified, delivered, perceived, promised
        A `Survey` or a `Source` each, two of the chain at least. Of a survey, `perceived` reads perceptions, `expected`
        and `understood` the expected, desired or adequate level, the others the only level that it has; make a `Source`
        to choose. A source that was not measured makes the two gaps beside it one, whose sum stays exact, and leaves
        each of them within bounds that the scale sets.

    Attributes
    ----------
    sources
        Station → `Source`, as far as measured, in the order of the chain.
    ledger
        All means side by side, with the covariance of their errors.

    Raises
    ------
    GapModelError
        Dimensions or scales that differ between sources, fewer than two of the chain, a promise without delivery.

    Notes
    -----
    Errors of sources that share nobody are independent. Expectations and perceptions of one paired `Survey` (the very
    same object) share their respondents, and their covariance counts, as does that of two sources of one frame. Two
    gaps that share a source covary: a high estimate of what is specified makes Gap 2 larger and Gap 3 smaller. Sources
    of different people in the same branches count as independent too; as good branches are good in both, the error of
    the gap between them is then stated too large rather than too small, and `by_unit` compares branch by branch.

    References
    ----------
    Parasuraman, Zeithaml & Berry 1985, Journal of Marketing 49(4):41-50; Zeithaml, Berry & Parasuraman 1988, Journal of
    Marketing 52(2):35-48.

    Examples
    --------
    >>> from servqual import Scale
    >>> said = {"expected": 6.2, "understood": 6.0, "specified": 5.8, "delivered": 4.9, "perceived": 4.7}
    >>> sources = {name: Source.from_means({"speed": x}, se=0.1, n=50, scale=Scale(1, 7)) for name, x in said.items()}
    >>> model = GapModel(**sources)
    >>> model.gaps()["gap_3"]
    <GapEstimate of gap_3, overall: -0.900 (-1.181 to -0.619); falls short>
    """

    sources: Mapping[Station, Source]
    ledger: Ledger

    def __init__(
        self,
        *,
        expected: Survey | Source | None = None,
        understood: Survey | Source | None = None,
        specified: Survey | Source | None = None,
        delivered: Survey | Source | None = None,
        perceived: Survey | Source | None = None,
        promised: Survey | Source | None = None,
    ) -> None:
        given = (expected, understood, specified, delivered, perceived, promised)
        sources = sources_of(dict(zip(Station, given, strict=True)))
        self.__attrs_init__(sources, ledger_of(sources))

    def __repr__(self) -> str:
        return f"<GapModel of {len(self.dimensions)} dimensions on {self.scale}: {', '.join(self.sources)}>"

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The keys of the dimensions."""
        return next(iter(self.sources.values())).dimensions

    @property
    def labels(self) -> tuple[Label, ...]:
        """The names of the dimensions in English and Chinese, as the first source has them."""
        return next(iter(self.sources.values())).labels

    @property
    def scale(self) -> Scale:
        """What all means are measured on."""
        return next(iter(self.sources.values())).scale

    @property
    def known(self) -> tuple[StationGap, ...]:
        """The gaps that can be told: neighbours in the chain, then Gap 5 and the promise gap."""
        return gaps_between(tuple(self.sources))

    def gaps(self, *, confidence: float = 0.95) -> Gaps:
        """Return all gaps with intervals and tests, per dimension and overall.

        Intervals are Student's, on Welch and Satterthwaite's degrees of freedom where several sources bring errors.
        p-values are adjusted by Holm: the overall gaps are one family, those of the dimensions another.

        Raises
        ------
        ArgumentError
            A confidence outside 0 and 1.
        """
        return estimated(self.sources, self.ledger, confidence)

    def difference(
        self, first: GapName | str, second: GapName | str, *, dimension: str = OVERALL, confidence: float = 0.95
    ) -> GapEstimate:
        """Return how much one gap lies above another, ``first − second``, with what they share counted.

        Below zero, the first gap is the larger shortfall. ``"gap_1_2"`` names gaps that are one here.

        Raises
        ------
        ArgumentError
            A gap or a dimension that cannot be told here.
        """
        return self.combination([(first, 1.0), (second, -1.0)], dimension=dimension, confidence=confidence)

    def total(self, *gaps: GapName | str, dimension: str = OVERALL, confidence: float = 0.95) -> GapEstimate:
        """Return the sum of some gaps; what neighbours share cancels.

        Raises
        ------
        ArgumentError
            No gap, one that is named twice, or a gap or a dimension that cannot be told here.
        """
        return self.combination([(gap, 1.0) for gap in gaps], dimension=dimension, confidence=confidence)

    def combination(self, weights: Weights, *, dimension: str = OVERALL, confidence: float = 0.95) -> GapEstimate:
        """Return a weighted sum of gaps with its interval and test.

        Parameters
        ----------
        weights
            Gap → weight; a pair ``("gap_3", "reliability")`` names the dimension too.
        dimension
            Of the gaps that name none.
        confidence
            Of the interval; the p-value of a single question is not adjusted.

        Raises
        ------
        ArgumentError
            A gap or a dimension that cannot be told here, twice the same, a confidence outside 0 and 1.

        Examples
        --------
        >>> from servqual import Scale
        >>> ends = {"delivered": {"speed": 4.0, "tone": 5.5}, "perceived": {"speed": 3.8, "tone": 5.6}}
        >>> made = {name: Source.from_means(said, se=0.1, scale=Scale(1, 7)) for name, said in ends.items()}
        >>> GapModel(**made).combination({("gap_4", "speed"): 1, ("gap_4", "tone"): -1})
        <GapEstimate of gap_4 (speed) − gap_4 (tone), several: -0.300 (-0.854 to 0.254); no gap shown>
        """
        return combined(self.sources, self.ledger, weights, dimension, confidence)

    def shares(self, *, confidence: float = 0.95) -> GapShares:
        """Return the share that each gap of the chain has in Gap 5, with Fieller's interval.

        A share is a ratio of two uncertain numbers. Where Gap 5 is not clearly different from zero the set of ratios
        that fit has no end, and the shares are refused in words, as is that of a gap whose own error rests on a few
        answers only; the gaps themselves can be compared all the same. Student's t has the fewer degrees of freedom of
        both gaps.

        Raises
        ------
        ArgumentError
            Gap 5 cannot be told here, or a confidence outside 0 and 1.

        References
        ----------
        Fieller 1954, Journal of the Royal Statistical Society B 16(2):175-185.
        """
        return shared(self.sources, self.ledger, confidence)

    def by_unit(self, unit: str, *, incomplete_ok: bool = False) -> UnitGaps:
        """Return the gaps of every unit, such as a branch.

        Sources that were made of rows with this group are told apart by it; all others say the same of every unit.

        Parameters
        ----------
        unit
            A grouping column of the surveys (``groups=[…]``) and records.
        incomplete_ok
            Consent to units that some source has nothing of: their gaps are missing then.

        Raises
        ------
        GapModelError
            No source with this group; units that some source has nothing of, named.
        """
        return gaps_by_unit(self.sources, unit, incomplete_ok=incomplete_ok)
