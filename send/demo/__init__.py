"""The demonstration: invented people, their cases, and simulated ones for every authority. Front door, embedded default only."""
