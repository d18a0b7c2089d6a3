"""Addresses of the documents that a programme asks for."""

from django.urls import path

from marketplace.web.staff.asked_documents import views

urlpatterns = [
    path("", views.show, name="asked-documents"),
    path("<int:requirement_id>/stop/", views.stop, name="asked-document-stop"),
    path("files/<slug:slug>/<uuid:handed_in_id>/", views.fetch, name="cooperative-document"),
]
