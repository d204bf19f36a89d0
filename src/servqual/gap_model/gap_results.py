"""`Gaps`: the gaps of a model, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve, field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.gap_model.bounds import GapBounds
from servqual.gap_model.gap_rows import GapEstimate, GapFinding
from servqual.gap_model.gap_words import OVERALL, GapName, StationGap
from servqual.gap_model.lookups import looked_up, row_labels
from servqual.instruments import Scale
from servqual.labels import Label, Language
from servqual.statistics.reasoned import columns_of, inapplicable
from servqual.tables import Table
from servqual.telling import Told, chosen

SHOWN = ("gap", "dimension", "level", "standard", "estimate", "se", "low", "high", "p", "p_adjusted", "finding")
TITLE = Label("Gaps of the service", "服务质量差距")
BOUNDS = Label("Bounds of gaps that were not measured", "未测量差距的界限")
AT_MEANS = Label(
    "at the means as measured; what was not measured lies somewhere on the scale",
    "以实测均值计算；未测量的水平可位于量表的任何位置",
)
VIEWS = ("overall", "dimensions", "all", "bounds")


@frozen(eq=False, getstate_setstate=False, repr=False, kw_only=True)
class Gaps(Holder):
    """The gaps of a model with intervals and tests; a gap is a level minus its standard, below zero a shortfall.

    Attributes
    ----------
    gaps
        What can be told: neighbours in the chain in its order, then Gap 5 and the promise gap.
    rows
        One `GapEstimate` for each gap and dimension, the overall ones last; ``gaps["gap_3"]`` is the overall one,
        ``gaps["gap_3", "reliability"]`` that of a dimension.
    dimensions, labels
        Keys and names of the dimensions, ``"overall"`` last.
    covariance
        Of the errors of the gaps, shape (dimensions, gaps, gaps); neighbours that share a source covary negatively.
    bounds
        How large gaps can be that have an end which was not measured.
    scale, confidence
        What means are measured on, and the confidence of intervals.
    notes
        What a reader must know, in English and Chinese.
    """

    gaps: tuple[StationGap, ...]
    rows: tuple[GapEstimate, ...]
    dimensions: tuple[str, ...]
    labels: tuple[Label, ...]
    covariance: Floats = field(converter=floats)
    bounds: tuple[GapBounds, ...]
    scale: Scale
    confidence: float
    notes: tuple[Label, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[GapEstimate]:
        return iter(self.rows)

    def __getitem__(self, asked: GapName | str | tuple[GapName | str, str]) -> GapEstimate:
        gap, dimension = asked if isinstance(asked, tuple) else (asked, OVERALL)
        looked_up(gap, dimension, self.gaps, self.dimensions)
        return next(row for row in self.rows if (row.gap, row.dimension) == (gap, dimension))

    def __repr__(self) -> str:
        short = [row.gap for row in self.overall if row.finding is GapFinding.SHORTFALL]
        told = f"shortfall in {', '.join(short)}" if short else "no shortfall shown"
        return f"<Gaps: {len(self.gaps)} gaps × {len(self.dimensions) - 1} dimensions; overall {told}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    @property
    def overall(self) -> tuple[GapEstimate, ...]:
        """The overall gaps."""
        return tuple(row for row in self.rows if row.dimension == OVERALL)

    @property
    def told(self) -> Told:
        """All numbers as columns, with title and notes in English and Chinese."""
        return Told(Table(columns_of(self.rows, GapEstimate)), self._labels(self.rows), TITLE, self.notes)

    def _labels(self, rows: Sequence[GapEstimate | GapBounds]) -> list[Label]:
        known = (*self.gaps, *(name.gap for name in GapName))
        return row_labels(rows, known, self.dimensions, self.labels)

    def to_table(self, view: str = "overall", *, language: Language | str | None = None) -> Table:
        """Return gaps with intervals, tests and findings.

        Parameters
        ----------
        view
            "overall", "dimensions", "all", or "bounds": how large gaps can be whose ends were not all measured.
        language
            Adds the names of gaps and dimensions, and says findings and notes in it.

        Raises
        ------
        ArgumentError
            A view that there is not.
        """
        if chosen("view", view, VIEWS) == "bounds":
            bounds = Told(Table(columns_of(self.bounds, GapBounds)), self._labels(self.bounds), BOUNDS, (AT_MEANS,))
            return bounds.view(tuple(bounds.table.columns), None, language, named="dimension")
        wanted = {"all": (True, False), "overall": (True,), "dimensions": (False,)}[view]
        places = [place for place, row in enumerate(self.rows) if (row.dimension == OVERALL) in wanted]
        table = self.told.view(SHOWN, places, language, named="dimension")
        findings = [self.rows[place].finding.label.text(language or Language.ENGLISH) for place in places]
        return evolve(table, columns={**table.columns, "finding": findings})

    def to_frame(self, backend: str | None = None) -> Any:
        """Return all numbers, one row per gap and dimension."""
        return self.told.table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all numbers as a JSON-safe dictionary, with the reason of each that does not exist."""
        reasons = [{"gap": row.gap, "dimension": row.dimension, **inapplicable(row)} for row in self.rows]
        bounds = Table(columns_of(self.bounds, GapBounds)).to_dict()["columns"]
        asked = {"confidence": self.confidence, "bounds": bounds, "covariance": self.covariance.tolist()}
        return {"reading": "gaps", **asked, **self.told.whole().to_dict(), "inapplicable": reasons}
