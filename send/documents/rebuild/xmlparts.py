"""XML inside office files, parsed by defusedxml: no entities, no document types, nothing from outside."""

from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from send.documents.rebuild.refusal import Refused

UNSAFE = "This document holds XML that could harm a computer. Save it as a PDF and send that."
DAMAGED = "We could not open this document. It may be damaged: save it again, or save it as a PDF, and send that."
DEEPEST = 2_000


def elements(content) -> Iterator:
    """Each element once it is read, then forgotten, so that a long document takes little memory. Raises Refused."""
    depth = 0
    try:
        for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise Refused(UNSAFE)
            if event == "end":
                yield element
                element.clear()
    except DefusedXmlException:
        raise Refused(UNSAFE) from None
    except ParseError:
        raise Refused(DAMAGED) from None


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]
