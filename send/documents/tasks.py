"""The jobs of documents. They take ids, may be delivered twice, and ask the rows what is still to do."""

from celery import shared_task

from send.documents import services


@shared_task(bind=True, ignore_result=True)
def process_upload(self, document_id: int) -> None:
    """Scan and rebuild one file. A job delivered again after its worker died takes over at once."""
    again = bool((self.request.delivery_info or {}).get("redelivered"))
    services.check_document(document_id, takeover=again)


@shared_task(ignore_result=True)
def sweep_documents() -> None:
    """Bring files on that were left behind by a crash or a missing scanner, and clear away what has expired."""
    services.sweep()
