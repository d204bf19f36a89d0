"""What can fail in a service, why, and what it costs."""
