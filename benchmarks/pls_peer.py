"""plspm in an interpreter of its own: answers requests on standard input with the seconds that each took.

It is run as a script by the interpreter of an environment in which plspm works (it needs pandas 2), and imports nothing
of this package. plspm is under the GPL: it is called, and nothing of it is used.
"""

from __future__ import annotations

import json
import platform
import sys
from importlib.metadata import version
from time import perf_counter
from typing import Any


def main() -> None:
    given = json.loads(sys.argv[1])
    import pandas as pd
    import plspm.config as settings
    from plspm.mode import Mode
    from plspm.plspm import Plspm
    from plspm.scheme import Scheme

    def config() -> Any:
        structure = settings.Structure()
        for source, target in given["paths"]:
            structure.add_path([source], [target])
        found = settings.Config(structure.path(), scaled=True)
        for name, items in given["constructs"].items():
            found.add_lv(name, Mode.A, *[settings.MV(item) for item in items])
        return found

    frames = {name: pd.read_csv(path) for name, path in given["data"].items()}
    schemes = {"path": Scheme.PATH, "centroid": Scheme.CENTROID, "factorial": Scheme.FACTORIAL}
    tolerance = given["tolerance"]
    for line in sys.stdin:
        asked = json.loads(line)
        options = {"iterations": 300, "tolerance": tolerance}
        if asked["what"] == "versions":
            packages = ("plspm", "pandas", "numpy")
            answer = {"python": platform.python_version()} | {each: version(each) for each in packages}
        else:
            if asked["what"] == "bootstrap":
                options |= {"bootstrap": True, "bootstrap_iterations": asked["draws"], "processes": 2}
            start = perf_counter()
            found = Plspm(frames[asked["data"]], config(), schemes[given["scheme"]], **options)
            answer = {"seconds": perf_counter() - start, "paths": found.path_coefficients().to_dict()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
