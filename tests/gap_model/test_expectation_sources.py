"""Expectations explained: the signs that were planted, the regression, weights and clusters, refusals."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from servqual import Instrument, Scale, Survey
from servqual.catalogue.determinants import expectation_determinants
from servqual.catalogue.expectations import zone_determinants
from servqual.errors import ArgumentError, GapModelError
from servqual.gap_model.determinant_words import ExpectationPart
from servqual.gap_model.expectation_sources import explain_expectations
from servqual.gap_model.influence_words import Direction, InfluenceVerdict
from servqual.instruments import Level

KEYS = zone_determinants().dimension_keys
SHEET = Instrument.define(
    "desk",
    {"speed": ["wait"], "tone": ["greeting"]},
    scale=Scale(0, 20, step=None),
    levels=["desired", "predicted", "adequate"],
)
RNG = np.random.default_rng(12)
N = 300
MEANS = RNG.uniform(1, 7, (N, 11))
PREDICTED = 6 + 0.5 * MEANS[:, KEYS.index("image")] + RNG.normal(0, 0.5, N)
DESIRED = 9 + 0.6 * MEANS[:, KEYS.index("needs")] + RNG.normal(0, 0.5, N)
ADEQUATE = (
    2
    + 0.5 * MEANS[:, KEYS.index("alternatives")]
    - 0.4 * MEANS[:, KEYS.index("situation")]
    + 0.3 * PREDICTED
    + RNG.normal(0, 0.5, N)
)
FINE = Instrument.define(
    "causes", {key: [f"{key}_item"] for key in KEYS}, scale=Scale(1, 7, step=None), levels=["perception"]
)
DETERMINANTS = Survey.from_arrays(FINE, perception=MEANS)


def wishes(**beside: Any) -> Survey:
    parts: dict[str, Any] = {"desired": DESIRED, "predicted": PREDICTED, "adequate": ADEQUATE}
    both: dict[str, Any] = {name: np.stack([each, each + 1], axis=1) for name, each in parts.items()}
    return Survey.from_arrays(SHEET, **both, **beside)


def test_planted_signs_are_found_and_nothing_else() -> None:
    found = explain_expectations(wishes(), DETERMINANTS)
    assert {(row.outcome, row.key) for row in found.found} == {
        ("desired", "needs"),
        ("predicted", "image"),
        ("adequate", "alternatives"),
        ("adequate", "situation"),
        ("adequate", "predicted"),
        ("width", "alternatives"),
        ("width", "situation"),
        ("width", "predicted"),
    }
    assert not [row for row in found if row.verdict is InfluenceVerdict.AGAINST]
    assert found["width", "situation"].direction is Direction.RAISES
    assert float(found["width", "situation"].slope) == pytest.approx(0.4, abs=0.1)


@pytest.mark.parametrize("kind", ["HC3", "weights", "cluster"])
def test_the_regression_by_its_engine(kind: str) -> None:
    weights = np.linspace(0.5, 2.0, N)
    clusters = np.repeat(np.arange(30), 10)
    ways: dict[str, dict[str, Any]] = {
        "HC3": {},
        "weights": {"weights": weights},
        "cluster": {"cluster": clusters},
    }
    given = ways[kind]
    found = explain_expectations(wishes(**given), DETERMINANTS, dimension="tone")
    own = ["transitory", "alternatives", "role", "situation"]
    x = np.column_stack([*(MEANS[:, KEYS.index(key)] for key in own), PREDICTED + 1])
    model = sm.WLS(ADEQUATE + 1, sm.add_constant(x), weights=weights if kind == "weights" else 1.0)
    if kind == "cluster":
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)
    else:
        fit = model.fit(cov_type="HC3", use_t=True)
    # without clusters the larger error counts, of HC3 or of one variance
    se = fit.bse if kind == "cluster" else np.maximum(fit.bse, model.fit().bse)
    p = 2 * stats.t.sf(np.abs(fit.params / se), 29 if kind == "cluster" else N - 6)
    for place, key in enumerate([*own, "predicted"], start=1):
        row = found["adequate", key]
        assert float(row.slope) == pytest.approx(fit.params[place], rel=1e-5)
        assert float(row.p) == pytest.approx(p[place], rel=1e-3, abs=1e-12)
    assert ("clusters" if kind == "cluster" else "HC3") in str(found.to_table())


def test_who_has_no_weight_takes_no_part() -> None:
    weights = np.where(np.arange(N) < 200, 1.0, 0.0)
    found = explain_expectations(wishes(weights=weights), DETERMINANTS)
    alone = explain_expectations(wishes().select(range(200)), DETERMINANTS.select(range(200)))
    assert found.equations[0].n == 200
    assert float(found["desired", "needs"].p) == pytest.approx(float(alone["desired", "needs"].p))


def test_levels_that_were_not_asked_are_left_out() -> None:
    desk = SHEET.asking("desired")
    asked = Survey.from_arrays(desk, desired=np.stack([DESIRED, DESIRED], axis=1))
    found = explain_expectations(asked, DETERMINANTS)
    assert [each.outcome for each in found.equations] == ["desired"]


def test_the_shorter_instrument_serves_as_well() -> None:
    answers = np.random.default_rng(4).integers(1, 8, (N, 18))
    found = explain_expectations(wishes(), Survey.from_arrays(expectation_determinants(), perception=answers))
    assert {row.key for row in found.of("desired")} == {"needs", "experience", "word_of_mouth", "image", "promises"}
    assert {row.key for row in found.of("adequate")} == {"alternatives", "predicted"}


def test_too_few_respondents_are_told() -> None:
    found = explain_expectations(wishes().select(range(12)), DETERMINANTS.select(range(12)))
    assert {str(row.p) for row in found.of("desired")} == {
        "too few complete rows for so many influences, or influences that follow from each other"
    }


def test_every_determinant_of_both_instruments_works_on_something() -> None:
    known = {key for part in ExpectationPart for key in part.determinants}
    assert known == {*KEYS, *expectation_determinants().dimension_keys, "predicted"}


def test_the_signs_of_1993() -> None:
    lowering = {(str(part), key) for part in ExpectationPart for key, way in part.determinants.items() if way.sign < 0}
    assert lowering == {
        ("adequate", "situation"),
        ("width", "transitory"),
        ("width", "alternatives"),
        ("width", "predicted"),
    }
    assert all(part.label.zh for part in ExpectationPart)


def test_faces() -> None:
    found = explain_expectations(wishes(), DETERMINANTS)
    assert found.to_dict()["reading"] == "expectations"
    assert "期望从何而来" in str(found.to_table(language="zh"))
    assert "reliability" not in found.to_table("equations").columns
    assert str(found.equations[0].reliability) == "its values are no estimates"


def test_refusals() -> None:
    frame: Any = pd.DataFrame({"needs": [1.0]})
    with pytest.raises(GapModelError, match="determinants: a DataFrame; it is a Survey"):
        explain_expectations(wishes(), frame)
    short = DETERMINANTS.select(range(20))
    with pytest.raises(GapModelError, match="20 respondents, and 300 of expectations"):
        explain_expectations(wishes(), short)
    seen = Survey.from_arrays(SHEET.asking("perception"), perception=np.ones((N, 2)))
    with pytest.raises(GapModelError, match="levels perception; desired, predicted or adequate service is explained"):
        explain_expectations(seen, DETERMINANTS)
    apart = Survey.unpaired(
        perception=seen, desired=Survey.from_arrays(SHEET.asking(Level.DESIRED), desired=np.ones((N, 2)))
    )
    with pytest.raises(GapModelError, match="an unpaired survey"):
        explain_expectations(apart, DETERMINANTS)
    with pytest.raises(GapModelError, match="weights that are frequencies"):
        explain_expectations(wishes(weights=np.ones(N), weight_kind="frequency"), DETERMINANTS)
    weighted = Survey.from_arrays(FINE, perception=MEANS, weights=np.ones(N))
    with pytest.raises(GapModelError, match="weights and clusters are those of the survey of expectations"):
        explain_expectations(wishes(), weighted)
    other = Instrument.define("causes", {"neds": ["a"]}, scale=Scale(1, 7), levels=["perception"])
    with pytest.raises(GapModelError, match=r"dimension 'neds'; dimensions are determinants.*did you mean needs"):
        explain_expectations(wishes(), Survey.from_arrays(other, perception=np.ones((N, 1))))
    lone = Instrument.define("causes", {"role": ["a"]}, scale=Scale(1, 7), levels=["perception"])
    asked = Survey.from_arrays(SHEET.asking("desired"), desired=np.ones((N, 2)))
    with pytest.raises(GapModelError, match="a determinant explains its own levels, none is there"):
        explain_expectations(asked, Survey.from_arrays(lone, perception=np.ones((N, 1))))
    with pytest.raises(ArgumentError, match="no 'spead'"):
        explain_expectations(wishes(), DETERMINANTS, dimension="spead")
    with pytest.raises(ArgumentError, match="confidence"):
        explain_expectations(wishes(), DETERMINANTS, confidence=0.0)
