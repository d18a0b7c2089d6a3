"""Addresses of the payment's pages, under a checkout attempt."""

from django.urls import path

from marketplace.web.storefront.payment import external_views, test_card_views

urlpatterns = [
    path("card/", test_card_views.pay_by_test_card, name="payment-test-card"),
    path("card/second-step/", test_card_views.confirm_test_card, name="payment-test-card-code"),
    path("pay/<slug:provider>/", external_views.pay, name="payment-provider"),
    path("pay/<slug:provider>/back/", external_views.come_back, name="payment-back"),
]
