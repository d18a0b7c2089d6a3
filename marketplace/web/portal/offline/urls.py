"""Addresses of working without a network."""

from django.urls import path

from marketplace.web.portal.offline import sync_views

urlpatterns = [
    path("sync/", sync_views.sync, name="offline-sync"),
]
