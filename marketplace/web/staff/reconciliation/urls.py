"""Addresses of the reconciliation, under a programme."""

from django.urls import path

from marketplace.web.staff.lists.urls import list_paths
from marketplace.web.staff.reconciliation import views
from marketplace.web.staff.reconciliation.difference_list import DIFFERENCES

urlpatterns = [
    path("", views.list_differences, name="differences"),
    *list_paths(DIFFERENCES),
    path("bank/", views.compare_bank, name="differences-bank"),
    path("<uuid:difference_id>/", views.explain, name="difference-explain"),
]
