"""What this app registers with the ground, once, when Django is ready."""

from ehcp import permissions, reach, sentences
from send import access
from send.audit import sentences as trail
from send.documents.access import register_reader
from send.notifications import kinds


def register() -> None:
    """Put this app's tables in place: access, the trail's sentences, the words of its notices."""
    access.registry.add(grants=permissions.GRANTS, reaches=reach.REACHES, conditions=reach.CONDITIONS, knowing=permissions.KNOWING)
    register_reader(reach.reads_file)
    trail.register(sentences.SENTENCES)
    for kind, (subject, text) in sentences.NOTICES.items():
        kinds.register(kind, subject=subject, text=text)
