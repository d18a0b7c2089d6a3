"""Addresses of an adviser's cooperatives and of visits."""

from django.urls import path

from marketplace.web.staff.advising import views
from marketplace.web.staff.advising.advised_list import ADVISED
from marketplace.web.staff.advising.visit_list import VISITS
from marketplace.web.staff.lists.urls import list_paths

urlpatterns = [
    path("", views.list_advised, name="advised"),
    *list_paths(ADVISED),
    path("visits/", views.list_visits, name="visits"),
    *list_paths(VISITS, "visits/"),
    path("visits/log/<slug:slug>/", views.log, name="visit-log"),
    path("visits/<uuid:visit_id>/", views.show_visit, name="visit"),
    path("visits/<uuid:visit_id>/correct/", views.correct, name="visit-correct"),
]
