"""Bootstrap replicates of dimension and overall scores, drawn by keys, block by block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from servqual.scoring.answered_level import scored_terms
from servqual.scoring.drawing import Drawing, drawn_keys
from servqual.scoring.engine import plan, worker
from servqual.scoring.protocol import ScoringModel
from servqual.scoring.rules import Rules
from servqual.scoring.scores import middle
from servqual.statistics.replicates import Replicates
from servqual.survey import Survey

# So many respondents are scored at a time by all models, whose scores then share one drawing.
_BLOCK = 32_768


def replicated(survey: Survey, models: Sequence[ScoringModel], rules: Rules, drawing: Drawing) -> Replicates:
    """Return the bootstrap sums of the scores of all models, side by side: their terms one after the other.

    Parameters
    ----------
    survey, models, rules
        What is scored, as in `summarize`.
    drawing
        How many replicates, of which seed; `Drawing.check` must have passed.
    """
    terms = [term for model in models for term, _ in scored_terms(survey, model)]
    works = [worker(plan(survey, term, rules, np.float64)) for term in terms]
    width = len(rules.columns(survey.instrument))
    # the middle of the possible scores is the same in every part, so that sums about it add up
    origin = np.repeat([middle(term, survey.instrument) for term in terms], width)
    keys, room = drawn_keys(survey), np.empty((len(terms) * width, min(_BLOCK, len(survey))))
    total = Replicates.of(np.empty((0, origin.size)), keys[:0], drawing.replicates, None, origin, seed=drawing.seed)
    for start in range(0, len(survey), _BLOCK):
        part = slice(start, min(start + _BLOCK, len(survey)))
        values = room[:, : part.stop - start]
        for place, work in enumerate(works):
            work(start, part.stop, values[place * width : (place + 1) * width])
        weights = None if survey.weights is None else survey.weights[part]
        total += Replicates.of(values.T, keys[part], drawing.replicates, weights, origin, seed=drawing.seed)
    return total
