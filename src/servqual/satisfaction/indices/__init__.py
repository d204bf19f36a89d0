"""Structural index models: as data, fitted by path modelling, scored, compared."""
