"""Complaints and recovery: the funnel from problem to repurchase, its rates, the paradox, and handling times."""
