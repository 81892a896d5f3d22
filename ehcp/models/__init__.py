"""Nouns of EHC needs assessments and plans, one subject a file. No verbs here: `ehcp.services` is the only writer."""

from ehcp.models.advice import Advice, AdviceRequest
from ehcp.models.cases import Assignment, BreakGlass, Case, CaseDeadline, CaseEvent, CaseGrant, Decision
from ehcp.models.clients import ApiClient, IdempotencyKey
from ehcp.models.family import Evidence, FamilyMessage, Helper, OwnViews
from ehcp.models.plans import Comment, FamilyStep, Need, Outcome, PlanDocument, PlanSection, PlanVersion, Provision
from ehcp.models.requests import Request
from ehcp.models.support import SupportRecord

__all__ = [
    "Advice",
    "AdviceRequest",
    "ApiClient",
    "Assignment",
    "BreakGlass",
    "Case",
    "CaseDeadline",
    "CaseEvent",
    "CaseGrant",
    "Comment",
    "Decision",
    "Evidence",
    "FamilyMessage",
    "FamilyStep",
    "Helper",
    "IdempotencyKey",
    "Need",
    "Outcome",
    "OwnViews",
    "PlanDocument",
    "PlanSection",
    "PlanVersion",
    "Provision",
    "Request",
    "SupportRecord",
]
