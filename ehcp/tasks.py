"""The jobs of plans. They take ids and may be delivered twice."""

from celery import shared_task

from ehcp.services import papers


@shared_task(ignore_result=True)
def make_plan_document(version_id: int) -> None:
    """Make the PDF of one version."""
    papers.make_plan_document(version_id)


@shared_task(ignore_result=True)
def sweep_plan_documents() -> None:
    """Make the papers whose job was lost."""
    for version_id in papers.unmade():
        papers.make_plan_document(version_id)
