"""Clients that are slow on purpose: with the head of a request, with its body, with the answer."""

import re
import socket
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import httpx

HEADS, BODIES, READERS = "heads", "bodies", "readers"
KINDS = (HEADS, BODIES, READERS)
PAUSE_SECONDS = 0.5
# What a reader asks for at once, and does not read.
ANSWERS = 40


class SlowClients:
    """Slow clients of some kinds, ``each`` of them, who come back when they are cut off.

    ``ended`` counts how connections ended: by the server's answer (its status), or cut.
    """

    def __init__(
        self,
        port: int,
        *,
        each: int,
        kinds: Sequence[str] = KINDS,
        address: str = "127.0.9.1",
    ) -> None:
        self.port, self.address = port, address
        self.file = self.cookie = ""
        self.ended: Counter[str] = Counter()
        self._wanted = [kind for kind in kinds for _ in range(each)]
        self._stop = threading.Event()
        self._open: list[_Slow] = []
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        with httpx.Client(base_url=f"http://localhost:{self.port}", trust_env=False) as client:
            page = client.get("/accounts/login/", timeout=60)
        file = re.search(r"/static/ui/twiza[.\w]*\.css", page.text)
        assert file
        self.file = file[0]
        # With the cookie of the form's token the server reads a body to find the token in it.
        self.cookie = "; ".join(f"{name}={value}" for name, value in page.cookies.items())
        self._open = [self._new(kind) for kind in self._wanted]
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join(timeout=30)
        for one in self._open:
            one.socket.close()

    @property
    def hanging(self) -> int:
        """How many hang on the server now."""
        return sum(one.is_open for one in self._open)

    def _new(self, kind: str) -> "_Slow":
        return _Slow(kind, self)

    def _run(self) -> None:
        while not self._stop.wait(PAUSE_SECONDS):
            for place, one in enumerate(self._open):
                ended = one.go_on()
                if ended:
                    self.ended[f"{one.kind}: {ended}"] += 1
                    one.socket.close()
                    self._open[place] = self._new(one.kind)


class _Slow:
    """One connection: a little further with each ``go_on``, never to an end."""

    def __init__(self, kind: str, of: SlowClients) -> None:
        self.kind = kind
        self.is_open = True
        self.socket = socket.socket()
        # Small buffers: what the kernel takes in the client's name, the server need not keep.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.socket.bind((of.address, 0))
        self.socket.settimeout(5)
        self._next: Callable[[], bytes] = {
            HEADS: lambda: b"X-Slow: 1\r\n",
            BODIES: lambda: b"a",
            READERS: lambda: b"",
        }[kind]
        host = f"Host: localhost:{of.port}\r\nCookie: {of.cookie}\r\n".encode()
        begin = {
            HEADS: b"GET /ma/fr/ HTTP/1.1\r\n" + host,
            BODIES: b"POST /accounts/login/ HTTP/1.1\r\n" + host
            + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3000\r\n\r\n",
            READERS: (b"GET " + of.file.encode() + b" HTTP/1.1\r\n" + host + b"\r\n") * ANSWERS,
        }[kind]  # fmt: skip
        try:
            self.socket.connect(("127.0.0.1", of.port))
            self.socket.sendall(begin)
        except OSError:
            self.is_open = False
        self.socket.setblocking(False)

    def go_on(self) -> str:
        """A byte more or less; how it ended, if it did."""
        if not self.is_open:
            return "not let in"
        try:
            if self.kind == READERS:
                return "" if self.socket.recv(1) else self._closed("closed")
            self.socket.sendall(self._next())
            answer = self.socket.recv(200)
        except BlockingIOError:
            return ""
        except OSError as error:
            return self._closed(type(error).__name__)
        return self._closed(answer[9:12].decode("latin1") or "closed")

    def _closed(self, how: str) -> str:
        self.is_open = False
        return how
