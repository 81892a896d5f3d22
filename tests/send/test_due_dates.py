"""The command that works out the due dates of a file."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

CASES = Path(__file__).parent.parent / "data" / "deadline-cases.csv"
HEADER = "case_id,event,event_date,other_dates,rule,expected_due_date,citation,note\n"


def due_dates(path) -> list[dict]:
    printed = io.StringIO()
    call_command("due_dates", str(path), stdout=printed)
    return list(csv.DictReader(io.StringIO(printed.getvalue())))


def a_file(tmp_path, *lines: str, header: str = HEADER) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_all_the_worked_examples_come_out_right():
    rows = due_dates(CASES)
    assert len(rows) == 25
    assert {row["match"] for row in rows} == {"yes"}
    assert [row["case_id"] for row in rows if row["due_date"] != row["expected_due_date"]] == []


def test_the_exception_of_a_closed_school_is_worked_out_beside_the_date():
    available = {row["case_id"]: row["exception_available"] for row in due_dates(CASES) if row["exception_available"]}
    assert available == {"S03": "yes", "S04": "no", "S05": "no"}


def test_each_date_is_printed_with_its_working(tmp_path):
    row = due_dates(a_file(tmp_path, "X1,Received,2027-03-02,,assess_decision_6w,,,"))[0]
    assert row["due_date"] == "2027-04-13"
    assert row["working"] == "Received on 2 March 2027; six weeks after that day is 13 April 2027 (SEND Regs 2014 reg 5(1))."
    assert (row["expected_due_date"], row["match"]) == ("", "")


def test_only_the_three_needed_columns_need_be_there(tmp_path):
    path = a_file(tmp_path, "X1,2026-12-31,mediation_contact_2m", header="case_id,event_date,rule\n")
    assert due_dates(path)[0]["due_date"] == "2027-02-28"


def test_a_byte_order_mark_and_spaces_do_no_harm(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(
        HEADER + "X1,Notice sent, 2026-12-31 , certificate_issued = 2027-01-20 ,appeal_deadline,2027-03-01,,\n", "utf-8-sig"
    )
    assert due_dates(path)[0]["match"] == "yes"


def test_a_wrong_expected_date_is_printed_and_fails(tmp_path):
    path = a_file(
        tmp_path, "X1,Received,2027-03-02,,assess_decision_6w,2027-04-14,,", "X2,Received,2027-03-02,,final_plan_20w,2027-07-20,,"
    )
    printed = io.StringIO()
    with pytest.raises(CommandError, match=r"1 of 2 rows are not as expected: X1\."):
        call_command("due_dates", str(path), stdout=printed)
    assert [row["match"] for row in csv.DictReader(io.StringIO(printed.getvalue()))] == ["no", "yes"]


def test_a_wrong_expected_exception_fails(tmp_path):
    closure = "head_advice_requested=2026-07-10;school_closed_from=2026-07-22;school_reopens=2026-09-02"
    path = a_file(tmp_path, f"X1,Received,2026-05-11,{closure},final_plan_20w,2026-09-28,,exception_available=yes. Wrongly")
    with pytest.raises(CommandError, match="X1"):
        due_dates(path)


@pytest.mark.parametrize(
    ("line", "what_is_wrong"),
    [
        ("X1,e,2027-02-29,,assess_decision_6w,,,", "event_date is ‘2027-02-29’, not a date"),
        ("X1,e,02/03/2027,,assess_decision_6w,,,", "event_date is ‘02/03/2027’, not a date"),
        ("X1,e,20270302,,assess_decision_6w,,,", "event_date is ‘20270302’, not a date"),
        ("X1,e,,,assess_decision_6w,,,", "event_date is ‘’, not a date"),
        ("X1,e,2027-03-02,,assess_7w,,,", "there is no rule ‘assess_7w’"),
        ("X1,e,2027-03-02,,assess_decision_6w,soon,,", "expected_due_date is ‘soon’, not a date"),
        (
            "X1,e,2026-12-31,certificate_isued=2027-01-20,appeal_deadline,,,",
            "‘certificate_isued’, which the rule appeal_deadline does not use",
        ),
        (
            "X1,e,2026-12-31,certificate_issued=2027-01-20;certificate_issued=2027-01-21,appeal_deadline,,,",
            "‘certificate_issued’ twice",
        ),
        ("X1,e,2026-12-17,,transfer_15wd,,,", "the rule transfer_15wd needs move_date in other_dates"),
        ("X1,e,2027-09-01,transfer_year=2028,phase_transfer_other,,,", "transfer_year is ‘2028’ but event_date is in 2027"),
        ("X1,e,2026-05-11,school_closed_from=2026-07-22,final_plan_20w,,,", "an exception for closure needs all of"),
        ("X1,e,2029-03-25,,mediation_certificate_3wd,,,", "The bank holidays of 2029 are not known"),
        ("X1,e,9999-12-31,,assess_decision_6w,,,", "its dates are too far from today"),
        ("X1,e,0001-02-01,,post16_move_5m,,,", "its dates are too far from today"),
        ("X1,e,2027-03-02", "more or fewer values"),
        ("X1,e,2027-03-02,,assess_decision_6w,,,,,", "more or fewer values"),
    ],
)
def test_an_unreadable_row_stops_everything_with_one_line_and_prints_nothing(tmp_path, line, what_is_wrong):
    path = a_file(tmp_path, "X0,Received,2027-03-02,,assess_decision_6w,,,", line)
    printed = io.StringIO()
    with pytest.raises(CommandError) as stopped:
        call_command("due_dates", str(path), stdout=printed)
    assert str(stopped.value).startswith("Row 3 (X1): ")
    assert what_is_wrong in str(stopped.value)
    assert "\n" not in str(stopped.value)
    assert printed.getvalue() == ""


@pytest.mark.parametrize(
    ("content", "what_is_wrong"),
    [
        (b"", "has no column case_id"),
        (b"case_id,rule\nX1,sar_1m\n", "has no column event_date"),
        (HEADER.encode(), "has no rows"),
        (b"\xff\xfe\x00", "not a text file in UTF-8"),
        (HEADER.encode() + b'X1,"never closed', "not a CSV file that can be read"),
    ],
)
def test_a_file_that_is_not_such_a_file_is_refused_in_words(tmp_path, content, what_is_wrong):
    path = tmp_path / "cases.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=what_is_wrong):
        due_dates(path)


def test_a_line_break_in_a_value_does_not_break_the_one_line(tmp_path):
    with pytest.raises(CommandError) as stopped:
        due_dates(a_file(tmp_path, '"X\n1",e,2027-03-02,,"no\nsuch",,,'))
    assert str(stopped.value) == "Row 2 (X 1): there is no rule ‘no such’."


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened: No such file"):
        due_dates(tmp_path / "nowhere.csv")
