"""Addresses of our App, for the commerce engine only."""

from django.urls import path

from marketplace.saleor import views

app_name = "saleor"

urlpatterns = [
    path("manifest", views.manifest, name="manifest"),
    path("register", views.register, name="register"),
    path("webhooks/", views.webhooks, name="webhooks"),
    path("sync/<slug:event>/", views.sync, name="sync"),
]
