"""Addresses of the commission rules, under a programme."""

from django.urls import path

from marketplace.web.staff.commissions import views

urlpatterns = [
    path("", views.list_rules, name="commissions"),
    path("propose/", views.propose, name="commission-propose"),
    path("<uuid:rule_id>/end/", views.end, name="commission-end"),
]
