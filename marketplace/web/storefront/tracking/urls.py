"""Addresses of an order's tracking, below ``/{market}/{language}/orders/``."""

from django.urls import path

from marketplace.web.storefront.tracking import views

urlpatterns = [
    path("<str:token>/", views.show_order, name="tracking"),
    path(
        "<str:token>/papers/<uuid:document_id>/", views.download_document, name="tracking-document"
    ),
    path(
        "<str:token>/parcels/<uuid:parcel_id>/received/",
        views.confirm_receipt,
        name="tracking-received",
    ),
    path(
        "<str:token>/parcels/<uuid:parcel_id>/missing/",
        views.report_missing,
        name="tracking-missing",
    ),
]
