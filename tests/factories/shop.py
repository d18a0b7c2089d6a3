"""A shop that is set up: the embedded engine with our App and channels, and a cooperative."""

from catalog.content import ListingText, RevisionContent
from catalog.models import ListingRevision
from catalog.services import apply_first_revisions, approve_by_rule, start_listing
from marketplace.core.actors import Actor
from marketplace.embedded import bootstrap
from marketplace.saleor import setup
from marketplace.saleor.manifest import manifest_url
from tests.factories.vendors import make_cooperative
from vendors.models import Cooperative, CooperativeText, Programme
from vendors.services import publish_cooperative

BY = Actor.system("test")


def open_shop() -> None:
    """The embedded engine as a new deployment has it."""
    bootstrap.bootstrap(
        domain="engine.twiza.internal", admin_email="op@example.org", admin_password="x" * 12
    )
    bootstrap.install_local_app(manifest_url())
    setup.apply(by=BY)


def open_cooperative(programme: Programme, slug: str = "tamounte", **options: str) -> Cooperative:
    """A published cooperative with its page and warehouse at the engine."""
    cooperative = make_cooperative(programme, slug, **options)
    for language, name in (("fr", f"Coopérative {slug}"), ("ar", f"تعاونية {slug}")):
        CooperativeText.objects.create(
            cooperative=cooperative, language=language, name=name, source_language="fr"
        )
    publish_cooperative(cooperative=cooperative, by=BY)
    return cooperative


def content(name: str = "Miel de thym du Haut Atlas", **changes: object) -> RevisionContent:
    """A complete proposal: French and Arabic, 250 g of honey at 95 dirhams and 12 euros."""
    whole = RevisionContent(
        texts={
            "fr": ListingText(name=name, description="Récolté en juillet.\nFiltré à froid."),
            "ar": ListingText(name="عسل الزعتر من الأطلس", description="جُني في يوليوز."),
        },
        source_language="fr",
        taxonomy_slug="honey-thyme",
        category_slug="honey",
        hs_code="040900",
        origin_country="MA",
        material_codes=["honey"],
        quality_marks=["organic"],
        net_quantity="250 g",
        weight_grams=400,
        prices={"ma-mad": 9500, "eu-eur": 1200},
    )
    return whole.model_copy(update=changes)


def sold_listing(
    cooperative: Cooperative, *, quantity: int = 5, **changes: object
) -> ListingRevision:
    """A listing in the shop, with stock; its variant is ``revision.listing.variants.get()``."""
    revision = start_listing(
        cooperative_id=cooperative.pk, content=content(**changes), quantity=quantity, by=BY
    )
    approved = approve_by_rule(revision=revision, by=BY)
    problems = apply_first_revisions(revisions=[approved], by=BY)
    assert not problems, problems
    approved.refresh_from_db()
    return approved
