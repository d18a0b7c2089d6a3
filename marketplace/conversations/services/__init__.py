"""What people do in a conversation: ask, write again, answer, report, close."""

from marketplace.conversations.services.answer import answer_buyer
from marketplace.conversations.services.ask import begin_conversation
from marketplace.conversations.services.close import close_conversation, settle_reports
from marketplace.conversations.services.links import issue_link
from marketplace.conversations.services.offer import decline_offer, make_offer, withdraw_offer
from marketplace.conversations.services.purge import purge_conversations
from marketplace.conversations.services.read import mark_read, open_by_link
from marketplace.conversations.services.report import report_conversation
from marketplace.conversations.services.take_in_mail import Outcome, take_in_mail
from marketplace.conversations.services.write_again import write_again

__all__ = [
    "Outcome",
    "answer_buyer",
    "begin_conversation",
    "close_conversation",
    "decline_offer",
    "issue_link",
    "make_offer",
    "mark_read",
    "open_by_link",
    "purge_conversations",
    "report_conversation",
    "settle_reports",
    "take_in_mail",
    "withdraw_offer",
    "write_again",
]
