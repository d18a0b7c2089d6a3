"""Addresses under ``/staff/<programme>/adoption/``."""

from django.urls import path

from marketplace.web.staff.adoption import views
from marketplace.web.staff.adoption.adopted_list import ASSIGNED
from marketplace.web.staff.lists.urls import list_paths

urlpatterns = [
    path("", views.list_unassigned, name="adoption"),
    path("confirm/", views.confirm, name="adoption-confirm"),
    path("give/", views.give, name="adoption-give"),
    path("given/", views.list_adopted, name="adoption-given"),
    *list_paths(ASSIGNED, "given/"),
    path("given/<uuid:listing_id>/release/", views.release, name="adoption-release"),
]
