"""Addresses of the programme's staff and their roles."""

from django.urls import path

from marketplace.web.staff.lists.urls import list_paths
from marketplace.web.staff.people import factor_views, views
from marketplace.web.staff.people.people_list import PEOPLE

urlpatterns = [
    path("", views.list_people, name="people"),
    *list_paths(PEOPLE),
    path("<int:grant_id>/confirm/", views.confirm, name="grant-confirm"),
    path("<int:grant_id>/revoke/", views.revoke, name="grant-revoke"),
    path("<int:grant_id>/reset-factor/", factor_views.propose, name="grant-reset-factor"),
    path(
        "factor-resets/<uuid:reset_id>/confirm/", factor_views.confirm, name="factor-reset-confirm"
    ),
    path(
        "factor-resets/<uuid:reset_id>/withdraw/",
        factor_views.withdraw,
        name="factor-reset-withdraw",
    ),
    path("offers/<uuid:offer_id>/resend/", views.resend, name="offer-resend"),
    path("offers/<uuid:offer_id>/withdraw/", views.withdraw, name="offer-withdraw"),
]
