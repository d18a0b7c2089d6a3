"""Stage of the demo: twelve months of past orders, with their deliveries, refunds and cash."""
