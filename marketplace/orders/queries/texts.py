"""Messages to a buyer's phone, for staff."""

from marketplace.orders.models import Order, TextMessage, TextState


def unsent_texts(order: Order) -> list[TextMessage]:
    """Those of an order that failed or perhaps failed, the latest first; of codes none."""
    lost = order.text_messages.filter(state__in=[TextState.FAILED, TextState.UNCERTAIN])
    return list(lost.filter(is_code=False).order_by("-created_at"))
