"""What happens to reference data, said for an officer. No family's trail holds it."""

from send.audit.sentences import Sentence, register

register({"organisations.reference_loaded": Sentence("Reference data about organisations was loaded", "")})
