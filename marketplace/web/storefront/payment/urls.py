"""Addresses of the card pages, under a checkout attempt."""

from django.urls import path

from marketplace.web.storefront.payment import views

urlpatterns = [
    path("", views.pay_by_card, name="payment-card"),
    path("second-step/", views.confirm_card, name="payment-second-step"),
]
