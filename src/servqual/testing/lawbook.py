"""The book of laws: which there are, and to which models each applies."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from attrs import field, frozen

from servqual.answers import Answers
from servqual.instruments import Level
from servqual.scoring.protocol import ScoringModel, coefficients_of, has_weights
from servqual.testing import laws

Excuse = Callable[[ScoringModel], str]


def _none(_: ScoringModel) -> str:
    return ""


def _not_monotone(model: ScoringModel) -> str:
    if Level.PERCEPTION not in model.reads:
        return "it does not read perception"
    return "" if getattr(model, "monotone", True) else "it declares monotone = False"


def _not_linear(model: ScoringModel) -> str:
    return "" if coefficients_of(model) is not None else "it states no coefficients"


def _not_weighted(model: ScoringModel) -> str:
    return "" if has_weights(model) else "it has no weights"


@frozen
class Law:
    """One law: what asserts it, whether of scores of answers or of the model alone, and what excuses a model from it.

    Parameters
    ----------
    assertion
        A function that raises where the law is broken; its name is the law's, its docstring states it.
    on_answers
        Whether it takes a block of answers besides the model.
    excuse
        Why the law does not apply to a model; empty where it does.
    """

    assertion: Callable[..., None]
    on_answers: bool = field(default=True, kw_only=True)
    excuse: Excuse = field(default=_none, kw_only=True)

    @property
    def name(self) -> str:
        """The name of the function."""
        return self.assertion.__name__

    @property
    def statement(self) -> str:
        """The law in a sentence."""
        return (inspect.getdoc(self.assertion) or "").split("\n\n")[0].replace("\n", " ").removesuffix(".")

    def __call__(self, model: ScoringModel, answers: Answers | None = None) -> None:
        """Raise where the model breaks the law, on these answers where it is about answers."""
        if self.on_answers:
            self.assertion(model, answers)
        else:
            self.assertion(model)


LAWS: tuple[Law, ...] = (
    Law(laws.it_reads_a_set_of_levels, on_answers=False),
    Law(laws.docstring_says_what_zero_means, on_answers=False),
    Law(laws.equal_parameters_make_equal_models, on_answers=False),
    Law(laws.copies_score_alike),
    Law(laws.scores_have_the_shape_of_the_answers),
    Law(laws.answers_are_left_untouched),
    Law(laws.same_answers_get_the_same_scores),
    Law(laws.missing_exactly_where_an_answer_is),
    Law(laws.nobody_depends_on_the_others),
    Law(laws.order_of_respondents_is_irrelevant),
    Law(laws.order_of_items_is_irrelevant),
    Law(laws.scores_lie_within_bounds),
    Law(laws.undeclared_levels_change_nothing),
    Law(laws.better_perceptions_do_not_lower_scores, excuse=_not_monotone),
    Law(laws.coefficients_give_the_scores, excuse=_not_linear),
    Law(laws.weights_fit_and_are_not_negative, excuse=_not_weighted),
)
