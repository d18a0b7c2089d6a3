"""Addresses of a cooperative's imports, mounted under ``/portal/<cooperative>/imports/``."""

from django.urls import path

from marketplace.web.portal.imports import views

urlpatterns = [
    path("", views.list_files, name="imports"),
    path("<uuid:import_id>/", views.show_file, name="import"),
    path("<uuid:import_id>/columns/", views.columns, name="import-columns"),
    path("<uuid:import_id>/pictures/", views.pictures, name="import-pictures"),
    path("<uuid:import_id>/start/", views.start, name="import-start"),
    path("<uuid:import_id>/cancel/", views.cancel, name="import-cancel"),
    path("<uuid:import_id>/undo/", views.undo, name="import-undo"),
    path("<uuid:import_id>/delete/", views.delete, name="import-delete"),
    path("<uuid:import_id>/report.csv", views.report, name="import-report"),
]
