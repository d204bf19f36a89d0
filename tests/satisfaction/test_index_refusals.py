"""What cannot be fitted, and what is said of it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from servqual.errors import ArgumentError, StructuralError
from servqual.satisfaction.indices.fitting import fit_index
from servqual.satisfaction.indices.groups import compare_index_groups
from servqual.satisfaction.indices.ready import ecsi
from servqual.satisfaction.indices.resampling import bootstrap_index
from servqual.satisfaction.indices.scoring import index_scores
from servqual.satisfaction.indices.structural import StructuralModel
from servqual.statistics.pls_words import InnerScheme
from servqual.survey import Survey
from tests.satisfaction.index_data import SEVEN, SMALL, answers, codes, said, survey

KNOWN = "quick, kind, able, price, worth, again, advise"


def refused(frame: Any, model: Any = SMALL, **options: Any) -> list[str]:
    return said(lambda: fit_index(model, frame, **options))


def test_unknown_columns_and_options_are_told_together() -> None:
    frame = answers().rename(columns={"kind": "kindd"}).assign(w=-1.0, branch="north")
    found = refused(
        frame, metric="raw", scheme="pathh", missing="none", sign="up", tolerance=0, max_iterations=1.5,
        weights="ww", groups=["brnch"], scale={"quick": SEVEN, "slow": SEVEN, "able": 7},
    )  # fmt: skip
    each = "each indicator has a scale, or none is given"
    assert found == [
        "metric: 'raw'; it is one of correlations, covariances.",
        "scheme: 'pathh'; it is one of centroid, factorial, path. Hint: did you mean path?",
        "missing: 'none'; it is one of pairwise, listwise, mean.",
        "sign: 'up'; it is one of weights, loadings, none.",
        "tolerance: 0; it lies strictly between 0 and 1. Hint: tolerance=1e-7",
        "max_iterations: 1.5; it is a whole number, 1 or more.",
        "indicator kind: not found; the data has no such column. Hint: did you mean kindd?",
        f"scale: 'slow'; scales are those of indicators of the model. Hint: known are {KNOWN}",
        "scale: 7; a scale is a Scale. Hint: for example Scale(1, 10)",
        f"scale: none for kind, price, worth, again, advise; {each}. Hint: name the scale of each",
        "weights: no 'ww'; the data has no such column. Hint: did you mean w?",
        "groups: no 'brnch'; the data has no such column. Hint: did you mean branch?",
    ]


def test_what_comes_beside_the_answers_is_checked() -> None:
    frame = answers().assign(w=-1.0)
    assert refused(frame, weights="w")[0].startswith("weights: 80 negative, first in rows 0, 1, 2, …")
    assert refused(frame, weights=[1.0, 2.0]) == [
        "weights: an array of shape (2,); it has one value for each of 80 respondents."
    ]
    assert refused(frame, weights=np.full(80, 0.5), weight_kind="frequency")[0].startswith("weights: 80 not whole")
    assert refused(frame, weight_kind="frequency") == [
        "weight_kind: frequency; it says what weights mean. Hint: pass weights= too"
    ]
    assert refused(frame, weights="w", weight_kind="often")[0].startswith("weight_kind: 'often'; weights are")
    assert refused(frame, groups={"g": [1, 2]}) == [
        "groups: an array of shape (2,); it has one value for each of 80 respondents."
    ]


def test_a_survey_has_weights_scale_and_groups_of_its_own() -> None:
    given = survey(answers().assign(branch="north"), groups=["branch"])
    assert refused(given, weights=np.ones(80), scale=SEVEN, groups="brunch") == [
        "scale: given beside a survey; a survey is answered on the scale of its instrument. Hint: leave it out",
        "weights: given beside a survey; a survey has its own weights. Hint: read the survey with weights=…",
        "groups: no 'brunch'; it is a column that the survey was read with as groups. Hint: did you mean branch?",
    ]
    assert refused(given, ecsi()) == [
        (
            "indicators: 24 of 24 not found, image_1, image_2, image_3, …; the instrument has no such item. "
            "Hint: name yours in the model, as ecsi({'image': ['IMAG1', …], …}); "
            "known are service, value, loyalty, quick, kind, able, price, worth, …"
        )
    ]
    expectations = Survey.from_arrays(given.instrument.asking("expectation"), expectation=codes())
    assert refused(expectations) == [
        "survey: no perception answers; indicators are what was perceived. Hint: read it with perception='…'"
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": np.tile([1.0, 9.0], 40)}, "indicator kind: 40 off the scale: row 1 = 9, row 3 = 9, row 5 = 9, …; "),
        (
            {"kind": np.tile([1, 9], 40)},
            "indicator kind: 40 off the scale: row 1 = 9, row 3 = 9, row 5 = 9, …; answers",
        ),
        ({"kind": np.tile([1.0, np.inf], 40)}, "indicator kind: 40 infinite; answers are finite. Hint: write NaN"),
        ({"kind": ["much", "little"] * 40}, "indicator kind: no numbers but 'much', 'little'; answers are numbers."),
    ],
)
def test_answers_that_are_none_are_refused(change: dict[str, Any], message: str) -> None:
    assert refused(answers().assign(**change), scale=SEVEN)[0].startswith(message)


def test_indicators_that_do_not_vary_are_named_together_with_what_they_say() -> None:
    frame = answers().astype(float).assign(kind=4.0, again=np.nan)
    assert refused(frame) == [
        "indicator kind: all 80 answers are 4; an indicator varies. Hint: leave it out of the model",
        "indicator again: nobody answered it; an indicator varies. Hint: leave it out of the model",
    ]


def test_fewer_respondents_than_indicators_are_too_few() -> None:
    message = "respondents: 6 take part; there are at least as many as indicators, 7. Hint: ask more people, or fewer"
    assert refused(codes(6))[0].startswith(message)
    assert refused(codes(1))[0].startswith("respondents: 1 take part")
    rule = "somebody answered what the rule for missing answers asks for. Hint: missing='pairwise'"
    assert refused(np.full((9, 7), np.nan)) == [f"respondents: none of 9 takes part; {rule}"]
    assert refused(answers(8).astype(float).mask(np.eye(8, 7) > 0), missing="listwise")[0].startswith(
        "respondents: 1 take part"
    )


def test_pairs_that_nobody_answered_together_are_named() -> None:
    frame = answers().astype(float)
    frame.loc[:39, "quick"], frame.loc[40:, "again"] = np.nan, np.nan
    rule = "each pair of indicators has answers of the same people that vary. Hint: leave one of them out"
    assert refused(frame) == [f"indicators quick and again: too few answered both; {rule}"]


def test_weights_that_do_not_come_to_rest_say_by_how_much_they_moved() -> None:
    (found,) = refused(answers(), max_iterations=2, tolerance=1e-12)
    assert found.startswith("weights: after 2 iterations one still changed by ")
    assert 1e-12 < float(found.split(" by ")[1].split(";")[0]) < 0.1
    assert found.endswith(
        "they come to rest. Hint: raise max_iterations=, try another scheme=, or see whether each construct correlates "
        "with a neighbour"
    )


def test_what_determines_each_other_is_named() -> None:
    frame = answers()
    frame["able"] = 2 * frame["quick"] - frame["kind"]
    formed = StructuralModel.define(
        {each.name: each.indicators for each in SMALL.constructs}, SMALL.paths, modes={"service": "B"}
    )
    hint = "Hint: leave out one that follows from the others, or take mode 'A'"
    rule = "indicators of mode B do not determine each other"
    assert refused(frame, formed) == [f"construct service: quick, kind, able; {rule}. {hint}"]
    twins = StructuralModel.define({"a": "quick", "b": "kind", "c": "able"}, "a -> c; b -> c")
    same = answers().assign(kind=lambda each: 8 - each["quick"])
    rule = "the predecessors of a construct do not determine each other. Hint: drop a path"
    for scheme in InnerScheme:
        assert refused(same, twins, scheme=scheme) == [f"construct c: a, b; {rule}"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (3, "frame: a int; a frame is a DataFrame of pandas or polars or a Table of pyarrow"),
        (np.ones((9, 3)), "source: an array of shape (9, 3) for 7 names; an array has a row for each respondent"),
        (
            {"quick": [1, 2], "kind": [1]},
            "source: quick (2,), kind (1,); columns are arrays of one axis and one length",
        ),
    ],
)
def test_what_is_no_source_is_refused(source: Any, message: str) -> None:
    assert refused(source)[0].startswith(message)


def test_what_is_no_model_is_refused() -> None:
    assert refused(answers(), "ecsi") == [
        "model: 'ecsi'; it is a StructuralModel. Hint: ecsi(), acsi(), or StructuralModel.define(…)"
    ]


def asked(make: Callable[..., Any], **options: Any) -> list[str]:
    fit = fit_index(SMALL, answers())
    return said(lambda: make(fit, answers(), **options))


def test_what_is_asked_of_a_bootstrap_is_checked_all_at_once() -> None:
    found = asked(bootstrap_index, draws=0, method="bcaa", confidence=95, weights="w", cluster=np.ones(3))
    assert found == [
        "confidence: 95; it lies strictly between 0 and 1. Hint: pass 0.95",
        "method: 'bcaa'; it is one of percentile, bca. Hint: did you mean bca?",
        "draws: 0; it is a whole number, 2 or more. Hint: draws=5000",
        "rng: None; what is drawn at random has a seed. Hint: pass a seed, as rng=1, or a generator",
        "weights: no 'w'; the data has no such column. Hint: known are quick, kind, able, price, worth, again, advise",
        "cluster: an array of shape (3,); it has one value for each of 80 respondents.",
    ]


def test_other_respondents_than_those_of_the_fit_are_refused() -> None:
    fit = fit_index(SMALL, answers(), weights=np.arange(1, 81))
    rule = "they are the 80 respondents of the fit, with sampling weights. Hint: pass what fit_index was given"
    half = np.arange(80) % 2
    drawn = said(lambda: bootstrap_index(fit, answers(), rng=1))
    dealt = said(lambda: compare_index_groups(fit, answers(), half, rng=1))
    for found in (drawn, dealt):
        assert found[0].startswith(f"source: 80 respondents, no weights; {rule}")
    assert said(lambda: bootstrap_index(fit, answers(seed=4), rng=1, weights=np.arange(1, 81)))[0].startswith(
        "source: 80"
    )
    other: Any = "fit"
    assert said(lambda: bootstrap_index(other, answers())) == ["fit: 'fit'; it is what fit_index returned."]
    assert said(lambda: index_scores(other, answers())) == ["fit: 'fit'; it is what fit_index returned."]


def test_resamples_of_which_none_has_an_estimate() -> None:
    fit = fit_index(SMALL, answers(), tolerance=0.01, max_iterations=3)
    object.__setattr__(fit.recipe, "max_iterations", 1)
    rule = "an interval needs two or more. Hint: simplify the model, or collect more answers"
    assert said(lambda: bootstrap_index(fit, answers(), draws=20, rng=1)) == [
        f"draws: 0 of 20 resamples have an estimate; {rule}"
    ]


def test_groups_that_cannot_be_compared() -> None:
    assert asked(compare_index_groups, by=["a"] * 80, rng=1) == [
        "by: 1 group, 'a'; groups that are compared are two or more."
    ]
    found = asked(compare_index_groups, by=np.arange(80) > 75, rng=1)
    assert found[0].startswith("group True, respondents: 4 take part; there are at least as many as indicators, 7.")
    ways = "holm, hochberg, bonferroni, bh, by"
    assert asked(compare_index_groups, by="branch", adjust="most", draws=0, rng=1) == [
        "draws: 0; it is a whole number, 1 or more. Hint: draws=5000",
        f"adjust: 'most'; it is one of {ways}.",
        f"groups: no 'branch'; the data has no such column. Hint: known are {KNOWN}",
    ]
    rule = "all respondents of a cluster are in one group, for clusters are dealt out whole"
    assert asked(compare_index_groups, by=np.arange(80) % 2, cluster=np.arange(80) // 3, rng=1) == [
        f"cluster: 27 clusters in several groups; {rule}."
    ]
    lost = [None, None, None, *(np.arange(3, 80) // 10).tolist()]
    assert asked(compare_index_groups, by=np.arange(80) % 2, cluster=lost, rng=1)[0].startswith(
        "cluster: 3 respondents without a label; everybody belongs to a cluster"
    )


def test_shares_of_answers_belong_to_their_rule() -> None:
    fit = fit_index(SMALL, answers(), missing="mean")
    assert said(lambda: index_scores(fit, answers(), min_answered=0.5)) == [
        "min_answered: 0.5 for a fit with the rule 'mean'; it belongs to the rule 'pairwise'. Hint: leave it out"
    ]
    assert asked(index_scores, min_answered=1.5) == ["min_answered: 1.5; it is a share above 0 and up to 1."]


def test_names_asked_of_results_are_checked() -> None:
    fit = fit_index(SMALL, answers(), scale=SEVEN, groups={"branch": ["north", "south"] * 40})
    assert said(lambda: fit.path("value", "service"))[0].startswith(
        "path: value -> service; the model has no such path"
    )
    assert said(lambda: fit.path("valu", "loyalty")) == [
        "source: 'valu'; the model has no such construct. Hint: did you mean value?"
    ]
    rule = "a group that the index was fitted with (groups=…)"
    assert said(lambda: fit.index("service", ("branch", "west"))) == [
        f"group: branch = 'west'; {rule}. Hint: did you mean branch = 'south' or branch = 'north'?"
    ]
    found = bootstrap_index(fit, answers(), draws=20, rng=1)
    assert said(lambda: found.of("path", "service", "loyal"))[0].startswith(
        "path: service loyal; the model has no such"
    )
    with pytest.raises(ArgumentError, match=r"kind: 'paths'; it is one of path, .* did you mean path"):
        found.to_table(kind="paths")
    scores = index_scores(fit, answers(), groups={"branch": ["north", "south"] * 40})
    assert said(lambda: scores.to_table(by="brunch")) == [
        "by: 'brunch'; a column that the scores were made with (groups=…). Hint: did you mean branch?"
    ]
    with pytest.raises(StructuralError, match="target: 'loyal'"):
        fit.importance_performance("loyal")
