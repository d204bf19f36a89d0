"""Encounters: moments of truth, what staff do in them, and complaints with their recovery."""
