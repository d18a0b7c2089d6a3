"""Addresses of working without a network."""

from django.urls import path

from marketplace.web.portal.offline import pages_views, program_views, sync_views

urlpatterns = [
    path("", pages_views.show_phone, name="offline"),
    path("sale/", pages_views.sell, name="offline-sale"),
    path("count/", pages_views.count, name="offline-count"),
    path("draft/", pages_views.write, name="offline-draft"),
    path("manifest.webmanifest", program_views.show_manifest, name="offline-manifest"),
    path("worker.js", program_views.show_worker, name="offline-worker"),
    path("sync/", sync_views.sync, name="offline-sync"),
]
