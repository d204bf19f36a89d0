"""A made-up study of a hall, its scores formed one respondent at a time, and estimates by other programs."""

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats
from statsmodels.regression.linear_model import OLS, WLS
from statsmodels.stats.weightstats import DescrStatsW

from servqual import Instrument, Label, Scale, Survey, Table, WeightKind
from servqual.instruments import Dimension, Item

Array = npt.NDArray[Any]
SIZES = {"speed": 5, "care": 2, "room": 1}
HALL = Instrument(
    "hall",
    [
        Dimension(name, [Item(f"{name}{n}", Label(f"{name} {n}")) for n in range(1, size + 1)], Label(name, chinese))
        for (name, size), chinese in zip(SIZES.items(), ("快", "好", "大"), strict=True)
    ],
    Scale.likert(7),
)
SCORES = (*SIZES, "overall")


class Study(NamedTuple):
    """Answers (respondents, items) with NaN, and what comes with them."""

    perceived: Array
    expected: Array
    weights: Array
    frequencies: Array
    visit: Array
    branch: Any
    wave: Any

    @property
    def gaps(self) -> Array:
        return self.perceived - self.expected

    def part(self, rows: Any) -> "Study":
        return Study(*(each[rows] for each in self))

    def survey(self, *sides: str) -> Survey:
        """The survey, with those of its sides that are named."""
        options: dict[str, Any] = {}
        if "weights" in sides:
            options |= {"weights": self.weights}
        if "frequencies" in sides:
            options |= {"weights": self.frequencies, "weight_kind": WeightKind.FREQUENCY}
        if "visit" in sides:
            options |= {"cluster": self.visit}
        groups: Any = {name: getattr(self, name) for name in ("branch", "wave") if name in sides}
        return Survey.from_arrays(HALL, perception=self.perceived, expectation=self.expected, groups=groups, **options)


def study(n: int, seed: int = 0, missing: float = 0.08) -> Study:
    """Answers with gaps; some weights are zero, some branches are missing."""
    rng = np.random.default_rng(seed)
    answers = rng.integers(1, 8, (2, n, sum(SIZES.values()))).astype(float)
    answers[rng.random(answers.shape) < missing] = np.nan
    branch = rng.choice(np.array(["north", "south", None], object), n, p=[0.5, 0.3, 0.2])
    weights = rng.choice([0.0, 0.5, 1.0, 2.5], n, p=[0.1, 0.3, 0.3, 0.3])
    frequencies, visit, wave = rng.integers(0, 4, n), rng.integers(0, 6, n), rng.integers(1, 3, n)
    return Study(answers[0], answers[1], weights, frequencies, visit, branch, wave)


def one_by_one(items: Array, needed: tuple[int, ...] = (3, 1, 1)) -> Array:
    """Scores (respondents, dimensions + 2) of item scores: dimensions, their mean, and the mean of items."""
    rows = []
    for respondent in items.tolist():
        scores, start = [], 0
        for size, least in zip(SIZES.values(), needed, strict=True):
            given = [value for value in respondent[start : start + size] if not math.isnan(value)]
            scores.append(sum(given) / len(given) if len(given) >= least else math.nan)
            start += size
        answered = [value for value in respondent if not math.isnan(value)]
        overall = sum(scores) / len(scores)
        rows.append([*scores, overall, math.nan if math.isnan(overall) else sum(answered) / len(answered)])
    return np.array(rows)


class Estimate(NamedTuple):
    """What a table says of one score."""

    n: float
    missing: float
    mean: float
    sd: float
    se: float
    low: float
    high: float


def plain(values: Array, confidence: float = 0.95) -> Estimate:
    """Without weights, by statsmodels."""
    there = values[~np.isnan(values)]
    told = DescrStatsW(there, ddof=1)
    low, high = told.tconfint_mean(1 - confidence)
    return Estimate(len(there), len(values) - len(there), told.mean, told.std, told.std_mean, low, high)


def repeated(values: Array, frequencies: Array) -> Estimate:
    """With frequencies, by statsmodels."""
    there = ~np.isnan(values)
    told = DescrStatsW(values[there], weights=frequencies[there], ddof=1)
    low, high = told.tconfint_mean(0.05)
    return Estimate(told.nobs, frequencies[~there].sum(), told.mean, told.std, told.std_mean, low, high)


def sampled(values: Array, weights: Array) -> Estimate:
    """With sampling weights, by the linearised formula; rows of weight zero take no part."""
    taken = weights > 0
    there = taken & ~np.isnan(values)
    x, w, n = values[there], weights[there], there.sum()
    mean = (w * x).sum() / w.sum()
    variance = n / (n - 1) * (w * (x - mean) ** 2).sum() / w.sum()
    se = math.sqrt(n / (n - 1) * (w**2 * (x - mean) ** 2).sum()) / w.sum()
    reach = stats.t.ppf(0.975, n - 1) * se
    return Estimate(n, taken.sum() - n, mean, math.sqrt(variance), se, mean - reach, mean + reach)


def clustered(values: Array, cluster: Array, weights: Array | None = None) -> Estimate:
    """With clusters, by the sandwich of a regression on a constant (statsmodels)."""
    without = plain(values) if weights is None else sampled(values, weights)
    there = ~np.isnan(values) if weights is None else ~np.isnan(values) & (weights > 0)
    constant = np.ones(there.sum())
    model = OLS(values[there], constant) if weights is None else WLS(values[there], constant, weights=weights[there])
    told = model.fit(cov_type="cluster", cov_kwds={"groups": cluster[there]}, use_t=True)
    low, high = told.conf_int(0.05)[0]
    return without._replace(mean=told.params[0], se=told.bse[0], low=low, high=high)


def check_table(table: Table, expected: dict[tuple[Any, ...], Estimate], rtol: float = 1e-12) -> None:
    """A table has these rows, in this order; a row is named by its groups and score."""
    names = [name for name in table.columns if name not in Estimate._fields and name != "label"]
    assert list(zip(*(table[name] for name in names), strict=True)) == list(expected)
    for place, name in enumerate(Estimate._fields):
        found = np.array([np.nan if value is None else value for value in table[name]], float)
        np.testing.assert_allclose(
            found, [each[place] for each in expected.values()], rtol=rtol, atol=1e-13, err_msg=name
        )
