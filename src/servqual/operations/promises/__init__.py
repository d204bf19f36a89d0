"""Promises: what is promised against what is delivered and expected, tactics that answer it, guarantees."""
