"""Addresses of complaints, under ``/staff/<programme>/complaints/``."""

from django.urls import path

from marketplace.web.staff.complaints import views
from marketplace.web.staff.complaints.complaint_list import COMPLAINTS
from marketplace.web.staff.lists.urls import list_paths

urlpatterns = [
    path("", views.list_complaints, name="complaints"),
    *list_paths(COMPLAINTS),
    path("<uuid:complaint_id>/", views.show_complaint, name="complaint"),
    path("<uuid:complaint_id>/photos/<int:position>/", views.show_photo, name="complaint-photo"),
    path("<uuid:complaint_id>/decide/", views.decide, name="complaint-decide"),
    path("<uuid:complaint_id>/reopen/", views.reopen, name="complaint-reopen"),
]
