"""Addresses of kept forms, below ``/accounts/kept/``."""

from django.urls import path

from marketplace.web.kept import views

app_name = "kept"
urlpatterns = [
    path("<uuid:form_id>/discard/", views.discard, name="discard"),
    path("files/<uuid:file_id>.jpg", views.show_file, name="file"),
]
