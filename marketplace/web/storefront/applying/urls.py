"""Addresses of an application."""

from django.urls import path

from marketplace.web.storefront.applying import views

urlpatterns = [
    path("", views.apply, name="apply"),
    path("<str:token>/", views.confirm, name="apply-confirm"),
]
