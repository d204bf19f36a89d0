"""Moments of truth: journeys of encounters, what is told of them, and what they have to do with outcomes."""
