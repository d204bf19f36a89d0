"""What a comparison of forms says and refuses."""

from typing import Any

import pytest

from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.shape_words import NOT_ASKED, AsymmetryVerdict, ShapeVerdict, brief
from servqual.chain.shaping import compare_forms
from servqual.errors import ArgumentError, ChainError, FitError
from servqual.statistics import Inapplicable
from tests.chain.bent_units import CHAIN, branches
from tests.chain.fit_data import attitude


def test_tables_speak_both_languages() -> None:
    found = compare_forms(CHAIN, branches())
    assert len(found) == 3
    forms, links = found.to_table(), found.to_table(of="links")
    assert list(forms.columns)[:4] == ["link", "form", "aic", "bic"]
    assert forms.title == "Straight or bent"
    assert len(forms) == 12
    assert links["verdict"][0] == "bent"
    assert links["asymmetry"][0] == "losses weigh more than gains"
    assert str(links["best"][0]).startswith("asymmetric ")
    assert len(str(links["best"][0])) <= len("asymmetric 3.000")
    told = found.to_table("zh", of="links")
    assert told.title == "直线还是曲线"
    assert told["asymmetry"][0] == "损失的影响大于增益"
    assert told["verdict"][0] == "弯曲"
    assert any(note.startswith("rmse：整个单位留出") for note in told.notes)
    assert any("in 10 folds" in note for note in forms.notes)
    assert found._repr_html_().count("<table>") == 2
    assert repr(found) == "<FormComparison: 3 links, 1 bent by all criteria>"
    assert repr(found["a -> b"]).startswith("<LinkShape a -> b: bent, asymmetric 3")
    assert repr(found.rows[0]).startswith("<FormRow a -> b as linear: AIC ")
    assert found.to_frame()["link"].tolist() == [row.link for row in found.rows]
    assert len({each.label for each in ShapeVerdict}) == len({each.label for each in AsymmetryVerdict}) == 4
    assert brief("piecewise 2.5757365563254617 3") == "piecewise 2.576 3"
    assert [shape.link for shape in found] == ["a -> b", "b -> c", "a -> c"]


def test_links_and_forms_are_found_by_what_they_are_called() -> None:
    units = branches()
    lone = compare_forms(CHAIN, units, links=[Link("a", "b")], forms="log")
    assert [row.form for row in lone.rows] == ["linear", "log"]
    assert lone["a -> b"].p == Inapplicable(NOT_ASKED)
    bent = Chain.parse("a -> b [log]; b -> c")
    assert [shape.link for shape in compare_forms(bent, units, links="a→b", forms=["log", "linear"])] == [
        "a -> b [log]"
    ]


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"links": "a -> d"}, ChainError, "links: 'a -> d'; links are those of the chain. Hint: did you mean a -> c"),
        ({"links": []}, ChainError, "links: 'none'; links are those of the chain"),
        ({"forms": ["linear"]}, ChainError, "forms: no bent one; a straight line is compared with bent ones"),
        ({"forms": ["logg"]}, ChainError, r"form: 'logg'; .* did you mean log\?"),
        ({"folds": 1}, ArgumentError, "folds: 1; it is a whole number, 2 or more"),
        ({"folds": 2.5}, ArgumentError, "folds: 2.5; it is a whole number"),
        ({"folds": 31}, FitError, "folds: 31 for 30 units; each fold holds a unit or more. Hint: folds=30"),
        ({"rng": None}, ArgumentError, "rng: None; what is drawn at random has a seed"),
        ({"confidence": 95}, ArgumentError, "confidence: 95; it lies strictly between 0 and 1"),
        ({"reliability": {"a": 0.8}}, FitError, "reliability: given; error is taken out of straight links only"),
        ({"covariance": "HC9"}, FitError, "covariance: 'HC9'; it is one of"),
        ({"weights": "size"}, FitError, "weights: 'size'; the table of units has no such column"),
    ],
)
def test_what_cannot_be_compared(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        compare_forms(CHAIN, branches(n=30), **options)


def test_tables_and_links_that_there_are_not() -> None:
    found = compare_forms(Link("complaints", "rating"), attitude(), folds=5)
    with pytest.raises(ChainError, match=r"of: 'link'; it is forms or links. Hint: did you mean links\?"):
        found.to_table(of="link")
    with pytest.raises(ChainError, match=r"link: 'complaints -> learning'; it was not compared. Hint: did you mean"):
        found["complaints -> learning"]
