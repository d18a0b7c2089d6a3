"""Addresses of deliveries, under ``/staff/<programme>/deliveries/``."""

from django.urls import path

from marketplace.web.staff.lists.urls import list_paths
from marketplace.web.staff.orders import delivery_views as views
from marketplace.web.staff.orders import refusal_views
from marketplace.web.staff.orders.delivery_list import CARRIER_FILES, DELIVERIES

urlpatterns = [
    path("", views.list_deliveries, name="deliveries"),
    *list_paths(DELIVERIES),
    path("files/", views.list_files, name="carrier-files"),
    *list_paths(CARRIER_FILES, "files/"),
    path("files/new/", views.read_file, name="carrier-file-new"),
    path("files/<uuid:file_id>/", views.show_file, name="carrier-file"),
    path("refused/", refusal_views.show_refusals, name="cash-refusals"),
    path("refused/table/", refusal_views.download_refusals, name="cash-refusals-csv"),
    path("<uuid:parcel_id>/", views.record_parcel_delivery, name="delivery-record"),
]
