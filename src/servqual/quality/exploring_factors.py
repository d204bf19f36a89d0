"""`explore_factors`: which factors the answers themselves show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import frozen

from servqual._arrays import Floats
from servqual.instruments import Instrument, Level
from servqual.labels import Label, Language
from servqual.quality.aspects import Aspect, aspect_named
from servqual.quality.item_moments import ItemMoments, joint_moments
from servqual.quality.reasons import UNKNOWN_WORTH, why
from servqual.quality.square_tables import heading
from servqual.scoring import Summary
from servqual.statistics import (
    ArgumentError,
    ChiSquared,
    ExploratoryFactors,
    Extraction,
    Inapplicable,
    ParallelAnalysis,
    Rotation,
    SamplingAdequacy,
    bartlett_sphericity,
    factor_analysis,
    kmo,
    parallel_analysis,
)
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import cells


@frozen(eq=False, repr=False)
class Exploration:
    """An exploratory factor analysis of the items, with what speaks for looking for factors and for their number.

    Attributes
    ----------
    instrument, aspect
        What was asked, and which answers or gaps were analysed.
    n
        The smallest number of respondents behind a pair of items, effective under sampling weights.
    adequacy, sphericity
        Kaiser's measure of sampling adequacy (KMO), and Bartlett's test that nothing correlates.
    parallel
        Eigenvalues beside those of random answers.
    solution
        Loadings and fit; or why there is none.
    """

    instrument: Instrument
    aspect: Aspect
    n: float
    adequacy: SamplingAdequacy | Inapplicable
    sphericity: ChiSquared | Inapplicable
    parallel: ParallelAnalysis | Inapplicable
    solution: ExploratoryFactors | Inapplicable
    backend: str = "pandas"

    def __repr__(self) -> str:
        found = str(self.solution) if isinstance(self.solution, Inapplicable) else repr(self.solution)[1:-1]
        return f"<Exploration of {self.instrument.name!r}, {self.aspect.key}: {found}>"

    def to_table(self, language: Language | str | None = None) -> Table:
        """Return pattern loadings, a row for each item and a column for each factor, with communalities and KMO."""
        keys = [dimension.key for dimension in self.instrument.dimensions for _ in dimension.items]
        columns: dict[str, list[Any]] = {"dimension": keys, "item": list(self.instrument.item_keys)}
        if language is not None:
            columns["label"] = [item.label.text(language) for item in self.instrument.items]
        if isinstance(self.solution, ExploratoryFactors):
            columns |= {f"factor_{place}": cells(each) for place, each in enumerate(self.solution.loadings.T, start=1)}
            columns["communality"] = cells(self.solution.communalities)
        adequacy: Floats | None = getattr(self.adequacy, "items", None)
        columns["adequacy"] = [None] * len(keys) if adequacy is None else cells(adequacy)
        return self._table(columns, Label("loadings of exploratory factors", "探索性因子载荷"), language)

    def eigenvalues_table(self, language: Language | str | None = None) -> Table:
        """Return the eigenvalues of the correlations beside those of random answers: mean and threshold."""
        columns: dict[str, list[Any]] = {"factor": [], "eigenvalue": [], "random": [], "threshold": [], "exceeds": []}
        if isinstance(self.parallel, ParallelAnalysis):
            of = self.parallel
            told = {"eigenvalue": of.eigenvalues, "random": of.random_mean, "threshold": of.thresholds}
            columns = {"factor": list(range(1, of.eigenvalues.size + 1))} | {name: cells(told[name]) for name in told}
            columns["exceeds"] = (of.eigenvalues > of.thresholds).tolist()
        return self._table(columns, Label("eigenvalues and parallel analysis", "特征值与平行分析"), language)

    def to_frame(self, backend: str | None = None) -> Any:
        """Return the loadings as a data frame, one row per item."""
        return self.to_table().to_frame(backend)

    def to_dict(self) -> dict[str, Any]:
        """Return loadings, factor correlations and eigenvalues as a JSON-safe dictionary."""
        among: Floats | None = getattr(self.solution, "factor_correlations", None)
        return {
            "reading": "explore_factors",
            "instrument": self.instrument.name,
            "level": self.aspect.key,
            "loadings": self.to_table().to_dict()["columns"],
            "correlations": None if among is None else among.tolist(),
            "eigenvalues": self.eigenvalues_table().to_dict()["columns"],
            "notes": self.notes(),
        }

    def notes(self, language: Language | str | None = None) -> list[str]:
        """Return what speaks for and against the solution."""
        return [note.text(language or Language.ENGLISH) for note in self._notes()]

    def _table(self, columns: dict[str, list[Any]], what: Label, language: Language | str | None) -> Table:
        title = heading(self.instrument, self.aspect, what, language)
        return Table(columns, title, self.notes(language), backend=self.backend)

    def _notes(self) -> Iterator[Label]:
        items = self.instrument.item_keys
        if isinstance(self.adequacy, SamplingAdequacy):
            yield Label(
                f"KMO {self.adequacy.overall:.3f}; n {self.n:.6g}", f"KMO {self.adequacy.overall:.3f}；n为{self.n:.6g}"
            )
        if isinstance(self.sphericity, ChiSquared):
            told = f"χ²({self.sphericity.df}) = {self.sphericity.statistic:.1f}, p = {self.sphericity.p_value:.3g}"
            yield Label(f"Bartlett's test of sphericity: {told}", f"Bartlett球形检验：{told}")
        if isinstance(self.parallel, ParallelAnalysis):
            found, draws = self.parallel.factors, self.parallel.draws
            yield Label(
                f"parallel analysis: {found} factors ({self.parallel.quantile:.0%} quantile of {draws} random samples)",
                f"平行分析：{found}个因子（{draws}个随机样本的{self.parallel.quantile:.0%}分位数）",
            )
        if isinstance(self.solution, Inapplicable):
            reason = why(self.solution, items)
            yield Label(f"no solution: {reason.en}", f"无解：{reason.text('zh')}")
        else:
            yield from _of_solution(self.solution, items)


def explore_factors(
    source: Survey | Summary,
    factors: int | None = None,
    level: Level | str = Level.PERCEPTION,
    *,
    method: Extraction = Extraction.ML,
    rotation: Rotation = Rotation.OBLIMIN,
    draws: int = 500,
    quantile: float = 0.95,
    rng: int | np.random.Generator = 0,
) -> Exploration:
    """Exploratory factor analysis (EFA) of all items at one level, with KMO, Bartlett's test and parallel analysis.

    From the correlations of one pass, each of the respondents who answered both items. Dimensions of service quality
    correlate; the default rotation lets them.

    Parameters
    ----------
    source
        A survey, or a summary.
    factors
        How many; by default as many as parallel analysis finds.
    level
        A level that was answered, or "gap" for perceptions minus expectations.
    method, rotation
        See `Extraction` and `Rotation`.
    draws, quantile, rng
        Of parallel analysis: random samples, the quantile that eigenvalues must exceed, and seed or generator.

    Returns
    -------
    Exploration
        Also where there is no solution, or an improper one: its notes say so.

    Raises
    ------
    LevelError
        A level that was not answered.
    ArgumentError
        More factors than the items can determine, or arguments that `parallel_analysis` refuses.
    JointAnswersError
        A summary of counts, or of levels from different people.

    References
    ----------
    Fabrigar, Wegener, MacCallum & Strahan 1999, Psychological Methods 4(3):272-299; Horn 1965, Psychometrika
    30(2):179-185.

    Examples
    --------
    >>> from servqual import simulate
    >>> from servqual.catalogue import servqual
    >>> explore_factors(simulate.survey(servqual(), 500, correlation=0.3, rng=1)).parallel.factors
    5
    """
    joint = joint_moments(source, "exploratory factors")
    moments = joint.of(aspect_named(level, joint.aspects))
    table, n = moments.correlation, moments.effective_n
    known = not np.isnan(n)
    parallel: ParallelAnalysis | Inapplicable = UNKNOWN_WORTH
    if known:
        parallel = parallel_analysis(table, n, rng=rng, draws=draws, quantile=quantile)
    return Exploration(
        instrument=joint.instrument,
        aspect=moments.aspect,
        n=n,
        adequacy=kmo(table),
        sphericity=bartlett_sphericity(table, n) if known else UNKNOWN_WORTH,
        parallel=parallel,
        solution=_solved(moments, parallel if factors is None else factors, method, rotation),
        backend=joint.backend,
    )


def _solved(
    moments: ItemMoments, factors: int | ParallelAnalysis | Inapplicable, method: Extraction, rotation: Rotation
) -> ExploratoryFactors | Inapplicable:
    if isinstance(factors, Inapplicable):
        return factors
    n = None if np.isnan(moments.effective_n) else moments.effective_n
    if isinstance(factors, int):
        return factor_analysis(moments.correlation, factors, n, method, rotation)
    if factors.factors == 0:
        return Inapplicable("parallel analysis finds no factor")
    try:
        return factor_analysis(moments.correlation, factors.factors, n, method, rotation)
    except ArgumentError as error:
        return Inapplicable(f"parallel analysis finds {factors.factors} factors, which is too many ({error})")


def _of_solution(solution: ExploratoryFactors, items: tuple[str, ...]) -> Iterator[Label]:
    yield Label(
        f"{solution.method}, rotation {solution.rotation}", f"提取：{solution.method}；旋转：{solution.rotation}"
    )
    fit = solution.fit
    if not np.isnan(fit.statistic):
        told = f"χ²({fit.df}) = {fit.statistic:.1f}, p = {fit.p_value:.3g}, RMS {fit.residual_rms:.3f}"
        yield Label(f"so many factors suffice: {told}", f"因子数足够的检验：{told}")
    if not solution.converged:
        yield Label(
            f"extraction not converged after {solution.iterations} steps", f"提取在{solution.iterations}步后未收敛"
        )
    if not solution.rotation_converged:
        yield Label("rotation not converged", "旋转未收敛")
    if solution.improper:
        named = ", ".join(items[place] for place in solution.improper)
        yield Label(f"improper: uniqueness at its least for {named}", f"不当解：{named}的独特性触及下限")
