"""Addresses of a buyer's data, below ``/{market}/{language}/my-data/``."""

from django.urls import path

from marketplace.web.storefront.personal_data import phone_views, views

urlpatterns = [
    path("", views.ask_for_link, name="data-ask"),
    path("by-phone/", phone_views.ask, name="data-phone"),
    path("by-phone/<uuid:lookup_id>/", phone_views.confirm, name="data-phone-code"),
    path("<str:token>/", views.show_data, name="data"),
    path("<str:token>/file/", views.download, name="data-file"),
    path("<str:token>/erase/", views.erase, name="data-erase"),
]
