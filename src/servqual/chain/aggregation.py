"""`Aggregation`: means of units, and the evidence that people of a unit may be taken together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from servqual.chain.evidence import Evidence, NullEvidence, Number, UnitScatter
from servqual.chain.units import UnitTable
from servqual.errors import Problem, UnitError, did_you_mean
from servqual.labels import Label, Language
from servqual.statistics.intraclass import GroupSize
from servqual.statistics.reasoned import inapplicable
from servqual.tables import Cell, Table
from servqual.telling import Told, cells, chosen

# What a table of evidence shows first, and what it shows where every column is asked for; the frame has everything.
FIRST = (
    "items", "units", "respondents", "mean_n", "icc1", "icc2_harmonic", "f", "p", "rwg_median", "rwg_share",
)  # fmt: skip
SHOWN = (
    "items", "units", "respondents", "mean_n", "icc1", "icc1_low", "icc1_high", "icc2", "icc1_harmonic",
    "icc2_harmonic", "f", "p", "rwg_mean", "rwg_median", "rwg_share", "rwg_skew_median", "rwg_skew_share",
    "r_star_median", "awg_median", "awg_share", "ad_mean", "ad_median", "ad_share",
)  # fmt: skip
BY_UNIT = Label("Agreement within units", "单位内一致性")
MORE = Label(
    "Intervals and other indices: to_table(every=True); all numbers: to_frame().",
    "区间与其他指标见 to_table(every=True)；全部数值见 to_frame()。",
)
_SCATTER = ("mean", "sd", "rwg", "r_star", "awg", "ad", "ad_median")


@frozen
class PeopleCount:
    """Whose answers were taken.

    Attributes
    ----------
    given, used
        Rows of the frame, and those that count for at least one construct.
    without_unit, without_period, without_weight
        Left out because they have no unit, no period, or weight zero.
    """

    given: int
    used: int
    without_unit: int = 0
    without_period: int = 0
    without_weight: int = 0


@frozen(eq=False, repr=False)
class Aggregation:
    """Means of units (in periods) from people's answers, with the evidence for each construct; no answer itself.

    Attributes
    ----------
    units
        The unit table: constructs, and the number of respondents in a column ``<source>_n``.
    rows
        One `Evidence` each, in the order asked; ``found["employee_satisfaction"]`` picks one.
    nulls
        Agreement under every null of no agreement, one `NullEvidence` per construct and null.
    scatter
        Construct by construct, what is known of each row of the unit table.
    told
        "evidence" and "nulls" → the same as columns, with title and notes in English and Chinese.
    brief
        The notes of the evidence that are about the columns shown first.
    people
        Whose answers were taken.
    source
        Who was asked.
    """

    units: UnitTable
    rows: tuple[Evidence, ...]
    nulls: tuple[NullEvidence, ...]
    scatter: tuple[UnitScatter, ...]
    told: dict[str, Told]
    brief: tuple[Label, ...]
    people: PeopleCount
    source: str

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Evidence]:
        return iter(self.rows)

    def __getitem__(self, construct: str) -> Evidence:
        for row in self.rows:
            if row.construct == construct:
                return row
        known = [row.construct for row in self.rows]
        rule = "it was not aggregated"
        raise UnitError(Problem("construct", f"no {construct!r}", rule, did_you_mean(str(construct), known)))

    def __repr__(self) -> str:
        sizes = {"row": len(self.units), "unit": self.units.n_units, "construct": len(self)}
        rows, units, constructs = (f"{size} {name}{'s' * (size != 1)}" for name, size in sizes.items())
        return f"<Aggregation of {self.people.used} {self.source}: {rows} of {units}; {constructs}>"

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    @property
    def evidence(self) -> Table:
        """All numbers of all constructs, one row each."""
        return self.told["evidence"].whole()

    def reliability(self, convention: GroupSize | str = GroupSize.HARMONIC) -> dict[str, Number]:
        """Return construct → reliability of its unit means, ICC(2), as a correction for unreliability takes it.

        Parameters
        ----------
        convention
            "harmonic" is the reliability of the mean of one unit, all units counting alike, which is that of a row in
            a regression; "mean" is ``(MSB − MSW) / MSB``. Both are the same for units of equal size; see `GroupSize`.

        Raises
        ------
        ArgumentError
            An unknown convention.
        """
        name = "icc2" if GroupSize(convention) is GroupSize.MEAN else "icc2_harmonic"
        return {row.construct: getattr(row, name) for row in self.rows}

    def by_unit(self, language: Language | str | None = None) -> Table:
        """Return, for each unit (in each period) and construct, n, mean, sd, rwg, r*, awg and average deviations.

        Parameters
        ----------
        language
            Of title and notes; English where none is named.
        """
        names = [row.construct for row in self.rows]
        units = self.units
        labels = [units.unit_names[code] for code in units.unit.tolist()]
        columns: dict[str, list[Cell]] = {"unit": labels * len(names)}
        if units.period_names:
            steps = dict(zip(units.period_steps.tolist(), units.period_names, strict=True))
            columns["period"] = [steps[step] for step in units.period.tolist()] * len(names)
        columns["construct"] = [name for name in names for _ in labels]
        columns["n"] = [cell for each in self.scatter for cell in cells(each.n, whole=True)]
        for name in _SCATTER:
            columns[name] = [cell for each in self.scatter for cell in cells(getattr(each, name))]
        tongue = Language.ENGLISH if language is None else Language(language)
        notes = [note.text(tongue) for note in self.told["evidence"].notes]
        return Table(columns, BY_UNIT.text(tongue), notes, backend=units.backend)

    def to_table(self, what: str = "evidence", language: Language | str | None = None, *, every: bool = False) -> Table:
        """Return the evidence, or agreement under all nulls; columns that hold nothing are left out, notes say why.

        The evidence is: items, units and respondents, people per unit, ICC(1), ICC(2) as `reliability` takes it (at the
        harmonic mean of group sizes), the F test, and the median of rwg with the share of units at .70 or above.

        Parameters
        ----------
        what
            "evidence" or "nulls".
        language
            Adds the names of constructs, and says title and notes in it.
        every
            Also intervals, ICCs at the other group size, means, the slight skew, r*wg, awg and average deviations. The
            nulls are always shown whole.
        """
        told = self.told[chosen("what", what, tuple(self.told))]
        asked = tuple(name for name in told.table.columns if name != "construct")
        if what == "evidence":
            asked = SHOWN if every else FIRST
            told = told if every else evolve(told, notes=(*self.brief, MORE))
        held = [name for name in asked if any(cell is not None for cell in told.table[name])]
        return told.view(("construct", *held), language=language, named="construct")

    def to_frame(self, what: str = "evidence", backend: str | None = None) -> Any:
        """Return all numbers as a frame: one row per construct, or with "nulls" per construct and null."""
        return self.told[chosen("what", what, tuple(self.told))].table.to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all evidence as a JSON-safe dictionary, with the reason of each number that does not exist."""
        tables = {what: told.whole().to_dict() for what, told in self.told.items()}
        for what, made in (("evidence", self.rows), ("nulls", self.nulls)):
            tables[what]["inapplicable"] = [inapplicable(row) for row in made]
        return {"reading": "aggregate", "source": self.source, **tables}
