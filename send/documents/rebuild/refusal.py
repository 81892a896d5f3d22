"""The one way a rebuilder says no."""


class Refused(Exception):
    """The file is not taken; the message is plain English for the sender."""
