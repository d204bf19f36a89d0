"""Files of answers to a desk, whole, damaged and cut short."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from servqual import Difference, Instrument, Scale, Summary, Survey, summarize
from tests.engines.routes import skipped_without

arrow = skipped_without("pyarrow", "reading of files in batches")
parquet = pytest.importorskip("pyarrow.parquet")
DESK = Instrument.define("desk", {"speed": ["wait", "queue"], "care": ["tone"]}, scale=Scale.likert(7))
NAMES = [f"{level}_{key}" for level in ("perception", "expectation") for key in DESK.item_keys]
ROWS, GROUP = 3000, 500


def answers(seed: int = 0, rows: int = ROWS) -> pd.DataFrame:
    """Complete answers, the same for a seed."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame({name: rng.integers(1, 8, rows).astype(np.int8) for name in NAMES})


def write(path: Path, frame: pd.DataFrame, group: int = GROUP) -> Path:
    """Write a frame to a Parquet file."""
    parquet.write_table(arrow.Table.from_pandas(frame, preserve_index=False), path, row_group_size=group)
    return path


def damage(path: Path, group: int, column: int) -> None:
    """Overwrite one column of one row group."""
    told = parquet.ParquetFile(path).metadata.row_group(group).column(column)
    start = told.dictionary_page_offset or told.data_page_offset
    content = bytearray(path.read_bytes())
    content[start : start + told.total_compressed_size] = b"\xff" * told.total_compressed_size
    path.write_bytes(content)


def truncate(path: Path) -> None:
    """Cut a file in half."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def whole(*frames: pd.DataFrame) -> Summary:
    """The summary of frames at once."""
    return summarize(Survey.from_frame(pd.concat(frames), DESK), Difference())


def three_files(folder: Path) -> Path:
    """A folder with three files of answers."""
    for number in range(3):
        write(folder / f"part-{number}.parquet", answers(number))
    return folder
