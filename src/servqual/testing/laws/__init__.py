"""The laws of scoring models: plain functions that raise `LawBroken` where a model does not keep them.

Laws about scores take a model and a block of answers, laws about the model itself take the model alone.
"""

from servqual.testing.laws.behaviour import (
    answers_are_left_untouched,
    better_perceptions_do_not_lower_scores,
    missing_exactly_where_an_answer_is,
    same_answers_get_the_same_scores,
    scores_have_the_shape_of_the_answers,
    scores_lie_within_bounds,
    undeclared_levels_change_nothing,
)
from servqual.testing.laws.independence import (
    nobody_depends_on_the_others,
    order_of_items_is_irrelevant,
    order_of_respondents_is_irrelevant,
)
from servqual.testing.laws.promises import coefficients_give_the_scores, weights_fit_and_are_not_negative
from servqual.testing.laws.values import (
    copies_score_alike,
    docstring_says_what_zero_means,
    equal_parameters_make_equal_models,
    it_reads_a_set_of_levels,
)

__all__ = [  # noqa: RUF022 - from what every model is, to what only some promise
    "it_reads_a_set_of_levels",
    "docstring_says_what_zero_means",
    "equal_parameters_make_equal_models",
    "copies_score_alike",
    "scores_have_the_shape_of_the_answers",
    "answers_are_left_untouched",
    "same_answers_get_the_same_scores",
    "missing_exactly_where_an_answer_is",
    "nobody_depends_on_the_others",
    "order_of_respondents_is_irrelevant",
    "order_of_items_is_irrelevant",
    "scores_lie_within_bounds",
    "undeclared_levels_change_nothing",
    "better_perceptions_do_not_lower_scores",
    "coefficients_give_the_scores",
    "weights_fit_and_are_not_negative",
]
