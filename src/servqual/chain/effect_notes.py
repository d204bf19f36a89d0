"""What a reader of effects must know: how their uncertainty was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from servqual.chain import effect_words as words
from servqual.chain.effect_asking import Question
from servqual.chain.effect_words import EffectMethod
from servqual.chain.fitted import Fit
from servqual.chain.forms import Linear
from servqual.chain.link import Link
from servqual.chain.resampled import Drawn
from servqual.labels import Label


def chain_notes(fit: Fit, links: Sequence[Link], question: Question) -> Iterator[Label]:
    """Yield which rows were used, what effects are, and where curved links are read."""
    yield fit.rows.sentence()
    yield words.ASSOCIATION
    if any(link.form != Linear() for link in links):
        yield words.curved_note(question.direction)


def method_notes(question: Question, drawn: Drawn | None) -> Iterator[Label]:
    """Yield how errors and intervals were found, and what went wrong on the way."""
    if drawn is not None:
        yield words.bootstrap_note(question.method, question.draws, drawn.what, drawn.size)
        if drawn.failures:
            yield words.failures_note(drawn.failures, question.draws)
        if drawn.unsettled:
            yield words.unsettled_note(drawn.unsettled, question.draws)
        if drawn.size < words.FEW_CLUSTERS:
            yield words.few_note(drawn.size, drawn.what)
    else:
        delta = question.method is EffectMethod.DELTA
        yield words.DELTA if delta else words.monte_carlo_note(question.draws)
        yield words.INDEPENDENT
    if question.standardised:
        yield words.FIXED_SPREAD if drawn is None else words.DRAWN_SPREAD
