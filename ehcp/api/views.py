"""The addresses that a school's records system calls."""

import hashlib

import orjson
from django.http import Http404
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from ehcp import api_selectors
from ehcp.api.clients import ClientView
from ehcp.api.serializers import PlanDetails, PlanPage, PlanQuery, SupportIn, SupportOut
from ehcp.services import support
from send import clock
from send.accounts.roles import Role
from send.api import PreconditionFailed
from send.api_fields import problems
from send.audit import services as audit
from send.audit.actors import system

KEY_LENGTH = 100
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": KEY_LENGTH, "pattern": "^[A-Za-z0-9._:-]+$"},
    OpenApiParameter.HEADER,
    required=True,
    description="your own name for this write: sent again with the same body it changes nothing and gets the same answer",
)
_KEY_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-")


def _seen(client, what: str, subjects: list) -> None:
    audit.seen(what, by=system(client.name), subjects=subjects, role=Role.SCHOOL_MIS_API, organisation=client.setting)


class Plans(ClientView):
    """Plans of pupils on roll."""

    scope = "plans:read"

    @extend_schema(
        operation_id="plans_list", parameters=[PlanQuery], responses={200: PlanPage, **problems(400, 401, 403, 406, 429)}
    )
    def get(self, request):
        """The plans in force of pupils on roll at the school today, oldest change first.

        Only pupils whose enrolment the council or the family has confirmed. Ask again with `updated_after` a few minutes
        before the last `updated_at` you have: a change can appear a little late. A pupil who joins or leaves changes no
        `updated_at`, so read the whole list once a day.
        """
        query = PlanQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        rows, after = api_selectors.plan_page(request.user, on=clock.today(), **query.validated_data)
        _seen(request.user, "plan list by API", [row["id"] for row in rows])
        return Response({"data": rows, "next": _address(request, cursor=str(after)) if after else None})


def _address(request, **changed) -> str:
    query = request.query_params.copy()
    for name, value in changed.items():
        query[name] = value
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


class Plan(ClientView):
    """One plan of a pupil on roll."""

    scope = "plans:read"

    @extend_schema(
        operation_id="plans_read",
        parameters=[OpenApiParameter("If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="an ETag you have")],
        responses={200: PlanDetails, 304: None, **problems(400, 401, 403, 404, 406, 412, 429)},
    )
    def get(self, request, uuid):
        """Status, dates and the education provision (section F) of one plan, and nothing else of it."""
        plan = api_selectors.plan_of(request.user, uuid, on=clock.today())
        if plan is None:
            audit.denied("plan by API", by=system(request.user.name), subject_reference=str(uuid), role=Role.SCHOOL_MIS_API)
            raise Http404
        details = api_selectors.plan_details(plan)
        _seen(request.user, "plan by API", [plan.case])
        return _tagged(request, details)


def _tagged(request, details: dict) -> Response:
    """The answer with its entity tag; 304 where the caller has it, 412 where they named another."""
    tag = f'"{hashlib.sha256(orjson.dumps(details)).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request._request, etag=tag)
    if unchanged is not None and unchanged.status_code == status.HTTP_412_PRECONDITION_FAILED:
        raise PreconditionFailed
    if unchanged is not None:
        return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
    return Response(details, headers={"ETag": tag})


class SenSupport(ClientView):
    """SEN Support records of pupils on roll."""

    scope = "sen-support:write"

    @extend_schema(
        operation_id="sen_support_create",
        parameters=[IDEMPOTENCY_KEY],
        request=SupportIn,
        responses={201: SupportOut, **problems(400, 401, 403, 406, 409, 413, 415, 422, 429)},
    )
    def post(self, request):
        """Record SEN Support of one pupil on roll.

        UPN, surname and date of birth must all be those of one pupil on roll, else 422 and nothing is kept. The same
        Idempotency-Key with the same body gets the same answer and `Idempotent-Replayed: true`; with another body, 422.
        """
        key = _key(request)
        body = SupportIn(data=request.data)
        body.is_valid(raise_exception=True)
        answer, is_repeat = support.record_once(
            request.user, key=key, route="sen-support", values=dict(body.validated_data), on=clock.today(), at=clock.now()
        )
        return Response(answer, status=support.CREATED, headers={"Idempotent-Replayed": "true"} if is_repeat else None)


def _key(request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not key or len(key) > KEY_LENGTH or not set(key) <= _KEY_LETTERS:
        raise ValidationError({"Idempotency-Key": ["Send this header: 1 to 100 letters, digits, dots, colons, hyphens."]})
    return key
