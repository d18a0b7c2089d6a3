"""Addresses of what is filled in before the shop opens."""

from django.urls import path

from marketplace.web.portal.admission import views

urlpatterns = [
    path("", views.show, name="admission"),
    path("submit/", views.submit, name="admission-submit"),
    path("identity/", views.identity, name="admission-identity"),
    path("place/", views.place, name="admission-place"),
    path("members/", views.members, name="admission-members"),
]
