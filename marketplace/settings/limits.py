"""How often somebody may try, beyond the dated limits of ``marketplace/core/data/throttles.csv``.

One address may be a mobile network with hundreds of people (carrier-grade NAT): limits by address
alone are wide, narrow ones join it with an account.
"""

# Shared by all processes, in PostgreSQL: allauth counts here.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
ACCOUNT_ADAPTER = "marketplace.web.accounts.adapter.AccountAdapter"
# Wrong passwords are counted by the adapter and by axes; ``login_failed`` here counts wrong codes
# of somebody who already gave the right password.
ACCOUNT_RATE_LIMITS = {
    "login": "300/5m/ip",
    "login_failed": "300/5m/ip,5/5m/key",
    "signup": "40/h/ip",
    "reset_password": "60/h/ip,10/h/key",
    "reset_password_from_key": "60/h/ip",
    "request_login_code": "60/h/ip,20/h/key",
}
# The way in while passwords are refused. The second factor is asked for after it as ever.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
# Ten wrong passwords of one account from one address; its other addresses go on.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "marketplace.web.accounts.wrong_passwords.account_of"
AXES_CLIENT_IP_CALLABLE = "marketplace.core.client_address.address_key"
AXES_WHITELIST_CALLABLE = "marketplace.web.accounts.wrong_passwords.is_known_browser"
AXES_LOCKOUT_CALLABLE = "marketplace.web.accounts.wrong_passwords.locked_out"
