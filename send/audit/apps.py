from celery.signals import task_postrun
from django.apps import AppConfig
from django.core.signals import request_finished, request_started

from send.audit import refusals


class AuditConfig(AppConfig):
    name = "send.audit"

    def ready(self):
        request_started.connect(refusals.forget, dispatch_uid="audit_refusals")
        request_finished.connect(refusals.write_again, dispatch_uid="audit_refusals")
        task_postrun.connect(refusals.write_again, dispatch_uid="audit_refusals")
