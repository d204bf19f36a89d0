"""`EvaluationPlaces`: where a service stands between easy and hard to evaluate, attribute by attribute."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from servqual.labels import Language
from servqual.operations.offering.evaluation_words import Evaluation, Judgeable, ReferenceOffering, nearest_offering
from servqual.operations.picked_rows import PickedRows


@frozen(kw_only=True, repr=False)
class EvaluationPlace:
    """One attribute or dimension, or all of them.

    Attributes
    ----------
    attribute, n
        Which, and how many judged it; "overall" is the mean of all.
    search, experience, credence
        Share of those who could judge it before buying, only by using it, and not even then.
    position, low, high
        ``(1 + credence − search) / 2``: 0 easy, 1 hard to evaluate, with its interval.
    evaluation, sure
        The qualities that prevail there on the continuum, and whether both ends of the interval agree.
    nearest
        The known offering that is about as hard to evaluate.
    able, able_low, able_high, judgeable
        Share who can judge it at least after use, with Wilson's interval, and what that says.
    """

    attribute: str
    n: float
    search: float
    experience: float
    credence: float
    position: float
    low: float
    high: float
    evaluation: Evaluation
    sure: bool
    nearest: str
    able: float
    able_low: float
    able_high: float
    judgeable: Judgeable

    def __repr__(self) -> str:
        ends = f"{self.low:.3f} to {self.high:.3f}"
        return f"<EvaluationPlace {self.attribute}: {self.position:.3f} ({ends}), {self.evaluation}>"


@frozen(eq=False, repr=False, kw_only=True)
class EvaluationPlaces(PickedRows[EvaluationPlace]):
    """Where a service stands between easy and hard to evaluate; when to ask whom, and about what.

    Attributes
    ----------
    rows
        One `EvaluationPlace` for each attribute, then "overall".
    told
        The same as columns, with title and notes in English and Chinese.
    nearest
        The known offering that is about as hard to evaluate as the whole.
    """

    reading: ClassVar[str] = "evaluation_places"
    named: ClassVar[str] = "attribute"

    nearest: ReferenceOffering

    def __repr__(self) -> str:
        whole = self["overall"]
        return f"<EvaluationPlaces: {whole.position:.3f}, about as hard as {self.nearest.label.en}; {whole.evaluation}>"

    @property
    def askable(self) -> tuple[str, ...]:
        """The attributes that customers can judge: those that a survey of customers may ask about."""
        return tuple(row.attribute for row in self.rows[:-1] if row.judgeable is Judgeable.YES)

    def advice(self, language: Language | str = Language.ENGLISH) -> tuple[str, str]:
        """Return when a survey should ask, and whom."""
        found = self["overall"].evaluation
        return found.when.text(language), found.whom.text(language)

    def _words(self, language: Language) -> dict[str, list[Any]]:
        return {
            "evaluation": [row.evaluation.label.text(language) for row in self.rows],
            "nearest": [nearest_offering(row.position).label.text(language) for row in self.rows],
            "judgeable": [row.judgeable.label.text(language) for row in self.rows],
        }
