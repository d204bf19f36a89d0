"""What to mend first: importance and performance, penalties and rewards, causes, objects, short boards."""
