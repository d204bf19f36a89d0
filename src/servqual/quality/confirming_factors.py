"""`confirm_factors`: whether the structure of the instrument holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np
from attrs import frozen

from servqual.instruments import Instrument, Level
from servqual.labels import Label, Language
from servqual.quality.aspects import Aspect, aspect_named
from servqual.quality.item_moments import ItemMoments, joint_moments
from servqual.quality.reasons import UNKNOWN_WORTH, why
from servqual.quality.square_tables import heading, square_table
from servqual.scoring import Summary
from servqual.statistics import ConfirmatoryFactors, Inapplicable, confirmatory_factor_analysis
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import cells


@frozen(eq=False, repr=False)
class Confirmation:
    """A confirmatory factor analysis of an instrument's own structure.

    Attributes
    ----------
    instrument, aspect
        What was asked, and which answers or gaps were analysed.
    n
        The smallest number of respondents behind a pair of items, effective under sampling weights.
    solution
        Loadings, factor correlations and fit; or why there is none.
    """

    instrument: Instrument
    aspect: Aspect
    n: float
    solution: ConfirmatoryFactors | Inapplicable
    backend: str = "pandas"

    def __repr__(self) -> str:
        found = str(self.solution) if isinstance(self.solution, Inapplicable) else repr(self.solution)[1:-1]
        return f"<Confirmation of {self.instrument.name!r}, {self.aspect.key}: {found}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return the fit: χ² with its test, CFI, TLI, RMSEA with 90 % interval, SRMR. Notes say what is improper."""
        names = ("chi_squared", "df", "p_value", "cfi", "tli", "rmsea", "rmsea_low", "rmsea_high", "srmr", "n")
        columns: dict[str, list[Any]] = {name: [] for name in names}
        if isinstance(self.solution, ConfirmatoryFactors):
            fit = attrs.asdict(self.solution.fit)
            columns = {name: cells([fit[name]], whole=name == "df") for name in names}
        return self._table(columns, Label("fit of the instrument's structure", "量表结构的拟合"), language)

    def loadings_table(self, language: Language | str | None = None) -> Table:
        """Return a row for each item: loading and standardised loading with standard errors, residual variance."""
        keys = [dimension.key for dimension in self.instrument.dimensions for _ in dimension.items]
        columns: dict[str, list[Any]] = {"dimension": keys, "item": list(self.instrument.item_keys)}
        if language is not None:
            columns["label"] = [item.label.text(language) for item in self.instrument.items]
        for name, of in _LOADINGS.items():
            found = getattr(self.solution, of, None)
            columns[name] = [None] * len(keys) if found is None else cells(found)
        return self._table(columns, Label("loadings", "因子载荷"), language)

    def correlations_table(self, language: Language | str | None = None) -> Table:
        """Return the correlations of the factors."""
        title = heading(self.instrument, self.aspect, Label("correlations of the factors", "因子相关"), language)
        found = getattr(self.solution, "factor_correlations", None)
        return square_table(self.instrument, found, title, self.notes(language), self.backend)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the loadings as a data frame, one row per item."""
        return self.loadings_table().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return fit, loadings and correlations as a JSON-safe dictionary."""
        tables = {"fit": self.to_table(), "loadings": self.loadings_table(), "correlations": self.correlations_table()}
        head = {"reading": "confirm_factors", "instrument": self.instrument.name, "level": self.aspect.key}
        return {**head, **{name: table.to_dict()["columns"] for name, table in tables.items()}, "notes": self.notes()}

    def notes(self, language: Language | str | None = None) -> list[str]:
        """Return what a reader must know: the estimator, and why the solution is to be mistrusted."""
        return [note.text(language or Language.ENGLISH) for note in self._notes()]

    def _table(self, columns: dict[str, list[Any]], what: Label, language: Language | str | None) -> Table:
        title = heading(self.instrument, self.aspect, what, language)
        return Table(columns, title, self.notes(language), backend=self.backend)

    def _notes(self) -> Iterator[Label]:
        yield Label(
            f"maximum likelihood for normal items, one factor an item; RMSEA with 90 % interval; n {self.n:.6g}",
            f"正态极大似然，每题项一个因子；RMSEA附90%区间；n为{self.n:.6g}",
        )
        if isinstance(self.solution, Inapplicable):
            reason = why(self.solution, self.instrument.item_keys)
            yield Label(f"no solution: {reason.en}", f"无解：{reason.text('zh')}")
        else:
            yield from _improper(self.solution, self.instrument)


_LOADINGS = {
    "loading": "loadings",
    "se": "loading_errors",
    "standardised": "standardised",
    "standardised_se": "standardised_errors",
    "residual": "residuals",
    "residual_se": "residual_errors",
}


def confirm_factors(source: Survey | Summary, level: Level | str = Level.PERCEPTION) -> Confirmation:
    """Confirmatory factor analysis (CFA) of the instrument's own dimensions: every item loads on its own alone.

    By maximum likelihood from the covariances of one pass; see `confirmatory_factor_analysis` for the model. Likert
    items are not normal: with few points and skewed answers χ² is too great and errors are too small.

    Parameters
    ----------
    source
        A survey, or a summary.
    level
        A level that was answered, or "gap" for perceptions minus expectations.

    Returns
    -------
    Confirmation
        Also where there is no solution, or an improper one: its notes say so.

    Raises
    ------
    LevelError
        A level that was not answered.
    JointAnswersError
        A summary of counts, or of levels from different people.

    References
    ----------
    Jöreskog 1969, Psychometrika 34(2):183-202; Hu & Bentler 1999, Structural Equation Modeling 6(1):1-55 (cut-offs).

    Examples
    --------
    >>> from servqual import simulate
    >>> found = confirm_factors(simulate.example())
    >>> found.solution.proper, found.solution.fit.df
    (True, 199)
    """
    joint = joint_moments(source, "confirmatory factors")
    moments = joint.of(aspect_named(level, joint.aspects))
    return confirmation(joint.instrument, moments, joint.backend)


def confirmation(instrument: Instrument, moments: ItemMoments, backend: str) -> Confirmation:
    """Return the confirmatory analysis of some moments."""
    blocks = [list(range(part.start, part.stop)) for part in instrument.slices]
    found: ConfirmatoryFactors | Inapplicable = UNKNOWN_WORTH
    if not np.isnan(moments.effective_n):
        found = confirmatory_factor_analysis(moments.covariance, moments.effective_n, blocks)
    return Confirmation(instrument, moments.aspect, moments.effective_n, found, backend)


def _improper(solution: ConfirmatoryFactors, instrument: Instrument) -> Iterator[Label]:
    items, dimensions = instrument.item_keys, instrument.dimension_keys
    if not solution.converged:
        yield Label(f"not converged after {solution.iterations} steps", f"{solution.iterations}步后未收敛")
    if not solution.identified:
        yield Label("not identified: these data do not tell all parameters apart", "模型不可识别：数据无法区分全部参数")
    if solution.negative_residuals:
        named = ", ".join(items[place] for place in solution.negative_residuals)
        yield Label(f"improper: negative residual variance of {named}", f"不当解：{named}的残差方差为负")
    if solution.excessive_correlations:
        pairs = ", ".join(f"{dimensions[a]}–{dimensions[b]}" for a, b in solution.excessive_correlations)
        yield Label(f"improper: factors that correlate by 1 or more: {pairs}", f"不当解：因子相关不小于1：{pairs}")
    if not solution.factors_definite:
        yield Label("improper: correlations of the factors are not positive definite", "不当解：因子相关矩阵非正定")
