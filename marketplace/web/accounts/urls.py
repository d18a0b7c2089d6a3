"""Addresses of a user's account; sign-in and sign-out are allauth's."""

from django.urls import path

from marketplace.web.accounts import views

urlpatterns = [path("home/", views.home, name="account-home")]
