"""How well a chain is found again: the seeded study behind the page "A chain found again".

Run ``python docs/studies/chain_recovery.py`` for the tables of the page, or with ``--companies 20`` for a rough look.
"""

import argparse
import sys

import numpy as np

import servqual as sq
from servqual.chain import Fit, UnitTable, aggregate, effects, fit

SEED = 19_940_301
COMPANIES = 500
BRANCHES, QUARTERS = 60, 8
EMPLOYEES, CUSTOMERS = (10, 40), (30, 90)  # who answer in each branch and quarter: least, most
FROM, TO = "employee_satisfaction", "profit"

Found = dict[str, dict[str, tuple[float, float, float]]]
"""Kind of fit → link or effect → estimate, low, high."""


def units_of(made: sq.simulate.Company) -> tuple[UnitTable, dict[str, float]]:
    """The branches of a company in its quarters, from its three files, and the reliability of the means of answers."""
    keys = {"by": "branch", "period": "quarter"}
    staff = aggregate(made.employees, constructs=made.constructs["employees"], source="employees", **keys)
    guests = aggregate(made.customers, constructs=made.constructs["customers"], source="customers", **keys)
    books = UnitTable.from_frame(made.finance, unit="branch", period="quarter")
    return UnitTable.join(staff, guests, books), {**staff.reliability(), **guests.reliability()}


def estimates(fitted: Fit) -> dict[str, tuple[float, float, float]]:
    """Coefficients of all links, and the effect along the chain, each with its 95 % interval."""
    table = fitted.coefficients()
    ends = zip(table["source"], table["target"], table["coefficient"], table["low"], table["high"], strict=True)
    found = {f"{source} -> {target}": (value, low, high) for source, target, value, low, high in ends}
    total = effects(fitted, FROM, TO)["total"]
    return found | {f"{FROM} … {TO}": (total.estimate, total.low, total.high)}


def one(seed: tuple[int, ...]) -> tuple[dict[str, float], Found]:
    """The truth of one company, and what the uncorrected and the corrected fit find of it."""
    made = sq.simulate.company(BRANCHES, QUARTERS, EMPLOYEES, CUSTOMERS, rng=np.random.default_rng(seed))
    units, reliability = units_of(made)
    truth = {str(link): made.truth.coefficient(link.source, link.target) for link in made.chain.links}
    truth[f"{FROM} … {TO}"] = made.truth.total(FROM, TO)
    fits = {
        "uncorrected": fit(made.chain, units, covariance="cluster"),
        "corrected": fit(made.chain, units, covariance="cluster", reliability=reliability),
    }
    return truth, {kind: estimates(fitted) for kind, fitted in fits.items()}


def recovery(companies: int = COMPANIES, seed: int = SEED) -> dict[str, sq.Table]:
    """Mean of estimate over truth, its Monte-Carlo error, and coverage, for both kinds of fit."""
    runs = [one((seed, number)) for number in range(companies)]
    truth, tables = runs[0][0], {}
    for kind in ("uncorrected", "corrected"):
        rows = []
        for name, true in truth.items():
            values = np.array([found[kind][name] for _, found in runs])
            ratio = values[:, 0] / true
            inside = (values[:, 1] <= true) & (true <= values[:, 2])
            rows.append((name, true, ratio.mean(), ratio.std(ddof=1) / np.sqrt(companies), inside.mean()))
        heads = ("link", "truth", "ratio", "error", "coverage")
        columns = dict(zip(heads, zip(*rows, strict=True), strict=True))
        tables[kind] = sq.Table(columns, title=f"{kind.capitalize()} fits", digits=3)
    return tables


def main(arguments: list[str] | None = None) -> None:
    """Print the tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--companies", type=int, default=COMPANIES)
    for table in recovery(parser.parse_args(arguments).companies).values():
        sys.stdout.write(table.to_markdown() + "\n\n")


if __name__ == "__main__":
    main()
