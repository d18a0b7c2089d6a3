"""Addresses of a user's account; the others are allauth's, behind what stands before them."""

from django.urls import include, path
from django.views.generic import RedirectView

from marketplace.web.accounts import address_views, session_views, views

urlpatterns = [
    path("home/", views.home, name="account-home"),
    path("email/", address_views.change_address, name="account_email"),
    path("sessions/", session_views.list_sessions, name="account-sessions"),
    path("sessions/<int:session_id>/end/", session_views.end_one, name="account-session-end"),
    path("sessions/end-others/", session_views.end_others, name="account-sessions-end-others"),
    # Passkeys are listed on the page of two-step verification.
    path("2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("invitations/", include("marketplace.web.accounts.invitations.urls")),
]
