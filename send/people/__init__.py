"""Children and young people, the adults around them, and who holds which rights on a given date."""
