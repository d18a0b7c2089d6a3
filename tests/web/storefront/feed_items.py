"""What a feed says of each of its items, for tests."""

from typing import Any

from django.test import Client
from lxml import etree

G = "{http://base.google.com/ns/1.0}"
PHOTOS = [f"/media/photos/00000000-0000-0000-0000-00000000000{n}.jpg" for n in range(3)]


def items(client: Client, path: str = "/ma/fr/feeds/google.xml") -> list[Any]:
    response = client.get(path, headers={"Host": "localhost"})
    assert response.status_code == 200
    assert response.streaming
    root = etree.fromstring(response.getvalue())
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    assert all(root.findtext(f"channel/{name}") for name in ("title", "link", "description"))
    return list(root.iter("item"))


def said(item: Any, name: str) -> str:
    return str(item.findtext(f"{G}{name}"))
