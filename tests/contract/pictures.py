"""Pictures of products, drawn and uploaded."""

import io

from PIL import Image

from tests.contract.engine import Engine
from tests.contract.world import Product


def picture(width: int = 20, height: int = 20) -> bytes:
    """A PNG of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "sienna").save(buffer, "PNG")
    return buffer.getvalue()


def uploaded(engine: Engine, product: Product) -> str:
    """Give the product a small picture; return the engine's id of it."""
    file = ("argan.png", picture(), "image/png")
    payload = engine.upload("CreateProductMedia", file, "image", product=product.id)
    made = payload["productMediaCreate"]
    assert made["errors"] == [], made
    found: str = made["media"]["id"]
    return found
