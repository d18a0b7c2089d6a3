"""CMI's hosted page: checks the form as CMI does, and calls back with its own signature.

The hash is worked out here anew, so that ours and the page's can disagree.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

GATEWAY = "https://payment.cmi.example/fim/est3Dgate"
CLIENT_ID, STORE_KEY = "600001234", "TEST|key\\9"
CALLBACK = "/payments/cmi/callback/"
NEEDED = (
    "clientid", "storetype", "trantype", "amount", "currency", "oid", "okUrl", "failUrl",
    "callbackUrl", "shopurl", "lang", "rnd", "hashAlgorithm", "encoding",
)  # fmt: skip


def sign(fields: dict[str, str], key: str = STORE_KEY) -> str:
    """Hash version 3 over the fields, in the order of their names."""
    text = ""
    for name in sorted(fields, key=str.lower):
        if name.lower() not in {"hash", "encoding"}:
            text += fields[name].replace("\\", "\\\\").replace("|", "\\|") + "|"
    text += key.replace("\\", "\\\\").replace("|", "\\|")
    return base64.b64encode(hashlib.sha512(text.encode()).digest()).decode()


@dataclass
class CmiPage:
    """The page that a buyer sees after our form was sent; ``debited`` lists what CMI debited."""

    form: dict[str, str]
    debited: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        missing = [name for name in NEEDED if not self.form.get(name)]
        assert not missing, missing
        assert self.form["hashAlgorithm"] == "ver3"
        assert self.form["HASH"] == sign(self.form), "CMI shows an error page"

    def result(self, *, approved: bool = True, **changed: str) -> dict[str, str]:
        """The signed fields of a callback."""
        fields = {
            "clientid": self.form["clientid"],
            "oid": self.form["oid"],
            "amount": self.form["amount"],
            "currency": self.form["currency"],
            "ProcReturnCode": "00" if approved else "51",
            "Response": "Approved" if approved else "Declined",
            "TransId": "26330Ab1",
            "AuthCode": "A1",
            "maskedCreditCard": "4242 42** **** 4242",
            "mdStatus": "1",
            "encoding": "UTF-8",
            **changed,
        }
        return {**fields, "HASH": sign(fields)}

    def call_back(self, fields: dict[str, Any]) -> str:
        """CMI's server calls ours, and debits if it is told to."""
        answer = Client().post(CALLBACK, fields)
        words = answer.content.decode()
        assert answer.status_code == (400 if words == "FAILURE" else 200)
        self.answers.append(words)
        if words == "ACTION=POSTAUTH":
            self.debited.append(fields["TransId"])
        return words
