"""The accounts of the demo, printed when it opens. All share one password."""

from dataclasses import dataclass

PASSWORD = "tissons-ensemble"  # noqa: S105 -- printed on purpose, for a demo only


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


ACCOUNTS = (
    Account("buyer@twiza.example", "Karim Amalou", "buyer", "ar"),
    Account(
        "argan@twiza.example",
        "Fadma Tichka",
        "manager of Timzit n'Argan (oil, women's)",
        "ar",
        cooperative="timzit-n-tidzi",
        role="manager",
    ),
    Account(
        "argan.compta@twiza.example",
        "Najat Sebbar",
        "accountant of Timzit n'Argan",
        cooperative="timzit-n-tidzi",
        role="accountant",
    ),
    Account(
        "laine@twiza.example",
        "Itto Ouazrou",
        "manager of Laine du M'Goun (rugs)",
        cooperative="azilal-laine",
        role="manager",
    ),
    Account(
        "coordination@twiza.example",
        "Ghita Bentaleb",
        "coordinator of Mourafaka",
        programme="mourafaka",
        role="coordinator",
    ),
    Account(
        "souss@twiza.example",
        "Lahcen Oussikoum",
        "companion of Souss-Massa",
        programme="mourafaka",
        role="regional",
        regions=("MA-09",),
    ),
    Account(
        "finance@twiza.example",
        "Driss Zemmouri",
        "finance: prepares payouts",
        programme="mourafaka",
        role="finance_preparer",
    ),
    Account(
        "validation@twiza.example",
        "Loubna El Ghzali",
        "finance: approves payouts",
        programme="mourafaka",
        role="finance_approver",
    ),
    Account(
        "jisr@twiza.example",
        "Malika Asserdoun",
        "coordinator of the second programme",
        "ar",
        programme="jisr",
        role="coordinator",
    ),
    Account(
        "jisr.finance@twiza.example",
        "Omar Ighrem",
        "second programme: prepares payouts",
        programme="jisr",
        role="finance_preparer",
    ),
    Account(
        "jisr.validation@twiza.example",
        "Kenza Boulmane",
        "second programme: approves payouts",
        programme="jisr",
        role="finance_approver",
    ),
)


def account_of(role: str, programme: str) -> Account:
    """The account with a role in a programme."""
    return next(a for a in ACCOUNTS if (a.role, a.programme) == (role, programme))
