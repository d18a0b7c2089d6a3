"""The transport for servers other than Elasticsearch's own: OpenSearch, and servers for tests."""

from dataclasses import replace
from typing import Any

from elastic_transport import HttpHeaders, Urllib3HttpNode

_VENDOR = "application/vnd.elasticsearch+"


class PlainNode(Urllib3HttpNode):
    """Sends plain JSON, and skips the client's product check.

    The official client refuses a server that does not say in a header that it is Elasticsearch;
    whoever chooses this node knows what runs there.
    """

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request with plain content types; the response says what the client expects."""
        if headers := kwargs.get("headers"):
            kwargs["headers"] = _plain(headers)
        response = super().perform_request(*args, **kwargs)
        headers = HttpHeaders({**response.meta.headers, "x-elastic-product": "Elasticsearch"})
        return response._replace(meta=replace(response.meta, headers=headers))


def _plain(headers: HttpHeaders) -> HttpHeaders:
    plain = headers.copy()
    for name in ("accept", "content-type"):
        value = plain.get(name) or ""
        if value.startswith(_VENDOR):
            kind = value.removeprefix(_VENDOR).split(";")[0]
            plain[name] = f"application/{kind}"
    return plain
