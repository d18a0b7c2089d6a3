"""Addresses of a programme's legal texts."""

from django.urls import path

from marketplace.web.staff.legal import contact_views, views

urlpatterns = [
    path("", views.list_texts, name="legal-texts"),
    path("contact/", contact_views.edit_contact, name="legal-contact"),
    path("<slug:kind>/", views.edit_text, name="legal-text"),
    path("versions/<uuid:text_id>/", views.show_version, name="legal-text-version"),
]
