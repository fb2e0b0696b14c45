"""The chain over all history: one entry for every history row, each sealed to the one before it."""
