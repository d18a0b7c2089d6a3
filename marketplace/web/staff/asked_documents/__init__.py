"""Which documents a programme asks of its cooperatives: for which phase, by when, since when."""
