"""Filters and tags for templates: dates, distances, money, components."""
