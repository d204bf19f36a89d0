"""lifetimes in an interpreter of its own: fits the BG/NBD model to a file of histories and says how long it took.

It is run as a script by the interpreter of an environment in which lifetimes works, and imports nothing of this
package.
"""

from __future__ import annotations

import json
import platform
import sys
import warnings
from importlib.metadata import version
from time import perf_counter
from typing import Any


def main() -> None:
    import numpy as np

    warnings.simplefilter("ignore")
    from lifetimes import BetaGeoFitter

    for line in sys.stdin:
        asked = json.loads(line)
        answer: dict[str, Any]
        if asked["what"] == "versions":
            packages = ("lifetimes", "pandas", "numpy")
            answer = {"python": platform.python_version()} | {each: version(each) for each in packages}
        else:
            given = np.load(asked["file"])
            weights = given[:, 3] if given.shape[1] == 4 else None
            start = perf_counter()
            found = BetaGeoFitter().fit(given[:, 0], given[:, 1], given[:, 2], weights=weights)
            answer = {"seconds": perf_counter() - start, "parameters": list(found.params_[["r", "alpha", "a", "b"]])}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
