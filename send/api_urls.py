"""Addresses of the API. A front-door module: it is mounted by `send.urls`, which may name all apps."""

from django.urls import path, re_path

from send import api_views

urlpatterns = [
    path("api/v1/schema/", api_views.Schema.as_view(), name="api_schema"),
    path("api/v1/docs/", api_views.Docs.as_view(url_name="api_schema"), name="api_docs"),
    path("oauth2/token/", api_views.Token.as_view(), name="api_token"),
    re_path(r"^api/.*", api_views.NotHere.as_view(), name="api_not_here"),
]
