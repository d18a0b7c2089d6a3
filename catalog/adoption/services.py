"""Adoption of many products; one that fails does not stop the others."""

from collections.abc import Callable, Mapping, Sequence

from catalog.adoption.adopting import adopt
from catalog.adoption.planning import ADOPT, REFUSED, Decision, listing_of
from catalog.adoption.releasing import release
from catalog.errors import ListingNotFound, NotAdoptable
from catalog.locks import listing_lock
from catalog.models import Adoption, Listing
from catalog.read_model.projection import project
from marketplace.core.actors import Actor
from marketplace.saleor.errors import EngineRefused, UnknownId
from marketplace.saleor.gateway import app_client
from vendors.models import Cooperative
from vendors.scoping import Crossing

ADOPTED, RELEASED, WAITING = "adopted", "released", "waiting"
BATCH = 25
Progress = Callable[[int, int], None]


def adopt_all(
    *,
    decisions: Sequence[Decision],
    cooperatives: Mapping[str, Cooperative],
    by: Actor,
    weight_grams: int = 0,
    progress: Progress | None = None,
) -> None:
    """Carry out decisions and record the outcome in each.

    Outcomes are ``adopted``, or ``refused`` with a reason. After an interruption the rest is
    ``waiting``. Raises EngineUnavailable.
    """
    wanted = [made for made in decisions if made.outcome == ADOPT]
    for made in wanted:
        made.outcome = WAITING
    ready: set[str] = set()
    unseen: list[str] = []
    try:
        for done, made in enumerate(wanted, start=1):
            owner = cooperatives[made.cooperative]
            try:
                adopt(made, owner, ready=ready, by=by, weight_grams=weight_grams)
                made.outcome = ADOPTED
                unseen.append(made.gid)
            except (NotAdoptable, EngineRefused, UnknownId) as error:
                made.outcome, made.reason = REFUSED, str(error)
            if len(unseen) == BATCH:
                show(unseen)
                unseen = []
            if progress:
                progress(done, len(wanted))
    finally:
        show(unseen)


def show(gids: Sequence[str]) -> None:
    """Show adopted products on our pages; webhooks and sweeps bring what is missed here."""
    found = app_client().products_by_ids(list(gids)).products if gids else None
    for edge in found.edges if found else []:
        listing = listing_of(edge.node.id)
        if listing is not None:
            with listing_lock(listing.pk):
                project(edge.node)


def release_all(
    *,
    slugs: Sequence[str] = (),
    cooperative: str = "",
    by: Actor,
    progress: Progress | None = None,
) -> list[Decision]:
    """Release the products of these slugs, or all that a cooperative was given.

    Raises ListingNotFound for a slug that is not an adopted product, EngineUnavailable.
    """
    found = _adopted(slugs, cooperative)
    if missing := set(slugs) - {listing.slug for listing in found}:
        raise ListingNotFound(slug=min(missing))
    decisions = []
    for done, listing in enumerate(found, start=1):
        made = Decision(listing.slug, "", RELEASED, cooperative=listing.cooperative.slug)
        try:
            release(listing, by=by)
        except (NotAdoptable, EngineRefused, UnknownId) as error:
            made.outcome, made.reason = REFUSED, str(error)
        decisions.append(made)
        if progress:
            progress(done, len(found))
    return decisions


def _adopted(slugs: Sequence[str], cooperative: str) -> list[Listing]:
    rows = Adoption.objects.crossing(Crossing.OPERATOR_COMMAND)
    rows = rows.filter(released_at__isnull=True).select_related("listing__cooperative")
    if cooperative:
        rows = rows.filter(listing__cooperative__slug=cooperative)
    if slugs:
        rows = rows.filter(listing__slug__in=slugs)
    return [row.listing for row in rows.order_by("listing__slug")]
