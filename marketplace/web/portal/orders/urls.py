"""Addresses of a cooperative's orders, under ``/portal/<cooperative>/orders/``."""

from django.urls import path

from marketplace.web.portal.orders import (
    call_views,
    cancel_views,
    complaint_views,
    pickup_views,
    refuse_views,
    slip_views,
    views,
)

urlpatterns = [
    path("", views.list_orders, name="orders"),
    path("calls/", call_views.list_calls, name="calls"),
    path("complaints/", complaint_views.list_complaints, name="complaints"),
    path("complaints/<uuid:complaint_id>/", complaint_views.show_complaint, name="complaint"),
    path(
        "complaints/<uuid:complaint_id>/photos/<int:position>/",
        complaint_views.show_photo,
        name="complaint-photo",
    ),
    path(
        "complaints/<uuid:complaint_id>/accept/",
        complaint_views.accept_complaint,
        name="complaint-accept",
    ),
    path(
        "complaints/<uuid:complaint_id>/offer/", complaint_views.make_offer, name="complaint-offer"
    ),
    path(
        "complaints/<uuid:complaint_id>/refuse/",
        complaint_views.refuse_complaint,
        name="complaint-refuse",
    ),
    path(
        "complaints/<uuid:complaint_id>/returned/",
        complaint_views.take_back,
        name="complaint-returned",
    ),
    path("complaints/<uuid:complaint_id>/done/", complaint_views.say_done, name="complaint-done"),
    path("<uuid:vendor_order_id>/", views.show_order, name="order"),
    path("<uuid:vendor_order_id>/slip.pdf", slip_views.print_slip, name="order-slip"),
    path(
        "<uuid:vendor_order_id>/parcels/<uuid:parcel_id>/slip.pdf",
        slip_views.print_parcel_slip,
        name="parcel-slip",
    ),
    path("papers/<uuid:document_id>/", views.download_document, name="order-document"),
    path("<uuid:vendor_order_id>/confirm/", views.confirm_order, name="order-confirm"),
    path("<uuid:vendor_order_id>/called/", call_views.note, name="call-note"),
    path("<uuid:vendor_order_id>/ship/", views.ship_order, name="order-ship"),
    path("<uuid:vendor_order_id>/ready/", pickup_views.say_ready, name="order-ready"),
    path("<uuid:vendor_order_id>/collected/", pickup_views.hand_over, name="order-collected"),
    path(
        "<uuid:vendor_order_id>/collected/without-code/",
        pickup_views.hand_over_without,
        name="order-collected-without",
    ),
    path("<uuid:vendor_order_id>/cancel/", cancel_views.cancel_order, name="order-cancel"),
    path("<uuid:vendor_order_id>/refuse/", refuse_views.refuse_order, name="order-refuse"),
    path("<uuid:vendor_order_id>/returned/", views.take_back, name="order-returned"),
    path(
        "<uuid:vendor_order_id>/parcels/<uuid:parcel_id>/tracking/",
        views.correct_tracking,
        name="parcel-tracking",
    ),
]
