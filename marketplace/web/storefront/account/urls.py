"""Addresses of a buyer's account, below ``/{market}/{language}/account/``."""

from django.urls import path

from marketplace.web.storefront.account import kept_views, views
from marketplace.web.storefront.personal_data.views import open_own

urlpatterns = [
    path("", views.show_account, name="account"),
    path("data/", open_own, name="account-data"),
    path("favourites/", kept_views.show_favourites, name="account-favourites"),
    path("favourites/<slug:slug>/", kept_views.change_favourite, name="account-favourite"),
    path("waiting/<slug:slug>/", kept_views.change_notice, name="account-notice"),
    path("orders/<uuid:order_id>/", views.open_order, name="account-order"),
    path("orders/<uuid:order_id>/again/", views.buy_again, name="account-buy-again"),
]
