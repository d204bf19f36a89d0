"""What a reading shows: tables in two languages, frames, dictionaries and curves."""

import json
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from servqual.errors import ArgumentError, KanoError
from servqual.satisfaction.delight.asking import kano
from servqual.satisfaction.delight.charm import charm_curve
from servqual.satisfaction.delight.results import KanoReading
from servqual.satisfaction.delight.rules import KanoRules
from servqual.satisfaction.delight.study import KanoStudy
from servqual.satisfaction.delight.views import VIEWS
from servqual.satisfaction.delight.words import Category
from servqual.statistics import Inapplicable, wilson_interval
from tests.satisfaction.kano_data import BACKENDS, COLUMNS, PUBLISHED, oracle, refusal, small, told


def reading(backend: str = "pandas", **given: object) -> KanoReading:
    study = KanoStudy.from_frame(
        BACKENDS[backend](small()), features={"wait": "the wait", "logo": "the logo"}, **COLUMNS,
        groups=["branch"], importance="imp_{key}", missing=9,
    )  # fmt: skip
    return kano(study, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", [None, "en", "zh"])
def test_every_view_speaks(view: str, language: str | None) -> None:
    table = reading(by="branch", rng=1, draws=20).to_table(view, language=language)
    assert len(table) == (12 if view == "shares" else 2)
    assert "segment" not in table.columns
    assert ("label" in table.columns) is (language is not None)
    assert str(table)
    if language == "zh":
        assert any("\u4e00" <= letter <= "\u9fff" for note in table.notes for letter in note)
        assert "Kano 研究" in table.title


def test_categories_are_words_in_tables_and_values_in_frames() -> None:
    found = reading()
    assert found.to_table()["mode"][0] == "must-be"
    assert found.to_table(language="zh")["mode"][0] == "必备"
    assert found.to_frame()["mode"][0] == "must_be"
    assert found.to_table("shares", language="zh")["category"][:2] == ("魅力", "一元")
    combined = kano(KanoStudy.from_counts({"it": {"A": 5, "M": 5}}))
    assert combined.to_table()["leading"] == ("must-be + attractive",)
    assert combined.to_frame()["leading"][0] == combined.to_frame()["tied"][0] == "must_be+attractive"


def test_counts_stand_under_their_letters() -> None:
    table = reading().to_table()
    assert list(table.columns)[:8] == ["feature", "n", "A", "O", "M", "I", "R", "Q"]
    assert [table[letter][0] for letter in "AOMIRQ"] == [1, 1, 1, 1, 1, 0]
    assert "stability" not in table.columns
    assert "stability" in reading(rng=1).to_table().columns


def test_segments_are_a_view() -> None:
    table = reading(by="branch").to_table("coefficients", by_segment=True)
    assert table["segment"] == ("north", "north", "south", "south")
    assert table["feature"] == ("wait", "logo") * 2


@pytest.mark.parametrize("backend", BACKENDS)
def test_frames_are_of_the_library_of_the_answers(backend: str) -> None:
    found = reading(backend, by="branch")
    for what, rows in (("features", 6), ("shares", 36), ("differences", 2)):
        frame = found.to_frame(what)
        assert type(frame).__module__.startswith(backend)
        assert len(frame) == rows
    assert isinstance(found.to_frame(backend="pandas"), pd.DataFrame)


def test_shares_have_wilsons_interval() -> None:
    found = kano(KanoStudy.from_counts(PUBLISHED))
    each = next(row for row in found.shares if row.feature == "wifi" and row.category is Category.MUST_BE)
    assert (each.count, each.share) == pytest.approx((46, 46 / 607))
    assert (each.low, each.high) == pytest.approx(wilson_interval(46, 607))
    assert sum(float(row.share) for row in found.shares if row.feature == "wifi") == pytest.approx(1)


def test_a_dictionary_is_safe_for_json_and_says_why() -> None:
    found = reading(by="branch", rules=KanoRules(leader="fong"))
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert record["reading"] == "kano"
    assert record["table"][0] == "QAAAO"
    assert record["rules"]["leader"] == "fong"
    assert record["by"] == "branch"
    assert record["inapplicable"][0]["better_boot_low"] == "nothing was drawn: it needs a seed, as rng=1"
    assert len(record["features"]["columns"]["feature"]) == 6
    assert json.dumps(kano(KanoStudy.from_counts(PUBLISHED)).to_dict(), allow_nan=False)


def test_a_reading_is_a_row_of_features() -> None:
    found = reading()
    assert len(found) == 2
    assert [row.feature for row in found] == ["wait", "logo"]
    assert repr(kano(KanoStudy.from_counts(PUBLISHED))) == (
        "<Kano study: 6 features; 1 attractive, 1 one-dimensional, 1 must-be, 3 indifferent>"
    )
    assert "<table>" in found._repr_html_()
    told(refusal(lambda: found["weight"]), "feature: no 'weight'; it is a feature. Hint: did you mean wait?")
    with pytest.raises(ArgumentError, match=r"view: 'category'.*did you mean categories"):
        found.to_table("category")
    with pytest.raises(ArgumentError, match="what: 'feature'"):
        found.to_frame("feature")


def test_notes_say_what_was_asked() -> None:
    found = reading(rng=1, draws=30, confidence=0.9)
    said = " ".join(found.to_table().notes)
    for each in ("standard evaluation table", "30 resamples", "1.65 standard errors", "equally frequent in: wait"):
        assert each in said
    assert "90% intervals" not in said
    assert "90% intervals: low and high by the delta method" in " ".join(found.to_table("coefficients").notes)
    assert "90% intervals by Wilson" in found.to_table("shares").notes
    assert "means with 90% intervals by Student's t" in found.to_table("positions").notes
    assert "respondents left out for want of one answer or both: 1, of 2 features" in said
    other = " ".join(reading(rules=KanoRules(leader="fong")).to_table().notes)
    assert "Fong's test does not tell them" in other
    assert "nothing was drawn: intervals by resamples need a seed, as rng=1" in other
    weighted = KanoStudy.from_arrays([[1], [1]], [[5], [3]], weights=[1.0, 2.0])
    assert any("Kish's effective number" in note for note in kano(weighted).to_table().notes)
    repeated = KanoStudy.from_arrays([[1], [1]], [[5], [3]], weights=[1, 2], weight_kind="frequency")
    assert any("repeated respondents" in note for note in kano(repeated).to_table().notes)
    assert any("categories as counted" in note for note in kano(KanoStudy.from_counts(PUBLISHED)).to_table().notes)


# Computed from the formulas in print: (better, worse), then one-dimensional, must-be and attractive at a quarter.
QUARTER = {(0.8, -0.2): (0.05, 0.1499320088, -0.0347038233), (0.4, -0.83): (-0.5225, -0.3995836292, -0.6266857027)}


@pytest.mark.parametrize("ends", QUARTER)
def test_curves_are_bent_as_their_formulas_say(ends: tuple[float, float]) -> None:
    found = [float(charm_curve(kind, *ends, 0.25)) for kind in ("one_dimensional", "must_be", "attractive")]
    assert found == pytest.approx(QUARTER[ends], abs=1e-9)


def test_curves_are_those_that_were_computed(shared: Path) -> None:
    for row in oracle(shared, "kano_scr_curves_computed.csv"):
        for kind in ("one_dimensional", "must_be", "attractive"):
            found = charm_curve(kind, float(row["CS"]), float(row["DS"]), float(row["x"]))
            assert float(found) == pytest.approx(float(row[kind]), abs=1e-9)


def test_curves_run_from_worse_to_better_and_bend_apart() -> None:
    at = np.linspace(0, 1, 21)
    attractive, straight, must = (charm_curve(letter, 0.7, -0.4, at) for letter in "AOM")
    for curve in (attractive, straight, must):
        assert (curve[0], curve[-1]) == pytest.approx((-0.4, 0.7))
        assert (np.diff(curve) > 0).all()
    assert (np.diff(attractive, 2) > 0).all()
    assert (np.diff(must, 2) < 0).all()
    assert (attractive[1:-1] < straight[1:-1]).all()
    assert (straight[1:-1] < must[1:-1]).all()


def test_a_reading_hands_out_its_own_curves() -> None:
    found = kano(KanoStudy.from_counts(PUBLISHED))
    row = found["service"]
    curve = found.curve("service", [0, 0.5])
    assert not isinstance(curve, Inapplicable)
    assert curve.tolist() == charm_curve("A", float(row.better), float(row.worse), [0, 0.5]).tolist()
    none = found.curve("wifi", [0, 1])
    assert isinstance(none, Inapplicable)
    assert str(none) == "a feature that is indifferent has no curve"
    empty = kano(KanoStudy.from_counts({"it": {"R": 2}})).curve("it", 0)
    assert str(empty) == "nobody's answers give it a beginning and an end"


def test_curves_that_cannot_be_are_refused_together() -> None:
    told(
        refusal(lambda: charm_curve("indifferent", 1.2, 0.1, [0.5, 2])),
        "category: indifferent; curves are of features that are attractive, one_dimensional, must_be",
        "better: 1.2; it lies between 0 and 1",
        "worse: 0.1; it lies between -1 and 0",
        "fulfilment: 2; it lies between 0 and 1",
    )
    with pytest.raises(KanoError, match="fulfilment: nan"):
        charm_curve("A", 0.5, -0.5, np.nan)


def test_a_reading_holds_no_answers() -> None:
    rng = np.random.default_rng(1)
    sizes = []
    for many in (50, 5000):
        study = KanoStudy.from_arrays(*rng.integers(1, 6, (2, many, 3)))
        sizes.append(len(pickle.dumps(kano(study))))
    assert sizes[1] < 1.2 * sizes[0]
