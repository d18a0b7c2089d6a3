"""A server of pictures on this machine, which a test may reach by a public name."""

import datetime
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from marketplace.core import fetching

HOST = "photos.example"
PUBLIC = "93.184.216.34"
Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """What each path answers; ``asked`` are the paths in order, ``connected`` the addresses."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.connected: list[str] = []
        self.names: dict[str, list[str]] = {HOST: [PUBLIC]}

    def gives(self, path: str, content: bytes, status: int = 200, **headers: str) -> str:
        """Let a path answer; its address."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in {"Content_Length": str(len(content)), **headers}.items():
                if value:
                    request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(content)

        self.answers[path] = answer
        return f"https://{HOST}{path}"


@contextmanager
def https_server(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Server]:
    """Run it; names resolve as it says, and connections to a public address end here."""
    server = Server()
    key, certificate = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    web = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    web.socket = context.wrap_socket(web.socket, server_side=True)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    _lead_here(monkeypatch, server, web.server_address[1])
    trusted = certificate.read_text()
    monkeypatch.setattr(fetching, "tls", lambda: ssl.create_default_context(cadata=trusted))
    try:
        yield server
    finally:
        web.shutdown()
        web.server_close()


def _lead_here(monkeypatch: pytest.MonkeyPatch, server: Server, port: int) -> None:
    connect = fetching.create_connection

    def resolved(host: str, port: int, **_more: Any) -> list[Any]:
        with suppress(ValueError):
            server.names.setdefault(host, [str(ipaddress.ip_address(host))])
        if host not in server.names:
            raise OSError("no such name")
        return [(0, 0, 0, "", (number, port)) for number in server.names[host]]

    def connected(address: tuple[str, int], timeout: float | None) -> Any:
        server.connected.append(address[0])
        return connect(("127.0.0.1", port), timeout)

    monkeypatch.setattr(fetching, "getaddrinfo", resolved)
    monkeypatch.setattr(fetching, "create_connection", connected)
    monkeypatch.setattr(fetching, "RETRY_AFTER_SECONDS", 0.0)


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            answer = server.answers.get(self.path)
            if answer is None:
                self.send_error(404)
            else:
                answer(self)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    return Handler


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    names: list[x509.GeneralName] = [x509.DNSName(HOST), x509.DNSName("other.example")]
    names.append(x509.IPAddress(ipaddress.ip_address(PUBLIC)))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept, shown = folder / "key.pem", folder / "certificate.pem"
    form = serialization.PrivateFormat.PKCS8
    pem = serialization.Encoding.PEM
    kept.write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()))
    shown.write_bytes(made.public_bytes(pem))
    return kept, shown
