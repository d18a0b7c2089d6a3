"""What people do with a review: write, change, withdraw, answer, report, decide."""

from marketplace.reviews.services.answer import answer_review
from marketplace.reviews.services.asking import ask_again, ask_for_reviews, ask_no_more
from marketplace.reviews.services.decide import hide_review, show_review
from marketplace.reviews.services.erase import forget_author
from marketplace.reviews.services.report import report_review
from marketplace.reviews.services.withdraw import withdraw_review
from marketplace.reviews.services.write import Given, write_review

__all__ = [
    "Given",
    "answer_review",
    "ask_again",
    "ask_for_reviews",
    "ask_no_more",
    "forget_author",
    "hide_review",
    "report_review",
    "show_review",
    "withdraw_review",
    "write_review",
]
