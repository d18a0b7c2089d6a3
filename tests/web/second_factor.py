"""A browser whose person has just given a code from the phone."""

from django.test import Client

from tests.signing_in import enrol, given_code
from vendors.models import User


def with_code(client: Client, user: User, *, minutes_ago: float = 0) -> Client:
    """The person has an authenticator, and used it some minutes ago."""
    enrol(user)
    return given_code(client, user, minutes_ago=minutes_ago)
