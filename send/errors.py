"""The two ways a rule says no. Shown in one place each: `send.middleware` for pages, `send.api` for programs."""


class RuleBroken(Exception):
    """A rule of law or of the service says no (API answer 422).

    `message` is plain English for the person who asked; `law` cites the rule when it is law.
    """

    def __init__(self, message: str, law: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.law = law


class NotAllowed(RuleBroken):
    """The state of the thing does not allow this step now (API answer 409)."""


class Stale(RuleBroken):
    """Somebody else saved first (API answer 412, page 409). `theirs` is what now stands, so both can be shown."""

    def __init__(self, message: str, theirs: str = "") -> None:
        super().__init__(message)
        self.theirs = theirs
