"""Addresses under ``/staff/<programme>/adoption/``."""

from django.urls import path

from marketplace.web.staff.adoption import views

urlpatterns = [
    path("", views.list_unassigned, name="adoption"),
    path("confirm/", views.confirm, name="adoption-confirm"),
    path("give/", views.give, name="adoption-give"),
    path("given/", views.list_adopted, name="adoption-given"),
    path("given/<uuid:listing_id>/release/", views.release, name="adoption-release"),
]
