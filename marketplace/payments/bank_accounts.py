"""The programme's accounts to which buyers transfer, by currency (``TWIZA_BANK_ACCOUNTS``)."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class BankAccount:
    """An account as a buyer enters it."""

    currency: str
    number: str
    holder: str
    bank: str


def bank_accounts() -> dict[str, BankAccount]:
    """By currency; entries that cannot be read are left out (the doctor names them)."""
    found = {}
    for part in filter(None, (text.strip() for text in settings.BANK_ACCOUNTS.split(";"))):
        currency, equals, rest = part.partition("=")
        pieces = [piece.strip() for piece in rest.split("|")]
        if equals and len(pieces) == 3 and all(pieces):  # noqa: PLR2004 -- number, holder, bank
            found[currency.strip()] = BankAccount(currency.strip(), *pieces)
    return found
