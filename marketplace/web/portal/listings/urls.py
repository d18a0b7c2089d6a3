"""Addresses of a cooperative's listings, mounted under ``/portal/<cooperative>/listings/``."""

from django.urls import path

from marketplace.web.portal.listings import editing, exporting, views

urlpatterns = [
    path("", views.list_listings, name="listings"),
    path("products.csv", exporting.products_csv, name="listings-csv"),
    path("products.xlsx", exporting.products_xlsx, name="listings-xlsx"),
    path("new/", editing.new_listing, name="listing-new"),
    path("photos/<uuid:photo_id>.jpg", views.show_photo, name="listing-photo"),
    path("<uuid:listing_id>/", views.show_listing, name="listing"),
    path("<uuid:listing_id>/edit/", editing.edit_listing, name="listing-edit"),
    path("<uuid:listing_id>/submit/", editing.submit_listing, name="listing-submit"),
    path("<uuid:listing_id>/stock/", views.correct_listing_stock, name="listing-stock"),
    path("<uuid:listing_id>/pause/", views.pause, name="listing-pause"),
    path("<uuid:listing_id>/resume/", views.resume, name="listing-resume"),
    path("<uuid:listing_id>/remove/", views.remove, name="listing-remove"),
]
