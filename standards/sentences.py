"""What happens to the standards, said for an officer. No family's trail holds it."""

from send.audit.sentences import Sentence, register

register({"standards.edition_loaded": Sentence("An edition of the national standards was loaded", "")})
