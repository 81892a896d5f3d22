"""What the first edition of the standards holds."""

import re
from datetime import date

import pytest

from send.audit.models import AuditEvent
from send.audit.sentences import is_known
from standards import loading, selectors
from standards.models import Criterion, Edition, Need, Phase, Standard, Strand

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _edition():
    loading.load()


@pytest.mark.parametrize("strand", Strand)
def test_every_strand_of_the_green_paper_has_standards(strand):
    """GP 2.5."""
    assert Standard.objects.filter(strand=strand).count() >= 2


def test_every_standard_names_the_paragraph_it_comes_from():
    for standard in Standard.objects.all():
        assert re.match(r"GP 2\.5 \((first|second|third|fourth|fifth) strand\)", standard.source), standard.code


def test_every_standard_says_which_law_asks_for_it_and_who_acts():
    for standard in selectors.standards_in_force(ON):
        assert re.search(r"CFA 2014|SEND Regs 2014|Code of Practice|Equality Act 2010", standard.law), standard.code
        assert len(standard.criteria.all()) >= 2, standard.code


@pytest.mark.parametrize("phase", [Phase.EARLY_YEARS, Phase.SCHOOL, Phase.COLLEGE])
@pytest.mark.parametrize("need", [Need.COMMUNICATION, Need.COGNITION, Need.SEMH, Need.SENSORY_PHYSICAL])
def test_there_is_ordinary_support_for_every_need_in_every_phase(phase, need):
    found = selectors.ordinarily_available(ON, phase=phase, need=need)
    assert need in {criterion.need for criterion in found}
    assert {criterion.phase for criterion in found} <= {Phase.ANY, phase}
    assert {criterion.need for criterion in found} <= {Need.ANY, need}


def test_the_first_edition_is_marked_as_an_illustration():
    assert Edition.objects.get(number=1).is_illustrative


def test_loading_again_gives_the_same_rows_and_tells_the_trail_nothing():
    before = list(Criterion.objects.order_by("pk").values())
    told = AuditEvent.objects.count()
    assert all(report.is_quiet for report in loading.load())
    assert list(Criterion.objects.order_by("pk").values()) == before
    assert (AuditEvent.objects.count(), is_known("standards.edition_loaded")) == (told, True)


def test_ordinary_support_is_asked_in_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert {criterion.standard.edition.number for criterion in selectors.ordinarily_available(ON)} == {1}


def test_standards_in_force_are_asked_in_three_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        shown = sum(len(standard.criteria.all()) for standard in selectors.standards_in_force(ON))
    assert shown == Criterion.objects.count()
