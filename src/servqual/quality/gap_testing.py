"""`gap_tests`: are the gaps real, how large are they, and do they matter."""

from __future__ import annotations

from collections.abc import Sequence

from servqual.errors import ModelError, Problem
from servqual.instruments import Level
from servqual.labels import Label
from servqual.quality import gap_estimates as gaps
from servqual.quality.bilingual import Row, score_rows
from servqual.quality.door import check_is_source, summary_of
from servqual.quality.families import adjusted_within, adjustment_of
from servqual.quality.gap_estimates import Columns, Sums, estimates
from servqual.quality.gap_notes import Ask, notes_of
from servqual.quality.gap_ranks import no_ranks, ranks
from servqual.quality.gap_results import GapTest, GapTests
from servqual.quality.gap_sides import gap_model, sides_of
from servqual.quality.gap_words import GapVerdict
from servqual.scoring import Difference, ScoringModel, Summary, summarize
from servqual.scoring.protocol import name_of
from servqual.statistics import Adjustment, Inapplicable
from servqual.statistics.reasoned import columns_of
from servqual.survey import Survey
from servqual.tables import Table
from servqual.telling import Told


def gap_tests(
    source: Survey | Summary,
    *,
    against: Level | str | None = None,
    model: ScoringModel | None = None,
    confidence: float = 0.95,
    adjust: Adjustment = Adjustment.HOLM,
    margin: float | tuple[float, float] | None = None,
    items: bool = True,
) -> GapTests:
    """Tests of mean gaps per item, dimension and overall (SERVQUAL, P − E): is there a shortfall, and how large is it.

    A gap is perception minus standard; below zero it is a shortfall. With ``d`` the gaps of ``n`` respondents,
    ``t = d̄ / (s_d / √n)`` on ``n − 1`` degrees of freedom: the paired test, for the same people answered both levels.
    Where different people did (`Survey.unpaired`), it is Welch's test of two samples, by itself. All p are two-sided.

    Parameters
    ----------
    source
        Answers; or a summary made with ``summarize(batch, *gap_models())``, which gives everything but tests by ranks
        and the probability of superiority.
    against
        The level that perceptions are held against; by default the expectation, else the desired, else the adequate
        level, whichever was asked.
    model
        Another model whose scores are tested against zero, in the place of `against`: ``Adequacy()``,
        ``Weighted(Difference())``, ``Disconfirmation()``.
    confidence
        Of all intervals; ``1 − confidence`` is the level of verdicts and of the equivalence test.
    adjust
        Which adjusted p verdicts follow. Items are one family, dimensions and the overall score another; Holm and
        Benjamini-Hochberg are told in any case.
    margin
        The smallest gap that would matter, in scale points, chosen beforehand: adds two one-sided tests (TOST) that a
        gap lies within it. One number for both directions, or a lower and an upper margin.
    items
        Whether single items are tested as well.

    Returns
    -------
    GapTests
        Means of both levels, gaps with intervals, t and rank tests, and effect sizes by name: ``dz`` (in standard
        deviations of differences), ``dav`` (in mean standard deviations of the levels), ``drm`` (corrected for their
        correlation), between different people ``ds`` and Hedges' ``g``; the probability that a perception exceeds its
        standard. What does not exist says why.

    Raises
    ------
    LevelError
        A level that was not asked, or is no standard.
    ModelError
        A model without zero within its bounds; a summary made without it; an unpaired survey with a model that is no
        plain difference of two levels.
    JointAnswersError
        Counts, which do not hold the answers of one person side by side.
    ArgumentError
        A confidence outside 0 and 1, a margin that is not above zero, an unknown adjustment, `against` beside `model`.

    Notes
    -----
    Sampling weights give linearised errors and weighted effect sizes; ranks have no rule for them. Frequencies count as
    repeated rows throughout. With clusters, errors are cluster-robust on ``G − 1`` degrees of freedom, and what needs
    independent respondents (ranks, intervals of effect sizes) is inapplicable.

    References
    ----------
    Student 1908, Biometrika 6(1):1-25; Welch 1947, Biometrika 34(1-2):28-35; Wilcoxon 1945, Biometrics Bulletin
    1(6):80-83; Lakens 2013, Frontiers in Psychology 4:863 (effect sizes); Holm 1979, Scandinavian Journal of Statistics
    6(2):65-70; Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57(1):289-300; Schuirmann 1987,
    Journal of Pharmacokinetics and Biopharmaceutics 15(6):657-680; Cameron & Miller 2015, Journal of Human Resources
    50(2):317-372.

    Examples
    --------
    >>> from servqual import Instrument, Scale
    >>> desk = Instrument.define("desk", {"speed": ["wait"]}, scale=Scale.likert(7))
    >>> survey = Survey.from_arrays(desk, perception=[[5], [4], [6], [5]], expectation=[[6], [6], [6], [7]])
    >>> found = gap_tests(survey)["wait"]
    >>> found.difference, round(found.p, 4), round(found.dz, 3), found.superiority
    (-1.25, 0.0796, -1.306, 0.125)
    """
    check_is_source(source)
    chosen = gap_model(source, against, model)
    ask = Ask(chosen, confidence, adjustment_of(adjust), margin)
    summary = _summary(source, chosen)
    sums = _sums(summary, chosen)
    rows = score_rows(source.instrument)[0 if items else len(source.instrument) :]
    columns = _columns(source, sums, ask, rows)
    made = tuple(_row(place, row, columns, ask) for place, row in enumerate(rows))
    table = Table(columns_of(made, GapTest, {"n", "n_standard"}), backend=source.backend)
    labels = tuple(row.label for row in rows)
    told = Told(table, labels, _title(source, chosen), notes_of(summary, sums, columns, rows, ask))
    return GapTests(made, told, confidence, ask.adjust, margin)


def _summary(source: Survey | Summary, model: ScoringModel) -> Summary:
    sides = sides_of(model)
    if not isinstance(source, Survey):
        return summary_of(source, [model], what="gap_tests", line=_line(model))
    if not source.paired and len(model.reads) > 1 and sides is None:
        rule = "between different people, gaps are plain differences of two levels"
        raise ModelError(Problem(f"model {name_of(model)}", "no such difference", rule, "Difference(), Adequacy(), …"))
    return summarize(source, model, *(sides or ())) if source.paired else summarize(source, model)


def _line(model: ScoringModel) -> str:
    """Return how models are written from which the gap under this one can be told."""
    if not isinstance(model, Difference):
        return repr(model)
    return "*gap_models()" if model == Difference() else f"*gap_models({str(model.against)!r})"


def _sums(summary: Summary, model: ScoringModel) -> Sums:
    parts = summary.total.parts
    gap, sides = parts[summary.models.index(model)], sides_of(model)
    if sides is None:
        return Sums(gap, None, gaps.ONE_LEVEL)
    if any(side not in summary.models for side in sides):
        return Sums(gap, None, gaps.NO_SIDES)
    first, second = (parts[summary.models.index(side)] for side in sides)
    return Sums(gap, (first, second))


def _columns(source: Survey | Summary, sums: Sums, ask: Ask, rows: Sequence[Row]) -> Columns:
    found = estimates(sums, ask.confidence, ask.margin)
    first = len(sums.gap.terms[0].n) - 1 - len(rows)
    columns = {name: column.since(first) for name, column in found.items()}
    if isinstance(source, Survey):
        sides = sides_of(ask.model)
        columns |= ranks(source, ask.model, sides, sums.independent, ask.confidence, items=first == 0)
    else:
        columns |= no_ranks(len(rows))
    ways = dict.fromkeys((Adjustment.HOLM, Adjustment.BH, ask.adjust))
    p = {method: adjusted_within(columns["p"], rows, method) for method in ways}
    columns |= {"p_holm": p[Adjustment.HOLM], "p_bh": p[Adjustment.BH], "p_adjusted": p[ask.adjust]}
    return columns | {"rank_p_adjusted": adjusted_within(columns["rank_p"], rows, ask.adjust)}


def _row(place: int, row: Row, columns: Columns, ask: Ask) -> GapTest:
    numbers = {name: column.at(place) for name, column in columns.items()}
    p, difference = numbers["p_adjusted"], numbers["difference"]
    verdict = GapVerdict.UNTESTED
    if not isinstance(p, Inapplicable):
        verdict = GapVerdict.OPEN if p > ask.level else GapVerdict.BELOW if float(difference) < 0 else GapVerdict.ABOVE
    within = numbers["equivalence_p"]
    equivalent = None if isinstance(within, Inapplicable) else within < ask.level
    return GapTest(about=row.about, key=row.key, **numbers, equivalent=equivalent, verdict=verdict)


def _title(source: Survey | Summary, model: ScoringModel) -> Label:
    label, name = source.instrument.label, name_of(model)
    return Label(f"{label.en}: gap tests, {name}", f"{label.text('zh')}：差距检验，{name}")
