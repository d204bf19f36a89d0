from typing import Any

import pytest


@pytest.fixture(params=["pandas", "polars", "pyarrow"])
def each_backend(request: pytest.FixtureRequest) -> Any:
    """Each data-frame library in turn."""
    return request.param
