"""Read a carrier's file of deliveries, once, row by row, with an outcome for each."""

import hashlib
from datetime import UTC, datetime
from itertools import islice
from typing import TypedDict
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.csv_table import Cells, CsvUnreadable, read_table
from marketplace.core.days import day_of
from marketplace.core.errors import TwizaError
from marketplace.orders.errors import (
    CarrierFileReadBefore,
    CarrierFileRefused,
    CarrierFileUnreadable,
)
from marketplace.orders.models import CarrierFile, EvidenceKind, Parcel, ParcelState
from marketplace.orders.services.record_delivery import record_delivery
from vendors.models import Programme
from vendors.scoping import ProgrammeScope

COLUMNS = ("tracking_number", "status", "delivered_at")
MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 5000
# What a row of the report may say.
OUTCOMES = {
    "recorded": _("delivery recorded"),
    "known": _("already recorded"),
    "not_delivered": _("not yet delivered, according to the carrier"),
    "unknown_parcel": _("no parcel of this programme has this number"),
    "ambiguous": _("several parcels have this number; record them manually"),
    "bad_date": _("the date cannot be read"),
    "in_future": _("the date is in the future"),
    "before_shipping": _("the date is before the parcel was sent"),
    "refused": _("the parcel was returned or withdrawn"),
}


class ReportRow(TypedDict):
    """A row of the report by its line; ``outcome`` is a key of `OUTCOMES`."""

    row: int
    tracking_number: str
    outcome: str
    vendor_order: str


_DELIVERED = {"delivered", "livré", "livre", "تم التسليم", "سلم"}


def read_carrier_file(
    *, scope: ProgrammeScope, name: str, content: bytes, by: Actor
) -> CarrierFile:
    """Read a UTF-8 CSV (``tracking_number,status,delivered_at``) for the parcels of a scope.

    Each delivered row becomes evidence of its parcel; a row that cannot be used is reported
    and stops nothing. Raises CarrierFileRefused (without the columns, over 2 MB or 5,000 rows),
    CarrierFileUnreadable with the line, and CarrierFileReadBefore for the very same file.
    """
    programme = Programme.objects.get(pk=scope.programme_id)
    rows = _rows(content)
    file = _keep(programme, name, content, by)
    file.report = [_read_row(row, line, scope, programme, file, by) for line, row in rows]
    with transaction.atomic():
        file.save(update_fields=["report"])
        counts: dict[str, int] = {}
        for line in file.report:
            counts[line["outcome"]] = counts.get(line["outcome"], 0) + 1
        audit.record("carrier_file.read", file, by=by, outcomes=counts)
    return file


def _keep(programme: Programme, name: str, content: bytes, by: Actor) -> CarrierFile:
    try:
        with transaction.atomic():
            return CarrierFile.objects.create(
                programme=programme,
                name=name[:160],
                sha256=hashlib.sha256(content).hexdigest(),
                uploaded_by=by.name,
            )
    except IntegrityError as error:
        raise CarrierFileReadBefore from error


def _rows(content: bytes) -> list[tuple[int, Cells]]:
    if len(content) > MOST_BYTES:
        raise CarrierFileRefused
    try:
        table = read_table(content, COLUMNS)
        rows = list(islice(table.rows, MOST_ROWS + 1))
    except CsvUnreadable as error:
        raise CarrierFileUnreadable(line=error.line, why=error.why) from error
    if not set(COLUMNS) <= set(table.columns) or len(rows) > MOST_ROWS:
        raise CarrierFileRefused
    return rows


def _read_row(
    row: dict[str, str],
    line: int,
    scope: ProgrammeScope,
    programme: Programme,
    file: CarrierFile,
    by: Actor,
) -> ReportRow:
    outcome, parcel = _apply(row, scope, programme, f"{file.name}:{line}", by)
    return {
        "row": line,
        "tracking_number": row["tracking_number"][:80],
        "outcome": outcome,
        "vendor_order": parcel.vendor_order.number if parcel else "",
    }


def _apply(
    row: dict[str, str], scope: ProgrammeScope, programme: Programme, reference: str, by: Actor
) -> tuple[str, Parcel | None]:
    parcel, problem = _parcel_of(row, scope)
    if parcel is None:
        return problem, None
    if row["status"].casefold() not in _DELIVERED:
        return "not_delivered", parcel
    zone = ZoneInfo(programme.time_zone)
    at = _instant(row["delivered_at"], zone)
    problem = _problem(at, parcel, zone)
    if at is None or problem:
        return problem, parcel
    try:
        record_delivery(
            parcel=parcel,
            kind=EvidenceKind.CARRIER_FILE,
            occurred_at=at,
            reference=reference,
            by=by,
        )
    except TwizaError:
        return "refused", parcel
    return "recorded", parcel


def _parcel_of(row: dict[str, str], scope: ProgrammeScope) -> tuple[Parcel | None, str]:
    found = list(
        Parcel.objects.within(scope)
        .filter(tracking_number__iexact=row["tracking_number"])
        .exclude(tracking_number="")
        .exclude(state=ParcelState.WITHDRAWN)
        .select_related("vendor_order")[:2]
    )
    if len(found) == 1:
        return found[0], ""
    return None, "ambiguous" if found else "unknown_parcel"


def _problem(at: datetime | None, parcel: Parcel, zone: ZoneInfo) -> str:
    if at is None:
        return "bad_date"
    if at > timezone.now():
        return "in_future"
    shipped_at = parcel.shipped_at
    if shipped_at and day_of(at, zone) < day_of(shipped_at, zone):
        return "before_shipping"
    return "known" if parcel.state == ParcelState.DELIVERED else ""


def _instant(text: str, zone: ZoneInfo) -> datetime | None:
    """A date (midday there) or a date and time, in the programme's zone unless it names one."""
    try:
        day = parse_date(text) if len(text) == len("2026-01-31") else None
        moment = None if day else parse_datetime(text)
    except ValueError:
        return None
    if moment is None and day is not None:
        moment = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
        if day == day_of(timezone.now(), zone):
            moment = min(moment, timezone.now())
    if moment is None:
        return None
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return local.astimezone(UTC)
