"""Addresses of orders, under ``/staff/<programme>/orders/``."""

from django.urls import path

from marketplace.web.staff.lists.urls import list_paths
from marketplace.web.staff.orders import document_views, text_views, views
from marketplace.web.staff.orders.order_list import ORDERS

urlpatterns = [
    path("", views.list_orders, name="orders"),
    *list_paths(ORDERS),
    path("<uuid:vendor_order_id>/", views.show_order, name="order"),
    path("papers/<uuid:document_id>/", document_views.download_document, name="order-document"),
    path("<uuid:vendor_order_id>/cancel/", views.cancel_order, name="order-cancel"),
    path("<uuid:vendor_order_id>/messages/", text_views.send_again, name="order-text-again"),
    path("<uuid:vendor_order_id>/links/", views.withdraw_links, name="order-links-withdraw"),
]
