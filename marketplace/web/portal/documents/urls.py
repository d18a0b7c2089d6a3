"""Addresses of documents that the programme asks for."""

from django.urls import path

from marketplace.web.portal.documents import views

urlpatterns = [
    path("", views.show, name="documents"),
    path("<int:requirement_id>/", views.hand_in, name="document-hand-in"),
    path("files/<uuid:handed_in_id>/", views.fetch, name="document-file"),
]
