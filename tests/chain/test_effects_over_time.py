"""Effects that arrive later, feed back, or depend on where a construct stands."""

import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.chain.effect_paths import Ways
from servqual.chain.effect_reading import effects
from servqual.chain.effect_sums import PathSums
from servqual.chain.fitting import fit
from servqual.chain.graph import Chain
from servqual.chain.total_reading import total_effects
from servqual.chain.total_sums import PairSums
from servqual.chain.units import UnitTable
from servqual.errors import ChainError, FitError
from tests.chain.fit_data import panel
from tests.chain.made_fits import made_fit

LAGGED = Chain.parse("x -> m [lag 1] -> y; x -> y; x -> y [lag 2]; m -> y [lag 1]")
FEEDBACK = Chain.parse("x -> m -> y; y -> x [lag 1]; x -> x [lag 1]")


def test_lags_add_up_along_a_path() -> None:
    fitted = made_fit(LAGGED, 3)
    slopes = dict(zip(map(str, LAGGED.links), fitted.slopes().tolist(), strict=True))
    found = effects(fitted, "x", "y")
    expected = {
        "x -> y": (0, slopes["x -> y"]),
        "x -> y [lag 2]": (2, slopes["x -> y [lag 2]"]),
        "x -> m [lag 1] -> y": (1, slopes["x -> m [lag 1]"] * slopes["m -> y"]),
        "x -> m [lag 1] -> y [lag 1]": (2, slopes["x -> m [lag 1]"] * slopes["m -> y [lag 1]"]),
    }
    assert {row.key for row in found} == {*expected, "total direct", "total indirect", "total"}
    for key, (lag, value) in expected.items():
        assert found[key].lag == lag
        assert found[key].estimate == pytest.approx(value)
    assert found["total"].lag is None
    assert found["total_direct"].estimate == pytest.approx(slopes["x -> y"] + slopes["x -> y [lag 2]"])
    arriving = {row.lag: row.estimate for row in found.by_lag()}
    assert arriving == {
        lag: pytest.approx(sum(value for when, value in expected.values() if when == lag)) for lag in (0, 1, 2)
    }
    assert sum(map(float, arriving.values())) == pytest.approx(float(found["total"].estimate))
    assert "Totals are over all periods: effects arrive up to 2 periods later." in found.to_table().notes


def test_a_horizon_ends_what_is_added_up() -> None:
    fitted = made_fit(LAGGED, 3)
    found, whole = effects(fitted, "x", "y", horizon=1), effects(fitted, "x", "y")
    assert [row.key for row in found] == ["x -> y", "x -> m [lag 1] -> y", "total indirect", "total"]
    within = sum(float(row.estimate) for row in whole.by_lag() if row.lag is not None and row.lag <= 1)
    assert found["total"].estimate == pytest.approx(within)
    assert "Totals are over a horizon of 1 period." in found.to_table().notes


def test_one_period_is_no_periods() -> None:
    found = effects(made_fit(Chain.parse("x -> y; x -> y [lag 1]"), 3), "x", "y")
    assert "Totals are over all periods: effects arrive up to 1 period later." in found.to_table().notes


def test_feedback_needs_a_horizon_and_passes_links_again() -> None:
    fitted = made_fit(FEEDBACK, 5)
    with pytest.raises(ChainError, match="pass horizon=, the periods that a path may take"):
        effects(fitted, "x", "y")
    with pytest.raises(ChainError, match="pass horizon=, the periods that a path may take"):
        total_effects(fitted)
    m, y, back, own = fitted.slopes().tolist()
    found = effects(fitted, "x", "y", horizon=2)
    once = back * m * y + own
    arriving = [float(row.estimate) for row in found.by_lag()]
    assert arriving == pytest.approx([m * y, m * y * once, m * y * once**2])
    assert total_effects(fitted, horizon=2)["x", "y"].total == pytest.approx(sum(arriving))


def numeric(function: object, at: Floats) -> Floats:
    """Derivatives by differences, shape (values, estimates)."""
    steps = np.eye(at.size) * 1e-6
    pairs = [(function(at + step), function(at - step)) for step in steps]  # type: ignore[operator]
    return np.stack([(up - down) / 2e-6 for up, down in pairs], axis=-1)


@pytest.mark.parametrize(("chain", "horizon"), [(LAGGED, None), (LAGGED, 1), (FEEDBACK, 0), (FEEDBACK, 3)], ids=str)
@pytest.mark.parametrize("standardised", [False, True])
def test_gradients_are_those_of_small_differences(chain: Chain, horizon: int | None, *, standardised: bool) -> None:
    fitted = made_fit(chain, 11)
    ways = Ways.of(fitted.chain, "x", "y", horizon)
    sums: PathSums = effects(fitted, "x", "y", horizon=horizon, standardised=standardised)._sums
    assert sums.gradient() == pytest.approx(numeric(sums.paths, sums.spread.estimates), abs=1e-7)
    assert sums.gradient().shape == (len(ways.paths), len(ways.links) + 2 * standardised)
    pairs = PairSums.of(fitted, horizon, standardised=standardised)
    sds = fitted.sds if standardised else np.zeros(0)
    estimates, links = np.append(fitted.slopes(), sds), len(chain.links)
    found = pairs.gradient(estimates)
    assert found[:, :, :links] == pytest.approx(numeric(pairs.totals, estimates)[:, :, :links], abs=1e-7)
    assert not found[:, :, links:].any()


@pytest.mark.parametrize("horizon", [0, 2, 4])
def test_totals_of_all_pairs_are_sums_over_paths(horizon: int) -> None:
    fitted = made_fit(FEEDBACK, 7)
    for row in total_effects(fitted, horizon=horizon):
        found = effects(fitted, row.source, row.target, horizon=horizon)
        assert row.total == pytest.approx(float(found["total"].estimate))
        assert row.se == pytest.approx(float(found["total"].se))
        assert row.paths == sum(each.kind in {"direct", "specific"} for each in found)


def test_lags_stay_within_units_in_the_bootstrap_too() -> None:
    rng = np.random.default_rng(2)
    unit, period = np.repeat(np.arange(60), 8), np.tile(np.arange(8), 60)
    x = rng.normal(size=unit.size)
    before = np.where(period > 0, np.roll(x, 1), rng.normal(size=unit.size))
    y = 0.7 * before + 0.2 * rng.normal(size=unit.size)
    units = UnitTable.from_arrays(unit, {"x": x, "y": y}, period=period)
    found = effects(fit(Chain.parse("x -> y [lag 1]"), units), "x", "y", units=units, draws=300, rng=1)[
        "x -> y [lag 1]"
    ]
    assert found.lag == 1
    assert found.estimate == pytest.approx(0.7, abs=0.05)
    assert 0.65 < float(found.low) < float(found.high) < 0.75


def test_curved_links_are_read_at_the_means() -> None:
    units = panel()
    fitted = fit(Chain.parse("x -> m [log] -> y"), units)
    regression = fitted.equations[0].regression
    slope = regression.coefficients[1] / fitted.mean_of("x")
    found = effects(fitted, "x", "m")
    assert found["total"].estimate == pytest.approx(float(slope))
    assert found["total"].p == pytest.approx(float(regression.tests().p[1]))
    assert any("at the means, for a gain" in note for note in found.to_table().notes)


def test_gains_and_losses_are_told_apart() -> None:
    units = panel()
    fitted = fit(Chain.parse("x -> m [asymmetric] -> y"), units)
    regression = fitted.equations[0].regression
    for direction, place in (("loss", 1), ("gain", 2)):
        found = effects(fitted, "x", "m", direction=direction)  # type: ignore[arg-type]
        assert found["total"].estimate == pytest.approx(float(regression.coefficients[place]))
        assert found["total"].se == pytest.approx(float(regression.standard_errors[place]))
        drawn = effects(fitted, "x", "m", direction=direction, units=units, draws=200, rng=1)  # type: ignore[arg-type]
        assert drawn["total"].estimate == found["total"].estimate
    with pytest.raises(FitError, match="direction: 'up'; it is one of gain, loss"):
        effects(fitted, "x", "m", direction="up")  # type: ignore[arg-type]
