"""Tables of listings and their revisions (each of one cooperative), and the public read model."""

from catalog.models.listings import Adoption, Listing, ListingMedia, ListingStatus, ListingVariant
from catalog.models.product_files import ProductFile, ProductFileState
from catalog.models.read_model import ListingOffer, ListingPage
from catalog.models.revisions import TRIES_UNTOLD, ListingRevision, RevisionState

__all__ = [
    "TRIES_UNTOLD",
    "Adoption",
    "Listing",
    "ListingMedia",
    "ListingOffer",
    "ListingPage",
    "ListingRevision",
    "ListingStatus",
    "ListingVariant",
    "ProductFile",
    "ProductFileState",
    "RevisionState",
]
