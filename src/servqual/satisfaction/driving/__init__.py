"""What drives an outcome: shares of its explained variance, weights, and how sure their order is."""
