"""The shop: what a buyer sees at ``/{market}/{language}/…``.

Pages read the public read model, search and the basket; buying goes through the use cases of
``orders``. ``shell`` gives every page its market, its basket and its header.
"""
