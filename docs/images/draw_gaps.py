"""Draws gaps.png, the picture of the README, from the embedded example."""

from pathlib import Path

from matplotlib.figure import Figure

import servqual as sq

figure = Figure(figsize=(8, 4), layout="constrained")
sq.plots.gaps(sq.score(sq.simulate.example(), sq.Difference()), by="branch", ax=figure.subplots())
figure.savefig(Path(__file__).with_name("gaps.png"), dpi=150, metadata={"Software": None})
