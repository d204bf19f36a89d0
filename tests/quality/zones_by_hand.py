"""A made-up study of a counter with three columns, and its zones read one triple at a time."""

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from servqual import Instrument, Level, Scale, Survey, WeightKind

Array = npt.NDArray[Any]
SIZES = {"speed": 4, "care": 2, "room": 1}
KEYS = [f"{name}_{n}" for name, size in SIZES.items() for n in range(1, size + 1)]
COUNTER = Instrument.define(
    "counter",
    {name: [key for key in KEYS if key.startswith(name)] for name in SIZES},
    scale=Scale.likert(9),
    levels=(Level.ADEQUATE, Level.DESIRED, Level.PERCEPTION),
)
ROWS = (*KEYS, *SIZES, "overall")
MISSING = float("nan")


class Study(NamedTuple):
    """Answers (respondents, items) with NaN, and what comes with them."""

    low: Array
    high: Array
    seen: Array
    weights: Array
    frequencies: Array
    branch: Array
    visit: Array

    def part(self, rows: Any) -> "Study":
        return Study(*(each[rows] for each in self))

    def survey(self, *sides: str) -> Survey:
        options: dict[str, Any] = {}
        if "weights" in sides:
            options |= {"weights": self.weights}
        if "frequencies" in sides:
            options |= {"weights": self.frequencies, "weight_kind": WeightKind.FREQUENCY}
        if "branch" in sides:
            options |= {"cluster": self.branch}
        if "visit" in sides:
            options |= {"groups": {"visit": self.visit}}
        return Survey.from_arrays(COUNTER, adequate=self.low, desired=self.high, perception=self.seen, **options)


def study(n: int = 60, seed: int = 0, missing: float = 0.06) -> Study:
    """Answers with gaps, and some zones crossed."""
    rng = np.random.default_rng(seed)
    shape = (n, len(KEYS))
    low = rng.integers(2, 7, shape).astype(float)
    high = np.clip(low + rng.integers(-1, 5, shape), 1, 9)
    seen = np.clip(low + rng.integers(-2, 5, shape), 1, 9)
    for level in (low, high, seen):
        level[rng.random(shape) < missing] = np.nan
    weights = rng.choice([0.0, 0.5, 1.0, 2.5], n, p=[0.1, 0.3, 0.3, 0.3])
    visits = np.where(rng.random(n) < 0.4, "recovery", "first")
    return Study(low, high, seen, weights, rng.integers(0, 4, n), rng.integers(0, 7, n), visits)


def scored(items: Array) -> Array:
    """Scores (respondents, items + dimensions + overall) of item scores; a dimension needs half of its items."""
    rows = []
    for respondent in items.tolist():
        dimensions, start = [], 0
        for size in SIZES.values():
            given = [value for value in respondent[start : start + size] if not math.isnan(value)]
            dimensions.append(sum(given) / len(given) if len(given) >= size / 2 else MISSING)
            start += size
        rows.append([*respondent, *dimensions, sum(dimensions) / len(dimensions)])
    return np.array(rows)


def _mean(values: Array, confidence: float = 0.95) -> tuple[float, float, float]:
    told = DescrStatsW(values[~np.isnan(values)], ddof=1)
    return told.mean, *told.tconfint_mean(1 - confidence)


def fieller_by_search(top: Array, bottom: Array, confidence: float = 0.95) -> tuple[float, float]:
    """All ratios that a t test of ``top − ratio · bottom`` does not refuse, by bisection on both sides of the ratio."""
    there = ~np.isnan(top + bottom)
    x, y = top[there], bottom[there]
    centre = x.mean() / y.mean()
    limit = stats.t.ppf((1 + confidence) / 2, len(x) - 1)

    def refused(ratio: float) -> bool:
        rest = x - ratio * y
        return abs(rest.mean()) > limit * rest.std(ddof=1) / math.sqrt(len(x))

    ends = []
    for sign in (-1, 1):
        inside, outside = centre, centre + sign * 64.0
        for _ in range(200):
            middle = (inside + outside) / 2
            inside, outside = (inside, middle) if refused(middle) else (middle, outside)
        ends.append(inside)
    return ends[0], ends[1]


def read_by_hand(made: Study) -> dict[str, dict[str, float]]:
    """Every number of the reading but shares of dimensions, row by row."""
    complete = ~np.isnan(made.low + made.high + made.seen)
    sound = complete & (made.low <= made.high)
    gaps = {"msa": made.seen - made.low, "mss": made.seen - made.high, "width": made.high - made.low}
    of_complete = {name: scored(np.where(complete, gap, MISSING)) for name, gap in gaps.items()}
    of_sound = {name: scored(np.where(sound, gap, MISSING)) for name, gap in gaps.items()}
    levels = {"adequate": made.low, "desired": made.high, "perception": made.seen}
    means = {name: scored(np.where(complete, level, MISSING)) for name, level in levels.items()}
    told = {}
    for place, key in enumerate(ROWS):
        row: dict[str, float] = {"n": float((~np.isnan(of_complete["msa"][:, place])).sum())}
        for name, scores in of_complete.items():
            row[name], row[f"{name}_low"], row[f"{name}_high"] = _mean(scores[:, place])
        row |= {name: float(np.nanmean(scores[:, place])) for name, scores in means.items()}
        top, bottom = of_sound["msa"][:, place], of_sound["width"][:, place]
        row["position"] = float(np.nanmean(top) / np.nanmean(bottom))
        row["position_low"], row["position_high"] = fieller_by_search(top, bottom)
        told[key] = row | _counted(made, complete, sound, place)
    return told


def _counted(made: Study, complete: Array, sound: Array, place: int) -> dict[str, float]:
    items = _items_of(place)
    picked = sound[:, items]
    sides = {
        "below": made.seen < made.low,
        "within": (made.low <= made.seen) & (made.seen <= made.high),
        "above": made.seen > made.high,
    }
    answers = int(picked.sum())
    row: dict[str, float] = {
        "answers": answers,
        "crossed": int((complete & ~sound)[:, items].sum()),
        "incomplete": int((~complete)[:, items].sum()),
    }
    for name, side in sides.items():
        hits = int((side[:, items] & picked).sum())
        row[name] = hits / answers
        if len(items) == 1 and place < len(KEYS):
            row[f"{name}_low"], row[f"{name}_high"] = proportion_confint(hits, answers, method="wilson")
            row[f"{name}_effective_n"] = answers
    return row


def _items_of(place: int) -> list[int]:
    if place < len(KEYS):
        return [place]
    if ROWS[place] == "overall":
        return list(range(len(KEYS)))
    return [item for item, key in enumerate(KEYS) if key.startswith(ROWS[place])]
