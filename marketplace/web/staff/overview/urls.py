"""The staff's first page, and all cooperatives to follow."""

from django.urls import path

from marketplace.web.staff.lists.urls import list_paths
from marketplace.web.staff.overview import views
from marketplace.web.staff.overview.followed_list import FOLLOWED

urlpatterns = [
    path("", views.show_overview, name="overview"),
    *list_paths(FOLLOWED, "follow/"),
    path("follow/", views.list_followed, name="followed"),
]
