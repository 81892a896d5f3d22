"""What happens to a file, said for an officer and for a family. File names stay out: they often hold a child's name."""

from send.audit.sentences import Sentence, register

register(
    {
        "documents.begin_upload": Sentence("{by} began to send a file ({size} bytes)", ""),
        "documents.receive": Sentence("{by} sent a file ({size} bytes, SHA-256 {sha256})", "{by} sent a file"),
        "documents.cancel_upload": Sentence("{by} gave up sending a file", ""),
        "documents.expire_upload": Sentence("An upload that was not finished was deleted", ""),
        "documents.accept": Sentence("A file was checked by {scanner} and can be read", "A file was checked and can be read"),
        "documents.reject": Sentence(
            "A file was not accepted and was destroyed (SHA-256 {sha256})",
            "A file was not accepted and was destroyed",
            family_sees_why=False,
        ),
        "documents.store_issued": Sentence("{by} issued a paper ({kind}, SHA-256 {sha256})", "A paper was issued ({kind})"),
    }
)
