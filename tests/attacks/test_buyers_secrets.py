"""Questions, complaints and reviews: sent without end or twice, and those of other buyers."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from tests.attacks.recorder import Tried
from tests.attacks.visitor import Visitor
from tests.demos import Demo
from tests.e2e.prepared import Bought, place_orders, run_code

COOPERATIVE = "timzit-n-tidzi"
ASK = f"/ma/fr/cooperatives/{COOPERATIVE}/question/"
LINES = """
from marketplace.orders.models import VendorOrderLine
from vendors.scoping import Crossing
for line in VendorOrderLine.objects.crossing(Crossing.SCHEDULED_JOB).filter(
    vendor_order__order__number__in={numbers!r}
):
    print("LINE", line.vendor_order.order.number, line.vendor_order_id, line.pk)
"""


def asked(somebody: Visitor, email: str, text: str, key: str = "") -> tuple[int, str]:
    """Ask a question; the status, and where it is."""
    data = {"name": "Zineb", "email": email, "text": text, "key": key or str(uuid4())}
    answer = somebody.send_form(ASK, data)
    return answer.status_code, answer.headers.get("Location", "").partition("?")[0]


def test_questions_have_an_end_and_are_read_by_nobody_else(
    visitor: Callable[[], Visitor], tried: Tried
) -> None:
    stranger = visitor()
    odd = {
        text[:9]: asked(stranger, "odd@example.org", text)[0]
        for text in ("x" * 300_000, "nul \x00 in it", "\x07\u200b\u202e")
    }
    tried("a question of 300,000 characters, one with a NUL, one of control characters", odd)
    assert set(odd.values()) == {422}

    flood = [asked(stranger, "zineb@example.org", f"Encore {n}") for n in range(12)]
    tried("twelve questions in the name of one address", [status for status, _url in flood])
    assert [status for status, _url in flood][-2:] == [429, 429]

    conversation = flood[0][1]
    other = visitor()
    changed = conversation[:-3] + ("aa/" if not conversation.endswith("aa/") else "bb/")
    tried("a conversation's address with two letters changed", other.get(changed).status_code)
    assert other.get(changed).status_code == 404
    sent = [
        other.post(conversation, data={"text": f"Et {n}", "key": str(uuid4())}) for n in range(32)
    ]
    statuses = [answer.status_code for answer in sent]
    tried("32 messages in one conversation", f"{statuses.count(302)} sent, then 429")
    assert statuses[-1] == 429


def test_an_orders_link_opens_nothing_of_another_order(
    attacked: Demo, visitor: Callable[[], Visitor], tried: Tried
) -> None:
    wanted = [Bought(name, f"{name}@example.org", COOPERATIVE, "fr") for name in ("alia", "badr")]
    own, others = place_orders(attacked, wanted).values()
    told = run_code(attacked, LINES.format(numbers=[own.number, others.number]))
    lines = {
        words[1]: words[2:] for row in told.splitlines() if (words := row.split())[:1] == ["LINE"]
    }
    (own_part, own_line), (other_part, other_line) = lines[own.number], lines[others.number]
    buyer = visitor()
    link = f"/ma/fr/orders/{own.token}/"
    request = {"reason": "damaged", "text": "Fendue", "key": str(uuid4()), f"line-{own_line}": "1"}

    # the same request four times at once is one; another order's link neither reads nor ends it
    with ThreadPoolExecutor(4) as several:
        made = list(
            several.map(
                lambda _n: buyer.post(f"{link}complaints/new/{own_part}/", data=request), range(4)
            )
        )
    places = {answer.headers.get("Location") for answer in made}
    tried("one complaint sent four times at once", [answer.status_code for answer in made])
    assert len(places) == 1
    complaint = re.search(r"complaints/([0-9a-f-]{36})/$", str(places.pop()))
    assert complaint is not None
    there = f"/ma/fr/orders/{others.token}/complaints/{complaint[1]}/"
    review = f"{link}reviews/{other_line}/"
    statuses = [
        buyer.get(there).status_code,
        buyer.post(f"{there}choose/", data={"choice": "withdraw"}).status_code,
        buyer.get(f"{link}complaints/new/{other_part}/").status_code,
        buyer.post(f"{link}cancel/{other_part}/").status_code,
        buyer.post(review, data={"stars": "1", "language": "fr"}).status_code,
        buyer.post(f"{review}withdraw/").status_code,
    ]
    tried("complaint, cancelling and review of another order", statuses)
    assert set(statuses) == {404}

    # more than was bought, and what is no number
    for typed in ("9", "-1", "9" * 400, "1e3", "\x00"):
        form = {**request, "key": str(uuid4()), f"line-{own_line}": typed}
        assert buyer.post(f"{link}complaints/new/{own_part}/", data=form).status_code == 422
    tried("complaints about more pieces than were bought", 422)
