"""What a programme's staff may read of it; a regional adviser only of their regions."""

from datetime import date
from typing import Any

import graphene

from marketplace.impact import queries as impact
from marketplace.orders.models import VendorOrder
from marketplace.web.api.caller import caller, choice, text_of
from marketplace.web.api.cooperatives import CooperativeKind
from marketplace.web.api.errors import OddValue
from marketplace.web.api.fields import argument, enum_of, field, several
from marketplace.web.api.indicators import Indicators
from marketplace.web.api.paging import connection, page_of
from marketplace.web.api.types import find_order, one_order, order_list, orders_page
from vendors import queries as vendors
from vendors.models import CooperativeStatus, Programme

LONGEST_PERIOD_DAYS = 3660
StatusOfCooperative = enum_of("CooperativeStatus", "Where a cooperative stands.", CooperativeStatus)
_BY_NAME = (("legal_name", False), ("pk", False))


class ProgrammeCooperative(graphene.ObjectType):
    """A cooperative as the programme's staff list it."""

    id = field(graphene.ID, "The cooperative's id.")
    slug = field(graphene.String, "Its name in addresses.")
    legal_name = field(graphene.String, "Its registered name.")
    status = field(StatusOfCooperative, "Where it stands.")
    kind = field(CooperativeKind, "Who its members are.")
    sector = field(graphene.String, "Its sector's slug.")
    country_code = field(graphene.String, "Its country's ISO 3166-1 code.")
    region_code = field(graphene.String, "Its region's ISO 3166-2 code.")
    place = field(graphene.String, "Its village or town.")
    is_rural = field(graphene.Boolean, "Whether it is in the countryside.")
    member_count = field(graphene.Int, "How many members it has.")
    women_count = field(graphene.Int, "How many of them are women.")

    @staticmethod
    def resolve_place(root: Any, _info: Any) -> str:
        return str(root.place_name)


class ProgrammeType(graphene.ObjectType):
    """A programme, as far as the role of whoever asks reaches: each field asks for its own."""

    class Meta:
        name = "Programme"

    id = field(graphene.ID, "The programme's id.")
    slug = field(graphene.String, "Its name in addresses.")
    name = field(graphene.String, "Its name in the reader's language.")
    base_currency = field(graphene.String, "The currency of its figures (ISO 4217).")
    country_codes = several(graphene.String, "The countries of its cooperatives.")
    cooperatives = connection(
        ProgrammeCooperative,
        "Its cooperatives, by registered name. For staff who see cooperatives.",
        status=argument(StatusOfCooperative, "Only those that stand here."),
        region=argument(graphene.String, "Only those of a region, by its ISO 3166-2 code."),
        sector=argument(graphene.String, "Only those of a sector, by its slug."),
        text=argument(graphene.String, "A part of the name or of the place."),
    )
    vendor_orders = order_list("Its orders, the latest first. For staff who see orders.")
    vendor_order = one_order("One of its orders, with whom it goes to. For staff who see orders.")
    indicators = field(
        Indicators,
        "What was sold in a period of at most ten years. For staff who see indicators.",
        required=False,
        first_on=argument(graphene.Date, "The first day that counts.", required=True),
        last_on=argument(graphene.Date, "The last day that counts.", required=True),
    )

    @staticmethod
    def resolve_name(root: Programme, info: Any) -> str:
        return str(getattr(root, f"name_{caller(info).language}", root.name_en))

    @staticmethod
    def resolve_cooperatives(
        root: Programme,
        info: Any,
        status: Any = None,
        region: str | None = None,
        sector: str | None = None,
        text: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> dict[str, Any]:
        access = caller(info).staff(root.slug, "cooperative:read")
        rows = vendors.cooperative_rows(
            access.scope,
            status=choice(status),
            region=text_of(region),
            sector=text_of(sector),
            text=text_of(text),
        )
        return page_of(rows, _BY_NAME, first=first, after=after)

    @staticmethod
    def resolve_vendor_orders(
        root: Programme,
        info: Any,
        state: Any = None,
        text: str | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> dict[str, Any]:
        access = caller(info).staff(root.slug, "order:read")
        return orders_page(access.scope, state=state, text=text, first=first, after=after)

    @staticmethod
    def resolve_vendor_order(
        root: Programme,
        info: Any,
        id: str | None = None,  # noqa: A002 -- the argument's name
        number: str | None = None,
    ) -> VendorOrder:
        access = caller(info).staff(root.slug, "order:read")
        return find_order(access.scope, id, number)

    @staticmethod
    def resolve_indicators(
        root: Programme, info: Any, first_on: date, last_on: date
    ) -> dict[str, Any]:
        access = caller(info).staff(root.slug, "impact:read")
        if not 0 <= (last_on - first_on).days <= LONGEST_PERIOD_DAYS:
            raise OddValue(name="lastOn")
        period = impact.Period(first_on, last_on)
        return {"access": access, "period": period, "first_on": first_on, "last_on": last_on}


class StaffFields(graphene.ObjectType):
    """Fields of the query for a programme's staff."""

    programme = field(
        ProgrammeType,
        "A programme in which one has a role.",
        required=False,
        slug=argument(graphene.String, "Its name in addresses.", required=True),
    )

    @staticmethod
    def resolve_programme(_root: None, info: Any, slug: str) -> Programme:
        return caller(info).staff(slug, "programme:read").programme
