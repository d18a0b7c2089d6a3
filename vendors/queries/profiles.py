"""Public profiles of cooperatives, in the reader's language where there is a text in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from marketplace.core.public_facts import public_fact
from vendors import geography
from vendors.certificates import certificate_name
from vendors.models import (
    Certification,
    Cooperative,
    CooperativeStatus,
    CooperativeText,
    ShownMember,
)
from vendors.scoping import Crossing, ScopedQuerySet
from vendors.sectors import sector_name


@dataclass(frozen=True)
class ShortProfile:
    """A cooperative on a card or with a parcel."""

    id: UUID
    slug: str
    name: str
    tagline: str
    place: str
    region_code: str
    region_name: str
    country_code: str
    sector: str
    kind: str
    # In which language ``name`` and ``tagline`` are written.
    language: str


@dataclass(frozen=True)
class ShownPerson:
    """A member who is presented on the page; ``seed`` chooses the drawing, in every language."""

    seed: str
    name: str
    craft: str
    since_year: int | None
    sentence: str = ""
    # In which language sentence and craft are written; empty when it is the reader's.
    sentence_language: str = ""
    craft_language: str = ""
    # The address of the photograph, without width and ending; empty without one.
    photo: str = ""


@dataclass(frozen=True)
class Mark:
    """A verified quality mark; ``language`` of its name, empty when it is the reader's."""

    mark: str
    name: str
    language: str
    number: str
    valid_to: date | None


@dataclass(frozen=True)
class PublicProfile:
    """The content of a cooperative's own page."""

    cooperative: Cooperative
    name: str
    tagline: str
    story: str
    language: str
    is_translation_confirmed: bool
    place: str
    region_name: str
    sector_name: str
    members: list[ShownPerson]
    certifications: list[Mark]


@public_fact
def public_profile(slug: str, language: str) -> PublicProfile | None:
    """The profile of a published cooperative, or None."""
    found = visible().filter(slug=slug).prefetch_related("texts", "shown_members").first()
    if found is None:
        return None
    text = best_text(list(found.texts.all()), language)
    return PublicProfile(
        cooperative=found,
        name=text.name if text else found.legal_name,
        tagline=text.tagline if text else "",
        story=text.story if text else "",
        language=text.language if text else settings.BASE_LANGUAGE,
        is_translation_confirmed=text is None or text.confirmed_at is not None,
        place=place_name(found, language),
        region_name=geography.region_name(found.region_code, language),
        sector_name=sector_name(found.sector),
        members=_people(found, language),
        certifications=_marks(found, language),
    )


def profiles_by_id(ids: Iterable[UUID], language: str) -> dict[UUID, ShortProfile]:
    """Profiles by id, published or not: baskets and orders keep showing the names."""
    found = Cooperative.objects.crossing(Crossing.PUBLIC_STOREFRONT).filter(pk__in=set(ids))
    return {profile.id: profile for profile in short_profiles(found, language)}


def short_profiles(
    cooperatives: "ScopedQuerySet | list[Cooperative]", language: str
) -> list[ShortProfile]:
    """Profiles for cards, in the given order; all texts in one query."""
    rows: list[Cooperative] = list(cooperatives)
    texts: dict[UUID, list[CooperativeText]] = {}
    written = CooperativeText.objects.crossing(Crossing.PUBLIC_STOREFRONT)
    for text in written.filter(cooperative__in=[row.pk for row in rows]).defer("story"):
        texts.setdefault(text.cooperative_id, []).append(text)
    return [_short(row, best_text(texts.get(row.pk, []), language), language) for row in rows]


def visible() -> ScopedQuerySet:
    """Published cooperatives."""
    found: ScopedQuerySet = Cooperative.objects.crossing(Crossing.PUBLIC_STOREFRONT).filter(
        status=CooperativeStatus.ACTIVE, published_at__isnull=False
    )
    return found


def best_text(texts: list[CooperativeText], language: str) -> CooperativeText | None:
    """The text in a language, else in the shop's base language, else in the original one."""

    def distance(text: CooperativeText) -> tuple[bool, bool, bool]:
        return (
            text.language != language,
            text.language != settings.BASE_LANGUAGE,
            text.language != text.source_language,
        )

    return min(texts, key=distance, default=None)


def place_name(cooperative: Cooperative, language: str) -> str:
    """The village or town, in Arabic where it is known."""
    if language == "ar" and cooperative.place_name_ar:
        return cooperative.place_name_ar
    return cooperative.place_name


def _short(row: Cooperative, text: CooperativeText | None, language: str) -> ShortProfile:
    return ShortProfile(
        id=row.pk,
        slug=row.slug,
        name=text.name if text else row.legal_name,
        tagline=text.tagline if text else "",
        place=place_name(row, language),
        region_code=row.region_code,
        region_name=geography.region_name(row.region_code, language),
        country_code=row.country_code,
        sector=row.sector,
        kind=row.kind,
        language=text.language if text else settings.BASE_LANGUAGE,
    )


def _people(cooperative: Cooperative, language: str) -> list[ShownPerson]:
    return [shown_person(person, language) for person in cooperative.shown_members.all()]


def shown_person(person: ShownMember, language: str) -> ShownPerson:
    """A presented member in a language, or in one in which something was written."""
    craft, craft_language = _written(person, "craft", language)
    sentence, sentence_language = _written(person, "sentence", language)
    return ShownPerson(
        seed=str(person.pk),
        name=(language == "ar" and person.name_ar) or person.name,
        craft=craft,
        since_year=person.since_year,
        sentence=sentence,
        sentence_language=sentence_language,
        craft_language=craft_language,
        photo=person.photo_address,
    )


def _written(person: ShownMember, what: str, language: str) -> tuple[str, str]:
    """A text in a language or the next one that has it, and which one that is if another."""
    for code in (language, settings.BASE_LANGUAGE, "ar", "en"):
        if text := str(getattr(person, f"{what}_{code}", "")):
            return text, "" if code == language else code
    return "", ""


def shown_photo(photo_key: UUID) -> ShownMember | None:
    """A member of a published cooperative whose photograph has a key."""
    rows = ShownMember.objects.crossing(Crossing.PUBLIC_STOREFRONT).filter(photo_key=photo_key)
    found: ShownMember | None = rows.filter(cooperative__in=visible()).first()
    return found


def _marks(cooperative: Cooperative, language: str) -> list[Mark]:
    today = timezone.localdate()
    found = Certification.objects.within(cooperative.scope).filter(
        verified_at__isnull=False, valid_from__lte=today
    )
    return [
        Mark(row.mark, *certificate_name(row.name, language), row.number, row.valid_to)
        for row in found.order_by("mark", "name")
        if row.valid_to is None or row.valid_to >= today
    ]
