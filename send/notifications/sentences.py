"""What the trail says about notices."""

from send.audit.sentences import Sentence, register

register(
    {
        "notifications.record_posting": Sentence(
            "{by} recorded that a letter was posted on {posted_on}", "{by} recorded that a letter to you was posted on {posted_on}"
        ),
    }
)
