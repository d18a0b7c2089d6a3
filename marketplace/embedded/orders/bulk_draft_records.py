"""The payments, notes and documents of an imported order."""

from collections.abc import Sequence

from marketplace.embedded.errors import CommandError
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.models import Invoice, OrderEvent
from marketplace.embedded.orders.bulk_draft import Draft
from marketplace.embedded.orders.bulk_inputs import InvoiceData, NoteData
from marketplace.embedded.orders.bulk_lookups import Lookups
from marketplace.embedded.payments.external import (
    ExternalPaymentData,
    amounts_in,
    external_payment,
)
from marketplace.embedded.statuses import authorize_status, charge_status

MAX_NOTE_LENGTH = 255


def add_payments(draft: Draft, items: Sequence[ExternalPaymentData]) -> None:
    """Add the payments, and what they mean for the order.

    As in Saleor they belong to no App: no App is asked to refund them.
    """
    order = draft.order
    for place, item in enumerate(items):
        if empty := [name for name, amount in amounts_in(item).items() if amount is None]:
            path = f"transactions.{place}.{empty[0]}"
            draft.refuse(path, "INVALID", "An amount may be left out, but not be null.")
            continue
        try:
            payment, events = external_payment(order, item, at=order.created_at, by=None)
        except CommandError as error:
            for problem in error.problems:
                path = f"transactions.{place}.{problem.field}"
                draft.refuse(path, problem.code, problem.message)
            continue
        payment.metadata = metadata_dict(item.get("metadata"))
        payment.private_metadata = metadata_dict(item.get("private_metadata"))
        draft.payments.append(payment)
        draft.payment_events.extend(events)
    charged = sum(payment.charged_minor for payment in draft.payments)
    authorized = sum(payment.authorized_minor for payment in draft.payments)
    total = order.total_gross_minor
    order.total_charged_minor, order.total_authorized_minor = charged, authorized
    order.charge_status = charge_status(total=total, granted=0, charged=charged)
    order.authorize_status = authorize_status(
        total=total, granted=0, authorized=authorized, charged=charged
    )


def add_notes(draft: Draft, items: Sequence[NoteData], found: Lookups) -> None:
    """Add the notes, dated like the order unless they have a date of their own."""
    order = draft.order
    for place, note in enumerate(items):
        if len(note["message"]) > MAX_NOTE_LENGTH:
            message = f"Note message exceeds character limit: {MAX_NOTE_LENGTH}."
            draft.refuse(f"notes.{place}.message", "NOTE_LENGTH", message)
        date = draft.past(f"notes.{place}.date", note.get("date") or order.created_at)
        app = found.apps.get(note.get("app_id") or "")
        draft.notes.append(
            OrderEvent(order=order, date=date, type="NOTE_ADDED", message=note["message"], app=app)
        )


def add_invoices(draft: Draft, items: Sequence[InvoiceData]) -> None:
    """Add the documents."""
    for place, invoice in enumerate(items):
        draft.invoices.append(
            Invoice(
                order=draft.order,
                created_at=draft.past(f"invoices.{place}.createdAt", invoice["created_at"]),
                number=invoice.get("number"),
                url=invoice.get("url"),
                status="SUCCESS",
                metadata=metadata_dict(invoice.get("metadata")),
                private_metadata=metadata_dict(invoice.get("private_metadata")),
            )
        )
