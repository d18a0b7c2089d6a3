"""The read model of listings: what the shop shows, projected from the commerce engine."""
