"""Reviews: what buyers say of products that they bought and received.

Owns: a review of one line of an order (stars, words, photographs), the cooperative's answer,
reports of it, what staff decide, and who does not want to be asked for one. Whoever holds the
secret page of an order reviews what arrived with it. The score goes to the catalogue's pages, from
where cards and search read it. Nothing below needs this room.
"""
