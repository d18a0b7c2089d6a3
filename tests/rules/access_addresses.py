"""Every address of the portal and of the staff, filled with objects of one owner."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from catalog.models import ProductFile
from catalog.services.product_files import keep_file
from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.private_files import save_private
from marketplace.direct_sales.models import DirectSale, DirectSaleDocument
from marketplace.legal.models import LegalText
from marketplace.legal.services import publish_text
from marketplace.long_jobs.models import JobState, LongJob, Reach
from marketplace.orders.models import Voucher
from marketplace.payouts.models import CommissionChange
from search.models import BlockedPhrase, SynonymChange, SynonymGroup
from tests.rules.access_world import AccessWorld
from vendors.models import (
    Cooperative,
    CooperativeDocument,
    DocumentRequirement,
    Programme,
    ShopGrant,
    ShownMember,
    Visit,
)
from vendors.services import MemberFacts, show_member


@dataclass(frozen=True)
class Place:
    """An address as the code declares it.

    ``permission`` is what its view asks for, if it does; ``reach`` how far a page of staff reaches:
    "regions", "programme" (none for a role in some regions), "shop", or "own" (what the person
    asked for).
    """

    name: str
    parameters: tuple[str, ...]
    permission: str | None
    reach: str = ""

    @property
    def audience(self) -> str:
        return self.name.partition(":")[0]


def places() -> list[Place]:
    """Every named address that the project answers."""
    return sorted(_walk(get_resolver(), "", ()), key=lambda place: place.name)


def _walk(resolver: URLResolver, namespace: str, above: tuple[str, ...]) -> Iterator[Place]:
    for entry in resolver.url_patterns:
        parameters = above + tuple(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _walk(entry, namespace + inner, parameters)
        elif isinstance(entry, URLPattern):
            permission = getattr(entry.callback, "permission", None)
            reach = getattr(entry.callback, "reach", "")
            name = f"{namespace}{entry.name}"
            yield Place(name, tuple(dict.fromkeys(parameters)), permission, reach)


# Who has a long job in the first programme, and in the second.
JOB_OWNERS = ("coordinator", "second programme's coordinator")

# What a parameter stands for, for an owner. An address with a parameter that is not here fails the
# walk: whoever adds one says whose it is.
Filling = Callable[[AccessWorld, Cooperative], Any]


def part(world: AccessWorld, owner: Cooperative) -> Any:
    return world.mine if owner == world.shop.weavers else world.theirs


def photo(world: AccessWorld, owner: Cooperative) -> UUID:
    """A photograph of the owner's listing; nobody's once a walk without filters has removed it."""
    found = world.listing(owner).media.first()
    return found.pk if found else UUID(int=0)


def synonyms() -> SynonymChange:
    """A change of a group of synonyms: the deployment's, no programme's."""
    found = SynonymChange.objects.first()
    group = found.group if found else SynonymGroup.objects.create(phrases=["ward", "rose"])
    return found or SynonymChange.objects.create(group=group, after={}, by_name="adviser")


def blocked() -> BlockedPhrase:
    """A phrase that no suggestion contains: the deployment's, no programme's."""
    return BlockedPhrase.objects.get_or_create(stems=" voleur ", defaults={"text": "voleurs"})[0]


def commission_change(world: AccessWorld, owner: Cooperative) -> CommissionChange:
    """A commission rule whose end waits for a second person."""
    found, _made = CommissionChange.objects.get_or_create(
        programme=owner.programme,
        rule=owner.programme.commission_rules.first(),
        defaults={
            "begins_on": timezone.localdate() + timedelta(days=30),
            "source": "council",
            "proposed_by": world.people["preparer"],
        },
    )
    return found


def visit(world: AccessWorld, owner: Cooperative) -> Visit:
    """A visit of the owner's, logged by its adviser."""
    name = "adviser" if owner == world.shop.weavers else "adviser of another cooperative"
    return Visit.objects.within(owner.scope).get_or_create(
        cooperative=owner,
        defaults={
            "visited_on": timezone.localdate(),
            "kind": "call",
            "done": "Prices",
            "by": world.people[name],
        },
    )[0]


def voucher(owner: Cooperative) -> Voucher:
    """A voucher of a cooperative's own."""
    now = timezone.now()
    found, _made = Voucher.objects.get_or_create(
        programme=owner.programme,
        cooperative_id=owner.pk,
        defaults={
            "code": f"WALK-{owner.slug}".upper()[:24],
            "bearer": "cooperative",
            "kind": "percent",
            "percent": 10,
            "starts_at": now,
            "ends_at": now + timedelta(days=30),
            "state": "open",
        },
    )
    return found


def direct_sale(world: AccessWorld, owner: Cooperative) -> DirectSale:
    """What a cooperative sold outside the shop."""
    found: DirectSale = DirectSale.objects.within(owner.scope).get_or_create(
        cooperative=owner,
        key=owner.pk,
        defaults={
            "variant": world.listing(owner).variants.first(),
            "names": {"fr": "Tapis"},
            "quantity": 1,
            "unit_price_minor": 100,
            "amount_minor": 100,
            "currency": "MAD",
            "paid_by": "cash",
            "place": "fair",
            "sold_at": timezone.now(),
            "sold_on": timezone.localdate(),
        },
    )[0]
    return found


def receipt(world: AccessWorld, owner: Cooperative) -> DirectSaleDocument:
    """Its document."""
    found, made = DirectSaleDocument.objects.within(owner.scope).get_or_create(
        sale=direct_sale(world, owner),
        defaults={"content_type": "application/pdf", "size": 1, "digest": owner.pk.hex},
    )
    if made:
        save_private(found.stored_at, [b"a receipt"])
    return found


def small_jpeg() -> bytes:
    made = BytesIO()
    Image.new("RGB", (60, 80), "teal").save(made, "JPEG")
    return made.getvalue()


def person_of(owner: Cooperative) -> ShownMember:
    """A member whom a cooperative presents."""
    facts = MemberFacts("Fadma", {"fr": "tisseuse"}, has_consented=True)
    return owner.shown_members.exclude(photo_key=None).first() or show_member(
        cooperative=owner, facts=facts, photo=small_jpeg(), by=Actor.system("test")
    )


def legal_text(programme: Programme) -> LegalText:
    """A version of the terms that the programme has approved."""
    found = LegalText.objects.filter(programme=programme).first()
    return found or publish_text(
        programme=programme,
        market="",
        kind="terms",
        texts=dict.fromkeys(("ar", "fr", "en"), f"of {programme.slug}"),
        valid_from=day_of(timezone.now(), programme.time_zone),
        by=Actor.system("test"),
    )


def requirement(programme: Programme) -> DocumentRequirement:
    """A document that a programme asks for."""
    found, _made = DocumentRequirement.objects.get_or_create(
        programme=programme,
        name_en="Statutes",
        defaults={"name_ar": "a", "name_fr": "f", "valid_from": date(2026, 1, 1)},
    )
    return found


def handed_in(owner: Cooperative) -> CooperativeDocument:
    """What a cooperative handed in for it."""
    found, made = CooperativeDocument.objects.within(owner.scope).get_or_create(
        cooperative=owner,
        requirement=requirement(owner.programme),
        defaults={"content_type": "application/pdf", "size": 1},
    )
    if made:
        save_private(found.stored_at, [b"a document"])
    return found


def long_job(world: AccessWorld, owner: Cooperative) -> LongJob:
    """A job that the coordinator of a programme asked for, with its result."""
    found, made = LongJob.objects.get_or_create(
        programme=owner.programme,
        asked_by=world.people[JOB_OWNERS[owner.programme == world.second]],
        defaults={
            "kind": "done-long-ago",
            "permission": "cooperative:read",
            "reach": Reach.REGIONS,
            "covered": {"regions": [], "cooperatives": []},
            "language": "fr",
            "fingerprint": str(owner.programme_id),
            "state": JobState.DONE,
            "attempts": 1,
            "asked_at": timezone.now(),
            "finished_at": timezone.now(),
            "seen_at": timezone.now(),
            "file_name": "names.csv",
            "content_type": "text/csv",
        },
    )
    if made:
        save_private(found.stored_at(1), [b""])
    return found


def product_file(owner: Cooperative) -> ProductFile:
    """A file of products that a member of the cooperative sent."""
    found = ProductFile.objects.within(owner.scope).first()
    if found is not None:
        return found
    member = owner.memberships.order_by("pk").first()
    assert member is not None
    table = BytesIO(b"Nom;Prix\nMiel;12\n")
    return keep_file(cooperative=owner, upload=table, name="prix.csv", by=member.user.actor)


FILLINGS: dict[str, Filling] = {
    "import_id": lambda _world, owner: product_file(owner).pk,
    "complaint_id": lambda world, owner: world.complaint_of(part(world, owner)).pk,
    "position": lambda _world, _owner: 0,
    "job_id": lambda world, owner: long_job(world, owner).pk,
    "phrase_id": lambda _world, _owner: blocked().pk,
    "vendor_order_id": lambda world, owner: part(world, owner).pk,
    "parcel_id": lambda world, owner: world.parcel(part(world, owner)).pk,
    "listing_id": lambda world, owner: world.listing(owner).pk,
    "variant_id": lambda world, owner: world.listing(owner).variants.first().pk,
    "revision_id": lambda world, owner: world.listing(owner).revisions.first().pk,
    "line_id": lambda world, owner: world.line_of(owner).pk,
    "photo_id": photo,
    "mark_id": lambda _world, owner: owner.certifications.first().pk,
    "notice_id": lambda _world, owner: owner.bank_accounts.first().notices.first().pk,
    "grant_id": lambda world, _owner: world.people["preparer"].staff_grants.get().pk,
    "reset_id": lambda world, owner: world.reset_in(owner.programme).pk,
    "shop_grant_id": lambda _world, _owner: ShopGrant.objects.earliest("pk").pk,
    "membership_id": lambda world, owner: world.membership_of(owner).pk,
    "invitation_id": lambda world, owner: world.invitation_to(owner).pk,
    "adviser_id": lambda _world, owner: owner.advisers.first().pk,
    "offer_id": lambda world, owner: world.offer_in(owner.programme).pk,
    "report_id": lambda world, _owner: world.staged_bank_report.pk,
    "statement_id": lambda world, _owner: world.staged_bank_statement.pk,
    "hold_id": lambda _world, owner: owner.payout_holds.first().pk,
    "route_id": lambda _world, owner: owner.payout_routes.first().pk,
    "difference_id": lambda world, owner: world.difference(owner.programme).pk,
    "rule_id": lambda _world, owner: owner.programme.commission_rules.first().pk,
    "commission_change_id": lambda world, owner: commission_change(world, owner).pk,
    "file_id": lambda world, _owner: world.carrier_file.pk,
    "requirement_id": lambda _world, owner: requirement(owner.programme).pk,
    "visit_id": lambda world, owner: visit(world, owner).pk,
    "handed_in_id": lambda _world, owner: handed_in(owner).pk,
    "group_id": lambda _world, _owner: synonyms().group_id,
    "change_id": lambda _world, _owner: synonyms().pk,
    "kind": lambda _world, _owner: "terms",
    "text_id": lambda _world, owner: legal_text(owner.programme).pk,
    "limit_id": lambda world, _owner: world.cash_limit.pk,
    "entry_id": lambda world, _owner: world.bank_entry.pk,
    "proposal_id": lambda world, owner: world.proposal_of(part(world, owner)).pk,
    "manual_refund_id": lambda world, owner: world.manual_refund_of(part(world, owner)).pk,
    "voucher_id": lambda _world, owner: voucher(owner).pk,
    "sale_id": lambda world, owner: direct_sale(world, owner).pk,
    "kept_id": lambda world, owner: receipt(world, owner).pk,
    "conversation_id": lambda world, owner: world.conversation_of(owner).pk,
    "person_id": lambda _world, owner: person_of(owner).pk,
    "message_id": lambda world, owner: world.message_to(owner.programme).pk,
    "review_id": lambda world, owner: world.review_of(part(world, owner)).pk,
    "document_id": lambda world, owner: world.document_of(owner).pk,
    "invoice_id": lambda world, owner: world.invoice_of(owner).pk,
    "currency": lambda _world, owner: owner.payout_currency,
    "language": lambda _world, _owner: "fr",
    "slug": lambda _world, owner: owner.slug,
    "cooperative_slug": lambda _world, owner: owner.slug,
    "reference": lambda world, _owner: world.money.run.reference,
    "file_format": lambda _world, _owner: "csv",
    "year": lambda _world, _owner: timezone.now().year,
    "month": lambda _world, _owner: timezone.now().month,
}
# These name an object of a cooperative (or of a programme's run): another's is 404.
OWNED_BY_COOPERATIVE = {
    "vendor_order_id", "parcel_id", "listing_id", "variant_id", "revision_id", "line_id",
    "photo_id", "mark_id", "notice_id", "slug", "cooperative_slug", "invoice_id", "document_id",
    "proposal_id", "complaint_id", "handed_in_id", "visit_id",
    "membership_id", "invitation_id", "adviser_id", "conversation_id",
    "review_id",
    "voucher_id", "person_id", "sale_id", "kept_id",
}  # fmt: skip
OWNED_BY_PROGRAMME = OWNED_BY_COOPERATIVE | {
    "reference", "rule_id", "commission_change_id", "difference_id", "grant_id", "file_id",
    "report_id", "hold_id",
    "route_id", "entry_id", "manual_refund_id", "limit_id",
    "offer_id", "reset_id", "job_id", "text_id", "message_id", "requirement_id",
}  # fmt: skip


def address(place: Place, world: AccessWorld, owner: Cooperative, **fixed: str) -> str:
    """The address of a place with the owner's objects in it; KeyError for an unknown parameter."""
    filled = {
        name: fixed[name] if name in fixed else FILLINGS[name](world, owner)
        for name in place.parameters
    }
    return reverse(place.name, kwargs=filled)
