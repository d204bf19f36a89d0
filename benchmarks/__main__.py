"""``python -m benchmarks``: run, print a Markdown table, write JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    clusters,
    drivers,
    frames,
    imports,
    indirect,
    journeys,
    lifetime,
    memory,
    models,
    pls,
    readings,
    scoring,
    streams,
)
from benchmarks.facts import facts
from benchmarks.rows import Row, markdown

PARTS = (
    "scoring",
    "frames",
    "models",
    "readings",
    "indirect",
    "drivers",
    "pls",
    "lifetime",
    "journeys",
    "streams",
    "clusters",
    "imports",
    "memory",
)
DEFAULT_PATH = Path(__file__).parent / "results" / "scoring.json"


def main() -> None:
    options = _options()
    found: list[Row] = []
    for name, run in _sections(options).items():
        if options.only in (None, name):
            rows = run()
            found += rows
            print(f"\n## {name}\n\n{markdown(rows)}", flush=True)
    _write(options, found)
    print(f"\nwritten to {options.json}")


def _sections(options: argparse.Namespace) -> dict[str, Callable[[], list[Row]]]:
    few, many, rounds = min(options.rows), max(options.rows), options.rounds
    return {
        "scoring": lambda: [row for respondents in options.rows for row in scoring.rows(respondents, rounds)],
        "frames": lambda: frames.rows(few, rounds),
        "models": lambda: models.rows(few, rounds),
        "readings": lambda: readings.rows(few, rounds),
        "indirect": lambda: indirect.rows(rounds),
        "drivers": lambda: drivers.rows(rounds),
        "pls": lambda: pls.rows(rounds, options.plspm),
        "lifetime": lambda: lifetime.rows(min(rounds, 3), options.lifetimes),
        "journeys": lambda: journeys.rows(min(rounds, 3)),
        "streams": lambda: streams.rows(many, rounds),
        "clusters": lambda: clusters.rows(many, min(rounds, 3)),
        "imports": imports.rows,
        "memory": lambda: memory.rows(many),
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000], help="respondents")
    parser.add_argument("--rounds", type=int, default=7, help="rounds, in each of which every contender runs once")
    parser.add_argument("--only", choices=PARTS, help="one part of it")
    parser.add_argument("--plspm", help="a Python in which plspm runs (it needs pandas 2), for the part pls")
    parser.add_argument("--lifetimes", help="a Python in which lifetimes runs, for the part lifetime")
    parser.add_argument("--json", type=Path, default=DEFAULT_PATH, help="where to write the numbers")
    return parser.parse_args()


def _write(options: argparse.Namespace, rows: list[Row]) -> None:
    record = {
        "facts": facts(),
        "options": {"rows": options.rows, "rounds": options.rounds, "only": options.only},
        "results": [row.to_dict() for row in rows],
    }
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
