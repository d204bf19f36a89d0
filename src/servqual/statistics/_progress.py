"""A bar of progress for what takes long, where it is asked for."""

from __future__ import annotations

from importlib import import_module
from types import TracebackType
from typing import Any, Self

from servqual.errors import MissingExtraError, Problem


class Progress:
    """Counts steps that are done, on a bar if wanted; as a context, it leaves a finished line behind."""

    def __init__(self, total: int, label: str, *, wanted: bool) -> None:
        self._bar: Any = _tqdm()(total=total, desc=label) if wanted else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def done(self, steps: int = 1) -> None:
        """Count steps that are done."""
        if self._bar is not None:
            self._bar.update(steps)


def _tqdm() -> Any:
    try:
        return import_module("tqdm").tqdm
    except ImportError as error:
        remedy = "pip install 'servqual[files]', or leave progress=False"
        raise MissingExtraError(
            Problem("progress", "True, and tqdm is not installed", "bars need it", remedy)
        ) from error
