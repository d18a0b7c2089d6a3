"""What allauth asks of us: who sends a request, and how many wrong passwords are taken."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from marketplace.core.client_address import client_address
from marketplace.web.accounts import wrong_passwords
from marketplace.web.accounts.mails import MailAdapter


class AccountAdapter(MailAdapter):
    """Counts by the client's own address behind proxies, and by account and address together."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that allauth counts by."""
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Called before a password is compared; raises PasswordPaused."""
        wrong_passwords.count(request, wrong_passwords.account_of(request, credentials))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The user, if the password is right; such a try does not count."""
        user = super().authenticate(request, **credentials)
        if user is not None:
            wrong_passwords.forget(request, wrong_passwords.account_of(request, credentials))
        return user

    def post_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse:
        """The response after a sign-in; the browser is known to the account from now on."""
        response: HttpResponse = super().post_login(request, user, **facts)
        wrong_passwords.remember_browser(response, user.email)
        return response
