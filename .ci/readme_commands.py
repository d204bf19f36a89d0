"""Print the two commands of the README, one line each, as they are written there."""

import re
import sys
from pathlib import Path

HEADING = "## Two commands"
WANTED = 2
README = Path(__file__).resolve().parent.parent / "README.md"


def commands(text: str) -> list[str]:
    """Return what the fenced sh blocks below the heading hold."""
    _, found, after = text.partition(f"\n{HEADING}\n")
    if not found:
        raise SystemExit(f"README.md has no heading {HEADING!r}")
    section = re.split(r"^## ", after, maxsplit=1, flags=re.MULTILINE)[0]
    blocks = [block.strip("\n") for block in re.findall(r"^```sh\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)]
    if len(blocks) != WANTED or any(not block or "\n" in block for block in blocks):
        raise SystemExit(f"{HEADING!r} needs exactly two sh blocks of one line each; found {blocks}")
    return blocks


if __name__ == "__main__":
    readme = Path(sys.argv[1]) if len(sys.argv) > 1 else README
    print("\n".join(commands(readme.read_text(encoding="utf-8"))))
