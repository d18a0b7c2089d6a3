"""Addresses of a buyer's account, below ``/{market}/{language}/account/``."""

from django.urls import path

from marketplace.web.storefront.account import (
    address_views,
    claim_views,
    following_views,
    kept_views,
    views,
)
from marketplace.web.storefront.personal_data.views import open_own

urlpatterns = [
    path("", views.show_account, name="account"),
    path("data/", open_own, name="account-data"),
    path("addresses/", address_views.show_addresses, name="account-addresses"),
    path("addresses/new/", address_views.add, name="account-address-new"),
    path("addresses/<uuid:address_id>/", address_views.change, name="account-address"),
    path(
        "addresses/<uuid:address_id>/default/",
        address_views.choose_default,
        name="account-address-default",
    ),
    path(
        "addresses/<uuid:address_id>/delete/", address_views.delete, name="account-address-delete"
    ),
    path("favourites/", kept_views.show_favourites, name="account-favourites"),
    path("favourites/<slug:slug>/", kept_views.change_favourite, name="account-favourite"),
    path("following/", following_views.show_followed, name="account-following"),
    path("following/<slug:slug>/", following_views.change_following, name="account-follow"),
    path("news/", following_views.change_news, name="account-news"),
    path("news/stop/<str:token>/", following_views.stop_news, name="news-stop"),
    path("waiting/<slug:slug>/", kept_views.change_notice, name="account-notice"),
    path("orders/by-phone/", claim_views.ask, name="account-claim"),
    path("orders/by-phone/<uuid:lookup_id>/", claim_views.confirm, name="account-claim-code"),
    path("orders/<uuid:order_id>/", views.open_order, name="account-order"),
    path("orders/<uuid:order_id>/again/", views.buy_again, name="account-buy-again"),
]
