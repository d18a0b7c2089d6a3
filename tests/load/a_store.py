"""A store as somebody has one who never heard of Twiza, made at the Saleor at ``SALEOR_API_URL``.

By an administrator's own calls: three product types with a producer as an attribute or in metadata,
seven categories, ten collections, a channel in dirhams and one in euros, two warehouses with a
zone, products with one to three variants, the shop's own references, some without a weight, a few
pictures, three orders that wait to be sent. What adopting is tried on; prints what was made.

    SALEOR_ADMIN_EMAIL=… SALEOR_ADMIN_PASSWORD=… python -m tests.load.a_store --products 500
"""

import argparse
import io
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
from PIL import Image

PRODUCERS = ("Coop Tifaout", "Coop Afra", "Nour", "Al Amal", "Atelier de la boutique")
CATEGORIES = ("Tapis", "Huiles", "Miel", "Poterie", "Bois", "Vannerie", "Divers")
# Name, whether the producer is an attribute (else metadata), names of sizes.
TYPES = (
    ("Textile", True, ("S", "M", "L")),
    ("Epicerie", True, ("250 ml", "500 ml")),
    ("Artisanat", False, ("Unique",)),
)
IN_ONE_CALL = 25
PICTURES = 60


class Store:
    """Saleor's own GraphQL, as an administrator's script would use it."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self.url, self.email, self.password = url, email, password
        self.http = httpx.Client(timeout=120, trust_env=False)
        self.until = 0.0
        self.calls = 0

    def ask(self, query: str, **variables: Any) -> Any:
        """The first answer's data; ends the script on anything that Saleor calls an error."""
        response = self.http.post(
            self.url, json={"query": query, "variables": variables}, headers=self._headers()
        )
        return self._data(response)

    def upload(self, query: str, picture: bytes, **variables: Any) -> Any:
        """A mutation with one file, as the multipart specification of GraphQL wants it."""
        operations = {"query": query, "variables": {**variables, "file": None}}
        response = self.http.post(
            self.url,
            data={"operations": json.dumps(operations), "map": '{"0": ["variables.file"]}'},
            files={"0": ("picture.png", picture, "image/png")},
            headers=self._headers(),
        )
        return self._data(response)

    def _headers(self) -> dict[str, str]:
        if time.monotonic() > self.until:  # an administrator's token lives five minutes
            query = """mutation($e: String!, $p: String!) {
              tokenCreate(email: $e, password: $p) { token errors { message } } }"""
            variables = {"e": self.email, "p": self.password}
            answer = self.http.post(self.url, json={"query": query, "variables": variables})
            self.token = self._data(answer)["token"]
            self.until = time.monotonic() + 200
        return {"Authorization": f"Bearer {self.token}"}

    def _data(self, response: httpx.Response) -> Any:
        self.calls += 1
        answer = response.json()
        if answer.get("errors"):
            sys.exit(f"Saleor: {answer['errors'][0]['message']}")
        [data] = answer["data"].values()
        if isinstance(data, dict) and data.get("errors"):
            sys.exit(f"Saleor: {data['errors']}")
        return data


def made(store: Store, mutation: str, kind: str, field: str, data: dict[str, Any]) -> str:
    """Make one thing; its id."""
    query = f"""mutation($input: {kind}!) {{
      {mutation}(input: $input) {{ {field} {{ id }} errors {{ field message code }} }} }}"""
    return str(store.ask(query, input=data)[field]["id"])


def address(city: str) -> dict[str, str]:
    return {
        "firstName": "Samira",
        "lastName": "Alaoui",
        "streetAddress1": "1 rue du Souk",
        "city": city,
        "postalCode": "40000",
        "country": "MA",
        "phone": "+212661000000",
    }


def furnish(store: Store) -> dict[str, Any]:
    """Channels, warehouses, zone, types, categories, collections; their ids."""
    channels = {
        slug: made(
            store, "channelCreate", "ChannelCreateInput", "channel",
            {"name": slug.title(), "slug": slug, "currencyCode": currency, "isActive": True,
             "defaultCountry": country},
        )
        for slug, currency, country in (("boutique", "MAD", "MA"), ("export", "EUR", "FR"))
    }  # fmt: skip
    warehouses = [
        made(
            store, "createWarehouse", "WarehouseCreateInput", "warehouse",
            {"name": name, "slug": name.lower(), "address": address(name)},
        )
        for name in ("Marrakech", "Casablanca")
    ]  # fmt: skip
    for channel in channels.values():
        store.ask(
            """mutation($id: ID!, $w: [ID!]!) { channelUpdate(id: $id,
              input: {addWarehouses: $w}) { errors { field message code } } }""",
            id=channel, w=warehouses,
        )  # fmt: skip
    zone = made(
        store, "shippingZoneCreate", "ShippingZoneCreateInput", "shippingZone",
        {"name": "Monde", "countries": ["MA", "FR", "BE"], "addWarehouses": warehouses,
         "addChannels": list(channels.values())},
    )  # fmt: skip
    method = made(
        store, "shippingPriceCreate", "ShippingPriceInput", "shippingMethod",
        {"name": "Poste", "type": "PRICE", "shippingZone": zone},
    )  # fmt: skip
    store.ask(
        """mutation($id: ID!, $c: [ShippingMethodChannelListingAddInput!]!) {
          shippingMethodChannelListingUpdate(id: $id, input: {addChannels: $c}) {
          errors { field message code } } }""",
        id=method, c=[{"channelId": c, "price": 40} for c in channels.values()],
    )  # fmt: skip
    producer = made(
        store, "attributeCreate", "AttributeCreateInput", "attribute",
        {"name": "Producer", "slug": "producer", "type": "PRODUCT_TYPE", "inputType": "DROPDOWN",
         "values": [{"name": name} for name in PRODUCERS]},
    )  # fmt: skip
    types = [
        made(
            store, "productTypeCreate", "ProductTypeInput", "productType",
            {"name": name, "slug": name.lower(), "kind": "NORMAL", "hasVariants": True,
             "isShippingRequired": True, "productAttributes": [producer] if has_producer else []},
        )
        for name, has_producer, _sizes in TYPES
    ]  # fmt: skip
    categories = [
        str(
            store.ask(
                """mutation($input: CategoryInput!) { categoryCreate(input: $input) {
                  category { id } errors { field message code } } }""",
                input={"name": name, "slug": name.lower()},
            )["category"]["id"]
        )
        for name in CATEGORIES
    ]
    collections = [
        made(
            store, "collectionCreate", "CollectionCreateInput", "collection",
            {"name": f"Collection {n}", "slug": f"collection-{n}"},
        )
        for n in range(10)
    ]  # fmt: skip
    return {
        "channels": list(channels.values()), "warehouses": warehouses, "types": types,
        "categories": categories, "collections": collections, "producer": producer,
    }  # fmt: skip


def product(number: int, place: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """One product as ``productBulkCreate`` takes it."""
    kind = number % len(TYPES)
    name, has_producer, sizes = TYPES[kind]
    category, producer = number % len(CATEGORIES), PRODUCERS[number % len(PRODUCERS)]
    prices = (90 + number, 9 + number // 10)
    wanted: dict[str, Any] = {
        "name": f"{CATEGORIES[category]} {name.lower()} {number:03}",
        "slug": f"article-{number:03}",
        "externalReference": f"ERP-{number:05}",
        "productType": place["types"][kind],
        "category": place["categories"][category],
        "collections": [place["collections"][number % 10]],
        "description": json.dumps(
            {"blocks": [{"type": "paragraph", "data": {"text": f"Fait <b>main</b>, n° {number}."}}]}
        ),
        "channelListings": [
            {"channelId": c, "isPublished": True, "isAvailableForPurchase": True,
             "visibleInListings": True}
            for c in place["channels"]
        ],
        "variants": [
            {"name": size, "sku": f"ERP-{number:05}-{n}", "trackInventory": True,
             "attributes": [],
             "stocks": [
                 {"warehouse": w, "quantity": chance.randint(0, 20)} for w in place["warehouses"]
             ],
             "channelListings": [
                 {"channelId": c, "price": price + 10 * n}
                 for c, price in zip(place["channels"], prices, strict=True)
             ]}
            for n, size in enumerate(sizes)
        ],
    }  # fmt: skip
    if has_producer:
        wanted["attributes"] = [{"id": place["producer"], "dropdown": {"value": producer}}]
    else:
        wanted["metadata"] = [{"key": "producer", "value": producer}]
    if number % 10:
        wanted["weight"] = round(0.1 + number / 1000, 3)  # kilograms, as a new store counts
    return wanted


def fill(store: Store, count: int, place: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Make the products; yields what Saleor made of each."""
    chance = random.Random(1)
    query = """mutation($p: [ProductBulkCreateInput!]!) { productBulkCreate(products: $p) {
      results { product { id variants { id stocks { quantity } } } errors { path message code } }
      errors { path message code } } }"""
    for first in range(0, count, IN_ONE_CALL):
        numbers = range(first, min(first + IN_ONE_CALL, count))
        answer = store.ask(query, p=[product(n, place, chance) for n in numbers])
        for row in answer["results"]:
            if row["errors"]:
                sys.exit(f"Saleor: {row['errors']}")
            yield row["product"]
        print(f"{numbers[-1] + 1} products", flush=True)


def order(store: Store, channel: str, variants: list[str]) -> None:
    """An order by the store's own staff, paid elsewhere, that waits to be sent."""
    draft = made(
        store, "draftOrderCreate", "DraftOrderCreateInput", "order",
        {"channelId": channel, "userEmail": "client@example.org",
         "lines": [{"variantId": v, "quantity": 2} for v in variants],
         "shippingAddress": address("Rabat"), "billingAddress": address("Rabat")},
    )  # fmt: skip
    found = store.ask("query($id: ID!) { order(id: $id) { shippingMethods { id } } }", id=draft)[
        "shippingMethods"
    ]
    store.ask(
        """mutation($o: ID!, $m: ID!) { orderUpdateShipping(order: $o,
          input: {shippingMethod: $m}) { errors { field message code } } }""",
        o=draft, m=found[0]["id"],
    )  # fmt: skip
    store.ask(
        "mutation($id: ID!) { draftOrderComplete(id: $id) { errors { field message code } } }",
        id=draft,
    )


def picture(number: int) -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (600, 600), (number * 37 % 256, number * 91 % 256, 120)).save(held, "PNG")
    return held.getvalue()


def main() -> None:
    """Make the store, and say how many of what."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--products", type=int, default=500)
    options = wanted.parse_args()
    store = Store(
        os.environ["SALEOR_API_URL"],
        os.environ["SALEOR_ADMIN_EMAIL"],
        os.environ["SALEOR_ADMIN_PASSWORD"],
    )
    begun = time.monotonic()
    place = furnish(store)
    products = list(fill(store, options.products, place))
    for number, row in enumerate(products[:PICTURES]):
        store.upload(
            """mutation($id: ID!, $file: Upload!) { productMediaCreate(input: {product: $id,
              image: $file, alt: ""}) { errors { field message code } } }""",
            picture(number), id=row["id"],
        )  # fmt: skip
    stocked = [
        v["id"] for row in products for v in row["variants"] if v["stocks"][0]["quantity"] >= 2
    ]
    for first in range(3):
        order(store, place["channels"][0], stocked[first * 5 : first * 5 + 2])
    variants = [v for row in products for v in row["variants"]]
    pieces = sum(stock["quantity"] for v in variants for stock in v["stocks"])
    print(
        f"{len(products)} products, {len(variants)} variants, {pieces} pieces in two warehouses, "
        f"{min(PICTURES, len(products))} pictures, 3 orders; {store.calls} calls in "
        f"{time.monotonic() - begun:.0f} s"
    )


if __name__ == "__main__":
    main()
