"""Sign-in, and the choice of where to go from there: a cooperative, a programme, or the shop."""
