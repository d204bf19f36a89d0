"""How diagnostics are read: order, tables in two languages, frames, dictionaries; and what they refuse."""

import json
from typing import Any

import numpy as np
import pytest

from servqual.chain.check_kinds import CheckVerdict
from servqual.chain.check_words import reason_label
from servqual.chain.correlations import fit_correlations
from servqual.chain.diagnosed import RuleOfThumb
from servqual.chain.diagnosing import diagnostics
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.errors import FitError
from servqual.labels import Label
from servqual.statistics import Inapplicable
from tests.chain.diagnosed_data import CHAIN, PEOPLE, across, along, diagnosed
from tests.chain.fit_data import refused


def test_the_worst_comes_first() -> None:
    found = diagnosed(across(2, bend=0.8, fan=0.5))
    ranks = [each.verdict.rank for each in found]
    assert ranks == sorted(ranks)
    assert ranks[0] == 0
    problems = [each.p_adjusted for each in found if each.verdict is CheckVerdict.PROBLEM]
    assert problems == sorted(problems)
    assert repr(found).startswith(f"<Diagnostics: {found.count('problem')} problems, ")
    assert len(found) == len(list(found)) == sum(found.count(each) for each in CheckVerdict)
    assert repr(diagnosed(across(4))).startswith("<Diagnostics: ")


def test_a_check_says_what_it_found() -> None:
    (reset,) = diagnosed(across(2, bend=0.8)).of("reset", target="satisfaction")
    assert repr(reset).startswith("<Check reset of satisfaction: problem; p ")
    assert repr(reset).endswith(" adjusted; null: the form of the regression is right>")
    found = diagnosed(across(2, 15))
    (few,) = found.of("few_units", target="loyalty")
    assert repr(few) == (
        "<Check few_units of loyalty: caution; rule broken: 7.5 against 10; there are ten units or more for each "
        "coefficient>"
    )
    serial = found.of("serial_correlation")[0]
    assert repr(serial).endswith(": not applicable; units have one row each>")
    people = next(iter(found.of("same_people")))
    assert "rule kept; the ends of the link" in repr(people)
    assert np.isnan([serial.statistic, serial.p, serial.p_adjusted, people.statistic]).all()
    assert few.remedy.en.startswith("add units")
    assert few.reference.startswith("Harrell 2015")
    assert str(RuleOfThumb(2, 1, broken=False)) == "kept: 2 against 1"


def test_tables_speak_two_languages() -> None:
    chain = Chain(CHAIN.links, {"loyalty": Label("loyalty", "忠诚")})
    found = diagnosed(across(2, bend=0.6, wild=12), chain)
    english, chinese = found.to_table(every=True), found.to_table("zh", every=True)
    assert english.title == "What speaks against the fit"
    assert english["verdict"][0] == "problem"
    assert "label" not in english.columns
    assert chinese.title == "对拟合结果的诊断"
    assert chinese["verdict"][0] == "有问题"
    assert set(chinese["label"]) == {"忠诚", "satisfaction", "全部方程"}
    assert all("一" <= str(text)[-1] <= "鿿" or str(text)[-1] in "%0123456789边缘" for text in chinese["null"])
    reasons = {text for text in chinese["reason"] if text}
    assert reasons == {"每个单位只有一行", "标准误不按聚类计算", "数据没有时期"}
    assert len(english) == len(found)
    notes = " ".join(english.notes)
    assert "Found is what has p below 0.05, adjusted by Holm" in notes
    assert "outlying row (branch 099): look at the row" in notes
    assert "离群行（branch 099）：核查该行" in " ".join(chinese.notes)
    assert found._repr_html_().startswith("<div")


def test_the_table_shows_what_was_found_and_counts_the_rest() -> None:
    found = diagnosed(across(2, bend=0.6, wild=12))
    table = found.to_table()
    assert set(table["verdict"]) <= {"problem", "caution", "found, allowed for"}
    clear, untold = found.count("clear"), found.count("untold")
    assert table.notes[0].startswith(f"{clear} further checks found nothing, {untold} do not apply")
    assert len(table) + clear + untold == len(found)


@pytest.mark.parametrize(
    ("options", "note"),
    [
        ({}, "Tests take errors within each unit as alike."),
        ({"estimator": "mixed"}, "The rows are checked as least squares leave them"),
        ({"reliability": {"service": 0.8}}, "The rows are checked without the correction for unreliability."),
    ],
)
def test_notes_say_what_was_checked(options: dict[str, Any], note: str) -> None:
    assert note in " ".join(diagnosed(along(1), **options).to_table().notes)


def test_frames_and_dictionaries_hold_all_numbers() -> None:
    found = diagnosed(along(1))
    frame = found.to_frame("polars")
    assert frame.height == len(found)
    assert {"verdict", "check", "family", "df_error", "units", "method", "reason"} <= set(frame.columns)
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert (record["reading"], record["level"]) == ("diagnostics", 0.05)
    assert {"check", "target", "reverse", "forward"} <= set(record["further"][0]) | set(record["further"][-1])
    p = dict(
        zip(
            zip(record["columns"]["check"], record["columns"]["about"], strict=True),
            record["columns"]["p"],
            strict=True,
        )
    )
    way = next(iter(found.of("reverse_direction")))
    assert p["reverse_direction", way.about] == pytest.approx(way.p)


def test_every_reason_is_translated() -> None:
    samples = [along(1), along(1, 6, 2), along(1, 3, 2), across(1), across(1, 10)]
    line = across(1).with_columns({"loyalty": across(1).column("service") * 2.0})
    tables = [diagnosed(units, covariance="HC1") for units in [*samples, line]]
    tables += [diagnosed(along(1, 4, 4), covariance="cluster"), diagnosed(along(2, 1, 40), covariance="HAC")]
    said = {each.result.reason for found in tables for each in found if isinstance(each.result, Inapplicable)}
    assert len(said) > 7
    assert [why for why in said if not reason_label(why).zh] == []
    assert reason_label("5 groups cannot tell 6 coefficients apart").zh == "5 个组无法区分 6 个系数"
    assert reason_label("something else") == Label("something else")


def test_what_is_asked_is_checked() -> None:
    units = across(1)
    found = fit(CHAIN, units)
    with pytest.raises(
        FitError, match=r"3 problems\n.*fit: a str; it is a Fit.*\n.*units: a int;.*\n.*level: 5; it lies"
    ):
        diagnostics("fit", 1, level=5)  # type: ignore[arg-type]
    others = refused(lambda: diagnostics(found, across(2)))
    assert len(others) == 2
    assert others[0].startswith("units, equation of satisfaction: 100 rows with mean ")
    assert "diagnostics look at the rows that were fitted. Hint: pass the table of units" in others[0]
    assert len(refused(lambda: diagnostics(found, across(1, 90)))) == 2
    r = {("service", "satisfaction"): 0.5, ("service", "loyalty"): 0.3, ("satisfaction", "loyalty"): 0.4}
    correlated = fit_correlations(CHAIN, r, 50)
    assert refused(lambda: diagnostics(correlated, units)) == [
        "fit: made of correlations; diagnostics look at rows, and a matrix of correlations has none."
    ]
    wrong = refused(lambda: diagnostics(found, units).of("resett", target="x", family="spred"))
    assert wrong[0].startswith("kind: 'resett'; no check bears it. Hint: did you mean reset")
    assert [each.partition(":")[0] for each in wrong] == ["kind", "family", "target"]


def test_levels_move_verdicts_only() -> None:
    units = across(2, bend=0.3)
    found = fit(CHAIN, units)
    strict, lax = diagnostics(found, units, level=1e-12), diagnostics(found, units, level=0.999)
    assert strict.count("problem") < lax.count("problem")
    assert {(each.kind, each.target, each.about): each.p for each in strict if each.p == each.p} == {
        (each.kind, each.target, each.about): each.p for each in lax if each.p == each.p
    }


def test_order_of_rows_and_units_of_measurement_do_not_matter() -> None:
    units = along(8, 20)
    plain = diagnosed(units)
    columns = {name: units.column(name) * scale + 5 for name, scale in zip(units.names, (100, 0.01, 3), strict=True)}
    turned = diagnosed(units.with_columns(columns, respondents=PEOPLE))
    first = {(each.kind, each.target, each.about): each for each in plain}
    for each in turned:
        mine = first[each.kind, each.target, each.about]
        np.testing.assert_allclose([each.statistic, each.p], [mine.statistic, mine.p], rtol=1e-4, atol=1e-7)
        assert each.verdict is mine.verdict
