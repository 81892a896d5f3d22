"""Authorities, settings, health bodies and national teams: published reference data."""
