"""A mobile phone study, 250 customers, whose correlations are read from the folder of shared data."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from servqual._arrays import Floats
from servqual.statistics import (
    ConfirmatoryFactors,
    Extraction,
    Inapplicable,
    average_variance_extracted,
    confirmatory_factor_analysis,
    fornell_larcker,
    htmt,
    omega,
    standardised_alpha,
)

FOUR = {"Image": "IMAG", "Expectation": "CUEX", "Value": "PERV", "Satisfaction": "CUSA"}
SEVEN = {**FOUR, "Quality": "PERQ", "Complaints": "CUSCO", "Loyalty": "CUSL"}


class Study:
    """The correlations of the items, and where each item stands."""

    def __init__(self, folder: Path) -> None:
        lines = (folder / "ecsi_mobi_correlations.csv").read_text(encoding="utf-8").split()
        self.items = lines[0].split(",")[1:]
        self.table: Floats = np.array([[float(cell) for cell in line.split(",")[1:]] for line in lines[1:]])

    def blocks(self, constructs: dict[str, str]) -> list[list[int]]:
        return [[i for i, item in enumerate(self.items) if item.startswith(stem)] for stem in constructs.values()]

    def own(self, construct: str) -> Floats:
        items = self.blocks({construct: SEVEN[construct]})[0]
        return self.table[np.ix_(items, items)]

    def confirmed(self, constructs: dict[str, str]) -> ConfirmatoryFactors:
        blocks = self.blocks(constructs)
        items = [item for block in blocks for item in block]
        ends = np.cumsum([0, *map(len, blocks)])
        within = [range(a, b) for a, b in pairwise(ends)]
        found = confirmatory_factor_analysis(self.table[np.ix_(items, items)], 250, within)
        assert not isinstance(found, Inapplicable)
        return found


@pytest.fixture(scope="module")
def study(shared: Path) -> Study:
    return Study(shared / "oracles")


@pytest.fixture(scope="module")
def seen(shared: Path) -> dict[tuple[str, str, str], float]:
    """What seminr prints: quantity, name, other name → value."""
    lines = (shared / "oracles" / "ecsi_mobi_seminr_seen.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines if line.startswith("composite_mode_A_path,")]
    return {(quantity, one, other): float(value) for _, quantity, one, other, value in rows}


def test_alphas_are_those_of_seminr(study: Study, seen: dict[tuple[str, str, str], float]) -> None:
    for construct in FOUR:
        assert standardised_alpha(study.own(construct)) == pytest.approx(seen["alpha", construct, ""], abs=1e-13)


def test_ratios_are_those_of_seminr(study: Study, seen: dict[tuple[str, str, str], float]) -> None:
    found, names = htmt(study.table, study.blocks(FOUR)), list(FOUR)
    pairs = [(one, other) for one in range(4) for other in range(one + 1, 4)]
    for one, other in pairs:
        assert found[one, other] == pytest.approx(seen["HTMT", names[one], names[other]], abs=1e-13)


def test_fornell_and_larckers_table_is_that_of_seminr(study: Study, seen: dict[tuple[str, str, str], float]) -> None:
    names = list(FOUR)
    loadings = [
        [seen["cross_loading", study.items[i], name] for i in block]
        for name, block in zip(names, study.blocks(FOUR), strict=True)
    ]
    variances = [average_variance_extracted(each) for each in loadings]
    assert variances == pytest.approx([seen["AVE", name, ""] for name in names], abs=1e-13)
    among = np.eye(4)
    for (quantity, one, other), value in seen.items():
        if quantity == "construct_correlation":
            i, j = names.index(one), names.index(other)
            among[i, j] = among[j, i] = value
    found = fornell_larcker(np.array(variances, dtype=np.float64), among)
    assert not isinstance(found, Inapplicable)
    # satisfaction and image: √.478 = .691 against .696
    assert found.holds.tolist() == [False, True, True, True]


@pytest.mark.parametrize(
    ("construct", "alpha", "total"),
    [
        # psych 2.2.9: alpha(R)$total$std.alpha, omega(R, 1)$omega.tot
        ("Image", 0.7228345954271, 0.7285440772823),
        ("Quality", 0.8770102452402, 0.8779273353892),
        ("Satisfaction", 0.7791950219186, 0.7815380808075),
    ],
)
def test_omegas_are_those_of_psych(study: Study, construct: str, alpha: float, total: float) -> None:
    found = omega(study.own(construct), Extraction.MINRES)
    assert not isinstance(found, Inapplicable)
    assert standardised_alpha(study.own(construct)) == pytest.approx(alpha, abs=1e-12)
    assert found.observed == pytest.approx(total, abs=1e-5)


def test_loyalty_is_a_heywood_case(study: Study) -> None:
    # psych 2.2.9 fixes the same item, with 1 − l² = .0042 where this is .005: omega .6116
    found = omega(study.own("Loyalty"), Extraction.MINRES)
    assert not isinstance(found, Inapplicable)
    assert found.improper == (2,)
    assert found.observed == pytest.approx(0.6116, abs=2e-4)


def test_four_constructs_are_confirmed_as_by_lavaan(study: Study) -> None:
    # lavaan 0.6-14: cfa("Image =~ IMAG1 + … Satisfaction =~ CUSA1 + CUSA2 + CUSA3", sample.cov = R, sample.nobs = 250,
    # std.lv = TRUE)
    found = study.confirmed(FOUR)
    assert found.proper
    fit = found.fit
    mine = (fit.chi_squared, fit.cfi, fit.tli, fit.rmsea, fit.rmsea_low, fit.rmsea_high, fit.srmr, fit.bic)
    theirs = (118.1935623, 0.9441393215, 0.9261502894, 0.06334921364, 0.04660121533, 0.0798885291, 0.05089568205)
    assert mine == pytest.approx((*theirs, 8367.290489), rel=1e-6)
    assert found.standardised[:3] == pytest.approx([0.66440883683, 0.49782363123, 0.46863189767], abs=1e-6)
    assert found.standardised_errors[:3] == pytest.approx([0.04259370548, 0.05377005927, 0.05546114604], abs=1e-6)
    assert found.factor_correlations[0, 3] == pytest.approx(0.90816015211, abs=1e-6)
    assert found.correlation_errors[0, 3] == pytest.approx(0.03687218588, abs=1e-6)


def test_seven_constructs_are_improper_as_by_lavaan(study: Study) -> None:
    # the same with Quality, Complaints (one item) and Loyalty; lavaan warns that the factors are not positive definite
    found = study.confirmed(SEVEN)
    assert found.fit.chi_squared == pytest.approx(554.8323804, abs=1e-5)
    assert found.fit.df == 232
    assert found.fit.cfi == pytest.approx(0.8808752511, abs=1e-7)
    assert (found.converged, found.identified, found.factors_definite, found.proper) == (True, True, False, False)
    assert found.factor_correlations[3, 4] == pytest.approx(0.9546436513, abs=1e-5)
    assert found.loadings[20] == pytest.approx(0.9979986597, abs=1e-5)
    assert found.standardised[20] == 1
