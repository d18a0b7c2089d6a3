"""Addresses of refunds and remittances, under a programme."""

from django.urls import path

from marketplace.web.staff.refunds import views

urlpatterns = [
    path("", views.list_refunds, name="refunds"),
    path("orders/<uuid:vendor_order_id>/", views.refund_order, name="refund-order"),
    path("remittances/", views.list_remittances, name="remittances"),
    path("remittances/new/", views.add_remittance, name="remittance-new"),
]
