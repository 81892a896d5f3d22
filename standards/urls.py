"""Addresses of the standards; all public."""

from django.urls import path

from standards import views

app_name = "standards"
urlpatterns = [
    path("", views.in_force, name="in_force"),
    path("edition-<int:number>.json", views.document, name="document"),
    path("<int:number>/", views.edition, name="edition"),
    path("<int:number>/<slug:code>/", views.standard, name="standard"),
]
