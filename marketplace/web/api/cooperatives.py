"""Cooperatives as anybody may read of them."""

from datetime import UTC, datetime
from typing import Any

import graphene
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import override

from catalog import queries as catalog
from marketplace.web.api.caller import choice, text_of
from marketplace.web.api.errors import NotThere
from marketplace.web.api.fields import (
    LANGUAGE,
    MARKET,
    argument,
    enum_of,
    field,
    language_of,
    several,
)
from marketplace.web.api.listings import Listing, shown_listings
from marketplace.web.api.paging import connection, page_of
from search.cooperatives import cooperatives_named
from vendors import queries as vendors
from vendors.models import Kind
from vendors.sectors import sector_name

CooperativeKind = enum_of("CooperativeKind", "Who a cooperative's members are.", Kind)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_NEWEST = (("shown_since", True), ("pk", False))


class CooperativeCard(graphene.ObjectType):
    """A cooperative in a list."""

    id = field(graphene.ID, "The cooperative's id.")
    slug = field(graphene.String, "Its name in addresses.")
    name = field(graphene.String, "Its name.")
    tagline = field(graphene.String, "What it stands for, in a sentence; may be empty.")
    language = field(graphene.String, "The language in which name and tagline are written.")
    place = field(graphene.String, "Its village or town.")
    region_code = field(graphene.String, "Its region's ISO 3166-2 code.")
    region_name = field(graphene.String, "Its region's name.")
    country_code = field(graphene.String, "Its country's ISO 3166-1 code.")
    sector = field(graphene.String, "Its sector's slug.")
    kind = field(CooperativeKind, "Who its members are.")


class Person(graphene.ObjectType):
    """A member whom the cooperative presents, with their consent."""

    name = field(graphene.String, "The name by which they are presented.")
    craft = field(graphene.String, "What they do.")
    since_year = field(graphene.Int, "Since when.", required=False)


class Certificate(graphene.ObjectType):
    """A quality mark of a cooperative that staff have verified and that is valid today."""

    mark = field(graphene.String, "Its code.")
    name = field(graphene.String, "What it is called.")
    number = field(graphene.String, "The certificate's number; may be empty.")
    valid_to = field(graphene.Date, "Its last day, if it ends.", required=False)


class Cooperative(graphene.ObjectType):
    """A cooperative's public page."""

    id = field(graphene.ID, "The cooperative's id.")
    slug = field(graphene.String, "Its name in addresses.")
    name = field(graphene.String, "Its name.")
    tagline = field(graphene.String, "What it stands for, in a sentence; may be empty.")
    story = field(graphene.String, "Who they are, in plain text; may be empty.")
    language = field(graphene.String, "The language in which these texts are written.")
    is_translation_confirmed = field(
        graphene.Boolean, "Whether a person has confirmed the texts in this language."
    )
    place = field(graphene.String, "Its village or town.")
    region_code = field(graphene.String, "Its region's ISO 3166-2 code.")
    region_name = field(graphene.String, "Its region's name.")
    country_code = field(graphene.String, "Its country's ISO 3166-1 code.")
    sector = field(graphene.String, "Its sector's slug.")
    sector_name = field(graphene.String, "Its sector's name.")
    kind = field(CooperativeKind, "Who its members are.")
    member_count = field(graphene.Int, "How many members it has; 0 when it has not said.")
    women_count = field(graphene.Int, "How many of them are women; 0 when it has not said.")
    founded_year = field(graphene.Int, "Since when it exists, if known.", required=False)
    handling_days = field(graphene.Int, "Within how many days it sends what is ordered.")
    members = several(Person, "Members whom it presents.")
    certificates = several(Certificate, "Its quality marks that are valid today.")
    listings = connection(Listing, "What it sells in a market, the latest first.", market=MARKET)

    @staticmethod
    def resolve_listings(
        root: dict[str, Any],
        _info: Any,
        market: Any,
        first: int | None = None,
        after: str | None = None,
    ) -> dict[str, Any]:
        rows = catalog.pages_in(choice(market)).filter(cooperative_slug=root["slug"])
        return page_of(
            rows.annotate(shown_since=_since()),
            _NEWEST,
            first=first,
            after=after,
            show=lambda pages: shown_listings(pages, root["asked_in"]),
        )


class CooperativeFilter(graphene.InputObjectType):
    """Which cooperatives are looked for; what is left out does not matter."""

    country = graphene.String(description="The country's ISO 3166-1 code: “MA”.")
    region = graphene.String(description="The region's ISO 3166-2 code: “MA-09”.")
    sector = graphene.String(description="The sector's slug, see “sectors”.")
    kind = graphene.Field(CooperativeKind, description="Who the members are.")
    text = graphene.String(description="Words of the name or the place, in any spelling.")


class CooperativeFields(graphene.ObjectType):
    """Fields of the query that lead to cooperatives."""

    cooperatives = connection(
        CooperativeCard,
        "The cooperatives that buyers see, the latest published first.",
        filter=argument(CooperativeFilter, "Which ones."),
        language=LANGUAGE,
    )
    cooperative = field(
        Cooperative,
        "A cooperative's public page.",
        required=False,
        slug=argument(graphene.String, "Its name in addresses.", required=True),
        language=LANGUAGE,
    )

    @staticmethod
    def resolve_cooperatives(
        _root: None,
        info: Any,
        filter: dict[str, Any] | None = None,  # noqa: A002 -- the argument's name
        language: Any = None,
        first: int | None = None,
        after: str | None = None,
    ) -> dict[str, Any]:
        wanted = {name: text_of(choice(value)) for name, value in (filter or {}).items()}
        text = wanted.pop("text", "")
        among = cooperatives_named(text) if text else None
        rows = vendors.directory_rows(vendors.DirectoryFilters(**wanted, among=among))
        said = language_of(info, language)
        return page_of(
            rows.annotate(shown_since=_since()),
            _NEWEST,
            first=first,
            after=after,
            show=lambda found: vendors.short_profiles(found, said),
        )

    @staticmethod
    def resolve_cooperative(
        _root: None, info: Any, slug: str, language: Any = None
    ) -> dict[str, Any]:
        said = language_of(info, language)
        profile = vendors.public_profile(text_of(slug), said)
        if profile is None:
            raise NotThere
        return _shown(profile, said)


def _shown(profile: vendors.PublicProfile, language: str) -> dict[str, Any]:
    facts = profile.cooperative
    with override(language):
        sector = sector_name(facts.sector)
    return {
        **{name: getattr(profile, name) for name in _OF_PROFILE},
        **{name: getattr(facts, name) for name in _OF_COOPERATIVE},
        "certificates": profile.certifications,
        "sector_name": sector,
        "asked_in": language,
    }


_OF_PROFILE = (
    "name", "tagline", "story", "language", "is_translation_confirmed", "place", "region_name",
    "members",
)  # fmt: skip
_OF_COOPERATIVE = (
    "id", "slug", "region_code", "country_code", "sector", "kind", "member_count", "women_count",
    "founded_year", "handling_days",
)  # fmt: skip


def _since() -> Coalesce:
    """When something was published; cursors need a value even where there is none."""
    return Coalesce(F("published_at"), Value(_LONG_AGO), output_field=DateTimeField())
