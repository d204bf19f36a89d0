"""Processes of steps that hand over to each other, and what their hand-overs cost the customer."""
