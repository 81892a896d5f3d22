"""The papers of a plan: made by a job, once, sealed, and never made again."""

from django.db import transaction

from ehcp.models import PlanDocument, PlanVersion
from ehcp.reading import as_read
from send import clock
from send.audit import services as audit
from send.audit.actors import system
from send.documents.pdf import render_pdf
from send.documents.services import store_issued

MAKER = system("plan papers")
READY = (PlanVersion.State.SERVED, PlanVersion.State.FINAL)


def make_plan_document(version_id: int) -> None:
    """Make the PDF of a served draft or a final plan. Delivered five times, or after a killed worker, it is made once.

    The page is laid out before the row is locked, so that nothing waits for it; whoever comes second finds it made.
    """
    version = PlanVersion.objects.select_related("case__child", "case__authority", "setting").get(pk=version_id)
    if version.state not in READY or PlanDocument.objects.filter(version=version).exists():
        return
    content = render_pdf("ehcp/plan_pdf.html", _words(version))
    with transaction.atomic():
        PlanVersion.objects.select_for_update().get(pk=version_id)
        if PlanDocument.objects.filter(version=version).exists():
            return
        stream = version.case.audit_stream
        name = f"{version.case.reference} version {version.number}.pdf"
        document = store_issued(content, name=name, authority=version.case.authority, by=MAKER, kind="plan", stream=stream)
        PlanDocument.objects.create(version=version, document=document, made_at=clock.now())
        audit.record("ehcp.make_plan_document", by=MAKER, subject=version, change={"version": version.number})


def unmade() -> list[int]:
    """Versions whose paper is still to be made: a lost job is found here."""
    return list(PlanVersion.objects.filter(state__in=READY, pdf__isnull=True).values_list("pk", flat=True)[:100])


def _words(version: PlanVersion) -> dict:
    is_final = version.state == PlanVersion.State.FINAL
    child = version.case.child
    return {
        "title": f"Education, health and care plan for {child.full_name}" if is_final else f"Draft plan for {child.full_name}",
        "author": version.case.authority.name,
        "reference": version.case.reference,
        "version": version.number,
        "date": version.issued_on if is_final else version.served_on,
        "is_final": is_final,
        "child": child,
        "plan": as_read(version),
        "authority": version.case.authority,
        "without": version.without,
    }
