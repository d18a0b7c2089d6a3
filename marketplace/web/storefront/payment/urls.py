"""Addresses of the payment's pages, under a checkout attempt."""

from django.urls import path

from marketplace.web.storefront.payment import external, views

urlpatterns = [
    path("card/", views.pay_by_card, name="payment-card"),
    path("card/second-step/", views.confirm_card, name="payment-second-step"),
    path("pay/<slug:provider>/", external.pay, name="payment-provider"),
    path("pay/<slug:provider>/back/", external.come_back, name="payment-back"),
]
