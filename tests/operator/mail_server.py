"""A mail server that keeps each message as a file: ``python mail_server.py PORT FOLDER``."""

import socketserver
import sys
from pathlib import Path


class Session(socketserver.StreamRequestHandler):
    """One SMTP session: every sender and recipient is welcome."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            command = line.split()[0].upper() if line.split() else b""
            if command == b"DATA":
                self._say("354 go on")
                self._keep()
            self._say("221 bye" if command == b"QUIT" else "250 fine")
            if command == b"QUIT":
                return

    def _keep(self) -> None:
        text = b""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            text += line
        folder = Path(sys.argv[2])
        folder.mkdir(exist_ok=True)
        (folder / f"{len(list(folder.iterdir()))}.eml").write_bytes(text)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


if __name__ == "__main__":
    with socketserver.TCPServer(("127.0.0.1", int(sys.argv[1])), Session) as server:
        server.serve_forever()
