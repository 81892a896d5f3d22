"""The verbs of documents: receiving them, checking them, issuing them. The only writer of their rows."""

from send.documents.services.checking import check_document, sweep
from send.documents.services.issuing import store_issued
from send.documents.services.receiving import append, begin_upload, cancel_upload, receive

__all__ = ["append", "begin_upload", "cancel_upload", "check_document", "receive", "store_issued", "sweep"]
