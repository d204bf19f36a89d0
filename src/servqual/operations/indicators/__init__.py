"""Indicators of a service: what the log of its events says, and what goes with its scores."""
