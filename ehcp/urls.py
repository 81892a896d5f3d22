"""Addresses of this app: a family's requests, and the cases."""

from django.urls import path

from ehcp.views import advice, cases, plans, requests

app_name = "ehcp"
urlpatterns = [
    path("cases/", cases.worklist, name="worklist"),
    path("cases/<str:reference>/", cases.case, name="case"),
    path("cases/<str:reference>/advice/ask/", cases.ask_advice, name="ask_advice"),
    path("cases/<str:reference>/decide/", cases.decide, name="decide"),
    path("cases/<str:reference>/history/", cases.trail, name="trail"),
    path("cases/<str:reference>/match/", cases.match, name="match"),
    path("cases/<str:reference>/plan/", plans.read, name="plan"),
    path("cases/<str:reference>/plan/begin/", plans.begin, name="plan_begin"),
    path("cases/<str:reference>/plan/comments/<uuid:line>/", plans.comment, name="comment"),
    path("cases/<str:reference>/plan/comments/<uuid:uuid>/answer/", plans.answer, name="answer_comment"),
    path("cases/<str:reference>/plan/final/begin/", plans.begin_final, name="begin_final"),
    path("cases/<str:reference>/plan/final/propose/", plans.propose, name="propose"),
    path("cases/<str:reference>/plan/final/issue/", plans.finalise, name="finalise"),
    path("cases/<str:reference>/plan/finished/", plans.finish, name="finish"),
    path("cases/<str:reference>/plan/send/", plans.serve, name="serve_draft"),
    path("cases/<str:reference>/plan/write/", plans.write, name="plan_write"),
    path("cases/<str:reference>/plan/write/sections/<str:letter>/", plans.section, name="plan_section"),
    path("cases/<str:reference>/plan/write/<str:kind>/", plans.line, name="plan_new_line"),
    path("cases/<str:reference>/plan/write/<str:kind>/<int:line_id>/", plans.line, name="plan_line"),
    path("advice/", advice.mine, name="my_advice"),
    path("advice/<uuid:uuid>/", advice.answer, name="advice"),
    path("requests/", requests.mine, name="my_requests"),
    path("requests/begin/", requests.begin, name="request_begin"),
    path("requests/start/", requests.start, name="request_start"),
    path("requests/<uuid:uuid>/check/", requests.check, name="request_check"),
    path("requests/<uuid:uuid>/council/", requests.authority, name="request_authority"),
    path("requests/<uuid:uuid>/evidence/", requests.files, name="request_evidence"),
    path("requests/<uuid:uuid>/status/", requests.status, name="request_status"),
    path("requests/<uuid:uuid>/<slug:slug>/", requests.page, name="request_page"),
]
