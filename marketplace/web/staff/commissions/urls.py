"""Addresses of the commission rules, under a programme."""

from django.urls import path

from marketplace.web.staff.commissions import change_views, views

urlpatterns = [
    path("", views.list_rules, name="commissions"),
    path("propose/", views.propose, name="commission-propose"),
    path(
        "proposed/<uuid:commission_change_id>/",
        change_views.show_change,
        name="commission-change",
    ),
    path(
        "proposed/<uuid:commission_change_id>/confirm/",
        change_views.confirm_change,
        name="commission-change-confirm",
    ),
    path(
        "proposed/<uuid:commission_change_id>/withdraw/",
        change_views.withdraw_change,
        name="commission-change-withdraw",
    ),
    path("<uuid:rule_id>/end/", views.end, name="commission-end"),
]
