"""Addresses of the reconciliation, under a programme."""

from django.urls import path

from marketplace.web.staff.reconciliation import views

urlpatterns = [
    path("", views.list_differences, name="differences"),
    path("bank/", views.compare_bank, name="differences-bank"),
    path("<uuid:difference_id>/", views.explain, name="difference-explain"),
]
