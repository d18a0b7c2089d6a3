"""Signing in: users, passwords, second factors (limits stand in ``limits``)."""

AUTH_USER_MODEL = "vendors.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# scrypt resists graphics cards and takes a tenth of PBKDF2's time on a small server.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "login": "marketplace.web.accounts.forms.LoginForm",
    "signup": "marketplace.web.accounts.entrance_forms.SignupForm",
    "request_login_code": "marketplace.web.accounts.forms.CodeForm",
    "add_email": "marketplace.web.accounts.entrance_forms.ChangeAddressForm",
    "confirm_email_verification_code": "marketplace.web.accounts.entrance_forms.CodeForm",
    "reauthenticate": "marketplace.web.accounts.entrance_forms.PasswordForm",
    "reset_password": "marketplace.web.accounts.entrance_forms.ResetPasswordForm",
    "reset_password_from_key": "marketplace.web.accounts.entrance_forms.ResetPasswordKeyForm",
}
# No session before the address is proven, by a code and not by a link: who types the code where
# the password was typed owns both, who follows a link may prove an address for somebody else.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/accounts/home/"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "marketplace.web.accounts.mfa_adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "marketplace.web.accounts.codes.AuthenticateForm",
    "reauthenticate": "marketplace.web.accounts.codes.ReauthenticateForm",
    "add_webauthn": "marketplace.web.accounts.codes.AddPasskeyForm",
    "edit_webauthn": "marketplace.web.accounts.codes.EditPasskeyForm",
}
# A phone's clock may be half a minute wrong; each code is taken once all the same.
MFA_TOTP_TOLERANCE = 1
