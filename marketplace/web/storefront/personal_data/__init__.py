"""What the shop holds about a buyer: seen, taken away, erased."""
