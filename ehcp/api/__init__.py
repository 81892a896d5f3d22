"""The API of this app: plans of pupils on a school's roll, and SEN Support from its records system."""
