"""With what the numbers were made: versions and cores, and nothing that names a machine."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

PACKAGES = ("servqual", "numpy", "narwhals", "attrs", "pandas", "polars", "dask", "distributed", "duckdb", "pyarrow")


def facts() -> dict[str, Any]:
    """Return interpreter, architecture, cores and versions."""
    found: dict[str, str | None] = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "system": platform.system(),
        "architecture": platform.machine(),
        "cores": os.cpu_count(),
        "blas_threads": os.environ.get("OPENBLAS_NUM_THREADS"),
        "versions": found,
    }
