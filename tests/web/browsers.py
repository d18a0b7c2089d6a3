"""Browsers of signed-in persons."""

from django.test import Client

from vendors.models import User


def browser(user: User, language: str = "fr") -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = language
    return client
