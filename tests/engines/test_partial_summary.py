"""A summary of what could be read serves every reading, and says what was left out."""

import json
import pickle
from pathlib import Path

import numpy as np
import pytest

from servqual import Difference, gap_tests, reliability
from servqual.engines.partial_summary import PartialSummary
from servqual.engines.streaming import summarize_batches
from tests.engines.desk_files import DESK, GROUP, ROWS, answers, damage, three_files, truncate, whole
from tests.engines.routes import same_sums


@pytest.fixture
def partial(tmp_path: Path) -> PartialSummary:
    """A summary of two files and a half."""
    folder = three_files(tmp_path)
    damage(folder / "part-0.parquet", group=1, column=0)
    truncate(folder / "part-2.parquet")
    return summarize_batches(folder, DESK, Difference(), set_aside_ok=True, batch_rows=GROUP)


def test_a_partial_summary_serves_every_reading(partial: PartialSummary) -> None:
    rest = whole(answers(0).drop(index=range(500, 1000)), answers(1))
    same_sums(partial, rest)
    ours, others = (np.array(gap_tests(each).to_table()["difference"], float) for each in (partial, rest))
    np.testing.assert_allclose(ours, others, rtol=1e-10)
    assert reliability(partial).to_table().columns.keys() == reliability(rest).to_table().columns.keys()
    assert repr(partial).endswith("2 batches were set aside, with 500 rows and others uncounted: see set_aside>")
    for table in (partial.table(), partial.item_table(), partial.answers_table(), partial.to_table()):
        assert table.notes[-1].startswith("2 batches were set aside")
    assert partial.table(language="zh").notes[-1] == "已搁置 2 批，共 500 行及未计数的行：见 set_aside"
    table = partial.set_aside_table()
    assert table["row_group"] == (1, None)
    assert table["first"] == (500, 0)
    assert table["rows"] == (500, None)


def test_what_was_set_aside_stays_with_sums(partial: PartialSummary) -> None:
    other = whole(answers(7))
    for merged in (partial + other, other + partial, sum([partial, other]), sum([other, partial])):
        assert isinstance(merged, PartialSummary)
        assert merged.set_aside == partial.set_aside
        assert len(merged) == len(partial) + ROWS
    twice = partial + partial
    assert isinstance(twice, PartialSummary)
    assert len(twice.set_aside) == 4
    with pytest.raises(TypeError):
        partial + 7


def test_a_partial_summary_is_written_and_read(partial: PartialSummary) -> None:
    read = PartialSummary.from_json(partial.to_json())
    assert read.set_aside == partial.set_aside
    same_sums(read, partial)
    assert json.loads(partial.to_json())["set_aside"][0]["rows"] == 500
    assert pickle.loads(pickle.dumps(partial)).set_aside == partial.set_aside  # noqa: S301 - made on this line
    assert PartialSummary.from_json(whole(answers(0)).to_json()).set_aside == ()


def test_nothing_is_noted_where_nothing_was_left_out() -> None:
    found = summarize_batches([answers(0)], DESK, Difference(), set_aside_ok=True)
    assert found.set_aside == ()
    assert found.table().notes == whole(answers(0)).table().notes
    assert repr(found) == repr(whole(answers(0)))
