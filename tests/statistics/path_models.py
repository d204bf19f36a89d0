"""Path models for tests: the mobile telephone study, made-up answers, and PLS written out the plain way."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from servqual._arrays import Floats
from servqual.statistics.pls_plan import PathPlan

NAMES = ("Image", "Expectation", "Quality", "Value", "Satisfaction", "Complaints", "Loyalty")
PREFIXES = ("IMAG", "CUEX", "PERQ", "PERV", "CUSA", "CUSCO", "CUSL")
SIZES = (5, 3, 7, 2, 3, 1, 3)
BLOCKS = {
    name: [prefix] if size == 1 else [f"{prefix}{number}" for number in range(1, size + 1)]
    for name, prefix, size in zip(NAMES, PREFIXES, SIZES, strict=True)
}
ITEMS = [item for block in BLOCKS.values() for item in block]
PATHS = [
    ("Image", "Expectation"), ("Image", "Satisfaction"), ("Image", "Loyalty"), ("Expectation", "Quality"),
    ("Expectation", "Value"), ("Expectation", "Satisfaction"), ("Quality", "Value"), ("Quality", "Satisfaction"),
    ("Value", "Satisfaction"), ("Satisfaction", "Complaints"), ("Satisfaction", "Loyalty"), ("Complaints", "Loyalty"),
]  # fmt: skip


def mobile_plan(names: tuple[str, ...] = NAMES, paths: list[tuple[str, str]] = PATHS) -> PathPlan:
    """The model of the study, or a part of it, over the items of these constructs in their order."""
    sizes = [len(BLOCKS[name]) for name in names]
    starts = np.cumsum([0, *sizes])
    blocks = [range(start, start + size) for start, size in zip(starts, sizes, strict=False)]
    return PathPlan(blocks, [(names.index(source), names.index(target)) for source, target in paths])


def items_of(names: tuple[str, ...]) -> list[str]:
    """The items of some constructs."""
    return [item for name in names for item in BLOCKS[name]]


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def correlations(shared: Path, items: list[str]) -> Floats:
    """Correlations of items of the study, in this order."""
    rows = {row["item"]: row for row in read(shared / "oracles" / "ecsi_mobi_correlations.csv")}
    return np.array([[float(rows[one][other]) for other in items] for one in items])


def covariances(shared: Path, items: list[str]) -> Floats:
    """Covariances of items of the study, in this order."""
    sd = {row["item"]: float(row["sd"]) for row in read(shared / "oracles" / "ecsi_mobi_moments.csv")}
    spread = np.array([sd[item] for item in items])
    return correlations(shared, items) * np.outer(spread, spread)


def answers(n: int = 120, seed: int = 5, sizes: tuple[int, ...] = (3, 2, 4)) -> Floats:
    """Answers (n, items) in which each construct follows the one before."""
    rng = np.random.default_rng(seed)
    latent: Floats = np.zeros(n)
    columns = []
    for size in sizes:
        latent = 0.6 * latent + rng.normal(size=n)
        columns.append(latent[:, None] + rng.normal(size=(n, size)))
    return np.hstack(columns)


def plan_of(sizes: tuple[int, ...] = (3, 2, 4), modes: str = "A") -> PathPlan:
    """A chain of constructs of these sizes; the last follows the first too where there are three."""
    starts = np.cumsum([0, *sizes])
    blocks = [range(start, start + size) for start, size in zip(starts, sizes, strict=False)]
    paths = [(place, place + 1) for place in range(len(sizes) - 1)] + ([(0, 2)] if len(sizes) > 2 else [])
    return PathPlan(blocks, paths, tuple(modes))


def plain_pls(table: Floats, plan: PathPlan, scheme: str, tolerance: float = 1e-12) -> tuple[Floats, Floats]:
    """Weights of standardised scores and paths, from rows (n, items) of deviations, one construct at a time."""
    n = len(table)
    weights: list[Floats] = [np.ones(len(block)) for block in plan.blocks]
    parts = [table[:, list(block)] for block in plan.blocks]
    size = len(parts)
    for _ in range(1000):
        scores = np.column_stack([_scaled(part @ w) for part, w in zip(parts, weights, strict=True)])
        inner = _inner(scores, plan, scheme)
        before, weights = weights, []
        for place in range(size):
            z = scores @ inner[:, place]
            w: Floats = parts[place].T @ z / n
            if plan.modes[place] == "B":
                w = np.linalg.solve(parts[place].T @ parts[place], parts[place].T @ z)
            weights.append(w / (parts[place] @ w).std())
        change = max(np.abs(a - b / (p @ b).std()).max() for a, b, p in zip(weights, before, parts, strict=True))
        if change < tolerance:
            break
    turned = [w * np.sign((w * part.std(axis=0)).sum()) for w, part in zip(weights, parts, strict=True)]
    scores = np.column_stack([part @ w for part, w in zip(parts, turned, strict=True)])
    return np.concatenate(turned), _regressed(scores, plan)


def _scaled(score: Floats) -> Floats:
    return score / score.std()


def _inner(scores: Floats, plan: PathPlan, scheme: str) -> Floats:
    table: Floats = np.asarray(np.corrcoef(scores.T))
    found = np.zeros(table.shape)
    paths = _regressed(scores, plan)
    for source, target in plan.paths:
        r = table[source, target]
        found[source, target] = {"centroid": np.sign(r), "factorial": r, "path": paths[target, source]}[scheme]
        found[target, source] = np.sign(r) if scheme == "centroid" else r
    return found


def _regressed(scores: Floats, plan: PathPlan) -> Floats:
    found = np.zeros((scores.shape[1], scores.shape[1]))
    for target in range(scores.shape[1]):
        sources = [source for source, end in plan.paths if end == target]
        if sources:
            found[target, sources] = np.linalg.lstsq(scores[:, sources], scores[:, target])[0]
    return found
