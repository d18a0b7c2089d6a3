"""From a scene to a JPEG: typst draws it and sets its words, Pillow writes it."""

import io
import json
from dataclasses import asdict
from pathlib import Path
from threading import BoundedSemaphore

import typst
from PIL import Image

from marketplace.core.documents.drawing import FONTS
from marketplace.demo.pictures.studio import Scene

SIDE = 800
_POINTS = 400
# Better than a cooperative's photograph needs: a thumb is made from it once more.
_QUALITY = 88
_LAYOUT = Path(__file__).with_name("picture.typ")
# A process draws one at a time: each takes some ten megabytes and all of a core.
_one_at_a_time = BoundedSemaphore()


def jpeg_of(scene: Scene) -> bytes:
    """The scene as a JPEG, ``SIDE`` pixels square."""
    said = {"svg": scene.svg(), "labels": [asdict(label) for label in scene.labels]}
    with _one_at_a_time:
        drawn = typst.compile(
            str(_LAYOUT),
            root=str(_LAYOUT.parent),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="png",
            ppi=72 * SIDE / _POINTS,
            sys_inputs={"scene": json.dumps(said, ensure_ascii=False)},
        )
    out = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as page:
        page.convert("RGB").save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
