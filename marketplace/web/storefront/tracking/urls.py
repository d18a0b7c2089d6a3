"""Addresses of an order's tracking, below ``/{market}/{language}/orders/``."""

from django.urls import path

from marketplace.web.storefront.tracking import (
    complaint_views,
    lookup_views,
    substitute_views,
    views,
)

urlpatterns = [
    path("find/", lookup_views.ask, name="order-lookup"),
    path("find/<uuid:lookup_id>/", lookup_views.confirm, name="order-lookup-code"),
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
    path("<str:token>/cancel/<uuid:vendor_order_id>/", views.cancel_order, name="tracking-cancel"),
    path(
        "<str:token>/instead/<uuid:offer_id>/",
        substitute_views.accept,
        name="tracking-substitute",
    ),
    path(
        "<str:token>/instead/<uuid:offer_id>/decline/",
        substitute_views.decline,
        name="tracking-substitute-decline",
    ),
    path(
        "<str:token>/complaints/new/<uuid:vendor_order_id>/",
        complaint_views.ask,
        name="tracking-complaint-new",
    ),
    path(
        "<str:token>/complaints/<uuid:complaint_id>/",
        complaint_views.show_complaint,
        name="tracking-complaint",
    ),
    path(
        "<str:token>/complaints/<uuid:complaint_id>/choose/",
        complaint_views.choose,
        name="tracking-complaint-choose",
    ),
    path(
        "<str:token>/complaints/<uuid:complaint_id>/photos/<int:position>/",
        complaint_views.show_photo,
        name="tracking-complaint-photo",
    ),
]
