"""Headers of a bank's table, in French, English and Arabic, and texts of rows that are no entry."""

import re
from collections.abc import Sequence

HEADERS: dict[str, dict[str, tuple[str, ...]]] = {
    "booked_on": {
        "fr": (
            "date", "date operation", "date d'operation", "date comptable", "date d'ecriture",
            "date de comptabilisation",
        ),
        "en": ("booking date", "transaction date", "posting date", "entry date"),
        "ar": ("التاريخ", "تاريخ", "تاريخ العملية", "تاريخ القيد"),
    },
    "value_on": {
        "fr": ("date valeur", "date de valeur", "valeur"),
        "en": ("value date",),
        "ar": ("تاريخ القيمة",),
    },
    "amount": {"fr": ("montant",), "en": ("amount",), "ar": ("المبلغ", "مبلغ")},
    "debit": {
        "fr": ("debit", "montant debit", "debits"),
        "en": ("withdrawals", "withdrawal", "money out"),
        "ar": ("مدين", "المدين", "سحب"),
    },
    "credit": {
        "fr": ("credit", "montant credit", "credits"),
        "en": ("deposits", "deposit", "money in"),
        "ar": ("دائن", "الدائن", "ايداع"),
    },
    "side": {"fr": ("sens", "d/c"), "en": ("dr/cr", "debit/credit"), "ar": ("مدين/دائن",)},
    "balance": {
        "fr": ("solde", "solde comptable"),
        "en": ("balance", "running balance"),
        "ar": ("الرصيد", "رصيد"),
    },
    "currency": {"fr": ("devise", "monnaie"), "en": ("currency",), "ar": ("العملة",)},
    "remittance": {
        "fr": ("libelle", "motif", "libelle operation", "operation", "nature"),
        "en": ("label", "description", "remittance", "details", "narrative"),
        "ar": ("البيان", "الوصف", "تفاصيل"),
    },
    "bank_reference": {"fr": ("reference", "ref"), "en": ("bank reference",), "ar": ("المرجع",)},
    "counterparty_name": {
        "fr": ("nom", "contrepartie", "beneficiaire"),
        "en": ("name", "counterparty"),
        "ar": ("الاسم",),
    },
    "counterparty_iban": {
        "fr": ("iban", "rib", "compte"),
        "en": ("account", "account number"),
        "ar": ("الحساب", "رقم الحساب"),
    },
}  # fmt: skip

# A row that sums up others, or says where the account stood.
SUMMARY = re.compile(
    r"\b(?:sous-?\s*)?totau?[lx]?\b|\bsolde\b|\bbalance\b|\breport\b|\bbrought forward\b"
    r"|مجموع|اجمالي|إجمالي|رصيد",
    re.IGNORECASE,
)
# All that the text of such a row says, when it has a day.
SUMMARY_LABEL = re.compile(
    r"(?:sous-?\s*)?total(?: general| debits?| credits?| (?:des )?(?:mouvements|operations))?"
    r"|(?:ancien|nouveau)? ?solde(?: (?:initial|final|precedent|comptable|debiteur|crediteur"
    r"|de cloture|d'ouverture|(?:en date )?(?:au|du) [\d/.-]+))*"
    r"|(?:opening|closing|previous|new)? ?balance(?: (?:brought|carried) forward)?"
    r"|(?:ال)?(?:مجموع|اجمالي|رصيد)(?: (?:ال)?(?:افتتاحي|ختامي|سابق|جديد|نهائي))?"
)
OPENING = re.compile(
    r"ancien|initial|precedent|ouverture|debut|opening|previous|brought|افتتاح|سابق|اول",
    re.IGNORECASE,
)
_ACCENTS = str.maketrans("éèêëàâäîïôöûùüç’أإآة", "eeeeaaaiioouuuc'اااه")


def plain_header(text: str) -> str:
    """A header without case, accents and what stands in brackets: ``Débit (MAD)`` is ``debit``."""
    bare = re.sub(r"\([^)]*\)", " ", text.lower().translate(_ACCENTS).replace("_", " "))
    return " ".join(bare.replace("\ufeff", "").strip(" :.*").split())


_BY_HEADER = {
    plain_header(header): (column, language)
    for column, languages in HEADERS.items()
    for language, headers in languages.items()
    for header in headers
}


def columns_of(cells: Sequence[str]) -> list[str]:
    """The column that each header names; empty for headers that mean nothing to us."""
    return [_known(cell)[0] for cell in cells]


def language_of(cells: Sequence[str]) -> str:
    """The language in which most headers are written: ``fr`` where that is not clear."""
    found = [language for cell in cells if (language := _known(cell)[1])]
    return max(("fr", "en", "ar"), key=found.count)


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a row names a date and an amount, or a debit or a credit."""
    columns = set(columns_of(cells))
    return "booked_on" in columns and bool({"amount", "debit", "credit"} & columns)


def _known(header: str) -> tuple[str, str]:
    plain = plain_header(header)
    found = _BY_HEADER.get(plain)
    if found is None:
        # A currency behind it: ``Montant MAD``.
        found = _BY_HEADER.get(plain.rpartition(" ")[0]) if " " in plain else None
    return found or ("", "")
