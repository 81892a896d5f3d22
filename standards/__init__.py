"""What good support looks like: published editions and their standards, sourced. Knows counts, never a child."""
