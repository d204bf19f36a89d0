"""How often intervals hold the truth: the seeded study behind the page "Coverage of the intervals".

Run ``python docs/studies/coverage.py`` for the tables of the page, or with ``--runs 200`` for a rough look.
"""

import argparse
import math
import sys

import numpy as np
from scipy import stats

import servqual as sq
from servqual import statistics as st

SEED = 20_240_611
RUNS = 20_000
BLOCK = 500  # runs drawn at a time, so that memory stays small
POINTS = np.arange(1, 8)

# shares of the answers 1 to 7 in the population
BELL = {
    "perception": (0.03, 0.07, 0.17, 0.27, 0.25, 0.15, 0.06),
    "expectation": (0.01, 0.03, 0.1, 0.2, 0.3, 0.24, 0.12),
}
SKEWED = {"perception": (0.02, 0.03, 0.04, 0.06, 0.1, 0.2, 0.55), "expectation": (0, 0, 0, 0.01, 0.04, 0.15, 0.8)}
RARE = {"perception": (0.03, 0.01, 0.01, 0.01, 0.02, 0.04, 0.88), "expectation": (0, 0, 0, 0, 0.01, 0.04, 0.95)}
ANSWERS = {"bell-shaped": BELL, "skewed": SKEWED, "rare complaints": RARE}

ITEMS = 4  # of the dimension whose mean gap is looked at
BETWEEN_ITEMS, BETWEEN_LEVELS = 0.5, 0.3  # correlations of the normal numbers behind the answers
ALPHA_ITEMS, ALPHA_CORRELATION = 5, 4 / 9  # alpha of the normal numbers: 0.8
SIZES = {"equal": (20, 20, 20, 20, 20), "uneven": (10, 10, 10, 10, 60)}  # respondents in clusters, over and over


def cuts(shares: tuple[float, ...]) -> np.ndarray:
    """Where the standard normal is cut so that the seven answers have these shares."""
    return stats.norm.ppf(np.clip(np.cumsum(shares)[:-1], 0.0, 1.0))


def answers(latent: np.ndarray, shares: tuple[float, ...]) -> np.ndarray:
    """Normal numbers as answers 1 to 7."""
    told = np.ones(latent.shape, np.int8)
    for cut in cuts(shares):
        told += latent > cut
    return told


def blocks(runs: int) -> list[int]:
    """Numbers of runs that are drawn together."""
    return [min(BLOCK, runs - start) for start in range(0, runs, BLOCK)]


def held(low: np.ndarray, high: np.ndarray, truth: float) -> tuple[int, int]:
    """How many intervals lie wholly below the truth, and how many wholly above it."""
    return int(np.sum(np.asarray(high) < truth)), int(np.sum(np.asarray(low) > truth))


def missed(misses: list[tuple[int, int]], runs: int) -> tuple[float, float, float]:
    """Coverage, and the shares of intervals that lie below and above the truth."""
    below, above = np.sum(misses, axis=0) / runs
    return 1.0 - below - above, below, above


def two_levels(rng: np.random.Generator, n: int, runs: int) -> np.ndarray:
    """Normal numbers (level, item, respondent, run), correlated between items of a level and between levels."""

    def across(shape: tuple[int, ...]) -> np.ndarray:
        drawn = rng.standard_normal((2, *shape), dtype=np.float32)
        drawn[1] = BETWEEN_LEVELS * drawn[0] + math.sqrt(1 - BETWEEN_LEVELS**2) * drawn[1]
        return drawn

    common = across((1, n, runs))
    return math.sqrt(BETWEEN_ITEMS) * common + math.sqrt(1 - BETWEEN_ITEMS) * across((ITEMS, n, runs))


def gap_block(rng: np.random.Generator, n: int, runs: int) -> dict[tuple[str, int], tuple[int, int]]:
    """Misses of the interval of a mean gap, of one item and of a dimension, for one block of runs."""
    latent, found = two_levels(rng, n, runs), {}
    for kind, shares in ANSWERS.items():
        gaps = answers(latent[0], shares["perception"]) - answers(latent[1], shares["expectation"])
        truth = float(POINTS @ np.subtract(shares["perception"], shares["expectation"]))
        for items in (1, ITEMS):
            moments = st.Moments.of(gaps[:items].mean(axis=0, dtype=float))
            low, high = st.student_interval(moments.mean, moments.standard_error, moments.degrees_of_freedom)
            found[kind, items] = held(low, high, truth)
    return found


def gap_means(runs: int = RUNS, seed: int = SEED) -> sq.Table:
    """Student's interval of the mean gap, for answers of three shapes."""
    rows = []
    for n in (30, 100, 400):
        rng = np.random.default_rng([seed, 1, n])
        found = [gap_block(rng, n, size) for size in blocks(runs)]
        rows += [(kind, items, n, *missed([one[kind, items] for one in found], runs)) for kind, items in found[0]]
    rows.sort(key=lambda row: (list(ANSWERS).index(row[0]), row[1], row[2]))
    return table("Mean gap, Student's interval", ("answers", "items", "n", "coverage", "below", "above"), rows)


def population_alpha(shares: tuple[float, ...]) -> float:
    """Alpha in the population of answers whose normal numbers have one common factor, by integration over it."""
    factor, weight = np.linspace(-9, 9, 20_001), 18 / 20_000
    density = stats.norm.pdf(factor) * weight
    beyond = cuts(shares)[:, None] - math.sqrt(ALPHA_CORRELATION) * factor
    given = 1 + stats.norm.sf(beyond / math.sqrt(1 - ALPHA_CORRELATION)).sum(axis=0)
    mean, square = POINTS @ shares, POINTS**2 @ shares
    r = (given**2 @ density - mean**2) / (square - mean**2)
    return float(ALPHA_ITEMS * r / (1 + (ALPHA_ITEMS - 1) * r))


def alpha_misses(values: np.ndarray, truth: float) -> tuple[int, int, int]:
    """Misses of Feldt's interval, and samples that have no alpha; values (run, respondent, item)."""
    n, ends = values.shape[1], []
    centred = values - values.mean(axis=1, keepdims=True)
    for covariance in centred.transpose(0, 2, 1) @ centred / (n - 1):
        interval = st.feldt_interval(st.cronbach_alpha((covariance + covariance.T) / 2), n, ALPHA_ITEMS)
        if not isinstance(interval, st.Inapplicable):  # a sample in which an item does not vary has no alpha
            ends.append(interval)
    return *held(*np.transpose(ends), truth), len(values) - len(ends)


def alphas(runs: int = RUNS, seed: int = SEED) -> sq.Table:
    """Feldt's interval of alpha where its assumptions hold, and where they do not."""
    rows = []
    shapes = {kind: shares["perception"] for kind, shares in ANSWERS.items()}
    for n in (30, 100, 400):
        rng, found = np.random.default_rng([seed, 2, n]), {kind: [] for kind in ("normal", *shapes)}
        for size in blocks(runs):
            factor, rest = rng.standard_normal((size, n, 1)), rng.standard_normal((size, n, ALPHA_ITEMS))
            latent = math.sqrt(ALPHA_CORRELATION) * factor + math.sqrt(1 - ALPHA_CORRELATION) * rest
            found["normal"].append(alpha_misses(latent, 0.8))
            for kind, shares in shapes.items():
                found[kind].append(alpha_misses(answers(latent, shares).astype(float), population_alpha(shares)))
        for kind, misses in found.items():
            truth = population_alpha(shapes[kind]) if kind in shapes else 0.8
            without = sum(none for *_, none in misses)
            rows.append((kind, truth, n, *missed([one[:2] for one in misses], runs - without), without / runs))
    rows.sort(key=lambda row: (["normal", *shapes].index(row[0]), row[2]))
    return table("Alpha, Feldt's interval", ("answers", "alpha", "n", "coverage", "below", "above", "no_alpha"), rows)


def wald(successes: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The share plus and minus 1.96 standard errors, as spreadsheets have it."""
    share = successes / n
    half = stats.norm.ppf(0.975) * np.sqrt(share * (1 - share) / n)
    return share - half, share + half


def shares_exactly() -> sq.Table:
    """Exact coverage of the intervals of a share: sums of binomial probabilities, nothing drawn."""
    grid, rows = np.arange(1, 100) / 100, []
    for name, interval in (("Wilson", st.wilson_interval), ("Wald", wald)):
        for n in (10, 30, 100, 400):
            low, high = interval(np.arange(n + 1), n)
            inside = (low <= grid[:, None]) & (grid[:, None] <= high)
            coverage = np.where(inside, stats.binom.pmf(np.arange(n + 1), n, grid[:, None]), 0.0).sum(axis=1)
            rows.append((name, n, coverage.mean(), coverage.min(), *coverage[[1, 4, 9, 49]]))
    heads = ("interval", "n", "mean", "least", "p=.02", "p=.05", "p=.10", "p=.50")
    return table("Shares, exact coverage", heads, rows)


def cluster_block(rng: np.random.Generator, clusters: int, runs: int) -> dict[tuple[float, str, str], tuple[int, int]]:
    """Misses of intervals of a mean that heed clusters, and of those that do not, for one block of runs."""
    found = {}
    for kind, sizes in SIZES.items():
        labels = np.repeat(np.arange(clusters), np.resize(sizes, clusters))
        common, own = rng.standard_normal((clusters, runs)), rng.standard_normal((labels.size, runs))
        for icc in (0.05, 0.2):
            values = math.sqrt(icc) * common[labels] + math.sqrt(1 - icc) * own
            moments, sums = st.Moments.of(values), st.ClusterSums.of(values, labels)
            errors = {
                "naive": (moments.standard_error, moments.degrees_of_freedom),
                "robust": (st.cluster_standard_error(moments, sums), sums.degrees_of_freedom),
            }
            for name, (error, df) in errors.items():
                found[icc, kind, name] = held(*st.student_interval(moments.mean, error, df), 0.0)
    return found


def clustered(runs: int = RUNS, seed: int = SEED) -> sq.Table:
    """Naive and cluster-robust intervals of a mean of respondents in branches."""
    rows = []
    for clusters in (10, 20, 50):
        rng = np.random.default_rng([seed, 3, clusters])
        found = [cluster_block(rng, clusters, size) for size in blocks(runs)]
        for icc in (0.05, 0.2):
            for kind in SIZES:
                naive, robust = (
                    missed([one[icc, kind, name] for one in found], runs)[0] for name in ("naive", "robust")
                )
                rows.append((icc, kind, clusters, naive, robust))
    rows.sort(key=lambda row: row[:2])
    return table("Means of clustered answers", ("icc", "sizes", "clusters", "naive", "robust"), rows)


def table(title: str, heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> sq.Table:
    """The rows as a table of the package."""
    return sq.Table(dict(zip(heads, zip(*rows, strict=True), strict=True)), title=title, digits=3)


def main() -> None:
    """Print all tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each random cell")
    runs = parser.parse_args().runs
    for one in (gap_means(runs), alphas(runs), shares_exactly(), clustered(runs)):
        sys.stdout.write(f"{one.to_markdown()}\n\n")
    versions = f"servqual {sq.__version__}, numpy {np.__version__}"
    sys.stdout.write(f"{runs} runs; an error of {math.sqrt(0.95 * 0.05 / runs):.4f} at 0.95; {versions}\n")


if __name__ == "__main__":
    main()
