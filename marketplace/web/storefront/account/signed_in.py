"""Who is signed in, on pages that nobody else reaches."""

from django.http import HttpRequest

from vendors.accounts import User


def user_of(request: HttpRequest) -> User:
    """The account behind a request that ``login_required`` let through."""
    assert isinstance(request.user, User)
    return request.user
