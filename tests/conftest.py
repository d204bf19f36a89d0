"""What all tests share: the folder of real studies, where there is one."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The first example of a run pays for what is imported on first use; a deadline would blame the code under test.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SERVQUAL_SHARED") or REPOSITORY.parent / "shared")


def pytest_report_header() -> str:
    return f"shared data: {'present' if SHARED.is_dir() else 'absent, tests that need it are skipped'}"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real studies and the oracles."""
    if not SHARED.is_dir():
        pytest.skip("the folder of shared data is absent (SERVQUAL_SHARED)")
    return SHARED
