"""The two sides of a gap: which levels it lies between, and what each side was over the answers the gap is made of."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from servqual.errors import LevelError, ModelError, Problem
from servqual.instruments import Level
from servqual.scoring import Difference, Disconfirmation, PerformanceOnly, ScoringModel, Summary, Weighted
from servqual.scoring.level_score import LevelScore
from servqual.scoring.protocol import check_is_model, coefficients_of, has_weights, name_of
from servqual.statistics import ArgumentError
from servqual.survey import Survey

# What perceptions are usually held against: the first of these that was asked.
_USUAL = (Level.EXPECTATION, Level.DESIRED, Level.ADEQUATE)
Sides = tuple[ScoringModel, ScoringModel]


def gap_models(against: Level | str = Level.EXPECTATION) -> tuple[ScoringModel, ...]:
    """Return the models that `gap_tests` reads a summary of: ``summarize(batch, *gap_models())``.

    The first alone suffices for all but the effect sizes by the spread of both levels, ``dav`` and ``drm``. Summaries
    of batches merge with ``+``, also after they were saved and read back.

    Parameters
    ----------
    against
        The level that perceptions are held against.

    Raises
    ------
    LevelError
        A level that is no standard.
    """
    model = Difference(standard(against))
    return model, *(sides_of(model) or ())


def sides_of(model: ScoringModel) -> Sides | None:
    """Return models of the two sides whose difference a model is, the minuend first; None where it is no difference."""
    if isinstance(model, Weighted):
        sides = sides_of(model.model)
        return None if sides is None else (evolve(model, model=sides[0]), evolve(model, model=sides[1]))
    if has_weights(model):
        return None
    levels = {factor: level for level, factor in (coefficients_of(model) or {}).items()}
    if set(levels) != {1, -1} or len(model.reads) != len(levels):
        return None
    return LevelScore(levels[1], beside=levels[-1]), LevelScore(levels[-1], beside=levels[1])


def standard(level: Level | str) -> Level:
    """Return a level that perceptions can be held against.

    Raises
    ------
    LevelError
        Perceptions themselves, or answers that compare already.
    """
    given = Level(level)
    if not given.is_expectation:
        rule = "perceptions are held against a level of expectation"
        raise LevelError(Problem("against", str(given), rule, "for example against=Level.EXPECTATION"))
    return given


def usual_model(source: Survey | Summary) -> ScoringModel:
    """Return the model that the levels suggest: the gap to the usual standard, or what there is without one.

    Of a summary, the only gap that it was made with, or its only model, where it was made without the usual one.
    """
    standards = [level for level in source.levels if level.is_expectation]
    if Level.PERCEPTION not in source.levels:
        return Disconfirmation()
    if not standards:
        return PerformanceOnly()
    usual = Difference(next((level for level in _USUAL if level in standards), standards[0]))
    if isinstance(source, Survey) or usual in source.models:
        return usual
    gaps = [model for model in source.models if sides_of(model) is not None]
    return next((held[0] for held in (gaps, source.models) if len(held) == 1), usual)


def gap_model(source: Survey | Summary, against: Level | str | None, model: ScoringModel | None) -> ScoringModel:
    """Return the model whose scores are tested against zero.

    Raises
    ------
    ArgumentError
        Both a level and a model.
    LevelError
        A level that is no standard, or is not held; no standard at all.
    ModelError
        A model whose scores cannot lie on both sides of zero.
    """
    if against is not None and model is not None:
        remedy = "name the level in the model: Difference(against=…)"
        raise ArgumentError(
            Problem("against", f"{against!s} beside {name_of(model)}", "a model names its level", remedy)
        )
    chosen = model if model is not None else usual_model(source) if against is None else _held(source, against)
    check_is_model(chosen)
    low, high = chosen.bounds(source.instrument.scale)
    if model is None and isinstance(chosen, PerformanceOnly):
        held = ", ".join(source.levels)
        raise LevelError(
            Problem("against", "no level of expectation", f"there are answers to {held}", "compare_groups()")
        )
    if not low < 0 < high:
        place, rule = f"model {name_of(chosen)}", "a gap has zero within its bounds, where what is compared is equal"
        raise ModelError(Problem(place, f"scores from {low:g} to {high:g}", rule, "Difference(), Adequacy(), …"))
    return chosen


def _held(source: Survey | Summary, against: Level | str) -> ScoringModel:
    """Return the plain gap to a level, as the summary words it: Adequacy() is Difference(Level.ADEQUATE)."""
    wanted = Difference(standard(against))
    absent = [level for level in sorted(wanted.reads) if level not in source.levels]
    if absent:
        rule = f"the {type(source).__name__.lower()} holds {', '.join(source.levels)}"
        remedy = "name a level that was asked"
        raise LevelError(*(Problem("against", f"no {level!s} answers", rule, remedy) for level in absent))
    alike = [] if isinstance(source, Survey) else [m for m in source.models if _plainly(m) == wanted.coefficients]
    return wanted if wanted in alike or not alike else alike[0]


def _plainly(model: ScoringModel) -> Mapping[Level, int] | None:
    return None if sides_of(model) is None or isinstance(model, Weighted) else coefficients_of(model)
