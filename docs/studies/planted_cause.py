"""How often a planted cause is diagnosed: the seeded study behind the page "A planted cause, diagnosed".

Run ``python docs/studies/planted_cause.py`` for the tables of the page, or with ``--companies 20`` for a rough look.
"""

import argparse
import sys

import numpy as np
import numpy.typing as npt
import pandas as pd

import servqual as sq
from servqual.gap_model import Antecedents, Diagnosis, GapModel, Source, diagnose

SEED = 19_880_401
COMPANIES = 500
BRANCHES = 60
CUSTOMERS, MANAGERS, EMPLOYEES, AUDITS = 20, 4, 8, 15  # in each branch
MIDDLE = 4.0
SCALE = sq.Scale.likert(7)
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
# Where gaps are planted: what gap 1 to 4 are on average, and what a point of role conflict does to gap 3.
PLANTED = (-0.2, -0.1, -0.6, -0.2)
SLOPE = -0.35
# Standard deviations: of causes between branches, of what else moves the delivery of a branch, and within branches.
OF_CAUSES, OF_BRANCHES, OF_PEOPLE, OF_ITEMS, OF_AUDITS = 0.8, 0.25, 0.8, 0.8, 0.6

Numbers = npt.NDArray[np.float64]


def answers(rng: np.random.Generator, truth: Numbers, people: int, items: tuple[int, ...]) -> Numbers:
    """Ratings from 1 to 7 by so many people of each branch, (branches × people, items), of (branches, dimensions)."""
    each = np.repeat(truth, people, axis=0)
    each = each + rng.normal(0, OF_PEOPLE, each.shape)
    rated = np.repeat(each, items, axis=1)
    return np.clip(np.rint(rated + rng.normal(0, OF_ITEMS, rated.shape)), 1, 7)


def survey(rng: np.random.Generator, instrument: sq.Instrument, people: int, **levels: Numbers) -> sq.Survey:
    """The sheets of so many people of each branch, with the branch as their group and cluster."""
    items = tuple(len(each) for each in instrument.dimensions)
    branch = np.repeat(np.arange(BRANCHES), people)
    given = {level: answers(rng, truth, people, items) for level, truth in levels.items()}
    asked = instrument.asking(*levels)
    return sq.Survey.from_arrays(asked, groups={"branch": branch}, cluster=branch, **given)


def company(rng: np.random.Generator, planted: tuple[float, ...], slope: float) -> tuple[GapModel, Antecedents]:
    """A company whose gaps 1 to 4 are known, and in which role conflict works on gap 3 by a slope."""
    size = len(DIMENSIONS)
    held = sq.catalogue.manager_antecedents(), sq.catalogue.employee_antecedents()
    causes = [MIDDLE + rng.normal(0, OF_CAUSES, (BRANCHES, len(each.dimensions))) for each in held]
    conflict = causes[1][:, held[1].dimension_keys.index("role_conflict")] - MIDDLE
    levels = MIDDLE - sum(planted) / 2 + np.concatenate([[0.0], np.cumsum(planted)])
    expected, understood = (np.full((BRANCHES, size), level) for level in levels[:2])
    done = levels[3] + slope * conflict + rng.normal(0, OF_BRANCHES, BRANCHES)
    delivered = np.repeat(done[:, None], size, axis=1)
    customers = survey(rng, sq.catalogue.servqual(), CUSTOMERS, perception=delivered + planted[3], expectation=expected)
    believed = survey(rng, sq.catalogue.servqual(), MANAGERS, expectation=understood)
    audits = np.repeat(delivered, AUDITS, axis=0) + rng.normal(0, OF_AUDITS, (BRANCHES * AUDITS, size))
    records = pd.DataFrame(np.clip(audits, 1, 7), columns=list(DIMENSIONS))
    records["branch"] = np.repeat(np.arange(BRANCHES), AUDITS)
    model = GapModel(
        expected=customers,
        understood=believed,
        specified=Source.from_means(dict.fromkeys(DIMENSIONS, levels[2]), se=0, scale=SCALE),
        delivered=Source.from_records(records, DIMENSIONS, scale=SCALE, groups=["branch"], cluster="branch"),
        perceived=customers,
    )
    told = [
        Antecedents.from_survey(survey(rng, each, people, perception=truth), by="branch")
        for each, people, truth in zip(held, (MANAGERS, EMPLOYEES), causes, strict=True)
    ]
    return model, told[0].join(told[1])


def one(seed: tuple[int, ...], planted: tuple[float, ...], slope: float) -> tuple[Diagnosis, float]:
    """The diagnosis of one company, and the correlation of role conflict with gap 3 over its branches, as measured."""
    model, antecedents = company(np.random.default_rng(seed), planted, slope)
    gaps = model.by_unit("branch")
    pair = gaps.column("gap_3"), antecedents.column("role_conflict")
    return diagnose(model, antecedents, units=gaps), float(np.corrcoef(*pair)[0, 1])


def found(diagnosis: Diagnosis) -> dict[str, bool]:
    """What a diagnosis says, as the tables of the page count it."""
    first = diagnosis.first
    causes = [] if first is None else [row.key for row, _ in first.found]
    everywhere = [row.key for gap in diagnosis for row, _ in gap.found]
    return {
        "gap 3 named first": first is not None and first.gap.key == "gap_3",
        "and shown to be the largest": first is not None and first.gap.key == "gap_3" and first.largest,
        "and role conflict named as its first cause": causes[:1] == ["role_conflict"] and first is not None
        and first.gap.key == "gap_3",
        "some gap named": first is not None,
        "some cause found for any gap": bool(everywhere),
        "some cause found that is not role conflict": any(key != "role_conflict" for key in everywhere),
    }  # fmt: skip


def rates(companies: int = COMPANIES, seed: int = SEED) -> dict[str, sq.Table]:
    """How often each thing is said, of companies with the planted gap and cause and of companies without any gap."""
    kinds = {"planted": (PLANTED, SLOPE), "without gaps": ((0.0,) * 4, 0.0)}
    tables = {}
    for number, (kind, (planted, slope)) in enumerate(kinds.items()):
        runs = [one((seed, number, run), planted, slope) for run in range(companies)]
        said = [found(diagnosis) for diagnosis, _ in runs]
        size = np.array([correlation for _, correlation in runs])
        share = {name: float(np.mean([each[name] for each in said])) for name in said[0]}
        error = [np.sqrt(each * (1 - each) / companies) for each in share.values()]
        columns = {"what is said": list(share), "share": list(share.values()), "error": error}
        title = f"Companies {kind}" if number else "Companies with a planted cause"
        note = f"gap 3 and role conflict over branches: r {size.mean():.2f} on average, {size.std(ddof=1):.2f} apart"
        tables[kind] = sq.Table(columns, title=title, notes=[note])
    return tables


def main(arguments: list[str] | None = None) -> None:
    """Print the tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--companies", type=int, default=COMPANIES)
    for table in rates(parser.parse_args(arguments).companies).values():
        sys.stdout.write(table.to_markdown() + "\n\n")


if __name__ == "__main__":
    main()
