"""Fail unless the wheel holds the library with its types marker and nothing else."""

import sys
from pathlib import Path
from zipfile import ZipFile

names = ZipFile(Path(sys.argv[1])).namelist()
strangers = [name for name in names if name.split("/")[0].partition("-")[0] != "servqual"]
strangers += [name for name in names if "/tests/" in name or name.rpartition("/")[2].startswith("test_")]
if strangers:
    raise SystemExit(f"the wheel holds what it should not: {strangers}")
if "servqual/py.typed" not in names:
    raise SystemExit("the wheel lacks servqual/py.typed")
if not any(name.endswith("/licenses/LICENSE") for name in names):
    raise SystemExit("the wheel lacks its licence")
print(f"{len(names)} files, py.typed and the licence among them, no tests")
