"""Legal texts as buyers and staff read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.safestring import SafeString

from catalog.markets import Market
from marketplace.core.days import day_of
from marketplace.legal.defaults import default_texts
from marketplace.legal.errors import TextNotFound
from marketplace.legal.markdown import as_html
from marketplace.legal.models import WITH_AN_ORDER, Acceptance, LegalText, TextKind
from vendors.models import Programme
from vendors.queries import programmes_that_sell


@dataclass(frozen=True)
class ShownText:
    """A text as a page shows it; ``version`` is None for a standard one that nobody kept."""

    programme: Programme
    kind: str
    html: SafeString
    version: LegalText | None

    @property
    def is_default(self) -> bool:
        """Whether nobody of the programme has approved it."""
        return self.version is None or self.version.is_default


def programmes_of_market(market: Market) -> list[Programme]:
    """The programmes with published cooperatives, those of the market's own countries first."""
    found = programmes_that_sell()
    return sorted(
        found, key=lambda each: (not set(each.country_codes) & set(market.country_codes), each.slug)
    )


def text_in_force(programme: Programme, market: str, kind: str, on: date) -> LegalText | None:
    """The approved version of a day: the market's own before the one for all markets."""
    rows = LegalText.objects.filter(
        programme=programme, kind=kind, market__in={"", market}, is_default=False
    )
    return rows.filter(valid_from__lte=on).order_by("-market", "-valid_from", "-number").first()


def shown_text(programme: Programme, market: Market, kind: str, language: str) -> ShownText:
    """The text in force today, else the standard one, in a language."""
    today = day_of(timezone.now(), programme.time_zone)
    version = text_in_force(programme, market.code, kind, today)
    texts = version.texts if version else default_texts(programme, market, kind, today)
    return ShownText(programme, kind, as_html(texts[language]), version)


def kept_text(text_id: UUID, language: str) -> ShownText:
    """A version as it was accepted or is in force; raises TextNotFound, also before it begins."""
    found = LegalText.objects.select_related("programme").filter(pk=text_id).first()
    if found is None or found.valid_from > day_of(timezone.now(), found.programme.time_zone):
        raise TextNotFound
    return ShownText(found.programme, found.kind, as_html(found.texts[language]), found)


def version_of(programme: Programme, text_id: UUID) -> LegalText:
    """A version of a programme, also one that is still to come; raises TextNotFound."""
    found = LegalText.objects.filter(programme=programme, pk=text_id).first()
    if found is None:
        raise TextNotFound
    return found


def accepted_with(order_id: UUID) -> list[Acceptance]:
    """What was accepted with an order, in the order in which the shop names the texts."""
    rows = Acceptance.objects.filter(order_id=order_id).select_related("text__programme")
    kinds = list(TextKind.values)
    return sorted(rows, key=lambda row: (row.text.programme.slug, kinds.index(row.text.kind)))


def to_accept(
    order_id: UUID, programmes: Iterable[Programme], market: str
) -> list[tuple[Programme, str, LegalText | None]]:
    """What an order has not accepted yet, with the approved version where there is one."""
    rows = Acceptance.objects.filter(order_id=order_id)
    known = set(rows.values_list("text__programme_id", "text__kind"))
    now = timezone.now()
    return [
        (each, kind, text_in_force(each, market, kind, day_of(now, each.time_zone)))
        for each in programmes
        for kind in WITH_AN_ORDER
        if (each.pk, kind) not in known
    ]


def accepted_with_orders(order_ids: Iterable[UUID]) -> list[Acceptance]:
    """What was accepted with several orders, the latest first."""
    rows = Acceptance.objects.filter(order_id__in=list(order_ids))
    return list(rows.select_related("text__programme").order_by("-accepted_at", "pk"))


def versions(programme: Programme, market: str, kind: str) -> list[LegalText]:
    """All approved versions for a market, also those to come; the latest first."""
    rows = LegalText.objects.filter(programme=programme, market=market, kind=kind, is_default=False)
    return list(rows.order_by("-valid_from", "-number"))


def missing_texts(markets: Iterable[Market]) -> list[tuple[Programme, Market, str]]:
    """What sells without a text that somebody of the programme has approved."""
    found = []
    for programme in programmes_that_sell():
        today = day_of(timezone.now(), programme.time_zone)
        rows = LegalText.objects.filter(
            programme=programme, is_default=False, valid_from__lte=today
        )
        approved = set(rows.values_list("market", "kind"))
        found += [
            (programme, market, kind)
            for market in markets
            for kind in TextKind.values
            if not approved & {("", kind), (market.code, kind)}
        ]
    return found
