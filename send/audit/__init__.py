"""The append-only, hash-chained trail of what was done and what was read."""
