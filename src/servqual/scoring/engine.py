"""Plans, and the blocks that fill them with scores in memory that does not grow with the respondents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
from attrs import frozen

from servqual._arrays import Floats
from servqual.answers import Answers
from servqual.errors import LevelError, ModelError, Problem
from servqual.ratings import Over
from servqual.scoring.block_kernel import BlockKernel
from servqual.scoring.integer_kernel import Addend, IntegerKernel
from servqual.scoring.protocol import (
    ScoringModel,
    check_is_model,
    coefficients_of,
    has_weights,
    name_of,
    reads_importance,
)
from servqual.scoring.rules import Rules, finish
from servqual.scoring.weighing import dimension_weights
from servqual.scoring.weighted import Weighted
from servqual.statistics import ArgumentError
from servqual.survey import Survey


@frozen(eq=False)
class Plan:
    """One survey, one model, one set of rules: everything that is decided before the first block is scored."""

    survey: Survey
    model: ScoringModel
    rules: Rules
    dtype: np.dtype[np.generic]

    @property
    def needed(self) -> tuple[int, ...]:
        """How many items each dimension needs."""
        return self.rules.needed(self.survey.instrument)

    @property
    def slices(self) -> tuple[slice, ...]:
        """Where each dimension's items stand."""
        return self.survey.instrument.slices

    @property
    def terms(self) -> list[Addend] | None:
        """What the integer kernel needs; None where it does not serve."""
        coefficients = coefficients_of(self.model)
        if not coefficients or not self._weighs_by_importance_alone:
            return None
        terms = [(self.survey.level(level), factor) for level, factor in coefficients.items()]
        return terms if IntegerKernel.serves(terms, self.slices, self.dtype) else None

    @property
    def _weighs_by_importance_alone(self) -> bool:
        """Whether dimensions may be weighted without looking at answers; another model's weights may need them."""
        if isinstance(self.model, Weighted):
            return self.model.item_weights(self.beside(0, 1)) is None
        return not has_weights(self.model)

    def beside(self, start: int, stop: int) -> Answers:
        """Return a block without answers: the scale, and the importance of these respondents."""
        importance = self._importance(start, stop)
        return Answers({}, self.survey.instrument.scale, self.slices, *importance, size=stop - start)

    def block(self, start: int, stop: int) -> Answers:
        """Return the answers of respondents start..stop at the levels that the model reads."""
        levels = {}
        for level in self.model.reads:
            given = self.survey.level(level)
            numbers = given.numbers(start, stop, np.empty((len(given.codes), stop - start), self.dtype))
            numbers.flags.writeable = False
            levels[level] = numbers.T
        importance = self._importance(start, stop)
        return Answers(levels, self.survey.instrument.scale, self.slices, *importance, size=stop - start)

    def _importance(self, start: int, stop: int) -> tuple[Floats | None, Over | None]:
        importance = self.survey.importance
        return (None, None) if importance is None else (importance.values[start:stop], importance.over)

    def weights(self, answers: Answers) -> Floats | None:
        """Return the weights of dimensions for one block, (dimensions, rows)."""
        return dimension_weights(self.model, answers, self.dtype)


def plan(survey: Survey, model: ScoringModel, rules: Rules, dtype: npt.DTypeLike) -> Plan:
    """Return a plan, or say at the door why this model cannot score this survey."""
    check_is_survey(survey, model)
    check_is_model(model)
    _refuse_absent_levels(survey, model)
    problems = list(_obstacles(survey, model))
    wanted = np.dtype(dtype)
    if wanted not in {np.dtype(np.float32), np.dtype(np.float64)}:
        problems.append(Problem("dtype", str(wanted), "scores are float32 or float64"))
    if problems:
        raise ModelError(*problems)
    model.bounds(survey.instrument.scale)
    return Plan(survey, model, rules, wanted)


def check_is_survey(survey: object, *others: object) -> None:
    """Raise where something else stands in the place of the survey, and say so where a survey stands behind it.

    Raises
    ------
    ModelError
        Naming what was given.
    """
    if isinstance(survey, Survey):
        return
    swapped = any(isinstance(each, Survey) for each in others)
    remedy = "the survey comes first, then the model" if swapped else "make one with Survey.from_frame or read_survey"
    rule = "what is scored is a Survey"
    if hasattr(survey, "answers_table"):
        rule = "what is scored is a Survey: sums do not hold the answers of one respondent"
        remedy = "summary.table() has the means of the models that it was made with"
    raise ModelError(Problem("survey", f"a {type(survey).__name__}", rule, remedy))


def _refuse_absent_levels(survey: Survey, model: ScoringModel) -> None:
    absent = sorted(set(model.reads) - set(survey.levels))
    if absent:
        place, held = f"model {name_of(model)}", ", ".join(survey.levels)
        remedy = "give those columns when the survey is read, or choose a model that needs only what was asked"
        raise LevelError(*(Problem(place, f"it reads {level}", f"the survey holds {held}", remedy) for level in absent))


def _obstacles(survey: Survey, model: ScoringModel) -> Iterator[Problem]:
    place = f"model {name_of(model)}"
    if not survey.paired and len(model.reads) > 1:
        remedy = "summarize() gives the mean gap with unpaired errors"
        rule = "perceptions and expectations come from different people, so that nobody has a score of both"
        yield Problem(place, f"it reads {' and '.join(sorted(model.reads))}", rule, remedy)
    fractions = {level: factor for level, factor in (coefficients_of(model) or {}).items() if factor != int(factor)}
    if fractions:
        found = ", ".join(f"{level}: {factor}" for level, factor in fractions.items())
        remedy = "leave `coefficients` out: item_scores alone will do"
        yield Problem(place, f"coefficients {found}", "coefficients are whole numbers", remedy)
    if reads_importance(model) and survey.importance is None:
        remedy = "read it with importance='…', or give the model points=(…)"
        yield Problem(place, "no importance in the survey", "it weights by importance", remedy)


def fill(planned: Plan, out: Floats, threads: int) -> None:
    """Write the scores of all respondents into `out`, item-major (scores, respondents)."""
    if threads < 1:
        raise ArgumentError(Problem("threads", str(threads), "at least one thread does the work"))
    terms = planned.terms
    run = _runner(planned, terms)
    spans = list(_spans(len(planned.survey), BlockKernel.block if terms is None else IntegerKernel.block))
    if threads == 1 or len(spans) == 1:
        _each(run(), spans, out)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda share: _each(run(), share, out), [spans[number::threads] for number in range(threads)]))


Work = Callable[[int, int, Floats], None]


def worker(planned: Plan) -> Work:
    """Return what writes the scores of respondents start..stop, `IntegerKernel.block` at most, (scores, rows)."""
    return _runner(planned, planned.terms)()


def _runner(planned: Plan, terms: list[Addend] | None) -> Callable[[], Work]:
    return _block_runner(planned) if terms is None else _integer_runner(planned, terms)


def _each(work: Work, spans: list[tuple[int, int]], out: Floats) -> None:
    for start, stop in spans:
        work(start, stop, out[:, start:stop])


def _spans(rows: int, block: int) -> Iterator[tuple[int, int]]:
    return ((start, min(start + block, rows)) for start in range(0, rows, block))


def _integer_runner(planned: Plan, terms: list[Addend]) -> Callable[[], Work]:
    def run() -> Work:
        kernel = IntegerKernel(terms, planned.slices, planned.dtype)
        dimensions = len(planned.slices)

        def work(start: int, stop: int, out: Floats) -> None:
            weights = planned.weights(planned.beside(start, stop))
            with np.errstate(invalid="ignore", divide="ignore"):
                finish(kernel.sums(start, stop, out[:dimensions]), out, planned.needed, weights)

        return work

    return run


def _block_runner(planned: Plan) -> Callable[[], Work]:
    def run() -> Work:
        kernel = BlockKernel(planned.model)
        dimensions = len(planned.slices)

        def work(start: int, stop: int, out: Floats) -> None:
            answers = planned.block(start, stop)
            scores = kernel.item_scores(answers)
            with np.errstate(invalid="ignore", divide="ignore"):
                sums = kernel.sums(answers, scores, out[:dimensions])
                finish(sums, out, planned.needed, planned.weights(answers))

        return work

    return run
