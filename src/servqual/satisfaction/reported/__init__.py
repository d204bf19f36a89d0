"""Scores that people report: promoters, top boxes, effort, and their differences."""
