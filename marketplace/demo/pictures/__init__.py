"""A picture of its own for each listing of the demo world, from the listing's own facts.

``picture(listing_id)`` is the JPEG that a cooperative would have uploaded: variety, colour, vessel,
size and label follow from what is sold, so that two listings never share one. ``storage`` keeps
them where photographs are kept, each drawn when it is first asked for.
"""

from uuid import UUID

from marketplace.demo.pictures.choice import paint
from marketplace.demo.pictures.facts import Facts, facts_of
from marketplace.demo.pictures.rendering import jpeg_of
from marketplace.demo.pictures.studio import Scene, set_up
from marketplace.demo.world.chance import stream


def picture(listing_id: UUID, *, at_home: str = "") -> bytes | None:
    """The picture of a listing of the demo world as JPEG; None for any other listing.

    ``at_home`` names whose home it stands in, for a picture that a buyer took.
    """
    facts = facts_of(listing_id)
    return jpeg_of(scene_of(facts, at_home)) if facts else None


def scene_of(facts: Facts, at_home: str = "") -> Scene:
    """The picture of a listing before it is drawn: shapes, and words laid over them."""
    scene = Scene(stream("picture", facts.key, at_home) if at_home else facts.chance())
    set_up(scene)
    paint(scene, facts)
    return scene
