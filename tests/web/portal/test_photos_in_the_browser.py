"""A browser makes photographs smaller before they travel; what it cannot read is sent as it is."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from marketplace.web.ui import assets
from tests.chromium import CHROMIUM, needs_chromium

pytestmark = [pytest.mark.e2e, needs_chromium]
FORM = """<!doctype html><form><input type=file data-shrink=1600 multiple>
<button name=then value=keep>Save</button></form>"""
READ = """async () => Promise.all([...document.querySelector("input").files].map(async (file) => ({
  name: file.name, type: file.type,
  data: await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(file);
  }),
})))"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(FORM)
        page.add_script_tag(path=assets.STATIC / "photos.js")
        yield page
        browser.close()


def file(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_large_ones_become_smaller_upright_and_without_their_place(page: Page) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A phone of somebody"
    large = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(large, "JPEG", exif=exif, quality=95)
    small = io.BytesIO()
    Image.new("RGB", (300, 200)).save(small, "JPEG")
    # Chromium reads no HEIC
    heic = (Path(__file__).parents[2] / "catalog" / "data" / "photo.heic").read_bytes()

    chosen = [
        file("IMG 1.jpeg", large.getvalue()),
        file("2.jpg", small.getvalue()),
        file("3.heic", heic),
    ]
    page.set_input_files("input", chosen)  # type: ignore[arg-type]
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    first, second, third = page.evaluate(READ)

    with Image.open(io.BytesIO(base64.b64decode(first["data"]))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1067, 1600))
        assert dict(picture.getexif()) == {}
    assert (first["name"], first["type"]) == ("IMG 1.jpg", "image/jpeg")
    assert (second["name"], base64.b64decode(second["data"])) == ("2.jpg", small.getvalue())
    assert (third["name"], base64.b64decode(third["data"])) == ("3.heic", heic)


def test_who_presses_the_button_at_once_waits_for_the_pictures(page: Page) -> None:
    large = io.BytesIO()
    Image.effect_noise((3000, 2000), 60).convert("RGB").save(large, "JPEG", quality=95)
    page.evaluate("""() => {
      window.sent = [];
      document.querySelector("form").addEventListener("submit", (event) => {
        const { size } = document.querySelector("input").files[0];
        window.sent.push([event.submitter.value, size, event.defaultPrevented]);
        event.preventDefault();
      });
      // At once: a busy machine may be done with the picture before a click from outside arrives.
      document.addEventListener(
        "change", () => document.querySelector("button").click(), { once: true });
    }""")

    page.set_input_files("input", [file("1.jpg", large.getvalue())])  # type: ignore[arg-type]
    page.wait_for_function("window.sent.length === 2 || !document.querySelector('[aria-busy]')")
    page.wait_for_function("window.sent.length === 2")

    _held, (button, size, _prevented) = page.evaluate("window.sent")
    assert button == "keep"
    assert size < len(large.getvalue())
