"""Addresses for providers: ``/payments/<provider>/…``."""

from django.urls import path

from marketplace.payments.providers.cmi import callback
from marketplace.payments.providers.stripe import webhook

app_name = "payments"

urlpatterns = [
    path("stripe/webhook/", webhook.receive, name="stripe-webhook"),
    path("cmi/callback/", callback.receive, name="cmi-callback"),
    path("cmi/back/<slug:oid>/", callback.send_back, name="cmi-back"),
]
