"""Addresses under ``/staff/<programme>/tasks/``."""

from django.urls import path

from marketplace.web.staff.long_jobs import views

urlpatterns = [
    path("", views.list_jobs, name="jobs"),
    path("<uuid:job_id>/", views.show_job, name="job"),
    path("<uuid:job_id>/cancel/", views.cancel, name="job-cancel"),
    path("<uuid:job_id>/again/", views.again, name="job-again"),
    path("<uuid:job_id>/file/", views.download, name="job-file"),
]
