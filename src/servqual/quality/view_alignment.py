"""Whether two surveys are two views of the same encounters; everything that speaks against it, at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from servqual._arrays import Ints
from servqual.errors import JointAnswersError, Problem, SurveyError
from servqual.intake import Grouping
from servqual.scoring import Summary
from servqual.survey import Survey


def check_alignment(provider: Survey, customer: Survey) -> None:
    """Raise where row i of one survey cannot be the same encounter as row i of the other.

    Raises
    ------
    JointAnswersError
        A summary, which has no rows.
    SurveyError
        Other lengths, items, scales, groups or weights; answers of different people under one another.
    """
    for name, survey in (("provider", provider), ("customer", customer)):
        if isinstance(survey, Summary):
            rule = "both ratings of one encounter are needed side by side, which sums do not hold"
            raise JointAnswersError(Problem(name, "no two views of a summary", rule, "pass the survey itself"))
        if not isinstance(survey, Survey):
            raise SurveyError(Problem(name, f"a {type(survey).__name__}", "each view is a Survey"))
    problems = [*_other_questions(provider, customer), *_other_rows(provider, customer)]
    if problems:
        raise SurveyError(*problems)


def _other_questions(provider: Survey, customer: Survey) -> Iterator[Problem]:
    ours, theirs = ([(each.key, tuple(item.key for item in each.items)) for each in survey.instrument.dimensions]
                    for survey in (provider, customer))  # fmt: skip
    if ours != theirs:
        found = f"{provider.instrument!r} and {customer.instrument!r}"
        yield Problem("instruments", found, "both rate the same items in the same dimensions")
    if provider.instrument.scale != customer.instrument.scale:
        found = f"{provider.instrument.scale} and {customer.instrument.scale}"
        yield Problem("scales", found, "both rate on one scale", "rescale one of them before the survey is read")


def _other_rows(provider: Survey, customer: Survey) -> Iterator[Problem]:
    for name, survey in (("provider", provider), ("customer", customer)):
        if not survey.paired:
            yield Problem(name, "a survey of different people", "a row of each survey is one encounter")
    if len(provider) != len(customer):
        remedy = "keep the encounters that both rated, in one order"
        found = f"provider {len(provider)}, customer {len(customer)}"
        yield Problem("lengths", found, "row by row both surveys are of the same encounters", remedy)
        return
    remedy = "give the weights with the customers' survey"
    if provider.weights is not None and not _same_weights(provider, customer):
        yield Problem("weights", "the provider's are not the customers'", "an encounter has one weight", remedy)
    for name, (one, other) in _both(provider, customer).items():
        apart = _apart(one, other)
        if len(apart):
            found = f"{len(apart)} encounters differ, first row {apart[0]}"
            yield Problem(name, found, "one encounter is in one group", "bring both surveys into one order")


def _same_weights(provider: Survey, customer: Survey) -> bool:
    same = customer.weights is not None and np.array_equal(provider.weights, customer.weights)  # type: ignore[arg-type]
    return same and provider.weight_kind is customer.weight_kind


def _both(provider: Survey, customer: Survey) -> Mapping[str, tuple[Grouping, Grouping]]:
    """Return groups and clusters that both surveys have."""
    pairs = {f"groups {name!r}": (provider.groups[name], customer.groups[name])
             for name in provider.groups if name in customer.groups}  # fmt: skip
    if provider.cluster is not None and customer.cluster is not None:
        pairs["cluster"] = (provider.cluster, customer.cluster)
    return pairs


def _apart(one: Grouping, other: Grouping) -> Ints:
    """Return the rows at which two groupings have different labels."""
    known = {label: code for code, label in enumerate(other.labels)}
    translated = np.array([known.get(label, -1) for label in one.labels])
    return np.flatnonzero(translated[one.codes] != other.codes)
