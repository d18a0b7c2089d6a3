"""Fingerprints of our own tables: a move may not change orders, payments, parcels or the ledger."""

from django.db import connection
from psycopg import sql

# Columns that describe the engine's copy of an object, not the object.
_OF_THE_ENGINE = {"orders_order": ("engine_updated_at",)}
TABLES = (
    "orders_order",
    "orders_vendororder",
    "orders_vendororderline",
    "orders_parcel",
    "orders_parcelline",
    "orders_deliveryevidence",
    "orders_returnedgoods",
    "orders_refusal",
    "orders_refusedline",
    "payments_payment",
    "payments_paymentsplit",
    "payments_refund",
    "payments_refundline",
    "payments_remittanceline",
    "ledger_ledgertransaction",
    "ledger_entry",
    "payouts_payoutline",
)

_FINGERPRINT = """
    SELECT count(*), coalesce(md5(string_agg(md5((to_jsonb(t) - %s::text[])::text), ''
           ORDER BY t.id::text)), '')
    FROM {} t
"""


def fingerprints() -> dict[str, str]:
    """Number of rows and hash of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            left_out = list(_OF_THE_ENGINE.get(table, ()))
            cursor.execute(sql.SQL(_FINGERPRINT).format(sql.Identifier(table)), [left_out])
            count, digest = cursor.fetchone() or (0, "")
            found[table] = f"{count} rows {digest}"
    return found


def changed(before: dict[str, str]) -> list[str]:
    """Tables whose fingerprint has changed."""
    now = fingerprints()
    return [table for table, mark in before.items() if now.get(table) != mark]
