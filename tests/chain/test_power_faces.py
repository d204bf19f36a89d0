"""What a simulation of power says and refuses."""

import json
from typing import Any

import pytest

from servqual.chain.graph import Chain
from servqual.chain.link import Link
from servqual.chain.planning import power
from servqual.chain.power_results import PowerCurve
from servqual.errors import ArgumentError, ChainError
from servqual.statistics import Inapplicable
from servqual.statistics.power_curves import size_for_power

SERIAL = Chain.parse("a -> b -> c")
STRONG = {"a -> b": 0.4, "b -> c": 0.3}


def curve(units: Any = (30, 60, 120), **options: Any) -> PowerCurve:
    return power(SERIAL, STRONG, units, source="a", target="c", **{"simulations": 1000, **options})


def test_units_needed_lie_between_those_simulated() -> None:
    found = curve()
    plan = found.needed(power=0.8)
    assert not isinstance(plan, Inapplicable)
    powers = [row.power for row in found]
    assert powers[1] < 0.8 < powers[2]
    assert 60 < plan.exact < 120
    assert plan.exact == size_for_power([30, 60, 120], powers, 0.8, simulations=1000)
    assert plan.unit == "units"
    assert plan.assumptions[0] == "power 0.8 to see a -> b -> c"
    assert plan.assumptions[1:] == ("normal errors", "level 0.05, two-sided")
    # simulated again with so many units, the power is there
    assert curve(plan.n, simulations=4000).rows[0].power == pytest.approx(0.8, abs=0.03)


def test_what_was_not_simulated_is_not_made_up() -> None:
    found = curve()
    assert found.needed(power=0.99) == Inapplicable(
        f"120 units have power {found.rows[2].power:.2f} only: simulate more"
    )
    assert found.needed(power=0.1) == Inapplicable(
        f"30 units have power {found.rows[0].power:.2f} already: simulate fewer"
    )
    single = curve(60)
    assert single.needed(power=0.99) == Inapplicable(
        f"60 units have power {single.rows[0].power:.2f} only: simulate more"
    )


def test_assumptions_go_along() -> None:
    found = curve(40, clusters=8, icc=0.1, periods=3, stability=0.2, confidence=0.9)
    assert found.assumptions == (
        "normal errors",
        "level 0.1, two-sided",
        "3 periods, of which units keep 0.2 of their own variance",
        "8 clusters, which share 0.1 of it",
    )


def test_tables_speak_both_languages() -> None:
    found = curve()
    table = found.to_table()
    assert list(table.columns) == ["effect", "kind", "size", "test", "units", "power", "se"]
    assert table.title == "Power by number of units"
    assert table.notes[1] == "indirect paths by joint significance: every link of the path is significant"
    assert found.to_table("zh").title == "各单位数下的检验功效"
    assert found.to_table("zh").notes[0].startswith("1000 个模拟样本中在 0.05 水平上显著的比例")
    assert "<table>" in found._repr_html_()
    assert repr(found) == f"<PowerCurve, 30 to 120 units; with 120: a -> b -> c {found.rows[2].power:.2f}>"
    row = found.rows[0]
    assert repr(row) == f"<PowerRow a -> b -> c, indirect: {row.power:.3f} ± {row.se:.3f} with 30 units>"
    assert found.to_frame()["units"].tolist() == [30, 60, 120]
    told = json.loads(json.dumps(found.to_dict()))
    assert (told["reading"], told["simulations"], told["confidence"]) == ("power", 1000, 0.95)
    assert told["columns"]["power"] == [row.power for row in found]
    assert (len(found), found.effects, found.units) == (3, ("a -> b -> c",), (30, 60, 120))


def test_notes_name_tests_and_design() -> None:
    links = power(SERIAL, STRONG, 40, simulations=10)
    assert "single links by Student's t" in links.to_table().notes
    delta = power(SERIAL, STRONG, 40, source="a", target="c", method="delta", simulations=10)
    assert "products and sums by the delta method, normal" in delta.to_table().notes
    panel = power(SERIAL, STRONG, 40, periods=3, stability=0.5, simulations=10).to_table().notes
    assert panel[-2:] == (
        "3 periods; units keep 0.5 of the variance that is a construct's own", "errors clustered by unit"
    )  # fmt: skip
    regions = power(SERIAL, STRONG, 40, clusters=8, icc=0.2, simulations=10).to_table().notes[-1]
    assert regions.startswith("8 clusters of units, which share 0.2 of the variance")
    back = power(Chain.parse("a -> b; b -> b [lag 1]"), {"a -> b": 0.3, "b -> b": 0.4}, 40, periods=4, stability=0.2,
                 simulations=10)  # fmt: skip
    assert back.to_table().notes[-1].startswith("what feeds back goes along with what lasts")


def test_a_bar_of_progress_is_shown_where_it_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    curve(40, progress=True)
    assert "power" in capsys.readouterr().err
    curve(40)
    assert capsys.readouterr().err == ""


def test_effects_are_named_in_many_ways() -> None:
    lagged = Chain([Link("a", "b", lag=1), Link("a", "b")])
    named: list[dict[Any, float]] = [{"a -> b [lag 1]": 0.3, Link("a", "b"): 0.2}, {lagged.links[0]: 0.3, "a→b": 0.2}]
    for effects in named:
        found = power(lagged, effects, 30, periods=3, simulations=10)
        assert [row.size for row in found] == [0.3, 0.2]
    assert power(Chain.parse("a -> b [lag 1]"), {("a", "b"): 0.3}, 30, periods=3, simulations=10).rows[0].size == 0.3


@pytest.mark.parametrize(
    ("chain", "effects", "message"),
    [
        ("a -> b", {}, "effects: none for a -> b; every link has one; 0 says that there is none"),
        ("a -> b", {"a -> c": 0.1, "a -> b": 0.1}, r"effects: 'a -> c'; .* Hint: did you mean a -> b\?"),
        ("a -> b", {"a -> b": 0.1, ("a", "b"): 0.2}, "effects: 'a -> b' twice; a link has one effect"),
        ("a -> b", {"a -> b": "large"}, "effect of a -> b: 'large'; an effect is a finite number"),
        ("a -> b", {"a -> b": float("nan")}, "effect of a -> b: nan; an effect is a finite number"),
        ("a -> b [log]", {"a -> b": 0.3}, r"link a -> b \[log\]: log; power is simulated for straight links"),
        ("a -> b", {"a -> b": 1.0}, "effects on b: explain 1 of its variance; .* less than all of it. Hint: make the"),
        ("a -> c; b -> c", {"a -> c": 0.8, "b -> c": -0.8}, "effects on c: explain 1.28 of its variance"),
        ("a -> b [lag 1]; b -> b [lag 1]", {"a -> b": 0.1, "b -> b": 1.1}, "effects: feedback that grows or stays"),
    ],
)
def test_effects_that_cannot_be(chain: str, effects: dict[Any, Any], message: str) -> None:
    with pytest.raises(ChainError, match=message):
        power(Chain.parse(chain), effects, 40, periods=3)


def test_all_that_is_wrong_with_effects_is_said_at_once() -> None:
    with pytest.raises(ChainError, match="3 problems"):
        power(Chain.parse("a -> b -> c"), {"a -> d": 1, "a -> b": "x"}, 40)  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("correlations", "message"),
    [
        ({("a", "c"): 0.2}, "correlation of a and c: 'c'; correlations are those of constructs that nothing leads to"),
        ({("a", "a"): 0.2}, "correlation of a and a: 1 constructs; a correlation is one of two constructs"),
        ({("a", "b"): 0.2, ("b", "a"): 0.2}, "correlation of b and a: given twice; a pair has one correlation"),
        ({("a", "b"): 1.0}, "correlation of a and b: 1; it lies between −1 and 1"),
        ({("a", "b"): 0.9, ("b", "d"): 0.9, ("a", "d"): -0.9}, "correlations: not positive definite; no constructs"),
    ],
)
def test_correlations_that_cannot_be(correlations: dict[tuple[str, str], float], message: str) -> None:
    chain = Chain.parse("a -> c; b -> c; d -> c")
    effects = dict.fromkeys(map(str, chain.links), 0.1)
    with pytest.raises(ChainError, match=message):
        power(chain, effects, 40, correlations=correlations)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"units": []}, "units: none; there is a number of units to simulate"),
        ({"units": [20, 2.5]}, "units: 2.5; it is a whole number above zero"),
        ({"units": 0}, "units: 0; it is a whole number above zero"),
        ({"units": 2}, "units: 2: 2 rows for 2 coefficients; an equation has more rows than coefficients"),
        ({"units": 10, "clusters": 11}, "units: 10 for 11 clusters; there are two clusters or more, with a unit each"),
        ({"units": 1, "periods": 9}, "units: 1 for 1 clusters; there are two clusters or more"),
        ({"clusters": 1}, "clusters: 1; it is a whole number, 2 or more"),
        ({"periods": 0}, "periods: 0; it is a whole number above the longest lag, 0"),
        ({"icc": 1}, "icc: 1; it is a share of variance, 0 or more and below 1"),
        ({"icc": 0.2}, "icc: 0.2, without clusters; units of one cluster share it"),
        ({"stability": 0.2}, "stability: 0.2, in one period; units keep it over periods"),
        (
            {"icc": 0.5, "clusters": 4, "stability": 0.5, "periods": 2},
            "icc and stability: 1 together; they are below 1",
        ),
        ({"simulations": 1}, "draws: 1; it is a whole number, 2 or more"),
        ({"rng": None}, "rng: None; what is drawn at random has a seed"),
        ({"confidence": 95}, "confidence: 95; it lies strictly between 0 and 1"),
    ],
)
def test_numbers_outside_their_range(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        curve(**{"units": 40, **options})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"source": "a", "target": None}, "target: none, with a source; an effect has two ends"),
        ({"source": None, "target": "c"}, "source: none, with a target; an effect has two ends"),
        ({"method": "bootstrap"}, "method: 'bootstrap'; it is joint or delta"),
        ({"source": "c", "target": "a"}, "target: no path from c to a; an effect goes along links"),
        ({"source": "aa"}, "source: 'aa'; no construct of this chain"),
    ],
)
def test_effects_that_are_not_there(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ChainError, match=message):
        power(SERIAL, STRONG, 40, **{"source": "a", "target": "c", **options})


def test_rows_and_plans_that_are_not_there() -> None:
    found = curve((30, 60))
    with pytest.raises(ChainError, match=r"effect: 'a -> b'; it was not simulated. Hint: did you mean a -> b -> c\?"):
        found.at("a -> b")
    with pytest.raises(ChainError, match=r"units: 50; so many were not simulated. Hint: known are 30, 60"):
        found.at("a -> b -> c", 50)
    with pytest.raises(ArgumentError, match="power: 80; it lies strictly between 0 and 1"):
        found.needed(power=80)
    with pytest.raises(ChainError, match=r"effect: none; it is named where there are several. Hint: known are a"):
        power(SERIAL, STRONG, 40, simulations=10).needed()
