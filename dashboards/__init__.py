"""Published series, snapshots of casework under disclosure control, and home pages. Nothing imports it."""
