"""The one door for data frames: pandas, polars and pyarrow frames come in and go out here, and nowhere else."""

from servqual._frames.columns import has_truths, is_numeric, numbers, truths_in
from servqual._frames.door import BACKENDS, backend_of, build, opened
from servqual._frames.files import KNOWN, read_table
from servqual._frames.labels import GroupLabel
from servqual._frames.rows import factorised, kept
from servqual._frames.spss import TableNotes, coded, with_labels, without_user_missing
from servqual.errors import BackendError

__all__ = [
    "BACKENDS",
    "KNOWN",
    "BackendError",
    "GroupLabel",
    "TableNotes",
    "backend_of",
    "build",
    "coded",
    "factorised",
    "has_truths",
    "is_numeric",
    "kept",
    "numbers",
    "opened",
    "read_table",
    "truths_in",
    "with_labels",
    "without_user_missing",
]
