"""Addresses of a cooperative's orders, under ``/portal/<cooperative>/orders/``."""

from django.urls import path

from marketplace.web.portal.orders import cancel_views, slip_views, views

urlpatterns = [
    path("", views.list_orders, name="orders"),
    path("<uuid:vendor_order_id>/", views.show_order, name="order"),
    path("<uuid:vendor_order_id>/slip.pdf", slip_views.print_slip, name="order-slip"),
    path(
        "<uuid:vendor_order_id>/parcels/<uuid:parcel_id>/slip.pdf",
        slip_views.print_parcel_slip,
        name="parcel-slip",
    ),
    path("papers/<uuid:document_id>/", views.download_document, name="order-document"),
    path("<uuid:vendor_order_id>/confirm/", views.confirm_order, name="order-confirm"),
    path("<uuid:vendor_order_id>/ship/", views.ship_order, name="order-ship"),
    path("<uuid:vendor_order_id>/cancel/", cancel_views.cancel_order, name="order-cancel"),
    path("<uuid:vendor_order_id>/returned/", views.take_back, name="order-returned"),
    path(
        "<uuid:vendor_order_id>/parcels/<uuid:parcel_id>/tracking/",
        views.correct_tracking,
        name="parcel-tracking",
    ),
]
