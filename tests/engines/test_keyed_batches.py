"""Replicates are drawn by keys: batches of any size, files and trackers find those of all answers at once."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from servqual import Difference, PerformanceOnly, Survey, summarize
from servqual.engines.partial_summary import PartialSummary
from servqual.engines.streaming import summarize_batches
from servqual.engines.tracking import Tracker
from servqual.errors import ArgumentError, BatchError, MergeError
from tests.engines.routes import BOTH, frame, in_memory, same_sums, skipped_without
from tests.scoring.hall import HALL

skipped_without("pyarrow", "keyed replicates of files")
ANSWERS = frame()
OPTIONS: dict[str, Any] = {"key": "name", "replicates": 12, "seed": 8, "by": "branch"}
WHOLE = in_memory(ANSWERS, BOTH, OPTIONS)


def numbers(cells: Any) -> Any:
    return np.array(cells, float)


@settings(max_examples=12, deadline=None)
@given(cuts=st.lists(st.integers(0, 600), max_size=6), order=st.randoms(use_true_random=False))
def test_random_parts_in_any_order(cuts: list[int], order: Any) -> None:
    edges = [0, *sorted(cuts), 600]
    parts = [ANSWERS.iloc[a:b] for a, b in pairwise(edges)]
    order.shuffle(parts)
    same_sums(summarize_batches(iter(parts), HALL, *BOTH, **OPTIONS), WHOLE)


def test_files_of_parquet(tmp_path: Path) -> None:
    ANSWERS.iloc[:250].to_parquet(tmp_path / "a.parquet", row_group_size=90)
    ANSWERS.iloc[250:].to_parquet(tmp_path / "b.parquet")
    found = summarize_batches(tmp_path, HALL, *BOTH, batch_rows=70, **OPTIONS)
    same_sums(found, WHOLE)
    ours, others = (each.table(Difference(), "branch", interval="bootstrap") for each in (found, WHOLE))
    np.testing.assert_allclose(numbers(ours["low"]), numbers(others["low"]), rtol=1e-10)


def test_text_files_give_the_same_keys(tmp_path: Path) -> None:
    ANSWERS.to_csv(tmp_path / "answers.csv", index=False)
    for key in ("id", "name"):
        options = {**OPTIONS, "key": key}
        same_sums(
            summarize_batches(tmp_path / "answers.csv", HALL, *BOTH, **options), in_memory(ANSWERS, BOTH, options)
        )


def test_what_was_set_aside_goes_along_into_arrow() -> None:
    batches = [ANSWERS.iloc[:300], ANSWERS.iloc[300:].assign(name=None)]
    partial = summarize_batches(iter(batches), HALL, *BOTH, set_aside_ok=True, **OPTIONS)
    assert len(partial) == 300
    again = PartialSummary.from_arrow(partial.to_arrow())
    assert again.to_dict() == partial.to_dict()
    assert repr(again) == repr(partial)
    assert "key column name: 300 missing" in str(again.set_aside_table())


def test_a_batch_without_keys_is_told() -> None:
    with pytest.raises(BatchError, match="key column name: 300 missing, first in row 0; every respondent has a key"):
        summarize_batches(iter([ANSWERS.iloc[:300].assign(name=None)]), HALL, *BOTH, **OPTIONS)
    with pytest.raises(BatchError, match="key: none; replicates are drawn by a key of the respondent"):
        summarize_batches(iter([ANSWERS]), HALL, Difference(), replicates=10)


class TestTrackers:
    def fed(self) -> Tracker:
        tracker = Tracker(HALL, *BOTH, **OPTIONS)
        tracker.update(ANSWERS.iloc[:200], "a")
        survey = Survey.from_frame(ANSWERS.iloc[200:350], HALL, groups=["branch"], key="name")
        tracker.update(survey, "a")
        tracker.update(summarize(Survey.from_frame(ANSWERS.iloc[350:], HALL, groups=["branch"], key="name"), *BOTH,
                                 by="branch", replicates=12, seed=8), "a")  # fmt: skip
        return tracker

    def test_all_kinds_of_batches_make_up_the_whole(self) -> None:
        tracker = self.fed()
        same_sums(tracker.summary(), WHOLE)
        table = tracker.table(model=Difference(), interval="bootstrap")
        expected = WHOLE.table(Difference(), interval="bootstrap")
        np.testing.assert_allclose(numbers(table["high"]), numbers(expected["high"]), rtol=1e-10)

    def test_matrices_come_with_their_keys(self) -> None:
        tracker = Tracker(HALL, PerformanceOnly(), replicates=12, seed=8)
        values = ANSWERS[[f"perception_{key}" for key in HALL.item_keys]].to_numpy()
        for rows in (slice(300), slice(300, 600)):
            tracker.update({"perception": values[rows], "key": ANSWERS["name"].to_numpy()[rows]}, 1)
        means = WHOLE.replicate_means(PerformanceOnly())
        np.testing.assert_allclose(tracker.summary().replicate_means(), means, rtol=1e-10)

    def test_they_are_saved_and_restored(self, tmp_path: Path) -> None:
        tracker = self.fed()
        tracker.save(tmp_path / "tracker.json")
        again = Tracker.restore(tmp_path / "tracker.json")
        again.update(ANSWERS.iloc[:200], "b")
        tracker.update(ANSWERS.iloc[:200], "b")
        for period in ("a", "b"):
            same_sums(again.summary(period), tracker.summary(period))

    def test_sums_of_other_draws_are_refused(self) -> None:
        survey = Survey.from_frame(ANSWERS, HALL, groups=["branch"], key="name")
        tracker = self.fed()
        for options, told in (({}, "no replicates"), ({"replicates": 12}, "12 replicates from seed 0")):
            with pytest.raises(MergeError, match=f"drawing: 12 replicates from seed 8 against {told}"):
                tracker.update(summarize(survey, *BOTH, by="branch", **options), "a")  # type: ignore[arg-type]
        same_sums(tracker.summary(), WHOLE)

    def test_numbers_that_mean_nothing_are_refused_before_answers_come(self) -> None:
        with pytest.raises(ArgumentError, match="replicates: 1; two replicates or more make an interval"):
            Tracker(HALL, Difference(), replicates=1)
        with pytest.raises(ArgumentError, match="seed: 4; replicates are drawn from it"):
            Tracker(HALL, Difference(), seed=4)
