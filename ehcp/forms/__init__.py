"""What people type, checked for its shape; rules stay in rules."""
