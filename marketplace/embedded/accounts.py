"""Signing users in, and registering customers."""

from datetime import timedelta
from typing import TypedDict

from django.utils import timezone

from marketplace.embedded.errors import refuse
from marketplace.embedded.language_codes import stored_code
from marketplace.embedded.metadata import MetadataItem, metadata_dict
from marketplace.embedded.models import Shop, User
from marketplace.embedded.webhooks import emit

MIN_PASSWORD_LENGTH = 8
# Saleor records a sign-in at most this often.
LAST_LOGIN_PRECISION = timedelta(minutes=15)


class RegistrationData(TypedDict, total=False):
    """An AccountRegisterInput."""

    first_name: str | None
    last_name: str | None
    language_code: str | None
    email: str
    password: str
    metadata: list[MetadataItem] | None


def sign_in(email: str, password: str) -> User:
    """Return the active user with this password; refuses INVALID_CREDENTIALS and INACTIVE."""
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None or not user.password or not user.check_password(password):
        raise refuse("INVALID_CREDENTIALS", "Please, enter valid credentials", field="email")
    if not user.is_active:
        raise refuse("INACTIVE", "Account inactive.", field="email")
    now = timezone.now()
    if user.last_login is None or now - user.last_login > LAST_LOGIN_PRECISION:
        user.last_login = now
        user.save(update_fields=["last_login"])
    return user


def register_customer(data: RegistrationData) -> tuple[User, bool]:
    """Register a customer; return the user, and whether it must be confirmed by e-mail.

    Where it must, an e-mail that is known already gets the same answer, as in Saleor, and nothing
    is stored. Refuses INVALID, PASSWORD_TOO_SHORT and UNIQUE.
    """
    email = data["email"].strip().lower()
    if "@" not in email:
        raise refuse("INVALID", "Enter a valid email address.", field="email")
    if len(data["password"]) < MIN_PASSWORD_LENGTH:
        raise refuse("PASSWORD_TOO_SHORT", "This password is too short.", field="password")
    confirm = Shop.current().enable_account_confirmation_by_email
    user = User(
        email=email,
        first_name=data.get("first_name") or "",
        last_name=data.get("last_name") or "",
        language_code=stored_code(data.get("language_code") or "EN"),
        is_confirmed=not confirm,
        metadata=metadata_dict(data.get("metadata")),
    )
    if User.objects.filter(email__iexact=email).exists():
        if confirm:
            return user, True
        raise refuse("UNIQUE", "User with this Email already exists.", field="email")
    user.set_password(data["password"])
    user.save()
    emit("CUSTOMER_CREATED", user)
    return user, confirm
