from django.urls import path

from send.documents import views

app_name = "documents"
urlpatterns = [
    path("uploads/", views.upload_create, name="upload_create"),
    path("uploads/<uuid:uuid>/", views.upload_patch, name="upload_patch"),
    path("<uuid:uuid>/", views.download, name="download"),
    path("<uuid:uuid>/preview/", views.preview, name="preview"),
]
