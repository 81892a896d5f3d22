"""The trail of a case as sentences: in full for the officer, in plain words for the family; and the notices' words."""

from send.audit.sentences import Sentence

SENTENCES = {
    "ehcp.start_request": Sentence("{by} began a request", "You began a request"),
    "ehcp.submit_request": Sentence(
        "{by} sent the request, received on {received_on}", "The request was sent and received on {received_on}"
    ),
    "ehcp.add_evidence": Sentence("{by} added evidence ({files} files)", "Evidence was added ({files} files)"),
    "ehcp.take_back_evidence": Sentence("{by} took a file back", "You took a file back"),
    "ehcp.match_to_child": Sentence("{by} matched the request to a child’s record", "The council checked who the request is about"),
    "ehcp.allocate": Sentence("{by} gave the case to {officer_new}", "The council gave the case to an officer"),
    "ehcp.decide_to_assess": Sentence(
        "{by} decided to assess", "The council decided to carry out an assessment", family_sees_why=True
    ),
    "ehcp.refuse_to_assess": Sentence(
        "{by} decided not to assess", "The council decided not to carry out an assessment", family_sees_why=True
    ),
    "ehcp.decide_to_issue": Sentence("{by} decided to make a plan", "The council decided to make a plan", family_sees_why=True),
    "ehcp.withdraw_request": Sentence(
        "{by} recorded that the request was withdrawn", "The request was withdrawn", family_sees_why=True
    ),
    "ehcp.ask_for_advice": Sentence("{by} asked {asked} for advice", "The council asked {asked} for advice"),
    "ehcp.submit_advice": Sentence("{by} sent the advice of {from}", "Advice came from {from}"),
    "ehcp.write_line": Sentence("{by} changed a line of the plan", ""),
    "ehcp.remove_line": Sentence("{by} took a line out of the plan", ""),
    "ehcp.serve_draft": Sentence(
        "{by} sent the draft, version {version}; the family may answer until {window_ends_on}",
        "The council sent you a draft of the plan; you may answer until {window_ends_on}",
    ),
    "ehcp.comment": Sentence("{by} commented on the draft", "A comment was made on the draft"),
    "ehcp.answer_comment": Sentence("{by} answered a comment", "The council answered a comment"),
    "ehcp.finish_representations": Sentence("{by} said: I have finished, you may go on", "You said that you have finished"),
    "ehcp.begin_final": Sentence(
        "{by} began the version that answers the draft, from version {from_version}", "The council began to answer your comments"
    ),
    "ehcp.make_plan_document": Sentence("{by} made the PDF of version {version}", "The PDF of version {version} was made"),
    "ehcp.propose_final": Sentence("{by} proposed version {version} as final", "The plan was proposed as final"),
    "ehcp.finalise_plan": Sentence("{by} issued version {version} as the final plan", "The final plan was issued"),
    "ehcp.let_client_in": Sentence("{by} let the system {client} in until {ends_on}", ""),
    "ehcp.shut_client_out": Sentence("{by} shut the system {client} out", ""),
    "ehcp.record_support": Sentence("{by} sent a SEN Support record", "The school sent a SEN Support record"),
}

_SIGN_IN = "There is something new about your request. Sign in to read it."
NOTICES = {
    "request_received": (
        "We have your request",
        "We have received your request. Sign in to see your reference, what happens next and by when.",
    ),
    "link_verified": ("There is something new for you to read", _SIGN_IN),
    "assessment_agreed": ("There is a decision for you to read", "The council has made a decision. Sign in to read it."),
    "assessment_refused": (
        "There is a decision for you to read",
        "The council has made a decision. Sign in to read it, what you can do about it, and by when.",
    ),
    "plan_agreed": ("There is a decision for you to read", "The council has made a decision. Sign in to read it."),
    "advice_requested": (
        "You are asked for advice",
        "A council asks for your professional advice. Sign in to see the request and its date.",
    ),
    "advice_received": ("Advice has come", "Advice has come for a case that you hold. Sign in to read it."),
    "draft_served": (
        "There is a draft for you to read",
        "There is a draft for you to read and answer. Sign in to see it and how long you have.",
    ),
    "plan_finalised": (
        "There is a final document for you to read",
        "There is a final document for you. Sign in to read it and what you can do about it.",
    ),
}
