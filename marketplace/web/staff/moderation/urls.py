"""Addresses of moderation, mounted under ``/staff/<programme>/moderation/``."""

from django.urls import path

from marketplace.web.staff.lists.urls import list_paths
from marketplace.web.staff.moderation import views
from marketplace.web.staff.moderation.waiting_list import WAITING

urlpatterns = [
    path("", views.list_waiting, name="moderation"),
    *list_paths(WAITING),
    path("<uuid:revision_id>/", views.review, name="moderation-review"),
    path("<uuid:revision_id>/approve/", views.approve, name="moderation-approve"),
    path("<uuid:revision_id>/return/", views.send_back, name="moderation-return"),
    path("photos/<uuid:photo_id>.jpg", views.show_photo, name="moderation-photo"),
]
