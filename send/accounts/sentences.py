"""What the trail says about people who sign in."""

from send.audit.sentences import Sentence, register

register(
    {
        "accounts.sign_in": Sentence("{by} signed in", ""),
        "accounts.sign_out": Sentence("{by} signed out", ""),
        "accounts.failed_sign_in": Sentence("A sign-in failed", ""),
        "accounts.wrong_code": Sentence("{by} gave a wrong code at sign-in", ""),
        "accounts.change_sign_in": Sentence("{by} changed how they sign in: {what}", ""),
        "accounts.invite": Sentence("{by} invited a person ({purpose} {role})", ""),
        "accounts.accept_invitation": Sentence("{by} accepted an invitation ({purpose} {role})", ""),
        "accounts.refuse_invitation": Sentence("An invitation was refused: used, late, or another person's", ""),
        "accounts.withdraw_invitation": Sentence("{by} took back an invitation", ""),
        "accounts.grant_membership": Sentence("The role {role_new} was given to person {person}", ""),
        "accounts.decide_proposal": Sentence("{by} decided on the proposed role {role_new} (approved: {approved})", ""),
        "accounts.end_membership": Sentence("{by} ended the membership of person {person}", ""),
        "accounts.record_cover": Sentence("{by} recorded cover from {starts_on} to {ends_on}", ""),
    }
)
