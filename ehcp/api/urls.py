"""Addresses of this app's API, below /api/v1/."""

from django.urls import path

from ehcp.api import views

urlpatterns = [
    path("plans/", views.Plans.as_view(), name="api_plans"),
    path("plans/<uuid:uuid>/", views.Plan.as_view(), name="api_plan"),
    path("sen-support/", views.SenSupport.as_view(), name="api_sen_support"),
]
