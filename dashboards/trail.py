"""What happens to the dashboards, said for an officer. No family's trail holds it."""

from send.audit.sentences import Sentence, register

register({"dashboards.take_snapshot": Sentence("Snapshot {number} of the casework was taken for the dashboards", "")})
