"""`KanoReading`: what a Kano study says of its features."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from servqual._arrays import Floats
from servqual.errors import KanoError, Problem, did_you_mean
from servqual.labels import Label, Language
from servqual.satisfaction.delight.asked_pairs import KanoAsk
from servqual.satisfaction.delight.charm import charm_curve
from servqual.satisfaction.delight.rows import CategoryShare, KanoFeature, SegmentDifference
from servqual.satisfaction.delight.views import COUNTS, TOPICS, VIEWS
from servqual.satisfaction.delight.words import CATEGORIES, Category
from servqual.statistics import Inapplicable
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Cell, Table
from servqual.telling import Told, chosen

FRAMES = ("features", "shares", "differences")
_WORDS = ("mode", "majority", "leading", "position", "category")


@frozen(eq=False, repr=False)
class KanoReading:
    """What a Kano study says: categories, better and worse, positions, importance, and differences of segments.

    Attributes
    ----------
    features
        One `KanoFeature` for each feature, of everybody; ``reading["queue"]`` picks one.
    segments
        The same for each segment, segment by segment; empty without segments.
    shares
        One `CategoryShare` for each category of each of these.
    differences
        One `SegmentDifference` for each feature; empty without segments.
    told
        "features", "shares" and, with segments, "differences" → the same as columns, with notes.
    ask
        What was asked.
    labels
        Feature → label.
    topics
        Topic → note on features; all of them stand in `told`, and those that belong to it under each view.
    """

    features: tuple[KanoFeature, ...]
    segments: tuple[KanoFeature, ...]
    shares: tuple[CategoryShare, ...]
    differences: tuple[SegmentDifference, ...]
    told: Mapping[str, Told]
    ask: KanoAsk
    labels: Mapping[str, Label]
    topics: Mapping[str, Label]

    def __len__(self) -> int:
        return len(self.features)

    def __iter__(self) -> Iterator[KanoFeature]:
        return iter(self.features)

    def __getitem__(self, feature: str) -> KanoFeature:
        return _picked(self.features, feature)

    def of(self, segment: Any, feature: str) -> KanoFeature:
        """Return what one feature is to one segment.

        Raises
        ------
        KanoError
            A segment or a feature that there is not.
        """
        known = dict.fromkeys(row.segment for row in self.segments)
        if segment not in known:
            remedy = did_you_mean(str(segment), map(str, known)) if known else "kano(study, by=…)"
            raise KanoError(Problem("segment", f"no {segment!r}", "segments are those of by=", remedy))
        return _picked([row for row in self.segments if row.segment == segment], feature)

    def difference(self, feature: str) -> SegmentDifference:
        """Return the test of one feature between segments.

        Raises
        ------
        KanoError
            A feature that there is not, or a reading without segments.
        """
        found = [row for row in self.differences if row.feature == feature]
        if not found:
            remedy = did_you_mean(feature, self.labels) if self.differences else "kano(study, by=…)"
            raise KanoError(Problem("feature", f"no difference of {feature!r}", "it is read by segments", remedy))
        return found[0]

    def curve(self, feature: str, fulfilment: npt.ArrayLike) -> Floats | Inapplicable:
        """Return the charm curve of a feature: satisfaction where it is fulfilled to a share from 0 to 1.

        From `worse` at 0 to `better` at 1, bent as its mode says; see `charm_curve`. Inapplicable for features that are
        neither attractive, one-dimensional nor must-be.
        """
        row = self[feature]
        if row.mode is None or isinstance(row.better, Inapplicable) or isinstance(row.worse, Inapplicable):
            return Inapplicable("nobody's answers give it a beginning and an end")
        if row.mode not in {Category.ATTRACTIVE, Category.ONE_DIMENSIONAL, Category.MUST_BE}:
            return Inapplicable(f"a feature that is {row.mode.label.en} has no curve")
        return charm_curve(row.mode, row.better, row.worse, fulfilment)

    def __repr__(self) -> str:
        counts = [(each, sum(row.mode is each for row in self.features)) for each in CATEGORIES]
        found = ", ".join(f"{count} {each.label.en}" for each, count in counts if count)
        return f"<{self.told['features'].title.en}: {len(self)} features; {found}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_table(
        self, view: str = "categories", language: Language | str | None = None, *, by_segment: bool = False
    ) -> Table:
        """Return one view of the reading; columns that hold nothing are left out.

        Parameters
        ----------
        view
            "categories" (counts and classes), "coefficients" (better and worse), "tests" (Fong), "positions"
            (continuous), "importance" (stated, beside the category), "shares" (each category with its interval) or
            "differences" (between segments).
        language
            Adds the labels of features, and says categories, title and notes in it.
        by_segment
            The rows of the segments in the place of those of everybody.

        Raises
        ------
        ArgumentError
            A view that there is not.
        KanoError
            Segments in a reading without segments.
        """
        which, columns = VIEWS[chosen("view", view, tuple(VIEWS))]
        if (which == "differences" or by_segment) and not self.segments:
            rule = "segments are those of by="
            raise KanoError(Problem("view", f"{view} by segment", rule, "kano(study, by=…)"))
        told = self.told[which]
        rows = list(range(len(told.table)))
        if which != "differences":
            rows = [row for row in rows if (told.table["segment"][row] is not None) == by_segment]
        held = [name for name in columns if any(told.table[name][row] is not None for row in rows)]
        about = [self.topics[topic] for topic in TOPICS[view] if topic in self.topics]
        shown = told.view(held, rows, language, named="feature")
        return _worded(
            shown if which == "differences" else evolve(shown, notes=[note.text(language or "en") for note in about]),
            language,
        )

    def to_frame(self, what: str = "features", backend: str | None = None) -> Any:
        """Return all numbers: one row per feature ("features"), category ("shares") or test ("differences").

        Everybody comes first, with no segment, then each segment.

        Raises
        ------
        ArgumentError
            Another name.
        KanoError
            Differences of a reading without segments.
        """
        chosen("what", what, FRAMES)
        if what not in self.told:
            raise KanoError(Problem("what", what, "segments are those of by=", "kano(study, by=…)"))
        return self.told[what].table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        table = None if self.ask.table is None else ["".join(cell.letter for cell in row) for row in self.ask.table]
        rules = {"strength": self.ask.rules.strength, "fong": self.ask.rules.fong, "leader": str(self.ask.rules.leader),
                 "total": self.ask.rules.total, "position": self.ask.rules.position}  # fmt: skip
        asked = {"table": table, "by": self.ask.by, "rules": rules, "confidence": self.ask.confidence,
                 "adjust": str(self.ask.adjust), "draws": self.ask.draws}  # fmt: skip
        tables = {what: told.whole().to_dict() for what, told in self.told.items()}
        reasons = [
            {"segment": row.segment, "feature": row.feature, **inapplicable(row)}
            for row in (*self.features, *self.segments)
        ]
        return {"reading": "kano", **asked, **tables, "inapplicable": reasons}


def _picked(rows: Sequence[KanoFeature], feature: str) -> KanoFeature:
    found = [row for row in rows if row.feature == feature]
    if not found:
        known = [row.feature for row in rows]
        raise KanoError(Problem("feature", f"no {feature!r}", "it is a feature", did_you_mean(str(feature), known)))
    return found[0]


def _worded(table: Table, language: Language | str | None) -> Table:
    """Return a table that says categories in words, and counts them under their letters."""
    tongue = Language.ENGLISH if language is None else Language(language)
    columns: dict[str, Sequence[Cell]] = {}
    for name, values in table.columns.items():
        told = [_said(value, tongue) for value in values] if name in _WORDS else values
        columns[Category(name).letter if name in COUNTS else name] = told
    return evolve(table, columns=columns)


def _said(value: Cell, tongue: Language) -> Cell:
    return value if value is None else " + ".join(Category(each).label.text(tongue) for each in str(value).split("+"))


def numbers_by(rows: Sequence[KanoFeature], name: str) -> Floats:
    """Return one number of each row, NaN where it does not exist."""
    return np.array([float(getattr(row, name)) for row in rows])
