"""Addresses of a buyer's account, below ``/{market}/{language}/account/``."""

from django.urls import path

from marketplace.web.storefront.account import views

urlpatterns = [
    path("", views.show_account, name="account"),
    path("orders/<uuid:order_id>/", views.open_order, name="account-order"),
    path("orders/<uuid:order_id>/again/", views.buy_again, name="account-buy-again"),
]
