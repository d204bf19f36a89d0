"""`kano`: what delights, what is taken for granted, and what nobody cares about."""

from __future__ import annotations

import numpy as np

from servqual.errors import ArgumentError, KanoError, Problem
from servqual.errors.problems import unknown_word
from servqual.satisfaction.delight.asked_pairs import KanoAsk
from servqual.satisfaction.delight.coding import check_kano
from servqual.satisfaction.delight.coefficients import coefficients, resampled
from servqual.satisfaction.delight.differences import differences
from servqual.satisfaction.delight.making import feature_rows, share_rows, told_of
from servqual.satisfaction.delight.notes import feature_notes
from servqual.satisfaction.delight.positions import positions, stated
from servqual.satisfaction.delight.results import KanoReading
from servqual.satisfaction.delight.rules import KanoRules
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.sums import PAIRS, segments_of, sums_of
from servqual.satisfaction.delight.tables import EvaluationTable
from servqual.satisfaction.delight.words import CATEGORIES
from servqual.satisfaction.drawing import Rng, draws_asked
from servqual.satisfaction.gathering import Problems
from servqual.statistics import Adjustment
from servqual.statistics._arguments import check_confidence


def kano(
    study: KanoStudy,
    *,
    table: EvaluationTable | None = None,
    by: str | None = None,
    rules: KanoRules | None = None,
    confidence: float = 0.95,
    adjust: Adjustment | str = Adjustment.HOLM,
    draws: int | None = None,
    rng: Rng = None,
) -> KanoReading:
    """Kano analysis (attractive quality, 魅力质量): what features are to people, by pairs of answers.

    Each pair of answers is put into a category by the evaluation table. Of each feature are told: counts and shares;
    the category by mode and by the rule of A + O + M, and whether it leads at all; better
    ``(A + O) / (A + O + M + I)``, how much its presence satisfies, and worse ``−(O + M) / (A + O + M + I)``, how much
    its absence dissatisfies; Fong's test; category and total strength; mean continuous positions; stated importance.

    Parameters
    ----------
    study
        Answers, or published counts.
    table
        The standard evaluation table unless another is given; counts of categories need none.
    by
        A column of the study: every segment is read as well, and features are tested for differences between them.
    rules
        Cuts: see `KanoRules`.
    confidence
        Of all intervals; ``1 − confidence`` is the level of differences between segments.
    adjust
        How p of differences is adjusted over the features.
    draws, rng
        Bootstrap resamples (1000 unless said), and a seed or a generator; nothing is drawn without a seed.

    Returns
    -------
    KanoReading
        Of everybody, and of each segment; what does not exist says why.

    Raises
    ------
    KanoError
        What is no study; an evaluation table for counts of categories; an unknown column, segments of one respondent or
        only one segment.
    ArgumentError
        A confidence outside 0 and 1, an unknown adjustment, resamples without a seed.

    Notes
    -----
    A pair counts where both answers are there. Frequencies count as repeated rows. Sampling weights weigh shares and
    linearise errors; score intervals and tests are then on Kish's effective number of respondents. Intervals and tests
    are of one feature at a time and say nothing of how answers to two features go together.

    References
    ----------
    Kano, Seraku, Takahashi & Tsuji 1984, Journal of the Japanese Society for Quality Control 14(2):39-48; Berger et al.
    1993, Center for Quality of Management Journal 2(4):3-36 (better and worse by Timko, continuous positions by
    DuMouchel, A + O + M); Sauerwein, Bailom, Matzler & Hinterhuber 1996, IX International Working Seminar on Production
    Economics, Innsbruck, 313-327 (M > O > A > I); Fong 1996, Center for Quality of Management Journal 5(3):21-23; Lee &
    Newcomb 1997, Quality Management Journal 4(3):95-106; Wilson 1927, Journal of the American Statistical Association
    22(158):209-212; Pearson 1900, Philosophical Magazine 50(302):157-175.

    Examples
    --------
    >>> study = KanoStudy.from_counts({"edge grip": {"A": 7, "O": 33, "M": 50, "I": 10}})
    >>> grip = kano(study)["edge grip"]
    >>> grip
    <KanoFeature edge grip: must-be; better 0.40, worse -0.83>
    >>> round(grip.category_strength, 2), round(grip.fong_bound, 4), grip.clear
    (0.17, 11.4974, True)
    """
    ask = _asked(study, table=table, by=by, rules=rules, confidence=confidence, adjust=adjust, draws=draws, rng=rng)
    problems: Problems = []
    segments, unnamed = segments_of(study, by, problems)
    check_kano(problems)
    cells = sums_of(study, segments)
    codes = None if ask.table is None else ask.table.codes()
    sums = cells if codes is None else cells.by_category(codes, len(CATEGORIES))
    columns = {
        **coefficients(sums, confidence),
        **resampled(study, sums, codes, ask),
        **positions(cells, confidence),
        **stated(study, sums, confidence),
    }
    rows, shares = feature_rows(study, sums, columns, ask), share_rows(study, sums, confidence)
    tests = () if by is None else differences(study.features, sums, ask)
    topics = feature_notes(ask, sums.kind, rows)
    told = told_of(study, (rows, shares, tests), ask, topics, unnamed)
    many = len(study.instrument)
    labels = {item.key: item.label for item in study.instrument.items}
    return KanoReading(rows[:many], rows[many:], shares, tests, told, ask, labels, topics)


def _asked(
    study: object,
    *,
    table: EvaluationTable | None,
    by: str | None,
    rules: KanoRules | None,
    confidence: float,
    adjust: Adjustment | str,
    draws: int | None,
    rng: Rng,
) -> KanoAsk:
    """Return what was asked, checked as far as no answer is needed for that."""
    if not isinstance(study, KanoStudy):
        remedy = "KanoStudy.from_frame, from_arrays, from_surveys or from_counts make one"
        raise KanoError(Problem("study", f"a {type(study).__name__}", "it is a KanoStudy", remedy))
    problems = [*_table_problems(study, table), *_unlike(rules, KanoRules, "rules")]
    if by is not None and not isinstance(by, str):
        problems.append(Problem("by", repr(by)[:40], "segments are those of one column", "name one of them"))
    if problems:
        raise KanoError(*problems)
    check_confidence(confidence)
    many = draws_asked(draws, rng)
    seed = int(np.random.default_rng(rng).integers(2**63)) if many else None
    chosen = None if _only_categories(study) else table or EvaluationTable.standard()
    return KanoAsk(chosen, by, rules or KanoRules(), confidence, _adjustment(adjust), many, seed)


def _only_categories(study: KanoStudy) -> bool:
    return study.counts is not None and study.counts.shape[1] != PAIRS


def _table_problems(study: KanoStudy, table: object) -> list[Problem]:
    if table is not None and _only_categories(study):
        rule = "a table puts pairs of answers into categories, and only categories were counted"
        return [Problem("table", "given beside counts of categories", rule, "leave it out")]
    return _unlike(table, EvaluationTable, "table")


def _unlike(given: object, kind: type, place: str) -> list[Problem]:
    if given is None or isinstance(given, kind):
        return []
    remedy = "EvaluationTable.standard(), .pouliot() or EvaluationTable([…])" if place == "table" else "KanoRules(…)"
    return [Problem(place, f"a {type(given).__name__}", f"it is of {kind.__name__}", remedy)]


def _adjustment(adjust: Adjustment | str) -> Adjustment:
    if adjust not in set(Adjustment):
        raise ArgumentError(unknown_word("adjust", adjust, Adjustment))
    return Adjustment(adjust)
