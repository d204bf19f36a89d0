"""What keeps employees from the level that is expected of them, and how the level grows."""
