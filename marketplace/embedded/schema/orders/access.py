"""Who may manage orders."""

MANAGE = ("MANAGE_ORDERS",)
