"""Addresses of a buyer's data, below ``/{market}/{language}/my-data/``."""

from django.urls import path

from marketplace.web.storefront.personal_data import views

urlpatterns = [
    path("", views.ask_for_link, name="data-ask"),
    path("<str:token>/", views.show_data, name="data"),
    path("<str:token>/file/", views.download, name="data-file"),
    path("<str:token>/erase/", views.erase, name="data-erase"),
]
