"""Addresses of what a cooperative offers with its deliveries."""

from django.urls import path

from marketplace.web.portal.delivery import pickup_views, views

urlpatterns = [
    path("free/", views.free_delivery, name="free-delivery"),
    path("free/set/", views.set_sums, name="free-delivery-set"),
    path("pickup/", pickup_views.show_pickup, name="pickup"),
    path("pickup/set/", pickup_views.set_terms, name="pickup-set"),
]
