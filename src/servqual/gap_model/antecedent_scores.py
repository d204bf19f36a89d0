"""`Antecedents`: how much of each cause there is in every unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from servqual._arrays import Floats, Holder, floats
from servqual.errors import GapModelError, Problem, did_you_mean
from servqual.gap_model.antecedent_intake import causes_named, left_out, read_frame
from servqual.gap_model.cause_words import Cause
from servqual.labels import Label, Language
from servqual.scoring import PerformanceOnly, score
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import cells

_TITLE = Label("Causes of gaps by unit", "各单位的差距成因得分")
_NOWHERE = Label("people without a unit are left out", "未归属任何单位的人未计入")


def _texts(given: Iterable[object]) -> tuple[str, ...]:
    return tuple(map(str, given))


def _causes(given: Iterable[Cause]) -> tuple[Cause, ...]:
    return tuple(given)


def _labels(given: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(given)


@frozen(eq=False, getstate_setstate=False, repr=False)
class Antecedents(Holder):
    """Scores of causes of gaps, one row per unit and one column per cause.

    It is made by `from_survey`, `from_frame` or `from_arrays`, and joined by `join`.

    Attributes
    ----------
    units
        The labels of the units, as text.
    causes
        What the columns are: known causes, or some of one's own.
    values
        Shape (units, causes), on the scale that each cause was measured on; NaN is missing.
    unit
        What units are called in the data.
    notes
        What a reader must know: columns that were left out.

    Raises
    ------
    GapModelError
        Shapes that do not fit, units or causes named twice, infinite scores.

    Examples
    --------
    >>> found = Antecedents.from_arrays(["north", "south"], {"role_conflict": [2.5, 5.0], "teamwork": [6.0, 5.5]})
    >>> found.column("role_conflict").tolist()
    [2.5, 5.0]
    """

    units: tuple[str, ...] = field(converter=_texts)
    causes: tuple[Cause, ...] = field(converter=_causes)
    values: Floats = field(converter=floats)
    unit: str = "unit"
    notes: tuple[Label, ...] = field(default=(), converter=_labels)

    def __attrs_post_init__(self) -> None:
        shape = (len(self.units), len(self.causes))
        problems = []
        if self.values.shape != shape or 0 in shape:
            rule = f"there is a score for each of {shape[0]} units and {shape[1]} causes, and one of each at least"
            problems.append(Problem("values", f"shape {self.values.shape}", rule))
        for what, names in (("unit", self.units), ("cause", self.keys)):
            twice = [each for each, times in Counter(names).items() if times > 1]
            rule = f"every {what} stands once"
            problems += [Problem(f"{what}s", f"{each!r} twice", rule, "take their mean first") for each in twice]
        if np.isinf(self.values).any():
            problems.append(Problem("values", "infinite scores", "scores are finite, or NaN where missing"))
        if problems:
            raise GapModelError(*problems)

    @classmethod
    def from_survey(cls, survey: Survey, by: str, *, causes: Sequence[Cause] = ()) -> Self:
        """Return the mean score of each unit's people on each cause; the dimensions of the instrument are the causes.

        Parameters
        ----------
        survey
            Answers to `servqual.catalogue.manager_antecedents`, `employee_antecedents`, or to an instrument whose
            dimensions are causes. Its weights count.
        by
            The grouping column that names units.
        causes
            What dimensions are that the catalogue does not know.

        Raises
        ------
        GapModelError
            Something else than a survey, or a dimension that is no cause.
        GroupError
            A column that was not read as a grouping.
        """
        if not isinstance(survey, Survey):
            rule, remedy = "it is a Survey", "for a frame of scores by unit use Antecedents.from_frame"
            raise GapModelError(Problem("survey", f"a {type(survey).__name__}", rule, remedy))
        keys = survey.instrument.dimension_keys
        known = causes_named(keys, causes)
        table = score(survey, PerformanceOnly()).table(by=by)
        labels = next(iter(table.columns.values()))
        held = {(unit, str(name)): mean for unit, name, mean in zip(labels, table["score"], table["mean"], strict=True)}
        units = [unit for unit in dict.fromkeys(labels) if unit is not None]
        values = np.array([[held[unit, key] for key in keys] for unit in units], dtype=np.float64)
        lost = [] if len(units) == len(set(labels)) else [_NOWHERE]
        return cls(units, known, values.reshape(len(units), len(keys)), by, lost)

    @classmethod
    def from_frame(
        cls, frame: Any, *, unit: str, columns: Sequence[str] | None = None, causes: Sequence[Cause] = ()
    ) -> Self:
        """Return the scores of a data frame of pandas, polars or pyarrow that has one row per unit.

        Parameters
        ----------
        frame
            The data.
        unit
            The column that names the units.
        columns
            The columns that are causes; by default all that bear the name of one. What is left out is noted.
        causes
            Causes of one's own, by the names of their columns.

        Raises
        ------
        GapModelError
            No such column, none that is a cause, a column without numbers, rows without a unit, a unit in two rows.
        """
        units, held, left = read_frame(frame, unit, columns, causes)
        return cls._of(units, held, unit, causes, left_out(left))

    @classmethod
    def from_arrays(
        cls,
        units: Iterable[object],
        columns: Mapping[str, npt.ArrayLike],
        *,
        unit: str = "unit",
        causes: Sequence[Cause] = (),
    ) -> Self:
        """Return the scores of arrays or lists with one value per unit; cause → values, shape (units,).

        Raises
        ------
        GapModelError
            Names that are no causes, arrays of another length.
        """
        return cls._of(list(units), columns, unit, causes, ())

    @classmethod
    def _of(
        cls,
        units: Sequence[object],
        columns: Mapping[str, Any],
        unit: str,
        causes: Sequence[Cause],
        notes: tuple[Label, ...],
    ) -> Self:
        known = causes_named(columns, causes)
        arrays = {name: np.asarray(given, dtype=np.float64) for name, given in columns.items()}
        wrong = [
            Problem(f"column {name}", f"shape {each.shape}", f"there is one score for each of {len(units)} units")
            for name, each in arrays.items()
            if each.shape != (len(units),)
        ]
        if wrong:
            raise GapModelError(*wrong)
        return cls(units, known, np.stack(list(arrays.values()), axis=1), unit, notes)

    def join(self, *others: Antecedents) -> Antecedents:
        """Return all scores as one, joined by the names of the units; what a unit was not asked is missing there.

        Raises
        ------
        GapModelError
            The same cause in two of them, or no unit in common.
        """
        every = (self, *others)
        units = list(dict.fromkeys(unit for each in every for unit in each.units))
        apart = [each for each in others if not set(each.units) & set(self.units)]
        if apart:
            found = f"{self.units[0]!r}, … and {apart[0].units[0]!r}, …"
            raise GapModelError(Problem("units", found, "scores that are joined share units"))
        blocks = []
        for each in every:
            block = np.full((len(units), len(each.causes)), np.nan)
            block[[units.index(unit) for unit in each.units]] = each.values
            blocks.append(block)
        causes = [cause for each in every for cause in each.causes]
        notes = dict.fromkeys(note for each in every for note in each.notes)
        return Antecedents(units, causes, np.concatenate(blocks, axis=1), self.unit, notes)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the causes, in order."""
        return tuple(each.key for each in self.causes)

    def __len__(self) -> int:
        return len(self.units)

    def __repr__(self) -> str:
        return f"<Antecedents: {len(self)} units × {len(self.causes)} causes>"

    def column(self, cause: str) -> Floats:
        """Return the scores of one cause, shape (units,).

        Raises
        ------
        GapModelError
            A cause that was not measured.
        """
        if cause not in self.keys:
            raise GapModelError(
                Problem("cause", f"no {cause!r}", "it was not measured", did_you_mean(cause, self.keys))
            )
        return self.values[:, self.keys.index(cause)]

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return one row per unit and one column per cause."""
        tongue = language or Language.ENGLISH
        columns = dict(zip(self.keys, map(cells, self.values.T), strict=True))
        notes = [note.text(tongue) for note in self.notes]
        return Table({self.unit: self.units, **columns}, _TITLE.text(tongue), notes)

    def _repr_html_(self) -> str:
        return self.to_table()._repr_html_()

    def to_frame(self, backend: str | None = None) -> Any:
        """Return one row per unit, a column per cause."""
        return self.to_table().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return the scores as a JSON-safe dictionary."""
        return {"reading": "antecedents", "unit": self.unit, **self.to_table().to_dict()}
