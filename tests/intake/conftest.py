from typing import Any

import pytest


@pytest.fixture(params=["pandas", "polars", "pyarrow"])
def backend(request: pytest.FixtureRequest) -> Any:
    """Each data-frame library in turn."""
    return request.param
