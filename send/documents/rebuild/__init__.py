"""Checks and rebuilds a file in a process of its own, with limits and without network: `python -m send.documents.rebuild`.

Nothing here knows Django, the database or a secret: a booby-trapped file that takes the process over finds none.
"""
