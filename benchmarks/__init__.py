"""How fast the library is beside its peers, in ratios taken within one run: ``python -m benchmarks``."""
