"""The page of an invitation's link: it shows what is offered, and the owner accepts it."""
