"""Kano: what delights, what is missed only when it is absent, and what leaves people cold."""
