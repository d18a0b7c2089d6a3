"""Addresses of the indicators, under a programme."""

from django.urls import path

from marketplace.web.staff.impact import views

urlpatterns = [
    path("", views.show_impact, name="impact"),
    path("table/", views.download_table, name="impact-csv"),
    path("details/", views.ask_for_details, name="impact-details"),
]
