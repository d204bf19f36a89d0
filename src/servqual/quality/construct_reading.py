"""`validity`: whether items of a dimension measure one thing, and another one than those of other dimensions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import field, frozen

from servqual._arrays import Floats, Holder, read_only
from servqual.instruments import Dimension, Instrument, Level
from servqual.labels import Label, Language
from servqual.quality.aspects import Aspect, aspect_named
from servqual.quality.confirming_factors import Confirmation, confirmation
from servqual.quality.item_moments import ItemMoments, joint_moments
from servqual.quality.reasons import reason_label
from servqual.quality.square_tables import heading, square_table
from servqual.scoring import Summary
from servqual.statistics import (
    ConfirmatoryFactors,
    FornellLarcker,
    Inapplicable,
    average_variance_extracted,
    composite_reliability,
    fornell_larcker,
    htmt,
)
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import cells


@frozen(eq=False, repr=False, getstate_setstate=False)
class Validity(Holder):
    """Convergent and discriminant validity of an instrument's dimensions.

    Attributes
    ----------
    instrument, aspect
        What was asked, and which answers or gaps were read.
    average_variances
        AVE of each dimension, from the standardised loadings of `confirmation`.
    composite_reliabilities
        Of each dimension, from the same.
    fornell_larcker
        ``√AVE`` against the correlations of the factors.
    htmt
        Heterotrait–monotrait ratios of the items' correlations, shape (dimensions, dimensions); they need no model. NaN
        for dimensions of one item.
    confirmation
        The confirmatory factor analysis behind the first three.
    """

    instrument: Instrument
    aspect: Aspect
    average_variances: tuple[float | Inapplicable, ...]
    composite_reliabilities: tuple[float | Inapplicable, ...]
    fornell_larcker: FornellLarcker | Inapplicable
    htmt: Floats = field(converter=read_only)
    confirmation: Confirmation
    backend: str = "pandas"

    def __repr__(self) -> str:
        size = f"{len(self.instrument.dimensions)} dimensions"
        return f"<Validity of {self.instrument.name!r}, {self.aspect.key}: {size}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each dimension: AVE, composite reliability, greatest correlation, greatest HTMT."""
        dimensions = self.instrument.dimensions
        columns: dict[str, list[Any]] = {"dimension": [each.key for each in dimensions]}
        if language is not None:
            columns["label"] = [each.label.text(language) for each in dimensions]
        columns["items"] = [len(each) for each in dimensions]
        columns["ave"] = cells([float(each) for each in self.average_variances])
        columns["root_ave"] = cells(np.sqrt([float(each) for each in self.average_variances]))
        columns["composite_reliability"] = cells([float(each) for each in self.composite_reliabilities])
        columns |= _greatest(getattr(self.confirmation.solution, "factor_correlations", None), columns, "correlation")
        margins: Floats | None = getattr(self.fornell_larcker, "margins", None)
        columns["margin"] = [None] * len(dimensions) if margins is None else cells(margins)
        columns |= _greatest(self.htmt, columns, "htmt")
        return self._table(columns, Label("validity", "效度"), language)

    def fornell_larcker_table(self, language: Language | str | None = None) -> Table:
        """Return ``√AVE`` on the diagonal and correlations of the factors elsewhere."""
        found: Floats | None = getattr(self.fornell_larcker, "table", None)
        title = heading(self.instrument, self.aspect, Label("Fornell and Larcker", "Fornell–Larcker准则"), language)
        return square_table(self.instrument, found, title, self.notes(language), self.backend)

    def htmt_table(self, language: Language | str | None = None) -> Table:
        """Return the heterotrait–monotrait ratios."""
        title = heading(self.instrument, self.aspect, Label("HTMT", "异质–单质比率（HTMT）"), language)
        return square_table(self.instrument, self.htmt, title, self.notes(language), self.backend)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the table of dimensions as a data frame."""
        return self.to_table().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return all tables and the confirmatory analysis as a JSON-safe dictionary."""
        tables = {"dimensions": self.to_table(), "htmt": self.htmt_table()}
        tables["fornell_larcker"] = self.fornell_larcker_table()
        head = {"reading": "validity", "instrument": self.instrument.name, "level": self.aspect.key}
        told = {name: table.to_dict()["columns"] for name, table in tables.items()}
        return {**head, **told, "confirmation": self.confirmation.to_dict(), "notes": self.notes()}

    def notes(self, language: Language | str | None = None) -> list[str]:
        """Return conventions, and why something is not there or to be mistrusted."""
        own = [note.text(language or Language.ENGLISH) for note in self._notes()]
        return own + self.confirmation.notes(language)[1:]

    def _table(self, columns: dict[str, list[Any]], what: Label, language: Language | str | None) -> Table:
        title = heading(self.instrument, self.aspect, what, language)
        return Table(columns, title, self.notes(language), backend=self.backend)

    def _notes(self) -> Iterator[Label]:
        n = f"{self.confirmation.n:.6g}"
        yield Label(
            f"AVE, composite reliability and correlations: confirmatory factors, maximum likelihood, n {n}; "
            "margin: √AVE less the greatest correlation; HTMT: absolute correlations of items",
            f"AVE、组合信度与相关：验证性因子分析，极大似然，n为{n}；margin：√AVE减最大相关；HTMT：题项相关的绝对值",
        )
        lacking: dict[str, list[Dimension]] = {}
        for dimension, found in zip(self.instrument.dimensions, self.average_variances, strict=True):
            if isinstance(found, Inapplicable) and isinstance(self.confirmation.solution, ConfirmatoryFactors):
                lacking.setdefault(found.reason, []).append(dimension)
        for reason, dimensions in lacking.items():
            told, keys = reason_label(reason), ", ".join(each.key for each in dimensions)
            named = "、".join(each.label.text("zh") for each in dimensions)
            yield Label(f"no AVE of {keys}: {told.en}", f"{named}无AVE：{told.text('zh')}")


def validity(source: Survey | Summary, level: Level | str = Level.PERCEPTION) -> Validity:
    """Convergent and discriminant validity: AVE, composite reliability, Fornell and Larcker's criterion, HTMT.

    AVE, composite reliability and the correlations of the dimensions come from `confirm_factors`; HTMT from the items'
    correlations alone, so that it is there where the model has no solution. All from the moments of one pass.

    Parameters
    ----------
    source
        A survey, or a summary.
    level
        A level that was answered, or "gap" for perceptions minus expectations.

    Returns
    -------
    Validity
        What does not exist is an `Inapplicable` that says why.

    Raises
    ------
    LevelError
        A level that was not answered.
    JointAnswersError
        A summary of counts, or of levels from different people.

    References
    ----------
    Fornell & Larcker 1981, Journal of Marketing Research 18(1):39-50; Henseler, Ringle & Sarstedt 2015, Journal of the
    Academy of Marketing Science 43(1):115-135.

    Examples
    --------
    >>> from servqual import simulate
    >>> found = validity(simulate.example())
    >>> bool((found.htmt[0, 1:] < 0.85).all()), found.confirmation.solution.proper
    (True, True)
    """
    joint = joint_moments(source, "validity")
    moments = joint.of(aspect_named(level, joint.aspects))
    confirmed = confirmation(joint.instrument, moments, joint.backend)
    solution, parts = confirmed.solution, joint.instrument.slices
    averages: list[float | Inapplicable] = []
    composites: list[float | Inapplicable] = []
    criterion: FornellLarcker | Inapplicable
    if isinstance(solution, Inapplicable):
        averages = composites = [solution] * len(parts)
        criterion = solution
    else:
        averages = [average_variance_extracted(solution.standardised[part]) for part in parts]
        composites = [composite_reliability(solution.standardised[part]) for part in parts]
        criterion = _criterion(averages, solution)
    return Validity(
        joint.instrument, moments.aspect, tuple(averages), tuple(composites), criterion, ratios(moments, parts),
        confirmed, joint.backend,
    )  # fmt: skip


def ratios(moments: ItemMoments, parts: tuple[slice, ...]) -> Floats:
    """Return the heterotrait–monotrait ratios of blocks of items."""
    return htmt(moments.correlation, [list(range(part.start, part.stop)) for part in parts])


def _criterion(averages: list[float | Inapplicable], solution: ConfirmatoryFactors) -> FornellLarcker | Inapplicable:
    if solution.excessive_correlations:
        return Inapplicable("factors correlate by 1 or more")
    return fornell_larcker([float(each) for each in averages], solution.factor_correlations)


def _greatest(values: Floats | None, columns: dict[str, list[Any]], name: str) -> dict[str, list[Any]]:
    """Return for each dimension its greatest absolute value with another one, and with which."""
    keys = columns["dimension"]
    if values is None or len(keys) < 2:
        return {f"greatest_{name}": [None] * len(keys), f"{name}_with": [None] * len(keys)}
    others = np.where(np.eye(len(keys), dtype=np.bool_) | np.isnan(values), -1.0, np.abs(values))
    place = others.argmax(axis=1)
    found = others[np.arange(len(keys)), place]
    partners = [keys[each] if much >= 0 else None for each, much in zip(place, found, strict=True)]
    return {f"greatest_{name}": cells(np.where(found >= 0, found, np.nan)), f"{name}_with": partners}
