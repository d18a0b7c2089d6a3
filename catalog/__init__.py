"""What cooperatives sell: listings, their revisions and moderation, and what the shop shows.

Owns: a listing's proposed content (``ListingRevision``), its moderation and publication to the
commerce engine, imports, and the read model (``ListingPage``, ``ListingOffer``), which is derived
from the engine and may be dropped and rebuilt. The engine owns the published product, its price and
its stock.
"""
