import json
import math
import pickle
from typing import Any

import attrs
import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.chain.fitted import Fit
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.units import UnitTable
from servqual.errors import FitError, LabelError, RecordError
from servqual.labels import Label
from servqual.statistics.models import Regression
from tests.chain.fit_data import MEDIATION, OPTIONS, PANEL, attitude, panel


def arrays_in(value: Any) -> list[Floats]:
    if isinstance(value, np.ndarray):
        return [value]
    if isinstance(value, tuple | list):
        return [array for each in value for array in arrays_in(each)]
    if hasattr(value, "__attrs_attrs__"):
        return [array for each in value.__attrs_attrs__ for array in arrays_in(getattr(value, each.name))]
    return []


def test_a_large_fit_is_small_and_private() -> None:
    rng = np.random.default_rng(8)
    chain = Chain.service_profit()
    rows = 100_000
    values = rng.normal(size=(rows, len(chain.constructs))).cumsum(axis=1)
    names = [f"secret branch {number}" for number in range(rows // 10)]
    units = UnitTable.from_arrays(
        np.repeat(names, 10),
        dict(zip(chain.constructs, values.T, strict=True)),
        period=np.tile(np.arange(10), rows // 10),
    )
    found = fit(chain, units)
    kept = pickle.dumps(found)
    assert len(kept) < 50_000
    assert b"secret" not in kept
    assert "secret" not in json.dumps(found.to_dict())
    most = max(len(each.terms) for each in found.equations)
    assert max(size for array in arrays_in(found) for size in array.shape) <= max(most, len(found.constructs))
    again = pickle.loads(kept)  # noqa: S301 - our own pickle
    assert not again.means.flags.writeable
    assert again.to_dict() == found.to_dict()


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_a_fit_comes_back_from_json(options: dict[str, Any]) -> None:
    chain = Chain.parse("x -> m [asymmetric]; m -> y; x -> y [lag 1]")
    found = fit(chain, panel(), **options)
    record = found.to_dict()
    assert record == json.loads(json.dumps(record, allow_nan=False))
    again = Fit.from_dict(record)
    assert again.to_dict() == record
    assert Fit.from_json(found.to_json()).to_dict() == record
    assert again.chain == found.chain
    assert again.recipe == found.recipe
    assert again.rows == found.rows
    np.testing.assert_array_equal(again.slopes(), found.slopes())
    assert str(again.to_table()) == str(found.to_table())
    assert repr(again) == repr(found)


def broken(change: dict[str, Any]) -> str:
    record = fit(MEDIATION, attitude()).to_dict() | change
    with pytest.raises(RecordError) as caught:
        Fit.from_dict(record)
    return str(caught.value)


def test_dictionaries_of_other_things_are_refused() -> None:
    record = fit(MEDIATION, attitude()).to_dict()
    assert "unknown key 'n_unit'; no field of FitRecord. Hint: did you mean n_units?" in broken({"n_unit": 3})
    assert "$.schema: 'servqual.chain.Fit/2'; it is 'servqual.chain.Fit/1'" in broken(
        {"schema": "servqual.chain.Fit/2"}
    )
    assert "$.means" in broken({"means": ["a"]})
    assert "$.sds: 'abc'; a list is wanted here" in broken({"sds": "abc"})
    assert "$.rows.given: 'many'; a whole number is wanted here" in broken({"rows": record["rows"] | {"given": "many"}})
    assert "$.recipe.estimator" in broken({"recipe": {"estimator": "lasso"}})
    assert "links: 'x'; a list is wanted here" in broken({"chain": {"links": "x"}})
    first, second = record["equations"]
    wrong = first["regression"] | {"n": 3.5, "names": "abc", "aicc": 1, "converged": 1}
    text = broken({"equations": [first | {"regression": wrong}, second]})
    assert "$.equations[0].regression.aicc: unknown; a regression has no such key. Hint: did you mean aic?" in text
    del wrong["aicc"], wrong["r2"]
    assert "regression.r2: missing" in broken({"equations": [first | {"regression": wrong}, second]})
    wrong |= {"r2": "x"}
    text = broken({"equations": [first | {"regression": wrong}, second]})
    for said in ("n: 3.5 is not of the type int", "names: 'abc' is no list of texts", "r2: 'x' is no number"):
        assert f"$.equations[0].regression.{said}" in text
    terms = [first["terms"][0], first["terms"][1] | {"link": 9}]
    assert "link 9; links are counted from 0 to 2" in broken({"equations": [first | {"terms": terms}, second]})
    assert "1 terms for [2] numbers" in broken({"equations": [first | {"terms": terms[:1]}, second]})


def test_the_coefficients_as_a_table() -> None:
    found = fit(MEDIATION, attitude())
    table = found.coefficients()
    assert list(table.columns) == [
        *("target", "source", "lag", "part", "role", "coefficient", "se", "low", "high", "t", "df", "p", "standardised")
    ]
    assert table["source"] == (None, "complaints", None, "learning", "complaints")
    assert table["role"] == ("intercept", "link", "intercept", "link", "link")
    tests = found.equation("rating").regression.tests()
    low, high = tests.interval(0.9)
    assert found.coefficients(0.9)["low"][2:] == tuple(low)
    assert found.coefficients(0.9)["high"][2:] == tuple(high)
    assert table["p"][2:] == tuple(tests.p)
    assert set(table["df"]) == {28.0, 27.0}
    assert found.to_frame("polars").shape == (5, 13)
    robust = fit(MEDIATION, attitude(), estimator="robust")
    assert set(robust.coefficients()["df"]) == {None}


def test_what_is_shown() -> None:
    found = fit(MEDIATION, attitude())
    assert repr(found) == (
        "<Fit of 2 equations on 30 rows; learning R² 0.36, rating R² 0.71; ols, nonrobust covariance>"
    )
    assert repr(found.equation("rating")).startswith(
        "<Equation of rating <Regression on intercept, learning, complaints"
    )
    lines = str(found.to_table()).splitlines()
    assert lines[0] == "Coefficients of the chain, 95% intervals"
    assert lines[1].split() == ["target", "source", "coefficient", "se", "low", "high", "t", "df", "p", "standardised"]
    assert lines[2].split()[:4] == ["learning", "complaints", "0.526", "0.134"]
    assert lines[5] == "Rows: all 30 rows used."
    assert lines[6].startswith("Standard errors take the errors of rows as independent")
    chinese = str(fit(MEDIATION, attitude(), covariance="HC3").to_table("zh"))
    assert "链条系数，95% 置信区间" in chinese
    assert "标准误允许异方差（HC3）。" in chinese
    assert "<caption>Coefficients of the chain" in found._repr_html_()
    explained = found.explained("en")
    assert explained["r2"] == tuple(each.regression.r2 for each in found.equations)
    assert list(explained.columns)[:4] == ["target", "predictors", "n", "df"]
    assert "groups" not in explained.columns
    alone = fit(Chain.parse("learning -> rating"), attitude())
    assert repr(alone).startswith("<Fit of 1 equation on 30 rows; rating R² 0.39")


def test_labels_stand_for_names_where_a_language_is_asked() -> None:
    chain = Chain(MEDIATION.links, {"learning": Label("chances to learn", "学习机会")})
    found = fit(chain, attitude(), controls=["privileges"])
    names = found.to_table()
    assert "label" not in names.columns
    for language, said in (("en", "chances to learn"), ("zh", "学习机会")):
        table = found.to_table(language)
        assert list(table.columns) == list(names.columns)
        for column in ("target", "source"):
            assert table[column] == tuple(said if cell == "learning" else cell for cell in names[column])
    assert "privileges" in names["source"]


@pytest.mark.parametrize("given", ["coefficients", 0.9])
def test_what_is_no_language_is_refused(given: object) -> None:
    message = "language: .*; to_table takes a language, 'en' or 'zh', or None .* other tables are coefficients"
    with pytest.raises(LabelError, match=message):
        fit(MEDIATION, attitude()).to_table(given)  # type: ignore[arg-type]


def test_a_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(RecordError):
        Fit.from_json("{")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "errors alike within each unit, with the small-sample correction G / (G − 1) · (n − 1) / (n − k)"),
        ({"cluster": "region"}, "errors alike within each region"),
        ({"covariance": "HAC"}, "alike over some periods of a unit (HAC, Newey and West)"),
        ({"covariance": "HC2"}, "Rows of one unit in several periods are taken as independent"),
        ({"estimator": "robust"}, "Robust regression (Huber)"),
        ({"estimator": "mixed"}, "random intercept for each unit"),
        ({"effects": "unit"}, "Each unit has an intercept of its own"),
        ({"effects": "period"}, "Each period has an intercept of its own, not shown"),
        ({"weights": "size"}, "Rows are weighted by size."),
        ({"rows": "per_link"}, "Rows were decided for each equation apart: equations describe different units"),
        ({"reliability": {"x": 0.8, "y": 0.7}}, "reliabilities taken as known: x 0.8; standardised"),
        ({"reliability": {"x": 0.8, "y": 0.7}}, "Nothing to correct in y: no link starts there."),
    ],
    ids=str,
)
def test_notes_say_what_was_asked(options: dict[str, Any], said: str) -> None:
    table = fit(PANEL, panel(), **options).to_table()
    assert said in " ".join(table.notes)
    for english, chinese in zip(table.notes, fit(PANEL, panel(), **options).to_table("zh").notes, strict=True):
        assert english != chinese


def test_notes_on_estimates_that_are_not_sure() -> None:
    found = fit(PANEL, panel(), estimator="mixed")
    assert found.explained()["unit_sd"] == tuple(
        math.sqrt(each.regression.group_variance or 0) for each in found.equations
    )
    first = found.equations[0]
    for name, sure, said in (
        ("on_boundary", False, "the variance between units is estimated at zero"),
        ("converged", True, "did not converge"),
    ):
        for state in (True, False):
            moved = attrs.evolve(first, regression=attrs.evolve(first.regression, **{name: state}))  # type: ignore[arg-type]
            notes = " ".join(attrs.evolve(found, equations=(moved,)).to_table().notes)
            assert (said in notes) is (state is not sure)
    dynamic = fit(Chain.parse("x -> y; y -> y [lag 1]"), panel(), effects="unit")
    assert "Nickell 1981" in " ".join(dynamic.to_table().notes)


def test_shapes_are_checked_where_an_equation_is_made() -> None:
    equation = fit(MEDIATION, attitude()).equation("rating")
    with pytest.raises(FitError, match="every coefficient has its term"):
        type(equation)("rating", equation.terms[:2], equation.regression, equation.means, equation.sds, 0.0, 1.0)
    assert isinstance(equation.regression, Regression)
