"""Addresses of legal texts, below ``/{market}/{language}/legal/``."""

from django.urls import path

from marketplace.web.storefront.legal import views

urlpatterns = [
    path("<slug:slug>/", views.show_text, name="legal"),
    path("versions/<uuid:text_id>/", views.show_version, name="legal-version"),
]
