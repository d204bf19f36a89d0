"""Batches of any size and source give the summary of all answers at once."""

import warnings
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from servqual import Difference, Instrument, Level, PerformanceOnly, Scale, Survey, gap_tests, summarize
from servqual.engines.streaming import summarize_batches, surveys
from servqual.errors import BatchError, ColumnPositionWarning, JointAnswersError, SurveyError
from servqual.instruments import Dimension, Item
from servqual.scoring.level_score import LevelScore
from tests.engines.routes import CASES, frame, in_memory, same_sums, skipped_without
from tests.scoring.hall import HALL

arrow = skipped_without("pyarrow", "reading of files in batches")
ANSWERS = frame()
MODELS, OPTIONS = CASES["several models in groups"]
WHOLE = in_memory(ANSWERS, MODELS, OPTIONS)
DESK = Instrument.define("desk", {"speed": ["wait", "queue"], "care": ["tone"]}, scale=Scale.likert(7))


def written(folder: Path) -> Path:
    ANSWERS.to_parquet(folder / "answers.parquet", row_group_size=70)
    return folder / "answers.parquet"


def in_pieces(size: int) -> list[pd.DataFrame]:
    return [ANSWERS.iloc[start : start + size] for start in range(0, len(ANSWERS), size)]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("size", [37, 600])
def test_batches_of_any_size_find_what_all_answers_at_once_find(case: str, size: int) -> None:
    models, options = CASES[case]
    found = summarize_batches(iter(in_pieces(size)), HALL, *models, **options)
    same_sums(found, in_memory(ANSWERS, models, options))


@st.composite
def divided(draw: st.DrawFn) -> tuple[Instrument, list[pd.DataFrame], list[int]]:
    """Answers of any type, some of them with gaps, in parts of any size, empty ones included."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    items = [Item(f"i{place}", reverse=draw(st.booleans())) for place in range(sum(sizes))]
    asked = Instrument("drawn", [Dimension(f"d{n}", [items.pop() for _ in range(k)]) for n, k in enumerate(sizes)],
                       Scale.likert(7))  # fmt: skip
    n = draw(st.integers(2, 40))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    dtype = draw(st.sampled_from(["int8", "uint8", "int64", "float64", "Int8"]))
    names = [f"{level}_{key}" for level in ("perception", "expectation") for key in asked.item_keys]
    answers = pd.DataFrame({name: rng.integers(1, 8, n) for name in names}).astype(dtype)  # type: ignore[arg-type]
    if dtype in {"float64", "Int8"}:
        # the first respondent answered everything: a level that was asked has an answer
        answers = answers.mask((rng.random(answers.shape) < 0.1) & (np.arange(n) > 0)[:, None])
    cuts = sorted(draw(st.lists(st.integers(0, n), max_size=6)))
    return asked, [answers.iloc[a:b] for a, b in zip([0, *cuts], [*cuts, n], strict=True)], cuts


@settings(max_examples=60)
@given(divided=divided(), as_batches=st.booleans(), already=st.booleans())
def test_answers_in_random_parts(divided: Any, *, as_batches: bool, already: bool) -> None:
    asked, parts, _ = divided
    models = (Difference(), PerformanceOnly(), LevelScore("expectation", beside="perception"))
    whole = summarize(Survey.from_frame(pd.concat(parts), asked, already_reversed=already), *models)
    given_parts: Any = parts
    if as_batches:
        given_parts = [arrow.Table.from_pandas(part, preserve_index=False) for part in parts]
        given_parts = [batch for each in given_parts for batch in each.to_batches()]
    found = summarize_batches(iter(given_parts), asked, *models, already_reversed=already)
    same_sums(found, whole)


def desk_batch(*rows: tuple[int, ...]) -> Any:
    names = ("perception_wait", "perception_queue", "perception_tone", "expectation_wait", "expectation_queue",
             "expectation_tone")  # fmt: skip
    columns = {
        name: arrow.array(column, arrow.int8()) for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    return arrow.RecordBatch.from_pydict(columns)


def test_plain_batches_are_summed_from_their_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(Survey, "from_frame", lambda *_, **__: seen.append("a survey"))
    batch = desk_batch((1, 2, 3, 4, 5, 6), (7, 7, 7, 7, 7, 7))
    found = summarize_batches([batch, batch], DESK, Difference(), missing=(9, 99))
    assert seen == []
    assert len(found) == 4
    assert found.table()["mean"] == (-1.5, -1.5, -1.5, -1.5)


@pytest.mark.parametrize("beside", [{"missing": 7}, {"weights": "w"}, {"by": "w"}, {"cluster": "w"}])
def test_what_stands_beside_answers_is_honoured(beside: dict[str, Any]) -> None:
    batch = desk_batch((1, 2, 3, 4, 5, 6), (7, 7, 7, 7, 7, 7), (2, 2, 2, 7, 2, 2)).append_column(
        "w", arrow.array([1, 2, 2])
    )
    rest = {name: value for name, value in beside.items() if name != "by"}
    survey = Survey.from_frame(arrow.Table.from_batches([batch]), DESK, groups=[beside["by"]] if "by" in beside else [],
                               **rest)  # fmt: skip
    found = summarize_batches([batch], DESK, Difference(), **beside)
    same_sums(found, summarize(survey, Difference(), by=beside.get("by")))


@pytest.mark.parametrize("plain", [True, False])
def test_cross_products_are_left_out_on_request(*, plain: bool) -> None:
    batch = desk_batch((1, 2, 3, 4, 5, 6), (7, 6, 7, 5, 7, 2))
    source = batch if plain else batch.append_column("b", arrow.array(["n", "s"]))
    found = summarize_batches(source, DESK, Difference(), products=False, by=None if plain else "b")
    assert found.table()["n"] == (2, 2, 2, 2)
    assert found.answers_table()["mean"][0] == 4.0
    assert gap_tests(found) is not None
    with pytest.raises(JointAnswersError, match="cross-products"):
        found.products  # noqa: B018 - asking is what raises


def test_summaries_of_both_ways_merge() -> None:
    plain = desk_batch((1, 2, 3, 4, 5, 6), (7, 6, 7, 5, 7, 2))
    gappy = arrow.Table.from_batches([plain]).to_pandas().astype("float64")
    gappy.iloc[0, 0] = np.nan
    found = summarize_batches([plain, gappy], DESK, Difference())
    both = pd.concat([arrow.Table.from_batches([plain]).to_pandas(), gappy])
    same_sums(found, summarize(Survey.from_frame(both, DESK), Difference()))


def test_batches_are_let_go_one_by_one() -> None:
    alive: list[Any] = []

    def source() -> Iterator[pd.DataFrame]:
        for part in in_pieces(50):
            copy = part.copy()
            alive.append(weakref.ref(copy))
            yield copy
            del copy
            assert sum(each() is not None for each in alive) <= 2

    summarize_batches(source(), HALL, Difference())
    assert len(alive) == 12


def test_a_pattern_that_stops_short_is_told_once(tmp_path: Path) -> None:
    frame = pd.DataFrame({f"{letter}{n}": [5, 6] for letter in "PE" for n in range(1, 5)})
    for name in ("a", "b"):
        frame.to_parquet(tmp_path / f"{name}.parquet")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        summarize_batches(tmp_path, DESK, Difference(), perception="P{n}", expectation="E{n}")
    assert [each.category for each in caught] == [ColumnPositionWarning, ColumnPositionWarning]
    assert "stops before P4" in str(caught[0].message)


def test_surveys_come_one_by_one(tmp_path: Path) -> None:
    found = list(surveys(written(tmp_path), HALL, batch_rows=140, groups=["branch"]))
    assert [len(each) for each in found] == [140, 140, 140, 140, 40]
    whole = sum((summarize(each, *MODELS) for each in found[1:]), summarize(found[0], *MODELS))
    assert whole.table(MODELS[0])["n"] == WHOLE.table(MODELS[0])["n"]
    plain = list(surveys(iter([desk_batch((1, 2, 3, 4, 5, 6))]), DESK))
    assert plain[0].perception.values.tolist() == [[1, 2, 3]]
    assert plain[0].levels == (Level.PERCEPTION, Level.EXPECTATION)


def test_a_bar_shows_how_many_rows_are_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    skipped_without("tqdm", "bars of progress")
    summarize_batches(written(tmp_path), HALL, batch_rows=100, progress=True)
    assert "600/600" in capsys.readouterr().err
    summarize_batches(iter(in_pieces(300)), HALL, progress=True)
    assert "600" in capsys.readouterr().err
    summarize_batches(iter(in_pieces(300)), HALL)
    assert capsys.readouterr().err == ""


def test_an_option_that_is_not_known_is_named() -> None:
    with pytest.raises(BatchError, match="did you mean perception") as caught:
        summarize_batches(ANSWERS, HALL, perceptions="perception_{key}")
    assert caught.value.summary is None


@pytest.mark.parametrize("plain", [True, False])
def test_a_level_may_be_bare_in_a_batch_but_not_in_all(*, plain: bool) -> None:
    gap = None if plain else float("nan")
    parts = [
        pd.DataFrame({f"{level}_{key}": [answer] for level, answer in levels.items() for key in DESK.item_keys})
        for levels in ({"perception": 5, "expectation": gap}, {"perception": 6, "expectation": 7})
    ]
    source: Any = [part.astype("Int8") for part in parts]
    if plain:
        source = [arrow.RecordBatch.from_pandas(part, preserve_index=False) for part in source]
    found = summarize_batches(source, DESK, Difference())
    assert found.answers_table()["n"] == (2, 2, 2, 1, 1, 1)
    assert found.table()["mean"] == (-1.0, -1.0, -1.0, -1.0)
    with pytest.raises(SurveyError, match="expectation: all answers missing; a level that was asked has at least one"):
        summarize_batches(source[:1], DESK, Difference())
