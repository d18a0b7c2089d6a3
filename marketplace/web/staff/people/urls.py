"""Addresses of the programme's staff and their roles."""

from django.urls import path

from marketplace.web.staff.people import views

urlpatterns = [
    path("", views.list_people, name="people"),
    path("<int:grant_id>/confirm/", views.confirm, name="grant-confirm"),
    path("<int:grant_id>/revoke/", views.revoke, name="grant-revoke"),
]
