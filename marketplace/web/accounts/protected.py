"""allauth's pages that change somebody's ways in, behind the second factor where there is one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from marketplace.web.accounts.second_factor import change_of_factor_asked

PROTECTED = frozenset(
    {
        "account_change_password",
        "account_set_password",
        "account_email",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
    }
)


class ProtectedPagesMiddleware:
    """Asks for a code before the pages above; a password given again is not enough there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_about_view: object) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.url_name not in PROTECTED or not request.user.is_authenticated:
            return None
        return change_of_factor_asked(request)
