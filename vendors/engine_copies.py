"""A cooperative in the commerce engine: a page for its profile, a warehouse for its stock.

We write to the engine and never read back; its Dashboard and any storefront read. A pending write
is recorded with the change itself (``want``), so that it can fail, be interrupted and be repeated.
"""

import html
import json
import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from marketplace.saleor import ids, stock_zone, store_plan
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    AddressInput,
    LanguageCodeEnum,
    PageCreateInput,
    PageInput,
    PageTranslationInput,
    SaleorClient,
    WarehouseCreateInput,
)
from marketplace.saleor.client.enums import CountryCode
from marketplace.saleor.errors import EngineRefused, EngineUnavailable, UnknownId
from marketplace.saleor.gateway import app_client
from marketplace.saleor.kept_refusals import kept_reason
from vendors.models import Cooperative, CooperativeStatus, EngineCopy
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

RETRY_MINUTES = (1, 2, 5, 15, 60)
_LANGUAGES = {"ar": LanguageCodeEnum.AR, "fr": LanguageCodeEnum.FR, "en": LanguageCodeEnum.EN}


def want(cooperative: Cooperative) -> None:
    """Record, in the caller's transaction, that a cooperative must be written to the engine."""
    now = timezone.now()
    EngineCopy.objects.within(cooperative.scope).update_or_create(
        cooperative=cooperative, defaults={"wanted_at": now, "next_attempt_at": now, "attempts": 0}
    )


def bring_now_or_later(cooperative_ids: Sequence[UUID]) -> int:
    """Write at once; if the engine is unavailable, the job of every minute does it."""
    try:
        return bring(cooperative_ids)
    except EngineUnavailable as error:
        logger.info("Cooperatives wait for the engine: %r", error)
        return 0


def bring_waiting(limit: int = 50) -> int:
    """Write all cooperatives that are due (a job); returns how many."""
    waiting = (
        EngineCopy.objects.crossing(Crossing.ENGINE_PROJECTION)
        .filter(Q(written_at__isnull=True) | Q(written_at__lt=F("wanted_at")))
        .filter(next_attempt_at__lte=timezone.now())
        .order_by("next_attempt_at")
        .values_list("cooperative_id", flat=True)
    )
    return bring_now_or_later(list(waiting[:limit]))


def bring(cooperative_ids: Sequence[UUID]) -> int:
    """Write the pages and warehouses of some cooperatives; returns how many succeeded.

    One that the engine refuses does not stop the others. Raises EngineUnavailable.
    """
    if not cooperative_ids:
        return 0
    client = app_client()
    _adopt_warehouses(client, cooperative_ids)
    found = Cooperative.objects.crossing(Crossing.ENGINE_PROJECTION)
    began = timezone.now()
    ready: list[UUID] = []
    for cooperative in found.filter(pk__in=cooperative_ids).prefetch_related("texts"):
        try:
            _write_page(client, cooperative)
            _write_warehouse(client, cooperative)
            ready.append(cooperative.pk)
        except (EngineRefused, UnknownId) as error:
            logger.warning("The engine refused cooperative %s: %r", cooperative.slug, error)
            _note_failure(cooperative, kept_reason(error))
    _open_in_channels(client, ready)
    copies = EngineCopy.objects.crossing(Crossing.ENGINE_PROJECTION).filter(pk__in=ready)
    copies.update(written_at=began, last_error="")
    return len(ready)


def _write_page(client: SaleorClient, cooperative: Cooperative) -> None:
    texts = {text.language: text for text in cooperative.texts.all()}
    base = texts[settings.BASE_LANGUAGE]
    page_id = ids.find_global_id(ids.PAGE, cooperative.pk)
    content, shown = rich_text(base.story), cooperative.status == CooperativeStatus.ACTIVE
    is_new = page_id is None
    if page_id is None:
        # Create first; a name that is taken means that an earlier attempt was interrupted.
        page_id = _create_page(client, cooperative, base.name, content, is_published=shown)
    if page_id is None:
        page_id, is_new = _found_page(client, cooperative), False
    if not is_new:
        change = PageInput(title=base.name, content=content, is_published=shown)
        accepted(client.update_page(page_id, change).page_update)
    for language, code in _LANGUAGES.items():
        if language != base.language and (text := texts.get(language)):
            translation = PageTranslationInput(title=text.name, content=rich_text(text.story))
            accepted(client.translate_page(page_id, code, translation).page_translate)


def _create_page(
    client: SaleorClient, cooperative: Cooperative, title: str, content: str, *, is_published: bool
) -> str | None:
    """The new page's id; None when the name is taken."""
    page_type = store_plan.PAGE_TYPE.slug
    wanted = PageCreateInput(
        title=title,
        slug=cooperative.slug,
        content=content,
        is_published=is_published,
        page_type=ids.global_id(ids.PAGE_TYPE, ids.of_slug(ids.PAGE_TYPE, page_type)),
    )
    try:
        page = accepted(client.create_page(wanted).page_create).page
    except EngineRefused as error:
        if "UNIQUE" in error.codes:
            return None
        raise
    assert page is not None
    ids.link(ids.PAGE, cooperative.pk, page.id)
    return page.id


def _found_page(client: SaleorClient, cooperative: Cooperative) -> str:
    """The page that an interrupted attempt created; raises UnknownId if it no longer exists."""
    found = client.page_by_slug(cooperative.slug).page
    if found is None:
        raise UnknownId(ids.PAGE, cooperative.pk)
    ids.link(ids.PAGE, cooperative.pk, found.id)
    return found.id


def _adopt_warehouses(client: SaleorClient, cooperative_ids: Iterable[UUID]) -> None:
    """Record the ids of warehouses that already exist under our reference."""
    unknown = set(cooperative_ids) - set(ids.global_ids(ids.WAREHOUSE, cooperative_ids))
    missing = {str(key): key for key in unknown}
    after: str | None = None
    while missing:
        page = client.warehouses_page(after).warehouses
        for edge in page.edges if page else []:
            if key := missing.pop(edge.node.external_reference or "", None):
                ids.link(ids.WAREHOUSE, key, edge.node.id)
        if page is None or not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor


def _write_warehouse(client: SaleorClient, cooperative: Cooperative) -> None:
    if ids.find_global_id(ids.WAREHOUSE, cooperative.pk):
        return
    wanted = WarehouseCreateInput(
        name=cooperative.legal_name_latin,
        slug=cooperative.slug,
        external_reference=str(cooperative.pk),
        address=AddressInput(
            company_name=cooperative.legal_name_latin,
            street_address_1=cooperative.address_line,
            city=cooperative.place_name,
            postal_code=cooperative.postal_code,
            country=CountryCode(cooperative.country_code),
        ),
    )
    warehouse = accepted(client.create_warehouse(wanted).create_warehouse).warehouse
    assert warehouse is not None
    ids.link(ids.WAREHOUSE, cooperative.pk, warehouse.id)


def _open_in_channels(client: SaleorClient, cooperative_ids: Sequence[UUID]) -> None:
    """Add these warehouses to every channel; idempotent."""
    warehouses = list(ids.global_ids(ids.WAREHOUSE, cooperative_ids).values())
    if not warehouses:
        return
    for channel in store_plan.CHANNELS:
        channel_id = ids.global_id(ids.CHANNEL, ids.of_slug(ids.CHANNEL, channel.slug))
        accepted(client.add_warehouses_to_channel(channel_id, warehouses).channel_update)
    stock_zone.add_warehouses(client, warehouses)


def _note_failure(cooperative: Cooperative, error: str) -> None:
    copy = EngineCopy.objects.within(cooperative.scope).first()
    if copy is None:
        return
    copy.next_attempt_at = _next_attempt(copy.attempts)
    copy.attempts += 1
    copy.last_error = error[:2000]
    copy.save(update_fields=["attempts", "next_attempt_at", "last_error"])


def _next_attempt(attempts: int) -> datetime:
    minutes = RETRY_MINUTES[min(attempts, len(RETRY_MINUTES) - 1)]
    return timezone.now() + timedelta(minutes=minutes)


def rich_text(text: str) -> str:
    """Plain paragraphs in the engine's rich text format; markup in them is escaped."""
    blocks = [
        {"type": "paragraph", "data": {"text": html.escape(part.strip(), quote=False)}}
        for part in text.split("\n\n")
        if part.strip()
    ]
    return json.dumps({"blocks": blocks}, ensure_ascii=False)
