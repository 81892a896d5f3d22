"""What templates about files ask."""
