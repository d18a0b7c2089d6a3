"""Accounts of the demo, printed when it opens. All share one password."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

PASSWORD = "tissons-ensemble"  # noqa: S105 -- printed on purpose, for a demo only

# Attached to each of her cooperatives in the stage of admissions.
ADVISER = "accompagnement@twiza.example"


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in. ``role`` in a ``cooperative`` or a ``programme``; else a buyer."""

    email: str
    name: str
    what: str
    language: str = "fr"
    cooperative: str = ""
    programme: str = ""
    role: str = ""
    regions: tuple[str, ...] = ()
    administers_shop: bool = False


ACCOUNTS = (
    Account("buyer@twiza.example", "Karim Amalou", _("buyer"), "ar"),
    Account(
        "argan@twiza.example",
        "Fadma Tichka",
        _("manager of Timzit n'Argan (oil, women's)"),
        "ar",
        cooperative="timzit-n-tidzi",
        role="manager",
    ),
    Account(
        "argan.compta@twiza.example",
        "Najat Sebbar",
        _("accountant of Timzit n'Argan"),
        cooperative="timzit-n-tidzi",
        role="accountant",
    ),
    Account(
        "laine@twiza.example",
        "Itto Ouazrou",
        _("manager of Laine du M'Goun (rugs)"),
        cooperative="azilal-laine",
        role="manager",
    ),
    Account(
        "coordination@twiza.example",
        "Ghita Bentaleb",
        _("coordinator of Mourafaka"),
        programme="mourafaka",
        role="coordinator",
    ),
    Account(
        "boutique@twiza.example",
        "Rachid Tifnout",
        _("administers the whole shop"),
        administers_shop=True,
    ),
    Account(
        "souss@twiza.example",
        "Lahcen Oussikoum",
        _("adviser for Souss-Massa"),
        programme="mourafaka",
        role="regional",
        regions=("MA-09",),
    ),
    Account(
        ADVISER,
        "Amina Oulhaj",
        _("adviser who acts for some cooperatives"),
        programme="mourafaka",
        role="adviser",
    ),
    Account(
        "finance@twiza.example",
        "Driss Zemmouri",
        _("finance: prepares payouts"),
        programme="mourafaka",
        role="finance_preparer",
    ),
    Account(
        "validation@twiza.example",
        "Loubna El Ghzali",
        _("finance: approves payouts"),
        programme="mourafaka",
        role="finance_approver",
    ),
    Account(
        "jisr@twiza.example",
        "Malika Asserdoun",
        _("coordinator of the second programme"),
        "ar",
        programme="jisr",
        role="coordinator",
    ),
    Account(
        "jisr.finance@twiza.example",
        "Omar Ighrem",
        _("second programme: prepares payouts"),
        programme="jisr",
        role="finance_preparer",
    ),
    Account(
        "jisr.validation@twiza.example",
        "Kenza Boulmane",
        _("second programme: approves payouts"),
        programme="jisr",
        role="finance_approver",
    ),
)
