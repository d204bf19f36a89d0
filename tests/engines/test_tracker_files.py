"""Trackers saved and restored: whole files, and strict ones."""

import json
import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from attrs import frozen

from servqual import Difference, Level, PerformanceOnly, Scale
from servqual.engines.tracking import Tracker
from servqual.errors import OutputError, RecordError, SurveyFileError
from tests.engines.fed import DESK, MONTHS, fed, frame, same
from tests.scoring.hall import HALL


def test_save_and_restore(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    tracker = fed(Tracker(HALL, Difference(), window=3, by="branch", weights="f", weight_kind="frequency", missing={9}))
    tracker.save(path)
    again = Tracker.restore(path)
    assert repr(again) == repr(tracker)
    assert again.gone == tracker.gone
    for month in tracker.periods:
        same(again.summary(month), tracker.summary(month))
    for each in (tracker, again):
        each.update(frame(slice(0, 30)), "2026-05")
    same(again.summary(), tracker.summary())
    assert list(again.periods) == ["2026-03", "2026-04", "2026-05"]
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_tracker_is_saved_too(tmp_path: Path) -> None:
    Tracker(HALL, Difference(Level.EXPECTATION)).save(tmp_path / "t.json")
    assert fed(Tracker.restore(str(tmp_path / "t.json"))).periods.keys() == set(MONTHS)


@frozen
class Half:
    """A model of the caller's own."""

    share: float = 0.5

    @property
    def reads(self) -> frozenset[Level]:
        return frozenset({Level.PERCEPTION})

    def item_scores(self, answers: Any, /) -> Any:
        return self.share * answers[Level.PERCEPTION]

    def bounds(self, scale: Scale, /) -> tuple[float, float]:
        return self.share * scale.low, self.share * scale.high


def test_a_model_of_one_s_own_is_named_to_be_restored(tmp_path: Path) -> None:
    tracker = fed(Tracker(HALL, Half()))
    tracker.save(tmp_path / "t.json")
    with pytest.raises(RecordError, match="pass models="):
        Tracker.restore(tmp_path / "t.json")
    same(Tracker.restore(tmp_path / "t.json", models=[Half]).summary(), tracker.summary())


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.json"
    tracker = fed(Tracker(HALL, Difference()), MONTHS[:1])
    tracker.save(path)
    before = path.read_text(encoding="utf-8")
    tracker.update(frame(slice(60, 90)), "2026-02")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        tracker.save(path)
    assert path.read_text(encoding="utf-8") == before
    assert os.listdir(tmp_path) == ["state.json"]  # noqa: PTH208 - names, hidden ones as well
    with pytest.raises(OutputError, match="no folder"):
        tracker.save(tmp_path / "nowhere" / "state.json")


def test_files_that_are_no_saved_tracker(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    with pytest.raises(SurveyFileError, match="no such file; restore reads what save wrote"):
        Tracker.restore(path)
    fed(Tracker(HALL, Difference()), MONTHS[:1]).save(path)
    record = json.loads(path.read_text(encoding="utf-8"))
    for changed, message in (
        ("{", "the text must be JSON"),
        ({**record, "schema": 99}, "schema 99; this version reads"),
        ({**record, "more": 1}, "more"),
        ({key: value for key, value in record.items() if key != "window"}, "window"),
        ({**record, "periods": [{"period": 1.5, "summary": record["periods"][0]["summary"]}]}, "period: 1.5"),
        ({**record, "window": "long"}, "values are as Tracker.save writes them"),
    ):
        path.write_text(changed if isinstance(changed, str) else json.dumps(changed), encoding="utf-8")
        with pytest.raises(RecordError, match=message):
            Tracker.restore(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecordError, match="JSON in UTF-8"):
        Tracker.restore(path)


def test_options_that_json_would_change_are_not_saved(tmp_path: Path) -> None:
    tracker = Tracker(DESK, PerformanceOnly(), words={"gut": 7, 5: 5}, perception="{key}")
    with pytest.raises(RecordError, match=r"option words: .*Hint: make the Survey yourself"):
        tracker.save(tmp_path / "t.json")
    Tracker(DESK, PerformanceOnly(), words={"gut": 7}, perception="{key}").save(tmp_path / "t.json")
    again = Tracker.restore(tmp_path / "t.json")
    again.update(pd.DataFrame({"wait": ["gut", "gut"]}), 1)
    assert again.table()["mean"][0] == 7
