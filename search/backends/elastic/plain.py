"""How to speak with a server that is not Elasticsearch's own: OpenSearch, and those for tests."""

from dataclasses import replace
from typing import Any

from elastic_transport import HttpHeaders, Urllib3HttpNode

_VENDORS = "application/vnd.elasticsearch+"


class PlainNode(Urllib3HttpNode):
    """Asks in plain JSON, and answers for the product: whoever sets this knows what runs there."""

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        """As the ordinary node does, with plain content types."""
        if headers := kwargs.get("headers"):
            kwargs["headers"] = _plain(headers)
        answer = super().perform_request(*args, **kwargs)
        told = HttpHeaders({**answer.meta.headers, "x-elastic-product": "Elasticsearch"})
        return answer._replace(meta=replace(answer.meta, headers=told))


def _plain(headers: HttpHeaders) -> HttpHeaders:
    made = headers.copy()
    for name in ("accept", "content-type"):
        value = made.get(name) or ""
        if value.startswith(_VENDORS):
            kind = value.removeprefix(_VENDORS).split(";")[0]
            made[name] = f"application/{kind}"
    return made
