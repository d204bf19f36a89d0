"""`summarize`: a survey to a summary, block by block, keeping no respondent's scores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np
from attrs import evolve

from servqual._arrays import AnyArray, Floats, freeze
from servqual.coding import CodeBook
from servqual.errors import ModelError, Problem
from servqual.instruments import Level
from servqual.scoring.answered_level import AnsweredLevel, scored_terms
from servqual.scoring.block_kernel import BLOCK, BlockKernel
from servqual.scoring.counting import tallies_of
from servqual.scoring.drawing import Drawing
from servqual.scoring.engine import Plan, check_is_survey, plan
from servqual.scoring.estimates import Part, Term, term_of
from servqual.scoring.gappy_sums import sums_of_codes
from servqual.scoring.group_sums import GroupSums
from servqual.scoring.grouping import combined
from servqual.scoring.origins import joined_products, origin_near
from servqual.scoring.protocol import ScoringModel, coefficients_of, has_weights, name_of
from servqual.scoring.replicating import replicated
from servqual.scoring.rules import Rules, finish
from servqual.scoring.scores import middle
from servqual.scoring.summaries import Summary
from servqual.scoring.whole_sums import serves
from servqual.statistics.clusters import ClusterSums
from servqual.statistics.crossproducts import CrossProducts
from servqual.statistics.moments import Moments
from servqual.statistics.tallies import Tallies
from servqual.statistics.weights import WeightKind
from servqual.survey import Survey

# Sums per cluster are merged by label after every block: fewer, longer blocks.
CLUSTERED_BLOCK = 65_536
PRODUCTS_BLOCK = 131_072
# From so many respondents on, sums in bytes are quicker than those in floats.
BYTEWISE = 2000


def summarize(
    survey: Survey,
    *models: ScoringModel,
    by: str | Sequence[str] | None = None,
    min_answered: float = 0.5,
    products: bool = True,
    replicates: int = 0,
    seed: int = 0,
) -> Summary:
    """Return the mergeable summary of a survey: counts per scale point, cross-products, and moments of scores.

    Parameters
    ----------
    survey, models
        The answers, and how they are scored; without a model, the answers' part alone.
    by
        Grouping columns: sums are kept per group, and tables can be told apart by them.
    min_answered
        As in `score`.
    products
        Whether cross-products of all items are kept, which reliability, validity and factors need; they take longer
        than all the rest.
    replicates
        How many bootstrap replicates of dimension and overall scores are kept beside the moments, for
        ``table(interval="bootstrap")``; 0 for none. In each, a respondent counts as often as a Poisson number of mean 1
        says, which is a function of seed, replicate and the key that the survey was read with: parts of a survey make
        up the replicates of the whole, whatever the batches and their order. Rows of one key count alike; in a survey
        with clusters whole clusters do, by their labels.
    seed
        What the Poisson numbers are drawn from, 0 or more.

    Raises
    ------
    LevelError, ModelError, GroupError
        As `score` does. On an unpaired survey, linear models of the answers are summarised level by level; others, and
        weighted ones, are refused.
    ArgumentError
        One replicate, or a negative number of them; replicates of a survey without a key, or with frequencies for
        weights, or without a model.

    References
    ----------
    Chamandy, Muralidharan, Najmi & Naidu 2012, Estimating Uncertainty for Massive Data Streams, Google (counts that
    belong to the respondent); Hanley & MacGibbon 2006, Computer Methods and Programs in Biomedicine 83(1):57-62.
    """
    check_is_survey(survey, *models)
    names = (by,) if isinstance(by, str) else tuple(by or ())
    rules, drawing = Rules(min_answered, overall_items=True), Drawing(replicates, seed)
    for model in models:
        _check(survey, model, rules)
    drawing.check(survey, models)
    bare = evolve(survey, groups={})
    groups = {
        labels: _group_sums(bare if rows is None else bare.select(rows), models, rules, drawing, products=products)
        for labels, rows in combined(survey.groups, names, len(survey))
    }
    kind = None if survey.weights is None else survey.weight_kind
    return Summary(survey.instrument, survey.levels, models, rules, names, groups, kind, survey.backend, drawing)


def _check(survey: Survey, model: ScoringModel, rules: Rules) -> None:
    if survey.paired:
        plan(survey, model, rules, np.float64)
        return
    coefficients = coefficients_of(model)
    if coefficients is None or has_weights(model):
        rule = "levels from different people are compared by their means, which only unweighted linear models allow"
        raise ModelError(Problem(f"model {name_of(model)}", "not such a model", rule, "Difference(), Adequacy(), …"))
    for level, _ in scored_terms(survey, model):
        plan(survey, level, rules, np.float64)


def _group_sums(
    survey: Survey, models: Sequence[ScoringModel], rules: Rules, drawing: Drawing, *, products: bool
) -> GroupSums:
    sums = _sums_of(survey, models, rules, products=products)
    return evolve(sums, replicates=replicated(survey, models, rules, drawing)) if drawing.replicates else sums


def _sums_of(survey: Survey, models: Sequence[ScoringModel], rules: Rules, *, products: bool) -> GroupSums:
    alike = survey.paired and survey.weights is None and survey.cluster is None
    if alike and len(survey) >= BYTEWISE and serves(survey.instrument, models):
        return sums_of_codes(survey.answers, survey.instrument, models, rules, products=products)
    kind = None if survey.weights is None else survey.weight_kind
    counted = {level: _counted(survey, level, kind) for level in survey.answers}
    tallies = {level: tally for level, tally in counted.items() if tally is not None}
    joint = _products(survey) if survey.paired and products else None
    return GroupSums(len(survey), tallies, joint, tuple(_part(survey, model, rules) for model in models))


def _counted(survey: Survey, level: Level, kind: WeightKind | None) -> Tallies | None:
    """Count the answers of those who were asked and have a weight: nobody else can have left one out."""
    asked = survey.asked(level)
    if survey.weights is not None:
        asked = asked & (survey.weights > 0)
    if asked.all():
        return tallies_of(survey.level(level), survey.weights, kind)
    rows = np.flatnonzero(asked)
    return tallies_of(survey.level(level).take(rows), None if survey.weights is None else survey.weights[rows], kind)


def _products(survey: Survey) -> CrossProducts:
    kind = None if survey.weights is None else survey.weight_kind
    levels = list(survey.answers.values())
    book = levels[0].book
    parts: list[CrossProducts] = []
    for start in range(0, len(survey), PRODUCTS_BLOCK):
        codes = np.concatenate([given.codes[:, start : start + PRODUCTS_BLOCK] for given in levels])
        weights = None if survey.weights is None else survey.weights[start : start + PRODUCTS_BLOCK]
        parts.append(CrossProducts.of(codes, weights, kind, _beginning(book, codes, weights)))
    products = reduce(joined_products, parts)
    return evolve(products, origin=freeze(products.origin + book.offset)) if book.is_integer else products


def _beginning(book: CodeBook, codes: AnyArray, weights: Floats | None) -> Floats:
    """Return where cross-products begin: in the midst of whole numbers, which stay exact, or near real ones."""
    middle = book.scale.midpoint - book.offset
    return np.full(len(codes), middle) if book.is_integer else origin_near(codes.T, weights, middle)


def _part(survey: Survey, model: ScoringModel, rules: Rules) -> Part:
    if survey.paired:
        return Part((_term(survey, model, rules, middle(model, survey.instrument)),))
    origin = survey.instrument.scale.midpoint
    terms = []
    for level, coefficient in (coefficients_of(model) or {}).items():
        asked = survey.asked(level)
        answered = AnsweredLevel(level)
        term = _term(survey.select(asked), answered, rules, origin) if asked.any() else _nobody(survey, rules, origin)
        terms.append(evolve(term, coefficient=coefficient))
    return Part(tuple(terms))


def _nobody(survey: Survey, rules: Rules, origin: float) -> Term:
    """Return the sums of a group in which nobody was asked at a level."""
    kind = None if survey.weights is None else survey.weight_kind
    scores = len(survey.instrument) + len(rules.columns(survey.instrument))
    clusters = None if survey.cluster is None else ClusterSums.zero(scores, origin, kind)
    return Term(1, Moments.zero(scores, origin, kind), clusters, 0)


def _term(survey: Survey, model: ScoringModel, rules: Rules, origin: float) -> Term:
    planned = plan(survey, model, rules, np.float64)
    terms: list[Term] = []
    for start, values in _scored_blocks(planned):
        part = slice(start, start + len(values))
        weights = None if survey.weights is None else survey.weights[part]
        cluster = None
        if survey.cluster is not None:
            cluster = survey.cluster.take(np.arange(start, start + len(values)))
        terms.append(term_of(values, weights, survey.weight_kind, cluster, origin, before=terms[-1] if terms else None))
    return sum(terms[1:], terms[0])


def _scored_blocks(planned: Plan) -> Iterator[tuple[int, Floats]]:
    """Yield blocks of item, dimension and overall scores (rows, items + dimensions + 2); each overwrites the last."""
    kernel = BlockKernel(planned.model)
    items, dimensions = len(planned.survey.instrument), len(planned.slices)
    size = BLOCK if planned.survey.cluster is None else CLUSTERED_BLOCK
    room = np.empty((items + dimensions + 2, size))
    for start in range(0, len(planned.survey), size):
        stop = min(start + size, len(planned.survey))
        values = room[:, : stop - start]
        answers = planned.block(start, stop)
        values[:items] = kernel.item_scores(answers)
        with np.errstate(invalid="ignore", divide="ignore"):
            sums = kernel.sums(answers, values[:items], values[items : items + dimensions])
            finish(sums, values[items:], planned.needed, planned.weights(answers))
        yield start, values.T
